"""Ending a subscription: at once where a button can take it back, else after a question."""

from __future__ import annotations

from dataclasses import replace

from monitor.alert.markup import clip, escape
from monitor.board.view import View
from monitor.dialogue.choice.keep import Choice, commit_of, is_configured
from monitor.dialogue.choice.menu import confirmed, ended, press, shown
from monitor.dialogue.choice.undo import undoing
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Button, Message


def leave(say: Speech, choice: Choice, view: View) -> Reply:
    """End a subscription, with a button that takes it back; ask first where none could."""
    if choice.subscription is None:
        return Reply(ended(say, choice, view))
    if is_configured(choice, view):
        return _paused(say, choice, view)
    undo = undoing(choice.place, choice.subscription)
    return left(say, choice, view, undo) if undo else _asked(say, choice, view)


def left(say: Speech, choice: Choice, view: View, undo: str = "") -> Reply:
    """End a subscription for good; one that the configuration brings back is paused instead."""
    if is_configured(choice, view):
        return _paused(say, choice, view)
    lines = (say("Unsubscribed: nothing more is told here. /recent still shows what appears."),)
    again = Button(say("Undo"), data=undo) if undo else press(choice, say("Subscribe"), "start")
    message = Message(clip(map(escape, lines)), (again,))
    return Reply(message, commit=commit_of(replace(choice, subscription=None), view.world))


def _paused(say: Speech, choice: Choice, view: View) -> Reply:
    if choice.subscription is None:
        return Reply(ended(say, choice, view))
    paused = replace(choice, subscription=replace(choice.subscription, is_paused=True))
    message = confirmed(say, paused, view)
    why = say("This chat is named in the configuration, so it is paused and not unsubscribed.")
    resume = press(choice, say("Resume"), "resume")
    return Reply(Message(clip([escape(why), message.html]), (resume,)), commit=commit_of(paused, view.world))


def _asked(say: Speech, choice: Choice, view: View) -> Reply:
    buttons = (
        press(choice, say("Unsubscribe"), "leave"),
        press(choice, say("Pause"), "pause"),
        press(choice, say("Keep it"), "menu", "main"),
    )
    question = say("Unsubscribe? This choice, and what is held, cannot be brought back.")
    return Reply(shown(say, choice, view, buttons, question))
