"""What a run proves: pure functions over what was published, owed, accepted and killed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

Said = tuple[int | str, str]
"""A chat and the HTML it was sent."""
_HREF = re.compile(r'href="([^"]*)"')
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Kill:
    number: int
    aimed: str
    hit: str
    in_flight: tuple[Said, ...]
    """Accepted by the Bot API in the life that was ended, and not settled in the store."""
    unreadable: str = ""
    """Why the store could not be read after it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong; all empty when nothing is."""

    lost: tuple[str, ...]
    repeated: tuple[str, ...]
    unexplained: tuple[str, ...]
    """Repeats of messages that were in flight at no kill, or oftener than they were."""
    false: tuple[str, ...]
    disorder: tuple[str, ...]
    unreadable: tuple[str, ...]
    crowded: tuple[str, ...]
    """Kills that found more than one message in flight to one chat."""

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that must not be; that a message was repeated at a kill may."""
        return (
            *self.unreadable,
            *self.unexplained,
            *self.false,
            *self.disorder,
            *self.crowded,
            *self.lost,
        )


def judge(
    *,
    published: Collection[str],
    chats: Sequence[int | str],
    accepted: Sequence[Said],
    owed: Sequence[Said],
    kills: Sequence[Kill],
    name_of: Callable[[str], str],
) -> Verdict:
    """Hold what chats were sent (``accepted``, in order) against what was published and what the store owed."""
    names = {said: _names(said, name_of) for said in accepted}
    repeats = Counter(accepted) - Counter(set(accepted))
    news = {said: found for said, found in names.items() if said[0] in chats}
    return Verdict(
        lost=tuple(_lost(published, chats, news)),
        repeated=tuple(_short(said) for said in repeats.elements()),
        unexplained=tuple(_unexplained(repeats, kills)),
        false=(*_false(published, news), *_told_again(news)),
        disorder=tuple(_disorder(accepted, owed)),
        unreadable=tuple(f"after kill {kill.number}: {kill.unreadable}" for kill in kills if kill.unreadable),
        crowded=tuple(found for kill in kills for found in _crowded(kill)),
    )


def _names(said: Said, name_of: Callable[[str], str]) -> frozenset[str]:
    return frozenset(name_of(unescape(url)) for url in _HREF.findall(said[1]))


def _lost(
    published: Iterable[str], chats: Iterable[int | str], news: Mapping[Said, frozenset[str]]
) -> Iterator[str]:
    heard = {(said[0], name) for said, names in news.items() for name in names}
    for chat in chats:
        yield from (f"{name} never reached {chat}" for name in published if (chat, name) not in heard)


def _unexplained(repeats: Counter[Said], kills: Iterable[Kill]) -> Iterator[str]:
    in_flight = Counter(said for kill in kills for said in kill.in_flight)
    yield from (f"repeated without a kill: {_short(said)}" for said in (repeats - in_flight).elements())


def _crowded(kill: Kill) -> Iterator[str]:
    for chat, count in Counter(chat for chat, _ in kill.in_flight).items():
        if count > 1:
            yield f"kill {kill.number}: {count} in flight to {chat}"


def _false(published: Collection[str], news: Mapping[Said, frozenset[str]]) -> Iterator[str]:
    for said, names in news.items():
        if not names or not names <= set(published):
            yield f"about nothing that was published: {_short(said)}"


def _told_again(news: Mapping[Said, frozenset[str]]) -> Iterator[str]:
    told = Counter((said[0], name) for said, names in news.items() for name in names)
    yield from (
        f"{name} told to {chat} in {count} messages" for (chat, name), count in told.items() if count > 1
    )


def _disorder(accepted: Sequence[Said], owed: Sequence[Said]) -> Iterator[str]:
    for chat in dict.fromkeys(chat for chat, _ in owed):
        first = [said for said in dict.fromkeys(accepted) if said[0] == chat]
        due = [said for said in dict.fromkeys(owed) if said[0] == chat]
        if first != due:
            place = next((n for n, (a, b) in enumerate(zip(first, due, strict=False)) if a != b), len(due))
            yield f"chat {chat} got {len(first)} of {len(due)} messages, other than owed from number {place + 1} on"


def _short(said: Said) -> str:
    return f"{said[0]}: {_MARKUP.sub('', said[1]).partition(chr(10))[0]}"
