"""What operators are told when the disk gives trouble: once when it begins, once when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from monitor.alert.book import numbers
from monitor.alert.health import incident, recovered
from monitor.alert.markup import escape, link
from monitor.alert.notices import command, reason_line
from monitor.alert.outbox import notices_owed
from monitor.language.speech import N_, Speech
from monitor.model import Commit, Delivery, Message, World

ARCHIVE: Final = N_("evidence cannot be kept")
"""The incident's name."""
COPIES: Final = N_("no dated copy of the store could be made")
"""The incident's name."""
BOARD: Final = N_("the board was not shown on the web")
"""The incident's name."""
SIGNALS: Final = N_("health and metrics were not served")
"""The incident's name."""
LIST: Final = N_("the list of the Pledge cannot be read")
"""The incident's name."""
UNWRITTEN: Final = N_("the store could not be written")
"""What was over, in the words of its end; while it lasts nothing can be stored of it."""
Words = Callable[[Speech], Message]


def copies_went(world: World, problem: str, now: datetime) -> Commit:
    """Note how making a dated copy went (``problem``: why not); empty where operators know that already."""
    return _went(world, COPIES, problem, now, _copies)


def archive_went(world: World, problem: str, now: datetime) -> Commit:
    """Note how keeping evidence went (``problem``: why not); empty where operators know that already."""
    return _went(world, ARCHIVE, problem, now, _archive)


def board_went(world: World, problem: str, now: datetime) -> Commit:
    """Note how serving the board went (``problem``: why not); empty where operators know that already."""
    return _went(world, BOARD, problem, now, _board)


def signals_went(world: World, problem: str, now: datetime) -> Commit:
    """Note how serving health and metrics went (``problem``: why not); empty where operators know that already."""
    return _went(world, SIGNALS, problem, now, _signals)


def list_went(world: World, problem: str, page: str, now: datetime) -> Commit:
    """Note how reading the list of signatories at ``page`` went (``problem``: why not); empty where operators know that."""
    return _went(world, LIST, problem, now, lambda problem: _list(problem, page))


def _went(
    world: World, incident_name: str, problem: str, now: datetime, words: Callable[[str], Words]
) -> Commit:
    since = world.incidents.get(incident_name)
    if bool(problem) == (since is not None):
        return Commit()
    others = {name: began for name, began in world.incidents.items() if name != incident_name}
    if since is not None:
        over = since  # for the words below, which are said later
        return Commit(
            deliveries=told(world, lambda say: recovered(say, incident_name, over, now), now),
            incidents=others,
        )
    return Commit(deliveries=told(world, words(problem), now), incidents={**others, incident_name: now})


def unwritten(error: str) -> Words:
    """Give the words for a store that takes nothing."""
    return lambda say: incident(
        say("The store cannot be written: nobody is told anything until it can"),
        say(
            "{error}. Nothing is lost: what is found meanwhile is found again, and what was sent is not sent again.",
            error=reason_line(error),
        ),
        escape(say("Make room or allow writing. The service then goes on by itself; do not stop it before.")),
    )


def written_again(since: datetime, now: datetime) -> Words:
    """Give the words for the end of that."""
    return lambda say: recovered(say, UNWRITTEN, since, now)


def told(world: World, words: Words, now: datetime) -> tuple[Delivery, ...]:
    """Owe every operators' chat these words."""
    return notices_owed(lambda say: (words(say),), world, now, numbers(now, world.deliveries))


def _archive(problem: str) -> Words:
    return lambda say: incident(
        say("Evidence cannot be kept: pages and documents are read and told, but no copy of them stays"),
        say(
            "{error}. Alerts go out as always; what they rest on can be proven less well.",
            error=reason_line(problem),
        ),
        escape(say("Make room, allow writing in the archive's folder, or raise max_megabytes.")),
    )


def _copies(problem: str) -> Words:
    return lambda say: incident(
        say("No dated copy of the store could be made"),
        say(
            "{error}. The store itself is well, and making a copy is tried again.", error=reason_line(problem)
        ),
        escape(say("Make room or allow writing in the folder of the copies.")),
    )


def _board(problem: str) -> Words:
    return lambda say: incident(
        say("The board cannot be shown on the web"),
        say(
            "{error}. Alerts and answers go out as always, and it is tried again every minute.",
            error=reason_line(problem),
        ),
        escape(say("Free the port, or set another one: “listen” in the section [web] of the configuration.")),
    )


def _signals(problem: str) -> Words:
    return lambda say: incident(
        say("Health and metrics cannot be served to the machines that watch this one"),
        say(
            "{error}. Alerts and answers go out as always, and it is tried again every minute.",
            error=reason_line(problem),
        ),
        escape(
            say("Free the port, or set another one: “listen” in the section [signals] of the configuration.")
        ),
    )


def _list(problem: str, page: str) -> Words:
    return lambda say: incident(
        say("The list of the Pledge’s signatories cannot be read"),
        say(
            "{error}. Who is known as a signatory stays so, and the list is tried again every day; until then nobody "
            "is told here of new signatures.",
            error=reason_line(problem),
        ),
        say(
            "Look at {page}. If the list stands elsewhere, set page under [pledge]; to see how it is read: {command}",
            page=link(page, page),
            command=command("pledge", "check"),
        ),
    )
