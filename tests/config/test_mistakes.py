from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.config import load_config
from monitor.config.mistakes import describe, show, validate
from monitor.config.settings import TelegramSettings
from monitor.config.sources import Layer, known_settings, toml_layer
from monitor.errors import ConfigError
from tests.config.helpers import SHIPPED, TOKEN, environ_for, mistakes_of, only_mistake


@pytest.mark.parametrize(
    ("toml", "key", "expected"),
    [
        ("[source]\nspacng = 1", "source.spacng", "the name of a setting; did you mean spacing?"),
        ("[source]\nchats = []", "source.chats", "the name of a setting; it belongs into [telegram]"),
        ("[source]\nqqqqqq = 1", "source.qqqqqq", "the name of a setting"),
        ("[sorce]\nspacing = 1", "[sorce]", "the name of a section; did you mean source?"),
        ("spacing = 1", "[spacing]", "the name of a section"),
    ],
)
def test_an_unknown_name_is_a_mistake_with_a_suggestion(
    tmp_path: Path, toml: str, key: str, expected: str
) -> None:
    mistake = only_mistake(environ_for(tmp_path, monitor_toml=toml))
    assert (mistake.file, mistake.key, mistake.expected) == (str(tmp_path / "monitor.toml"), key, expected)


@pytest.mark.parametrize(
    "toml",
    [
        f'[telegram]\ntoken = "bot{TOKEN}"',
        f'[telegram]\ntokne = "{TOKEN}"',
        f'[telegram]\nchats = ["{TOKEN}"]',
        f'[telegram]\napi_url = "http://api.telegram.org/bot{TOKEN}"',
        f'[telgram]\ntoken = "{TOKEN}"',
        f'[telegram]\ntoken = ["{TOKEN}"]',
        f'[telegram]\ntoken = "{TOKEN}',
        f'[source]\ncontact = "{TOKEN}"',
    ],
)
def test_a_token_shows_in_no_report_and_no_traceback_wherever_it_was_put(tmp_path: Path, toml: str) -> None:
    environ = environ_for(tmp_path, monitor_toml=toml) | {"MONITOR_TELEGRAM__TOKN": TOKEN}
    with pytest.raises(ConfigError) as caught:
        load_config(environ)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value.mistakes)
    assert TOKEN.partition(":")[2] not in told
    assert caught.value.__context__ is None


def test_pydantic_itself_does_not_show_a_wrong_token() -> None:
    section = toml_layer(SHIPPED / "monitor.toml").values["telegram"]
    with pytest.raises(ValidationError) as caught:
        TelegramSettings.model_validate({**section, "token": f"bot{TOKEN}"})
    assert TOKEN not in str(caught.value)


def test_a_right_token_shows_in_no_repr() -> None:
    config = load_config({"MONITOR_TELEGRAM__TOKEN": TOKEN})
    assert TOKEN not in repr(config) + str(config) + repr(config.telegram)


def test_a_long_value_is_shortened_and_a_text_is_shown_in_quotes() -> None:
    assert show("x" * 200) == f'"{"x" * 79}…'
    assert show([True, 1.5, "é"]) == '[true, 1.5, "é"]'


def test_a_password_in_an_address_is_not_shown() -> None:
    assert show("https://me:pass@word@host.example/{code}") == '"https://(hidden)@host.example/{code}"'
    assert show("https://host.example/@me") == '"https://host.example/@me"'


def test_every_setting_can_say_what_it_takes() -> None:
    for (section, key), info in known_settings():
        assert describe(info), (section, key)


def test_a_setting_missing_from_the_shipped_file_is_a_mistake_there(tmp_path: Path) -> None:
    text = (SHIPPED / "monitor.toml").read_text("utf-8")
    (tmp_path / "monitor.toml").write_text(
        text.replace("\nretries = 3\n", "\n").replace('\ntoken = ""\n', "\n")
    )
    settings, mistakes = validate((toml_layer(tmp_path / "monitor.toml"),))
    assert settings is None
    assert [(mistake.key, mistake.value) for mistake in mistakes] == [
        ("source.retries", "(missing)"),
        ("telegram.token", "(missing)"),
    ]


def test_a_whole_section_missing_from_the_shipped_file_is_one_mistake() -> None:
    values = {
        name: table for name, table in toml_layer(SHIPPED / "monitor.toml").values.items() if name != "log"
    }
    _, (mistake,) = validate((Layer("monitor.toml", values),))
    assert (mistake.file, mistake.key, mistake.value) == ("monitor.toml", "[log]", "(missing)")


def test_a_shipped_file_that_cannot_be_read_is_one_mistake(tmp_path: Path) -> None:
    settings, (mistake,) = validate((toml_layer(tmp_path / "monitor.toml"),))
    assert settings is None
    assert mistake.expected == "a file this user can read"


def test_a_mistake_reads_as_file_key_value_and_what_is_expected(tmp_path: Path) -> None:
    environ = environ_for(tmp_path, monitor_toml="[believe]\ngone_ratio = 1.5")
    (mistake,) = mistakes_of(environ)
    assert str(mistake).startswith(f"{tmp_path / 'monitor.toml'}: believe.gone_ratio = 1.5: ")
    assert mistake.expected == "a number, more than 0 and at most 1 (a part of the documents)"
