"""The page with the list of signatories becomes rosters; what is not that page is never "nobody signed"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from monitor.errors import Blocked, ProfileError
from monitor.model import Country, Page
from monitor.pledge import words
from monitor.pledge.gate import Gate
from monitor.pledge.gather import groups
from monitor.pledge.lines import lines_of
from monitor.pledge.names import NameTable
from monitor.pledge.roster import Roster
from monitor.profile.identify import Face, refusal
from monitor.profile.rules import Rules
from monitor.profile.tree import make_soup

_FEWEST: Final = 3
"""States in a list that is shown although it is not the one looked for."""


class ListReader:
    """Reads the page by one set of rules and names."""

    def __init__(self, rules: Rules, countries: tuple[Country, ...]) -> None:
        self._rules = rules
        self._states = len(countries)
        self._table = NameTable(countries)

    def read(self, page: Page, known: Iterable[str], today: date) -> tuple[Roster, ...]:
        """Give the lists of States on the page; ``known``: codes of the signatories that are known.

        Raises Blocked for what is not the page, ProfileError where no list of States is on it.
        """
        if not page.html.strip():
            raise Blocked("the page is empty")
        soup = make_soup(page.html)
        looks = Face(soup)
        table, gate = self._table, Gate(self._states, frozenset(known))
        lines = lines_of(soup, lambda text: bool(table.find(text, today).is_name_first))
        found = [each for group in groups(lines, table, today) for each in gate.let(group)]
        shown = tuple(each for each in found if _is_shown(each))
        if not any(not each.why_not for each in shown):
            self._require(looks)
        if not shown:
            raise ProfileError(
                "no list of States stands on the page: it may be drawn as a picture or by a script. "
                "Look at it in a browser; `uncac-monitor pledge add` or `pledge import` enter what you see"
            )
        return shown

    def _require(self, looks: Face) -> None:
        what, said = refusal(looks, self._rules)
        if what:
            raise Blocked(f"{what}, not the list of signatories: it says “{said}”")
        if not words.speaks_of_pledge(looks.text):
            raise Blocked("the page does not speak of the Pledge: it is another page, or an empty one")


def trouble_of(rosters: Iterable[Roster]) -> str:
    """Say why nothing can be proposed from what was read; nothing where something can."""
    if any(not each.why_not for each in rosters):
        return ""
    return (
        "none of the lists on the page can be the list of signatories. "
        "`uncac-monitor pledge check` shows them and why"
    )


def _is_shown(roster: Roster) -> bool:
    return not roster.why_not or len(roster.entries) >= _FEWEST
