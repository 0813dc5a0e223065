"""What operators are told of looks and deliveries: what happened, what it means, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import ELLIPSIS, bold, clip, code, escape, shortened, tidy
from monitor.alert.message import button, links, messages, press
from monitor.alert.news import clause, clauses, gather
from monitor.language.speech import Speech, capital
from monitor.model import TERMINAL, Button, Change, Country, Delivery, Message

PROGRAM: Final = "uncac-monitor"
MOST_NAMED: Final = 12
"""How many countries or reasons a notice names before it counts the rest."""
_MOST_LOOKS: Final = 8
"""Held countries that a notice offers as buttons."""
WENT_BACK: Final = "the store went back to a copy of a time when it was not sent yet"
"""Why a delivery is uncertain after a restore."""
_LONGEST_REASON: Final = 300
_LONGEST_QUOTE: Final = 3000
"""UTF-16 units of an undelivered message that its notice repeats."""


def held(
    say: Speech, country: Country, reason: str, changes: tuple[Change, ...], profile_url: str, *, look: str
) -> tuple[Message, ...]:
    """Ask a person about one look that was understood and not believed; ``changes``: what accepting would bring.

    ``look``: its name, so that a button settles this one and no other.
    """
    lines = [
        bold(say("{country}: a look is held, nobody was told", country=say.country(country))),
        escape(say("The page was read, but is hard to believe: {reason}.", reason=reason_line(reason))),
        escape(say("What was known stays as it is, and the page is looked at again soon.")),
        *_would_follow(say, changes),
        *_settle(say, country, profile_url),
    ]
    return messages(
        lines, (*settle_buttons(say, country.code, look), *button(say("Country profile"), profile_url))
    )


def held_fleet(
    say: Speech,
    held_now: Sequence[tuple[Country, tuple[Change, ...]]],
    looked_at: int,
    profile_url: Callable[[Country], str],
    *,
    looks: Mapping[str, str],
) -> tuple[Message, ...]:
    """Ask a person, once, about many countries that changed in one sweep of ``looked_at`` countries.

    ``looks``: the looks' names by country.
    """
    first = held_now[0][0]
    title = say(
        "{number} of {countries} changed in one sweep: all are held, nobody was told",
        number=say.number(len(held_now)),
        countries=countries(say, looked_at),
    )
    lines = [
        bold(title),
        escape(say("So many at once is more often a new page design or a fault of the site than news.")),
        escape(say("What accepting would bring, country by country:")),
        *(_would_bring(say, country, changes) for country, changes in held_now),
        escape(say("Look at one page, then settle each country by its code, for example:")),
        *_settle(say, first, profile_url(first)),
    ]
    return messages(lines, tuple(_open_look(say, country, looks) for country, _ in held_now[:_MOST_LOOKS]))


def settle_buttons(say: Speech, code: str, look: str) -> tuple[Button, ...]:
    """Let a person settle a held look, and see before what chats would be sent."""
    return (
        press(say("Approve"), "hold", "accept", code, look),
        press(say("Reject"), "hold", "reject", code, look, is_beside=True),
        press(say("Show what would be sent"), "hold", "show", code, look),
    )


def uncertain(say: Speech, delivery: Delivery) -> Message:
    """Tell of a message that may have arrived and is not sent again by itself."""
    means = (
        say("It may have been sent since then, so it is not sent again by itself.")
        if delivery.error == WENT_BACK
        else say("Telegram did not answer in time. It may have arrived, so it is not sent again by itself.")
    )
    return _undelivered(
        say,
        delivery,
        say("It is not certain that {chat} got a message", chat=_chat(say, delivery)),
        means,
        say("Look into the chat. If it is not there, send it again, or forward it from here:"),
        buttons=(
            press(say("Send again"), "again", delivery.id),
            press(say("It arrived"), "came", delivery.id, is_beside=True),
        ),
    )


def given_up(say: Speech, delivery: Delivery) -> Message:
    """Tell of a message that is not tried any more."""
    return _undelivered(
        say,
        delivery,
        capital(say("{chat} did not get a message", chat=_chat(say, delivery))),
        say("It is not tried again."),
        say("Check that the bot is still a member and may write there; the message, to forward:"),
        buttons=(press(say("Send again"), "again", delivery.id),),
    )


def undelivered_settled(say: Speech, delivery: Delivery, what: str) -> Message:
    """Show a message that a person settled, with ``what`` was decided of it."""
    news = shortened(delivery.message.html, _LONGEST_QUOTE)
    return Message(clip([bold(texts.labelled(say, capital(_chat(say, delivery)), what)), "", news]))


def command(*words: str) -> str:
    """Show a command of ours, to be copied with a tap."""
    return code(" ".join((PROGRAM, *words)))


def countries(say: Speech, number: int) -> str:
    """Count countries."""
    return say.many("{number} country", "{number} countries", number)


def named(say: Speech, countries: Iterable[Country]) -> str:
    """Name some countries, and count the rest."""
    every = [say.name(country) for country in countries]
    names, rest = ", ".join(every[:MOST_NAMED]), len(every) - MOST_NAMED
    return say("{names} and {number} more", names=names, number=say.number(rest)) if rest > 0 else names


def frequent(say: Speech, words: Iterable[str]) -> str:
    """Name what occurs, most frequent first, with how often: English: 12, French: 3."""
    ranked = Counter(words).most_common()
    rest = ELLIPSIS if ranked[MOST_NAMED:] else ""
    return ", ".join(texts.labelled(say, word, times) for word, times in ranked[:MOST_NAMED]) + rest


def reason_line(reason: str) -> str:
    """Make a reason one line without its full stop."""
    return tidy(reason, _LONGEST_REASON).rstrip(".")


def _would_follow(say: Speech, changes: tuple[Change, ...]) -> list[str]:
    items = gather(changes)
    if not items:
        return [escape(say("Accepting it would bring no news."))]
    told = (texts.labelled(say, escape(clause(say, item)), links(say, item.changes)) for item in items)
    return [escape(say("Accepting it would tell everybody:")), *(f"- {news}" for news in told)]


def _would_bring(say: Speech, country: Country, changes: tuple[Change, ...]) -> str:
    news = clauses(say, gather(changes)) or say("no news")
    return escape(texts.labelled(say, f"{say.country(country)} ({country.code})", news))


def _settle(say: Speech, country: Country, profile_url: str) -> list[str]:
    read = command("read", profile_url, "--country", country.code)
    return [
        say("See how it is read: {command}", command=read),
        say("If the page is right: {command}", command=command("accept", country.code)),
        say("If it is wrong: {command}", command=command("reject", country.code)),
    ]


def _open_look(say: Speech, country: Country, looks: Mapping[str, str]) -> Button:
    return press(say.country(country), "hold", "show", country.code, looks.get(country.code, ""))


def _undelivered(
    say: Speech, delivery: Delivery, what: str, means: str, todo: str, *, buttons: tuple[Button, ...]
) -> Message:
    news = shortened(delivery.message.html, _LONGEST_QUOTE)
    owed = say.many(
        "Owed since {when}, tried {number} time: {reason}.",
        "Owed since {when}, tried {number} times: {reason}.",
        delivery.attempts,
        when=say.moment(delivery.created),
        reason=reason_line(delivery.error or say("no reason given")),
    )
    lines = [bold(what), escape(f"{means} {owed}"), escape(todo), "", news]
    return Message(clip(lines), buttons)


def _chat(say: Speech, delivery: Delivery) -> str:
    if delivery.chat == TERMINAL:
        return say("the terminal")
    if delivery.thread is None:
        return say("chat {chat}", chat=delivery.chat)
    return say("chat {chat}, topic {topic}", chat=delivery.chat, topic=delivery.thread)
