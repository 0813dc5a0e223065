"""Addresses that no name may lead to, and a network that leads to this machine whatever number is dialled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from httpcore import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError

from monitor.site.dial import Dialer
from monitor.site.fetch import Fetcher
from monitor.site.wire import _dial_with

PUBLIC_4, OTHER_4, PUBLIC_6, OTHER_6 = (
    "93.184.216.34",
    "93.184.216.35",
    "2606:2800:220:1::1",
    "2606:2800:220:1::2",
)
HIDDEN_4 = (
    "127.0.0.1",
    "127.255.0.9",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # metadata of most clouds
    "169.254.0.1",
    "100.64.0.1",  # carrier-grade NAT
    "100.100.100.200",  # metadata of one cloud
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
)
INSIDE = (
    *HIDDEN_4,
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",  # metadata, by IPv6
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "3fff::1",
    "100::1",
    "64:ff9b:1::a00:1",
    "4000::1",
)


class Diverted(AsyncNetworkBackend):
    """Connects to one port of this machine, and keeps the numbers that were dialled; some of them do not answer."""

    def __init__(self, port: int, silent: Sequence[str] = ()) -> None:
        self.dialled: list[str] = []
        self._port = port
        self._silent = silent

    async def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002 - ours is dialled
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        self.dialled.append(host)
        if host in self._silent:
            raise ConnectError
        return await AnyIOBackend().connect_tcp(
            "127.0.0.1", self._port, timeout, local_address, socket_options
        )


class Names:
    """A name server with one answer after the other, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    async def __call__(self, host: str, _port: int) -> tuple[str, ...]:
        self.asked.append(host)
        return tuple(self._answers.pop(0) if len(self._answers) > 1 else self._answers[0])


def divert(one: Fetcher, names: Names, network: Diverted) -> None:
    """Let a fetcher, whole otherwise, look up names here and connect there."""
    allowed = one._settings.allowed_hosts
    _dial_with(one._wire._client, Dialer(allowed, names, network, is_private=one._settings.is_private))
