"""People, chats and messages as the Bot API writes them."""

from __future__ import annotations

from tests.botapi.state import Json, State
from tests.botapi.world import ANONYMOUS, BOT, Member, Place, World

ME: Json = {
    "id": BOT,
    "is_bot": True,
    "first_name": "Monitor",
    "username": "monitor_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": True,
}
_ADMIN_RIGHTS = """can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members
    can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories""".split()  # noqa: SIM905 - shorter
_CHANNEL_RIGHTS = ["can_post_messages", "can_edit_messages"]
_GROUP_RIGHTS = ["can_pin_messages", "can_manage_topics"]
_MEMBER_RIGHTS = """can_change_info can_invite_users can_pin_messages can_send_messages can_send_polls
    can_send_other_messages can_add_web_page_previews can_manage_topics can_send_audios can_send_documents can_send_photos
    can_send_videos can_send_video_notes can_send_voice_notes can_edit_tag can_react_to_messages""".split()  # noqa: SIM905 - shorter


def user_json(world: World, user: int) -> Json:
    if user == BOT:
        return {key: ME[key] for key in ("id", "is_bot", "first_name", "username")}
    if user == ANONYMOUS:
        return {"id": user, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    human = world.human(user)
    told = {"language_code": human.language, "username": human.username}
    known = {name: value for name, value in told.items() if value}
    return {"id": user, "is_bot": False, "first_name": human.name, **known}


def chat_json(place: Place) -> Json:
    name = {"first_name" if place.type == "private" else "title": place.title}
    known = {"username": place.username} if place.username else {}
    chat = -1009 if isinstance(place.id, str) else place.id
    return {"id": chat, "type": place.type, **name, **known, **({"is_forum": True} if place.is_forum else {})}


def member_json(world: World, user: int, member: Member, kind: str) -> Json:
    """Write how somebody belongs to a chat of that kind."""
    shown: Json = {"user": user_json(world, user), "status": member.status}
    if member.status == "creator":
        return shown | {"is_anonymous": False}
    if member.status == "administrator":
        more = _CHANNEL_RIGHTS if kind == "channel" else _GROUP_RIGHTS
        return shown | {right: member.rights.get(right, False) for right in _ADMIN_RIGHTS + more}
    if member.status == "restricted":
        rights = {right: member.rights.get(right, False) for right in _MEMBER_RIGHTS}
        return shown | {"is_member": True, "until_date": 0} | rights
    return shown | ({"until_date": 0} if member.status == "kicked" else {})


def message_json(state: State, record: Json) -> Json:
    """Write a message as it stands now."""
    world = state.world
    place = world.place(record["chat"])
    if place is None:
        raise LookupError(record["chat"])
    shown: Json = {key: record[key] for key in ("message_id", "date")} | {"chat": chat_json(place)}
    shown |= _sender(world, place, record) | record.get("service", {}) | _content(record)
    if record.get("thread") is not None:
        shown |= {"message_thread_id": record["thread"]}
        shown |= {"is_topic_message": True} if place.is_forum or place.is_loose else {}
    if record.get("keyboard"):
        shown["reply_markup"] = {"inline_keyboard": record["keyboard"]}
    if record.get("edit_date"):
        shown["edit_date"] = record["edit_date"]
    if answered := state.find(record["chat"], record.get("reply_to")):
        shown["reply_to_message"] = message_json(state, {**answered, "reply_to": None})
    return shown


def _sender(world: World, place: Place, record: Json) -> Json:
    if place.type == "channel":
        return {"sender_chat": chat_json(place)}
    sender = {"from": user_json(world, record["by"])}
    return sender | ({"sender_chat": chat_json(place)} if record["by"] == ANONYMOUS else {})


def _content(record: Json) -> Json:
    words, marks = ("caption", "caption_entities") if record.get("file") else ("text", "entities")
    shown: Json = {words: record["text"]} if record.get("text") else {}
    if record.get("entities"):
        shown[marks] = record["entities"]
    if file := record.get("file"):
        shown |= {"document": file} if record["kind"] == "document" else {"photo": [file]}
    return shown
