"""Who is owed which message after a decision; nothing is sent here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from monitor.model import Change, ChangeKind, Delivery, Message, Subscription

Write = Callable[[str, tuple[Change, ...], Subscription], tuple[Message, ...]]
"""Writes one country's changes for one subscription."""


def owed(
    changes: Iterable[Change],
    subscriptions: Iterable[Subscription],
    write: Write,
    now: datetime,
    sequence: Callable[[], str],
) -> tuple[Delivery, ...]:
    """Owe every chat one message (in parts, where it is long) for each country with news it asked for.

    ``sequence`` gives ids that sort in the order they are given. A paused chat is owed its messages all the same.
    """
    by_country: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_country[change.code].append(change)
    readers = [reader for reader in subscriptions if not reader.is_operator]
    return tuple(
        _delivery(reader, message, now, sequence)
        for code in sorted(by_country)
        for reader in readers
        if (asked_for := tuple(change for change in by_country[code] if is_asked_for(change, reader)))
        for message in write(code, asked_for, reader)
    )


def owed_notices(
    messages: Iterable[Message],
    subscriptions: Iterable[Subscription],
    now: datetime,
    sequence: Callable[[], str],
) -> tuple[Delivery, ...]:
    """Owe every operator every notice, in order."""
    operators = [reader for reader in subscriptions if reader.is_operator]
    return tuple(
        _delivery(operator, message, now, sequence) for message in messages for operator in operators
    )


def is_asked_for(change: Change, subscription: Subscription) -> bool:
    """Tell whether a subscription wants to hear of a change; nobody hears of moves and returns."""
    if change.document.kind not in subscription.kinds:
        return False
    if change.kind is ChangeKind.WITHDRAWN:
        return subscription.withdrawals
    return change.kind in {ChangeKind.PUBLISHED, ChangeKind.REVISED}


def _delivery(reader: Subscription, message: Message, now: datetime, sequence: Callable[[], str]) -> Delivery:
    return Delivery(sequence(), reader.chat, message, now, now, reader.thread)
