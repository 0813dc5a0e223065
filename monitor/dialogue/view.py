"""All that an answer can be made of, at one moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import ChatId, Country, Pledge, ReviewCycle, World


@dataclass(frozen=True, slots=True)
class View:
    """All that an answer can be made of, at one moment."""

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

    def country(self, code: str) -> Country | None:
        """Give a country by its code; None where there is none (data of a button may be forged)."""
        return next((country for country in self.countries if country.code == code), None)
