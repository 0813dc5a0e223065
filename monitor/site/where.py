"""Where a name may lead: public addresses of the internet, and nothing behind somebody's own door."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_LOCAL_NAME = "localhost"
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments, and one cloud's metadata; older Pythons call it global
        "192.88.99.0/24",  # the relays of 6to4, given up
        "168.63.129.16/32",  # a cloud's own services, under a public number
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = IPv6Network("3fff::/20")
"""For examples in texts; older Pythons do not know it."""
_NAT64 = IPv6Network("64:ff9b::/96")


def is_named_itself(host: str, allowed: tuple[str, ...]) -> bool:
    """Tell whether the configuration names this very address, or localhost: then a person wants us to go there."""
    return host in allowed and (host == _LOCAL_NAME or _is_literal(host))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet: not loopback, private, link-local, metadata or multicast.

    An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is what counts.
    """
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return _is_public_4(found)
    inner = _inner(found)
    if inner is not None:
        return _is_public_4(inner)
    return found in _PUBLIC_6 and found not in _NOT_PUBLIC_6 and found.is_global


def _is_public_4(found: IPv4Address) -> bool:
    return (
        found.is_global and not found.is_multicast and not any(found in network for network in _NOT_PUBLIC_4)
    )


def _inner(found: IPv6Address) -> IPv4Address | None:
    if found in _NAT64:
        return IPv4Address(found.packed[-4:])
    return found.ipv4_mapped or found.sixtofour


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
