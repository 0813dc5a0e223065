"""A person's word on a held look, or on what a document is, becomes news or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.markup import tidy
from monitor.alert.tell import tell
from monitor.dialogue.reply import SayWhatItIs, SettleHeld
from monitor.model import Change, Commit, DocumentKind, Dossier, Outcome, Proposal, Visit, World
from monitor.record.decide import Decision, settle_held
from monitor.record.review import present
from monitor.record.said import is_named, say_what_it_is
from monitor.sweep import Sweeper, commit_of, write

Word = SettleHeld | SayWhatItIs
"""What a person can say of a country's dossier."""
_LONGEST_TITLE: Final = 120


async def settle(sweeper: Sweeper, word: Word) -> str:
    """Apply a person's word and say how it ended; raises Implausible where it settles nothing, StoreError."""
    return await write(sweeper.store, lambda world: _settled(sweeper, word, world))


def consequence(
    word: Word, world: World, now: datetime, grace: timedelta
) -> tuple[Dossier, tuple[Change, ...], tuple[Proposal, ...]]:
    """Say what follows from a person's word; raises Implausible where nothing does."""
    dossier = world.dossiers.get(word.code, Dossier(word.code))
    if isinstance(word, SettleHeld):
        after, changes = settle_held(dossier, word.verb, now, grace, word.shown)
        return after, changes, ()
    after, changes, proposal = say_what_it_is(
        dossier,
        word.document,
        word.kind,
        word.cycle,
        now,
        history=world.changes,
        is_quiet=word.is_quiet,
    )
    return after, changes, (proposal,) if proposal else ()


def _settled(sweeper: Sweeper, word: Word, world: World) -> tuple[Commit, str]:
    now = sweeper.clock()
    after, changes, proposals = consequence(word, world, now, sweeper.settings.grace)
    visit = Visit(word.code, Outcome.READ, len(present(after)), changes)
    decision = Decision((after,), changes, (visit,), held_now=(), doubtful=(), baseline=())
    telling = tell(decision, world, sweeper.book, now)
    commit = replace(commit_of(decision, telling), proposals=proposals)
    name = sweeper.book.country(word.code).name
    return commit, f"{name}: {_done(word, after)}{_told(word, changes, len(telling.deliveries))}."


def _done(word: Word, after: Dossier) -> str:
    if isinstance(word, SettleHeld):
        return f"{word.verb}ed"
    document = next(known.document for known in after.documents if is_named(known, word.document))
    is_nothing = document.kind is DocumentKind.OTHER
    kind = "nothing of interest" if is_nothing else document.kind.value.replace("-", " ")
    cycle = f", cycle {document.cycle}" if document.cycle and not is_nothing else ""
    return f"“{tidy(document.title, _LONGEST_TITLE)}” is known as {kind}{cycle}"


def _told(word: Word, changes: tuple[Change, ...], messages: int) -> str:
    if not changes:
        return "; nobody is told" if isinstance(word, SayWhatItIs) else ""
    if not messages:
        return "; nobody is told at once"
    return "; 1 message is owed" if messages == 1 else f"; {messages} messages are owed"
