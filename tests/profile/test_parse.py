"""Every link of a page, with the words around it, whatever the layout."""

from __future__ import annotations

import pytest

from monitor.model import Where
from monitor.profile.address import normalise
from tests.profile.reading import BASE, link, links, words

A = '<a href="x.pdf">A</a>'


def over(html: str) -> list[tuple[Where, str]]:
    """Give the words around the last link but its own."""
    return [each for each in words(html) if each[0] not in {Where.LABEL, Where.TITLE, Where.ARIA}]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (f"<h1>P</h1>{A}", [(Where.PAGE, "P")]),
        (f"<h1>P</h1><h1>Q</h1>{A}", [(Where.PAGE, "Q")]),
        (f"<h1>P</h1><h1>Q</h1><h1>R</h1>{A}", [(Where.HEADING, "R")]),
        (f"<h1>P</h1><h1>Q</h1><h1>P</h1>{A}", [(Where.PAGE, "P")]),
        (f"<h1>P</h1><h1>Q</h1><h1>P: x</h1>{A}", [(Where.PAGE, "P: x")]),
        (f'<div role="heading" aria-level="1">P</div>{A}', [(Where.PAGE, "P")]),
        (f'<h1>P</h1><div role="heading" aria-level="1">Q</div>{A}', [(Where.HEADING, "Q")]),
        (f"<h2>H</h2><h4>K</h4><ul><li>{A}</li></ul>", [(Where.HEADING, "K"), (Where.HEADING, "H")]),
        (f'<div role="heading" aria-level="3">H</div>{A}', [(Where.HEADING, "H")]),
        (f'<div role="heading">H</div>{A}', [(Where.HEADING, "H")]),
        (f'<h2>Two</h2><div role="heading" aria-level="x">H</div>{A}', [(Where.HEADING, "H")]),
        (f'<h2>Two</h2><div role="heading" aria-level="">H</div>{A}', [(Where.HEADING, "H")]),
        (f'<h2>Two</h2><div role="heading" aria-level="12">H</div>{A}', [(Where.HEADING, "H")]),
        (f"<details><summary>S</summary>{A}</details>", [(Where.SUMMARY, "S")]),
        (f"<details>{A}</details>", []),
        (f"<fieldset><legend>L</legend>{A}</fieldset>", [(Where.LEGEND, "L")]),
        (f"<figure><figcaption>C</figcaption>{A}</figure>", [(Where.CAPTION, "C")]),
        (f"<table><caption>C</caption><tr><td>{A}</td></tr></table>", [(Where.CAPTION, "C")]),
        (f"<table><tr><th>R</th><td>{A}</td></tr></table>", [(Where.ROW, "R")]),
        (f"<dl><dt>T</dt><dd>{A}</dd></dl>", [(Where.TERM, "T")]),
        (f"<dl><dt>T</dt><dd>x</dd><dt>U</dt><dd>{A}</dd></dl>", [(Where.TERM, "U")]),
        (f'<div class="card"><div class="card-header">C</div>{A}</div>', [(Where.CARD, "C")]),
        (f'<div class="card"><div class="card-header"><h5>C</h5></div>{A}</div>', [(Where.HEADING, "C")]),
        (f'<div class="panel"><div class="panel-title">C</div></div>{A}', []),
        (f'<a href="#t">T</a><div id="t"><p>{A}</p></div>', [(Where.TAB, "T"), (Where.LINE, "T")]),
        (
            f'<a href="#t">T</a><div id="t">x</div><div id="t"><p>{A}</p></div>',
            [(Where.TAB, "T"), (Where.LINE, "T")],
        ),
        (f'<a href="#">Menu</a><section><p>{A}</p></section>', [(Where.LINE, "Menu")]),
        (f"<ul><li>I<ul><li>{A}</li></ul></li></ul>", [(Where.ITEM, "I")]),
        (f'<ul><li><a href="y.html">I</a><ul><li>{A}</li></ul></li></ul>', [(Where.ITEM, "I")]),
        (f"<p>L</p><p>{A}</p>", [(Where.LINE, "L")]),
        (f"<p><b>B</b>:</p><p>{A}</p>", [(Where.BOLD, "B:")]),
        (f"<p><b>B</b></p><p>L</p><p>{A}</p>", [(Where.LINE, "L"), (Where.BOLD, "B")]),
        (f"<p><b>Self-</b><strong>b</strong> <a href=y.pdf>y</a></p><p>{A}</p>", [(Where.BOLD, "Self-b")]),
        (f"<p>x <a href=y.pdf>y</a></p><p>{A}</p>", []),
        (f"<p>L</p><p>One sentence that is far too long for a label.</p><p>{A}</p>", []),
        (f"<p>L</p><p>—</p><p>{A}</p>", [(Where.LINE, "L")]),
        (f"<p>Short. Label</p><p>{A}</p>", [(Where.LINE, "Short. Label")]),
        (f"<p>没有公布自评清单。</p><p>{A}</p>", []),
        (f"<p>{'x' * 161}</p><p>{A}</p>", []),
        (f"<p>B: {A}</p>", [(Where.BEFORE, "B:")]),
        (f"<p><b>Self-</b>b: {A}</p>", [(Where.BEFORE, "Self-b:")]),
        (f"<p>{A} after</p>", [(Where.AFTER, "after")]),
        (f"<p>{A}, <a href=y.pdf>y</a></p>", []),
        (f"<p>B {A} after</p>", [(Where.BEFORE, "B")]),
        (f"<p>one<br>two {A}</p>", [(Where.BEFORE, "two"), (Where.LINE, "one")]),
        (
            f"<p>One: not published | Two: {A}</p>",
            [(Where.BEFORE, "Two:"), (Where.BEFORE, "One: not published")],
        ),
        (f"<p>One | Two: {A}</p>", [(Where.BEFORE, "One | Two:")]),
        (f"<p>It is not there. Two: {A}</p>", [(Where.BEFORE, "Two:"), (Where.BEFORE, "It is not there")]),
        (f"<p>Two. {A}</p>", [(Where.BEFORE, "Two.")]),
        (f'<p><img alt="Icon" src="i.png"> {A}</p>', [(Where.BEFORE, "Icon")]),
        (f"<p>{'x' * 999}y {A}</p>", [(Where.BEFORE, "x" * 159 + "y")]),
    ],
)
def test_words_over_and_beside_a_link_are_found(html: str, found: list[tuple[Where, str]]) -> None:
    assert over(html) == found


def test_at_most_three_texts_before_a_link_count_nearest_first() -> None:
    line = "<p>" + "".join(f"t{number} <a href={number}.pdf>x</a> " for number in range(5)) + "</p>"
    assert over(line) == [(Where.BEFORE, "t4"), (Where.BEFORE, "t3"), (Where.BEFORE, "t2")]


@pytest.mark.parametrize(
    ("html", "own"),
    [
        (
            '<a href="x.pdf" title="T" aria-label="R">L</a>',
            [(Where.LABEL, "L"), (Where.TITLE, "T"), (Where.ARIA, "R")],
        ),
        ('<a href="x.pdf" title="T"><img src="pdf.png"></a>', [(Where.TITLE, "T")]),
        ('<a href="x.pdf"><img src="pdf.png" alt="Alt"></a>', [(Where.LABEL, "Alt")]),
        ('<map><area href="x.pdf" alt="Alt"></map>', [(Where.LABEL, "Alt")]),
        ('<a href="x.pdf"><svg><title>t</title></svg></a>', []),
        ('<a href="x.pdf"><i>Self</i>-<b>assess</b>ment</a>', [(Where.LABEL, "Self-assessment")]),
        ('<a href="x.pdf"><div>Report</div><div>english</div></a>', [(Where.LABEL, "Report english")]),
        ('<a href="x.pdf"><span>Report</span><span>English</span></a>', [(Where.LABEL, "Report English")]),
        ('<a href="x.pdf">Report<br>english</a>', [(Where.LABEL, "Report english")]),
        ('<a href="x.pdf"> Country&nbsp;re&shy;port </a>', [(Where.LABEL, "Country report")]),
    ],
)
def test_a_links_own_words_are_its_text_and_its_attributes(html: str, own: list[tuple[Where, str]]) -> None:
    assert words(html) == own


@pytest.mark.parametrize(
    "html",
    [
        '<map><area href="x.pdf"></map>',
        '<iframe src="x.pdf"></iframe>',
        '<embed src="x.pdf">',
        '<object data="x.pdf"></object>',
        '<a href="#" onclick="window.open(\'x.pdf\')">x</a>',
        "<a href=\"javascript:show('x.pdf')\">x</a>",
        "<a onclick=\"location = 'x.pdf?v=2'\">x</a>",
        "<button onclick=\"window.open('x.pdf')\">x</button>",
        '<button data-href="x.pdf">x</button>',
        '<a href="#" data-href="x.pdf">x</a>',
        "<a href=\"#\" onclick=\"open('a', 'x.pdf', '_blank')\">x</a>",
        '<select><option value="">Choose<option value="x.pdf">x</select>',
        '<a href=" x.pdf ">x</a>',
    ],
)
def test_a_document_is_found_however_it_is_linked(html: str) -> None:
    assert link(html).url.partition("?")[0] == normalise("x.pdf", BASE)


@pytest.mark.parametrize(
    "html",
    [
        '<a name="x">x</a>',
        '<a href="">x</a>',
        '<a href="#part">x</a>',
        '<a href="?ref=menu#part">x</a>',
        '<a href="mailto:x@example.org">x</a>',
        '<a href="javascript:void(0)">x</a>',
        '<a href="http://[broken">x</a>',
        '<iframe src="video.html"></iframe>',
        '<button onclick="menu()">x</button>',
        '<select><option value="/en/mexico.html">Mexico</option></select>',
        f'<a href="{"x" * 4_000}.pdf">an address that no server takes</a>',
        '<object><param name="x"></object>',
        '<!-- <a href="x.pdf">x</a> -->',
        '<script>"<a href=x.pdf>x</a>"</script>',
        '<template><a href="x.pdf">x</a></template>',
        '<noscript><a href="x.pdf">x</a></noscript>',
        '<link href="x.pdf">',
    ],
)
def test_what_leads_to_no_other_page_is_no_link(html: str) -> None:
    assert links(html) == ()


def test_a_link_to_the_page_itself_is_no_link() -> None:
    assert links(f'<a href="{BASE}">x</a><a href="MEX.html">x</a>') == ()


def test_a_hidden_link_is_read() -> None:
    assert link('<div style="display:none" hidden><a href="x.pdf">x</a></div>').label == "x"


def test_a_link_around_a_link_is_not_lost() -> None:
    outer, inner = links('<a href="1.pdf"><div>One <a href="2.pdf">Two</a> more</div></a>')
    assert (outer.label, inner.label) == ("One", "Two")


def test_an_anchor_inside_a_link_does_not_end_it() -> None:
    assert link('<a href="1.pdf">One <div><a name="n">two</a> three</div></a>').label == "One two three"


def test_a_link_that_never_ends_is_kept() -> None:
    assert link('<p><a href="1.pdf">One').label == "One"


def test_a_link_over_nested_lists_is_kept() -> None:
    assert [
        each.label for each in links('<ul><li><a href="1.pdf">One<ul><li>two</li></ul></a></li></ul>')
    ] == ["One two"]


@pytest.mark.parametrize(("attributes", "language"), [('hreflang="fr"', "fr"), ('lang="es"', "es"), ("", "")])
def test_the_language_attribute_of_the_link_itself_is_kept(attributes: str, language: str) -> None:
    assert link(f'<p lang="ar"><a href="x.pdf" {attributes}>x</a></p>').language == language


@pytest.mark.parametrize(
    "container",
    [
        "<nav>",
        "<footer>",
        "<menu>",
        '<div role="navigation">',
        '<ul class="menu">',
        '<div class="breadcrumb">',
        '<div class="side-menu">',
        '<div class="Site_Footer">',
        '<div class="global-navigation dark">',
    ],
)
def test_links_in_a_menu_are_navigation_and_those_after_it_are_not(container: str) -> None:
    name = container[1:].split(maxsplit=1)[0].rstrip(">")
    inside, after = links(f'{container}<a href="1.pdf">x</a></{name}><p><a href="2.pdf">x</a></p>')
    assert (inside.is_navigation, after.is_navigation) == (True, False)


@pytest.mark.parametrize(
    "container",
    [
        '<div class="dropdown-menu">',
        '<div class="card-footer">',
        '<body class="side-menu">',
        '<main class="with-menu">',
        '<div class="menu-open">',
        '<div class="nav nav-tabs">',
        "<header>",
    ],
)
def test_what_only_looks_like_a_menu_is_content(container: str) -> None:
    assert not link(f'{container}<a href="1.pdf">x</a>').is_navigation


def test_headings_end_with_their_container() -> None:
    assert over(f"<h2>H</h2><section><h3>K</h3></section>{A}") == [(Where.HEADING, "H")]


def test_a_heading_inside_an_article_ends_nothing_outside() -> None:
    assert over(f"<h3>Out</h3><article><h2>In</h2></article>{A}") == [(Where.HEADING, "Out")]


def test_links_follow_the_base_of_the_page() -> None:
    assert (
        link('<base href="/documents/"><a href="x.pdf">x</a>').url == "https://www.unodc.org/documents/x.pdf"
    )


def test_huge_labels_and_attributes_are_cut() -> None:
    found = link(f'<a href="x.pdf" title="{"t" * 9_000}">{"l" * 9_000}</a>')
    assert [len(each.text) for each in found.words] == [1_000, 400]
