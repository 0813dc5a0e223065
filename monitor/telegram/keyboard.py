"""Buttons as Telegram takes them."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from monitor.model import Button


def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """Draw buttons in rows; None where there are none."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        drawn = InlineKeyboardButton(
            button.label, url=button.url or None, callback_data=None if button.url else button.data
        )
        if button.is_beside and rows:
            rows[-1].append(drawn)
        else:
            rows.append([drawn])
    return InlineKeyboardMarkup(rows) if rows else None
