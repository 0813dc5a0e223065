"""What the bot may learn of a chat and its members, and how it leaves."""

from __future__ import annotations

from tests.botapi.admission import enter, place_of
from tests.botapi.describe import chat_json, member_json
from tests.botapi.faults import bad
from tests.botapi.fields import Json, whole
from tests.botapi.happenings import joined
from tests.botapi.state import State
from tests.botapi.world import BOT, Member, Place

_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_chat(state: State, data: Json) -> Json:
    place = place_of(state, data)
    if place.type != "private":
        enter(place)
    return chat_json(place) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }


def get_member(state: State, data: Json) -> Json:
    place = place_of(state, data)
    user = whole(data, "user_id")
    if user is None or (user != BOT and not place.is_loose and user not in state.world.humans):
        raise bad("invalid user_id specified")
    _look(place, is_self=user == BOT)
    return member_json(state.world, user, place.member(user), place.type)


def get_admins(state: State, data: Json) -> list[Json]:
    place = place_of(state, data)
    if place.type == "private":
        raise bad("there are no administrators in the private chat")
    _look(place, is_self=False)
    admins = [(user, member) for user, member in place.members.items() if member.is_admin]
    return [member_json(state.world, user, member, place.type) for user, member in admins]


def leave(state: State, data: Json) -> bool:
    place = place_of(state, data)
    if place.type == "private":
        raise bad("chat member status can't be changed in private chats")
    enter(place)
    joined(state, state.world.add_place(place), BOT, Member("left"), BOT)
    return True


def _look(place: Place, *, is_self: bool) -> None:
    """Let the bot see members: a channel shows them to administrators only; raises Refused."""
    enter(place)
    if place.type == "channel" and not is_self and not place.bot.is_admin:
        raise bad("member list is inaccessible")
