"""The bot sends: texts, files, and that it is typing."""

from __future__ import annotations

from tests.botapi.admission import admit, enter, place_of, thread_of
from tests.botapi.describe import message_json
from tests.botapi.faults import bad
from tests.botapi.fields import Json, Upload, flag, parsed
from tests.botapi.keyboard import flat, keyboard
from tests.botapi.state import State
from tests.botapi.text import caption, plain
from tests.botapi.world import BOT, Place

MOST_PHOTO = 10 * 2**20
MOST_DOCUMENT = 50 * 2**20
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_ACTIONS = frozenset(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note""".split()  # noqa: SIM905 - shorter
)


def send_message(state: State, data: Json) -> Json:
    place = place_of(state, data)
    html, mode = str(data.get("text", "")), str(data.get("parse_mode", ""))
    read = plain(html, mode)
    words = {"text": read.text, "html": html, "entities": read.entities}
    is_bare = (parsed(data, "link_preview_options", "{}") or {}).get("is_disabled", False)
    return _deliver(state, place, data, {**words, "kind": "text", "has_preview": not is_bare})


def send_photo(state: State, data: Json) -> Json:
    place = place_of(state, data)
    photo, content = _file(state, data, "photo")
    if not content.startswith(_IMAGES):
        raise bad("IMAGE_PROCESS_FAILED")
    if len(content) > MOST_PHOTO:
        raise bad(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MOST_PHOTO}"
        )
    return _deliver(
        state, place, data, {**_caption(data), "kind": "photo", "file": {**photo, **_size(content)}}
    )


def send_document(state: State, data: Json) -> Json:
    place = place_of(state, data)
    document, content = _file(state, data, "document")
    if not content:
        raise bad("file must be non-empty")
    if len(content) > MOST_DOCUMENT:
        raise bad("file is too big")
    return _deliver(state, place, data, {**_caption(data), "kind": "document", "file": document})


def send_chat_action(state: State, data: Json) -> bool:
    enter(place_of(state, data))
    if data.get("action") not in _ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _deliver(state: State, place: Place, data: Json, content: Json) -> Json:
    admit(place, content["kind"])
    rows = keyboard(data)
    message = {
        "chat": place.id,
        "by": BOT,
        "thread": thread_of(place, data),
        "buttons": flat(rows),
        "keyboard": rows,
        "is_silent": flag(data, "disable_notification"),
        "reply_to": _answered(state, place, data),
        **content,
    }
    state.count(place.id, is_group=place.type in {"group", "supergroup"})
    return message_json(state, state.take(message))


def _answered(state: State, place: Place, data: Json) -> int | None:
    reply = parsed(data, "reply_parameters", "{}") or {}
    wanted = reply.get("message_id")
    if wanted is None or state.find(place.id, wanted) is not None:
        return wanted if wanted is None else int(wanted)
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def _caption(data: Json) -> Json:
    html = str(data.get("caption", ""))
    words = caption(html, str(data.get("parse_mode", "")))
    return {"text": words.text, "html": html, "entities": words.entities, "has_preview": False}


def _file(state: State, data: Json, field: str) -> tuple[Json, bytes]:
    given = data.get(field)
    if isinstance(given, Upload):
        name, content = state.keep_file(given.content), given.content
        known = {"file_name": given.name, "mime_type": given.mime}
    elif given in state.files:
        name, content, known = str(given), state.files[str(given)], {}
    elif given:
        raise bad("wrong file identifier/HTTP URL specified")
    else:
        raise bad(f"there is no {field} in the request")
    return {"file_id": name, "file_unique_id": name, "file_size": len(content), **known}, content


def _size(content: bytes) -> Json:
    """Read width and height from a PNG's first chunk; other images are taken for 800 × 600."""
    if not content.startswith(_IMAGES[0]):
        return {"width": 800, "height": 600}
    return {"width": int.from_bytes(content[16:20]), "height": int.from_bytes(content[20:24])}
