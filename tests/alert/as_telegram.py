"""Reads message HTML as strictly as Telegram does: what Telegram refuses is an error here."""

import re
from urllib.parse import urlsplit

from monitor.model import Message

TAGS = frozenset({"b", "i", "u", "code", "pre", "a"})
TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z]+)(?: href=\"(?P<href>[^\"<>]*)\")?>|&(?:amp|lt|gt|quot|#x27|#39);|[^<>&]+"
)
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#39;": "'"}


class CannotParseEntitiesError(Exception):
    """What Telegram would answer."""


def parsed(markup: str) -> str:
    """The text that a reader sees, or an error where Telegram would refuse the message."""
    text, at, stack = "", 0, list[str]()
    while at < len(markup):
        token = TOKEN.match(markup, at)
        if token is None:
            raise CannotParseEntitiesError(markup[at : at + 40])
        at = token.end()
        if not token["tag"]:
            text += ENTITIES.get(token.group(), token.group())
        elif token["end"]:
            if not stack or stack.pop() != token["tag"]:
                raise CannotParseEntitiesError(f"unexpected end of {token['tag']}")
        else:
            _open(token, stack)
    if stack:
        raise CannotParseEntitiesError(f"{stack} never end")
    return text


def _open(token: re.Match[str], stack: list[str]) -> None:
    if token["tag"] not in TAGS or (token["tag"] == "a") != (token["href"] is not None):
        raise CannotParseEntitiesError(token.group())
    if token["href"] is not None:
        assert_is_web(token["href"].replace("&amp;", "&").replace("&#x27;", "'"))
    stack.append(token["tag"])


def assert_is_web(url: str) -> None:
    parts = urlsplit(url)
    assert parts.scheme in {"http", "https"}, url
    assert re.fullmatch(r"[a-z0-9.-]+", parts.hostname or ""), url
    assert "." in (parts.hostname or ""), url
    assert not re.search(r"[\s\x00-\x1f]", url), url


def accepted(message: Message) -> str:
    """The text of a message that Telegram takes."""
    text = parsed(message.html)
    assert text.strip(), "message text is empty"
    assert len(text.encode("utf-16-le")) // 2 <= 4096, "message is too long"
    assert len(message.buttons) <= 100
    for button in message.buttons:
        assert button.label.strip()
        assert bool(button.url) != bool(button.data), "a button opens an address or says something"
        assert len(button.data.encode()) <= 64, "BUTTON_DATA_INVALID"
        if button.url:
            assert_is_web(button.url)
    return text
