"""What is found on a page that may hold the list of signatories."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What names of States stand in."""

    LIST = "list"
    TABLE = "table"
    TEXT = "text"
    CHOICE = "choice"
    """A list that one chooses from."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, or one part of it between line breaks, pictures and cells; and where it stands."""

    text: str
    shape: Shape = Shape.TEXT
    place: int = 0
    """Number of the list or table it stands in; 0 for none."""
    over: tuple[str, ...] = ()
    """The headings and labels over it, nearest first."""
    lead: str = ""
    """The line of text right before its list or table."""
    is_navigation: bool = False
    row: int = 0
    column: int = 0
    is_header: bool = False
    """A cell that heads a row or a column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A State that a list names, with the words that name it."""

    code: str
    words: str
    signed: str = ""
    """YYYY-MM-DD, YYYY-MM, YYYY or nothing."""
    says_so: bool = False
    """Its own words say that it signed the Pledge, whatever stands over them."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words in a list that name no State exactly, or say something that only a person can judge."""

    words: str
    codes: tuple[str, ...]
    """The States that may be meant."""
    why: str
    is_against: bool = False
    """It says that this State did not sign."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The States that one list, table or run of text names."""

    heading: str
    shape: Shape
    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...] = ()
    why_not: str = ""
    """Why it cannot be the list of signatories; empty where it can."""


@dataclass(frozen=True, slots=True)
class Group:
    """A roster as it was found, with what stands over it."""

    roster: Roster
    headings: tuple[str, ...]
    """Nearest first, without those that are only a date."""
    leads: tuple[str, ...]
    """The line of text right before it, and the heads of a table's columns."""
    is_navigation: bool
