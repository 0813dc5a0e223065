"""Changing some settings in the text of a monitor.toml, and nothing else in it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

Value = str | Sequence[int | str] | None
"""What a setting becomes; None takes it out."""
Settings = Mapping[str, Mapping[str, Value]]
"""Section → key → value."""


class NotEditable(ValueError):  # noqa: N818 - reads as what it says
    """The text is written in a way that only its author should change."""


def edited(text: str, settings: Settings) -> str:
    """Give the text with these settings in it, all others and all comments as they were; NotEditable."""
    lines = text.splitlines()
    for section, values in settings.items():
        for key, value in reversed(
            list(values.items())
        ):  # each is put under the header, so the first comes last
            lines = _set(lines, section, key, value)
    result = "\n".join(lines) + "\n" if lines else ""
    # Whatever the text looks like: it must say what it said, and what was to be set.
    if _read(result) != _expected(_read(text), settings):
        raise NotEditable(
            "its lines are not the plain “key = value” under [section] that can be changed safely"
        )
    return result


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotEditable(str(error)) from None


def _expected(before: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    after = dict(before)
    for section, values in settings.items():
        given = {key: as_toml(value) for key, value in values.items() if value is not None}
        kept = {key: value for key, value in after.get(section, {}).items() if key not in values}
        if section in after or given:
            after[section] = {**kept, **{key: json.loads(value) for key, value in given.items()}}
    return after


def as_toml(value: Value) -> str:
    """Write a value as TOML has it, which for texts, numbers and lists of them is what JSON has."""
    return json.dumps(value if isinstance(value, str) else list(value or ()), ensure_ascii=False)


def _set(lines: list[str], section: str, key: str, value: Value) -> list[str]:
    new = [] if value is None else [f"{key} = {as_toml(value)}"]
    start = next((at for at, line in enumerate(lines) if _is_header(line, section)), None)
    if start is None:
        gap = [""] if lines and new else []
        return [*lines, *gap, *([f"[{section}]", *new] if new else [])]
    end = _end_of_section(lines, start)
    found = next((at for at in range(start + 1, end) if re.match(rf"\s*{key}\s*=", lines[at])), None)
    if found is None:
        return [*lines[: start + 1], *new, *lines[start + 1 :]]
    return [*lines[:found], *new, *lines[_end_of_value(lines, found) :]]


def _is_header(line: str, section: str) -> bool:
    return re.match(rf"\s*\[\s*{section}\s*\]\s*(#.*)?$", line) is not None


def _end_of_section(lines: list[str], start: int) -> int:
    return next((at for at in range(start + 1, len(lines)) if lines[at].lstrip().startswith("[")), len(lines))


def _end_of_value(lines: list[str], start: int) -> int:
    """Find the line behind a value, which may go over several."""
    for end in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    raise NotEditable(f"line {start + 1} cannot be read")
