"""The sections of monitor.toml about what is shown: the board on the web, and the list of the Pledge it goes by."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from monitor.board.view import Licence
from monitor.config.keeping import Section

_LISTEN: Final = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})")
_HIGHEST_PORT: Final = 65_535


def _listen(value: str) -> str:
    found = _LISTEN.fullmatch(value)
    if value and not (found and int(found["port"]) <= _HIGHEST_PORT):
        raise ValueError('a host and a port, such as "127.0.0.1:8080", or nothing')
    return value


def _address(value: str) -> str:
    """Take a whole address without anything behind its path."""
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if value and (not is_whole or parts.username or parts.query or parts.fragment or re.search(r"\s", value)):
        raise ValueError("an https:// or http:// address without user, ? and #, or nothing")
    return value


class WebSettings(Section):
    """The board on the web."""

    listen: Annotated[str, AfterValidator(_listen)]
    address: Annotated[str, AfterValidator(_address), AfterValidator(lambda value: value.rstrip("/"))]
    licence: Licence

    @property
    def host_and_port(self) -> tuple[str, int] | None:
        """Where the service listens; None where it does not. Port 0 is any free one."""
        if not self.listen:
            return None
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


class PledgeSettings(Section):
    """Where the list of signatories stands, and how often it is read."""

    page: Annotated[str, AfterValidator(_address)]
    check_days: float = Field(strict=True, ge=0, le=3660, description="days")
