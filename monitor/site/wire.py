"""One HTTP exchange through httpx, whose exchanges stand in no other module."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import cast

import httpx

from monitor.errors import FetchError
from monitor.site.answers import is_redirect
from monitor.site.body import Tally, unpacker
from monitor.site.dial import Dialer
from monitor.site.exchange import Address, Answer, NoAnswer, shown

CONNECT = 15.0
"""Seconds for a connection to stand; how long a page may take is the caller's duty."""
_SKIPPED_BYTES = 65_536
_LONGEST_ADDRESS = 4_096
_HIGHEST_PORT = 65_535
_DIRECT = ("all://127.0.0.1", "all://localhost", "all://[::1]")


def locate(url: str, base: str = "") -> Address:
    """Take an address apart, relative to ``base`` where one is given; FetchError where it is none."""
    if len(url) > _LONGEST_ADDRESS:
        raise FetchError(f"“{shown(url)}” is too long for an address")
    try:
        found = httpx.URL(base).join(url) if base else httpx.URL(url)
        if "#" in url:
            found = found.copy_with(fragment=None)
        host = found.host
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"“{shown(url)}” is not an address that can be fetched") from error
    # No host has a per cent sign in its name: such a one would be another each time it is read.
    if not host or "%" in host or (found.port or 0) > _HIGHEST_PORT:
        raise FetchError(f"“{shown(url)}” is not a whole address")
    return Address(str(found), found.scheme, host, found.port, has_login=bool(found.userinfo))


class Wire:
    """The one client, for the process's life.

    Certificates are always checked. Proxies from the environment (HTTPS_PROXY, NO_PROXY …) are used, because some
    offices reach the world through one, but never for this machine's own addresses; names are then looked up by the
    proxy, and without one by the Dialer, which goes to public addresses only. Cookies are not kept: every look is a
    first visit, so no earlier answer changes a later one.
    """

    def __init__(
        self,
        headers: Mapping[bytes, bytes],
        timeout: float,
        concurrency: int,
        allowed: tuple[str, ...],
        *,
        is_private: bool = False,
    ) -> None:
        """``timeout``: seconds, the most that a connection may take to stand; ``allowed``: the hosts, as configured.

        ``is_private``: their names may lead to addresses that are not public.
        """
        self._client = httpx.AsyncClient(
            headers={**headers, b"Accept-Encoding": b"gzip"},
            timeout=httpx.Timeout(None, connect=min(timeout, CONNECT)),
            limits=httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            mounts=dict.fromkeys(_DIRECT),
        )
        _dial_with(self._client, Dialer(allowed, is_private=is_private))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def get(
        self, address: Address, headers: Mapping[str, str], tally: Tally, is_wanted: Callable[[Answer], bool]
    ) -> Answer:
        """Ask once; a body that ``is_wanted`` goes into the tally.

        NoAnswer, FetchError; OSError only where what the tally writes to fails.
        """
        try:
            request = self._client.build_request("GET", address.url, headers=headers)
            response = await self._send(request, address.host)
            try:
                answer = Answer(address, response.status_code, response.headers)
                if is_wanted(answer):
                    return await _read(answer, response, tally)
                await _skip(answer, response)
                return answer
            finally:
                await response.aclose()
        except (httpx.HTTPError, OSError) as error:
            if error is tally.trouble:
                raise
            raise _in_plain_words(error, address.host) from error

    async def _send(self, request: httpx.Request, host: str) -> httpx.Response:
        try:
            return await self._client.send(request, stream=True, follow_redirects=False)
        except (httpx.InvalidURL, ValueError) as error:
            # httpx reads the address of a redirect also where it is not to follow it.
            raise FetchError(f"{host} names an address that cannot be followed") from error


def _dial_with(client: httpx.AsyncClient, dialer: Dialer) -> None:
    # httpx has no door for this that leaves the environment's proxies in use; tests/site/test_dial.py fails if this
    # one closes. Connections to a proxy have a transport of their own.
    transport = client._transport  # noqa: SLF001
    assert isinstance(transport, httpx.AsyncHTTPTransport)  # noqa: S101 - or nothing would be guarded
    transport._pool._network_backend = dialer  # noqa: SLF001


async def _read(answer: Answer, response: httpx.Response, tally: Tally) -> Answer:
    tally.begin()
    parts = unpacker(answer.header("content-encoding"), tally)
    async with _chunks(response) as chunks:
        async for chunk in chunks:
            parts.feed(chunk)
            if parts.is_full:
                break
    parts.finish()
    return replace(answer, size=tally.size, sha256=tally.sha256)


async def _skip(answer: Answer, response: httpx.Response) -> None:
    # A short body that nobody needs is read to its end, or the connection could not be used again.
    if is_redirect(answer) or answer.status == httpx.codes.NOT_MODIFIED:
        skipped = 0
        async with _chunks(response) as chunks:
            async for chunk in chunks:
                skipped += len(chunk)
                if skipped > _SKIPPED_BYTES:
                    break


def _chunks(response: httpx.Response) -> aclosing[AsyncGenerator[bytes, None]]:
    # httpx annotates an iterator; it is a generator, and one left half-read must be closed before its connection.
    return aclosing(cast("AsyncGenerator[bytes, None]", response.aiter_raw()))


def _in_plain_words(error: Exception, host: str) -> FetchError:
    causes = tuple(_causes(error))
    if isinstance(error, httpx.RemoteProtocolError) and any(words in str(error) for words in _ENDED):
        return NoAnswer(f"{host} broke off in the middle of its answer")
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(
                f"the certificate of {host} is not valid ({cause.verify_message}); nothing was read"
            )
    for kind, words in _WORDS:
        if any(isinstance(cause, kind) for cause in causes):
            return NoAnswer(words.format(host=host))
    return NoAnswer(f"the connection to {host} failed ({error or type(error).__name__})")


_ENDED = ("peer closed connection", "disconnected")
"""How the libraries below say that an answer ended too soon, with the same error as for one that is no HTTP."""
_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, "no encrypted connection to {host} could be made"),
    (socket.gaierror, "the name {host} cannot be found; is this machine online?"),
    (httpx.ProxyError, "the proxy does not let us through to {host}"),
    (httpx.ConnectTimeout, "{host} does not take the connection (no answer in time)"),
    (ConnectionRefusedError, "{host} refuses the connection"),
    (httpx.ConnectError, "no connection to {host}"),
    (httpx.RemoteProtocolError, "{host} breaks the rules of HTTP in its answer"),
    (httpx.NetworkError, "{host} cut the connection"),
)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from (cause for one in error.exceptions for cause in _causes(one))
        error = error.__cause__ or error.__context__
