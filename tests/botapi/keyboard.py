"""The buttons under a message, and which of them Telegram refuses."""

from __future__ import annotations

from tests.botapi.faults import bad
from tests.botapi.fields import Json, parsed
from tests.botapi.text import is_address

MOST_DATA = 64
"""Bytes of callback_data."""
MOST_BUTTONS = 100
_ACTIONS = frozenset(
    "url callback_data switch_inline_query switch_inline_query_current_chat web_app copy_text login_url pay".split()  # noqa: SIM905 - shorter
)
Rows = list[list[Json]]


def keyboard(data: Json) -> Rows:
    """Read reply_markup; raises Refused."""
    rows = (parsed(data, "reply_markup", "{}") or {}).get("inline_keyboard", [])
    for row in rows:
        for button in row:
            _check(button)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return [row for row in rows if row]


def flat(rows: Rows) -> list[list[str]]:
    """List label and address of every button."""
    return [[button["text"], button.get("url", "")] for row in rows for button in row]


def _check(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("BUTTON_TEXT_INVALID")
    if not _ACTIONS & button.keys():
        raise bad("text buttons are unallowed in the inline keyboard")
    if "url" in button and not is_address(button["url"]):
        raise bad("BUTTON_URL_INVALID")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MOST_DATA:
        raise bad("BUTTON_DATA_INVALID")
