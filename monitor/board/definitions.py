"""What each status means, one sentence each: they stand beside every status that is shown."""

from __future__ import annotations

from monitor.board.promise import Kept
from monitor.board.status import Mark, Why
from monitor.language.speech import Speech


def definition(say: Speech, status: Mark | Why | Kept) -> str:
    """Say in one sentence what a status means, and what it does not."""
    if isinstance(status, Mark):
        return _mark(say, status)
    return _why(say, status) if isinstance(status, Why) else _kept(say, status)


def _mark(say: Speech, mark: Mark) -> str:
    return {
        Mark.PUBLISHED: say("The country's profile page listed it when it was last read."),
        Mark.WITHDRAWN: say(
            "The page listed it once, and has not listed it for days in which it could be read; nobody said why."
        ),
        Mark.NOT_SEEN: say("The page was read and does not list it; it may still be published elsewhere."),
        Mark.UNKNOWN: say(
            "It cannot be told whether it is published, for the reason given; it never counts as not published."
        ),
    }[mark]


def _why(say: Speech, why: Why) -> str:
    return {
        Why.NOT_READ: say("The page could not be read even once."),
        Why.FAILING: say(
            "The page cannot be read now; something may have appeared there since it was last read."
        ),
        Why.HELD: say("The newest look at the page lists one, but that look waits to be confirmed."),
        Why.DOUBTFUL: say("The page lists a document that may be it; a person has to say what it is."),
        Why.CYCLE: say("The page lists one, but does not say to which review cycle it belongs."),
        Why.ABSENT: say(
            "It was listed and is missing now; it may come back, so it is not called withdrawn yet."
        ),
    }[why]


def _kept(say: Speech, kept: Kept) -> str:
    return {
        Kept.SEEN: say("The document stands on the profile page, in a language that was promised."),
        Kept.IN_PART: say(
            "The document stands on the profile page, but not, as far as can be seen, in a language that was promised."
        ),
        Kept.NOT_SEEN: say(
            "The profile page was read and does not list the document; it may still be published elsewhere."
        ),
        Kept.UNKNOWN: say("It cannot be told whether the document stands on the profile page."),
    }[kept]
