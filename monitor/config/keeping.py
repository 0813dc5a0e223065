"""The sections of monitor.toml about what is kept: the store, the archive, documents, copies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _path(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise ValueError('a file\'s path, such as "data/monitor.json"')
    return value


class Section(BaseModel):
    """One section: nothing else may stand in it, and its values are never shown by pydantic."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class StoreSettings(Section):
    """Where everything known is kept."""

    path: Annotated[Path, BeforeValidator(_path)]
    keep_days: int = Field(strict=True, ge=1, le=36_500, description="days")


class ArchiveSettings(Section):
    """What is kept to prove alerts later."""

    keep: bool = Field(strict=True)
    path: str
    max_megabytes: int = Field(strict=True, ge=10, le=10_000_000, description="megabytes")
    wayback: bool = Field(strict=True)


class DocumentsSettings(Section):
    """How the documents themselves are looked at."""

    check_days: float = Field(strict=True, gt=0, le=3660, description="days")
    max_file_bytes: int = Field(strict=True, ge=1000, le=1_000_000_000, description="bytes")
    timeout: float = Field(strict=True, gt=0, le=3600, description="seconds")
    alert_waits: float = Field(strict=True, ge=0, le=3600, description="seconds")


class BackupSettings(Section):
    """The dated copies of the store."""

    every_hours: float = Field(strict=True, gt=0, le=8784, description="hours")
    keep: int = Field(strict=True, ge=1, le=1000, description="copies")
