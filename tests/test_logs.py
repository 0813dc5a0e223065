"""What is logged, and that no secret is in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from monitor.logs import set_up_logs
from monitor.redact import HIDDEN, Redactor

SECRET = "123456:" + "a-token-that-nobody-may-read-0000000"
log = structlog.get_logger()


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def fails_with_the_token() -> None:
    token = SECRET
    raise RuntimeError(f"POST /bot{token}/sendMessage")


def trips() -> None:
    try:
        fails_with_the_token()
    except RuntimeError:
        log.exception("bug", country="MEX")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_traceback_is_logged_without_the_token_and_without_variables(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("info", form, Redactor([SECRET]))
    trips()
    err = capsys.readouterr().err
    assert SECRET not in err
    assert SECRET.partition(":")[2] not in err
    assert HIDDEN in err
    assert "fails_with_the_token" in err
    assert "token =" not in err.replace("    token = SECRET", "")


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_exception_that_is_handed_over_is_logged_without_the_token(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("info", form, Redactor([SECRET]))
    try:
        fails_with_the_token()
    except RuntimeError as error:
        caught = error
    log.error("job failed", job="sweep", exc_info=caught)
    logging.getLogger("apscheduler.executors").critical("job failed", exc_info=caught)
    err = capsys.readouterr().err
    assert SECRET not in err
    assert err.count("fails_with_the_token") >= 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_variables_of_a_failing_library_are_not_drawn(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    def call() -> None:
        token = SECRET
        raise RuntimeError("no answer" if token else "")

    set_up_logs("info", form, Redactor([SECRET]))
    try:
        call()
    except RuntimeError:
        logging.getLogger("somebody").exception("failed")
    err = capsys.readouterr().err
    assert "RuntimeError: no answer" in err
    assert SECRET not in err


def test_json_is_one_object_a_line_with_level_and_utc_time(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "json", Redactor([SECRET]))
    log.warning("look", country="MEX", why=f"token {SECRET}")
    logging.getLogger("somebody").warning("hello %s", SECRET)
    own, foreign = map(json.loads, capsys.readouterr().err.splitlines())
    assert own.pop("timestamp").endswith("Z")
    assert own == {"event": "look", "level": "warning", "country": "MEX", "why": f"token {HIDDEN}"}
    assert (foreign["event"], foreign["level"]) == (f"hello {HIDDEN}", "warning")


def test_auto_is_json_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "auto", Redactor([]))
    log.info("ready")
    out, err = capsys.readouterr()
    assert json.loads(err)["event"] == "ready"
    assert out == ""


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "text", Redactor([]))
    log.info("ready", countries=192)
    err = capsys.readouterr().err
    assert "ready" in err
    assert "countries=192" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("level", ["debug", "info"])
def test_libraries_that_write_addresses_stay_quiet_at_every_level(
    level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(level, "json", Redactor([]))
    for name in ("httpx", "httpcore.http11", "telegram.ext", "apscheduler.scheduler"):
        logging.getLogger(name).info("POST https://api.telegram.org/bot…")
    assert capsys.readouterr().err == ""


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("error", "json", Redactor([]))
    log.warning("look")
    assert capsys.readouterr().err == ""
