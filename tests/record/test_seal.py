"""A store file that was cut off or changed: refused, or read as what it was; never as something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import orjson
import pytest

from monitor.errors import StoreError
from monitor.model import Commit, World
from monitor.record.rescue import parsed
from monitor.record.seal import sealed
from monitor.record.store import Store
from tests.record.values import EVERYTHING, MEXICO, OWED, filled

MUTATIONS = 1000
BITS = 8


@pytest.fixture
def content(path: Path) -> bytes:
    many = replace(
        EVERYTHING,
        dossiers=tuple(replace(MEXICO, code=f"C{number}") for number in range(20)),
        deliveries=tuple(replace(OWED, id=f"{number:06}") for number in range(50)),
    )
    return filled(path, many).read_bytes()


def read(path: Path, content: bytes) -> World | None:
    """Read a file with these bytes; None where it is refused with words."""
    path.write_bytes(content)
    try:
        store = Store.open(path, is_reader=True)
    except StoreError:
        return None
    store.close()
    return store.load()


def test_the_sealed_file_is_one_json_document_and_reads_as_it_was() -> None:
    tables = {"things": {"1": {"a": 1}}}
    content = sealed(orjson.dumps(tables))
    assert orjson.loads(content).keys() == {"things", "checksum"}
    assert parsed(content) == tables


def test_a_file_cut_off_anywhere_is_refused(path: Path, content: bytes) -> None:
    cuts = [*range(0, len(content), 1024), *range(len(content) - 200, len(content))]
    assert [cut for cut in cuts if read(path, content[:cut]) is not None] == []
    assert len(cuts) > 220


def test_a_file_with_bits_turned_is_refused(path: Path, content: bytes) -> None:
    random = Random(4)  # noqa: S311 - the same thousand each time
    whole = read(path, content)
    for number in range(MUTATIONS):
        turned = bytearray(content)
        # Every tenth into the checksum itself.
        first = len(turned) - 110 if number % 10 == 0 else 0
        for _ in range(random.choice((1, 1, 2, 10))):
            turned[random.randrange(first, len(turned))] ^= 1 << random.randrange(BITS)
        found = read(path, bytes(turned))
        assert found in (None, whole), number


@pytest.mark.parametrize(
    ("edited", "reason"),
    [
        (lambda content: content.replace(b'"attempts":2', b'"attempts":3'), "does not fit"),
        (lambda content: content[: content.rindex(b',"checksum"')] + b"}", "is missing"),
        (lambda content: content.replace(b'"checksum"', b'"chacksum"'), "is missing"),
        (lambda content: content.replace(b'"version":3', b'"version":2'), "does not fit"),
        (lambda content: content.rstrip(b"\n"), "does not fit"),
    ],
)
def test_what_a_hand_changed_is_refused_and_the_reason_named(
    content: bytes, edited: Callable[[bytes], bytes], reason: str
) -> None:
    assert edited(content) != content
    with pytest.raises(ValueError, match=reason):
        parsed(edited(content))


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_a_version_before_checksums_needs_none(version: int) -> None:
    tables = {"meta": {"schema": {"version": version}}}
    assert parsed(orjson.dumps(tables)) == tables


def test_a_file_with_a_foreign_version_is_not_taken_for_ours() -> None:
    assert parsed(b'{"meta": {"schema": {"version": "9"}}}') == {"meta": {"schema": {"version": "9"}}}


def test_words_that_look_like_a_checksum_do_no_harm(path: Path) -> None:
    words = ',"checksum":{"sha256":{"of":"0"}}}\n'
    world = replace(OWED, error=words)
    filled(path, Commit(deliveries=(world,)))
    found = read(path, path.read_bytes())
    assert found is not None
    assert found.deliveries == (world,)
