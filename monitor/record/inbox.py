"""Decisions that a person leaves for the service while it holds the store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from monitor.errors import StoreError
from monitor.model import Verb
from monitor.record.files import write_whole

VERBS: Final[tuple[Verb, ...]] = ("accept", "reject")
_NAME = re.compile(r"([A-Z0-9_-]{2,12})\.(accept|reject)")


def leave_decision(path: Path, code: str, verb: Verb) -> None:
    """Leave one country's decision beside the store at ``path``; a later one for it replaces the earlier."""
    if not _NAME.fullmatch(f"{code}.{verb}"):
        raise ValueError(f"no decision: {code} {verb}")
    folder = _folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made ({error.strerror}): allow writing there.") from error
    write_whole(folder / f"{code}.{verb}", b"")
    for other in VERBS:
        if other != verb:
            drop_decision(path, code, other)


def take_decisions(path: Path) -> tuple[tuple[str, Verb], ...]:
    """List (code, verb) of the decisions waiting; they stay until ``drop_decision``, so a crash loses none."""
    folder = _folder(path)
    if not folder.is_dir():
        return ()
    found = (_NAME.fullmatch(entry.name) for entry in sorted(folder.iterdir()))
    return tuple((match[1], "accept" if match[2] == "accept" else "reject") for match in found if match)


def drop_decision(path: Path, code: str, verb: Verb) -> None:
    """Forget a decision once it is applied (or was replaced)."""
    (_folder(path) / f"{code}.{verb}").unlink(missing_ok=True)


def _folder(path: Path) -> Path:
    return path.with_name(path.name + ".inbox")
