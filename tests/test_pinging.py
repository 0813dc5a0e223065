"""The dead-man switch: asked after good sweeps only, and its address is nobody's business."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from monitor.alert.tell import UNREADABLE
from monitor.assembly import pinging
from monitor.config import Config
from monitor.errors import FetchError
from monitor.model import Duty, World
from monitor.pinging import Pinging, hindrance
from monitor.signals.standing import Inside, Sight
from monitor.site.dial import Dialer
from monitor.site.fetch import Fetcher
from tests.alert.samples import NOW
from tests.fakes import SHIPPED
from tests.site.addresses import Diverted, Names, divert
from tests.site.fetching import fetcher
from tests.webserver import Reply, WebServer

SECRET = "/ping/1b2c3d4e-uuid"  # noqa: S105 - where a ping goes
GOOD = Sight(World(duty=Duty(swept=NOW)), (), timedelta(hours=6), NOW, Inside(NOW))


def with_ping(address: str) -> Config:
    signals = SHIPPED.signals.model_copy(update={"ping": SecretStr(address)})
    return replace(SHIPPED, signals=signals)


async def told(address: str, sight: Sight = GOOD) -> list[str]:
    """Tell, and give what is logged from ``info`` on."""
    with capture_logs() as logs:
        async with pinging(with_ping(address)) as ping:
            assert ping is not None
            assert SECRET not in repr(ping)
            await ping.swept(sight)
    assert SECRET not in str(logs)
    return [line["why"] for line in logs if line["log_level"] != "debug"]


@pytest.mark.parametrize(
    ("sight", "is_good"),
    [
        (GOOD, True),
        (replace(GOOD, world=replace(GOOD.world, incidents={UNREADABLE: NOW})), False),
        (replace(GOOD, world=replace(GOOD.world, incidents={"something else": NOW})), True),
        (replace(GOOD, inside=Inside(NOW, unwritten_since=NOW)), False),
        (replace(GOOD, disk="no room"), False),
    ],
)
def test_a_sweep_is_good_while_the_service_does_its_work_and_most_pages_can_be_read(
    sight: Sight, *, is_good: bool
) -> None:
    assert (hindrance(sight) == "") is is_good


async def test_after_a_good_sweep_the_address_is_asked_once() -> None:
    async with WebServer() as elsewhere:
        elsewhere.on(SECRET, Reply(200, "OK", {"Content-Type": "text/plain"}))
        assert await told(elsewhere.url(SECRET)) == []
        assert elsewhere.paths() == [SECRET]


async def test_after_another_one_nobody_is_asked_and_the_log_says_why() -> None:
    async with WebServer() as elsewhere:
        assert await told(elsewhere.url(SECRET), replace(GOOD, disk="no room")) == ["no room"]
        assert elsewhere.paths() == []


@pytest.mark.parametrize(
    "answer",
    [Reply(204), Reply(200, "<p>OK", {"Content-Type": "text/html"}), Reply(200, "x" * 200_000), Reply(201)],
)
async def test_every_good_answer_is_one(answer: Reply) -> None:
    async with WebServer() as elsewhere:
        elsewhere.on(SECRET, answer)
        assert await told(elsewhere.url(SECRET)) == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Reply(404), "it answers 404"),
        (Reply(302, headers={"Location": "http://elsewhere.example/"}), "it answers 302"),
    ],
)
async def test_an_address_that_does_not_answer_well_is_one_line_and_harms_nobody(
    answer: Reply, why: str
) -> None:
    async with WebServer() as elsewhere:
        elsewhere.on(SECRET, answer)
        assert await told(elsewhere.url(SECRET)) == [why]


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ("push.example refuses the connection", "push.example refuses the connection"),
        (f"“https://push.example{SECRET}?token=abc” is not an address", "“[hidden]” is not an address"),
        (f"push.example{SECRET} and token=abc", "push.example/[hidden] and [hidden]"),
    ],
)
async def test_why_nobody_answers_is_said_without_the_address(trouble: str, why: str) -> None:
    async def ask(_: str) -> None:
        raise FetchError(trouble)

    with capture_logs() as logs:
        await Pinging(ask, f"https://push.example{SECRET}?token=abc").swept(GOOD)
    [line] = logs
    assert (line["log_level"], line["at"], line["why"]) == ("warning", "push.example", why)


async def test_it_may_be_a_machine_of_the_operators_behind_their_door() -> None:
    async with WebServer() as inside, pinging(with_ping(inside.url(SECRET, "checks.internal"))) as ping:
        assert ping is not None
        closure: Any = ping.ask.__closure__
        [fetcher] = [cell.cell_contents for cell in closure]  # what it asks with
        network = Diverted(inside.port)
        assert dialer(fetcher)._is_private
        divert(fetcher, Names(["10.1.2.3"]), network)
        inside.on(SECRET, Reply(200, "OK"))
        await ping.swept(GOOD)
        assert (inside.paths(), network.dialled) == ([SECRET], ["10.1.2.3"])


async def test_no_other_fetcher_goes_there() -> None:
    async with fetcher() as one:
        assert not dialer(one)._is_private


def dialer(one: Fetcher) -> Dialer:
    found = one._wire._client._transport._pool._network_backend  # type: ignore[attr-defined] # as wire.py puts it there
    assert isinstance(found, Dialer)
    return found


async def test_without_an_address_there_is_nobody_to_ask() -> None:
    async with pinging(SHIPPED) as ping:
        assert ping is None
