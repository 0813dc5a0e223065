"""A small bot for the tests of the Telegram side: few words, a store in memory, and everything that can be answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from structlog.testing import capture_logs
from structlog.typing import EventDict

from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import Act, Drawing, File, Reply, SweepNow
from monitor.dialogue.route import Router, Table
from monitor.errors import NotDrawn, StoreError
from monitor.language.speech import Speech
from monitor.model import (
    Button,
    Chat,
    ChatId,
    Commit,
    Delivery,
    Message,
    Subscription,
    World,
)
from monitor.record.apply import after
from monitor.telegram.bot import Bot
from monitor.telegram.desk import House
from monitor.telegram.menus import Menus
from tests.telegram.line import TOKEN

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Card:
    id: str
    title: str
    description: str
    message: Message


@dataclass
class Notebook:
    """The rest of the program, as far as the bot sees it."""

    world: World = field(default_factory=World)
    is_full: bool = False
    ended: list[StoreError] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    act_ends: Callable[[Act], str] = lambda _: "Done: <all> read."
    may_act: asyncio.Event = field(default_factory=asyncio.Event)
    missed: tuple[Delivery, ...] = ()
    views: int = 0

    def view(self) -> View:
        self.views += 1
        return View(
            self.world,
            (),
            {},
            (),
            is_pledge_complete=False,
            profile_url=lambda _: "",
            now=datetime.now(UTC),
            version="0",
            contact="",
        )

    async def commit(self, decide: Callable[[World], Commit]) -> None:
        if self.is_full:
            raise StoreError("no space left on the disk")
        self.world = after(self.world, await asyncio.to_thread(decide, self.world))

    async def draw(self, svg: str) -> bytes:
        if not svg:
            raise NotDrawn("nothing to draw")
        return PNG

    async def act(self, _: Speech, act: Act) -> str:
        self.acts.append(act)
        await self.may_act.wait()
        return self.act_ends(act)

    def welcome_back(self, world: World, chat: ChatId, _: datetime) -> Commit:
        assert any(each.chat == chat for each in world.subscriptions) or chat in world.chats
        return Commit(deliveries=self.missed)

    def house(self, *operators: ChatId, **values: Any) -> House:  # noqa: ANN401 - fields by name
        """Give what a bot is made with; these chats are the operators'."""
        duties = tuple(Subscription(chat, is_operator=True) for chat in operators)
        self.world = after(self.world, Commit(subscriptions=duties))
        house = House(
            view=self.view,
            commit=self.commit,
            act=self.act,
            welcome_back=self.welcome_back,
            end=self.ended.append,
            router=ROUTER,
            inline=cards,
            draw=self.draw,
        )
        return replace(house, **values)


def cards(say: Speech, text: str, _: View) -> tuple[Card, ...]:
    message = Message(
        f"<b>{text}</b>", (Button("Open", "https://a.example/"), Button("Status", data="status:MEX"))
    )
    return (Card("1", f"{say.code}: {text}", "what it is", message),) if text else ()


def _help(say: Speech, ask: Ask, _: str, __: View) -> Reply:
    return Reply(Message(f"help in {say.code} for {ask.kind}: {ask.text[:20]}"))


def _status(_: Speech, ask: Ask, rest: str, __: View) -> Reply:
    where = f"{ask.chat} {ask.thread} {ask.title!r} {ask.is_operator}"
    buttons = (Button("Next", data="page:2"), Button("Again", data="status:MEX", is_beside=True))
    return Reply(Message(f"status of {rest}: {where}", buttons))


def _choose(_: Speech, ask: Ask, rest: str, view: View) -> Reply:
    chosen = Subscription(ask.chat, ask.thread, is_silent=len(view.world.subscriptions) > 0)
    chat = Chat(ask.chat, ask.kind, ask.title, spoken=ask.language)
    commit = Commit(subscriptions=(chosen,), chats=(chat,))
    return Reply(Message(f"chosen: {rest} {ask.channel}", (Button("Mute", data="mute:MEX"),)), commit=commit)


def _export(*_: object) -> Reply:
    return Reply(file=File("register.csv", b"a;b\n", "the register"))


def _map(_: Speech, __: Ask, rest: str, ___: View) -> Reply:
    return Reply(drawing=Drawing("map.png", rest, "the map <of> it", (Button("Next", data="page:2"),)))


def _sweep(*_: object) -> Reply:
    return Reply(Message("begun"), act=SweepNow(("MEX",)))


def _page(_: Speech, __: Ask, arguments: tuple[str, ...], ___: View) -> Reply:
    return Reply(Message(f"page {arguments[0]}", (Button("Next", data="page:2"),)), is_edit=True)


def _mute(_: Speech, ask: Ask, arguments: tuple[str, ...], __: View) -> Reply:
    commit = Commit(subscriptions=(Subscription(ask.chat, muted=frozenset(arguments)),))
    return Reply(toast="muted " * 50, commit=commit, becomes=Button("Unmute", data="unmute:MEX"))


def _bug(*_: object) -> Reply:
    raise ZeroDivisionError("division by zero")


ROUTER = Router(
    (
        Table(
            {
                "status": _status,
                "export": _export,
                "map": _map,
                "bug": _bug,
                "broken": lambda *_: Reply(Message("<b>")),
            },
            {"status": lambda say, ask, _, view: _status(say, ask, "press", view), "page": _page},
        ),
        Table({"subscribe": _choose}, {"mute": _mute}, is_choice=True),
        Table({"sweep": _sweep}, {}, is_operators=True),
    ),
    _help,
)


def menu(say: Speech, scope: str) -> tuple[tuple[str, str], ...]:
    return ((scope, f"in {say.code}"),)


MENUS = Menus(menu, lambda say: f"about in {say.code}", lambda say: f"short in {say.code}", ((777, "fr"),))


@asynccontextmanager
async def running(
    api_url: str,
    house: House | None = None,
    token: str = TOKEN,
    menus: Menus | None = None,
    after_conflict: float = 0.1,
) -> AsyncIterator[tuple[Bot, list[EventDict]]]:
    with capture_logs() as logs:
        bot = Bot(token, api_url, house or Notebook().house(), menus, after_conflict=after_conflict)
        await bot.start()
        try:
            yield bot, logs
        finally:
            await bot.stop()


async def until(is_true: Callable[[], object], seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not is_true():  # noqa: ASYNC110 - the server lives in other threads and sets no event of ours
            await asyncio.sleep(0.01)


def troubles(logs: list[EventDict]) -> list[str]:
    return [line["trouble"] for line in logs]
