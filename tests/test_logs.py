"""What is logged, and that no secret is in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from monitor.logs import set_levels, set_up_logs
from monitor.redact import HIDDEN, Redactor

SECRET = "123456:" + "a-token-that-nobody-may-read-0000000"
log = structlog.get_logger()


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    set_levels("info", {})
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def heard(capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Give the names of what is written when everybody says all they can."""
    for name in ("monitor.site.wire", "monitor.site", "monitor.sitemap", "monitor.sweep", "httpx"):
        logger = structlog.get_logger(name)
        for level in ("debug", "info", "warning", "error"):
            getattr(logger, level)(f"{name} {level}")
    return {json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()}


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
    assert own == {
        "event": "look",
        "level": "warning",
        "country": "MEX",
        "why": f"token {HIDDEN}",
        "area": __name__,
    }
    assert (foreign["event"], foreign["level"]) == (f"hello {HIDDEN}", "warning")
    assert foreign["area"] == "somebody"


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


def test_an_area_and_all_below_it_has_a_level_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("warning", "json", Redactor([]), {"site": "debug", "sweep": "error"})
    said = heard(capsys)
    assert {each for each in said if "site." in each} == {
        f"monitor.site.wire {level}" for level in ("debug", "info", "warning", "error")
    }
    assert {each for each in said if "monitor.sweep" in each} == {"monitor.sweep error"}
    assert {each for each in said if "sitemap" in each} == {
        "monitor.sitemap warning",
        "monitor.sitemap error",
    }


def test_levels_change_while_the_program_runs_and_none_of_the_old_ones_stays(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs("warning", "json", Redactor([]), {"site": "debug", "sweep": "debug"})
    set_levels("error", {"sweep": "info"})
    assert heard(capsys) == {
        "monitor.site error",
        "monitor.site.wire error",
        "monitor.sitemap error",
        "monitor.sweep info",
        "monitor.sweep warning",
        "monitor.sweep error",
        "httpx error",
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_has_a_sane_size(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", form, Redactor([]))
    log.info("delivery", why=f"begin{'x' * 100_000}end", changes=list(range(10_000)))
    logging.getLogger("somebody").warning("y" * 100_000)
    ours, theirs = capsys.readouterr().err.splitlines()
    assert len(ours) < 5_000
    assert "begin" in ours
    assert "xend" in ours
    assert "49" in ours
    assert "9999" not in ours
    assert len(theirs) < 5_000


def test_what_strangers_wrote_cannot_be_taken_for_a_line_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "text", Redactor([]))
    words = "no\x1b[2J\n2026-11-24T17:00:00Z [info     ] ready"
    log.warning("look", why=words)
    logging.getLogger("somebody").warning(words)
    written = capsys.readouterr().err
    assert "\x1b" not in written
    ours, theirs, below = written.splitlines()
    assert "ready" in ours
    assert "ready" not in theirs
    assert below.startswith("    2026")


def test_what_is_bound_to_a_piece_of_work_stands_on_all_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info", "json", Redactor([]))
    with structlog.contextvars.bound_contextvars(sweep="1a2b"):
        log.info("look")
        logging.getLogger("somebody").warning("hello")
    log.info("ready")
    assert [json.loads(line).get("sweep") for line in capsys.readouterr().err.splitlines()] == [
        "1a2b",
        "1a2b",
        None,
    ]
