"""Somebody reads the feeds through random histories of a page: nothing comes twice, nothing is left out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from monitor.board.status import MATRIX_KINDS
from monitor.board.view import View
from monitor.errors import FetchError
from monitor.model import ChangeKind, World
from monitor.record.decide import Decision
from monitor.web import feed
from tests.record.histories import Page
from tests.record.test_history_properties import (
    ACTIONS,
    BASELINE,
    CR2,
    EXAMPLES,
    LOOK,
    SA2,
    SAYING,
    Action,
    History,
)
from tests.web import world

ATOM = "{http://www.w3.org/2005/Atom}"
TOLD = {ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.WITHDRAWN}


def view_of(history: History) -> View:
    country = history.country
    shown = World({"MEX": country.dossier}, tuple(country.changes))
    return replace(world.empty(), world=shown, now=country.now)


def polled(view: View, path: str = "en/feeds/MEX.atom") -> bytes:
    return dict(feed.makers(view))[path]().body


def entries_of(body: bytes) -> dict[str, bytes]:
    found = [(each.findtext(f"{ATOM}id"), each) for each in etree.fromstring(body).iter(f"{ATOM}entry")]
    assert len({name for name, _ in found}) == len(found)
    return {str(name): etree.tostring(each, method="c14n") for name, each in found}


@dataclass
class Followed(History):
    """A page whose feed is polled after every look."""

    seen: dict[str, bytes] = field(default_factory=dict)
    body: bytes = b""
    known_changes: int = 0
    have_rules_turned: bool = False

    def _sweep(self, look: Page | FetchError, hours: int) -> Decision:
        decision = super()._sweep(look, hours)
        self.poll()
        return decision

    def do(self, action: Action) -> None:
        super().do(action)
        if self.country.dossier.first_read:
            self.poll()

    def turn_rules(self, _: int) -> None:
        super().turn_rules(_)
        self.have_rules_turned = True

    def poll(self) -> None:
        fresh = self.country.changes[self.known_changes :]
        body = polled(view_of(self))
        now = entries_of(body)
        assert fresh or not self.body or body == self.body
        assert self.seen.keys() <= now.keys()
        changed = {name for name, before in self.seen.items() if now[name] != before}
        # Only what new rules recognise, with no newer news anywhere, joins the piece that its look had brought.
        assert not changed or self.have_rules_turned
        news = [change for change in fresh if change.kind in TOLD and change.document.kind in MATRIX_KINDS]
        told = b"".join(now[name] for name in {*now} - {*self.seen} | changed)
        assert all(change.document.url.encode() in told for change in news)
        assert bool(told) == bool(news)
        self.seen, self.body, self.known_changes = now, body, len(self.country.changes)


def followed(baseline: list[int], actions: list[Action]) -> Followed:
    history = Followed()
    for number in baseline:
        history.publish(number)
    history.look(0)
    for action in actions:
        history.do(action)
    history.rest()
    return history


@settings(deadline=None, max_examples=60)
@given(BASELINE, st.one_of(ACTIONS, SAYING))
@example([], [("publish", 4), LOOK, ("say", 0), LOOK, ("move", 0), LOOK, ("drop", 0), ("look", 99), LOOK])
@example([CR2], [("publish", SA2), ("publish", 4), LOOK, ("say", 1), LOOK])
def test_a_reader_sees_each_piece_of_news_once_and_as_it_was(
    baseline: list[int], actions: list[Action]
) -> None:
    followed(baseline, actions)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_reader_sees_each_piece_once_in_every_trap(name: str) -> None:
    followed(*EXAMPLES[name])
