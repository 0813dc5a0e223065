"""Where an operator's own configuration stands when nobody named a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from monitor.config.sources import FOLDER_VARIABLE

STORE_VARIABLE: Final = "MONITOR_STORE__PATH"
_STORE: Final = "data/monitor.json"


def own_folder(environ: Mapping[str, str]) -> Path:
    """Name the folder of the operator's files: MONITOR_CONFIG, else ``config`` beside the store."""
    named = environ.get(FOLDER_VARIABLE, "")
    return Path(named) if named else Path(environ.get(STORE_VARIABLE) or _STORE).parent / "config"


def with_own_folder(environ: Mapping[str, str]) -> dict[str, str]:
    """Name the operator's folder in MONITOR_CONFIG, where nobody did and it is there."""
    folder = own_folder(environ)
    is_there = not environ.get(FOLDER_VARIABLE) and folder.is_dir()
    return {**environ, FOLDER_VARIABLE: str(folder.absolute())} if is_there else dict(environ)
