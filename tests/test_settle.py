"""A person's word on what is held, and on what a document is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.press import short
from monitor.dialogue.reply import SayWhatItIs, SettleHeld
from monitor.errors import Implausible, StoreError
from monitor.model import Commit, DocumentKind, Subscription, Verb
from monitor.record.apply import after
from monitor.record.review import look_name
from monitor.settle import settle
from tests.alert.samples import ENGLISH
from tests.fakes import CHAT, CODES, OPERATOR, Watch

URL = "https://www.unodc.org/documents/x.pdf"
PAGE = f'<h3>Review cycle 2</h3><h2>Review documents</h2><p><a href="{URL}">Roadmap</a></p>'
TRIED = " To see what it would change as a rule: uncac-monitor replay --proposals"
SAID = SayWhatItIs("MEX", short(URL), DocumentKind.SELF_ASSESSMENT, "2")


async def settles(watch: Watch, code: str, verb: Verb) -> str:
    return await settle(ENGLISH, watch.sweeper, SettleHeld(code, verb))


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
    assert await settles(watch, "MEX", "accept") == "Mexico: accepted; 1 message is owed."
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
    assert await settles(watch, "MEX", "reject") == "Mexico: rejected."
    [commit] = watch.store.commits
    assert (commit.changes, commit.deliveries) == ((), ())
    held = watch.store.world.dossiers["MEX"].held
    assert held is not None
    assert held.is_rejected


async def test_what_was_accepted_is_not_told_again_by_the_next_sweep() -> None:
    watch, _ = await with_fleet_held()
    await settles(watch, "MEX", "accept")
    await watch.sweeps("MEX", is_asked=True)
    assert len(watch.told(CHAT)) == 1


async def test_open_incidents_stay_open() -> None:
    watch, _ = await with_fleet_held()
    await settles(watch, "MEX", "accept")
    assert watch.store.commits[0].incidents is None


async def test_another_look_than_the_one_that_was_shown_is_not_settled() -> None:
    watch, _ = await with_fleet_held()
    with pytest.raises(Implausible, match="the look that was shown for MEX is held no longer"):
        await settle(ENGLISH, watch.sweeper, SettleHeld("MEX", "accept", "0123456789ab"))
    held = watch.store.world.dossiers["MEX"].held
    assert held is not None
    await settle(ENGLISH, watch.sweeper, SettleHeld("MEX", "accept", look_name(held)))
    assert watch.store.world.dossiers["MEX"].held is None


@pytest.mark.parametrize("code", ["MEX", "FJI"])
async def test_nothing_held_is_nothing_to_decide(code: str) -> None:
    watch = Watch()
    await watch.has_baseline()
    with pytest.raises(Implausible, match=f"nothing is held for {code}"):
        await settles(watch, code, "accept")
    assert watch.store.commits == []


async def test_a_store_that_cannot_be_written_leaves_the_look_held() -> None:
    watch, _ = await with_fleet_held()
    watch.store.refusals = 1
    with pytest.raises(StoreError):
        await settles(watch, "MEX", "accept")
    assert watch.store.world.dossiers["MEX"].held is not None


# What a document is.


async def with_question() -> Watch:
    watch = Watch()
    await watch.has_baseline()
    watch.site.says("MEX", PAGE)
    await watch.sweeps()
    [question] = watch.told(OPERATOR)
    assert "Roadmap" in question
    watch.clock.advance(3600)
    watch.forgets()
    return watch


async def test_what_a_person_recognises_is_known_told_and_proposed_in_one_write() -> None:
    watch = await with_question()
    done = await settle(ENGLISH, watch.sweeper, SAID)
    assert done == f"Mexico: “Roadmap” is known as self-assessment (cycle 2); 1 message is owed.{TRIED}"
    [commit] = watch.store.commits
    [delivery] = commit.deliveries
    assert (delivery.chat, URL in delivery.message.html) == (CHAT, True)
    [change] = commit.changes
    assert (change.seen_at, change.not_before) == (
        watch.clock.now - timedelta(hours=1),
        watch.clock.now - timedelta(hours=7),
    )
    [proposal] = watch.store.world.proposals
    assert (proposal.words, proposal.kind, proposal.url) == ("Roadmap", DocumentKind.SELF_ASSESSMENT, URL)


async def test_what_a_person_recognised_is_told_once_whatever_the_next_sweeps_and_rules_say() -> None:
    watch = await with_question()
    await settle(ENGLISH, watch.sweeper, SAID)
    await watch.sweeps()
    watch.has_rules_that_changed()
    await watch.sweeps()
    watch.site.says("MEX", PAGE + "<p>Updated</p>")
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 1
    assert watch.told(OPERATOR) == []
    with pytest.raises(Implausible, match="there is nothing to say"):
        await settle(ENGLISH, watch.sweeper, SAID)


async def test_what_was_told_is_not_told_again_when_a_person_puts_it_right() -> None:
    watch = await with_question()
    await settle(ENGLISH, watch.sweeper, SAID)
    done = await settle(ENGLISH, watch.sweeper, replace(SAID, kind=DocumentKind.COUNTRY_REPORT))
    assert done == f"Mexico: “Roadmap” is known as country report (cycle 2); nobody is told.{TRIED}"
    assert len(watch.told(CHAT)) == 1


async def test_nothing_of_interest_is_told_nobody() -> None:
    watch = await with_question()
    done = await settle(ENGLISH, watch.sweeper, replace(SAID, kind=DocumentKind.OTHER))
    assert done == f"Mexico: “Roadmap” is known as nothing of interest; nobody is told.{TRIED}"
    assert watch.told(CHAT) == []


async def test_where_nobody_asked_for_the_news_nobody_is_told_at_once() -> None:
    watch = await with_question()
    done = await settle(
        ENGLISH, watch.sweeper, replace(SAID, kind=DocumentKind.EXECUTIVE_SUMMARY, cycle=None)
    )
    assert done.endswith(f"is known as executive summary (cycle not stated); nobody is told at once.{TRIED}")
    assert [change.document.kind for change in watch.store.world.changes] == [DocumentKind.EXECUTIVE_SUMMARY]


async def test_each_message_that_is_owed_is_counted() -> None:
    watch = await with_question()
    watch.store.world = after(watch.store.world, Commit(subscriptions=(Subscription(-200),)))
    assert (await settle(ENGLISH, watch.sweeper, SAID)).endswith(f"; 2 messages are owed.{TRIED}")
