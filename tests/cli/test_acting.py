"""Commands that do something."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from monitor.alert.press import short
from monitor.cli.acting import KINDS
from monitor.dialogue.reply import SayWhatItIs
from monitor.model import DocumentKind, Outcome
from monitor.record.inbox import take_decisions
from monitor.record.lock import WriterLock
from tests.botapi.server import TOKEN, BotApi
from tests.cli.terminal import CODES, Terminal

pytestmark = pytest.mark.slow

PATIENCE = 60.0
"""Seconds: no measure of the program, which takes less than two, but of the busiest machine."""
ROADMAP = "https://www.unodc.org/documents/roadmap.pdf"


def withdraw_all(terminal: Terminal, code: str) -> None:
    for document in terminal.site.documents(code):
        terminal.site.withdraw(code, document.url)


def until(is_so: Callable[[], bool], seconds: float = 2 * PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_sweep_shows_the_alert_and_what_happened(terminal: Terminal) -> None:
    terminal.site.publish("NER", DocumentKind.COUNTRY_REPORT, "1")
    done = terminal.run("sweep")
    assert done.code == 0
    assert "Niger" in done.out
    assert "NER published: country-report, cycle 1, en" in done.out


def test_only_the_countries_named_are_looked_at(terminal: Terminal) -> None:
    terminal.site.forget_requests()
    done = terminal.run("sweep", "mexico", "NER")
    assert done.code == 0
    pages = [each.path for each in terminal.site.seen if each.path.endswith(".html")]
    assert sorted(pages) == ["/MEX.html", "/NER.html"]


def test_a_country_that_cannot_be_read_is_exit_code_3_and_says_why(terminal: Terminal) -> None:
    terminal.site.answer("CHE", status=403)
    done = terminal.run("sweep")
    assert done.code == 3
    assert "403 Forbidden" in done.out
    assert "CHE" in done.out


def test_what_is_held_is_accepted_by_a_person(terminal: Terminal) -> None:
    withdraw_all(terminal, "FIN")
    assert "uncac-monitor accept FIN" in terminal.run("sweep", "FIN").out
    done = terminal.run("accept", "finland")
    assert (done.code, done.out) == (0, "Finland: accepted.\n")
    finland = terminal.world().dossiers["FIN"]
    assert finland.held is None
    assert all(known.missing_since for known in finland.documents)


def test_what_is_rejected_stays_rejected_and_nobody_is_asked_again(terminal: Terminal) -> None:
    withdraw_all(terminal, "FIN")
    terminal.run("sweep", "FIN")
    done = terminal.run("reject", "FIN")
    assert (done.code, done.out) == (0, "Finland: rejected.\n")
    again = terminal.run("sweep", "FIN")
    assert "uncac-monitor accept FIN" not in again.out
    held = terminal.world().dossiers["FIN"].held
    assert held is not None
    assert held.is_rejected
    assert "Held" not in terminal.run("status", "FIN").out


def test_several_countries_are_accepted_although_nothing_is_held_for_one(terminal: Terminal) -> None:
    withdraw_all(terminal, "FIN")
    withdraw_all(terminal, "NER")
    terminal.run("sweep", "FIN", "NER")
    done = terminal.run("accept", "FIN", "MEX", "Niger")
    assert (done.code, done.out) == (1, "Finland: accepted.\nNiger: accepted.\n")
    assert done.err == "uncac-monitor: nothing is held for MEX: there is nothing to accept\n"


def test_what_a_person_says_a_document_is_is_told_once(terminal: Terminal) -> None:
    terminal.finds("MEX", ROADMAP, "Roadmap")
    done = terminal.run("say", "mexico", ROADMAP, "self-assessment", "--cycle", "2")
    assert done.code == 0
    assert "Mexico: “Roadmap” is known as self-assessment (cycle 2); 1 message is owed." in done.out
    assert ROADMAP in done.out.removesuffix(done.out.splitlines()[-1])
    assert "MEX published: self-assessment, cycle 2" in terminal.run("changes").out
    again = terminal.run("say", "mexico", ROADMAP, "self-assessment")
    assert (again.code, again.out) == (1, "")
    assert "there is nothing to say" in again.err


@pytest.mark.parametrize("words", [("other",), ("self-assessment", "--quiet")])
def test_what_is_no_news_is_entered_and_told_nobody(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.finds("MEX", ROADMAP, "Roadmap")
    done = terminal.run("say", "MEX", short(ROADMAP), *words)
    assert (done.code, "; nobody is told." in done.out) == (0, True)
    assert len(terminal.world().changes) == 1


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("say", "MEX", "x", "leaflet"), 2, "'leaflet' is not one of"),
        (("say", "Nigr", "x", "other"), 2, "no State party is called 'Nigr'"),
        (
            ("say", "MEX", "x", "other"),
            1,
            "no document of MEX is called x: `uncac-monitor documents MEX` lists",
        ),
        (("say", "MEX", "x", "other", "--cycle", "9"), 1, "there is no review cycle 9, only 1, 2"),
    ],
)
def test_a_word_that_makes_no_sense_is_refused(
    terminal: Terminal, words: tuple[str, ...], code: int, why: str
) -> None:
    done = terminal.run(*words)
    assert (done.code, done.out) == (code, "")
    assert why in done.err


def test_every_kind_of_document_can_be_said() -> None:
    assert tuple(kind.value for kind in DocumentKind) == KINDS


def test_beside_a_running_service_a_word_is_handed_to_it_and_nonsense_is_said_at_once(
    terminal: Terminal,
) -> None:
    terminal.finds("MEX", ROADMAP, "Roadmap")
    lock = WriterLock(terminal.store, "uncac-monitor run", datetime.now(UTC))
    try:
        done = terminal.run("say", "MEX", ROADMAP, "self-assessment", "--cycle", "2")
        wrong = terminal.run("say", "MEX", "x", "other")
    finally:
        lock.release()
    assert (done.code, done.out.startswith("Handed to the running service")) == (0, True)
    assert (wrong.code, wrong.out) == (1, "")
    [(_, decision)] = take_decisions(terminal.store)
    assert decision == SayWhatItIs("MEX", ROADMAP, DocumentKind.SELF_ASSESSMENT, "2")


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_nothing_held_is_nothing_to_decide(terminal: Terminal, verb: str) -> None:
    done = terminal.run(verb, "MEX")
    assert (done.code, done.out) == (1, "")
    assert done.err == f"uncac-monitor: nothing is held for MEX: there is nothing to {verb}\n"


def test_a_wrong_configuration_starts_nothing_and_shows_every_mistake(terminal: Terminal) -> None:
    terminal.set(SOURCE__SPACING="often", LOG__LEVEL="loud", SCHEDULE__ALL_MINUTES="0")
    for words in (("sweep",), ("run",), ("status",), ("check",), ("healthy",), ("accept", "MEX")):
        done = terminal.run(*words)
        assert (done.code, done.out) == (2, "")
        assert "The configuration has 3 mistakes; nothing was started." in done.err
        for key in ("SOURCE__SPACING", "LOG__LEVEL", "SCHEDULE__ALL_MINUTES"):
            assert key in done.err


def test_a_store_in_use_is_one_plain_message_and_reading_goes_on(terminal: Terminal) -> None:
    lock = WriterLock(terminal.store, "another program", datetime.now(UTC))
    try:
        done = terminal.run("sweep")
        reading = terminal.run("status", "MEX")
    finally:
        lock.release()
    assert (done.code, done.out) == (1, "")
    assert "another program" in done.err
    assert "Traceback" not in done.err
    assert reading.code == 0


@pytest.mark.parametrize(
    "words", [("sweep",), ("run",), ("status",), ("documents", "--json"), ("accept", "MEX")]
)
def test_a_damaged_store_is_one_plain_message_that_says_how_to_go_back(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    terminal.store.write_bytes(terminal.store.read_bytes()[:100])
    done = terminal.run(*words)
    assert (done.code, done.out.replace("\n", "")[:17]) in {(1, ""), (1, "No Telegram token")}
    assert "is damaged" in done.err
    assert "Traceback" not in done.err


def test_the_token_is_never_shown_nor_kept_also_when_telegram_refuses_it(terminal: Terminal) -> None:
    terminal.site.publish("NER", DocumentKind.COUNTRY_REPORT, "1")
    with BotApi(token="1:other") as telegram:  # noqa: S106 - nobody's token
        terminal.set(
            TELEGRAM__TOKEN=TOKEN,
            TELEGRAM__API_URL=telegram.url,
            TELEGRAM__CHATS="[-100]",
            LOG__LEVEL="debug",
        )
        done = terminal.run("sweep")
    secret = TOKEN.partition(":")[2]
    assert secret not in done.everything
    assert secret.encode() not in terminal.store.read_bytes()
    assert "delivering stopped" in done.err


def test_a_sweep_with_a_bot_alerts_the_chats(terminal: Terminal) -> None:
    terminal.site.publish("NER", DocumentKind.COUNTRY_REPORT, "1")
    with BotApi() as telegram:
        terminal.set(TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=telegram.url, TELEGRAM__CHATS="[-100]")
        done = terminal.run("sweep")
        assert [("Niger" in text) for text in telegram.texts(-100)] == [True]
    assert done.code == 0
    assert TOKEN not in done.everything


def test_the_service_looks_tells_takes_decisions_and_ends_at_sigterm(terminal: Terminal) -> None:
    withdraw_all(terminal, "FIN")
    terminal.set(SCHEDULE__JITTER_SECONDS="0", SCHEDULE__DELIVER_SECONDS="0.2", BELIEVE__EQUAL_LOOKS="1000")
    service = terminal.starts("run")
    try:
        until(lambda: terminal.world().dossiers["FIN"].held is not None)
        beside = terminal.run("accept", "Finland")
        until(lambda: terminal.world().dossiers["FIN"].held is None)
    finally:
        service.send_signal(signal.SIGTERM)
        out, err = service.communicate(timeout=PATIENCE)
    assert beside.code == 0
    assert beside.out.startswith("Handed to the running service, which applies it within seconds")
    assert service.returncode == 0
    assert out.startswith("No Telegram token: alerts are shown here.")
    assert "a look is held" in out
    assert all(line.startswith("{") for line in err.splitlines())


def test_the_service_with_a_bot_alerts_the_chats_answers_them_and_never_shows_the_token(
    terminal: Terminal,
) -> None:
    terminal.site.publish("NER", DocumentKind.COUNTRY_REPORT, "1")
    with BotApi() as telegram:
        terminal.set(
            TELEGRAM__TOKEN=TOKEN,
            TELEGRAM__API_URL=telegram.url,
            TELEGRAM__CHATS="[-100]",
            SCHEDULE__DELIVER_SECONDS="0.2",
            LOG__LEVEL="debug",
        )
        service = terminal.starts("run")
        try:
            until(lambda: bool(telegram.texts(-100)))
            telegram.push_update("/status Niger", 55)
            until(lambda: bool(telegram.texts(55)))
        finally:
            service.send_signal(signal.SIGTERM)
            out, err = service.communicate(timeout=PATIENCE)
    assert service.returncode == 0
    assert "Niger" in telegram.texts(-100)[0]
    assert "Niger" in telegram.texts(55)[0]
    assert out == ""
    assert TOKEN.partition(":")[2] not in err
    assert TOKEN.partition(":")[2].encode() not in terminal.store.read_bytes()


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_beside_a_running_service_nothing_held_is_said_at_once(terminal: Terminal, verb: str) -> None:
    lock = WriterLock(terminal.store, "uncac-monitor run", datetime.now(UTC))
    try:
        done = terminal.run(verb, "MEX")
    finally:
        lock.release()
    assert done.code == 1
    assert f"there is nothing to {verb}" in done.err


def test_sigterm_during_a_slow_sweep_ends_the_service_within_two_seconds(terminal: Terminal) -> None:
    terminal.site.latency = 10 * PATIENCE
    with BotApi() as telegram:
        terminal.set(
            SOURCE__TIMEOUT=str(10 * PATIENCE), TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=telegram.url
        )
        # What is slow by itself is slow every time; a busy machine is not.
        assert any(seconds_to_stop(terminal, telegram) < 2 for _ in range(3))


def seconds_to_stop(terminal: Terminal, telegram: BotApi) -> float:
    """Let the service end while it waits for a page and for what people write."""
    asked, polled = len(terminal.site.seen), len(telegram.calls("getUpdates"))
    service = terminal.starts("run")
    try:
        until(lambda: len(terminal.site.seen) > asked and len(telegram.calls("getUpdates")) > polled)
    finally:
        began = time.monotonic()
        service.send_signal(signal.SIGTERM)
        _, err = service.communicate(timeout=PATIENCE)
    seconds = time.monotonic() - began
    assert service.returncode == 0
    assert "Traceback" not in err
    assert '"level": "error"' not in err
    return seconds


def test_help_names_every_command(seen: Terminal) -> None:
    done = seen.run("--help")
    assert done.code == 0
    for name in (
        "run",
        "sweep",
        "documents",
        "status",
        "changes",
        "read",
        "check",
        "accept",
        "reject",
        "say",
        "proposals",
        "demo",
    ):
        assert f"  {name} " in done.out


def test_the_visits_of_a_sweep_are_what_the_store_knows(seen: Terminal) -> None:
    world = seen.world()
    assert sorted(world.dossiers) == sorted(CODES)
    assert Outcome.READ.value == "read"
    assert [change.code for change in world.changes] == ["MEX"]
