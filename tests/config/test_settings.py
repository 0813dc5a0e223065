from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.config.sources import known_settings
from monitor.config.tables import read_countries
from monitor.profile.rules import load_rules
from tests.config.helpers import TOKEN, environ_for, mistakes_of, only_mistake

NUMBERS = {
    # setting: (the smallest and largest that are right, values that are wrong)
    "source.spacing": ((0, 3600), (-0.1, 3601)),
    "source.concurrency": ((1, 16), (0, 17, 2.0)),
    "source.timeout": ((0.1, 3600), (0, 3601)),
    "source.retries": ((0, 10), (-1, 11, 0.5)),
    "source.max_page_bytes": ((1000, 100_000_000), (999, 100_000_001)),
    "schedule.all_minutes": ((0.001, 525_600), (0, 525_601)),
    "schedule.signatories_minutes": ((0.001, 525_600), (0, 525_601)),
    "schedule.jitter_seconds": ((0, 86_400), (-1, 86_401)),
    "schedule.second_look_minutes": ((0.001, 525_600), (0, 525_601)),
    "schedule.deliver_seconds": ((0.01, 3600), (0, 3601)),
    "schedule.digest_seconds": ((0.01, 3600), (0, 3601)),
    "schedule.heartbeat_hour": ((0, 23), (-1, 24, 7.5)),
    "believe.gone_ratio": ((0.01, 1), (0, 1.01)),
    "believe.new_count": ((1, 10_000), (0, 10_001)),
    "believe.fleet_countries": ((1, 1000), (0, 1001)),
    "believe.fleet_ratio": ((0.01, 1), (0, 1.01)),
    "believe.equal_looks": ((1, 1000), (0, 1001)),
    "believe.grace_hours": ((0, 8784), (-1, 8785)),
    "telegram.commands_per_minute": ((1, 1000), (0, 1001)),
    "archive.max_megabytes": ((10, 10_000_000), (9, 10_000_001)),
    "documents.check_days": ((0.01, 3660), (0, 3661)),
    "documents.max_file_bytes": ((1000, 1_000_000_000), (999, 1_000_000_001)),
    "documents.timeout": ((0.1, 3600), (0, 3601)),
    "documents.alert_waits": ((0, 3600), (-1, 3601)),
    "backup.every_hours": ((0.01, 8784), (0, 8785)),
    "backup.keep": ((1, 1000), (0, 1001)),
    "pledge.check_days": ((0, 3660), (-1, 3661)),
    "store.keep_days": ((1, 36_500), (0, 36_501)),
}


READ_ONCE = {"load_rules": cache(load_rules), "read_countries": cache(read_countries)}


@pytest.fixture(autouse=True)
def _what_is_no_setting_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files give the same countries and rules, whatever is set beside them: reading took most of the time."""
    for name, read in READ_ONCE.items():
        monkeypatch.setattr(f"monitor.config.{name}", read)


def variable(setting: str) -> str:
    return f"MONITOR_{setting.replace('.', '__').upper()}"


def value_of(environ: dict[str, str], setting: str) -> object:
    section, key = setting.split(".")
    return getattr(getattr(load_config(environ), section), key)


def test_every_number_has_a_row_above() -> None:
    numbers = {".".join(place) for place, info in known_settings() if info.annotation in (int, float)}
    assert numbers == set(NUMBERS)


@pytest.mark.parametrize(
    ("setting", "value"), [(setting, value) for setting, (right, _) in NUMBERS.items() for value in right]
)
def test_a_number_at_its_bound_is_taken(setting: str, value: float) -> None:
    assert value_of({variable(setting): str(value)}, setting) == value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (setting, value)
        for setting, (_, wrong) in NUMBERS.items()
        for value in (*wrong, math.nan, math.inf, "x", True)
    ],
)
def test_a_wrong_number_is_one_mistake_with_its_key(setting: str, value: object) -> None:
    mistake = only_mistake({variable(setting): json.dumps(value)})
    assert (mistake.file, mistake.key) == ("environment", variable(setting))
    assert "number" in mistake.expected


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("WWW.unodc.org", True),
        ("a.b.unodc.org", True),
        ("unodc.org", False),
        ("www.unodc.org.evil.net", False),
    ],
)
def test_a_star_allows_hosts_below_and_no_others(host: str, *, is_allowed: bool) -> None:
    environ = {
        "MONITOR_SOURCE__ALLOWED_HOSTS": '["*.unodc.org"]',
        "MONITOR_SOURCE__PROFILE_URL": f"https://{host}/{{code}}",
    }
    if is_allowed:
        assert host in load_config(environ).source.profile_url
    else:
        assert "source.allowed_hosts (*.unodc.org)" in only_mistake(environ).expected


@pytest.mark.parametrize(
    "host", ["https://www.unodc.org", "www.unodc.org/", "www.unodc.org:443", "*", "*.", "a b", "", 5, None]
)
def test_what_is_no_bare_host_name_is_a_mistake(host: object) -> None:
    mistake = mistakes_of({"MONITOR_SOURCE__ALLOWED_HOSTS": json.dumps(["www.unodc.org", host])})[0]
    assert mistake.key == "MONITOR_SOURCE__ALLOWED_HOSTS, item 2"
    assert "host name" in mistake.expected


def test_hosts_are_kept_in_small_letters_and_addresses_of_version_6_without_brackets() -> None:
    hosts = {"MONITOR_SOURCE__ALLOWED_HOSTS": '["WWW.unodc.org", "[::1]", "127.0.0.1"]'}
    assert load_config(hosts).source.allowed_hosts == ("www.unodc.org", "::1", "127.0.0.1")


def test_no_allowed_host_at_all_is_a_mistake() -> None:
    assert "at least one host" in only_mistake({"MONITOR_SOURCE__ALLOWED_HOSTS": "[]"}).expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("https://www.unodc.org/MEX.html", "{code}"),
        ("https://www.unodc.org/{iso}.html", "{code}"),
        ("https://www.unodc.org/{code}{", "{code}"),
        ("https://www.unodc.org/{code!r}", "{code}"),
        ("", "{code}"),
        ("http://www.unodc.org/{code}", "https://"),
        ("ftp://www.unodc.org/{code}", "https://"),
        ("www.unodc.org/{code}", "whole address"),
        ("https:///{code}", "whole address"),
        ("https://[www/{code}", "whole address"),
        ("https://www.unodc.org:99999/{code}", "whole address"),
        ("https://www.unodc.org/ {code}", "whole address"),
        ("https://me:pw@www.unodc.org/{code}", "without a user name"),
        ("https://unodc.example/{code}", "source.allowed_hosts (unodc.org, *.unodc.org)"),
    ],
)
def test_a_profile_address_that_cannot_work_is_a_mistake(template: str, expected: str) -> None:
    mistake = only_mistake({"MONITOR_SOURCE__PROFILE_URL": template})
    assert mistake.key == "MONITOR_SOURCE__PROFILE_URL"
    assert expected in mistake.expected


def test_http_is_taken_where_it_is_allowed_and_ftp_never() -> None:
    environ = {
        "MONITOR_SOURCE__ALLOW_HTTP": "true",
        "MONITOR_SOURCE__PROFILE_URL": "http://www.unodc.org/{code_lower}",
    }
    config = load_config(environ)
    assert config.profile_url(config.country("MEX")) == "http://www.unodc.org/mex"
    environ["MONITOR_SOURCE__PROFILE_URL"] = "ftp://www.unodc.org/{code}"
    assert "https://" in only_mistake(environ).expected


def test_a_loopback_site_needs_three_settings() -> None:
    environ = {
        "MONITOR_SOURCE__ALLOW_HTTP": "true",
        "MONITOR_SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
        "MONITOR_SOURCE__PROFILE_URL": "http://127.0.0.1:8080/{code}.html",
    }
    config = load_config(environ)
    assert config.profile_url(config.country("NER")) == "http://127.0.0.1:8080/NER.html"


def test_the_old_address_may_be_empty_and_on_a_host_that_is_not_allowed() -> None:
    empty = load_config({"MONITOR_SOURCE__OLD_PROFILE_URL": ""})
    assert empty.old_profile_url(empty.country("MEX")) == ""
    other = load_config({"MONITOR_SOURCE__OLD_PROFILE_URL": "https://old.example/{code_lower}"})
    assert other.old_profile_url(other.country("MEX")) == "https://old.example/mex"


@pytest.mark.parametrize(
    "template", ["https://old.example/mex", "http://old.example/{code}", "old.example/{code}"]
)
def test_an_old_address_that_cannot_work_is_a_mistake(template: str) -> None:
    assert (
        only_mistake({"MONITOR_SOURCE__OLD_PROFILE_URL": template}).key == "MONITOR_SOURCE__OLD_PROFILE_URL"
    )


def test_a_wrong_allow_http_is_not_also_blamed_on_an_http_address() -> None:
    environ = {
        "MONITOR_SOURCE__ALLOW_HTTP": "maybe",
        "MONITOR_SOURCE__PROFILE_URL": "http://www.unodc.org/{code}",
    }
    assert only_mistake(environ).key == "MONITOR_SOURCE__ALLOW_HTTP"


def test_one_wrong_host_list_is_not_also_blamed_on_the_address() -> None:
    mistakes = mistakes_of({"MONITOR_SOURCE__ALLOWED_HOSTS": "[5]", "MONITOR_SOURCE__ALLOW_HTTP": "maybe"})
    assert [mistake.key for mistake in mistakes] == [
        "MONITOR_SOURCE__ALLOW_HTTP",
        "MONITOR_SOURCE__ALLOWED_HOSTS, item 1",
    ]


@pytest.mark.parametrize(
    "contact", ["", "watch@uncac.example", "a.b+c@d-e.co.uk", "https://uncac.example/bot"]
)
def test_a_contact_is_a_mail_or_an_https_address_or_nothing(contact: str) -> None:
    assert load_config({"MONITOR_SOURCE__CONTACT": contact}).source.contact == contact


@pytest.mark.parametrize(
    "contact",
    [
        "me",
        "me@home",
        "http://uncac.example",
        "a@b.c d",
        "a@b.cc\r\nX-Evil: 1",
        "https://x.example/\nX: 1",
        "https://[",
        "@b.cc",
    ],
)
def test_any_other_contact_is_a_mistake(contact: str) -> None:
    assert "mail" in only_mistake({"MONITOR_SOURCE__CONTACT": contact}).expected


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://api.telegram.org/", "https://api.telegram.org"),
        ("https://bots.example:8443/x", "https://bots.example:8443/x"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_the_bot_api_is_https_or_on_this_machine(url: str, kept: str) -> None:
    assert load_config({"MONITOR_TELEGRAM__API_URL": url}).telegram.api_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "http://api.telegram.org",
        "http://128.0.0.1",
        "http://192.168.1.1",
        "http://10.0.0.1",
        "http://localhost.evil.net",
        "ftp://localhost",
        "api.telegram.org",
        "",
        "https://u:p@api.telegram.org",
        "https://api.telegram.org?x=1",
        "https://api.telegram.org#x",
    ],
)
def test_any_other_bot_api_is_a_mistake(url: str) -> None:
    assert only_mistake({"MONITOR_TELEGRAM__API_URL": url}).key == "MONITOR_TELEGRAM__API_URL"


@pytest.mark.parametrize("key", ["CHATS", "OPERATORS"])
def test_chats_are_numbers_or_names(key: str) -> None:
    telegram = load_config({f"MONITOR_TELEGRAM__{key}": '[-1001234567890, 42, "@uncac_watch"]'}).telegram
    assert getattr(telegram, key.lower()) == (-1001234567890, 42, "@uncac_watch")


@pytest.mark.parametrize(
    "chat", ["-1001234567890", "uncac", "@ab", "@1abc", "@a-bcde", "@" + "a" * 33, 0, True, 1.5, None, []]
)
def test_what_is_no_chat_is_a_mistake_with_its_place_in_the_list(chat: object) -> None:
    mistake = only_mistake({"MONITOR_TELEGRAM__CHATS": json.dumps([1, chat])})
    assert mistake.key == "MONITOR_TELEGRAM__CHATS, item 2"
    assert "chat's number" in mistake.expected


@pytest.mark.parametrize("chats", ["[1, 2, 1]", '["@Channel", "@channel"]'])
def test_a_chat_named_twice_would_be_told_twice_and_is_a_mistake(chats: str) -> None:
    assert only_mistake({"MONITOR_TELEGRAM__CHATS": chats}).expected == "every chat once"


@pytest.mark.parametrize(("token", "has_token"), [("", False), (TOKEN, True), ("1:a", True)])
def test_a_bot_exists_exactly_where_there_is_a_token(token: str, *, has_token: bool) -> None:
    telegram = load_config({"MONITOR_TELEGRAM__TOKEN": token}).telegram
    assert telegram.has_token is has_token
    assert telegram.token.get_secret_value() == token


@pytest.mark.parametrize("token", ["bot" + TOKEN, "987654321", " ", "1:", ":a", "1:a b", "1:a\n2"])
def test_a_token_that_telegram_cannot_have_given_is_a_mistake(token: str) -> None:
    assert "@BotFather" in only_mistake({"MONITOR_TELEGRAM__TOKEN": token}).expected


@pytest.mark.parametrize(
    ("toml", "key", "expected"),
    [
        ("[log]\nlevel = 'INFO'", "log.level", "one of debug, info, warning, error"),
        ("[log]\nformat = 1", "log.format", "one of auto, text, json"),
        ("[store]\npath = ''", "store.path", "a file's path"),
        ("[store]\npath = 5", "store.path", "a text in quotes"),
        ("[telegram]\nsummaries = 1", "telegram.summaries", "true or false"),
        ("[telegram]\nwithdrawals = 'yes'", "telegram.withdrawals", "true or false"),
        ("[telegram]\naccess = 'all'", "telegram.access", "one of public, invitation"),
        ("[telegram]\ninvited = [1, 1]", "telegram.invited", "every chat once"),
        ("[source]\nrespect_robots = 'true'", "source.respect_robots", "true or false"),
        ("[source]\nspacing = '1.0'", "source.spacing", "a number, at least 0 and at most 3,600 (seconds)"),
        ("[source]\ncontact = 5", "source.contact", "a text in quotes"),
        ("[telegram]\nchats = 5", "telegram.chats", "a list in square brackets"),
        ("[telegram]\ntoken = 5", "telegram.token", "a text in quotes"),
    ],
)
def test_a_value_of_another_type_is_not_guessed(tmp_path: Path, toml: str, key: str, expected: str) -> None:
    mistake = only_mistake(environ_for(tmp_path, monitor_toml=toml))
    assert (mistake.file, mistake.key) == (str(tmp_path / "monitor.toml"), key)
    assert expected in mistake.expected


def test_everybody_may_use_the_bot_unless_it_is_by_invitation() -> None:
    telegram = load_config({}).telegram
    named = {"chats": (-100,), "operators": ("@ops",), "invited": (5,)}
    assert telegram.model_copy(update=named).may_use is None
    invited = telegram.model_copy(update={"access": "invitation", **named})
    assert invited.may_use == frozenset[int | str]({-100, "@ops", 5})


@pytest.mark.parametrize(
    ("areas", "levels"),
    [
        ("[]", {}),
        ('["site=debug"]', {"site": "debug"}),
        ('["site.fetch=warning", "sweep=error"]', {"site.fetch": "warning", "sweep": "error"}),
    ],
)
def test_areas_of_the_log_are_folders_and_files_with_a_level(areas: str, levels: dict[str, str]) -> None:
    assert load_config({"MONITOR_LOG__AREAS": areas}).log.levels == levels


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("site", "an area and its level"),
        ("site=loud", "an area and its level"),
        ("=debug", "an area and its level"),
        ("Site=debug", "an area and its level"),
        ("sites=debug", "a folder or file of monitor/"),
        ("site.fetches=debug", "a folder or file of monitor/"),
        ("sites.fetch=debug", "a folder or file of monitor/"),
        ("monitor.site=debug", "a folder or file of monitor/"),
    ],
)
def test_what_is_no_area_is_a_mistake(area: str, expected: str) -> None:
    mistake = only_mistake({"MONITOR_LOG__AREAS": json.dumps(["sweep=debug", area])})
    assert mistake.key == "MONITOR_LOG__AREAS, item 2"
    assert expected in mistake.expected


@pytest.mark.parametrize(
    "address",
    ["", "https://hc-ping.com/uuid", "http://10.0.0.5:8000/ping/uuid?a=b", "http://checks.internal/1"],
)
def test_a_ping_goes_to_any_whole_address(address: str) -> None:
    assert load_config({"MONITOR_SIGNALS__PING": address}).signals.ping.get_secret_value() == address


@pytest.mark.parametrize(
    "address", ["hc-ping.com/uuid", "ftp://a.example/uuid", "https:///uuid", "https://a b/c"]
)
def test_what_cannot_be_pinged_is_a_mistake_that_does_not_show_it(address: str) -> None:
    mistake = only_mistake({"MONITOR_SIGNALS__PING": address})
    assert "an https:// or http:// address" in mistake.expected
    assert address not in str(mistake)
