from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest
from httpcore import AsyncNetworkStream, ConnectError, ConnectTimeout

from monitor.errors import Blocked, FetchError
from monitor.site.dial import Dialer, look_up
from monitor.site.hops import Astray
from tests.site.addresses import INSIDE, OTHER_4, OTHER_6, PUBLIC_4, PUBLIC_6, Diverted, Names, divert
from tests.site.fetching import NOTHING_KNOWN, failing, fetcher, file_of
from tests.webserver import Reply, WebServer

HOST = "site.test"
GOOD = Reply(body="<p>good", headers={"Connection": "close"})


async def dial(names: Names, network: Diverted, host: str = HOST, allowed: tuple[str, ...] = ("*",)) -> None:
    stream = await Dialer(allowed, names, network).connect_tcp(host, 80, 5.0)
    await stream.aclose()


@pytest.mark.parametrize("address", INSIDE)
async def test_a_name_that_leads_inside_is_not_connected_to(address: str) -> None:
    network = Diverted(0)
    with pytest.raises(Astray, match=f"{HOST} leads to .*no public address"):
        await dial(Names([address]), network)
    assert network.dialled == []


@pytest.mark.parametrize("address", ["10.1.2.3", "127.0.0.1", "fd00::1"])
async def test_a_machine_of_the_operators_own_may_be_inside(address: str) -> None:
    network = Diverted(0, silent=[address])
    with pytest.raises(ConnectError):
        await Dialer((HOST,), Names([address]), network, is_private=True).connect_tcp(HOST, 80, 5.0)
    assert network.dialled == [address]


async def test_the_number_that_was_checked_is_dialled_and_the_name_is_not_looked_up_again() -> None:
    async with WebServer() as site:
        names, network = Names([PUBLIC_4], ["127.0.0.1"]), Diverted(site.port)
        await dial(names, network)
    assert (names.asked, network.dialled) == ([HOST], [PUBLIC_4])


async def test_a_name_that_changes_its_answer_leads_nowhere_the_second_time() -> None:
    async with WebServer() as site, fetcher(allowed_hosts=(HOST,), concurrency=1) as one:
        names, network = Names([PUBLIC_4], ["169.254.169.254"], [PUBLIC_4]), Diverted(site.port)
        divert(one, names, network)
        url = site.url("/", HOST)
        site.on("/", GOOD)
        await one.fetch(url, NOTHING_KNOWN)
        error = await failing(one, url)
        assert isinstance(error, Blocked)
        assert str(error) == (
            f"{HOST} leads to 169.254.169.254, which is no public address; nothing was asked"
        )
        # Once is enough to know it, and the only slot is free again.
        await one.fetch(url, NOTHING_KNOWN)
        assert len(names.asked) == 3
        assert network.dialled == [PUBLIC_4, PUBLIC_4]
        assert len(site.seen) == 2


async def test_addresses_inside_are_left_out_among_public_ones() -> None:
    async with WebServer() as site:
        network = Diverted(site.port, silent=[PUBLIC_4])
        await dial(Names(["10.0.0.1", PUBLIC_4, "::1", OTHER_4, "127.0.0.1"]), network)
    assert network.dialled == [PUBLIC_4, OTHER_4]


async def test_the_next_address_is_tried_where_one_does_not_answer_ipv6_and_ipv4_in_turn() -> None:
    async with WebServer() as site:
        network = Diverted(site.port, silent=[PUBLIC_6, PUBLIC_4, OTHER_6])
        await dial(Names([PUBLIC_6, OTHER_6, PUBLIC_4, OTHER_4]), network)
    assert network.dialled == [PUBLIC_6, PUBLIC_4, OTHER_6, OTHER_4]


async def test_of_a_thousand_addresses_six_are_tried_and_the_last_error_is_told() -> None:
    many = [f"93.184.{high}.{low}" for high in range(4) for low in range(1, 251)]
    network = Diverted(0, silent=many)
    with pytest.raises(ConnectError):
        await dial(Names(many), network)
    assert network.dialled == many[:6]


async def test_an_address_that_is_silent_is_left_for_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.site.dial._NEXT_AFTER", 0.05)
    waited: list[float | None] = []

    class Silent(Diverted):
        async def connect_tcp(self, host: str, *rest: object, **_named: object) -> AsyncNetworkStream:
            waited.append(rest[1])  # type: ignore[arg-type] # its timeout
            if host == PUBLIC_6:
                raise ConnectTimeout
            return await super().connect_tcp(host, 0)

    async with WebServer() as site:
        await dial(Names([PUBLIC_6, PUBLIC_4]), Silent(site.port))
    assert waited == [0.05, None]


async def test_looking_up_and_connecting_together_end_in_time() -> None:
    async def never(_host: str, _port: int) -> tuple[str, ...]:
        await asyncio.sleep(3600)
        return ()

    with pytest.raises(ConnectTimeout):
        await Dialer((), never, Diverted(0)).connect_tcp(HOST, 80, 0.05)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "::1", "localhost"])
async def test_an_address_that_is_itself_configured_is_connected_to_without_a_question(host: str) -> None:
    async with WebServer() as site:
        names, network = Names([]), Diverted(site.port)
        await dial(names, network, host, (host,))
    assert (names.asked, network.dialled) == ([], [host])


async def test_the_system_gives_each_address_once_and_knows_names_that_are_none() -> None:
    assert await look_up("127.0.0.1", 80) == ("127.0.0.1",)
    with pytest.raises(socket.gaierror):
        await look_up("a" * 64 + ".test", 80)


@pytest.fixture
def system_names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What the system answers for names below .test, for everybody in this process who asks."""
    answers: dict[str, list[str]] = {}
    ask: Callable[..., Any] = socket.getaddrinfo

    def answer(host: bytes | str, port: int, *rest: object, **named: object) -> Any:  # noqa: ANN401
        name = host.decode() if isinstance(host, bytes) else host
        if name not in answers:
            return ask(host, port, *rest, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers[name]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return answers


@pytest.mark.parametrize(
    "name", ["site.test", "a.wild.test", "2130706433", "0x7f000001", "127.1", "017700000001"]
)
async def test_the_whole_fetcher_asks_nothing_of_an_allowed_name_that_leads_to_this_machine(
    system_names: dict[str, list[str]], name: str
) -> None:
    # Were the guard not where httpx connects, this server would be asked.
    system_names["site.test"] = system_names["a.wild.test"] = ["127.0.0.1"]
    async with WebServer() as site, fetcher(allowed_hosts=(HOST, "*.wild.test", name)) as one:
        site.on("/", GOOD)
        error = await failing(one, site.url("/", name))
        with pytest.raises(FetchError, match="no public address"):
            await file_of(one, site.url("/", name))
        assert site.connections == 0
    assert isinstance(error, Blocked)
    assert "no public address" in str(error)


@pytest.mark.parametrize("name", ["site.test", "a.wild.test"])
async def test_a_redirect_to_an_allowed_name_that_leads_inside_is_not_followed(
    system_names: dict[str, list[str]], name: str
) -> None:
    system_names[name] = ["127.0.0.1"]
    async with WebServer() as site, fetcher(allowed_hosts=("127.0.0.1", HOST, "*.wild.test")) as one:
        site.on("/secret", GOOD)
        url = site.on("/", Reply(302, headers={"Location": site.url("/secret", name)}))
        assert "no public address" in str(await failing(one, url))
        assert site.paths() == ["/"]


async def test_robots_txt_is_not_asked_of_a_name_that_leads_inside_either(
    system_names: dict[str, list[str]],
) -> None:
    system_names[HOST] = ["127.0.0.1"]
    async with WebServer() as site, fetcher(allowed_hosts=(HOST,), respect_robots=True) as one:
        assert isinstance(await failing(one, site.url("/", HOST)), Astray)
        assert site.connections == 0
