"""Logging: readable in a terminal, JSON in a container, and never a secret in either."""

from __future__ import annotations

import logging
import sys

import structlog

_CHATTY = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "apscheduler": logging.ERROR,
    "telegram": logging.WARNING,
}


def set_up_logs(level: str, form: str, redactor: logging.Filter) -> None:
    """Log to stderr in ``form`` (auto, text or json); every record passes the redactor first."""
    is_json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(redactor)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=_last(is_json=is_json), foreign_pre_chain=shared)
    )
    structlog.configure(
        # Tracebacks become text before the redactor: what is formatted after it would go out as it is.
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, quiet in _CHATTY.items():
        # httpx writes the address of every request at INFO, and Telegram's addresses hold the token.
        logging.getLogger(name).setLevel(quiet)


def _last(*, is_json: bool) -> list[structlog.typing.Processor]:
    first = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if is_json:
        return [first, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # The default draws every local variable of every frame: pages of text, and secrets among them.
    plain = structlog.dev.plain_traceback
    return [first, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
