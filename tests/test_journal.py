"""What the log tells of visits and deliveries, and how the one leads to the other."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog

from monitor.alert.settle import Outcome as Try
from monitor.alert.settle import Result
from monitor.errors import DeliveryError, FetchError
from monitor.journal import log_delivery, one_sweep
from monitor.logs import set_up_logs
from monitor.model import Delivery, Message
from monitor.redact import Redactor
from tests.alert.samples import NOW
from tests.fakes import Watch

Line = dict[str, Any]
OWED = Delivery("20261124T170000000000-000003", -1001234, Message("<b>Mexico</b>"), NOW, NOW, about=(4, 5))


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


class Journal:
    """What was logged, as one who reads JSON lines finds it."""

    def __init__(self, capsys: pytest.CaptureFixture[str], level: str = "info") -> None:
        set_up_logs(level, "json", Redactor([]))
        self._capsys = capsys

    def lines(self, event: str = "") -> list[Line]:
        found: list[Line] = [json.loads(line) for line in self._capsys.readouterr().err.splitlines()]
        return [line for line in found if not event or line["event"] == event]


async def swept(watch: Watch, *codes: str) -> None:
    with one_sweep() as log:
        log(await watch.sweeps(*codes))


async def test_a_visit_that_brought_nothing_new_is_told_at_debug_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    journal, watch = Journal(capsys), Watch()
    await watch.has_baseline()
    await swept(watch)
    [line] = journal.lines()
    assert (line["event"], line["countries"], line["failed"], line["changes"]) == ("sweep", 8, 0, 0)
    journal = Journal(capsys, "debug")
    await swept(watch)
    looks = journal.lines("look")
    assert {line["country"] for line in looks} == {each.code for each in watch.countries}
    assert {line["outcome"] for line in looks} == {"unchanged"}


async def test_a_visit_leads_to_its_page_its_sweep_and_the_deliveries_that_tell_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    journal, watch = Journal(capsys), Watch()
    await watch.has_baseline()
    watch.site.publishes("FIN")
    await swept(watch)
    watch.site.publishes("CHE")
    watch.site.publishes("MEX")
    watch.site.publishes("MEX", cycle="1")
    await swept(watch)
    lines = journal.lines()
    assert [line["event"] for line in lines] == ["look", "sweep", "look", "look", "sweep"]
    _, first, che, mex, second = lines
    assert first["sweep"] != second["sweep"] == che["sweep"] == mex["sweep"]
    assert len({line["sweep"] for line in lines}) == 2
    assert (che["country"], che["changes"], mex["country"], mex["changes"]) == ("CHE", [1], "MEX", [2, 3])
    assert (mex["level"], mex["outcome"], mex["status"], mex["documents"]) == ("info", "read", 200, 4)
    looks = watch.store.world.looks["MEX"].looks
    assert looks[-1].body_hash.startswith(mex["page"])
    about = {number for each in watch.store.world.deliveries for number in each.about}
    assert about == {0, 1, 2, 3}
    assert [watch.store.world.changes[number].code for number in mex["changes"]] == ["MEX", "MEX"]


async def test_a_visit_that_went_wrong_says_why_once_and_not_again_while_the_country_is_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    journal, watch = Journal(capsys), Watch()
    await watch.has_baseline()
    watch.site.fails("CHE", FetchError("503 Service Unavailable", retry_after=86_400, status=503))
    await swept(watch)
    look, _ = journal.lines()
    assert (look["level"], look["country"], look["outcome"]) == ("warning", "CHE", "failed")
    assert "503" in look["why"]
    watch.clock.advance(-6 * 3600)
    await swept(watch)
    [sweep] = journal.lines()
    assert sweep["failed"] == 1


@pytest.mark.parametrize(
    ("result", "level"),
    [
        (Result.SENT, "info"),
        (Result.MOVED, "info"),
        (Result.POSTPONED, "info"),
        (Result.UNCERTAIN, "warning"),
        (Result.GIVEN_UP, "warning"),
    ],
)
def test_a_delivery_is_named_with_how_it_ended_and_never_with_its_chat_or_its_words(
    result: Result, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = Journal(capsys)
    error = None if result is Result.SENT else DeliveryError("Too Many Requests", retry_after=3)
    log_delivery(Try(OWED, NOW + timedelta(seconds=1.26), error), result)
    [line] = journal.lines()
    assert line.pop("timestamp")
    assert line.pop("why", "") == ("" if error is None else "Too Many Requests")
    assert line == {
        "event": "delivery",
        "level": level,
        "area": "alert.deliver",
        "delivery": OWED.id,
        "result": result.value,
        "attempt": 1,
        "seconds": 1.3,
        "changes": [4, 5],
    }
