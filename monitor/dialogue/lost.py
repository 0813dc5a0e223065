"""What somebody is answered who named no State party: who could be meant is a question, never acted on."""

from __future__ import annotations

from typing import Final

from monitor.alert.markup import escape, tidy
from monitor.board.view import View
from monitor.dialogue.buttons import button
from monitor.language.speech import Speech
from monitor.model import Message
from monitor.names import suggest_countries

_LONGEST_NAME: Final = 60


def lost(say: Speech, text: str, view: View) -> Message:
    """Say that a name is not known, with what looks like it as buttons."""
    similar = suggest_countries(text, view.countries)
    unknown = say("No State party to the Convention is called “{text}”.", text=tidy(text, _LONGEST_NAME))
    hint = (
        say("Did you mean one of these?")
        if similar
        else say("Try its English, French or Spanish name, or its three-letter code.")
    )
    buttons = (button(say.country(country), "card", country.code) for country in similar)
    return Message(f"{escape(unknown)}\n{escape(hint)}", tuple(buttons))


def not_any_more(say: Speech) -> str:
    """Say that a button names a country that is not in the list."""
    return say("That country is not in the list any more.")
