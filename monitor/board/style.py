"""How a piece of writing is marked up for where it is pasted: the same words as HTML, Markdown, chat or plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from monitor.alert.markup import bold, escape, web
from monitor.alert.markup import link as html_link

_BREAKS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What would end a line; the narrow spaces of French stay."""
_MARKUP: Final = re.compile(r"[\\`*_\[\]{}|~#!@$^]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
"""What Markdown, or the kinds of it that make links of bare addresses, would not show as it is."""


@dataclass(frozen=True, slots=True)
class Style:
    """Marks up words; they are plain text, perhaps a stranger's."""

    escape: Callable[[str], str]
    strong: Callable[[str], str]
    link: Callable[[str, str], str]
    """Of words and an address; only the words where that is no web address."""


def markdown(text: str) -> str:
    """Make text mean itself in Markdown."""
    entities = _plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(lambda found: f"\\{found.group()}", entities)


def _markdown_link(text: str, url: str) -> str:
    address = web(url)
    return f"[{markdown(text)}](<{address}>)" if address else markdown(text)


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _plain_link(text: str, url: str) -> str:
    address = web(url)
    return f"{_plain(text)} <{address}>" if address else _plain(text)


HTML: Final = Style(escape, lambda text: f"<strong>{escape(text)}</strong>", html_link)
MARKDOWN: Final = Style(markdown, lambda text: f"**{markdown(text)}**", _markdown_link)
CHAT: Final = Style(escape, bold, html_link)
PLAIN: Final = Style(_plain, _plain, _plain_link)
