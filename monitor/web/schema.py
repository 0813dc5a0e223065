"""The published JSON Schema of register.json: strict, so that whoever relies on it hears of every change."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from monitor.board.export import Json
from monitor.board.sheet import State
from monitor.board.status import MATRIX_KINDS, Mark, Why
from monitor.board.view import Licence
from monitor.model import ChangeKind, DocumentKind, FileState, PledgeState
from monitor.web import fields
from monitor.web.meanings import meanings
from monitor.web.register import VERSION

_TEXT: Final[Json] = {"type": "string"}
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
_TRUTH: Final[Json] = {"type": "boolean"}
_TIME: Final[Json] = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$",
}
_WEB: Final[Json] = {"type": "string", "pattern": f"^{fields.WEB}$"}
_CODE: Final[Json] = {"type": "string", "pattern": f"^{fields.CODE}$"}
_PROOF: Final[Json] = {"type": "string", "pattern": f"^{fields.PROOF}$"}


def schema_json(address: str = "") -> Json:
    """Write the schema; ``address``: where the board stands, which names the schema."""
    identity = {"$id": f"{address}/register.schema.json"} if address else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **identity,
        "title": "The register of UNCAC reviews",
        "description": "What governments publish of their UNCAC reviews, as seen on their country profiles.",
        **_exactly(
            version={"const": VERSION},
            as_of=_TIME | {"description": "The newest moment anything is known of."},
            licence=_exactly(name=_one_of(Licence), title=_TEXT, url=_WEB),
            definitions=_definitions(),
            cycles=_list_of(_ref("cycle")),
            countries=_list_of(_ref("country")),
            documents=_list_of(_ref("document")),
            changes=_list_of(_ref("change")),
        ),
        "$defs": {
            "cycle": _cycle(),
            "country": _country(),
            "cell": _cell(),
            "document": _document(),
            "change": _change(),
            "evidence": _exactly(of=_TEXT, where=_TEXT, words=_TEXT),
            "file": _file(),
        },
    }


def _exactly(**names: Json) -> Json:
    return {
        "type": "object",
        "properties": names,
        "required": list(names),
        "additionalProperties": False,
    }


def _list_of(items: Json) -> Json:
    return {"type": "array", "items": items}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(of: Json, **more: str) -> Json:
    return {"anyOf": [of, {"type": "null"}], **more}


def _one_of(words: Iterable[StrEnum], sort: str = "") -> Json:
    """Allow some words only; ``sort``: what they are said of, where the register defines them."""
    known = meanings().get(sort, {})
    said = [{"const": word.value, "description": known[word.value]} for word in words if word.value in known]
    return {"oneOf": said} if said else {"enum": [word.value for word in words]}


def _definitions() -> Json:
    return _exactly(**{name: _exactly(**dict.fromkeys(words, _TEXT)) for name, words in meanings().items()})


def _cycle() -> Json:
    return _exactly(
        cycle=_TEXT,
        phase=_COUNT,
        chapters=_list_of(_TEXT),
        articles=_TEXT,
        started=_COUNT,
        ended=_or_null(_COUNT),
    )


def _country() -> Json:
    kinds = _exactly(**{kind.value: _ref("cell") for kind in MATRIX_KINDS})
    return _exactly(
        country=_CODE,
        name=_TEXT,
        names={"type": "object", "additionalProperties": _TEXT, "required": ["en"]},
        region=_TEXT,
        profile=_TEXT,
        pledge=_exactly(state=_one_of(PledgeState, "pledge"), signed=_or_null(_TEXT), source=_or_null(_TEXT)),
        first_read=_or_null(_TIME),
        last_read=_or_null(_TIME, description="What is said of the country was so then."),
        failing_since=_or_null(_TIME, description="Since when the page cannot be read."),
        held_since=_or_null(_TIME, description="Since when a look waits to be confirmed."),
        cycles=_list_of(_exactly(cycle=_or_null(_TEXT), kinds=kinds)),
    )


def _cell() -> Json:
    return _exactly(
        state=_one_of(Mark, "mark"),
        why=_or_null(_one_of(Why, "why")),
        documents=_list_of(_PROOF) | {"description": "Proofs: the documents stand whole in documents."},
    )


def _of_a_document() -> dict[str, Json]:
    return {
        "url": _WEB,
        "title": _TEXT,
        "kind": _one_of(DocumentKind, "kind"),
        "cycle": _or_null(_TEXT),
        "language": _or_null(_TEXT),
        "symbol": _or_null(_TEXT),
        "evidence": _list_of(_ref("evidence")),
    }


def _document() -> Json:
    return _exactly(
        country=_CODE,
        **_of_a_document(),
        first_seen=_TIME,
        not_seen_at=_or_null(_TIME, description="It appeared between this look and the one at first_seen."),
        missing_since=_or_null(_TIME),
        last_there=_or_null(_TIME, description="It went between this look and the one at missing_since."),
        former_urls=_list_of(_WEB),
        state=_one_of(State, "state"),
        proof=_PROOF,
        file=_or_null(_ref("file")),
    )


def _change() -> Json:
    return _exactly(
        number=_COUNT,
        country=_CODE,
        kind=_one_of(ChangeKind, "change"),
        seen_at=_TIME,
        not_before=_or_null(_TIME, description="It happened between this look and the one at seen_at."),
        former_url=_or_null(_WEB),
        is_language_version=_TRUTH,
        proof=_PROOF,
        document=_exactly(**_of_a_document()),
        file=_or_null(_ref("file")),
        file_before=_or_null(_ref("file")),
    )


def _file() -> Json:
    return _exactly(
        at=_TIME,
        state=_one_of(FileState, "file_state"),
        status=_or_null(_COUNT),
        address=_or_null(_TEXT),
        size=_or_null(_COUNT),
        content_type=_or_null(_TEXT),
        etag=_or_null(_TEXT),
        last_modified=_or_null(_TEXT),
        sha256=_or_null({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        pages=_or_null(_COUNT),
        title=_or_null(_TEXT),
        language=_or_null(_TEXT),
    )
