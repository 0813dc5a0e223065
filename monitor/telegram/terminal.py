"""The terminal as a chat: messages shown as Telegram would show them, where there is no token."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from monitor.model import Delivery, Message

_STYLES: Final = {
    "b": Style(bold=True),
    "i": Style(italic=True),
    "u": Style(underline=True),
    "code": Style(color="cyan"),
    "pre": Style(color="cyan"),
}
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey instead of showing; only the line feed may stay."""
_WIDEST: Final = 100
"""Columns: a chat's bubble does not get wider on a wide screen."""


class TerminalSender:
    """Takes messages as a chat would, and prints them."""

    def __init__(self, console: Console) -> None:
        self._console = console

    async def send(self, delivery: Delivery) -> None:
        """Show a message."""
        self.show(delivery.message)

    def show(self, message: Message) -> None:
        """Show a message or an answer."""
        console = self._console
        has_links = console.is_terminal and not console.is_dumb_terminal and not console.legacy_windows
        self._console.print(render(message, are_urls_shown=not has_links))


def render(message: Message, *, are_urls_shown: bool = False) -> RenderableType:
    """Draw a message as a bubble with its buttons below; ``are_urls_shown``: links cannot be clicked here."""
    text = styled(message.html, are_urls_shown=are_urls_shown)
    bubble = Panel(text, border_style="green", expand=False, padding=(0, 1))
    buttons = (
        Text(_CONTROL.sub("", f"[ {button.label} ] {button.url}"), overflow="fold")
        for button in message.buttons
        if button.url  # what is told to the bot cannot be pressed here
    )
    return Group(Constrain(bubble, _WIDEST), *buttons)


def styled(markup: str, *, are_urls_shown: bool = False) -> Text:
    """Turn Telegram's HTML into styled text; what looks like the terminal's own markup stays text."""
    reader = _Reader(are_urls_shown=are_urls_shown)
    reader.feed(markup)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    """Collects text with the styles of the tags that are open around it."""

    def __init__(self, *, are_urls_shown: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text(overflow="fold")
        self._open: list[Style] = []
        self._urls: list[str] = []
        self._are_urls_shown = are_urls_shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a style or a link."""
        if tag == "a":
            self._urls.append(_CONTROL.sub("", dict(attrs).get("href") or ""))
            self._open.append(Style(color="blue", underline=True, link=self._urls[-1]))
        else:
            self._open.append(_STYLES.get(tag, Style()))

    def handle_endtag(self, tag: str) -> None:
        """End a style or a link."""
        if self._open:
            self._open.pop()
        if tag == "a" and self._urls:
            url = self._urls.pop()
            self.text.append(f" <{url}>" if self._are_urls_shown else "")

    def handle_data(self, data: str) -> None:
        """Write text in the styles that are open."""
        self.text.append(_CONTROL.sub("", data), Style.combine((Style(), *self._open)))
