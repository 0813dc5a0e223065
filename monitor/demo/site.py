"""A simulated profile site on 127.0.0.1: the pages' state, with verbs to change it while it serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import cycle as endless
from threading import Lock
from time import monotonic, time
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import urlsplit

from monitor.demo.documents import SimulatedDocument, first_documents, simulated_url
from monitor.demo.render import LAYOUTS, render
from monitor.demo.server import Answer, LoopbackServer, Request, SeenRequest, conditional
from monitor.demo.shelf import Shelf
from monitor.model import Country, DocumentKind

NOT_FOUND = Answer(404, b"<!DOCTYPE html><title>404</title><h1>Not found</h1>")
# Seconds: the date in the header is no finer, and two changes must not look like one.
LAST_MODIFIED_STEP = 1.0


@dataclass(frozen=True, slots=True)
class _Profile:
    """One country's page as it stands."""

    country: Country
    layout: str
    documents: tuple[SimulatedDocument, ...]
    changed: float = field(default_factory=time)
    """Seconds since the epoch."""
    instead: Answer | None = None
    """What is answered in place of the page."""


class SimulatedSite:
    """Profile pages of all the given countries, at ``profile_url``; safe to change from any thread."""

    def __init__(
        self,
        countries: tuple[Country, ...],
        *,
        port: int = 0,
        latency: float = 0.0,
        validators: bool = True,
    ) -> None:
        """``port`` 0 takes a free one; ``latency``: seconds before each answer; ``validators``: ETag and 304."""
        self.latency = latency
        self.validators = validators
        self._lock = Lock()
        documents = first_documents(countries)
        self._profiles = {
            country.code: _Profile(country, layout, documents[country.code])
            for country, layout in zip(countries, endless(LAYOUTS), strict=False)
        }
        self._paths = {f"/{country.profile_code or country.code}.html": country.code for country in countries}
        self._bodies: dict[str, bytes] = {}
        self._shelf = Shelf()
        self._counts: Counter[int] = Counter()
        self._seen: list[SeenRequest] = []
        self._open = self._open_peak = 0
        self._server = LoopbackServer(port, self._respond)

    @property
    def profile_url(self) -> str:
        """The address of a profile page, with ``{code}`` to be replaced."""
        return f"http://127.0.0.1:{self._server.port}/{{code}}.html"

    @property
    def counts(self) -> Mapping[int, int]:
        """How many requests were answered with each status."""
        with self._lock:
            return MappingProxyType(dict(self._counts))

    @property
    def seen(self) -> tuple[SeenRequest, ...]:
        """Every request, in the order in which they came."""
        with self._lock:
            return tuple(self._seen)

    @property
    def open_peak(self) -> int:
        """The most requests that were open at one moment."""
        with self._lock:
            return self._open_peak

    def forget_requests(self) -> None:
        """Start ``counts``, ``seen`` and ``open_peak`` anew."""
        with self._lock:
            self._counts.clear()
            self._seen.clear()
            self._open_peak = self._open

    def documents(self, code: str) -> tuple[SimulatedDocument, ...]:
        """List what a country's page links to now."""
        with self._lock:
            return self._profiles[code].documents

    def publish(
        self,
        code: str,
        kind: DocumentKind,
        cycle: str,
        languages: tuple[str, ...] = ("en",),
        url: str | None = None,
    ) -> tuple[str, ...]:
        """Put a document on a country's page; returns its addresses, one a language (``{language}`` in ``url``).

        Without ``url`` the site serves the document's file, too.
        """
        added = tuple(
            SimulatedDocument(
                kind,
                cycle,
                language,
                url.replace("{language}", language) if url else self._home(code, kind, cycle, language),
            )
            for language in languages
        )
        with self._lock:
            for document in added if url is None else ():
                self._shelf.put(urlsplit(document.url).path, document)
            self._rewrite(code, (*self._profiles[code].documents, *added))
        return tuple(document.url for document in added)

    def _home(self, code: str, kind: DocumentKind, cycle: str, language: str) -> str:
        path = urlsplit(simulated_url(code, kind, cycle, language)).path
        return f"http://127.0.0.1:{self._server.port}{path}"

    def remove_file(self, url: str) -> None:
        """Answer 404 for a published document's file, until ``restore_file``; the page goes on listing it."""
        with self._lock:
            self._shelf.remove(urlsplit(url).path)

    def replace_file(self, code: str, url: str) -> None:
        """Put another file at a published document's address; KeyError where the page does not link to it."""
        with self._lock:
            [document] = (each for each in self._linking(code, url) if each.url == url)
            self._shelf.replace(urlsplit(url).path, document)

    def sign_in_instead(self, url: str) -> None:
        """Answer with a web page where a published document's file should be, until ``restore_file``."""
        with self._lock:
            self._shelf.sign_in(urlsplit(url).path)

    def restore_file(self, url: str) -> None:
        """Serve a document's file again."""
        with self._lock:
            self._shelf.restore(urlsplit(url).path)

    def withdraw(self, code: str, url: str) -> None:
        """Take a document off a country's page; KeyError where the page does not link to it."""
        with self._lock:
            documents = self._linking(code, url)
            self._rewrite(code, tuple(document for document in documents if document.url != url))

    def move(self, code: str, old_url: str, new_url: str) -> None:
        """Give a document another address; KeyError where the page does not link to the old one."""
        with self._lock:
            self._rewrite(
                code,
                tuple(
                    replace(document, url=new_url) if document.url == old_url else document
                    for document in self._linking(code, old_url)
                ),
            )

    def answer(
        self,
        code: str,
        *,
        status: int = HTTPStatus.OK,
        body: str | bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer requests for a country's page with this instead, until ``recover``."""
        content = body.encode() if isinstance(body, str) else body
        with self._lock:
            instead = Answer(status, content, headers or {})
            self._profiles[code] = replace(self._profiles[code], instead=instead)

    def recover(self, code: str) -> None:
        """Serve a country's page again."""
        with self._lock:
            self._profiles[code] = replace(self._profiles[code], instead=None)

    def close(self) -> None:
        """Stop serving, at once; open connections are cut."""
        self._server.close()

    def __enter__(self) -> Self:
        """Serve already, from the moment it was made."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self.close()

    def _linking(self, code: str, url: str) -> tuple[SimulatedDocument, ...]:
        documents = self._profiles[code].documents
        if url not in {document.url for document in documents}:
            raise KeyError(url)
        return documents

    def _rewrite(self, code: str, documents: tuple[SimulatedDocument, ...]) -> None:
        profile = self._profiles[code]
        changed = max(time(), profile.changed + LAST_MODIFIED_STEP)
        self._profiles[code] = replace(profile, documents=documents, changed=changed)
        self._bodies.pop(code, None)

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            self._seen.append(SeenRequest(request.path, monotonic()))
            self._open += 1
            self._open_peak = max(self._open_peak, self._open)
        request.wait(self.latency)
        with self._lock:
            answer = self._choose(request)
            self._counts[answer.status] += 1
            self._open -= 1
        return answer

    def _choose(self, request: Request) -> Answer:
        code = self._paths.get(request.path)
        if code is None:
            return self._shelf.answer(request.path, request.headers) or NOT_FOUND
        profile = self._profiles[code]
        if profile.instead is not None:
            return profile.instead
        return self._page(code, profile, request)

    def _page(self, code: str, profile: _Profile, request: Request) -> Answer:
        if code not in self._bodies:
            self._bodies[code] = render(profile.country, profile.documents, profile.layout).encode()
        page = Answer(HTTPStatus.OK, self._bodies[code], {"Content-Type": "text/html; charset=utf-8"})
        return conditional(page, profile.changed, request.headers) if self.validators else page
