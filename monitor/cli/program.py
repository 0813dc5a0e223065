"""The program that the commands belong to."""

from __future__ import annotations

import click

from monitor import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="uncac-monitor")
def program() -> None:
    """Tell people, within hours, that a government has published what it promised to publish.

    Settings stand in config/ (MONITOR_CONFIG names another folder) and in MONITOR_... variables.
    """
