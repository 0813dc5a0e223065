"""What is counted as it happens, and that Prometheus can read and its linter would praise it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from monitor.model import Change, ChangeKind, DocumentKind, Outcome, Visit
from monitor.signals.figures import figures
from monitor.signals.meter import Meter
from tests.alert.samples import document
from tests.signals.sights import LONG_AGO, NOW, owed, running, sent, sight, world

ROOT = Path(__file__).parents[2]
HISTORY = tuple(
    Change("MEX", event, document(kind), NOW, None) for event in ChangeKind for kind in DocumentKind
)
BUSY = world(owed(timedelta(minutes=5), chat=-100123456), sent(timedelta(hours=1)), changes=HISTORY)
SUFFIXES = ("_bucket", "_sum", "_count")
BASE_UNITS = {"seconds", "bytes"}
OTHER_UNITS = {"ms", "milliseconds", "minutes", "hours", "days", "kb", "mb", "megabytes", "ratio", "percent"}
NAME = re.compile(r"\b(?:uncac_monitor|process)_[a-z_]+")


class Watch:
    """A meter with a clock of its own."""

    def __init__(self) -> None:
        self.now = NOW
        self.meter = Meter("1.2.3", lambda: self.now)

    def text(self) -> str:
        return self.meter.text(figures(sight(BUSY, running()), 4096, LONG_AGO)).decode()

    def families(self) -> Mapping[str, Metric]:
        return {family.name: family for family in text_string_to_metric_families(self.text())}

    def value(self, name: str, **labels: str) -> float | None:
        found = [each for family in self.families().values() for each in family.samples]
        return next((each.value for each in found if (each.name, each.labels) == (name, labels)), None)


def worked() -> Watch:
    """Give one that has heard of everything once."""
    watch = Watch()
    meter = watch.meter
    meter.swept([Visit("MEX", Outcome.READ), Visit("NER", Outcome.READ), Visit("CHE", Outcome.FAILED)], 192.5)
    for result in ("sent", "postponed", "uncertain", "given up", "moved"):
        meter.tried(result)
    meter.fetched("page", 2.9, 26_000)
    meter.fetched("page", 0.2, 0)
    meter.fetched("file", 9, 3_000_000)
    meter.written(0.02)
    meter.polled("")
    meter.polled("Telegram cannot be reached")
    meter.lagged(0.003)
    return watch


@pytest.mark.parametrize(
    ("name", "labels", "value"),
    [
        ("sweep_duration_seconds_sum", {}, 192.5),
        ("visits_total", {"outcome": "read"}, 2),
        ("visits_total", {"outcome": "held"}, 0),
        ("delivery_tries_total", {"result": "given up"}, 1),
        ("fetch_duration_seconds_count", {"what": "page"}, 2),
        ("fetch_size_bytes_count", {"what": "page"}, 1),
        ("fetch_size_bytes_sum", {"what": "file"}, 3_000_000),
        ("store_write_duration_seconds_bucket", {"le": "0.025"}, 1),
        ("event_loop_lag_seconds_bucket", {"le": "0.001"}, 0),
        ("telegram_polls_total", {"result": "failed"}, 1),
        ("changes_total", {"event": "published", "kind": "country-report"}, 1),
        ("deliveries", {"state": "waiting"}, 1),
        ("backlog_age_seconds", {}, 300),
        ("countries", {"standing": "read"}, 3),
        ("last_success_timestamp_seconds", {"what": "copy"}, LONG_AGO.timestamp()),
        ("sweep_period_seconds", {}, 21_600),
        ("store_size_bytes", {}, 4096),
        ("ready", {}, 1),
        ("paused", {}, 0),
    ],
)
def test_what_was_heard_is_counted(name: str, labels: Mapping[str, str], value: float) -> None:
    assert worked().value(f"uncac_monitor_{name}", **labels) == value


def test_two_meters_share_nothing() -> None:
    worked()
    assert Watch().value("uncac_monitor_sweep_duration_seconds_count") == 0


def test_since_when_telegram_gives_nothing_is_remembered_until_it_gives() -> None:
    watch, heard = Watch(), []
    for trouble in ("", "away", "still away", "", "away"):
        watch.now += timedelta(minutes=5)
        watch.meter.polled(trouble)
        heard.append((watch.meter.unreached_since, watch.meter.unreached))
    began, again = NOW + timedelta(minutes=10), NOW + timedelta(minutes=25)
    assert heard == [(None, ""), (began, "away"), (began, "still away"), (None, ""), (again, "away")]


@pytest.fixture(scope="module")
def families() -> Mapping[str, Metric]:
    return worked().families()


def test_every_family_says_what_it_is_and_of_what_type(families: Mapping[str, Metric]) -> None:
    assert [name for name, family in families.items() if not family.documentation.endswith(".")] == []
    assert [name for name, family in families.items() if family.type in {"unknown", "untyped"}] == []
    text = worked().text()
    heads = re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)
    assert len(heads) == len(set(heads)) == len(re.findall(r"^# HELP ", text, re.MULTILINE))


def test_counters_end_in_total_and_nothing_else_does() -> None:
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", worked().text(), re.MULTILINE))
    assert [name for name, kind in kinds.items() if (kind == "counter") != name.endswith("_total")] == []
    assert [name for name, kind in kinds.items() if name.endswith(SUFFIXES) and kind != "histogram"] == []


def test_names_are_lower_case_with_one_prefix_and_base_units(families: Mapping[str, Metric]) -> None:
    ours = [name for name in families if not name.startswith("process_")]
    assert len(ours) > 20
    for name in ours:
        assert re.fullmatch(r"uncac_monitor_[a-z_]+[a-z]", name), name
        words = name.removeprefix("uncac_monitor_").split("_")
        assert not set(words) & {*OTHER_UNITS, "gauge", "counter", "histogram", "summary"}, name
        assert not set(words[:-1]) & BASE_UNITS, f"{name}: the unit stands last"


def test_series_stay_few_and_name_nobody(families: Mapping[str, Metric]) -> None:
    samples = [sample for family in families.values() for sample in family.samples]
    assert len(samples) < 300
    names = {label for sample in samples for label in sample.labels}
    assert names == {
        "outcome",
        "result",
        "what",
        "event",
        "kind",
        "state",
        "standing",
        "le",
        "version",
        "python",
    }
    text = worked().text()
    assert [word for word in ("100123456", "MEX", "Mexico", "_created") if word in text] == []


def test_the_page_of_metrics_names_every_one_and_no_other(families: Mapping[str, Metric]) -> None:
    page = (ROOT / "docs/metrics.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(uncac_monitor_\w+)` \| (\w+) \|", page, re.MULTILINE))
    ours = {name: family.type for name, family in families.items() if name.startswith("uncac_monitor")}
    assert rows == {f"{name}_total" if kind == "counter" else name: kind for name, kind in ours.items()}
    labels = {label for family in families.values() for sample in family.samples for label in sample.labels}
    assert [label for label in labels - {"le"} if f"`{label}`" not in page] == []


def test_the_three_alerts_ask_for_metrics_that_there_are(families: Mapping[str, Metric]) -> None:
    [group] = YAML(typ="safe").load(ROOT / "deploy/alerts.yml")["groups"]
    assert len(group["rules"]) == 3
    names = {sample.name for family in families.values() for sample in family.samples}
    for rule in group["rules"]:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        asked = set(NAME.findall(rule["expr"]))
        assert asked
        assert asked <= names
        assert set(rule["annotations"]) == {"summary", "description"}
