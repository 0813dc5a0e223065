"""Who is told what of documents' files: chats that chose it, and the operators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from monitor.alert import afterwards
from monitor.alert.book import Book, numbers
from monitor.alert.health import recovered
from monitor.alert.outbox import Write, notices_owed, owed
from monitor.evidence.judge import INCIDENTS, Judgement
from monitor.language.speech import Speech, speak
from monitor.model import Commit, Message, World


def tell_files(judgement: Judgement, world: World, book: Book, now: datetime) -> Commit:
    """Give what a judgement changes, with the messages that follow from it; ``world`` is without the changes."""
    sequence, book = numbers(now, world.deliveries), book.with_pledges(world.pledges)
    alerts = owed(
        judgement.changes,
        world,
        book.asks(),
        _writer(judgement, world, book),
        now=now,
        sequence=sequence,
        is_together=judgement.is_fleet,
    )
    notices = notices_owed(lambda say: _notices(say, judgement, world, book, now), world, now, sequence)
    is_same = judgement.incidents == world.incidents
    return Commit(
        changes=judgement.changes,
        subscriptions=alerts.holding,
        deliveries=(*alerts.deliveries, *notices),
        incidents=None if is_same else judgement.incidents,
        files=judgement.files,
    )


def _writer(judgement: Judgement, world: World, book: Book) -> Write:
    known = len(world.changes)

    @cache  # equal news is written once a language, not once a chat
    def written(code: str, numbers: tuple[int, ...], language: str) -> tuple[Message, ...]:
        country = book.country(code)
        changes = tuple(judgement.changes[number - known] for number in numbers)
        say, profile = speak(language), book.profile_url(country)
        return afterwards.told(say, country, changes, world.dossiers[code], profile)

    return written


def _notices(say: Speech, judgement: Judgement, world: World, book: Book, now: datetime) -> Iterable[Message]:
    yield from (afterwards.held(say, many) for many in judgement.many)
    for name in INCIDENTS.values():
        if name in world.incidents and name not in judgement.incidents:
            yield recovered(say, name, world.incidents[name], now)
    if judgement.changes:
        yield afterwards.noticed(say, judgement.changes, book.country)
