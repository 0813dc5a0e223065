from __future__ import annotations

import pytest

from monitor.board.view import Licence
from monitor.config import load_config
from tests.config.helpers import only_mistake


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ("", None),
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("localhost:0", ("localhost", 0)),
        ("board.example.org:65535", ("board.example.org", 65_535)),
        ("[::1]:80", ("::1", 80)),
    ],
)
def test_the_service_listens_at_a_host_and_a_port_or_nowhere(
    listen: str, expected: tuple[str, int] | None
) -> None:
    assert load_config({"MONITOR_WEB__LISTEN": listen}).web.host_and_port == expected


@pytest.mark.parametrize(
    "listen",
    ["8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "http://127.0.0.1:8080", "::1:80"],
)
def test_what_is_no_host_and_port_is_a_mistake(listen: str) -> None:
    assert only_mistake({"MONITOR_WEB__LISTEN": listen}).key == "MONITOR_WEB__LISTEN"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("", ""),
        ("https://board.example.org", "https://board.example.org"),
        ("https://example.org/board/", "https://example.org/board"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_the_boards_address_is_kept_without_the_slash_at_its_end(address: str, kept: str) -> None:
    assert load_config({"MONITOR_WEB__ADDRESS": address}).web.address == kept


def test_the_pledges_page_is_asked_for_exactly_as_it_is_written() -> None:
    assert (
        load_config({"MONITOR_PLEDGE__PAGE": "https://example.org/p/"}).pledge.page
        == "https://example.org/p/"
    )


@pytest.mark.parametrize("setting", ["WEB__ADDRESS", "PLEDGE__PAGE"])
@pytest.mark.parametrize(
    "address",
    [
        "board.example.org",
        "ftp://example.org",
        "https://",
        "https://example.org:0",
        "https://example.org:port",
        "https://user@example.org",
        "https://example.org/?page=1",
        "https://example.org/#top",
        "https://example.org/a b",
    ],
)
def test_what_is_no_address_is_a_mistake(setting: str, address: str) -> None:
    assert only_mistake({f"MONITOR_{setting}": address}).key == f"MONITOR_{setting}"


@pytest.mark.parametrize("licence", list(Licence))
def test_the_operator_chooses_the_licence(licence: Licence) -> None:
    assert load_config({"MONITOR_WEB__LICENCE": licence}).web.licence is licence


def test_another_licence_is_a_mistake() -> None:
    assert only_mistake({"MONITOR_WEB__LICENCE": "MIT"}).key == "MONITOR_WEB__LICENCE"
