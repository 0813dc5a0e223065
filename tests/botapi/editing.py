"""The bot changes and removes what it wrote."""

from __future__ import annotations

from tests.botapi.admission import enter, place_of
from tests.botapi.describe import message_json
from tests.botapi.faults import bad
from tests.botapi.fields import Json, whole
from tests.botapi.keyboard import flat, keyboard
from tests.botapi.state import State
from tests.botapi.text import caption, plain
from tests.botapi.world import BOT

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(state: State, data: Json) -> Json:
    record = _own(state, data)
    html, mode = str(data.get("text", "")), str(data.get("parse_mode", ""))
    words = plain(html, mode)
    if record["kind"] != "text":
        raise bad("there is no text in the message to edit")
    return _changed(state, record, data, {"text": words.text, "html": html, "entities": words.entities})


def edit_caption(state: State, data: Json) -> Json:
    record = _own(state, data)
    html = str(data.get("caption", ""))
    words = caption(html, str(data.get("parse_mode", "")))
    if record["kind"] == "text":
        raise bad("there is no caption in the message to edit")
    return _changed(state, record, data, {"text": words.text, "html": html, "entities": words.entities})


def edit_keyboard(state: State, data: Json) -> Json:
    return _changed(state, _own(state, data), data, {})


def delete(state: State, data: Json) -> bool:
    place = place_of(state, data)
    enter(place)
    record = state.find(place.id, whole(data, "message_id"))
    if record is None:
        raise bad("message to delete not found")
    is_free = record["by"] == BOT or place.type == "private" or place.is_loose
    if not is_free and not place.bot.may("can_delete_messages"):
        raise bad("message can't be deleted")
    state.delete(record)
    return True


def _own(state: State, data: Json) -> Json:
    if "inline_message_id" in data:
        raise bad("MESSAGE_ID_INVALID")
    place = place_of(state, data)
    enter(place)
    record = state.find(place.id, whole(data, "message_id"))
    if record is None:
        raise bad("message to edit not found")
    if record["by"] != BOT:
        raise bad("message can't be edited")
    return record


def _changed(state: State, record: Json, data: Json, words: Json) -> Json:
    rows = keyboard(data)
    new = {**words, "keyboard": rows}
    seen = {key: record[key] for key in new if key != "html"}
    if seen == {key: value for key, value in new.items() if key != "html"}:
        raise bad(NOT_MODIFIED)
    state.change(record, **new, buttons=flat(rows))
    return message_json(state, record)
