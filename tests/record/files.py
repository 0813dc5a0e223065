"""Helpers for tests of the store's file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from monitor.record.rescue import parsed
from monitor.record.seal import sealed
from monitor.record.storage import AtomicStorage

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BEFORE = {"things": {"1": {"a": 1}}}
AFTER = {"things": {"1": {"a": 2}}}
ROOT = Path(__file__).parents[2]


def filled(path: Path) -> Path:
    storage = AtomicStorage(path)
    storage.write(BEFORE)
    storage.close()
    return path


def on_disk(path: Path) -> dict[str, Any]:
    return parsed(path.read_bytes())


def edit(path: Path, tables: Mapping[str, object]) -> bytes:
    """Put tables there as a program of this version would have written them."""
    content = sealed(orjson.dumps(tables))
    path.write_bytes(content)
    return content


def temporaries(path: Path) -> list[str]:
    return [entry.name for entry in path.parent.iterdir() if ".tmp-" in entry.name]


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
