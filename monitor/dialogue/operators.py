"""What only operators may ask and do: look now, stop alerts, correct pledges, see who is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final

from monitor.alert.book import numbers
from monitor.alert.heartbeat import heartbeat
from monitor.alert.markup import bold, clip, escape, tidy
from monitor.alert.message import alert
from monitor.alert.press import parts, short
from monitor.board.status import is_held
from monitor.board.view import View
from monitor.dialogue import decisions
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button
from monitor.dialogue.correct import correct
from monitor.dialogue.lost import lost
from monitor.dialogue.reply import SILENCE, Reply, SweepNow
from monitor.dialogue.roll import chats
from monitor.dialogue.route import Table
from monitor.dialogue.signing import signed
from monitor.language.speech import Speech
from monitor.model import (
    Button,
    Change,
    ChangeKind,
    Commit,
    Country,
    Delivery,
    DeliveryState,
    Document,
    DocumentKind,
    Dossier,
    KnownDocument,
    Link,
    Message,
    Standing,
)
from monitor.names import find_country, suggest_countries
from monitor.pledge.asking import VERB
from monitor.record.review import look_name, origin

_MOST_OF_A_KIND: Final = 6
"""Open questions of one kind that /health offers as buttons."""
_DAY: Final = timedelta(days=1)


def sweep(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Look at all countries now, or at the one named."""
    if not rest:
        return _looks(say, say("All countries are looked at."), SweepNow(), view)
    country = find_country(rest, view.countries)
    if country is not None:
        return _look_at(say, country, view)
    similar = suggest_countries(rest, view.countries)
    buttons = tuple(button(say.country(each), "sweep", each.code) for each in similar)
    return Reply(replace(lost(say, rest, view), buttons=buttons))


def sweep_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Look at the country that was meant."""
    country = view.country(arguments[0]) if arguments else None
    return SILENCE if country is None else replace(_look_at(say, country, view), is_edit=True)


def health(say: Speech, _ask: Ask, _rest: str, view: View) -> Reply:
    """Say how the service stands, with what waits for a person as buttons."""
    since = view.world.duty.heartbeat or view.now - _DAY
    stands = heartbeat(say, view.world, view.countries, since, view.now)
    waiting = (_held(say, view), _asked(say, view), _undelivered(say, view))
    buttons = tuple(each for some in waiting for each in islice(some, _MOST_OF_A_KIND))
    return Reply(replace(stands, buttons=buttons, is_silent=False))


def pause(say: Speech, _ask: Ask, _rest: str, view: View) -> Reply:
    """Stop all alerts: they are owed and wait, and looking goes on."""
    duty = view.world.duty
    since = duty.paused_since or view.now
    words = say(
        "All alerts are stopped since {when}. Looking goes on, and what is found is owed; /resume sends it.",
        when=say.moment(since),
    )
    return Reply(Message(escape(words)), commit=Commit(duty=replace(duty, paused_since=since)))


def resume(say: Speech, _ask: Ask, _rest: str, view: View) -> Reply:
    """Send alerts again, first of all those that wait."""
    duty = view.world.duty
    if duty.paused_since is None:
        return Reply(Message(escape(say("Alerts are not stopped."))))
    waiting = sum(each.state is DeliveryState.WAITING and bool(each.about) for each in view.world.deliveries)
    words = say.many(
        "Alerts are sent again; {number} message waits.",
        "Alerts are sent again; {number} messages wait.",
        waiting,
    )
    return Reply(Message(escape(words)), commit=Commit(duty=replace(duty, paused_since=None)))


def test(say: Speech, ask: Ask, _rest: str, view: View) -> Reply:
    """Owe this chat a made-up alert, on the way that true ones take."""
    marked = bold(
        say("TEST: this is what an alert looks like. Nothing was published, and nobody else is told.")
    )
    told = _made_up(say, view)
    harmless = tuple(each for each in told.buttons if parts(each.data)[0] != "mute")
    message = Message(clip([marked, "", told.html]), harmless)
    name = numbers(view.now, view.world.deliveries)()
    return Reply(
        commit=Commit(deliveries=(Delivery(name, ask.chat, message, view.now, view.now, ask.thread),))
    )


def _made_up(say: Speech, view: View) -> Message:
    country, cycle = view.countries[0], view.cycles[0].id if view.cycles else None
    profile = view.profile_url(country)
    document = Document(profile, say("document"), DocumentKind.SELF_ASSESSMENT, cycle, "en")
    change = Change(country.code, ChangeKind.PUBLISHED, document, view.now, view.now - view.period)
    known = KnownDocument(document, Link(profile, ()), view.now, change.not_before, Standing.TOLD)
    before = Dossier(country.code, first_read=view.now)
    return alert(
        say,
        country,
        (change,),
        before,
        replace(before, documents=(known,)),
        pledge=view.pledges[country.code],
        cycles=view.cycles,
        profile_url=profile,
    )[0]


def _look_at(say: Speech, country: Country, view: View) -> Reply:
    words = say("{country} is looked at.", country=say.country(country))
    return _looks(say, words, SweepNow((country.code,)), view)


def _looks(say: Speech, words: str, act: SweepNow, view: View) -> Reply:
    lines = [escape(words)]
    if view.sweeping_since:
        since = say.moment(view.sweeping_since)
        lines.append(escape(say("A sweep is under way since {when}; this one follows.", when=since)))
    lines.append(escape(say("How it ends is told here.")))
    return Reply(Message(clip(lines)), act=act)


def _held(say: Speech, view: View) -> Iterator[Button]:
    for country in view.countries:
        dossier = view.world.dossiers.get(country.code)
        if dossier and dossier.held and is_held(dossier):
            label = say("Held: {country}", country=say.country(country))
            yield button(label, "hold", "show", country.code, look_name(dossier.held))


def _asked(say: Speech, view: View) -> Iterator[Button]:
    for country in view.countries:
        dossier = view.world.dossiers.get(country.code)
        for known in dossier.documents if dossier else ():
            if known.standing is Standing.ASKED and known.missing_since is None:
                title = tidy(known.document.title) or say("document")
                label = say("{country}: what is “{title}”?", country=say.name(country), title=title)
                yield button(label, "doc", country.code, short(origin(known)))


def _undelivered(say: Speech, view: View) -> Iterator[Button]:
    for each in view.world.deliveries:
        if each.state is DeliveryState.UNCERTAIN:
            yield button(say("Perhaps not arrived: chat {chat}", chat=each.chat), "owed", each.id)


TABLE: Final = Table(
    commands={
        "sweep": sweep,
        "health": health,
        "pause": pause,
        "resume": resume,
        "chats": chats,
        "pledge": correct,
        "test": test,
    },
    presses={
        "sweep": sweep_pressed,
        "hold": decisions.hold,
        "doc": decisions.document,
        "owed": decisions.owed,
        "again": decisions.again,
        "came": decisions.came,
        VERB: signed,
    },
    is_operators=True,
)
