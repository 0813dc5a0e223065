"""The service: sweeps, deliveries and the bot, until a signal says stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog
from rich.console import Console

from monitor.alert.digest import digests
from monitor.alert.duty import Hours, duties
from monitor.alert.set_back import set_back
from monitor.alert.troubles import archive_went, copies_went
from monitor.answering import answering
from monitor.app import Monitor, open_monitor
from monitor.assembly import pinging, utc_now
from monitor.checkup import sight_of
from monitor.config import Config
from monitor.errors import NotWritten, StoreError
from monitor.evidence.witness import Witness
from monitor.model import Commit, Country, PledgeState, World
from monitor.pinging import Pinging
from monitor.reload import Reloading, hangups, reloading
from monitor.schedule import Every, Schedule
from monitor.showing import showing
from monitor.signalling import meter_for, signalling
from monitor.signals.standing import Inside
from monitor.standstill import Standstill
from monitor.upkeep import apply_decisions, bug_met, dated_copy, document_round, forgetting

log = structlog.get_logger()
_AN_HOUR = 3600.0
_ALL = "sweep of all countries"
_SOON = timedelta(minutes=5)
"""Longer than a look at the signatories takes at the site's pace."""
_BEFORE_LIST = timedelta(minutes=10)
"""It is read once in days; nobody waits for it at a start."""
_BEFORE_DOCUMENTS = timedelta(minutes=1)
"""Sweeps and alerts go first."""
HOW_TO_GET_A_BOT = (
    "No Telegram token: alerts are shown here. To send them to chats, ask @BotFather on Telegram for a bot, "
    "then run `uncac-monitor init` (or set MONITOR_TELEGRAM__TOKEN and MONITOR_TELEGRAM__CHATS)."
)


async def run_service(config: Config, load: Callable[[], Config] | None = None) -> None:
    """Run until SIGTERM or SIGINT, or until the store cannot be written any more (StoreError).

    ``load`` reads the configuration anew, which SIGHUP asks for.
    """
    console = Console()
    if not config.telegram.has_token:
        console.print(HOW_TO_GET_A_BOT, highlight=False)
    meter = meter_for(config)
    async with open_monitor(config, command="uncac-monitor run", console=console, observer=meter) as monitor:
        service = Service(monitor)
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, service.stop)
        again = Reloading(monitor, load or (lambda: config), service.reschedule)
        async with (
            pinging(config) as service.pinging,
            signalling(monitor, meter, service.inside, service.on_bug),
            answering(monitor, service.end),
            reloading(again, hangups(service.stop), service.on_bug),
            showing(monitor, service.on_bug),
        ):
            # What is loaded stays until the end: to walk through all of it, again and again, holds everybody up.
            gc.freeze()
            await service.run()


class Service:
    """The jobs of a running monitor and what ends them."""

    def __init__(self, monitor: Monitor) -> None:
        """Take a composed monitor; nothing runs yet."""
        self._monitor = monitor
        self._started = utc_now()
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._schedule = Schedule(self._jobs(), self.on_bug)
        self._standstill = Standstill(
            monitor.store, monitor.sender, self._schedule.once, self._look_anew, utc_now
        )
        self._applied: set[str] = set()
        """Decisions that were applied and could not be removed."""
        self.pinging: Pinging | None = None
        """Told after each good sweep of all countries."""
        monitor.refused = self.end

    def reschedule(self) -> None:
        """Keep the times of the configuration as it is now."""
        self._schedule.renew(self._jobs())

    def inside(self) -> Inside:
        """Give what nobody but the service knows of itself."""
        return Inside(self._started, self._standstill.since)

    def _jobs(self) -> Iterable[Every]:
        times = self._monitor.config.schedule
        everyone, often = times.all_minutes * 60, times.signatories_minutes * 60
        jitter = min(times.jitter_seconds, everyone / 10)
        yield Every(_ALL, self._sweep_all, everyone, jitter)
        yield Every(
            "sweep of the signatories", self._sweep_signatories, often, jitter, first=timedelta(seconds=often)
        )
        yield Every("deliveries", self._deliver, times.deliver_seconds)
        yield Every("decisions of people", self._take_decisions, max(times.deliver_seconds, 1))
        yield Every("digests", self._owe_digests, times.digest_seconds)
        yield Every("duties of the service", self._do_duties, times.digest_seconds)
        if witness := self._monitor.witness:
            yield Every("second witness", partial(self._follow, witness), times.digest_seconds)
        if self._monitor.pledging:
            yield Every("list of the Pledge", self._read_list, _AN_HOUR, jitter, first=_BEFORE_LIST)
        yield Every("evidence", self._watch_archive, times.digest_seconds)
        yield Every("forgetting what is old", self._forget, _AN_HOUR)
        yield Every("messages of a clock that ran ahead", self._set_back, times.digest_seconds)
        yield Every(
            "dated copies", self._keep_copy, min(self._monitor.config.backup.every_hours, 1) * _AN_HOUR
        )

    async def run(self) -> None:
        """Run the jobs until ``stop``; raises what no job can live with."""
        self._schedule.start()
        self._schedule.once("documents", self._look_at_documents, _BEFORE_DOCUMENTS)
        log.info("ready", countries=len(self._monitor.config.countries))
        try:
            await self._ended
        finally:
            await self._schedule.stop()

    def stop(self) -> None:
        """End the service; what runs is cancelled, what is owed stays in the store."""
        if not self._ended.done():
            self._ended.set_result(None)

    def end(self, error: StoreError) -> None:
        """End the service with an error that it cannot live with; the first one counts.

        With a disk that takes nothing now it lives: it says so and goes on when it can.
        """
        if isinstance(error, NotWritten):
            self._standstill.begin(error)
        elif not self._ended.done():
            self._ended.set_exception(error)

    async def _sweep_all(self) -> None:
        monitor = self._monitor
        await self._sweep(monitor.config.countries)
        if self.pinging is not None:
            sight = sight_of(monitor.config, monitor.store.load(), self.inside())
            self._schedule.once("ping", partial(self.pinging.swept, sight), timedelta())

    async def _sweep_signatories(self) -> None:
        # A sweep of all countries looks at the signatories too: two at once would only slow each other down, and
        # one that begins right before it would make all the others wait.
        soon = min(_SOON, timedelta(minutes=self._monitor.config.schedule.all_minutes) / 10)
        if not self._monitor.sweeping.locked() and self._schedule.until(_ALL) > soon:
            pledges, countries = self._monitor.view().pledges, self._monitor.config.countries
            await self._sweep(
                [each for each in countries if pledges[each.code].state is PledgeState.SIGNATORY]
            )

    async def _sweep(self, countries: Iterable[Country]) -> None:
        report = await self._monitor.sweep(countries)
        if report.telling.deliveries:
            self._schedule.once("news", self._deliver, timedelta())
        held = tuple(each.code for each in report.decision.held_now)
        if held:
            after = timedelta(minutes=self._monitor.config.schedule.second_look_minutes)
            self._schedule.once("second look", partial(self._look_again, held), after)

    async def _look_again(self, codes: tuple[str, ...]) -> None:
        countries = self._monitor.config.countries
        await self._monitor.sweep([each for each in countries if each.code in codes], is_asked=True)

    async def _look_at_documents(self) -> None:
        """Look at a few documents' files where no sweep wants the site, then come again in time for the others."""
        wait, monitor = _BEFORE_DOCUMENTS, self._monitor
        try:
            if monitor.files is not None and not monitor.sweeping.locked():
                going = document_round(monitor, monitor.files)
                wait = await going.look(is_free=lambda: not monitor.sweeping.locked())
        finally:
            if not self._ended.done():
                self._schedule.once("documents", self._look_at_documents, wait)

    async def _read_list(self) -> None:
        if self._monitor.pledging is not None:
            await self._monitor.pledging.look()

    async def _deliver(self) -> None:
        await self._monitor.deliver()

    async def _owe_digests(self) -> None:
        await self._write(lambda world: digests(world, self._monitor.book, utc_now()))

    async def _set_back(self) -> None:
        await self._write(lambda world: set_back(world, utc_now()))

    async def _do_duties(self) -> None:
        times = self._monitor.config.schedule
        hours = Hours(timedelta(minutes=times.all_minutes), times.heartbeat_hour, self._started)
        await self._write(lambda world: duties(world, self._monitor.book, hours, utc_now()))

    async def _forget(self) -> None:
        kept = timedelta(days=self._monitor.config.store.keep_days)
        await self._write(lambda world: forgetting(world, utc_now(), kept))

    async def _follow(self, witness: Witness) -> None:
        config = self._monitor.config
        await witness.follow(
            self._monitor.store.load(), lambda code: config.profile_url(config.country(code))
        )

    async def _watch_archive(self) -> None:
        problem = self._monitor.archive.trouble if self._monitor.archive else ""
        await self._write(lambda world: archive_went(world, problem, utc_now()))

    async def _keep_copy(self) -> None:
        now = utc_now()
        problem = await dated_copy(self._monitor.config, now)
        if problem is not None:
            await self._write(lambda world: copies_went(world, problem, now))

    def _look_anew(self) -> None:
        self._schedule.once("sweep after a standstill", self._sweep_all, timedelta())

    async def _write(self, decide: Callable[[World], Commit]) -> None:
        """Write what is decided on the newest world; most of the time that is nothing, and nothing is written."""
        store = self._monitor.store
        if await asyncio.to_thread(decide, store.load()) != Commit():
            await store.acommit(decide)

    async def _take_decisions(self) -> None:
        await apply_decisions(self._monitor, self._applied)

    def on_bug(self, job: str, error: BaseException) -> None:
        """Let what nobody expected be heard: a store that fails ends the service, a bug is told to the operators."""
        if isinstance(error, StoreError):
            self.end(error)
            return
        log.error("job failed", job=job, exc_info=error)
        with suppress(StoreError):
            self._monitor.store.commit(lambda world: bug_met(world, job, error, utc_now()))
