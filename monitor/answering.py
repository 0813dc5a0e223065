"""The bot as part of the program: what it is given, and when it starts and stops."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.alert.digest import welcome_back
from monitor.app import Monitor
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.inline import inline
from monitor.dialogue.menu import description, menu, short_description
from monitor.drawing import Drawings, Pen
from monitor.errors import StoreError
from monitor.model import DEFAULT_LANGUAGE, ChatId, Commit, World

if TYPE_CHECKING:
    from monitor.telegram.desk import House
    from monitor.telegram.menus import Menus


@asynccontextmanager
async def answering(monitor: Monitor, end: Callable[[StoreError], None]) -> AsyncIterator[None]:
    """Answer what people ask of the bot, where there is one; ``end`` ends the service that cannot write its store."""
    telegram = monitor.config.telegram
    if not telegram.has_token:
        yield
        return
    from monitor.telegram.bot import Bot  # noqa: PLC0415 - telegram.ext is a third of the start-up time

    pen = Pen()
    bot = Bot(
        telegram.token.get_secret_value(),
        telegram.api_url,
        _house(monitor, end, pen),
        _menus(monitor),
        polled=monitor.observer.polled,
    )
    await bot.start()
    try:
        yield
    finally:
        pen.put_down()  # who waits for a picture gets its words
        await bot.stop()


def _house(monitor: Monitor, end: Callable[[StoreError], None], pen: Pen) -> House:
    from monitor.telegram.desk import House  # noqa: PLC0415 - the same

    def missed(world: World, chat: ChatId, now: datetime) -> Commit:
        return welcome_back(world, chat, monitor.book, now)

    return House(
        view=monitor.view,
        commit=monitor.store.acommit,
        act=monitor.act,
        welcome_back=missed,
        end=end,
        router=ROUTER,
        inline=inline,
        draw=Drawings(pen),
        # The configuration may be read anew meanwhile.
        invited=lambda: monitor.config.telegram.may_use,
        commands_per_minute=lambda: monitor.config.telegram.commands_per_minute,
    )


def _menus(monitor: Monitor) -> Menus:
    from monitor.telegram.menus import Menus  # noqa: PLC0415 - the same

    world = monitor.store.load()
    spoken = {name: chat.speaks for name, chat in world.chats.items()}
    operators = tuple(
        (each.chat, spoken.get(each.chat, DEFAULT_LANGUAGE))
        for each in world.subscriptions
        if each.is_operator
    )
    return Menus(menu, description, short_description, operators)
