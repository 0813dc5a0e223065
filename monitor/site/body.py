"""A body's bytes: unpacked, counted and hashed while they come, within a limit; and how a page's become text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256

from bs4.dammit import EncodingDetector

from monitor.errors import Blocked
from monitor.site.exchange import NoAnswer, Sink, shown

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_START = b"\x1f\x8b"
_PIECE = 65_536
"""Bytes unpacked at once."""
_PACKING = 65_536
"""Bytes by which packed data may be longer than what it holds: headers, and padding after the end."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_HEAD = 8_192
"""Bytes that are searched for a meta tag's charset; browsers look at 1,024. On 5 MB of them the search takes half a minute."""
_WINDOWS = "windows-1252"
"""What browsers read under these labels: real pages with them hold its curly quotes."""
_MEANS_WINDOWS = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})


class Tally:
    """Counts and hashes what it writes to a sink, up to one byte more than the limit."""

    def __init__(self, sink: Sink, limit: int) -> None:
        """``limit``: bytes, unpacked."""
        self._sink = sink
        self._limit = limit
        self.size = 0
        self._digest = sha256()
        self.trouble: OSError | None = None
        """What the sink, not the network, failed with."""

    def begin(self) -> None:
        """Start anew, whatever an earlier try wrote."""
        self.size = 0
        self._digest = sha256()
        self._into(lambda: self._sink.seek(0))
        self._into(self._sink.truncate)

    @property
    def sha256(self) -> str:
        """Of what was written, hexadecimal."""
        return self._digest.hexdigest()

    @property
    def room(self) -> int:
        """Bytes that are still taken; none once there is more than the limit."""
        return self._limit + 1 - self.size

    def write(self, data: bytes) -> None:
        """Take at most as much as there is room for."""
        self.size += len(data)
        self._digest.update(data)
        self._into(lambda: self._sink.write(data))

    def _into(self, action: Callable[[], object]) -> None:
        try:
            action()
        except OSError as error:
            self.trouble = error
            raise


def unpacker(encoding: str, tally: Tally) -> Unpacker:
    """Choose by Content-Encoding; Blocked for one that was not asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return Unpacker(tally)
        case "gzip" | "x-gzip":
            return GzipUnpacker(tally)
    raise Blocked(f"it came packed as “{shown(encoding)}”, which was not asked for")


class Unpacker:
    """Hands on a body that is not packed."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._room_packed = tally.room + tally.room // 1000 + _PACKING

    @property
    def is_full(self) -> bool:
        """Whether there is more than the limit; nothing further is taken."""
        return self._tally.room <= 0

    def feed(self, data: bytes) -> None:
        """Take a piece as it came."""
        if piece := data[: self._tally.room]:
            self._tally.write(piece)

    def finish(self) -> None:
        """Say that nothing follows."""


class GzipUnpacker(Unpacker):
    """Unpacks piece by piece, never more than fits: a bomb stops at the limit, and so does padding without end."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(tally)
        self._member = zlib.decompressobj(_GZIP)
        self._is_padding = False

    def feed(self, data: bytes) -> None:
        """Take a packed piece; NoAnswer where it is damaged, Blocked where it packs next to nothing."""
        self._room_packed -= len(data)
        if self._room_packed < 0:
            raise Blocked("it came in gzip data that is longer than what it may hold")
        while data and not self.is_full and not self._is_padding:
            data = self._unpack(data)

    def finish(self) -> None:
        """Say that nothing follows; NoAnswer where the packed data ends before its end."""
        if not self.is_full and not self._member.eof:
            raise NoAnswer("it came cut short (its gzip data has no end)")

    def _unpack(self, data: bytes) -> bytes:
        """Give what is left of ``data``."""
        if self._member.eof:
            # After the end: another member, or padding, as some servers send it.
            self._is_padding = not data.startswith(_GZIP_START)
            self._member = self._member if self._is_padding else zlib.decompressobj(_GZIP)
            return data
        try:
            piece = self._member.decompress(data, min(self._tally.room, _PIECE))
        except zlib.error as error:
            raise NoAnswer("it came damaged (its gzip data is broken)") from error
        super().feed(piece)
        return self._member.unconsumed_tail or self._member.unused_data


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
    if by_meta := EncodingDetector.find_declared_encoding(body[:_HEAD], is_html=True):
        yield by_meta


def _decode_as(body: bytes, name: str) -> str | None:
    try:
        return body.decode(_WINDOWS if name.lower() in _MEANS_WINDOWS else name, "replace")
    except (LookupError, UnicodeError):  # a name nobody knows, or one that is no charset
        return None
