"""One look at a document's file: fetch it, see what it is, keep it. Every failure is a look, too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO, Final, Protocol

from monitor.errors import FetchError, StoreError
from monitor.evidence.shape import Shape, shape_of
from monitor.model import DocumentFile, FileLook, FileState, NotModified, Validators
from monitor.site.exchange import FileAnswer, Sink

_MISSING: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_HEAD: Final = 1024
"""Bytes by which a file is recognised; a PDF's mark may stand that late."""


class FetchesFiles(Protocol):
    """Asks the site for a file."""

    async def fetch_file(
        self,
        url: str,
        validators: Validators,
        sink: Sink,
        *,
        limit: int,
        timeout: float,  # noqa: ASYNC109 - no time runs while it waits its turn
    ) -> FileAnswer | NotModified:
        """Fetch into ``sink``; raises FetchError, and what the sink raises."""
        ...


class KeepsFiles(Protocol):
    """Keeps documents' files."""

    def room(self) -> AbstractContextManager[IO[bytes]]:
        """Give a temporary file for one that comes; raises StoreError."""
        ...

    def keep_file(self, temporary: IO[bytes], sha256: str, suffix: str) -> None:
        """Keep it; what stands in the way is the keeper's own trouble."""
        ...

    def holds(self, sha256: str) -> bool:
        """Tell whether it is kept."""
        ...


class Inside(Protocol):
    """What a PDF says of itself."""

    @property
    def pages(self) -> int | None:
        """How many; None where that is not known."""

    @property
    def title(self) -> str:
        """One line."""

    @property
    def language(self) -> str:
        """Of its text."""

    @property
    def error(self) -> str:
        """Why it could not be read to its end."""


@dataclass(frozen=True, slots=True)
class FileLooker:
    """Looks at files, one a call."""

    site: FetchesFiles
    archive: KeepsFiles
    look_into: Callable[[Path], Awaitable[Inside]]
    """Looks into a PDF."""
    clock: Callable[[], datetime]
    limit: int
    """Bytes a file may have."""
    timeout: float
    """Seconds a file may take."""

    async def look(self, url: str, known: DocumentFile | None) -> FileLook:
        """Look at the file at an address; never raises for what is wrong with it."""
        try:
            with self.archive.room() as temporary:
                return await self._fetched(url, _last_whole(known, self.archive), temporary)
        except FetchError as error:
            state = FileState.GONE if error.status in _MISSING else FileState.UNREACHED
            return FileLook(self.clock(), state, error.status, error=str(error))
        except (OSError, StoreError):
            # The look is shown to anybody who asks for its evidence: the folder's name is for the operators only.
            return FileLook(self.clock(), FileState.UNREACHED, error="there is no room here to look at it")

    async def _fetched(self, url: str, last: FileLook | None, temporary: IO[bytes]) -> FileLook:
        asked = last.validators if last else Validators()
        answer = await self.site.fetch_file(url, asked, temporary, limit=self.limit, timeout=self.timeout)
        if isinstance(answer, NotModified):
            return _still(last, self.clock(), answer)
        temporary.flush()
        temporary.seek(0)
        shape = shape_of(temporary.read(_HEAD), answer.content_type, url)
        look = _seen(answer, shape, self.clock())
        if shape.is_document:
            look = await self._looked_into(look, shape, temporary)
            await asyncio.to_thread(self.archive.keep_file, temporary, answer.sha256, shape.suffix)
        return look

    async def _looked_into(self, look: FileLook, shape: Shape, temporary: IO[bytes]) -> FileLook:
        if shape.suffix != "pdf":
            return look
        inside = await self.look_into(Path(temporary.name))
        return replace(
            look, pages=inside.pages, title=inside.title, language=inside.language, error=inside.error
        )


def _last_whole(known: DocumentFile | None, archive: KeepsFiles) -> FileLook | None:
    """Give the look to compare with; none where the file itself is not kept, so that it comes again."""
    if known is None or known.newest.state is not FileState.THERE or not archive.holds(known.newest.sha256):
        return None
    return known.newest


def _still(last: FileLook | None, now: datetime, answer: NotModified) -> FileLook:
    if last is None:
        raise FetchError(f"{answer.url} says “not modified”, which was not asked")
    return replace(last, at=now, status=HTTPStatus.NOT_MODIFIED, address=answer.url)


def _seen(answer: FileAnswer, shape: Shape, now: datetime) -> FileLook:
    state = FileState.THERE if shape.is_document else FileState.NO_DOCUMENT
    return FileLook(
        now,
        state,
        answer.status,
        address=answer.address,
        size=answer.size,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
        sha256=answer.sha256,
        error=shape.error,
    )
