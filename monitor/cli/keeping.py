"""Commands that keep what is known safe: backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.common import example, load

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=example("backup monitor.zip"))
@click.argument("file", type=_FILE)
@click.option("--with-archive", is_flag=True, help="Put the archived pages and documents in, too.")
@click.option("--force", "is_forced", is_flag=True, help="Replace FILE if it is there.")
def backup(file: Path, *, with_archive: bool, is_forced: bool) -> None:
    """Write all that is known into FILE (a .zip), also while the service runs.

    The token and the configuration are not in it.
    """
    from datetime import UTC, datetime

    from monitor import restore as keeping

    now = datetime.now(UTC)
    click.echo(keeping.backup(load(), file, now, with_archive=with_archive, is_forced=is_forced))


@click.command(epilog=example("restore monitor.zip"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", "is_sure", is_flag=True, help="Also where something newer is replaced.")
def restore(file: Path, *, is_sure: bool) -> None:
    """Go back to FILE: a backup, a dated copy or a plain store file. The service must be stopped.

    FILE is checked first, and what it replaces is kept. No alert is repeated by itself: operators are asked about
    messages that may have been sent since FILE was written.
    """
    from datetime import UTC, datetime

    from monitor import restore as keeping
    from monitor.alert.book import Book

    config = load(has_logs=True)
    book = Book(config.countries, config.pledges, config.rules, config.profile_url)
    report = keeping.restore(config, book, file, datetime.now(UTC), is_sure=is_sure)
    click.echo(f"{config.store.path} is as it was on {report.taken:%Y-%m-%d at %H:%M} UTC.")
    if report.kept_as:
        click.echo(f"What stood there is kept as {report.kept_as}.")
    if report.unpacked:
        click.echo(f"{report.unpacked} archived pages and documents were put back.")
    if report.unsure:
        click.echo(
            f"{report.unsure} messages may have been sent since: operators are asked, none is sent by itself."
        )
    click.echo("Start the service again: what was published since is found by its first sweep.")
