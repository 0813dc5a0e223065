"""A conversation without Telegram: what is said and pressed, and what is read in answer."""

from __future__ import annotations

from dataclasses import replace

from monitor.board.view import View
from monitor.config import load_config
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import Reply
from monitor.model import Change, Dossier, Pledge, PledgeState, World
from tests.alert.as_telegram import accepted
from tests.alert.samples import NOW

SHIPPED = load_config({})
ANN = 7
SIGNED = ("AUT", "FIN", "MEX", "NLD")
LANGUAGES = ("en", "fr", "es")


def view(*dossiers: Dossier, changes: tuple[Change, ...] = (), contact: str = "") -> View:
    """All States parties; four signatories are known; only what is given was read."""
    unknown = {country.code: Pledge(PledgeState.UNKNOWN) for country in SHIPPED.countries}
    signed = {code: Pledge(PledgeState.SIGNATORY, "2023-11-30") for code in SIGNED}
    return View(
        world=World({each.code: each for each in dossiers}, changes),
        countries=SHIPPED.countries,
        pledges=unknown | signed,
        cycles=SHIPPED.rules.cycles,
        is_pledge_complete=False,
        profile_url=lambda country: f"https://profiles.example/{country.code}.html",
        now=NOW,
        version="0.1.0",
        contact=contact,
    )


def says(text: str, of: View | None = None, language: str = "en", ask: Ask | None = None) -> Reply:
    """Ann says something in a private chat, or what ``ask`` describes."""
    asked = replace(ask or Ask("", ANN), text=text, language=language)
    return ROUTER.answer(asked, of or view())


def presses(data: str, of: View | None = None, language: str = "en") -> Reply:
    """Ann presses a button."""
    return ROUTER.answer(Ask(data, ANN, language=language, is_press=True), of or view())


def read(reply: Reply) -> str:
    """What Ann reads in a message that Telegram takes."""
    assert reply.message is not None
    return accepted(reply.message)


def heard(text: str, of: View | None = None, language: str = "en") -> str:
    """What Ann reads after saying something."""
    return read(says(text, of, language))


def offers(reply: Reply) -> dict[str, str]:
    """The buttons of an answer by their labels: what they say or open."""
    assert reply.message is not None
    return {button.label: button.data or button.url for button in reply.message.buttons}


def label_of(reply: Reply, start: str) -> str:
    """The label of the button that begins with some words."""
    return next(label for label in offers(reply) if label.startswith(start))
