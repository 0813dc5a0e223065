"""The Bot API's methods, as far as the monitor calls them."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.botapi.state import Close, Json, Refusal, Silence, State, number
from tests.botapi.text import Refused, plain

ME = {"id": 1, "is_bot": True, "first_name": "Monitor", "username": "monitor_test_bot"}
ALWAYS_TRUE = frozenset(
    {
        "deleteWebhook",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "sendChatAction",
        "answerCallbackQuery",
    }
)
Answer = Refusal | Silence | Close | Json | list[Json] | bool


def answer(state: State, method: str, data: Json) -> Answer:
    """Do what the method does and give its result, a refusal, or a fault to act out."""
    state.called(method, data)
    if method == "getMe":
        return ME
    if method == "getUpdates":
        return state.updates(int(data.get("offset", 0)), float(data.get("timeout", 0)))
    if method == "sendMessage":
        return _send(state, data)
    if method in ALWAYS_TRUE:
        return True
    return Refusal(404, "Not Found")


def _send(state: State, data: Json) -> Answer:
    chat = number(data.get("chat_id"))
    fault = state.fault(chat)
    if isinstance(fault, Refusal) or (isinstance(fault, Close) and not fault.is_taken):
        return fault
    try:
        message = _accepted(state, chat, data)
    except Refused as refused:
        return Refusal(400, str(refused))
    return fault if fault is not None else _shown(message)


def _accepted(state: State, chat: int | str, data: Json) -> Json:
    if state.chats is not None and chat not in state.chats:
        raise Refused("Bad Request: chat not found")
    message = {
        "chat": chat,
        "text": plain(data.get("text", ""), data.get("parse_mode", "")),
        "html": data.get("text", ""),
        "thread": _thread(data),
        "buttons": _buttons(data),
        "is_silent": data.get("disable_notification") == "true",
        "has_preview": not json.loads(data.get("link_preview_options", "{}")).get("is_disabled", False),
    }
    return state.take(message)


def _thread(data: Json) -> int | None:
    return int(data["message_thread_id"]) if "message_thread_id" in data else None


def _buttons(data: Json) -> list[list[str]]:
    keyboard = json.loads(data.get("reply_markup", "{}")).get("inline_keyboard", [])
    buttons = [button for row in keyboard for button in row]
    if not all(
        str(button.get("url", "https://")).startswith(("http://", "https://", "tg://")) for button in buttons
    ):
        raise Refused("Bad Request: BUTTON_URL_INVALID")
    return [[button["text"], button.get("url", "")] for button in buttons]


def _shown(message: Json) -> Json:
    return {
        "message_id": message["message_id"],
        "date": message["date"],
        "chat": chat_object(message["chat"]),
        "from": ME,
        "text": message["text"],
    }


def chat_object(chat: int | str) -> Json:
    """Describe a chat as Telegram does."""
    if isinstance(chat, str):
        return {"id": -1009, "type": "channel", "title": chat, "username": chat.removeprefix("@")}
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": f"group {chat}"}
    return {"id": chat, "type": "private", "first_name": f"person {chat}"}


def said(text: str, chat: int | str, person: int, thread: int | None = None) -> Json:
    """Describe a person's message as an update does."""
    message: dict[str, Any] = {
        "message_id": 1,
        "date": int(time.time()),
        "chat": chat_object(chat),
        "from": {"id": person, "is_bot": False, "first_name": f"person {person}"},
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    if thread is not None:
        message |= {"message_thread_id": thread, "is_topic_message": True}
    return {"message": message}
