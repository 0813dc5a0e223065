from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model import ChatId
from monitor.setting_up.wish import Wish, chat_of, overruled, replaced, tried
from tests.config.helpers import TOKEN

NOWHERE = Path("/nonexistent/folder")


@pytest.mark.parametrize(
    ("chat", "operators"), [(55, (55,)), (-100, ()), ("@watch", ())]
)  # fmt: skip
def test_a_person_decides_where_nobody_else_was_named(chat: ChatId, operators: tuple[ChatId, ...]) -> None:
    assert Wish().with_chat(chat) == Wish(chats=(chat,), operators=operators)
    assert Wish(operators=(7,)).with_chat(chat).operators == (7,)


@pytest.mark.parametrize(("text", "chat"), [(" -100 ", -100), ("55", 55), ("@watch", "@watch"), ("x5", "x5")])
def test_a_chat_is_a_number_or_a_name(text: str, chat: ChatId) -> None:
    assert chat_of(text) == chat


def test_only_what_is_wished_is_set_and_a_token_stands_in_no_setting() -> None:
    assert Wish().settings() == {}
    wish = Wish(TOKEN, (1,), (2,), "me@x.org")
    assert wish.settings() == {
        "source": {"contact": "me@x.org"},
        "telegram": {"token_file": "token", "token": None, "chats": (1,), "operators": (2,)},
    }
    assert TOKEN not in repr(wish)


def test_what_would_come_of_it_is_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_text("[source]\nspacing = 7\n")
    environ = {
        "MONITOR_CONFIG": "/elsewhere",
        "MONITOR_TELEGRAM__TOKEN_FILE": "/nowhere",
        "MONITOR_LOG__LEVEL": "debug",
    }
    config = tried(environ, tmp_path, Wish(TOKEN, ("@watch",), (-2,), "me@x.org"))
    assert config.telegram.token.get_secret_value() == TOKEN
    assert (config.telegram.chats, config.telegram.operators) == (("@watch",), (-2,))
    assert (config.source.contact, config.source.spacing, config.log.level) == ("me@x.org", 7, "debug")


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (Wish("secret"), "--token-file"),
        (Wish(chats=("watch",)), "--chat, item 1"),
        (Wish(operators=(0,)), "--operator, item 1"),
        (Wish(contact="me"), "--contact"),
    ],
)
def test_what_is_wrong_is_named_as_it_was_given(wish: Wish, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        tried({}, NOWHERE, wish)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.key) == ("init", key)
    assert "secret" not in str(mistake)


def test_what_is_wrong_elsewhere_is_named_as_it_stands_there() -> None:
    with pytest.raises(ConfigError) as caught:
        tried({"MONITOR_LOG__LEVEL": "loud"}, NOWHERE, Wish(contact="me@x.org"))
    assert caught.value.mistakes[0].key == "MONITOR_LOG__LEVEL"


def test_variables_that_go_before_the_file_are_named() -> None:
    environ = {
        "MONITOR_TELEGRAM__TOKEN_FILE": "t",
        "MONITOR_TELEGRAM__CHATS": "[1]",
        "MONITOR_SOURCE__CONTACT": "",
    }
    assert overruled(environ, Wish(TOKEN, (2,), contact="me@x.org")) == (
        "MONITOR_TELEGRAM__CHATS",
        "MONITOR_TELEGRAM__TOKEN_FILE",
    )
    assert overruled(environ, Wish()) == ()


def test_what_stands_there_differently_is_said_and_what_is_new_or_equal_is_not() -> None:
    own = {"telegram": {"chats": [1], "operators": [2], "token": TOKEN}, "source": {"contact": ""}}
    assert replaced(own, Wish(TOKEN, (3,), (2,), "me@x.org")) == ("telegram.chats: [1] → [3]",)
    assert replaced({}, Wish(TOKEN, (3,))) == ()
