"""A chain as JSON: names as docs/json.md promises them, and nothing about whom."""

from __future__ import annotations

from dataclasses import replace

from monitor.board.export import change_json, file_json, instant, known_json
from monitor.board.proofs import chain_json
from monitor.model import LookHistory
from tests.alert.samples import NOW
from tests.evidence.test_chain import BEFORE, LATER, LOOK, SELF, WITH, found, world


def test_a_chain_holds_looks_file_changes_and_what_was_told() -> None:
    written = chain_json(found(world()))
    assert set(written) == {"proof", "document", "looks", "file", "changes", "told"}
    of = found(world())
    assert written["document"] == known_json("MEX", SELF, of.file)
    assert written["looks"]["without"] == {
        "first": instant(BEFORE.first),
        "last": instant(BEFORE.last),
        "times": 5,
        "status": 304,
        "body_hash": "b" * 64,
        "error": None,
    }
    assert written["looks"]["shown"]["body_hash"] == WITH.body_hash
    assert written["looks"]["later"][0] == {
        "first": instant(LATER.first),
        "last": instant(LATER.last),
        "times": 2,
        "status": 403,
        "body_hash": None,
        "error": "it refuses the page",
    }
    assert written["file"] == {
        "url": SELF.document.url,
        "checked": instant(NOW),
        "looks": [file_json(LOOK)],
        "doubted": None,
    }
    [told] = written["told"]
    assert told["text"] == "Mexico published its self-assessment\nmore"
    assert told["counts"] == {"sent": 2, "uncertain": 1}


def test_each_change_of_a_chain_has_its_proof_and_the_looks_around_it() -> None:
    of = found(world())
    [written] = chain_json(of)["changes"]
    looks = chain_json(of)["looks"]
    assert written == change_json(of.happened[0].change) | {
        "proof": of.proof,
        "looks": {"before": looks["without"], "after": looks["shown"]},
    }


def test_what_is_not_remembered_is_null() -> None:
    written = chain_json(found(world(looks={"MEX": LookHistory("MEX")}, files={})))
    assert (written["looks"]["without"], written["looks"]["shown"], written["file"]) == (None, None, None)
    assert written["changes"][0]["looks"] == {"before": None, "after": None}


def test_a_bug_of_ours_is_named_and_no_more_said_of_it() -> None:
    trouble = replace(LATER, error="a bug in the monitor: FileNotFoundError: /srv/secret/place")
    written = chain_json(found(world(looks={"MEX": LookHistory("MEX", (BEFORE, WITH, trouble))})))
    assert written["looks"]["later"][0]["error"] == "a bug in the monitor"


def test_nothing_that_is_owed_yet_went_out() -> None:
    waiting = tuple(
        replace(each, state=type(each.state).WAITING, settled=None) for each in world().deliveries
    )
    [told] = chain_json(found(world(deliveries=waiting)))["told"]
    assert (told["counts"], told["first"], told["last"]) == ({"waiting": 3}, None, None)
