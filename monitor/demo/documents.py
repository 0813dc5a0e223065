"""Which documents the simulated profile pages list at first: real addresses where they are known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from zlib import crc32

from monitor.model import Country, DocumentKind

SIMULATED_FOLDER = "https://www.unodc.org/documents/treaties/UNCAC/simulated"
GENEROUS = ("CHE",)
"""Countries whose page is known to hold all three documents of both cycles (domain: section 5)."""
EVERY_NTH_IS_GENEROUS = 24
EVERY_NTH_HAS_LANGUAGES = 3
SEVERAL_LANGUAGES = ("en", "fr", "es")
SUMMARIES = (DocumentKind.EXECUTIVE_SUMMARY,)
ALL_KINDS = (DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT, *SUMMARIES)
CYCLES = ("1", "2")


@dataclass(frozen=True, slots=True)
class SimulatedDocument:
    """One link of a simulated page."""

    kind: DocumentKind
    cycle: str
    language: str
    """ISO 639-1, or nothing where the page does not say."""
    url: str


def simulated_url(code: str, kind: DocumentKind, cycle: str, language: str) -> str:
    """Invent an address that says that it is invented, and like the real ones nothing of what it holds."""
    number = crc32(f"{code} {kind} {cycle} {language}".encode()) % 10_000_000
    return f"{SIMULATED_FOLDER}/simulated-{code.lower()}-{number:07}.pdf"


def simulated(code: str, kind: DocumentKind, cycle: str, language: str = "en") -> SimulatedDocument:
    """Invent a document."""
    return SimulatedDocument(kind, cycle, language, simulated_url(code, kind, cycle, language))


def real_documents() -> dict[str, tuple[SimulatedDocument, ...]]:
    """Read the published addresses in documents.csv, by country code."""
    found: dict[str, tuple[SimulatedDocument, ...]] = {}
    text = files("monitor.demo").joinpath("documents.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        document = SimulatedDocument(DocumentKind(row["kind"]), row["cycle"], row["language"], row["url"])
        found[row["code"]] = (*found.get(row["code"], ()), document)
    return found


def first_documents(countries: tuple[Country, ...]) -> dict[str, tuple[SimulatedDocument, ...]]:
    """Furnish every country: its real documents, or invented summaries; a few publish everything."""
    real = real_documents()
    return {
        country.code: _furnish(country.code, index, real.get(country.code, ()))
        for index, country in enumerate(countries)
    }


def _furnish(code: str, index: int, real: tuple[SimulatedDocument, ...]) -> tuple[SimulatedDocument, ...]:
    is_generous = code in GENEROUS or (not real and index % EVERY_NTH_IS_GENEROUS == 0)
    if real and not is_generous:
        return real
    known = {(document.kind, document.cycle) for document in real}
    invented = tuple(
        simulated(code, kind, cycle, language)
        for cycle in CYCLES
        for kind in (ALL_KINDS if is_generous else SUMMARIES)
        for language in (SEVERAL_LANGUAGES if index % EVERY_NTH_HAS_LANGUAGES == 0 else ("en",))
        if (kind, cycle) not in known
    )
    return real + invented
