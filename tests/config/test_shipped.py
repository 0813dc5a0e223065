"""Facts about the files in config/ themselves."""

from __future__ import annotations

import tomllib

import pytest

from monitor.config import load_config
from monitor.config.settings import SourceSettings
from monitor.config.sources import known_settings
from monitor.config.tables import LANGUAGES
from monitor.model import PledgeState
from tests.config.helpers import COUNTRIES, SHIPPED

REGIONS = {
    "Sub-Saharan Africa",
    "Middle East & North Africa",
    "East Asia, Central Asia & Pacific",
    "South Asia",
    "Europe",
    "Americas",
}
SIGNATORIES = {"AUT", "MUS", "NLD", "TUN", "FIN", "MNE", "AUS", "MDA", "BRA", "UKR", "BEL", "CHE", "MEX"}
TOML = (SHIPPED / "monitor.toml").read_text("utf-8")


def test_the_file_sets_every_setting_and_no_other() -> None:
    written = {(section, key) for section, values in tomllib.loads(TOML).items() for key in values}
    assert written == {place for place, _ in known_settings()}


def test_the_models_hold_no_default_that_could_drift_from_the_file() -> None:
    assert [place for place, info in known_settings() if not info.is_required()] == []


def test_every_setting_has_exactly_one_comment_on_the_line_above_it() -> None:
    lines = TOML.splitlines()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), line
            assert not lines[number - 2].startswith("#"), line
            assert "#" not in line, line


def test_every_number_says_its_unit_or_its_bounds_in_the_comment() -> None:
    lines = TOML.splitlines()
    for number, line in enumerate(lines):
        if line.partition(" = ")[2].replace(".", "").isdigit():
            assert any(word in lines[number - 1] for word in ("or more", "more than 0", " to ")), line


@pytest.mark.parametrize(
    ("place", "default"),
    [
        (("source", "profile_url"), "https://www.unodc.org/corruption/en/country-profiles/data/{code}.html"),
        (("source", "allow_http"), False),
        (("source", "respect_robots"), True),
        (("source", "spacing"), 1.0),
        (("source", "concurrency"), 4),
        (("schedule", "all_minutes"), 360),
        (("schedule", "signatories_minutes"), 60),
        (("believe", "grace_hours"), 72),
        (("telegram", "token"), ""),
        (("telegram", "chats"), []),
        (("store", "path"), "data/monitor.json"),
    ],
)
def test_the_defaults_that_others_rely_on(place: tuple[str, str], default: object) -> None:
    assert tomllib.loads(TOML)[place[0]][place[1]] == default


def test_there_are_192_states_parties_each_with_a_code_of_its_own() -> None:
    assert len(COUNTRIES) == len({country.code for country in COUNTRIES}) == 192


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_192_names_in_every_language(language: str) -> None:
    assert len({country.names[language] for country in COUNTRIES}) == 192


def test_every_country_has_one_of_six_regions_and_every_region_countries() -> None:
    assert {country.region for country in COUNTRIES} == REGIONS


def test_every_country_has_a_flag_of_its_own() -> None:
    assert len({country.flag for country in COUNTRIES}) == 192
    assert {len(country.flag) for country in COUNTRIES} == {2}


def test_only_the_european_union_has_a_profile_code_of_its_own() -> None:
    assert {country.code for country in COUNTRIES if len(country.code) != 3} == {"EU"}
    assert all(country.profile_code == country.code for country in COUNTRIES)


@pytest.mark.parametrize(
    ("code", "en", "fr", "es"),
    [
        (
            "BOL",
            "Bolivia (Plurinational State of)",
            "Bolivie (État plurinational de)",
            "Bolivia (Estado Plurinacional de)",
        ),
        ("NLD", "Netherlands (Kingdom of the)", "Pays-Bas (Royaume des)", "Países Bajos (Reino de los)"),
        ("TUR", "Türkiye", "Türkiye", "Türkiye"),
        ("VNM", "Viet Nam", "Viet Nam", "Viet Nam"),
        ("CIV", "Côte d'Ivoire", "Côte d'Ivoire", "Côte d'Ivoire"),
        ("PSE", "State of Palestine", "État de Palestine", "Estado de Palestina"),
        ("VAT", "Holy See", "Saint-Siège", "Santa Sede"),
        ("EU", "European Union", "Union européenne", "Unión Europea"),
        ("CZE", "Czechia", "Tchéquie", "Chequia"),
        ("MKD", "North Macedonia", "Macédoine du Nord", "Macedonia del Norte"),
        (
            "IRN",
            "Iran (Islamic Republic of)",
            "Iran (République islamique d')",
            "Irán (República Islámica del)",
        ),
    ],
)
def test_the_names_are_the_ones_the_united_nations_use(code: str, en: str, fr: str, es: str) -> None:
    country = next(country for country in COUNTRIES if country.code == code)
    assert country.names == {"en": en, "fr": fr, "es": es}


def test_all_13_confirmed_signatories_are_there_and_the_list_says_it_is_not_complete() -> None:
    config = load_config({})
    signed = {code for code, pledge in config.pledges.items() if pledge.state is PledgeState.SIGNATORY}
    assert signed == SIGNATORIES
    assert not config.is_pledge_complete
    assert (SHIPPED / "pledge.csv").read_text("utf-8").startswith("# complete: no, 13 of at least 44 known\n")


def test_the_settings_of_the_source_are_the_ones_that_are_documented() -> None:
    assert set(SourceSettings.model_fields) == set(tomllib.loads(TOML)["source"])
