"""The dead-man switch: an address of the operator's is asked after each good sweep; whoever misses that is told elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import structlog

from monitor.alert.tell import UNREADABLE
from monitor.errors import FetchError
from monitor.redact import redact
from monitor.signals.standing import Sight, problems

log = structlog.get_logger()
_GOOD: Final = range(HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES)


def hindrance(sight: Sight) -> str:
    """Say why a sweep that has ended was no good one; nothing where it was."""
    found = problems(sight)
    return found[0] if found else UNREADABLE if UNREADABLE in sight.world.incidents else ""


@dataclass(frozen=True, slots=True)
class Pinging:
    """Asks the address; what comes of that is logged and harms nobody."""

    ask: Callable[[str], Awaitable[object]]
    """Fetches an address; raises FetchError."""
    address: str = field(repr=False)
    """A secret: who knows it can say that all is well."""

    async def swept(self, sight: Sight) -> None:
        """Say that all is well after a sweep, if it is."""
        host, why = urlsplit(self.address).hostname, hindrance(sight)
        if why:
            log.warning("no ping", at=host, why=why)
            return
        try:
            await self.ask(self.address)
        except FetchError as error:
            if error.status not in _GOOD:  # an answer that is too long to be read is one
                log.warning("no ping", at=host, why=self._why(error))
                return
        log.debug("ping", at=host)

    def _why(self, error: FetchError) -> str:
        if error.status is not None:
            return f"it answers {error.status}"
        parts = urlsplit(self.address)
        return redact(str(error), (self.address, parts.path.strip("/"), parts.query))
