"""Looking into a document's file: what it is by its first bytes, and what a PDF says of itself."""

from __future__ import annotations

import asyncio
import json
import sys
import unicodedata
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from monitor.evidence.tongue import LANGUAGES

WALL_SECONDS: Final = 30.0
"""After which a process that looks into a PDF is ended."""
_MOST_OUTPUT: Final = 64 * 1024
_LONGEST_TITLE: Final = 200
_MOST_PAGES: Final = 1_000_000
"""More is a lie, and a number without end could not be written down."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a PDF says of itself, as far as it could be read."""

    pages: int | None = None
    title: str = ""
    language: str = ""
    error: str = ""
    """Why it could not be read to the end."""


class PdfInspector:
    """Looks into PDFs, one at a time, each in a process of its own that has none of our memory, files and secrets."""

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        """``wall_seconds``: the most that one may take."""
        self._wall_seconds = wall_seconds
        self._turn = asyncio.Lock()

    async def look_into(self, path: Path) -> Inside:
        """Say what a PDF holds; never raises for what is wrong with it."""
        command = (sys.executable, "-I", "-B", "-m", "monitor.evidence.pdf", str(path))
        async with self._turn:
            try:
                process = await asyncio.create_subprocess_exec(
                    *command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env={}
                )
            except OSError:
                return Inside(error="it was not looked into: this machine could start no process for that")
            try:
                return await self._heard(process)
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def _heard(self, process: Process) -> Inside:
        assert process.stdout is not None  # noqa: S101 - asked for above
        said = bytearray()
        try:
            async with asyncio.timeout(self._wall_seconds):
                while (part := await process.stdout.read(_MOST_OUTPUT)) and len(said) < _MOST_OUTPUT:
                    said += part
                code = await process.wait()
        except TimeoutError:
            return replace(understood(said), error=f"it took longer than {self._wall_seconds:g} s to read")
        found = understood(said)
        return found if code == 0 else replace(found, error="it could not be read to its end as a PDF")


def understood(said: bytes | bytearray) -> Inside:
    """Read what the process printed; a line that was cut off, or is none of ours, says nothing."""
    inside = Inside()
    for line in said.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        inside = _with(inside, found)
    return inside


def _with(inside: Inside, found: object) -> Inside:
    match found:
        case {"pages": int(pages)} if 0 <= pages <= _MOST_PAGES:
            return replace(inside, pages=pages)
        case {"title": str(title)}:
            return replace(inside, title=one_line(title))
        case {"language": str(language)} if language in LANGUAGES:
            return replace(inside, language=language)
    return inside


def one_line(text: str) -> str:
    """Make one short line of a title that a stranger wrote: no control, no invisible character."""
    shown = (" " if each.isspace() else each for each in text if each.isspace() or _is_shown(each))
    return " ".join("".join(shown).split())[:_LONGEST_TITLE]


def _is_shown(character: str) -> bool:
    return unicodedata.category(character)[0] != "C"
