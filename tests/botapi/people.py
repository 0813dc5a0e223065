"""People as verbs: ``ann.says("/status mexico")``, ``ann.presses("Mute")``, ``ann.blocks_bot()``."""

from __future__ import annotations

from tests.botapi.happenings import asked_inline, joined, pressed, said
from tests.botapi.profile import menu
from tests.botapi.reading import Callback, InlineQuery, Reader, Sent
from tests.botapi.state import State
from tests.botapi.world import ANONYMOUS, BOT, Human, Member, Place


class Person(Reader):
    """Somebody with a Telegram account; reads the private chat with the bot."""

    def __init__(self, state: State, name: str, language: str, username: str) -> None:
        human = state.world.add_human(name, language, username)
        place = Place(human.id, "private", name, username, members={human.id: Member("member")})
        super().__init__(state, state.world.add_place(place))
        self.human: Human = human

    def says(
        self,
        text: str,
        where: Reader | None = None,
        *,
        reply_to: Sent | None = None,
        is_anonymous: bool = False,
    ) -> Sent:
        """Write in the private chat (and so start the bot), a group or a topic."""
        target = self._goes_to(where)
        person = ANONYMOUS if is_anonymous else self.id
        reply = None if reply_to is None else reply_to.id
        return Sent(
            self.state, said(self.state, target.place, person, text, thread=target.thread, reply_to=reply)
        )

    def starts(self, payload: str = "") -> Sent:
        """Open the deep link ``?start=PAYLOAD``; also unblocks the bot."""
        if self.place.bot.status == "kicked":
            self.unblocks_bot()
        return self.says(f"/start {payload}".rstrip())

    def presses(self, label: str, message: Sent | None = None, *, where: Reader | None = None) -> Callback:
        """Press a button by its label, or how it begins: on that message, else on the newest that has it."""
        shown = [message] if message else list(reversed((where or self).sent()))
        for each in shown:
            button = each.button(label)
            if button is not None:
                assert "callback_data" in button, f"{label!r} opens a link: {button}"
                return Callback(self.state, pressed(self.state, self.id, each.record, button))
        raise AssertionError(f"no button {label!r}, but: {[each.labels for each in shown]}")

    def asks_inline(self, text: str, *, offset: str = "", kind: str = "private") -> InlineQuery:
        """Type the bot's name and a text, in a chat of that kind."""
        return InlineQuery(self.state, asked_inline(self.state, self.id, text, offset, kind))

    def menu(self, where: Reader | None = None) -> list[str]:
        """List the commands offered while typing "/" there, each as ``/name what it does``."""
        place = (where or self).place
        offered = menu(self.state, place, self.id, self.human.language)
        return [f"/{each['command']} {each['description']}" for each in offered]

    def blocks_bot(self) -> None:
        joined(self.state, self.place, BOT, Member("kicked"), self.id)

    def unblocks_bot(self) -> None:
        joined(self.state, self.place, BOT, Member("member"), self.id)

    def deletes_account(self) -> None:
        """Be gone for good; bots are not told."""
        self.place.is_deleted = True

    def _goes_to(self, where: Reader | None) -> Reader:
        target = where or self
        assert target.place.member(self.id).is_present, f"{self.human.name} is not in {target.place.title}"
        if target is self:
            assert self.place.bot.status != "kicked", f"{self.human.name} blocked the bot"
            self.place.members[BOT] = Member("member")
        return target
