"""A file as it goes over the wire: packed once, with the headers that say what it is."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from monitor.web.files import PNG, WebFile
from monitor.web.guard import sharing

Headers = tuple[tuple[bytes, bytes], ...]
_WORTH_IT: Final = 0.9
"""Packed files that are hardly smaller stay as they are."""
_LEVEL: Final = 6
AGE: Final = "public, max-age=60"
"""How long a reader's own copy, or a cache between, need not ask again."""
STATIC_AGE: Final = "public, max-age=600"
"""Style and script change with a new version of the program only; a page must not wait long for those it was written with."""


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms in which a file is sent: as it is, or packed."""

    etag: str
    headers: Headers
    """Of the answer that brings it."""
    brief: Headers
    """Of the answer that says that the reader has it already."""
    body: bytes
    """Empty for the plain form of a file that is kept packed."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of the board, ready to be sent."""

    modified: datetime
    plain: Form
    packed: Form | None
    """None for what is packed already, such as pictures, or too small for it."""

    def body(self, form: Form) -> bytes:
        """Give what goes out; a text is kept packed only, which takes a fifth of the memory."""
        return gzip.decompress(self.packed.body) if self.packed and form is self.plain else form.body

    @property
    def weight(self) -> int:
        """Bytes it takes to keep."""
        return len(self.plain.body) + (len(self.packed.body) if self.packed else 0)


def pack(path: str, file: WebFile, since: datetime, before: Packed | None = None) -> Packed:
    """Make a file ready to be sent; ``before``: what was last sent from that path, if anything.

    Last-Modified is ``since``, when we began to say what we say now, and not the date of the data: an operator's word or
    a new version of the program changes a page without that date, and a reader who compares dates would keep the old page.
    What did not change keeps the date it was sent with.
    """
    etag = _etag(file.body)
    is_same = before is not None and before.plain.etag == etag
    modified = before.modified if before is not None and is_same else since
    small = gzip.compress(file.body, _LEVEL, mtime=0) if file.content_type != PNG else file.body
    common = _common(path, file, modified)
    if len(small) > len(file.body) * _WORTH_IT:
        return Packed(modified, _form(etag, common, file.body, len(file.body)), None)
    common = (*common, ("vary", "accept-encoding"))
    return Packed(
        modified,
        _form(etag, common, b"", len(file.body)),
        _form(_etag(small), (*common, ("content-encoding", "gzip")), small, len(small)),
    )


def _etag(body: bytes) -> str:
    """Name exactly these bytes, so that each form has a strong validator of its own."""
    return f'"{sha256(body).hexdigest()[:24]}"'


def _common(path: str, file: WebFile, modified: datetime) -> tuple[tuple[str, str], ...]:
    return (
        ("content-type", file.content_type),
        ("cache-control", STATIC_AGE if path.startswith("static/") else AGE),
        ("last-modified", format_datetime(modified, usegmt=True)),
        *sharing(file.content_type),
    )


_ABOUT_CONTENT: Final = frozenset({b"content-type", b"content-encoding"})


def _form(etag: str, common: tuple[tuple[str, str], ...], body: bytes, length: int) -> Form:
    whole = (*raw(common), (b"etag", etag.encode()))
    brief = tuple(header for header in whole if header[0] not in _ABOUT_CONTENT)
    return Form(etag, (*whole, (b"content-length", str(length).encode())), brief, body)


def raw(headers: Iterable[tuple[str, str]]) -> Headers:
    """Write headers as the wire has them."""
    return tuple(_written(name, value) for name, value in headers)


@lru_cache(maxsize=256)
def _written(name: str, value: str) -> tuple[bytes, bytes]:
    """Give the same object for the same header: it stands on a thousand files."""
    return name.encode("latin-1"), value.encode("latin-1")
