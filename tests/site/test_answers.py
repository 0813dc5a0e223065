from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from httpx_retries import Retry
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.errors import Blocked, FetchError
from monitor.model import Validators
from monitor.site.answers import (
    failure,
    file_failure,
    is_page_type,
    is_redirect,
    questions,
    retry_after,
    validators,
)
from monitor.site.exchange import Answer
from monitor.site.wire import locate

ADDRESS = locate("https://site.test/MEX.html")


def answer(status: int = 200, **headers: str) -> Answer:
    return Answer(ADDRESS, status, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("status", "is_blocked", "said"),
    [
        (401, True, "refuses the page"),
        (403, True, "ask the site"),
        (407, True, "refuses the page"),
        (451, True, "refuses the page"),
        (429, True, "raise spacing"),
        (404, False, "check --online"),
        (410, False, "check --online"),
        (400, False, "does not take the request"),
        (418, False, "418 I'm a Teapot"),
        (500, False, "trouble of its own"),
        (503, False, "trouble of its own"),
        (520, False, "(520)"),
        (202, True, "202 Accepted, which is not a page"),
        (204, True, "not a page"),
        (302, True, "not a page"),
    ],
)
def test_every_status_but_200_is_an_error_that_says_what_to_do(
    status: int, is_blocked: bool, said: str
) -> None:
    error = failure(answer(status), None)
    assert type(error) is (Blocked if is_blocked else FetchError)
    assert said in str(error)


@pytest.mark.parametrize("status", [202, 302, 400, 401, 403, 404, 410, 429, 500, 503, 520])
def test_an_error_bears_the_status_for_a_page_and_for_a_file(status: int) -> None:
    for error in (failure(answer(status), None), file_failure(answer(status), None)):
        assert error is not None
        assert error.status == status


@pytest.mark.parametrize(
    ("status", "is_blocked", "said"),
    [
        (403, True, "refuses the file (403 Forbidden)"),
        (429, True, "raise spacing"),
        (404, False, "there is nothing at https://site.test/MEX.html (404 Not Found)"),
        (410, False, "there is nothing at https://site.test/MEX.html (410 Gone)"),
        (500, False, "trouble of its own"),
        (206, True, "206 Partial Content, which is not a file"),
    ],
)
def test_every_status_but_200_brings_no_file(status: int, is_blocked: bool, said: str) -> None:
    error = file_failure(answer(status), None)
    assert type(error) is (Blocked if is_blocked else FetchError)
    assert said in str(error)


def test_200_brings_a_file_whatever_its_type() -> None:
    assert file_failure(answer(content_type="text/html"), None) is None


def test_200_is_a_page_also_when_it_is_empty() -> None:
    assert failure(answer(), None) is None


@pytest.mark.parametrize("status", [429, 503])
def test_what_the_server_asked_for_is_handed_on(status: int) -> None:
    error = failure(answer(status), 7200.0)
    assert error is not None
    assert error.retry_after == 7200.0


@pytest.mark.parametrize(
    ("kind", "is_page"),
    [
        ("text/html; charset=utf-8", True),
        ("TEXT/HTML", True),
        ("text/plain", True),
        ("application/xhtml+xml", True),
        ("", True),
        ("application/pdf", False),
        ("image/png", False),
        ("application/octet-stream", False),
        ("application/json", False),
    ],
)
def test_a_page_is_text_and_anything_else_is_blocked(kind: str, is_page: bool) -> None:
    given_type = answer(content_type=kind)
    assert is_page_type(given_type) is is_page
    error = failure(given_type, None)
    assert (error is None) is is_page
    assert is_page or (isinstance(error, Blocked) and kind in str(error))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("9" * 400, 604_800),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 604_800),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("1, 99999999999999999999 Jan 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_a_week(text: str, seconds: float | None) -> None:
    assert retry_after(answer(429, retry_after=text), Retry()) == seconds


def test_retry_after_as_a_date_is_the_time_until_then() -> None:
    text = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after(answer(503, retry_after=text), Retry()) == pytest.approx(89.5, abs=1.5)


@pytest.mark.parametrize("status", [200, 301, 404, 500])
def test_retry_after_means_nothing_unless_the_server_is_busy(status: int) -> None:
    assert retry_after(answer(status, retry_after="9"), Retry()) is None


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=60))
@example("Mon, 99999999999999999999 Jan 2026 00:00:00 GMT")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("Mon, 01 Jan 2026 00:00:00 +999999999999")
def test_no_retry_after_however_odd_breaks_anything(text: str) -> None:
    seconds = retry_after(answer(429, retry_after=text), Retry())
    assert seconds is None or 0 <= seconds <= 604_800


def test_validators_that_cannot_be_sent_back_are_not_kept() -> None:
    assert validators(answer(etag='"é"', last_modified="é")) == Validators()
    assert validators(answer(etag="x" * 1001, last_modified="a\x07b")) == Validators()
    assert validators(answer(etag="x" * 1000)) == Validators("x" * 1000)
    assert validators(answer(etag='W/"1"', last_modified="today")) == Validators('W/"1"', "today")


def test_after_a_redirect_only_the_etag_asks() -> None:
    known = Validators('"1"', "yesterday")
    assert questions(known, is_redirected=False) == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "yesterday",
    }
    assert questions(known, is_redirected=True) == {"If-None-Match": '"1"'}
    assert questions(Validators(), is_redirected=False) == {}


@pytest.mark.parametrize(
    ("status", "is_one"), [(301, True), (308, True), (300, False), (304, False), (305, False)]
)
def test_only_five_statuses_are_redirects(status: int, is_one: bool) -> None:
    assert is_redirect(answer(status)) is is_one
