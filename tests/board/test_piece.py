"""A piece of writing in its forms; Markdown is read by a Markdown reader, HTML by an HTML reader."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from monitor.alert.markup import plain
from monitor.board.piece import Part, Piece, Table, as_html, as_lines, as_markdown
from monitor.board.style import CHAT, HTML, MARKDOWN, PLAIN, Style, markdown

HOSTILE = (
    "<script>alert(1)</script> **b** _i_ `c` [x](https://evil.example) ![p](https://evil.example/p.png) "
    "| a | ~~s~~ \\ # h www.evil.example https://evil.example a@evil.example &lt; <https://evil.example> $x$ x^2^"
)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def piece(style: Style, words: str = "fine") -> Piece:
    linked = style.link(words, "https://www.unodc.org/a_(b).pdf")
    return Piece(
        title=words,
        intro=(style.escape(words), style.strong(words)),
        parts=(
            Part(words, (f"{style.strong(words)}: {linked}", style.escape(words))),
            Part(
                "Numbers",
                table=Table(
                    (style.escape(words), "Now"),
                    ((style.escape(words), "3"),),
                    (style.escape(f"{words}: 3"),),
                ),
            ),
        ),
        outro=(style.escape("The end"),),
    )


def test_a_fragment_of_html_needs_nothing_around_it_and_says_its_language() -> None:
    html = as_html(piece(HTML), HTML, "fr", level=1)
    read = BeautifulSoup(html, "html.parser")
    article = read.find("article")
    assert article
    assert article["lang"] == "fr"
    assert [each.name for each in read.find_all(["h1", "h2", "h3"])] == ["h1", "h2", "h2"]
    assert [each.get_text() for each in read.find_all("li")] == ["fine: fine", "fine"]
    assert [each["scope"] for each in read.find_all("th")] == ["col", "col", "row"]
    assert [each.get_text() for each in read.find_all("td")] == ["3"]
    link = read.find("a")
    assert link
    assert link["href"] == "https://www.unodc.org/a_(b).pdf"
    assert not read.find(["html", "head", "body", "script", "style"])


def test_markdown_is_read_as_what_was_written() -> None:
    read = BeautifulSoup(READER.render(as_markdown(piece(MARKDOWN), MARKDOWN)), "html.parser")
    assert [(each.name, each.get_text()) for each in read.find_all(["h2", "h3"])] == [
        ("h2", "fine"),
        ("h3", "fine"),
        ("h3", "Numbers"),
    ]
    assert [each.get_text() for each in read.find_all("li")] == ["fine: fine", "fine"]
    assert [each.get_text() for each in read.find_all(["th", "td"])] == ["fine", "Now", "fine", "3"]
    link = read.find("a")
    assert link
    assert link["href"] == "https://www.unodc.org/a_(b).pdf"


def test_chat_and_plain_text_are_lines_with_tables_told() -> None:
    assert as_lines(piece(PLAIN), PLAIN) == (
        "fine",
        "fine",
        "fine",
        "",
        "fine",
        "• fine: fine <https://www.unodc.org/a_(b).pdf>",
        "• fine",
        "",
        "Numbers",
        "• fine: 3",
        "",
        "The end",
    )
    chat = as_lines(piece(CHAT), CHAT)
    assert chat[0] == "<b>fine</b>"
    assert chat[5] == '• <b>fine</b>: <a href="https://www.unodc.org/a_(b).pdf">fine</a>'


def test_without_last_words_there_is_no_empty_line_at_the_end() -> None:
    assert as_lines(Piece("T", (), ()), PLAIN) == ("T",)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "https://u:p@evil.example", "ftp://x.example/a"])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert MARKDOWN.link("a_b", url) == "a\\_b"
    assert PLAIN.link("a_b", url) == "a_b"
    assert HTML.link("a<b", url) == "a&lt;b"


def test_an_address_cannot_end_its_own_markdown_link() -> None:
    link = MARKDOWN.link("x", "https://evil.example/>)[y](https://other.example)<b>")
    read = BeautifulSoup(READER.render(link), "html.parser")
    assert [each.get_text() for each in read.find_all("a")] == ["x"]
    assert not read.find("b")


def _said(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("style", [HTML, CHAT])
def test_hostile_words_stay_words_in_html(style: Style) -> None:
    read = BeautifulSoup(as_html(piece(style, HOSTILE), style, "en"), "html.parser")
    assert not read.find(["script", "img"])
    assert {each["href"] for each in read.find_all("a")} == {"https://www.unodc.org/a_(b).pdf"}
    heading = read.find("h2")
    assert heading
    assert heading.get_text() == HOSTILE


def test_hostile_words_stay_words_in_markdown() -> None:
    read = BeautifulSoup(READER.render(as_markdown(piece(MARKDOWN, HOSTILE), MARKDOWN)), "html.parser")
    assert not read.find(["script", "img", "em", "code", "s"])
    assert {each["href"] for each in read.find_all("a")} == {"https://www.unodc.org/a_(b).pdf"}
    heading = read.find("h2")
    assert heading
    assert heading.get_text() == HOSTILE
    assert len(read.find_all("td")) == 2


def test_tags_and_entities_are_written_out_in_markdown() -> None:
    assert markdown("<b>&lt;") == "&lt;b&gt;&amp;lt;"


def test_bare_addresses_are_no_links_where_markdown_makes_them() -> None:
    escaped = markdown("see https://evil.example WWW.evil.example or mail a@evil.example")
    assert escaped == "see https:\\//evil.example WWW\\.evil.example or mail a\\@evil.example"


@given(st.text(max_size=60))
def test_whatever_is_written_markdown_shows_it_as_it_is(words: str) -> None:
    shown = BeautifulSoup(READER.render(f"- **x**: {markdown(words)}"), "html.parser")
    item = shown.find("li")
    assert item
    assert _said(item.get_text()) == _said(f"x: {PLAIN.escape(words)}")
    assert [each.name for each in shown.find_all(name=True)] == ["ul", "li", "strong"]


@given(st.text(max_size=60))
def test_plain_text_is_one_line_of_what_is_written(words: str) -> None:
    assert len(PLAIN.escape(words).splitlines()) <= 1
    assert PLAIN.strong(words) == PLAIN.escape(words)
    assert set(PLAIN.escape(words)) - set(words) <= {" "}
    assert plain(CHAT.escape(words)) == words
