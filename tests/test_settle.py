"""A person's word on what is held."""

from __future__ import annotations

import pytest

from monitor.errors import Implausible, StoreError
from monitor.settle import settle
from tests.fakes import CHAT, CODES, Watch, country


async def with_fleet_held() -> tuple[Watch, str]:
    watch = Watch()
    await watch.has_baseline()
    urls = {code: watch.site.publishes(code) for code in CODES}
    await watch.sweeps()
    watch.clock.advance(3600)
    watch.store.commits.clear()
    return watch, urls["MEX"]


async def test_what_is_accepted_is_known_and_told_in_one_write() -> None:
    watch, url = await with_fleet_held()
    await settle(watch.sweeper, country("MEX"), "accept")
    [commit] = watch.store.commits
    [delivery] = commit.deliveries
    assert delivery.chat == CHAT
    assert url in delivery.message.html
    assert [change.document.url for change in commit.changes] == [url]
    assert [dossier.code for dossier in commit.dossiers] == ["MEX"]
    assert watch.store.world.dossiers["MEX"].held is None
    assert watch.store.world.dossiers["NER"].held is not None


async def test_what_is_rejected_is_told_nobody_and_kept_as_rejected() -> None:
    watch, _ = await with_fleet_held()
    await settle(watch.sweeper, country("MEX"), "reject")
    [commit] = watch.store.commits
    assert (commit.changes, commit.deliveries) == ((), ())
    held = watch.store.world.dossiers["MEX"].held
    assert held is not None
    assert held.is_rejected


async def test_what_was_accepted_is_not_told_again_by_the_next_sweep() -> None:
    watch, _ = await with_fleet_held()
    await settle(watch.sweeper, country("MEX"), "accept")
    await watch.sweeps("MEX", is_asked=True)
    assert len(watch.told(CHAT)) == 1


async def test_open_incidents_stay_open() -> None:
    watch, _ = await with_fleet_held()
    await settle(watch.sweeper, country("MEX"), "accept")
    assert watch.store.commits[0].incidents is None


@pytest.mark.parametrize("code", ["MEX", "FJI"])
async def test_nothing_held_is_nothing_to_decide(code: str) -> None:
    watch = Watch()
    await watch.has_baseline()
    with pytest.raises(Implausible, match=f"nothing is held for {code}"):
        await settle(watch.sweeper, country(code), "accept")
    assert watch.store.commits == []


async def test_a_store_that_cannot_be_written_leaves_the_look_held() -> None:
    watch, _ = await with_fleet_held()
    watch.store.refusals = 1
    with pytest.raises(StoreError):
        await settle(watch.sweeper, country("MEX"), "accept")
    assert watch.store.world.dossiers["MEX"].held is not None
