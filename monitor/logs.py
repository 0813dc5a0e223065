"""Logging: readable in a terminal, JSON in a container, and never a secret in either."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from types import MappingProxyType
from typing import Any, Final

import structlog

_CHATTY: Final = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "apscheduler": logging.ERROR,
    "telegram": logging.WARNING,
}
_OURS: Final = "monitor."
_LONGEST_TEXT: Final = 4_000
"""Characters of one value; of a longer one its beginning and its end are written."""
_LONGEST_LIST: Final = 50
_MULTILINE: Final = frozenset({"exception", "stack"})
"""What Python writes itself, over many lines."""
_NO_AREAS: Final[Mapping[str, str]] = MappingProxyType({})
_Event = MutableMapping[str, Any]


def set_up_logs(
    level: str, form: str, redactor: logging.Filter, areas: Mapping[str, str] = _NO_AREAS
) -> None:
    """Log to stderr in ``form`` (auto, text or json); every record passes the redactor first."""
    is_json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.contextvars.merge_contextvars,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(redactor)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=_last(is_json=is_json), foreign_pre_chain=shared)
    )
    structlog.configure(
        # Tracebacks become text before the redactor: what is formatted after it would go out as it is.
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),  # names a logger after the module that logs
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    logging.basicConfig(handlers=[handler], force=True)
    set_levels(level, areas)


def set_levels(level: str, areas: Mapping[str, str]) -> None:
    """Write this much from now on; ``areas``: parts of monitor/ such as ``site``, with levels of their own."""
    lowest = logging.getLevelNamesMapping()[level.upper()]
    logging.getLogger().setLevel(lowest)
    for name in [name for name in logging.root.manager.loggerDict if name.startswith(_OURS)]:
        logging.getLogger(name).setLevel(logging.NOTSET)  # what an earlier configuration said
    for area, own in areas.items():
        logging.getLogger(f"{_OURS}{area}").setLevel(own.upper())
    for name, quiet in _CHATTY.items():
        # httpx writes the address of every request at INFO, and Telegram's addresses hold the token.
        logging.getLogger(name).setLevel(max(quiet, lowest))


def _last(*, is_json: bool) -> list[structlog.typing.Processor]:
    first: list[structlog.typing.Processor] = [
        _with_area,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        # The console's own default draws every local variable of every frame: pages of text, and secrets among them.
        structlog.processors.format_exc_info,
        _fit,
    ]
    if is_json:
        return [*first, structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [*first, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


def _with_area(_: object, __: str, event: _Event) -> Mapping[str, Any]:
    """Say where in the program a line comes from, as ``[log] areas`` calls it."""
    return {**event, "area": event["_record"].name.removeprefix(_OURS)}


def _fit(_: object, __: str, event: _Event) -> Mapping[str, Any]:
    """Keep a line to a sane size, and strangers' words from looking like lines of ours."""
    return {key: _fitted(key, value) for key, value in event.items()}


def _fitted(key: str, value: object) -> object:
    if isinstance(value, str):
        short = _clipped(value)
        return short if short.isprintable() or key in _MULTILINE else _visible(short)
    if isinstance(value, list | tuple) and len(value) > _LONGEST_LIST:
        return [*value[:_LONGEST_LIST], "…"]
    return value


def _clipped(text: str) -> str:
    half = _LONGEST_TEXT // 2
    return text if len(text) <= _LONGEST_TEXT else f"{text[:half]} … {text[-half:]}"


def _visible(text: str) -> str:
    lines = text.splitlines()
    return "\n    ".join("".join(each if each.isprintable() else "�" for each in line) for line in lines)
