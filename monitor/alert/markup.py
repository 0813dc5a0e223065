"""Telegram's HTML: made safe, measured as Telegram measures it, and split between lines only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import accumulate, takewhile, tee
from typing import Final
from urllib.parse import quote, urlsplit

LIMIT: Final = 4096
"""UTF-16 code units of one message once its tags and entities are parsed (Bot API: sendMessage)."""
ELLIPSIS: Final = "…"
_LONGEST_URL: Final = 2048
_HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_TAG: Final = re.compile(r"<[^>]*>")
_TOKENS: Final = re.compile(r"<(?P<end>/?)(?P<tag>[a-z]+)[^>]*>|&[^;\s]+;|.", re.DOTALL)
_INVISIBLE: Final = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def tidy(text: str, limit: int = 80) -> str:
    """Make a stranger's text one short printable line of at most ``limit`` characters."""
    line = " ".join(_SURROGATES.sub("", _INVISIBLE.sub(" ", text)).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS


def escape(text: str) -> str:
    """Make text mean itself in HTML, in text and between quotes."""
    return html.escape(_SURROGATES.sub("", text))


def bold(text: str) -> str:
    """Show text in bold."""
    return f"<b>{escape(text)}</b>"


def code(text: str) -> str:
    """Show text monospaced, to be copied with a tap."""
    return f"<code>{escape(text)}</code>"


def block(rows: Iterable[str]) -> str:
    """Show rows monospaced below each other; counts as one line: it is never split."""
    return f"<pre>{escape(chr(10).join(rows))}</pre>"


def web(url: str) -> str:
    """Return the address as Telegram takes it under a link or button; nothing where it is no web address."""
    address = quote(url.strip(), safe="%/:?#[]@!$&'()*+,;=-._~", errors="replace")
    return address if len(address) <= _LONGEST_URL and _is_web(address) else ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    # Telegram refuses the whole message for a button to a host without a dot; "unodc.org@elsewhere" deceives.
    return (
        parts.scheme in {"http", "https"}
        and port != 0
        and _HOST.fullmatch(parts.hostname or "") is not None
        and parts.username is None
    )


def link(text: str, url: str) -> str:
    """Link text to a web address; plain text where the address is none."""
    address = web(url)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def plain(markup: str) -> str:
    """Return the text a reader sees."""
    return html.unescape(_TAG.sub("", markup))


def units(markup: str) -> int:
    """Count UTF-16 code units once the markup is parsed: Telegram's measure of length."""
    return len(plain(markup).encode("utf-16-le", "surrogatepass")) // 2


def split(lines: Iterable[str], limit: int = LIMIT) -> tuple[str, ...]:
    """Join lines into parts of at most ``limit`` units; a line alone over it is shortened."""
    parts = [""]
    for line in (shortened(line, limit) for line in lines):
        longer = f"{parts[-1]}\n{line}" if parts[-1] else line
        if units(longer) > limit:
            parts.append(line)
        else:
            parts[-1] = longer
    # Telegram refuses a message in which nothing is to be read.
    return tuple(part.rstrip("\n") for part in parts if plain(part).strip())


def clip(lines: Iterable[str], limit: int = LIMIT) -> str:
    """Join lines into one message, and say with an ellipsis where some had to be left out."""
    kept = tuple(lines)
    parts = split(kept, limit)
    return f"{split(kept, limit - 2)[0]}\n{ELLIPSIS}" if len(parts) > 1 else "".join(parts)


def shortened(line: str, limit: int) -> str:
    """Cut one line to ``limit`` units with its tags closed and an ellipsis after them."""
    if units(line) <= limit:
        return line
    room = limit - units(ELLIPSIS)
    kept: list[str] = []
    open_tags: list[str] = []
    # A page may hold megabytes in one line: what comes after the cut is not looked at.
    tokens, measured = tee(_TOKENS.finditer(line))
    fitting = takewhile(
        lambda pair: pair[1] <= room, zip(tokens, accumulate(map(_taken, measured)), strict=True)
    )
    for token, _ in fitting:
        kept.append(token.group())
        _follow(token, open_tags)
    ends = (f"</{tag}>" for tag in reversed(open_tags))
    return "".join((*kept, *ends, ELLIPSIS))


def _taken(token: re.Match[str]) -> int:
    """Count the units of one token; most are one letter, which need not be parsed."""
    text = token.group()
    return units(text) if len(text) > 1 else 1 + (text > "\uffff")


def _follow(token: re.Match[str], open_tags: list[str]) -> None:
    if token["end"]:
        open_tags.pop()
    elif token["tag"]:
        open_tags.append(token["tag"])
