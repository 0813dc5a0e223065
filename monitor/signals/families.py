"""What is counted anew each time somebody asks, as Prometheus's library wants it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric

from monitor.signals.figures import Figures

PREFIX: Final = "uncac_monitor"


def families(found: Figures) -> Iterator[Metric]:
    """Give the families of metrics that figures become."""
    yield _one(
        "ready", "1 while sweeps finish and deliveries move, else 0: what /health/ready says.", found.is_ready
    )
    yield _one("store_writable", "1 while the store can be written, else 0.", found.is_writable)
    yield _one("paused", "1 while an operator has stopped all alerts, else 0.", found.is_paused)
    yield _one(
        "sweep_period_seconds", "How often a sweep of all countries begins.", found.period.total_seconds()
    )
    yield _several("countries", "Countries by how their page stands.", "standing", found.countries)
    yield _changes(found)
    yield _several("deliveries", "Messages in the store by their state.", "state", found.deliveries)
    yield _one("incidents", "What is wrong now and was told to the operators.", found.incidents)
    age = found.backlog_age.total_seconds()
    yield _one("backlog_age_seconds", "How long the oldest message that could go out waits.", age)
    if found.oldest_look is not None:
        moment = found.oldest_look.timestamp()
        words = "The last good look at the country for which that is longest ago."
        yield _one("oldest_look_timestamp_seconds", words, moment)
    moments = {name: moment.timestamp() for name, moment in found.successes.items()}
    yield _several("last_success_timestamp_seconds", "When what last went well.", "what", moments)
    yield _one("store_size_bytes", "Size of the store's file.", found.store_bytes)


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", words, value=value)


def _several(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"{PREFIX}_{name}", words, labels=(label,))
    for key, value in values.items():
        family.add_metric((key,), value)
    return family


def _changes(found: Figures) -> Metric:
    words = "Changes in the history, by what happened and to which kind of document."
    family = CounterMetricFamily(f"{PREFIX}_changes", words, labels=("event", "kind"))
    for (event, kind), number in sorted(found.changes.items()):
        family.add_metric((event, kind), number)
    return family
