from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.pace import ALL, CHAT, Pace
from monitor.alert.turns import Turns, by_chat, owed_now
from monitor.model import ChatId, Delivery, Duty, Message, World
from tests.alert.world import START

MESSAGE = Message("news")
ON_DUTY = Duty()


def owed(name: str, chat: ChatId = 1) -> Delivery:
    return Delivery(name, chat, MESSAGE, START, START)


def world(*deliveries: Delivery, duty: Duty = ON_DUTY) -> World:
    return World(deliveries=deliveries, duty=duty)


def turn(turns: Turns, after: timedelta = timedelta()) -> str:
    """Name whose turn it is now; nothing where it is nobody's yet."""
    found = turns.next(START + after)
    return found[1].id if found is not None and found[0] <= START + after else ""


def test_the_oldest_message_goes_first_whatever_the_chat() -> None:
    turns = Turns(world(owed("1", 5), owed("2", 4), owed("3", 6)), Pace(), START)
    names = []
    while name := turn(turns):
        names.append(name)
        turns.take()
    assert names == ["1", "2", "3"]
    assert turns.next(START) is None


def test_a_chat_that_was_told_lines_up_again_only_when_that_is_settled() -> None:
    first, second = owed("1"), owed("2")
    turns = Turns(world(first, second), Pace(), START)
    assert turn(turns) == "1"
    turns.take()
    assert turns.next(START) is None
    turns.next_of(first, START)
    assert turn(turns) == "2"


def test_a_busy_chat_has_no_turn_until_its_message_is_settled_and_then_not_that_one_again() -> None:
    first, second, other = owed("1"), owed("2"), owed("3", 9)
    turns = Turns(world(first, second, other), Pace(), START, busy={1})
    assert turn(turns) == "3"
    turns.next_of(first, START)
    assert turn(turns) == "2"


def test_a_chat_that_has_nothing_more_does_not_line_up() -> None:
    turns = Turns(world(owed("1")), Pace(), START, busy={1})
    turns.next_of(owed("1"), START)
    turns.next_of(owed("9", 9), START)
    assert turns.next(START) is None


def test_a_first_message_that_is_not_due_holds_those_after_it() -> None:
    later = replace(owed("1"), due=START + timedelta(hours=1))
    assert Turns(world(later, owed("2")), Pace(), START).next(START) is None
    assert turn(Turns(world(later, owed("2"), owed("3", 3)), Pace(), START)) == "3"


def test_a_chat_that_was_told_a_moment_ago_waits_while_others_go() -> None:
    pace = Pace()
    pace.note(1, START)
    turns = Turns(world(owed("1", 1), owed("2", 2)), pace, START)
    assert turn(turns) == "2"
    turns.take()
    assert turns.next(START) == (START + CHAT.window, owed("1", 1))
    assert turn(turns, CHAT.window) == "1"


def test_when_all_is_spent_the_next_turn_is_when_it_is_free_again() -> None:
    pace = Pace()
    for number in range(ALL.count):
        pace.note(100 + number, START)
    assert Turns(world(owed("1")), pace, START).next(START) == (START + ALL.window, owed("1"))


@pytest.mark.parametrize(("is_paused", "expected"), [(False, ["1", "2", "3"]), (True, ["2"])])
def test_while_alerts_are_paused_only_what_is_no_alert_is_owed(
    *, is_paused: bool, expected: list[str]
) -> None:
    alert = replace(owed("1", 7), about=(0,))
    duty = Duty(paused_since=START if is_paused else None)
    found = world(alert, owed("2", 7), replace(owed("3"), about=(3,)), owed("4").sent(START), duty=duty)
    assert [one.id for one in owed_now(found)] == expected


def test_each_chats_line_is_in_the_order_of_ids() -> None:
    lines = by_chat([owed("1", 1), owed("2", 2), owed("3", 1)])
    assert {chat: [one.id for one in line] for chat, line in lines.items()} == {1: ["1", "3"], 2: ["2"]}
