"""Commands that do something: run, sweep, accept, reject, say, demo."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from monitor.cli.common import UNREAD, as_json, example, find, load, show, show_json, world

if TYPE_CHECKING:
    from monitor.model import Verb


KINDS = ("self-assessment", "country-report", "executive-summary", "expert-list", "follow-up", "other")
"""DocumentKind's values: to read the model would cost --help its speed."""


@click.command(epilog=example("run"))
def run() -> None:
    """Run the service until SIGTERM or Ctrl-C: sweeps, deliveries, the Telegram bot."""
    from monitor.service import run_service

    asyncio.run(run_service(load(has_logs=True), load))


@click.command(epilog=example("sweep Mexico CHE"))
@click.argument("names", nargs=-1, metavar="[COUNTRY]...")
@as_json
def sweep(names: tuple[str, ...], *, is_json: bool) -> None:
    """Look now at all countries or those named, then deliver what is due.

    Exit code 3: some country could not be read.
    """
    from monitor.board.export import visit_json
    from monitor.model import Outcome
    from monitor.once import sweep_now

    config = load(has_logs=True)
    countries = tuple(find(config, name) for name in names) or config.countries
    report = asyncio.run(sweep_now(config, countries, is_quiet=is_json))
    if is_json:
        known = world(config).dossiers
        show_json([visit_json(visit, known.get(visit.code)) for visit in report.visits])
    else:
        show(lambda tables: tables.visits(report.visits))
    if any(visit.outcome is Outcome.FAILED for visit in report.visits):
        sys.exit(UNREAD)


@click.command(epilog=example("accept Mexico"))
@click.argument("names", nargs=-1, required=True, metavar="COUNTRY...")
def accept(names: tuple[str, ...]) -> None:
    """Believe what is held for countries: what follows from it is told."""
    _settle(names, "accept")


@click.command(epilog=example("reject Mexico"))
@click.argument("names", nargs=-1, required=True, metavar="COUNTRY...")
def reject(names: tuple[str, ...]) -> None:
    """Do not believe what is held for countries; it is not asked about again."""
    _settle(names, "reject")


def _settle(names: tuple[str, ...], verb: Verb) -> None:
    from monitor.dialogue.reply import SettleHeld
    from monitor.errors import Implausible
    from monitor.once import settle_now

    config = load(has_logs=True)
    troubles = []
    for country in [find(config, name) for name in names]:
        try:
            click.echo(asyncio.run(settle_now(config, SettleHeld(country.code, verb), verb)))
        except Implausible as error:
            troubles.append(str(error))
    if troubles:
        raise Implausible("\n".join(troubles))


@click.command(
    epilog=example("say MEX https://www.unodc.org/documents/roadmap.pdf self-assessment --cycle 2")
)
@click.argument("country")
@click.argument("document")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--cycle", help="The review cycle's id, where the page does not state it.")
@click.option("--quiet", "is_quiet", is_flag=True, help="It was known before: enter it, and tell nobody.")
def say(country: str, document: str, kind: str, cycle: str | None, *, is_quiet: bool) -> None:
    """Say what a document is that nobody recognised: DOCUMENT is its address in `documents`, KIND what it is.

    News is told, once, with the time at which it appeared; "other" means: nothing of interest.
    """
    from monitor.dialogue.reply import SayWhatItIs
    from monitor.model import DocumentKind
    from monitor.once import settle_now

    config = load(has_logs=True)
    word = SayWhatItIs(find(config, country).code, document, DocumentKind(kind), cycle, is_quiet)
    click.echo(asyncio.run(settle_now(config, word, "say")))


@click.command(epilog=example("demo --once"))
@click.option("--once", "is_once", is_flag=True, help="End by itself after the alert.")
def demo(*, is_once: bool) -> None:
    """Watch the monitor do its job on a simulated site: no token, no internet."""
    from monitor.demo.play import play

    asyncio.run(play(is_once=is_once))
