"""What anybody may ask, in any chat: one table of all questions."""

from __future__ import annotations

from typing import Final

from monitor.dialogue.areas import choose
from monitor.dialogue.compare import compare
from monitor.dialogue.countries import countries, countries_pressed
from monitor.dialogue.evidence import evidence, evidence_pressed
from monitor.dialogue.export import export
from monitor.dialogue.help import about, help_, start
from monitor.dialogue.map import map_, map_pressed
from monitor.dialogue.missing import missing, missing_pressed
from monitor.dialogue.pledge import pledge, pledge_pressed
from monitor.dialogue.recent import recent, recent_pressed
from monitor.dialogue.route import Table
from monitor.dialogue.status import card_pressed, status, status_pressed, world_pressed
from monitor.dialogue.year import year

TABLE: Final = Table(
    commands={
        "start": start,
        "help": help_,
        "about": about,
        "status": status,
        "countries": countries,
        "missing": missing,
        "compare": compare,
        "map": map_,
        "recent": recent,
        "year": year,
        "pledge": pledge,
        "evidence": evidence,
        "export": export,
    },
    presses={
        "status": status_pressed,
        "card": card_pressed,
        "world": world_pressed,
        "list": countries_pressed,
        "regions": choose,
        "missing": missing_pressed,
        "map": map_pressed,
        "recent": recent_pressed,
        "pledge": pledge_pressed,
        "proof": evidence_pressed,
    },
)
