from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.outbox import is_asked_for, owed, owed_notices
from monitor.model import (
    NEWS_KINDS,
    Change,
    ChangeKind,
    DeliveryState,
    Document,
    DocumentKind,
    Message,
    Subscription,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


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


def write(code: str, changes: tuple[Change, ...], subscription: Subscription) -> tuple[Message, ...]:
    names = " ".join(change.document.title for change in changes)
    return (Message(f"{code} to {subscription.chat}: {names}"), Message("continued"))


def texts(changes: list[Change], *subscriptions: Subscription) -> list[str]:
    return [delivery.message.html for delivery in owed(changes, subscriptions, write, NOW, numbers())]


def test_a_chat_is_owed_one_message_a_country_in_parts_and_in_order() -> None:
    changes = [change("MEX", name="a"), change("BRA", name="b"), change("MEX", name="c")]
    topic = Subscription(-100, thread=7)
    deliveries = owed(changes, (Subscription(1), topic), write, NOW, numbers())
    assert [delivery.message.html for delivery in deliveries] == [
        "BRA to 1: b",
        "continued",
        "BRA to -100: b",
        "continued",
        "MEX to 1: a c",
        "continued",
        "MEX to -100: a c",
        "continued",
    ]
    assert [delivery.thread for delivery in deliveries] == [None, None, 7, 7] * 2
    assert [delivery.id for delivery in deliveries] == sorted({delivery.id for delivery in deliveries})
    assert all(
        (each.created, each.due, each.state) == (NOW, NOW, DeliveryState.WAITING) for each in deliveries
    )


def test_a_chat_hears_only_of_the_kinds_it_asked_for() -> None:
    summary = change(of=DocumentKind.EXECUTIVE_SUMMARY, name="summary")
    reader = Subscription(1, kinds=NEWS_KINDS | {DocumentKind.EXECUTIVE_SUMMARY})
    assert texts([summary], Subscription(1)) == []
    assert texts([summary, change()], Subscription(1))[0] == "MEX to 1: a"
    assert texts([summary, change()], reader)[0] == "MEX to 1: summary a"


@pytest.mark.parametrize(
    ("kind", "withdrawals", "expected"),
    [
        (ChangeKind.PUBLISHED, False, True),
        (ChangeKind.REVISED, False, True),
        (ChangeKind.WITHDRAWN, True, True),
        (ChangeKind.WITHDRAWN, False, False),
        (ChangeKind.MOVED, True, False),
        (ChangeKind.RETURNED, True, False),
    ],
)
def test_moves_and_returns_are_silent_and_withdrawals_a_choice(
    kind: ChangeKind, withdrawals: bool, expected: bool
) -> None:
    assert is_asked_for(change(kind=kind), Subscription(1, withdrawals=withdrawals)) is expected
    assert bool(texts([change(kind=kind)], Subscription(1, withdrawals=withdrawals))) is expected


def test_operators_get_notices_and_no_alerts_and_readers_no_notices() -> None:
    operator, reader = Subscription(9, thread=3, is_operator=True), Subscription(1)
    assert texts([change()], operator) == []
    messages = (Message("one"), Message("two"))
    deliveries = owed_notices(messages, (reader, operator), NOW, numbers())
    assert [(each.chat, each.thread, each.message.html) for each in deliveries] == [
        (9, 3, "one"),
        (9, 3, "two"),
    ]


def test_nothing_is_written_where_nobody_asked() -> None:
    def refuse(code: str, changes: tuple[Change, ...], subscription: Subscription) -> tuple[Message, ...]:
        raise AssertionError(code, changes, subscription)

    assert owed([change(kind=ChangeKind.MOVED)], (Subscription(1),), refuse, NOW, numbers()) == ()


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
        ),
        max_size=4,
        unique_by=lambda subscription: subscription.chat,
    ),
)
def test_every_change_a_chat_asked_for_is_written_to_it_exactly_once(
    changes: list[Change], subscriptions: list[Subscription]
) -> None:
    written: list[tuple[str, int | str, Change]] = []

    def note(code: str, told: tuple[Change, ...], subscription: Subscription) -> tuple[Message, ...]:
        written.extend((code, subscription.chat, each) for each in told)
        return (Message(code),)

    deliveries = owed(changes, subscriptions, note, NOW, numbers())
    expected = [
        (each.code, reader.chat, each)
        for reader in subscriptions
        for each in changes
        if is_asked_for(each, reader)
    ]
    assert sorted(written, key=repr) == sorted(expected, key=repr)
    assert len(deliveries) == len({(code, chat) for code, chat, _ in written})
