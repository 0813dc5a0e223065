"""Every answer: all words are said, and the buttons that are offered pressed, in one language."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.alert.press import short
from monitor.board.view import View
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask, Channel
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import (
    Button,
    ChatKind,
    Message,
)
from tests.alert.samples import document, dossier, known
from tests.dialogue.talk import LANGUAGES, view
from tests.language.cases import (
    ANN,
    CHANNEL,
    GROUP,
    HOSTILE,
    OPERATORS,
    busy,
    choices,
    country_of,
    shown,
)

_MOST_ALIKE = 2
"""Buttons of one shape that are pressed: pages and countries are alike."""


_MOST_PRESSES = 400


WORDS = (
    *(
        "",
        "HELLO",
        "/start",
        "/start MEX",
        "/help",
        "/about",
        "/about privacy",
        "/status",
        "/status MEX",
        "/status FIN",
    ),
    *(
        "/status AUT",
        "/status ALB",
        "/status NER",
        "/status NIGR",
        "/status QQQQQQ",
        "/countries",
        "/countries Europe",
    ),
    *(
        "/countries QQQ",
        "/missing",
        "/missing all",
        "/missing QQQ",
        "/recent",
        "/recent 30",
        "/pledge",
        "/pledge MEX",
    ),
    *(
        "/export",
        "/evidence",
        "/evidence MEX",
        "/evidence FJI",
        "/subscribe",
        "/subscribe MEX, AUT",
        "/subscribe MEX, QQQ",
        "/subscribe NIGR",
        "/subscribe daily",
    ),
    *(
        "/unsubscribe",
        "/unsubscribe MEX",
        "/unsubscribe QQQ",
        "/unsubscribe daily",
        "/subscriptions",
        "/settings",
    ),
    *(
        "/settings QQQ",
        "/settings zone Europe/Vienna",
        "/settings zone Vienn",
        "/settings hour 7",
        "/settings quiet 22-7",
        "/language",
    ),
    *(
        "/compare",
        "/compare MEX, FIN",
        "/compare MEX NIGR",
        "/year",
        "/year 2026",
        "/year 2026-01-01",
        "/year QQQ",
    ),
    *("/language xx", "/forget", "/subscribe @news", "/subscribe @news MEX", "/subscriptions @news"),
)


ORDERS = (
    *(
        "/health",
        "/sweep",
        "/sweep MEX",
        "/sweep NIGR",
        "/pause",
        "/resume",
        "/chats",
        "/test",
        "/pledge add",
        "/status",
    ),
    *(
        "/pledge add MEX 2023-11-30",
        "/pledge add MEX QQQ",
        "/pledge add MEX 2023-99",
        "/pledge add QQQ",
        "/pledge remove MEX",
    ),
)


FORGED = (
    "card:XXX",
    "mute:XXX",
    "mute:MEX",
    "unmute:MEX",
    "set:QQQ",
    "hold:show:MEX:LOOK",
    "hold:accept:MEX:LOOK",
    "owed:D2",
    "again:D2",
    "came:D2",
    f"doc:MEX:{short(document().url)}",
)


def conversations(say: Speech) -> Iterator[Message | str]:
    person = Ask("", ANN, language=say.code)
    group = Ask("", GROUP, ChatKind.GROUP, 4, HOSTILE, language=say.code)
    operators = Ask("", OPERATORS, ChatKind.GROUP, language=say.code, is_operator=True)
    yield from _talk(person, WORDS, view())
    yield from _talk(person, (*WORDS, *FORGED), busy())
    yield from _talk(group, WORDS, busy())
    yield from _talk(operators, (*ORDERS, *FORGED), busy())
    yield from _talk(operators, (*ORDERS, *FORGED), view())
    small = replace(view(dossier(known(document()))), countries=(country_of("MEX"),))
    yield from _talk(person, ("/status", "/missing", "/pledge"), small)
    yield from _talk(replace(person, may_choose=False), ("/subscribe",), view())
    yield from _talk(replace(person, is_invited=False), ("/status",), view())
    for is_theirs, may_post in ((True, True), (True, False), (False, True)):
        channel = Channel(CHANNEL, HOSTILE, is_theirs=is_theirs, may_post=may_post, name="news")
        yield from _talk(
            replace(person, channel=channel), ("/subscribe @news", "/subscriptions @news"), busy()
        )
    for subscription, chat in choices():
        world = replace(busy().world, subscriptions=(subscription,), chats={ANN: chat})
        configured = frozenset({ANN}) if subscription.is_configured else frozenset[int]()
        of = replace(view(), world=world, configured=configured, is_pledge_complete=bool(subscription.held))
        yield from _talk(
            person,
            ("/subscriptions", "/unsubscribe", "/forget", "/subscribe", "/settings", "/recent", "/status"),
            of,
        )


def _talk(ask: Ask, words: Iterable[str], of: View) -> Iterator[Message | str]:
    """Say all the words, then press every button that is offered, as far as they are not alike."""
    waiting = deque((text, ":" in text and not text.startswith("/")) for text in words)
    alike: Counter[tuple[str, ...]] = Counter()
    others = {*LANGUAGES} - {ask.language}  # a button that chooses another language is answered in it
    for _ in range(_MOST_PRESSES):
        if not waiting:
            return
        text, is_press = waiting.popleft()
        reply = ROUTER.answer(replace(ask, text=text, is_press=is_press), of)
        yield from shown(reply)
        for data in _offered(reply):
            shape = _shape(data)
            alike[shape] += 1
            if alike[shape] <= _MOST_ALIKE and not others & set(data.split(":")):
                waiting.append((data, True))


def _shape(data: str) -> tuple[str, ...]:
    return tuple(part if part.isalpha() and part.islower() else "" for part in data.split(":"))


def _offered(reply: Reply) -> Iterator[str]:
    buttons: tuple[Button, ...] = reply.message.buttons if reply.message else ()
    yield from (button.data for button in buttons if button.data)
