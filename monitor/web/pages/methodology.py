"""How the board knows what it says, and what it cannot know."""

from __future__ import annotations

from monitor.board.promise import Kept
from monitor.board.status import Why
from monitor.board.view import View
from monitor.language.speech import Speech
from monitor.web.files import WebFile
from monitor.web.pages import signs
from monitor.web.render import render


def page(say: Speech, view: View) -> WebFile:
    """Make the page of the methodology."""
    hours = view.period.total_seconds() / 3600
    days = view.grace.total_seconds() / 86_400
    return render(
        "methodology.html",
        say,
        view,
        "methodology.html",
        title=say("How this board knows, and what it cannot know"),
        description=say("What the words mean, how often the pages are looked at, and how it is proven."),
        marks=tuple(signs.marks(say).values()),
        whys=tuple(signs.of_why(say, why) for why in Why),
        kept=tuple(signs.of_kept(say, kept) for kept in Kept),
        hours=say.decimal(hours),
        days=say.decimal(days),
        contact=view.contact,
    )
