"""Who and what is there: people, chats, who belongs to which, and forum topics. Facts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

Chat = int | str
BOT = 1
ANONYMOUS = 1087968824
"""The account in whose name Telegram shows what an anonymous administrator says."""
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})


def number(chat: object) -> Chat:
    """Give a chat as the tests name it: a number where it is one."""
    text = str(chat)
    return int(text) if text.lstrip("-").isdigit() else text


@dataclass
class Human:
    """A Telegram account."""

    id: int
    name: str
    language: str = ""
    username: str = ""


@dataclass(frozen=True)
class Member:
    """How somebody belongs to a chat; ``rights`` count for administrators and restricted members."""

    status: str = "left"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def is_present(self) -> bool:
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        return self.status in ADMINS

    def may(self, right: str) -> bool:
        if self.status in {"administrator", "restricted"}:
            return self.rights.get(right, False)
        return self.status == "creator" or (self.status == "member" and right.startswith("can_send"))


@dataclass
class Thread:
    """A forum topic."""

    id: int
    name: str
    is_closed: bool = False
    is_deleted: bool = False


@dataclass
class Place:
    """A chat of any type."""

    id: Chat
    type: str
    title: str = ""
    username: str = ""
    is_forum: bool = False
    is_loose: bool = False
    """Nobody described it: it has every topic, and everybody is a member."""
    is_deleted: bool = False
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)

    def member(self, user: int) -> Member:
        return self.members.get(user, Member("member") if self.is_loose else Member())

    @property
    def bot(self) -> Member:
        return self.member(BOT)

    @property
    def hears_bot(self) -> bool:
        """Tell whether the bot is told what happens here."""
        return self.bot.is_present and not self.is_deleted and self.migrated_to is None


class World:
    """All there is; ``chats`` exist without being described, None for any number."""

    def __init__(self, chats: Iterable[Chat] | None) -> None:
        self.chats = None if chats is None else set(chats)
        self.humans: dict[int, Human] = {}
        self.places: dict[Chat, Place] = {}
        self._numbers: Iterator[int] = count(1)

    def human(self, user: int) -> Human:
        return self.humans.get(user) or Human(user, f"person {user}")

    def place(self, chat: Chat) -> Place | None:
        """Find a chat by its number or @name."""
        found = self.places.get(chat) or self._named(chat)
        if found is not None:
            return found
        return loose(chat) if self.chats is None or chat in self.chats else None

    def _named(self, chat: Chat) -> Place | None:
        if not isinstance(chat, str):
            return None
        name = chat.removeprefix("@").casefold()
        return next((place for place in self.places.values() if place.username.casefold() == name), None)

    def add_human(self, name: str, language: str, username: str) -> Human:
        human = Human(50_000 + next(self._numbers), name, language, username)
        self.humans[human.id] = human
        return human

    def add_place(self, place: Place) -> Place:
        self.places[place.id] = place
        return place

    def new_id(self, kind: str) -> int:
        """Give a number as Telegram numbers that kind of chat."""
        fresh = next(self._numbers)
        return -40_000 - fresh if kind == "group" else -1_002_000_000_000 - fresh


def loose(chat: Chat) -> Place:
    """Describe a chat that a test only numbered."""
    if isinstance(chat, str):
        rights = Member("administrator", {"can_post_messages": True})
        return Place(chat, "channel", chat, chat.removeprefix("@"), is_loose=True, members={BOT: rights})
    if chat < 0:
        return Place(chat, "supergroup", f"group {chat}", is_loose=True)
    return Place(chat, "private", f"person {chat}", is_loose=True)
