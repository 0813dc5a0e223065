"""First contact: which known form of address answers with a profile, and what would be read there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import MonitorError
from monitor.model import Country, DocumentKind, Page, Validators
from monitor.profile.read import Reader


class Fetches(Protocol):
    """Gives a page, whole: it is asked without validators."""

    async def fetch(self, url: str, validators: Validators) -> Page | object:
        """Fetch one page; raises FetchError."""
        ...


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write the address of a profile page."""

    name: str
    template: str
    """With {code} or {code_lower}: what [source] profile_url would be."""
    url: Callable[[Country], str]


@dataclass(frozen=True, slots=True)
class Probe:
    """What one form of address answered for one country."""

    form: str
    template: str
    code: str
    url: str
    error: str = ""
    kinds: tuple[tuple[DocumentKind, int], ...] = ()
    doubtful: int = 0

    @property
    def is_profile(self) -> bool:
        """Tell whether the answer was the country's profile."""
        return not self.error


async def probe(
    fetcher: Fetches, reader: Reader, forms: Iterable[Form], countries: Iterable[Country]
) -> tuple[Probe, ...]:
    """Ask every form for every country, one after the other; nothing is stored."""
    wanted = tuple(countries)
    return tuple([await _ask(fetcher, reader, form, country) for form in forms for country in wanted])


async def _ask(fetcher: Fetches, reader: Reader, form: Form, country: Country) -> Probe:
    url = form.url(country)
    try:
        page = await fetcher.fetch(url, Validators())
        if not isinstance(page, Page):
            return Probe(
                form.name,
                form.template,
                country.code,
                url,
                "answered 304 although nothing was sent to compare",
            )
        snapshot = reader.read(page, country)
    except MonitorError as error:
        return Probe(form.name, form.template, country.code, url, str(error))
    kinds = Counter(document.kind for document, _ in snapshot.documents)
    doubtful = sum(bool(document.doubt) for document, _ in snapshot.documents)
    return Probe(form.name, form.template, country.code, url, "", tuple(sorted(kinds.items())), doubtful)


def advice(probes: Iterable[Probe], current: str) -> str:
    """Say in one sentence what to set, or that all is well."""
    answers: dict[str, list[Probe]] = {}
    for each in probes:
        answers.setdefault(each.template, []).append(each)
    good = {template: sum(each.is_profile for each in found) for template, found in answers.items()}
    best = max(good, key=lambda template: (good[template], template == current), default="")
    if not good.get(best):
        return (
            "No known form of address answered with a profile. Open a country's profile in a browser, and set "
            "[source] profile_url to the address of the page or fragment that holds the documents."
        )
    if best == current:
        return f"Keep [source] profile_url: it answered with a profile for {good[best]} of {len(answers[best])} countries."
    return f'Set [source] profile_url = "{best}": it answered with a profile for {good[best]} of {len(answers[best])} countries.'
