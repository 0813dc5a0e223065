import pytest

from monitor.dialogue.inline import inline
from monitor.language.speech import speak
from monitor.model import Button
from tests.alert.as_telegram import accepted
from tests.alert.samples import document, dossier, known
from tests.dialogue.talk import LANGUAGES, heard, view


def offered(text: str, language: str = "en") -> list[str]:
    return [card.id for card in inline(speak(language), text, view())]


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("mexico", "en", ["MEX"]),
        ("Mex", "en", ["MEX"]),
        ("Mexique", "fr", ["MEX"]),
        ("Niger", "en", ["NER", "NGA"]),
        ("Nigeria", "en", ["NGA", "NER"]),
        ("Congo", "en", ["COG", "COD"]),
        ("Guinea", "en", ["GIN", "GNB", "GNQ", "PNG"]),
        ("mexcio", "en", ["MEX"]),
        ("domin", "es", ["DMA", "DOM"]),
        ("z", "en", ["ZMB", "ZWE"]),
    ],
)
def test_what_is_named_comes_first_then_what_begins_so_or_looks_like_it(
    text: str, language: str, codes: list[str]
) -> None:
    found = offered(text, language)
    assert found[0] == codes[0]
    assert set(codes) <= set(found)
    assert len(found) == len(set(found)) <= 10


def test_a_card_shows_its_state_and_sends_what_status_shows_without_buttons_nobody_would_answer() -> None:
    of = view(dossier(known(document())))
    (card, *_) = inline(speak("en"), "mexico", of)
    assert (card.id, card.title, card.description) == ("MEX", "🇲🇽 Mexico", "––– ✓––")
    assert accepted(card.message) == heard("/status Mexico", of)
    assert card.message.buttons == (Button("Country profile", "https://profiles.example/MEX.html"),)


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_whoever_typed_nothing_yet_is_offered_the_world(text: str) -> None:
    for language in LANGUAGES:
        (card,) = inline(speak(language), text, view())
        assert accepted(card.message) == heard("/status", language=language)
        assert card.message.buttons == ()
        assert card.description


def test_what_resembles_nothing_is_offered_nothing_and_one_letter_at_most_ten() -> None:
    assert offered("xqzxqzxqz") == []
    assert len(offered("a")) == 10
    assert len(offered("a" * 256)) <= 10
