"""What the board answers to a request: decided from values alone, so nothing a stranger asks reaches a file system."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote_to_bytes

from monitor.language.catalogs import languages, spoken
from monitor.web.accept import best_language, has_already, is_unchanged, takes_gzip
from monitor.web.files import TEXT
from monitor.web.packed import AGE, Form, Headers, Packed, raw

NOT_FOUND: Final = "404.html"
_READS: Final = frozenset({"GET", "HEAD"})
_HEARD: Final = frozenset(
    {
        b"accept-encoding",
        b"accept-language",
        b"if-none-match",
        b"if-modified-since",
    }
)
"""The headers that an answer depends on."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request, as far as the board listens to it."""

    method: str
    path: bytes
    """As it came: with its slash in front and its per cent signs, without a query."""
    headers: Iterable[tuple[bytes, bytes]] = ()
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; a body is there for HEAD too, whoever sends it leaves it out."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Place:
    """The file that answers a request, and with which status."""

    path: str
    status: int = HTTPStatus.OK


def place_of(request: Request, paths: Container[str]) -> Place | Answer:
    """Say which of the board's files answers a request, or what does where none is needed."""
    if request.method not in _READS:
        return plain(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "The board is only read.",
            (("allow", "GET, HEAD"), ("connection", "close")),
        )
    try:
        path = unquote_to_bytes(request.path).decode("utf-8").removeprefix("/")
    except UnicodeDecodeError:
        return plain(HTTPStatus.BAD_REQUEST, "This address is not UTF-8.", ())
    return _choice(request) if request.path == b"/" else _found(path, paths)


def _found(path: str, paths: Container[str]) -> Place | Answer:
    if path in paths:
        return Place(path)
    if path.endswith("/") and f"{path}index.html" in paths:
        return Place(f"{path}index.html")
    if f"{path}/index.html" in paths:
        # Relative, so that it also holds behind a proxy that shows the board in a folder.
        return _moved(HTTPStatus.MOVED_PERMANENTLY, f"{path.rpartition('/')[2]}/", ())
    return Place(NOT_FOUND, HTTPStatus.NOT_FOUND)


def _choice(request: Request) -> Answer:
    """Lead to the language the reader likes best."""
    liked = _said(request.headers).get(b"accept-language", "")
    code = best_language(liked, spoken) or languages()[0]
    return _moved(HTTPStatus.FOUND, f"{code}/", (("vary", "accept-language"),))


def _moved(status: HTTPStatus, to: str, headers: tuple[tuple[str, str], ...]) -> Answer:
    return plain(status, f"See {to}", (("location", to), ("cache-control", AGE), *headers))


def answer(request: Request, packed: Packed, status: int = HTTPStatus.OK) -> Answer:
    """Answer with a file, or with the news that the reader has it already."""
    said = _said(request.headers)
    form = _form(said, packed)
    if status != HTTPStatus.OK:
        # An error is no state of a file: nothing to compare it with.
        kept = [header for header in form.headers if header[0] not in {b"etag", b"last-modified"}]
        return Answer(status, kept, packed.body(form))
    if _has(said, packed, form):
        return Answer(HTTPStatus.NOT_MODIFIED, form.brief)
    return Answer(status, form.headers, packed.body(form))


def _form(said: dict[bytes, str], packed: Packed) -> Form:
    if packed.packed is not None and takes_gzip(said.get(b"accept-encoding", "")):
        return packed.packed
    return packed.plain


def _has(said: dict[bytes, str], packed: Packed, form: Form) -> bool:
    """Say whether the reader has it already; who names what it has is not asked for dates."""
    if (tags := said.get(b"if-none-match")) is not None:
        return has_already(tags, form.etag)
    since = said.get(b"if-modified-since")
    return since is not None and is_unchanged(since, packed.modified)


def _said(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, str]:
    """Take the headers that count; one that came in several lines is one list."""
    said: dict[bytes, str] = {}
    for name, value in headers:
        if name in _HEARD:
            text = value.decode("latin-1")
            said[name] = f"{said[name]},{text}" if name in said else text
    return said


def plain(status: int, text: str, headers: tuple[tuple[str, str], ...]) -> Answer:
    """Answer with a short text of our own."""
    body = f"{text}\n".encode()
    about: Headers = raw((("content-type", TEXT), ("content-length", str(len(body))), *headers))
    return Answer(status, about, body)


BROKEN: Final = plain(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "This page cannot be shown now. Those who run the board have been told.",
    (("cache-control", "no-store"),),
)
"""What a reader sees of a fault of ours."""
LOST: Final = plain(HTTPStatus.NOT_FOUND, "There is nothing here.", (("cache-control", AGE),))
"""For a board without a page for that."""
