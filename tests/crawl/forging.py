"""Thousands of forged presses and hostile commands, answered in memory: ``python -m tests.crawl.forging 100000``."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from monitor.alert.press import LIMIT, short
from monitor.board.view import View
from monitor.dialogue import choice, operators
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask, Channel
from monitor.dialogue.choice.press import MENUS, VERBS
from monitor.dialogue.reply import Reply
from monitor.model import ChatKind, Commit, DocumentKind, Message, Subscription, World
from monitor.record.apply import after
from monitor.record.review import look_name, origin
from tests.alert.as_telegram import parsed
from tests.botapi import BotApi
from tests.crawl.test_forged import true
from tests.crawl.town import NOW, Town
from tests.fakes import SHIPPED

STRANGERS: Final = (
    "<b>&amp;</a>", "\u202e\u2066\u200b\u061c\ufeff", "\x00\x1b[2J", "\ud800", "😀" * 2048, "👨‍👩‍👧‍👦" * 200, "x" * 4096,
    "{0} {name} %(x)s %s", "=cmd|' /C calc'!A0", "\u0300" * 500, "javascript:alert(1)", "\n\r\t", "../../etc/passwd",
    "٣٤", "²", "ﷺ" * 300, "' OR 1=1 --", "${jndi:ldap://x}", "__class__", "-1", "9" * 400, "",
)  # fmt: skip
"""What strangers put where words are expected."""
TABLES: Final = ROUTER.tables
RIGHTS: Final = frozenset((*operators.TABLE.presses, *choice.TABLE.presses))
LATE: Final = {"leave", "erase", "end"}


def view_of(world: World) -> View:
    return View(
        world=world,
        countries=SHIPPED.countries,
        pledges={**SHIPPED.pledges, **world.pledges},
        cycles=SHIPPED.rules.cycles,
        is_pledge_complete=False,
        profile_url=SHIPPED.profile_url,
        now=NOW,
        version="0",
        contact="",
        grace=timedelta(hours=72),
    )


def town() -> tuple[Town, World]:
    found = Town(BotApi(chats=()))
    commit = found.commit()
    operator = Subscription(found.desk.id, is_operator=True)
    return found, after(World(), replace(commit, subscriptions=(*commit.subscriptions, operator)))


@dataclass(frozen=True)
class Asker:
    """Somebody in a kind of chat, and what they may do there."""

    name: str
    ask: Ask
    may_choose: bool
    is_operator: bool = False


def askers(of: Town) -> tuple[Asker, ...]:
    group, channel = ChatKind.GROUP, ChatKind.CHANNEL
    news = Channel(of.channel.id, "News", is_theirs=False, may_post=True, name="news")
    return (
        Asker("a stranger in private", Ask("", 4_000_001, channel=news), may_choose=True),
        Asker("a member of a group", Ask("", of.group.id, group, may_choose=False), may_choose=False),
        Asker("a member in a topic", Ask("", of.forum.id, group, thread=of.topic.thread, may_choose=False), may_choose=False),
        Asker("a reader of a channel", Ask("", of.channel.id, channel, may_choose=False), may_choose=False),
        Asker("somebody not invited", Ask("", 4_000_002, is_invited=False), may_choose=False),
        Asker("an administrator", Ask("", of.group.id, group), may_choose=True),
        Asker("an operator", Ask("", of.desk.id, group, is_operator=True), may_choose=True, is_operator=True),
    )  # fmt: skip


def words(world: World) -> list[str]:
    """Give what true buttons say, to be put where it does not belong, and what none says."""
    known = [known for dossier in world.dossiers.values() for known in dossier.documents][:20]
    held = [dossier.held for dossier in world.dossiers.values() if dossier.held]
    return [
        *(code for code in ("MEX", "FIN", "BRA", "ALB", "QQQ", "mex")),
        *(short(origin(each)) for each in known),
        *map(look_name, held),
        *(delivery.id for delivery in world.deliveries),
        *(kind.value for kind in DocumentKind),
        *VERBS, *MENUS, *RIGHTS, *(name for table in TABLES for name in table.presses),
        *("accept", "reject", "show", "known", "other", "back", "-", "on", "off", "0", "1", "2", "7", "-1", "all"),
        *("@news", "@-1001", "Europe", "22-7", "UTC", "Europe/Vienna", "DAILY", "o|0||||", "x|9|9|9|9|9"),
        *STRANGERS,
    ]  # fmt: skip


def meant(world: World) -> list[str]:
    """Give what buttons that need a right say, and mean, for every place there is."""
    places = ("0", "7", "@news", "@-1001")
    return [*true(world), *(f"set:{place}:{verb}" for place in places for verb in VERBS)]


def forged(chance: random.Random, world: World, known: list[str], count: int) -> Iterator[str]:
    """Forge data of buttons: every verb there is with words that may not belong there, and true data with one changed."""
    verbs = [*sorted({name for table in TABLES for name in table.presses}), "nobody", ""]
    true_ones = meant(world)
    for number in range(count):
        if number % 2:
            parts = [verbs[number // 2 % len(verbs)], *chance.choices(known, k=chance.randrange(6))]
        else:
            parts = [*chance.choice(true_ones).split(":"), *chance.choices(known, k=chance.randrange(2))]
            if chance.randrange(2):
                parts[chance.randrange(len(parts))] = chance.choice(known)
        # Telegram takes no longer ones; half of a character may be what is left.
        data = ":".join(parts)
        yield data.encode("utf-8", "ignore")[:LIMIT].decode("utf-8", "ignore") if number % 3 else data


def typed(chance: random.Random, known: list[str], count: int) -> Iterator[str]:
    """Type every command with words that may not belong there."""
    commands = sorted({name for table in TABLES for name in table.commands})
    for number in range(count):
        said = chance.choice((" ", "\n", " @news ", "@ ", ", ")).join(
            chance.choices(known, k=chance.randrange(5))
        )
        yield f"/{commands[number % len(commands)]} {said}"[:4096]


def answered(asker: Asker, text: str, view: View, *, is_press: bool) -> Reply:
    return ROUTER.answer(replace(asker.ask, text=text, is_press=is_press), view)


def faults(asker: Asker, reply: Reply) -> Iterator[str]:
    """Say what is wrong with an answer: unsayable, or done without right."""
    yield from unsayable(reply)
    if reply.act is not None and not asker.is_operator:
        yield "it acts for somebody who is no operator"
    if reply.commit is None:
        return
    if not asker.may_choose:
        yield "it changes something for somebody who may not"
    elif not asker.is_operator and touches_others(asker, reply.commit):
        yield "it changes what others chose"


def touches_others(asker: Asker, commit: Commit) -> bool:
    chats = {
        *(each.chat for each in (*commit.subscriptions, *commit.unsubscribed)),
        *(each.id for each in commit.chats),
        *commit.forgotten,
    }
    is_more = commit.dossiers or commit.changes or commit.pledges or commit.duty or commit.proposals
    others = {each.chat for each in commit.deliveries}
    is_operator = any(each.is_operator for each in (*commit.subscriptions, *commit.unsubscribed))
    return bool(chats - {asker.ask.chat} or is_more or others - {asker.ask.chat} or is_operator)


def unsayable(reply: Reply) -> Iterator[str]:
    """Say why Telegram would refuse an answer."""
    if len(reply.toast) > 200:
        yield "the line over the chat is too long"
    if reply.message is not None:
        yield from unsayable_message(reply.message)


def unsayable_message(message: Message) -> Iterator[str]:
    text = parsed(message.html)
    if not text.strip() or len(text.encode("utf-16-le")) // 2 > 4096:
        yield f"{len(text)} characters"
    if hidden := set(text) & set("\x00\x1b\u202e\u2066\u200b\u200f\ufeff\u061c"):
        yield f"hidden characters {hidden!r}"
    for button in message.buttons:
        if not button.label.strip() or len(button.data.encode()) > LIMIT or not (button.url or button.data):
            yield f"a button {button}"
        if button.url and not button.url.startswith(("https://", "http://")):
            yield f"a link {button.url}"


def tried(texts: Iterable[str], *, is_press: bool) -> tuple[Counter[str], list[str]]:
    """Let everybody say or press all; gives how many answers of which sort there were, and what was wrong."""
    of, world = town()
    view = view_of(world)
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for text in texts:
        for asker in askers(of):
            reply = answered(asker, text, view, is_press=is_press)
            found[
                "changed"
                if reply.commit
                else "acted"
                if reply.act
                else "said"
                if reply != Reply()
                else "silent"
            ] += 1
            wrong += [f"{asker.name}: {text!r}: {fault}" for fault in faults(asker, reply)]
    return found, wrong


def run(count: int, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Let everybody press all that is meant, then so many that are forged, and say a tenth of that."""
    chance = random.Random(seed)  # noqa: S311 - to be had again
    world = town()[1]
    known = words(world)
    pressed, wrong = tried([*meant(world), *forged(chance, world, known, count)], is_press=True)
    said, more = tried(typed(chance, known, count // 10), is_press=False)
    return pressed + said, wrong + more


if __name__ == "__main__":
    counts, everything_wrong = run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    sys.stdout.write("\n".join([f"{counts.total()} answers: {dict(counts)}", *everything_wrong[:20], ""]))
    sys.exit(bool(everything_wrong))
