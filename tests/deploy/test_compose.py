from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from monitor.config import load_config

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

ROOT = Path(__file__).parents[2]
SCHEMA = "compose-spec.json"
FILES = ("compose.yaml", "deploy/compose.token.yaml")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
SETTING = re.compile(r"#(MONITOR_\w+)=(.*)")


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load((ROOT / name).read_text("utf-8"))
    return loaded


MONITOR = read("compose.yaml")["services"]["monitor"]


@cache
def judge() -> Validator:
    """Load the judge where it judges: each process of the tests reads this file, and it takes three seconds."""
    from jsonschema.validators import validator_for  # noqa: PLC0415 - said above

    schema = json.loads((files("check_jsonschema.builtin_schemas.vendor") / SCHEMA).read_text("utf-8"))
    found: Validator = validator_for(schema)(schema)
    return found


@pytest.mark.parametrize("name", FILES)
def test_it_is_what_the_compose_specification_allows(name: str) -> None:
    assert [error.message for error in judge().iter_errors(read(name))] == []


def test_a_word_that_compose_does_not_know_would_be_seen() -> None:
    wrong = {"services": {"monitor": MONITOR | {"read_onyl": True}}}
    assert not judge().is_valid(wrong)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("read_only", True),
        ("cap_drop", ["ALL"]),
        ("security_opt", ["no-new-privileges:true"]),
        ("tmpfs", ["/tmp:size=64m,mode=1777,noexec,nosuid,nodev"]),  # noqa: S108 - the container's own
        ("volumes", ["data:/data"]),
        ("restart", "unless-stopped"),
    ],
)
def test_it_may_write_in_one_volume_and_gain_no_rights(key: str, value: object) -> None:
    assert MONITOR[key] == value
    assert not {"privileged", "user", "cap_add", "network_mode", "pid", "devices"} & MONITOR.keys()


def test_it_has_limits_and_its_log_does_not_fill_the_disk() -> None:
    assert {"mem_limit", "pids_limit", "stop_grace_period"} <= MONITOR.keys()
    assert MONITOR["logging"]["options"].keys() == {"max-size", "max-file"}


def test_every_port_is_published_on_this_machine_only_and_is_one_of_the_image() -> None:
    exposed = re.search(r"^EXPOSE (.*)$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert exposed
    assert [each.split(":") for each in MONITOR["ports"]] == [
        ["127.0.0.1", port, port] for port in exposed[1].split()
    ]


def test_whether_it_is_healthy_is_asked_as_the_image_says() -> None:
    assert "healthcheck" not in MONITOR
    assert "init" not in MONITOR


def test_what_the_example_of_env_sets_are_settings_and_where_it_shows_defaults_they_are_the_defaults() -> (
    None
):
    shown = dict(SETTING.findall(EXAMPLE))
    shipped, config = load_config({}), load_config(shown)
    assert len(shown) > 8
    assert config.source.contact == "you@example.org"
    assert config.telegram.chats == (-1001234567890,)
    assert config.schedule == shipped.schedule
    assert config.log == shipped.log
    assert config.telegram.access == shipped.telegram.access


def test_every_line_of_the_example_of_env_is_a_comment_and_holds_no_token() -> None:
    assert all(line.startswith("#") for line in EXAMPLE.splitlines() if line)
    assert "TOKEN=" not in EXAMPLE


def test_the_token_s_file_is_the_secret_that_is_mounted(tmp_path: Path) -> None:
    token = read("deploy/compose.token.yaml")
    [name] = token["secrets"]
    assert token["services"]["monitor"]["secrets"] == [name]
    [(variable, path)] = token["services"]["monitor"]["environment"].items()
    assert path == f"/run/secrets/{name}"
    (tmp_path / "token").write_text("1:a\n")
    assert load_config({variable: str(tmp_path / "token")}).telegram.token.get_secret_value() == "1:a"
