"""A small Bot API server on loopback, with Telegram's refusals and the network's faults."""

from tests.botapi.server import BotApi
from tests.botapi.state import Close, Refusal, Silence, blocked, flooded, migrated, server_error

__all__ = ["BotApi", "Close", "Refusal", "Silence", "blocked", "flooded", "migrated", "server_error"]
