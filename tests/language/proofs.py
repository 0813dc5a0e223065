"""What is said of evidence and of trouble with keeping things, with samples, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.alert import files, troubles
from monitor.alert.book import Book
from monitor.alert.markup import escape
from monitor.alert.news import gather
from monitor.alert.notices import WENT_BACK
from monitor.alert.restored import restored
from monitor.evidence.account import DECIDED, account, as_text
from monitor.evidence.chain import chain
from monitor.language.speech import Speech
from monitor.model import (
    Change,
    ChangeKind,
    Chat,
    ChatId,
    Delivery,
    DeliveryState,
    DocumentFile,
    FileLook,
    FileState,
    KnownDocument,
    LookHistory,
    Looks,
    Message,
    Said,
    Subscription,
    World,
)
from tests.alert.samples import EARLIER, LONG_AGO, NOW, K, change, document, dossier, known, published
from tests.dialogue.talk import SHIPPED, view
from tests.language.cases import ANN, HOSTILE, OPERATORS, country_of, delivery, quoted

_THERE = FileLook(
    NOW,
    FileState.THERE,
    200,
    size=1_200_000,
    content_type="application/pdf",
    last_modified=HOSTILE,
    sha256="1",
    pages=12,
    title=HOSTILE,
    language="en",
)
_LOOKS = (
    _THERE,
    replace(_THERE, pages=1, size=4_000),
    replace(_THERE, pages=None, language="fr", error=HOSTILE),
    FileLook(NOW, FileState.GONE, 404, error=HOSTILE),
    FileLook(NOW, FileState.NO_DOCUMENT, 200, error=HOSTILE),
    FileLook(NOW, FileState.UNREACHED, error=HOSTILE),
)


def proofs(say: Speech) -> Iterator[Message | str]:
    """Say all there is to say of evidence."""
    yield from _alerts(say)
    yield from map(say.word, DECIDED)
    mexico = country_of("MEX")
    for world, one in _worlds():
        for section in account(say, mexico, chain(world, "MEX", one)):
            yield as_text((section,))


def _alerts(say: Speech) -> Iterator[Message]:
    for kind in (ChangeKind.PUBLISHED, ChangeKind.WITHDRAWN):
        for look in _LOOKS:
            yield _lines(say, replace(change(kind, quoted()), file=look))
    several = (document(), document(language=None), document(K.COUNTRY_REPORT))
    looked_at = zip(several, _LOOKS[2:], strict=False)
    yield _lines(say, *(replace(published(each), file=look) for each, look in looked_at))


def _lines(say: Speech, *changes: Change) -> Message:
    return Message("\n".join((escape(say("File")), *files.lines(say, gather(changes)))))


def _worlds() -> Iterator[tuple[World, KnownDocument]]:
    """Give worlds in which everything of a document is known, and nothing."""
    new = known(quoted(), NOW, EARLIER)
    moved = replace(new, former_urls=("https://a.org/old.pdf",), said=Said(K.OTHER, None, "", new.document))
    url = new.document.url
    another = change(ChangeKind.REVISED, document(cycle="1"), former_url=url)
    kinds = [*(change(kind, new.document) for kind in ChangeKind), another]
    states = [delivery(state.value, state, about=(0,), settled=NOW) for state in DeliveryState]
    before = Looks(EARLIER, EARLIER, 1, 200, "1")
    later = [
        Looks(NOW + timedelta(hours=hour), NOW + timedelta(hours=hour), 1, 403, "", HOSTILE)
        for hour in (1, 2)
    ]
    for times, more, status in ((1, 1, None), (2, 2, 304)):
        found = replace(
            before, first=NOW, last=NOW, times=times, status=status, body_hash="2" if status else ""
        )
        yield (
            World(
                {"MEX": dossier(moved)},
                tuple(kinds),
                deliveries=tuple(states),
                looks={"MEX": LookHistory("MEX", (replace(before, times=more), found, *later[:more]))},
                files={url: DocumentFile(url, _LOOKS, NOW, _LOOKS[3], 1)},
            ),
            moved,
        )
    yield World({"MEX": dossier(new)}), new
    old = replace(known(document(language=None)), not_seen_at=None)
    yield World({"MEX": dossier(old)}), old


def keeping(say: Speech) -> Iterator[Message | str]:
    """Say all there is to say where something cannot be kept, and where a copy came back."""
    chats: dict[ChatId, Chat] = {OPERATORS: Chat(OPERATORS, language=say.code)}
    quiet = World(subscriptions=(Subscription(OPERATORS, is_operator=True),), chats=chats)
    for went in (troubles.copies_went, troubles.archive_went, troubles.board_went, troubles.signals_went):
        begun = went(quiet, HOSTILE, NOW)
        over = went(replace(quiet, incidents=begun.incidents or {}), "", NOW + timedelta(hours=1))
        yield from (each.message for commit in (begun, over) for each in commit.deliveries)
    yield troubles.unwritten(HOSTILE)(say)
    yield troubles.written_again(LONG_AGO, NOW)(say)
    book = Book(SHIPPED.countries, view().pledges, SHIPPED.rules, view().profile_url)
    for number in (0, 1, 30):
        copy = replace(quiet, deliveries=tuple(_waiting(number)))
        for each in restored(copy, None, LONG_AGO, book, NOW).deliveries:
            # Reasons are for developers, in English.
            yield replace(each.message, html=each.message.html.replace(WENT_BACK, "REASON"))


def _waiting(number: int) -> Iterator[Delivery]:
    for each in range(number):
        yield replace(delivery(f"D{each:02}", DeliveryState.WAITING), chat=ANN, about=(0,))
