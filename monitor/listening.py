"""A port to listen at, and the address that leads to it."""

from __future__ import annotations

import asyncio
import socket
from typing import Any


async def bind(host: str, port: int) -> socket.socket:
    """Listen at the first address that the host stands for and that can be had; OSError where none can."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    for family, kind, protocol, _, place in found[:-1]:
        try:
            return _bound(family, kind, protocol, place)
        except OSError:
            continue  # the next one may do
    family, kind, protocol, _, place = found[-1]
    return _bound(family, kind, protocol, place)


def _bound(family: int, kind: int, protocol: int, place: Any) -> socket.socket:  # noqa: ANN401 - as each family has it
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        # Now and not when it is served: where somebody else listens already, this is what fails.
        listening.listen()
        listening.settimeout(0)
    except BaseException:
        listening.close()
        raise
    return listening


def address_of(listening: socket.socket) -> str:
    """Give the address that a person on this machine can open."""
    host, port = listening.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{here}]:{port}/" if ":" in here else f"http://{here}:{port}/"
