"""What a file is, by its first bytes: servers say "PDF" of error pages and "octet-stream" of PDFs."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from typing import Final

from monitor.profile.address import is_file, suffix

_MARKS: Final = ((b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"), (b"{\\rtf", "rtf"))
_PDF: Final = b"%PDF-"
_MARKUP: Final = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|script|title|meta|div|!--|\?xml)",
    re.IGNORECASE,
)

_NEVER_TEXT: Final = frozenset({".pdf", ".doc", ".docx", ".odt", ".zip", ".xls", ".xlsx", ".ppt", ".pptx"})
"""Endings of addresses behind which plain text is an error message."""


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
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Shape(is_document=True, suffix=name)
    if _MARKUP.match(head) or "html" in content_type.lower():
        error = "a web page stands where the document should" if is_file(url) else ""
        return Shape(is_document=not error, suffix="html", error=error)
    if suffix(url) in _NEVER_TEXT and _is_text(head):
        return Shape(is_document=False, suffix="txt", error="a few words stand where the document should")
    return Shape(is_document=True, suffix="bin")


def _is_text(head: bytes) -> bool:
    """Tell whether there are only letters a person can read, such as "Service unavailable" or JSON."""
    try:
        text = getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(each.isprintable() or each.isspace() for each in text)
