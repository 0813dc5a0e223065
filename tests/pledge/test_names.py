from __future__ import annotations

import pytest

from monitor.pledge.names import Named, NameTable
from tests.pledge.reading import TODAY, config

TABLE = NameTable(config().countries)


def names(text: str) -> dict[str, str]:
    return {each.code: each.signed for each in TABLE.find(text, TODAY).names}


def claims(text: str) -> dict[str, str]:
    return {each.code: each.signed for each in TABLE.find(text, TODAY).claims}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Brazil", "BRA"),
        ("BRASIL", "BRA"),
        ("12. The Netherlands", "NLD"),
        ("🇧🇷 Brazil*", "BRA"),
        ("Brazil [3]", "BRA"),
        ("Flag of the Netherlands", "NLD"),
        ("Drapeau de la Suisse", "CHE"),
        ("Brazil flag", "BRA"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Mexico (Secretaría de la Función Pública)", "MEX"),
        ("Trinidad & Tobago", "TTO"),
        ("Korea, Republic of", "KOR"),
        ("Guinea-Bissau", "GNB"),
        ("Côte d’Ivoire", "CIV"),
        ("EU", "EU"),
        ("UK", "GBR"),
    ],
)
def test_a_state_is_found_by_each_of_its_names(text: str, code: str) -> None:
    assert TABLE.exact(text) == code
    assert names(text) == {code: ""}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Brazill",
        "and",
        "AND",
        "us",
        "BRA",
        "PER",
        "Kingdom of Denmark",
        "Scotland",
        "New Guinea",
        "eu",
        "(",
    ],
)
def test_what_is_only_similar_or_an_ordinary_word_is_no_state(text: str) -> None:
    assert TABLE.exact(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Austria (December 2019), Brazil (16 December 2025) and Mexico", {"AUT": "2019-12", "BRA": "2025-12-16", "MEX": ""}),
        ("Austria, 2019; Brazil, 2025", {"AUT": "2019", "BRA": "2025"}),
        ("Antigua and Barbuda, Trinidad and Tobago and Bosnia and Herzegovina", {"ATG": "", "TTO": "", "BIH": ""}),
        ("Bolivia (Plurinational State of), Venezuela (Bolivarian Republic of)", {"BOL": "", "VEN": ""}),
        ("Le Pérou et le Chili", {"PER": "", "CHL": ""}),
        ("España y Perú", {"ESP": "", "PER": ""}),
        ("2019: Austria, Belgium", {"AUT": "2019", "BEL": "2019"}),
        ("16 December 2025 – Brazil", {"BRA": "2025-12-16"}),
        ("Mexico, signed on 3 May 2019", {"MEX": "2019-05-03"}),
        ("Mexico (signed 2019, confirmed 2023)", {"MEX": ""}),
        ("United Kingdom of Great Britain and Northern Ireland", {"GBR": ""}),
        ("Niger, Nigeria", {"NER": "", "NGA": ""}),
        ("Papua New Guinea • Guinea", {"PNG": "", "GIN": ""}),
        ("Czechia / Czech Republic", {"CZE": ""}),
    ],
)  # fmt: skip
def test_several_names_in_a_line_are_parted_each_with_the_date_beside_it(
    text: str, found: dict[str, str]
) -> None:
    assert names(text) == found
    assert not TABLE.find(text, TODAY).has_more


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Finland signs the UNCAC Review Transparency Pledge – 12 April 2022", {"FIN": "2022-04-12"}),
        ("Australia has become the 37th country to sign the Pledge, committing to more", {"AUS": ""}),
        ("In December 2019, Austria became the 19th country to sign the Coalition’s Transparency Pledge", {"AUT": "2019-12"}),
        ("Austria, Belgium and Brazil have signed the Transparency Pledge.", {"AUT": "", "BEL": "", "BRA": ""}),
        ("The Pledge was signed by Austria, Belgium and Brazil.", {"AUT": "", "BEL": "", "BRA": ""}),
        ("Le Pérou a signé l’engagement", {"PER": ""}),
        ("Signatories: Austria; Belgium", {"AUT": "", "BEL": ""}),
        ("Signed: Brazil", {"BRA": ""}),
        ("The countries that joined the Pledge: Chile", {"CHL": ""}),
    ],
)  # fmt: skip
def test_a_sentence_that_says_who_signed_is_understood(text: str, found: dict[str, str]) -> None:
    assert claims(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Kenya publishes its country report",
        "Brazil has joined the OECD",
        "Italy has not signed the Pledge",
        "Sri Lanka yet to sign the Transparency Pledge",
        "We call on Germany to sign the Pledge",
        "The Pledge was not signed by Austria",
        "Not signatories: Austria",
        "Austria is currently undergoing its review by the peer review countries Germany and Vietnam",
        "Ministers of Germany, Vietnam and Peru attended as Austria signed the Pledge",
        "Experts from Iceland and Pakistan visited",
        "Germany – has not signed",
        "The Pledge was signed in Vienna",
        "Chile signed the Pledge but withdrew from it in 2024",
        "",
    ],
)
def test_what_does_not_say_that_a_state_signed_is_no_claim(text: str) -> None:
    assert claims(text) == {}


def test_a_line_that_is_only_a_date_is_known_as_one() -> None:
    assert TABLE.find("Signed on 3 May 2019", TODAY).is_date_only
    assert not TABLE.find("Minister Foo, 3 May 2019", TODAY).is_date_only
    assert not TABLE.find("Mexico, 3 May 2019", TODAY).is_date_only


def test_a_name_that_comes_first_is_told_from_one_among_other_words() -> None:
    assert TABLE.find("Kenya, represented by its minister", TODAY).is_name_first
    found = TABLE.find("The minister, Kenya", TODAY)
    assert (found.names, found.is_name_first, found.has_more) == ((Named("KEN"),), False, True)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Brazill", ("BRA",)),
        ("Kingdom of Denmark", ("DNK",)),
        ("The delegations of Niger and of Nigeria", ("NER", "NGA")),
        ("x", ()),
        ("Our newsletter of the month", ()),
        ("Brazil " * 30, ()),
    ],
)
def test_what_may_be_meant_is_offered_to_a_person(text: str, codes: tuple[str, ...]) -> None:
    assert TABLE.alike(text) == codes


def test_a_hostile_line_is_read_in_good_time() -> None:
    assert TABLE.find("and, " * 2_000, TODAY).names == ()
    assert names("Brazil, " * 2_000) == {"BRA": ""}
