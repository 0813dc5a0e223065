"""The harness can fail: each way of going wrong, as it would show."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.harness.story import name_of
from tests.harness.verdict import Kill, Said, Verdict, judge

GROUP, PERSON, OPERATOR = -1001, 555, 777


def news(name: str, chat: int = GROUP, words: str = "published") -> Said:
    return (
        chat,
        f'<b>Mexico {words}</b>\n<a href="https://www.unodc.org/folder/{name}?a=1&amp;b=2">English</a>',
    )


A, B = news("a.pdf"), news("b.pdf")


def verdict(
    accepted: Sequence[Said],
    owed: Sequence[Said] = (A, B),
    kills: Sequence[Kill] = (),
    published: Sequence[str] = ("a.pdf", "b.pdf"),
    chats: Sequence[int] = (GROUP,),
) -> Verdict:
    return judge(published=published, chats=chats, accepted=accepted, owed=owed, kills=kills, name_of=name_of)


def kill(*in_flight: Said, unreadable: str = "") -> Kill:
    return Kill(1, "any", "idle", in_flight, unreadable)


def test_each_message_once_and_in_order_is_right() -> None:
    assert verdict([A, B]).faults == ()


def test_a_publication_that_one_chat_never_heard_of_is_lost() -> None:
    found = verdict([A, B, news("a.pdf", PERSON)], [A, B, news("a.pdf", PERSON)], chats=(GROUP, PERSON))
    assert found.lost == ("b.pdf never reached 555",)


def test_a_repeat_of_what_was_in_flight_at_a_kill_is_counted_and_right() -> None:
    found = verdict([A, A, B], kills=[kill(A)])
    assert found.repeated == ("-1001: Mexico published",)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("accepted", "kills"),
    [([A, A, B], []), ([A, A, B], [kill(B)]), ([A, A, A, B], [kill(A)])],
    ids=["without a kill", "of another than was in flight", "oftener than it was"],
)
def test_a_repeat_that_no_kill_explains_is_a_fault(accepted: list[Said], kills: list[Kill]) -> None:
    assert len(verdict(accepted, kills=kills).unexplained) == 1


def test_operators_too_hear_the_same_words_once() -> None:
    words = (OPERATOR, "the first look")
    assert len(verdict([words, words], [words, words], published=()).unexplained) == 1


@pytest.mark.parametrize("said", [news("c.pdf"), (GROUP, "no link at all")])
def test_a_message_about_nothing_that_was_published_is_false(said: Said) -> None:
    assert len(verdict([A, B, said], [A, B, said]).false) == 1


def test_a_publication_told_again_in_other_words_is_false_whatever_the_kills() -> None:
    again = news("a.pdf", words="published again")
    assert len(verdict([A, B, again], [A, B, again], [kill(A)]).false) == 1


def test_messages_in_another_order_than_owed_are_a_fault() -> None:
    assert len(verdict([B, A]).disorder) == 1


def test_a_message_that_was_owed_to_nobody_is_a_fault() -> None:
    assert len(verdict([A, B], [A]).disorder) == 1


def test_a_message_that_was_owed_and_never_accepted_is_a_fault() -> None:
    assert len(verdict([A, B], [A, B, (OPERATOR, "the first look")]).disorder) == 1


def test_a_store_that_cannot_be_read_is_a_fault() -> None:
    assert verdict([A, B], kills=[kill(unreadable="no JSON")]).unreadable == ("after kill 1: no JSON",)


def test_two_messages_in_flight_to_one_chat_at_one_kill_are_a_fault() -> None:
    assert verdict([A, B], kills=[kill(A, B)]).crowded == ("kill 1: 2 in flight to -1001",)


def test_one_message_in_flight_to_each_chat_at_one_kill_is_right() -> None:
    mine = news("a.pdf", PERSON)
    found = verdict([A, mine, mine, A, B], [A, mine, B], kills=[kill(A, mine)])
    assert len(found.repeated) == 2
    assert found.faults == ()


def test_an_address_is_read_as_a_browser_reads_it() -> None:
    said = (GROUP, '<a href="https://www.unodc.org/a&amp;b.pdf">English</a>')
    assert verdict([said], [said], published=("a&b.pdf",)).faults == ()
