from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.board.view import View
from monitor.model import Commit, DocumentFile, Duty, LookHistory, Pledge, PledgeState
from monitor.record.apply import after
from monitor.web.files import TEXT, WebFile
from monitor.web.packed import Packed, pack
from monitor.web.plan import Plan
from monitor.web.shelf import LEFTOVER, MOST_BYTES, PAUSE, Edition, Shelf
from tests.alert.samples import MEXICO
from tests.web.world import NOW, empty

HOME = "en/index.html"


def planned(_: View) -> Plan:
    return {HOME: lambda: WebFile(b"home", TEXT, NOW), "404.html": lambda: WebFile(b"no", TEXT, NOW)}


def shelf(most_bytes: int = MOST_BYTES) -> Shelf:
    return Shelf(most_bytes, planned)


def file(size: int = 4) -> Packed:
    return pack("a.png", WebFile(bytes(size), "image/png", NOW), NOW)


def edition_of(one: Shelf) -> Edition:
    assert one.edition is not None
    return one.edition


def after_commit(view: View, commit: Commit) -> View:
    return replace(view, world=after(view.world, commit))


def again(view: View, number: int = 1) -> View:
    return after_commit(view, Commit(duty=Duty(swept=NOW + timedelta(seconds=number))))


def test_there_is_nothing_before_the_first_edition() -> None:
    one = shelf()
    assert one.edition is None
    assert one.take(HOME) is None
    assert one.leftover(HOME, 0) is None
    assert one.last(HOME) is None


def test_a_file_stays_for_as_long_as_the_world_does() -> None:
    one, view = shelf(), empty()
    assert one.offer(view, 0)
    assert set(edition_of(one).plan) == {HOME, "404.html"}
    assert one.take(HOME) is None
    kept = file()
    one.keep(edition_of(one), HOME, kept)
    assert not one.offer(replace(view, now=NOW + timedelta(days=1), sweeping_since=NOW), 1000)
    assert one.take(HOME) is kept


@pytest.mark.parametrize(
    "commit",
    [
        Commit(pledges={"MEX": Pledge(PledgeState.SIGNATORY)}),
        Commit(files=(DocumentFile("https://www.unodc.org/a.pdf", (), NOW),)),
        Commit(looks=(LookHistory("MEX"),)),
        Commit(duty=Duty(swept=datetime(2026, 11, 24, tzinfo=UTC))),
    ],
    ids=["pledges", "files", "looks", "duty"],
)
def test_what_the_board_shows_makes_a_new_edition(commit: Commit) -> None:
    one, view = shelf(), empty()
    one.offer(view, 0)
    assert one.offer(after_commit(view, commit), PAUSE)
    assert edition_of(one).number == 2


def test_so_do_dossiers_and_changes() -> None:
    view = empty()
    worlds = (
        replace(view.world, dossiers={MEXICO.code: object()}),  # type: ignore[dict-item] # by identity only
        replace(view.world, changes=(object(),)),  # type: ignore[arg-type] # the same
    )
    for world in worlds:
        one = shelf()
        one.offer(view, 0)
        assert one.offer(replace(view, world=world), PAUSE)


@pytest.mark.parametrize("commit", [Commit(incidents={"it rains": NOW}), Commit(forget_before=NOW), Commit()])
def test_what_chats_are_told_makes_none(commit: Commit) -> None:
    one, view = shelf(), empty()
    one.offer(view, 0)
    assert not one.offer(after_commit(view, commit), 1000)


def test_editions_follow_each_other_with_a_pause() -> None:
    one, view = shelf(), empty()
    one.offer(view, 100)
    assert not one.offer(again(view), 100 + PAUSE - 0.1)
    assert one.offer(again(view), 100 + PAUSE)
    assert not one.offer(again(view, 2), 100 + PAUSE + 0.1)


def test_for_a_moment_the_last_edition_is_good_enough() -> None:
    one, view, kept = shelf(), empty(), file()
    one.offer(view, 0)
    one.keep(edition_of(one), HOME, kept)
    one.offer(again(view), 100)
    assert one.take(HOME) is None
    assert one.leftover(HOME, 100 + LEFTOVER) is kept
    assert one.leftover(HOME, 100 + LEFTOVER + 0.1) is None
    assert one.last(HOME) is kept


def test_an_edition_before_the_last_is_never_good_enough() -> None:
    one, view = shelf(), empty()
    one.offer(view, 0)
    one.keep(edition_of(one), HOME, file())
    one.offer(again(view, 1), 100)
    one.offer(again(view, 2), 100 + PAUSE)
    assert one.leftover(HOME, 100 + PAUSE) is None


def test_readers_are_never_ten_seconds_behind() -> None:
    look = 1.0
    assert look + PAUSE + LEFTOVER < 10


def test_a_file_of_an_edition_that_is_over_is_not_kept() -> None:
    one, view = shelf(), empty()
    one.offer(view, 0)
    old = edition_of(one)
    one.offer(again(view), 100)
    one.keep(old, HOME, file())
    assert one.last(HOME) is None


def test_what_was_not_asked_for_longest_makes_room() -> None:
    one = shelf(most_bytes=25)
    one.offer(empty(), 0)
    edition = edition_of(one)
    for name in ("a", "b"):
        one.keep(edition, name, file(10))
    one.take("a")
    one.keep(edition, "c", file(10))
    assert [name for name in "abc" if one.take(name)] == ["a", "c"]


def test_a_file_that_is_kept_again_counts_once() -> None:
    one = shelf(most_bytes=25)
    one.offer(empty(), 0)
    for _ in range(5):
        one.keep(edition_of(one), "a", file(10))
    one.keep(edition_of(one), "b", file(10))
    assert one.take("a")
    assert one.take("b")


def test_one_file_that_is_larger_than_all_room_is_kept_all_the_same() -> None:
    one = shelf(most_bytes=25)
    one.offer(empty(), 0)
    one.keep(edition_of(one), "a", file(10))
    one.keep(edition_of(one), "b", file(100))
    assert one.take("a") is None
    assert one.take("b")


def test_the_real_plan_is_the_one_by_itself() -> None:
    one = Shelf()
    one.offer(empty(), 0)
    assert HOME in edition_of(one).plan
