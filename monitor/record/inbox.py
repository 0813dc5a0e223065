"""What a person decides while the service holds the store: left beside it, for the service to apply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from monitor.alert.press import short
from monitor.dialogue.reply import SayWhatItIs, SayWhoSigned, SettleHeld
from monitor.disk import write_whole
from monitor.errors import NotWritten, StoreError
from monitor.model import DocumentKind, Pledge, PledgeState

Decision = SettleHeld | SayWhatItIs | SayWhoSigned
_CODE: Final = re.compile(r"[A-Z0-9_-]{2,12}")
_NAME: Final = re.compile(rf"({_CODE.pattern})\.(accept|reject|pledge|say-[0-9a-f]{{12}})")


def leave_decision(path: Path, decision: Decision) -> None:
    """Leave a decision beside the store at ``path``; a later one about the same replaces the earlier."""
    name = _name(decision)
    if not _NAME.fullmatch(name):
        raise ValueError(f"no decision: {decision}")
    write_whole(_made(path) / name, _content(decision))
    if isinstance(decision, SettleHeld):
        drop_decision(path, f"{decision.code}.{'reject' if decision.verb == 'accept' else 'accept'}")


def take_decisions(path: Path) -> tuple[tuple[str, Decision], ...]:
    """List the decisions waiting, each with its name; they stay until ``drop_decision``, so a crash loses none."""
    found = ((entry.name, _decision(entry)) for entry in _entries(path))
    return tuple((name, decision) for name, decision in found if decision)


def take_raw(path: Path) -> Mapping[str, bytes]:
    """Give the decisions waiting as they lie there, for a backup."""
    try:
        return {entry.name: entry.read_bytes() for entry in _entries(path) if _NAME.fullmatch(entry.name)}
    except OSError as error:
        raise StoreError(f"{_folder(path)} cannot be read ({error.strerror}): allow it.") from error


def put_back(path: Path, decisions: Mapping[str, bytes]) -> None:
    """Leave decisions of a backup, where nothing newer lies there."""
    for name, content in decisions.items():
        if _NAME.fullmatch(name) and not (_folder(path) / name).exists():
            write_whole(_made(path) / name, content)


def drop_decision(path: Path, name: str) -> None:
    """Forget a decision once it is applied (or was replaced)."""
    try:
        (_folder(path) / name).unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(f"{_folder(path) / name} cannot be removed ({error.strerror}): allow it.") from error


def _name(decision: Decision) -> str:
    if isinstance(decision, SettleHeld):
        return f"{decision.code}.{decision.verb}"
    if isinstance(decision, SayWhoSigned):
        return f"{decision.code}.pledge"
    return f"{decision.code}.say-{short(decision.document)}"


def _content(decision: Decision) -> bytes:
    if isinstance(decision, SettleHeld):
        return decision.shown.encode()
    if isinstance(decision, SayWhoSigned):
        return orjson.dumps(decision.pledge)
    said = {name: getattr(decision, name) for name in ("document", "kind", "cycle", "is_quiet")}
    return orjson.dumps(said)


def _decision(entry: Path) -> Decision | None:
    name = _NAME.fullmatch(entry.name)
    if name is None:
        return None
    code, verb = name.groups()
    if verb in {"accept", "reject"}:
        return SettleHeld(code, "accept" if verb == "accept" else "reject", entry.read_text("utf-8"))
    try:
        said = orjson.loads(entry.read_bytes())
        return _who_signed(code, said) if verb == "pledge" else _what_it_is(code, said)
    except (ValueError, KeyError, TypeError):
        return None  # not ours: left alone, like any foreign file


def _what_it_is(code: str, said: Mapping[str, Any]) -> SayWhatItIs:
    kind, is_quiet = DocumentKind(said["kind"]), bool(said["is_quiet"])
    return SayWhatItIs(code, str(said["document"]), kind, said["cycle"], is_quiet)


def _who_signed(code: str, said: Mapping[str, Any]) -> SayWhoSigned:
    return SayWhoSigned(code, Pledge(PledgeState(said["state"]), str(said["signed"]), str(said["source"])))


def _entries(path: Path) -> list[Path]:
    folder = _folder(path)
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise NotWritten(f"{folder} cannot be read ({error.strerror}): allow it.") from error


def _made(path: Path) -> Path:
    folder = _folder(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{folder} cannot be made ({error.strerror}): allow writing there.") from error
    return folder


def _folder(path: Path) -> Path:
    return path.with_name(path.name + ".inbox")
