"""The product reads every simulated page as what was put on it, whatever its layout."""

from __future__ import annotations

from hashlib import sha256
from itertools import cycle

import pytest

from monitor.config import Config, load_config
from monitor.demo.documents import SimulatedDocument, first_documents, simulated
from monitor.demo.render import LAYOUTS, render
from monitor.model import Country, DocumentKind, Page
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader

KINDS = (DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT, DocumentKind.EXECUTIVE_SUMMARY)
Row = tuple[str, DocumentKind, str | None, str | None]


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config({})


@pytest.fixture(scope="module")
def reader(config: Config) -> Reader:
    return Reader(config.rules, CountryNames(config.countries))


def read(reader: Reader, country: Country, documents: tuple[SimulatedDocument, ...], layout: str) -> set[Row]:
    html = render(country, documents, layout)
    address = f"http://127.0.0.1:1/{country.profile_code}.html"
    snapshot = reader.read(Page(address, html, sha256(html.encode()).hexdigest()), country)
    assert not [document.doubt for document, _ in snapshot.documents if document.doubt]
    return {
        (document.url, document.kind, document.cycle, document.language) for document, _ in snapshot.documents
    }


def written(documents: tuple[SimulatedDocument, ...]) -> set[Row]:
    return {(one.url, one.kind, one.cycle, one.language or None) for one in documents}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_kind_cycle_and_language_is_read_in_every_layout(
    reader: Reader, config: Config, layout: str
) -> None:
    mexico = config.country("MEX")
    documents = tuple(
        simulated("MEX", kind, number, language)
        for kind in KINDS
        for number in ("1", "2")
        for language in ("en", "es", "ar")
    )
    assert read(reader, mexico, documents, layout) == written(documents)


def test_every_country_is_read_as_furnished(reader: Reader, config: Config) -> None:
    first = first_documents(config.countries)
    for country, layout in zip(config.countries, cycle(LAYOUTS), strict=False):
        own = first[country.code]
        # What the page does not say, the address may: the one row without a language.
        found = {
            (u, k, c, lang if has(own, u) else None) for u, k, c, lang in read(reader, country, own, layout)
        }
        assert found == written(own), country.name


def has(documents: tuple[SimulatedDocument, ...], url: str) -> bool:
    return any(document.url == url and document.language for document in documents)
