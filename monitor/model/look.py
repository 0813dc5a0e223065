"""When a country's page was looked at, and what came: kept in few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks in a row at one country's page that found the same."""

    first: datetime
    last: datetime
    times: int
    status: int | None = None
    """The HTTP status of the newest; None where no answer came."""
    body_hash: str = ""
    """sha256 of the page, hexadecimal; empty where none came."""
    error: str = ""
    """Why it was not read or not believed; empty where it was."""


@dataclass(frozen=True, slots=True)
class LookHistory:
    """All looks at one country's page that are remembered, the oldest first."""

    code: str
    looks: tuple[Looks, ...] = ()
