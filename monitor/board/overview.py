"""The world in numbers: how many countries published what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.board.regions import in_region, is_signatory, regions, signatories
from monitor.board.status import MATRIX_KINDS, Mark, Matrix, is_held, matrix
from monitor.board.view import View
from monitor.model import Country, DocumentKind, Dossier, Pledge, ReviewCycle, World


@dataclass(frozen=True, slots=True)
class Tally:
    """How many countries published one kind of document in one cycle."""

    cycle: ReviewCycle
    kind: DocumentKind
    published: int
    published_by_signatories: int
    unknown: int
    withdrawn: int
    not_seen: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The world in numbers."""

    countries: int
    read: int
    """Countries read at least once."""
    failing: int
    held: int
    signatories: int
    is_pledge_complete: bool
    oldest_look: datetime | None
    """The oldest of the countries' last good looks."""
    tallies: tuple[Tally, ...]

    def tally(self, cycle: str, kind: DocumentKind) -> Tally:
        """Give the counts of one kind in one configured cycle."""
        return next(each for each in self.tallies if (each.cycle.id, each.kind) == (cycle, kind))


def overview(
    world: World,
    countries: tuple[Country, ...],
    pledges: Mapping[str, Pledge],
    cycles: tuple[ReviewCycle, ...],
    *,
    is_pledge_complete: bool,
) -> Overview:
    """Count what the world has published, signatories apart."""
    dossiers = {country.code: world.dossiers.get(country.code) for country in countries}
    known = [dossier for dossier in dossiers.values() if dossier is not None]
    signed = frozenset(code for code in dossiers if is_signatory(pledges.get(code)))
    looks = [dossier.last_read for dossier in known if dossier.last_read is not None]
    return Overview(
        countries=len(countries),
        read=sum(dossier.first_read is not None for dossier in known),
        failing=sum(dossier.failing is not None for dossier in known),
        held=sum(is_held(dossier) for dossier in known),
        signatories=len(signed),
        is_pledge_complete=is_pledge_complete,
        oldest_look=min(looks, default=None),
        tallies=_tallies(dossiers, signed, cycles),
    )


def of_view(view: View, countries: tuple[Country, ...] | None = None) -> Overview:
    """Count what is known of all countries, or of some."""
    return overview(
        view.world,
        view.countries if countries is None else countries,
        view.pledges,
        view.cycles,
        is_pledge_complete=view.is_pledge_complete,
    )


def by_region(view: View) -> Mapping[str, Overview]:
    """Count region by region, in the order of their names."""
    return {region: of_view(view, in_region(view.countries, region)) for region in regions(view.countries)}


def of_signatories(view: View) -> Overview:
    """Count what is known of the signatories of the Transparency Pledge."""
    return of_view(view, signatories(view.countries, view.pledges))


def _tallies(
    dossiers: Mapping[str, Dossier | None], signed: frozenset[str], cycles: tuple[ReviewCycle, ...]
) -> tuple[Tally, ...]:
    matrices = {code: matrix(dossier, cycles) for code, dossier in dossiers.items()}
    return tuple(
        _tally(index, kind, cycle, matrices, signed)
        for index, cycle in enumerate(cycles)
        for kind in MATRIX_KINDS
    )


def _tally(
    index: int,
    kind: DocumentKind,
    cycle: ReviewCycle,
    matrices: Mapping[str, Matrix],
    signed: Iterable[str],
) -> Tally:
    marks = {code: each.rows[index].cells[kind].mark for code, each in matrices.items()}
    published = {code for code, mark in marks.items() if mark is Mark.PUBLISHED}
    of = Counter(marks.values())
    return Tally(
        cycle,
        kind,
        published=len(published),
        published_by_signatories=len(published.intersection(signed)),
        unknown=of[Mark.UNKNOWN],
        withdrawn=of[Mark.WITHDRAWN],
        not_seen=of[Mark.NOT_SEEN],
    )
