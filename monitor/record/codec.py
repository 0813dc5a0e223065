"""Values to plain JSON types and back: times as ISO 8601 UTC, sets sorted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from monitor.errors import StoreError
from monitor.model import Change, Chat, Delivery, Dossier, Duty, Pledge, Proposal, Subscription

Value = TypeVar("Value")
Record = dict[str, Any]
_SETS = frozenset({"kinds", "muted", "cycles", "regions", "countries"})


class Codec(Generic[Value]):
    """Turns one kind of value into a record and back."""

    def __init__(self, kind: type[Value], table: str) -> None:
        self.table = table
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def record(self, value: Value) -> Record:
        """Give the value as JSON types; equal values give equal records."""
        record: Record = self._adapter.dump_python(value, mode="json")
        for name in _SETS & record.keys():
            record[name] = sorted(record[name])
        if "scope" in record:
            record["scope"] = {
                name: sorted(part) if name in _SETS else part for name, part in record["scope"].items()
            }
        return record

    def value(self, key: object, record: object) -> Value:
        """Read a record; StoreError names it, the field and what is wrong with it."""
        try:
            return self._adapter.validate_python(record)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise StoreError(f"table {self.table}, record {key}, {field}: {first['msg']}") from None


DOSSIERS = Codec(Dossier, "dossiers")
CHANGES = Codec(Change, "changes")
SUBSCRIPTIONS = Codec(Subscription, "subscriptions")
DELIVERIES = Codec(Delivery, "deliveries")
CHATS = Codec(Chat, "chats")
PLEDGES = Codec(Pledge, "pledges")
PROPOSALS = Codec(Proposal, "proposals")
INCIDENTS = Codec(dict[str, datetime], "meta")
DUTY = Codec(Duty, "meta")
