from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.choice import is_asked_for
from monitor.alert.outbox import Owed, notices_owed, owed
from monitor.model import (
    NEWS_KINDS,
    Change,
    ChangeKind,
    Chat,
    Delivery,
    DeliveryState,
    Document,
    DocumentKind,
    Message,
    Quiet,
    Subscription,
    When,
    World,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
OLD = Change("MEX", ChangeKind.PUBLISHED, Document("https://a.org/old", "old", DocumentKind.OTHER), NOW, None)


def numbers() -> Callable[[], str]:
    following = count()
    return lambda: f"{NOW:%Y%m%dT%H%M%S%f}-{next(following):04d}"


def change(
    code: str = "MEX",
    kind: ChangeKind = ChangeKind.PUBLISHED,
    of: DocumentKind = DocumentKind.COUNTRY_REPORT,
    name: str = "a",
) -> Change:
    return Change(code, kind, Document(f"https://www.unodc.org/{name}.pdf", name, of), NOW, None)


def write(code: str, changes: tuple[int, ...], language: str) -> tuple[Message, ...]:
    return (Message(f"{code} in {language}: {changes}"), Message("continued", is_silent=True))


def wants(change: Change, reader: Subscription) -> bool:
    return is_asked_for(change, reader, {}, {})


def world(
    *subscriptions: Subscription, chats: tuple[Chat, ...] = (), deliveries: tuple[Delivery, ...] = ()
) -> World:
    return World(
        changes=(OLD, OLD),
        subscriptions=subscriptions,
        chats={chat.id: chat for chat in chats},
        deliveries=deliveries,
    )


def after(changes: list[Change], known: World) -> Owed:
    return owed(changes, known, wants, write, now=NOW, sequence=numbers())


def test_a_chat_is_owed_one_message_a_country_in_parts_and_in_order() -> None:
    changes = [change("MEX", name="a"), change("BRA", name="b"), change("MEX", name="c")]
    told = after(changes, world(Subscription(1), Subscription(-100, thread=7))).deliveries
    assert [(each.chat, each.message.html) for each in told] == [
        (1, "BRA in en: (3,)"),
        (1, "continued"),
        (-100, "BRA in en: (3,)"),
        (-100, "continued"),
        (1, "MEX in en: (2, 4)"),
        (1, "continued"),
        (-100, "MEX in en: (2, 4)"),
        (-100, "continued"),
    ]
    assert [each.thread for each in told] == [None, None, 7, 7] * 2
    assert [each.id for each in told] == sorted({each.id for each in told})
    assert all((each.created, each.due, each.state) == (NOW, NOW, DeliveryState.WAITING) for each in told)


def test_a_delivery_names_the_changes_it_tells_of_by_their_places_in_the_history() -> None:
    told = after([change("MEX"), change("BRA")], world(Subscription(1))).deliveries
    assert [each.about for each in told] == [(3,), (3,), (2,), (2,)]


def test_a_chat_is_told_in_its_language() -> None:
    known = world(Subscription(1), Subscription(2), chats=(Chat(1, language="fr"),))
    told = after([change()], known).deliveries
    assert [each.message.html for each in told if each.message.html != "continued"] == [
        "MEX in fr: (2,)",
        "MEX in en: (2,)",
    ]


def test_a_chat_hears_only_of_what_it_asked_for() -> None:
    summary = change(of=DocumentKind.EXECUTIVE_SUMMARY)
    reader = Subscription(1, kinds=NEWS_KINDS | {DocumentKind.EXECUTIVE_SUMMARY})
    assert after([summary], world(Subscription(1))) == Owed((), ())
    assert after([summary, change()], world(Subscription(1))).deliveries[0].about == (3,)
    assert after([summary, change()], world(reader)).deliveries[0].about == (2, 3)


def test_a_chat_that_wants_no_sound_gets_none_and_the_first_part_rings_elsewhere() -> None:
    told = after([change()], world(Subscription(1), Subscription(2, is_silent=True))).deliveries
    assert [each.message.is_silent for each in told] == [False, True, True, True]


@pytest.mark.parametrize(
    ("reader", "chat"),
    [
        (Subscription(1, when=When.DAILY), Chat(1)),
        (Subscription(1, when=When.WEEKLY), Chat(1)),
        (Subscription(1, is_paused=True), Chat(1)),
        (Subscription(1), Chat(1, quiet=Quiet(7, 9))),
    ],
)
def test_what_is_told_later_is_held_with_the_moment_it_began(reader: Subscription, chat: Chat) -> None:
    known = world(reader, chats=(chat,))
    assert after([change(), change("BRA")], known) == Owed(
        (), (replace(reader, held=(2, 3), held_since=NOW),)
    )


def test_what_was_held_before_stays_first_and_keeps_its_moment() -> None:
    began = NOW - timedelta(hours=3)
    reader = Subscription(1, when=When.DAILY, held=(0,), held_since=began)
    [holding] = after([change()], world(reader)).holding
    assert (holding.held, holding.held_since) == ((0, 2), began)


def test_a_chat_that_takes_nothing_is_owed_one_probe_and_the_rest_is_held() -> None:
    away = Chat(1, away="blocked", away_since=NOW)
    sent = Delivery("1", 1, Message("old"), NOW, NOW, state=DeliveryState.SENT)
    probe = after([change()], world(Subscription(1), chats=(away,), deliveries=(sent,)))
    assert (len(probe.deliveries), probe.holding) == (2, ())
    waits = Delivery("1", 1, Message("old"), NOW, NOW)
    later = after([change()], world(Subscription(1), chats=(away,), deliveries=(waits,)))
    assert (later.deliveries, [each.held for each in later.holding]) == ((), [(2,)])


def test_a_chat_that_is_there_is_told_though_something_waits() -> None:
    waits = Delivery("1", 1, Message("old"), NOW, NOW)
    assert len(after([change()], world(Subscription(1), deliveries=(waits,))).deliveries) == 2


def test_operators_get_notices_and_no_alerts_and_readers_no_notices() -> None:
    operator, reader = Subscription(9, thread=3, is_operator=True), Subscription(1)
    assert after([change()], world(operator)) == Owed((), ())
    known = world(reader, operator, Subscription(8, is_operator=True), chats=(Chat(8, language="es"),))
    deliveries = notices_owed(lambda say: (Message(f"one {say.code}"), Message("two")), known, NOW, numbers())
    assert [(each.chat, each.thread, each.message.html, each.about) for each in deliveries] == [
        (9, 3, "one en", ()),
        (9, 3, "two", ()),
        (8, None, "one es", ()),
        (8, None, "two", ()),
    ]


def test_nothing_is_written_where_nobody_asked() -> None:
    def refuse(code: str, changes: tuple[int, ...], language: str) -> tuple[Message, ...]:
        raise AssertionError(code, changes, language)

    moved = [change(kind=ChangeKind.MOVED)]
    assert owed(moved, world(Subscription(1)), wants, refuse, now=NOW, sequence=numbers()) == Owed((), ())


@given(
    st.lists(
        st.builds(
            change,
            st.sampled_from(["MEX", "BRA", "CHE"]),
            st.sampled_from(ChangeKind),
            st.sampled_from(DocumentKind),
        ),
        max_size=12,
    ),
    st.lists(
        st.builds(
            Subscription,
            st.integers(1, 9),
            kinds=st.frozensets(st.sampled_from(DocumentKind)),
            withdrawals=st.booleans(),
            files=st.booleans(),
            when=st.sampled_from(When),
            is_paused=st.booleans(),
        ),
        max_size=4,
        unique_by=lambda subscription: subscription.chat,
    ),
)
def test_every_change_a_chat_asked_for_is_owed_to_it_exactly_once_now_or_later(
    changes: list[Change], subscriptions: list[Subscription]
) -> None:
    found = after(changes, world(*subscriptions))
    parts = [(each.chat, number) for each in found.deliveries for number in each.about]
    assert all(parts.count(part) == 2 for part in parts)  # every message here has two parts
    told = [(each.chat, number) for each in found.deliveries[::2] for number in each.about]
    later = [(each.chat, number) for each in found.holding for number in each.held]
    expected = [
        (reader.chat, number)
        for reader in subscriptions
        for number, each in enumerate(changes, 2)
        if wants(each, reader)
    ]
    assert sorted((*told, *later)) == sorted(expected)


def test_what_is_told_together_is_held_for_one_digest_by_everybody() -> None:
    changes = [change("MEX"), change("BRA")]
    readers = (Subscription(1), Subscription(2, when=When.DAILY))
    found = owed(changes, world(*readers), wants, write, now=NOW, sequence=numbers(), is_together=True)
    assert found.deliveries == ()
    assert [(each.chat, each.held) for each in found.holding] == [(1, (2, 3)), (2, (2, 3))]
