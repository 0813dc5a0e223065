"""`replay`: rules are tried on the pages that are kept, beside a running service, and the store stays as it is."""

from __future__ import annotations

from tests.cli.terminal import Terminal

ROADMAP = "https://www.unodc.org/documents/treaties/roadmap.pdf"


def test_a_replay_reads_what_sweeps_kept_and_changes_nothing(empty: Terminal) -> None:
    assert empty.run("sweep").code == 0
    before = empty.store.read_bytes()
    done = empty.run("replay", "--country", "MEX")
    assert (done.code, done.err) == (0, "")
    assert "Read differently from what is known: 0" in done.out
    assert "1 pages were read again" in done.out
    found = empty.run("replay", "--json").json()
    assert (found["pages"], found["documents"], found["alerts"]) == (6, [], [])
    assert empty.store.read_bytes() == before


def test_the_rules_of_a_folder_and_what_people_proposed_are_tried(empty: Terminal) -> None:
    assert empty.run("sweep").code == 0
    own = empty.folder / "tried"
    own.mkdir()
    wrong = own / "classification.toml"
    wrong.write_text("[kinds", "utf-8")
    done = empty.run("replay", "--rules", str(own))
    assert (done.code, done.out) == (2, "")
    assert "classification.toml" in done.err
    wrong.unlink()
    assert empty.run("replay", "--rules", str(own), "--proposals").code == 0
    assert empty.run("replay", "--rules", str(own / "nowhere")).code == 2


def test_where_nothing_was_kept_a_replay_says_so(empty: Terminal) -> None:
    done = empty.run("replay", "--since", "2026-01-01")
    assert done.code == 0
    assert "0 pages were read again" in done.out
