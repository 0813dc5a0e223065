"""All that answers in chat and pages of the board are made of, at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model import ChatId, Country, Pledge, ReviewCycle, World


class Licence(StrEnum):
    """What the operator lets others do with the open data, by its SPDX name."""

    CC_BY = "CC-BY-4.0"
    ODBL = "ODbL-1.0"


@dataclass(frozen=True, slots=True)
class View:
    """All that answers in chat and pages of the board are made of, at one moment."""

    world: World
    countries: tuple[Country, ...]
    pledges: Mapping[str, Pledge]
    """Every country has one; what operators said goes before pledge.csv."""
    cycles: tuple[ReviewCycle, ...]
    is_pledge_complete: bool
    profile_url: Callable[[Country], str]
    now: datetime
    version: str
    contact: str
    period: timedelta = timedelta(hours=6)
    """How often all countries are looked at."""
    sweeping_since: datetime | None = None
    """A sweep is under way since then."""
    configured: frozenset[ChatId] = frozenset()
    """Chats that monitor.toml tells: they come back at every start."""

    grace: timedelta = timedelta(hours=72)
    """How long a document may be gone before that is told."""
    address: str = ""
    """Where the board stands on the web, without a slash at the end; empty where nobody knows."""
    licence: Licence = Licence.CC_BY
    """Under which others may reuse the open data."""

    @property
    def as_of(self) -> datetime:
        """The newest moment that anything is known of: what pages of the board say holds for it."""
        looks = (dossier.last_read for dossier in self.world.dossiers.values())
        seen = (change.seen_at for change in self.world.changes)
        return max((moment for moment in (*looks, *seen) if moment), default=self.now)

    def country(self, code: str) -> Country | None:
        """Give a country by its code; None where there is none (data of a button may be forged)."""
        return next((country for country in self.countries if country.code == code), None)
