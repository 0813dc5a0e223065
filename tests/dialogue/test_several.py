import pytest

from monitor.dialogue.several import Several, several
from tests.dialogue.talk import SHIPPED


def named(text: str) -> tuple[str, ...]:
    found = several(text, SHIPPED.countries)
    assert found.unknown == ""
    return tuple(country.code for country in found.countries)


def test_two_names_are_understood_whatever_stands_between_them() -> None:
    for text in (
        "Mexico Brazil",
        "Mexico, Brazil",
        "mexico;brazil",
        "Mexico and Brazil",
        "México y Brasil",
        "Mexique et Brésil",
        "MEX BRA",
        "Mexico vs. Brazil",
        "Mexico / Brazil",
        "Mexico\nBrazil",
        "  Mexico ,, and Brazil , ",
        "the Mexico, Brazil",
    ):
        assert named(text) == ("MEX", "BRA"), text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ()),
        (" , ; and", ()),
        ("Mexico", ("MEX",)),
        ("Brazil Mexico Brazil MEX", ("BRA", "MEX")),
        ("Niger Nigeria", ("NER", "NGA")),
        ("Guinea Bissau Guinea", ("GNB", "GIN")),
        ("Equatorial Guinea Guinea-Bissau Papua New Guinea", ("GNQ", "GNB", "PNG")),
        ("Antigua and Barbuda and Chad", ("ATG", "TCD")),
        ("Trinidad and Tobago and Saint Kitts and Nevis", ("TTO", "KNA")),
        ("Bosnia and Herzegovina, Sao Tome and Principe", ("BIH", "STP")),
        ("Bahamas, The, Chad", ("BHS", "TCD")),
        ("Chad, Bahamas, The", ("TCD", "BHS")),
        ("Congo, Democratic Republic of the", ("COD",)),
        ("Congo, Democratic Republic of the Congo", ("COG", "COD")),
        # Two codes that together would be a third country's name.
        ("cyp, rus", ("CYP", "RUS")),
        ("CYP RUS", ("CYP", "RUS")),
        ("Cyp rus", ("CYP", "RUS")),
        ("United Kingdom of Great Britain and Northern Ireland and Ireland", ("GBR", "IRL")),
        ("Côte d'Ivoire Lao People's Democratic Republic", ("CIV", "LAO")),
        ("EU Niger", ("EU", "NER")),
    ],
)
def test_names_are_read_whole_and_each_country_counts_once(text: str, codes: tuple[str, ...]) -> None:
    assert named(text) == codes


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("Brazl", (), "Brazl"),
        ("Mexico Brazl", ("MEX",), "Brazl"),
        ("Brazl Mexico", (), "Brazl"),
        ("Mexico and Brazl and Chad", ("MEX",), "Brazl"),
        ("Mexico, Untied Kingdom, Chad", ("MEX",), "Untied Kingdom"),
        ("Mexico Untied Kingdom Chad", ("MEX",), "Untied Kingdom"),
        ("Antigua and Barbados-Barbuda", ("ATG",), "Barbados-Barbuda"),
        ("<b>", (), "<b>"),
        ("Guinea Bissaux", ("GIN",), "Bissaux"),
    ],
)
def test_the_first_words_that_name_nobody_are_given_back(
    text: str, codes: tuple[str, ...], unknown: str
) -> None:
    found = several(text, SHIPPED.countries)
    assert (tuple(country.code for country in found.countries), found.unknown) == (codes, unknown)


def test_every_country_is_understood_beside_another_by_each_of_its_names() -> None:
    for country in SHIPPED.countries:
        for name in (country.code, *country.names.values()):
            other = "Chad" if country.code != "TCD" else "Mali"
            for text in (f"{name} and {other}", f"{other}, {name}"):
                assert {each.code for each in several(text, SHIPPED.countries).countries} >= {country.code}


def test_what_a_stranger_writes_at_length_is_not_read_to_its_end() -> None:
    assert len(several("Niger " * 5000, SHIPPED.countries).countries) == 1
    long = several("Niger x" * 9 + "y " * 5000, SHIPPED.countries)
    assert len(long.unknown) < 200
    # Twenty names of which each can be read in two ways: tried one after the other that would take a day.
    assert several("CYP RUS " * 19 + "x", SHIPPED.countries).unknown == "x"
    assert several("a" * 100_000, SHIPPED.countries) == Several((), "a" * 100_000)
