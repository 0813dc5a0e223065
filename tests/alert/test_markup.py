import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.alert import markup
from monitor.alert.markup import (
    block,
    bold,
    clip,
    code,
    escape,
    link,
    plain,
    shortened,
    split,
    tidy,
    units,
    web,
)
from tests.alert.as_telegram import CannotParseEntitiesError, parsed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LINE = st.one_of(
    TEXT.map(escape),
    TEXT.map(bold),
    TEXT.map(code),
    st.lists(TEXT, min_size=1, max_size=3).map(block),
    TEXT.map(
        lambda text: f"{bold(text)} & {link(text, 'https://www.unodc.org/a?b=1&c=2')}".replace(
            " & ", " &amp; "
        )
    ),
)


def test_the_checker_of_these_tests_refuses_what_telegram_refuses() -> None:
    for bad in (
        "<b>",
        "</b>",
        "<b><i></b></i>",
        "a < b",
        "a & b",
        "<script>x</script>",
        "<a>x</a>",
        "&nbsp;",
        '<b href="x">y</b>',
    ):
        with pytest.raises(CannotParseEntitiesError):
            parsed(bad)


@given(TEXT)
@example("<b>&amp;\"'")
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert parsed(escape(text)) == text
    assert plain(bold(text)) == text


def test_escaped_text_can_stand_between_quotes() -> None:
    assert escape("\"'") == "&quot;&#x27;"


def test_a_lone_surrogate_is_left_out_because_it_cannot_be_sent() -> None:
    assert escape("a\ud800b") == "ab"
    assert tidy("a\ud800b") == "ab"
    assert web("https://www.unodc.org/\ud800.pdf") == "https://www.unodc.org/?.pdf"


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  a\n\tb\x00c  ", "a b c"),
        ("report\u202efdp.exe", "report fdp.exe"),
        ("abcdef", "abcdef"),
        ("abcdefg", "abcde…"),
        ("abcd fgh", "abcd…"),
    ],
)
def test_a_strangers_text_becomes_one_short_printable_line(text: str, tidied: str) -> None:
    assert tidy(text, 6 if "\n" not in text and "\u202e" not in text else 80) == tidied


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.unodc.org/a.pdf", "https://www.unodc.org/a.pdf"),
        ("http://127.0.0.1:8000/MEX.html", "http://127.0.0.1:8000/MEX.html"),
        (" https://www.unodc.org/a b.pdf ", "https://www.unodc.org/a%20b.pdf"),
        ("https://www.unodc.org/a%20b.pdf", "https://www.unodc.org/a%20b.pdf"),
        ('https://www.unodc.org/é".pdf', "https://www.unodc.org/%C3%A9%22.pdf"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("tg://resolve?domain=x", ""),
        ("https://localhost/x", ""),
        ("https://", ""),
        ("", ""),
        ("https://www.unodc.org@evil.example/x", ""),
        ("https://ex ample.org/", ""),
        ("https://[::1/", ""),
        ("https://a.org:99999/", ""),
        ("https://a.org:0/", ""),
        ("https://a.org/" + "x" * 2048, ""),
    ],
)
def test_only_web_addresses_that_telegram_takes_are_linked(url: str, address: str) -> None:
    assert web(url) == address
    assert link("text", url) == (f'<a href="{escape(address)}">text</a>' if address else "text")


def test_length_is_counted_in_utf_16_units_of_the_text_that_is_read() -> None:
    assert units("<b>a&amp;b</b>") == 3
    assert units("🇲🇽") == 4


def test_lines_are_joined_up_to_the_limit_and_not_one_unit_further() -> None:
    assert split(["abc", "def"], 7) == ("abc\ndef",)
    assert split(["abc", "def"], 6) == ("abc", "def")


def test_no_part_begins_or_ends_with_an_empty_line() -> None:
    assert split(["", "abc", "", "def", ""], 4) == ("abc", "def")
    assert split(["", ""]) == ()
    assert split(["abc", bold(" "), "def"], 3) == ("abc", "def")


def test_a_block_of_rows_is_never_split() -> None:
    rows = block(["abc", "def"])
    assert split(["x" * 8, rows], 10) == ("x" * 8, rows)


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("abcdef", "abcd…"),
        ("<b>abcdef</b>", "<b>abcd</b>…"),
        ("ab&amp;&lt;ef", "ab&amp;&lt;…"),
        ("abc🇲🇽", "abc…"),
        ('<b>x</b><a href="https://a.org/">longer</a>', '<b>x</b><a href="https://a.org/">lon</a>…'),
        ("<b>ab<i>cdef</i></b>", "<b>ab<i>cd</i></b>…"),
        ("<pre>a\nb\ncdef</pre>", "<pre>a\nb\n</pre>…"),
    ],
)
def test_a_line_longer_than_a_message_is_cut_outside_its_markup(line: str, cut: str) -> None:
    assert shortened(line, 5) == cut
    assert split([line], 5) == (cut,)


@given(st.lists(LINE, max_size=12), st.integers(3, 200))
def test_every_part_is_whole_html_within_the_limit(lines: list[str], limit: int) -> None:
    for part in split(lines, limit):
        assert len(parsed(part).encode("utf-16-le")) // 2 <= limit


@given(st.lists(LINE, max_size=12))
def test_nothing_is_lost_between_parts_when_no_line_is_too_long(lines: list[str]) -> None:
    limit = max((units(line) for line in lines), default=1) or 1
    whole = "".join("".join(map(parsed, lines)).split())
    assert "".join("".join(map(parsed, split(lines, limit))).split()) == whole


@given(st.lists(LINE, max_size=12), st.integers(5, 200))
def test_a_clipped_message_is_whole_html_within_the_limit(lines: list[str], limit: int) -> None:
    assert len(parsed(clip(lines, limit)).encode("utf-16-le")) // 2 <= limit


def test_a_clipped_message_says_that_something_was_left_out() -> None:
    assert clip(["abc", "def", "ghi"], 9) == "abc\ndef\n…"
    assert clip(["abc", "def", "ghi"], 11) == "abc\ndef\nghi"
    assert clip([], 9) == ""


def test_the_limit_is_telegrams() -> None:
    assert markup.LIMIT == 4096
