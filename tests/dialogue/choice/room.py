"""A chat that chooses: it says and presses, and what it chose is kept as the store would keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.alert.press import LIMIT
from monitor.board.view import View
from monitor.dialogue.ask import Ask, Channel
from monitor.dialogue.choice import SHOWN, TABLE
from monitor.dialogue.reply import Reply
from monitor.dialogue.route import Router
from monitor.model import Chat, ChatId, ChatKind, Commit, Pledge, PledgeState, Subscription, World
from monitor.record.apply import after
from tests.alert.as_telegram import parsed
from tests.alert.samples import CYCLES, NOW
from tests.config.helpers import COUNTRIES

CHAT = 5
NEWS = Channel(-1001234567890, "News & <b>", is_theirs=True, may_post=True, name="news")
PLEDGES = {country.code: Pledge(PledgeState.UNKNOWN) for country in COUNTRIES} | {
    code: Pledge(PledgeState.SIGNATORY) for code in ("MEX", "GHA")
}
ROUTER = Router((TABLE, SHOWN), lambda *_: Reply())


def view(world: World | None = None, **changes: object) -> View:
    plain = View(
        world=world or World(),
        countries=tuple(COUNTRIES),
        pledges=PLEDGES,
        cycles=CYCLES,
        is_pledge_complete=False,
        profile_url=lambda country: f"https://www.unodc.org/{country.code}",
        now=NOW,
        version="0",
        contact="",
    )
    return replace(plain, **changes)  # type: ignore[arg-type] # fields by name


@dataclass
class Room:
    """One chat, or one of its topics; ``about`` is what Telegram says of who asks."""

    world: World = field(default_factory=World)
    ask: Ask = field(default_factory=lambda: Ask("", CHAT))
    sees: Mapping[str, object] = field(default_factory=dict)
    last: Reply = field(default_factory=Reply)

    @classmethod
    def told(cls, *subscriptions: Subscription, chat: Chat | None = None, **asks: object) -> Room:
        """A room that has chosen before."""
        world = after(World(), Commit(subscriptions=subscriptions, chats=(chat,) if chat else ()))
        return cls(world, replace(Ask("", CHAT), **asks))  # type: ignore[arg-type] # fields by name

    def says(self, text: str, **asks: object) -> str:
        """Say something; gives what a reader sees of the answer."""
        return self._does(text, is_press=False, **asks)

    def presses(self, data: str, **asks: object) -> str:
        """Press a button by what it says, or by its label in the last answer."""
        shown = self.last.message.buttons if self.last.message else ()
        found = next((each.data for each in shown if each.label == data), data)
        return self._does(found, is_press=True, **asks)

    def _does(self, text: str, **asks: object) -> str:
        ask = replace(self.ask, text=text, **asks)  # type: ignore[arg-type] # fields by name
        self.last = ROUTER.answer(ask, view(self.world, **self.sees))
        if self.last.commit is not None:
            self.world = after(self.world, self.last.commit)
        return seen(self.last)

    @property
    def labels(self) -> list[str]:
        """The labels of the last answer's buttons."""
        assert self.last.message
        return [button.label for button in self.last.message.buttons]

    def here(self, thread: int | None = None, chat: ChatId = CHAT) -> Subscription:
        """What is told at a place."""
        [found] = [each for each in self.world.subscriptions if (each.chat, each.thread) == (chat, thread)]
        return found

    @property
    def chat(self) -> Chat:
        """What is kept of the chat."""
        return self.world.chats[CHAT]


def seen(reply: Reply) -> str:
    """What a person sees of an answer; an error where Telegram would refuse it."""
    assert len(reply.toast) <= 200
    if reply.message is None:
        return reply.toast
    text = parsed(reply.message.html)
    assert text.strip()
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert len(reply.message.buttons) <= 100
    for button in reply.message.buttons:
        assert button.label.strip()
        assert 0 < len(button.data.encode()) <= LIMIT, button
    return text


GROUP: Mapping[str, Any] = {"kind": ChatKind.GROUP, "title": "Campaigners"}
