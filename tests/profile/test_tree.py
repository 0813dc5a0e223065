"""Whatever the server sends becomes a tree; what is walked is what a person could read."""

from __future__ import annotations

import pytest
from bs4 import Tag

from monitor.profile import tags
from monitor.profile.tree import (
    base_address,
    children,
    events,
    holders,
    join,
    make_soup,
    page_address,
    tab_titles,
    text_of,
)
from tests.profile.reading import BASE


def first(html: str, name: str) -> Tag:
    found = make_soup(html).find(name)
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\0",
        "index.html",
        "https://x.org/a",
        "<",
        "<!--",
        "<![CDATA[x",
        "\ufeff",
        "<a href=",
        "]]>",
        "<?php x",
    ],
)
def test_anything_becomes_a_tree(html: str) -> None:
    assert list(events(make_soup(html))) is not None


def test_zero_bytes_do_not_split_words() -> None:
    assert text_of(make_soup("<p>Self-asse\0ssment</p>")) == "Self-assessment"


def test_a_lone_surrogate_is_replaced() -> None:
    assert text_of(make_soup("<p>a\ud800b</p>")) == "a?b"


@pytest.mark.parametrize("start", ["", "<!DOCTYPE html>", "<div>"])
def test_an_xhtml_page_is_read_like_any_other(start: str) -> None:
    declaration = '<?xml version="1.0" encoding="utf-16"?>'
    soup = make_soup(
        f"{declaration}{start}<html xmlns='http://www.w3.org/1999/xhtml'><body>Señal{declaration}"
    )
    assert text_of(soup) == "Señal"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>report</script>",
        "<style>report</style>",
        "<noscript>report</noscript>",
        "<template>report</template>",
        "<!-- report -->",
        "<select><option>report</option></select>",
        "<svg><text>report</text></svg>",
        '<iframe src="x.html">report</iframe>',
    ],
)
def test_what_no_person_reads_is_not_walked(hidden: str) -> None:
    assert text_of(make_soup(f"<p>a{hidden}</p>")) == "a"


@pytest.mark.parametrize("style", ["display:none", "visibility:hidden"])
def test_what_is_hidden_by_style_is_read(style: str) -> None:
    assert text_of(make_soup(f'<p>a</p><div style="{style}" hidden>tab</div>')) == "a tab"


def test_every_tag_is_entered_and_left_once() -> None:
    steps = [
        (step, getattr(node, "name", None) or str(node))
        for step, node in events(first("<p>a<b>c</b></p>", "p"))
    ]
    assert steps == [("text", "a"), ("enter", "b"), ("text", "c"), ("leave", "b")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Self-<b>assess</b>ment</h2>", "Self-assessment"),
        ("<h2><span>C</span>ountry report</h2>", "Country report"),
        ("<h2><div>Self-assessment</div><div>english</div></h2>", "Self-assessment english"),
        ("<h2><span>Self-assessment</span><span>English</span></h2>", "Self-assessment English"),
        ("<h2>Cycle 2<i>Report</i></h2>", "Cycle 2 Report"),
        ("<h2>Report (2019)<i>French</i></h2>", "Report (2019) French"),
        ("<h2>A<br>b</h2>", "A b"),
        ('<h2><img alt="Icon"> Report <img src="x"></h2>', "Icon Report"),
        ("<h2>Country&nbsp;rep&shy;ort &amp; more</h2>", "Country report & more"),
    ],
)
def test_the_text_of_a_heading_is_what_a_person_sees(html: str, text: str) -> None:
    assert text_of(first(html, "h2")) == text


def test_pieces_are_joined_as_they_stand() -> None:
    assert join(["", "a", "b ", "C", "D", "eF"]) == "ab CDeF"


@pytest.mark.parametrize(
    ("html", "has"),
    [
        ('<td><p><a href="x.pdf">x</a></p></td>', True),
        ('<td><a name="x">x</a></td>', False),
        ('<td><a href="#">x</a></td>', False),
        ('<td><iframe src="x.pdf"></iframe></td>', True),
        ('<td><select><option>x<option value="x.pdf">x</select></td>', True),
        ("<td><select><option>x</select></td>", False),
        ("<td>x</td>", False),
    ],
)
def test_a_cell_with_a_link_is_known(html: str, has: bool) -> None:
    cell = first(f"<table><tr>{html}</tr></table>", "td")
    assert (id(cell) in holders(next(iter(cell.parents)), tags.is_link)) is has


def test_whatever_a_link_stands_in_is_known_at_once() -> None:
    soup = make_soup('<div><p><a href="x.pdf">x</a></p><p><a href="y.pdf">y</a></p><p>z</p></div>')
    inside = holders(soup, tags.is_link)
    assert [id(tag) in inside for tag in soup.find_all(["div", "p"])] == [True, True, True, False]


def test_only_what_stands_directly_inside_is_a_child() -> None:
    assert [tag.name for tag in children(first("<p>x<b><i></i></b><i></i></p>", "p"), "i")] == ["i"]


@pytest.mark.parametrize(
    ("html", "base"),
    [
        ("", BASE),
        ('<base href="/documents/">', "https://www.unodc.org/documents/"),
        ('<base href="http://unodc.org/documents/">', "https://www.unodc.org/documents/"),
        ('<base target="_blank"><base href="/a/">', "https://www.unodc.org/a/"),
        ('<base href="https://elsewhere.example/">', BASE),
        ('<base href="javascript:x">', BASE),
        ('<base href="http://[broken">', BASE),
    ],
)
def test_a_base_counts_only_within_the_pages_own_host(html: str, base: str) -> None:
    assert base_address(make_soup(html), BASE) == base


def test_a_page_from_a_file_has_a_base_too() -> None:
    assert base_address(make_soup('<base href="https://x.org/">'), "page.html") == "page.html"
    assert page_address("page.html") == "page.html"


@pytest.mark.parametrize(
    ("html", "titles"),
    [
        ('<a href="#one">One</a>', {"one": "One"}),
        ('<a href="#one">One</a><a href="#one">Again</a>', {"one": "One"}),
        ('<button data-bs-target="#two">Two</button>', {"two": "Two"}),
        ('<button data-target="#two">Two</button>', {"two": "Two"}),
        ('<button aria-controls="three">Three</button>', {"three": "Three"}),
        ('<a href="#" data-bs-target="#four">Four</a>', {"four": "Four"}),
        ('<a href="#" aria-controls="five">Five</a>', {"five": "Five"}),
        ('<a href="#">Nothing</a><a href="x.pdf">File</a><a>No</a>', {}),
    ],
)
def test_what_opens_a_part_of_the_page_names_it(html: str, titles: dict[str, str]) -> None:
    assert tab_titles(make_soup(html)) == titles
