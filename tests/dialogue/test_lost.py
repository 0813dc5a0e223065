import pytest

from tests.dialogue.talk import LANGUAGES, heard, offers, presses, read, says


def suggested(text: str, language: str = "en") -> set[str]:
    """The codes of the countries that are offered; every button opens a card when a person presses it."""
    reply = says(f"/status {text}", language=language)
    assert reply.message
    assert all(button.data.startswith("card:") for button in reply.message.buttons)
    return {data.removeprefix("card:") for data in offers(reply).values()}


def flag(text: str, language: str) -> str:
    return heard(f"/status {text}", language=language).split(" ")[0]


@pytest.mark.parametrize(
    ("flag_shown", "names"),
    [
        ("🇳🇪", ("Niger", "Niger", "Níger")),
        ("🇳🇬", ("Nigeria", "Nigéria", "Nigeria")),
        ("🇨🇬", ("Congo", "République du Congo", "República del Congo")),
        ("🇨🇩", ("DR Congo", "République démocratique du Congo", "República Democrática del Congo")),
        ("🇰🇷", ("South Korea", "Corée du Sud", "Corea del Sur")),
        ("🇬🇳", ("Guinea", "Guinée", "Guinea")),
        ("🇬🇼", ("Guinea-Bissau", "Guinée-Bissau", "Guinea-Bissau")),
        ("🇬🇶", ("Equatorial Guinea", "Guinée équatoriale", "Guinea Ecuatorial")),
        ("🇵🇬", ("Papua New Guinea", "Papouasie-Nouvelle-Guinée", "Papua Nueva Guinea")),
        ("🇩🇲", ("Dominica", "Dominique", "Dominica")),
        ("🇩🇴", ("Dominican Republic", "République dominicaine", "República Dominicana")),
    ],
)
def test_countries_that_are_easily_confused_are_told_apart_in_three_languages(
    flag_shown: str, names: tuple[str, str, str]
) -> None:
    for name, language in zip(names, LANGUAGES, strict=True):
        assert flag(name, language) == flag_shown
        assert flag(name.upper(), language) == flag_shown


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nigerr", {"NER", "NGA"}),
        ("Kongo", {"COG"}),
        ("the two Congos", set()),
        ("Korea", {"KOR"}),
        ("Guinee Bisau", {"GNB"}),
        ("new guinea", {"PNG"}),
        ("Dominicana", {"DOM", "DMA"}),
    ],
)
def test_a_name_that_is_merely_similar_is_suggested_never_acted_on(text: str, codes: set[str]) -> None:
    for language in LANGUAGES:
        found = suggested(text, language)
        assert codes <= found
        assert len(found) <= 5


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("North Korea", "en", "No State party to the Convention is called “North Korea”."),
        ("DPRK", "en", "No State party to the Convention is called “DPRK”."),
        ("Corée du Nord", "fr", "Corée du Nord"),
        ("Corea del Norte", "es", "Corea del Norte"),
    ],
)
def test_north_korea_is_no_state_party_and_is_never_taken_for_the_other_one(
    text: str, language: str, sentence: str
) -> None:
    said = heard(f"/status {text}", language=language)
    assert sentence in said
    assert not said.startswith("🇰🇷")


def test_a_suggestion_becomes_the_card_where_it_is_pressed() -> None:
    assert offers(says("/status Mexcio")) == {"🇲🇽 Mexico": "card:MEX"}
    pressed = presses("card:MEX")
    assert pressed.is_edit
    assert read(pressed).startswith("🇲🇽 Mexico\n")


def test_a_name_like_no_country_gets_advice_and_what_was_typed_stays_text() -> None:
    reply = says("/status <b>qqqq</b>")
    assert read(reply) == (
        "No State party to the Convention is called “<b>qqqq</b>”.\n"
        "Try its English, French or Spanish name, or its three-letter code."
    )
    assert offers(reply) == {}


def test_whoever_types_a_whole_page_is_answered_in_a_line() -> None:
    assert len(heard(f"/status {'x y' * 1300}")) < 200
