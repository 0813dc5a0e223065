"""Brings every catalog up to what the program says, and names what is left to translate."""

from __future__ import annotations

import sys

from monitor.language.catalogs import FOLDER
from tests.language.catalogs import begun, extracted, faults, languages, updated, written


def main() -> int:
    """Update all catalogs, and begin those that are named; give 1 where a translator is needed."""
    for code in sys.argv[1:]:
        begun(code)
    template, left = extracted(), list[str]()
    for code in languages():
        catalog = updated(code, template)
        (FOLDER / f"{code}.po").write_text(written(code, catalog), "utf-8")
        left += faults(code, catalog, template)
    print(*(left or ["Every sentence is translated."]), sep="\n")  # noqa: T201 - a script that prints
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
