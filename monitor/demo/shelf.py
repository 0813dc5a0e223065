"""The files of the simulated site's documents, with verbs for what happens to them after publication."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from time import time
from typing import Final

from monitor.demo.documents import SimulatedDocument
from monitor.demo.papers import paper
from monitor.demo.server import Answer, conditional

_PAGES: Final = {"self-assessment": 48, "country-report": 142, "executive-summary": 9}
_GONE: Final = Answer(404, b"<!DOCTYPE html><title>404</title><h1>Not found</h1>")
_PAGE: Final = Answer(
    200,
    b"<!DOCTYPE html><title>Sign in</title><h1>Please sign in</h1>",
    {"Content-Type": "text/html; charset=utf-8"},
)


class Shelf:
    """Which file stands at which path; not safe to share without the site's lock."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Answer, float]] = {}
        self._instead: dict[str, Answer] = {}
        self._editions: dict[str, int] = {}

    def put(self, path: str, document: SimulatedDocument, edition: int = 1) -> None:
        """Put a document's file at a path; another ``edition`` has other bytes."""
        title = f"Simulated {document.kind.replace('-', ' ')}, cycle {document.cycle}, edition {edition}"
        content = paper(title, document.language, _PAGES.get(document.kind, 3) + edition - 1)
        file = Answer(HTTPStatus.OK, content, {"Content-Type": "application/pdf"})
        self._files[path], self._editions[path] = (file, time()), edition

    def replace(self, path: str, document: SimulatedDocument) -> None:
        """Put the next edition in its place."""
        self.put(path, document, self._editions[path] + 1)

    def remove(self, path: str) -> None:
        """Answer 404 for a file until it is restored."""
        self._instead[path] = _GONE

    def sign_in(self, path: str) -> None:
        """Answer with a web page in place of a file, status 200, until it is restored."""
        self._instead[path] = _PAGE

    def restore(self, path: str) -> None:
        """Serve a file again."""
        self._instead.pop(path, None)

    def answer(self, path: str, asked: Mapping[str, str]) -> Answer | None:
        """Answer a request; None where no file ever stood at the path."""
        if path in self._instead:
            return self._instead[path]
        return conditional(*self._files[path], asked) if path in self._files else None
