"""One run: lives of the program, each ended by a kill, then one that is left alone until nothing is owed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.errors import MonitorError
from monitor.model import Country, DeliveryState, World
from tests.botapi import flooded
from tests.harness.evidence import damaged, unproved, unreadable_copies
from tests.harness.moments import Aim, Moment, dealt
from tests.harness.older import OLDER, age
from tests.harness.program import NEWS_CHATS, OPERATOR, Program, short_config
from tests.harness.story import Story, name_of
from tests.harness.telegram import SlowTelegram
from tests.harness.verdict import Kill, Said, Verdict, judge

LATENCY = 0.06
"""Seconds the site takes for a page, and the Bot API before and after accepting a message."""
MOST_OWED = 10
"""Messages waiting from which on nothing new is published: a group takes 20 a minute."""
CLI_EVERY = 20
MOST_LEFT = 2
FLOODS = 0.15
SECONDS_TO_EMPTY = 240.0
SECONDS_AFTER = 3.0


@dataclass(slots=True)
class Record:
    """What happened in a run so far."""

    kills: list[Kill] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    """What no kill explains: the program ended by itself, did not finish, did not stop."""


@dataclass(slots=True)
class Session:
    program: Program
    site: SimulatedSite
    telegram: SlowTelegram
    story: Story
    aim: Aim
    random: Random
    moments: Iterator[Moment]
    record: Record = field(default_factory=Record)
    proved_since: int = 0
    """Changes that an older version stored, which kept no evidence."""

    def live_and_die(self, number: int, *, is_refused: bool = False) -> None:
        """Run one life of the program to its kill; ``is_refused``: nothing listens where Telegram should be."""
        world = self._world()
        self._let_things_happen(world)
        accepted = self.telegram.accepted
        self.site.forget_requests()
        moment = Moment.REFUSED if is_refused else next(self.moments)
        if is_refused:
            self.telegram.stop()
        if moment is Moment.MIGRATION and world.dossiers:
            age(self.program.store, self.random.choice(OLDER))
            self.proved_since = len(world.changes)
        self.program.start()
        self.aim.wait(moment)
        at_death = self.telegram.accepted
        self._killed()
        self.telegram.settle_down()
        if is_refused:
            self.telegram.start()
        self._note(number, moment, accepted, at_death)

    def finish(self) -> None:
        """Let the program work until nothing is owed and everything is stored, then stop it as one should."""
        self.site.forget_requests()
        self.program.start()
        end = time.monotonic() + SECONDS_TO_EMPTY
        while not self._is_over() and self.program.is_running and time.monotonic() < end:
            time.sleep(0.2)
        if not self._is_over():
            self.record.trouble.append(f"not finished after {SECONDS_TO_EMPTY:.0f} s: {self._waiting()} owed")
        time.sleep(SECONDS_AFTER)
        self._stopped()
        self.telegram.settle_down()
        self.record.trouble += [f"at the end: {trouble}" for trouble in self._left_over()]

    def verdict(self) -> Verdict:
        """Judge all that was said, against what was published and what the store owed."""
        owed = self._world().deliveries
        return judge(
            published=tuple(self.story.published),
            chats=NEWS_CHATS,
            accepted=self.said(),
            owed=[(one.chat, one.message.html) for one in sorted(owed, key=lambda one: one.id)],
            kills=self.record.kills,
            name_of=name_of,
        )

    def said(self, since: int = 0) -> list[Said]:
        """List what the Bot API accepted."""
        return [(message["chat"], message["html"]) for message in self.telegram.messages[since:]]

    def _let_things_happen(self, world: World) -> None:
        if world.dossiers:
            self.story.go_on(world, is_quiet=_waiting(world) > MOST_OWED)
        for chat in (*NEWS_CHATS, OPERATOR):
            if self.random.random() < FLOODS:
                self.telegram.fails_with(chat, flooded(1))

    def _killed(self) -> None:
        code = self.program.kill()
        if code != -9:
            words = self.program.last_words()
            self.record.trouble.append(f"the program ended by itself with {code}: {words}")

    def _stopped(self) -> None:
        try:
            code = self.program.stop()
        except TimeoutError:
            self.program.kill()
            code = -9
        if code != 0:
            self.record.trouble.append(f"SIGTERM ended the program with {code}: {self.program.last_words()}")

    def _note(self, number: int, moment: Moment, accepted: int, at_death: int) -> None:
        unreadable = self.program.trouble_with_reading(through_cli=number % CLI_EVERY == 0)
        world = self._world()
        waiting = {
            (one.chat, one.message.html) for one in world.deliveries if one.state is DeliveryState.WAITING
        }
        in_flight = tuple(said for said in self.said(accepted) if said in waiting)
        hit = self._hit(moment, bool(in_flight), self.telegram.accepted > at_death, bool(waiting))
        self.record.kills.append(Kill(number, moment, hit, in_flight, unreadable))
        self.record.trouble += [f"after kill {number}: {trouble}" for trouble in self._trouble(world)]

    def _trouble(self, world: World) -> Iterator[str]:
        leftovers = self.program.leftovers()
        # A write and a dated copy are made at the same time.
        if len(leftovers) > MOST_LEFT or any(".damaged-" in name for name in leftovers):
            yield f"left behind: {', '.join(leftovers)}"
        for one in world.dossiers.values():
            # No page fails here: the reader does, and the run would wait for half an hour until it is asked again.
            if one.failing is not None:
                yield f"{one.code} cannot be read: {one.failing.error}"
            if one.held is not None:
                yield f"{one.code} is held: {one.held.reason}"
        yield from self._evidence_trouble(world)

    def _evidence_trouble(self, world: World) -> Iterator[str]:
        program = self.program
        yield from damaged(program.archive)
        yield from unproved(world, program.archive, self.proved_since)
        yield from unreadable_copies(program.store)

    def _left_over(self) -> Iterator[str]:
        if leftovers := self.program.leftovers():
            yield f"left behind: {', '.join(leftovers)}"
        if self.program.is_archiving:
            yield "something half written is left in the archive"
        yield from self._evidence_trouble(self._world())
        told = {
            one.created: one.message.html
            for one in self._world().deliveries
            # Here a sweep is due every second or so: on a busy machine it is late, and that is said.
            if one.chat == OPERATOR and "o sweep has finished" not in one.message.html
        }
        if len(told) > 1:
            yield f"operators heard more than of the first look: {list(told.values())[1:]}"

    def _hit(self, moment: Moment, is_in_flight: bool, is_late: bool, is_owed: bool) -> str:
        """Say what the program was doing when it was killed, by what it left."""
        pages = [one.started for one in self.site.seen if one.path.endswith(".html")]
        written = self._written()
        last_page = pages[-1] + time.time() - time.monotonic() if pages else 0.0
        files = [one.started for one in self.site.seen if one.path.endswith(".pdf")]
        last_file = files[-1] + time.time() - time.monotonic() if files else 0.0
        is_sweeping = len(pages) % self.aim.countries != 0 or last_page > written
        cases = (
            (moment is Moment.MIGRATION and not pages, "migration"),
            (self.program.is_half_written, "write"),
            (self.program.is_archiving, "evidence: a file or page half kept"),
            (is_late, "delivery: asked, not yet accepted"),
            (is_in_flight, "delivery: accepted, not settled"),
            (not pages, "start"),
            (last_file > written, "evidence: a file looked at, nothing written"),
            (is_sweeping, "sweep"),
            (is_owed, "delivery: owed, not sent"),
        )
        return next((name for is_so, name in cases if is_so), "idle")

    def _written(self) -> float:
        return self.program.store.stat().st_mtime if self.program.store.exists() else 0.0

    def _world(self) -> World:
        try:
            return self.program.world()
        except MonitorError:
            return World()

    def _waiting(self) -> int:
        return _waiting(self._world())

    def _is_over(self) -> bool:
        world = self._world()
        if not world.dossiers:
            return False
        self.story.close(world)
        return self._waiting() == 0 and self.story.is_over(world)


def _waiting(world: World) -> int:
    return sum(one.state is DeliveryState.WAITING for one in world.deliveries)


@contextmanager
def opened(folder: Path, *, seed: int, countries: int) -> Iterator[Session]:
    """Set the stage in ``folder``: site, Bot API and the program's settings; nothing runs afterwards."""
    random = Random(seed)  # noqa: S311 - moments of a test, to be repeated by its seed
    own = short_config(folder, countries)
    known: tuple[Country, ...] = load_config({"MONITOR_CONFIG": str(own)}).countries
    telegram = SlowTelegram((*NEWS_CHATS, OPERATOR), folder / "accepted.jsonl", LATENCY)
    with SimulatedSite(known, latency=LATENCY) as site, telegram:
        url, token = telegram.url, telegram.token
        program = Program(folder, profile_url=site.profile_url, api_url=url, token=token)
        aim = Aim(program, site, telegram, random, countries, LATENCY)
        try:
            yield Session(program, site, telegram, Story(site, known, random), aim, random, dealt(random))
        finally:
            program.kill()


def run(session: Session, kills: int, tell: Callable[[Session], None]) -> None:
    """Kill so often, then finish; ends early when the program can no longer be started."""
    for number in range(1, kills + 1):
        session.live_and_die(number, is_refused=number == (kills + 1) // 2)
        tell(session)
        if session.record.kills[-1].unreadable or session.record.trouble:
            return
    session.finish()
