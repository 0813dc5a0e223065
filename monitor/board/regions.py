"""Regions, and which countries are asked about: all, those of a region, the signatories of the Pledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.model import Country, Pledge, PledgeState


def regions(countries: Iterable[Country]) -> tuple[str, ...]:
    """Name the regions that countries are placed in, in the order of the alphabet."""
    return tuple(sorted({country.region for country in countries if country.region}))


def in_region(countries: Iterable[Country], region: str) -> tuple[Country, ...]:
    """Keep a region's countries; all where no region is named."""
    return tuple(country for country in countries if region in {"", country.region})


def signatories(countries: Iterable[Country], pledges: Mapping[str, Pledge]) -> tuple[Country, ...]:
    """Keep the countries that are known to have signed the Pledge."""
    return tuple(country for country in countries if is_signatory(pledges.get(country.code)))


def is_signatory(pledge: Pledge | None) -> bool:
    """Tell whether a signature is known."""
    return pledge is not None and pledge.state is PledgeState.SIGNATORY
