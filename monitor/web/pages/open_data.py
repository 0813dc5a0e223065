"""What can be taken from the board and used elsewhere: tables, JSON, feeds, and under which licence."""

from __future__ import annotations

from monitor.board.regions import regions
from monitor.board.view import View
from monitor.language.speech import Speech
from monitor.web import feed_paths
from monitor.web.files import WebFile
from monitor.web.render import render


def page(say: Speech, view: View) -> WebFile:
    """Make the page of the open data."""
    return render(
        "data.html",
        say,
        view,
        "data.html",
        title=say("Open data and feeds"),
        description=say("Everything on this board, to be used elsewhere."),
        files=(
            (
                "documents.csv",
                say("Every document that was ever seen, with when, where, and which words decided"),
            ),
            ("countries.csv", say("Every country, with what is published per review cycle")),
            (
                "publications.csv",
                say("Everything that happened: published, replaced, moved, withdrawn, listed again"),
            ),
            ("datapackage.json", say("What the tables' columns mean (Frictionless Data Package)")),
            ("register.json", say("All of it in one file, with the evidence")),
            ("register.schema.json", say("The JSON Schema of that file")),
        ),
        feeds=(
            (feed_paths.of_all(say.code), say("All publications")),
            *((feed_paths.of_region(say.code, each), say.word(each)) for each in regions(view.countries)),
        ),
    )
