"""Real hostile PDFs: none hurts the process that asks, none takes longer or more memory than it is given."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random
from time import monotonic, process_time

import pytest
from pypdf import PdfReader, PdfWriter

from monitor.evidence import pdf
from monitor.evidence.inspect import Inside, PdfInspector, one_line, understood
from tests.evidence.hostile import GOOD, HOSTILE

WALL = 20.0
PATIENCE = WALL + 10
MUTATIONS = 40
IN_ITS_OWN_PROCESS = 4


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
    for number in range(MUTATIONS):
        content = bytearray(GOOD)
        for _ in range(random.randint(1, 40)):
            content[random.randrange(len(content))] = random.randrange(256)
        (tmp_path / "a.pdf").write_bytes(content)
        # Most are looked into right here, for a process takes longer than they do.
        if number < IN_ITS_OWN_PROCESS:
            found = await PdfInspector(WALL).look_into(tmp_path / "a.pdf")
            assert found.pages is not None or found.error
        else:
            looked_into_here(tmp_path / "a.pdf")


def looked_into_here(path: Path) -> None:
    """It ends, with lines that are understood or with an error that would end the process in order."""
    began = process_time()
    try:
        said = [json.dumps(found).encode() for found in pdf.look_into(str(path))]
    except Exception:  # noqa: BLE001 - whatever pypdf raises
        said = []
    assert process_time() - began < pdf.SECONDS
    assert not said or understood(b"\n".join(said)).pages is not None


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
