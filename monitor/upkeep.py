"""What the service's jobs are made of: calls and small decisions of its upkeep."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.alert import health
from monitor.app import Monitor
from monitor.dialogue.life import long_gone
from monitor.documents import DocumentRound
from monitor.evidence.keeper import LooksAtFiles
from monitor.language.speech import Speech
from monitor.model import Commit, Message, World


def document_round(monitor: Monitor, files: LooksAtFiles) -> DocumentRound:
    """Compose the slow round over the files of a monitor's documents."""
    config, sweeper = monitor.config, monitor.sweeper
    every = timedelta(days=config.documents.check_days)
    hosts = config.source.allowed_hosts
    return DocumentRound(
        files, monitor.store, monitor.book, sweeper.settings.limits, every, hosts, sweeper.clock
    )


def forgetting(world: World, now: datetime, kept: timedelta) -> Commit:
    """Drop chats that are long gone, and messages that were settled longer ago than they are kept."""
    is_old = any(one.settled is not None and one.settled < now - kept for one in world.deliveries)
    return Commit(forgotten=long_gone(world, now), forget_before=now - kept if is_old else None)


def bug(say: Speech, job: str, error: BaseException) -> Message:
    """Tell of a job that tripped over a fault of ours."""
    return health.bug(say, say("running the job “{job}”", job=job), f"{type(error).__name__}: {error}")
