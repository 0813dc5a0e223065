from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Blocked
from monitor.site.body import GzipUnpacker, decode, unpacker
from monitor.site.exchange import NoAnswer


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(
    body=st.binary(max_size=3000),
    size=st.integers(1, 700),
    limit=st.integers(1, 2500),
    packing=st.sampled_from(["", "identity", "gzip", " X-GZIP "]),
)
def test_a_body_comes_out_whole_up_to_one_byte_beyond_the_limit(
    body: bytes, size: int, limit: int, packing: str
) -> None:
    parts = unpacker(packing, limit)
    sent = gzip.compress(body) if "gzip" in packing.lower() else body
    for piece in pieces(sent, size):
        parts.feed(piece)
        if parts.is_full:
            break
    assert parts.is_full == (len(body) > limit)
    assert parts.finish() == body[: limit + 1]


def test_a_gzip_bomb_takes_no_more_memory_than_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        parts = unpacker("gzip", 100_000)
        for piece in pieces(bomb, 65_536):
            parts.feed(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert parts.is_full
    assert len(parts.finish()) == 100_001
    assert peak < 1_000_000


def test_gzip_data_of_several_members_is_read_to_the_last() -> None:
    parts = unpacker("gzip", 1000)
    parts.feed(gzip.compress(b"one ") + gzip.compress(b"two"))
    assert parts.finish() == b"one two"


def test_padding_after_gzip_data_is_ignored() -> None:
    parts = unpacker("gzip", 1000)
    parts.feed(gzip.compress(b"one") + bytes(8))
    assert parts.finish() == b"one"


@pytest.mark.parametrize("sent", [b"", gzip.compress(b"a page" * 100)[:-9]])
def test_gzip_data_that_ends_before_its_end_is_no_page(sent: bytes) -> None:
    parts = GzipUnpacker(1000)
    parts.feed(sent)
    with pytest.raises(NoAnswer, match="cut short"):
        parts.finish()


@pytest.mark.parametrize("sent", [b"<p>not packed", zlib.compress(b"another packing")])
def test_what_is_called_gzip_and_is_none_is_no_page(sent: bytes) -> None:
    with pytest.raises(NoAnswer, match="damaged"):
        GzipUnpacker(1000).feed(sent)


def test_a_packing_that_was_not_asked_for_is_refused_by_name() -> None:
    with pytest.raises(Blocked, match="“br”"):
        unpacker("br", 1000)


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
