"""The commands about who signed the Transparency Pledge: pledge list, add, remove, import, check."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.common import FAILED, WRONG_CONFIG, as_json, example, find, load, show_json, world

if TYPE_CHECKING:
    from rich.console import RenderableType

    from monitor.config import Config
    from monitor.dialogue.reply import SayWhoSigned
    from monitor.signatures import Check

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(epilog=example("pledge list"))
def pledge() -> None:
    """Say and see who signed the Coalition's Transparency Pledge.

    What is said here counts at once, goes before config/pledge.csv, and works beside a running service.
    """


@pledge.command("list", epilog=example("pledge list"))
@as_json
def list_known(*, is_json: bool) -> None:
    """List the known signatories: since when, and how that is known."""
    from monitor.board.regions import signatories
    from monitor.show.pledge import signatories as shown
    from monitor.signatures import effective, pledge_json

    config = load()
    state = world(config)
    pledges, spoken = effective(config, state), state.pledges
    if is_json:
        each = (pledge_json(one, pledges[one.code], is_said=one.code in spoken) for one in config.countries)
        show_json({"is_complete": config.is_pledge_complete, "countries": list(each)})
        return
    known = signatories(config.countries, pledges)
    _print(shown(known, pledges, spoken, is_complete=config.is_pledge_complete))


@pledge.command(epilog=example("pledge add Mexico 2026-11-24"))
@click.argument("country")
@click.argument("date", required=False, default="")
def add(country: str, date: str) -> None:
    """Say that COUNTRY signed, on DATE as far as it is known: 2023-11-30, 2023-11 or 2023."""
    from monitor.dialogue.reply import SayWhoSigned
    from monitor.pledge import said

    config, now = load(has_logs=True), datetime.now(UTC)
    if date and not said.is_date(date, now.date()):
        raise click.UsageError(f"{date!r} is no date of the past: write 2023-11-30, 2023-11 or 2023.")
    _say(config, (SayWhoSigned(find(config, country).code, said.signed(date, now)),), "add")


@pledge.command(epilog=example("pledge remove Mexico"))
@click.argument("country")
def remove(country: str) -> None:
    """Take COUNTRY from the signatories: it then counts as unknown, or as none where the list is complete."""
    from monitor.dialogue.reply import SayWhoSigned
    from monitor.pledge import said

    config, now = load(has_logs=True), datetime.now(UTC)
    word = said.removed(now, is_complete=config.is_pledge_complete)
    _say(config, (SayWhoSigned(find(config, country).code, word),), "remove")


@pledge.command("import", epilog=example("pledge import signatories.csv"))
@click.argument("file", type=_FILE)
def import_file(file: Path) -> None:
    """Say of every country in FILE that it signed: a table of the shape of config/pledge.csv.

    Every mistake in it is shown at once, and then nothing is taken over. Nobody is removed.
    """
    from monitor.errors import ConfigError
    from monitor.signatures import imported

    config, now = load(has_logs=True), datetime.now(UTC)
    try:
        words = imported(config, file, world(config), now)
    except ConfigError as error:
        for mistake in error.mistakes:
            click.echo(mistake, err=True)
        click.echo("Nothing was taken over.", err=True)
        sys.exit(WRONG_CONFIG)
    _say(config, words, "import")


@pledge.command(epilog=example("pledge check --apply"))
@click.argument("page", required=False, default="")
@click.option("--apply", "is_applied", is_flag=True, help="Say of all that would be added that they signed.")
@as_json
def check(page: str, *, is_applied: bool, is_json: bool) -> None:
    """Read the Coalition's page for signatories: which lists it has, what they would add, with the words seen.

    PAGE: another address, a file, or - for stdin. Nothing is ever removed, and nothing added without --apply.
    """
    from monitor.signatures import check_list

    config, now = load(has_logs=True), datetime.now(UTC)
    source = page or config.pledge.page
    if not source:
        raise click.UsageError("no page is set under [pledge] in monitor.toml: give one.")
    found = asyncio.run(check_list(config, source, world(config), now))
    words = found.words(now) if is_applied else ()
    if is_json:
        show_json(found.as_json(words))
    elif found.rosters:
        _show_check(config, found)
    _say(config, words, "check", is_quiet=is_json)
    if found.error:
        click.echo(f"uncac-monitor: {found.error}", err=True)
        sys.exit(FAILED)


def _show_check(config: Config, found: Check) -> None:
    from monitor.show.pledge import check as shown

    _print(shown(found, {each.code: each.name for each in config.countries}))


def _say(config: Config, words: tuple[SayWhoSigned, ...], command: str, *, is_quiet: bool = False) -> None:
    from monitor.once import sign_now

    lines = asyncio.run(sign_now(config, words, f"pledge {command}")) if words else ()
    for line in () if is_quiet else lines:
        click.echo(line)
    if command == "import" and not words:
        click.echo("Everything in it is known: nothing was changed.")


def _print(shown: RenderableType) -> None:
    from rich.console import Console

    Console().print(shown, crop=False)
