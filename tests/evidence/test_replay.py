"""Runs of equal looks become moments, and moments a course: decided again, as sweeps would."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.evidence.differences import PageDifferently, between, page_name
from monitor.evidence.replay import Course, Trial, moments, otherwise, step
from monitor.model import (
    Change,
    ChangeKind,
    Document,
    DocumentKind,
    Link,
    LookHistory,
    Looks,
    Snapshot,
    Where,
    Words,
)
from monitor.record.decide import REJECTED, Look
from tests.alert.samples import NOW
from tests.kept import SETTINGS

K = DocumentKind
CODE = "MEX"


def hour(number: float) -> datetime:
    return NOW + timedelta(hours=number)


def run(first: float, last: float, page: str, error: str = "", times: int = 0) -> Looks:
    return Looks(
        hour(first), hour(last), times or (1 if first == last else 2), 200 if page else None, page, error
    )


def document(name: str, kind: K = K.EXECUTIVE_SUMMARY) -> tuple[Document, Link]:
    url = f"https://www.unodc.org/{name}.pdf"
    return Document(url, name, kind, "1", "en"), Link(url, (Words(Where.LABEL, name),))


PAGES = {
    "full": "abcd",
    "empty": "",
    "news": "abcdN",
    "other": "abcx",
}
"""Pages by the documents on them; a capital is a self-assessment."""


def read(_: str, page: str) -> Look | None:
    names = PAGES.get(page)
    if names is None:
        return None
    kinds = (K.SELF_ASSESSMENT if name.isupper() else K.EXECUTIVE_SUMMARY for name in names)
    return Snapshot(tuple(document(name, kind) for name, kind in zip(names, kinds, strict=True)), page)


def replayed(*runs: Looks, code: str = CODE) -> Course:
    trial = Trial(SETTINGS, lambda link: document(link.label)[0], "r")
    course = Course()
    for moment in moments([LookHistory(code, runs)]):
        course = step(course, moment, trial, read)
    return course


def kinds(course: Course) -> list[ChangeKind]:
    return [change.kind for change in course.world.changes]


def test_moments_are_where_runs_begin_and_end_with_all_that_lasted_then() -> None:
    one = LookHistory("MEX", (run(0, 4, "a"), run(6, 6, "b")))
    other = LookHistory("FIN", (run(0, 6, "c"),))
    late = LookHistory("CHE", (run(5, 6, "d"),))
    found = [
        (each.at, {code: looks.body_hash for code, looks in each.runs.items()})
        for each in moments([one, other, late])
    ]
    assert found == [
        (hour(0), {"MEX": "a", "FIN": "c"}),
        (hour(4), {"MEX": "a", "FIN": "c"}),
        (hour(5), {"FIN": "c", "CHE": "d"}),
        (hour(6), {"MEX": "b", "FIN": "c", "CHE": "d"}),
    ]
    assert list(moments([])) == []


def test_the_first_page_is_the_baseline_and_what_comes_is_news_when_it_came() -> None:
    course = replayed(run(0, 6, "full"), run(12, 12, "news"))
    [change] = course.world.changes
    assert (change.kind, change.seen_at, change.not_before) == (ChangeKind.PUBLISHED, hour(12), hour(6))


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ((run(6, 6, "empty", "odd"),), []),
        ((run(6, 12, "empty", "odd"), run(90, 90, "empty")), [ChangeKind.WITHDRAWN] * 4),
        ((run(6, 12, "empty", "odd"), run(13, 13, "", "no answer"), run(90, 90, "empty")), [ChangeKind.WITHDRAWN] * 4),
        ((run(6, 12, "empty", "odd"), run(13, 13, "empty", REJECTED), run(90, 190, "empty", REJECTED, 9)), []),
        ((run(6, 12, "empty", "odd"), run(18, 18, "full"), run(90, 90, "full")), []),
        ((run(6, 12, "empty", "odd"), run(18, 18, "empty", "odd in another way"), run(19, 19, "full")), []),
        ((run(6, 90, "empty", times=9),), [ChangeKind.WITHDRAWN] * 4),
        ((run(6, 90, "empty", "odd", times=2),), []),
        ((run(6, 6, "", "no answer"), run(7, 7, "full")), []),
        ((run(6, 6, "nowhere"), run(7, 7, "full")), []),
    ],
)  # fmt: skip
def test_looks_are_believed_as_they_were_and_as_often(
    runs: tuple[Looks, ...], told: list[ChangeKind]
) -> None:
    assert kinds(replayed(run(0, 0, "full"), *runs)) == told


def test_a_run_gives_no_more_looks_than_there_were_however_many_moments_it_spans() -> None:
    trial = Trial(SETTINGS, lambda link: document(link.label)[0], "r")
    held = LookHistory("MEX", (run(0, 0, "full"), run(1, 9, "empty", "odd", times=2)))
    busy = LookHistory("FIN", tuple(run(at, at, "other") for at in range(10)))
    course = Course()
    for moment in moments([held, busy]):
        course = step(course, moment, trial, read)
    dossier = course.world.dossiers["MEX"]
    assert dossier.held is not None
    assert dossier.held.looks == 2


def test_a_page_that_stands_for_long_is_read_once() -> None:
    trial = Trial(SETTINGS, lambda link: document(link.label)[0], "r")
    asked: list[str] = []

    def reads(code: str, page: str) -> Look | None:
        asked.append(page)
        return read(code, page)

    course = Course()
    for moment in moments(
        [LookHistory(CODE, (run(0, 6, "full", times=9), run(7, 9, "news"), run(10, 12, "full")))]
    ):
        course = step(course, moment, trial, reads)
    assert asked == ["full", "news", "full"]


def change(name: str, kind: K = K.SELF_ASSESSMENT, at: float = 0) -> Change:
    return Change(CODE, ChangeKind.PUBLISHED, document(name, kind)[0], hour(at), None)


def test_two_histories_differ_in_what_one_lacks_and_in_what_is_called_otherwise() -> None:
    same, gone, new = change("a"), change("b", at=2), change("c", at=1)
    as_report = change("d", K.COUNTRY_REPORT, 3)
    found = otherwise([same, gone, change("d", at=3)], [same, new, as_report], [new])
    assert [(each.before, each.after, each.is_said) for each in found] == [
        (None, new, True),
        (gone, None, False),
        (change("d", at=3), as_report, False),
    ]
    assert [each.change for each in found] == [new, gone, as_report]
    assert otherwise([change("a", at=1)], [change("a", at=5)], []) == ()


def test_a_page_that_neither_reading_understands_in_the_same_way_differs_in_nothing() -> None:
    page = page_name(CODE, run(0, 0, "full"), "full")
    trouble, other = ValueError("x"), ValueError("y")
    assert list(between(page, trouble, trouble, None)) == []  # type: ignore[arg-type] # any error
    assert list(between(page, trouble, other, None)) == [PageDifferently(page, "x", "y")]  # type: ignore[arg-type] # the same
