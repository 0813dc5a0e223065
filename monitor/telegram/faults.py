"""What each of Telegram's refusals means for a delivery.

Telegram tells most refusals apart by their English sentences only; they are all here.
"""

from __future__ import annotations

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from monitor.errors import TOKEN_UNKNOWN, DeliveryError
from monitor.redact import redact
from monitor.telegram.request import NotTelegrams, strange_answer

TOPIC_GONE = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid", "topic closed")
CHAT_CLOSED = (
    "chat not found",
    "not enough rights",
    "no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "chat_send_",
    "channel_private",
    "peer_id_invalid",
    "user_is_blocked",
    "user not found",
    "user_deactivated",
    "input_user_deactivated",
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
    "is deactivated",
    "was deactivated",
)
NEVER_SENT = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "ProxyError",
        "UnsupportedProtocol",
        "LocalProtocolError",
    }
)
"""httpx errors after which Telegram cannot have the message; by name, since httpx has its one module elsewhere."""
_LONGEST = 300
"""Characters of an error that are kept."""
WAIT_FOR_OPERATOR = 300.0
"""Seconds until a token that Telegram does not know is tried again."""


def is_topic_gone(error: TelegramError) -> bool:
    """Say whether the chat is there and only the topic is not."""
    return isinstance(error, BadRequest) and _says(error, TOPIC_GONE) and strange_answer(error) is None


def delivery_error(error: TelegramError, token: str) -> DeliveryError:
    """Translate; the token stands in no text of the result, which holds no other exception."""
    text = _short(redact(str(error), [token]))
    strange = strange_answer(error)
    return _by_telegram(text, error) if strange is None else _by_somebody_else(text, error, strange)


def _by_telegram(text: str, error: TelegramError) -> DeliveryError:
    # In this order: BadRequest and TimedOut are kinds of NetworkError.
    match error:
        case RetryAfter():
            return DeliveryError(text, retry_after=seconds(error.retry_after))
        case ChatMigrated():
            return DeliveryError(text, migrated_to=error.new_chat_id)
        case Forbidden():
            return DeliveryError(text, is_permanent=True)
        case InvalidToken():
            return _unknown_token(text)
        case BadRequest():
            # A topic that is gone is answered with the general one: if that is closed too, the chat takes nothing.
            is_chat = _says(error, (*CHAT_CLOSED, *TOPIC_GONE))
            return DeliveryError(text, is_permanent=is_chat, is_message_fault=not is_chat)
        case _:
            return DeliveryError(text, is_uncertain=_may_have_arrived(error))


def _by_somebody_else(text: str, error: TelegramError, strange: NotTelegrams) -> DeliveryError:
    """Say what a proxy's answer means: never anything of the chat, the message or the token."""
    if isinstance(error, NetworkError):
        # Such as 502: it was not taken. A gateway that gave up waiting (504) knows no more than we do.
        return DeliveryError(text, is_uncertain="gateway time" in text.lower())
    is_refusal = isinstance(error, Forbidden | InvalidToken | Conflict)
    words = f"something between here and Telegram answers in its place ({text})"
    return DeliveryError(words, is_uncertain=not (strange.is_page or is_refusal))


def _short(text: str) -> str:
    """Cut an error: a proxy's page would be kept with every message that waits."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _unknown_token(text: str) -> DeliveryError:
    hint = f"{TOKEN_UNKNOWN} ({text}): ask @BotFather for it and set [telegram] token."
    return DeliveryError(hint, is_bot_fault=True, retry_after=WAIT_FOR_OPERATOR)


def _may_have_arrived(error: TelegramError) -> bool:
    cause = error.__cause__
    if not isinstance(error, NetworkError):
        return True  # such as an answer with status 200 that is no JSON
    if cause is None or isinstance(cause, TelegramError):
        # Telegram answered with an error status: it did not take the message. Only a gateway that
        # gave up waiting (504) knows no more than we do.
        return "gateway time" in str(error).lower()
    return NEVER_SENT.isdisjoint(kind.__name__ for kind in type(cause).__mro__)


def _says(error: TelegramError, sentences: tuple[str, ...]) -> bool:
    text = str(error).lower()
    return any(sentence in text for sentence in sentences)


def seconds(wait: float | timedelta) -> float:
    """Read a wait as PTB gives it."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
