"""Pages that belong to no language: the one at the root, and the one of what is not there."""

from __future__ import annotations

from monitor.board.view import View
from monitor.language.speech import speak
from monitor.web.files import WebFile
from monitor.web.render import render_for_all, root


def entrance(view: View) -> WebFile:
    """Make the page at the board's root, where a reader's language is chosen."""
    return render_for_all("entrance.html", view, "", title=speak()("UNCAC publication monitor"))


def lost(view: View) -> WebFile:
    """Make the page of what is not there; it is shown at any address, so its links start at the board's root."""
    return render_for_all("lost.html", view, root(view), title=speak()("This page does not exist"))
