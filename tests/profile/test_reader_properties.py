"""Whatever the layout, what was put into a page is read back; a broken page never makes news."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import MonitorError
from monitor.model import NEWS_KINDS, DocumentKind, Snapshot
from tests.profile.reading import config, page, reader

PAGES = Path(__file__).parent.parent / "pages"
PROFILE_URL = "https://www.unodc.org/corruption/en/country-profiles/data/{code}.html"

KINDS = {
    DocumentKind.SELF_ASSESSMENT: [
        "Self-assessment",
        "SELF-ASSESSMENT CHECKLIST",
        "Auto-évaluation",
        "Autoevaluación",
    ],
    DocumentKind.COUNTRY_REPORT: [
        "Country report",
        "Full country review reports",
        "Rapport d'examen",
        "Informe de país",
    ],
    DocumentKind.EXECUTIVE_SUMMARY: ["Executive summary", "Résumé analytique", "执行摘要"],
}
CYCLES = {
    "1": ["First review cycle", "Cycle I", "2010-2015", "Chapters III and IV"],
    "2": ["Second cycle", "Cycle II (2016-2021)", "Deuxième cycle"],
}
LANGUAGES = {
    "en": ["English", "(EN)"],
    "fr": ["Français", "FR"],
    "es": ["Spanish"],
    "ar": ["العربية"],
    "zh": ["中文"],
}


@dataclass(frozen=True, slots=True)
class Put:
    """One document as it was put into a page."""

    name: int
    kind: DocumentKind
    cycle: str
    language: str
    kind_words: str
    language_words: str

    @property
    def link(self) -> str:
        return self.link_called(self.language_words)

    def link_called(self, label: str) -> str:
        return f'<a href="/documents/mx{self.name}.pdf">{label}</a>'


Section = tuple[str, list[Put]]
Layout = Callable[[str, list[Put]], str]


def each(puts: list[Put], write: Callable[[Put], str]) -> str:
    return "".join(map(write, puts))


def headings(cycle: str, puts: list[Put]) -> str:
    return f"<h2>{cycle}</h2>" + each(
        puts, lambda put: f"<h3>{put.kind_words}</h3><ul><li>{put.link}</li></ul>"
    )


def labels(cycle: str, puts: list[Put]) -> str:
    items = each(puts, lambda put: f"<li>{put.link_called(f'{put.kind_words}, {put.language_words}')}</li>")
    return f"<h2>{cycle}</h2><ul>{items}</ul>"


def lines(cycle: str, puts: list[Put]) -> str:
    return f"<p><b>{cycle}</b></p><p>" + "<br>".join(f"{put.kind_words}: {put.link}" for put in puts) + "</p>"


def paragraphs(cycle: str, puts: list[Put]) -> str:
    return f"<h2>{cycle}</h2>" + each(puts, lambda put: f"<p>{put.kind_words}</p><p>{put.link}</p>")


def terms(cycle: str, puts: list[Put]) -> str:
    return (
        f"<h4>{cycle}</h4><dl>"
        + each(puts, lambda put: f"<dt>{put.kind_words}</dt><dd>{put.link}</dd>")
        + "</dl>"
    )


def details(cycle: str, puts: list[Put]) -> str:
    inner = each(puts, lambda put: f"<details><summary>{put.kind_words}</summary>{put.link}</details>")
    return f"<details><summary>{cycle}</summary>{inner}</details>"


def cards(cycle: str, puts: list[Put]) -> str:
    return f"<h2>{cycle}</h2>" + each(
        puts,
        lambda put: (
            f'<div class="card"><div class="card-title">{put.kind_words}</div><p>{put.link}</p></div>'
        ),
    )


def table(cycle: str, puts: list[Put]) -> str:
    rows = each(puts, lambda put: f"<tr><th>{put.kind_words}</th><td>{put.link}</td></tr>")
    return f"<table><tr><th></th><th>{cycle}</th></tr>{rows}</table>"


def rows(cycle: str, puts: list[Put]) -> str:
    inner = each(
        puts,
        lambda put: (
            f"<tr><td>{cycle}</td><td>{put.kind_words}</td><td>{put.language_words}</td>"
            f"<td>{put.link_called('Download')}</td></tr>"
        ),
    )
    return f"<table><tr><th>Cycle</th><th>Document</th><th>Language</th><th>File</th></tr>{inner}</table>"


def nested(cycle: str, puts: list[Put]) -> str:
    inner = each(puts, lambda put: f"<li>{put.kind_words}<ul><li>{put.link}</li></ul></li>")
    return f"<ul><li>{cycle}<ul>{inner}</ul></li></ul>"


def tabs(cycle: str, puts: list[Put]) -> str:
    tab = f"t{puts[0].name}"
    return (
        f'<ul><li><a href="#{tab}">{cycle}</a></li></ul><div id="{tab}">'
        + lines("Documents", puts)
        + "</div>"
    )


LAYOUTS: list[Layout] = [
    headings,
    labels,
    lines,
    paragraphs,
    terms,
    details,
    cards,
    table,
    rows,
    nested,
    tabs,
]
CONTAINERS = [
    "<div>{}</div>",
    "<section>{}</section>",
    "<table><tr><td>{}</td></tr></table>",
    "<main><html><body>{}",
]


@st.composite
def documents(draw: st.DrawFn, cycle: str) -> Put:
    kind = draw(st.sampled_from(list(KINDS)))
    language = draw(st.sampled_from(list(LANGUAGES)))
    return Put(
        draw(st.integers(0, 10**9)),
        kind,
        cycle,
        language,
        draw(st.sampled_from(KINDS[kind])),
        draw(st.sampled_from(LANGUAGES[language])),
    )


@st.composite
def sections(draw: st.DrawFn) -> tuple[str, list[Put]]:
    """Give some HTML and what was put into it: one cycle's documents in one layout, in a container or none."""
    cycle = draw(st.sampled_from(list(CYCLES)))
    puts = draw(st.lists(documents(cycle), min_size=1, max_size=4, unique_by=lambda put: put.name))
    html = draw(st.sampled_from(LAYOUTS))(draw(st.sampled_from(CYCLES[cycle])), puts)
    return draw(st.sampled_from(["{}", *CONTAINERS])).format(html), puts


def name_of(url: str) -> int:
    return int(url.rsplit("/mx", 1)[1].removesuffix(".pdf"))


@given(st.lists(sections(), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_what_was_put_into_a_page_is_read_back(parts: list[tuple[str, list[Put]]]) -> None:
    puts = {put.name: put for _, some in parts for put in some}
    if len(puts) < sum(len(some) for _, some in parts):
        return
    html = f"<h1>Country Profile: Mexico</h1>{''.join(f'<div>{part}</div>' for part, _ in parts)}"
    found = {name_of(one.url): one for one, _ in reader().read(page(html), config().country("MEX")).documents}
    assert {name: (one.kind, one.cycle, one.language, one.doubt) for name, one in found.items()} == {
        name: (put.kind, put.cycle, put.language, "") for name, put in puts.items()
    }


def saved() -> list[tuple[str, str]]:
    """Give the HTML of every test page, and its country."""
    pages = sorted(path for path in PAGES.glob("*.html") if path.with_suffix(".json").exists())
    texts = [(path.read_text(encoding="utf-8"), path.with_suffix(".json")) for path in pages]
    return [(html, json.loads(path.read_text(encoding="utf-8"))["country"]) for html, path in texts]


SAVED = saved()


def spans(html: str) -> list[tuple[int, int]]:
    """Find every tag in a page."""
    found, start = [], html.find("<")
    while start >= 0:
        end = html.find(">", start) + 1
        if not end:
            break
        found.append((start, end))
        start = html.find("<", end)
    return found


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, str, str]:
    """Give a saved page, the same page broken in one to three ways, and its country."""
    html, code = draw(st.sampled_from(SAVED))
    worse = html
    for _ in range(draw(st.integers(1, 3))):
        worse = draw(st.sampled_from([drop_a_tag, truncate, duplicate_a_block, swap_case]))(draw, worse)
    return html, worse, code


def drop_a_tag(draw: st.DrawFn, html: str) -> str:
    # Without its base a page's addresses are others.
    places = [(start, end) for start, end in spans(html) if not html.startswith("<base", start)]
    start, end = draw(st.sampled_from(places)) if places else (0, 0)
    return html[:start] + html[end:]


def truncate(draw: st.DrawFn, html: str) -> str:
    return html[: draw(st.integers(0, len(html)))]


def duplicate_a_block(draw: st.DrawFn, html: str) -> str:
    places = [start for start, _ in spans(html)] or [0]
    start, end = sorted((draw(st.sampled_from(places)), draw(st.sampled_from(places))))
    return html[:end] + html[start:end] + html[end:]


def swap_case(draw: st.DrawFn, html: str) -> str:
    """Swap the case of what is no tag: addresses keep theirs."""
    del draw
    out, last = [], 0
    for start, end in spans(html):
        out += [html[last:start].swapcase(), html[start:end]]
        last = end
    return "".join([*out, html[last:].swapcase()])


def snapshot(html: str, code: str) -> Snapshot | None:
    url = PROFILE_URL.format(code=code)
    try:
        return reader().read(page(html, url), config().country(code))
    except MonitorError:
        return None


def certain(html: str, code: str) -> set[str]:
    """Give the addresses of what is read as news for certain."""
    found = snapshot(html, code)
    return {one.url for one, _ in found.documents if one.kind in NEWS_KINDS} if found else set()


@functools.cache
def possible(html: str, code: str) -> set[str]:
    """Give the addresses of what is, or may be, news."""
    found = reader().readings(page(html, PROFILE_URL.format(code=code)))
    documents = [each.document for each in found if each.document]
    return {
        one.url
        for one in documents
        if any(kind in (one.kind, one.likely) or kind in one.doubt for kind in NEWS_KINDS)
    }


@given(broken())
@settings(max_examples=250, deadline=None, derandomize=True)
def test_a_broken_page_makes_no_news_and_raises_only_our_errors(case: tuple[str, str, str]) -> None:
    html, worse, code = case
    assert certain(worse, code) <= possible(html, code)
