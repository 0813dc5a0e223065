"""The nouns of one HTTP exchange: where it goes, what came back, and that nothing came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import FetchError


class NoAnswer(FetchError):  # noqa: N818 - a branch of FetchError that names what happened
    """The connection failed or broke off: worth another try."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, taken apart by the same code that connects to it."""

    url: str
    """Without its fragment."""
    scheme: str
    host: str
    """Lower-case, without port and brackets."""
    port: int | None
    has_login: bool = False
    """A user name or password stands in it."""

    @property
    def origin(self) -> str:
        """What a robots.txt speaks for: scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" if self.port is None else f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    address: Address
    status: int
    headers: Mapping[str, str]
    """Looked up whatever the case of the name."""
    body: bytes = b""
    """Decompressed; read only where it was wanted."""

    def header(self, name: str) -> str:
        """One header's value; empty where there is none."""
        return self.headers.get(name, "")
