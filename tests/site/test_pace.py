from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from monitor.errors import Blocked
from monitor.site.pace import LONGEST_WAIT, REFUSALS, REST, Pace
from tests.site.fetching import TIMER

HOST = "a.test"
PATIENCE = 30
"""Seconds after which nothing comes any more."""


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def starts(pace: Pace, hosts: list[str]) -> list[float]:
    """Take a turn for each host at once; returns the seconds of their starts, sorted."""
    begun = monotonic()
    found: list[float] = []

    async def one(host: str) -> None:
        async with pace.turn(host):
            found.append(monotonic() - begun)

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(one(host) for host in hosts))
    return sorted(found)


def are_spaced(times: list[float], spacing: float) -> bool:
    """Tell whether none came too early. Counted from before the first: a busy machine may be late, never early."""
    return all(time >= number * spacing - TIMER for number, time in enumerate(times))


async def test_the_first_request_starts_at_once() -> None:
    assert len(await starts(Pace(3600, 4), [HOST])) == 1


async def test_requests_are_spaced() -> None:
    assert are_spaced(await starts(Pace(0.05, 4), [HOST] * 6), 0.05)


async def test_the_spacing_is_one_for_all_hosts() -> None:
    assert are_spaced(await starts(Pace(0.05, 4), ["a.test", "b.test", "c.test"]), 0.05)


async def test_no_more_than_the_allowed_number_is_open_and_slow_ones_overlap() -> None:
    pace = Pace(0.0, 2)
    are_open: list[int] = [0]

    async def one() -> None:
        async with pace.turn(HOST):
            are_open.append(are_open[-1] + 1)
            await asyncio.sleep(0.01)
            are_open.append(are_open[-1] - 1)

    await asyncio.gather(*(one() for _ in range(5)))
    assert max(are_open) == 2


async def test_a_turn_that_fails_gives_its_place_back() -> None:
    pace = Pace(0.0, 1)
    with pytest.raises(RuntimeError):
        async with pace.turn(HOST):
            raise RuntimeError
    async with asyncio.timeout(PATIENCE), pace.turn(HOST):
        pass


async def test_a_turn_that_is_cancelled_while_it_waits_gives_its_place_back() -> None:
    pace = Pace(3600, 1)
    async with pace.turn(HOST):
        pass
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02), pace.turn(HOST):
            raise AssertionError
    assert not pace._slots.locked()


async def test_a_slower_host_does_not_slow_the_others() -> None:
    pace = Pace(0.0, 4)
    pace.slow_down("slow.test", 0.2)
    slow, fast = await asyncio.gather(starts(pace, ["slow.test"] * 3), starts(pace, ["fast.test"] * 3))
    assert are_spaced(slow, 0.2)
    assert fast[-1] < slow[1]


async def test_a_crawl_delay_that_is_lifted_counts_no_more() -> None:
    pace = Pace(0.0, 4)
    pace.slow_down(HOST, 3600)
    pace.slow_down(HOST, 0.0)
    assert len(await starts(pace, [HOST] * 3)) == 3


async def test_a_host_that_asks_for_a_pause_holds_every_request_to_it_also_those_that_wait_already() -> None:
    pace = Pace(0.05, 4)
    async with pace.turn(HOST):
        pass
    waiting = asyncio.create_task(starts(pace, [HOST] * 2))
    other = asyncio.create_task(starts(pace, ["other.test"]))
    await asyncio.sleep(0)
    pace.refused(HOST, 0.6)
    await other
    assert not waiting.done()
    first, second = await waiting
    assert first >= 0.6 - TIMER
    assert second >= 0.65 - TIMER


async def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    clock = Clock()
    pace = Pace(0.0, 4, clock)
    pace.refused(HOST, 3600)
    pace.refused(HOST, 1)
    with pytest.raises(Blocked):
        await starts(pace, [HOST])


async def test_a_pause_longer_than_a_sweep_waits_is_an_error_with_its_seconds() -> None:
    clock = Clock()
    pace = Pace(0.0, 4, clock)
    pace.refused(HOST, LONGEST_WAIT + 60)
    clock.now += 30
    with pytest.raises(Blocked, match=r"a\.test asked to be left alone.* 2 min") as caught:
        await starts(pace, [HOST])
    assert caught.value.retry_after == LONGEST_WAIT + 30
    clock.now += LONGEST_WAIT + 30
    assert len(await starts(pace, [HOST])) == 1


async def test_those_in_the_queue_also_fail_when_the_pause_turns_out_long() -> None:
    pace = Pace(0.0, 1)
    async with pace.turn(HOST):
        waiting = asyncio.create_task(starts(pace, [HOST]))
        await asyncio.sleep(0)
        pace.refused(HOST, 3600)
    with pytest.raises(Blocked):
        await waiting


async def test_refusals_in_a_row_close_a_host_for_a_while_and_any_answer_opens_it() -> None:
    clock = Clock()
    pace = Pace(0.0, 4, clock)
    for _ in range(REFUSALS - 1):
        pace.refused(HOST, 0)
    assert len(await starts(pace, [HOST])) == 1
    pace.answered(HOST)
    for _ in range(REFUSALS - 1):
        pace.refused(HOST, 0)
    assert len(await starts(pace, [HOST])) == 1
    pace.refused(HOST, 0)
    with pytest.raises(Blocked) as caught:
        await starts(pace, [HOST])
    assert caught.value.retry_after == REST
    assert len(await starts(pace, ["other.test"])) == 1


async def test_a_closed_host_that_asks_for_longer_gets_longer() -> None:
    pace = Pace(0.0, 4, Clock())
    for _ in range(REFUSALS):
        pace.refused(HOST, REST * 2)
    with pytest.raises(Blocked) as caught:
        await starts(pace, [HOST])
    assert caught.value.retry_after == REST * 2
