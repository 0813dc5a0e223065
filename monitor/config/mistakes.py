"""What pydantic found wrong, as mistakes a person understands; secrets are never shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from monitor.config.settings import Settings
from monitor.config.sources import (
    ENVIRONMENT,
    NOT_SHOWN,
    Layer,
    did_you_mean,
    is_secret,
    merge,
    origin,
    sections,
)
from monitor.errors import Mistake

_HIDDEN = "(hidden)"
_LONGEST_VALUE = 80
# A bot token that landed in the wrong setting, or a password in an address, must not be shown either.
_LIKE_A_SECRET = re.compile(r"\d{5,}:[\w-]{10,}|(?<=//)[^/\s\"]+(?=@)")
_BOUNDS = {"gt": "more than {:,}", "ge": "at least {:,}", "le": "at most {:,}"}
_TYPES = {bool: "true or false", int: "a whole number", float: "a number"}


def validate(layers: tuple[Layer, ...]) -> tuple[Settings | None, tuple[Mistake, ...]]:
    """Turn the merged sources into settings; with any mistake in them there are none."""
    read_wrong = [mistake for layer in layers for mistake in layer.mistakes]
    try:
        return Settings.model_validate(merge(layers)), tuple(read_wrong)
    except ValidationError as error:
        # Where a file could not be read at all, what is missing is no second mistake.
        details = [
            detail for detail in error.errors() if detail["type"] != "missing" or not layers[0].mistakes
        ]
        found = [_mistake(dict(detail), layers) for detail in details]
        return None, (*read_wrong, *found)


def _mistake(detail: Mapping[str, Any], layers: tuple[Layer, ...]) -> Mistake:
    place: tuple[int | str, ...] = detail["loc"]
    file, key = origin(place, layers)
    return Mistake(file, key, _shown(detail, place), _expected(detail, place, file))


def _shown(detail: Mapping[str, Any], place: tuple[int | str, ...]) -> str:
    if detail["type"] == "missing":
        return "(missing)"
    # What is no setting may be a misspelt token.
    if len(place) == 1 or detail["type"] == "extra_forbidden":
        return NOT_SHOWN
    return _HIDDEN if is_secret(_setting(place)) else show(detail["input"])


def _setting(place: tuple[int | str, ...]) -> FieldInfo:
    return sections()[str(place[0])][str(place[1])]


def show(value: object) -> str:
    """Write a value as it stands in TOML, shortened, without anything that looks like a secret."""
    text = _LIKE_A_SECRET.sub(_HIDDEN, json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _expected(detail: Mapping[str, Any], place: tuple[int | str, ...], file: str) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    if detail["type"] == "extra_forbidden":
        return _known_name(place)
    if len(place) == 1:
        return f"a section: a line [{place[0]}] with its settings below it"
    return describe(_setting(place), file)


def _known_name(place: tuple[int | str, ...]) -> str:
    if len(place) == 1:
        return f"the name of a section{did_you_mean(str(place[0]), sections())}"
    keys = sections()[str(place[0])]
    elsewhere = [section for section, settings in sections().items() if place[1] in settings]
    hint = f"; it belongs into [{elsewhere[0]}]" if elsewhere else did_you_mean(str(place[1]), keys)
    return f"the name of a setting{hint}"


def describe(info: FieldInfo, file: str = "") -> str:
    """Say in words what a setting takes: its type, its bounds, its unit."""
    unit = f" ({info.description})" if info.description else ""
    bounds = " and ".join(_bounds(info))
    return f"{_kind(info.annotation, file)}{', ' if bounds else ''}{bounds}{unit}"


def _kind(annotation: Any, file: str) -> str:  # noqa: ANN401 - a type, whichever
    if choices := [choice for choice in get_args(annotation) if isinstance(choice, str)]:
        return f"one of {', '.join(choices)}"
    if get_origin(annotation) is tuple:
        return "a list as JSON, such as [1, 2]" if file == ENVIRONMENT else "a list in square brackets"
    return _TYPES.get(annotation, "a text in quotes")


def _bounds(info: FieldInfo) -> Iterator[str]:
    for bound in info.metadata:
        yield from (
            text.format(getattr(bound, name)) for name, text in _BOUNDS.items() if hasattr(bound, name)
        )
