"""Which files are looked at next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.evidence.due import LONGEST, MOST, SHORTEST, awaited, due, listed, next_look, pause
from monitor.model import Change, ChangeKind, DocumentKind, Dossier, FileState
from tests.evidence.documents import (
    DAY,
    GONE,
    HOUR,
    NOW,
    UNREACHED,
    URL,
    Shelf,
    after,
    document,
    known,
    look,
)

EVERY = 30 * DAY
MINUTES = timedelta(minutes=1)


def urls(number: int) -> list[str]:
    return [f"https://www.unodc.org/documents/{at:04}.pdf" for at in range(number)]


def now_due(shelf: Shelf) -> tuple[str, ...]:
    return due(shelf.world, shelf.documents, EVERY, shelf.now)


def test_every_review_document_that_a_page_lists_is_looked_at_once_whoever_lists_it() -> None:
    shelf = Shelf(codes=("FIN", "ESP"))
    assert [code for code, _ in shelf.documents[URL]] == ["FIN", "ESP"]
    assert now_due(shelf) == (URL,)


@pytest.mark.parametrize("kind", DocumentKind)
def test_all_kinds_but_other_are_looked_at(kind: DocumentKind) -> None:
    shelf = Shelf()
    shelf.world = replace(shelf.world, dossiers={"MEX": Dossier("MEX", (known(document(kind=kind)),))})
    assert bool(shelf.documents) is (kind is not DocumentKind.OTHER)


def test_what_no_page_lists_any_more_what_is_elsewhere_and_countries_unknown_are_left_alone() -> None:
    shelf = Shelf()
    assert listed(shelf.world, {"MEX"}, lambda url: url != URL) == {}
    assert listed(shelf.world, {"FIN"}, lambda _: True) == {}
    gone = Dossier("MEX", (known(document(), missing_since=NOW),))
    assert listed(replace(shelf.world, dossiers={"MEX": gone}), {"MEX"}, lambda _: True) == {}


def test_the_longest_unseen_comes_first_and_few_in_one_go() -> None:
    shelf = Shelf(*urls(9))
    for at, url in enumerate(urls(8)):
        shelf.finds("a", url, hours=10 - at)
    shelf.now += EVERY
    assert now_due(shelf) == (urls(9)[8], urls(9)[0])


def test_what_was_looked_at_waits_a_whole_round() -> None:
    shelf = Shelf()
    shelf.finds("a")
    shelf.now += EVERY - timedelta(seconds=1)
    assert now_due(shelf) == ()
    shelf.now += timedelta(seconds=1)
    assert now_due(shelf) == (URL,)


@pytest.mark.parametrize(
    ("found", "is_awaited", "wait"),
    [
        (("a",), False, EVERY),
        ((GONE,), False, EVERY),
        (("a", "b"), False, HOUR),
        (("a", "b", "b"), False, DAY),
        (("a", GONE), False, HOUR),
        ((UNREACHED,), False, HOUR),
        ((UNREACHED, UNREACHED), False, 2 * HOUR),
        (("a", UNREACHED, UNREACHED, UNREACHED), False, 4 * HOUR),
        ((UNREACHED,) * 20, False, EVERY),
        ((GONE,), True, 15 * MINUTES),
        ((UNREACHED,), True, 15 * MINUTES),
        ((GONE, UNREACHED, UNREACHED), True, 30 * MINUTES),
        ((GONE, GONE), True, 12 * HOUR),
        ((GONE, GONE, GONE, GONE), True, DAY),
        ((GONE, "a"), True, 15 * MINUTES),
        ((GONE,) * 40, True, EVERY),
    ],
)
def test_when_a_file_is_looked_at_again(
    found: tuple[str | FileState], is_awaited: bool, wait: timedelta
) -> None:
    file = after(*found)
    assert next_look(file, EVERY, is_awaited=is_awaited) == file.checked + wait


def test_nothing_waits_longer_than_a_round() -> None:
    assert next_look(after("a", "b", "b"), 2 * HOUR, is_awaited=False) == NOW + DAY + 2 * HOUR


def test_news_that_does_not_open_goes_first_then_doubts_then_the_round_which_never_starves() -> None:
    names = urls(12)
    shelf = Shelf(*names)
    for url in names[:8]:
        shelf.finds("a", url, hours=0)
    for url in names[:6]:
        shelf.finds("b", url, hours=0)
    shelf.announces(look(NOW, GONE), names[7])
    shelf.world = replace(
        shelf.world, files={**shelf.world.files, names[7]: replace(after(GONE), url=names[7])}
    )
    shelf.now += 2 * HOUR
    assert now_due(shelf) == (names[7], names[0], names[1], names[8])
    assert len(now_due(shelf)) == MOST


def test_news_that_does_not_open_goes_before_a_doubt_that_waits_longer() -> None:
    doubted, dead = urls(2)
    shelf = Shelf(doubted, dead)
    for found in "ab":
        shelf.finds(found, doubted)
    shelf.announces(look(NOW, GONE), dead)
    shelf.finds(GONE, dead, hours=5)
    shelf.now += HOUR
    assert now_due(shelf) == (dead, doubted)


def test_news_that_nobody_had_time_to_look_at_goes_first() -> None:
    shelf = Shelf(*urls(3))
    shelf.announces(None, urls(3)[2])
    assert now_due(shelf)[0] == urls(3)[2]


def test_awaited_is_what_was_announced_or_told_as_dead_and_does_not_open() -> None:
    shelf = Shelf()
    assert awaited(shelf.world) == frozenset()
    shelf.announces(look(NOW, GONE))
    assert awaited(shelf.world) == {URL}
    shelf.finds("a")
    assert awaited(shelf.world) == frozenset()
    gone = Change("MEX", ChangeKind.LINK_DEAD, document(), NOW, NOW)
    dead = replace(shelf.world, changes=(gone,), files={URL: after(GONE)})
    assert awaited(dead) == {URL}
    back = replace(dead, changes=(gone, replace(gone, kind=ChangeKind.LINK_BACK)))
    assert awaited(back) == frozenset()
    withdrawn = replace(gone, kind=ChangeKind.WITHDRAWN)
    assert awaited(replace(dead, changes=(withdrawn,))) == frozenset()


@pytest.mark.parametrize(
    ("documents", "every", "expected"),
    [
        (0, EVERY, LONGEST),
        (100, EVERY, LONGEST),
        (2880, EVERY, 15 * MINUTES),
        (28_800, EVERY, 1.5 * MINUTES),
        (10, timedelta(seconds=2), SHORTEST),
    ],
)
def test_the_pause_between_two_goes_lets_a_round_end_in_time(
    documents: int, every: timedelta, expected: timedelta
) -> None:
    assert pause(documents, every) == expected
