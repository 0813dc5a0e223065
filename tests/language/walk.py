"""Everything the bot can say, once: every writer and every answer, with samples, in one language."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
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
from monitor.board.health import ill_health
from monitor.board.reading import remarks
from monitor.dialogue import life
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask, Channel
from monitor.dialogue.inline import inline
from monitor.dialogue.menu import description, menu, short_description
from monitor.dialogue.reply import Reply, SayWhatItIs, SettleHeld
from monitor.dialogue.view import View
from monitor.language.speech import Speech
from monitor.model import (
    TERMINAL,
    Button,
    Change,
    ChangeKind,
    Chat,
    ChatId,
    ChatKind,
    Commit,
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
    Outcome,
    Pledge,
    PledgeState,
    Quiet,
    ReviewCycle,
    Scope,
    Snapshot,
    Standing,
    Subscription,
    Visit,
    When,
    Where,
    Words,
    World,
)
from monitor.profile.rules import Expectation
from monitor.record.decide import Decision
from monitor.sweep import SweepReport
from tests.alert.samples import CYCLES, EARLIER, LONG_AGO, NOW, K, change, document, dossier, known
from tests.dialogue.talk import LANGUAGES, SHIPPED, view

ANN, GROUP, OPERATORS, CHANNEL = 7, -1007, -9, -100555
HOSTILE = "<B>&\"'{X} %S {0}</A>"
"""A stranger's words: markup, and what formatting would trip over. Capitals: small letters are our own words."""
LONG = "Ω" * 5000
_MOST_ALIKE = 2
"""Buttons of one shape that are pressed: pages and countries are alike."""
_MOST_PRESSES = 400


def everything(say: Speech) -> Iterator[Message]:
    """Give all that is shown in a language; what is no message (toasts, menus, titles) as one."""
    for one in _all(say):
        if isinstance(one, Message):
            yield one
        elif one:
            yield Message(one.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _all(say: Speech) -> Iterator[Message | str]:
    yield from _alerts(say)
    yield from _notices(say)
    yield from _health(say)
    yield from _digests(say)
    yield from _menus(say)
    yield from _lives(say)
    yield from _ends(say)
    yield from _conversations(say)


def _quoted(**changes: object) -> Document:
    evidence = tuple(Evidence("kind", str(where), HOSTILE) for where in Where)
    return replace(document(title=HOSTILE), evidence=evidence, **changes)  # type: ignore[arg-type] # fields by name


def _alerts(say: Speech) -> Iterator[Message]:
    hostile = Country("XXX", dict.fromkeys(("en", "fr", "es"), HOSTILE))
    here = _quoted()
    for pledge in (
        Pledge(PledgeState.SIGNATORY, "2023-11-30"),
        Pledge(PledgeState.SIGNATORY, "2023-11"),
        Pledge(PledgeState.SIGNATORY),
        Pledge(PledgeState.NOT_SIGNATORY),
        Pledge(PledgeState.UNKNOWN),
    ):
        for changes in _news():
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


def _news() -> Iterator[tuple[Change, ...]]:
    here = _quoted()
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
        change(ChangeKind.PUBLISHED, _quoted(url=f"https://a.org/{number}", title=LONG, language=None))
        for number in range(60)
    )


def _unsure(number: int = 0, doubt: str = "DOUBT", likely: K | None = K.SELF_ASSESSMENT) -> KnownDocument:
    words = (Words(Where.LABEL, HOSTILE), Words(Where.HEADING, "HEADING"))
    url = f"https://a.org/{number}.pdf"
    of = document(K.OTHER, url=url, title=HOSTILE, doubt=doubt, likely=likely)
    return replace(known(of, NOW, EARLIER, link=Link(url, words)), standing=Standing.ASKED)


def _delivery(name: str, state: DeliveryState, **more: object) -> Delivery:
    plain = Delivery(
        name, ANN, Message("<b>MESSAGE</b>"), EARLIER, NOW, state=state, attempts=2, error="ERROR"
    )
    return replace(plain, **more)  # type: ignore[arg-type] # fields by name


def _notices(say: Speech) -> Iterator[Message | str]:
    mexico, niger = _country("MEX"), _country("NER")
    news = (change(ChangeKind.PUBLISHED, document()),)
    for changes in (news, ()):
        yield from notices.held(say, mexico, HOSTILE, changes, "https://a.org/", look="LOOK")
    yield from notices.held_fleet(
        say, [(mexico, news), (niger, ())], 192, lambda _: "https://a.org/", looks={"MEX": "LOOK"}
    )
    yield from questions(say, [(mexico, _unsure()), (niger, _unsure()), (mexico, _unsure(1, "", None))])
    yield from questions(say, [(mexico, _unsure(number)) for number in range(12)])
    yield from questions(say, [(mexico, _unsure(number)) for number in range(9)])
    for attempts in (1, 2):
        for about in ({}, {"thread": 4}, {"chat": TERMINAL}, {"error": ""}):
            owed = _delivery("D", DeliveryState.UNCERTAIN, attempts=attempts, **about)
            yield notices.uncertain(say, owed)
            yield notices.given_up(say, owed)
    yield notices.uncertain(say, _delivery("D", DeliveryState.UNCERTAIN, message=Message(LONG[:4096])))
    yield notices.named(say, [mexico] * 20)


def _health(say: Speech) -> Iterator[Message | str]:
    mexico, niger, nigeria = _country("MEX"), _country("NER"), _country("NGA")
    failing = Failing(EARLIER, HOSTILE, 1, NOW)
    languages = [
        known(document(K.EXECUTIVE_SUMMARY, cycle, language))
        for cycle in ("1", None)
        for language in ("en", "xx", None)
    ]
    full = {"MEX": dossier(*languages, _unsure(), _unsure(1)), "NER": Dossier("NER", failing=failing)}
    few = {"MEX": dossier(known(document()), _unsure())}
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
    yield ill_health(say, None, timedelta(hours=1), NOW)
    yield ill_health(say, LONG_AGO, timedelta(hours=1), NOW)
    yield from _duties(say)


def _duties(say: Speech) -> Iterator[Message]:
    yield heartbeat(say, _busy().world, _busy().countries, LONG_AGO, NOW)
    failing = {
        each.code: Dossier(each.code, failing=Failing(LONG_AGO, HOSTILE, 1, NOW))
        for each in SHIPPED.countries
    }
    yield heartbeat(say, World(failing), SHIPPED.countries, LONG_AGO, NOW)
    thirteen = dict(list(failing.items())[:13])
    yield heartbeat(say, World(thirteen), SHIPPED.countries, LONG_AGO, NOW)
    one = World(
        {"MEX": replace(dossier(_unsure()), held=_HELD)},
        deliveries=(_delivery("D", DeliveryState.SENT, settled=NOW, about=(0,)),),
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


def _digests(say: Speech) -> Iterator[Message]:
    book = Book(SHIPPED.countries, view().pledges, SHIPPED.rules, view().profile_url)
    changes = [each for some in _news() for each in some]
    for number in (1, 3):
        titles = [roundup.title(say, when, number) for when in When]
        for title in (*titles, roundup.missed(say, NOW, number)):
            yield from roundup.digest(say, title, changes, {}, book)


def _menus(say: Speech) -> Iterator[Message | str]:
    for audience in ("private", "group", "administrators", "operators"):
        yield from (words for _, words in menu(say, audience))
    yield from (description(say), short_description(say))
    for text in ("", "mex", "n"):
        for card in inline(say, text, _busy()):
            yield from (card.title, card.description, card.message)
    yield texts.legend(say)
    yield texts.chapters(say, ReviewCycle("3", 2, ("VI",), (HOSTILE,), "", (2027, None)))


def _lives(say: Speech) -> Iterator[Message | str]:
    meeting = life.Meeting(
        GROUP, ChatKind.GROUP, HOSTILE, say.code, ANN, could_write=False, can_write=True, is_there=True
    )
    away = Chat(GROUP, language=say.code, away="AWAY", away_since=LONG_AGO)
    told = World(subscriptions=(Subscription(GROUP, 4),), chats={GROUP: away})
    yield from _shown(life.met(meeting, view(), lambda *_: Commit()))
    yield from _shown(life.met(replace(meeting, kind=ChatKind.CHANNEL), view(), lambda *_: Commit()))
    yield from _shown(life.met(meeting, replace(view(), world=told), lambda *_: Commit()))
    yield from (each.message for each in life.topic_gone(told, GROUP, 4, NOW, lambda: "D").deliveries)


def _ends(say: Speech) -> Iterator[str]:
    visits = tuple(Visit("MEX", outcome, error=HOSTILE) for outcome in Outcome)
    for seen, changes in ((visits, ()), ((), (change(ChangeKind.PUBLISHED, document()),))):
        decision = Decision((), changes, seen, held_now=(), doubtful=(), baseline=())
        yield SweepReport(seen, decision, Telling((), (), {})).said(say)
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


_HELD = Held(
    HOSTILE, EARLIER, Snapshot(((document(K.COUNTRY_REPORT), Link("https://a.org/r.pdf", ())),), "HASH")
)


def _busy() -> View:
    """A world in which everything is the case."""
    mexico = dossier(
        known(document()),
        known(document(language="fr"), NOW, EARLIER),
        known(document(K.COUNTRY_REPORT, None)),
        _unsure(),
        _unsure(1),
    )
    dossiers = (
        replace(mexico, failing=Failing(EARLIER, HOSTILE, 1, NOW)),
        replace(dossier(known(document(K.COUNTRY_REPORT)), code="FIN"), held=_HELD),
        replace(dossier(_unsure(7), code="AUT"), held=_HELD, failing=Failing(LONG_AGO, HOSTILE, 1, NOW)),
        replace(dossier(known(document())), code="NLD", failing=Failing(LONG_AGO, HOSTILE, 1, NOW)),
        Dossier("ALB", failing=Failing(EARLIER, HOSTILE, 1, NOW)),
    )
    states = enumerate(
        (DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP, DeliveryState.SENT, DeliveryState.WAITING)
    )
    of = view(
        *dossiers, changes=tuple(each for some in _news() for each in some) * 2, contact="MAIL@EXAMPLE.ORG"
    )
    world = replace(
        of.world,
        deliveries=tuple(_delivery(f"D{number}", state, about=(0,), settled=NOW) for number, state in states),
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


def _choices() -> Iterator[tuple[Subscription, Chat]]:
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
    codes = frozenset(country.code for country in SHIPPED.countries)
    yield replace(here, kinds=frozenset({K.COUNTRY_REPORT}), withdrawals=False), chat
    yield replace(here, scope=Scope(countries=codes), kinds=frozenset(K), withdrawals=False), chat


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
    "lang:QQQ",
    "hold:show:MEX:LOOK",
    "hold:accept:MEX:LOOK",
    "owed:D2",
    "again:D2",
    "came:D2",
    f"doc:MEX:{short(document().url)}",
)


def _conversations(say: Speech) -> Iterator[Message | str]:
    person = Ask("", ANN, language=say.code)
    group = Ask("", GROUP, ChatKind.GROUP, 4, HOSTILE, language=say.code)
    operators = Ask("", OPERATORS, ChatKind.GROUP, language=say.code, is_operator=True)
    yield from _talk(person, WORDS, view())
    yield from _talk(person, (*WORDS, *FORGED), _busy())
    yield from _talk(group, WORDS, _busy())
    yield from _talk(operators, (*ORDERS, *FORGED), _busy())
    yield from _talk(operators, (*ORDERS, *FORGED), view())
    small = replace(view(dossier(known(document()))), countries=(_country("MEX"),))
    yield from _talk(person, ("/status", "/missing", "/pledge"), small)
    yield from _talk(replace(person, may_choose=False), ("/subscribe",), view())
    yield from _talk(replace(person, is_invited=False), ("/status",), view())
    for is_theirs, may_post in ((True, True), (True, False), (False, True)):
        channel = Channel(CHANNEL, HOSTILE, is_theirs=is_theirs, may_post=may_post, name="news")
        yield from _talk(
            replace(person, channel=channel), ("/subscribe @news", "/subscriptions @news"), _busy()
        )
    for subscription, chat in _choices():
        world = replace(_busy().world, subscriptions=(subscription,), chats={ANN: chat})
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
        yield from _shown(reply)
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


def _shown(reply: Reply) -> Iterator[Message | str]:
    if reply.message:
        yield reply.message
    if reply.toast:
        yield reply.toast
    if reply.file and reply.file.caption:
        yield reply.file.caption
    if reply.commit:
        yield from (each.message for each in reply.commit.deliveries)


def _country(code: str) -> Country:
    return next(country for country in SHIPPED.countries if country.code == code)
