"""Every simulated page of tests/pledge/pages is read as its expectation, written by hand, says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.errors import Blocked, ProfileError
from monitor.pledge.read import trouble_of
from monitor.pledge.roster import Roster
from tests.pledge.reading import PAGES, read

CASES = sorted(path.stem for path in PAGES.glob("*.html"))
MANY = 12


def shown(roster: Roster) -> dict[str, Any]:
    doubts = {each.words: [*each.codes, each.why] for each in roster.doubts}
    return {
        "heading": roster.heading,
        "shape": roster.shape.value,
        "why_not": roster.why_not,
        "states": {each.code: each.signed for each in roster.entries}
        if len(roster.entries) <= MANY
        else len(roster.entries),
        "doubts": doubts if len(doubts) <= MANY else len(doubts),
    }


def reading_of(case: str) -> dict[str, Any]:
    try:
        found = read((PAGES / f"{case}.html").read_text("utf-8"))
    except (Blocked, ProfileError) as error:
        return {"error": f"{type(error).__name__}: {error}", "lists": []}
    return {"error": trouble_of(found), "lists": [shown(each) for each in found]}


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_read_as_a_careful_person_reads_it(case: str) -> None:
    expected = PAGES / f"{case}.json"
    found = reading_of(case)
    if not expected.exists():
        expected.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
        pytest.fail(f"{expected} was written; please review")
    assert found == json.loads(expected.read_text("utf-8"))


def test_there_are_layouts_enough_and_every_one_has_its_expectation() -> None:
    assert len(CASES) >= 20
    assert sorted(path.stem for path in PAGES.glob("*.json")) == CASES
