"""What a file is, by its first bytes: servers say "PDF" of error pages and "octet-stream" of PDFs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from monitor.profile.address import is_file

_MARKS: Final = ((b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"), (b"{\\rtf", "rtf"))
_PDF: Final = b"%PDF-"
_MARKUP: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|script|title|meta|div|!--|\?xml)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands at an address."""

    is_document: bool
    suffix: str
    """What such a file is called."""
    error: str = ""
    """Why it is no document."""


def shape_of(head: bytes, content_type: str, url: str) -> Shape:
    """Say what a file is; a web page is a document only where the address never promised another file."""
    if not head.strip():
        return Shape(
            is_document=False, suffix="bin", error="an empty answer stands where the document should"
        )
    if _PDF in head:
        return Shape(is_document=True, suffix="pdf")
    for mark, suffix in _MARKS:
        if head.startswith(mark):
            return Shape(is_document=True, suffix=suffix)
    if not (_MARKUP.match(head) or "html" in content_type.lower()):
        return Shape(is_document=True, suffix="bin")
    if is_file(url):
        return Shape(is_document=False, suffix="html", error="a web page stands where the document should")
    return Shape(is_document=True, suffix="html")
