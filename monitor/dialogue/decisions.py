"""What operators decide by a button: held looks, unrecognised documents, uncertain messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from monitor.alert import texts
from monitor.alert.digest import FOLDED
from monitor.alert.markup import bold, clip, escape, shortened
from monitor.alert.message import alert, button
from monitor.alert.notices import given_up, settle_buttons, uncertain, undelivered_settled
from monitor.alert.questions import BACK, NOT_STATED, described, question, which_cycle
from monitor.board.status import is_held
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import SILENCE, Act, Reply, SayWhatItIs, SettleHeld
from monitor.language.speech import Speech
from monitor.model import (
    Commit,
    Country,
    Delivery,
    DeliveryState,
    DocumentKind,
    Dossier,
    KnownDocument,
    Message,
    Standing,
    Verb,
)
from monitor.record.decide import settle_held
from monitor.record.review import look_name
from monitor.record.said import is_named

_LONGEST_PREVIEW: Final = 3500
_VERBS: Final[Mapping[str, Verb]] = {"accept": "accept", "reject": "reject"}
_KINDS: Final = {kind.value: kind for kind in DocumentKind}
_OPEN: Final = frozenset({DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP})


def hold(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Settle the held look that was shown, or show it and what accepting it would send."""
    match arguments:
        case (verb, code, look) if verb in {"show", *_VERBS} and (country := view.country(code)):
            dossier = view.world.dossiers.get(code)
        case _:
            return SILENCE
    if dossier is None or not _is_held(dossier, look):
        over = say("{country}: that look is held no longer.", country=say.name(country))
        return _settled_meanwhile(over, is_edit=verb != "show")
    if verb == "show":
        return Reply(_preview(say, country, dossier, look, view))
    done = {
        "accept": say("{country}: the look is approved", country=say.country(country)),
        "reject": say("{country}: the look is rejected", country=say.country(country)),
    }
    return _begun(say, done[verb], (), SettleHeld(code, _VERBS[verb], look))


def document(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Ask what a document is, then of which cycle; the last answer counts."""
    code, name, *answer = arguments if len(arguments) > 1 else ("", "")
    country, known = view.country(code), _document(view.world.dossiers.get(code), name)
    if country is None or known is None:
        return SILENCE
    if known.standing is not Standing.ASKED:
        words = say("That document is settled: {document}.", document=_taken_for(say, known))
        return _settled_meanwhile(words, is_edit=bool(answer))
    if not answer or answer == [BACK]:
        return Reply(question(say, country, known), is_edit=bool(answer))
    said = _said(code, name, answer, known, view)
    if said is not None:
        return _begun(say, _thanks(say, country, said), described(say, known), said)
    kind = _KINDS.get(answer[0])
    if kind is None or len(answer) > 1:
        return SILENCE
    return Reply(which_cycle(say, country, known, kind, view.cycles), is_edit=True)


def owed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Show a message of which nobody knows whether it arrived."""
    delivery = _delivery(arguments, view)
    if delivery is None:
        return SILENCE
    if not _is_open(delivery):
        return _settled_meanwhile(say("That message is settled."), is_edit=False)
    words = uncertain if delivery.state is DeliveryState.UNCERTAIN else given_up
    return Reply(words(say, delivery))


def again(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Send once more what may not have arrived."""
    delivery = _delivery(arguments, view)
    if delivery is None:
        return SILENCE
    if not _is_open(delivery):
        return _settled_meanwhile(say("That message is settled."))
    fresh = replace(delivery, state=DeliveryState.WAITING, due=view.now, settled=None, error="")
    return _settles(undelivered_settled(say, delivery, say("it is sent again")), fresh)


def came(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Note that a message arrived after all."""
    delivery = _delivery(arguments, view)
    if delivery is None:
        return SILENCE
    if delivery.state is not DeliveryState.UNCERTAIN:
        return _settled_meanwhile(say("That message is settled."))
    arrived = replace(delivery, state=DeliveryState.SENT, settled=view.now, error="")
    return _settles(undelivered_settled(say, delivery, say("it arrived")), arrived)


def _is_held(dossier: Dossier, look: str) -> bool:
    return is_held(dossier) and dossier.held is not None and look_name(dossier.held) == look


def _preview(say: Speech, country: Country, dossier: Dossier, look: str, view: View) -> Message:
    after, changes = settle_held(dossier, "accept", view.now, view.grace)
    profile = view.profile_url(country)
    told = alert(
        say,
        country,
        changes,
        dossier,
        after,
        pledge=view.pledges[country.code],
        cycles=view.cycles,
        profile_url=profile,
    )
    lines = [bold(say("{country}: approved, it would be told like this", country=say.name(country)))]
    if told:
        lines += ["", shortened(told[0].html, _LONGEST_PREVIEW)]
    else:
        lines += [escape(say("Accepting it would bring no news."))]
    return Message(
        clip(lines), (*settle_buttons(say, country.code, look)[:2], *button(say("Country profile"), profile))
    )


def _document(dossier: Dossier | None, name: str) -> KnownDocument | None:
    documents = dossier.documents if dossier else ()
    return next((known for known in documents if is_named(known, name)), None)


def _said(code: str, name: str, answer: list[str], known: KnownDocument, view: View) -> SayWhatItIs | None:
    """Read a whole answer; None where the cycle has still to be asked, or it is forged."""
    cycles = {NOT_STATED: None, **{each.id: each.id for each in view.cycles}}
    match answer:
        case ["known"] if known.document.likely:
            return SayWhatItIs(code, name, known.document.likely, is_quiet=True)
        case ["other"]:
            return SayWhatItIs(code, name, DocumentKind.OTHER)
        case [kind, cycle] if kind in _KINDS and cycle in cycles:
            return SayWhatItIs(code, name, _KINDS[kind], cycles[cycle])
        case _:
            return None


def _thanks(say: Speech, country: Country, said: SayWhatItIs) -> str:
    if said.kind is DocumentKind.OTHER:
        what = say("nothing of interest")
    elif said.is_quiet:
        what = say("not new")
    else:
        what = texts.kind_in(say, said.kind, said.cycle)
    return texts.labelled(say, say.country(country), what)


def _taken_for(say: Speech, known: KnownDocument) -> str:
    return texts.kind_in(say, known.document.kind, known.document.cycle)


def _delivery(arguments: tuple[str, ...], view: View) -> Delivery | None:
    name = ":".join(arguments)
    return next((each for each in view.world.deliveries if each.id == name), None)


def _is_open(delivery: Delivery) -> bool:
    return delivery.state in _OPEN and delivery.error != FOLDED


def _begun(say: Speech, what: str, lines: tuple[str, ...], act: Act) -> Reply:
    soon = say("It is done behind the sweep under way, if there is one; how it ends is told here.")
    return Reply(Message(clip([bold(what), *lines, escape(soon)])), is_edit=True, act=act)


def _settles(message: Message, delivery: Delivery) -> Reply:
    return Reply(message, is_edit=True, commit=Commit(deliveries=(delivery,)))


def _settled_meanwhile(words: str, *, is_edit: bool = True) -> Reply:
    return Reply(Message(escape(words)), is_edit=is_edit, toast=words[:200])
