"""A file of the board: what it holds, what it is, and since when it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

HTML: Final = "text/html; charset=utf-8"
CSS: Final = "text/css; charset=utf-8"
SCRIPT: Final = "text/javascript; charset=utf-8"
SVG: Final = "image/svg+xml"
PNG: Final = "image/png"
CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json"
ATOM: Final = "application/atom+xml; charset=utf-8"
XML: Final = "application/xml; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file of the board, as it is written to a folder or sent to a browser."""

    body: bytes
    content_type: str
    modified: datetime
    """Since when it says what it says, as far as its data tells."""
