"""Whether a chat takes what the bot wants to send there, in Telegram's words."""

from __future__ import annotations

from tests.botapi.faults import Refused, bad, forbidden
from tests.botapi.fields import Json, whole
from tests.botapi.state import State
from tests.botapi.world import Place, Thread, number

_NEEDED = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
}


def place_of(state: State, data: Json) -> Place:
    """Find the chat a request names; raises Refused."""
    if not str(data.get("chat_id", "")):
        raise bad("chat_id is empty")
    place = state.world.place(number(data["chat_id"]))
    if place is None:
        raise bad("chat not found")
    if place.migrated_to is not None:
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refused(description, migrate_to_chat_id=place.migrated_to)
    return place


def admit(place: Place, kind: str) -> None:
    """Let the bot send that kind of message there; raises Refused."""
    enter(place)
    if place.type == "channel":
        if not place.bot.may("can_post_messages"):
            raise bad("need administrator rights in the channel chat")
        return
    right, what = _NEEDED[kind]
    if place.bot.status == "restricted" and not place.bot.may(right):
        raise bad(f"not enough rights to send {what} to the chat")


def enter(place: Place) -> None:
    """Let the bot act in a chat at all; raises Refused."""
    if place.is_deleted:
        raise forbidden("user is deactivated" if place.type == "private" else "the group chat was deleted")
    if place.bot.is_present:
        return
    if place.type == "private":
        is_blocked = place.bot.status == "kicked"
        raise forbidden(
            "bot was blocked by the user" if is_blocked else "bot can't initiate conversation with a user"
        )
    how = "was kicked from" if place.bot.status == "kicked" else "is not a member of"
    raise forbidden(f"bot {how} the {place.type} chat")


def thread_of(place: Place, data: Json) -> int | None:
    """Find the topic a request names; raises Refused."""
    thread = whole(data, "message_thread_id")
    if place.is_loose:
        return thread
    topic = place.threads.get(thread or 0)
    if topic is not None:
        _admit_to(topic, place)
    elif thread is not None:
        raise bad("message thread not found")
    return thread


def _admit_to(topic: Thread, place: Place) -> None:
    if topic.is_deleted:
        raise bad("TOPIC_DELETED")
    if topic.is_closed and not place.bot.may("can_manage_topics"):
        raise bad("TOPIC_CLOSED")
