"""/pledge add and /pledge remove: operators say who signed the Transparency Pledge."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import escape, tidy
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.lost import lost
from monitor.dialogue.pledge import pledge
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Commit, Country, Message, Pledge, PledgeState
from monitor.names import find_country

_CORRECTION: Final = re.compile(
    r"(?P<verb>add|remove)(?:\s+(?P<name>.*?))??(?:\s+(?P<date>\S*\d{3}\S*))?", re.DOTALL | re.IGNORECASE
)
"""A verb, a country, and a last word with digits in it: no country's name has any."""
_WHOLE: Final = {len("2026"): "-01-01", len("2026-11"): "-01", len("2026-11-24"): ""}


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
    if signed and not _is_date(signed, view.now.date()):
        return Reply(
            Message(escape(say("“{text}” is no date. Write 2023-11-30, or 2023-11.", text=tidy(signed, 40))))
        )
    changed = _pledge(found["verb"].casefold(), signed, view)
    return Reply(
        Message(escape(_said(say, country, changed))), commit=Commit(pledges={country.code: changed})
    )


def _pledge(verb: str, signed: str, view: View) -> Pledge:
    source = f"said by an operator, {view.now:%Y-%m-%d}"
    if verb == "add":
        return Pledge(PledgeState.SIGNATORY, signed, source)
    # Where the list is not complete, not standing in it says nothing.
    absent = PledgeState.NOT_SIGNATORY if view.is_pledge_complete else PledgeState.UNKNOWN
    return Pledge(absent, "", source)


def _is_date(written: str, today: date) -> bool:
    try:
        return date.fromisoformat(f"{written}{_WHOLE[len(written)]}") <= today
    except (KeyError, ValueError):
        return False


def _said(say: Speech, country: Country, pledge: Pledge) -> str:
    return texts.labelled(say, say.country(country), texts.pledge(say, pledge))
