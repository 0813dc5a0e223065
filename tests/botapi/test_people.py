from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram import InlineQueryResultArticle as Article
from telegram import InputTextMessageContent as Words
from telegram.constants import ChatMemberStatus
from telegram.error import Forbidden

from tests.botapi import Person
from tests.botapi.polled import kinds, only


def keys(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=label.lower())] for label in labels]
    )


async def test_what_a_person_says_in_private_comes_with_their_language(ours: Bot, ann: Person) -> None:
    ann.says("/status mexico")
    message = (await only(ours)).message
    assert message is not None
    assert message.from_user is not None
    assert (message.text, message.chat.type, message.chat.id) == ("/status mexico", "private", ann.id)
    assert (message.from_user.id, message.from_user.language_code) == (ann.id, "fr")
    assert (message.from_user.is_bot, message.from_user.username) == (False, "ann_a")
    assert [(each.type, each.offset, each.length) for each in message.entities] == [("bot_command", 0, 7)]
    assert (await ours.send_message(ann.id, "x")).date >= message.date


async def test_a_deep_link_is_start_with_its_payload(ours: Bot, ann: Person) -> None:
    ann.starts("MEX")
    ann.starts()
    updates = await ours.get_updates()
    assert [update.message and update.message.text for update in updates] == ["/start MEX", "/start"]


async def test_who_never_spoke_cannot_be_written_to_and_who_did_can(ours: Bot, ann: Person) -> None:
    with pytest.raises(Forbidden, match="can't initiate conversation with a user"):
        await ours.send_message(ann.id, "x")
    ann.says("hello")
    await ours.send_message(ann.id, "<b>y</b>", "HTML")
    assert ann.reads() == ["y"]
    assert ann.last().html == "<b>y</b>"


async def test_blocking_and_unblocking_are_told_and_sending_in_between_is_forbidden(
    ours: Bot, ann: Person
) -> None:
    ann.starts()
    await only(ours)
    ann.blocks_bot()
    change = (await only(ours)).my_chat_member
    assert change is not None
    assert change.old_chat_member.status == ChatMemberStatus.MEMBER
    assert change.new_chat_member.status == ChatMemberStatus.BANNED
    assert change.from_user.id == ann.id
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ours.send_message(ann.id, "x")
    ann.unblocks_bot()
    await ours.send_message(ann.id, "y")
    ann.blocks_bot()
    ann.starts("MEX")
    assert await kinds(ours) == ["my_chat_member"] * 3 + ["message"]


async def test_who_deleted_the_account_is_deactivated(ours: Bot, ann: Person) -> None:
    ann.starts()
    ann.deletes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await ours.send_message(ann.id, "x")


async def test_a_press_is_a_query_with_its_message_and_its_answer_a_toast_or_an_alert(
    ours: Bot, ann: Person
) -> None:
    ann.starts()
    await only(ours)
    await ours.send_message(ann.id, "older", reply_markup=keys("Mute", "Status"))
    sent = await ours.send_message(ann.id, "newer", reply_markup=keys("Status of Mexico"))
    press = ann.presses("Status of")
    query = (await only(ours)).callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id, query.from_user.id) == (
        "status of mexico",
        sent.message_id,
        ann.id,
    )
    await query.answer("done")
    assert (press.toast, press.alert, len(press.answers)) == ("done", "", 1)
    other = ann.presses("Mute")
    await ours.answer_callback_query(other.id, "no!", show_alert=True)
    assert ((await other.answered())["text"], other.toast, other.alert) == ("no!", "", "no!")


async def test_a_label_is_preferred_to_the_beginning_of_one_and_a_message_may_be_chosen(
    ours: Bot, ann: Person
) -> None:
    ann.starts()
    await ours.send_message(ann.id, "a", reply_markup=keys("Next page", "Next"))
    first = ann.last()
    await ours.send_message(ann.id, "b", reply_markup=keys("Next other"))
    await kinds(ours)
    ann.presses("Next", first)
    query = (await only(ours)).callback_query
    assert query is not None
    assert query.data == "next"


async def test_of_several_messages_with_the_button_the_newest_is_pressed(ours: Bot, ann: Person) -> None:
    ann.starts()
    for text in ("older", "newer"):
        await ours.send_message(ann.id, text, reply_markup=keys("Mute"))
    await kinds(ours)
    ann.presses("Mute")
    query = (await only(ours)).callback_query
    assert query is not None
    assert query.message is not None
    assert query.message.message_id == ann.last().id


async def test_pressing_what_is_not_there_or_opens_a_link_fails_the_test(ours: Bot, ann: Person) -> None:
    ann.starts()
    link = InlineKeyboardMarkup([[InlineKeyboardButton("Open", url="https://example.org/a")]])
    await ours.send_message(ann.id, "a", reply_markup=link)
    with pytest.raises(AssertionError, match=r"no button 'Mute', but: \[\[\['Open'\]\]\]"):
        ann.presses("Mute")
    with pytest.raises(AssertionError, match="opens a link"):
        ann.presses("Open")


async def test_an_edit_shows_in_place_and_leaves_what_was(ours: Bot, ann: Person) -> None:
    ann.starts()
    await ours.send_message(ann.id, "page 1", reply_markup=keys("Next"))
    card = ann.waits_for("page 1")
    edited = await ours.edit_message_text("page 2", ann.id, card.id, reply_markup=keys("Back", "Next"))
    assert edited.edit_date is not None  # type: ignore[union-attr]
    assert (card.text, card.labels, card.edits) == ("page 2", [["Back"], ["Next"]], ["page 1"])
    await ours.edit_message_reply_markup(ann.id, card.id)
    assert (card.text, card.labels, ann.reads()) == ("page 2", [], ["page 2"])


async def test_waiting_sees_a_message_or_an_edit_that_comes_later(ours: Bot, ann: Person) -> None:
    ann.starts()
    waiting = asyncio.create_task(ann.awaits("page 2"))
    sent = await ours.send_message(ann.id, "page 1")
    mark = ann.mark()
    await ours.edit_message_text("page 2", ann.id, sent.message_id)
    assert (await waiting).id == sent.message_id
    assert ann.waits_for("page 2", since=mark).edits == ["page 1"]
    with pytest.raises(AssertionError, match=r"Ann saw no 'page 2' in 0\.01 s, but: \[<\d+ 'page 2' \[\]>\]"):
        ann.waits_for("page 2", 0.01, since=ann.mark())


async def test_what_was_deleted_is_not_read(ours: Bot, ann: Person) -> None:
    ann.starts()
    sent = await ours.send_message(ann.id, "x")
    seen = ann.last()
    await ours.delete_message(ann.id, sent.message_id)
    assert (ann.reads(), seen.is_deleted) == ([], True)


async def test_an_inline_query_shows_what_would_be_sent(ours: Bot, ann: Person) -> None:
    asked = ann.asks_inline("mexico")
    query = (await only(ours)).inline_query
    assert query is not None
    assert (query.query, query.from_user.language_code, query.offset) == ("mexico", "fr", "")
    await query.answer([Article("MEX", "Mexico", Words("<b>Mexico</b>", "HTML"))], cache_time=5)
    assert asked.titles == ["Mexico"]
    assert [(result["id"], result["text"]) for result in asked.results] == [("MEX", "Mexico")]
