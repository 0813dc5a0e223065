"""/chats: who is told, in numbers, and the groups and channels by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from monitor.alert import texts
from monitor.alert.markup import bold, clip, code, escape, tidy
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import TERMINAL, Chat, ChatKind, Message, Subscription, When, World


def chats(say: Speech, _ask: Ask, _rest: str, view: View) -> Reply:
    """Count who is told and name groups and channels; people are only counted: nothing is kept of their names."""
    readers = [each for each in view.world.subscriptions if not each.is_operator]
    told = [view.world.chats.get(name) or Chat(name) for name in dict.fromkeys(each.chat for each in readers)]
    lines = [
        bold(say.many("{number} chat is told", "{number} chats are told", len(told))),
        *map(escape, _numbers(say, told, readers)),
        *(_named(say, chat, view.world) for chat in told if chat.kind is not ChatKind.PRIVATE),
    ]
    return Reply(Message(clip(lines)))


def _numbers(say: Speech, told: list[Chat], readers: list[Subscription]) -> Iterator[str]:
    if not told:
        return
    kinds = _counted(say, (_kind(say, chat) for chat in told))
    yield texts.labelled(say, say("Kinds"), kinds)
    yield texts.labelled(say, say("Languages"), _counted(say, (say.language(chat.speaks) for chat in told)))
    yield texts.labelled(say, say("When"), _counted(say, (_when(say, each) for each in readers)))
    away = sum(bool(chat.away) for chat in told)
    yield say.many("{number} takes no messages now", "{number} take no messages now", away)


def _counted(say: Speech, words: Iterable[str]) -> str:
    return ", ".join(
        texts.labelled(say, word, say.number(times)) for word, times in Counter(words).most_common()
    )


def _kind(say: Speech, chat: Chat) -> str:
    match chat.kind:
        case ChatKind.PRIVATE:
            return say("people")
        case ChatKind.GROUP:
            return say("groups")
        case ChatKind.CHANNEL:
            return say("channels")
        case _:
            return say("not known yet")


def _when(say: Speech, reader: Subscription) -> str:
    if reader.is_paused:
        return say("paused")
    return {When.AT_ONCE: say("at once"), When.DAILY: say("daily"), When.WEEKLY: say("weekly")}[reader.when]


def _named(say: Speech, chat: Chat, world: World) -> str:
    name = say("the terminal") if chat.id == TERMINAL else tidy(chat.title) or str(chat.id)
    held = sum(len(each.held) for each in world.subscriptions if each.chat == chat.id)
    notes = [
        *([say("away: {reason}", reason=tidy(chat.away))] if chat.away else []),
        *([say.many("{number} change held", "{number} changes held", held)] if held else []),
    ]
    about = f" ({', '.join(notes)})" if notes else ""
    return f"{escape(name)} {code(str(chat.id))}{escape(about)}"
