"""What follows from a try, on the world as it stands when that is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert import settle
from monitor.alert.settle import Notices, Outcome, Result, crowded, held_for_all, settled, still_owed
from monitor.errors import DeliveryError
from monitor.model import Chat, ChatId, Commit, Delivery, DeliveryState, Duty, Message, Subscription, World
from monitor.record.apply import after
from tests.alert.world import START

NEWS = Message("news")
NOTICES = Notices(
    lambda say, one: Message(f"{say.code} perhaps {one.id}"), lambda _, one: Message(f"never {one.id}")
)
UNPARSABLE = DeliveryError("can't parse", is_message_fault=True)
TIMED_OUT = DeliveryError("Timed out", is_uncertain=True)
BLOCKED = DeliveryError("blocked", is_permanent=True)


def owed(name: str, chat: ChatId = 1, message: Message = NEWS) -> Delivery:
    return Delivery(name, chat, message, START, START)


def outcome(delivery: Delivery, error: DeliveryError | None = None) -> Outcome:
    return Outcome(delivery, START, error)


def followed(world: World, *outcomes: Outcome) -> tuple[tuple[Result, ...], World]:
    results, commit = settled(world, outcomes, NOTICES)
    return results, after(world, commit)


def test_several_results_become_one_commit() -> None:
    one, two, three = owed("1", 1), owed("2", 2), owed("3", -5)
    world = World(deliveries=(one, two, three), chats={1: Chat(1, away="blocked", away_since=START)})
    moved = DeliveryError("moved", migrated_to=-1005)
    results, then = followed(world, outcome(one), outcome(two, BLOCKED), outcome(three, moved))
    assert results == (Result.SENT, Result.POSTPONED, Result.MOVED)
    assert [one.state for one in then.deliveries] == [DeliveryState.SENT, *[DeliveryState.WAITING] * 2]
    assert then.chats == {1: Chat(1), 2: Chat(2, away="blocked", away_since=START)}
    assert then.deliveries[2].chat == -1005


@pytest.mark.parametrize(
    "then",
    [(), (owed("1").given_up("by a person", START),), (owed("1", message=Message("all in one")),)],
    ids=["forgotten", "settled", "given other words"],
)
@pytest.mark.parametrize("error", [None, BLOCKED, TIMED_OUT])
def test_what_others_changed_while_it_was_on_its_way_stands(
    then: tuple[Delivery, ...], error: DeliveryError | None
) -> None:
    world = World(deliveries=then)
    results, commit = settled(world, [outcome(owed("1"), error)], NOTICES)
    assert commit == Commit()
    assert results == (Result.SENT if error is None else Result.POSTPONED,)


def test_a_message_whose_chat_moved_while_it_was_on_its_way_is_settled() -> None:
    world = after(World(deliveries=(owed("1", -5),)), Commit(migrated={-5: -1005}))
    _, then = followed(world, outcome(owed("1", -5)))
    assert (then.deliveries[0].chat, then.deliveries[0].state) == (-1005, DeliveryState.SENT)


def test_a_delivery_is_found_among_many_and_only_as_it_was() -> None:
    world = World(deliveries=tuple(owed(f"{number:02}") for number in range(0, 40, 2)))
    assert still_owed(world, owed("08")) == owed("08")
    assert [still_owed(world, owed(name)) for name in ("07", "99", "")] == [None] * 3


def test_each_operators_chat_reads_its_own_language() -> None:
    operators = (Subscription(8, is_operator=True), Subscription(9, is_operator=True))
    world = World(deliveries=(owed("1"),), subscriptions=operators, chats={9: Chat(9, language="fr")})
    _, then = followed(world, outcome(owed("1"), TIMED_OUT))
    assert [one.message.html for one in then.deliveries[1:]] == ["en perhaps 1", "fr perhaps 1"]


def test_what_no_chat_takes_is_told_to_operators_once_however_many_it_was_owed_to() -> None:
    world = World(
        deliveries=tuple(owed(str(number), number) for number in range(3)),
        subscriptions=(Subscription(9, is_operator=True),),
    )
    for number in range(3):
        _, world = followed(world, outcome(owed(str(number), number), UNPARSABLE))
    assert [one.id for one in world.deliveries if one.chat == 9] == ["0~notice-1"]
    other = owed("x", 4, Message("other words"))
    world = after(world, Commit(deliveries=(other,)))
    _, world = followed(world, outcome(other, UNPARSABLE))
    assert [one.id for one in world.deliveries if one.chat == 9] == ["0~notice-1", "x~notice-1"]


def test_each_uncertain_delivery_is_told_since_each_needs_an_answer() -> None:
    world = World(deliveries=(owed("1", 1), owed("2", 2)), subscriptions=(Subscription(9, is_operator=True),))
    _, then = followed(world, outcome(owed("1", 1), TIMED_OUT), outcome(owed("2", 2), TIMED_OUT))
    assert [one.id for one in then.deliveries if one.chat == 9] == ["1~notice-1", "2~notice-1"]


def test_what_is_paused_is_not_held_when_the_bot_can_tell_nobody_anything() -> None:
    alert = replace(owed("1", 1), about=(4,))
    world = World(deliveries=(alert, owed("2", 2)), duty=Duty(paused_since=START))
    commit = held_for_all(world, DeliveryError("no bot", is_bot_fault=True), START)
    assert [one.id for one in commit.deliveries] == ["2"]


def test_the_newest_settled_deliveries_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "MOST_SETTLED", 3)
    waiting = owed("0")
    sent = tuple(owed(str(n)).sent(START + timedelta(seconds=n)) for n in range(1, 6))
    world = World(deliveries=(waiting, *sent))
    assert crowded(World(deliveries=(waiting, *sent[:3]))) is None
    then = after(world, Commit(forget_before=crowded(world)))
    assert [one.id for one in then.deliveries] == ["0", "3", "4", "5"]
