"""A choice in one sentence, and what else there is to know about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from monitor.alert import texts
from monitor.board.regions import in_region
from monitor.board.view import View
from monitor.dialogue.choice.keep import Choice
from monitor.dialogue.choice.refine import codes_in
from monitor.language.speech import Speech
from monitor.language.zones import city
from monitor.model import Chat, DocumentKind, Scope, Subscription, When

KINDS: Final = (
    DocumentKind.SELF_ASSESSMENT,
    DocumentKind.COUNTRY_REPORT,
    DocumentKind.EXECUTIVE_SUMMARY,
    DocumentKind.FOLLOW_UP,
)
"""What can be chosen, in the order in which it is shown."""
_MOST_NAMES: Final = 10


def described(say: Speech, choice: Choice, view: View) -> tuple[str, ...]:
    """Say what a place is told, in one sentence, and then what that means."""
    subscription = choice.subscription
    if subscription is None:
        return (say("{chat} is not subscribed: it is told nothing.", chat=who(say, choice)),)
    return (_sentence(say, choice, subscription, view), *_notes(say, choice.chat, subscription, view))


def who(say: Speech, choice: Choice) -> str:
    """Name the place that is told, as the subject of a sentence."""
    place = choice.place
    if place.token.startswith("@"):
        return place.title
    if place.thread is None:
        return say("This chat")
    return say("This topic") if place.is_here else say("Topic {number}", number=place.thread)


def clock(say: Speech, chat: Chat, hour: int) -> str:
    """Write an hour of a chat's day."""
    return f"{hour:02}:00 ({city(say, chat.time_zone)})"


def countries(say: Speech, scope: Scope, view: View) -> str:
    """Name the countries of a scope."""
    if scope.is_everything:
        return say.many("all {number} State party", "all {number} States parties", len(view.countries))
    pledged = [signatories(say, view)] if scope.is_pledge else []
    return say.listing(
        [
            *pledged,
            *(region(say, name, view) for name in sorted(scope.regions)),
            *names(say, scope.countries, view),
        ]
    )


def signatories(say: Speech, view: View) -> str:
    """Say how many countries signed the Transparency Pledge, as far as that is known."""
    number = len(codes_in(Scope(is_pledge=True), view))
    if view.is_pledge_complete:
        return say.many(
            "the {number} signatory of the Transparency Pledge",
            "the {number} signatories of the Transparency Pledge",
            number,
        )
    return say.many(
        "the {number} signatory of the Transparency Pledge that we know of",
        "the {number} signatories of the Transparency Pledge that we know of",
        number,
    )


def region(say: Speech, name: str, view: View) -> str:
    """Name a region with the number of its countries."""
    number = len(in_region(view.countries, name))
    return say.many(
        "{region} ({number} country)", "{region} ({number} countries)", number, region=say.word(name)
    )


def names(say: Speech, codes: Iterable[str], view: View) -> list[str]:
    """Name countries, most of them only counted where they are many."""
    found = {country.code: say.name(country) for country in view.countries}
    named = sorted(found.get(code, code) for code in codes)
    left = len(named) - _MOST_NAMES
    if left <= 0:
        return named
    return [*named[:_MOST_NAMES], say.many("{number} other country", "{number} other countries", left)]


def held(say: Speech, chat: Chat, subscription: Subscription) -> str:
    """Say how much is held, and when it will be told."""
    number = len(subscription.held)
    if subscription.is_paused:
        return say.many(
            "{number} publication is held; it is sent after you resume.",
            "{number} publications are held; they are sent after you resume.",
            number,
        )
    return _held_until(say, chat, subscription, number)


def _held_until(say: Speech, chat: Chat, subscription: Subscription, number: int) -> str:
    if subscription.when is When.WEEKLY:
        return say.many(
            "{number} publication is held; it is sent on Monday at {hour}.",
            "{number} publications are held; they are sent on Monday at {hour}.",
            number,
            hour=clock(say, chat, chat.digest_hour),
        )
    end = chat.quiet.end if chat.quiet else chat.digest_hour
    if subscription.when is When.AT_ONCE and chat.quiet is None:
        return say.many(
            "{number} publication is held; it is sent within minutes.",
            "{number} publications are held; they are sent within minutes.",
            number,
        )
    return say.many(
        "{number} publication is held; it is sent at {hour}.",
        "{number} publications are held; they are sent at {hour}.",
        number,
        hour=clock(say, chat, end if subscription.when is When.AT_ONCE else chat.digest_hour),
    )


def _sentence(say: Speech, choice: Choice, subscription: Subscription, view: View) -> str:
    chat = choice.chat
    values = {
        "chat": who(say, choice),
        "kinds": say.listing(_what(say, subscription)),
        "countries": countries(say, subscription.scope, view),
        "language": say.tongue(chat.speaks),
        "hour": clock(say, chat, chat.digest_hour),
    }
    if subscription.when is When.AT_ONCE:
        return say("{chat} is told at once of {kinds} of {countries}, in {language}.", **values)
    if subscription.when is When.DAILY:
        return say("{chat} is told every day at {hour} of {kinds} of {countries}, in {language}.", **values)
    return say("{chat} is told every Monday at {hour} of {kinds} of {countries}, in {language}.", **values)


def _what(say: Speech, subscription: Subscription) -> list[str]:
    chosen = [texts.kinds(say, kind) for kind in DocumentKind if kind in subscription.kinds]
    withdrawals = [say("withdrawals")] if subscription.withdrawals else []
    return [*chosen, *withdrawals, *([texts.afterwards(say)] if subscription.files else [])]


def _notes(say: Speech, chat: Chat, subscription: Subscription, view: View) -> Iterator[str]:
    if subscription.cycles:
        cycles = say.listing(texts.cycle(say, each) for each in sorted(subscription.cycles))
        yield say("Only {cycles}, and documents whose cycle is not stated.", cycles=cycles)
    if subscription.muted:
        yield say("Muted: {countries}.", countries=say.listing(names(say, subscription.muted, view)))
    if subscription.scope.is_pledge and not view.is_pledge_complete:
        yield say("The list of signatories is not complete; who is added to it is told from then on.")
    if chat.quiet:
        yield say(
            "Quiet hours: {start}:00–{end}:00 ({zone}). What appears then is sent together when they end.",
            start=f"{chat.quiet.start:02}",
            end=f"{chat.quiet.end:02}",
            zone=city(say, chat.time_zone),
        )
    if subscription.is_silent:
        yield say("Messages come without sound.")
    if subscription.is_paused:
        yield say("Paused: what appears is held, and /recent shows it.")
    if subscription.held:
        yield held(say, chat, subscription)
