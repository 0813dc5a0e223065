"""Templates become pages: every word that is not ours is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import Speech
from monitor.web.files import HTML, WebFile


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

    Templates know ``say``, ``view``, ``path``, ``languages`` and ``up``, which leads from the page to the board's root.
    """
    page = _environment().get_template(template)
    up = "../" * (path.count("/") + 1)
    html = page.render(say=say, view=view, path=path, up=up, languages=languages(), **values)
    return WebFile(html.encode("utf-8", "replace"), HTML, view.as_of)
