"""Asking until there is an answer: in turn, within the page's time, and again where that may help."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

import structlog
from httpx_retries import Retry

from monitor.errors import FetchError
from monitor.model import Validators
from monitor.site.answers import WORTH_ANOTHER_TRY, retry_after
from monitor.site.body import Tally
from monitor.site.exchange import Address, Answer, NoAnswer
from monitor.site.pace import LONGEST_WAIT, Pace
from monitor.site.wire import Wire

log = structlog.get_logger()
Noted = Callable[[str, float, int], None]
"""Hears of an exchange: what was wanted, how many seconds it took, and how many bytes came."""


class Allowance:
    """The seconds that one page or file may keep connections busy, all its tries and redirects together."""

    def __init__(self, seconds: float, wanted: str) -> None:
        """``wanted``: what is waited for, in words: “page”, “file”."""
        self._seconds = seconds
        self._left = seconds
        self.wanted = wanted

    @asynccontextmanager
    async def spend(self, host: str) -> AsyncIterator[None]:
        """Use some of it; FetchError once it is used up."""
        started = monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError as error:
            raise FetchError(
                f"{host} did not deliver the {self.wanted} within {self._seconds:g} s; the next sweep tries again "
                "(the limit is the setting timeout)"
            ) from error
        finally:
            self._left -= monotonic() - started


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted, the same at every hop."""

    tally: Tally
    """Where the body goes, and how much of it."""
    is_wanted: Callable[[Answer], bool]
    """Whether the answer's body is worth reading."""
    allowance: Allowance
    known: Validators
    """What the server gave us last time, to be asked with."""


class Patience:
    """Tries again, at the pace of the site."""

    def __init__(
        self, wire: Wire, pace: Pace, policy: Retry, noted: Noted = lambda *_: None, *, is_logged: bool = True
    ) -> None:
        """``policy`` counts the tries and the pauses.

        Only the policy is httpx-retries', the loop is ours: its transport cuts a Retry-After of an hour to its longest
        pause and then asks again, and cannot see a connection that breaks inside the body.
        """
        self._wire = wire
        self._pace = pace
        self._policy = policy
        self._noted = noted
        self._is_logged = is_logged

    async def get(self, address: Address, headers: Mapping[str, str], ask: Ask) -> Answer:
        """Give the first answer that another try would not better, or the last one; FetchError where none came."""
        policy = self._policy
        while True:
            pause = 0.0
            try:
                answer = await self._once(address, headers, ask)
            except NoAnswer as error:
                self._log("no answer", url=address.shown, why=str(error))
                if policy.is_exhausted():
                    raise NoAnswer(_tried(str(error), policy.attempts_made)) from error
            else:
                pause = self._note(answer) or 0.0
                is_final = answer.status not in WORTH_ANOTHER_TRY or pause > LONGEST_WAIT
                if is_final or policy.is_exhausted():
                    return answer
            policy = policy.increment()
            await asyncio.sleep(max(pause, policy.backoff_strategy()))

    async def _once(self, address: Address, headers: Mapping[str, str], ask: Ask) -> Answer:
        async with self._pace.turn(address.host), ask.allowance.spend(address.host):
            started, size = monotonic(), 0
            try:
                answer = await self._wire.get(address, headers, ask.tally, ask.is_wanted)
                size = answer.size
            finally:
                seconds = monotonic() - started
                self._noted(ask.allowance.wanted, seconds, size)
            self._log(
                "request", url=address.shown, status=answer.status, ms=round(seconds * 1000), bytes=size
            )
            return answer

    def _log(self, event: str, **fields: object) -> None:
        if self._is_logged:
            log.debug(event, **fields)

    def _note(self, answer: Answer) -> float | None:
        seconds = retry_after(answer, self._policy)
        if seconds is not None or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            self._pace.refused(answer.address.host, seconds or 0.0)
        else:
            self._pace.answered(answer.address.host)
        return seconds


def _tried(text: str, again: int) -> str:
    return f"{text}; tried {again + 1} times, the next sweep tries again" if again else text
