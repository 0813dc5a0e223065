from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.evidence.looks import MOST, at, moments, remembered
from monitor.evidence.needs import needs_of, pages_of
from monitor.model import (
    Change,
    ChangeKind,
    DocumentFile,
    FileLook,
    FileState,
    Held,
    LookHistory,
    Looks,
    Snapshot,
    World,
)
from tests.alert.samples import EARLIER, NOW, K, document, dossier, known

NOTHING = LookHistory("MEX")
HOUR = timedelta(hours=1)


def look(hours: float, body_hash: str = "a", error: str = "", status: int | None = 200) -> Looks:
    moment = NOW + hours * HOUR
    return Looks(moment, moment, 1, status, body_hash, error)


def after(*looks: Looks, needed: tuple[datetime, ...] = ()) -> LookHistory:
    history = NOTHING
    for each in looks:
        history = remembered(history, each, needed)
    return history


def test_equal_looks_are_one_run_with_the_newest_status() -> None:
    [run] = after(look(0), look(1, status=304), look(2, status=304)).looks
    assert run == Looks(NOW, NOW + 2 * HOUR, 3, 304, "a")


@pytest.mark.parametrize(
    "other", [look(1, "b"), look(1, "", "it refuses the page", 403), look(1, "a", "not believed")]
)
def test_another_answer_begins_another_run(other: Looks) -> None:
    assert after(look(0), other, look(2)).looks == (look(0), other, look(2))


def test_a_clock_that_was_set_back_ends_no_run_before_it_began() -> None:
    [run] = after(look(0), look(-24)).looks
    assert (run.first, run.last, run.times) == (NOW, NOW, 2)


def test_a_moment_is_found_in_its_run() -> None:
    history = after(look(0), look(1), look(2, "b"))
    found = at(history, NOW + HOUR)
    assert found is not None
    assert found.body_hash == "a"
    assert at(history, NOW + 2 * HOUR) == look(2, "b")
    assert at(history, NOW - HOUR) is None
    assert at(history, NOW + 1.5 * HOUR) is None


def test_old_runs_are_dropped_but_never_one_that_shows_a_change() -> None:
    looks = [look(hour, str(hour)) for hour in range(MOST + 50)]
    proving = NOW + 7 * HOUR
    kept = after(*looks, needed=(proving,)).looks
    assert len(kept) == MOST + 1
    assert kept[0] == look(7, "7")
    assert kept[1:] == tuple(looks[-MOST:])


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "failed"])), max_size=30))
def test_every_look_is_counted_once_and_neighbours_differ(answers: list[tuple[str, str]]) -> None:
    runs = after(*(look(hour, *answer) for hour, answer in enumerate(answers))).looks
    assert sum(run.times for run in runs) == len(answers)
    assert all((one.body_hash, one.error) != (other.body_hash, other.error) for one, other in pairwise(runs))


SELF = document()
PUBLISHED = Change("MEX", ChangeKind.PUBLISHED, SELF, NOW, EARLIER)
WITHOUT, WITH = Looks(EARLIER, EARLIER, 1, 200, "before"), Looks(NOW, NOW, 1, 200, "after")
FILE = FileLook(NOW, FileState.THERE, 200, sha256="file")


def test_the_looks_around_a_change_are_named_by_country() -> None:
    assert moments((PUBLISHED, replace(PUBLISHED, code="FJI", not_before=None))) == {
        "MEX": frozenset({EARLIER, NOW}),
        "FJI": frozenset({NOW}),
    }


def test_the_pages_of_a_change_are_the_last_without_it_and_the_first_with_it() -> None:
    world = World(looks={"MEX": LookHistory("MEX", (WITHOUT, WITH))})
    assert pages_of(PUBLISHED, world) == ("before", "after")
    assert pages_of(replace(PUBLISHED, not_before=None), world) == ("after",)
    assert pages_of(PUBLISHED, World()) == ()


def test_what_proves_a_change_or_is_compared_with_next_is_needed() -> None:
    read = replace(dossier(known(SELF), known(document(K.EXECUTIVE_SUMMARY))), body_hash="now")
    held = replace(read, held=Held("odd", NOW, Snapshot((), "held")))
    summary = document(K.EXECUTIVE_SUMMARY).url
    world = World(
        dossiers={"MEX": held},
        changes=(replace(PUBLISHED, file=FILE, file_before=replace(FILE, sha256="file before")),),
        looks={"MEX": LookHistory("MEX", (WITHOUT, WITH))},
        files={
            SELF.url: DocumentFile(SELF.url, (FILE,), NOW, doubted=replace(FILE, sha256="doubted")),
            summary: DocumentFile(summary, (replace(FILE, sha256="routine"),), NOW),
        },
    )
    needs = needs_of(world)
    assert needs.pages == {"before", "after", "now", "held"}
    assert needs.files == {"file", "file before", "doubted"}
