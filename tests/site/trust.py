"""One list of trusted authorities for all clients: each client would read it anew for 40 ms, and the sites here have none."""

from __future__ import annotations

import functools
import ssl

import httpx
import pytest

_once = functools.cache(httpx.create_ssl_context)


def trusts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let clients made from now on share a context; test_tls has one made for each."""
    monkeypatch.setattr("httpx._transports.default.create_ssl_context", _shared)


def _shared(**_: object) -> ssl.SSLContext:
    return _once()
