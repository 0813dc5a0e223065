from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Country
from monitor.names import find_country, name_key, spellings, suggest_countries
from tests.config.helpers import COUNTRIES


def test_a_code_is_found_without_a_look_at_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.names.spellings", None)
    found = [find_country(country.code, COUNTRIES) for country in COUNTRIES]
    assert found == list(COUNTRIES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Niger", "NER"),
        ("Níger", "NER"),
        ("le Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Nigéria", "NGA"),
        ("Congo", "COG"),
        ("Republic of the Congo", "COG"),
        ("Congo-Brazzaville", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("DR Congo", "COD"),
        ("D.R.C.", "COD"),
        ("RDC", "COD"),
        ("Congo Kinshasa", "COD"),
        ("Republic of Korea", "KOR"),
        ("South Korea", "KOR"),
        ("Corée du Sud", "KOR"),
        ("Guinea", "GIN"),
        ("Guinée", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("guinea bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Guinea Ecuatorial", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Papouasie-Nouvelle-Guinée", "PNG"),
        ("Dominica", "DMA"),
        ("Dominique", "DMA"),
        ("Dominican Republic", "DOM"),
        ("la República Dominicana", "DOM"),
        ("Sudan", "SDN"),
        ("Soudan", "SDN"),
        ("South Sudan", "SSD"),
        ("Sudán del Sur", "SSD"),
        ("Ireland", "IRL"),
        ("Samoa", "WSM"),
        ("Micronesia", "FSM"),
        ("Granada", "GRD"),
    ],
)
def test_countries_that_are_easily_confused_are_told_apart(text: str, code: str) -> None:
    found = find_country(text, COUNTRIES)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mex", "MEX"),
        (" México ", "MEX"),
        ("MEXIQUE", "MEX"),
        ("Cote d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Bolivia", "BOL"),
        ("Iran", "IRN"),
        ("UK", "GBR"),
        ("U.S.A.", "USA"),
        ("EE. UU.", "USA"),
        ("Russia", "RUS"),
        ("Moldova", "MDA"),
        ("Venezuela", "VEN"),
        ("Tanzania", "TZA"),
        ("Czech Republic", "CZE"),
        ("Swaziland", "SWZ"),
        ("Macedonia", "MKD"),
        ("Laos", "LAO"),
        ("Vietnam", "VNM"),
        ("Palestine", "PSE"),
        ("Vatican", "VAT"),
        ("The Gambia", "GMB"),
        ("Gambia (The)", "GMB"),
        ("Netherlands", "NLD"),
        ("los Países Bajos", "NLD"),
        ("l'Ukraine", "UKR"),
        ("Salvador", "SLV"),
        ("Antigua & Barbuda", "ATG"),
        ("St. Lucia", "LCA"),
        ("Sao Tome & Principe", "STP"),
        ("EU", "EU"),
        ("Union européenne", "EU"),
    ],
)
def test_a_country_is_found_by_what_people_call_it(text: str, code: str) -> None:
    found = find_country(text, COUNTRIES)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "Korea",
        "North Korea",
        "Corea",
        "Nigerr",
        "Mexco",
        "Guine",
        "Dominic",
        "Ireland North",
        "the",
        "la",
        "",
        " ",
        "?!",
        "🇲🇽",
        "Syria",
    ],
)
def test_what_is_merely_similar_is_never_acted_on(text: str) -> None:
    assert find_country(text, COUNTRIES) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mexcio", ["MEX"]),
        ("Nigerr", ["NER", "NGA"]),
        ("Korea", ["KOR"]),
        ("guinee", ["GIN"]),
        ("congo democratic", ["COD"]),
        ("Dominicana", ["DOM", "DMA"]),
        ("sudan south", ["SSD"]),
        ("Tanzanai", ["TZA"]),
    ],
)
def test_a_typing_mistake_brings_suggestions(text: str, codes: list[str]) -> None:
    suggested = [country.code for country in suggest_countries(text, COUNTRIES)]
    assert set(codes) <= set(suggested)


def test_the_most_alike_comes_first_and_no_more_than_asked_for() -> None:
    assert [country.code for country in suggest_countries("Mexcio", COUNTRIES, limit=1)] == ["MEX"]
    assert {country.code for country in suggest_countries("guinea", COUNTRIES)} >= {
        "GIN",
        "GNB",
        "GNQ",
        "PNG",
    }
    assert suggest_countries("guinea", COUNTRIES)[0].code == "GIN"
    assert suggest_countries("guinea", COUNTRIES, limit=0) == ()


@pytest.mark.parametrize("text", ["", "?", "xqzxqzxqz", "ocixem"])
def test_what_resembles_nothing_brings_no_suggestion(text: str) -> None:
    assert suggest_countries(text, COUNTRIES) == ()


def test_what_follows_a_names_length_is_not_compared_and_every_name_is_shorter() -> None:
    assert max(len(spelling) for country in COUNTRIES for spelling in spellings(country)) < 80
    assert suggest_countries(" " * 79 + "Mexico", COUNTRIES) == suggest_countries("M", COUNTRIES)
    assert suggest_countries(" " * 70 + "Mexcio", COUNTRIES)[0].code == "MEX"


def test_suggestions_do_not_depend_on_the_order_of_the_table() -> None:
    assert suggest_countries("guinea", COUNTRIES, 9) == suggest_countries("guinea", COUNTRIES[::-1], 9)


def test_a_word_that_is_only_an_article_is_still_a_word() -> None:
    assert name_key("La") == "la"


def test_nothing_typed_finds_nothing_even_where_a_name_is_missing() -> None:
    nameless = Country("", {"en": "", "fr": "-", "es": "?"})
    assert find_country("!", [nameless]) is None


def test_every_spelling_of_every_country_finds_that_country() -> None:
    for country in COUNTRIES:
        for spelling in spellings(country):
            assert find_country(spelling, COUNTRIES) is country, spelling


@given(st.text(st.characters(max_codepoint=0x24F), max_size=20))
def test_a_key_is_its_own_key(text: str) -> None:
    key = name_key(text)
    assert " " not in key
    assert name_key(key) == key


@given(st.sampled_from(COUNTRIES), st.data())
def test_case_and_punctuation_never_matter(country: Country, data: st.DataObject) -> None:
    spelling = data.draw(st.sampled_from(list(spellings(country))))
    for text in (spelling.upper(), spelling.lower(), f"  «{spelling}»! ", spelling.replace(" ", "-")):
        assert find_country(text, COUNTRIES) is country
