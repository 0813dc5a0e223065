"""A town of chats in one language: everybody and every kind of chat, in a world in which everything is the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.language.speech import speak
from monitor.model import (
    Change,
    ChangeKind,
    Chat,
    ChatKind,
    Commit,
    Delivery,
    DeliveryState,
    Document,
    DocumentKind,
    Dossier,
    Evidence,
    Failing,
    Held,
    KnownDocument,
    Link,
    Message,
    Snapshot,
    Standing,
    Subscription,
    Where,
    Words,
)
from monitor.pledge import compare
from monitor.pledge.asking import questions
from monitor.pledge.roster import Entry
from tests.botapi import BotApi, Group
from tests.fakes import SHIPPED

K = DocumentKind
NOW = datetime.now(UTC)
EARLIER, LONG_AGO = NOW - timedelta(hours=6), NOW - timedelta(days=40)
STRANGE = "<b>&\u202e\u200b{x} %s</a>"
"""A stranger's words."""
HELD = ("FIN", "AUT", "NLD", "SWE")
ASKED = ("MEX", "BRA", "KEN", "FRA")
FAILING = ("ALB", "NER")
PROPOSED = ("GHA", "CHL", "FRA")
PUBLISHING = tuple(each.code for each in SHIPPED.countries if each.code not in {*HELD, *ASKED, *FAILING})[:45]


class Town:
    """Ann administers every chat, Bob is a member, Olga operates; all speak one language."""

    def __init__(self, telegram: BotApi, code: str = "en") -> None:
        self.telegram, self.code = telegram, code
        self.ann, self.bob, self.olga = (
            telegram.person(name, language=code) for name in ("Ann", "Bob", "Olga")
        )
        for person in (self.ann, self.bob, self.olga):
            person.starts()
        self.group, self.crowd = (self._group(f"{name} {STRANGE}") for name in ("Coalition", "Crowd"))
        self.forum = self._group("Forum", has_topics=True)
        self.topic = self.forum.topic("News")
        self.channel = telegram.channel("news", admins=[self.ann]).adds_bot(by=self.ann)
        self.desk = telegram.group("Operators", admins=[self.olga]).adds_bot(by=self.olga)

    def _group(self, title: str, *, has_topics: bool = False) -> Group:
        group = self.telegram.group(title, admins=[self.ann], members=[self.bob], has_topics=has_topics)
        return group.adds_bot(by=self.ann)

    @property
    def operators(self) -> tuple[int, ...]:
        return (self.desk.id,)

    def commit(self) -> Commit:
        """Write down all that is known of the world and of the chats."""
        told = (self.ann.id, self.group.id, self.crowd.id)
        chats = (
            Chat(self.channel.id, ChatKind.CHANNEL, "News", language=self.code),
            Chat(self.ann.id, ChatKind.PRIVATE, spoken=self.code),
            *(
                Chat(each.id, ChatKind.GROUP, each.place.title, spoken=self.code)
                for each in (self.group, self.crowd, self.forum)
            ),
            Chat(self.desk.id, ChatKind.GROUP, "Operators", language=self.code),
        )
        return Commit(
            dossiers=tuple(dossiers()),
            changes=tuple(changes()),
            subscriptions=(
                *map(Subscription, told),
                Subscription(self.forum.id, self.topic.thread),
                Subscription(self.channel.id),
            ),
            chats=chats,
            deliveries=(*undelivered(self.bob.id), self._asked()),
        )

    def _asked(self) -> Delivery:
        """What operators are asked about the list of signatories, on its way."""
        entries = (Entry(code, f"{STRANGE} (2019-12)", "2019-12") for code in PROPOSED)
        findings = tuple(compare.Finding(each, STRANGE, compare.Standing.NEW) for each in entries)
        countries = {each.code: each for each in SHIPPED.countries}
        [message] = questions(speak(self.code), findings, countries, "https://coalition.example/pledge/")
        return Delivery("20261101T090000000000-000009", self.desk.id, message, EARLIER, EARLIER)


def document(code: str, kind: K = K.SELF_ASSESSMENT, cycle: str | None = "2", **more: object) -> Document:
    url = f"https://www.unodc.org/documents/{code}/{kind}-{cycle}.pdf"
    evidence = (Evidence("kind", Where.ROW, STRANGE),)
    plain = Document(url, f"{code} {STRANGE}", kind, cycle, "en", evidence=evidence)
    return replace(plain, **more)  # type: ignore[arg-type] # fields by name


def known(of: Document, standing: Standing = Standing.TOLD) -> KnownDocument:
    link = Link(of.url, (Words(Where.LABEL, STRANGE), Words(Where.HEADING, "Second cycle")))
    return KnownDocument(of, link, EARLIER, LONG_AGO, standing)


def dossiers() -> Iterator[Dossier]:
    """Every country in one of the states there are: published, held, asked about, failing, never read."""
    for code in PUBLISHING:
        documents = (known(document(code)), known(document(code, K.COUNTRY_REPORT, "1")))
        yield Dossier(code, documents, first_read=LONG_AGO, last_read=EARLIER)
    for code in HELD:
        link = Link(f"https://www.unodc.org/{code}.pdf", ())
        look = Snapshot(((document(code, K.COUNTRY_REPORT), link),), "HASH")
        yield Dossier(code, first_read=LONG_AGO, last_read=EARLIER, held=Held(STRANGE, EARLIER, look))
    for code in ASKED:
        odd = document(code, K.OTHER, doubt=STRANGE, likely=K.COUNTRY_REPORT)
        yield Dossier(code, (known(odd, Standing.ASKED),), first_read=LONG_AGO, last_read=EARLIER)
    for code in FAILING:
        yield Dossier(code, failing=Failing(LONG_AGO, STRANGE, 3, NOW))


def changes() -> Iterator[Change]:
    for number, code in enumerate(PUBLISHING):
        seen = LONG_AGO + timedelta(hours=number)
        kind = (ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.WITHDRAWN)[number % 3]
        yield Change(code, kind, document(code), seen, seen - timedelta(hours=6))


def undelivered(chat: int) -> Iterator[Delivery]:
    """Messages of which nobody knows whether they arrived."""
    for number in range(4):
        name = f"20261101T090000000000-00000{number}"
        news = Message(f"<b>{number}</b> &lt;news&gt;")
        lost = Delivery(name, chat, news, EARLIER, EARLIER, about=(0,), attempts=1)
        yield replace(lost, state=DeliveryState.UNCERTAIN, error=STRANGE, settled=EARLIER)
