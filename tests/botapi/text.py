"""What Telegram would make of a message's HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from tests.botapi.faults import Refused, bad

__all__ = ["MAX_UNITS", "Refused", "Words", "commands_in", "is_address", "plain", "read", "units"]

MAX_UNITS = 4096
MAX_CAPTION = 1024
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r'href="([^"]*)"')
_COMMAND = re.compile(r"(?<!\S)/\w+(?:@\w+)?")
_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}


@dataclass(frozen=True)
class Words:
    """A text as a person reads it, with the markup as Telegram gives it back."""

    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)


def plain(text: str, parse_mode: str) -> Words:
    """Read a message of its own, or raise Refused with Telegram's sentence."""
    words = read(text, parse_mode)
    if not words.text.strip():
        raise bad("message text is empty")
    if units(words.text) > MAX_UNITS:
        raise bad("message is too long")
    return words


def caption(text: str, parse_mode: str) -> Words:
    """Read the words under a file, which may be none; raises Refused."""
    words = read(text, parse_mode)
    if units(words.text) > MAX_CAPTION:
        raise bad("message caption is too long")
    return words


def units(text: str) -> int:
    """Count as Telegram does: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def is_address(url: str) -> bool:
    """Tell whether Telegram would open it: tg://, or http(s) with a dot in its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "tg" or (parts.scheme in {"http", "https"} and "." in (parts.hostname or ""))


def commands_in(text: str) -> list[dict[str, Any]]:
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in _COMMAND.finditer(text)
    ]


def read(text: str, parse_mode: str) -> Words:
    """Parse without a limit of length; raises Refused."""
    return _Reading(text).words() if parse_mode.upper() == "HTML" else Words(text)


class _Reading:
    def __init__(self, html: str) -> None:
        self._html = html
        self._shown: list[str] = []
        self._units = 0
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._entities: list[dict[str, Any]] = []

    def words(self) -> Words:
        at = 0
        while (start := self._html.find("<", at)) >= 0:
            self._show(self._html[at:start])
            at = self._turn(start)
        self._show(self._html[at:])
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        entities = [entity for entity in self._entities if entity["length"] and _is_kept(entity)]
        return Words(
            "".join(self._shown), sorted(entities, key=lambda each: (each["offset"], -each["length"]))
        )

    def _show(self, text: str) -> None:
        shown = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
        self._shown.append(shown)
        self._units += units(shown)

    def _turn(self, start: int) -> int:
        tag = _TAG.match(self._html, start)
        if tag is None or tag[2] not in _KINDS:
            where = len(self._html[:start].encode())
            raise _unparsable(f"Unsupported start tag at byte offset {where}")
        if tag[1]:
            self._close(tag[2])
        else:
            self._begin(tag[2], tag[3])
        return tag.end()

    def _begin(self, name: str, attributes: str) -> None:
        entity: dict[str, Any] = {"type": _KINDS[name], "offset": self._units, "length": 0}
        if name == "a" and (href := _HREF.search(attributes)):
            entity["url"] = unescape(href[1])
        if name == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        self._open.append((name, entity))

    def _close(self, name: str) -> None:
        if not self._open or self._open[-1][0] != name:
            raise _unparsable(f'Unexpected end tag "{name}"')
        _, entity = self._open.pop()
        self._entities.append(entity | {"length": self._units - entity["offset"]})


def _is_kept(entity: dict[str, Any]) -> bool:
    """A link to nowhere is dropped without a word; its text stays."""
    return entity["type"] != "text_link" or is_address(entity.get("url", ""))


def _unparsable(reason: str) -> Refused:
    return bad(f"can't parse entities: {reason}")
