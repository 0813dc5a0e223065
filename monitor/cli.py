"""The command line: parse, call, show. What the commands do stands in app.py and the packages it composes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from monitor import __version__

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import Country, Verb, World

T = TypeVar("T")
OK, FAILED, WRONG_CONFIG, UNREAD = 0, 1, 2, 3
as_json = click.option("--json", "is_json", is_flag=True, help="One JSON document on stdout (docs/json.md).")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="uncac-monitor")
def program() -> None:
    """Tell people, within hours, that a government has published what it promised to publish.

    Settings stand in config/ (MONITOR_CONFIG names another folder) and in MONITOR_... variables.
    """


def main() -> NoReturn:
    """Run the command line; errors we expect become one plain message, never a traceback."""
    from monitor.errors import ConfigError, MonitorError  # noqa: PLC0415 - keeps --help fast

    try:
        program.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except ConfigError as error:
        _show_mistakes(error)
        sys.exit(WRONG_CONFIG)
    except MonitorError as error:
        click.echo(f"uncac-monitor: {error}", err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(OK)


@program.command()
def run() -> None:
    """Run the service until SIGTERM or Ctrl-C: sweeps, deliveries, the Telegram bot."""
    from monitor.service import run_service  # noqa: PLC0415

    asyncio.run(run_service(_config(logs=True)))


@program.command()
@click.argument("codes", nargs=-1, metavar="[COUNTRY]...")
@as_json
def sweep(codes: tuple[str, ...], *, is_json: bool) -> None:
    """Look now at all countries, or at those named, then deliver what is due. Exit 3: some could not be read."""
    from monitor.board.export import visit_json  # noqa: PLC0415
    from monitor.model import Outcome  # noqa: PLC0415
    from monitor.once import sweep_now  # noqa: PLC0415

    config = _config(logs=True)
    countries = [_country(config, code) for code in codes] or config.countries
    report = asyncio.run(sweep_now(config, tuple(countries), is_quiet=is_json))
    if is_json:
        _print_json([visit_json(visit) for visit in report.visits])
    else:
        _print(lambda show: show.visits(report.visits))
    if any(visit.outcome is Outcome.FAILED for visit in report.visits):
        sys.exit(UNREAD)


@program.command()
@click.argument("country", required=False)
@as_json
def documents(country: str | None, *, is_json: bool) -> None:
    """List what is known: kind, cycle, language, first seen, link, evidence."""
    from monitor.board.export import register  # noqa: PLC0415

    config = _config()
    world = _world(config)
    dossiers = [world.dossiers[each.code] for each in _asked(config, country) if each.code in world.dossiers]
    if is_json:
        _print_json(list(register(iter(dossiers))))
    else:
        _print(lambda show: show.documents(dossiers))


@program.command()
@click.argument("country", required=False)
@as_json
def status(country: str | None, *, is_json: bool) -> None:
    """Show per cycle which document is published, not seen or unknown; the pledge; when last read."""
    from monitor.board.export import status_json  # noqa: PLC0415

    config = _config()
    world, cycles = _world(config), config.rules.cycles
    asked = _asked(config, country)
    if is_json:
        rows = [
            status_json(each, world.dossiers.get(each.code), config.pledges[each.code], cycles)
            for each in asked
        ]
        _print_json(rows)
        return
    _print(
        lambda show: show.together(
            show.status(each, world.dossiers.get(each.code), config.pledges[each.code], cycles)
            for each in asked
        )
    )


@program.command()
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="Only changes seen since (UTC)."
)
@as_json
def changes(since: Any, *, is_json: bool) -> None:  # noqa: ANN401 - click gives a datetime or None
    """List publications, revisions, moves and withdrawals, with the looks between which each happened."""
    from datetime import UTC  # noqa: PLC0415

    from monitor.board.export import change_json  # noqa: PLC0415

    start = since.replace(tzinfo=UTC) if since else None
    found = [change for change in _world(_config()).changes if start is None or change.seen_at >= start]
    if is_json:
        _print_json([change_json(change) for change in found])
    else:
        _print(lambda show: show.history(found))


@program.command()
@click.argument("page")
@click.option("--country", required=True, help="Whose profile it is: a code or a name.")
@click.option("--save", metavar="NAME", help="Keep page and reading as the test case tests/pages/NAME.")
@as_json
def read(page: str, country: str, save: str | None, *, is_json: bool) -> None:
    """Read PAGE (a file, an address, or - for stdin) by today's rules; nothing is stored."""
    from monitor.inspection import inspect, save_case  # noqa: PLC0415

    config = _config()
    found = asyncio.run(inspect(config, page, _country(config, country)))
    if save:
        for path in save_case(Path("tests/pages"), save, found):
            click.echo(f"kept {path}", err=True)
    if is_json:
        _print_json(found.as_json())
        return
    _print(lambda show: show.readings(found.readings))
    click.echo(found.verdict)


@program.command()
@click.option(
    "--online", "is_online", is_flag=True, help="Also ask Telegram who we are, and read a few profiles."
)
@as_json
def check(*, is_online: bool, is_json: bool) -> None:
    """Check the configuration: every mistake at once. --online: also the bot's token and the address forms."""
    from monitor.contact import check_online  # noqa: PLC0415
    from monitor.errors import ConfigError  # noqa: PLC0415

    try:
        config = _config()
    except ConfigError as error:
        if is_json:
            _print_json({"mistakes": [_mistake_json(mistake) for mistake in error.mistakes], "online": None})
        else:
            _show_mistakes(error)
        sys.exit(WRONG_CONFIG)
    found = asyncio.run(check_online(config)) if is_online else None
    if is_json:
        _print_json({"mistakes": [], "online": found.as_json() if found else None})
    else:
        click.echo(f"The configuration in {config.folder} is right: {len(config.countries)} countries.")
        for line in found.lines() if found else ():
            click.echo(line)
        if found:
            _print(lambda show: show.probes(found.probes))
            click.echo(found.advice)
    if found and not found.is_well:
        sys.exit(FAILED)


def _mistake_json(mistake: Any) -> dict[str, str]:  # noqa: ANN401 - errors.Mistake, imported late
    return {"file": mistake.file, "key": mistake.key, "value": mistake.value, "expected": mistake.expected}


@program.command()
@click.argument("country")
def accept(country: str) -> None:
    """Believe what is held for a country: what follows from it is told."""
    _settle(country, "accept")


@program.command()
@click.argument("country")
def reject(country: str) -> None:
    """Do not believe what is held for a country: the same content is not asked about again."""
    _settle(country, "reject")


def _settle(name: str, verb: Verb) -> None:
    from monitor.once import settle_now  # noqa: PLC0415

    config = _config(logs=True)
    click.echo(asyncio.run(settle_now(config, _country(config, name), verb)))


@program.command()
@click.option("--once", "is_once", is_flag=True, help="End by itself after the alert.")
def demo(*, is_once: bool) -> None:
    """Watch the monitor do its job on a simulated site: no token, no internet, nothing kept."""
    from monitor.demo.play import play  # noqa: PLC0415

    asyncio.run(play(is_once=is_once))


@program.command()
def healthy() -> None:
    """Exit 0 if the service finished a sweep within two periods (for HEALTHCHECK), else say since when not."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    from monitor.board.health import ill_health  # noqa: PLC0415

    config = _config()
    path, now = Path(config.store.path), datetime.now(UTC)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
    trouble = ill_health(written, timedelta(minutes=config.schedule.all_minutes), now)
    if trouble:
        click.echo(trouble)
        sys.exit(FAILED)


def _config(*, logs: bool = False) -> Config:
    from monitor.config import load_config  # noqa: PLC0415

    config = load_config(os.environ)
    if logs:
        from monitor.logs import set_up_logs  # noqa: PLC0415
        from monitor.redact import Redactor  # noqa: PLC0415

        set_up_logs(config.log.level, config.log.format, Redactor([config.telegram.token.get_secret_value()]))
    return config


def _country(config: Config, name: str) -> Country:
    from monitor.names import find_country, suggest_countries  # noqa: PLC0415

    country = find_country(name, config.countries)
    if country is None:
        near = ", ".join(f"{each.name} ({each.code})" for each in suggest_countries(name, config.countries))
        raise click.UsageError(
            f"no State party is called {name!r}.{f' Did you mean {near}?' if near else ''}"
        )
    return country


def _asked(config: Config, name: str | None) -> tuple[Country, ...]:
    return (_country(config, name),) if name else config.countries


def _world(config: Config) -> World:
    from monitor.record.store import Store  # noqa: PLC0415

    store = Store.open(config.store.path, is_reader=True, command="uncac-monitor (reading)")
    try:
        return store.load()
    finally:
        store.close()


def _print(render: Callable[[Any], Any]) -> None:
    from rich.console import Console  # noqa: PLC0415

    from monitor import show  # noqa: PLC0415

    Console().print(render(show))


def _print_json(value: object) -> None:
    import orjson  # noqa: PLC0415

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def _show_mistakes(error: Any) -> None:  # noqa: ANN401 - errors.ConfigError, imported late
    from rich.console import Console  # noqa: PLC0415

    from monitor import show  # noqa: PLC0415

    console = Console(stderr=True)
    console.print(f"The configuration has {len(error.mistakes)} mistake(s); nothing was started:")
    console.print(show.mistakes(error.mistakes))
