"""Where requests may go: every address is checked before it is asked, also each one a redirect names."""

from __future__ import annotations

from monitor.errors import Blocked
from monitor.site.exchange import Address

MOST_HOPS = 5


class Astray(Blocked):
    """The way leads where we do not go."""


def is_allowed_host(host: str, allowed: tuple[str, ...]) -> bool:
    """Tell whether ``host`` is listed, or is below one listed as ``*.name``."""
    return any(host.endswith(one[1:]) if one.startswith("*.") else host == one for one in allowed)


def check(address: Address, allowed: tuple[str, ...], *, is_http_allowed: bool) -> None:
    """Astray where an address must not be asked; the text names the setting that says so."""
    where = address.shown
    if not is_allowed_host(address.host, allowed):
        raise Astray(f"{where} is not on a host of allowed_hosts ({', '.join(allowed)})")
    if address.scheme != "https" and not (is_http_allowed and address.scheme == "http"):
        raise Astray(f"{where} is not https; only allow_http = true would let it")
    if address.has_login:
        raise Astray(f"{address.host} wants a user name or password in the address, which is never sent")


def check_path(addresses: tuple[Address, ...]) -> None:
    """Astray where redirects lead in a circle or too far; ``addresses`` are those asked and the next one."""
    urls = [address.url for address in addresses]
    seen = [address.shown for address in addresses]
    if urls[-1] in urls[:-1]:
        raise Astray(f"redirects lead in a circle: {' → '.join(seen)}")
    if len(urls) > MOST_HOPS + 1:
        raise Astray(f"more than {MOST_HOPS} redirects: {seen[0]} → … → {seen[-1]}")
