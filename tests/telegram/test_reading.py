"""What is made of Telegram's updates, hostile ones among them."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from monitor.dialogue.life import Meeting
from monitor.model import ChatKind
from monitor.telegram.reading import Heard, Met, Moved, Typed, read

ANN = {"id": 5, "is_bot": False, "first_name": "Ann", "language_code": "fr"}
BOT = {"id": 1, "is_bot": True, "first_name": "Monitor", "username": "bot"}
GROUP = {"id": -9, "type": "supergroup", "title": "Talk", "username": "talk"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Ann"}
CHANNEL = {"id": -10, "type": "channel", "title": "News"}


def message(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    said = {"message_id": 3, "date": 1_700_000_000, "chat": GROUP, "from": ANN, "text": "/status"} | values
    return {key: value for key, value in said.items() if value is not None}


def heard(**update: Any) -> Heard | Typed | Moved | Met | None:  # noqa: ANN401 - JSON
    return read(Update.de_json({"update_id": 1, **update}, None), "bot")


def said(**values: Any) -> Heard:  # noqa: ANN401 - JSON
    found = heard(message=message(**values))
    assert isinstance(found, Heard)
    return found


def test_a_command_in_a_group_tells_who_said_what_where() -> None:
    ask = said().ask
    assert (ask.text, ask.chat, ask.kind, ask.title, ask.name) == (
        "/status",
        -9,
        ChatKind.GROUP,
        "Talk",
        "talk",
    )
    assert (ask.language, ask.bot, ask.may_choose, ask.is_press, ask.thread) == (
        "fr",
        "bot",
        False,
        False,
        None,
    )


def test_a_thread_counts_only_where_it_is_a_topic() -> None:
    assert said(message_thread_id=7).ask.thread is None
    assert said(message_thread_id=7, is_topic_message=True).ask.thread == 7


@pytest.mark.parametrize(
    "values",
    [
        {"text": None},
        {"text": "good morning"},
        {"from": {**ANN, "is_bot": True}},
        {"via_bot": BOT},
        {"chat": {**GROUP, "type": "sender"}},
        {"chat": {**GROUP, "type": "a kind of tomorrow"}},
        {"text": "\ud83d"},
    ],
    ids=repr,
)
def test_what_is_not_said_to_us_is_left_alone(values: dict[str, Any]) -> None:
    assert heard(message=message(**values)) is None


def test_a_message_without_a_sender_is_the_chats_own_and_chooses_nothing() -> None:
    found = said(**{"from": None})
    assert (found.person, found.ask.may_choose, found.ask.language) == (-9, False, "")


def test_a_channel_that_speaks_in_a_group_chooses_nothing_there() -> None:
    machine = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    found = said(sender_chat=CHANNEL, **{"from": machine})
    assert (found.person, found.ask.may_choose) == (-10, False)


def test_what_is_edited_or_unknown_is_left_alone() -> None:
    assert heard(edited_message=message()) is None
    assert heard(something_of_tomorrow={"a": 1}) is None


def test_four_thousand_emoji_with_half_a_character_are_words_like_others() -> None:
    text = "/status " + "😀" * 2000 + "\ud83d"
    assert said(text=text).ask.text == text[:-1]
    assert said(chat={**GROUP, "title": "a\ud83db"}).ask.title == "ab"


def press(**values: Any) -> Heard:  # noqa: ANN401 - JSON
    query = {
        "id": "q",
        "from": ANN,
        "chat_instance": "1",
        "data": "set:x",
        "message": message(chat=PRIVATE),
    } | values
    found = heard(callback_query={key: value for key, value in query.items() if value is not None})
    assert isinstance(found, Heard)
    return found


def test_a_press_names_its_message_and_who_pressed() -> None:
    found = press(message=message(**{"from": BOT}, message_thread_id=7, is_topic_message=True))
    assert found.press
    assert (found.person, found.ask.text, found.ask.thread, found.press.message) == (5, "set:x", 7, 3)
    assert (found.ask.is_press, found.ask.may_choose) == (True, False)
    assert press().ask.may_choose


def test_a_press_under_a_message_that_is_gone_still_counts() -> None:
    found = press(message={"chat": PRIVATE, "message_id": 3, "date": 0})
    assert found.press
    assert (found.ask.text, found.ask.chat, found.press.message) == ("set:x", 5, None)


@pytest.mark.parametrize(
    "values",
    [
        {"message": None, "inline_message_id": "abc"},
        {"data": None},
        {"message": {"chat": {**GROUP, "type": "of tomorrow"}, "message_id": 3, "date": 0}},
    ],
    ids=repr,
)
def test_a_press_that_says_nothing_to_us_is_still_one_to_be_answered(values: dict[str, Any]) -> None:
    found = press(**values)
    assert found.press
    assert (found.ask.text, found.press.id) == ("", "q")


def test_words_behind_the_bots_name_come_with_their_language() -> None:
    assert heard(inline_query={"id": "q", "from": ANN, "query": "mex", "offset": ""}) == Typed(
        "q", "mex", 5, "fr"
    )


def test_both_halves_of_a_move_tell_the_same() -> None:
    old = {"id": -4, "type": "group", "title": "Talk"}
    expected = Moved(-4, -9)
    assert heard(message=message(text=None, chat=old, migrate_to_chat_id=-9)) == expected
    assert heard(message=message(text=None, migrate_from_chat_id=-4)) == expected


LEFT = {"status": "left", "user": BOT}
MEMBER = {"status": "member", "user": BOT}
KICKED = {"status": "kicked", "user": BOT, "until_date": 0}
OWNER = {"status": "creator", "user": BOT, "is_anonymous": False}
RIGHTS = dict.fromkeys(
    """can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members
    can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories""".split(),  # noqa: SIM905 - shorter
    False,
)
ADMIN = {"status": "administrator", "user": BOT, **RIGHTS}
MAY = dict.fromkeys(
    """can_change_info can_invite_users can_pin_messages can_send_polls can_send_other_messages can_add_web_page_previews
    can_manage_topics can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes
    can_send_voice_notes can_edit_tag can_react_to_messages""".split(),  # noqa: SIM905 - shorter
    False,
)


def restricted(*, may_write: bool, is_member: bool = True) -> dict[str, object]:
    return {
        "status": "restricted",
        "user": BOT,
        "until_date": 0,
        "is_member": is_member,
        "can_send_messages": may_write,
        **MAY,
    }


def meeting(old: dict[str, Any], new: dict[str, Any], chat: dict[str, Any]) -> Meeting:
    change = {"chat": chat, "from": ANN, "date": 1, "old_chat_member": old, "new_chat_member": new}
    found = heard(my_chat_member=change)
    assert isinstance(found, Met)
    return found.meeting


@pytest.mark.parametrize(
    ("old", "new", "chat", "expected"),
    [
        (LEFT, MEMBER, GROUP, (False, True, True)),
        (MEMBER, KICKED, GROUP, (True, False, False)),
        (MEMBER, LEFT, GROUP, (True, False, False)),
        (MEMBER, ADMIN, GROUP, (True, True, True)),
        (ADMIN, restricted(may_write=False), GROUP, (True, False, True)),
        (restricted(may_write=False), restricted(may_write=True), GROUP, (False, True, True)),
        (MEMBER, restricted(may_write=True, is_member=False), GROUP, (True, False, True)),
        (KICKED, MEMBER, PRIVATE, (False, True, True)),
        (MEMBER, KICKED, PRIVATE, (True, False, False)),
        (LEFT, ADMIN, CHANNEL, (False, False, True)),
        (ADMIN, {**ADMIN, "can_post_messages": True}, CHANNEL, (False, True, True)),
        (LEFT, OWNER, CHANNEL, (False, True, True)),
        (MEMBER, LEFT, CHANNEL, (False, False, False)),
    ],
)
def test_whether_the_bot_may_write_is_read_off_how_it_belongs(
    old: dict[str, Any], new: dict[str, Any], chat: dict[str, Any], expected: tuple[bool, bool, bool]
) -> None:
    found = meeting(old, new, chat)
    assert (found.could_write, found.can_write, found.is_there) == expected
    assert (found.person, found.language, found.chat) == (5, "fr", chat["id"])


def test_a_change_in_a_chat_of_an_unknown_kind_is_left_alone() -> None:
    chat = {**GROUP, "type": "of tomorrow"}
    change = {"chat": chat, "from": ANN, "date": 1, "old_chat_member": LEFT, "new_chat_member": MEMBER}
    assert heard(my_chat_member=change) is None
