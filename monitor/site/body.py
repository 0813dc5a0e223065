"""A page's bytes: unpacked within a limit while they come, then turned into text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from bs4.dammit import EncodingDetector

from monitor.errors import Blocked
from monitor.site.exchange import NoAnswer

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_START = b"\x1f\x8b"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_WINDOWS = "windows-1252"
"""What browsers read under these labels: real pages with them hold its curly quotes."""
_MEANS_WINDOWS = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})


def unpacker(encoding: str, limit: int) -> Unpacker:
    """Choose by Content-Encoding; Blocked for one that was not asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return Unpacker(limit)
        case "gzip" | "x-gzip":
            return GzipUnpacker(limit)
    raise Blocked(f"the page came packed as “{encoding}”, which was not asked for")


class Unpacker:
    """Collects a body that is not packed, up to one byte more than the limit."""

    def __init__(self, limit: int) -> None:
        self._room = limit + 1
        self._parts: list[bytes] = []

    @property
    def is_full(self) -> bool:
        """Whether there is more than the limit; nothing further is taken."""
        return self._room <= 0

    def feed(self, data: bytes) -> None:
        """Take a piece as it came."""
        self._keep(data[: self._room])

    def finish(self) -> bytes:
        """Give the whole: longer than the limit where it was full."""
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)

    def _keep(self, data: bytes) -> None:
        self._room -= len(data)
        self._parts.append(data)


class GzipUnpacker(Unpacker):
    """Unpacks while it collects, never more than fits: a bomb stops at the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._member = zlib.decompressobj(_GZIP)

    def feed(self, data: bytes) -> None:
        """Take a packed piece; NoAnswer where it is damaged."""
        while data and not self.is_full:
            if self._member.eof:
                if not data.startswith(_GZIP_START):
                    return  # padding after the end, as some servers send it
                self._member = zlib.decompressobj(_GZIP)
            self._keep(self._unpack(data))
            data = self._member.unused_data

    def finish(self) -> bytes:
        """Give the whole; NoAnswer where the packed data ends before its end."""
        if not self.is_full and not self._member.eof:
            raise NoAnswer("the page came cut short (its gzip data has no end)")
        return super().finish()

    def _unpack(self, data: bytes) -> bytes:
        try:
            return self._member.decompress(data, self._room)
        except zlib.error as error:
            raise NoAnswer("the page came damaged (its gzip data is broken)") from error


def decode(body: bytes, content_type: str) -> str:
    """Turn a body into text: byte-order mark, header, meta, else UTF-8; unreadable bytes are marked, NULs dropped."""
    body, by_mark = EncodingDetector.strip_byte_order_mark(body)
    for name in _charsets(by_mark, content_type, body):
        if (text := _decode_as(body, name)) is not None:
            return text.replace("\0", "")
    return body.decode(errors="replace").replace("\0", "")


def _charsets(by_mark: str | None, content_type: str, body: bytes) -> Iterator[str]:
    if by_mark:
        yield by_mark
    if by_header := _CHARSET.search(content_type):
        yield by_header.group(1)
    # Reached only where nothing before it would do: the search costs more than the decoding.
    if by_meta := EncodingDetector.find_declared_encoding(body, is_html=True):
        yield by_meta


def _decode_as(body: bytes, name: str) -> str | None:
    try:
        return body.decode(_WINDOWS if name.lower() in _MEANS_WINDOWS else name, "replace")
    except (LookupError, UnicodeError):  # a name nobody knows, or one that is no charset
        return None
