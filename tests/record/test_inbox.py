from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.record.inbox import drop_decision, leave_decision, take_decisions


def test_a_decision_stays_until_it_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    assert take_decisions(path) == ()
    leave_decision(path, "MEX", "accept")
    leave_decision(path, "FJI", "reject")
    assert take_decisions(path) == (("FJI", "reject"), ("MEX", "accept"))
    assert take_decisions(path) == (("FJI", "reject"), ("MEX", "accept"))
    drop_decision(path, "FJI", "reject")
    assert take_decisions(path) == (("MEX", "accept"),)


def test_the_later_decision_for_a_country_replaces_the_earlier(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    leave_decision(path, "MEX", "accept")
    leave_decision(path, "MEX", "reject")
    assert take_decisions(path) == (("MEX", "reject"),)


@pytest.mark.parametrize(
    ("code", "verb"), [("../MEX", "accept"), ("MEX", "delete"), ("", "accept"), ("mex", "accept")]
)
def test_what_is_no_decision_is_refused(tmp_path: Path, code: str, verb: str) -> None:
    with pytest.raises(ValueError, match="no decision"):
        leave_decision(tmp_path / "store.json", code, verb)  # type: ignore[arg-type] # a wrong verb is the point
    assert list(tmp_path.iterdir()) == []


def test_foreign_files_in_the_inbox_are_left_alone(tmp_path: Path) -> None:
    leave_decision(tmp_path / "store.json", "MEX", "accept")
    (tmp_path / "store.json.inbox" / "MEX.accept.tmp-41").write_text("")
    (tmp_path / "store.json.inbox" / "notes.txt").write_text("")
    assert take_decisions(tmp_path / "store.json") == (("MEX", "accept"),)


def test_an_inbox_that_cannot_be_made_is_the_operators_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        leave_decision(tmp_path / "file" / "store.json", "MEX", "accept")
