"""Put the figures of benchmarks/results/ into docs/performance.md, between its marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from contenders import ROOT
from figures import Goal, Report, Table, shown

RESULTS = ROOT / "benchmarks/results"
DOCS = ROOT / "docs/performance.md"
CAUSES = ROOT / "benchmarks/causes.toml"
UNKNOWN = "**cause not written yet**"
_MARK = re.compile(r"<!-- bench: (\w+) -->\n.*?<!-- /bench -->", re.DOTALL)


def write(results: Path, docs: Path) -> int:
    """Write the page anew; status 1 where a figure is short of its goal and no cause is known."""
    text = filled(docs.read_text("utf-8"), read(results), causes())
    docs.write_text(text, "utf-8")
    return int(UNKNOWN in text)


def read(results: Path) -> dict[str, Report]:
    """Read all reports of a folder, by name."""
    return {path.stem: Report.read(path) for path in sorted(results.glob("*.json"))}


def causes() -> dict[str, dict[str, str]]:
    """Read why goals are missed, by benchmark and goal."""
    found: dict[str, dict[str, str]] = tomllib.loads(CAUSES.read_text("utf-8"))
    return found


def filled(text: str, reports: Mapping[str, Report], why: Mapping[str, Mapping[str, str]]) -> str:
    """Replace what stands between the marks; ``short`` is the list of the goals that were missed."""

    def part(hit: re.Match[str]) -> str:
        name = hit[1]
        lines = missed(reports, why) if name == "short" else section(reports.get(name))
        body = "\n".join(lines)
        return f"<!-- bench: {name} -->\n{body}\n<!-- /bench -->"

    return _MARK.sub(part, text)


def section(report: Report | None) -> Iterator[str]:
    """Write the tables of one benchmark."""
    if report is None:
        yield "Not measured yet."
        return
    yield f"`{report.command}`: {report.machine}."
    for table in report.all_tables():
        yield from ("", f"**{table.title}**", "", *rows(table))
    if report.notes:
        yield ""
    yield from (f"- {note}" for note in report.notes)


def missed(reports: Mapping[str, Report], why: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """List every goal that was missed, with its cause."""
    short = [
        (report.name, goal) for report in reports.values() for goal in report.goals if not goal.is_reached
    ]
    all_goals = sum(len(report.goals) for report in reports.values())
    yield f"{all_goals - len(short)} of {all_goals} goals are reached{'.' if not short else '; short are:'}"
    if short:
        named = tuple(
            (name, *_stand(goal), why.get(name, {}).get(goal.name, UNKNOWN)) for name, goal in short
        )
        table = Table("", ("benchmark", "goal", "is", "must be", "cause"), named)
        yield from ("", *rows(table))


def _stand(goal: Goal) -> tuple[str, str, str]:
    name, value, limit, unit, _ = goal.row
    return str(name), f"{shown(value)} {unit}".strip(), str(limit)


def rows(table: Table) -> Iterator[str]:
    """Write a table as Markdown, figures to the right."""
    texts = [isinstance(cell, str) for cell in table.rows[0]] if table.rows else []
    yield f"| {' | '.join(table.columns)} |"
    yield f"|{'|'.join('---' if is_text else '--:' for is_text in texts)}|"
    yield from (f"| {' | '.join(map(shown, row))} |" for row in table.rows)
