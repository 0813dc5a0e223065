from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.markup import LIMIT, units
from monitor.dialogue.ask import Ask
from monitor.model import Change, ChangeKind, Subscription
from tests.alert.samples import NOW, K, change, document, dossier, published
from tests.dialogue.talk import ANN, LANGUAGES, heard, offers, presses, read, says, view


def hourly(number: int) -> tuple[Change, ...]:
    """Publications, one an hour, each with a title that counts from the newest."""
    return tuple(
        replace(
            published(document(language=None, title=f"No {hour}.")),
            seen_at=NOW - timedelta(hours=hour),
            not_before=NOW - timedelta(hours=hour + 1),
        )
        for hour in range(number)
    )


def test_news_stands_newest_first_with_its_interval_and_two_languages_are_one_line() -> None:
    before = replace(
        change(ChangeKind.WITHDRAWN, document(K.COUNTRY_REPORT), "NER"), seen_at=NOW - timedelta(hours=3)
    )
    moved = change(ChangeKind.MOVED, document(K.COUNTRY_REPORT, "1"))
    changes = (before, published(document()), published(document(language="es")), moved)
    assert heard("/recent", view(dossier(), changes=changes)) == (
        "The last publications\n"
        "\n"
        "🇲🇽 Mexico: published its self-assessment (cycle 2): English · Spanish\n"
        "appeared between 24 Nov 2026 08:00 and 14:00 UTC\n"
        "\n"
        "🇳🇪 Niger: no longer lists its country report (cycle 2): English\n"
        "disappeared between 24 Nov 2026 08:00 and 11:00 UTC"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/recent", 10),
        ("/recent 3", 3),
        ("/recent 30", 30),
        ("/recent 99", 30),
        ("/recent 0", 1),
        ("/recent 9999999999", 1),
        ("/recent all", 10),
        ("/recent -4", 10),
        ("/recent ²", 10),
    ],
)
def test_as_many_are_shown_as_asked_for_within_reason(text: str, shown: int) -> None:
    assert heard(text, view(changes=hourly(40))).count("published") == shown


def test_older_ones_are_turned_to_in_place_and_none_is_left_out() -> None:
    of, seen = view(changes=hourly(25)), list[str]()
    reply = says("/recent", of)
    assert "◀ Newer" not in offers(reply)
    for _ in range(5):
        seen += read(reply).split("No ")[1:]
        if "Older ▶" not in offers(reply):
            break
        reply = presses(offers(reply)["Older ▶"], of)
        assert reply.is_edit
    assert [int(each.split(".")[0]) for each in seen] == list(range(25))
    assert offers(reply) == {"◀ Newer": "recent:10:10", "The world in numbers": "world"}
    assert read(presses("recent:10:0", of)) == heard("/recent", of)


def test_what_does_not_fit_into_a_message_stands_on_the_next_one() -> None:
    long = tuple(
        replace(each, document=replace(each.document, title="x" * 80, url=f"{each.document.url}?{index}"))
        for index, each in enumerate(hourly(40))
    )
    many = tuple(
        replace(each, document=replace(each.document, url=f"{each.document.url}&{copy}"))
        for each in long
        for copy in range(3)
    )
    of = view(changes=many)
    reply = says("/recent 30", of)
    shown = read(reply).count("published")
    assert 0 < shown < 30
    assert offers(reply)["Older ▶"] == f"recent:30:{shown}"


def test_one_publication_of_hundreds_of_documents_leaves_room_for_the_next() -> None:
    listed = tuple(published(document(language=None, title=f"{number} {'x' * 80}")) for number in range(300))
    many = tuple(
        replace(each, document=replace(each.document, url=f"{each.document.url}?{number}"))
        for number, each in enumerate(listed)
    )
    before = replace(published(document(K.COUNTRY_REPORT)), code="NER", seen_at=NOW - timedelta(hours=3))
    reply = says("/recent", view(changes=(*many, before)))
    assert reply.message
    assert units(reply.message.html) <= LIMIT
    assert "Niger: published its country report" in read(reply)


@pytest.mark.parametrize(
    "data", ["recent", "recent:x:y", "recent:10:99999", "recent:::", "recent:10:-3", "recent:10:٣"]
)
def test_forged_places_show_the_newest(data: str) -> None:
    of = view(changes=hourly(12))
    assert read(presses(data, of)) == heard("/recent", of)


def test_nothing_new_is_said_and_an_unknown_code_is_shown_as_it_is() -> None:
    assert heard("/recent") == "Nothing was published since the first look."
    assert read(presses("recent:10:50")) == "Nothing was published since the first look."
    assert "\nXXX: published" in heard("/recent", view(changes=(replace(published(document()), code="XXX"),)))


def test_what_waits_for_this_chats_digest_is_said_and_nobody_elses() -> None:
    mine, other = Subscription(ANN, held=(0, 1)), Subscription(8, held=(0,))
    topic, duty = Subscription(ANN, 5, held=(0,)), Subscription(ANN, is_operator=True, held=(0, 1, 2))
    of = view(changes=hourly(2))
    waiting = replace(of, world=replace(of.world, subscriptions=(other, mine, topic, duty)))
    assert heard("/recent", waiting).endswith("\n\n2 changes wait for this chat's next digest.")
    reply = says("/recent", waiting, ask=Ask("", ANN, thread=5))
    assert read(reply).endswith("\n\n1 change waits for this chat's next digest.")
    assert "digest" not in heard("/recent", of)


def test_every_language_says_when_it_appeared() -> None:
    said = {heard("/recent", view(changes=hourly(1)), language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("reader", "is_shown"),
    [
        (Subscription(ANN), False),
        (Subscription(ANN, files=True), True),
        (Subscription(ANN, is_operator=True), True),
        (Subscription(ANN, 7, files=True), False),
        (Subscription(99, files=True), False),
    ],
)
def test_what_became_of_files_is_shown_to_who_chose_it_and_to_operators(
    reader: Subscription, *, is_shown: bool
) -> None:
    dead = replace(change(ChangeKind.LINK_DEAD, document()), seen_at=NOW + timedelta(hours=1))
    of = view(dossier(), changes=(published(document()), dead))
    seen = replace(of, world=replace(of.world, subscriptions=(reader,)))
    shown = heard("/recent", seen)
    assert ("the link to its self-assessment (cycle 2) does not open any more" in shown) is is_shown
    assert ("ceased to open between" in shown) is is_shown
    assert "published its self-assessment" in shown
