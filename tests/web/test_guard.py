from __future__ import annotations

from pathlib import Path

from monitor.web.guard import ALWAYS

HEADERS = dict(ALWAYS)


def test_a_page_may_use_what_comes_from_the_board_and_nothing_else() -> None:
    assert HEADERS["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def test_nothing_is_guessed_nobody_is_told_where_a_reader_comes_from_and_no_window_is_shared() -> None:
    assert HEADERS["x-content-type-options"] == "nosniff"
    assert HEADERS["referrer-policy"] == "no-referrer"
    assert HEADERS["cross-origin-opener-policy"] == "same-origin"


def test_no_page_asks_for_a_camera_a_microphone_or_a_place() -> None:
    for name in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{name}=()" in HEADERS["permissions-policy"].split(", ")


def test_there_is_no_cookie_and_no_name_of_a_server() -> None:
    assert HEADERS.keys() == {
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "permissions-policy",
    }


def test_the_page_on_security_names_every_header_and_the_whole_policy() -> None:
    page = (Path(__file__).parents[2] / "docs/security.md").read_text("utf-8")
    assert HEADERS["content-security-policy"] in page
    assert [name for name in HEADERS if name not in page.lower()] == []
