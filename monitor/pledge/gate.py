"""Whether a roster can be the list of signatories, and why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from monitor.pledge import words
from monitor.pledge.roster import Group, Roster, Shape
from monitor.profile.words import shorten

_LONGEST: Final = 80
_FEWEST_KNOWN: Final = 3
"""Known signatories that a list must hold to be taken for theirs without a word over it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a list is measured by."""

    states: int
    """How many States parties there are."""
    known: frozenset[str]
    """The signatories that are known."""

    def let(self, group: Group) -> tuple[Roster, ...]:
        """Say of a roster why it cannot be the list; what says by itself that it signed is taken out of it first."""
        roster = group.roster
        if hard := self._impossible(group):
            return (replace(roster, why_not=hard),)
        why_not = self._unlikely(group)
        claims = tuple(each for each in roster.entries if each.says_so)
        others = tuple(each for each in roster.entries if not each.says_so)
        if not why_not or not claims:
            return (replace(roster, why_not=why_not),)
        rest = replace(roster, entries=others, doubts=(), why_not=why_not)
        return (replace(roster, entries=claims), *((rest,) if others else ()))

    def _impossible(self, group: Group) -> str:
        named = len(group.roster.entries)
        if group.roster.shape is Shape.CHOICE:
            return "it is a list to choose a country from"
        if group.is_navigation:
            return "it stands in a menu, a header or a footer"
        if named * 2 > self.states:
            return f"it names {named} of {self.states} States: more than half cannot be signatories"
        return ""

    def _unlikely(self, group: Group) -> str:
        heading = next((text for text in group.headings if not words.is_neutral(text)), "")
        said = [text for text in group.leads if words.speaks_of_signing(text)]
        denied = next((text for text in (*said, heading) if words.denies(text)), "")
        if denied:
            return f"“{shorten(denied, _LONGEST)}” says that they did not sign"
        if said or words.speaks_of_signing(heading):
            return ""
        codes = {each.code for each in group.roster.entries}
        if len(codes & self.known) >= max(_FEWEST_KNOWN, (len(self.known) + 1) // 2):
            return ""
        return "nothing over it says that these States signed the Pledge"
