"""What the service's jobs are made of: calls and small decisions of its upkeep."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from monitor.alert import health
from monitor.alert.troubles import told
from monitor.app import Monitor
from monitor.config import Config
from monitor.dialogue.life import long_gone
from monitor.documents import DocumentRound
from monitor.errors import MonitorError, NotWritten, StoreError
from monitor.evidence.keeper import LooksAtFiles
from monitor.language.speech import Speech, speak
from monitor.model import Commit, Message, World
from monitor.record.copies import is_due, keep_copy
from monitor.record.inbox import drop_decision, take_decisions

log = structlog.get_logger()


def document_round(monitor: Monitor, files: LooksAtFiles) -> DocumentRound:
    """Compose the slow round over the files of a monitor's documents."""
    config, sweeper = monitor.config, monitor.sweeper
    every = timedelta(days=config.documents.check_days)
    hosts = config.source.allowed_hosts
    return DocumentRound(
        files, monitor.store, monitor.book, sweeper.settings.limits, every, hosts, sweeper.clock
    )


async def dated_copy(config: Config, now: datetime) -> str | None:
    """Keep a copy of the store if one is due; gives why that failed, nothing where it went well, None where none is due."""
    path = Path(config.store.path)
    if not is_due(path, timedelta(hours=config.backup.every_hours), now):
        return None
    try:
        await asyncio.to_thread(keep_copy, path, now, config.backup.keep)
    except StoreError as error:
        log.warning("no dated copy", why=str(error))
        return str(error)
    return ""


async def apply_decisions(monitor: Monitor, applied: set[str]) -> None:
    """Apply what people left for the service to decide; ``applied``: what was, and could not be removed.

    Raises StoreError: the decision stays in the inbox, a full disk must not swallow a person's word.
    """
    path = Path(monitor.config.store.path)
    for name, decision in take_decisions(path):
        if name in applied:
            continue
        try:
            log.info("decision applied", decision=name, how=await monitor.act(speak(), decision))
        except StoreError:
            raise
        except MonitorError as error:
            log.warning("decision not applied", decision=name, why=str(error))
        try:
            drop_decision(path, name)
        except NotWritten as error:
            applied.add(name)
            log.warning("decision not removed", why=str(error))


def forgetting(world: World, now: datetime, kept: timedelta) -> Commit:
    """Drop chats that are long gone, and messages that were settled longer ago than they are kept."""
    is_old = any(one.settled is not None and one.settled < now - kept for one in world.deliveries)
    return Commit(forgotten=long_gone(world, now), forget_before=now - kept if is_old else None)


def bug_met(world: World, job: str, error: BaseException, now: datetime) -> Commit:
    """Owe operators a word on a job that tripped over a fault of ours."""
    return Commit(deliveries=told(world, lambda say: _bug(say, job, error), now))


def _bug(say: Speech, job: str, error: BaseException) -> Message:
    return health.bug(say, say("running the job “{job}”", job=job), f"{type(error).__name__}: {error}")
