"""Values to plain JSON types and back: times as ISO 8601 UTC, sets sorted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from monitor.errors import StoreError
from monitor.model import (
    Change,
    Chat,
    Delivery,
    DocumentFile,
    Dossier,
    Duty,
    LookHistory,
    Message,
    Pledge,
    Proposal,
    Subscription,
)

Value = TypeVar("Value")
Record = dict[str, Any]
_SETS = frozenset({"kinds", "muted", "cycles", "regions", "countries"})


class Codec(Generic[Value]):
    """Turns one kind of value into a record and back."""

    def __init__(self, kind: type[Value], table: str) -> None:
        self.table = table
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[Value]:
        # Made when the first record asks for it: to make all of them costs a start more than reading a store.
        return TypeAdapter(self._kind)

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


class DeliveryCodec(Codec[Delivery]):
    """Keeps what a delivery shares with others, its message, apart: ten thousand chats are told the same."""

    def record(self, value: Delivery) -> Record:
        """Give what is the delivery's own, nothing where it is as usual; its id is the record's key."""
        # Thousands stay as evidence after a fan-out, and all are in every write.
        record: Record = self._adapter.dump_python(
            value, mode="json", exclude={"id", "message"}, exclude_defaults=True
        )
        return {**record, "message": message_key(MESSAGES.record(value.message))}

    def whole(self, key: str, record: Record, messages: Mapping[str, Message]) -> Delivery:
        """Read a record whose message is one of ``messages``: the same object for all that share it."""
        return self.value(key, {**record, "id": key, "message": messages.get(record.get("message", ""))})


def place_key(*place: object) -> str:
    """Name a subscription's record by chat, thread and is_operator; chat 1 and chat "1" are two."""
    return orjson.dumps(place).decode()


def message_key(record: Record) -> str:
    """Name a message's record by what it says."""
    return hashlib.blake2b(orjson.dumps(record, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


DOSSIERS = Codec(Dossier, "dossiers")
CHANGES = Codec(Change, "changes")
SUBSCRIPTIONS = Codec(Subscription, "subscriptions")
DELIVERIES = DeliveryCodec(Delivery, "deliveries")
MESSAGES = Codec(Message, "messages")
CHATS = Codec(Chat, "chats")
PLEDGES = Codec(Pledge, "pledges")
PROPOSALS = Codec(Proposal, "proposals")
FILES = Codec(DocumentFile, "files")
LOOKS = Codec(LookHistory, "looks")
INCIDENTS = Codec(dict[str, datetime], "meta")
DUTY = Codec(Duty, "meta")
