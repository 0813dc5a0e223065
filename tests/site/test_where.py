from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.site.where import is_named_itself, is_public
from tests.site.addresses import HIDDEN_4, INSIDE

PUBLIC = [
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "169.253.0.1",
    "2606:2800:220:1::1",
    "2a00:1450::1",
    "::ffff:93.184.216.34",
    "64:ff9b::5db8:d822",
    "2002:5db8:d822::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_behind_somebodys_door_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", HIDDEN_4)
def test_an_ipv4_address_inside_an_ipv6_one_is_what_counts(address: str) -> None:
    number = int(IPv4Address(address))
    for inside in (
        f"::ffff:{address}",
        str(IPv6Address((0x64FF9B << 96) + number)),
        str(IPv6Address((0x2002 << 112) + (number << 80))),
        f"::{address}",
    ):
        assert not is_public(inside), inside


@given(st.ip_addresses(v=6, network="fc00::/7") | st.ip_addresses(v=6, network="fe80::/9"))
def test_no_private_or_link_local_ipv6_address_is_public(address: object) -> None:
    assert not is_public(f"{address}%eth0")


@given(st.ip_addresses())
def test_whatever_is_public_is_global_in_pythons_own_eyes(address: IPv4Address | IPv6Address) -> None:
    # Newer Pythons call no address of 6to4 global; here the IPv4 address inside it counts.
    inner = isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour)
    assert not is_public(str(address)) or (inner or address).is_global


@pytest.mark.parametrize(
    ("host", "allowed", "is_trusted"),
    [
        ("127.0.0.1", ("127.0.0.1",), True),
        ("::1", ("::1",), True),
        ("10.1.2.3", ("www.unodc.org", "10.1.2.3"), True),
        ("localhost", ("localhost",), True),
        ("localhost", ("*.unodc.org",), False),
        ("127.0.0.1", ("*.0.0.1",), False),
        ("x.localhost", ("*.localhost",), False),
        ("www.unodc.org", ("www.unodc.org",), False),
        ("2130706433", ("2130706433",), False),
        ("0x7f.1", ("0x7f.1",), False),
    ],
)
def test_only_an_address_or_localhost_that_is_itself_configured_is_trusted(
    host: str, allowed: tuple[str, ...], is_trusted: bool
) -> None:
    assert is_named_itself(host, allowed) is is_trusted
