from __future__ import annotations

from monitor.model import TERMINAL, Chat, ChatKind, Subscription, When
from tests.alert.samples import NOW
from tests.dialogue.duty import knowing, orders
from tests.dialogue.talk import LANGUAGES, heard, read, view


def test_chats_are_counted_and_only_groups_and_channels_are_named() -> None:
    chats = (
        Chat(1, ChatKind.PRIVATE, language="fr"),
        Chat(2, ChatKind.PRIVATE),
        Chat(-3, ChatKind.GROUP, "Berlin <team>", away="kicked", away_since=NOW),
        Chat(-4, ChatKind.CHANNEL, "News"),
    )
    of = knowing(
        view(),
        chats={chat.id: chat for chat in chats},
        subscriptions=(
            Subscription(1),
            Subscription(2, is_paused=True),
            Subscription(-3, when=When.DAILY, held=(1, 2)),
            Subscription(-3, 7, when=When.WEEKLY, held=(3,)),
            Subscription(-4),
            Subscription("@public"),
            Subscription(TERMINAL),
            Subscription(-9, is_operator=True),
        ),
    )
    assert read(orders("/chats", of)) == (
        "6 chats are told\n"
        "Kinds: people: 2, not known yet: 2, groups: 1, channels: 1\n"
        "Languages: English: 5, French: 1\n"
        "When: at once: 4, paused: 1, daily: 1, weekly: 1\n"
        "1 takes no messages now\n"
        "Berlin <team> -3 (away: kicked, 3 changes held)\n"
        "News -4\n"
        "@public @public\n"
        "the terminal terminal"
    )


def test_no_chat_and_very_many_chats_are_one_message_each() -> None:
    assert read(orders("/chats")) == "0 chats are told"
    many = tuple(Subscription(-number) for number in range(1, 900))
    for language in LANGUAGES:
        assert read(orders("/chats", knowing(view(), subscriptions=many), language)).endswith("…")


def test_elsewhere_nobody_is_told_who_is_told() -> None:
    assert heard("/chats") == heard("/nonsense")
