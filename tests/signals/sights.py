"""A service at one moment, well until a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.model import Delivery, DeliveryState, Dossier, Duty, Failing, Message, World
from monitor.signals.standing import Inside, Sight

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
PERIOD = timedelta(hours=6)
MINUTE = timedelta(minutes=1)
LONG_AGO = NOW - timedelta(days=3)
CODES = ("MEX", "NER", "CHE")
SWEPT = NOW - timedelta(hours=1)


def read(code: str, ago: timedelta = timedelta(hours=1)) -> Dossier:
    return Dossier(code, first_read=LONG_AGO, last_read=NOW - ago)


def failing(code: str, ago: timedelta | None = timedelta(hours=1), error: str = "no answer") -> Dossier:
    """Give a country that cannot be read; ``ago``: since its last good look, None for never."""
    why = Failing(NOW - timedelta(hours=1), error, 3, NOW)
    return Dossier(code, last_read=None if ago is None else NOW - ago, failing=why)


def world(*deliveries: Delivery, **changes: object) -> World:
    dossiers = {code: read(code) for code in CODES}
    known = World(dossiers, duty=Duty(SWEPT, SWEPT), deliveries=deliveries)
    return replace(known, **changes)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def sight(of: World | None = None, inside: Inside | None = None, disk: str = "") -> Sight:
    return Sight(of or world(), CODES, PERIOD, NOW, inside, disk)


def running(ago: timedelta = timedelta(days=2), **known: object) -> Inside:
    """Give what a service that began so long ago knows of itself."""
    return replace(Inside(NOW - ago), **known)  # type: ignore[arg-type] # the same


def owed(ago: timedelta, chat: int = 1, name: str = "A", **changes: object) -> Delivery:
    """Give a message that waits since."""
    moment = NOW - ago
    plain = Delivery(name, chat, Message("news"), moment, moment, about=(0,))
    return replace(plain, **changes)  # type: ignore[arg-type] # the same


def sent(ago: timedelta, chat: int = 2, name: str = "0") -> Delivery:
    return replace(owed(ago, chat, name), state=DeliveryState.SENT, settled=NOW - ago)
