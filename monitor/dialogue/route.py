"""Which answer belongs to what was said or pressed, and who may have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from monitor.alert.markup import escape
from monitor.alert.press import parts
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import SILENCE, Reply
from monitor.language.catalogs import spoken
from monitor.language.speech import Speech, speak
from monitor.model import ChatKind, Message

Answer = Callable[[Speech, Ask, str, View], Reply]
"""Answers a command; the string is what was typed behind it."""
PressAnswer = Callable[[Speech, Ask, tuple[str, ...], View], Reply]
"""Answers a button; the strings are its arguments, perhaps forged."""

_COMMAND: Final = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """The answers of one part of the conversation, and who may ask for them."""

    commands: Mapping[str, Answer]
    presses: Mapping[str, PressAnswer]
    is_choice: bool = False
    """Changes what a chat is told: only for whoever may choose there."""
    is_operators: bool = False
    """Only in an operators' chat; elsewhere it does not exist."""


@dataclass(frozen=True, slots=True)
class Router:
    """Finds the answer to an Ask."""

    tables: tuple[Table, ...]
    help: Answer
    """Answers what nobody knows, in private chats."""

    def needs_rights(self, ask: Ask) -> bool:
        """Tell whether it matters who asks, so that Telegram has to be asked for the person's rights."""
        found = self._found(ask)
        return found is not None and found[0].is_choice

    def hears(self, ask: Ask) -> bool:
        """Tell whether there is an answer at all; silence is kept where this is false."""
        is_lost = ask.kind is ChatKind.PRIVATE and not ask.is_press and not _is_for_another(ask)
        return is_lost or self._found(ask) is not None

    def answer(self, ask: Ask, view: View) -> Reply:
        """Answer; silence where it is meant for somebody else."""
        say = tongue(ask, view)
        found = self._found(ask)
        if found is None:
            is_lost = ask.kind is ChatKind.PRIVATE and not ask.is_press
            return self.help(say, ask, "", view) if is_lost and not _is_for_another(ask) else SILENCE
        table, answer = found
        if not (ask.is_invited or ask.is_operator):
            return _refusal(
                ask,
                say(
                    "This bot is by invitation. Ask whoever runs it to invite this chat: {chat}",
                    chat=ask.chat,
                ),
            )
        if table.is_choice and not ask.may_choose:
            return _refusal(ask, say("Only an administrator of this chat may change what it is told."))
        return answer(say, ask, view)

    def _found(self, ask: Ask) -> tuple[Table, Callable[[Speech, Ask, View], Reply]] | None:
        for table in self.tables:
            if table.is_operators and not ask.is_operator:
                continue
            answer = _pressed(table, ask) if ask.is_press else _typed(table, ask)
            if answer is not None:
                return table, answer
        return None


def tongue(ask: Ask, view: View) -> Speech:
    """Speak as the chat chose, else as the person does, else as whoever subscribed the chat did."""
    chat = view.world.chats.get(ask.chat)
    chosen, met_with = (chat.language, chat.spoken) if chat else ("", "")
    return speak(chosen or spoken(ask.language) or met_with)


def _typed(table: Table, ask: Ask) -> Callable[[Speech, Ask, View], Reply] | None:
    command = _COMMAND.fullmatch(ask.text.strip())
    if command is None or _is_for_another(ask):
        return None
    answer, rest = table.commands.get(command["name"].casefold()), (command["rest"] or "").strip()
    return answer and (lambda say, ask, view: answer(say, ask, rest, view))


def _pressed(table: Table, ask: Ask) -> Callable[[Speech, Ask, View], Reply] | None:
    verb, arguments = parts(ask.text)
    answer = table.presses.get(verb)
    return answer and (lambda say, ask, view: answer(say, ask, arguments, view))


def _is_for_another(ask: Ask) -> bool:
    command = _COMMAND.fullmatch(ask.text.strip())
    return bool(command and command["bot"] and ask.bot and command["bot"].casefold() != ask.bot.casefold())


def _refusal(ask: Ask, words: str) -> Reply:

    return Reply(toast=words[:200]) if ask.is_press else Reply(Message(escape(words)))
