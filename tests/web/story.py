"""What happened in the sample world of tests/web/world.py, told from the first look on: values only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

from monitor.config import load_config
from monitor.demo.documents import SimulatedDocument, first_documents, simulated
from monitor.model import (
    Change,
    ChangeKind,
    Document,
    DocumentFile,
    DocumentKind,
    Dossier,
    Duty,
    Evidence,
    Failing,
    FileLook,
    FileState,
    Held,
    KnownDocument,
    Link,
    LookHistory,
    Looks,
    Pledge,
    PledgeState,
    Snapshot,
    Standing,
    Where,
    Words,
    World,
)

K, C = DocumentKind, ChangeKind
SHIPPED = load_config({})
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
BEGAN = datetime(2025, 11, 3, 8, 0, tzinfo=UTC)
LAST_LOOK = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)
STEP = timedelta(hours=6)
ADDRESS = "https://board.example"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202e{{ 7*7 }}'
NEVER_READ = ("TUV", "NRU")
FAILING = ("HTI", "SYR", "TLS")
HELD = "KAZ"
BUGGY = "TLS"
"""Its error is a bug of ours, whose words no reader may see."""
OPERATORS_PLEDGES = {
    "NOR": Pledge(PledgeState.SIGNATORY, "2026-03-12", "https://uncaccoalition.org/norway-signs/"),
    "ALB": Pledge(PledgeState.NOT_SIGNATORY),
    "ZWE": Pledge(PledgeState.SIGNATORY, "2024", f"javascript:alert(3) {HOSTILE}"),
}

PUBLISHED = (
    # days ago, country, kind, cycle, languages
    (0.25, "MEX", K.SELF_ASSESSMENT, "2", ("en", "es")),
    (1, "MNE", K.COUNTRY_REPORT, "2", ("en",)),
    (3, "AUS", K.SELF_ASSESSMENT, "2", ("en",)),
    (9, "CIV", K.EXECUTIVE_SUMMARY, "2", ("fr",)),
    (16, "CHL", K.COUNTRY_REPORT, "2", ("es",)),
    (25, "ZWE", K.COUNTRY_REPORT, "2", ("en",)),
    (33, "KOR", K.SELF_ASSESSMENT, "2", ("en", None)),
    (48, "MUS", K.COUNTRY_REPORT, "2", ("en", "fr")),
    (61, "BRA", K.SELF_ASSESSMENT, "2", ("en", "xx")),
    (88, "TUN", K.SELF_ASSESSMENT, "1", ("fr", "ar")),
    (120, "GEO", K.COUNTRY_REPORT, "1", ("en", "ru")),
    (151, "UKR", K.SELF_ASSESSMENT, "2", ("uk", "en")),
    (190, "COL", K.COUNTRY_REPORT, "2", ("es",)),
    (230, "GHA", K.SELF_ASSESSMENT, "2", ("en",)),
    (262, "PHL", K.SELF_ASSESSMENT, "2", ("en",)),
    (301, "NLD", K.COUNTRY_REPORT, "2", ("en",)),
    (330, "MDA", K.SELF_ASSESSMENT, "2", ("en",)),
    (356, "FIN", K.COUNTRY_REPORT, "2", ("en",)),
)
LANGUAGE_LATER = (0.5, "MNE", K.COUNTRY_REPORT, "2", "fr")
WITHDRAWN = (
    # days ago, country, kind, cycle: the first of the country's documents of that kind and cycle
    (5, "LKA", K.SELF_ASSESSMENT, "1"),
    (40, "PER", K.COUNTRY_REPORT, "1"),
)
IN_GRACE = (1.5, "JAM", K.EXECUTIVE_SUMMARY, "1")
REVISED = (21, "GHA", K.SELF_ASSESSMENT, "2")
MOVED = (70, "COL", K.COUNTRY_REPORT, "2")
RETURNED = (14, "PHL", K.SELF_ASSESSMENT, "2")
DEAD_LINK = (2, "GEO", K.COUNTRY_REPORT, "1")
DOUBTFUL = ("MNG", "NGA")
STRAY = ("VUT", "LSO")
_STOOD_THERE = {
    "LKA": (K.SELF_ASSESSMENT, "1"),
    "PER": (K.COUNTRY_REPORT, "1"),
    "JAM": (K.EXECUTIVE_SUMMARY, "1"),
}
_ONE_IN = {
    (K.SELF_ASSESSMENT, "1"): 6,
    (K.COUNTRY_REPORT, "1"): 4,
    (K.SELF_ASSESSMENT, "2"): 11,
    (K.COUNTRY_REPORT, "2"): 8,
}
"""One country in so many had it at the first look."""


def look_before(days: float) -> datetime:
    """The look at which something that happened ``days`` ago was seen."""
    return LAST_LOOK - timedelta(days=days)


class Story:
    """What happened, told from the first look on."""

    def __init__(self) -> None:
        self.known: dict[str, list[KnownDocument]] = {country.code: [] for country in SHIPPED.countries}
        self.changes: list[Change] = []
        self.files: dict[str, DocumentFile] = {}

    def begin(self) -> None:
        """Furnish every page as it stood at the first look."""
        for code, documents in first_documents(SHIPPED.countries).items():
            pairs = {(each.kind, each.cycle) for each in documents}
            more = [simulated(code, *pair, _tongue(code)) for pair in _stood_there(code) if pair not in pairs]
            for each in (*documents, *more):
                self._add(code, _document(code, each), BEGAN, None, Standing.BASELINE)
        for code in DOUBTFUL:
            doubtful = _document(code, simulated(code, K.OTHER, "2"))
            doubt = replace(doubtful, doubt="the words name two kinds", likely=K.COUNTRY_REPORT)
            self._add(code, doubt, BEGAN, None, Standing.ASKED)
        for code in STRAY:
            stray = replace(_document(code, simulated(code, K.SELF_ASSESSMENT, "9")), cycle=None)
            self._add(code, stray, BEGAN, None, Standing.BASELINE)
        self._add(
            "MEX", _document("MEX", simulated("MEX", K.EXPERT_LIST, "2")), BEGAN, None, Standing.BASELINE
        )

    def go_on(self) -> None:
        """Let a year pass."""
        for days, code, kind, cycle, languages in sorted(PUBLISHED, reverse=True):
            for language in languages:
                self._publish(look_before(days), code, kind, cycle, language)
        days, code, kind, cycle, tongue = LANGUAGE_LATER
        self._publish(look_before(days), code, kind, cycle, tongue, is_version=True)
        for withdrawal in WITHDRAWN:
            self._withdraw(*withdrawal)
        self._withdraw(*IN_GRACE, is_told=False)
        self._revise(*REVISED)
        self._move(*MOVED)
        self._return(*RETURNED)
        self._kill(*DEAD_LINK)
        self.changes.sort(key=lambda change: change.seen_at)

    def world(self) -> World:
        """Give the world as it stands."""
        dossiers = {
            code: _dossier(code, documents)
            for code, documents in self.known.items()
            if code not in NEVER_READ
        }
        looks = {code: LookHistory(code, _looks(code, self.changes)) for code in dossiers}
        return World(
            dossiers=dossiers,
            changes=tuple(self.changes),
            pledges=OPERATORS_PLEDGES,
            duty=Duty(swept=LAST_LOOK),
            files=self.files,
            looks=looks,
        )

    def _add(
        self, code: str, document: Document, first: datetime, before: datetime | None, how: Standing
    ) -> None:
        link = Link(document.url, (Words(Where.LABEL, document.title),))
        self.known[code].append(KnownDocument(document, link, first, before, how))
        if document.kind in {K.SELF_ASSESSMENT, K.COUNTRY_REPORT}:
            self.files[document.url] = DocumentFile(document.url, (_file(document, first),), LAST_LOOK)

    def _publish(
        self,
        at: datetime,
        code: str,
        kind: DocumentKind,
        cycle: str,
        language: str | None,
        *,
        is_version: bool = False,
    ) -> None:
        document = _document(code, simulated(code, kind, cycle, language or ""))
        self._add(code, document, at, at - STEP, Standing.TOLD)
        file = self.files[document.url].stands if document.url in self.files else None
        first = not any(
            each.document.kind is kind and each.document.cycle == cycle and each.first_seen < at
            for each in self.known[code]
        )
        later = is_version or not first
        self.changes.append(
            Change(code, C.PUBLISHED, document, at, at - STEP, is_language_version=later, file=file)
        )

    def _withdraw(
        self, days: float, code: str, kind: DocumentKind, cycle: str, *, is_told: bool = True
    ) -> None:
        at, place = look_before(days), self._place(code, kind, cycle)
        gone = replace(
            self.known[code][place],
            missing_since=at,
            last_there=at - STEP,
            is_absence_told=is_told,
            is_missing_long=is_told,
        )
        self.known[code][place] = gone
        if is_told:
            self.changes.append(Change(code, C.WITHDRAWN, gone.document, at, at - STEP))

    def _revise(self, days: float, code: str, kind: DocumentKind, cycle: str) -> None:
        at, place = look_before(days), self._place(code, kind, cycle)
        old = self.known[code][place]
        new = replace(
            old.document, url=old.document.url.replace(".pdf", "-rev1.pdf"), title="English (revised)"
        )
        explained = replace(
            old, missing_since=at, last_there=at - STEP, is_absence_told=True, is_absence_explained=True
        )
        self.known[code][place] = explained
        self._add(code, new, at, at - STEP, Standing.TOLD)
        self.changes.append(Change(code, C.REVISED, new, at, at - STEP, old.document.url))

    def _move(self, days: float, code: str, kind: DocumentKind, cycle: str) -> None:
        at, place = look_before(days), self._place(code, kind, cycle)
        old = self.known[code][place]
        new = replace(old.document, url=old.document.url.replace("www.unodc.org", "track.unodc.org"))
        self.known[code][place] = replace(old, document=new, former_urls=(old.document.url,))
        self.changes.append(Change(code, C.MOVED, new, at, at - STEP, old.document.url))

    def _return(self, days: float, code: str, kind: DocumentKind, cycle: str) -> None:
        at, document = look_before(days), self.known[code][self._place(code, kind, cycle)].document
        gone = at - timedelta(days=10)
        self.changes.append(Change(code, C.WITHDRAWN, document, gone, gone - STEP))
        self.changes.append(Change(code, C.RETURNED, document, at, at - STEP))

    def _kill(self, days: float, code: str, kind: DocumentKind, cycle: str) -> None:
        at, document = look_before(days), self.known[code][self._place(code, kind, cycle)].document
        file = self.files[document.url]
        dead = FileLook(at, FileState.GONE, 404, document.url)
        self.files[document.url] = replace(file, looks=(*file.looks, dead))
        self.changes.append(
            Change(code, C.LINK_DEAD, document, at, at - STEP, file=dead, file_before=file.stands)
        )

    def _place(self, code: str, kind: DocumentKind, cycle: str) -> int:
        return next(
            place
            for place, each in enumerate(self.known[code])
            if each.document.kind is kind and each.document.cycle == cycle
        )


def _stood_there(code: str) -> list[tuple[DocumentKind, str]]:
    news = {(kind, cycle) for _, country, kind, cycle, _ in PUBLISHED if country == code}
    chosen = [
        pair
        for pair, one_in in _ONE_IN.items()
        if crc32(f"{code}{pair}".encode()) % one_in == 0 and code not in {*STRAY, *DOUBTFUL}
    ]
    return [
        pair
        for pair in dict.fromkeys((*chosen, *filter(None, (_STOOD_THERE.get(code),))))
        if pair not in news
    ]


def _tongue(code: str) -> str:
    return ("en", "en", "fr", "es", "ar", "ru")[crc32(code.encode()) % 6]


def _document(code: str, made: SimulatedDocument) -> Document:
    titles = {
        "en": "English",
        "fr": "Français",
        "es": "Español",
        "ar": "العربية",
        "ru": "Русский",
        "uk": "Українська",
    }
    title = HOSTILE if code == "ZWE" else titles.get(made.language, "Self-assessment checklist")
    evidence = (
        Evidence("kind", "row header", HOSTILE if code == "ZWE" else made.kind.value),
        Evidence("cycle", "heading", {"1": "First cycle", "2": "Second cycle"}.get(made.cycle, "Review")),
        Evidence("language", "label", title),
    )
    return Document(made.url, title, made.kind, made.cycle, made.language or None, evidence=evidence)


def _file(document: Document, at: datetime) -> FileLook:
    number = crc32(document.url.encode())
    return FileLook(
        at,
        FileState.THERE,
        200,
        document.url,
        size=40_000 + number % 4_000_000,
        content_type="application/pdf",
        sha256=f"{number:08x}" * 8,
        pages=4 + number % 200,
        title=document.title,
        language=document.language or "",
    )


def _dossier(code: str, documents: list[KnownDocument]) -> Dossier:
    plain = Dossier(
        code,
        tuple(documents),
        first_read=BEGAN,
        last_read=LAST_LOOK,
        page_url=f"https://www.unodc.org/{code}",
    )
    if code in FAILING:
        since = look_before(4)
        error = (
            "a bug in the monitor: KeyError at /opt/secret" if code == BUGGY else "503 Service Unavailable"
        )
        return replace(plain, last_read=since - STEP, failing=Failing(since, error, 16, NOW))
    if code == HELD:
        report = _document(code, simulated(code, K.COUNTRY_REPORT, "2"))
        snapshot = Snapshot(((report, Link(report.url, ())),), "0" * 64)
        return replace(
            plain,
            held=Held("most of it is new at once", look_before(2), snapshot),
            last_read=look_before(2.25),
        )
    return plain


def _looks(code: str, changes: list[Change]) -> tuple[Looks, ...]:
    """Looks with one answer each, from one change of the page to the next."""
    times = [BEGAN, *dict.fromkeys(change.seen_at for change in changes if change.code == code)]
    ends = [*(at - STEP for at in times[1:]), LAST_LOOK]
    runs = [
        Looks(
            start, end, max(1, (end - start) // STEP + 1), 200, f"{crc32(f'{code}{start}'.encode()):08x}" * 8
        )
        for start, end in zip(times, ends, strict=True)
    ]
    if code in FAILING:
        since = look_before(4)
        runs[-1] = replace(runs[-1], last=since - STEP)
        error = (
            "a bug in the monitor: KeyError at /opt/secret" if code == BUGGY else "503 Service Unavailable"
        )
        runs.append(Looks(since, LAST_LOOK, 16, 503, "", error))
    return tuple(runs)
