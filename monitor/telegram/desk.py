"""Where asks are answered: on the newest that is known, and written down before it is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.alert.markup import escape
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.place import known_as
from monitor.dialogue.life import Meeting, WelcomeBack, met
from monitor.dialogue.reply import Act, Reply
from monitor.dialogue.route import Router, tongue
from monitor.errors import StoreError
from monitor.language.speech import Speech
from monitor.model import ChatId, Commit, Message, World

Decide = Callable[[World], Commit]
"""Says, of the newest world, what changes in it."""


class Card(Protocol):
    """What somebody is offered who typed the bot's name."""

    @property
    def id(self) -> str:
        """Tells it from the others."""

    @property
    def title(self) -> str:
        """What is written on it."""

    @property
    def description(self) -> str:
        """What stands below the title."""

    @property
    def message(self) -> Message:
        """What is sent when it is chosen."""


@dataclass(frozen=True, slots=True)
class House:
    """What the bot is given by the rest of the program."""

    view: Callable[[], View]
    """All that is known at this moment."""
    commit: Callable[[Decide], Awaitable[None]]
    """Writes what a function decides on the newest world, or raises StoreError."""
    act: Callable[[Speech, Act], Awaitable[str]]
    """Does what takes long and says how it ended, or raises MonitorError."""
    welcome_back: WelcomeBack
    end: Callable[[StoreError], None]
    """Ends the service: the store cannot be written."""
    router: Router
    inline: Callable[[Speech, str, View], tuple[Card, ...]]
    """Offers cards for words typed behind the bot's name."""
    draw: Callable[[str], Awaitable[bytes]]
    """Makes a PNG of an SVG, or raises NotDrawn."""
    invited: Callable[[], frozenset[ChatId] | None] = lambda: None
    """Chats that may use the bot now, by number or @name; None for all."""
    commands_per_minute: Callable[[], int] = lambda: 20
    """How many commands and presses of one person are answered now."""


class Desk:
    """Answers asks."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def house(self) -> House:
        """What the desk belongs to."""
        return self._house

    def placed(self, ask: Ask) -> Ask:
        """Say what the chat is here: under which of its names it is kept, whose it is, whether it may use the bot."""
        chat, invited = self.known_as(ask.chat, ask.name), self._house.invited()
        told = [each for each in self._house.view().world.subscriptions if each.chat == chat]
        is_named = invited is None or _is_among({ask.chat, f"@{ask.name}".casefold()}, invited)
        return replace(
            ask,
            chat=chat,
            is_operator=any(each.is_operator for each in told),
            is_invited=is_named or any(each.is_configured for each in told),
        )

    def known_as(self, chat: ChatId, name: str) -> ChatId:
        """Give the id under which a chat is kept; ``name`` is its public name."""
        return known_as(self._house.view().world, chat, name) if isinstance(chat, int) else chat

    def says(self, ask: Ask) -> Speech:
        """Give the language an ask is answered in."""
        return tongue(ask, self._house.view())

    async def answer(self, ask: Ask) -> Reply:
        """Answer; what was chosen is in the store before the answer is shown."""
        router = self._house.router
        reply = router.answer(ask, self._house.view())
        if reply.commit is None:
            return reply
        return await self._written(lambda view: router.answer(ask, view), self.says(ask))

    async def met(self, meeting: Meeting) -> Reply:
        """Write down that the bot belongs to a chat in another way, and greet."""
        reply = met(meeting, self._house.view(), self._house.welcome_back)
        if reply.commit is None:
            return reply
        say = self.says(Ask("", meeting.chat, meeting.kind, language=meeting.language))
        return await self._written(lambda view: met(meeting, view, self._house.welcome_back), say)

    async def moved(self, old: ChatId, new: ChatId) -> None:
        """Write down a chat's new number in every record."""
        await self._commit(lambda world: Commit(migrated={old: new} if _is_known(old, world) else {}))

    def offers(self, text: str, person: int, language: str) -> tuple[Card, ...]:
        """Offer cards to somebody who types the bot's name in any chat."""
        ask = self.placed(Ask(text, person, language=language))
        if not (ask.is_invited or ask.is_operator):
            return ()
        return self._house.inline(self.says(ask), text, self._house.view())

    async def _written(self, decide: Callable[[View], Reply], say: Speech) -> Reply:
        at = self._house.view()
        answers: list[Reply] = []

        def commit(world: World) -> Commit:
            answers.append(decide(replace(at, world=world, pledges={**at.pledges, **world.pledges})))
            return answers[-1].commit or Commit()

        if await self._commit(commit):
            return answers[-1]
        return Reply(
            Message(escape(say("This could not be saved, so nothing was changed. Please try again later.")))
        )

    async def _commit(self, commit: Decide) -> bool:
        try:
            await self._house.commit(commit)
        except StoreError as error:
            self._house.end(error)
            return False
        return True


def _is_among(names: set[ChatId], chats: frozenset[ChatId]) -> bool:
    return not names.isdisjoint(each.casefold() if isinstance(each, str) else each for each in chats)


def _is_known(chat: ChatId, world: World) -> bool:
    waiting = any(each.chat == chat for each in world.deliveries)
    return chat in world.chats or waiting or any(each.chat == chat for each in world.subscriptions)
