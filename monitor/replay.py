"""Pages of the archive through other rules, with what would follow; the store is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

from monitor.alert.tell import BUG
from monitor.alert.texts import TOLD
from monitor.board.proposals import as_toml
from monitor.config import Config
from monitor.config.folder import shipped_folder
from monitor.errors import ConfigError, MonitorError, ProfileError
from monitor.evidence.differences import Difference, Differently, between, from_known, page_name
from monitor.evidence.replay import Course, Otherwise, Trial, by_persons, moments, of_pages, otherwise, step
from monitor.model import Country, LookHistory, Looks, Page, Proposal, World
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.profile.rules import Rules, load_rules
from monitor.record.decide import Look, Settings
from monitor.site.body import decode

_REMEMBERED: Final = 256
"""Readings kept at once by each set of rules."""
Seen = Callable[[str], None]


class GivesPages(Protocol):
    """Gives pages as they were served."""

    def page(self, body_hash: str) -> bytes | None:
        """Give one; None where it is not kept."""
        ...


@dataclass(frozen=True, slots=True)
class Replayed:
    """What today's rules, or those that are tried, make of the pages that are kept."""

    is_trial: bool
    """Whether other rules than today's were tried."""
    documents: tuple[Difference, ...]
    alerts: tuple[Otherwise, ...]
    held: tuple[str, ...]
    """Countries of which a look would be held now, waiting for a person, and is not held with today's rules."""
    pages: int
    """Pages that were read."""
    missing: int
    """Pages that were seen and are not in the archive."""
    without: tuple[str, ...]
    """Countries that are known and have no page in the archive."""
    unjudged: int
    """Changes from before the first page that is kept."""
    since: datetime | None = None
    """The first look of all that was replayed."""


def tried_rules(config: Config, folder: Path | None, proposals: Iterable[Proposal] | None) -> Rules:
    """Read rules from a folder (what is missing there as usual), with what people proposed; raises ConfigError."""
    added = "" if proposals is None else as_toml(proposals, config.rules)
    folders = [] if folder is None else [folder]
    rules, mistakes = load_rules(*folders, config.folder, shipped_folder(), added=added)
    if mistakes:
        raise ConfigError(mistakes)
    return rules


@dataclass(slots=True)
class _Pages:
    """Reads pages of the archive by one set of rules, each once as long as few others come between."""

    archive: GivesPages
    reader: Reader
    config: Config
    world: World
    read: Callable[[str, str], Look | None] = field(init=False)

    def __post_init__(self) -> None:
        self.read = lru_cache(_REMEMBERED)(self._read)

    def _read(self, code: str, body_hash: str) -> Look | None:
        body = self.archive.page(body_hash)
        if body is None:
            return None
        country = self.config.country(code)
        page = Page(self._address(country), decode(body, ""), body_hash, body=body)
        try:
            return self.reader.read(page, country)
        except MonitorError as error:
            return error
        except Exception as error:  # noqa: BLE001 - as in a sweep: one page that trips a bug hides no other
            return ProfileError(f"{BUG}: {type(error).__name__}: {error}")

    def _address(self, country: Country) -> str:
        """Give what relative links are relative to."""
        known = self.world.dossiers.get(country.code)
        return (known and known.page_url) or self.config.profile_url(country)

    def trial(self, settings: Settings) -> Trial:
        return Trial(settings, self.reader.classifier.document, self.reader.rules.fingerprint)


@dataclass(slots=True)
class Replay:
    """Goes through all looks that are remembered, once, in order of time."""

    config: Config
    world: World
    archive: GivesPages
    settings: Settings
    tried: Rules | None
    """None to try today's rules, against what is known and was told."""
    countries: tuple[Country, ...]
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _missing: set[tuple[str, str]] = field(default_factory=set)

    @property
    def histories(self) -> tuple[LookHistory, ...]:
        """What is remembered of the looks at the countries asked for."""
        looks = self.world.looks
        return tuple(looks[each.code] for each in self.countries if each.code in looks)

    @property
    def total(self) -> int:
        """How many moments there are to go through."""
        return sum(1 for _ in moments(self.histories))

    def run(self, since: datetime | None, seen: Seen = lambda _: None) -> Replayed:
        """Replay all, and give what differs of what was seen since; ``seen`` is called at each moment."""
        today = self._pages(self.config.rules)
        tried = self._pages(self.tried) if self.tried else today
        before, after = Course(), Course()
        found: dict[tuple[object, ...], Difference] = {}
        first: dict[str, datetime] = {}
        for moment in moments(self.histories):
            for code, run in moment.runs.items():
                if self._is_first(moment.at, code, run, today):
                    first.setdefault(code, moment.at)
                    # The newest page that shows a difference is the one that is named.
                    found |= {_key(each): each for each in self._differences(code, run, today, tried)}
            after = step(after, moment, tried.trial(self.settings), tried.read)
            before = step(before, moment, today.trial(self.settings), today.read) if self.tried else after
            seen(f"{moment.at:%Y-%m-%d}")
        return self._found(found.values(), before, after, first, since)

    def _pages(self, rules: Rules) -> _Pages:
        return _Pages(
            self.archive, Reader(rules, CountryNames(self.config.countries)), self.config, self.world
        )

    def _is_first(self, at: datetime, code: str, run: Looks, today: _Pages) -> bool:
        name = (code, run.body_hash)
        if run.first != at or not run.body_hash or name in self._seen | self._missing:
            return False
        is_kept = today.read(code, run.body_hash) is not None
        (self._seen if is_kept else self._missing).add(name)
        return is_kept

    def _differences(self, code: str, run: Looks, today: _Pages, tried: _Pages) -> Iterator[Difference]:
        page = page_name(code, run, _newest(self.world.looks[code]))
        after, known = tried.read(code, run.body_hash), self.world.dossiers.get(code)
        old = today.read(code, run.body_hash)
        if after is None or old is None:
            return
        if self.tried:
            yield from between(page, old, after, known)
        elif page.is_newest and known is not None:
            yield from from_known(page, known, after)

    def _found(
        self,
        documents: Iterable[Difference],
        before: Course,
        after: Course,
        first: Mapping[str, datetime],
        since: datetime | None,
    ) -> Replayed:
        wanted = {each.code for each in self.countries}
        history = [change for change in self.world.changes if change.code in wanted]
        real = of_pages(history, first)
        said = by_persons(real)
        told = before.world.changes if self.tried else tuple(each for each in real if each not in said)
        alerts = [each for each in otherwise(told, after.world.changes, said) if each.change.kind in TOLD]
        return Replayed(
            is_trial=self.tried is not None,
            documents=_since(documents, since),
            alerts=tuple(each for each in alerts if since is None or each.change.seen_at >= since),
            held=_held(after, before if self.tried else Course(self.world)),
            pages=len(self._seen),
            missing=len(self._missing),
            without=tuple(sorted(wanted & set(self.world.dossiers) - set(first))),
            unjudged=len(history) - len(of_pages(history, first)),
            since=min(first.values(), default=None),
        )


def _newest(history: LookHistory) -> str:
    return next((run.body_hash for run in reversed(history.looks) if run.body_hash), "")


def _held(after: Course, before: Course) -> tuple[str, ...]:
    now, then = ({code for code, each in one.world.dossiers.items() if each.held} for one in (after, before))
    return tuple(sorted(now - then))


def _since(found: Iterable[Difference], since: datetime | None) -> tuple[Difference, ...]:
    """Give what newest pages show, then what only older ones do."""
    wanted = (each for each in found if each.page.is_newest or since is None or each.page.seen >= since)
    return tuple(sorted(wanted, key=lambda each: (not each.page.is_newest, each.page.code)))


def _key(each: Difference) -> tuple[object, ...]:
    if not isinstance(each, Differently):
        return each.page.code, each.before, each.after
    old, new = (
        document and (document.kind, document.cycle, document.doubt) for document in (each.before, each.after)
    )
    return each.page.code, each.url, old, new
