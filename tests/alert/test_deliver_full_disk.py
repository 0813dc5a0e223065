"""Delivering while the disk takes nothing: what was sent is written down later, and not sent again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from monitor.alert.batch import SETTLE_AGAIN
from monitor.alert.deliver import deliver
from monitor.errors import NotWritten, StoreError
from monitor.model import Commit, DeliveryState, Message, World
from tests.alert.world import Memory, Office


class Full(Memory):
    async def acommit(self, commit: Commit | Callable[[World], Commit]) -> None:
        if self.refusals:
            self.refusals -= 1
            raise NotWritten("no space left")
        await super().acommit(commit)


async def told(office: Office, refused: list[StoreError]) -> None:
    await deliver(
        store=office.store,
        sender=office,
        pace=office.pace,
        clock=office.clock,
        sleep=office.clock.sleep,
        uncertain_notice=lambda *_: Message("perhaps"),
        given_up_notice=lambda *_: Message("never"),
        refused=refused.append,
    )


async def test_a_full_disk_is_waited_for_however_long_and_nothing_is_sent_twice() -> None:
    office, refused = Office(), list[StoreError]()
    office.store = Full(refusals=500)
    office.owes(("a", 1), ("b", 1), ("c", 2))
    await told(office, refused)
    assert set(office.states().values()) == {DeliveryState.SENT}
    assert sorted(office.attempts) == [("a", 1), ("b", 1), ("c", 2)]
    assert len(refused) == 500
    assert office.clock.naps.count(SETTLE_AGAIN[-1]) >= 498


async def test_another_fault_of_the_store_comes_through_after_a_few_tries() -> None:
    office, refused = Office(), list[StoreError]()
    office.store.refusals = 500
    office.owes(("a", 1))
    with pytest.raises(StoreError):
        await told(office, refused)
    assert len(refused) == len(SETTLE_AGAIN)
