"""Groups, their topics, and channels as verbs: ``group.adds_bot(by=ann)``, ``group.upgrades()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from tests.botapi.describe import user_json
from tests.botapi.happenings import joined, said, served
from tests.botapi.people import Person
from tests.botapi.reading import Reader, Sent
from tests.botapi.state import Json, State
from tests.botapi.world import BOT, Member, Place, Thread

ADMIN = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_invite_users": True,
    "can_pin_messages": True,
}
POSTER = {"can_manage_chat": True, "can_post_messages": True, "can_edit_messages": True}
MUTED = {"can_send_messages": False}


class Room(Reader):
    """A chat of several people."""

    @classmethod
    def opens(
        cls, state: State, title: str, admins: Iterable[Person], members: Iterable[Person], place: Place
    ) -> Self:
        place.members |= {person.id: Member("member") for person in members}
        for at, person in enumerate(admins):
            place.members[person.id] = Member("administrator", ADMIN) if at else Member("creator")
        place.title = title
        return cls(state, state.world.add_place(place))

    def adds_bot(self, by: Person | None = None, rights: dict[str, bool] | None = None) -> Self:
        """Make the bot a member, or an administrator where ``rights`` are given."""
        new = Member("member") if rights is None else Member("administrator", rights)
        return self._sets(BOT, new, by)

    def promotes_bot(self, by: Person | None = None, rights: dict[str, bool] | None = None) -> Self:
        return self._sets(BOT, Member("administrator", ADMIN if rights is None else rights), by)

    def demotes_bot(self, by: Person | None = None) -> Self:
        return self._sets(BOT, Member("member"), by)

    def restricts_bot(self, by: Person | None = None, rights: dict[str, bool] | None = None) -> Self:
        """Take rights away; all of them where none are named."""
        return self._sets(BOT, Member("restricted", MUTED if rights is None else rights), by)

    def removes_bot(self, by: Person | None = None) -> Self:
        return self._sets(BOT, Member("kicked"), by)

    def adds(self, person: Person, by: Person | None = None) -> Self:
        return self._sets(person.id, Member("member"), by)

    def promotes(self, person: Person, by: Person | None = None) -> Self:
        return self._sets(person.id, Member("administrator", ADMIN), by)

    def demotes(self, person: Person, by: Person | None = None) -> Self:
        return self._sets(person.id, Member("member"), by)

    def removes(self, person: Person, by: Person | None = None) -> Self:
        return self._sets(person.id, Member("kicked"), by)

    def is_deleted(self) -> Self:
        """Be deleted by its owner; bots are not told."""
        self.place.is_deleted = True
        return self

    def _sets(self, user: int, new: Member, by: Person | None) -> Self:
        joined(self.state, self.place, user, new, self._owner if by is None else by.id)
        return self

    @property
    def _owner(self) -> int:
        admins = [user for user, member in self.place.members.items() if member.is_admin and user != BOT]
        return next(iter(admins), 0)


class Topic(Reader):
    """A forum topic, as its people read it."""

    @property
    def topic(self) -> Thread:
        return self.place.threads[self.thread or 0]

    def closes(self, by: Person | None = None) -> Self:
        """Be closed: who may not manage topics cannot write any more."""
        self.topic.is_closed = True
        return self._told(by, forum_topic_closed={})

    def reopens(self, by: Person | None = None) -> Self:
        self.topic.is_closed = False
        return self._told(by, forum_topic_reopened={})

    def is_deleted(self) -> Self:
        """Be deleted with all it holds; bots are not told."""
        self.topic.is_deleted = True
        for message in self.sent():
            self.state.delete(message.record)
        return self

    def _told(self, by: Person | None, **service: object) -> Self:
        person = Room(self.state, self.place)._owner if by is None else by.id
        served(self.state, self.place, person, thread=self.thread, **service)
        return self

    def _is_of_thread(self, record: Json) -> bool:
        return bool(record["thread"] == self.thread)


class Group(Room):
    """A group or supergroup; ``reads()`` is of all its topics."""

    def adds_bot(self, by: Person | None = None, rights: dict[str, bool] | None = None) -> Self:
        """Make the bot a member, or an administrator where ``rights`` are given; the group sees it come."""
        super().adds_bot(by, rights)
        come = [user_json(self.state.world, BOT)]
        served(self.state, self.place, self._owner if by is None else by.id, new_chat_members=come)
        return self

    def topic(self, name: str) -> Topic:
        """Find a topic by its name, or open it; only a supergroup has topics."""
        assert self.place.type == "supergroup", (
            f"{self.place.title} is a group: has_topics=True, or upgrades()"
        )
        known = [thread for thread in self.place.threads.values() if thread.name == name]
        return Topic(self.state, self.place, known[0].id if known else self._opened(name))

    @property
    def general(self) -> Topic:
        """The topic without a number, which every forum has."""
        self.place.threads.setdefault(0, Thread(0, "General"))
        return Topic(self.state, self.place)

    def upgrades(self, *, is_announced: bool = True) -> Group:
        """Become a supergroup with a new number; gives it. Not announced, the bot learns it from an error."""
        owner = self._owner
        number = self.state.world.new_id("supergroup")
        new = replace(self.place, id=number, type="supergroup", members=dict(self.place.members))
        self.state.world.add_place(new)
        if is_announced:
            served(self.state, self.place, owner, migrate_to_chat_id=number)
            served(self.state, new, owner, migrate_from_chat_id=self.place.id)
        self.place.migrated_to = number
        return Group(self.state, new)

    def _opened(self, name: str) -> int:
        self.place.is_forum = True
        created = {"name": name, "icon_color": 7322096}
        record = served(self.state, self.place, self._owner, forum_topic_created=created)
        number = int(record["message_id"])
        self.place.threads[number] = Thread(number, name)
        return number


class Channel(Room):
    """A channel; who is no administrator only reads it."""

    def adds_bot(self, by: Person | None = None, rights: dict[str, bool] | None = None) -> Self:
        """Make the bot an administrator that may post, or with the ``rights`` given."""
        return super().adds_bot(by, POSTER if rights is None else rights)

    def posts(self, text: str, by: Person | None = None) -> Sent:
        """Publish a text; who wrote it is not shown."""
        person = self._owner if by is None else by.id
        assert self.place.member(person).is_admin, f"{person} is no administrator of {self.place.title}"
        return Sent(self.state, said(self.state, self.place, person, text))
