"""The Frictionless Data Package: what the tables are, in words that programs read."""

from __future__ import annotations

import hashlib
from typing import Final

from monitor.board.export import Json, instant
from monitor.board.view import View
from monitor.web.fields import Field
from monitor.web.licences import TERMS
from monitor.web.register import VERSION
from monitor.web.tables import Table

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_DESCRIPTION: Final = (
    "What governments publish of their reviews under the UN Convention against Corruption, as a program "
    "sees it on their country profiles at UNODC. It says what is listed there, not whether anybody complies. "
    "A cell that a spreadsheet could take for a formula begins with an apostrophe."
)


def package_json(view: View, tables: tuple[Table, ...]) -> Json:
    """Describe the tables, with the size and the hash of each."""
    terms = TERMS[view.licence]
    homepage = {"homepage": f"{view.address}/"} if view.address else {}
    return {
        "$schema": _PROFILE,
        "name": "uncac-reviews",
        "title": "What governments publish of their UNCAC reviews",
        "description": _DESCRIPTION,
        "version": VERSION,
        "created": instant(view.as_of),
        **homepage,
        "keywords": ["UNCAC", "corruption", "transparency", "Implementation Review Mechanism", "UNODC"],
        "licenses": [{"name": view.licence.value, "title": terms.title, "path": terms.url}],
        "sources": [{"title": "UNODC: country profiles", "path": "https://www.unodc.org/"}],
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> Json:
    return {
        "name": table.path.partition(".")[0],
        "type": "table",
        "path": table.path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.body),
        "hash": f"sha256:{hashlib.sha256(table.body).hexdigest()}",
        "schema": {
            "$schema": _SCHEMA,
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_link(column, path) for column, path in table.links],
        },
    }


def _field(field: Field) -> Json:
    constraints = {
        "required": field.is_required or None,
        "enum": [word.value for word in field.words] or None,
        "pattern": field.pattern or None,
    }
    kept = {name: value for name, value in constraints.items() if value is not None}
    plain = {"name": field.name, "type": field.type, "description": field.means}
    return plain | ({"constraints": kept} if kept else {})


def _link(column: str, path: str) -> Json:
    there = {"resource": path.partition(".")[0], "fields": [column]}
    return {"fields": [column], "reference": there}
