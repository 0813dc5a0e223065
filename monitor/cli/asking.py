"""Commands that only read; they work beside a running service."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.common import (
    FAILED,
    WRONG_CONFIG,
    as_json,
    asked,
    example,
    find,
    load,
    show,
    show_json,
    show_mistakes,
    world,
)

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.contact import Contact
    from monitor.errors import ConfigError


@click.command(epilog=example("documents Mexico"))
@click.argument("country", required=False)
@as_json
def documents(country: str | None, *, is_json: bool) -> None:
    """List what is known: kind, cycle, language, first seen, link, evidence."""
    from monitor.board.export import register

    config = load()
    state = world(config)
    known = state.dossiers
    found = [(each, known[each.code]) for each in asked(config, country) if each.code in known]
    if is_json:
        show_json(list(register((dossier for _, dossier in found), state.files)))
    else:
        show(lambda tables: tables.documents(found))


@click.command(epilog=example("status Mexico"))
@click.argument("country", required=False)
@as_json
def status(country: str | None, *, is_json: bool) -> None:
    """Show per cycle what is published, not seen or unknown; the pledge; the last look."""
    from monitor.board.export import status_json

    config = load()
    state, cycles = world(config), config.rules.cycles
    rows = [
        (each, state.dossiers.get(each.code), {**config.pledges, **state.pledges}[each.code], cycles)
        for each in asked(config, country)
    ]
    if is_json:
        show_json([status_json(*row, state.files) for row in rows])
    else:
        show(lambda tables: tables.together(tables.status(*row) for row in rows))


@click.command(epilog=example("read page.html --country MEX"))
@click.argument("page")
@click.option("--country", required=True, help="Whose profile it is: a code or a name.")
@click.option("--save", metavar="NAME", help="Keep page and reading as the test case tests/pages/NAME.")
@as_json
def read(page: str, country: str, save: str | None, *, is_json: bool) -> None:
    """Read PAGE (a file, an address, or - for stdin) by today's rules; stores nothing."""
    from monitor.inspection import inspect, save_case

    config = load()
    found = asyncio.run(inspect(config, page, find(config, country)))
    if save:
        for path in save_case(Path("tests/pages"), save, found):
            click.echo(f"kept {path}", err=True)
    if is_json:
        show_json(found.as_json())
        return
    show(lambda tables: tables.readings(found.readings))
    click.echo(found.verdict)


@click.command(epilog=example("check --online"))
@click.option(
    "--online", "is_online", is_flag=True, help="Also ask Telegram who we are, and read a few profiles."
)
@as_json
def check(*, is_online: bool, is_json: bool) -> None:
    """Check the configuration: every mistake at once.

    With --online also the bot's token, and which form of address answers with a profile.
    """
    from monitor.contact import NAMELESS, check_online
    from monitor.errors import ConfigError

    try:
        config = load()
    except ConfigError as error:
        _show_wrong(error, is_json=is_json)
        sys.exit(WRONG_CONFIG)
    found = asyncio.run(check_online(config)) if is_online else None
    if is_json:
        show_json({"mistakes": [], "online": found.as_json() if found else None})
    else:
        click.echo(f"The configuration in {config.folder} is right: {len(config.countries)} countries.")
        if not config.source.contact:
            click.echo(NAMELESS)
        if found:
            _show_contact(found)
        click.echo(_next(config, found))
    if found and not found.is_well:
        sys.exit(FAILED)


def _next(config: Config, found: Contact | None) -> str:
    """Say what somebody who has just checked would do next."""
    if found and not found.is_well:
        return "Next: mend what is said above, and check again."
    if not (config.telegram.has_token and config.source.contact):
        return "Next: `uncac-monitor init` asks for what is missing, and tries it."
    if not found:
        return "Next: `uncac-monitor check --online` asks Telegram and the site, too."
    return "Next: `uncac-monitor run`."


def _show_wrong(error: ConfigError, *, is_json: bool) -> None:
    if not is_json:
        show_mistakes(error)
        return
    mistakes = [
        {"file": each.file, "key": each.key, "value": each.value, "expected": each.expected}
        for each in error.mistakes
    ]
    show_json({"mistakes": mistakes, "online": None})


def _show_contact(found: Contact) -> None:
    click.echo(found.line())
    show(lambda tables: tables.probes(found.probes))
    click.echo(found.advice)


@click.command(epilog=example("proposals"))
@as_json
def proposals(*, is_json: bool) -> None:
    """Print the phrases that people's words propose, ready to append to classification.toml."""
    from monitor.board.proposals import as_toml, proposal_json

    config = load()
    found = world(config).proposals
    if is_json:
        show_json([proposal_json(each) for each in found])
    else:
        click.echo(as_toml(found, config.rules), nl=False)


@click.command(epilog=example("healthy"))
def healthy() -> None:
    """Exit 0 while sweeps finish and messages go out (for HEALTHCHECK), else say what is wrong.

    Asks the running service where [signals] lets it listen; elsewhere it goes by what the service last wrote.
    """
    from monitor.checkup import ailments

    config = load()
    if found := ailments(config, lambda: world(config)):
        click.echo(found[0])
        sys.exit(FAILED)
