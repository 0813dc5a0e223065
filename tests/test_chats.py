"""The chats of the configuration become the store's subscriptions."""

from __future__ import annotations

from typing import Any

from pydantic import SecretStr

from monitor.chats import configured
from monitor.config.settings import TelegramSettings
from monitor.model import NEWS_KINDS, TERMINAL, Commit, DocumentKind, Subscription, World
from monitor.record.apply import after
from tests.alert.samples import NOW
from tests.fakes import SHIPPED


def telegram(**values: Any) -> TelegramSettings:  # noqa: ANN401 - settings by name
    return SHIPPED.telegram.model_copy(update={"token": SecretStr("1:token"), **values})


def subscriptions(settings: TelegramSettings, *known: Subscription) -> tuple[Subscription, ...]:
    world = after(World(), Commit(subscriptions=known))
    return after(world, configured(settings, world, NOW)).subscriptions


def test_chats_get_the_news_and_operators_what_needs_a_person() -> None:
    chat, operator = subscriptions(telegram(chats=(-100,), operators=(777,)))
    assert chat == Subscription(-100, kinds=NEWS_KINDS, withdrawals=True, is_configured=True)
    assert operator == Subscription(777, is_operator=True, is_configured=True)


def test_without_a_token_the_terminal_is_chat_and_operator_whatever_chats_are_named() -> None:
    settings = telegram(token=SecretStr(""), chats=(-100,), operators=(777,))
    assert [(each.chat, each.is_operator) for each in subscriptions(settings)] == [
        (TERMINAL, False),
        (TERMINAL, True),
    ]


def test_summaries_and_withdrawals_are_the_operators_choice() -> None:
    [chat] = subscriptions(telegram(chats=(-100,), summaries=True, withdrawals=False))
    assert chat.kinds == NEWS_KINDS | {DocumentKind.EXECUTIVE_SUMMARY}
    assert not chat.withdrawals


def test_a_chat_that_is_both_has_both() -> None:
    assert len(subscriptions(telegram(chats=(5,), operators=(5,)))) == 2


def test_what_a_chat_chose_for_itself_stays_and_other_settings_follow_the_configuration() -> None:
    chosen = Subscription(-100, withdrawals=False, is_paused=True)
    as_configured = Subscription(-200, withdrawals=False, is_configured=True)
    found = subscriptions(telegram(chats=(-100, -200)), chosen, as_configured)
    assert found == (chosen, Subscription(-200, is_configured=True))


def test_a_chat_that_is_no_longer_named_is_let_go() -> None:
    old = (
        Subscription(-200, is_configured=True),
        Subscription(TERMINAL, is_operator=True, is_configured=True),
    )
    itself = Subscription(-300)
    assert [each.chat for each in subscriptions(telegram(chats=(-100,)), *old, itself)] == [-300, -100]


def test_old_messages_are_forgotten_from_the_moment_given() -> None:
    assert configured(telegram(), World(), NOW).forget_before == NOW
