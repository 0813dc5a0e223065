"""One of every value the store keeps, and a store that holds them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.model import (
    Button,
    Change,
    ChangeKind,
    Commit,
    Delivery,
    Document,
    DocumentKind,
    Dossier,
    Evidence,
    Failing,
    Held,
    KnownDocument,
    Link,
    Message,
    Snapshot,
    Standing,
    Subscription,
    Validators,
    Where,
    Words,
    World,
)
from monitor.record.store import Store

NOW = datetime(2026, 11, 24, 9, 30, 1, 250_000, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
URL = "https://example.org/a%20b.pdf"
DOCUMENT = Document(
    URL,
    "Executive summary – «العربية»",
    DocumentKind.EXECUTIVE_SUMMARY,
    "1",
    "ar",
    "CAC/COSP/IRG/I/1",
    (Evidence("kind", "heading", "summary"),),
    "two kinds",
    DocumentKind.SELF_ASSESSMENT,
)
LINK = Link(URL, (Words(Where.LABEL, "Arabic"), Words(Where.HEADING, "Cycle 1")), "ar", is_navigation=True)
KNOWN = KnownDocument(
    DOCUMENT,
    LINK,
    NOW,
    None,
    Standing.ASKED,
    LATER,
    is_absence_told=True,
    former_urls=("https://example.org/old",),
)
SNAPSHOT = Snapshot(((DOCUMENT, LINK),), "ab", Validators(), "https://example.org/MEX")
HELD = Held("most gone", NOW, SNAPSHOT, 2, is_fleet=True, is_rejected=True)
MEXICO = Dossier(
    "MEX", (KNOWN,), NOW, LATER, "cd", Validators(), "r1", "https://x", HELD, Failing(NOW, "403", 3, LATER)
)
CHANGE = Change("MEX", ChangeKind.PUBLISHED, DOCUMENT, LATER, NOW, "https://old", is_language_version=True)
GROUP = Subscription(-100, 7, frozenset(DocumentKind), withdrawals=False)
CHANNEL = Subscription("@channel")
MESSAGE = Message("<b>news</b>", (Button("open", URL),), is_silent=True)
OWED = Delivery("000001", -100, MESSAGE, NOW, LATER, 7, attempts=2, error="busy")
EVERYTHING = Commit(
    dossiers=(MEXICO, Dossier("FJI")),
    changes=(CHANGE,),
    subscriptions=(GROUP, CHANNEL),
    deliveries=(OWED,),
    incidents={"coverage": NOW},
)


def reopened(path: Path) -> World:
    store = Store.open(path)
    try:
        return store.load()
    finally:
        store.close()


def filled(path: Path, commit: Commit = EVERYTHING) -> Path:
    store = Store.open(path)
    store.commit(commit)
    store.close()
    return path


def writes(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
