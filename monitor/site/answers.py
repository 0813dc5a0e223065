"""What an answer's status and headers mean: a page, nothing new, another address, or an error that says what to do."""

from __future__ import annotations

from http import HTTPStatus

from httpx_retries import Retry

from monitor.errors import Blocked, FetchError
from monitor.model import Validators
from monitor.site.exchange import Answer, shown

REDIRECTS = frozenset({301, 302, 303, 307, 308})
WORTH_ANOTHER_TRY = frozenset({429, 500, 502, 503, 504})
_REFUSALS = frozenset({401, 403, 407, 451})
_MISSING = frozenset({404, 410})
_BUSY = frozenset({429, 503})
_LONGEST_VALIDATOR = 1_000
"""Characters; each is stored with its page or file."""
_WEEK = 7 * 86_400.0
_PAGE_TYPES = frozenset({"", "application/xhtml+xml", "application/xml"})


def is_redirect(answer: Answer) -> bool:
    """Tell whether the answer names another address."""
    return answer.status in REDIRECTS


def is_page_type(answer: Answer) -> bool:
    """Tell whether the content type can be a page's; one that is not named can."""
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    return kind in _PAGE_TYPES or kind.startswith("text/")


def retry_after(answer: Answer, policy: Retry) -> float | None:
    """Seconds for which a busy server asks us to stay away, at most a week; None where it does not say."""
    text = answer.header("retry-after")
    if answer.status not in _BUSY or not text:
        return None
    try:
        return min(policy.parse_retry_after(text), _WEEK)
    except (ValueError, OverflowError):
        return None


def validators(answer: Answer) -> Validators:
    """Keep what the server can be asked with next time; what cannot be sent back as it came is left out."""
    return Validators(_kept(answer.header("etag")), _kept(answer.header("last-modified")))


def _kept(validator: str) -> str:
    is_fit = validator.isascii() and validator.isprintable() and len(validator) <= _LONGEST_VALIDATOR
    return validator if is_fit else ""


def questions(known: Validators, *, is_redirected: bool) -> dict[str, str]:
    """Give the headers that ask "has it changed?".

    After a redirect only the ETag asks: any page that is older than ours would answer "not modified" to a date,
    also one that has nothing to do with the profile.
    """
    asked = {}
    if known.etag:
        asked["If-None-Match"] = known.etag
    if known.last_modified and not is_redirected:
        asked["If-Modified-Since"] = known.last_modified
    return asked


def failure(answer: Answer, seconds: float | None) -> FetchError | None:
    """Say why the answer is no page, or None; ``seconds``: what the server asked us to stay away."""
    if answer.status == HTTPStatus.OK:
        return None if is_page_type(answer) else _wrong_type(answer)
    if answer.status in _MISSING:
        text = (
            f"no page at {answer.address.shown} ({_said(answer)}): its address may have changed; "
            "`uncac-monitor check --online` finds the form in use"
        )
        return FetchError(text, status=answer.status)
    return _trouble(answer, seconds, "page")


def file_failure(answer: Answer, seconds: float | None) -> FetchError | None:
    """Say why the answer brings no file, or None; whether its bytes are a document is for others to judge."""
    if answer.status == HTTPStatus.OK:
        return None
    if answer.status in _MISSING:
        text = f"there is nothing at {answer.address.shown} ({_said(answer)})"
        return FetchError(text, status=answer.status)
    return _trouble(answer, seconds, "file")


def _trouble(answer: Answer, seconds: float | None, wanted: str) -> FetchError:
    address, status, said = answer.address, answer.status, _said(answer)
    if status in _REFUSALS:
        text = (
            f"{address.host} refuses the {wanted} ({said}): it may block this machine; open {address.shown} in a "
            "browser, set contact, or ask the site to let the monitor in"
        )
        return Blocked(text, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        text = f"{address.host} asks us to slow down ({said}): raise spacing"
        return Blocked(text, retry_after=seconds, status=status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        text = f"{address.host} has trouble of its own ({said}); the next sweep tries again"
        return FetchError(text, retry_after=seconds, status=status)
    if status >= HTTPStatus.BAD_REQUEST:
        return FetchError(
            f"{address.host} does not take the request for {address.shown} ({said})", status=status
        )
    text = f"{address.host} answers {said}, which is not a {wanted}; open {address.shown} in a browser"
    return Blocked(text, status=status)


def _wrong_type(answer: Answer) -> Blocked:
    kind = shown(answer.header("content-type"))
    text = f"{answer.address.shown} is {kind}, not a web page; check the profile's address"
    return Blocked(text, status=answer.status)


def _said(answer: Answer) -> str:
    return f"{answer.status} {_phrase(answer.status)}".strip()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # such as 520, a proxy's own
        return ""
