from dataclasses import replace

import pytest

from monitor.alert.press import short
from tests.alert.samples import K, document, dossier, known
from tests.dialogue.talk import LANGUAGES, heard, label_of, offers, presses, read, says, view

AMERICAS = short("Americas")


def test_every_country_is_a_line_of_signs_and_a_legend_says_what_they_mean() -> None:
    documents = (document(), document(K.COUNTRY_REPORT, "1"))
    of = view(dossier(*map(known, documents), code="AUT"))
    text = heard("/countries", of)
    assert "\n–✓– ✓–– 🇦🇹 Austria ★\n" in text
    assert "\n??? ??? 🇦🇺 Australia\n" in text
    assert text.endswith(
        "Cycle 1, cycle 2: self-assessment, country report, executive summary\n"
        "✓ published   × withdrawn   – not seen   ? unknown\n"
        "★ signatory of the Transparency Pledge"
    )


def test_a_page_turns_in_place_and_each_line_has_a_button_to_its_card_that_leads_back() -> None:
    first = says("/countries")
    assert not first.is_edit
    assert read(first).startswith("Countries: All regions\n??? ??? 🇦🇫 Afghanistan\n")
    assert offers(first)["🇦🇫 Afghanistan"] == "card:AFG:list:*:0"
    assert offers(first)["▶"] == "list:*:1"
    assert offers(first)["◀"] == "list:*:19"
    second = presses("list:*:1")
    assert second.is_edit
    assert read(second) != read(first)
    assert "2/20" in offers(second)
    assert "card:BHS:list:*:1" in offers(second).values()


def test_all_countries_stand_on_the_pages_each_once() -> None:
    cards = [
        data
        for page in range(20)
        for data in offers(presses(f"list:*:{page}")).values()
        if data.startswith("card:")
    ]
    assert len(cards) == len(set(cards)) == 192


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("Americas", "en", "Countries: Americas\n"),
        ("region europe", "en", "Countries: Europe\n"),
        ("Sub-Saharan Africa", "en", "Countries: Sub-Saharan Africa\n"),
    ],
)
def test_a_region_is_named_by_words(text: str, language: str, title: str) -> None:
    assert heard(f"/countries {text}", language=language).startswith(title)


def test_a_region_is_chosen_by_buttons() -> None:
    first = says("/countries")
    asked = presses(offers(first)[label_of(first, "Region: ")])
    assert asked.is_edit
    assert read(asked) == "Which region?"
    assert offers(asked)["All regions"] == "list:*:0"
    chosen = presses(offers(asked)["Americas"])
    assert read(chosen).startswith("Countries: Americas\n")
    assert offers(chosen)["▶"] == f"list:{AMERICAS}:1"
    assert len(offers(chosen)) < len(offers(asked)) + 10


def test_a_country_named_is_shown_and_what_is_neither_is_never_guessed() -> None:
    assert heard("/countries Mexico") == heard("/status Mexico")
    assert heard("/countries Mexcio") == heard("/status Mexcio")


def test_countries_stand_in_the_order_of_their_names_in_the_language_of_the_chat() -> None:
    assert heard("/countries").split("\n")[1:4] == [
        "??? ??? 🇦🇫 Afghanistan",
        "??? ??? 🇦🇱 Albania",
        "??? ??? 🇩🇿 Algeria",
    ]
    french = heard("/countries", language="fr").split("\n")[1:4]
    assert french == ["??? ??? 🇦🇫 Afghanistan", "??? ??? 🇿🇦 Afrique du Sud", "??? ??? 🇦🇱 Albanie"]
    names = [label for page in range(20) for label in offers(presses(f"list:*:{page}", language="fr"))]
    assert names.index("🇪🇨 Équateur") < names.index("🇪🇷 Érythrée" if "🇪🇷 Érythrée" in names else "🇪🇸 Espagne")
    assert names.index("🇪🇸 Espagne") < names.index("🇫🇯 Fidji")


@pytest.mark.parametrize(
    "data",
    [
        "list",
        "list:",
        "list:*",
        "list:*:99999999",
        "list:*:-1",
        "list:*:x",
        "list:forged:0",
        "list:*:0:1:2:3",
    ],
)
def test_a_forged_page_is_a_page_that_exists(data: str) -> None:
    assert read(presses(data)).startswith("Countries: All regions\n")


@pytest.mark.parametrize(
    "data",
    ["regions", "regions:", "regions:forget", "regions:set:1:2:3", "regions:missing:1", "regions:list:x"],
)
def test_a_forged_choice_of_region_offers_the_plain_list(data: str) -> None:
    assert offers(presses(data))["Americas"] == f"list:{AMERICAS}:0"


def test_a_list_without_regions_or_countries_is_still_answered() -> None:
    for language in LANGUAGES:
        of = replace(view(), countries=())
        assert heard("/countries", of, language)
        assert len(offers(presses("regions:list", of, language))) == 1
