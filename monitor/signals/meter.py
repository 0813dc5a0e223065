"""Counts the work as it is done, and writes all figures in the format of Prometheus."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric

from monitor.model import Outcome, Visit
from monitor.signals.families import PREFIX, families
from monitor.signals.figures import Figures

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_LAGS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_WRITES: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_EXCHANGES: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180)
_SIZES: Final = (1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000, 100_000_000)
_SWEEPS: Final = (1, 10, 60, 120, 180, 240, 300, 600, 1200, 3600)


class Meter:
    """An Observer; keeps its figures in a registry of its own, so that two of them share nothing."""

    def __init__(self, version: str, clock: Callable[[], datetime]) -> None:
        """Begin at nothing."""
        self._clock = clock
        self.unreached = ""
        """Why Telegram gives nothing; empty where it does, or was not asked."""
        self.unreached_since: datetime | None = None
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._build(version)
        self._sweeps = self._histogram("sweep_duration_seconds", "How long finished sweeps took.", _SWEEPS)
        self._visits = self._counter("visits", "Looks at countries in sweeps, by how they went.", "outcome")
        self._tries = self._counter(
            "delivery_tries", "Tries to deliver a message, by their result.", "result"
        )
        words = "How long sites took to answer, without the wait for our turn."
        self._seconds = self._histogram("fetch_duration_seconds", words, _EXCHANGES, "what")
        words = "Bodies of sites' answers, unpacked, where there was one."
        self._bytes = self._histogram("fetch_size_bytes", words, _SIZES, "what")
        words = "How long writing the store took."
        self._writes = self._histogram("store_write_duration_seconds", words, _WRITES)
        words = (
            "How much later than asked for the event loop came to its turn, looked at four times a second."
        )
        self._lag = self._histogram("event_loop_lag_seconds", words, _LAGS)
        self._polls = self._counter("telegram_polls", "Times Telegram was asked for what happened.", "result")
        for outcome in Outcome:
            self._visits.labels(outcome.value)

    def swept(self, visits: Iterable[Visit], seconds: float) -> None:
        """Count a finished sweep."""
        self._sweeps.observe(seconds)
        for visit in visits:
            self._visits.labels(visit.outcome.value).inc()

    def tried(self, result: str) -> None:
        """Count a try to deliver."""
        self._tries.labels(result).inc()

    def fetched(self, what: str, seconds: float, size: int) -> None:
        """Count an exchange with a site."""
        self._seconds.labels(what).observe(seconds)
        if size:
            self._bytes.labels(what).observe(size)

    def written(self, seconds: float) -> None:
        """Count a write of the store."""
        self._writes.observe(seconds)

    def polled(self, trouble: str) -> None:
        """Count that Telegram was asked for what happened, and remember since when it gives nothing."""
        self.unreached = trouble
        self.unreached_since = (self.unreached_since or self._clock()) if trouble else None
        self._polls.labels("failed" if trouble else "answered").inc()

    def lagged(self, seconds: float) -> None:
        """Count how late the event loop came to its turn."""
        self._lag.observe(seconds)

    def text(self, found: Figures) -> bytes:
        """Write what was counted, and what stands in the store."""
        return generate_latest(_Page(self._registry, found))

    def _build(self, version: str) -> None:
        words = "What runs here; always 1."
        build = Gauge(f"{PREFIX}_build_info", words, ("version", "python"), registry=self._registry)
        build.labels(version, platform.python_version()).set(1)

    def _counter(self, name: str, words: str, label: str) -> Counter:
        return Counter(f"{PREFIX}_{name}", words, (label,), registry=self._registry)

    def _histogram(self, name: str, words: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"{PREFIX}_{name}", words, labels, buckets=buckets, registry=self._registry)


class _Page:
    """All that is written at once."""

    def __init__(self, registry: CollectorRegistry, found: Figures) -> None:
        self._registry = registry
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Give every family; when a counter began is nobody's question, and would double the lines."""
        for family in self._registry.collect():
            family.samples = [each for each in family.samples if each.name != f"{family.name}_created"]
            yield family
        yield from families(self._found)
