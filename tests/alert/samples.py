"""Countries, cycles and documents as the tests of words and answers need them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.language.speech import speak
from monitor.model import (
    Change,
    ChangeKind,
    Country,
    Document,
    DocumentKind,
    Dossier,
    Evidence,
    KnownDocument,
    Link,
    Standing,
)
from monitor.model import ReviewCycle as Cycle

K = DocumentKind
ENGLISH = speak("en")
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=6)
LONG_AGO = NOW - timedelta(days=30)
FIRST = Cycle(
    "1",
    1,
    ("III", "IV"),
    ("criminalization and law enforcement", "international cooperation"),
    "15-50",
    (2010, 2015),
)
SECOND = Cycle("2", 1, ("II", "V"), ("prevention", "asset recovery"), "5-14, 51-59", (2016, 2026))
CYCLES = (FIRST, SECOND)
MEXICO = Country("MEX", {"en": "Mexico", "fr": "Mexique", "es": "México"}, flag="🇲🇽")
NIGER = Country("NER", {"en": "Niger"}, flag="🇳🇪")
NIGERIA = Country("NGA", {"en": "Nigeria"}, flag="🇳🇬")
EUROPEAN_UNION = Country("EU", {"en": "European Union"}, flag="🇪🇺")
PROFILE = "https://www.unodc.org/corruption/en/country-profiles/data/MEX.html"


def document(
    kind: DocumentKind = K.SELF_ASSESSMENT,
    cycle: str | None = "2",
    language: str | None = "en",
    **changes: object,
) -> Document:
    url = f"https://www.unodc.org/documents/{kind}-{cycle}-{language}.pdf"
    evidence = (
        Evidence("kind", "row header", "Self-assessment"),
        Evidence("cycle", "heading", "Second cycle"),
        Evidence("language", "label", "English"),
    )
    plain = Document(url, "English", kind, cycle, language, evidence=evidence)
    return replace(plain, **changes)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def known(
    what: Document,
    first_seen: datetime = LONG_AGO,
    not_seen_at: datetime | None = None,
    missing_since: datetime | None = None,
    link: Link | None = None,
    **changes: object,
) -> KnownDocument:
    here = link or Link(what.url, ())
    plain = KnownDocument(what, here, first_seen, not_seen_at, Standing.TOLD, missing_since=missing_since)
    return replace(plain, **changes)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def dossier(*documents: KnownDocument, code: str = "MEX") -> Dossier:
    return Dossier(code, documents, first_read=LONG_AGO, last_read=NOW)


def change(kind: ChangeKind, what: Document, code: str = "MEX", former_url: str = "") -> Change:
    return Change(code, kind, what, NOW, EARLIER, former_url=former_url)


def published(what: Document, *, is_language_version: bool = False) -> Change:
    return replace(change(ChangeKind.PUBLISHED, what), is_language_version=is_language_version)
