"""What several tests of the whole program need: a simulated site of few countries, and a configuration for it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from monitor.config import Config
from monitor.demo.site import SimulatedSite
from tests.fakes import CODES, SHIPPED


def _only_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to connect to any other machine: a test that would is wrong, whatever it is allowed to ask."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not ip_address(str(address[0]).partition("%")[0]).is_loopback:
        raise PermissionError(f"a test wants to connect to {address[0]}")


sys.addaudithook(_only_this_machine)

# Each client would read the list of trusted authorities anew, for 40 ms; what differs in its wishes gets a list of its own.
httpx._transports.default.create_ssl_context = functools.cache(httpx.create_ssl_context)  # type: ignore[attr-defined] # where clients look

# A busy machine is no fault of the code: how long one example takes proves nothing.
settings.register_profile("anywhere", deadline=None)
settings.load_profile("anywhere")

COUNTRIES = tuple(each for each in SHIPPED.countries if each.code in CODES)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, else the last process works alone; all other files stay in their random order."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture
def site() -> Iterator[SimulatedSite]:
    with SimulatedSite(COUNTRIES) as running:
        yield running


@pytest.fixture
def config(site: SimulatedSite, tmp_path: Path) -> Config:
    source = {
        "profile_url": site.profile_url,
        "allowed_hosts": ("127.0.0.1",),
        "allow_http": True,
        "spacing": 0.0,
        "retries": 0,
    }
    return replace(
        SHIPPED,
        countries=COUNTRIES,
        source=SHIPPED.source.model_copy(update=source),
        store=SHIPPED.store.model_copy(update={"path": tmp_path / "monitor.json"}),
    )
