"""Which folder the configuration is read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from os.path import lexists
from pathlib import Path

from monitor.config.sources import ENVIRONMENT, FOLDER_VARIABLE
from monitor.errors import Mistake

FILES = (
    "monitor.toml",
    "countries.csv",
    "pledge.csv",
    "cycles.toml",
    "classification.toml",
    "expectations.toml",
)
_PACKAGE = Path(__file__).parents[1]
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Folders:
    """The operator's folder, and the shipped one for what is missing there (both may be the same)."""

    own: Path
    shipped: Path
    mistakes: tuple[Mistake, ...] = ()

    def one(self, name: str) -> Path:
        """Give the file to read: the operator's, else the shipped one."""
        return self.all_of(name)[-1]

    def all_of(self, name: str) -> tuple[Path, ...]:
        """Give every file of this name, the shipped one first."""
        shipped, own = self.shipped / name, self.own / name
        # A link that leads nowhere is the operator's file, and a mistake, not a reason to take the shipped one.
        return (shipped, own) if own != shipped and lexists(own) else (shipped,)


def shipped_folder(package: Path = _PACKAGE) -> Path:
    """Give the folder of the defaults: inside the package when installed, beside it in a checkout."""
    installed = package / "_config"
    return installed if installed.is_dir() else package.parent / "config"


def find_folders(environ: Mapping[str, str], package: Path = _PACKAGE) -> Folders:
    """Take the folder that MONITOR_CONFIG names, else the shipped one; a wrong one is a mistake."""
    shipped, named = shipped_folder(package), environ.get(FOLDER_VARIABLE, "")
    if not named:
        return Folders(shipped, shipped)
    own = Path(named)
    try:
        misspelt = tuple(_misspelt(own))
    except OSError as error:
        expected = f"a folder that exists and this user can read ({error.strerror})"
        return Folders(shipped, shipped, (Mistake(ENVIRONMENT, FOLDER_VARIABLE, named, expected),))
    # By another path it may be the same folder, whose mistakes are reported once.
    return Folders(own, own if own.resolve() == shipped.resolve() else shipped, misspelt)


def _misspelt(folder: Path) -> Iterator[Mistake]:
    # Otherwise the shipped file would be taken instead, and nobody would notice.
    present = {path.name for path in folder.iterdir()}
    missing = sorted(set(FILES) - present)
    for name in sorted(present - set(FILES)):
        meant = get_close_matches(name.lower(), missing, n=1, cutoff=_ALIKE)
        if meant and Path(name).suffix.lower() in (".toml", ".csv"):
            yield Mistake(str(folder / name), "file name", name, f"the name {meant[0]}")
