"""The Bot API's methods, as far as a bot like the monitor calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.botapi import asking, chats, editing, profile, sending
from tests.botapi.describe import ME
from tests.botapi.faults import Close, Drip, Refusal, Refused, Silence, is_taken
from tests.botapi.fields import Json, flag, parsed, whole
from tests.botapi.state import State
from tests.botapi.world import Chat, number

Result = Json | list[Json] | bool
Answer = Refusal | Silence | Close | Drip | Result


def answer(state: State, method: str, data: Json) -> Answer:
    """Do what the method does and give its result, a refusal, or a fault to act out."""
    state.called(method, data)
    act = METHODS.get(method)
    if act is None:
        return Refusal(404, "Not Found")
    fault = state.fault(_chat(state, data), method)
    if fault is not None and not is_taken(fault):
        return fault
    try:
        result = act(state, data)
    except Refused as refused:
        state.refused(method, refused.refusal.description)
        return refused.refusal
    return result if fault is None else fault


def _chat(state: State, data: Json) -> Chat | None:
    """Give the chat a fault would be for; None where the method has none."""
    query = state.queries.get(str(data.get("callback_query_id") or data.get("inline_query_id") or ""))
    if query is not None:
        return number(query["chat"])
    if "chat_id" not in data:
        return None
    place = state.world.place(number(data["chat_id"]))
    return number(data["chat_id"]) if place is None else place.id


def _me(_: State, __: Json) -> Json:
    return ME


def _updates(state: State, data: Json) -> list[Json]:
    state.inbox.allow(parsed(data, "allowed_updates"))
    updates = state.updates(whole(data, "offset") or 0, float(data.get("timeout", 0)))
    return updates[: whole(data, "limit") or 100]


def _drop_webhook(state: State, data: Json) -> bool:
    if flag(data, "drop_pending_updates"):
        state.inbox.clear()
    return True


METHODS: Mapping[str, Callable[[State, Json], Result]] = {
    "getMe": _me,
    "getUpdates": _updates,
    "deleteWebhook": _drop_webhook,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_keyboard,
    "deleteMessage": editing.delete,
    "answerCallbackQuery": asking.answer_callback,
    "answerInlineQuery": asking.answer_inline,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_member,
    "getChatAdministrators": chats.get_admins,
    "leaveChat": chats.leave,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": partial(profile.set_text, what="name"),
    "getMyName": partial(profile.get_text, what="name"),
    "setMyDescription": partial(profile.set_text, what="description"),
    "getMyDescription": partial(profile.get_text, what="description"),
    "setMyShortDescription": partial(profile.set_text, what="short_description"),
    "getMyShortDescription": partial(profile.get_text, what="short_description"),
}
