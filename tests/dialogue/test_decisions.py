from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.digest import FOLDED
from monitor.alert.press import short
from monitor.board.view import View
from monitor.dialogue.reply import SILENCE, SayWhatItIs, SettleHeld
from monitor.model import (
    Delivery,
    DeliveryState,
    Dossier,
    Held,
    KnownDocument,
    Link,
    Message,
    Snapshot,
    Standing,
)
from monitor.record.review import look_name
from tests.alert.samples import LONG_AGO, NOW, K, document, known
from tests.dialogue.duty import decides, knowing
from tests.dialogue.talk import LANGUAGES, presses, read, view

FOUND = document()
LOOK = Held("6 of 6 are new", NOW - timedelta(hours=1), Snapshot(((FOUND, Link(FOUND.url, ())),), ""))
NAME = look_name(LOOK)
HELD = Dossier("MEX", first_read=LONG_AGO, last_read=LONG_AGO, held=LOOK)
URL = "https://www.unodc.org/x.pdf"
ODD = replace(
    known(document(K.OTHER, None, url=URL, title="Reply <b>", doubt="odd", likely=K.SELF_ASSESSMENT)),
    standing=Standing.ASKED,
)
DOC = f"doc:MEX:{short(URL)}"
OWED = Delivery("20261124T090000000000-000001", -5, Message("<b>news</b>"), NOW, NOW, about=(0,))


def asked(of: KnownDocument = ODD) -> View:
    return view(Dossier("MEX", (of,), first_read=LONG_AGO, last_read=NOW))


def owing(state: DeliveryState, error: str = "timed out") -> View:
    return knowing(view(), deliveries=(replace(OWED, state=state, error=error, settled=NOW),))


@pytest.mark.parametrize(("verb", "done"), [("accept", "approved"), ("reject", "rejected")])
def test_a_held_look_is_settled_by_a_press_and_its_notice_says_so(verb: str, done: str) -> None:
    reply = decides(f"hold:{verb}:MEX:{NAME}", view(HELD))
    assert reply.act == SettleHeld("MEX", verb, NAME)  # type: ignore[arg-type] # one of its verbs
    assert reply.is_edit
    assert read(reply).startswith(f"🇲🇽 Mexico: the look is {done}\n")
    assert reply.message is not None
    assert reply.message.buttons == ()


def test_what_approving_would_send_is_shown_as_it_would_be_sent() -> None:
    reply = decides(f"hold:show:MEX:{NAME}", view(HELD))
    assert (reply.act, reply.is_edit) == (None, False)
    text = read(reply)
    assert text.startswith(
        "Mexico: approved, it would be told like this\n\n🇲🇽 Mexico published its self-assessment"
    )
    assert "Appeared between" in text
    assert reply.message is not None
    assert [each.data for each in reply.message.buttons[:2]] == [
        f"hold:accept:MEX:{NAME}",
        f"hold:reject:MEX:{NAME}",
    ]


def test_a_look_that_would_bring_no_news_says_so() -> None:
    there = replace(HELD, documents=(known(FOUND),))
    assert "Accepting it would bring no news." in read(decides(f"hold:show:MEX:{NAME}", view(there)))


@pytest.mark.parametrize(
    "of",
    [
        view(),
        view(replace(HELD, held=None)),
        view(replace(HELD, held=replace(LOOK, is_rejected=True))),
        view(replace(HELD, held=replace(LOOK, snapshot=Snapshot((), "")))),
    ],
)
def test_a_look_that_was_settled_meanwhile_says_so(of: View) -> None:
    reply = decides(f"hold:accept:MEX:{NAME}", of)
    assert (reply.act, reply.is_edit) == (None, True)
    assert reply.toast == read(reply) == "Mexico: that look is held no longer."
    assert not decides(f"hold:show:MEX:{NAME}", of).is_edit


@pytest.mark.parametrize(
    "data",
    [
        "hold",
        "hold:accept",
        "hold:accept:MEX",
        f"hold:burn:MEX:{NAME}",
        f"hold:accept:XXX:{NAME}",
        "hold:a:b:c:d",
    ],
)
def test_forged_settlements_are_silence(data: str) -> None:
    assert decides(data, view(HELD)) == SILENCE


def test_a_document_is_said_by_its_kind_and_then_its_cycle() -> None:
    question = decides(DOC, asked())
    assert (question.is_edit, question.act) == (False, None)
    assert read(question).startswith("Mexico: what is this document?\n")
    cycle = decides(f"{DOC}:country-report", asked())
    assert (cycle.is_edit, cycle.act) == (True, None)
    assert read(cycle).startswith("Mexico: of which review cycle is this country report?\n")
    done = decides(f"{DOC}:country-report:2", asked())
    assert done.act == SayWhatItIs("MEX", short(URL), K.COUNTRY_REPORT, "2")
    assert done.is_edit
    assert read(done).startswith("🇲🇽 Mexico: country report (cycle 2)\nReply <b>\n")
    assert decides(f"{DOC}:back", asked()).message == question.message
    assert decides(f"{DOC}:back", asked()).is_edit


@pytest.mark.parametrize(
    ("answer", "act", "said"),
    [
        (
            "country-report:-",
            SayWhatItIs("MEX", short(URL), K.COUNTRY_REPORT),
            "country report (cycle not stated)",
        ),
        ("other", SayWhatItIs("MEX", short(URL), K.OTHER), "nothing of interest"),
        ("known", SayWhatItIs("MEX", short(URL), K.SELF_ASSESSMENT, is_quiet=True), "not new"),
    ],
)
def test_a_document_may_have_no_cycle_be_of_no_interest_or_not_new(
    answer: str, act: SayWhatItIs, said: str
) -> None:
    reply = decides(f"{DOC}:{answer}", asked())
    assert reply.act == act
    assert read(reply).startswith(f"🇲🇽 Mexico: {said}\n")


def test_a_document_that_was_settled_meanwhile_says_what_it_is() -> None:
    of = asked(replace(known(document(K.COUNTRY_REPORT, url=URL)), standing=Standing.TOLD))
    reply = decides(f"{DOC}:other", of)
    assert (reply.act, reply.is_edit) == (None, True)
    assert read(reply) == reply.toast == "That document is settled: country report (cycle 2)."
    assert not decides(DOC, of).is_edit


@pytest.mark.parametrize(
    "data",
    [
        "doc",
        "doc:MEX",
        "doc:XXX:abc",
        "doc:MEX:abc",
        "doc:BRA:abc",
        f"{DOC}:novel",
        f"{DOC}:novel:2",
        f"{DOC}:country-report:9",
        f"{DOC}:country-report:2:3",
    ],
)
def test_forged_answers_are_silence(data: str) -> None:
    assert decides(data, asked()) == SILENCE


def test_only_what_may_be_something_known_can_be_said_not_to_be_new() -> None:
    plain = replace(ODD, document=replace(ODD.document, likely=None))
    assert decides(f"{DOC}:known", asked(plain)) == SILENCE


@pytest.mark.parametrize("state", [DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP])
def test_a_message_is_sent_again_and_its_notice_says_so(state: DeliveryState) -> None:
    of = owing(state)
    reply = decides(f"again:{OWED.id}", of)
    assert reply.commit is not None
    [fresh] = reply.commit.deliveries
    assert fresh == replace(OWED, due=of.now)
    assert (read(reply), reply.is_edit) == ("Chat -5: it is sent again\n\nnews", True)


def test_a_message_is_said_to_have_arrived() -> None:
    reply = decides(f"came:{OWED.id}", owing(DeliveryState.UNCERTAIN))
    assert reply.commit is not None
    assert reply.commit.deliveries == (replace(OWED, state=DeliveryState.SENT, settled=NOW),)
    assert read(reply) == "Chat -5: it arrived\n\nnews"


def test_a_message_is_shown_with_its_buttons() -> None:
    reply = decides(f"owed:{OWED.id}", owing(DeliveryState.UNCERTAIN))
    assert read(reply).startswith("It is not certain that chat -5 got a message\n")
    assert read(decides(f"owed:{OWED.id}", owing(DeliveryState.GIVEN_UP))).startswith("Chat -5 did not get")


@pytest.mark.parametrize(
    "of",
    [owing(DeliveryState.SENT), owing(DeliveryState.WAITING), owing(DeliveryState.GIVEN_UP, FOLDED)],
)
def test_a_message_that_was_settled_meanwhile_says_so_and_is_not_sent_twice(of: View) -> None:
    for verb in ("again", "came", "owed"):
        reply = decides(f"{verb}:{OWED.id}", of)
        assert reply.commit is None
        assert reply.toast == read(reply) == "That message is settled."


@pytest.mark.parametrize("data", ["again", "came:x", "owed:1:2:3"])
def test_forged_messages_are_silence(data: str) -> None:
    assert decides(data, owing(DeliveryState.UNCERTAIN)) == SILENCE


@pytest.mark.parametrize(
    "data", [f"hold:accept:MEX:{NAME}", DOC, f"again:{OWED.id}", f"came:{OWED.id}", "sweep:MEX"]
)
def test_outside_the_operators_chat_there_are_no_such_buttons(data: str) -> None:
    assert presses(data, view(HELD)) == SILENCE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_decision_is_said_in_every_language(language: str) -> None:
    uncertain = owing(DeliveryState.UNCERTAIN)
    for data, of in (
        (f"hold:show:MEX:{NAME}", view(HELD)),
        (f"hold:accept:MEX:{NAME}", view(HELD)),
        (DOC, asked()),
        (f"{DOC}:country-report", asked()),
        (f"{DOC}:known", asked()),
        (f"owed:{OWED.id}", uncertain),
        (f"again:{OWED.id}", uncertain),
        (f"came:{OWED.id}", uncertain),
    ):
        assert read(decides(data, of, language))
