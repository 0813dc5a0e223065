"""What the log tells of the work: a line a visit and a line a delivery, with the ids that tie them together.

A visit names its sweep and the numbers of its changes, a delivery the numbers of the changes it tells of. Chats are
not named: a delivery's id leads to its chat in the store, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from secrets import token_hex
from time import monotonic
from typing import Any, Final

import structlog

from monitor.alert.markup import plain
from monitor.alert.settle import Outcome as Try
from monitor.alert.settle import Result
from monitor.model import Outcome, Visit
from monitor.sweep import SweepReport

_sweeps = structlog.get_logger("monitor.sweep")
_deliveries = structlog.get_logger("monitor.alert.deliver")
_SHOWN: Final = 12
"""Characters of a page's hash: enough to find it among looks and in the archive."""
_LOUD: Final = frozenset({Result.UNCERTAIN, Result.GIVEN_UP})


@contextmanager
def one_sweep() -> Iterator[Callable[[SweepReport], None]]:
    """Give every line that is logged meanwhile the sweep's id; yields what logs how it went."""
    since = monotonic()
    with structlog.contextvars.bound_contextvars(sweep=token_hex(4)):
        yield lambda report: log_sweep(report, monotonic() - since)


def log_sweep(report: SweepReport, seconds: float) -> None:
    """Log one line a sweep and one a visit: what went wrong and what is news from ``info`` on, the others at ``debug``."""
    visits = report.visits
    counts = (len(visit.changes) for visit in visits)
    for visit, first in zip(visits, accumulate(counts, initial=report.known_changes), strict=False):
        _log_visit(visit, first, report)
    for message in report.telling.notices:
        _sweeps.warning("operators", text=plain(message.html.split("\n")[0]))
    _sweeps.info(
        "sweep",
        countries=len(visits),
        failed=sum(bool(visit.error) for visit in visits),
        changes=sum(len(visit.changes) for visit in visits),
        seconds=round(seconds, 1),
    )


def _log_visit(visit: Visit, first: int, report: SweepReport) -> None:
    looked = report.looked.get(visit.code)
    is_trouble = visit.error and looked  # whoever is left alone for a while was told of when it failed
    log = _sweeps.warning if is_trouble else _sweeps.info if visit.changes else _sweeps.debug
    log(
        "look",
        country=visit.code,
        outcome=visit.outcome.value,
        **_given(
            why=visit.error,
            changes=list(range(first, first + len(visit.changes))),
            documents=visit.documents if visit.outcome is Outcome.READ else 0,
            status=looked.status if looked else None,
            page=looked.body_hash[:_SHOWN] if looked else "",
        ),
    )


def log_delivery(tried: Try, result: Result) -> None:
    """Log how a try to deliver ended, once that is written down."""
    delivery = tried.delivery
    log = _deliveries.warning if result in _LOUD else _deliveries.info
    log(
        "delivery",
        delivery=delivery.id,
        result=result.value,
        attempt=delivery.attempts + 1,
        seconds=round((tried.at - delivery.created).total_seconds(), 1),
        **_given(changes=list(delivery.about), why=str(tried.error or "")),
    )


def _given(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a line tells
    """Leave out what there is nothing to say of."""
    return {name: value for name, value in fields.items() if value}
