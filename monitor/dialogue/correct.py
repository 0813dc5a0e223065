"""/pledge add and /pledge remove: operators say who signed the Transparency Pledge."""

from __future__ import annotations

import re
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import escape, tidy
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.lost import lost
from monitor.dialogue.pledge import pledge
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Commit, Country, Message, Pledge
from monitor.names import find_country
from monitor.pledge import said

_CORRECTION: Final = re.compile(
    r"(?P<verb>add|remove)(?:\s+(?P<name>.*?))??(?:\s+(?P<date>\S*\d{3}\S*))?", re.DOTALL | re.IGNORECASE
)
"""A verb, a country, and a last word with digits in it: no country's name has any."""


def correct(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Correct who signed; without ``add`` or ``remove`` show what signatories kept."""
    found = _CORRECTION.fullmatch(rest)
    if found is None:
        return pledge(say, ask, rest, view)
    named, signed = found["name"] or "", found["date"] or ""
    country = find_country(named, view.countries)
    if not named:
        return Reply(
            Message(escape(say("Say it like this: /pledge add Mexico 2023-11-30, or /pledge remove Mexico")))
        )
    if country is None:
        return Reply(lost(say, named, view))
    if signed and not said.is_date(signed, view.now.date()):
        return Reply(
            Message(escape(say("“{text}” is no date. Write 2023-11-30, or 2023-11.", text=tidy(signed, 40))))
        )
    is_added = found["verb"].casefold() == "add"
    absent = said.removed(view.now, is_complete=view.is_pledge_complete)
    changed = said.signed(signed, view.now) if is_added else absent
    return Reply(
        Message(escape(_said(say, country, changed))), commit=Commit(pledges={country.code: changed})
    )


def _said(say: Speech, country: Country, pledge: Pledge) -> str:
    return texts.labelled(say, say.country(country), texts.pledge(say, pledge))
