"""Every writer with samples, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor import settle
from monitor.alert import health, notices, roundup, texts
from monitor.alert.book import Book
from monitor.alert.duty import Hours, duties
from monitor.alert.heartbeat import heartbeat
from monitor.alert.message import alert
from monitor.alert.press import short
from monitor.alert.questions import questions
from monitor.alert.tell import UNREADABLE, Telling
from monitor.board.reading import remarks
from monitor.dialogue import life
from monitor.dialogue.inline import inline
from monitor.dialogue.menu import description, menu, short_description
from monitor.dialogue.reply import SayWhatItIs, SettleHeld
from monitor.language.speech import Speech
from monitor.model import (
    TERMINAL,
    ChangeKind,
    Chat,
    ChatId,
    ChatKind,
    Commit,
    Country,
    DeliveryState,
    Dossier,
    Duty,
    Failing,
    Message,
    Outcome,
    Pledge,
    PledgeState,
    Proposal,
    ReviewCycle,
    Subscription,
    Visit,
    When,
    World,
)
from monitor.profile.rules import Expectation
from monitor.record.decide import Decision
from monitor.setting_up.prove import greeting
from monitor.sweep import SweepReport
from tests.alert.samples import CYCLES, EARLIER, LONG_AGO, NOW, K, change, document, dossier, known
from tests.dialogue.talk import SHIPPED, view
from tests.language.cases import (
    ANN,
    GROUP,
    HELD,
    HOSTILE,
    LONG,
    OPERATORS,
    busy,
    country_of,
    delivery,
    news,
    quoted,
    shown,
    unsure,
)


def alerts(say: Speech) -> Iterator[Message]:
    hostile = Country("XXX", dict.fromkeys(("en", "fr", "es"), HOSTILE))
    here = quoted()
    for pledge in (
        Pledge(PledgeState.SIGNATORY, "2023-11-30"),
        Pledge(PledgeState.SIGNATORY, "2023-11"),
        Pledge(PledgeState.SIGNATORY),
        Pledge(PledgeState.NOT_SIGNATORY),
        Pledge(PledgeState.UNKNOWN),
    ):
        for changes in news():
            came = [
                known(each.document, NOW, EARLIER)
                for each in changes
                if each.kind is not ChangeKind.WITHDRAWN
            ]
            stays = [known(here)] if len(changes) == 1 and changes[0].kind is ChangeKind.WITHDRAWN else []
            before = dossier(known(here), known(document(language="fr")))
            after = dossier(*came, *stays)
            yield from alert(
                say,
                hostile,
                changes,
                before,
                after,
                pledge=pledge,
                cycles=CYCLES,
                profile_url="https://a.org/",
            )


def operators_notices(say: Speech) -> Iterator[Message | str]:
    mexico, niger = country_of("MEX"), country_of("NER")
    news = (change(ChangeKind.PUBLISHED, document()),)
    for changes in (news, ()):
        yield from notices.held(say, mexico, HOSTILE, changes, "https://a.org/", look="LOOK")
    yield from notices.held_fleet(
        say, [(mexico, news), (niger, ())], 192, lambda _: "https://a.org/", looks={"MEX": "LOOK"}
    )
    yield from questions(say, [(mexico, unsure()), (niger, unsure()), (mexico, unsure(1, "", None))])
    yield from questions(say, [(mexico, unsure(number)) for number in range(12)])
    yield from questions(say, [(mexico, unsure(number)) for number in range(9)])
    for attempts in (1, 2):
        for about in ({}, {"thread": 4}, {"chat": TERMINAL}, {"error": ""}):
            owed = delivery("D", DeliveryState.UNCERTAIN, attempts=attempts, **about)
            yield notices.uncertain(say, owed)
            yield notices.given_up(say, owed)
    yield notices.uncertain(say, delivery("D", DeliveryState.UNCERTAIN, message=Message(LONG[:4096])))
    yield notices.named(say, [mexico] * 20)


def reports(say: Speech) -> Iterator[Message | str]:
    mexico, niger, nigeria = country_of("MEX"), country_of("NER"), country_of("NGA")
    failing = Failing(EARLIER, HOSTILE, 1, NOW)
    languages = [
        known(document(K.EXECUTIVE_SUMMARY, cycle, language))
        for cycle in ("1", None)
        for language in ("en", "xx", None)
    ]
    full = {"MEX": dossier(*languages, unsure(), unsure(1)), "NER": Dossier("NER", failing=failing)}
    few = {"MEX": dossier(known(document()), unsure())}
    for countries, dossiers in (((mexico, niger, nigeria), full), ((mexico,), few), ((mexico,), {})):
        short = remarks(say, dossiers.values(), [Expectation(kind, 1) for kind in K])
        yield from health.baseline_report(say, countries, dossiers, short)
    yield from remarks(say, [dossier(known(document()))], [Expectation(K.EXECUTIVE_SUMMARY, 1)])
    yield from remarks(
        say, [dossier(known(document())), dossier(code="NER")], [Expectation(K.SELF_ASSESSMENT, 1)]
    )
    yield from remarks(say, [dossier(known(document()))], [])
    yield health.unreadable(say, ((mexico, HOSTILE), (niger, "ERROR")), 3)
    for hours in (0.01, 0.5, 1, 30, 72):
        yield health.recovered(say, UNREADABLE, NOW - timedelta(hours=hours), NOW)
    for doing in (
        say("reading the profile of {country}", country=HOSTILE),
        say("running the job “{job}”", job="JOB"),
    ):
        yield health.bug(say, doing, HOSTILE)
    yield from _duties(say)


def _duties(say: Speech) -> Iterator[Message]:
    yield heartbeat(say, busy().world, busy().countries, LONG_AGO, NOW)
    failing = {
        each.code: Dossier(each.code, failing=Failing(LONG_AGO, HOSTILE, 1, NOW))
        for each in SHIPPED.countries
    }
    yield heartbeat(say, World(failing), SHIPPED.countries, LONG_AGO, NOW)
    thirteen = dict(list(failing.items())[:13])
    yield heartbeat(say, World(thirteen), SHIPPED.countries, LONG_AGO, NOW)
    one = World(
        {"MEX": replace(dossier(unsure()), held=HELD)},
        deliveries=(delivery("D", DeliveryState.SENT, settled=NOW, about=(0,)),),
    )
    yield heartbeat(say, one, SHIPPED.countries, LONG_AGO, NOW)
    book = Book(SHIPPED.countries, view().pledges, SHIPPED.rules, view().profile_url)
    operators = Subscription(OPERATORS, is_operator=True)
    chats: dict[ChatId, Chat] = {OPERATORS: Chat(OPERATORS, language=say.code)}
    silent = World(subscriptions=(operators,), chats=chats, duty=Duty(swept=LONG_AGO, heartbeat=LONG_AGO))
    hours = Hours(timedelta(hours=6), 8, LONG_AGO)
    begun = duties(silent, book, hours, NOW)
    yield from (each.message for each in begun.deliveries)
    over = replace(silent, incidents=begun.incidents or {}, duty=Duty(swept=NOW, heartbeat=NOW))
    yield from (each.message for each in duties(over, book, hours, NOW).deliveries)


def digests(say: Speech) -> Iterator[Message]:
    book = Book(SHIPPED.countries, view().pledges, SHIPPED.rules, view().profile_url)
    changes = [each for some in news() for each in some]
    for number in (1, 3):
        titles = [roundup.title(say, when, number) for when in When]
        for title in (*titles, roundup.missed(say, NOW, number)):
            yield from roundup.digest(say, title, changes, {}, book)


def menus(say: Speech) -> Iterator[Message | str]:
    for audience in ("private", "group", "administrators", "operators"):
        yield from (words for _, words in menu(say, audience))
    yield from (description(say), short_description(say), greeting(say))
    for text in ("", "mex", "n"):
        for card in inline(say, text, busy()):
            yield from (card.title, card.description, card.message)
    yield texts.legend(say)
    yield texts.chapters(say, ReviewCycle("3", 2, ("VI",), (HOSTILE,), "", (2027, None)))


def lives(say: Speech) -> Iterator[Message | str]:
    meeting = life.Meeting(
        GROUP, ChatKind.GROUP, HOSTILE, say.code, ANN, could_write=False, can_write=True, is_there=True
    )
    away = Chat(GROUP, language=say.code, away="AWAY", away_since=LONG_AGO)
    told = World(subscriptions=(Subscription(GROUP, 4),), chats={GROUP: away})
    yield from shown(life.met(meeting, view(), lambda *_: Commit()))
    yield from shown(life.met(replace(meeting, kind=ChatKind.CHANNEL), view(), lambda *_: Commit()))
    yield from shown(life.met(meeting, replace(view(), world=told), lambda *_: Commit()))
    yield from (each.message for each in life.topic_gone(told, GROUP, 4, NOW, lambda: "D").deliveries)


def ends(say: Speech) -> Iterator[str]:
    visits = tuple(Visit("MEX", outcome, error=HOSTILE) for outcome in Outcome)
    for seen, changes in ((visits, ()), ((), (change(ChangeKind.PUBLISHED, document()),))):
        decision = Decision((), changes, seen, held_now=(), doubtful=(), baseline=())
        yield SweepReport(seen, decision, Telling((), (), {})).said(say)
    yield from settle._tried(say, (Proposal("MEX", "https://a.org/", HOSTILE, K.SELF_ASSESSMENT, "2", NOW),))
    accepted, rejected = SettleHeld("MEX", "accept", ""), SettleHeld("MEX", "reject", "")
    for settled in (accepted, rejected):
        yield settle._done(say, settled, dossier())
    for kind in (K.OTHER, K.SELF_ASSESSMENT):
        one = document(kind, title=HOSTILE)
        word = SayWhatItIs("MEX", short(one.url), kind, "2")
        yield settle._done(say, word, dossier(known(one)))
        for changes, messages in (
            ((), 0),
            ((change(ChangeKind.PUBLISHED, one),), 0),
            ((change(ChangeKind.PUBLISHED, one),), 1),
        ):
            yield settle._told(say, word, changes, messages)
