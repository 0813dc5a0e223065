"""Telegram for tests: a Bot API server on loopback, and the people who use it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from tests.botapi.happenings import said
from tests.botapi.listener import Listener
from tests.botapi.people import Person
from tests.botapi.rooms import Channel, Group
from tests.botapi.state import Chat, Fault, Json, State
from tests.botapi.world import Place, loose

TOKEN = "123456:" + "loopback-test-token-not-a-secret-000"


class BotApi:
    """Telegram, as far as the monitor sees it: ``with BotApi(chats=[1]) as telegram: …``."""

    def __init__(
        self,
        *,
        chats: Iterable[Chat] | None = None,
        token: str = TOKEN,
        log: Path | None = None,
        port: int = 0,
        keeps: int | None = None,
        has_limits: bool = False,
    ) -> None:
        """``chats``: those that exist without being described, None for any number.

        ``log``: where accepted messages go, a JSON line each; ``keeps``: how many stay in memory, None for all.
        ``has_limits``: whether what comes too fast is answered 429, as in ``limits.py``.
        """
        self.state = State(chats, log, keeps=keeps, has_limits=has_limits)
        self.token = token
        self._port = port
        self._server: Listener | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def messages(self) -> list[Json]:
        return list(self.state.messages)

    def texts(self, chat: Chat) -> list[str]:
        return [message["text"] for message in self.messages if message["chat"] == chat]

    def count(self, chat: Chat | None = None) -> int:
        """Count the messages a chat took, or all did, whatever is kept of them."""
        return self.state.counts.total() if chat is None else self.state.counts[chat]

    def calls(self, method: str) -> list[Json]:
        return [data for called, data in list(self.state.calls) if called == method]

    def waits_for_call(self, method: str, count: int = 1, seconds: float = 10.0) -> None:
        """Wait until the bot has called a method that often."""
        with self.state.changed:
            is_called = self.state.changed.wait_for(lambda: len(self.calls(method)) >= count, seconds)
        assert is_called, f"{method} was called {len(self.calls(method))} times in {seconds} s"

    def start(self) -> None:
        """Listen; after a ``stop`` on the same port again."""
        self._server = Listener(self, self._port)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on and cut those that are open."""
        if self._server is not None:
            self._server.end()
            self._server = None

    def person(self, name: str, *, language: str = "en", username: str = "") -> Person:
        """Let somebody have an account; they have not started the bot."""
        return Person(self.state, name, language, username)

    def group(
        self,
        title: str,
        *,
        admins: Iterable[Person] = (),
        members: Iterable[Person] = (),
        has_topics: bool = False,
    ) -> Group:
        """Open a group without the bot, the first administrator owning it; with topics it is a supergroup."""
        kind = "supergroup" if has_topics else "group"
        place = Place(self.state.world.new_id(kind), kind, is_forum=has_topics)
        return Group.opens(self.state, title, admins, members, place)

    def supergroup(
        self, title: str, *, admins: Iterable[Person] = (), members: Iterable[Person] = (), username: str = ""
    ) -> Group:
        """Open a supergroup without topics and without the bot."""
        place = Place(self.state.world.new_id("supergroup"), "supergroup", username=username)
        return Group.opens(self.state, title, admins, members, place)

    def channel(self, name: str, *, admins: Iterable[Person] = (), members: Iterable[Person] = ()) -> Channel:
        """Open the public channel @name without the bot."""
        place = Place(self.state.world.new_id("channel"), "channel", username=name)
        return Channel.opens(self.state, name.capitalize(), admins, members, place)

    def fails_with(self, chat: Chat | None, fault: Fault, times: int = 1, method: str = "") -> None:
        """Fail what is sent there next, or that method; ``chat`` None for methods without a chat."""
        self.state.fail(chat, fault, times, method)

    def hangs_up(self, times: int = 1) -> None:
        """Close the next connections before reading what they ask."""
        self.state.hang_ups = times

    def revokes_token(self) -> None:
        """Answer 401 to everything, also to whoever polls now."""
        self.state.inbox.revoke(is_revoked=True)

    def restores_token(self) -> None:
        self.state.inbox.revoke(is_revoked=False)

    def push_update(self, text: str, chat: Chat, *, person: int = 77, thread: int | None = None) -> int:
        """Make a person say something in a chat that was only numbered."""
        place = self.state.world.place(chat) or loose(chat)
        return int(said(self.state, place, person, text, thread=thread)["update_id"])

    def push(self, update: Json) -> int:
        """Make any other update happen, such as ``my_chat_member``."""
        return self.state.push(update)

    def wait_for_messages(self, count: int, timeout: float = 5.0) -> list[Json]:
        with self.state.changed:
            self.state.changed.wait_for(lambda: self.state.counts.total() >= count, timeout)
        return self.messages
