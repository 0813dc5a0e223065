"""The list of signatories as a person in a terminal sees it: what is known, what a page or a file would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from monitor.assembly import list_settings
from monitor.board.regions import is_signatory
from monitor.config import Config
from monitor.config.tables import read_pledges
from monitor.dialogue.reply import SayWhoSigned
from monitor.errors import ConfigError, FetchError, Mistake, MonitorError
from monitor.inspection import page_from
from monitor.model import Country, Pledge, World
from monitor.pledge import said
from monitor.pledge.compare import ADDED, Finding, compare, doubted
from monitor.pledge.read import ListReader, trouble_of
from monitor.pledge.roster import Roster


@dataclass(frozen=True, slots=True)
class Check:
    """What a page says of signatures, and what is known."""

    page: str
    """Where the list was read: an address, or a file's name."""
    rosters: tuple[Roster, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubted: frozenset[str] = frozenset()
    """Known signatories that the list speaks against."""
    error: str = ""
    """Why nothing can be taken from it."""

    def words(self, now: datetime) -> tuple[SayWhoSigned, ...]:
        """Give what applying it says, in a person's name."""
        is_address = self.page.startswith(("https://", "http://"))
        # It stands in the open data: which folders this machine has is nobody's business.
        file = "stdin" if self.page == "-" else Path(self.page).name
        source = self.page if is_address else f"read from {file}, {now:%Y-%m-%d}"
        return tuple(
            SayWhoSigned(each.code, said.signed(each.entry.signed, now, source))
            for each in self.findings
            if each.standing in ADDED
        )

    def as_json(self, added: tuple[SayWhoSigned, ...]) -> dict[str, Any]:
        """Give the check as docs/json.md names it."""
        return {
            "page": self.page,
            "error": self.error or None,
            "lists": [_roster_json(each) for each in self.rosters],
            "states": [_finding_json(each) for each in self.findings],
            "spoken_against": sorted(self.doubted),
            "added": [each.code for each in added],
        }


async def check_list(config: Config, source: str, world: World, now: datetime) -> Check:
    """Read a page (an address, a file or ``-``) as the list of signatories; what hinders that is in the answer."""
    pledges = effective(config, world)
    known = [code for code, each in pledges.items() if is_signatory(each)]
    reader = ListReader(config.rules, config.countries)
    try:
        page = await page_from(source, list_settings(config, source), config.pledge.page)
        rosters = reader.read(page, known, now.date())
    except MonitorError as error:
        return Check(source, error=str(error))
    findings = compare(rosters, pledges, world.pledges)
    return Check(source, rosters, findings, doubted(rosters, pledges), trouble_of(rosters))


def effective(config: Config, world: World) -> Mapping[str, Pledge]:
    """Give what holds for every country: what operators said goes before pledge.csv."""
    return {**config.pledges, **world.pledges}


def imported(config: Config, file: Path, world: World, now: datetime) -> tuple[SayWhoSigned, ...]:
    """Give what a table of the shape of pledge.csv says that is not known; ConfigError with every mistake in it."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FetchError(f"{file} cannot be read: {error}") from error
    found, mistakes = read_pledges(text, str(file), config.countries)
    signed = {code: each for code, each in found.by_code.items() if is_signatory(each)}
    mistakes = (*mistakes, *_of_the_future(signed, str(file), now.date()))
    if mistakes:
        raise ConfigError(mistakes)
    source = f"imported from {file.name}, {now:%Y-%m-%d}"
    known = effective(config, world)
    words = ((code, replace(each, source=each.source or source)) for code, each in signed.items())
    return tuple(SayWhoSigned(code, each) for code, each in words if not _is_said(each, known[code]))


def _is_said(word: Pledge, known: Pledge) -> bool:
    """Tell whether nothing new is said; the source alone is no news."""
    return word.state is known.state and word.signed == known.signed


def _of_the_future(signed: Mapping[str, Pledge], file: str, today: date) -> Iterator[Mistake]:
    for code, each in signed.items():
        if each.signed and not said.is_date(each.signed, today):
            yield Mistake(file, f"{code}, signed", f'"{each.signed}"', "a date that is not in the future")


def pledge_json(country: Country, pledge: Pledge, *, is_said: bool) -> dict[str, Any]:
    """Give what is known of a country's signature as docs/json.md names it."""
    return {
        "country": country.code,
        "state": pledge.state.value,
        "signed": pledge.signed or None,
        "source": pledge.source or None,
        "is_said": is_said,
    }


def _roster_json(roster: Roster) -> dict[str, Any]:
    return {
        "heading": roster.heading or None,
        "shape": roster.shape.value,
        "is_proposed": not roster.why_not,
        "why_not": roster.why_not or None,
        "states": [
            {"country": each.code, "signed": each.signed or None, "words": each.words}
            for each in roster.entries
        ],
        "doubts": [
            {"words": each.words, "countries": list(each.codes), "why": each.why} for each in roster.doubts
        ],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "country": finding.code,
        "standing": finding.standing.value,
        "signed": finding.entry.signed or None,
        "words": finding.entry.words,
        "heading": finding.heading or None,
    }
