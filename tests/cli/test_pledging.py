"""The commands about who signed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from monitor.dialogue.reply import SayWhoSigned
from monitor.model import Pledge, PledgeState
from monitor.record.inbox import take_decisions
from monitor.record.lock import WriterLock
from tests.cli.terminal import CODES, Terminal
from tests.cli.test_acting import until
from tests.pledge.reading import PAGES

TODAY = f"{datetime.now(UTC):%Y-%m-%d}"
LIST = "<h1>Transparency Pledge</h1><h2>Signatories</h2><ul><li>Niger (May 2020)</li><li>Mexico (2024)</li><li>Nigeri</li></ul>"
"""Of the few countries here Mexico, Finland and Switzerland are known: two of them without a date."""


@contextmanager
def in_use(terminal: Terminal) -> Iterator[None]:
    lock = WriterLock(terminal.store, "uncac-monitor run", datetime.now(UTC))
    try:
        yield
    finally:
        lock.release()


def pledges(terminal: Terminal) -> dict[str, Pledge]:
    return dict(terminal.world().pledges)


def by_operator(signed: str) -> Pledge:
    return Pledge(PledgeState.SIGNATORY, signed, f"said by an operator, {TODAY}")


def test_a_signature_is_added_and_removed_and_listed(terminal: Terminal) -> None:
    done = terminal.run("pledge", "add", "niger", "2020-05")
    assert (done.code, done.out) == (0, "Niger: Signatory of the Transparency Pledge since May 2020.\n")
    assert pledges(terminal) == {"NER": by_operator("2020-05")}
    assert "NER 2020-05      Niger" in terminal.run("pledge", "list").out
    assert "Signatory of the Transparency Pledge since May 2020" in terminal.run("status", "NER").out
    done = terminal.run("pledge", "remove", "NER")
    assert (done.code, "Not known whether it signed" in done.out) == (0, True)
    listed = terminal.run("pledge", "list").out
    assert "Niger" not in listed
    assert "3 signatories are known; all others are unknown." in listed


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "Nigr"), "Did you mean Niger (NER)"),
        (("add", "Niger", "2020-13"), "is no date of the past"),
        (("add", "Niger", "2999"), "is no date of the past"),
        (("remove", "Nowhere"), "no State party is called"),
        (("check",), "no page is set"),
        (("import", "nothing.csv"), "does not exist"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    empty: Terminal, words: tuple[str, ...], why: str
) -> None:
    empty.set(PLEDGE__PAGE="")
    done = empty.run("pledge", *words)
    assert (done.code, done.out) == (2, "")
    assert why in done.err
    assert not empty.store.exists()


def test_the_list_is_json_with_what_operators_said(terminal: Terminal) -> None:
    terminal.run("pledge", "add", "NER", "2020")
    found = terminal.run("pledge", "list", "--json").json()
    assert not found["is_complete"]
    assert [each["country"] for each in found["countries"]] == sorted(
        CODES, key=[each["country"] for each in found["countries"]].index
    )
    [niger] = [each for each in found["countries"] if each["country"] == "NER"]
    assert niger == {
        "country": "NER",
        "state": "signatory",
        "signed": "2020",
        "source": f"said by an operator, {TODAY}",
        "is_said": True,
    }


def test_a_page_shows_what_it_would_add_and_adds_it_only_when_told_to(terminal: Terminal) -> None:
    done = terminal.run("pledge", "check", "-", stdin=LIST)
    assert done.code == 0
    assert "Would be added:\n  Niger (NER), 2020-05: “Niger (May 2020)”" in done.out
    assert "Would get a date:\n  Mexico (MEX), 2024: “Mexico (2024)”" in done.out
    assert "“Nigeri”: no exact name of a State; Nigeria (NGA), Niger (NER)?" in done.out
    assert pledges(terminal) == {}
    done = terminal.run("pledge", "check", "--apply", "-", stdin=LIST)
    assert "Niger: Signatory of the Transparency Pledge since May 2020." in done.out
    said = pledges(terminal)
    assert (sorted(said), said["MEX"].signed, said["NER"].signed) == (["MEX", "NER"], "2024", "2020-05")
    assert said["NER"].source == f"read from stdin, {TODAY}"
    assert "Nothing would be added." in terminal.run("pledge", "check", "-", stdin=LIST).out


def test_where_a_file_lies_is_not_told_to_the_readers_of_the_board(terminal: Terminal) -> None:
    page = terminal.store.with_name("a list.html")
    page.write_text(LIST, "utf-8")
    assert terminal.run("pledge", "check", "--apply", str(page)).code == 0
    assert pledges(terminal)["NER"].source == f"read from a list.html, {TODAY}"


def test_what_an_operator_said_is_not_changed_by_a_page(terminal: Terminal) -> None:
    terminal.run("pledge", "remove", "NER")
    terminal.run("pledge", "add", "MEX", "2023-11")
    done = terminal.run("pledge", "check", "--apply", "-", stdin=LIST)
    assert "An operator said otherwise" in done.out
    assert "Known with another date" in done.out
    assert pledges(terminal)["NER"].state is PledgeState.UNKNOWN
    assert pledges(terminal)["MEX"].signed == "2023-11"


def test_known_signatories_are_never_removed_by_a_page_only_named(terminal: Terminal) -> None:
    page = LIST.replace("Niger (May 2020)", "Finland (withdrawn in 2024)")
    done = terminal.run("pledge", "check", "--apply", "-", stdin=page)
    assert "nothing is removed by a page: Finland (FIN)" in " ".join(done.out.split())
    assert set(pledges(terminal)) == {"MEX"}


def test_lists_that_are_not_the_one_are_shown_with_the_reason_and_the_command_fails(
    terminal: Terminal,
) -> None:
    done = terminal.run("pledge", "check", str(PAGES / "drawn_by_a_script.html"))
    assert done.code == 1
    assert done.err.startswith("uncac-monitor: ")
    menu = "<h1>Pledge</h1><nav><ul><li>Niger<li>Mexico<li>Finland</ul></nav>"
    done = terminal.run("pledge", "check", "--apply", "-", stdin=menu)
    assert (done.code, "not proposed: it stands in a menu" in done.out) == (1, True)
    assert "none of the lists on the page" in done.err
    assert pledges(terminal) == {}


@pytest.mark.parametrize("case", ["empty", "challenge", "not_found"])
def test_what_is_not_the_page_is_a_failure_and_never_nobody(terminal: Terminal, case: str) -> None:
    done = terminal.run("pledge", "check", "--apply", str(PAGES / f"{case}.html"))
    assert (done.code, done.out) == (1, "")
    assert "uncac-monitor: " in done.err
    found = terminal.run("pledge", "check", "--json", str(PAGES / f"{case}.html"))
    assert (found.code, found.json()["lists"], bool(found.json()["error"])) == (1, [], True)


def test_the_page_of_the_configuration_is_asked_and_the_answer_is_json(terminal: Terminal) -> None:
    terminal.set(PLEDGE__PAGE="http://127.0.0.1:9/pledge/")
    done = terminal.run("pledge", "check", "--json")
    found = done.json()
    assert (done.code, found["page"]) == (1, "http://127.0.0.1:9/pledge/")
    assert "refuses the connection" in found["error"]


def test_a_check_is_json_with_every_list_and_every_state(terminal: Terminal) -> None:
    found = terminal.run("pledge", "check", "--json", "--apply", "-", stdin=LIST).json()
    assert set(found) == {"page", "error", "lists", "states", "spoken_against", "added"}
    [roster] = found["lists"]
    assert (roster["heading"], roster["is_proposed"], len(roster["doubts"])) == ("Signatories", True, 1)
    assert {each["country"]: each["standing"] for each in found["states"]} == {"NER": "new", "MEX": "dated"}
    assert found["added"] == ["NER", "MEX"]


def table(terminal: Terminal, *rows: str) -> str:
    file = terminal.folder / "signed.csv"
    file.write_text("\n".join(("# complete: no", "code,signed,source", *rows)), "utf-8")
    return str(file)


def test_a_table_of_signatories_is_taken_over_with_its_sources(terminal: Terminal) -> None:
    file = table(terminal, "NER,2020-05,https://x.example/", "NGA,,", "FIN,2022-04-12,another source")
    done = terminal.run("pledge", "import", file)
    assert (done.code, len(done.out.splitlines())) == (0, 2)
    assert pledges(terminal) == {
        "NER": Pledge(PledgeState.SIGNATORY, "2020-05", "https://x.example/"),
        "NGA": Pledge(PledgeState.SIGNATORY, "", f"imported from signed.csv, {TODAY}"),
    }
    assert terminal.run("pledge", "import", file).out == "Everything in it is known: nothing was changed.\n"


def test_every_mistake_in_a_table_is_shown_at_once_and_nothing_taken_over(terminal: Terminal) -> None:
    done = terminal.run("pledge", "import", table(terminal, "NER,2020,", "XXX,,", "NGA,20x,", "FIN,2999,"))
    assert (done.code, done.out) == (2, "")
    for what in ('"XXX"', '"20x"', '"2999"', "Nothing was taken over."):
        assert what in done.err
    assert pledges(terminal) == {}


def test_what_is_no_table_is_refused_in_one_line(terminal: Terminal) -> None:
    file = terminal.folder / "signed.csv"
    file.write_bytes(b"\xff\xfe\x00")
    done = terminal.run("pledge", "import", str(file))
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)


def test_beside_a_running_service_words_are_handed_to_it(terminal: Terminal) -> None:
    with in_use(terminal):
        done = terminal.run("pledge", "add", "NER", "2020")
        applied = terminal.run("pledge", "check", "--apply", "-", stdin=LIST)
    assert done.out.startswith("Handed to the running service")
    assert "Handed to the running service" in applied.out
    left = dict(take_decisions(terminal.store))
    assert list(left) == ["MEX.pledge", "NER.pledge"]
    assert left["NER.pledge"] == SayWhoSigned(
        "NER", Pledge(PledgeState.SIGNATORY, "2020-05", f"read from stdin, {TODAY}")
    )
    assert pledges(terminal) == {}


def test_the_running_service_applies_the_words_and_looks_at_the_new_signatory_with_the_others(
    terminal: Terminal,
) -> None:
    terminal.set(SCHEDULE__JITTER_SECONDS="0", SCHEDULE__DELIVER_SECONDS="0.2")
    service = terminal.starts("run")
    try:
        until(lambda: bool(terminal.world().duty.swept))
        terminal.run("pledge", "add", "NER", "2020")
        until(lambda: "NER" in pledges(terminal))
    finally:
        service.send_signal(signal.SIGTERM)
        service.communicate(timeout=60)
    assert pledges(terminal)["NER"] == by_operator("2020")
    assert take_decisions(terminal.store) == ()
