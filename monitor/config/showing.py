"""The sections of monitor.toml about what is shown: the board, the list of the Pledge it goes by, signals for machines."""

from __future__ import annotations

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

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


def _ping(value: SecretStr) -> SecretStr:
    """Take a whole https address; its path may be all that keeps strangers from pinging, so it is never shown."""
    try:
        parts = urlsplit(value.get_secret_value())
        is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if value.get_secret_value() and (not is_whole or re.search(r"\s", value.get_secret_value())):
        raise ValueError("an https:// or http:// address, or nothing")
    return value


def _host_and_port(listen: str) -> tuple[str, int] | None:
    if not listen:
        return None
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


class WebSettings(Section):
    """The board on the web."""

    listen: Annotated[str, AfterValidator(_listen)]
    address: Annotated[str, AfterValidator(_address), AfterValidator(lambda value: value.rstrip("/"))]
    licence: Licence

    @property
    def host_and_port(self) -> tuple[str, int] | None:
        """Where the service listens; None where it does not. Port 0 is any free one."""
        return _host_and_port(self.listen)


class PledgeSettings(Section):
    """Where the list of signatories stands, and how often it is read."""

    page: Annotated[str, AfterValidator(_address)]
    check_days: float = Field(strict=True, ge=0, le=3660, description="days")


class SignalsSettings(Section):
    """What machines that watch this one are told."""

    listen: Annotated[str, AfterValidator(_listen)]
    ping: Annotated[SecretStr, AfterValidator(_ping)]

    @property
    def host_and_port(self) -> tuple[str, int] | None:
        """Where health and metrics are served; None where they are not. Port 0 is any free one."""
        return _host_and_port(self.listen)
