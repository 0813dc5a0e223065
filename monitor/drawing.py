"""Pictures are drawn by a process of their own, and kept as long as they stay the same."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections import OrderedDict
from typing import Final

from monitor.errors import NotDrawn

WIDTH: Final = 1200
"""Pixels; height follows from the picture."""
SECONDS: Final = 30.0
"""After which a picture is given up."""
_KEPT: Final = 12
"""Pictures that stay ready: two cycles, two documents or both, three languages."""


def draw(svg: str) -> bytes:
    """Make a PNG of an SVG of ours; raises NotDrawn."""
    command = (sys.executable, "-I", "-m", "monitor.picture.png", str(WIDTH))
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=svg.encode(), capture_output=True, timeout=SECONDS, check=True, env={}
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotDrawn(f"a picture could not be drawn: {type(error).__name__}") from error
    return done.stdout


class Drawings:
    """Draws for whoever asks, each picture once while it stays the same, one at a time."""

    def __init__(self) -> None:
        """Begin without any."""
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._turn = asyncio.Lock()

    async def __call__(self, svg: str) -> bytes:
        """Give the PNG of an SVG; raises NotDrawn."""
        name = hashlib.sha256(svg.encode()).hexdigest()
        async with self._turn:
            if name not in self._made:
                self._made[name] = await asyncio.to_thread(draw, svg)
            self._made.move_to_end(name)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
            return self._made[name]
