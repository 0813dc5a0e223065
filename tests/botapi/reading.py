"""What a chat shows: the bot's messages, as a person would see them now."""

from __future__ import annotations

import asyncio

from tests.botapi.state import Json, State
from tests.botapi.world import BOT, Place

PATIENCE = 10.0
"""Seconds to wait for words."""


class Sent:
    """One message; shows what it is now, also after an edit."""

    def __init__(self, state: State, record: Json) -> None:
        self.record = record
        self._state = state

    def __repr__(self) -> str:
        return f"<{self.id} {self.text!r} {self.labels}>"

    @property
    def id(self) -> int:
        return int(self.record["message_id"])

    @property
    def text(self) -> str:
        """As read, without markup; of a file its caption."""
        return str(self.record["text"])

    @property
    def html(self) -> str:
        return str(self.record["html"])

    @property
    def keyboard(self) -> list[list[Json]]:
        return list(self.record["keyboard"])

    @property
    def labels(self) -> list[list[str]]:
        """What is written on the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def links(self) -> list[str]:
        """The addresses behind words and buttons, in that order."""
        words = [entity["url"] for entity in self.record.get("entities", []) if "url" in entity]
        return words + [url for _, url in self.record["buttons"] if url]

    @property
    def thread(self) -> int | None:
        return self.record.get("thread")

    @property
    def reply_to(self) -> int | None:
        return self.record.get("reply_to")

    @property
    def is_silent(self) -> bool:
        return bool(self.record.get("is_silent"))

    @property
    def edits(self) -> list[str]:
        """The texts it had before, oldest first."""
        return [edit["text"] for edit in self.record.get("edits", [])]

    @property
    def is_deleted(self) -> bool:
        return bool(self.record.get("is_deleted"))

    @property
    def file_name(self) -> str:
        return str(self.record.get("file", {}).get("file_name", ""))

    @property
    def content(self) -> bytes:
        """The file's bytes; empty where there is none."""
        return self._state.files.get(self.record.get("file", {}).get("file_id", ""), b"")

    def button(self, label: str) -> Json | None:
        """Find a button by its label or, failing that, by how its label begins."""
        buttons = [button for row in self.keyboard for button in row]
        exact = [button for button in buttons if button["text"] == label]
        return next(iter(exact or [each for each in buttons if each["text"].startswith(label)]), None)


class Reader:
    """A chat or a topic of it, as its people read it."""

    def __init__(self, state: State, place: Place, thread: int | None = None) -> None:
        self.state = state
        self.place = place
        self.thread = thread

    @property
    def id(self) -> int:
        """The number a bot knows it by."""
        return int(self.place.id)

    def sent(self) -> list[Sent]:
        """List what the bot wrote here and did not delete, oldest first."""
        with self.state.changed:
            return [Sent(self.state, record) for record in self.state.messages if self._is_here(record)]

    def reads(self) -> list[str]:
        """List the texts of what the bot wrote here, as they are now."""
        return [message.text for message in self.sent()]

    def last(self) -> Sent:
        """Give the newest message of the bot."""
        sent = self.sent()
        assert sent, f"the bot wrote nothing to {self.place.title}"
        return sent[-1]

    def mark(self) -> int:
        """Give this moment, for ``waits_for(…, since=mark)``."""
        return self.state.revision

    def waits_for(self, words: str, seconds: float = PATIENCE, *, since: int = 0) -> Sent:
        """Wait until a message holding the words is here, new or edited after ``since``; fails with what is."""
        found: list[Sent] = []

        def is_there() -> bool:
            found[:] = [
                each for each in self.sent() if words in each.text and each.record["revision"] > since
            ]
            return bool(found)

        with self.state.changed:
            self.state.changed.wait_for(is_there, seconds)
        assert found, f"{self.place.title} saw no {words!r} in {seconds} s, but: {self.sent()}"
        return found[-1]

    async def awaits(self, words: str, seconds: float = PATIENCE, *, since: int = 0) -> Sent:
        """Wait as ``waits_for`` does, where the bot runs in the test's own event loop."""
        return await asyncio.to_thread(self.waits_for, words, seconds, since=since)

    def _is_here(self, record: Json) -> bool:
        is_place = record["chat"] == self.place.id and record["by"] == BOT and not record.get("is_deleted")
        return is_place and self._is_of_thread(record)

    def _is_of_thread(self, _: Json) -> bool:
        return True


class Query:
    """Something the bot is asked by a press or inline, and what it answers."""

    def __init__(self, state: State, record: Json) -> None:
        self.record = record
        self._state = state

    @property
    def id(self) -> str:
        return str(self.record["id"])

    @property
    def answers(self) -> list[Json]:
        """All the answers so far: one is what a client shows."""
        return list(self.record["answers"])

    def expires(self) -> None:
        """Be too old to be answered."""
        with self._state.changed:
            self.record["is_expired"] = True

    def waits(self, seconds: float = PATIENCE) -> Json:
        """Wait for the answer; fails where none comes."""
        with self._state.changed:
            self._state.changed.wait_for(lambda: self.record["answers"], seconds)
        asked = sorted(self._state.inbox.allowed) or "everything"
        assert self.answers, f"no answer to {self.record['field']} in {seconds} s; the bot asked for {asked}"
        return self.answers[0]

    async def answered(self, seconds: float = PATIENCE) -> Json:
        """Wait as ``waits`` does, where the bot runs in the test's own event loop."""
        return await asyncio.to_thread(self.waits, seconds)


class Callback(Query):
    """A button that was pressed."""

    @property
    def toast(self) -> str:
        """Wait for what is shown for a moment at the top; empty where nothing or an alert is."""
        answer = self.waits()
        return "" if answer["is_alert"] else str(answer["text"])

    @property
    def alert(self) -> str:
        """Wait for what is shown until it is tapped away; empty where nothing is."""
        answer = self.waits()
        return str(answer["text"]) if answer["is_alert"] else ""


class InlineQuery(Query):
    """What somebody typed after the bot's name."""

    @property
    def results(self) -> list[Json]:
        """Wait for what is offered, each with the ``text`` that choosing it would send."""
        return list(self.waits()["results"])

    @property
    def titles(self) -> list[str]:
        return [str(result.get("title", "")) for result in self.results]
