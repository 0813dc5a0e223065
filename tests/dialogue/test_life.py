"""A chat is met, lost, found again, moved between topics and in the end forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.board.view import View
from monitor.dialogue.life import BLOCKED, KEPT, MUTED, REMOVED, Meeting, long_gone, met, topic_gone
from monitor.dialogue.reply import SILENCE, Reply
from monitor.model import (
    Chat,
    ChatId,
    ChatKind,
    Commit,
    Delivery,
    DeliveryState,
    Message,
    Subscription,
    World,
)
from monitor.record.apply import after

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
BEFORE = NOW - timedelta(days=3)
GROUP, PRIVATE, CHANNEL = ChatKind.GROUP, ChatKind.PRIVATE, ChatKind.CHANNEL
HERE = Chat(-9, GROUP, "Talk", spoken="fr")


def view(world: World = World()) -> View:  # noqa: B008 - a value
    return View(
        world,
        (),
        {},
        (),
        is_pledge_complete=False,
        profile_url=lambda _: "",
        now=NOW,
        version="0",
        contact="",
    )


def change(**values: Any) -> Meeting:  # noqa: ANN401 - fields by name
    known: dict[str, Any] = {
        "chat": -9,
        "kind": GROUP,
        "title": "Talk",
        "language": "en",
        "person": 5,
        "could_write": False,
        "can_write": True,
        "is_there": True,
    }
    return Meeting(**(known | values))


def lost(**values: Any) -> Meeting:  # noqa: ANN401 - fields by name
    return change(**({"could_write": True, "can_write": False, "is_there": False} | values))


def nothing_missed(*_: object) -> Commit:
    return Commit()


def answer(meeting: Meeting, world: World = World()) -> Reply:  # noqa: B008 - a value
    return met(meeting, view(world), nothing_missed)


def told(*chats: Chat, **values: Any) -> World:  # noqa: ANN401 - fields by name
    return World(
        chats={chat.id: chat for chat in chats},
        subscriptions=tuple(Subscription(chat.id, **values) for chat in chats),
    )


@pytest.mark.parametrize(("language", "hello"), [("en", "Hello!"), ("xx", "Hello!")])
def test_a_new_group_is_greeted_in_the_language_of_whoever_added_the_bot_and_subscribed_to_nothing(
    language: str, hello: str
) -> None:
    reply = answer(change(language=language))
    assert reply.message
    assert reply.message.html.startswith(hello)
    assert "/subscribe" in reply.message.html
    assert reply.commit is None
    assert reply.chat is None


def test_a_new_channel_is_greeted_in_private_and_its_hostile_title_is_harmless() -> None:
    reply = answer(change(kind=CHANNEL, title="<b>News"))
    assert reply.message
    assert "&lt;b&gt;News" in reply.message.html
    assert reply.chat == 5


def test_somebody_who_starts_the_bot_is_greeted_by_the_start_command_only() -> None:
    assert answer(change(kind=PRIVATE)) == SILENCE


def test_a_promotion_changes_nothing() -> None:
    assert answer(change(could_write=True), told(HERE)) == SILENCE
    assert answer(change(could_write=True)) == SILENCE


def test_who_was_muted_and_is_removed_now_rests_for_the_newer_reason_and_nothing_is_written_twice() -> None:
    muted = Chat(-9, away=MUTED, away_since=BEFORE)
    reply = answer(lost(could_write=False), told(muted))
    assert reply.commit
    assert [(each.away, each.away_since) for each in reply.commit.chats] == [(REMOVED, BEFORE)]
    assert answer(lost(could_write=False, is_there=True), told(muted)) == SILENCE


@pytest.mark.parametrize(
    ("meeting", "why"),
    [
        (lost(), REMOVED),
        (lost(kind=CHANNEL), REMOVED),
        (lost(kind=PRIVATE), BLOCKED),
        (lost(is_there=True), MUTED),
    ],
)
def test_a_chat_that_takes_no_messages_rests_with_its_settings(meeting: Meeting, why: str) -> None:
    world = told(HERE, withdrawals=False)
    reply = answer(meeting, world)
    assert reply.message is None
    assert reply.commit
    resting = after(world, reply.commit)
    assert (resting.chats[-9].away, resting.chats[-9].away_since, resting.chats[-9].spoken) == (
        why,
        NOW,
        "fr",
    )
    assert resting.subscriptions == world.subscriptions


def test_a_chat_that_already_rests_keeps_the_day_it_began() -> None:
    reply = answer(lost(), told(Chat(-9, away="403", away_since=BEFORE)))
    assert reply.commit
    [chat] = reply.commit.chats
    assert (chat.away, chat.away_since) == (REMOVED, BEFORE)


def test_a_chat_that_the_configuration_tells_rests_too() -> None:
    reply = answer(lost(), World(subscriptions=(Subscription(-9, is_configured=True),)))
    assert reply.commit
    assert [(each.id, each.kind, each.away) for each in reply.commit.chats] == [(-9, GROUP, REMOVED)]


def test_of_a_chat_that_chose_nothing_nothing_is_kept_when_it_goes() -> None:
    assert answer(lost()) == SILENCE


def test_a_chat_that_is_back_is_told_what_it_missed_and_by_nothing_else() -> None:
    missed = Delivery("1", -9, Message("While I could not write here"), NOW, NOW)
    world = told(Chat(-9, GROUP, "Old", spoken="fr", away=REMOVED, away_since=BEFORE))
    asked: list[tuple[ChatId, datetime]] = []

    def welcome_back(known: World, chat: ChatId, now: datetime) -> Commit:
        assert known is world
        asked.append((chat, now))
        return Commit(deliveries=(missed,), chats=(Chat(-9, away="old"), Chat(-5)))

    reply = met(change(), view(world), welcome_back)
    assert asked == [(-9, NOW)]
    assert reply.message is None
    assert reply.commit
    assert reply.commit.deliveries == (missed,)
    assert reply.commit.chats == (Chat(-9, GROUP, "Talk", spoken="fr"), Chat(-5))


def test_a_chat_that_is_back_and_missed_nothing_is_told_so_in_its_language() -> None:
    reply = answer(change(), told(Chat(-9, language="en", away=REMOVED, away_since=BEFORE)))
    assert reply.message
    assert "Nothing was published meanwhile" in reply.message.html
    assert reply.commit
    assert reply.commit.chats == (Chat(-9, title="Talk", language="en"),)


def test_a_chat_that_is_told_before_the_bot_comes_is_neither_greeted_nor_welcomed_back() -> None:
    assert answer(change(), World(subscriptions=(Subscription(-9, is_configured=True),))) == SILENCE
    assert answer(change(), told(HERE)) == SILENCE


AWAY = Chat(-9, GROUP, away=REMOVED, away_since=BEFORE)


@pytest.mark.parametrize("world", [World(chats={-9: AWAY}), told(AWAY, is_operator=True)])
def test_a_chat_that_is_told_of_no_publications_is_not_told_that_it_missed_none(world: World) -> None:
    reply = answer(change(), world)
    assert reply.message is None
    assert reply.commit


def gone(world: World, thread: int = 7) -> World:
    numbers = iter(("n1", "n2"))
    return after(world, topic_gone(world, -9, thread, NOW, lambda: next(numbers)))


def test_what_was_told_in_a_topic_that_is_gone_moves_to_the_general_one_which_is_told_so() -> None:
    waiting = Delivery("1", -9, Message("news"), NOW, NOW, thread=7)
    sent = waiting.sent(NOW)
    world = World(
        subscriptions=(
            Subscription(-9, 7, withdrawals=False, held=(3,)),
            Subscription(-9, 7, is_operator=True),
            Subscription(-9, 8),
            Subscription(-5, 7),
        ),
        deliveries=(
            waiting,
            Delivery("2", -9, Message("other"), NOW, NOW, thread=8),
            Delivery("3", -9, Message("old"), NOW, NOW, thread=7, state=sent.state),
        ),
        chats={-9: Chat(-9, language="en")},
    )
    moved = gone(world)
    assert set(moved.subscriptions) == {
        Subscription(-9, None, withdrawals=False, held=(3,)),
        Subscription(-9, None, is_operator=True),
        Subscription(-9, 8),
        Subscription(-5, 7),
    }
    assert [(each.id, each.thread, each.state) for each in moved.deliveries] == [
        ("1", None, DeliveryState.WAITING),
        ("2", 8, DeliveryState.WAITING),
        ("3", 7, DeliveryState.SENT),
        ("n1", None, DeliveryState.WAITING),
    ]
    assert "The topic" in moved.deliveries[-1].message.html


def test_a_topic_that_is_gone_is_told_of_once() -> None:
    world = gone(World(subscriptions=(Subscription(-9, 7),)))
    assert gone(world) == world
    assert len(world.deliveries) == 1


def test_a_choice_of_the_general_topic_is_not_replaced_by_that_of_a_topic_that_is_gone() -> None:
    world = World(subscriptions=(Subscription(-9, None, withdrawals=False), Subscription(-9, 7)))
    assert gone(world) == world


def test_a_chat_that_took_nothing_for_ninety_days_is_forgotten_unless_the_configuration_names_it() -> None:
    over, under = NOW - KEPT - timedelta(seconds=1), NOW - KEPT + timedelta(seconds=1)
    chats = (
        Chat(1, away="x", away_since=over),
        Chat(2, away="x", away_since=under),
        Chat(3),
        Chat(4, away="x", away_since=over),
        Chat(5, away="x", away_since=over),
    )
    subscriptions = (
        Subscription(1),
        Subscription(4, is_configured=True),
        Subscription(5, is_operator=True),
    )
    world = World(chats={chat.id: chat for chat in chats}, subscriptions=subscriptions)
    assert long_gone(world, NOW) == {1}
