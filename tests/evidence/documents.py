"""Looks at files, and a little world of documents whose files are looked at, with verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.evidence.due import Listed, listed
from monitor.evidence.files import after_look
from monitor.evidence.judge import Judgement, judge
from monitor.model import (
    Change,
    ChangeKind,
    Document,
    DocumentFile,
    DocumentKind,
    Dossier,
    FileLook,
    FileState,
    KnownDocument,
    Link,
    Standing,
    World,
)
from monitor.record.believe import Limits

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://www.unodc.org/documents/a.pdf"
LIMITS = Limits(0.5, 6, 5, 0.05, 3)
THERE, GONE, PAGE, UNREACHED = FileState.THERE, FileState.GONE, FileState.NO_DOCUMENT, FileState.UNREACHED


def document(url: str = URL, kind: DocumentKind = DocumentKind.SELF_ASSESSMENT) -> Document:
    return Document(url, "English", kind, "2", "en")


def known(of: Document, missing_since: datetime | None = None) -> KnownDocument:
    return KnownDocument(of, Link(of.url, ()), NOW, None, Standing.BASELINE, missing_since=missing_since)


def look(at: datetime, found: str | FileState, host: str = "www.unodc.org") -> FileLook:
    """Find a file by its bytes, or the state that is named."""
    if isinstance(found, FileState):
        status = {GONE: 404, PAGE: 200, UNREACHED: 503, THERE: 200}[found]
        return FileLook(at, found, status, error="why" if found is not THERE else "")
    return FileLook(at, THERE, 200, address=f"https://{host}/documents/a.pdf", size=1_200_000, sha256=found)


def after(*found: str | FileState, hours: float = 12) -> DocumentFile:
    """Give what is known of a file after looks so many hours apart, nothing of it judged."""
    file: DocumentFile | None = None
    for number, each in enumerate(found):
        file = after_look(file, URL, look(NOW + number * hours * HOUR, each))
    assert file is not None
    return file


class Shelf:
    """Documents of countries, and what looks at their files led to."""

    def __init__(self, *urls: str, codes: Iterable[str] = ("MEX",)) -> None:
        documents = tuple(known(document(url)) for url in urls or (URL,))
        self.world = World(dossiers={code: Dossier(code, documents, NOW, NOW) for code in codes})
        self.now = NOW
        self.told: list[Change] = []
        self.judgement: Judgement | None = None

    @property
    def documents(self) -> Listed:
        return listed(self.world, self.world.dossiers.keys(), lambda _: True)

    def announces(self, found: FileLook | None = None, url: str = URL, code: str = "MEX") -> None:
        change = Change(code, ChangeKind.PUBLISHED, document(url), self.now, NOW, file=found)
        self.world = replace(self.world, changes=(*self.world.changes, change))

    def finds(
        self, found: str | FileState, url: str = URL, *, hours: float = 12, host: str = "www.unodc.org"
    ) -> None:
        """Let time pass, look at a file, and believe what is to be believed."""
        self.now += hours * HOUR
        file = after_look(self.world.files.get(url), url, look(self.now, found, host))
        self.world = replace(self.world, files={**self.world.files, url: file})
        self.judges()

    def judges(self) -> Judgement:
        judged = judge(self.world, self.documents, LIMITS, self.now)
        self.told += judged.changes
        self.world = replace(
            self.world,
            files={**self.world.files, **{file.url: file for file in judged.files}},
            changes=(*self.world.changes, *judged.changes),
            incidents=judged.incidents,
        )
        self.judgement = judged
        return judged

    @property
    def kinds(self) -> list[ChangeKind]:
        return [change.kind for change in self.told]
