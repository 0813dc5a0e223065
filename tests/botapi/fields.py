"""What a request carries: urlencoded, JSON or multipart, read into one dictionary."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from tests.botapi.faults import bad

Json = dict[str, Any]
_ATTACHED = "attach://"


@dataclass(frozen=True)
class Upload:
    """A file that came with the request."""

    name: str
    content: bytes
    mime: str


def read_fields(content_type: str, query: str, body: bytes) -> Json:
    """Give every field by name; an attached file stands where it is referred to."""
    data: Json = dict(parse_qsl(query, keep_blank_values=True))
    if "json" in content_type:
        return data | (json.loads(body) if body else {})
    if "multipart/" in content_type:
        return data | _multipart(content_type, body)
    return data | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _multipart(content_type: str, body: bytes) -> Json:
    whole = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    parts = {str(part.get_param("name", header="content-disposition")): _part(part) for part in whole.walk()}
    return {name: _attached(value, parts) for name, value in parts.items() if name != "None"}


def _part(part: Message) -> str | Upload:
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    if part.get_filename() is None:
        return content.decode()
    return Upload(str(part.get_filename()), content, part.get_content_type())


def _attached(value: str | Upload, parts: dict[str, str | Upload]) -> str | Upload:
    if isinstance(value, str) and value.startswith(_ATTACHED):
        return parts.get(value.removeprefix(_ATTACHED), value)
    return value


def flag(data: Json, name: str) -> bool:
    return str(data.get(name, "")).lower() == "true"


def whole(data: Json, name: str) -> int | None:
    """Give a number, None where there is none; refuses what is no number."""
    if name not in data:
        return None
    try:
        return int(data[name])
    except (TypeError, ValueError):
        raise bad(f"field {name!r} must be a number") from None


def parsed(data: Json, name: str, default: object = None) -> Any:  # noqa: ANN401 - JSON
    """Give what a field says in JSON."""
    value = data.get(name, default)
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None
