"""Samples of everything that can be the case: hostile words, news, a busy world, choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from monitor.alert.tell import UNREADABLE
from monitor.board.view import View
from monitor.dialogue.reply import Reply
from monitor.model import (
    TERMINAL,
    Change,
    ChangeKind,
    Chat,
    ChatKind,
    Country,
    Delivery,
    DeliveryState,
    Document,
    Dossier,
    Duty,
    Evidence,
    Failing,
    Held,
    KnownDocument,
    Link,
    Message,
    Quiet,
    Scope,
    Snapshot,
    Standing,
    Subscription,
    When,
    Where,
    Words,
)
from tests.alert.samples import EARLIER, LONG_AGO, NOW, K, change, document, dossier, known
from tests.dialogue.talk import SHIPPED, view

ANN, GROUP, OPERATORS, CHANNEL = 7, -1007, -9, -100555


HOSTILE = "<B>&\"'{X} %S {0}</A>"
"""A stranger's words: markup, and what formatting would trip over. Capitals: small letters are our own words."""


LONG = "Ω" * 5000


def quoted(**changes: object) -> Document:
    evidence = tuple(Evidence("kind", str(where), HOSTILE) for where in Where)
    return replace(document(title=HOSTILE), evidence=evidence, **changes)  # type: ignore[arg-type] # fields by name


def news() -> Iterator[tuple[Change, ...]]:
    here = quoted()
    yield (change(ChangeKind.PUBLISHED, here),)
    yield (replace(change(ChangeKind.PUBLISHED, here), not_before=None),)
    yield (replace(change(ChangeKind.PUBLISHED, here), not_before=NOW),)
    yield (replace(change(ChangeKind.PUBLISHED, here), not_before=LONG_AGO),)
    yield (change(ChangeKind.REVISED, here, former_url="https://a.org/old.pdf"),)
    yield (change(ChangeKind.WITHDRAWN, document(K.COUNTRY_REPORT)),)
    for language in ("fr", "xx"):
        yield (replace(change(ChangeKind.PUBLISHED, document(language=language)), is_language_version=True),)
        yield (change(ChangeKind.WITHDRAWN, document(language=language)),)
    yield tuple(
        change(ChangeKind.PUBLISHED, document(kind, cycle)) for kind in K for cycle in ("1", "2", None)
    )
    yield (
        change(ChangeKind.PUBLISHED, here),
        change(ChangeKind.REVISED, document(K.COUNTRY_REPORT, "1")),
        change(ChangeKind.WITHDRAWN, document(K.EXECUTIVE_SUMMARY)),
    )
    yield tuple(
        change(ChangeKind.PUBLISHED, quoted(url=f"https://a.org/{number}", title=LONG, language=None))
        for number in range(60)
    )


def unsure(number: int = 0, doubt: str = "DOUBT", likely: K | None = K.SELF_ASSESSMENT) -> KnownDocument:
    words = (Words(Where.LABEL, HOSTILE), Words(Where.HEADING, "HEADING"))
    url = f"https://a.org/{number}.pdf"
    of = document(K.OTHER, url=url, title=HOSTILE, doubt=doubt, likely=likely)
    return replace(known(of, NOW, EARLIER, link=Link(url, words)), standing=Standing.ASKED)


def delivery(name: str, state: DeliveryState, **more: object) -> Delivery:
    plain = Delivery(
        name, ANN, Message("<b>MESSAGE</b>"), EARLIER, NOW, state=state, attempts=2, error="ERROR"
    )
    return replace(plain, **more)  # type: ignore[arg-type] # fields by name


HELD = Held(
    HOSTILE, EARLIER, Snapshot(((document(K.COUNTRY_REPORT), Link("https://a.org/r.pdf", ())),), "HASH")
)


def _dossiers() -> tuple[Dossier, ...]:
    mexico = dossier(
        known(document()),
        known(document(language="fr"), NOW, EARLIER),
        known(document(K.COUNTRY_REPORT, None)),
        unsure(),
        unsure(1),
    )
    return (
        replace(mexico, failing=Failing(EARLIER, HOSTILE, 1, NOW)),
        replace(dossier(known(document(K.COUNTRY_REPORT)), code="FIN"), held=HELD),
        replace(dossier(unsure(7), code="AUT"), held=HELD, failing=Failing(LONG_AGO, HOSTILE, 1, NOW)),
        replace(dossier(known(document())), code="NLD", failing=Failing(LONG_AGO, HOSTILE, 1, NOW)),
        Dossier("ALB", failing=Failing(EARLIER, HOSTILE, 1, NOW)),
    )


def busy() -> View:
    """A world in which everything is the case."""
    states = enumerate(
        (DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP, DeliveryState.SENT, DeliveryState.WAITING)
    )
    of = view(
        *_dossiers(), changes=tuple(each for some in news() for each in some) * 2, contact="MAIL@EXAMPLE.ORG"
    )
    world = replace(
        of.world,
        deliveries=tuple(delivery(f"D{number}", state, about=(0,), settled=NOW) for number, state in states),
        incidents={UNREADABLE: LONG_AGO},
        duty=Duty(swept=EARLIER, heartbeat=LONG_AGO, paused_since=EARLIER),
        subscriptions=(
            Subscription(ANN, held=(1,)),
            Subscription(GROUP, 4, held=(1, 2)),
            Subscription(GROUP, 5),
            Subscription(TERMINAL),
            Subscription(CHANNEL, is_paused=True),
        ),
        chats={
            ANN: Chat(ANN, ChatKind.PRIVATE),
            GROUP: Chat(GROUP, ChatKind.GROUP, HOSTILE, away="AWAY"),
            CHANNEL: Chat(CHANNEL, ChatKind.CHANNEL, HOSTILE),
        },
    )
    return replace(of, world=world, sweeping_since=NOW)


def choices() -> Iterator[tuple[Subscription, Chat]]:
    here, chat = Subscription(ANN), Chat(ANN, ChatKind.PRIVATE)
    yield here, chat
    yield replace(here, is_paused=True, held=(0,)), chat
    yield replace(here, is_paused=True, held=(0, 1), is_configured=True), chat
    yield (
        replace(here, when=When.DAILY, held=(0, 1), muted=frozenset({"MEX", "NER"})),
        replace(chat, quiet=Quiet(22, 7)),
    )
    yield replace(here, when=When.WEEKLY, held=(0,), is_silent=True), replace(chat, time_zone="Europe/Vienna")
    yield replace(here, held=(0,), scope=Scope(is_pledge=True)), chat
    yield (
        replace(here, held=(0,), scope=Scope(regions=frozenset({"Europe"})), cycles=frozenset({"1"})),
        replace(chat, quiet=Quiet(22, 7)),
    )
    yield replace(here, files=True), chat
    codes = frozenset(country.code for country in SHIPPED.countries)
    yield replace(here, kinds=frozenset({K.COUNTRY_REPORT}), withdrawals=False), chat
    yield replace(here, scope=Scope(countries=codes), kinds=frozenset(K), withdrawals=False), chat


def country_of(code: str) -> Country:
    return next(country for country in SHIPPED.countries if country.code == code)


def shown(reply: Reply) -> Iterator[Message | str]:
    if reply.message:
        yield reply.message
    if reply.toast:
        yield reply.toast
    if reply.file and reply.file.caption:
        yield reply.file.caption
    if reply.commit:
        yield from (each.message for each in reply.commit.deliveries)
