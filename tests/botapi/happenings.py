"""What people do, turned into the updates a bot is sent. The bot hears only of chats it is in."""

from __future__ import annotations

import time
from uuid import uuid4

from tests.botapi.describe import chat_json, member_json, message_json, user_json
from tests.botapi.state import Chat, Json, State
from tests.botapi.text import commands_in
from tests.botapi.world import BOT, Member, Place


def said(
    state: State,
    place: Place,
    person: int,
    text: str,
    *,
    thread: int | None = None,
    reply_to: int | None = None,
) -> Json:
    """Write a text in somebody's name; gives the message."""
    words = {"text": text, "html": text, "entities": commands_in(text), "reply_to": reply_to}
    return _heard(state, place, {"by": person, "thread": thread, "kind": "text", **words})


def served(state: State, place: Place, person: int, **service: object) -> Json:
    """Write a service message, such as ``migrate_to_chat_id``."""
    thread = service.pop("thread", None)
    return _heard(state, place, {"by": person, "thread": thread, "kind": "service", "service": service})


def _heard(state: State, place: Place, content: Json) -> Json:
    is_heard = place.hears_bot
    record = state.hear({"chat": place.id, "text": "", "html": "", "keyboard": [], "buttons": [], **content})
    if "forum_topic_created" in record.get("service", {}):
        record["thread"] = record["message_id"]
    if is_heard:
        kind = "channel_post" if place.type == "channel" else "message"
        record["update_id"] = state.push({kind: message_json(state, record)})
    return record


def joined(state: State, place: Place, user: int, new: Member, by: int) -> None:
    """Change how somebody belongs to a chat and say so, to whom it concerns."""
    with state.changed:
        old, is_heard = place.member(user), place.hears_bot
        place.members[user] = new
    change = {
        "chat": chat_json(place),
        "from": user_json(state.world, by),
        "date": int(time.time()),
        "old_chat_member": member_json(state.world, user, old, place.type),
        "new_chat_member": member_json(state.world, user, new, place.type),
    }
    if user == BOT:
        state.push({"my_chat_member": change})
    elif is_heard:
        state.push({"chat_member": change})


def pressed(state: State, person: int, record: Json, button: Json) -> Json:
    """Press a button with callback_data; gives the query, to which answers are added."""
    query = _query(state, record["chat"], "callback_query_id")
    if record.get("is_deleted"):
        message: Json = {
            "chat": message_json(state, record)["chat"],
            "message_id": record["message_id"],
            "date": 0,
        }
    else:
        message = message_json(state, record)
    update = {
        "id": query["id"],
        "from": user_json(state.world, person),
        "message": message,
        "chat_instance": str(record["chat"]),
        "data": button["callback_data"],
    }
    state.push({"callback_query": update})
    return query


def asked_inline(state: State, person: int, text: str, offset: str, kind: str) -> Json:
    """Type the bot's name and a text in any chat; gives the query, to which answers are added."""
    query = _query(state, person, "inline_query_id")
    asker = user_json(state.world, person)
    update = {"id": query["id"], "from": asker, "query": text, "offset": offset, "chat_type": kind}
    state.push({"inline_query": update})
    return query


def _query(state: State, chat: Chat, field: str) -> Json:
    known = {"id": uuid4().hex, "chat": chat, "field": field}
    return state.ask({**known, "answers": [], "is_expired": False})
