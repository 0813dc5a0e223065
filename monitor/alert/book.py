"""What messages are made of beside what was read, and the names of deliveries."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from monitor.alert.choice import is_asked_for
from monitor.model import Change, Country, Delivery, Pledge, Subscription
from monitor.profile.rules import Rules


@dataclass(frozen=True, slots=True)
class Book:
    """What is said about countries beside what was read of them."""

    countries: tuple[Country, ...]
    pledges: Mapping[str, Pledge]
    rules: Rules
    profile_url: Callable[[Country], str]
    _by_code: Mapping[str, Country] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make countries found by their code, however many there are."""
        object.__setattr__(self, "_by_code", {country.code: country for country in self.countries})

    def country(self, code: str) -> Country:
        """Give a country by its code; KeyError where there is none."""
        return self._by_code[code]

    def with_pledges(self, said: Mapping[str, Pledge]) -> Self:
        """Give the same book with what operators said about pledges in it."""
        return replace(self, pledges={**self.pledges, **said}) if said else self

    def asks(self) -> Callable[[Change, Subscription], bool]:
        """Give the question whether a subscription asked for a change."""
        return lambda change, reader: is_asked_for(change, reader, self._by_code, self.pledges)


def numbers(now: datetime, known: Iterable[Delivery] = ()) -> Callable[[], str]:
    """Give a source of delivery ids that sort in the order they are given, also after a restart.

    ``known``: the deliveries there are; what was owed in the same microsecond keeps its id.
    """
    moment = f"{now:%Y%m%dT%H%M%S%f}"
    count = itertools.count(sum(delivery.id.startswith(moment) for delivery in known))
    return lambda: f"{moment}-{next(count):06d}"
