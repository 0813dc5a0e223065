"""Home: the map, the headline numbers, the latest publications, how fresh that is."""

from __future__ import annotations

from monitor.board.view import View
from monitor.language.speech import Speech
from monitor.web.files import WebFile
from monitor.web.render import render


def page(say: Speech, view: View) -> WebFile:
    """Make the home page."""
    return render(
        "home.html", say, view, "index.html", title=say("Who published their UNCAC review?"), description=""
    )
