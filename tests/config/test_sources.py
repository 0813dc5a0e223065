from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config import load_config
from monitor.config.sources import Layer, environment_layer, merge
from tests.config.helpers import TOKEN, environ_for, mistakes_of, only_mistake

SECTIONS = st.dictionaries(st.sampled_from("ab"), st.dictionaries(st.sampled_from("xyz"), st.integers()))


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    environ = environ_for(tmp_path, monitor_toml="[source]\nspacing = 2\ntimeout = 10")
    source = load_config(environ | {"MONITOR_SOURCE__TIMEOUT": "20.5"}).source
    assert (source.spacing, source.timeout, source.retries) == (2, 20.5, 3)


@given(SECTIONS, SECTIONS)
def test_the_upper_source_wins_key_by_key(
    low: dict[str, dict[str, int]], high: dict[str, dict[str, int]]
) -> None:
    merged = merge([Layer("low", low), Layer("high", high)])
    assert set(merged) == {*low, *high}
    for section, values in merged.items():
        assert values == low.get(section, {}) | high.get(section, {})


def test_what_the_environment_says_of_each_type_is_read() -> None:
    config = load_config(
        {
            "MONITOR_SOURCE__SPACING": "0.25",
            "MONITOR_SOURCE__RETRIES": "7",
            "MONITOR_SOURCE__RESPECT_ROBOTS": "False",
            "MONITOR_SOURCE__CONTACT": "watch@uncac.example",
            "MONITOR_TELEGRAM__CHATS": "[1]",
            "MONITOR_STORE__PATH": "/data/1.json",
            "MONITOR_LOG__FORMAT": "json",
        }
    )
    assert (config.source.spacing, config.source.retries, config.source.respect_robots) == (0.25, 7, False)
    assert (config.source.contact, config.telegram.chats) == ("watch@uncac.example", (1,))
    assert (config.store.path, config.log.format) == (Path("/data/1.json"), "json")


def test_a_list_in_the_environment_that_is_no_json_is_a_mistake_that_says_so() -> None:
    assert "as JSON" in only_mistake({"MONITOR_TELEGRAM__CHATS": "1,2"}).expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MONITOR_SOURCE__SPACNG", "did you mean MONITOR_SOURCE__SPACING?"),
        ("MONITOR_TELEGRAM__TOKEN_FIL", "did you mean MONITOR_TELEGRAM__TOKEN"),
        ("MONITOR_SOURCE__SPACING_FILE", "did you mean MONITOR_SOURCE__SPACING?"),
        ("MONITOR_TELEGRAM_TOKEN", "two underscores: MONITOR_TELEGRAM__TOKEN"),
        ("MONITOR_TELEGRAM_TOKEN_FILE", "two underscores: MONITOR_TELEGRAM__TOKEN_FILE"),
        ("MONITOR_QQQQQQQQ__ZZZZZZZZZZZZ", "the name of a setting"),
    ],
)
def test_an_unknown_variable_is_a_mistake_and_its_value_is_not_shown(name: str, expected: str) -> None:
    mistake = only_mistake({name: "s3cret"})
    assert (mistake.file, mistake.key, mistake.value) == ("environment", name, "(not shown)")
    assert expected in mistake.expected


def test_unknown_variables_come_in_the_order_of_their_names() -> None:
    mistakes = mistakes_of({"MONITOR_Z__Z": "", "MONITOR_A__A": ""})
    assert [mistake.key for mistake in mistakes] == ["MONITOR_A__A", "MONITOR_Z__Z"]


@pytest.mark.parametrize("name", ["MONITOR_HOSTNAME", "MONITORING__X", "monitor_source__spacing", "PATH"])
def test_a_variable_of_somebody_else_is_left_alone(name: str) -> None:
    assert load_config({name: "x"}).source.spacing == 1.0


def test_the_token_can_come_from_a_file_with_a_line_end(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    environ = {"MONITOR_TELEGRAM__TOKEN_FILE": str(file), "MONITOR_TELEGRAM__TOKEN": ""}
    assert load_config(environ).telegram.token.get_secret_value() == TOKEN


def test_an_empty_token_file_variable_counts_as_not_set() -> None:
    environ = {"MONITOR_TELEGRAM__TOKEN_FILE": "", "MONITOR_TELEGRAM__TOKEN": TOKEN}
    assert load_config(environ).telegram.token.get_secret_value() == TOKEN


def test_a_token_and_a_token_file_together_are_a_mistake(tmp_path: Path) -> None:
    environ = {"MONITOR_TELEGRAM__TOKEN_FILE": str(tmp_path), "MONITOR_TELEGRAM__TOKEN": TOKEN}
    assert only_mistake(environ).expected.startswith("only one of")


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_token_file_that_gives_no_token_is_a_mistake(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    mistake = only_mistake({"MONITOR_TELEGRAM__TOKEN_FILE": str(file)})
    assert (mistake.key, mistake.value) == ("MONITOR_TELEGRAM__TOKEN_FILE", str(file))


def test_a_wrong_token_in_a_file_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("s3cret")
    mistake = only_mistake({"MONITOR_TELEGRAM__TOKEN_FILE": str(file)})
    assert mistake.value == "(hidden)"


def test_a_broken_toml_file_is_one_mistake_with_its_line_and_without_its_content(tmp_path: Path) -> None:
    mistake = only_mistake(environ_for(tmp_path, monitor_toml=f"[telegram]\ntoken = {TOKEN}\n"))
    assert mistake.file == str(tmp_path / "monitor.toml")
    assert "line 2" in mistake.key
    assert TOKEN not in str(mistake)


def test_a_toml_file_of_another_encoding_is_one_mistake(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_bytes("[source]\n# début\n".encode("latin-1"))
    assert only_mistake({"MONITOR_CONFIG": str(tmp_path)}).expected == "a file saved as UTF-8"


def test_a_toml_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_bytes(b"\xef\xbb\xbf[source]\nspacing = 3\n")
    assert load_config({"MONITOR_CONFIG": str(tmp_path)}).source.spacing == 3


def test_a_section_that_is_no_table_stays_a_mistake_under_the_environment(tmp_path: Path) -> None:
    environ = environ_for(tmp_path, monitor_toml=f'telegram = "{TOKEN}"') | {
        "MONITOR_TELEGRAM__SUMMARIES": "true"
    }
    mistake = only_mistake(environ)
    assert (mistake.file, mistake.key) == (str(tmp_path / "monitor.toml"), "[telegram]")
    assert mistake.expected == "a section: a line [telegram] with its settings below it"
    assert TOKEN not in str(mistake)


def test_an_empty_environment_sets_nothing() -> None:
    assert environment_layer({}).values == {}


def test_mistakes_of_all_sources_come_together(tmp_path: Path) -> None:
    environ = environ_for(tmp_path, monitor_toml="[source]\nspacing = -1\nretries = 99")
    mistakes = mistakes_of(environ | {"MONITOR_SOURCE__RETRIES": "98", "MONITOR_X__Y": ""})
    assert [(mistake.file, mistake.key) for mistake in mistakes] == [
        ("environment", "MONITOR_X__Y"),
        (str(tmp_path / "monitor.toml"), "source.spacing"),
        ("environment", "MONITOR_SOURCE__RETRIES"),
    ]


def with_token_file(folder: Path, line: str, *, content: str | None = TOKEN) -> dict[str, str]:
    if content is not None:
        (folder / "token").write_text(content, "utf-8")
    return environ_for(folder, monitor_toml=f"[telegram]\n{line}")


def test_a_secret_stands_in_a_file_that_the_configuration_names_beside_itself(tmp_path: Path) -> None:
    environ = with_token_file(tmp_path, 'token = ""\ntoken_file = "token"', content=f" {TOKEN}\n")
    assert load_config(environ).telegram.token.get_secret_value() == TOKEN
    above = load_config(environ | {"MONITOR_TELEGRAM__TOKEN": "1:other"})
    assert above.telegram.token.get_secret_value() == "1:other"


@pytest.mark.parametrize(
    ("line", "content", "expected"),
    [
        ('token_file = "token"', None, "a readable text file (No such file or directory)"),
        ('token_file = "token"', " \n", "a file that is not empty"),
        ("token_file = 7", TOKEN, "the path of a file in quotes"),
        ('token_file = ""', TOKEN, "the path of a file in quotes"),
        (f'token_file = "token"\ntoken = "{TOKEN}"', TOKEN, "only one of the secret and its file"),
    ],
)
def test_a_secret_file_that_gives_no_secret_is_a_mistake_that_shows_nothing(
    tmp_path: Path, line: str, content: str | None, expected: str
) -> None:
    mistake = only_mistake(with_token_file(tmp_path, line, content=content))
    assert (mistake.key, mistake.value, mistake.expected) == (
        "telegram.token_file",
        "(not shown)",
        expected,
    )


def test_only_secrets_can_stand_in_a_file(tmp_path: Path) -> None:
    mistake = only_mistake(environ_for(tmp_path, monitor_toml='[telegram]\nchats_file = "token"'))
    assert mistake.key == "telegram.chats_file"
