from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from monitor.evidence.account import account
from monitor.evidence.bundle import Piece, packed, pieces
from monitor.evidence.chain import Chain
from tests.alert.samples import ENGLISH, MEXICO, NOW, dossier
from tests.evidence.test_chain import SELF, found, world

PAGE, FILE = b"\r\n<title>Mexico</title> \n\x00\xff", b"%PDF-1.7 \x00\xff"


def name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def bundle(
    of: Chain, pages: tuple[bytes, ...] = (PAGE,), files: tuple[bytes, ...] = (FILE,)
) -> dict[str, bytes]:
    content = pieces(
        of,
        MEXICO,
        account(ENGLISH, MEXICO, of),
        b"{}",
        pages={name(each): each for each in pages},
        files={name(each): (".pdf", each) for each in files},
        version="1.2.3",
    )
    return {piece.name: piece.content for piece in content}


def test_everything_stands_in_the_bundle_under_its_name() -> None:
    content = bundle(found(world()))
    assert list(content) == [
        "README.txt",
        "chain.txt",
        "chain.json",
        f"pages/{name(PAGE)}.html",
        f"documents/{name(FILE)}.pdf",
        "alert-1.txt",
        "SHA256SUMS",
    ]
    assert content[f"pages/{name(PAGE)}.html"] == PAGE
    assert content[f"documents/{name(FILE)}.pdf"] == FILE
    assert content["alert-1.txt"].decode() == "Mexico published its self-assessment\nmore\n"


def test_the_sums_are_those_of_every_other_file() -> None:
    content = bundle(found(world()))
    sums = content.pop("SHA256SUMS").decode()
    assert sums == "".join(f"{name(each)}  {path}\n" for path, each in content.items())


def test_the_readme_says_what_it_is_as_of_when_and_how_to_check_it() -> None:
    readme = bundle(found(world()))["README.txt"].decode()
    assert readme.startswith("Evidence MEX-33d4ffeb\n=====================\n")
    for part in (
        f"Address: {SELF.document.url}",
        "As known at: 2026-11-25 02:00:00 UTC to the UNCAC publication monitor 1.2.3",
        "sha256sum -c SHA256SUMS",
        "without a network and scripts",
        "The times are those of the monitor's clock",
    ):
        assert part in readme
    assert "not kept" not in readme


def test_what_is_not_kept_is_named_and_nothing_stands_for_it() -> None:
    content = pieces(
        found(world()), MEXICO, (), b"{}", pages={"b" * 64: None}, files={"f" * 64: None}, version="1"
    )
    assert not [piece for piece in content if "/" in piece.name]
    readme = content[0].content.decode()
    assert readme.endswith(f"because it is not kept (any more):\n  {'b' * 64}\n  {'f' * 64}\n")


def test_a_hostile_title_is_one_printable_line() -> None:
    title = "Self\u202e\n\nCountry: Utopia\x1b[2J {missing} \ud800" + "x" * 500
    hostile = replace(SELF, document=replace(SELF.document, title=title))
    readme = bundle(found(world(dossiers={"MEX": dossier(hostile)})))["README.txt"].decode()
    [about] = [line for line in readme.splitlines() if line.startswith("About: ")]
    assert about.startswith("About: Self Country: Utopia [2J {missing} x")
    assert len(about) < 100
    assert "\nCountry: Mexico\n" in readme


@pytest.mark.parametrize("year", [1970, 1980, 2026])
def test_the_same_content_gives_the_same_bytes_and_any_clock_is_written(year: int) -> None:
    moment = datetime(year, 11, 24, 8, 0, 2, tzinfo=UTC)
    content = (Piece("a/b.txt", b"x"),)
    whole = packed(content, moment)
    assert whole == packed(content, moment)
    with ZipFile(BytesIO(whole)) as opened:
        [entry] = opened.infolist()
        assert (entry.filename, opened.read(entry)) == ("a/b.txt", b"x")
        assert entry.date_time == (max(year, 1980), 11, 24, 8, 0, 2)


def test_what_is_unpacked_can_be_read_by_its_owner_and_others(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(packed((Piece("a.txt", b"x"),), NOW))
    with ZipFile(tmp_path / "x.zip") as opened:
        assert opened.infolist()[0].external_attr >> 16 == 0o644
