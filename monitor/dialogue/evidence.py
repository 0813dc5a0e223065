"""What proves a document, told in a chat: /evidence and its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import LIMIT, bold, clip, code, escape
from monitor.alert.message import button as opening
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, grid, leaf, turning
from monitor.dialogue.lost import lost, not_any_more
from monitor.dialogue.reply import Reply
from monitor.evidence.account import account
from monitor.evidence.chain import chain
from monitor.evidence.proof import code_at, code_in, found_by, proof_of
from monitor.language.speech import Speech, capital
from monitor.model import Country, DocumentKind, KnownDocument, Message
from monitor.names import find_country

_ON_A_PAGE: Final = 12
_PAGE: Final = "p"
_ROOM_FOR_HOW: Final = 300
"""Characters that stay for how the whole can be had, however long the chain is."""
_ORDER: Final = tuple(DocumentKind)


def evidence(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Tell the chain of the document that a proof id names, or list a country's documents with theirs."""
    if not rest:
        return Reply(Message(escape(_how(say))))
    of = code_in(rest) or code_at(rest, view.world.dossiers)
    country = view.country(of) or find_country(rest, view.countries)
    if country is None:
        return Reply(lost(say, rest, view))
    found = found_by(rest, view.world.dossiers, of) if of else ()
    return Reply(_one(say, country, found[0], view) if len(found) == 1 else _list(say, country, view))


def evidence_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Turn a card into the list of its documents' proofs, and that into one document's chain."""
    name, digits = (*arguments, "", "")[:2]
    country = view.country(name)
    if country is None:
        return Reply(toast=not_any_more(say))
    words = f"{name}-{digits}"
    found = found_by(words, view.world.dossiers) if code_in(words) else ()
    page = digits.removeprefix(_PAGE)
    shown = _one(say, country, found[0], view) if len(found) == 1 else _list(say, country, view, page)
    return Reply(shown, is_edit=True)


def _how(say: Speech) -> str:
    return say(
        "Type the proof that stands under an alert, such as /evidence MEX-3f9a2c1b, or a country: /evidence Mexico."
    )


def _list(say: Speech, country: Country, view: View, page: str = "0") -> Message:
    known = leaf(_documents(country, view), page, _ON_A_PAGE)
    lines = [
        bold(say("{country}: proofs", country=say.country(country))),
        *(_line(say, country, each) for each in known.items),
        *([] if known.items else [escape(say("No document is known."))]),
    ]
    buttons = (
        button(proof_of(country.code, each), "proof", *proof_of(country.code, each).rsplit("-", 1))
        for each in known.items
    )
    turns = turning(known, lambda at: ("proof", country.code, f"{_PAGE}{at}"))
    back = button(say.country(country), "card", country.code)
    return Message(clip(lines), (*grid(buttons, 2), *turns, back))


def _line(say: Speech, country: Country, known: KnownDocument) -> str:
    document = known.document
    language = say.language(document.language) or say("language not stated")
    name = escape(f"{capital(texts.kind_in(say, document.kind, document.cycle))}, {language}")
    return texts.labelled(say, name, code(proof_of(country.code, known)))


def _documents(country: Country, view: View) -> tuple[KnownDocument, ...]:
    """Give a country's documents, what the State alone decides over first."""
    dossier = view.world.dossiers.get(country.code)
    known = dossier.documents if dossier else ()
    return tuple(
        sorted(known, key=lambda each: (_ORDER.index(each.document.kind), each.document.cycle or ""))
    )


def _one(say: Speech, country: Country, known: KnownDocument, view: View) -> Message:
    return Message(
        "\n".join(
            (
                clip(_told(say, country, known, view), LIMIT - _ROOM_FOR_HOW),
                *_how_to_check(say, country, known),
            )
        ),
        (
            *opening(say("Open document"), known.document.url),
            button(say("◀ All proofs"), "proof", country.code),
        ),
    )


def _told(say: Speech, country: Country, known: KnownDocument, view: View) -> Iterator[str]:
    for number, section in enumerate(account(say, country, chain(view.world, country.code, known))):
        if number:
            yield ""
        yield bold(section.heading)
        yield from map(escape, section.lines)


def _how_to_check(say: Speech, country: Country, known: KnownDocument) -> Iterator[str]:
    yield ""
    yield escape(say("Whoever runs this bot can give you the page and the file themselves, to be checked:"))
    yield code(f"uncac-monitor evidence {proof_of(country.code, known)} --bundle FILE.zip")
