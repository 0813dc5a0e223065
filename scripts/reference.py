"""Writes the pages of docs/ that the program itself knows best: ``python scripts/reference.py [--check]``.

configuration.md comes from config/monitor.toml, commands.md from the command line. With --check nothing is written,
and the exit code is 1 where a page is not what it would become.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

ROOT: Final = Path(__file__).resolve().parents[1]
_SECTION: Final = re.compile(r"\[(?P<name>\w+)\]")
_SETTING: Final = re.compile(r"(?P<key>\w+) = (?P<default>.+)")
_WIDTH: Final = 110

_CONFIGURATION: Final = """\
# Configuration

<!-- Written by scripts/reference.py from config/monitor.toml: change that file, then run the script. -->

Every setting, with its default. `config/monitor.toml` is where the defaults stand; a folder of your own (`MONITOR_CONFIG=FOLDER`)
holds a `monitor.toml` with only what differs; without `MONITOR_CONFIG` that is the folder `config` beside the store, where it
is there (`init` makes it). The environment goes before any file: `MONITOR_<SECTION>__<KEY>`, for example
`MONITOR_SOURCE__SPACING=2` or `MONITOR_TELEGRAM__CHATS='[-1001234567890]'`. A secret can also come from a file that
`MONITOR_<SECTION>__<KEY>_FILE` names, or `<key>_file` in `monitor.toml` (as `token_file`). `uncac-monitor check` names every mistake at once.

**Live** says whether a running service takes a new value on SIGHUP (`kill -HUP`, `systemctl reload`, `docker kill -s HUP`);
the others count from the next start. The environment of a running process cannot change: what comes from there stays as it is.
"""
_COMMANDS: Final = """\
# Commands

<!-- Written by scripts/reference.py from the command line itself. -->

What every command says of itself with `--help`. From a checkout write `scripts/run …` instead of `uncac-monitor …`, in a container
`docker compose exec monitor uncac-monitor …`. Exit codes: 0 done, 1 failed, 2 a mistake in the configuration or the command line,
3 some country could not be read.
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of monitor.toml."""

    section: str
    key: str
    default: str
    """As it stands there."""
    meaning: str


def settings(text: str) -> Iterator[Setting]:
    """Read every setting with the comment above it."""
    section, meaning = "", ""
    for line in text.splitlines():
        if found := _SECTION.fullmatch(line):
            section, meaning = found["name"], ""
        elif line.startswith("#"):
            meaning = f"{meaning} {line.lstrip('# ')}".strip()
        elif section and (found := _SETTING.fullmatch(line)):
            yield Setting(section, found["key"], found["default"], meaning)
            meaning = ""


def configuration() -> str:
    """Write the page of all settings."""
    from monitor.reload import LIVE  # noqa: PLC0415 - only here

    found = list(settings((ROOT / "config/monitor.toml").read_text("utf-8")))
    parts = [_CONFIGURATION]
    for section in dict.fromkeys(each.section for each in found):
        rows = [_row(each, is_live=(section, each.key) in LIVE) for each in found if each.section == section]
        parts.append(
            "\n".join(
                (f"## [{section}]", "", "| key | default | meaning | live |", "|---|---|---|---|", *rows, "")
            )
        )
    return "\n".join(parts)


def _row(each: Setting, *, is_live: bool) -> str:
    cells = (f"`{each.key}`", f"`{each.default}`", each.meaning, "yes" if is_live else "at a start")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def commands() -> str:
    """Write the page of all commands."""
    from monitor.cli import program  # noqa: PLC0415 - only here

    root = click.Context(program, info_name="uncac-monitor", **program.context_settings)
    return "\n".join((_COMMANDS, *_described(program.commands, root)))


def _described(group: Mapping[str, click.Command], parent: click.Context) -> Iterator[str]:
    for name, command in group.items():
        context = click.Context(
            command, info_name=name, parent=parent, terminal_width=_WIDTH, max_content_width=_WIDTH
        )
        yield f"## {context.command_path.removeprefix('uncac-monitor ')}\n\n```text\n{command.get_help(context)}\n```\n"
        if isinstance(command, click.Group):
            yield from _described(command.commands, context)


PAGES: Final[Mapping[str, Callable[[], str]]] = {"configuration.md": configuration, "commands.md": commands}


def main(arguments: list[str]) -> int:
    """Write every page, or say which are old."""
    old = 0
    for name, write in PAGES.items():
        path, text = ROOT / "docs" / name, write()
        if arguments == ["--check"]:
            is_old = not path.is_file() or path.read_text("utf-8") != text
            old += is_old
            print(
                f"{path.relative_to(ROOT)}: {'old: run scripts/reference.py' if is_old else 'as it should be'}"
            )
        else:
            path.write_text(text, "utf-8")
    return min(old, 1)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
