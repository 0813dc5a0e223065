from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.alert.digest import FOLDED
from monitor.alert.heartbeat import heartbeat
from monitor.alert.tell import UNREADABLE
from monitor.language.speech import speak
from monitor.model import (
    Country,
    Delivery,
    DeliveryState,
    Dossier,
    Duty,
    Failing,
    Held,
    Message,
    Snapshot,
    Standing,
    World,
)
from tests.alert.as_telegram import accepted
from tests.alert.samples import MEXICO, NIGER, NOW, document, known

FIJI = Country("FJI", {"en": "Fiji"}, flag="🇫🇯")
ALL = (MEXICO, NIGER, FIJI)
YESTERDAY = NOW - timedelta(days=1)


def read(code: str, hours: float = 1) -> Dossier:
    return Dossier(code, first_read=YESTERDAY, last_read=NOW - timedelta(hours=hours))


def fails(code: str, days: float, why: str = "HTTP 403.") -> Dossier:
    return replace(read(code, 26), failing=Failing(NOW - timedelta(days=days), why, 3, NOW))


def alert(name: str, state: DeliveryState, settled: datetime | None = NOW, **more: object) -> Delivery:
    owed = Delivery(name, 1, Message("x"), NOW, NOW, state=state, about=(0,), settled=settled)
    return replace(owed, **more)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def world(*dossiers: Dossier, **more: object) -> World:
    return replace(World({each.code: each for each in dossiers}), **more)  # type: ignore[arg-type] # the same


def said(known: World, language: str = "en") -> str:
    return accepted(heartbeat(speak(language), known, ALL, YESTERDAY, NOW))


def test_the_heartbeat_says_what_is_read_what_fails_since_when_and_what_was_sent() -> None:
    sent = [alert(f"{n}", DeliveryState.SENT) for n in range(3)]
    duty = Duty(swept=NOW - timedelta(hours=2))
    found = world(read("MEX"), read("NER"), fails("FJI", 1), deliveries=tuple(sent), duty=duty)
    assert said(found) == (
        "2 of 3 countries read\n"
        "🇫🇯 Fiji: failing since Monday (HTTP 403)\n"
        "Oldest good look: 26 hours ago (Fiji)\n"
        "Last sweep of all countries: 2 hours ago\n"
        "3 alerts sent, 0 waiting, 0 uncertain, 0 given up"
    )


def test_what_fails_for_longer_has_a_date_and_comes_first() -> None:
    lines = said(world(fails("MEX", 1), fails("NER", 6), fails("FJI", 40))).splitlines()
    assert lines[0] == "0 of 3 countries read"
    assert [line.split(" (")[0] for line in lines[1:4]] == [
        "🇫🇯 Fiji: failing since 15 Oct 2026",
        "🇳🇪 Niger: failing since 18 Nov 2026",
        "🇲🇽 Mexico: failing since Monday",
    ]


def test_a_country_that_was_never_read_is_not_read_and_of_very_many_that_fail_the_rest_is_counted() -> None:
    countries = tuple(Country(f"C{n}", {"en": f"C{n}"}) for n in range(14))
    found = world(*(fails(each.code, 1) for each in countries))
    text = accepted(heartbeat(speak("en"), found, countries, YESTERDAY, NOW))
    assert text.count("failing since") == 12
    assert "… and 2 more countries" in text
    assert said(World()) == "0 of 3 countries read\n0 alerts sent, 0 waiting, 0 uncertain, 0 given up"


def test_only_alerts_are_counted_and_only_those_settled_since_the_last_word() -> None:
    states = (
        alert("1", DeliveryState.SENT),
        alert("2", DeliveryState.SENT, YESTERDAY - timedelta(seconds=1)),
        alert("3", DeliveryState.SENT, about=()),
        alert("4", DeliveryState.WAITING, None),
        alert("5", DeliveryState.UNCERTAIN, YESTERDAY - timedelta(days=9)),
        alert("6", DeliveryState.GIVEN_UP),
        alert("7", DeliveryState.GIVEN_UP, error=FOLDED),
        alert("8", DeliveryState.GIVEN_UP, YESTERDAY - timedelta(seconds=1)),
    )
    assert "1 alert sent, 1 waiting, 1 uncertain, 1 given up" in said(world(deliveries=states))


def test_what_waits_for_a_person_is_counted() -> None:
    held = Held("odd", NOW, Snapshot((), ""))
    asked = replace(known(document()), standing=Standing.ASKED)
    gone = replace(asked, missing_since=NOW)
    text = said(
        world(
            replace(read("MEX"), held=held, documents=(asked, asked, gone, known(document()))),
            replace(read("NER"), held=replace(held, is_rejected=True)),
        )
    )
    assert "1 held look waits for you\n2 documents that nobody recognises wait for you" in text
    assert "wait" not in said(world(read("MEX"))).replace("0 waiting", "")


def test_an_incident_and_a_stop_are_said_again_every_day() -> None:
    found = world(incidents={UNREADABLE: YESTERDAY}, duty=Duty(paused_since=YESTERDAY))
    assert said(found).splitlines()[-2:] == [
        "All alerts are stopped since 23 Nov 2026 14:00 UTC; /resume sends them",
        "Still: many countries cannot be read, since 23 Nov 2026 14:00 UTC",
    ]


@pytest.mark.parametrize(
    ("found", "is_silent"),
    [
        (world(read("MEX")), True),
        (world(fails("MEX", 1)), False),
        (world(incidents={UNREADABLE: NOW}), False),
        (world(duty=Duty(paused_since=NOW)), False),
    ],
)
def test_the_heartbeat_rings_only_where_something_is_wrong(found: World, is_silent: bool) -> None:
    assert heartbeat(speak("en"), found, ALL, YESTERDAY, NOW).is_silent is is_silent
