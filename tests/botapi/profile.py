"""What the bot says of itself: its commands by scope and language, its name and descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.botapi.admission import place_of
from tests.botapi.faults import bad
from tests.botapi.fields import Json, parsed
from tests.botapi.state import State
from tests.botapi.text import units
from tests.botapi.world import Place

MOST_COMMANDS = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_NARROW = frozenset({"chat", "chat_administrators", "chat_member"})
LONGEST = {"name": 64, "description": 512, "short_description": 120}
"""Units each may have."""
_TOO_LONG = {
    "name": "BOT_TITLE_INVALID",
    "description": "DESCRIPTION_TOO_LONG",
    "short_description": "ABOUT_TOO_LONG",
}


def set_commands(state: State, data: Json) -> bool:
    commands = parsed(data, "commands", "[]")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    state.profile["commands", _scope(state, data), _language(data)] = commands
    return True


def get_commands(state: State, data: Json) -> list[Json]:
    return _commands(state, _scope(state, data), _language(data))


def delete_commands(state: State, data: Json) -> bool:
    state.profile.pop(("commands", _scope(state, data), _language(data)), None)
    return True


def set_text(state: State, data: Json, what: str) -> bool:
    text = str(data.get(what, ""))
    if units(text) > LONGEST[what]:
        raise bad(_TOO_LONG[what])
    state.profile[what, "", _language(data)] = text
    return True


def get_text(state: State, data: Json, what: str) -> Json:
    """Give the text for that language, else the one for all."""
    texts = (state.profile.get((what, "", language)) for language in (_language(data), ""))
    return {what: next((text for text in texts if text), "")}


def menu(state: State, place: Place, user: int, language: str) -> list[Json]:
    """List the commands somebody is offered in a chat: the narrowest scope first, in it their language."""
    for scope in _scopes(place, user):
        for spoken in (language, ""):
            if commands := _commands(state, scope, spoken):
                return commands
    return []


def _scopes(place: Place, user: int) -> Iterator[str]:
    is_private = place.type == "private"
    if not is_private:
        yield f"chat_member {place.id} {user}"
    if place.member(user).is_admin:
        yield f"chat_administrators {place.id}"
    yield f"chat {place.id}"
    if place.member(user).is_admin:
        yield "all_chat_administrators"
    yield "all_private_chats" if is_private else "all_group_chats"
    yield "default"


def _commands(state: State, scope: str, language: str) -> list[Json]:
    found = state.profile.get(("commands", scope, language), [])
    return list(found) if isinstance(found, list) else []


def _scope(state: State, data: Json) -> str:
    scope = parsed(data, "scope", "{}") or {}
    kind = scope.get("type", "default")
    if kind in _WIDE:
        return str(kind)
    if kind not in _NARROW:
        raise bad("unsupported scope specified")
    user = f" {scope['user_id']}" if kind == "chat_member" else ""
    return f"{kind} {place_of(state, scope).id}{user}"


def _language(data: Json) -> str:
    language = str(data.get("language_code") or "")
    if not _LANGUAGE.fullmatch(language):
        raise bad("LANG_CODE_INVALID")
    return language


def _check(command: Json) -> None:
    if not _NAME.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= units(str(command.get("description", ""))) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
