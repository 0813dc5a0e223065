"""What the work tells whoever counts it; by default nobody does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from monitor.model import Visit


class Observer(Protocol):
    """Counts; may be called from any thread, takes no time, and never fails."""

    def swept(self, visits: Iterable[Visit], seconds: float) -> None:
        """Hear of a finished sweep."""

    def tried(self, result: str) -> None:
        """Hear how a try to deliver ended, once that is written down."""

    def fetched(self, what: str, seconds: float, size: int) -> None:
        """Hear of an exchange with a site for a page or a file, without the wait for its turn; ``size``: bytes."""

    def written(self, seconds: float) -> None:
        """Hear of a write of the store."""

    def polled(self, trouble: str) -> None:
        """Hear that Telegram was asked for what happened; ``trouble``: why it gave nothing, empty where it did."""


class Unwatched:
    """Counts nothing."""

    def swept(self, visits: Iterable[Visit], seconds: float) -> None:
        """Let it be."""

    def tried(self, result: str) -> None:
        """Let it be."""

    def fetched(self, what: str, seconds: float, size: int) -> None:
        """Let it be."""

    def written(self, seconds: float) -> None:
        """Let it be."""

    def polled(self, trouble: str) -> None:
        """Let it be."""
