"""Where settings come from, lowest first: the shipped monitor.toml, the operator's own, the environment."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from monitor.config.settings import Settings
from monitor.errors import Mistake

ENVIRONMENT = "environment"
PREFIX = "MONITOR_"
FOLDER_VARIABLE = "MONITOR_CONFIG"
NOT_SHOWN = "(not shown)"
_SECRET_FILE = "_FILE"  # noqa: S105 - the ending of a variable's name
_TOML_PLACE = re.compile(r"(?P<what>.*) \(at (?P<where>.*)\)", re.DOTALL)

Place = tuple[str, str]
"""Section and key."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One source of settings: its name for people, its values, its mistakes."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()

    def holds(self, place: tuple[int | str, ...]) -> bool:
        """Tell whether this source sets the section, or the key in it."""
        if len(place) == 1 or not self.has_table(place[0]):
            return place[0] in self.values
        return place[1] in self.values[str(place[0])]

    def has_table(self, section: int | str) -> bool:
        """Tell whether this source sets the section, and as a section should be set."""
        return isinstance(self.values.get(str(section)), Mapping)


def read_text(path: Path) -> tuple[str, tuple[Mistake, ...]]:
    """Read a configuration file; one that cannot be read is a mistake and an empty text."""
    try:
        return path.read_text("utf-8-sig"), ()
    except UnicodeDecodeError:
        return "", (Mistake(str(path), "encoding", "not UTF-8", "a file saved as UTF-8"),)
    except OSError as error:
        return "", (Mistake(str(path), "file", error.strerror or "unreadable", "a file this user can read"),)


def toml_layer(path: Path) -> Layer:
    """Read a monitor.toml; what is not TOML is a mistake with its line, and sets nothing."""
    text, mistakes = read_text(path)
    try:
        return _with_secrets(Layer(str(path), tomllib.loads(text), mistakes), path)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.fullmatch(str(error))
        what, where = (found["what"], found["where"]) if found else (str(error), "file")
        # The line itself may hold the token.
        return Layer(str(path), {}, (Mistake(str(path), where, NOT_SHOWN, f"valid TOML ({what})"),))


def _with_secrets(layer: Layer, path: Path) -> Layer:
    """Put in place of ``token_file`` and the like what stands in that file; its path starts at the configuration."""
    values, mistakes = dict(layer.values), [*layer.mistakes]
    for (section, key), info in known_settings():
        name = key + _SECRET_FILE.lower()
        if not (is_secret(info) and layer.has_table(section) and name in values[section]):
            continue
        kept = {other: value for other, value in values[section].items() if other != name}
        secret, wrong = _from_named_file(values[section][name], path.parent, is_alone=not kept.get(key))
        mistakes += [Mistake(layer.name, f"{section}.{name}", NOT_SHOWN, each) for each in wrong]
        values[section] = {**kept, key: secret}
    return Layer(layer.name, values, tuple(mistakes))


def _from_named_file(name: object, folder: Path, *, is_alone: bool) -> tuple[str, tuple[str, ...]]:
    if not is_alone:
        return "", ("only one of the secret and its file",)
    if not isinstance(name, str) or not name:
        return "", ("the path of a file in quotes",)
    text, unreadable = read_text(folder / name)
    if unreadable:
        return "", (f"a readable text file ({unreadable[0].value})",)
    return text.strip(), () if text.strip() else ("a file that is not empty",)


def environment_layer(environ: Mapping[str, str]) -> Layer:
    """Take every MONITOR_<SECTION>__<KEY>, secrets also from the file that …_FILE names; unknown ones are mistakes."""
    known = {_variable(place): (place, info) for place, info in known_settings()}
    values: dict[str, dict[str, Any]] = {}
    mistakes = [*_unknown_variables(environ, known)]
    for name, ((section, key), info) in known.items():
        if name in environ:
            values.setdefault(section, {})[key] = _from_text(environ[name], info)
        if is_secret(info) and environ.get(name + _SECRET_FILE):
            secret, wrong = _from_file(name, environ)
            mistakes += wrong
            values.setdefault(section, {})[key] = secret
    return Layer(ENVIRONMENT, values, tuple(mistakes))


def merge(layers: Iterable[Layer]) -> dict[str, Any]:
    """Lay the sources over each other, key by key; later ones win."""
    merged: dict[str, Any] = {}
    for layer in layers:
        for section, values in layer.values.items():
            below = merged.get(section, {})
            # A section that is no table stays wrong, or its mistake would be lost under what lies over it.
            if isinstance(below, Mapping):
                merged[section] = {**below, **values} if isinstance(values, Mapping) else values
    return merged


def origin(place: tuple[int | str, ...], layers: tuple[Layer, ...]) -> tuple[str, str]:
    """Name the file and the key by which a person finds a setting (for a list also which item)."""
    holding = [layer for layer in layers if layer.holds(place)] or [layers[0]]
    if len(place) == 1:
        return next(
            (layer for layer in holding if not layer.has_table(place[0])), holding[-1]
        ).name, f"[{place[0]}]"
    layer, names = holding[-1], (str(place[0]), str(place[1]))
    key = _variable(names) if layer.name == ENVIRONMENT else ".".join(names)
    items = [f"item {index + 1}" for index in place[2:] if isinstance(index, int)]
    return layer.name, ", ".join([key, *items])


def known_settings() -> Iterator[tuple[Place, FieldInfo]]:
    """Yield every setting there is, in the order of the models."""
    for section, model in sections().items():
        for key, info in model.items():
            yield (section, key), info


def sections() -> dict[str, dict[str, FieldInfo]]:
    """Name every section with its settings."""
    return {
        name: dict(info.annotation.model_fields)  # type: ignore[union-attr] # every section is a model
        for name, info in Settings.model_fields.items()
    }


def is_secret(info: FieldInfo) -> bool:
    """Tell whether a setting's value must never be shown."""
    return info.annotation is SecretStr


def _variable(place: Place) -> str:
    return f"{PREFIX}{place[0]}__{place[1]}".upper()


def _from_text(text: str, info: FieldInfo) -> object:
    if info.annotation not in (bool, int, float) and "tuple" not in str(info.annotation):
        return text
    try:
        return json.loads(text.lower() if info.annotation is bool else text)
    except ValueError:
        return text


def _from_file(name: str, environ: Mapping[str, str]) -> tuple[str, tuple[Mistake, ...]]:
    variable = name + _SECRET_FILE
    path = environ[variable]
    if environ.get(name):
        return "", (Mistake(ENVIRONMENT, variable, path, f"only one of {name} and {variable}"),)
    text, unreadable = read_text(Path(path))
    if unreadable:
        return "", (Mistake(ENVIRONMENT, variable, path, f"a readable text file ({unreadable[0].value})"),)
    if not text.strip():
        return "", (Mistake(ENVIRONMENT, variable, path, "a file that is not empty"),)
    return text.strip(), ()


def _unknown_variables(environ: Mapping[str, str], known: Mapping[str, object]) -> Iterator[Mistake]:
    secrets = {_variable(place) + _SECRET_FILE for place, info in known_settings() if is_secret(info)}
    allowed = {*known, *secrets, FOLDER_VARIABLE}
    one_underscore = {name.replace("__", "_"): name for name in allowed}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in allowed:
            continue
        if name in one_underscore:
            yield Mistake(ENVIRONMENT, name, NOT_SHOWN, f"two underscores: {one_underscore[name]}")
        elif "__" in name:
            yield Mistake(ENVIRONMENT, name, NOT_SHOWN, f"the name of a setting{did_you_mean(name, allowed)}")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the known name most like a misspelt one; nothing where none is alike."""
    alike = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f"; did you mean {alike[0]}?" if alike else ""
