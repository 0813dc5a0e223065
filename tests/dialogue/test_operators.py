from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.dialogue.reply import SILENCE, SweepNow
from monitor.model import (
    Commit,
    Delivery,
    DeliveryState,
    Dossier,
    Duty,
    Held,
    Message,
    Snapshot,
    Standing,
)
from monitor.record.review import look_name
from tests.alert.as_telegram import accepted
from tests.alert.samples import LONG_AGO, NOW, K, document, known
from tests.dialogue.duty import OPERATORS, decides, knowing, orders
from tests.dialogue.talk import LANGUAGES, heard, offers, read, view


def test_all_countries_or_one_are_looked_at_and_the_end_is_told_later() -> None:
    everything = orders("/sweep")
    assert everything.act == SweepNow()
    assert read(everything) == "All countries are looked at.\nHow it ends is told here."
    one = orders("/sweep méxico")
    assert one.act == SweepNow(("MEX",))
    assert read(one) == "🇲🇽 Mexico is looked at.\nHow it ends is told here."


def test_a_sweep_under_way_is_said() -> None:
    busy = replace(view(), sweeping_since=NOW)
    assert "A sweep is under way since 24 Nov 2026 14:00 UTC; this one follows." in read(
        orders("/sweep", busy)
    )


def test_a_country_that_is_only_similar_is_not_looked_at_until_it_is_chosen() -> None:
    reply = orders("/sweep Nigerr")
    assert reply.act is None
    assert offers(reply)["🇳🇪 Niger"] == "sweep:NER"
    chosen = decides("sweep:NER")
    assert (chosen.act, chosen.is_edit) == (SweepNow(("NER",)), True)


@pytest.mark.parametrize("data", ["sweep", "sweep:XXX", "sweep:"])
def test_forged_sweeps_are_silence(data: str) -> None:
    assert decides(data) == SILENCE


def test_health_is_the_heartbeat_of_this_moment_with_what_waits_as_buttons() -> None:
    look = Held("odd", NOW, Snapshot((), ""))
    odd = replace(known(document(K.OTHER, url="https://a.org/x", title="Reply")), standing=Standing.ASKED)
    gone = replace(odd, missing_since=NOW)
    owed = Delivery("7", -5, Message("x"), NOW, NOW, state=DeliveryState.UNCERTAIN, about=(0,), settled=NOW)
    of = knowing(
        view(
            Dossier("MEX", (odd, gone, known(document())), first_read=LONG_AGO, last_read=NOW, held=look),
            Dossier("BRA", held=replace(look, is_rejected=True)),
        ),
        deliveries=(owed, replace(owed, id="8", state=DeliveryState.SENT)),
    )
    reply = orders("/health", of)
    assert read(reply).startswith("1 of 192 countries read\n")
    assert "1 alert sent, 0 waiting, 1 uncertain, 0 given up" in read(reply)
    assert reply.message is not None
    assert not reply.message.is_silent
    labels = offers(reply)
    assert labels["Held: 🇲🇽 Mexico"] == f"hold:show:MEX:{look_name(look)}"
    assert [data.partition(":")[0] for data in labels.values()] == ["hold", "doc", "owed"]
    assert labels["Perhaps not arrived: chat -5"] == "owed:7"


def test_of_very_much_that_waits_only_some_is_offered() -> None:
    look = Held("odd", NOW, Snapshot((), ""))
    of = view(*(Dossier(country.code, held=look) for country in view().countries))
    assert len(offers(orders("/health", of))) == 6


def test_health_counts_from_the_last_heartbeat_on() -> None:
    sent = Delivery(
        "1", 1, Message("x"), NOW, NOW, state=DeliveryState.SENT, about=(0,), settled=NOW - timedelta(hours=2)
    )
    of = knowing(view(), deliveries=(sent,), duty=Duty(heartbeat=NOW - timedelta(hours=1)))
    assert "0 alerts sent" in read(orders("/health", of))
    assert "1 alert sent" in read(orders("/health", knowing(view(), deliveries=(sent,))))


def test_alerts_are_stopped_and_sent_again() -> None:
    stopped = orders("/pause")
    assert stopped.commit == Commit(duty=Duty(paused_since=NOW))
    assert read(stopped).startswith("All alerts are stopped since 24 Nov 2026 14:00 UTC.")
    duty = Duty(swept=NOW, heartbeat=NOW, paused_since=NOW - timedelta(days=1))
    waiting = Delivery("1", 1, Message("x"), NOW, NOW, about=(0,))
    of = knowing(view(), duty=duty, deliveries=(waiting, replace(waiting, id="2", about=())))
    assert orders("/pause", of).commit == Commit(duty=duty)
    assert "23 Nov 2026" in read(orders("/pause", of))
    assert "All alerts are stopped since 23 Nov 2026" in read(orders("/health", of))
    going = orders("/resume", of)
    assert going.commit == Commit(duty=replace(duty, paused_since=None))
    assert read(going) == "Alerts are sent again; 1 message waits."


def test_alerts_that_were_not_stopped_cannot_be_sent_again() -> None:
    assert (orders("/resume").commit, read(orders("/resume"))) == (None, "Alerts are not stopped.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_test_alert_takes_the_way_of_true_ones_to_this_chat_and_says_what_it_is(language: str) -> None:
    reply = orders("/test", language=language)
    assert (reply.message, reply.commit is not None) == (None, True)
    assert reply.commit is not None
    [owed] = reply.commit.deliveries
    assert (owed.chat, owed.thread, owed.about) == (OPERATORS.chat, OPERATORS.thread, ())
    assert accepted(owed.message).startswith("TEST" if language == "en" else "")
    assert all(not button.data.startswith("mute") for button in owed.message.buttons)


def test_a_test_alert_shows_the_document_as_published() -> None:
    commit = orders("/test").commit
    assert commit is not None
    text = accepted(commit.deliveries[0].message)
    assert "published its self-assessment (cycle 1)" in text
    assert "– → ✓" in text


@pytest.mark.parametrize("command", ["/sweep", "/health", "/pause", "/resume", "/chats", "/test"])
def test_elsewhere_these_commands_do_not_exist(command: str) -> None:
    assert heard(command) == heard("/nonsense")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_given_in_every_language(language: str) -> None:
    for command in ("/sweep", "/sweep Mexico", "/sweep x", "/health", "/pause", "/resume", "/chats"):
        assert read(orders(command, language=language))
