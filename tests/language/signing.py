"""What is said of the list of signatories, with samples, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.alert.troubles import list_went
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask
from monitor.language.speech import Speech
from monitor.model import Chat, ChatId, Delivery, Message, Subscription, World
from monitor.pledge.asking import questions
from monitor.pledge.compare import Finding, Standing
from monitor.pledge.roster import Entry
from tests.alert.samples import NOW
from tests.dialogue.talk import SHIPPED, view
from tests.language.cases import HOSTILE, OPERATORS

PAGE = "https://coalition.example/pledge/"


def signing(say: Speech) -> Iterator[Message | str]:
    """Ask who signed, answer presses in each way there is, and say that the list cannot be read."""
    chats: dict[ChatId, Chat] = {OPERATORS: Chat(OPERATORS, language=say.code)}
    quiet = World(subscriptions=(Subscription(OPERATORS, is_operator=True),), chats=chats)
    yield from _asked(say, quiet)
    begun = list_went(quiet, HOSTILE, PAGE, NOW)
    over = list_went(replace(quiet, incidents=begun.incidents or {}), "", PAGE, NOW + timedelta(hours=1))
    yield from (each.message for commit in (begun, over) for each in commit.deliveries)


def _asked(say: Speech, quiet: World) -> Iterator[Message | str]:
    countries = {each.code: each for each in SHIPPED.countries}
    for codes in (("CHL",), ("CHL", "GHA", "MEX")):
        entries = (Entry(code, HOSTILE, "2019-11") for code in codes)
        found = tuple(Finding(each, HOSTILE, Standing.NEW) for each in entries)
        [asked] = questions(say, found, countries, PAGE)
        yield asked
        world = replace(quiet, deliveries=(Delivery("1", OPERATORS, asked, NOW, NOW),))
        for known in (quiet, world, replace(world, pledges=view().pledges)):
            for button in asked.buttons[:2]:
                ask = Ask(button.data, OPERATORS, language=say.code, is_operator=True, is_press=True)
                reply = ROUTER.answer(ask, replace(view(), world=known))
                yield from (reply.message or "", reply.toast)
