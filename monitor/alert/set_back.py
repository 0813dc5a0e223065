"""Messages that a clock which ran ahead has put off: they are owed by the right clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.model import Commit, Delivery, DeliveryState, World


def set_back(world: World, now: datetime) -> Commit:
    """Let what is owed since the future be owed since now, with the same pauses; empty where nothing is."""
    return Commit(deliveries=tuple(_by(one, now) for one in world.deliveries if _is_ahead(one, now)))


def _is_ahead(delivery: Delivery, now: datetime) -> bool:
    return delivery.state is DeliveryState.WAITING and delivery.created > now


def _by(delivery: Delivery, now: datetime) -> Delivery:
    return replace(delivery, created=now, due=now + (delivery.due - delivery.created))
