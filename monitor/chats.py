"""The chats that the configuration names, as subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor.config.settings import TelegramSettings
from monitor.model import NEWS_KINDS, TERMINAL, Commit, DocumentKind, Subscription, World
from monitor.record.apply import place_of


def configured(telegram: TelegramSettings, world: World, forget_before: datetime) -> Commit:
    """Bring the store's subscriptions in line with the configuration; a paused chat stays paused."""
    wanted = tuple(_wanted(telegram))
    paused = {place_of(known): known.paused for known in world.subscriptions}
    named = {place_of(subscription) for subscription in wanted}
    return Commit(
        subscriptions=tuple(replace(each, paused=paused.get(place_of(each), "")) for each in wanted),
        unsubscribed=tuple(known for known in world.subscriptions if place_of(known) not in named),
        forget_before=forget_before,
    )


def _wanted(telegram: TelegramSettings) -> Iterable[Subscription]:
    kinds = NEWS_KINDS | ({DocumentKind.EXECUTIVE_SUMMARY} if telegram.summaries else frozenset())
    for chat in telegram.chats if telegram.has_token else (TERMINAL,):
        yield Subscription(chat, kinds=kinds, withdrawals=telegram.withdrawals)
    for chat in telegram.operators if telegram.has_token else (TERMINAL,):
        yield Subscription(chat, is_operator=True)
