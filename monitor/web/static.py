"""Files that are shipped as they are: style, script, icon."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from typing import Final

from monitor.web.files import CSS, SCRIPT, SVG, WebFile

FILES: Final = {"board.css": CSS, "map.css": CSS, "board.js": SCRIPT, "icon.svg": SVG}
"""Names under static/ and what they are."""


def read(name: str, content_type: str, modified: datetime) -> WebFile:
    """Give a shipped file."""
    return WebFile((files("monitor.web") / "static" / name).read_bytes(), content_type, modified)
