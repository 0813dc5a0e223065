"""What a list on a page would change in what is known of signatures. Nothing is ever removed by a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.board.regions import is_signatory
from monitor.model import Pledge
from monitor.pledge.roster import Entry, Roster


class Standing(StrEnum):
    """How what a page says of a State stands to what is known."""

    NEW = "new"
    """Not known as a signatory, and no operator has spoken of it."""
    DATED = "dated"
    """A signatory that is known; the page knows its date, or knows it better."""
    KNOWN = "known"
    OTHER_DATE = "other date"
    """A signatory that is known, with another date."""
    SAID_NO = "said otherwise"
    """An operator said that it is no signatory, or that nobody knows: a person's word stands."""


ADDED = frozenset({Standing.NEW, Standing.DATED})
"""What applying a list changes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a page says of one State."""

    entry: Entry
    heading: str
    standing: Standing

    @property
    def code(self) -> str:
        """The State's code."""
        return self.entry.code


def compare(
    rosters: Iterable[Roster], pledges: Mapping[str, Pledge], spoken: Mapping[str, Pledge]
) -> tuple[Finding, ...]:
    """Hold the lists that may be that of the signatories against what is known; every State once.

    ``pledges``: what holds for every country; ``spoken``: what operators said, which is in it.
    """
    best: dict[str, tuple[Entry, str]] = {}
    for roster in rosters:
        for entry in () if roster.why_not else roster.entries:
            known = best.setdefault(entry.code, (entry, roster.heading))
            if len(entry.signed) > len(known[0].signed):
                best[entry.code] = (entry, roster.heading)
    return tuple(
        Finding(entry, heading, _standing(entry, pledges[entry.code], entry.code in spoken))
        for entry, heading in best.values()
        if entry.code in pledges
    )


def doubted(rosters: Iterable[Roster], pledges: Mapping[str, Pledge]) -> frozenset[str]:
    """Give known signatories of which a list of signatories says something that speaks against it."""
    doubts = (doubt for roster in rosters if not roster.why_not for doubt in roster.doubts)
    codes = {code for doubt in doubts if doubt.is_against for code in doubt.codes}
    return frozenset(code for code in codes if is_signatory(pledges.get(code)))


def _standing(entry: Entry, pledge: Pledge, is_spoken: bool) -> Standing:
    if not is_signatory(pledge):
        return Standing.SAID_NO if is_spoken else Standing.NEW
    if not entry.signed or pledge.signed.startswith(entry.signed):
        return Standing.KNOWN
    return Standing.DATED if entry.signed.startswith(pledge.signed) else Standing.OTHER_DATE
