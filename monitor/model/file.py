"""A document's file, as it was found whenever it was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.page import Validators

STAMPED = 3
"""So many looks in a row that each find other bytes are a server that stamps every download."""


class FileState(StrEnum):
    """What stands at a document's address."""

    THERE = "there"
    GONE = "gone"
    """The server says that there is nothing (404, 410)."""
    NO_DOCUMENT = "no document"
    """Something else: a web page, or nothing at all, where the document should be."""
    UNREACHED = "not reached"
    """Refused, in trouble, too slow, too large: this says nothing about the file."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """What one look at a file found; what was not told or not understood is empty or None."""

    at: datetime
    state: FileState
    status: int | None = None
    """The HTTP status; None where no answer came."""
    address: str = ""
    """The address that answered, after redirects."""
    size: int | None = None
    """Bytes."""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    """As the server says it."""
    sha256: str = ""
    """Of the file's bytes, hexadecimal."""
    pages: int | None = None
    title: str = ""
    """What the file itself is called inside."""
    language: str = ""
    """The code of the language that its text is in."""
    error: str = ""
    """Why it is not there, or was not understood, in plain words."""

    @property
    def validators(self) -> Validators:
        """What to ask with whether it has changed since."""
        return Validators(self.etag, self.last_modified)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """What is known of the file at one address; several countries may list it."""

    url: str
    looks: tuple[FileLook, ...]
    """Believed looks, each unlike the one before, the oldest first: the last one is how it stands."""
    checked: datetime
    """When it was last asked for, whatever came of it."""
    doubted: FileLook | None = None
    """A look unlike the last believed one, which waits for equal ones; ``at``: when that was first found."""
    times: int = 0
    """Looks in a row that found what ``doubted`` says."""
    unreached: int = 0
    """Looks in a row that reached nothing."""
    last_alike: datetime | None = None
    """The newest look that found it as it stands; None where that is only the first one."""
    stamps: int = 0
    """Looks in a row of which each found other bytes than any before."""

    @property
    def is_stamped(self) -> bool:
        """Whether the server makes other bytes of it for everyone who asks: then nobody can tell a replacement."""
        return self.stamps >= STAMPED

    @property
    def stands(self) -> FileLook:
        """How it stands, as far as that is believed."""
        return self.looks[-1]

    @property
    def newest(self) -> FileLook:
        """What the newest look found that reached anything, believed or not."""
        return self.doubted or self.stands
