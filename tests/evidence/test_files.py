"""What is known of a file after a look at it."""

from __future__ import annotations

import pytest

from monitor.evidence.files import after_look, host, news_urls, noted
from monitor.model import Change, ChangeKind, DocumentKind, FileState
from tests.evidence.documents import DAY, GONE, HOUR, NOW, PAGE, THERE, UNREACHED, URL, after, document, look


def test_the_first_look_is_believed() -> None:
    file = after("a")
    assert (file.stands, file.doubted, file.checked) == (look(NOW, "a"), None, NOW)


def test_a_first_look_that_reached_nothing_gives_way_to_the_first_document() -> None:
    file = after(UNREACHED, "a")
    assert file.looks == (look(NOW + DAY / 2, "a"),)
    assert file.unreached == 0


def test_a_dead_link_after_looks_that_reached_nothing_is_doubted_first() -> None:
    file = after(UNREACHED, UNREACHED, GONE)
    assert (file.stands.state, file.times) == (UNREACHED, 1)


def test_looks_that_reach_nothing_change_nothing_but_their_number() -> None:
    file, was = after("a", "b", UNREACHED, UNREACHED), after("a", "b")
    assert (file.looks, file.doubted, file.times) == (was.looks, was.doubted, was.times)
    assert file.unreached == 2
    assert file.checked == NOW + 36 * HOUR


@pytest.mark.parametrize(
    ("found", "times"),
    [
        (("a", "a"), 0),
        (("a", "b"), 1),
        (("a", "b", "b"), 2),
        (("a", "b", "a"), 0),
        (("a", "b", "c"), 1),
        (("a", GONE), 1),
        (("a", GONE, GONE), 2),
        (("a", GONE, PAGE, GONE), 3),
        (("a", GONE, "b"), 1),
        (("a", "b", GONE), 1),
        ((GONE, PAGE), 0),
        ((GONE, "a", "b"), 2),
        (("a", "b", UNREACHED, "b"), 2),
    ],
)
def test_a_doubt_is_counted_as_long_as_looks_find_the_same(found: tuple[str | FileState], times: int) -> None:
    assert after(*found).times == times


def test_a_doubt_remembers_when_it_began() -> None:
    file = after("a", "b", "b", "b")
    assert file.doubted is not None
    assert (file.doubted.at, file.checked) == (NOW + 12 * HOUR, NOW + 36 * HOUR)
    assert file.last_alike is None
    assert after("a", "a", "b").last_alike == NOW + 12 * HOUR


def test_another_host_is_doubted_though_the_bytes_are_the_same() -> None:
    file = after_look(after("a"), URL, look(NOW + DAY, "a", "track.unodc.org"))
    assert file.times == 1
    again = after_look(file, URL, look(NOW + 2 * DAY, "a", "track.unodc.org"))
    assert again.times == 2


def test_a_server_that_stamps_every_download_is_known_as_such() -> None:
    assert not after("a", "b", "c").is_stamped
    file = after("a", "b", "c", "d")
    assert file.is_stamped
    assert file.doubted is None
    assert file.stands.sha256 == "d"
    assert after("a", "b", "c", "d", "e", "f").stands.sha256 == "f"
    assert len(after("a", "b", "c", "d", "e", "f").looks) == 1


@pytest.mark.parametrize(
    "found", [("a", "b", "c", "a"), ("a", "b", "c", "d", "d"), ("a", "b", "a", "c", "a", "d")]
)
def test_a_server_that_serves_the_same_bytes_again_stamps_nothing(found: tuple[str]) -> None:
    assert not after(*found).is_stamped


def test_a_server_that_sends_from_host_to_host_stamps_nothing() -> None:
    file = after("a")
    for number, host_name in enumerate(("one.unodc.org", "two.unodc.org", "three.unodc.org"), 1):
        file = after_look(file, URL, look(NOW + number * DAY, "a", host_name))
    assert not file.is_stamped


def test_what_is_stamped_can_still_be_dead_or_moved() -> None:
    file = after("a", "b", "c", "d", GONE, GONE)
    assert (file.is_stamped, file.times) == (True, 2)
    moved = after("a", "b", "c", "d")
    for number, found in enumerate("ef"):
        moved = after_look(moved, URL, look(NOW + (3 + number) * DAY, found, "track.unodc.org"))
    assert (moved.is_stamped, moved.times) == (True, 2)


def test_a_page_in_place_of_a_document_may_differ_at_every_look() -> None:
    assert after("a", PAGE, PAGE, PAGE).times == 3


def test_looks_are_taken_into_what_is_known_of_each_address() -> None:
    [file] = noted({URL: after("a")}, {URL: look(NOW + DAY, "a")})
    assert file.checked == NOW + DAY
    assert noted({}, {}) == ()


def test_a_file_came_from_the_host_that_answered() -> None:
    assert host(look(NOW, "a", "track.unodc.org")) == "track.unodc.org"
    assert host(look(NOW, GONE)) == ""
    assert look(NOW, THERE).state is THERE


def test_the_files_of_news_are_looked_at_each_once() -> None:
    changes = [
        Change("MEX", kind, document(f"https://a/{of.value}.pdf", of), NOW, NOW)
        for kind in ChangeKind
        for of in (DocumentKind.COUNTRY_REPORT, DocumentKind.EXECUTIVE_SUMMARY)
    ]
    assert news_urls(changes) == ("https://a/country-report.pdf",)
    assert news_urls(each for each in changes if each.kind is ChangeKind.LINK_DEAD) == ()
