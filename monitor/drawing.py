"""Pictures are drawn by a process of their own, and kept as long as they stay the same."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from subprocess import DEVNULL, PIPE
from typing import Final

from monitor.errors import NotDrawn

WIDTH: Final = 1200
"""Pixels; height follows from the picture."""
_DRAWS: Final = (sys.executable, "-I", "-m", "monitor.picture.png", str(WIDTH))
SECONDS: Final = 30.0
"""After which a picture is given up."""
_KEPT: Final = 12
"""Pictures that stay ready: two cycles, two documents or both, three languages."""


class Pen:
    """Draws in processes of its own, from any thread, until it is put down: then a stop need not wait for a picture."""

    def __init__(self, command: tuple[str, ...] = _DRAWS) -> None:
        """``command``: reads an SVG of ours and writes a PNG."""
        self._command = command
        self._drawing: set[subprocess.Popen[bytes]] = set()
        self._is_down = False

    def __call__(self, svg: str) -> bytes:
        """Make a PNG of an SVG of ours; raises NotDrawn."""
        try:
            with subprocess.Popen(self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}) as process:  # noqa: S603 - our own program
                return self._drawn(process, svg.encode())
        except (OSError, subprocess.SubprocessError) as error:
            raise NotDrawn(f"a picture could not be drawn: {type(error).__name__}") from error

    def _drawn(self, process: subprocess.Popen[bytes], svg: bytes) -> bytes:
        self._drawing.add(process)
        try:
            if self._is_down:
                process.kill()
            png, _ = process.communicate(svg, SECONDS)
        except BaseException:
            process.kill()
            raise
        finally:
            self._drawing.discard(process)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
        return png

    def put_down(self) -> None:
        """End what is being drawn, and draw nothing any more."""
        self._is_down = True
        for process in tuple(self._drawing):
            process.kill()


def draw(svg: str) -> bytes:
    """Make a PNG of an SVG of ours; raises NotDrawn."""
    return Pen()(svg)


class Drawings:
    """Draws for whoever asks, each picture once while it stays the same, one at a time."""

    def __init__(self, pen: Callable[[str], bytes] = draw) -> None:
        """Begin without any; ``pen`` draws one, in a thread."""
        self._pen = pen
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._turn = asyncio.Lock()

    async def __call__(self, svg: str) -> bytes:
        """Give the PNG of an SVG; raises NotDrawn."""
        name = hashlib.sha256(svg.encode()).hexdigest()
        async with self._turn:
            if name not in self._made:
                self._made[name] = await asyncio.to_thread(self._pen, svg)
            self._made.move_to_end(name)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
            return self._made[name]
