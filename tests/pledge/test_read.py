from __future__ import annotations

from contextlib import suppress

import pytest

from monitor.errors import Blocked, ProfileError
from monitor.pledge.lines import lines_of
from monitor.pledge.read import trouble_of
from monitor.profile.tree import make_soup
from tests.pledge.reading import PAGES, body, read


@pytest.mark.parametrize("html", ["", "  \n", "<html></html>", "<p>Signatories</p><ul><li>x</li></ul>"])
def test_an_empty_page_or_another_one_is_a_failure_never_a_list_without_signatories(html: str) -> None:
    with pytest.raises(Blocked):
        read(html)


@pytest.mark.parametrize(
    "said", ["Just a moment", "Access denied", "Page not found", "Scheduled maintenance"]
)
def test_what_the_site_shows_instead_of_the_page_is_a_failure(said: str) -> None:
    with pytest.raises(Blocked, match="not the list of signatories: it says"):
        read(f"<html><h1>{said}</h1><p>Transparency Pledge</p><ul><li>Chile<li>Peru<li>Malta</ul></html>")


def test_a_page_of_the_pledge_without_any_list_is_a_failure_that_says_what_to_do() -> None:
    with pytest.raises(ProfileError, match="drawn as a picture or by a script"):
        read(body("<h2>Signatories</h2><div id='map'></div>"))


def test_words_of_an_error_page_beside_the_list_hinder_nothing() -> None:
    [found] = read(body("<h2>Signatories</h2><ul><li>Chile</li></ul><h2>Page not found?</h2>"))
    assert (found.why_not, trouble_of([found])) == ("", "")


def test_lists_of_which_none_can_be_the_one_are_trouble() -> None:
    found = read(body("<h2>Members</h2><ul><li>Chile</li><li>Peru</li><li>Malta</li></ul>"))
    assert trouble_of(found).startswith("none of the lists on the page can be the list of signatories")


def test_of_a_page_without_end_only_the_beginning_is_read() -> None:
    soup = make_soup("".join(f"<p>{'word ' * 300}{number}</p>" for number in range(1_000)))
    assert 100 < len(lines_of(soup, lambda _: False)) < 200


@pytest.mark.parametrize("case", sorted(path.stem for path in PAGES.glob("*.html")))
def test_a_page_cut_off_or_turned_around_is_read_or_refused_and_trips_nothing(case: str) -> None:
    html = (PAGES / f"{case}.html").read_text("utf-8")[:3_000]
    lines = html.replace(">", ">\n").splitlines()
    cuts = (html[:at] for at in range(1, len(html), len(html) // 8))
    for broken in (
        *cuts,
        "\n".join(reversed(lines)),
        html.replace("</", "<"),
        html.replace("<li>", "<tr><td>"),
    ):
        with suppress(Blocked, ProfileError):
            read(broken)
