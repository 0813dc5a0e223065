"""What is said of documents after their publication, with samples, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from monitor.alert import afterwards, roundup
from monitor.alert.book import Book
from monitor.evidence.judge import INCIDENTS, Many
from monitor.language.speech import Speech
from monitor.model import Change, ChangeKind, FileLook, FileState, Message
from tests.alert.samples import EARLIER, LONG_AGO, K, change, document, dossier
from tests.dialogue.talk import SHIPPED
from tests.evidence.documents import GONE, after
from tests.language.cases import HOSTILE, LONG, country_of, quoted

_OLD = FileLook(
    LONG_AGO, FileState.THERE, 200, "https://1.1.1.1/1.pdf", 1_200_000, "application/pdf", sha256="1"
)
_NEW = replace(_OLD, address="https://2.2.2.2/1.pdf", sha256="2", pages=12, size=48_000, language="en")
_FOUND = (
    (_OLD, FileLook(EARLIER, FileState.GONE, 404)),
    (_OLD, FileLook(EARLIER, FileState.NO_DOCUMENT, 200, error=HOSTILE)),
    (_OLD, _NEW),
    (_NEW, _NEW),
    (None, FileLook(EARLIER, FileState.THERE)),
)


def later(say: Speech) -> Iterator[Message | str]:
    """Say all there is to say of files after publication."""
    mexico = country_of("MEX")
    for changes in _changes():
        yield from afterwards.told(say, mexico, changes, dossier(), "https://a.org/")
        yield afterwards.noticed(say, changes, country_of)
        yield from _digest(say, changes)
    many = tuple(
        replace(change(ChangeKind.LINK_DEAD, document()), code=each.code) for each in SHIPPED.countries
    )
    yield afterwards.noticed(say, many, country_of)
    for number in (1, 20):
        files = tuple(replace(after("1", GONE, GONE), url=f"https://3.3.3.3/{at}") for at in range(number))
        yield from (afterwards.held(say, Many(kind, files, 20)) for kind in INCIDENTS)
    yield from map(say.word, INCIDENTS.values())


def _changes() -> Iterator[tuple[Change, ...]]:
    kinds = (ChangeKind.LINK_DEAD, ChangeKind.LINK_BACK, ChangeKind.FILE_REPLACED, ChangeKind.FILE_MOVED)
    for kind in kinds:
        for was, now in _FOUND:
            yield (replace(change(kind, quoted(language="xx")), file_before=was, file=now),)
    both = ((kind, of) for kind in kinds for of in (K.SELF_ASSESSMENT, K.COUNTRY_REPORT))
    yield tuple(
        replace(change(kind, document(of, title=LONG, language=None)), file_before=_OLD, file=_NEW)
        for kind, of in both
    )


def _digest(say: Speech, changes: tuple[Change, ...]) -> Iterator[Message]:
    book = Book(SHIPPED.countries, {}, SHIPPED.rules, lambda _: "https://a.org/")
    yield from roundup.digest(say, "TITLE", changes, {}, book)
