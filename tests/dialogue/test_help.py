import pytest

from monitor.alert import texts
from monitor.board.definitions import definition
from monitor.board.status import Mark
from monitor.dialogue.ask import Ask
from monitor.dialogue.help import help_lines
from monitor.dialogue.menu import menu
from monitor.dialogue.questions import TABLE
from monitor.dialogue.reply import SILENCE
from monitor.language.speech import speak
from monitor.model import ChatKind
from tests.alert.samples import ENGLISH
from tests.dialogue.talk import LANGUAGES, heard, offers, presses, read, says, view

GROUP = Ask("", -100, ChatKind.GROUP, bot="UncacBot")
UNKNOWN = "I do not know that command. You can ask:\n/status Mexico"


def test_start_says_in_three_lines_what_this_is_and_what_to_tap_next() -> None:
    for language in LANGUAGES:
        reply = says("/start", language=language)
        assert len(read(reply).split("\n")) == 3
        for data in offers(reply).values():
            assert presses(data, language=language).message or data.startswith("set")


def test_a_link_with_a_country_behind_it_opens_that_country_and_any_other_says_what_this_is() -> None:
    assert says("/start MEX") == says("/status Mexico")
    for payload in ("XXX", "Nigerr", "<b>", "x" * 64):
        assert says(f"/start {payload}") == says("/start")


def test_help_lists_every_question_and_choice_that_the_menu_offers() -> None:
    for language in LANGUAGES:
        text = heard("/help", language=language)
        named = {line.split()[0] for line in text.split("\n")}
        offered = {f"/{name}" for name, _ in menu(speak(language), "private")}
        assert named <= offered
        assert offered - named == {"/unsubscribe", "/language", "/forget"}
        assert {f"/{name}" for name in TABLE.commands} - named == {"/start"}


def test_about_names_version_source_contact_and_what_is_kept_and_how_to_erase_it() -> None:
    text = heard("/about", view(contact="mail@example.org"))
    assert text.startswith("uncac-monitor 0.1.0\n")
    assert "\nSource: the country profiles of UNODC, www.unodc.org/corruption/en/country-profiles\n" in text
    assert "\nQuestions: mail@example.org\n\nWhat the signs mean\n✓ published: The country's " in text
    for mark in Mark:
        assert f"\n{texts.MARKS[mark]} {texts.mark(ENGLISH, mark)}: {definition(ENGLISH, mark)}\n" in text
    assert ".\n\nPrivacy\n" in text
    assert text.endswith("/forget erases all of it.")
    assert "Questions" not in heard("/about")


def test_what_no_command_is_is_answered_with_help_except_in_groups() -> None:
    for text in ("/frobnicate", "hello", "/", "", "/start@", "\u202e"):
        assert heard(text).startswith(UNKNOWN)
        assert says(text, ask=GROUP) == SILENCE
    assert heard("x").split("\n")[1:] == list(help_lines(speak("en")))


@pytest.mark.parametrize(
    "text", ["/status@UncacBot mexico", "/STATUS   Mexico ", "/status\nMexico", "/status México"]
)
def test_a_command_is_understood_however_it_is_typed(text: str) -> None:
    assert read(says(text, ask=GROUP)).startswith("🇲🇽 Mexico\n")


def test_a_command_for_another_bot_is_not_answered() -> None:
    assert says("/status@OtherBot Mexico", ask=GROUP) == SILENCE
