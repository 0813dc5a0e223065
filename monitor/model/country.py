"""Countries, review cycles and the Transparency Pledge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Country:
    """A State party (or the European Union): what the monitor calls it and where its profile is."""

    code: str
    """ISO 3166-1 alpha-3, upper case; for the EU, which has none, the code in countries.csv."""
    names: Mapping[str, str]
    """The UN's name by language: en, fr, es."""
    aliases: tuple[str, ...] = ()
    region: str = ""
    profile_code: str = ""
    """What replaces {code} in the profile address; usually the code itself."""
    flag: str = ""
    """The flag emoji, or nothing."""

    @property
    def name(self) -> str:
        """The UN's English name."""
        return self.names["en"]


@dataclass(frozen=True, slots=True)
class ReviewCycle:
    """One cycle of the review mechanism, from cycles.toml."""

    id: str
    phase: int
    chapters: tuple[str, ...]
    """Roman numerals, e.g. ("II", "V")."""
    subjects: tuple[str, ...]
    """What each chapter is about, in the order of ``chapters``."""
    articles: str
    years: tuple[int, int | None]


class PledgeState(StrEnum):
    """Whether a country signed the Transparency Pledge: unknown is a value."""

    SIGNATORY = "signatory"
    NOT_SIGNATORY = "not a signatory"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pledge:
    """A country's signature under the Transparency Pledge."""

    state: PledgeState
    signed: str = ""
    """The date as far as it is known: YYYY-MM-DD, YYYY-MM or nothing."""
    source: str = ""
