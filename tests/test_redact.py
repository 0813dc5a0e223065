from __future__ import annotations

import io
import logging
import sys

import pytest
import structlog

from monitor.redact import HIDDEN, Redactor, redact, scrub

SECRET = "987654321:" + "AAsecret-of-this-test-only_0123456789"


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"POST /bot{SECRET}/sendMessage",
        SECRET.replace(":", "%3A"),
        SECRET.split(":")[1],
        SECRET.lower(),
    ],
)
def test_a_secret_is_hidden_in_every_form(text: str) -> None:
    assert SECRET.split(":")[1].lower() not in redact(text, [SECRET]).lower()
    assert HIDDEN in redact(text, [SECRET])


def test_a_secret_without_a_colon_is_hidden() -> None:
    assert redact("key=hunter2;", ["hunter2"]) == f"key={HIDDEN};"


def test_a_secret_inside_an_address_is_hidden() -> None:
    assert redact("https://u:p%40ss%20word@h/", ["p@ss word"]) == f"https://u:{HIDDEN}@h/"


def test_a_token_nobody_told_us_about_is_hidden_by_its_shape() -> None:
    assert redact(f"bot{SECRET}/getMe", []) == f"bot{SECRET}/getMe".replace(SECRET, HIDDEN)
    assert redact(f"token {SECRET}", []) == f"token {HIDDEN}"


@pytest.mark.parametrize("text", ["plain", "12:30:45", "CAC/COSP/IRG/I/1/1/Add.9", ""])
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text, [SECRET, ""]) == text


def test_a_value_is_scrubbed_inside_and_clean_parts_stay_themselves() -> None:
    clean = object()
    value = {"a": [SECRET, 1], "b": (clean,), "c": ValueError(SECRET)}
    assert scrub(value, [SECRET]) == {"a": [HIDDEN, 1], "b": (clean,), "c": HIDDEN}


def logged(formatter: logging.Formatter | None = None) -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(Redactor([SECRET]))
    logger = logging.getLogger("tests.redact")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    return logger, stream


def test_arguments_of_a_log_line_are_redacted() -> None:
    logger, stream = logged()
    logger.info("POST %s %d", f"/bot{SECRET}/x", 200)
    assert stream.getvalue() == f"POST /bot{HIDDEN}/x 200\n"


def test_a_clean_line_keeps_its_arguments() -> None:
    record = logging.LogRecord("n", 20, "p", 1, "read %s", ("MEX",), None)
    assert Redactor([SECRET]).filter(record)
    assert (record.msg, record.args) == ("read %s", ("MEX",))


def fail(text: str) -> None:
    raise ValueError(text)


@pytest.mark.parametrize(
    "formatter",
    [None, structlog.stdlib.ProcessorFormatter(processor=structlog.processors.JSONRenderer())],
    ids=["plain", "structlog"],
)
def test_a_traceback_is_redacted_and_still_shown(formatter: logging.Formatter | None) -> None:
    logger, stream = logged(formatter)
    try:
        fail(SECRET)
    except ValueError:
        logger.exception("it failed")
    assert SECRET not in stream.getvalue()
    assert f"ValueError: {HIDDEN}" in stream.getvalue()


def test_a_clean_traceback_is_left_to_the_formatter() -> None:
    try:
        fail("harmless")
    except ValueError:
        record = logging.LogRecord("n", 40, "p", 1, "it failed", (), sys.exc_info())
    Redactor([SECRET]).filter(record)
    assert record.exc_info
    assert record.msg == "it failed"


def test_an_event_of_structlog_is_redacted_inside() -> None:
    record = logging.LogRecord("n", 20, "p", 1, "", (), None)
    record.__dict__["msg"] = {"event": "sent", "url": f"/bot{SECRET}"}
    Redactor([SECRET]).filter(record)
    assert record.__dict__["msg"] == {"event": "sent", "url": f"/bot{HIDDEN}"}


def test_stack_information_is_redacted() -> None:
    record = logging.LogRecord("n", 20, "p", 1, "here", (), None)
    record.stack_info = f"in send({SECRET})"
    Redactor([SECRET]).filter(record)
    assert record.stack_info == f"in send({HIDDEN})"


def test_exc_info_of_no_exception_is_harmless() -> None:
    record = logging.LogRecord("n", 20, "p", 1, "here", (), (None, None, None))
    assert Redactor([SECRET]).filter(record)


def test_the_filter_does_not_show_what_it_hides() -> None:
    assert SECRET not in repr(Redactor([SECRET]))


def test_a_secret_is_hidden_in_any_case_of_letters() -> None:
    # PTB writes what Telegram says anew in small letters; this secret has not the shape of a token.
    assert (
        redact("strange https://ping.example/abc-def", ["Abc-DEF"])
        == f"strange https://ping.example/{HIDDEN}"
    )
