"""An operators' chat without Telegram."""

from __future__ import annotations

from dataclasses import replace

from monitor.board.view import View
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import Reply
from monitor.model import World
from tests.dialogue.talk import view

OPERATORS = Ask("", -9, is_operator=True, thread=3)


def orders(text: str, of: View | None = None, language: str = "en") -> Reply:
    """An operator says something."""
    return ROUTER.answer(replace(OPERATORS, text=text, language=language), of or view())


def decides(data: str, of: View | None = None, language: str = "en") -> Reply:
    """An operator presses a button."""
    return ROUTER.answer(replace(OPERATORS, text=data, language=language, is_press=True), of or view())


def knowing(of: View, **more: object) -> View:
    """The same view with more known."""
    world: World = replace(of.world, **more)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself
    return replace(of, world=world)
