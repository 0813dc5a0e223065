"""Tells what is missing in a wheel, and what does not belong there: ``python scripts/wheel_content.py FILE.whl``."""

from __future__ import annotations

import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
NOT_SHIPPED: Final = ("*/__pycache__/*", "*.pyc")
EXPECTED: Final = (
    "monitor/py.typed",
    "monitor/_config/monitor.toml",
    "monitor/locale/*.po",
    "monitor/web/templates/*.html",
    "monitor/web/static/*.js",
    "monitor/picture/fonts/*.otf",
    "*.dist-info/licenses/LICENSE",
    "*.dist-info/entry_points.txt",
)
"""What was missing in somebody's wheel once, or would be missed late."""


def main() -> None:
    """Compare the wheel with the folders it was made of; end with 1 where they differ."""
    wheel = Path(sys.argv[1])
    inside = set(zipfile.ZipFile(wheel).namelist())
    troubles = [*differences(inside, shipped(ROOT)), *absent(inside)]
    print(
        "\n".join(troubles)
        or f"{len(inside)} files, {wheel.stat().st_size / 1e6:.1f} MB: all that belongs there"
    )
    sys.exit(bool(troubles))


def shipped(root: Path) -> set[str]:
    """Name every file of the program and the configuration as a wheel names it."""
    folders = {"monitor": root / "monitor", "monitor/_config": root / "config"}
    names = {
        f"{prefix}/{path.relative_to(folder).as_posix()}"
        for prefix, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return {name for name in names if not any(fnmatch(name, pattern) for pattern in NOT_SHIPPED)}


def differences(inside: set[str], wanted: set[str]) -> list[str]:
    """Name what the wheel lacks and what it holds too much."""
    own = {name for name in inside if ".dist-info/" not in name}
    lacking = [f"missing: {name}" for name in sorted(wanted - own)]
    return lacking + [f"does not belong there: {name}" for name in sorted(own - wanted)]


def absent(inside: set[str]) -> list[str]:
    """Name what is expected and has no file at all."""
    names = sorted(inside)
    return [f"nothing like {each}" for each in EXPECTED if not any(fnmatch(name, each) for name in names)]


if __name__ == "__main__":
    main()
