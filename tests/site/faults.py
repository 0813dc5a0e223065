"""Every fault of a server that we could think of, by name: what it does, and what is then said in plain words."""

from __future__ import annotations

import asyncio
import gzip
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from socket import SO_LINGER, SOL_SOCKET

from tests.webserver import (
    Behaviour,
    Reply,
    Seen,
    drip,
    endless,
    hang_after_headers,
    hang_up,
    head,
    promise_more,
    reset_midway,
)

TYPE = {"Content-Type": "text/html"}
"""A type that a page and a file may both have."""
SHORT = 0.4
"""Seconds of allowance where a fault is to be slower."""
SLOW = f"within {SHORT} s"
BROKE = "broke off in the middle of its answer"
RULES = "breaks the rules of HTTP"
LARGE = "is larger than 200,000 bytes"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server does, and what we say of it."""

    behave: Behaviour
    said: str
    times: int = 1
    """How often it is asked for, with one try more allowed."""


def raw(data: bytes, *, is_closed: bool = True) -> Behaviour:
    """Send just these bytes."""

    async def behave(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        if is_closed:
            await writer.drain()
            writer.close()
        else:
            await asyncio.sleep(3600)

    return behave


def forever(start: bytes, piece: bytes, pause: float = 0.0) -> Behaviour:
    """Send a start and then the same piece without end."""

    async def behave(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


def packed(body: bytes, encoding: str = "gzip") -> Reply:
    return Reply(body=body, headers={**TYPE, "Content-Encoding": encoding})


async def _reset_at_once(_seen: Seen, writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def headed(*lines: str, body: bytes = b"<p>x") -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines, "", "")).encode("latin-1") + body


CHUNKED = headed("Content-Type: text/html", "Transfer-Encoding: chunked", body=b"")
GZIPPED = head(200, {**TYPE, "Content-Encoding": "gzip", "Connection": "close"})
OPEN = head(200, {**TYPE, "Connection": "close"})
BOMB = gzip.compress(bytes(50_000_000))
NUMBERED = tuple(f"X-{number}: {number}" for number in range(10_000))

SLOW_FAULTS: Mapping[str, Fault] = {
    "slow drip of the body": Fault(drip(1000, 0.02), SLOW),
    "slow drip of the headers": Fault(forever(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02), SLOW),
    "slow drip of lines": Fault(forever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.02), SLOW),
    "slow drip of chunks": Fault(forever(CHUNKED, b"1\r\nx\r\n", 0.02), SLOW),
    "slow drip of a packed body": Fault(forever(GZIPPED, gzip.compress(b""), 0.02), SLOW),
    "hang before the answer": Fault(raw(b"", is_closed=False), SLOW),
    "hang in the status line": Fault(raw(b"HTTP/1.1 20", is_closed=False), SLOW),
    "hang in the headers": Fault(raw(b"HTTP/1.1 200 OK\r\nContent-", is_closed=False), SLOW),
    "hang after headers": Fault(hang_after_headers, SLOW),
    "hang in a chunk": Fault(raw(CHUNKED + b"ff\r\nhalf", is_closed=False), SLOW),
    "hang in a packed body": Fault(raw(GZIPPED + BOMB[:20], is_closed=False), SLOW),
    "a body that hangs at its end": Fault(raw(OPEN + b"<p>all", is_closed=False), SLOW),
    "“continue” without end": Fault(forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001), SLOW),
    "“early hints” without end": Fault(
        forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 10, 0.001), SLOW
    ),
}
LENGTH_FAULTS: Mapping[str, Fault] = {
    "more announced than comes": Fault(promise_more, BROKE, 2),
    "reset in the body": Fault(reset_midway, "cut the connection", 2),
    "reset at once": Fault(_reset_at_once, "cut the connection", 2),
    "closed without a word": Fault(hang_up, BROKE, 2),
    "closed in the headers": Fault(raw(b"HTTP/1.1 200 OK\r\nContent-"), BROKE, 2),
    "closed in a chunk": Fault(raw(CHUNKED + b"ff\r\nhalf"), BROKE, 2),
    "closed before the last chunk": Fault(raw(CHUNKED + b"4\r\nhalf\r\n"), BROKE, 2),
    "a negative length": Fault(raw(headed("Content-Length: -1")), RULES, 2),
    "a length in words": Fault(raw(headed("Content-Length: four")), RULES, 2),
    "a length of 5,000 digits": Fault(raw(headed("Content-Length: " + "9" * 5000)), RULES, 2),
    "two lengths": Fault(raw(headed("Content-Length: 4", "Content-Length: 9")), RULES, 2),
    "a chunk that is no number": Fault(raw(CHUNKED + b"zz\r\nx\r\n"), RULES, 2),
    "a chunk of 2^80 bytes": Fault(raw(CHUNKED + b"1" + b"0" * 20 + b"\r\nx"), RULES, 2),
    "a chunk that is longer than it says": Fault(raw(CHUNKED + b"1\r\nxxxx\r\n0\r\n\r\n"), RULES, 2),
    "an unknown transfer encoding": Fault(raw(headed("Transfer-Encoding: gzip")), RULES, 2),
}
PACKING_FAULTS: Mapping[str, Fault] = {
    "gzip bomb": Fault(packed(BOMB), LARGE),
    "gzip bomb of many members": Fault(packed(gzip.compress(bytes(60_000)) * 500), LARGE),
    "gzip bomb in a bomb, said to be": Fault(packed(gzip.compress(BOMB), "gzip, gzip"), "not asked for"),
    "empty members without end": Fault(
        forever(GZIPPED, gzip.compress(b"") * 1000), "longer than what it may hold"
    ),
    "padding without end": Fault(
        forever(GZIPPED + gzip.compress(b"x"), bytes(60_000)), "longer than what it may hold"
    ),
    "gzip that is none": Fault(packed(b"\x1f\x8b no"), "damaged", 2),
    "gzip cut short": Fault(packed(gzip.compress(b"a page" * 100)[:-9]), "cut short", 2),
    "gzip with a wrong checksum": Fault(
        packed(gzip.compress(b"a page")[:-8] + b"\0\0\0\0\6\0\0\0"), "damaged", 2
    ),
    "brotli": Fault(packed(b"x", "br"), "“br”"),
    "deflate": Fault(packed(b"x", "deflate"), "“deflate”"),
    "a packing that nobody knows": Fault(packed(b"x", "\x07" + "k" * 9000), "“�kkk"),
}
ENDLESS_FAULTS: Mapping[str, Fault] = {
    "a body without end": Fault(endless("text/html"), LARGE),
    "a body without end or length": Fault(forever(OPEN, b"x" * 60_000), LARGE),
    "chunks without end": Fault(forever(CHUNKED, b"ea60\r\n" + b"x" * 60_000 + b"\r\n"), LARGE),
    "one header without end": Fault(forever(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 60_000), RULES, 2),
    "headers without end": Fault(forever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 9000), RULES, 2),
    "a chunk's remark without end": Fault(forever(CHUNKED + b"1;", b"x" * 60_000), RULES, 2),
    "trailers without end": Fault(forever(CHUNKED + b"0\r\n", b"X: y\r\n" * 9000), RULES, 2),
    "a status line without end": Fault(forever(b"HTTP/1.1 200 ", b"O" * 60_000), RULES, 2),
}
HEADER_FAULTS: Mapping[str, Fault] = {
    "10,000 headers": Fault(raw(headed("Content-Length: 4", *NUMBERED)), RULES, 2),
    "a header of 1 MB": Fault(raw(headed("Content-Length: 4", "X: " + "x" * 1_000_000)), RULES, 2),
    "a header with NUL": Fault(raw(headed("Content-Length: 4", "X: a\0b")), RULES, 2),
    "a header without a name": Fault(raw(headed("Content-Length: 4", ": x")), RULES, 2),
    "a header that is no header": Fault(raw(headed("Content-Length: 4", "no colon here")), RULES, 2),
    "binary headers": Fault(raw(headed("\x01\x02\x03\xff\xfe: \x80")), RULES, 2),
    "no HTTP at all": Fault(raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), RULES, 2),
    "HTML without HTTP": Fault(raw(b"<html><p>a page</html>\r\n\r\n"), RULES, 2),
    "random bytes": Fault(raw(bytes(range(256)) * 40 + b"\r\n\r\n"), RULES, 2),
    "a status of two digits": Fault(raw(b"HTTP/1.1 99 No\r\nContent-Length: 0\r\n\r\n"), RULES, 2),
    "a status of 999": Fault(raw(b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n"), "999"),
    "a status in words": Fault(raw(b"HTTP/1.1 OK OK\r\n\r\n"), RULES, 2),
    "switching protocols": Fault(raw(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), RULES, 2),
}
FAULTS: Mapping[str, Fault] = (
    dict(SLOW_FAULTS)
    | dict(LENGTH_FAULTS)
    | dict(PACKING_FAULTS)
    | dict(ENDLESS_FAULTS)
    | dict(HEADER_FAULTS)
)
