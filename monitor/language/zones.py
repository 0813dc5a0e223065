"""Time zones: which there are, what people call them, and which are offered first."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import available_timezones

from babel.dates import get_timezone_location

from monitor.language.speech import Speech, capital
from monitor.profile.words import fold

UTC: Final = "UTC"
_AREAS: Final = {
    "Africa": "Abidjan Accra Addis_Ababa Algiers Cairo Casablanca Dakar Harare Johannesburg Kampala Khartoum Kinshasa Lagos Lusaka Maputo Nairobi Tunis",
    "America": "Argentina/Buenos_Aires Bogota Caracas Chicago Denver Guatemala Halifax Havana La_Paz Lima Los_Angeles Mexico_City Montevideo New_York Panama Port_of_Spain Santiago Sao_Paulo Toronto Vancouver",
    "Asia": "Almaty Amman Baghdad Baku Bangkok Beirut Colombo Dhaka Dubai Ho_Chi_Minh Jakarta Jerusalem Kabul Karachi Kathmandu Kolkata Kuala_Lumpur Manila Riyadh Seoul Shanghai Singapore Tashkent Tbilisi Tehran Tokyo Ulaanbaatar Yangon Yerevan",
    "Europe": "Athens Belgrade Berlin Brussels Bucharest Dublin Helsinki Istanbul Kyiv Lisbon London Madrid Minsk Moscow Oslo Paris Prague Rome Sofia Stockholm Vienna Warsaw Zurich",
    "Pacific": "Apia Auckland Fiji Guadalcanal Honolulu Port_Moresby Tongatapu",
    "Australia": "Adelaide Brisbane Darwin Melbourne Perth Sydney",
}
COMMON: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {area: tuple(f"{area}/{city}" for city in cities.split()) for area, cities in _AREAS.items()}
)
"""The zones that are offered as buttons, by area; every other one is found by its name."""


def find_zone(text: str) -> str:
    """Find the one zone of this name, ``Europe/Vienna`` or its city alone; nothing where it is none or several."""
    return _names().get(_key(text), "")


def suggest_zones(text: str, limit: int = 5) -> tuple[str, ...]:
    """Name the zones that look like ``text``, for a person to choose from."""
    alike = get_close_matches(_key(text)[:60], _names(), limit * 2)
    return tuple(dict.fromkeys(_names()[name] for name in alike if _names()[name]))[:limit]


@cache
def city(say: Speech, zone: str) -> str:
    """Name a zone by its city: Vienna, Vienne, Viena."""
    if zone == UTC:
        return zone
    return str(get_timezone_location(zone, locale=say.code, return_city=True)).rpartition("/")[2]


def area(say: Speech, name: str) -> str:
    """Name a part of the world as zones are sorted into."""
    return {
        "Africa": say("Africa"),
        "America": say("America"),
        "Asia": say("Asia"),
        "Europe": say("Europe"),
        "Pacific": say("Pacific"),
        "Australia": say("Australia"),
    }.get(name, capital(name))


@cache
def _names() -> Mapping[str, str]:
    """Give each zone by its keys; a city that several share is the common one, or names none."""
    zones = sorted(zone for zone in available_timezones() if _is_place(zone))
    cities: dict[str, str] = {}
    for zone in zones:
        cities[_city(zone)] = "" if _city(zone) in cities else zone
    common = {_city(zone): zone for named in COMMON.values() for zone in named}
    return {**cities, **common, **{_key(zone): zone for zone in zones}, "utc": UTC, "gmt": UTC}


def _is_place(zone: str) -> bool:
    return "/" in zone and zone.partition("/")[0] not in {"Etc", "posix", "right", "SystemV"}


def _city(zone: str) -> str:
    return _key(zone.rpartition("/")[2])


def _key(text: str) -> str:
    return fold(text).replace(" ", "")
