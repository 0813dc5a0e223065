"""The gettext catalogs: monitor/locale/<language>.po, compiled when they are first spoken."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from monitor.model import DEFAULT_LANGUAGE

FOLDER: Final = Path(__file__).parents[1] / "locale"


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that there is a catalog for, English (the source) first."""
    return (DEFAULT_LANGUAGE, *sorted(path.stem for path in FOLDER.glob("*.po")))


def spoken(code: str | None) -> str:
    """Give the language a code such as ``fr-CA`` stands for; nothing where it is not spoken here."""
    language = (code or "").replace("_", "-").split("-")[0].lower()
    return language if language in languages() else ""


@cache
def catalog(code: str) -> NullTranslations:
    """Give a language's catalog; English needs none."""
    if code == DEFAULT_LANGUAGE:
        return NullTranslations()
    # Compiled here, once a process: no build step, and no binary file that can be older than its source.
    with (FOLDER / f"{code}.po").open("rb") as source:
        read = read_po(source, locale=code, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)
