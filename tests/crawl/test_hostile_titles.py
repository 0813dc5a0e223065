"""Whatever a page calls its documents: the alert, the digest, the card, the lists, the table and the proof are sayable, and lead where they say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

import pytest

from monitor.alert.digest import digests
from monitor.board.view import View
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask
from monitor.dialogue.inline import inline
from monitor.evidence.proof import proof_id
from monitor.language.speech import speak
from monitor.model import Chat, Commit, FileLook, FileState, Message, Subscription, When, World
from monitor.record.apply import after
from monitor.record.review import origin
from tests.crawl.forging import unsayable_message, view_of
from tests.fakes import CHAT, OPERATOR, Watch
from tests.remembered import reads_once

TITLES = (
    "<b>&amp;</a><script>alert(1)</script>", "\u202egnp.exe\u2066\u200b", "😀" * 4096, "\u0300" * 900, "x" * 9000,
    "=cmd|' /C calc'!A0", '"><a href="https://evil.example">', "{0} {title} %(x)s %s", "\x07\x1b[2J", "٣٤ التقرير",
    "&#x202e;&#0;&#xd800;", "tg://user?id=1 @everyone /forget", "\u061c\u180e\ufeff", "A\u2028B\u2029C", "👨‍👩‍👧‍👦" * 60,
)  # fmt: skip
LANGUAGES = ("en", "fr", "es")


def page(number: int, title: str) -> str:
    shown = title if "&#" in title else escape(title)
    name = f"https://www.unodc.org/documents/treaties/{number}.pdf?x=%3Cb%3E&amp;y=%E2%80%AE"
    return f'<h3>Review cycle 2</h3><p><a href="{name}" title="{shown}">Self-assessment checklist {shown}</a></p>'


def look(watch: Watch, title: str) -> FileLook:
    """Let the file be called as hostile inside."""
    return FileLook(
        watch.clock(), FileState.NO_DOCUMENT, 404, "https://evil.example/<b>", 7, title, title, title, "0" * 64, 3,
        title, "en", title,
    )  # fmt: skip


async def told(title: str, number: int) -> Watch:
    """Publish a document of that name, unrecognised ones beside it, and a held look."""
    watch = Watch(("MEX", "FIN", "CHE"))
    chats = [Subscription(number, when=When.DAILY) for number in range(1, 4)]
    named = [Chat(chat, language=code, title=title) for chat, code in zip((1, 2, 3), LANGUAGES, strict=True)]
    watch.store.world = after(watch.store.world, Commit(subscriptions=tuple(chats), chats=tuple(named)))
    await watch.has_baseline()
    watch.site.says("MEX", page(number, title))
    odd = f'<p><a href="https://www.unodc.org/documents/odd.pdf">Roadmap {escape(title)}</a></p>'
    watch.site.says("FIN", odd)
    watch.site.withdraws_all("CHE")
    await watch.sweeps()
    changes = tuple(replace(each, file=look(watch, title)) for each in watch.store.world.changes)
    watch.store.world = replace(watch.store.world, changes=changes)
    return watch


def messages(watch: Watch) -> Iterator[Message]:
    """Give everything that chats and operators are told and can ask for, in three languages."""
    world = watch.store.world
    yield from (each.message for each in world.deliveries)
    watch.clock.advance(86_400)
    yield from (each.message for each in digests(world, watch.book, watch.clock()).deliveries)
    view = replace(view_of(world), now=watch.clock())
    commands = sorted({name for table in ROUTER.tables for name in table.commands})
    presses = ("card:MEX", "status:MEX", "recent:0", "missing:0", "list:0", "world")
    for language in LANGUAGES:
        ask = Ask("", OPERATOR, language=language, is_operator=True, title="x")
        asked = [f"/{name}{words}" for name in commands for words in ("", " MEX", " FIN")]
        asked += [f"/evidence {proof}" for proof in proofs(world)]
        replies = [ROUTER.answer(replace(ask, text=text), view) for text in asked]
        replies += [ROUTER.answer(replace(ask, text=text, is_press=True), view) for text in presses]
        yield from (reply.message for reply in replies if reply.message)
        yield from (card.message for card in inline(speak(language), "MEX", view))
    yield from pressed(world, view)


def proofs(world: World) -> Iterator[str]:
    for code, dossier in world.dossiers.items():
        yield from (proof_id(code, origin(known)) for known in dossier.documents)


def pressed(world: World, view: View) -> Iterator[Message]:
    """Follow the buttons of what chats are told and operators are asked."""
    ask = Ask("", OPERATOR, is_press=True, is_operator=True)
    for button in [button for each in world.deliveries for button in each.message.buttons if button.data]:
        reply = ROUTER.answer(replace(ask, text=button.data), view)
        if reply.message:
            yield reply.message


@pytest.fixture(autouse=True)
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    reads_once(monkeypatch)


@pytest.mark.parametrize("number", range(len(TITLES)))
async def test_everything_that_is_said_of_a_document_is_sayable_whatever_it_is_called(number: int) -> None:
    watch = await told(TITLES[number], number)
    assert_table_is_harmless(watch)
    assert [change.code for change in watch.store.world.changes] == ["MEX"]
    assert watch.store.world.dossiers["CHE"].held
    found = list(messages(watch))
    assert len(found) > 100
    assert [fault for message in found for fault in unsayable_message(message)] == []
    links = {urlsplit(button.url).hostname for message in found for button in message.buttons if button.url}
    assert "evil.example" not in links
    assert not any('href="https://evil.example' in message.html for message in found)
    assert [each for each in watch.owed(CHAT) if "Mexico" in each.message.html]


def assert_table_is_harmless(watch: Watch) -> None:
    """See that it has one line a document and no cell that a spreadsheet would run."""
    reply = ROUTER.answer(Ask("/export", 5), view_of(watch.store.world))
    assert reply.file
    rows = list(csv.reader(io.StringIO(reply.file.content.decode("utf-8-sig"), newline="")))
    documents = sum(len(dossier.documents) for dossier in watch.store.world.dossiers.values())
    assert len(rows) == 1 + documents
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
