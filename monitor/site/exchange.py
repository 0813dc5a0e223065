"""The nouns of one HTTP exchange: where it goes, what came back, and that nothing came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import FetchError

_MOST_SHOWN = 200
"""Characters of what a server says that stand in an error."""


def shown(text: str) -> str:
    """Make what a server said fit to stand in an error: one short line of characters that can be seen."""
    cut = text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
    if cut.isprintable():
        return cut
    return "".join(character if character.isprintable() else "�" for character in cut)


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
    def shown(self) -> str:
        """The address as it stands in an error."""
        return shown(self.url)

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
    """Unpacked; of pages and robots.txt only, and where it was wanted: a file's went into its sink."""
    size: int = 0
    """Bytes of the unpacked body that were read: one more than the limit where it is longer."""
    sha256: str = ""
    """Of those bytes, hexadecimal."""

    def header(self, name: str) -> str:
        """One header's value; empty where there is none."""
        return self.headers.get(name, "")


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What a server said of a file whose bytes went into a sink."""

    address: str
    """The one that answered, after redirects."""
    status: int
    size: int
    """Bytes, unpacked."""
    content_type: str
    etag: str
    last_modified: str
    """As the server says it."""
    sha256: str
    """Of the bytes, hexadecimal."""


class Sink(Protocol):
    """Takes a body piece by piece; begun anew (``seek(0)``, ``truncate()``) for each try, as an open file can be."""

    def write(self, data: bytes, /) -> object:
        """Take the next piece whole; it is at most 64 KiB."""
        ...

    def seek(self, offset: int, /) -> object:
        """Go to the beginning."""
        ...

    def truncate(self) -> object:
        """Drop what an earlier try left."""
        ...
