"""What several commands need: the configuration, the countries asked for, the store's content, output."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

    from monitor.config import Config
    from monitor.errors import ConfigError
    from monitor.model import Country, World

OK, FAILED, WRONG_CONFIG, UNREAD = 0, 1, 2, 3
as_json = click.option("--json", "is_json", is_flag=True, help="One JSON document on stdout (docs/json.md).")


def example(words: str) -> str:
    """Write the example with which a command's --help ends."""
    return f"\b\nExample: uncac-monitor {words}"  # \b: a command to copy is not broken into lines


def load(*, has_logs: bool = False) -> Config:
    """Load the configuration, and set up logs for the commands that do something; raises ConfigError."""
    from monitor.config import load_config
    from monitor.config.own import with_own_folder

    # Whoever reads the configuration again later reads the same folder.
    os.environ.update(with_own_folder(os.environ))
    config = load_config(os.environ)
    secrets = [config.telegram.token.get_secret_value(), config.signals.ping.get_secret_value()]
    if has_logs:
        log_to_stderr(config.log.level, config.log.format, secrets, config.log.levels)
    else:
        log_to_stderr("warning", "auto", secrets)
    return config


def log_to_stderr(level: str, form: str, secrets: list[str], areas: Mapping[str, str] | None = None) -> None:
    """Write logs to stderr without the secrets; never to stdout, where the answer goes."""
    from monitor.logs import set_up_logs
    from monitor.redact import Redactor

    set_up_logs(level, form, Redactor(secrets), areas or {})


def find(config: Config, name: str) -> Country:
    """Give the country a person means; UsageError with suggestions where no name fits exactly."""
    from monitor.names import find_country, suggest_countries

    country = find_country(name, config.countries)
    if country is None:
        near = ", ".join(f"{each.name} ({each.code})" for each in suggest_countries(name, config.countries))
        raise click.UsageError(
            f"no State party is called {name!r}.{f' Did you mean {near}?' if near else ''}"
        )
    return country


def asked(config: Config, name: str | None) -> tuple[Country, ...]:
    """Give the country asked for, or all."""
    return (find(config, name),) if name else config.countries


def world(config: Config) -> World:
    """Read what is known, also beside a running service; raises StoreError."""
    from monitor.record.store import Store

    store = Store.open(config.store.path, is_reader=True, command="uncac-monitor (reading)")
    try:
        return store.load()
    finally:
        store.close()


def show(render: Callable[[Any], RenderableType]) -> None:
    """Print what ``render`` makes with monitor/show/tables.py."""
    from rich.console import Console, Group

    from monitor.show import tables

    # In a group: a text printed by itself would lose its own rules of wrapping.
    Console().print(Group(render(tables)), crop=False)


def show_json(value: object) -> None:
    """Print one JSON document, and nothing else, on stdout."""
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def show_mistakes(error: ConfigError) -> None:
    """Show on stderr every mistake in the configuration."""
    from rich.console import Console

    from monitor.show import tables

    number = len(error.mistakes)
    console = Console(stderr=True)
    console.print(f"The configuration has {number} mistake{'s' if number > 1 else ''}; nothing was started.")
    console.print(tables.mistakes(error.mistakes))
