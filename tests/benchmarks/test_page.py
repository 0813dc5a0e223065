"""What docs/performance.md says is what benchmarks/results/ holds, and a figure that is short says why."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def imported(*names: str) -> tuple[Any, ...]:
    """Import programs that are no package, and leave no trace of where they lie."""
    folder = str(ROOT / "benchmarks")
    sys.path.insert(0, folder)
    try:
        return tuple(import_module(name) for name in names)
    finally:
        sys.path.remove(folder)


bench, figures, page = imported("bench", "figures", "page")
Goal, Machine, Report, Table = figures.Goal, figures.Machine, figures.Report, figures.Table
HERE = Machine("a CPU", 2, 4.0, "Linux 6", "3.11", "2026-11-24", 0.1)
REACHED = Goal("start", 0.9, 1.0, "s")
SHORT = Goal("share", 0.2, 0.3, "of nginx", is_least=True)


def report(*goals: object) -> object:
    table = Table("Start", ("", "seconds"), (("new", 0.9),))
    return Report("life", (table,), goals, ("a note",), command="scripts/bench life", machine=HERE)


def test_the_page_holds_the_figures_of_the_last_run() -> None:
    text = page.DOCS.read_text("utf-8")
    assert page.filled(text, page.read(page.RESULTS), page.causes()) == text, (
        "run: scripts/bench --write-docs"
    )


def test_every_figure_that_is_short_of_its_goal_says_why() -> None:
    assert page.UNKNOWN not in page.DOCS.read_text("utf-8"), f"write the cause into {page.CAUSES.name}"


def test_every_benchmark_is_on_the_page_and_is_a_program() -> None:
    text = page.DOCS.read_text("utf-8")
    for one in bench.ALL:
        assert f"<!-- bench: {one.name} -->" in text
        assert (ROOT / f"benchmarks/{one.name}.py").is_file()


def test_causes_are_of_benchmarks_that_there_are() -> None:
    assert page.causes().keys() <= {one.name for one in bench.ALL}


@pytest.mark.parametrize(
    ("value", "is_least", "is_reached"),
    [(1.0, False, True), (1.01, False, False), (1.0, True, True), (0.99, True, False)],
)
def test_a_goal_is_reached_up_to_its_limit_and_not_beyond(
    value: float, *, is_least: bool, is_reached: bool
) -> None:
    assert Goal("a", value, 1.0, is_least=is_least).is_reached is is_reached


def test_a_report_is_read_as_it_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures.finish(report(REACHED, SHORT), tmp_path)
    assert page.read(tmp_path) == {"life": report(REACHED, SHORT)}
    printed = capsys.readouterr().out
    assert "reached" in printed
    assert "short" in printed


def test_marks_are_filled_again_and_again_and_what_stands_around_them_stays() -> None:
    text = "Before\n<!-- bench: life -->\nold\n<!-- /bench -->\nAfter\n<!-- bench: web -->\n<!-- /bench -->\n"
    once = page.filled(text, {"life": report()}, {})
    assert "| new | 0.90 |" in once
    assert "`scripts/bench life`: 2 cores of a CPU" in once
    assert "- a note" in once
    assert "old" not in once
    assert "Not measured yet." in once
    assert once.startswith("Before\n")
    assert page.filled(once, {"life": report()}, {}) == once


def test_what_is_short_is_listed_with_its_cause_or_says_that_nobody_knows_it() -> None:
    reports = {"life": report(REACHED, SHORT)}
    known = "\n".join(page.missed(reports, {"life": {"share": "because"}}))
    assert known.startswith("1 of 2 goals are reached; short are:")
    assert "| life | share | 0.20 of nginx | ≥ 0.30 | because |" in known
    assert "start" not in known
    assert page.UNKNOWN in "\n".join(page.missed(reports, {}))
    assert list(page.missed({"life": report(REACHED)}, {})) == ["1 of 1 goals are reached."]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "-"),
        ("words", "words"),
        (1234, "1,234"),
        (0.1234, "0.12"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (123.4, "123"),
        (12345.6, "12,346"),
        (-0.5, "-0.50"),
    ],
)
def test_figures_have_as_many_digits_as_mean_something(cell: str | float | None, text: str) -> None:
    assert figures.shown(cell) == text


def test_figures_stand_to_the_right_and_words_to_the_left() -> None:
    table = Table("", ("who", "s"), (("ours", 1.0), ("b", 12.0)))
    assert figures.aligned(table) == ["who      s", "ours  1.00", "b     12.0"]
