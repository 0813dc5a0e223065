from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.alert.press import short
from monitor.dialogue.reply import SayWhatItIs, SayWhoSigned, SettleHeld
from monitor.errors import StoreError
from monitor.model import DocumentKind, Pledge, PledgeState
from monitor.record.inbox import (
    Decision,
    drop_decision,
    leave_decision,
    put_back,
    take_decisions,
    take_raw,
)

ACCEPT, REJECT = SettleHeld("MEX", "accept", "0123456789ab"), SettleHeld("FJI", "reject")
URL = "https://example.org/a.pdf"
SAY = SayWhatItIs("MEX", URL, DocumentKind.SELF_ASSESSMENT, "2", is_quiet=True)
SIGNED = SayWhoSigned("EU", Pledge(PledgeState.SIGNATORY, "2019-12", "https://x.example/é"))
SAY_NAME = f"MEX.say-{short(URL)}"


def test_a_decision_stays_until_it_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    assert take_decisions(path) == ()
    for decision in (ACCEPT, REJECT, SAY, SIGNED):
        leave_decision(path, decision)
    waiting = (("EU.pledge", SIGNED), ("FJI.reject", REJECT), ("MEX.accept", ACCEPT), (SAY_NAME, SAY))
    assert take_decisions(path) == waiting
    assert take_decisions(path) == waiting
    drop_decision(path, "EU.pledge")
    drop_decision(path, "EU.pledge")
    assert take_decisions(path) == waiting[1:]


@pytest.mark.parametrize("cycle", [None, "2"])
def test_a_cycle_may_be_left_unsaid(tmp_path: Path, cycle: str | None) -> None:
    said = replace(SAY, cycle=cycle)
    leave_decision(tmp_path / "store.json", said)
    assert take_decisions(tmp_path / "store.json") == ((SAY_NAME, said),)


def test_the_later_decision_about_the_same_replaces_the_earlier(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    later = replace(SAY, kind=DocumentKind.OTHER), replace(REJECT, code="MEX")
    for decision in (ACCEPT, SAY, *later):
        leave_decision(path, decision)
    assert take_decisions(path) == (("MEX.reject", later[1]), (SAY_NAME, later[0]))
    leave_decision(path, ACCEPT)
    assert take_decisions(path) == (("MEX.accept", ACCEPT), (SAY_NAME, later[0]))


def test_the_later_word_on_who_signed_replaces_the_earlier(tmp_path: Path) -> None:
    later = SayWhoSigned("EU", Pledge(PledgeState.UNKNOWN))
    for decision in (SIGNED, later):
        leave_decision(tmp_path / "store.json", decision)
    assert take_decisions(tmp_path / "store.json") == (("EU.pledge", later),)


@pytest.mark.parametrize("content", [b"", b"[]", b'"x"', b'{"state": "maybe", "signed": "", "source": ""}'])
def test_a_foreign_file_is_no_word_on_who_signed(tmp_path: Path, content: bytes) -> None:
    leave_decision(tmp_path / "store.json", SIGNED)
    (tmp_path / "store.json.inbox" / "EU.pledge").write_bytes(content)
    assert take_decisions(tmp_path / "store.json") == ()


@pytest.mark.parametrize(
    "decision",
    [
        SayWhoSigned("../MEX", Pledge(PledgeState.UNKNOWN)),
        SettleHeld("../MEX", "accept"),
        SettleHeld("MEX", "delete"),  # type: ignore[arg-type] # a wrong verb is the point
        SettleHeld("", "accept"),
        SettleHeld("mex", "accept"),
        replace(SAY, code="../MEX"),
    ],
)
def test_what_is_no_decision_is_refused(tmp_path: Path, decision: Decision) -> None:
    with pytest.raises(ValueError, match="no decision"):
        leave_decision(tmp_path / "store.json", decision)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"document": "x", "kind": "news", "cycle": null}'])
def test_foreign_files_in_the_inbox_are_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.json"
    leave_decision(path, ACCEPT)
    folder = tmp_path / "store.json.inbox"
    (folder / "MEX.accept.tmp-41").write_text("")
    (folder / "notes.txt").write_text("")
    (folder / SAY_NAME).write_bytes(content)
    assert take_decisions(path) == (("MEX.accept", ACCEPT),)
    assert (folder / SAY_NAME).exists()


def test_an_inbox_that_cannot_be_made_is_the_operators_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        leave_decision(tmp_path / "file" / "store.json", ACCEPT)


def test_decisions_are_taken_for_a_backup_and_put_back_where_nothing_newer_lies(
    path: Path, tmp_path: Path
) -> None:
    leave_decision(path, SettleHeld("MEX", "accept", "old"))
    leave_decision(path, SettleHeld("FJI", "reject"))
    (path.with_name(f"{path.name}.inbox") / "notes.txt").write_text("mine")
    taken = take_raw(path)
    assert taken == {"FJI.reject": b"", "MEX.accept": b"old"}
    other = tmp_path / "elsewhere" / "store.json"
    leave_decision(other, SettleHeld("MEX", "accept", "new"))
    put_back(other, {**taken, "../escaped": b"", "notes.txt": b""})
    assert take_decisions(other) == (
        ("FJI.reject", SettleHeld("FJI", "reject")),
        ("MEX.accept", SettleHeld("MEX", "accept", "new")),
    )
    assert sorted(each.name for each in other.parent.iterdir()) == ["store.json.inbox"]


def test_an_inbox_that_cannot_be_read_or_emptied_is_an_error_with_its_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_decision(path, SettleHeld("MEX", "accept"))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for method, use in (
        ("iterdir", lambda: take_decisions(path)),
        ("unlink", lambda: drop_decision(path, "MEX.accept")),
        ("mkdir", lambda: leave_decision(path, SettleHeld("MEX", "reject"))),
        ("read_bytes", lambda: take_raw(path)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(Path, method, refuse)
            with pytest.raises(StoreError, match=r"store\.json\.inbox.* \(Permission denied\)"):
                use()
