from __future__ import annotations

from collections.abc import Awaitable

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram import InlineQueryResultArticle as Article
from telegram import InputTextMessageContent as Words

from tests.botapi import BotApi, Person
from tests.botapi.polled import refusal


def row(**button: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("label", **button)]])  # type: ignore[arg-type]


@pytest.fixture
def started(ann: Person) -> Person:
    ann.starts()
    return ann


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("<b>x", "Can't parse entities: can't find end tag"),
        ("<p>x</p>", "Can't parse entities: unsupported start tag"),
        ("<b> </b>", "Message text is empty"),
    ],
)
async def test_a_text_telegram_would_not_take_is_refused_sent_or_edited(
    ours: Bot, started: Person, text: str, sentence: str
) -> None:
    kept = await ours.send_message(started.id, "kept")
    for ask in (
        ours.send_message(started.id, text, "HTML"),
        ours.edit_message_text(text, started.id, kept.message_id, parse_mode="HTML"),
    ):
        assert (await refusal(ask)).casefold().startswith(sentence.casefold())
    assert started.reads() == ["kept"]


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        ({"callback_data": "x" * 65}, "Button_data_invalid"),
        ({"callback_data": "é" * 33}, "Button_data_invalid"),
        ({"url": "nowhere"}, "Button_url_invalid"),
        ({"url": "https://localhost/a"}, "Button_url_invalid"),
        ({"url": "ftp://example.org/a"}, "Button_url_invalid"),
        ({"url": "https://[broken"}, "Button_url_invalid"),
        ({}, "Text buttons are unallowed in the inline keyboard"),
    ],
)
async def test_a_button_telegram_would_not_take_is_refused(
    ours: Bot, started: Person, button: dict[str, str], sentence: str
) -> None:
    assert await refusal(ours.send_message(started.id, "x", reply_markup=row(**button))) == sentence
    assert started.reads() == []


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "é" * 32},
        {"url": "https://example.org/a"},
        {"url": "http://127.0.0.1:80/a"},
        {"url": "tg://user?id=1"},
        {"switch_inline_query_current_chat": ""},
    ],
)
async def test_a_button_telegram_takes_is_taken(ours: Bot, started: Person, button: dict[str, str]) -> None:
    await ours.send_message(started.id, "x", reply_markup=row(**button))
    assert started.last().labels == [["label"]]


async def test_more_than_a_hundred_buttons_or_one_without_words_are_refused(
    ours: Bot, started: Person
) -> None:
    button = InlineKeyboardButton("x", callback_data="x")
    many = InlineKeyboardMarkup([[button] * 8] * 13)
    assert await refusal(ours.send_message(started.id, "x", reply_markup=many)) == "Reply_markup_too_long"
    bare = InlineKeyboardMarkup([[InlineKeyboardButton(" ", callback_data="x")]])
    assert await refusal(ours.send_message(started.id, "x", reply_markup=bare)) == "Button_text_invalid"


async def test_unknown_chats_and_a_chat_that_is_not_named_are_refused(ours: Bot) -> None:
    for chat in (12, -12, "@nobody"):
        assert await refusal(ours.send_message(chat, "x")) == "Chat not found"
    assert await refusal(ours.send_message("", "x")) == "Chat_id is empty"


async def test_a_link_to_nowhere_is_dropped_and_its_words_stay(ours: Bot, started: Person) -> None:
    html = '<a href="https://example.org/?a=1&amp;b=2">one</a> <a href="nowhere">two</a>'
    message = await ours.send_message(started.id, html, "HTML")
    assert (message.text, started.last().links) == ("one two", ["https://example.org/?a=1&b=2"])
    assert [(each.offset, each.length, each.url) for each in message.entities] == [
        (0, 3, "https://example.org/?a=1&b=2")
    ]


async def test_markup_comes_back_as_python_telegram_bot_reads_it(ours: Bot, started: Person) -> None:
    html = "😀 <b>Mexico &lt;<i>new</i></b> <code>x</code>\n<blockquote expandable>a</blockquote>"
    assert (await ours.send_message(started.id, html, "HTML")).text_html == html


async def test_what_is_edited_must_be_there_be_ours_and_change(ours: Bot, started: Person) -> None:
    theirs = started.says("hello")
    sent = await ours.send_message(started.id, "x", reply_markup=row(callback_data="a"))

    def edit(text: str, message: int, data: str = "", mode: str | None = None) -> Awaitable[object]:
        keyboard = row(callback_data=data) if data else None
        return ours.edit_message_text(text, started.id, message, parse_mode=mode, reply_markup=keyboard)

    assert await refusal(edit("y", 999)) == "Message to edit not found"
    assert await refusal(edit("y", theirs.id)) == "Message can't be edited"
    assert "Message is not modified" in await refusal(edit("x", sent.message_id, "a"))
    await edit("x", sent.message_id, "b")
    await edit("<b>x</b>", sent.message_id, "b", "HTML")
    assert len(started.last().edits) == 2
    await ours.delete_message(started.id, sent.message_id)
    assert await refusal(edit("y", sent.message_id)) == "Message to edit not found"
    assert await refusal(ours.delete_message(started.id, sent.message_id)) == "Message to delete not found"


async def test_an_equal_keyboard_is_not_modified(ours: Bot, started: Person) -> None:
    sent = await ours.send_message(started.id, "x", reply_markup=row(callback_data="a"))
    same = ours.edit_message_reply_markup(started.id, sent.message_id, reply_markup=row(callback_data="a"))
    assert "Message is not modified" in await refusal(same)


async def test_others_words_are_removed_only_with_the_right_to(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.supergroup("Coalition", admins=[ann]).adds_bot()
    said = ann.says("spam", group)
    assert await refusal(ours.delete_message(group.id, said.id)) == "Message can't be deleted"
    group.promotes_bot()
    assert await ours.delete_message(group.id, said.id)


async def test_an_answer_to_what_is_gone_is_refused_unless_allowed(ours: Bot, started: Person) -> None:
    asked = ours.send_message(started.id, "x", reply_parameters=ReplyParameters(999))
    assert await refusal(asked) == "Message to be replied not found"
    allowed = ReplyParameters(999, allow_sending_without_reply=True)
    await ours.send_message(started.id, "x", reply_parameters=allowed)
    assert started.last().reply_to is None
    said = started.says("hello")
    answer = await ours.send_message(started.id, "y", reply_parameters=ReplyParameters(said.id))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "hello"


async def test_only_a_query_that_was_given_out_and_is_young_can_be_answered(
    ours: Bot, started: Person
) -> None:
    await ours.send_message(started.id, "x", reply_markup=row(callback_data="a"))
    press, asked = started.presses("label"), started.asks_inline("mexico")
    for ask in (
        ours.answer_callback_query("made up"),
        ours.answer_callback_query(asked.id),
        ours.answer_inline_query(press.id, []),
    ):
        assert (await refusal(ask)).startswith("Query is too old")
    assert await refusal(ours.answer_callback_query(press.id, "x" * 201)) == "Message_too_long"
    press.expires()
    assert (await refusal(ours.answer_callback_query(press.id))).startswith("Query is too old")
    with pytest.raises(AssertionError, match="no answer to callback_query_id"):
        press.waits(0.01)


def article(name: str = "MEX", title: str = "Mexico", html: str = "x") -> Article:
    return Article(name, title, Words(html, "HTML"))


@pytest.mark.parametrize(
    ("results", "sentence"),
    [
        ([article(str(at)) for at in range(51)], "Results_too_much"),
        ([article("é" * 33)], "Result_id_invalid"),
        ([article(), article()], "Result_id_duplicate"),
        ([article(title=" ")], "Article_title_empty"),
        ([article(html="<b>x")], "Can't parse entities: can't find end tag"),
        ([article(html="")], "Message text is empty"),
    ],
)
async def test_inline_results_telegram_would_not_take_are_refused(
    ours: Bot, ann: Person, results: list[Article], sentence: str
) -> None:
    asked = ann.asks_inline("mexico")
    assert (
        (await refusal(ours.answer_inline_query(asked.id, results)))
        .casefold()
        .startswith(sentence.casefold())
    )
    assert asked.answers == []
