"""What Telegram would make of a message's HTML."""

from __future__ import annotations

import re
from html import unescape

MAX_UNITS = 4096
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_ALLOWED = frozenset(
    "b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split()  # noqa: SIM905 - shorter
)


class Refused(Exception):  # noqa: N818 - Telegram's verdict, not a defect
    """The description Telegram answers with."""


def plain(text: str, parse_mode: str) -> str:
    """Give the text a person reads, or raise Refused with Telegram's sentence."""
    shown = _parsed(text) if parse_mode.upper() == "HTML" else text
    if not shown.strip():
        raise Refused("Bad Request: message text is empty")
    if len(shown.encode("utf-16-le")) // 2 > MAX_UNITS:
        raise Refused("Bad Request: message is too long")
    return shown


def _parsed(text: str) -> str:
    shown, open_tags, at = [], list[str](), 0
    while (start := text.find("<", at)) >= 0:
        tag = _TAG.match(text, start)
        if tag is None or tag[2] not in _ALLOWED:
            raise _unparsable(f"Unsupported start tag at byte offset {len(text[:start].encode())}")
        shown.append(text[at:start])
        _turn(open_tags, tag[2], is_end=bool(tag[1]))
        at = tag.end()
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    shown.append(text[at:])
    return _ENTITY.sub(lambda entity: unescape(entity[0]), "".join(shown))


def _turn(open_tags: list[str], tag: str, *, is_end: bool) -> None:
    if not is_end:
        open_tags.append(tag)
    elif not open_tags or open_tags.pop() != tag:
        raise _unparsable(f'Unexpected end tag "{tag}"')


def _unparsable(reason: str) -> Refused:
    return Refused(f"Bad Request: can't parse entities: {reason}")
