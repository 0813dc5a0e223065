import pytest

from monitor.board.definitions import definition
from monitor.board.promise import Kept
from monitor.board.status import Mark, Why
from monitor.language.speech import speak

ENGLISH = speak("en")
EVERY = (*Mark, *Why, *Kept)


@pytest.mark.parametrize("status", EVERY, ids=repr)
def test_every_status_is_defined_in_one_sentence(status: Mark | Why | Kept) -> None:
    words = definition(ENGLISH, status)
    assert words.endswith(".")
    assert words.count(". ") == 0
    assert words[0].isupper()


def test_no_two_statuses_mean_the_same() -> None:
    sentences = [definition(ENGLISH, status) for status in EVERY]
    assert len(set(sentences)) == len(sentences)


def test_no_definition_judges_a_country() -> None:
    text = " ".join(definition(ENGLISH, status) for status in EVERY).casefold()
    assert not [word for word in ("compl", "violat", "fail", "refus", "broke") if word in text]
