"""PDFs made to hurt who reads them."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from monitor.demo.papers import paper

GOOD = paper("A good one", "en", 3)


def objects(*bodies: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Write a PDF of these objects, numbered from 1."""
    written, places = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table) + end


def flate(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def packed_often(piece: bytes, times: int) -> bytes:
    """Pack a piece once and repeat it, without the checksum at the end: nobody is to unpack so far."""
    packer = zlib.compressobj(9)
    packer.compress(b"")
    begin = packer.flush(zlib.Z_FULL_FLUSH)
    return begin + (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times


def bomb() -> bytes:
    """Unpacks to 800 MB of text."""
    packed = packed_often(b"(x) Tj " * 150_000, 800)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return objects(CATALOG, ONE_PAGE, PAGE, stream)


def bomb_in_bomb() -> bytes:
    inner = zlib.compress(packed_often(bytes(1_000_000), 600), 9)
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (
        len(inner),
        inner,
    )
    return objects(CATALOG, ONE_PAGE, PAGE, stream)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "only its mark": lambda: b"%PDF-",
    "cut in the middle": lambda: GOOD[: len(GOOD) // 2],
    "without its table": lambda: GOOD[: GOOD.index(b"xref")],
    "a table that points at itself": lambda: GOOD.replace(b"/Root", b"/Prev %d /Root" % GOOD.index(b"xref")),
    "a table far behind the end": lambda: GOOD[: GOOD.index(b"startxref")] + b"startxref\n99999999999\n%%EOF",
    "a bomb": bomb,
    "a bomb in a bomb": bomb_in_bomb,
    "arrays in arrays": lambda: objects(CATALOG, ONE_PAGE, PAGE, b"[" * 20_000 + b"]" * 20_000),
    "dictionaries in dictionaries": lambda: objects(b"<< /A " * 20_000 + b">>" * 20_000),
    "a million pages claimed": lambda: objects(CATALOG, b"<< /Type /Pages /Kids [] /Count 1000000 >>"),
    "pages that are their own children": lambda: objects(
        CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    ),
    "pages deep in pages": lambda: objects(
        CATALOG,
        *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, 5000)),
    ),
    "a title of a megabyte": lambda: objects(
        CATALOG,
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Title (" + b"\x1b<b>x" * 200_000 + b") >>",
        trailer=b"/Root 1 0 R /Info 3 0 R",
    ),
    "a title that is a list": lambda: objects(
        CATALOG,
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Title [1 2 3] >>",
        trailer=b"/Root 1 0 R /Info 3 0 R",
    ),
    "locked": lambda: objects(
        CATALOG,
        ONE_PAGE,
        PAGE,
        flate(b""),
        trailer=b"/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 /O (x) /U (y) /P -1 >> /ID [(a) (b)]",
    ),
    "text that never ends a string": lambda: objects(
        CATALOG, ONE_PAGE, PAGE, flate(b"BT (" + b"(" * 300_000)
    ),
    "a picture of two billion points": lambda: objects(
        CATALOG, ONE_PAGE, PAGE, flate(b"BI /W 50000 /H 50000 /BPC 8 ID x EI")
    ),
}
