"""The world as tables: which part of it stands where, under which names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from monitor.model import World
from monitor.record import codec
from monitor.record.apply import place_of
from monitor.record.uncollected import uncollected

Value = TypeVar("Value")
Records = dict[str, codec.Record]
Tables = Mapping[str, Mapping[str, codec.Record]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the world and the table it is kept in."""

    kind: codec.Codec[Any]
    of: Callable[[World], Any]
    """Takes it out of the world."""
    named: Callable[[Any], Mapping[str, Any]]
    """Gives each value the name of its record; the order is the world's."""

    def changes(self, before: World, world: World) -> tuple[Mapping[str, Any], Records] | None:
        """Give all values by name, and the records of those that changed; None where nothing did."""
        was, now = self.of(before), self.of(world)
        if was is now:
            return None
        old, new = self.named(was), self.named(now)
        changed = {key: self.kind.record(value) for key, value in new.items() if _is_new(old.get(key), value)}
        return (new, changed) if changed or list(old) != list(new) else None


def _is_new(old: object, value: object) -> bool:
    # Identity first: comparing every field of every record would cost more than the write.
    return old is not value and old != value


def _by_id(values: Iterable[Any]) -> Mapping[str, Any]:
    return {value.id: value for value in values}


def _by_name(values: Mapping[Any, Value]) -> Mapping[str, Value]:
    return {str(name): value for name, value in values.items()}


def _by_place(values: Iterable[Any]) -> Mapping[str, Any]:
    return {codec.place_key(*place_of(value)): value for value in values}


def _numbered(values: Sequence[Value]) -> Mapping[str, Value]:
    return {str(number): value for number, value in enumerate(values, 1)}


DELIVERIES = Part(codec.DELIVERIES, attrgetter("deliveries"), _by_id)
PARTS = (
    Part(codec.DOSSIERS, attrgetter("dossiers"), dict),
    Part(codec.CHANGES, attrgetter("changes"), _numbered),
    Part(codec.SUBSCRIPTIONS, attrgetter("subscriptions"), _by_place),
    Part(codec.CHATS, attrgetter("chats"), _by_name),
    Part(codec.PLEDGES, attrgetter("pledges"), dict),
    Part(codec.PROPOSALS, attrgetter("proposals"), _numbered),
    Part(codec.FILES, attrgetter("files"), dict),
    Part(codec.LOOKS, attrgetter("looks"), dict),
)
"""All but the deliveries, which share their messages."""


@uncollected()
def world_of(tables: Tables) -> World:
    """Read the tables; StoreError names the record that is none."""
    meta = tables.get("meta", {})
    return World(
        dossiers=_values(codec.DOSSIERS, tables),
        changes=_in_order(codec.CHANGES, tables),
        subscriptions=tuple(_values(codec.SUBSCRIPTIONS, tables).values()),
        deliveries=_deliveries(tables),
        incidents=codec.INCIDENTS.value("incidents", meta.get("incidents", {})),
        chats={chat.id: chat for chat in _values(codec.CHATS, tables).values()},
        pledges=_values(codec.PLEDGES, tables),
        proposals=_in_order(codec.PROPOSALS, tables),
        files=_values(codec.FILES, tables),
        looks=_values(codec.LOOKS, tables),
        duty=codec.DUTY.value("duty", meta.get("duty", {})),
    )


def _deliveries(tables: Tables) -> tuple[Any, ...]:
    messages = _values(codec.MESSAGES, tables)
    records = tables.get(codec.DELIVERIES.table, {})
    return tuple(codec.DELIVERIES.whole(key, records[key], messages) for key in sorted(records))


def _values(kind: codec.Codec[Value], tables: Tables) -> dict[str, Value]:
    return {key: kind.value(key, record) for key, record in tables.get(kind.table, {}).items()}


def _in_order(kind: codec.Codec[Value], tables: Tables) -> tuple[Value, ...]:
    values = _values(kind, tables)
    return tuple(values[key] for key in sorted(values, key=int))
