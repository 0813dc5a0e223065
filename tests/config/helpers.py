"""A folder of the operator's own, and what load_config says about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.config.folder import shipped_folder
from monitor.config.tables import read_countries
from monitor.errors import ConfigError, Mistake

SHIPPED = shipped_folder()
TOKEN = "987654321:no-real-token_only-for-tests"  # noqa: S105 - opens nothing
COUNTRIES = read_countries((SHIPPED / "countries.csv").read_text("utf-8"), "countries.csv")[0]


def environ_for(folder: Path, **files: str) -> dict[str, str]:
    """Write files (``monitor_toml="…"``) and name the folder as the operator would."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return {"MONITOR_CONFIG": str(folder)}


def mistakes_of(environ: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Load a configuration that is wrong."""
    with pytest.raises(ConfigError) as caught:
        load_config(environ)
    return caught.value.mistakes


def only_mistake(environ: Mapping[str, str]) -> Mistake:
    """Load a configuration with exactly one mistake."""
    (mistake,) = mistakes_of(environ)
    return mistake
