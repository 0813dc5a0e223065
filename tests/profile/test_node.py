"""The tree is what lxml's events say, nothing more: tags, texts, and nothing that browsers do not show."""

from __future__ import annotations

import pytest

from monitor.profile.node import Tag, grow, words_in


def shape(tag: Tag) -> list[object]:
    """Give a tree as nested lists, so that a whole one can be compared."""
    return [
        tag.name,
        *(node if isinstance(node, str) else shape(node) for node in tag.contents),
    ]


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>a<b>c</b>d</p>", ["body", ["p", "a", ["b", "c"], "d"]]),
        # What no browser shows ends a text, and is gone.
        ("<p>a<!-- b -->c<?php d ?>e</p>", ["body", ["p", "a", "c", "e"]]),
        # lxml gives one text in pieces.
        ("<p>a &amp; b &#233;</p>", ["body", ["p", "a & b é"]]),
        ("<p>a<br>b<img alt=c></p>", ["body", ["p", "a", ["br"], "b", ["img"]]]),
        ("<p>a</b></i>c</p>", ["body", ["p", "ac"]]),
        ("<p>a<p>b", ["body", ["p", "a"], ["p", "b"]]),
        # A space is a space, however long.
        ("<p><b>a</b> \n\t\n <b>c</b></p>", ["body", ["p", ["b", "a"], " ", ["b", "c"]]]),
    ],
)
def test_a_page_becomes_tags_and_texts(html: str, body: list[object]) -> None:
    found = grow(html).first("body")
    assert found is not None
    assert shape(found) == body


@pytest.mark.parametrize("html", ["", " ", "<!-- only a remark -->"])
def test_a_page_of_nothing_is_a_tree_too(html: str) -> None:
    assert shape(grow(html)) == [""]


def test_a_tag_knows_what_its_attributes_say() -> None:
    (link,) = grow('<a href="x.pdf" download>x</a>').all("a")
    assert (link.get("href"), link.get("download"), link.get("rel"), link.get("rel", "none")) == (
        "x.pdf",
        "",
        "",
        "none",
    )


def test_tags_are_found_in_the_order_of_the_page() -> None:
    tree = grow("<div><p id=a><i id=b></i></p></div><p id=c><i id=d></i></p>")
    (div,) = tree.all("div")
    assert [tag.get("id") for tag in tree.all("p", "i")] == list("abcd")
    assert [tag.get("id") for tag in div.all("p", "i")] == list("ab")
    assert [tag.name for tag in tree.all("i")[0].parents] == ["p", "div", "body", "html", ""]


def test_the_first_tag_is_the_one_that_is_wanted() -> None:
    tree = grow("<input id=a><input id=b type=password>")
    assert [tree.first("input"), tree.first("input", lambda tag: tag.get("type") == "password")] == tree.all(
        "input"
    )
    assert tree.first("input", lambda _: False) is None


def test_the_words_of_a_page_are_not_those_of_its_scripts() -> None:
    html = (
        "<title>a</title><style>x</style><p>b<script>x</script> c<b>d</b><template>x<i>x</i></template></p>"
    )
    assert words_in(grow(html)).split() == ["a", "b", "c", "d"]


def test_ten_thousand_tags_in_each_other_are_no_trouble() -> None:
    tree = grow("<div>" * 10_000 + "deep")
    assert len(tree.all("div")) > 100
    assert sum(isinstance(node, str) for node in tree.inside()) <= 1
