"""What is believed of files, what follows from it, and what is too much to be true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.evidence.judge import INCIDENTS, Many, believed, doubted_anew, hosts, meanings
from monitor.model import ChangeKind, FileState
from tests.evidence.documents import DAY, GONE, HOUR, NOW, PAGE, UNREACHED, URL, Shelf, after, look

K = ChangeKind
DEAD, BACK, REPLACED, MOVED = K.LINK_DEAD, K.LINK_BACK, K.FILE_REPLACED, K.FILE_MOVED


def told(*found: str | FileState, hours: float = 12) -> list[ChangeKind]:
    shelf = Shelf()
    for each in found:
        shelf.finds(each, hours=hours)
    return shelf.kinds


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (("a",), []),
        ((GONE,), []),
        ((GONE, GONE, GONE, GONE), []),
        (("a", GONE, GONE), []),
        (("a", GONE, GONE, GONE), [DEAD]),
        (("a", PAGE, GONE, PAGE), [DEAD]),
        (("a", GONE, GONE, GONE, GONE, GONE, GONE), [DEAD]),
        (("a", GONE, GONE, "a", GONE, GONE), []),
        (("a", GONE, GONE, GONE, "a"), [DEAD]),
        (("a", GONE, GONE, GONE, "a", "a"), [DEAD, BACK]),
        (("a", GONE, GONE, GONE, "a", GONE, "a", GONE), [DEAD]),
        (("a", GONE, GONE, GONE, "b", "c"), [DEAD, BACK]),
        (("a", GONE, GONE, GONE, "a", "a", GONE, GONE, GONE), [DEAD, BACK, DEAD]),
        (("a", "b", "b"), []),
        (("a", "b", "b", "b"), [REPLACED]),
        (("a", "b", "a", "b", "a", "b"), []),
        (("a", "b", "c", "d", "e", "f", "g", "h"), []),
        (("a", "b", "b", "b", "a", "a", "a"), [REPLACED, REPLACED]),
        ((UNREACHED, "a", "b"), []),
        ((UNREACHED, UNREACHED, GONE, GONE, GONE), []),
        (("a", UNREACHED, UNREACHED, UNREACHED, UNREACHED), []),
        (("a", GONE, GONE, UNREACHED), []),
        (("a", GONE, UNREACHED, GONE, UNREACHED, GONE), [DEAD]),
        ((GONE, "a", "a"), []),
    ],
)
def test_what_looks_half_a_day_apart_lead_to(
    found: tuple[str | FileState], expected: list[ChangeKind]
) -> None:
    assert told(*found) == expected


@pytest.mark.parametrize(
    ("found", "hours", "expected"),
    [
        ((GONE,) * 24, 1, []),
        ((GONE,) * 25, 1, [DEAD]),
        ((GONE,) * 2, 100, []),
        ((GONE,) * 3, 100, [DEAD]),
        (("b",) * 24, 1, []),
        (("b",) * 25, 1, [REPLACED]),
        (("b",), 100, []),
        (("b",) * 2, 100, [REPLACED]),
    ],
)
def test_looks_have_to_be_enough_and_over_a_day(
    found: tuple[str | FileState], hours: float, expected: list[ChangeKind]
) -> None:
    assert told("a", *found, hours=hours) == expected


def test_a_file_from_another_host_is_told_once_it_came_from_there_for_a_day() -> None:
    shelf = Shelf()
    shelf.finds("a")
    for hours in (12, 1, 24):
        assert shelf.kinds == []
        shelf.finds("a", hours=hours, host="track.unodc.org")
    assert shelf.kinds == [MOVED]
    shelf.finds("a", host="track.unodc.org")
    assert shelf.kinds == [MOVED]


def test_another_file_from_another_host_is_both() -> None:
    shelf = Shelf()
    shelf.finds("a")
    for _ in range(3):
        shelf.finds("b", host="track.unodc.org")
    assert shelf.kinds == [MOVED, REPLACED]


def test_a_stamped_file_can_move_and_die_but_is_never_replaced() -> None:
    shelf = Shelf()
    for found in "abcd":
        shelf.finds(found)
    for found in "efg":
        shelf.finds(found, host="track.unodc.org")
    assert shelf.kinds == [MOVED]
    for _ in range(3):
        shelf.finds(GONE)
    assert shelf.kinds == [MOVED, DEAD]


def test_a_change_bears_the_looks_between_which_it_happened_and_what_they_found() -> None:
    shelf = Shelf()
    for found in ("a", "a", "b", "b", "b"):
        shelf.finds(found)
    [change] = shelf.told
    assert change.not_before == NOW + 24 * HOUR
    assert change.seen_at == NOW + 36 * HOUR
    assert change.file_before == look(NOW + 12 * HOUR, "a")
    assert change.file == look(NOW + 36 * HOUR, "b")


def test_a_second_change_happened_after_the_last_look_that_found_the_first() -> None:
    shelf = Shelf()
    for found in ("a", "b", "b", "b", "c", "c", "c"):
        shelf.finds(found)
    assert [change.not_before for change in shelf.told] == [NOW + 12 * HOUR, NOW + 48 * HOUR]


def test_a_link_that_comes_and_goes_for_ever_does_not_fill_the_store() -> None:
    shelf = Shelf()
    for _ in range(30):
        for found in ("a", "a", GONE, GONE, GONE):
            shelf.finds(found)
    assert shelf.kinds[:4] == [DEAD, BACK, DEAD, BACK]
    assert len(shelf.world.files[URL].looks) == 50


def test_what_is_back_is_held_against_the_document_that_stood_there_last() -> None:
    shelf = Shelf()
    for found in ("a", GONE, GONE, GONE, "b", "b"):
        shelf.finds(found)
    back = shelf.told[-1]
    assert back.kind is BACK
    assert back.file_before == look(NOW + 12 * HOUR, "a")
    assert back.file == look(NOW + 60 * HOUR, "b")


def test_every_country_that_lists_an_address_has_its_own_change() -> None:
    shelf = Shelf(codes=("FIN", "ESP"))
    for found in ("a", GONE, GONE, GONE):
        shelf.finds(found)
    assert [(change.code, change.kind) for change in shelf.told] == [("FIN", DEAD), ("ESP", DEAD)]


def test_news_whose_link_was_told_as_dead_is_told_once_when_it_opens() -> None:
    shelf = Shelf(codes=("MEX", "FIN"))
    shelf.announces(look(NOW, GONE))
    for found in (GONE, GONE, GONE, GONE, "a", "a", "a", "a"):
        shelf.finds(found)
    assert [(change.code, change.kind) for change in shelf.told] == [("MEX", BACK)]
    assert shelf.told[0].file_before == look(NOW + 12 * HOUR, GONE)


def test_news_that_could_not_be_looked_at_and_is_dead_then_is_told() -> None:
    shelf = Shelf()
    shelf.announces(look(NOW, UNREACHED))
    for found in (UNREACHED, GONE, GONE, GONE, "a", "a"):
        shelf.finds(found)
    assert shelf.kinds == [DEAD, BACK]
    assert shelf.told[0].not_before is None
    assert UNREACHED not in {each.state for each in shelf.world.files[URL].looks}


def test_news_told_as_dead_of_a_file_that_was_known_is_told_once_when_it_opens_again() -> None:
    shelf = Shelf(codes=("MEX", "FIN"))
    shelf.finds("a")
    shelf.announces(look(NOW, GONE))
    for found in (GONE, UNREACHED, "a", "a"):
        shelf.finds(found)
    assert [(change.code, change.kind) for change in shelf.told] == [("MEX", BACK)]
    assert shelf.told[0].file == look(NOW + 48 * HOUR, "a")


def test_news_told_as_dead_of_a_file_that_was_known_is_not_told_as_dead_again() -> None:
    shelf = Shelf(codes=("MEX", "FIN"))
    shelf.finds("a")
    shelf.announces(look(NOW, GONE))
    for found in (GONE, GONE, GONE, "a", "a", "a"):
        shelf.finds(found)
    assert [(change.code, change.kind) for change in shelf.told] == [
        ("FIN", DEAD),
        ("MEX", BACK),
        ("FIN", BACK),
    ]


def test_time_in_which_nothing_was_reached_proves_nothing() -> None:
    assert told("a", GONE, GONE, GONE, UNREACHED, hours=10) == []
    assert told("a", GONE, GONE, GONE, UNREACHED, GONE, hours=10) == [DEAD]


def urls(number: int) -> list[str]:
    return [f"https://www.unodc.org/documents/{at}.pdf" for at in range(number)]


def outage(number: int, among: int = 20) -> Shelf:
    """Let so many files of a hundred be dead for two days."""
    shelf = Shelf(*urls(among))
    for url in urls(among):
        shelf.finds("a", url, hours=0)
    for hours in (1, 1, 25, 24):
        shelf.now += hours * HOUR
        for at, url in enumerate(urls(among)):
            shelf.finds(GONE if at < number else "a", url, hours=0)
    return shelf


def test_a_few_dead_links_on_one_day_are_told() -> None:
    shelf = outage(5)
    assert shelf.kinds == [DEAD] * 5
    assert shelf.world.incidents == {}


def test_many_dead_links_on_one_day_are_one_incident_and_no_news() -> None:
    shelf = outage(6)
    assert shelf.kinds == []
    assert list(shelf.world.incidents) == [INCIDENTS[DEAD]]


def test_an_incident_is_reported_once_with_all_that_is_known_then() -> None:
    shelf = Shelf(*urls(20))
    for found in ("a", GONE):
        for url in urls(20):
            shelf.finds(found, url, hours=0)
    reports: list[Many] = []
    for url in urls(20):
        shelf.finds(GONE, url, hours=1)
        assert shelf.judgement is not None
        reports += shelf.judgement.many
    [many] = reports
    assert (many.kind, len(many.files), many.looked_at) == (DEAD, 6, 20)


def test_a_fault_of_one_minute_alarms_nobody() -> None:
    shelf = Shelf(*urls(20))
    for found in ("a", GONE, "a"):
        for url in urls(20):
            shelf.finds(found, url, hours=0)
            assert shelf.world.incidents == {}


def test_an_incident_is_over_when_the_links_open_and_nobody_ever_hears_of_them() -> None:
    shelf = outage(20)
    for url in urls(20):
        shelf.finds("a", url, hours=1)
    assert shelf.kinds == []
    assert shelf.world.incidents == {}


def test_the_few_that_stay_dead_after_an_incident_are_looked_at_for_another_day() -> None:
    shelf = outage(20)
    for url in urls(18):
        shelf.finds("a", url, hours=1)
    assert shelf.world.incidents == {}
    for hours, expected in ((1, 0), (1, 0), (1, 0), (25, 2)):
        for url in urls(20)[18:]:
            shelf.finds(GONE, url, hours=hours)
        assert shelf.kinds == [DEAD] * expected


def test_other_things_are_told_while_an_incident_is_open() -> None:
    shelf = outage(19)
    for _ in range(3):
        shelf.finds("b", urls(20)[19])
    assert shelf.kinds == [REPLACED]


def test_what_a_whole_site_does_for_a_week_is_believed_and_told_together() -> None:
    shelf = outage(20)
    shelf.now += 7 * DAY
    for url in urls(20):
        shelf.finds(GONE, url, hours=0)
    assert shelf.kinds == [DEAD] * 20
    shelf.finds(GONE, urls(20)[0])
    assert shelf.kinds == [DEAD] * 20
    assert shelf.world.incidents == {}


def test_changes_of_many_countries_are_told_together() -> None:
    few, many = Shelf(codes="ABCDE"), Shelf(codes="ABCDEF")
    for shelf in (few, many):
        for found in ("a", GONE, GONE, GONE):
            shelf.finds(found)
    assert (len(few.told), few.judgement and few.judgement.is_fleet) == (5, False)
    assert (len(many.told), many.judgement and many.judgement.is_fleet) == (6, True)


def test_incidents_of_others_stay() -> None:
    shelf = Shelf()
    shelf.world = replace(shelf.world, incidents={"other": NOW})
    assert shelf.judges().incidents == {"other": NOW}


def test_what_is_not_doubted_is_believed_already() -> None:
    assert believed(after("a")) == after("a")
    assert doubted_anew(after("a"), NOW) == after("a")
    assert meanings(after("a")) == frozenset()


def test_files_are_counted_by_the_hosts_they_are_listed_on() -> None:
    assert hosts([after("a"), after(GONE)]) == {"www.unodc.org": 2}


FOUND = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", GONE, PAGE, UNREACHED]), st.sampled_from([0.1, 1, 12, 24, 100])
    ),
    max_size=40,
)


@given(found=FOUND, is_announced=st.booleans())
@example(
    found=[
        ("a", 1),
        (GONE, 24),
        (GONE, 24),
        (GONE, 24),
        ("b", 1),
        ("b", 1),
        (GONE, 24),
        (GONE, 24),
        (GONE, 24),
    ],
    is_announced=False,
)
@example(found=[(GONE, 1), ("a", 1), ("a", 1)], is_announced=True)
def test_death_and_return_take_turns_whatever_is_found(
    found: list[tuple[str | FileState, float]], *, is_announced: bool
) -> None:
    shelf = Shelf()
    if is_announced:
        shelf.announces(look(NOW, GONE))
    for each, hours in found:
        shelf.finds(each, hours=hours)
    turns = [kind for kind in shelf.kinds if kind in {DEAD, BACK}]
    assert all(one is not other for one, other in pairwise(turns))
    assert not turns or turns[0] is (BACK if is_announced else DEAD)
    assert all(change.not_before is None or change.not_before <= change.seen_at for change in shelf.told)


@given(FOUND)
def test_what_reaches_nothing_is_as_if_nobody_had_looked(found: list[tuple[str | FileState, float]]) -> None:
    whole, without = Shelf(), Shelf()
    for each, hours in [("a", 1.0), *found]:
        whole.finds(each, hours=hours)
        if each is UNREACHED:
            without.now += timedelta(hours=hours)
        else:
            without.finds(each, hours=hours)
    assert whole.told == without.told


@given(st.lists(st.sampled_from(["a", "b"]), max_size=30))
def test_a_server_that_cannot_decide_is_told_of_only_when_it_kept_to_one_for_a_day(found: list[str]) -> None:
    shelf = Shelf()
    for each in ("a", *found):
        shelf.finds(each, hours=12)
    runs = 0
    for index in range(len(found)):
        last = found[max(0, index - 2) : index + 1]
        runs += len(last) == 3 and len(set(last)) == 1
    assert len(shelf.told) <= runs
