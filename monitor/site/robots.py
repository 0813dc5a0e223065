"""robots.txt: read once a day for each origin, and obeyed (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus

from protego import Protego

from monitor.errors import Blocked, FetchError
from monitor.site.exchange import Address, Answer

AGENT = "uncac-monitor"
"""The name under which robots.txt can address us."""
MOST_BYTES = 500 * 1024
"""RFC 9309 asks for at least this much to be read."""
LONGEST_DELAY = 30.0
"""Seconds; a longer Crawl-delay is not taken literally, or one sweep would not end before the next."""
FRESH = 86_400.0
"""Seconds for which a copy counts."""
RETRY = 300.0
"""Seconds after which one that could not be read is asked for again."""


@dataclass(frozen=True, slots=True)
class _Copy:
    rules: Protego | None
    good_until: float
    trouble: str = ""
    """Why it could not be read; set only where no earlier copy was at hand."""


def text_of(answer: Answer, seconds: float | None) -> str:
    """Give the rules' text: none where the site has no robots.txt.

    FetchError where the site cannot say now; ``seconds``: what it asked us to stay away.
    """
    is_down = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if is_down or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise FetchError(f"{answer.address.shown} answers {answer.status}", retry_after=seconds)
    if answer.status != HTTPStatus.OK:
        return ""
    body = answer.body
    if len(body) > MOST_BYTES:
        # A rule cut in two would say something else.
        body = body[:MOST_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace")


class RobotsBook:
    """The copies at hand; asks for a new one only when a page of that origin is wanted."""

    def __init__(
        self,
        load: Callable[[str], Awaitable[str]],
        slow_down: Callable[[str, float], None],
        clock: Callable[[], float],
    ) -> None:
        """``load`` gives an origin's text or raises FetchError; ``slow_down`` takes host and seconds."""
        self._load = load
        self._slow_down = slow_down
        self._clock = clock
        self._copies: dict[str, _Copy] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, address: Address) -> None:
        """Return where the page may be fetched; Blocked where it may not, FetchError where nobody can say now."""
        copy = await self._fresh(address)
        if copy.rules is None:
            raise FetchError(
                f"{copy.trouble} (this was robots.txt, without which nothing may be fetched there)"
            )
        if not copy.rules.can_fetch(address.url, AGENT):
            raise Blocked(
                f"robots.txt of {address.host} forbids {address.shown}; ask the site for leave, "
                "then set respect_robots = false"
            )

    async def _fresh(self, address: Address) -> _Copy:
        async with self._locks[address.origin]:
            copy = self._copies.get(address.origin)
            if copy is None or copy.good_until <= self._clock():
                copy = self._copies[address.origin] = await self._read(address, copy)
            return copy

    async def _read(self, address: Address, earlier: _Copy | None) -> _Copy:
        try:
            rules = Protego.parse(await self._load(address.origin))
        except FetchError as error:
            if error.retry_after:
                raise  # nothing to remember: the pace keeps us away for as long as the site wants
            return replace(earlier or _Copy(None, 0.0), good_until=self._clock() + RETRY, trouble=str(error))
        self._slow_down(address.host, min(rules.crawl_delay(AGENT) or 0.0, LONGEST_DELAY))
        return _Copy(rules, self._clock() + FRESH)
