"""A sample of the world a year after the first look, as all tests of the web need it: nothing in it depends on the clock.

``view()`` has everything once: what stood there at the first look, publications of a year, language versions, a replaced,
a moved, a returned and withdrawn documents, one in its days of grace, a held, failing and never read countries, doubtful
documents, ones without a cycle, files, looks, operators' words on the Pledge. Zimbabwe's titles are hostile.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.board.view import View
from monitor.model import (
    Document,
    Failing,
    KnownDocument,
    Pledge,
    PledgeState,
    World,
)
from tests.web.story import (
    ADDRESS,
    BEGAN,
    BUGGY,
    FAILING,
    HELD,
    HOSTILE,
    LAST_LOOK,
    NEVER_READ,
    NOW,
    SHIPPED,
    STEP,
    Story,
    look_before,
)

__all__ = [
    "ADDRESS",
    "BEGAN",
    "BUGGY",
    "FAILING",
    "HELD",
    "HOSTILE",
    "LAST_LOOK",
    "NEVER_READ",
    "NOW",
    "SHIPPED",
    "STEP",
    "empty",
    "hostile",
    "look_before",
    "view",
]


def empty(**changes: object) -> View:
    """Nothing was ever looked at."""
    return _view(World(), **changes)


def hostile(**changes: object) -> View:
    """Every word of every stranger means harm; addresses stay web addresses, as profile/address.py makes them."""
    world = view().world
    dossiers = {
        code: replace(
            dossier, documents=tuple(map(_harmful, dossier.documents)), failing=_harm(dossier.failing)
        )
        for code, dossier in world.dossiers.items()
    }
    changes_ = tuple(replace(change, document=_harmed(change.document)) for change in world.changes)
    files = {
        url: replace(
            file,
            looks=tuple(replace(look, title=HOSTILE, error=HOSTILE, language="<b>") for look in file.looks),
        )
        for url, file in world.files.items()
    }
    looks = {
        code: replace(history, looks=tuple(replace(each, error=HOSTILE) for each in history.looks))
        for code, history in world.looks.items()
    }
    pledges = {code: Pledge(PledgeState.SIGNATORY, HOSTILE, HOSTILE) for code in ("ALB", "NOR", "ZWE")}
    harmed = replace(world, dossiers=dossiers, changes=changes_, files=files, looks=looks, pledges=pledges)
    return _view(harmed, contact=HOSTILE, **changes)


def view(**changes: object) -> View:
    """The world a year after the first look; ``changes``: fields of the View."""
    story = Story()
    story.begin()
    story.go_on()
    return _view(story.world(), **changes)


def _view(world: World, **changes: object) -> View:
    unknown = {country.code: Pledge(PledgeState.UNKNOWN) for country in SHIPPED.countries}
    plain = View(
        world=world,
        countries=SHIPPED.countries,
        pledges=unknown | dict(SHIPPED.pledges) | dict(world.pledges),
        cycles=SHIPPED.rules.cycles,
        is_pledge_complete=False,
        profile_url=SHIPPED.profile_url,
        now=NOW,
        version="0.1.0",
        contact="monitor@example.org",
    )
    return replace(plain, **changes)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def _harmful(known: KnownDocument) -> KnownDocument:
    return replace(known, document=_harmed(known.document))


def _harmed(document: Document) -> Document:
    evidence = tuple(replace(each, words=HOSTILE) for each in document.evidence)
    return replace(
        document, title=HOSTILE, evidence=evidence, symbol=HOSTILE, doubt=document.doubt and HOSTILE
    )


def _harm(failing: Failing | None) -> Failing | None:
    return replace(failing, error=HOSTILE) if failing else None
