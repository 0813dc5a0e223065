"""A person's word on a held look, or on what a document is, becomes news or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import tidy
from monitor.alert.news import in_a_row
from monitor.alert.tell import tell
from monitor.dialogue.reply import SayWhatItIs, SayWhoSigned, SettleHeld
from monitor.evidence.files import noted, with_files
from monitor.language.speech import Speech
from monitor.model import (
    Change,
    Commit,
    Document,
    DocumentKind,
    Dossier,
    FileLook,
    Outcome,
    Proposal,
    Visit,
    World,
)
from monitor.record.decide import Decision, settle_held
from monitor.record.review import present
from monitor.record.said import is_named, say_what_it_is
from monitor.sweep import Sweeper, commit_of, write

Word = SettleHeld | SayWhatItIs
"""What a person can say of a country's dossier."""
_LONGEST_TITLE: Final = 120


async def settle(say: Speech, sweeper: Sweeper, word: Word) -> str:
    """Apply a person's word and say how it ended; raises Implausible where it settles nothing, StoreError."""
    files = await sweeper.look_at_news(lambda world: _decision(sweeper, word, world)[0])
    return await write(sweeper.store, lambda world: _settled(say, sweeper, word, files, world))


async def sign(say: Speech, sweeper: Sweeper, word: SayWhoSigned) -> str:
    """Write down who signed the Pledge, and say what holds now; raises StoreError."""
    await sweeper.store.acommit(Commit(pledges={word.code: word.pledge}))
    country = sweeper.book.country(word.code)
    return f"{texts.labelled(say, say.name(country), texts.pledge(say, word.pledge))}."


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


def _decision(sweeper: Sweeper, word: Word, world: World) -> tuple[Decision, tuple[Proposal, ...]]:
    after, changes, proposals = consequence(word, world, sweeper.clock(), sweeper.settings.grace)
    visit = Visit(word.code, Outcome.READ, len(present(after)), changes)
    return Decision((after,), changes, (visit,), held_now=(), doubtful=(), baseline=()), proposals


def _settled(
    say: Speech, sweeper: Sweeper, word: Word, files: Mapping[str, FileLook], world: World
) -> tuple[Commit, str]:
    decision, proposals = _decision(sweeper, word, world)
    decision = with_files(decision, files)
    telling = tell(decision, world, sweeper.book, sweeper.clock())
    commit = replace(commit_of(decision, telling), proposals=proposals, files=noted(world.files, files))
    told = _told(say, word, decision.changes, len(telling.deliveries))
    how = (_done(say, word, decision.dossiers[0]), told)
    name = say.name(sweeper.book.country(word.code))
    sentence = f"{texts.labelled(say, name, in_a_row(say, filter(None, how)))}."
    return commit, " ".join((sentence, *_tried(say, proposals)))


def _tried(say: Speech, proposals: tuple[Proposal, ...]) -> tuple[str, ...]:
    """Say how what was proposed can be tried before it counts."""
    if not proposals:
        return ()
    return (
        say("To see what it would change as a rule: {command}", command="uncac-monitor replay --proposals"),
    )


def _done(say: Speech, word: Word, after: Dossier) -> str:
    if isinstance(word, SettleHeld):
        return say("accepted") if word.verb == "accept" else say("rejected")
    document = next(known.document for known in after.documents if is_named(known, word.document))
    return say(
        "“{title}” is known as {document}",
        title=tidy(document.title, _LONGEST_TITLE),
        document=_kind(say, document),
    )


def _kind(say: Speech, document: Document) -> str:
    if document.kind is DocumentKind.OTHER:
        return say("nothing of interest")
    return texts.kind_in(say, document.kind, document.cycle)


def _told(say: Speech, word: Word, changes: tuple[Change, ...], messages: int) -> str:
    if not changes:
        return say("nobody is told") if isinstance(word, SayWhatItIs) else ""
    if not messages:
        return say("nobody is told at once")
    return say.many("{number} message is owed", "{number} messages are owed", messages)
