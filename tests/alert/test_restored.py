"""Going back to a copy: what waited is asked about, what is owed stays owed, what was told stays told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.alert.digest import digests
from monitor.alert.notices import WENT_BACK
from monitor.alert.restored import MOST_ASKED, Loss, is_later, loss, restored
from monitor.model import (
    Change,
    ChangeKind,
    Commit,
    DeliveryState,
    DocumentFile,
    Dossier,
    Duty,
    KnownDocument,
    LookHistory,
    Quiet,
    Subscription,
    When,
    World,
)
from monitor.record.apply import after
from tests.alert.samples import NOW, document, known, published
from tests.alert.test_digest import BOOK, HISTORY, daily, delivery, world
from tests.fakes import text

HOUR = timedelta(hours=1)
TAKEN = NOW
LATER = NOW + 3 * HOUR
OPERATOR = Subscription(777, is_operator=True)
WAITING = delivery("1", 0)
NEWS = published(document(cycle="1", language="es"))


def went_back(copy: World, replaced: World | None = None, now: datetime = LATER) -> World:
    return after(copy, restored(copy, replaced, TAKEN, BOOK, now))


def states(found: World) -> dict[str, DeliveryState]:
    return {one.id: one.state for one in found.deliveries if one.chat != OPERATOR.chat}


def told_operators(found: World) -> list[str]:
    return [text(one.message) for one in found.deliveries if one.chat == OPERATOR.chat]


def test_what_waited_may_have_been_sent_and_operators_are_asked() -> None:
    found = went_back(world(OPERATOR, deliveries=(WAITING,)))
    [one] = [each for each in found.deliveries if each.id == "1"]
    assert (one.state, one.error, one.settled) == (DeliveryState.UNCERTAIN, WENT_BACK, LATER)
    whole, question = told_operators(found)
    assert "went back to a copy" in whole
    assert "1 message was owed then" in whole
    assert "It may have been sent since then" in question
    assert "Telegram did not answer" not in question


def test_what_was_settled_in_the_copy_stays_as_it_was() -> None:
    settled = (
        delivery("1", 0).sent(NOW),
        delivery("2", 0).uncertain("?", NOW),
        delivery("3", 0).given_up("!", NOW),
    )
    assert went_back(world(deliveries=settled)).deliveries == settled


def test_operators_are_not_asked_about_what_is_no_alert() -> None:
    found = went_back(world(OPERATOR, deliveries=(delivery("1"),)))
    assert states(found) == {"1": DeliveryState.UNCERTAIN}
    assert len(told_operators(found)) == 1


def test_operators_are_asked_about_few_and_told_the_number_of_all() -> None:
    many = tuple(delivery(f"{number:03}", 0) for number in range(50))
    told = told_operators(went_back(world(OPERATOR, deliveries=many)))
    assert "50 messages were owed then" in told[0]
    assert len(told) == 1 + MOST_ASKED


@pytest.mark.parametrize(
    "settled", [WAITING.sent(LATER), WAITING.uncertain("?", LATER), WAITING.given_up("!", LATER), WAITING]
)
def test_what_stood_there_knows_what_became_of_a_message(settled: object) -> None:
    copy = world(OPERATOR, deliveries=(WAITING,))
    found = went_back(copy, replace(copy, deliveries=(settled,)))  # type: ignore[arg-type] # each is a delivery
    assert [one for one in found.deliveries if one.id == "1"] == [settled]


def test_what_stood_there_and_went_on_otherwise_knows_nothing_of_the_copy() -> None:
    copy = world(OPERATOR, deliveries=(WAITING,))
    other = replace(copy, changes=HISTORY[1:], deliveries=(WAITING.sent(LATER),))
    assert states(went_back(copy, other)) == {"1": DeliveryState.UNCERTAIN}


def test_what_stood_there_and_is_older_than_the_copy_knows_nothing() -> None:
    copy = world(deliveries=(WAITING.sent(LATER),))
    older = replace(copy, deliveries=(WAITING,))
    assert states(went_back(copy, older)) == {"1": DeliveryState.SENT}
    assert not is_later(older, copy)
    assert is_later(copy, older)


def test_a_message_that_what_stood_there_does_not_have_any_more_is_asked_about() -> None:
    copy = world(OPERATOR, deliveries=(WAITING,))
    gone = replace(copy, deliveries=(), duty=Duty(swept=LATER))
    assert states(went_back(copy, gone)) == {"1": DeliveryState.UNCERTAIN}


# The chat lives in Kathmandu, its digest comes at 8:00: 2:15 UTC.
@pytest.mark.parametrize(
    ("back", "is_told"),
    [
        (timedelta(), False),
        (6 * HOUR, False),
        (12 * HOUR, False),
        (13 * HOUR, True),
        (30 * 24 * HOUR, True),
        (-HOUR, False),
    ],
)
def test_a_digest_whose_hour_came_after_the_copy_has_probably_been_sent(
    back: timedelta, *, is_told: bool
) -> None:
    found = went_back(world(OPERATOR, daily(0, 1)), now=TAKEN + back)
    [reader] = [each for each in found.subscriptions if not each.is_operator]
    assert reader.held == (() if is_told else (0, 1))
    unsure = [one for one in found.deliveries if one.chat == 1]
    assert [(one.state, one.about) for one in unsure] == [(DeliveryState.UNCERTAIN, (0, 1))] * is_told
    assert len(told_operators(found)) == 1 + is_told


def test_no_digest_comes_twice_after_going_back() -> None:
    found = went_back(world(OPERATOR, daily(0, 1)), now=TAKEN + 20 * HOUR)
    assert digests(found, BOOK, TAKEN + 48 * HOUR) == Commit()


def test_what_was_held_for_quiet_hours_that_are_over_has_probably_been_sent() -> None:
    quiet = Quiet(18, 21)  # in Kathmandu: 12:15 to 15:15 UTC
    copy = world(Subscription(1, held=(0,), held_since=NOW))
    copy = replace(copy, chats={1: replace(copy.chats[1], quiet=quiet)})
    assert went_back(copy, now=TAKEN + HOUR).subscriptions[0].held == (0,)
    # A day later it is quiet again, and was not in between.
    found = went_back(copy, now=TAKEN + 24 * HOUR)
    assert found.subscriptions[0].held == ()
    assert [one.state for one in found.deliveries] == [DeliveryState.UNCERTAIN]


def test_what_is_held_for_a_pause_stays_owed() -> None:
    paused = daily(0, 1, is_paused=True)
    assert went_back(world(paused), now=TAKEN + 48 * HOUR).subscriptions == (paused,)


def test_what_stood_there_knows_which_digest_was_sent() -> None:
    copy = world(daily(0, 1))
    sent = replace(copy, subscriptions=(daily(),), deliveries=(delivery("1", 0, 1).sent(LATER),))
    found = went_back(copy, sent)
    assert found.subscriptions[0].held == ()
    assert states(found) == {"1": DeliveryState.SENT}


def test_a_choice_that_ended_since_comes_back_and_is_owed_nothing() -> None:
    copy = world(daily(0, 1))
    ended = replace(copy, subscriptions=(), duty=Duty(swept=LATER))
    assert went_back(copy, ended).subscriptions == (replace(daily(), held=(), held_since=None),)


def dossier(*documents: KnownDocument, **more: object) -> Dossier:
    return replace(Dossier("MEX", documents, NOW, NOW, "hash"), **more)  # type: ignore[arg-type] # fields by name


def went_on(copy: World, fresh: Dossier, *changes: Change) -> World:
    dossiers = {**copy.dossiers, fresh.code: fresh}
    return replace(copy, dossiers=dossiers, changes=(*copy.changes, *changes), duty=Duty(swept=LATER))


OLD = known(document())
TOLD = known(NEWS.document)


def test_what_was_told_since_stays_known_and_nothing_else_does() -> None:
    quiet = known(document(cycle="1", language="ar"))
    copy = world(dossiers={"MEX": dossier(OLD)})
    found = went_back(copy, went_on(copy, dossier(OLD, TOLD, quiet, body_hash="new"), NEWS))
    assert found.dossiers["MEX"] == dossier(OLD, TOLD)
    assert found.changes == (*HISTORY, NEWS)


def test_a_document_that_moved_or_went_since_is_known_as_it_is_now() -> None:
    copy = world(dossiers={"MEX": dossier(OLD)})
    moved = replace(OLD, document=NEWS.document, former_urls=(OLD.document.url,))
    change = replace(NEWS, kind=ChangeKind.MOVED, former_url=OLD.document.url)
    assert went_back(copy, went_on(copy, dossier(moved), change)).dossiers["MEX"] == dossier(moved)
    gone = replace(OLD, missing_since=LATER, is_absence_told=True, is_missing_long=True)
    change = Change("MEX", ChangeKind.WITHDRAWN, OLD.document, LATER, NOW)
    assert went_back(copy, went_on(copy, dossier(gone), change)).dossiers["MEX"] == dossier(gone)


def test_a_country_first_read_since_keeps_its_baseline_where_something_was_told_of_it() -> None:
    for before in ({}, {"MEX": Dossier("MEX")}):
        copy = world(dossiers=before)
        found = went_back(copy, went_on(copy, dossier(OLD, TOLD), NEWS))
        assert found.dossiers["MEX"] == dossier(OLD, TOLD)


def test_what_was_seen_since_stays_seen() -> None:
    copy = world()
    seen = replace(
        copy,
        looks={"MEX": LookHistory("MEX")},
        files={"u": DocumentFile("u", (), LATER)},
        duty=Duty(swept=LATER),
    )
    found = went_back(copy, seen)
    assert (found.looks, found.files) == (seen.looks, seen.files)


def test_the_loss_counts_changes_and_the_chats_whose_choices_differ() -> None:
    copy = world(daily(0), Subscription(2))
    later = replace(
        copy,
        subscriptions=(daily(), Subscription(2, is_silent=True), Subscription(3)),
        changes=(*HISTORY, NEWS),
    )
    assert loss(later, copy) == Loss(1, are_kept=True, chats=frozenset({2, 3}))
    assert loss(replace(later, changes=(NEWS,)), copy) == Loss(1, are_kept=False, chats=frozenset({2, 3}))
    assert loss(copy, copy) == Loss(0, are_kept=True, chats=frozenset())


def test_a_weekly_digest_that_nobody_could_have_sent_yet_stays_held() -> None:
    weekly = daily(0, when=When.WEEKLY)  # NOW is a Tuesday
    assert went_back(world(weekly), now=TAKEN + 5 * 24 * HOUR).subscriptions == (weekly,)
    assert went_back(world(weekly), now=TAKEN + 6 * 24 * HOUR).subscriptions[0].held == ()
