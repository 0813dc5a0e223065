"""Is the service well? Asked of itself where it answers machines, else read from what it wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from monitor.config import Config
from monitor.disk import no_room
from monitor.model import World
from monitor.signals.standing import Inside, Sight, problems

READY: Final = "/health/ready"
PATIENCE: Final = 8.0
"""Seconds in which a living service answers, also on a busy machine."""
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
_MOST: Final = 100_000


def sight_of(config: Config, world: World, inside: Inside | None = None) -> Sight:
    """Look at the service now; ``inside``: None from outside it."""
    return Sight(
        world,
        tuple(each.code for each in config.countries),
        timedelta(minutes=config.schedule.all_minutes),
        datetime.now(UTC),
        inside,
        no_room(Path(config.store.path)),
    )


def name_of_store(config: Config) -> str:
    """Name the store without telling where it lies: two services on one machine must not answer for each other."""
    return sha256(str(Path(config.store.path).resolve()).encode()).hexdigest()[:12]


def ailments(config: Config, world: Callable[[], World], patience: float = PATIENCE) -> tuple[str, ...]:
    """Say what keeps the service from its work; nothing where it does it.

    ``world`` reads the store, where nobody of ours answers: then it is judged by what it last wrote.
    """
    place = config.signals.host_and_port
    try:
        said = _said_by(*place, name_of_store(config), patience) if place else None
    except TimeoutError:
        return (_hangs(config.signals.listen, patience),)
    return problems(sight_of(config, world())) if said is None else said


def _said_by(host: str, port: int, store: str, patience: float) -> tuple[str, ...] | None:
    """Ask the service itself; None where nobody answers, or somebody else does. TimeoutError where it hangs."""
    connection = HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=patience)
    try:
        connection.request("GET", READY)
        answer = json.loads(connection.getresponse().read(_MOST))
        return tuple(str(each) for each in answer["problems"]) if answer["store"] == store else None
    except TimeoutError:
        raise
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()


def _hangs(listen: str, patience: float) -> str:
    return (
        f"The service does not answer at {listen} within {patience:g} seconds: it hangs or was suspended. "
        "Look into its log, then start it again."
    )
