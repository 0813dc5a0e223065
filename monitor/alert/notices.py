"""What operators are told of looks and deliveries: what happened, what it means, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import ELLIPSIS, bold, clip, code, escape, link, shortened, tidy
from monitor.alert.message import button, links, messages
from monitor.alert.news import clause, gather
from monitor.model import TERMINAL, Change, Country, Delivery, KnownDocument, Message

PROGRAM: Final = "uncac-monitor"
MOST_NAMED: Final = 12
"""How many countries or reasons a notice names before it counts the rest."""
_MOST_DOCUMENTS: Final = 30
_LONGEST_REASON: Final = 300
_LONGEST_QUOTE: Final = 3000
"""UTF-16 units of an undelivered message that its notice repeats."""
_NEAREST_WORDS: Final = 3


def held(country: Country, reason: str, changes: tuple[Change, ...], profile_url: str) -> tuple[Message, ...]:
    """Ask a person about one look that was understood and not believed; ``changes``: what accepting would bring."""
    lines = [
        bold(f"{texts.country(country)}: a look is held, nobody was told"),
        escape(f"The page was read, but is hard to believe: {reason_line(reason)}."),
        escape("What was known stays as it is, and the page is looked at again soon."),
        *_would_follow(changes),
        *_settle(country, profile_url),
    ]
    return messages(lines, button(texts.COUNTRY_PROFILE, profile_url))


def held_fleet(
    held_now: Sequence[tuple[Country, tuple[Change, ...]]],
    looked_at: int,
    profile_url: Callable[[Country], str],
) -> tuple[Message, ...]:
    """Ask a person, once, about many countries that changed in one sweep of ``looked_at`` countries."""
    first = held_now[0][0]
    lines = [
        bold(f"{len(held_now)} of {looked_at} countries changed in one sweep: all are held, nobody was told"),
        escape("So many at once is more often a new page design or a fault of the site than news."),
        escape("What accepting would bring, country by country:"),
        *(f"{escape(texts.country(each))} ({each.code}): {_clauses(changes)}" for each, changes in held_now),
        escape("Look at one page, then settle each country by its code, for example:"),
        *_settle(first, profile_url(first)),
    ]
    return messages(lines)


def doubtful(documents: Iterable[tuple[Country, KnownDocument]]) -> tuple[Message, ...]:
    """Ask a person what new documents are that nobody recognises for sure; most frequent first."""
    by_url: dict[str, list[tuple[Country, KnownDocument]]] = {}
    for country, known in documents:
        by_url.setdefault(known.document.url, []).append((country, known))
    found = sorted(by_url.values(), key=len, reverse=True)
    if not found:
        return ()
    lines = [
        bold(f"{counted(len(found), 'new document')} nobody recognises for sure"),
        escape(
            "Nobody was told. Each is announced, once, as soon as the rules or the page are clear; what is in doubt for another reason, tell people yourself."
        ),
        *(line for group in found[:_MOST_DOCUMENTS] for line in ("", *_doubtful(group))),
        *(
            [escape(f"… and {len(found) - _MOST_DOCUMENTS} more: {PROGRAM} documents")]
            if found[_MOST_DOCUMENTS:]
            else []
        ),
        "",
        f"Add the missing words to {code('config/classification.toml')} and try them before they count, for example:",
        command("read", "PAGE", "--country", found[0][0][0].code),
    ]
    return messages(lines)


def uncertain(delivery: Delivery) -> Message:
    """Tell of a message that may have arrived and is not sent again by itself."""
    return _undelivered(
        delivery,
        f"It is not certain that {_chat(delivery)} got a message",
        "Telegram did not answer in time. It may have arrived, so it is not sent again by itself.",
        "Look into the chat. If it is not there, forward it from here:",
    )


def given_up(delivery: Delivery) -> Message:
    """Tell of a message that is not tried any more."""
    return _undelivered(
        delivery,
        f"{texts.capital(_chat(delivery))} did not get a message",
        "It is not tried again.",
        "Check that the bot is still a member and may write there; the message, to forward:",
    )


def command(*words: str) -> str:
    """Show a command of ours, to be copied with a tap."""
    return code(" ".join((PROGRAM, *words)))


def counted(number: int, thing: str) -> str:
    """Count things: 1 country report, 2 country reports, 2 countries."""
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing[:-1]}ies" if thing.endswith("ry") else f"{number} {thing}s"


def named(countries: Iterable[Country]) -> str:
    """Name some countries, and count the rest."""
    names = [country.name for country in countries]
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def frequent(words: Iterable[str]) -> str:
    """Name what occurs, most frequent first, with how often: English: 12, French: 3."""
    ranked = Counter(words).most_common()
    rest = ELLIPSIS if ranked[MOST_NAMED:] else ""
    return ", ".join(f"{word}: {times}" for word, times in ranked[:MOST_NAMED]) + rest


def reason_line(reason: str) -> str:
    """Make a reason one line without its full stop."""
    return tidy(reason, _LONGEST_REASON).rstrip(".")


def _would_follow(changes: tuple[Change, ...]) -> list[str]:
    items = gather(changes)
    if not items:
        return [escape("Accepting it would bring no news.")]
    return [
        escape("Accepting it would tell everybody:"),
        *(f"- {escape(clause(item))}: {links(item.changes)}" for item in items),
    ]


def _clauses(changes: tuple[Change, ...]) -> str:
    return escape("; ".join(clause(item) for item in gather(changes)) or "no news")


def _settle(country: Country, profile_url: str) -> list[str]:
    return [
        f"See how it is read: {command('read', profile_url, '--country', country.code)}",
        f"If the page is right: {command('accept', country.code)}",
        f"If it is wrong: {command('reject', country.code)}",
    ]


def _doubtful(group: list[tuple[Country, KnownDocument]]) -> list[str]:
    known = group[0][1]
    near = dict.fromkeys(tidy(words.text, 60) for words in known.link.words)
    words = " / ".join(f"“{text}”" for text in list(near)[:_NEAREST_WORDS] if text)
    likely = known.document.likely
    perhaps = f" Perhaps its {texts.KINDS[likely]}." if likely else ""
    title = tidy(known.document.title) or texts.UNNAMED_DOCUMENT
    return [
        f"{escape(named(country for country, _ in group))}: {link(title, known.document.url)}",
        escape(f"{texts.capital(reason_line(known.document.doubt or 'no words that are known'))}.{perhaps}"),
        *([escape(f"Words nearby: {words}")] if words else []),
    ]


def _undelivered(delivery: Delivery, what: str, means: str, todo: str) -> Message:
    news = shortened(delivery.message.html, _LONGEST_QUOTE)
    owed = f"Owed since {texts.moment(delivery.created)}, tried {counted(delivery.attempts, 'time')}"
    lines = [
        bold(what),
        escape(f"{means} {owed}: {reason_line(delivery.error or 'no reason given')}."),
        escape(todo),
        "",
        news,
    ]
    return Message(clip(lines), delivery.message.buttons)


def _chat(delivery: Delivery) -> str:
    topic = f", topic {delivery.thread}" if delivery.thread is not None else ""
    return "the terminal" if delivery.chat == TERMINAL else f"chat {delivery.chat}{topic}"
