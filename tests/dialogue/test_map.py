from __future__ import annotations

import pytest

from tests.alert.samples import document, dossier, known
from tests.dialogue.talk import LANGUAGES, presses, says, view

READ = view(dossier(known(document())))


@pytest.mark.parametrize(
    ("words", "name", "title"),
    [
        ("", "uncac-map-2-", "Who published their UNCAC review (cycle 2)"),
        ("1", "uncac-map-1-", "Who published their UNCAC review (cycle 1)"),
        ("country report", "uncac-map-2-country-report-", "Country report (cycle 2): who published"),
        (
            "cycle 1 self-assessment",
            "uncac-map-1-self-assessment-",
            "Self-assessment (cycle 1): who published",
        ),
        ("reports and self-assessments", "uncac-map-2-", "Who published their UNCAC review (cycle 2)"),
    ],
)
def test_a_map_is_of_the_cycle_and_document_that_are_named(words: str, name: str, title: str) -> None:
    drawing = says(f"/map {words}", READ).drawing
    assert drawing
    assert drawing.name.startswith(name)
    assert drawing.caption.splitlines()[0] == title
    assert title in drawing.svg


def test_what_nobody_understands_is_said_and_nothing_is_drawn() -> None:
    reply = says("/map Nigr", READ)
    assert reply.drawing is None
    assert reply.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_publications_over_time_are_a_picture_of_their_own(language: str) -> None:
    drawing = presses("map:time", READ, language).drawing
    assert drawing
    assert drawing.name.startswith("uncac-over-time-")
    assert drawing.buttons


def test_before_the_first_look_there_is_nothing_to_draw_over_time() -> None:
    reply = presses("map:time")
    assert reply.drawing is None
    assert reply.message
    assert reply.message.html == "Nobody has looked yet."


@pytest.mark.parametrize("data", ["map", "map:9:9", "map:x", "map:-1:0"])
def test_a_forged_button_shows_some_map(data: str) -> None:
    drawing = presses(data, READ).drawing
    assert drawing
    assert drawing.svg.startswith("<svg")


def test_the_buttons_lead_to_every_other_map_and_not_to_the_one_that_is_shown() -> None:
    drawing = says("/map 1", READ).drawing
    assert drawing
    assert [button.data for button in drawing.buttons] == ["map:1:0", "map:0:1", "map:0:2", "map:time"]
