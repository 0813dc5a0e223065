"""Time zones are found by their names and offered by their cities."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from monitor.language.speech import speak
from monitor.language.zones import COMMON, area, city, find_zone, suggest_zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Vienna", "Europe/Vienna"),
        ("europe / vienna", "Europe/Vienna"),
        ("Vienna", "Europe/Vienna"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("são paulo", "America/Sao_Paulo"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
        ("Vien", ""),
        ("Europe", ""),
        ("posixrules", ""),
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_a_zone_is_found_by_its_name_or_city_and_never_by_half_of_it(text: str, zone: str) -> None:
    assert find_zone(text) == zone


def test_a_city_that_several_zones_share_names_none() -> None:
    assert find_zone("Louisville") == ""
    assert find_zone("America/Kentucky/Louisville") == "America/Kentucky/Louisville"


def test_similar_zones_are_suggested() -> None:
    assert suggest_zones("Vienn")[0] == "Europe/Vienna"
    assert len(suggest_zones("america", 2)) <= 2
    assert suggest_zones("") == ()
    assert "" not in suggest_zones("Louisvile")


def test_every_zone_that_is_offered_exists_and_is_named_in_every_language() -> None:
    offered = [zone for zones in COMMON.values() for zone in zones]
    assert [find_zone(zone) for zone in offered] == offered
    assert all(ZoneInfo(zone) for zone in offered)
    for code in ("en", "fr", "es"):
        assert all(city(speak(code), zone) for zone in offered)
        assert all(area(speak(code), name) for name in COMMON)


def test_a_city_is_named_as_the_language_does() -> None:
    assert [city(speak(code), "Europe/Vienna") for code in ("en", "fr", "es")] == [
        "Vienna",
        "Vienne",
        "Viena",
    ]
    assert city(speak("en"), "America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert city(speak("fr"), "UTC") == "UTC"
    assert area(speak("en"), "antarctica") == "Antarctica"
