"""HTTP to Telegram: what a proxy in between answers is not taken for Telegram's word."""

from __future__ import annotations

import json
import re
import ssl
from functools import cache
from http import HTTPStatus
from typing import Any, Final

import httpx
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

_REFUSED: Final = re.compile(rb'\s*\{\s*"ok"\s*:\s*false')


class NotTelegrams(ValueError):  # noqa: N818 - read as the errors in errors.py are
    """An answer of somebody in between: a login page, a gateway's trouble, or half of what Telegram said."""

    def __init__(self, payload: bytes) -> None:
        super().__init__(f"{len(payload):,} bytes that are not an answer of Telegram")
        self.is_page = payload.lstrip().startswith(b"<")
        """A page of its own, so that Telegram was not asked."""


@cache
def _authorities() -> ssl.SSLContext:
    """Read once whom this machine trusts: each of our three clients would read it anew, a tenth of a second in all."""
    return httpx.create_ssl_context()


class TelegramRequest(HTTPXRequest):
    """Reads answers; PTB's own way would log all of a proxy's page, and take its status for Telegram's verdict."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - PTB's own options
        """``options``: PTB's for an HTTPXRequest."""
        super().__init__(httpx_kwargs={"verify": _authorities()}, **options)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - PTB's own signature
        """Ask; a refusal that somebody sent on as a success is a refusal all the same."""
        status, payload = await super().do_request(*args, **kwargs)
        if status == HTTPStatus.OK and _REFUSED.match(payload):
            return HTTPStatus.BAD_GATEWAY, payload
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; TelegramError from NotTelegrams where it is none."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            answer = None
        if isinstance(answer, dict) and (answer.get("ok") is False or "result" in answer):
            return answer
        raise TelegramError("Invalid server response") from NotTelegrams(payload)


def strange_answer(error: BaseException | None) -> NotTelegrams | None:
    """Give what came in place of Telegram's answer; None where Telegram did answer, or nobody."""
    while error is not None and not isinstance(error, NotTelegrams):
        error = error.__cause__
    return error
