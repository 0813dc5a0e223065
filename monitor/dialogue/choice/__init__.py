"""A chat's choice: what it is told, when and how, by words and by buttons."""

from __future__ import annotations

from typing import Final

from monitor.dialogue.choice.commands import forget, subscribe, subscriptions, unsubscribe
from monitor.dialogue.choice.mute import mute, unmute
from monitor.dialogue.choice.place import channel_meant, known_as
from monitor.dialogue.choice.press import pressed
from monitor.dialogue.choice.settings import language, settings
from monitor.dialogue.route import Table

TABLE: Final = Table(
    commands={
        "subscribe": subscribe,
        "unsubscribe": unsubscribe,
        "settings": settings,
        "language": language,
        "forget": forget,
    },
    presses={"set": pressed, "mute": mute, "unmute": unmute},
    is_choice=True,
)
"""What only those may change who may choose for a chat."""
SHOWN: Final = Table(commands={"subscriptions": subscriptions}, presses={})
"""What anyone may ask about a chat's choice."""

__all__ = ["SHOWN", "TABLE", "channel_meant", "known_as"]
