"""Asking Telegram for what happened, for as long as the service runs; updates of one person stay in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from inspect import iscoroutine
from typing import Any, Final, cast
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import BaseUpdateProcessor, ExtBot

from monitor.telegram.reading import read
from monitor.telegram.request import NotTelegrams, TelegramRequest, strange_answer

log = structlog.get_logger()

CONFLICT: Final = "another program asks Telegram for this bot's messages: stop it, only one can"
TOKEN_REFUSED: Final = "Telegram refuses the token: ask @BotFather for it, set telegram.token and start again"  # noqa: S105 - a sentence, no token
UNREACHABLE: Final = "Telegram cannot be reached: commands are answered when it can"
AFTER_CONFLICT: Final = 30.0
"""Seconds to leave a bot alone that another program polls: each poll of ours ends one of theirs."""
_MOST_AT_ONCE: Final = 256


class TokenRefused(TelegramError):  # noqa: N818 - read as the errors in errors.py are
    """Telegram refuses the token while polling; PTB would end polling for good, silently, on InvalidToken."""


class PatientBot(ExtBot[None]):
    """A bot that goes on polling after a refused token or a conflict, as after every other failure."""

    _polled: Callable[[], None]
    _failed: Callable[[TelegramError], None]
    _after_conflict: float

    def reports(
        self, polled: Callable[[], None], failed: Callable[[TelegramError], None], *, after_conflict: float
    ) -> None:
        """Call ``polled`` when Telegram has answered, ``failed`` at a conflict that is waited out for so many seconds."""
        self._polled = polled
        self._failed = failed
        self._after_conflict = after_conflict

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:  # noqa: ANN401 - PTB's own signature, passed on
        """Ask Telegram for what happened; raises TokenRefused in place of InvalidToken."""
        try:
            updates = await super().get_updates(*args, **kwargs)
        except InvalidToken as error:
            if strange_answer(error):
                raise NetworkError(UNREACHABLE) from None
            raise TokenRefused(TOKEN_REFUSED) from None
        except Conflict as error:
            self._failed(error)
            await asyncio.sleep(self._after_conflict)
            raise
        self._polled()
        return updates


class Unbreakable(TelegramRequest):
    """Lets through what no library can read as an update without content: one such would end polling for good."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer of Telegram."""
        answer = TelegramRequest.parse_json_payload(payload)
        if "result" not in answer:
            return answer
        result = answer["result"]
        if not isinstance(result, list):
            raise TelegramError("Invalid server response") from NotTelegrams(payload)
        return {**answer, "result": [_readable(update) for update in result if _is_numbered(update)]}


class InOrder(BaseUpdateProcessor):
    """Handles updates at the same time, but what one person does in one chat in the order they did it."""

    def __init__(self) -> None:
        super().__init__(_MOST_AT_ONCE)
        self._turns: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[object]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Handle an update when those before it are done."""
        turn = self._turns.setdefault(_whose(update), asyncio.Lock())
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._running.add(task)
        try:
            async with turn:
                await coroutine
        finally:
            if iscoroutine(coroutine):
                coroutine.close()  # where its turn did not come before the end
            self._running.discard(task)

    async def initialize(self) -> None:
        """Begin with nothing under way."""

    async def shutdown(self) -> None:
        """Leave what is under way; what it has begun to write is through."""
        for task in self._running:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._running, return_exceptions=True)


def trouble(error: TelegramError) -> str:
    """Say what is wrong with polling, and who has to act."""
    if isinstance(error, Conflict):
        return CONFLICT
    if isinstance(error, InvalidToken | TokenRefused):
        return TOKEN_REFUSED
    return UNREACHABLE


def _is_numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _readable(update: Any) -> Any:  # noqa: ANN401 - any JSON
    try:
        read(Update.de_json(update, None), "")
    except Exception as error:  # noqa: BLE001 - whatever PTB and we meet in what we do not expect
        log.warning("bot", trouble="an update cannot be read", error=type(error).__name__)
        return {"update_id": update["update_id"]}
    return update


def _whose(update: object) -> tuple[int, int]:
    known = cast("Update", update)
    person, chat = known.effective_user, known.effective_chat
    return person.id if person else 0, chat.id if chat else 0
