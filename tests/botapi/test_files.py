from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.botapi import BotApi, Person
from tests.botapi.polled import posted

PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x02\x00\x00\x00"
CSV = "\ncountry,kind\nMexico – é,report\r\n".encode() + bytes(range(256)) + b"\r\n\n"


@pytest.fixture(autouse=True)
def started(ann: Person) -> None:
    ann.starts()


async def test_a_document_arrives_byte_for_byte_with_its_name_and_caption(ours: Bot, ann: Person) -> None:
    message = await ours.send_document(
        ann.id, CSV, caption="<b>The register</b>", filename="regístre.csv", parse_mode="HTML"
    )
    assert message.document is not None
    assert (message.document.file_name, message.document.file_size) == ("regístre.csv", len(CSV))
    assert message.caption_html == "<b>The register</b>"
    seen = ann.waits_for("The register")
    assert (seen.file_name, seen.content) == ("regístre.csv", CSV)


async def test_a_photo_has_its_size(ours: Bot, ann: Person) -> None:
    message = await ours.send_photo(ann.id, PIXEL, filename="card.png")
    assert [(photo.width, photo.height) for photo in message.photo] == [(640, 480)]
    assert ann.last().content == PIXEL


async def test_a_file_sent_once_may_be_sent_again_by_its_number(ours: Bot, ann: Person) -> None:
    first = (await ours.send_document(ann.id, CSV, filename="a.csv")).document
    assert first is not None
    await ours.send_document(ann.id, first.file_id)
    assert ann.last().content == CSV


async def test_what_telegram_would_not_take_is_refused(ours: Bot, world: BotApi, ann: Person) -> None:
    for ask, sentence in (
        (ours.send_document(ann.id, CSV, caption="x" * 1025), "Message caption is too long"),
        (ours.send_document(ann.id, CSV, caption="<b>x", parse_mode="HTML"), "Can't parse entities"),
        (ours.send_document(ann.id, b"", filename="a.csv"), "File must be non-empty"),
        (ours.send_document(ann.id, "made-up"), "Wrong file identifier"),
        (ours.send_photo(ann.id, CSV), "Image_process_failed"),
        (ours.send_photo(ann.id, PIXEL + bytes(10 * 2**20)), "too big for a photo"),
    ):
        with pytest.raises(BadRequest, match=sentence):
            await ask
    bare = await posted(world, "sendDocument", chat_id=ann.id)
    assert bare == "Bad Request: there is no document in the request"
    assert ann.reads() == []


async def test_a_caption_is_edited_as_a_text_is_and_neither_as_the_other(ours: Bot, ann: Person) -> None:
    file = await ours.send_document(ann.id, CSV, caption="a")
    text = await ours.send_message(ann.id, "a")
    await ours.edit_message_caption(ann.id, file.message_id, caption="b")
    assert ann.reads() == ["b", "a"]
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await ours.edit_message_text("c", ann.id, file.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await ours.edit_message_caption(ann.id, text.message_id, caption="c")
