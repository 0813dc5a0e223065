"""Small pages, read with the shipped rules."""

from __future__ import annotations

import functools
import hashlib

from monitor.config import Config, load_config
from monitor.model import Document, Link, Page, Reading, Snapshot, Where
from monitor.profile.classify import Classifier
from monitor.profile.identify import CountryNames
from monitor.profile.parse import parse
from monitor.profile.read import Reader
from monitor.profile.rules import Rules
from monitor.profile.tree import make_soup

BASE = "https://www.unodc.org/corruption/en/country-profiles/data/MEX.html"
FILE = "https://www.unodc.org/documents/treaties/UNCAC/reviews/mx.pdf"
"""An address that says nothing of what it is."""


@functools.cache
def config() -> Config:
    return load_config({})


def rules() -> Rules:
    return config().rules


@functools.cache
def reader() -> Reader:
    return Reader(rules(), CountryNames(config().countries))


def page(html: str, url: str = BASE) -> Page:
    return Page(url, html, hashlib.sha256(html.encode(errors="replace")).hexdigest())


def read(html: str, code: str = "MEX", url: str = BASE) -> Snapshot:
    return reader().read(page(html, url), config().country(code))


def links(html: str, url: str = BASE) -> tuple[Link, ...]:
    return parse(make_soup(html), url)


def link(html: str) -> Link:
    (only,) = links(html)
    return only


def words(html: str) -> list[tuple[Where, str]]:
    """Give the words around the last link."""
    return [(each.where, each.text) for each in links(html)[-1].words]


def reading(html: str) -> Reading:
    return Classifier(rules()).reading(links(html)[-1])


def document(html: str) -> Document:
    """Give what the last link is taken for."""
    found = reading(html).document
    assert found is not None
    return found


def listed(label: str, url: str = FILE, before: str = "") -> str:
    """Put a link into a review's part of the page."""
    return f'<h2>Review documents</h2><ul><li>{before}<a href="{url}">{label}</a></li></ul>'
