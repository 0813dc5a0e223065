"""The open data: tables, the whole register, and what describes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from monitor.board.export import Json
from monitor.board.view import View
from monitor.web import tables
from monitor.web.files import CSV, JSON, WebFile
from monitor.web.package import package_json
from monitor.web.register import register_json
from monitor.web.schema import schema_json
from monitor.web.tables import Table

REGISTER: Final = "register.json"
SCHEMA: Final = "register.schema.json"
PACKAGE: Final = "datapackage.json"
_TABLES: Final[tuple[tuple[str, Callable[[View], Table]], ...]] = (
    (tables.DOCUMENTS, tables.documents),
    (tables.COUNTRIES, tables.countries),
    (tables.PUBLICATIONS, tables.publications),
)


def makers(view: View) -> Iterator[tuple[str, Callable[[], WebFile]]]:
    """Give every file of the open data and what makes it."""
    for path, make in _TABLES:
        yield path, partial(_table, view, make)
    yield REGISTER, partial(_register, view)
    yield SCHEMA, partial(_schema, view)
    yield PACKAGE, partial(_package, view)


def _table(view: View, make: Callable[[View], Table]) -> WebFile:
    return WebFile(make(view).body, CSV, view.as_of)


def _register(view: View) -> WebFile:
    return _written(view, register_json(view))


def _schema(view: View) -> WebFile:
    return _written(view, schema_json(view.address), indent=1)


def _package(view: View) -> WebFile:
    return _written(view, package_json(view, tuple(make(view) for _, make in _TABLES)), indent=1)


def _written(view: View, value: Json, indent: int | None = None) -> WebFile:
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))
    return WebFile(text.encode("utf-8", "replace"), JSON, view.as_of)
