"""When what was held is told, and that nothing is told twice or lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alert.book import Book, numbers
from monitor.alert.digest import FOLDED, digests, welcome_back
from monitor.alert.outbox import owed
from monitor.model import (
    ChangeKind,
    Chat,
    Commit,
    Country,
    Delivery,
    DeliveryState,
    DocumentKind,
    Dossier,
    Duty,
    Message,
    Quiet,
    Subscription,
    When,
    World,
)
from monitor.record.apply import after
from tests.alert.as_telegram import accepted
from tests.alert.samples import MEXICO, NIGER, NOW, document, published
from tests.fakes import SHIPPED

FIJI = Country("FJI", {"en": "Fiji", "fr": "Fidji"}, flag="🇫🇯")
BOOK = Book((MEXICO, NIGER, FIJI), {}, SHIPPED.rules, lambda country: f"https://www.unodc.org/{country.code}")
MEXICAN = published(document())
FIJIAN = replace(published(document(DocumentKind.COUNTRY_REPORT, "1", "fr")), code="FJI")
HISTORY = (MEXICAN, FIJIAN, replace(MEXICAN, code="NER"))


def world(*subscriptions: Subscription, **more: object) -> World:
    chats: dict[int | str, Chat] = {1: Chat(1, time_zone="Asia/Kathmandu")}
    known = World(changes=HISTORY, subscriptions=subscriptions, chats=chats)
    return replace(known, **more)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def daily(*held: int, since: datetime = NOW, **more: object) -> Subscription:
    reader = Subscription(1, when=When.DAILY, held=held, held_since=since)
    return replace(reader, **more)  # type: ignore[arg-type] # the same


def delivery(name: str, *about: int, **more: object) -> Delivery:
    owed = Delivery(name, 1, Message(name), NOW, NOW + timedelta(days=1), about=about)
    return replace(owed, **more)  # type: ignore[arg-type] # the same


def test_a_daily_digest_is_owed_at_the_chats_hour_and_not_before() -> None:
    known = world(daily(0, 1))
    hour = datetime(2026, 11, 25, 2, 15, tzinfo=UTC)  # 08:00 in Kathmandu
    assert digests(known, BOOK, hour - timedelta(seconds=1)) == Commit()
    commit = digests(known, BOOK, hour)
    [owed] = commit.deliveries
    assert (owed.chat, owed.due, owed.about, owed.state) == (1, hour, (0, 1), DeliveryState.WAITING)
    assert commit.subscriptions == (Subscription(1, when=When.DAILY),)
    assert digests(after(known, commit), BOOK, hour + timedelta(days=1)) == Commit()


def test_what_is_held_at_the_very_hour_is_in_that_hours_digest() -> None:
    hour = datetime(2026, 11, 25, 2, 15, tzinfo=UTC)
    assert digests(world(daily(0, since=hour)), BOOK, hour).deliveries
    assert digests(world(daily(0, since=hour + timedelta(microseconds=1))), BOOK, hour) == Commit()


def test_chats_that_were_owed_different_news_get_different_digests() -> None:
    first, second = digests(
        world(Subscription(1, held=(0,)), Subscription(2, held=(1,))), BOOK, NOW
    ).deliveries
    assert ("Mexico" in first.message.html, "Mexico" in second.message.html) == (True, False)
    assert (first.about, second.about) == ((0,), (1,))


def test_a_digest_that_was_due_while_the_service_was_down_is_owed_when_it_is_back() -> None:
    assert len(digests(world(daily(0)), BOOK, NOW + timedelta(days=9)).deliveries) == 1


def test_a_weekly_digest_waits_for_monday() -> None:
    known = world(daily(0, when=When.WEEKLY))
    monday = datetime(2026, 11, 30, 2, 15, tzinfo=UTC)
    assert digests(known, BOOK, monday - timedelta(seconds=1)) == Commit()
    [owed] = digests(known, BOOK, monday).deliveries
    assert accepted(owed.message).startswith("Weekly digest: news of 1 country")


def test_what_quiet_hours_and_pauses_held_is_owed_as_soon_as_they_are_over() -> None:
    quiet = Chat(1, quiet=Quiet(13, 15))
    held = Subscription(1, held=(0,), held_since=NOW)
    assert digests(world(held, chats={1: quiet}), BOOK, NOW) == Commit()
    [owed] = digests(world(held, chats={1: quiet}), BOOK, NOW + timedelta(hours=1)).deliveries
    assert accepted(owed.message).startswith("Kept for you meanwhile: news of 1 country")
    assert digests(world(replace(held, is_paused=True)), BOOK, NOW) == Commit()
    assert len(digests(world(held), BOOK, NOW).deliveries) == 1


def test_quiet_hours_over_the_digests_hour_only_put_it_off() -> None:
    chats = {1: Chat(1, digest_hour=8, quiet=Quiet(22, 9))}
    eight = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert digests(world(daily(0), chats=chats), BOOK, eight) == Commit()
    assert digests(world(daily(0), chats=chats), BOOK, eight + timedelta(hours=1)).deliveries


def test_a_chat_that_takes_nothing_has_at_most_one_message_waiting() -> None:
    away = {1: Chat(1, away="blocked", away_since=NOW)}
    held = Subscription(1, held=(0,), held_since=NOW)
    assert digests(world(held, chats=away, deliveries=(delivery("a"),)), BOOK, NOW) == Commit()
    assert len(digests(world(held, chats=away), BOOK, NOW).deliveries) == 1


def test_while_an_operator_stopped_all_alerts_everything_stays_held() -> None:
    known = world(Subscription(1, held=(0,), held_since=NOW), duty=Duty(paused_since=NOW))
    assert digests(known, BOOK, NOW) == Commit()


def test_operators_and_readers_that_are_owed_nothing_get_no_digest() -> None:
    known = world(Subscription(1), Subscription(1, is_operator=True, held=(0,)))
    assert digests(known, BOOK, NOW) == Commit()


def test_a_choice_without_a_moment_is_told_at_once() -> None:
    assert digests(world(daily(0, held_since=None)), BOOK, NOW).deliveries


def test_equal_digests_are_written_once_and_each_chat_gets_its_own_in_its_language_and_topic() -> None:
    readers = (
        Subscription(1, held=(0, 1)),
        Subscription(2, 7, held=(0, 1), is_silent=True),
        Subscription(3, held=(0, 1)),
    )
    commit = digests(world(*readers, chats={3: Chat(3, language="fr")}), BOOK, NOW)
    first, second, third = commit.deliveries
    assert first.message.html == second.message.html != third.message.html
    assert "Fidji" in third.message.html
    assert [(each.chat, each.thread, each.message.is_silent) for each in commit.deliveries] == [
        (1, None, False),
        (2, 7, True),
        (3, None, False),
    ]
    assert len({each.id for each in commit.deliveries}) == 3


def test_two_digests_of_one_moment_have_different_names() -> None:
    known = world(Subscription(1, held=(0,)))
    first = digests(known, BOOK, NOW)
    later = after(after(known, first), Commit(subscriptions=(Subscription(1, held=(1,)),)))
    second = digests(later, BOOK, NOW)
    assert first.deliveries[0].id < second.deliveries[0].id


def test_a_digest_tells_country_by_country_what_happened_when_and_offers_the_cards() -> None:
    also = replace(MEXICAN, document=document(DocumentKind.COUNTRY_REPORT))
    gone = replace(MEXICAN, kind=ChangeKind.WITHDRAWN, seen_at=NOW + timedelta(hours=6), not_before=NOW)
    known = world(daily(0, 1, 2, 3), changes=(MEXICAN, FIJIAN, also, gone))
    [owed] = digests(known, BOOK, NOW + timedelta(days=1)).deliveries
    text = accepted(owed.message)
    assert text == (
        "Daily digest: news of 2 countries\n"
        "\n"
        "🇫🇯 Fiji published its country report (cycle 1)\n"
        "French\n"
        "Appeared between 24 Nov 2026 08:00 and 14:00 UTC\n"
        "\n"
        "🇲🇽 Mexico published its self-assessment and country report (cycle 2); "
        "no longer lists its self-assessment (cycle 2)\n"
        "published its self-assessment (cycle 2): English\n"
        "published its country report (cycle 2): English\n"
        "no longer lists its self-assessment (cycle 2): English\n"
        "Disappeared between 24 Nov 2026 14:00 and 20:00 UTC"
    )
    assert [(each.label, each.data, each.is_beside) for each in owed.message.buttons] == [
        ("🇫🇯 Fiji", "status:FJI", False),
        ("🇲🇽 Mexico", "status:MEX", True),
    ]


def test_a_digest_of_very_many_countries_is_split_between_countries() -> None:
    countries = tuple(Country(f"C{number}", {"en": f"Country {number:03}"}) for number in range(150))
    changes = tuple(replace(MEXICAN, code=each.code) for each in countries)
    book = replace(BOOK, countries=countries)
    known = world(Subscription(1, held=tuple(range(150))), changes=changes)
    parts = digests(known, book, NOW).deliveries
    texts = [accepted(each.message) for each in parts]
    assert len(parts) > 1
    assert all(each.splitlines()[-1].startswith("Appeared") for each in texts)
    assert [each.message.is_silent for each in parts] == [False] + [True] * (len(parts) - 1)
    assert all(each.about == tuple(range(150)) for each in parts)
    assert len(parts[-1].message.buttons) == 8


def test_one_countrys_news_that_is_longer_than_a_message_is_split_between_lines() -> None:
    documents = [document(language=None, url=f"https://a.org/{n}.pdf", title="x" * 70) for n in range(90)]
    cycles = [
        replace(published(each), document=replace(each, cycle=str(n))) for n, each in enumerate(documents)
    ]
    known = world(Subscription(1, held=tuple(range(90))), changes=tuple(cycles))
    parts = digests(known, BOOK, NOW).deliveries
    assert len(parts) > 1
    assert all(accepted(each.message) for each in parts)
    assert sum(each.message.html.count("<a href=") for each in parts) == 90


def test_a_country_that_left_the_configuration_is_told_of_by_its_code() -> None:
    known = world(Subscription(1, held=(0,)), changes=(replace(MEXICAN, code="XXX"),))
    assert "XXX published its self-assessment" in accepted(digests(known, BOOK, NOW).deliveries[0].message)


def test_a_language_that_went_while_another_stays_is_told_as_such() -> None:
    from tests.alert.samples import dossier, known  # noqa: PLC0415 - names of this module otherwise

    gone = replace(MEXICAN, kind=ChangeKind.WITHDRAWN)
    stays = {"MEX": dossier(known(document(language="es")))}
    here: dict[str, Dossier] = stays
    found = world(Subscription(1, held=(0,)), changes=(gone,), dossiers=here)
    assert "no longer in English" in accepted(digests(found, BOOK, NOW).deliveries[0].message)


def test_numbers_without_news_are_let_go() -> None:
    moved = replace(MEXICAN, kind=ChangeKind.MOVED)
    commit = digests(world(Subscription(1, held=(0, 99)), changes=(moved,)), BOOK, NOW)
    assert (commit.deliveries, commit.subscriptions) == ((), (Subscription(1),))


def test_a_chat_that_is_back_is_told_in_one_digest_what_it_missed() -> None:
    away = {1: Chat(1, away="blocked", away_since=NOW - timedelta(days=3))}
    waiting = (delivery("1", 0), delivery("2", 1), delivery("3", 2), delivery("4"))
    known = world(Subscription(1, held=(2,)), deliveries=(*waiting, delivery("9", 0, chat=2)), chats=away)
    commit = welcome_back(known, 1, BOOK, NOW)
    head, folded, also_folded, digest = commit.deliveries
    assert (head.id, head.due, head.state) == ("1", NOW, DeliveryState.WAITING)
    assert [(each.id, each.state, each.error) for each in (folded, also_folded)] == [
        ("2", DeliveryState.GIVEN_UP, FOLDED),
        ("3", DeliveryState.GIVEN_UP, FOLDED),
    ]
    assert digest.about == (1, 2)
    assert accepted(digest.message).startswith(
        "While I could not write here (since 21 Nov 2026 14:00 UTC): news of 2 countries\n"
    )
    assert commit.subscriptions == (Subscription(1),)


def test_a_chat_that_is_back_and_missed_nothing_is_told_nothing() -> None:
    commit = welcome_back(world(Subscription(1), Subscription(1, is_operator=True)), 1, BOOK, NOW)
    assert (commit.deliveries, commit.subscriptions) == ((), (Subscription(1),))
    assert welcome_back(world(), 5, BOOK, NOW).deliveries == ()


def test_the_parts_of_one_message_stay_together() -> None:
    known = world(Subscription(1), deliveries=(delivery("1", 0, due=NOW), delivery("2", 0), delivery("3", 1)))
    commit = welcome_back(known, 1, BOOK, NOW)
    assert [(each.id, each.about) for each in commit.deliveries[:-1]] == [("3", (1,))]
    assert commit.deliveries[-1].about == (1,)


def test_each_topic_of_a_chat_that_is_back_is_told_what_it_missed() -> None:
    waiting = (delivery("1"), delivery("2", 0, thread=7), delivery("3", 1, thread=8))
    known = world(Subscription(1, 7, held=(2,)), deliveries=waiting)
    told = [
        each
        for each in welcome_back(known, 1, BOOK, NOW).deliveries
        if each.about and each.state is DeliveryState.WAITING
    ]
    assert [(each.thread, each.about) for each in told] == [(7, (0, 2)), (8, (1,))]


def test_what_a_chat_missed_that_paused_itself_stays_held() -> None:
    reader = Subscription(1, held=(2,), held_since=NOW - timedelta(days=1), is_paused=True)
    known = world(reader, deliveries=(delivery("1"), delivery("2", 0)))
    commit = welcome_back(known, 1, BOOK, NOW)
    assert commit.subscriptions == (replace(reader, held=(0, 2)),)
    assert [each.id for each in commit.deliveries] == ["1", "2"]
    fresh = world(replace(reader, held=(), held_since=None), deliveries=known.deliveries)
    assert welcome_back(fresh, 1, BOOK, NOW).subscriptions[0].held_since == NOW


@dataclass
class Life:
    """One chat's life: what it asked for, was told, and is still owed."""

    world: World = field(default_factory=lambda: World(subscriptions=(Subscription(1),), chats={1: Chat(1)}))
    now: datetime = NOW

    def publishes(self, codes: list[str]) -> None:
        changes = tuple(replace(MEXICAN, code=code) for code in codes)
        sequence = numbers(self.now, self.world.deliveries)
        found = owed(changes, self.world, lambda _, __: True, _write, now=self.now, sequence=sequence)
        self._commits(Commit((), changes, found.holding, deliveries=found.deliveries))

    def chooses(self, **choice: object) -> None:
        [reader] = self.world.subscriptions
        self._commits(Commit(subscriptions=(replace(reader, **choice),)))  # type: ignore[arg-type] # fields by name

    def has(self, **settings: object) -> None:
        self._commits(Commit(chats=(replace(self.world.chats[1], **settings),)))  # type: ignore[arg-type] # the same

    def comes_back(self) -> None:
        commit = welcome_back(self.world, 1, BOOK, self.now)
        self._commits(replace(commit, chats=(replace(self.world.chats[1], away="", away_since=None),)))

    def operators_pause(self, since: datetime | None) -> None:
        self._commits(Commit(duty=Duty(paused_since=since)))

    def waits(self, hours: int) -> None:
        for _ in range(hours):
            self.now += timedelta(hours=1)
            self._commits(digests(self.world, BOOK, self.now))

    def is_reached(self) -> None:
        """Let one message arrive, as delivering does: the first of those that wait."""
        waiting = [each for each in self.world.deliveries if each.state is DeliveryState.WAITING]
        if waiting and not self.world.chats[1].away:
            self._commits(Commit(deliveries=(waiting[0].sent(self.now),)))

    def _commits(self, commit: Commit) -> None:
        self.world = after(self.world, commit)

    def account(self) -> Counter[int]:
        """Count, for each change, in how many messages or holds it is."""
        live = [each for each in self.world.deliveries if each.state is not DeliveryState.GIVEN_UP]
        assert all(accepted(each.message) for each in live)
        [reader] = self.world.subscriptions
        return Counter([*(number for each in live for number in each.about), *reader.held])


def _write(code: str, numbers: tuple[int, ...], language: str) -> tuple[Message, ...]:
    return (Message(f"{code} {numbers} {language}"),)


def steps() -> st.SearchStrategy[Callable[[Life], None]]:
    codes = st.lists(st.sampled_from(["MEX", "NER", "FJI"]), min_size=1, max_size=4)
    quiet = st.one_of(st.none(), st.builds(Quiet, st.integers(0, 23), st.integers(0, 23)))
    return st.one_of(
        codes.map(lambda some: lambda life: life.publishes(some)),
        st.sampled_from(When).map(lambda when: lambda life: life.chooses(when=when)),
        st.booleans().map(lambda paused: lambda life: life.chooses(is_paused=paused)),
        quiet.map(lambda hours: lambda life: life.has(quiet=hours)),
        st.just(lambda life: life.has(away="blocked", away_since=life.now)),
        st.just(Life.comes_back),
        st.booleans().map(lambda stop: lambda life: life.operators_pause(life.now if stop else None)),
        st.integers(1, 30).map(lambda hours: lambda life: life.waits(hours)),
        st.just(Life.is_reached),
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(steps(), max_size=25))
def test_whatever_a_chat_chooses_every_change_is_told_once_or_still_owed(
    lived: list[Callable[[Life], None]],
) -> None:
    life = Life()
    for step in lived:
        step(life)
        assert life.account() == Counter(range(len(life.world.changes)))
    life.chooses(is_paused=False, when=When.AT_ONCE)
    life.has(quiet=None)
    life.operators_pause(None)
    life.comes_back()
    life.waits(1)
    [reader] = life.world.subscriptions
    assert reader.held == ()
    assert life.account() == Counter(range(len(life.world.changes)))


@pytest.mark.parametrize("known", [0, 3])
def test_numbers_go_on_after_what_is_owed_of_the_same_moment(known: int) -> None:
    first = numbers(NOW)
    before = [delivery(first()) for _ in range(known)]
    assert numbers(NOW, before)() == f"20261124T140000000000-{known:06}"
    assert numbers(NOW + timedelta(microseconds=1), before)().endswith("-000000")
