"""The chats that the configuration names, as subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.config.settings import TelegramSettings
from monitor.model import NEWS_KINDS, TERMINAL, Commit, DocumentKind, Subscription, World
from monitor.record.apply import place_of


def configured(telegram: TelegramSettings, world: World, forget_before: datetime) -> Commit:
    """Bring the store's subscriptions in line with the configuration; what a chat chose for itself stays."""
    wanted = tuple(_wanted(telegram))
    known = {place_of(each): each for each in world.subscriptions}
    named = {place_of(subscription) for subscription in wanted}
    return Commit(
        subscriptions=tuple(each for each in wanted if _is_as_configured(known.get(place_of(each)))),
        unsubscribed=tuple(
            each for place, each in known.items() if each.is_configured and place not in named
        ),
        forget_before=forget_before,
    )


def _is_as_configured(known: Subscription | None) -> bool:
    return known is None or known.is_configured


def _wanted(telegram: TelegramSettings) -> Iterable[Subscription]:
    kinds = NEWS_KINDS | ({DocumentKind.EXECUTIVE_SUMMARY} if telegram.summaries else frozenset())
    for chat in telegram.chats if telegram.has_token else (TERMINAL,):
        yield Subscription(chat, kinds=kinds, withdrawals=telegram.withdrawals, is_configured=True)
    for chat in telegram.operators if telegram.has_token else (TERMINAL,):
        yield Subscription(chat, is_operator=True, is_configured=True)
