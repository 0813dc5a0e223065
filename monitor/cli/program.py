"""The program that the commands belong to."""

from __future__ import annotations

from typing import Final

import click

from monitor import __version__

_SECTIONS: Final = {
    "Setting up": ("init", "check", "demo"),
    "Running": ("run", "sweep", "healthy"),
    "Asking": ("status", "documents", "changes", "evidence", "stocktake", "export"),
    "Deciding": ("accept", "reject", "say", "pledge"),
    "Keeping": ("backup", "restore", "archive"),
    "Teaching it": ("read", "proposals", "replay"),
}
"""Every command in the order in which somebody comes to need it."""


class Program(click.Group):
    """Commands in sections: an alphabet helps nobody who does not know the words yet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, those without a section last."""
        known = super().list_commands(ctx)
        placed = [name for names in _SECTIONS.values() for name in names if name in known]
        return [*placed, *(name for name in known if name not in placed)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every section with its commands."""
        names = self.list_commands(ctx)
        width = max(map(len, names))
        for title, placed in {**_SECTIONS, "Others": _others(names)}.items():
            shown = [name for name in placed if name in names]
            if shown:
                with formatter.section(title):
                    formatter.write_dl([self._row(name, width, formatter.width) for name in shown])

    def _row(self, name: str, width: int, most: int) -> tuple[str, str]:
        return name.ljust(width), self.commands[name].get_short_help_str(most - width - 6)


def _others(names: list[str]) -> tuple[str, ...]:
    placed = {name for section in _SECTIONS.values() for name in section}
    return tuple(name for name in names if name not in placed)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: uncac-monitor init",
)
@click.version_option(__version__, prog_name="uncac-monitor")
def program() -> None:
    """Tell people, within hours, that a government has published what it promised to publish.

    Settings stand in config/ (MONITOR_CONFIG names another folder) and in MONITOR_... variables.
    """
