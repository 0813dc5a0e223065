"""The composition root: a Config becomes objects in one event loop; the order of start and stop stands here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import structlog
from rich.console import Console

from monitor import __version__
from monitor.alert import notices
from monitor.alert.batch import tell_nobody
from monitor.alert.book import Book, numbers
from monitor.alert.deliver import DeliveryReport, Sender, deliver
from monitor.alert.pace import Pace
from monitor.alert.settle import Outcome, Result
from monitor.assembly import (
    belief,
    book,
    evidence,
    fetch_settings,
    open_archive,
    pledging,
    reader,
    utc_now,
    view_of,
    witness,
)
from monitor.board.view import View
from monitor.chats import configured
from monitor.config import Config
from monitor.dialogue.life import topic_gone
from monitor.dialogue.reply import Act, SayWhatItIs, SayWhoSigned, SweepNow
from monitor.errors import Implausible, StoreError
from monitor.evidence.keeper import Keeper, KeepsPages, LooksAtFiles
from monitor.evidence.witness import Witness
from monitor.journal import log_delivery, one_sweep
from monitor.language.speech import Speech
from monitor.model import ChatId, Commit, Country
from monitor.pledging import Pledging
from monitor.record.store import Store, copy_before
from monitor.settle import settle, sign
from monitor.signals.observer import Observer, Unwatched
from monitor.site.fetch import Fetcher
from monitor.sweep import Sweeper, SweepReport
from monitor.telegram.terminal import TerminalSender

log = structlog.get_logger()


@dataclass(slots=True)
class Monitor:
    """Everything that one process is made of."""

    config: Config
    store: Store
    sweeper: Sweeper
    sender: Sender
    book: Book
    pace: Pace = field(default_factory=Pace)
    sweeping: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One decision at a time: two of them must not start from the same dossier."""
    delivering: asyncio.Lock = field(default_factory=asyncio.Lock)
    sweeping_since: datetime | None = None
    """When the sweep under way began."""
    witness: Witness | None = None
    """None where no second copy is asked for."""
    archive: KeepsPages | None = None
    """None where nothing is kept."""
    pledging: Pledging | None = None
    """None where the list of the Pledge's signatories is not read."""
    files: LooksAtFiles | None = None
    """Looks at documents' files; None where nobody does after publication."""
    refused: Callable[[StoreError], None] = tell_nobody
    """Hears that the store refuses what has to be written down."""
    observer: Observer = field(default_factory=Unwatched)
    """Counts the work."""
    keeping: Callable[[Config], Keeper] | None = None
    """Composes what keeps evidence by a configuration; None where nothing does."""

    async def sweep(
        self,
        countries: Iterable[Country],
        *,
        is_asked: bool = False,
        seen: Callable[[str], None] = lambda _: None,
    ) -> SweepReport:
        """Look at countries once and write down what follows; what operators must hear is also logged."""
        async with self.sweeping:
            self.sweeping_since, began = utc_now(), monotonic()
            try:
                with one_sweep() as log_report:
                    report = await self.sweeper.sweep(countries, is_asked=is_asked, seen=seen)
                    log_report(report)
            finally:
                self.sweeping_since = None
            self.observer.swept(report.visits, monotonic() - began)
        return report

    async def deliver(self) -> DeliveryReport:
        """Send what is due now."""
        async with self.delivering:
            report = await deliver(
                store=self.store,
                sender=self.sender,
                pace=self.pace,
                clock=utc_now,
                uncertain_notice=notices.uncertain,
                given_up_notice=notices.given_up,
                refused=self.refused,
                settled=self._settled,
            )
        if report.trouble:
            log.warning("delivering stopped", why=report.trouble, waiting=report.waiting)
        return report

    def _settled(self, tried: Outcome, result: Result) -> None:
        log_delivery(tried, result)
        self.observer.tried(result.value)

    async def act(self, say: Speech, act: Act) -> str:
        """Do what a person asks for, behind the sweep under way; gives one sentence on how it ended.

        Raises MonitorError: Implausible where there is nothing to do, and why.
        """
        if isinstance(act, SweepNow):
            countries = [self._country(code) for code in act.codes] or self.config.countries
            return (await self.sweep(countries, is_asked=True)).said(say)
        self._country(act.code)
        if isinstance(act, SayWhoSigned):
            return await sign(say, self.sweeper, act)  # changes no dossier, so no sweep need end before
        cycles = {cycle.id for cycle in self.config.rules.cycles}
        if isinstance(act, SayWhatItIs) and act.cycle not in {None, *cycles}:
            raise Implausible(f"there is no review cycle {act.cycle}, only {', '.join(sorted(cycles))}")
        async with self.sweeping:
            return await settle(say, self.sweeper, act)

    def _country(self, code: str) -> Country:
        found = next((country for country in self.config.countries if country.code == code), None)
        if found is None:
            raise Implausible(f"no State party has the code {code}")
        return found

    async def heed(self, config: Config) -> None:
        """Go by another configuration from now on; a sweep under way ends by the one it began with. Raises StoreError."""
        self.config, self.book, self.pledging = config, book(config), pledging(config, self.store)
        self.sweeper = replace(self.sweeper, reader=reader(config), settings=belief(config), book=self.book)
        if self.keeping is not None:
            keeper = self.keeping(config)
            self.files = keeper.files
            self.sweeper = replace(self.sweeper, evidence=keeper)
        await self.store.acommit(_start(self.store, config))

    def view(self) -> View:
        """Give what answers are made of, at this moment."""
        return view_of(self.config, self.store.load(), utc_now(), self.sweeping_since)


@asynccontextmanager
async def open_monitor(
    config: Config, *, command: str, console: Console, observer: Observer | None = None
) -> AsyncIterator[Monitor]:
    """Compose a monitor and take it apart in the reverse order; raises StoreError."""
    observer = observer or Unwatched()
    store = Store.open(Path(config.store.path), command=command, wrote=observer.written)
    _log_upgrade(store, Path(config.store.path))
    try:
        await store.acommit(_start(store, config))
        async with (
            Fetcher(fetch_settings(config), __version__, noted=observer.fetched) as fetcher,
            _sender(config, console, store) as sender,
            witness(config) as second,
        ):
            archive = open_archive(config, store) if config.archive.keep else None
            keeper = evidence(config, fetcher, archive)
            known = book(config)
            sweeper = Sweeper(fetcher, reader(config), store, belief(config), known, utc_now, keeper)
            yield Monitor(
                config,
                store,
                sweeper,
                sender,
                known,
                archive=keeper.archive,
                files=keeper.files,
                witness=second,
                pledging=pledging(config, store),
                observer=observer,
                keeping=lambda other: evidence(other, fetcher, archive),
            )
    finally:
        store.close()


def _log_upgrade(store: Store, path: Path) -> None:
    version = store.upgraded_from
    if version is not None:
        log.warning("store", what="was upgraded", from_schema=version, copy=str(copy_before(path, version)))


def _start(store: Store, config: Config) -> Commit:
    kept = timedelta(days=config.store.keep_days)
    return configured(config.telegram, store.load(), forget_before=utc_now() - kept)


@asynccontextmanager
async def _sender(config: Config, console: Console, store: Store) -> AsyncIterator[Sender]:
    if not config.telegram.has_token:
        yield TerminalSender(console)
        return
    from monitor.telegram.sender import TelegramSender  # noqa: PLC0415 - half of the start-up time, only needed here

    async def gone(chat: ChatId, thread: int) -> None:
        now = utc_now()
        await store.acommit(
            lambda world: topic_gone(world, chat, thread, now, numbers(now, world.deliveries))
        )

    telegram = config.telegram
    sender = TelegramSender(telegram.token.get_secret_value(), telegram.api_url, topic_gone=gone)
    await sender.start()
    try:
        yield sender
    finally:
        await sender.close()
