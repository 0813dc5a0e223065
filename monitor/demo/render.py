"""The HTML of a simulated profile page: a pure function of the country and its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from types import MappingProxyType

from monitor.demo.documents import CYCLES, SimulatedDocument
from monitor.model import Country, DocumentKind

Documents = tuple[SimulatedDocument, ...]

TITLES: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.SELF_ASSESSMENT: "Self-assessment checklist",
        DocumentKind.COUNTRY_REPORT: "Full country report",
        DocumentKind.EXECUTIVE_SUMMARY: "Executive summary",
        DocumentKind.EXPERT_LIST: "List of governmental experts",
        DocumentKind.FOLLOW_UP: "Follow-up to the review",
        DocumentKind.OTHER: "Other document",
    }
)
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic",
        "en": "English",
        "es": "Spanish",
        "fr": "French",
        "pt": "Portuguese",
        "ru": "Russian",
        "zh": "Chinese",
    }
)
MENU = (
    "About us, Alternative development, Asset recovery, Border management, Careers, Civil society, Conference, Contact,"
    " Convention, Crime prevention, Criminal justice, Cybercrime, Drug prevention, Education, Environment, Events,"
    " Evaluation, Field offices, Firearms, Fraud, Gender, Goodwill ambassadors, Human trafficking, Integrity, Justice,"
    " Laboratories, Legal tools, Library, Maritime crime, Migrant smuggling, Money laundering, News, Partnerships,"
    " Prison reform, Private sector, Procurement, Research, Site map, Sport, Statistics, Terrorism prevention, Youth"
)
FILLER = (
    "National authorities are designated under the Convention to receive, execute or transmit requests for mutual"
    " legal assistance. Contact details are kept up to date by the authorities themselves and are shown here as they"
    " were notified. Nothing in this paragraph was taken from a real page."
)
SIMULATED = "This is a simulated page for the monitor's demo. It was not made by, and says nothing about, any State or UNODC."


def render(country: Country, documents: Documents, layout: str) -> str:
    """Write the page of a country in one of the ``LAYOUTS``; the same input gives the same text."""
    name = escape(country.name)
    listing = LAYOUTS[layout](documents) if documents else "<p>No documents have been published yet.</p>"
    inner = (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{name}: country profile (simulated)</title></head><body>\n'
        f'<h1>{name}</h1>\n<p class="simulated">{SIMULATED}</p>\n{_authorities(name)}'
        f"<h2>Implementation Review Mechanism</h2>\n{listing}\n</body></html>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name} - simulated country profile</title>'
        f"</head>\n<body>\n{_navigation()}\n<main>\n{inner}\n</main>\n{_footer()}\n</body></html>\n"
    )


def headings(documents: Documents) -> str:
    """Write cycles as headings, documents as lists."""
    return _each_cycle(documents, lambda cycle, own: f"<h3>{cycle}</h3>\n<ul>{_items(own)}</ul>")


def matrix(documents: Documents) -> str:
    """Write one table: kinds as rows, cycles as columns."""
    head = "".join(f'<th scope="col">{_cycle_name(cycle)}</th>' for cycle in _cycles(documents))
    rows = "\n".join(
        f'<tr><th scope="row">{TITLES[kind]}</th>'
        + "".join(f"<td>{_cell(own, cycle)}</td>" for cycle in _cycles(documents))
        + "</tr>"
        for kind, own in _by_kind(documents)
    )
    return f'<table class="table">\n<tr><th scope="col">Document</th>{head}</tr>\n{rows}\n</table>'


def definitions(documents: Documents) -> str:
    """Write a definition list under each cycle's heading."""
    return _each_cycle(
        documents,
        lambda cycle, own: (
            f"<h3>{cycle}</h3>\n<dl>"
            + "".join(
                f"<dt>{TITLES[kind]}</dt>" + "".join(f"<dd>{_language_link(one)}</dd>" for one in group)
                for kind, group in _by_kind(own)
            )
            + "</dl>"
        ),
    )


def accordions(documents: Documents) -> str:
    """Write a ``details`` element for each cycle."""
    return _each_cycle(
        documents, lambda cycle, own: f"<details><summary>{cycle}</summary>\n<ul>{_items(own)}</ul></details>"
    )


def rows(documents: Documents) -> str:
    """Write one table row for each document."""
    lines = "\n".join(
        f"<tr><td>{_cycle_name(one.cycle)}</td><td>{TITLES[one.kind]}</td><td>{_language(one)}</td>"
        f'<td><a href="{escape(one.url)}">Download</a></td></tr>'
        for one in documents
    )
    head = "<tr><th>Review cycle</th><th>Document</th><th>Language</th><th>File</th></tr>"
    return f"<table>\n<thead>{head}</thead>\n<tbody>\n{lines}\n</tbody>\n</table>"


def paragraphs(documents: Documents) -> str:
    """Write bold cycle names, then a paragraph for each kind with its languages in a row."""
    return _each_cycle(
        documents,
        lambda cycle, own: (
            f"<p><b>{cycle}</b></p>\n"
            + "\n".join(
                f"<p>{TITLES[kind]}: {' | '.join(map(_language_link, group))}</p>"
                for kind, group in _by_kind(own)
            )
        ),
    )


LAYOUTS: Mapping[str, Callable[[Documents], str]] = MappingProxyType(
    {layout.__name__: layout for layout in (headings, matrix, definitions, accordions, rows, paragraphs)}
)


def _each_cycle(documents: Documents, write: Callable[[str, Documents], str]) -> str:
    return "\n".join(
        write(_cycle_name(cycle), tuple(one for one in documents if one.cycle == cycle))
        for cycle in sorted({one.cycle for one in documents})
    )


def _by_kind(documents: Documents) -> Iterable[tuple[DocumentKind, Documents]]:
    for kind in TITLES:
        if own := tuple(one for one in documents if one.kind is kind):
            yield kind, own


def _cycles(documents: Documents) -> list[str]:
    return sorted({*CYCLES, *(one.cycle for one in documents)})


def _cycle_name(cycle: str) -> str:
    return f"Review cycle {cycle}"


def _language(document: SimulatedDocument) -> str:
    return LANGUAGES.get(document.language, document.language)


def _items(documents: Documents) -> str:
    return "\n".join(
        f'<li><a href="{escape(one.url)}">{TITLES[one.kind]}{f" ({_language(one)})" if one.language else ""}</a></li>'
        for one in documents
    )


def _cell(documents: Documents, cycle: str) -> str:
    return "<br>".join(_language_link(one) for one in documents if one.cycle == cycle) or "-"


def _language_link(document: SimulatedDocument) -> str:
    return f'<a href="{escape(document.url)}">{_language(document) or "PDF"}</a>'


def _navigation() -> str:
    links = "\n".join(
        f'<li class="nav-item dropdown"><a class="nav-link dropdown-item" role="menuitem"'
        f' href="//www.unodc.org/unodc/en/{topic.lower().replace(" ", "-")}/index.html?ref=menutop">{topic}</a></li>'
        for topic in MENU.split(", ")
    )
    return f'<nav id="menu" aria-label="Main menu">\n<ul class="navbar-nav">\n{links}\n</ul>\n</nav>'


def _authorities(name: str) -> str:
    paragraphs_of_text = "\n".join(
        f"<h3>Article {article}</h3>\n<p>{name}: {FILLER}</p>" for article in (6, 44, 46, 48)
    )
    return f"<h2>Notifications and national authorities</h2>\n{paragraphs_of_text}\n"


def _footer() -> str:
    links = " ".join(
        f'<a href="//www.unodc.org/unodc/en/{topic.lower().replace(" ", "-")}.html">{topic}</a>'
        for topic in MENU.split(", ")[:8]
    )
    return f"<footer>\n<p>{links}</p>\n<p>{SIMULATED}</p>\n</footer>"
