"""One list of trusted authorities for all clients: each would read it anew for 40 ms of CPU, and Telegram is on loopback here."""

from __future__ import annotations

import functools
import ssl

import httpx
import pytest

_once = functools.cache(httpx.create_ssl_context)


@pytest.fixture(autouse=True)
def trusts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let clients made in a test share a context; how they trust is tested in ``tests/site``."""
    monkeypatch.setattr("httpx._transports.default.create_ssl_context", _shared)


def _shared(**_: object) -> ssl.SSLContext:
    return _once()
