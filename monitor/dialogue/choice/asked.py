"""The choice that a typed command is about."""

from __future__ import annotations

from monitor.alert.markup import escape
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.keep import Choice, choice_at
from monitor.dialogue.choice.place import spoken_of
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Message


def asked_about(say: Speech, ask: Ask, rest: str, view: View) -> tuple[Choice, str] | Reply:
    """Give the choice that is meant and the words that are left; the answer where it may not be changed from here."""
    found = spoken_of(say, ask, rest, view.world)
    if isinstance(found, str):
        return Reply(Message(escape(found)))
    place, words = found
    return choice_at(place, ask, view.world), words.strip()
