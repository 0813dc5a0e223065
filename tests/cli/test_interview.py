"""What init asks, answer by answer, without starting the program each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from monitor.cli import interview
from monitor.cli.interview import Interview
from monitor.setting_up.wish import Wish
from tests.botapi.server import TOKEN, BotApi

CONTACT = "me@x.org"


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[BotApi]:
    monkeypatch.setattr(interview, "FIND_SECONDS", 0.2)
    with BotApi() as api:
        yield api


def answered(telegram: BotApi, wish: Wish, *lines: str) -> tuple[Wish, Result]:
    """Let somebody answer with these lines; gives what came of it and what was shown."""
    environ = {"MONITOR_TELEGRAM__API_URL": telegram.url}
    found: list[Wish] = []

    @click.command()
    def ask() -> None:
        found.append(Interview(environ, Path("/nonexistent"), wish).finish()[0])

    done = CliRunner().invoke(ask, input="".join(f"{line}\n" for line in lines), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return found[0], done


def test_nothing_is_asked_that_is_given(telegram: BotApi) -> None:
    given = Wish(TOKEN, (-100,), (55,), CONTACT)
    wish, done = answered(telegram, given)
    assert wish == given
    assert done.output.splitlines() == [
        "   Telegram knows it as @monitor_test_bot.",
        "   A test message arrived in -100.",
    ]


def test_a_token_that_telegram_refuses_is_asked_for_again(telegram: BotApi) -> None:
    wish, done = answered(telegram, Wish("1:other", (55,), (55,), CONTACT), TOKEN)
    assert wish.token == TOKEN
    assert "ask @BotFather" in done.output
    assert TOKEN not in done.output


def test_of_several_chats_one_is_chosen_and_another_can_decide(telegram: BotApi) -> None:
    telegram.push_update("/start", 55)
    telegram.push_update("/start", -100)
    wish, done = answered(telegram, Wish(TOKEN, contact=CONTACT), "", "1", "55")
    assert wish == Wish(TOKEN, (-100,), (55,), CONTACT)
    assert "1. group -100 (supergroup, -100)" in done.output
    assert "2. person 55 (private, 55)" in done.output


def test_none_of_them_asks_again(telegram: BotApi) -> None:
    telegram.push_update("/start", 55)
    telegram.push_update("/start", -100)
    wish, _ = answered(telegram, Wish(TOKEN, contact=CONTACT), "", "0", "-7", "")
    assert wish == Wish(TOKEN, (-7,), (-7,), CONTACT)


def test_nothing_heard_and_no_chats_name_ask_again(telegram: BotApi) -> None:
    wish, done = answered(telegram, Wish(TOKEN, contact=CONTACT), "", "x", "-7", "")
    assert wish == Wish(TOKEN, (-7,), (-7,), CONTACT)
    assert "Nothing came. Is @monitor_test_bot in the chat?" in done.output
    assert "Expected is a chat's number" in done.output


def test_the_only_chat_is_confirmed(telegram: BotApi) -> None:
    telegram.push_update("/start", 55)
    wish, _ = answered(telegram, Wish(TOKEN, contact=CONTACT), "", "n", "56")
    assert (wish.chats, wish.operators) == ((56,), (56,))


def test_a_chat_that_takes_nothing_is_asked_for_again(telegram: BotApi) -> None:
    telegram.state.world.chats = {56}
    wish, done = answered(telegram, Wish(TOKEN, (55,), (1,), CONTACT), "56")
    assert wish.chats == (56,)
    assert "press Start" in done.output


def test_operators_are_found_like_any_chat_and_never_guessed(telegram: BotApi) -> None:
    telegram.push_update("/start", 77)
    wish, _ = answered(telegram, Wish(TOKEN, (-100,), contact=CONTACT), "nonsense", "find", "")
    assert wish.operators == (77,)


def test_a_strangers_words_do_nothing_to_the_terminal() -> None:
    assert interview._plain("a\x1b[31m\nb" + "x" * 80) == "a [31m b" + "x" * 52
