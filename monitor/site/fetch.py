"""Fetching profile pages and documents' files: polite to the site, suspicious of what comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from io import BytesIO
from time import monotonic
from types import TracebackType
from typing import Self

from httpx_retries import Retry

from monitor.errors import Blocked, FetchError
from monitor.model import NotModified, Page, Validators
from monitor.site import answers, hops, robots
from monitor.site.body import Tally, decode
from monitor.site.exchange import Address, Answer, FileAnswer, Sink, shown
from monitor.site.pace import Pace
from monitor.site.patience import Allowance, Ask, Noted, Patience
from monitor.site.wire import Wire, locate

_LONGEST_BACKOFF = 30.0


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages are fetched; the keys of ``[source]`` in monitor.toml."""

    allowed_hosts: tuple[str, ...]
    """Lower-case; ``*.name`` stands for every host below ``name``."""
    allow_http: bool
    contact: str
    """A mail address, an https address, or nothing."""
    spacing: float
    """Seconds between two request starts."""
    concurrency: int
    timeout: float
    """Seconds that one page may keep connections busy: redirects, tries and body together, without the waiting."""
    retries: int
    max_page_bytes: int
    respect_robots: bool
    is_private: bool = False
    """The hosts are the operator's own affair: names may lead inside, and no address is logged. Never for profiles."""


class Fetcher:
    """Fetches pages with one client for the process's life: ``async with Fetcher(…) as fetcher``."""

    def __init__(
        self,
        settings: FetchSettings,
        version: str,
        *,
        backoff: float = 1.0,
        clock: Callable[[], float] = monotonic,
        noted: Noted = lambda *_: None,
    ) -> None:
        """``backoff``: seconds, the shortest pause before a second try, doubled each time; ``clock``: for robots.txt.

        ``noted`` hears of every exchange.
        """
        self._settings = settings
        who = _who_asks(settings.contact, version)
        self._wire = Wire(
            who,
            settings.timeout,
            settings.concurrency,
            settings.allowed_hosts,
            is_private=settings.is_private,
        )
        # The library's first pause is half of the doubled factor at least.
        self._policy = Retry(
            settings.retries, backoff_factor=backoff, backoff_jitter=0.5, max_backoff_wait=_LONGEST_BACKOFF
        )
        pace = Pace(settings.spacing, settings.concurrency)
        self._patience = Patience(self._wire, pace, self._policy, noted, is_logged=not settings.is_private)
        self._robots = robots.RobotsBook(self._load_robots, pace.slow_down, clock)

    async def __aenter__(self) -> Self:
        """Give the fetcher itself; connections are made when they are needed."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self._wire.aclose()

    async def fetch(self, url: str, validators: Validators) -> Page | NotModified:
        """Fetch a page, or learn that it has not changed since it gave ``validators``.

        FetchError where none came, Blocked where something else did; ``retry_after`` where the site asked for time.
        """
        limit, body = self._settings.max_page_bytes, BytesIO()
        ask = Ask(Tally(body, limit), _is_page, Allowance(self._settings.timeout, "page"), validators)
        answer = await self._follow(locate(url), ask, self._check_page)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return NotModified(answer.address.url)
        if error := answers.failure(answer, answers.retry_after(answer, self._policy)):
            raise error
        if answer.size > limit:
            raise Blocked(_too_large(answer, limit, "max_page_bytes"), status=answer.status)
        return _page(answer, body.getvalue())

    async def fetch_file(
        self,
        url: str,
        validators: Validators,
        sink: Sink,
        *,
        limit: int,
        timeout: float,  # noqa: ASYNC109 - no time runs while it waits its turn
    ) -> FileAnswer | NotModified:
        """Fetch a document's file into ``sink``, or learn that it has not changed since it gave ``validators``.

        ``limit``: bytes; ``timeout``: seconds, all its tries and redirects together. FetchError and Blocked as for a
        page, with their status where the server answered; what the sink holds then is not the file. The sink's own
        OSError comes through as it is.
        """
        allowance = Allowance(timeout, "file")
        ask = Ask(Tally(sink, limit), lambda answer: _fits(answer, limit), allowance, validators)
        answer = await self._follow(locate(url), ask, self._check_page)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return NotModified(answer.address.url)
        if error := answers.file_failure(answer, answers.retry_after(answer, self._policy)):
            raise error
        if answer.size > limit or not _fits(answer, limit):
            raise FetchError(_too_large(answer, limit, "max_file_bytes"), status=answer.status)
        return _file(answer)

    async def _follow(
        self, address: Address, ask: Ask, check: Callable[[Address], Awaitable[None]]
    ) -> Answer:
        path: tuple[Address, ...] = (address,)
        status = None
        while True:
            try:
                hops.check_path(path)
                await check(path[-1])
            except hops.Astray as error:
                error.status = status
                raise
            questions = answers.questions(ask.known, is_redirected=len(path) > 1)
            answer = await self._patience.get(path[-1], questions, ask)
            if answer.status == HTTPStatus.NOT_MODIFIED and not questions:
                text = f"{path[-1].host} answers “not modified”, which was not asked"
                raise Blocked(text, status=answer.status)
            if not answers.is_redirect(answer) or not answer.header("location"):
                return answer
            path = (*path, locate(answer.header("location"), base=path[-1].url))
            status = answer.status

    async def _check_host(self, address: Address) -> None:
        hops.check(address, self._settings.allowed_hosts, is_http_allowed=self._settings.allow_http)

    async def _check_page(self, address: Address) -> None:
        await self._check_host(address)
        if self._settings.respect_robots:
            await self._robots.check(address)

    async def _load_robots(self, origin: str) -> str:
        body, allowance = BytesIO(), Allowance(self._settings.timeout, "page")
        ask = Ask(Tally(body, robots.MOST_BYTES), _is_ok, allowance, Validators())
        try:
            answer = await self._follow(locate(f"{origin}/robots.txt"), ask, self._check_host)
        except hops.Astray:
            return ""  # RFC 9309: one that redirects lead away from is one that the site does not have
        return robots.text_of(
            replace(answer, body=body.getvalue()), answers.retry_after(answer, self._policy)
        )


def _who_asks(contact: str, version: str) -> dict[bytes, bytes]:
    product = f"{robots.AGENT}/{version}"
    if not contact:
        return {b"User-Agent": product.encode()}
    headers = {b"User-Agent": f"{product} (+{contact})".encode()}
    if "@" in contact and "://" not in contact:
        headers[b"From"] = contact.encode()
    return headers


def _is_ok(answer: Answer) -> bool:
    return answer.status == HTTPStatus.OK


def _is_page(answer: Answer) -> bool:
    return _is_ok(answer) and answers.is_page_type(answer)


def _fits(answer: Answer, limit: int) -> bool:
    """Tell whether a file is worth reading: not one of which the server says that it is larger."""
    length, packing = answer.header("content-length"), answer.header("content-encoding")
    says_more = not packing and length.isascii() and length.isdigit() and int(length) > limit
    return _is_ok(answer) and not says_more


def _too_large(answer: Answer, limit: int, setting: str) -> str:
    return f"{answer.address.shown} is larger than {limit:,} bytes; raise {setting} if it should be"


def _page(answer: Answer, body: bytes) -> Page:
    return Page(
        url=answer.address.url,
        html=decode(body, answer.header("content-type")),
        body_hash=answer.sha256,
        validators=answers.validators(answer),
        body=body,
    )


def _file(answer: Answer) -> FileAnswer:
    offered = answers.validators(answer)
    return FileAnswer(
        address=answer.address.url,
        status=answer.status,
        size=answer.size,
        content_type=shown(answer.header("content-type")),
        etag=offered.etag,
        last_modified=offered.last_modified,
        sha256=answer.sha256,
    )
