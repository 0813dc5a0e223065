"""Real hostile PDFs: none hurts the process that asks, none takes longer or more memory than it is given."""

from __future__ import annotations

import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from pypdf import PdfReader, PdfWriter

from monitor.demo.papers import paper
from monitor.evidence import pdf
from monitor.evidence.inspect import Inside, PdfInspector, one_line, understood

GOOD = paper("A good one", "en", 3)
WALL = 20.0
PATIENCE = WALL + 10
MUTATIONS = 15


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


def bomb() -> bytes:
    """Unpacks to 800 MB of text."""
    packer = zlib.compressobj(9)
    line = b"(x) Tj " * 150_000
    packed = b"".join(packer.compress(line) for _ in range(800)) + packer.flush()
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return objects(CATALOG, ONE_PAGE, PAGE, stream)


def bomb_in_bomb() -> bytes:
    inner = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
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


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_pdf_hurts_nobody(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.pdf").write_bytes(HOSTILE[name]())
    before = most_used()
    started = monotonic()
    found = await PdfInspector(WALL).look_into(tmp_path / "a.pdf")
    assert monotonic() - started < PATIENCE
    assert found.pages is None or found.pages >= 0
    assert len(found.title) <= 200
    # The most that any child ever used: a browser that another test started may have used more before, and a child
    # counts as large as this process at first.
    assert most_used() <= max(before, pdf.MEMORY + 64 * 1024 * 1024)


def most_used() -> int:
    child, own = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    return max(child.ru_maxrss, own.ru_maxrss) * 1024


async def test_a_good_pdf_with_its_bytes_changed_at_random_hurts_nobody(tmp_path: Path) -> None:
    random = Random(7)  # noqa: S311 - a test that can be repeated
    for _ in range(MUTATIONS):
        content = bytearray(GOOD)
        for _ in range(random.randint(1, 40)):
            content[random.randrange(len(content))] = random.randrange(256)
        (tmp_path / "a.pdf").write_bytes(content)
        found = await PdfInspector(WALL).look_into(tmp_path / "a.pdf")
        assert found.pages is not None or found.error


async def test_who_looks_too_long_is_ended_and_what_was_found_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python").write_text("#!/bin/sh\necho '{\"pages\": 7}'\nexec sleep 60\n")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    started = monotonic()
    found = await PdfInspector(0.5).look_into(tmp_path / "a.pdf")
    assert (found.pages, "0.5 s" in found.error) == (7, True)
    assert monotonic() - started < 10


def locked(password: str) -> bytes:
    """Lock a PDF with RC4; without a ``password`` anybody may read it, but not print or change it."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(GOOD)))
    writer.add_metadata({"/Title": "A good one"})
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(written := BytesIO())
    return written.getvalue()


@pytest.mark.parametrize(
    ("password", "inside"),
    [
        ("", Inside(3, "A good one", "en")),
        ("secret", Inside(error="it could not be read to its end as a PDF")),
    ],
)
async def test_a_locked_pdf_is_read_where_anybody_may_read_it(
    tmp_path: Path, password: str, inside: Inside
) -> None:
    (tmp_path / "a.pdf").write_bytes(locked(password))
    assert await PdfInspector(WALL).look_into(tmp_path / "a.pdf") == inside


async def test_where_no_process_can_be_started_that_is_all_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    found = await PdfInspector().look_into(tmp_path / "a.pdf")
    assert (found.pages, "no process" in found.error) == (None, True)


async def test_the_process_that_looks_knows_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python").write_text(f"#!/bin/sh\nenv > {tmp_path}/environ\n")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("MONITOR_TELEGRAM__TOKEN", "123:secret")
    await PdfInspector().look_into(tmp_path / "a.pdf")
    assert "MONITOR" not in (tmp_path / "environ").read_text()


@pytest.mark.parametrize(
    ("deed", "trouble"),
    [
        ("bytearray(600_000_000)", "MemoryError"),
        ("print('x', file=open('written', 'w'), flush=True)", "OSError"),
        ("import os; os.getuid() or os.setuid(65534); os.fork()", "BlockingIOError"),
    ],
)
def test_the_process_that_looks_has_little_memory_writes_nothing_and_starts_nothing(
    tmp_path: Path, deed: str, trouble: str
) -> None:
    code = f"from monitor.evidence import pdf; pdf._limit(); {deed}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert trouble in done.stderr


def test_what_a_pdf_says_is_found_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(GOOD)
    found = list(pdf.look_into(str(tmp_path / "a.pdf")))
    assert found == [{"pages": 3}, {"title": "A good one"}, *[{"language": "en"}] * 3]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"not json",
        b"[1]",
        b'{"pages": -1}',
        b'{"pages": "3"}',
        b'{"pages": 1%s}' % (b"0" * 30),
        b'{"pages": 1%s}' % (b"0" * 5_000),
        b'{"title": 1}',
        b'{"language": "<b>"}',
        b'{"pages": 3',
        b"\xff",
    ],
)
def test_a_line_that_is_none_of_ours_says_nothing(said: bytes) -> None:
    found = understood(said)
    assert (found.pages, found.title, found.language) == (None, "", "")


def test_a_title_becomes_one_short_line_without_what_cannot_be_seen() -> None:
    assert one_line(" A\n\ttitle \u202eevil\u200b\x00 ") == "A title evil"
    assert len(one_line("x" * 1000)) == 200
