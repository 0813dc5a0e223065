from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import (
    Chat,
    Commit,
    Delivery,
    DocumentFile,
    DocumentKind,
    Dossier,
    Message,
    Pledge,
    PledgeState,
    Proposal,
    Subscription,
    World,
)
from monitor.record.apply import after

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
MESSAGE = Message("news")


def owed(name: str, chat: int | str = 1) -> Delivery:
    return Delivery(name, chat, MESSAGE, NOW, NOW)


def test_an_empty_commit_changes_nothing() -> None:
    world = World({"MEX": Dossier("MEX")}, (), (Subscription(1),), (owed("1"),), {"coverage": NOW})
    assert after(world, Commit()) == world


def test_a_dossier_replaces_the_one_of_its_country_and_keeps_the_others() -> None:
    world = after(World(), Commit(dossiers=(Dossier("MEX"), Dossier("FJI"))))
    world = after(world, Commit(dossiers=(Dossier("MEX", rules="2"),)))
    assert world.dossiers == {"MEX": Dossier("MEX", rules="2"), "FJI": Dossier("FJI")}


def test_a_subscription_is_replaced_where_chat_thread_and_role_are_equal() -> None:
    first = (Subscription(1), Subscription(1, 7), Subscription(1, is_operator=True), Subscription("1"))
    world = after(World(), Commit(subscriptions=first))
    assert world.subscriptions == first
    world = after(world, Commit(subscriptions=(Subscription(1, 7, is_paused=True),)))
    assert world.subscriptions == (first[0], Subscription(1, 7, is_paused=True), first[2], first[3])


def test_deliveries_stand_in_the_order_of_their_ids() -> None:
    world = after(World(), Commit(deliveries=(owed("3"), owed("1"))))
    world = after(world, Commit(deliveries=(owed("2"), owed("3", 9))))
    assert [(one.id, one.chat) for one in world.deliveries] == [("1", 1), ("2", 1), ("3", 9)]


def test_none_keeps_incidents_and_an_empty_mapping_ends_them() -> None:
    world = after(World(), Commit(incidents={"coverage": NOW}))
    assert after(world, Commit()).incidents == {"coverage": NOW}
    assert after(world, Commit(incidents={})).incidents == {}


def test_a_migrated_chat_has_its_new_id_in_every_subscription_and_delivery() -> None:
    start = Commit(
        subscriptions=(Subscription(1, 7), Subscription(1, is_operator=True), Subscription(2)),
        deliveries=(owed("1"), owed("2", 2), owed("3").sent(NOW)),
    )
    world = after(after(World(), start), Commit(migrated={1: -1001}))
    assert {one.chat for one in world.subscriptions} == {-1001, 2}
    assert [one.chat for one in world.deliveries] == [-1001, 2, -1001]
    assert world.deliveries[0] == replace(owed("1"), chat=-1001)


def test_what_a_commit_brings_for_a_migrated_chat_moves_too() -> None:
    world = after(World(), Commit(deliveries=(owed("1"),), migrated={1: -1001}))
    assert world.deliveries[0].chat == -1001


def test_a_subscription_made_in_the_new_chat_wins_over_the_one_that_moves_in() -> None:
    mine = Subscription(-1001, withdrawals=False)
    for order in ((Subscription(1), mine), (mine, Subscription(1))):
        world = after(World(), Commit(subscriptions=order))
        assert after(world, Commit(migrated={1: -1001})).subscriptions == (mine,)


def test_of_a_forgotten_chat_nothing_is_left() -> None:
    chats = Commit(
        chats=(Chat(1), Chat(2)),
        subscriptions=(Subscription(1), Subscription(2)),
        deliveries=(owed("1"), owed("2", 2)),
    )
    world = after(after(World(), chats), Commit(forgotten=frozenset({1})))
    assert list(world.chats) == [2]
    assert world.subscriptions == (Subscription(2),)
    assert world.deliveries == (owed("2", 2),)


def test_only_settled_deliveries_older_than_the_limit_are_forgotten() -> None:
    deliveries = (
        owed("1"),
        owed("2").sent(NOW),
        owed("3").given_up("x", LATER),
        owed("4").uncertain("x", NOW),
    )
    world = after(World(), Commit(deliveries=deliveries, forget_before=LATER))
    assert [one.id for one in world.deliveries] == ["1", "3"]


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6))
def test_no_delivery_is_lost_whatever_the_commits(batches: list[list[int]]) -> None:
    world = World()
    for batch in batches:
        world = after(world, Commit(deliveries=tuple(owed(str(number)) for number in batch)))
    assert {one.id for one in world.deliveries} == {str(number) for batch in batches for number in batch}


def proposal(code: str, url: str, words: str) -> Proposal:
    return Proposal(code, url, words, DocumentKind.OTHER, None, NOW)


def test_a_proposal_replaces_the_one_of_its_country_and_address() -> None:
    first = (proposal("MEX", "a", "old"), proposal("MEX", "b", "kept"), proposal("FJI", "a", "kept"))
    world = after(after(World(), Commit(proposals=first)), Commit(proposals=(proposal("MEX", "a", "new"),)))
    assert world.proposals == (proposal("MEX", "a", "new"), *first[1:])
    assert after(world, Commit(duty=world.duty)).proposals == world.proposals


def test_a_pledge_and_a_file_replace_their_own_and_keep_the_others() -> None:
    signed, unknown = Pledge(PledgeState.SIGNATORY), Pledge(PledgeState.UNKNOWN)
    start = Commit(
        pledges={"MEX": unknown, "FJI": signed},
        files=(DocumentFile("a", (), NOW), DocumentFile("b", (), NOW)),
    )
    world = after(World(), start)
    world = after(world, Commit(pledges={"MEX": signed}, files=(DocumentFile("a", (), LATER),)))
    assert world.pledges == {"MEX": signed, "FJI": signed}
    assert world.files == {"a": DocumentFile("a", (), LATER), "b": DocumentFile("b", (), NOW)}


def test_a_chat_that_migrates_keeps_what_it_chose_under_its_new_number() -> None:
    world = after(World(), Commit(chats=(Chat(1, title="Group"), Chat(2, title="Other"))))
    world = after(world, Commit(migrated={1: -1001}))
    assert world.chats == {-1001: Chat(-1001, title="Group"), 2: Chat(2, title="Other")}


def test_only_the_place_that_was_left_is_left() -> None:
    places = (Subscription(1), Subscription(1, 7), Subscription(2))
    world = after(World(subscriptions=places), Commit(unsubscribed=(Subscription(1, 7, is_paused=True),)))
    assert world.subscriptions == (places[0], places[2])
