"""What people do in chats, over HTTP, and what the bot answers there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from telegram import Update

from monitor.dialogue.reply import SweepNow
from monitor.errors import FetchError, StoreError
from monitor.model import ChatKind, Subscription, World
from monitor.telegram import conversation, rights
from monitor.telegram.bot import Bot
from tests.botapi import BotApi, Callback, Refusal, blocked, flooded
from tests.telegram.house import PNG, Notebook, running, troubles, until
from tests.telegram.line import TOKEN

STICKER = {
    "file_id": "1",
    "file_unique_id": "1",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
    "type": "regular",
}


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    """Telegram where nobody exists who was not described."""
    with BotApi(chats=(), token=TOKEN) as api:
        yield api


async def test_a_command_is_answered_where_it_was_said_in_the_persons_language(telegram: BotApi) -> None:
    ann = telegram.person("Ann", language="fr-CA")
    async with running(telegram.url):
        ann.says("/status Mexico")
        card = await ann.awaits("status of Mexico")
        ann.says("/what")
        await ann.awaits("help in fr for private")
    assert card.labels == [["Next", "Again"]]


async def test_plain_words_in_private_get_help_and_stickers_get_silence(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url):
        telegram.push(update(ann.id, sticker=STICKER))
        telegram.push(update(ann.id, sticker={"what": "no library can read"}))
        ann.says("hello")
        await ann.awaits("help in en for private: hello")
    assert len(ann.sent()) == 1


async def test_an_answer_goes_to_the_topic_it_was_asked_in(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    forum = telegram.group("Forum", admins=[ann], has_topics=True).adds_bot()
    news = forum.topic("News")
    async with running(telegram.url):
        ann.says("/status Mexico", news)
        card = await news.awaits("status of Mexico")
        ann.presses("Again", card, where=news)
        await news.awaits("status of press")
    assert {each.thread for each in forum.sent() if "status of" in each.text} == {news.thread}


async def test_in_a_group_only_commands_that_are_ours_are_answered(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Coalition", admins=[ann]).adds_bot()
    async with running(telegram.url):
        for words in ("/frobnicate", "/status@another_bot Mexico", "good morning", "/help"):
            ann.says(words, group)
        ann.says("/status@monitor_test_bot Finland", group)
        await group.awaits("status of Finland")
    assert [text for text in group.reads() if "status of" in text] == [
        f"status of Finland: {group.id} None 'Coalition' False"
    ]


async def test_what_an_administrator_posts_in_a_channel_is_answered_there(telegram: BotApi) -> None:
    channel = telegram.channel("news", admins=[telegram.person("Ann")]).adds_bot()
    async with running(telegram.url):
        channel.posts("/status Mexico")
        await channel.awaits("status of Mexico")


async def test_in_groups_only_administrators_choose_and_others_are_told_so(telegram: BotApi) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    group = telegram.group("Coalition", admins=[ann], members=[bob]).adds_bot()
    notebook = Notebook()
    async with running(telegram.url, notebook.house()):
        bob.says("/subscribe all", group)
        await group.awaits("Only an administrator")
        assert not notebook.world.subscriptions
        ann.says("/subscribe all", group)
        await group.awaits("chosen: all")
        assert (await toast(bob.presses("Mute", where=group))).startswith("Only an administrator")
        bob.says("/status Mexico", group)
        await group.awaits("status of Mexico")
        assert len(telegram.calls("getChatAdministrators")) == 1
    assert [each.chat for each in notebook.world.subscriptions] == [group.id]


async def test_somebody_who_was_just_made_administrator_need_not_wait_for_minutes(
    telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(conversation, "monotonic", lambda: now[0])
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    group = telegram.group("Coalition", admins=[ann], members=[bob]).adds_bot()
    async with running(telegram.url):
        bob.says("/subscribe a", group)
        await group.awaits("Only an administrator")
        group.promotes(bob)
        now[0] += 20
        bob.says("/subscribe b", group)
        await group.awaits("chosen: b")
        group.demotes(bob)
        now[0] += 20
        bob.says("/subscribe c", group)
        await group.awaits("chosen: c")
        now[0] += 300
        mark = group.mark()
        bob.says("/subscribe d", group)
        await group.awaits("Only an administrator", since=mark)


async def test_an_anonymous_administrator_chooses(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    group = telegram.supergroup("Coalition", admins=[ann]).adds_bot()
    async with running(telegram.url):
        ann.says("/subscribe all", group, is_anonymous=True)
        await group.awaits("chosen: all")
    assert telegram.calls("getChatAdministrators") == []


async def test_where_telegram_does_not_say_who_administers_nobody_chooses(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Coalition", admins=[ann]).adds_bot()
    telegram.fails_with(
        group.id, Refusal(400, "Bad Request: member list is inaccessible"), method="getChatAdministrators"
    )
    async with running(telegram.url):
        ann.says("/subscribe a", group)
        await group.awaits("Only an administrator")
        ann.says("/subscribe b", group)
        await group.awaits("chosen: b")


async def test_a_channel_is_looked_up_for_whoever_names_it_in_private(telegram: BotApi) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    channel = telegram.channel("news", admins=[ann]).adds_bot()
    telegram.channel("strangers", admins=[bob]).adds_bot(rights={})
    telegram.supergroup("Talk", admins=[ann], username="talk").adds_bot()
    async with running(telegram.url):
        ann.says("/subscribe @news Mexico")
        mine = await ann.awaits("chosen: @news")
        ann.says("/subscribe @strangers")
        theirs = await ann.awaits("chosen: @strangers")
        ann.says("/subscribe @nobody_at_all")
        none = await ann.awaits("chosen: @nobody_at_all")
        ann.says("/subscribe @talk")
        group = await ann.awaits("chosen: @talk")
    assert f"Channel(id={channel.id}, title='News', is_theirs=True, may_post=True, name='news')" in mine.text
    assert "is_theirs=False, may_post=False" in theirs.text
    assert none.text.endswith("None")
    assert group.text.endswith("None")


async def test_a_page_turns_in_place_and_turning_it_to_itself_is_no_error(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url) as (_, logs):
        ann.says("/status Mexico")
        card = await ann.awaits("status of Mexico")
        assert await toast(ann.presses("Next", card)) == ""
        await ann.awaits("page 2")
        await ann.presses("Next", card).answered()
        ann.says("/status Finland")
        await ann.awaits("status of Finland")
    assert ann.reads()[0] == "page 2"
    assert len(ann.sent()) == 2
    assert troubles(logs) == []


async def test_a_message_that_cannot_be_edited_any_more_is_followed_by_a_new_one(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    cannot = Refusal(400, "Bad Request: message can't be edited")
    async with running(telegram.url):
        ann.says("/status Mexico")
        card = await ann.awaits("status of Mexico")
        telegram.fails_with(ann.id, cannot, method="editMessageText")
        ann.presses("Next", card)
        new = await ann.awaits("page 2")
        assert new.id != card.id
        telegram.state.delete(card.record)
        mark = ann.mark()
        ann.presses("Next", card)
        await ann.awaits("page 2", since=mark)


async def test_a_press_shows_its_line_changes_its_button_and_is_written_down_first(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook()
    async with running(telegram.url, notebook.house()):
        ann.says("/subscribe all")
        menu = await ann.awaits("chosen: all")
        words = await toast(ann.presses("Mute", menu))
        assert words.startswith("muted")
        assert len(words) == 200
        assert {each.muted for each in notebook.world.subscriptions} == {frozenset({"MEX"})}
        await until(lambda: menu.labels == [["Unmute"]])
        assert await toast(ann.presses("Unmute", menu)) == ""


async def test_a_press_that_is_too_old_to_be_answered_counts_all_the_same(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url) as (_, logs):
        ann.says("/status Mexico")
        card = await ann.awaits("status of Mexico")
        telegram.fails_with(
            ann.id, Refusal(400, "Bad Request: query is too old"), method="answerCallbackQuery"
        )
        ann.presses("Next", card)
        await ann.awaits("page 2")
    assert troubles(logs) == []


async def test_a_file_is_sent_as_a_document(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url):
        ann.says("/export")
        file = await ann.awaits("the register")
    assert (file.file_name, file.content) == ("register.csv", b"a;b\n")


async def test_a_drawing_is_sent_as_a_photo_with_its_caption_and_buttons(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url):
        ann.says("/map <svg/>")
        photo = await ann.awaits("the map <of> it")
    assert photo.content == PNG
    assert photo.labels == [["Next"]]


async def test_where_nothing_can_be_drawn_the_words_are_sent_alone(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url):
        ann.says("/map")
        message = await ann.awaits("the map <of> it")
    assert not message.file_name
    assert message.labels == [["Next"]]


async def test_where_the_store_cannot_be_written_the_person_is_told_and_the_service_ends(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook(is_full=True)
    async with running(telegram.url, notebook.house()):
        ann.says("/subscribe all")
        await ann.awaits("This could not be saved")
    assert [str(each) for each in notebook.ended] == ["no space left on the disk"]
    assert not any("chosen" in text for text in ann.reads())


async def test_the_answer_shown_is_the_one_that_was_written_on_the_newest_world(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook()

    async def commit(decide: object) -> None:
        notebook.world = World(subscriptions=(Subscription(5),))  # somebody else was faster
        await notebook.commit(decide)  # type: ignore[arg-type] # passed on

    async with running(telegram.url, notebook.house(commit=commit)):
        ann.says("/subscribe all")
        await ann.awaits("chosen: all")
    assert [(each.chat, each.is_silent) for each in notebook.world.subscriptions] == [
        (5, False),
        (ann.id, True),
    ]


async def test_what_takes_long_ends_in_the_background_and_its_end_is_told(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook()
    async with running(telegram.url, notebook.house(ann.id)):
        ann.says("/sweep")
        await ann.awaits("begun")
        ann.says("/status Mexico")
        await ann.awaits("status of Mexico")
        notebook.may_act.set()
        await ann.awaits("Done: <all> read.")
    assert notebook.acts == [SweepNow(("MEX",))]


async def test_what_failed_in_the_background_is_told_and_a_bug_in_it_is_logged(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    errors = iter([FetchError("the site is away"), ZeroDivisionError("odd")])

    def fails(_: object) -> str:
        raise next(errors)

    notebook = Notebook(act_ends=fails)
    notebook.may_act.set()
    async with running(telegram.url, notebook.house(ann.id)) as (_, logs):
        ann.says("/sweep")
        await ann.awaits("the site is away")
        ann.says("/sweep")
        await until(lambda: logs)
    assert troubles(logs) == ["what an operator asked for was not done"]
    assert "ZeroDivisionError" in logs[0]["error"]


async def test_where_what_was_done_cannot_be_stored_the_service_ends(telegram: BotApi) -> None:
    ann = telegram.person("Ann")

    def fails(_: object) -> str:
        raise StoreError("no space left on the disk")

    notebook = Notebook(act_ends=fails)
    notebook.may_act.set()
    async with running(telegram.url, notebook.house(ann.id)):
        ann.says("/sweep")
        await ann.awaits("no space left")
    assert len(notebook.ended) == 1


async def test_an_end_that_cannot_be_told_is_logged(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook()
    async with running(telegram.url, notebook.house(ann.id)) as (_, logs):
        ann.says("/sweep")
        await ann.awaits("begun")
        ann.blocks_bot()
        notebook.may_act.set()
        await until(lambda: "the end of an act was not told" in troubles(logs))


async def test_the_operators_commands_do_not_exist_elsewhere(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook()
    async with running(telegram.url, notebook.house(1)):
        ann.says("/sweep")
        await ann.awaits("help in en")
    assert notebook.acts == []


async def test_by_invitation_others_are_told_their_number_and_operators_are_in(telegram: BotApi) -> None:
    ann, bob, eve = (telegram.person(name) for name in ("Ann", "Bob", "Eve"))
    group = telegram.supergroup("Talk", admins=[eve], username="Talk").adds_bot()
    house = Notebook().house(bob.id, invited=lambda: frozenset({ann.id, "@talk"}))
    async with running(telegram.url, house):
        for person in (ann, bob):
            person.says("/status Mexico")
            await person.awaits("status of Mexico")
        eve.says("/status Mexico")
        assert str(eve.id) in (await eve.awaits("by invitation")).text
        eve.says("/status Mexico", group)
        await group.awaits("status of Mexico")
        assert (await eve.asks_inline("mexico").answered())["results"] == []
        assert (await ann.asks_inline("mexico").answered())["results"] != []


async def test_by_invitation_a_chat_that_the_configuration_tells_stays_in_when_its_number_has_changed(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    notebook = Notebook(World(subscriptions=(Subscription(ann.id, is_configured=True),)))
    async with running(telegram.url, notebook.house(invited=lambda: frozenset({-1}))):
        ann.says("/status Mexico")
        await ann.awaits("status of Mexico")


async def test_after_the_bot_was_made_something_else_in_a_chat_its_administrators_are_asked_for_anew(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    group = telegram.supergroup("Coalition", admins=[ann]).adds_bot()
    async with running(telegram.url):
        ann.says("/subscribe a", group)
        await group.awaits("chosen: a")
        group.demotes(ann)
        group.promotes_bot()
        bob = telegram.person("Bob")
        bob.says("/status later")
        await bob.awaits("status of later")
        ann.says("/subscribe b", group)
        await group.awaits("Only an administrator")


async def test_a_chat_that_monitor_toml_names_by_its_public_name_keeps_one_record(telegram: BotApi) -> None:
    eve = telegram.person("Eve")
    group = telegram.supergroup("Talk", admins=[eve], username="Talk").adds_bot()
    notebook = Notebook(World(subscriptions=(Subscription("@talk", is_configured=True),)))
    async with running(telegram.url, notebook.house("@talk")):
        eve.says("/subscribe all", group)
        await group.awaits("chosen: all")
        eve.says("/status x", group)
        await group.awaits("status of x: @talk None 'Talk' True")
    assert {each.chat for each in notebook.world.subscriptions} == {"@talk"}


async def test_somebody_who_asks_too_much_is_told_once_and_then_met_with_silence(telegram: BotApi) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    group = telegram.group("Coalition", admins=[ann], members=[bob]).adds_bot()
    async with running(telegram.url, Notebook().house(commands_per_minute=lambda: 3)):
        for number in range(6):
            ann.says(f"/status {number}", group)
        bob.says("/status bob", group)
        await group.awaits("status of bob")
        await group.awaits("That was a lot at once")
        assert await toast(ann.presses("Next", where=group)) == ""
    assert sum("status of" in text for text in group.reads()) == 4
    assert sum("a lot at once" in text for text in group.reads()) == 1


async def test_operators_may_ask_as_much_as_they_want(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url, Notebook().house(ann.id, commands_per_minute=lambda: 1)):
        for number in range(4):
            ann.says(f"/status {number}")
        await until(lambda: len(ann.sent()) == 4)


async def test_cards_are_offered_inline_without_buttons_that_would_tell_us_something(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann", language="es")
    async with running(telegram.url):
        query = ann.asks_inline("mexico")
        answer = await query.answered()
        assert await ann.asks_inline("").answered()
    [card] = answer["results"]
    assert (card["title"], card["text"], answer["is_personal"]) == ("es: mexico", "mexico", True)
    assert [[each["text"] for each in row] for row in card["reply_markup"]["inline_keyboard"]] == [["Open"]]


async def test_whoever_types_very_much_is_offered_nothing_more(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url, Notebook().house(commands_per_minute=lambda: 1)):
        queries = [ann.asks_inline(f"m{number}") for number in range(7)]
        answers = [await query.answered() for query in queries]
    assert sorted(len(answer["results"]) for answer in answers) == [0, 0, 1, 1, 1, 1, 1]


async def test_an_inline_query_that_is_too_old_is_no_error(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url) as (_, logs):
        telegram.push({"inline_query": {"id": "1", "from": person(ann.id), "query": "x", "offset": ""}})
        ann.says("/status x")
        await ann.awaits("status of x")
    assert troubles(logs) == []


async def test_a_reader_of_a_channel_who_presses_status_is_led_to_a_private_chat(telegram: BotApi) -> None:
    ann, reader = telegram.person("Ann"), telegram.person("Reader")
    channel = telegram.channel("news", admins=[ann], members=[reader]).adds_bot()
    async with running(telegram.url):
        channel.posts("/status Mexico")
        card = await channel.awaits("status of Mexico")
        await reader.presses("Again", card).answered()
        assert await toast(reader.presses("Next", card)) == ""
        await channel.awaits("page 2")
    urls = [call.get("url") for call in telegram.calls("answerCallbackQuery")]
    assert urls == ["https://t.me/monitor_test_bot?start=MEX", None]
    assert len(channel.sent()) == 1


async def test_a_group_that_moved_while_it_was_answered_is_answered_in_its_new_place(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Coalition", admins=[ann]).adds_bot()
    notebook = Notebook(World(subscriptions=(Subscription(group.id),)))
    ann.says("/status Mexico", group)
    new = group.upgrades(is_announced=False)
    async with running(telegram.url, notebook.house()):
        await new.awaits("status of Mexico")
    assert [each.chat for each in notebook.world.subscriptions] == [new.id]


async def test_a_pause_that_telegram_asks_for_is_kept_and_a_long_one_is_logged(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url) as (_, logs):
        telegram.fails_with(ann.id, flooded(1))
        began = time.monotonic()
        ann.says("/status a")
        await ann.awaits("status of a")
        assert time.monotonic() - began > 0.9
        telegram.fails_with(ann.id, flooded(60))
        ann.says("/status b")
        ann.says("/status c")
        await ann.awaits("status of c")
    assert troubles(logs) == ["a command was not answered"]


async def test_a_chat_that_asks_for_pauses_again_and_again_is_given_up(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    telegram.fails_with(ann.id, flooded(1), times=4)
    async with running(telegram.url) as (_, logs):
        ann.says("/status a")
        await until(lambda: logs)
        ann.says("/status b")
        await ann.awaits("status of b")
    assert troubles(logs) == ["a command was not answered"]
    assert not any("status of a" in text for text in ann.reads())


async def test_of_very_many_chats_those_asked_of_longest_ago_are_looked_up_again(
    telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "_MOST", 1)
    ann = telegram.person("Ann")
    one, two = (telegram.group(title, admins=[ann]).adds_bot() for title in ("One", "Two"))
    async with running(telegram.url):
        for number, group in enumerate((one, two, two, one)):
            ann.says(f"/subscribe {number}", group)
            await group.awaits(f"chosen: {number}")
    asked = [int(call["chat_id"]) for call in telegram.calls("getChatAdministrators")]
    assert asked == [one.id, two.id, one.id]


async def test_a_topic_that_is_closed_is_answered_in_the_general_one(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    forum = telegram.group("Forum", admins=[ann], has_topics=True).adds_bot()
    news = forum.topic("News")
    ann.says("/status Mexico", news)
    news.closes()
    async with running(telegram.url):
        card = await forum.awaits("status of Mexico")
    assert card.thread is None


@pytest.mark.parametrize("words", ["/status x", "/broken", "/bug"])
async def test_whatever_goes_wrong_with_one_answer_the_next_is_given(telegram: BotApi, words: str) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url) as (_, logs):
        if words == "/status x":
            telegram.fails_with(ann.id, blocked())
        ann.says(words)
        ann.says("/status Finland")
        await ann.awaits("status of Finland")
    assert troubles(logs) == ["a command was not answered"]
    assert logs[0]["event"] == ("bug" if words == "/bug" else "bot")


async def test_an_update_that_comes_twice_is_answered_once(
    telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "_REMEMBERED", 2)
    ann = telegram.person("Ann")
    async with running(telegram.url) as (bot, _):
        ann.says("/status a")
        await ann.awaits("status of a")
        again = bot._conversation._seen
        [number] = again
        await bot._conversation.hear(parsed(bot, number, ann.id, "/status a"))
        for word in "bcd":
            ann.says(f"/status {word}")
        await ann.awaits("status of d")
        assert len(again) == 2
    assert sum("status of a" in text for text in ann.reads()) == 1


async def test_what_one_person_says_is_answered_in_order_and_others_need_not_wait(telegram: BotApi) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    notebook = Notebook()
    is_free = asyncio.Event()

    async def commit(decide: object) -> None:
        await is_free.wait()
        await notebook.commit(decide)  # type: ignore[arg-type] # passed on

    async with running(telegram.url, notebook.house(commit=commit)):
        ann.says("/subscribe first")
        ann.says("/status second")
        bob.says("/status Mexico")
        await bob.awaits("status of Mexico")
        assert ann.reads() == []
        is_free.set()
        await ann.awaits("status of second")
    assert [text.split()[-1] for text in ann.reads()][:1] == ["None"]
    assert ann.reads()[0].startswith("chosen: first")


@pytest.mark.parametrize(("kind", "is_answered"), [(ChatKind.PRIVATE, True), (ChatKind.GROUP, False)])
async def test_what_was_asked_long_ago_is_answered_in_private_only(
    telegram: BotApi, kind: ChatKind, *, is_answered: bool
) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Coalition", admins=[ann]).adds_bot()
    chat = ann.id if kind is ChatKind.PRIVATE else group.id
    long_ago = int(time.time()) - 7200
    if kind is ChatKind.PRIVATE:
        ann.starts()
    telegram.push(update(chat, "/status old", kind=kind, person_id=ann.id, date=long_ago))
    telegram.push(update(chat, "/subscribe old", kind=kind, person_id=ann.id, date=long_ago))
    async with running(telegram.url):
        where = ann if kind is ChatKind.PRIVATE else group
        await where.awaits("chosen: old")
        ann.says("/status new", where)
        await where.awaits("status of new")
    assert any("status of old" in text for text in where.reads()) is is_answered


async def toast(press: Callback) -> str:
    await press.answered()
    return press.toast


def person(identifier: int, **more: object) -> dict[str, object]:
    return {"id": identifier, "is_bot": False, "first_name": "A", **more}


def update(
    chat: int,
    text: str | None = None,
    *,
    kind: ChatKind = ChatKind.PRIVATE,
    person_id: int | None = None,
    **more: object,
) -> dict[str, object]:
    words = {} if text is None else {"text": text}
    message = {
        "message_id": 9000,
        "date": int(time.time()),
        "chat": {"id": chat, "type": kind.value, "title": "T"},
        "from": person(person_id or chat),
        **words,
        **more,
    }
    return {"message": message}


def parsed(bot: Bot, number: int, chat: int, text: str) -> Update:
    return Update.de_json({"update_id": number, **update(chat, text)}, bot._bot)
