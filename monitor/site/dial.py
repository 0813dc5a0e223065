"""Connecting: a name is looked up once, and only the public addresses that were found are connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from itertools import zip_longest

from httpcore import (
    SOCKET_OPTION,
    AnyIOBackend,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
)

from monitor.site.hops import Astray
from monitor.site.where import is_named_itself, is_public

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
_MOST_ADDRESSES = 6
"""A name that leads to more is tried at so many."""
_NEXT_AFTER = 3.0
"""Seconds after which a silent address is left for the next one: a broken IPv6 must not cost the page."""


async def look_up(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for a name's addresses, in its order; OSError where there are none."""
    # As bytes: a text would first go through a codec that knows other errors.
    found = await asyncio.get_running_loop().getaddrinfo(
        host.encode("ascii"), port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Dialer(AsyncNetworkBackend):
    """Goes to the numbers that it checked itself; nobody looks the name up a second time.

    So a name of allowed_hosts that comes to lead to this machine, its neighbours or a cloud's metadata, be it only at
    every second question, leads nowhere. Certificates are checked against the name all the same. A proxy looks up
    names itself: it is not dialled through here.
    """

    def __init__(
        self,
        allowed: tuple[str, ...],
        resolve: Resolve = look_up,
        backend: AsyncNetworkBackend | None = None,
        *,
        is_private: bool = False,
    ) -> None:
        """Trust an address, or localhost, that stands in ``allowed`` itself; with ``is_private`` wherever names lead."""
        self._allowed = allowed
        self._is_private = is_private
        self._resolve = resolve
        self._backend = backend or AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to the first address that answers; Astray where the name leads to none that is public."""

        async def connect(address: str, seconds: float | None) -> AsyncNetworkStream:
            return await self._backend.connect_tcp(address, port, seconds, local_address, socket_options)

        try:
            async with asyncio.timeout(timeout):
                return await _first(await self._addresses(host, port), connect)
        except TimeoutError as error:
            raise ConnectTimeout from error

    async def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        if is_named_itself(host, self._allowed):
            return (host,)
        found = await self._resolve(host, port)
        public = [address for address in found if self._is_private or is_public(address)]
        if not public:
            raise Astray(
                f"{host} leads to {', '.join(found[:3])}, which is no public address; nothing was asked"
            )
        return _by_turns(public)[:_MOST_ADDRESSES]


async def _first(
    addresses: tuple[str, ...], connect: Callable[[str, float | None], Awaitable[AsyncNetworkStream]]
) -> AsyncNetworkStream:
    for address in addresses[:-1]:
        try:
            return await connect(address, _NEXT_AFTER)
        except (ConnectError, ConnectTimeout):
            continue
    return await connect(addresses[-1], None)


def _by_turns(addresses: list[str]) -> tuple[str, ...]:
    """Take IPv6 and IPv4 in turn, so that one that is broken as a whole is soon left."""
    is_six = [":" in address for address in addresses]
    first = [address for address, six in zip(addresses, is_six, strict=True) if six is is_six[0]]
    other = [address for address in addresses if address not in first]
    return tuple(address for pair in zip_longest(first, other) for address in pair if address)
