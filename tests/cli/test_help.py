"""Every command's --help ends with an example, and the example is one that the program takes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from monitor.cli import program
from monitor.cli.program import Program

MARK = "Example: uncac-monitor "


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, (*path, name))


def help_of(path: tuple[str, ...]) -> str:
    done = CliRunner().invoke(program, [*path, "--help"], terminal_width=80)
    assert done.exit_code == 0
    return done.output


def parse(command: click.Command, name: str, words: list[str]) -> tuple[str, ...]:
    """Read a command line as click would, without doing it; gives the commands named."""
    context = command.make_context(name, words)
    if not isinstance(command, click.Group):
        return (name,)
    inner, found, rest = command.resolve_command(context, [*context._protected_args, *context.args])
    assert inner
    assert found
    return (name, *parse(found, inner, rest))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files stand that the examples name."""
    for name in ("monitor.zip", "signatories.csv", "page.html", "token.txt"):
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", list(commands(program)), ids=" ".join)
def test_the_help_of_every_command_ends_with_an_example_of_it_that_can_be_run(path: tuple[str, ...]) -> None:
    last = help_of(path).rstrip().rpartition("\n\n")[2].strip()
    assert last.startswith(MARK)
    assert "\n" not in last
    words = shlex.split(last.removeprefix("Example: "))
    named = parse(program, words[0], words[1:])
    assert named[1 : len(path) + 1] == path


def test_commands_stand_in_the_order_in_which_somebody_needs_them() -> None:
    text = help_of(())
    places = [text.index(f"\n  {name} ") for name in ("check", "run", "status", "accept", "backup", "read")]
    assert places == sorted(places)
    assert "Others:" not in text


def test_a_command_without_a_section_is_shown_all_the_same() -> None:
    group = Program(
        "uncac-monitor", commands=[click.Command("run", help="Run."), click.Command("new", help="New.")]
    )
    text = CliRunner().invoke(group, ["--help"]).output
    assert (
        text.index("Running:") < text.index("  run  Run.") < text.index("Others:") < text.index("  new  New.")
    )
