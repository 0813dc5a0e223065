"""Templates become pages: every word that is not ours is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.web.files import HTML, WebFile
from monitor.web.frame import frame, own


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("monitor.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, say: Speech, view: View, path: str, **values: Any) -> WebFile:  # noqa: ANN401 - what a template shows
    """Make a page of one language; ``path``: its own, below the language's folder, such as ``countries.html``.

    Templates know ``say``, ``view``, ``path``, ``frame`` (the ways to other pages) and ``up``, which leads from the
    page to the board's root.
    """
    up = "../" * (path.count("/") + 1)
    return _made(template, view, say=say, path=path, up=up, frame=frame(say, view, path), **values)


def render_for_all(template: str, view: View, up: str, **values: Any) -> WebFile:  # noqa: ANN401 - what a template shows
    """Make a page that speaks all languages at once: ``tongues`` holds each with its name in itself."""
    tongues = tuple((speak(code), own(code)) for code in languages())
    return _made(template, view, up=up, tongues=tongues, **values)


def root(view: View) -> str:
    """Give the way to the board's root for a page that is shown at any address, such as the one of what is not there."""
    return f"{urlsplit(view.address).path.rstrip('/')}/"


def _made(template: str, view: View, **values: Any) -> WebFile:  # noqa: ANN401 - what a template shows
    html = _environment().get_template(template).render(view=view, **values)
    return WebFile(html.encode("utf-8", "replace"), HTML, view.as_of)
