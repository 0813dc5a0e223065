"""Whether a chat asked to hear of a change: its choice, applied."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model import FILE_CHANGES, Change, ChangeKind, Country, Pledge, PledgeState, Scope, Subscription


def is_asked_for(
    change: Change,
    subscription: Subscription,
    countries: Mapping[str, Country],
    pledges: Mapping[str, Pledge],
) -> bool:
    """Tell whether a subscription wants to hear of a change, now or later: a pause and quiet hours do not matter."""
    return (
        _is_news(change, subscription)
        and change.document.kind in subscription.kinds
        and _is_cycle(change.document.cycle, subscription.cycles)
        and change.code not in subscription.muted
        and is_in(change.code, subscription.scope, countries, pledges)
    )


def is_in(code: str, scope: Scope, countries: Mapping[str, Country], pledges: Mapping[str, Pledge]) -> bool:
    """Tell whether a scope has a country in it."""
    return (
        scope.is_everything
        or code in scope.countries
        or (scope.is_pledge and _is_signatory(code, pledges))
        or (code in countries and countries[code].region in scope.regions)
    )


def _is_news(change: Change, subscription: Subscription) -> bool:
    if change.kind is ChangeKind.WITHDRAWN:
        return subscription.withdrawals
    if change.kind in FILE_CHANGES:
        return subscription.files
    return change.kind in {ChangeKind.PUBLISHED, ChangeKind.REVISED}


def _is_cycle(cycle: str | None, chosen: frozenset[str]) -> bool:
    return not chosen or cycle is None or cycle in chosen


def _is_signatory(code: str, pledges: Mapping[str, Pledge]) -> bool:
    return code in pledges and pledges[code].state is PledgeState.SIGNATORY
