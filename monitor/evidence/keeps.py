"""What a sweep asks of whoever keeps evidence; and nobody, where none is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from monitor.model import DocumentFile, FileLook, Page


class KeepsEvidence(Protocol):
    """Keeps what proves an alert later; whatever goes wrong with that never stops a sweep."""

    async def keep_page(self, page: Page) -> None:
        """Keep a page as it was served; what hinders it is its own trouble, told by itself."""
        ...

    async def look_at_files(
        self, urls: Iterable[str], known: Mapping[str, DocumentFile]
    ) -> Mapping[str, FileLook]:
        """Look at documents' files now; those that there was no time for are left out."""
        ...


class NoEvidence:
    """Keeps nothing and looks at no file."""

    async def keep_page(self, page: Page) -> None:
        """Let it go."""

    async def look_at_files(
        self,
        urls: Iterable[str],  # noqa: ARG002 - nothing is looked at
        known: Mapping[str, DocumentFile],  # noqa: ARG002 - the same
    ) -> Mapping[str, FileLook]:
        """Find nothing."""
        return {}
