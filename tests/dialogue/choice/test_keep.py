"""A choice is kept with what must be known of its chat, and nothing of a person."""

from __future__ import annotations

from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.keep import choice_at, commit_of, is_configured
from monitor.dialogue.choice.place import here
from monitor.model import Chat, ChatKind, Quiet, Subscription, World
from tests.dialogue.choice.room import CHAT, GROUP, Room, view


def test_a_private_chat_is_kept_without_a_name_and_speaks_as_its_person_does_now() -> None:
    room = Room.told(chat=Chat(CHAT, spoken="es"))
    room.says("/subscribe", language="fr", title="Ann")
    assert room.chat == Chat(CHAT, ChatKind.PRIVATE, spoken="fr")
    room.says("/subscribe Mexico", language="de")
    assert room.chat.spoken == "fr"


def test_a_group_keeps_its_title_and_the_language_of_who_subscribed_it() -> None:
    room = Room.told(**GROUP)
    room.says("/subscribe", language="fr")
    room.says("/subscribe Mexico", language="es", title="Renamed")
    assert room.chat == Chat(CHAT, ChatKind.GROUP, "Renamed", spoken="fr")


def test_settings_and_absence_stay_when_something_else_is_chosen() -> None:
    settings = Chat(CHAT, ChatKind.PRIVATE, language="es", time_zone="Asia/Kathmandu", quiet=Quiet(22, 7))
    room = Room.told(chat=settings)
    room.says("/subscribe Mexico")
    assert room.chat == settings


def test_one_topic_is_one_choice() -> None:
    room = Room.told(**GROUP)
    room.says("/subscribe Mexico", thread=7)
    room.says("/subscribe Brazil")
    assert [(each.thread, set(each.scope.countries)) for each in room.world.subscriptions] == [
        (7, {"MEX"}),
        (None, {"BRA"}),
    ]


def test_an_operators_duty_is_no_choice() -> None:
    operator = Subscription(CHAT, is_operator=True, is_configured=True)
    room = Room.told(operator)
    assert "not subscribed" in room.says("/subscriptions")
    room.says("/subscribe")
    room.says("/unsubscribe")
    assert room.world.subscriptions == (operator,)


def test_nothing_is_written_where_nothing_changes() -> None:
    room = Room()
    room.says("/subscribe Mexico")
    room.says("/subscribe Mexico")
    assert room.last.commit is None
    nobody = choice_at(here(Ask("", CHAT)), Ask("", CHAT), World())
    commit = commit_of(nobody, World())
    assert commit is not None
    assert (commit.subscriptions, commit.unsubscribed) == ((), ())


def test_what_the_configuration_says_is_the_chats_own_once_it_chose() -> None:
    room = Room.told(Subscription(CHAT, is_configured=True))
    room.says("/subscribe summaries")
    assert room.here().is_configured is False
    room = Room.told(Subscription(CHAT, is_configured=True))
    room.says("/language fr")
    assert room.here().is_configured, "a language is no choice of what is told"


def test_the_configuration_names_a_chat_and_not_its_topics() -> None:
    named = view(configured=frozenset({CHAT}))
    for thread, expected in ((None, True), (7, False)):
        ask = Ask("", CHAT, thread=thread)
        assert is_configured(choice_at(here(ask), ask, World()), named) is expected
    ask = Ask("", CHAT)
    world = World(subscriptions=(Subscription(CHAT, is_configured=True),))
    assert is_configured(choice_at(here(ask), ask, world), view())
    assert not is_configured(choice_at(here(ask), ask, World()), view())
