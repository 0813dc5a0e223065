"""The list of signatories on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from monitor.model import Country, Pledge
from monitor.pledge.compare import ADDED, Finding, Standing
from monitor.pledge.roster import Roster, Shape
from monitor.show.tables import line, listing
from monitor.signatures import Check

_MOST_DOUBTS: Final = 12
_TITLES: Final = {
    Standing.NEW: "Would be added",
    Standing.DATED: "Would get a date",
    Standing.OTHER_DATE: "Known with another date (not changed; `uncac-monitor pledge add` changes it)",
    Standing.SAID_NO: "An operator said otherwise (not changed; `uncac-monitor pledge add` changes it)",
    Standing.KNOWN: "Known already",
}
_STYLES: Final = {Standing.NEW: "green", Standing.DATED: "green"}


def signatories(
    countries: tuple[Country, ...],
    pledges: Mapping[str, Pledge],
    spoken: Mapping[str, Pledge],
    *,
    is_complete: bool,
) -> RenderableType:
    """List who is known to have signed, since when, and how that is known."""
    text = listing()
    for country in countries:
        pledge = pledges[country.code]
        said = ", said by an operator" if country.code in spoken else ""
        text.append(f"{country.code:<4}", "bold").append(f"{pledge.signed or 'date unknown':<13}")
        text.append_text(line(country.name)).append(f"\n    {pledge.source or 'no source'}{said}\n", "dim")
    rest = "no signatories" if is_complete else "unknown"
    return Group(text, Text(f"{len(countries)} signatories are known; all others are {rest}."))


def check(found: Check, names: Mapping[str, str]) -> RenderableType:
    """Show a page's lists one by one, then what they would change."""
    parts: list[RenderableType] = [_roster(roster, names) for roster in found.rosters]
    for standing in _TITLES:
        parts += _standing([each for each in found.findings if each.standing is standing], standing, names)
    if found.doubted:
        against = ", ".join(f"{names[code]} ({code})" for code in sorted(found.doubted))
        warning = f"Known signatories that the page speaks against; nothing is removed by a page: {against}"
        parts.append(line(warning, "yellow"))
    if found.rosters and not any(each.standing in ADDED for each in found.findings):
        parts.append(Text("Nothing would be added."))
    return Group(*parts)


def _roster(roster: Roster, names: Mapping[str, str]) -> RenderableType:
    text = listing()
    what = f"{len(roster.entries)} States in a {roster.shape}"
    heading = f" under “{roster.heading}”" if roster.heading else ""
    text.append_text(line(f"{what}{heading}", "bold")).append("\n")
    if roster.why_not:
        text.append("    not proposed: ", "yellow").append_text(line(roster.why_not)).append("\n")
    doubts = [each for each in roster.doubts if not (each.is_against and roster.shape is Shape.TABLE)]
    for doubt in doubts[:_MOST_DOUBTS]:
        meant = ", ".join(f"{names[code]} ({code})" for code in doubt.codes)
        text.append("    to be checked by a person: ", "yellow")
        text.append_text(line(f"“{doubt.words}”: {doubt.why}{f'; {meant}?' if meant else ''}")).append("\n")
    if len(doubts) > _MOST_DOUBTS:
        text.append(f"    … and {len(doubts) - _MOST_DOUBTS} more such lines (--json shows all)\n")
    if against := len(roster.doubts) - len(doubts):
        text.append(f"    rows that say that a State did not sign: {against}\n", "dim")
    return text


def _standing(
    some: Iterable[Finding], standing: Standing, names: Mapping[str, str]
) -> Iterator[RenderableType]:
    text = listing()
    for each in some:
        since = each.entry.signed or "no date"
        text.append("  ").append_text(
            line(f"{names[each.code]} ({each.code}), {since}: “{each.entry.words}”")
        )
        text.append("\n")
    if text:
        yield Text(f"{_TITLES[standing]}:", _STYLES.get(standing, "dim"))
        yield text
