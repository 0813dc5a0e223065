from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.alert.pace import ALL, CHAT, GROUP, Limit, Pace, is_group
from monitor.model import TERMINAL, ChatId

NOW = datetime(2026, 11, 24, tzinfo=UTC)


SECOND, MINUTE = CHAT.window, GROUP.window


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def starts(chats: list[ChatId]) -> list[tuple[ChatId, datetime]]:
    pace, now, done = Pace(), NOW, list[tuple[ChatId, datetime]]()
    for chat in chats:
        now = pace.next_start(chat, now)
        pace.note(chat, now)
        done.append((chat, now))
    return done


def test_the_first_message_starts_at_once() -> None:
    assert Pace().next_start(1, NOW) == NOW


def test_a_chat_gets_one_message_a_second() -> None:
    assert [at - NOW for _, at in starts([1, 1, 1])] == [0 * SECOND, SECOND, 2 * SECOND]


def test_after_a_quiet_second_a_chat_is_free() -> None:
    pace = Pace()
    pace.note(1, NOW)
    assert pace.next_start(1, NOW + seconds(0.4)) == NOW + SECOND
    assert pace.next_start(1, NOW + seconds(5)) == NOW + seconds(5)


def test_one_chats_limit_is_not_anothers() -> None:
    pace = Pace()
    pace.note(1, NOW)
    assert pace.next_start(2, NOW) == NOW


@pytest.mark.parametrize("group", [-5, -1001234567890, "@channel", "-100"])
def test_the_twenty_first_message_to_a_group_waits_for_its_minute(group: ChatId) -> None:
    times = [at - NOW for _, at in starts([group] * 22)]
    assert times[19:] == [19 * SECOND, MINUTE, MINUTE + SECOND]


def test_a_person_may_get_more_than_twenty_a_minute() -> None:
    assert starts([7] * 25)[-1][1] - NOW == 24 * SECOND


def test_the_thirty_first_message_in_all_waits_for_its_second() -> None:
    times = [at - NOW for _, at in starts(list(range(1, 33)))]
    assert times[29:] == [seconds(0), ALL.window, ALL.window]


def test_the_terminal_has_no_limits_and_uses_up_none() -> None:
    pace = Pace()
    for _ in range(50):
        assert pace.next_start(TERMINAL, NOW) == NOW
        pace.note(TERMINAL, NOW)
    assert pace.next_start(1, NOW) == NOW


def test_chats_that_were_quiet_for_a_minute_are_forgotten() -> None:
    pace = Pace()
    pace.note(1, NOW)
    pace.note(2, NOW + seconds(30))
    pace.note(1, NOW + seconds(31))
    pace.note(3, NOW + seconds(30) + MINUTE)
    assert set(pace._chats) == {1, 3}


def test_a_group_that_is_told_again_and_again_is_not_forgotten() -> None:
    pace = Pace()
    for number in range(20):
        pace.note(-5, NOW + number * seconds(3))
    assert pace.next_start(-5, NOW + seconds(59)) == NOW + MINUTE


def test_where_telegram_means_the_bot_nothing_starts_before_the_time_it_gave() -> None:
    pace = Pace()
    pace.hold(NOW + seconds(9))
    pace.hold(NOW + seconds(5))
    assert pace.next_start(1, NOW) == NOW + seconds(9)
    assert pace.next_start(1, NOW + seconds(10)) == NOW + seconds(10)
    assert pace.next_start(TERMINAL, NOW) == NOW
    assert pace.chat_start(1, NOW) == NOW


def test_what_leaves_at_the_limit_may_arrive_a_little_closer() -> None:
    for limit, telegrams in ((CHAT, 1), (GROUP, 60), (ALL, 1)):
        assert seconds(telegrams) < limit.window < seconds(telegrams * 1.1)


def test_the_limit_for_all_still_allows_more_than_nine_tenths_of_telegrams_thirty_a_second() -> None:
    assert ALL.count / ALL.window.total_seconds() > 0.95 * 30


@pytest.mark.parametrize(
    ("chat", "expected"), [(1, False), (0, False), (-1, True), ("@c", True), ("terminal", False)]
)
def test_negative_numbers_and_names_are_groups(chat: ChatId, *, expected: bool) -> None:
    assert is_group(chat) is expected


def most_within(times: list[datetime], limit: Limit) -> int:
    return max((sum(1 for other in times if at <= other < at + limit.window) for at in times), default=0)


@given(st.lists(st.sampled_from([1, 2, -100, "@channel"]), max_size=90))
@example([-100] * 45)
@example([*range(1, 40)])
def test_no_window_ever_holds_more_than_its_limit(chats: list[ChatId]) -> None:
    done = starts(chats)
    assert most_within([at for _, at in done], ALL) <= ALL.count
    for chat in set(chats):
        times = [at for other, at in done if other == chat]
        assert most_within(times, CHAT) <= CHAT.count
        assert not is_group(chat) or most_within(times, GROUP) <= GROUP.count
