"""What stands around every page: the ways to other pages and languages, and what search engines are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.web.licences import TERMS

CARD: Final = "card.png"
"""The picture that is shown where a page is shared, in each language's folder."""
_HOME: Final = "index.html"
_DATA: Final = "data.html"
_METHODOLOGY: Final = "methodology.html"


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a page of the board."""

    label: str
    href: str
    is_here: bool = False
    code: str = ""
    """The language of the page, where that is not the one it is linked from."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around one page."""

    home: Way
    ways: tuple[Way, ...]
    languages: tuple[Way, ...]
    data: str
    methodology: str
    feed: str
    canonical: str
    """The page's public address; empty where nobody knows."""
    alternates: tuple[Way, ...]
    """The page's public address in every language; none where nobody knows."""
    card: str
    licence: str
    licence_address: str


def frame(say: Speech, view: View, path: str) -> Frame:
    """Give the frame of a page; ``path``: its own, below the language's folder."""
    base = "../" * path.count("/")
    return Frame(
        home=Way(say("UNCAC publication monitor"), base + _HOME, path == _HOME),
        ways=tuple(Way(label, base + to, path == to) for to, label in _ways(say)),
        languages=tuple(
            Way(own(code), f"{base}../{code}/{path}", code == say.code, code) for code in languages()
        ),
        data=base + _DATA,
        methodology=base + _METHODOLOGY,
        feed=f"{base}feed.atom",
        canonical=public(view, say.code, path),
        alternates=tuple(
            Way("", public(view, code, path), code=code) for code in languages() if view.address
        ),
        card=public(view, say.code, CARD),
        licence=TERMS[view.licence].title,
        licence_address=TERMS[view.licence].url,
    )


def own(code: str) -> str:
    """Name a language in itself."""
    return speak(code).language(code)


def public(view: View, code: str, path: str) -> str:
    """Give a page's public address; empty where nobody knows where the board stands."""
    return f"{view.address}/{code}/{path}" if view.address else ""


def _ways(say: Speech) -> tuple[tuple[str, str], ...]:
    return (
        ("countries.html", say("Countries")),
        ("pledge.html", say("Pledge")),
        ("year.html", say("Year")),
        (_DATA, say("Data")),
        (_METHODOLOGY, say("Methodology")),
    )
