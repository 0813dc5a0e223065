"""/forget: everything that is kept of a chat goes, after a question."""

from __future__ import annotations

from monitor.alert.markup import clip, escape
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.keep import Choice, told_in
from monitor.dialogue.choice.menu import press
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Commit, Message


def forget(say: Speech, ask: Ask, choice: Choice, view: View) -> Reply:
    """Say what is kept, and ask whether it should go."""
    refusal = _refusal(say, ask, choice, view)
    if refusal:
        return Reply(Message(escape(refusal)))
    lines = (
        say("Kept here: the chat's number, its settings, what it is told, and the messages it was sent."),
        say("Erase all of it? It cannot be undone."),
    )
    buttons = (press(choice, say("Erase everything"), "erase"), press(choice, say("Keep it"), "menu", "done"))
    return Reply(Message(clip(map(escape, lines)), buttons))


def erased(say: Speech, ask: Ask, choice: Choice, view: View) -> Reply:
    """Erase everything that is kept of a chat."""
    refusal = _refusal(say, ask, choice, view)
    if refusal:
        return Reply(Message(escape(refusal)))
    words = say("Erased: nothing is kept of this chat. /subscribe begins anew.")
    return Reply(Message(escape(words)), commit=Commit(forgotten=frozenset({choice.place.chat})))


def _refusal(say: Speech, ask: Ask, choice: Choice, view: View) -> str:
    is_named = choice.place.chat in view.configured or any(
        each.is_configured for each in told_in(choice.place, view.world)
    )
    if not is_named and (choice.place.chat != ask.chat or not ask.is_operator):
        return ""
    return say(
        "This chat is named in the configuration and would come back at the next start. Ask whoever runs the bot to take it out first."
    )
