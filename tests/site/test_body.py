from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Blocked
from monitor.site.body import Tally, decode, unpacker
from monitor.site.exchange import NoAnswer


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def unpacked(pieces: Iterable[bytes], packing: str, limit: int) -> tuple[Tally, bytes]:
    sink = BytesIO()
    tally = Tally(sink, limit)
    tally.begin()
    parts = unpacker(packing, tally)
    for piece in pieces:
        parts.feed(piece)
        if parts.is_full:
            break
    parts.finish()
    return tally, sink.getvalue()


@given(
    body=st.binary(max_size=3000),
    size=st.integers(1, 700),
    limit=st.integers(1, 2500),
    packing=st.sampled_from(["", "identity", "gzip", " X-GZIP "]),
)
def test_a_body_comes_out_whole_counted_and_hashed_up_to_one_byte_beyond_the_limit(
    body: bytes, size: int, limit: int, packing: str
) -> None:
    sent = gzip.compress(body) if "gzip" in packing.lower() else body
    tally, got = unpacked(pieces(sent, size), packing, limit)
    assert got == body[: limit + 1]
    assert (tally.size, tally.sha256) == (len(got), sha256(got).hexdigest())


@given(st.binary(max_size=200_000), st.integers(1, 200))
def test_what_unpacks_to_many_times_its_size_comes_out_whole(seed: bytes, times: int) -> None:
    body = seed[:1000] * times
    assert unpacked(pieces(gzip.compress(body), 5), "gzip", 1_000_000)[1] == body


class Growing:
    """A sink that only counts, so that what is measured is not its own."""

    def __init__(self) -> None:
        self.largest = self.size = 0

    def write(self, data: bytes) -> None:
        self.largest = max(self.largest, len(data))
        self.size += len(data)

    def seek(self, _offset: int) -> None: ...
    def truncate(self) -> None: ...


def test_a_gzip_bomb_is_handed_on_in_pieces_and_takes_no_memory() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    sink = Growing()
    tracemalloc.start()
    try:
        tally = Tally(sink, 20_000_000)
        parts = unpacker("gzip", tally)
        for piece in pieces(bomb, 65_536):
            parts.feed(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert parts.is_full
    assert tally.size == sink.size == 20_000_001
    assert sink.largest <= 65_536
    assert peak < 1_000_000


def test_gzip_data_of_several_members_is_read_to_the_last() -> None:
    sent = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert unpacked([sent], "gzip", 1000)[1] == b"one two"


def test_padding_after_gzip_data_is_ignored() -> None:
    sent = gzip.compress(b"one") + bytes(8)
    assert unpacked([sent, sent], "gzip", 1000)[1] == b"one"


@pytest.mark.parametrize("endless", [gzip.compress(b"", mtime=0), bytes(20)])
def test_gzip_data_that_goes_on_without_bringing_anything_is_refused(endless: bytes) -> None:
    with pytest.raises(Blocked, match="longer than what it may hold"):
        unpacked(chain([gzip.compress(b"one")], repeat(endless * 1000, 100)), "gzip", 1000)


@pytest.mark.parametrize("sent", [b"", gzip.compress(b"a page" * 100, mtime=0)[:-9]])
def test_gzip_data_that_ends_before_its_end_is_no_answer(sent: bytes) -> None:
    with pytest.raises(NoAnswer, match="cut short"):
        unpacked([sent], "gzip", 1000)


@pytest.mark.parametrize("sent", [b"<p>not packed", zlib.compress(b"another packing")])
def test_what_is_called_gzip_and_is_none_is_no_answer(sent: bytes) -> None:
    with pytest.raises(NoAnswer, match="damaged"):
        unpacked([sent], "gzip", 1000)


def test_a_packing_that_was_not_asked_for_is_refused_by_name() -> None:
    with pytest.raises(Blocked, match="“br”"):
        unpacked([], "br", 1000)


def test_a_tally_that_begins_anew_forgets_what_came_before() -> None:
    sink = BytesIO()
    tally = Tally(sink, 100)
    for text in (b"a longer first try", b"second"):
        tally.begin()
        tally.write(text)
    assert (sink.getvalue(), tally.size) == (b"second", 6)
    assert tally.sha256 == sha256(b"second").hexdigest()


def test_the_sinks_own_failure_is_told_from_the_networks() -> None:
    class Full(BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    tally = Tally(Full(), 100)
    with pytest.raises(OSError, match="No space") as caught:
        tally.write(b"x")
    assert tally.trouble is caught.value


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("é".encode(), "text/html; charset=utf-8", "é"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        (b"\x93quoted\x94", "text/html; charset=latin1", "“quoted”"),
        ("ж".encode("koi8-r"), 'text/html;charset="KOI8-R"', "ж"),
        (b'<meta charset="koi8-r">' + "ж".encode("koi8-r"), "text/html", '<meta charset="koi8-r">ж'),
        # The header knows better than the page, the mark better than both.
        (b'<meta charset="koi8-r">' + "ж".encode(), "text/html; charset=utf-8", '<meta charset="koi8-r">ж'),
        (b"\xef\xbb\xbf" + "ж".encode(), "text/html; charset=koi8-r", "ж"),
        ("ж".encode("utf-16"), "text/html", "ж"),
        ("ж".encode(), "text/html", "ж"),
        ("ж".encode(), "", "ж"),
        # One broken byte must not turn the whole page into another alphabet.
        ("ж".encode() + b"\xff", "text/html; charset=utf-8", "ж\ufffd"),
        ("ж".encode() + b"\xff", "", "ж\ufffd"),
        # Names that nobody knows, or that are no charset.
        ("ж".encode(), "text/html; charset=klingon", "ж"),
        ("ж".encode(), "text/html; charset=hex", "ж"),
        ("ж".encode(), "text/html; charset=undefined", "ж"),
        (b'<meta charset="klingon">' + "ж".encode(), "text/html", '<meta charset="klingon">ж'),
        (
            b'<meta charset="koi8-r">' + "ж".encode("koi8-r"),
            "text/html; charset=klingon",
            '<meta charset="koi8-r">ж',
        ),
        (b"a\0b", "text/html; charset=utf-8", "ab"),
        (b"a\0b", "", "ab"),
        (b"", "text/html", ""),
    ],
)
def test_the_charset_is_the_marks_the_headers_the_metas_or_utf_8(
    body: bytes, content_type: str, text: str
) -> None:
    assert decode(body, content_type) == text


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_become_text_without_nul(body: bytes, content_type: str) -> None:
    assert "\0" not in decode(body, content_type)


def test_a_charset_is_looked_for_where_a_page_begins_only() -> None:
    began = time.process_time()
    decode(b"<meta " * 800_000, "text/html")
    assert time.process_time() - began < 3.0, "on all of it the search takes half a minute"
    assert decode(b'<meta charset="windows-1251">\xc4', "text/html").endswith("Д")
