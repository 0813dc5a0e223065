"""Where the settings go, and how the monitor is started with them."""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from os import W_OK, access, chown, geteuid
from pathlib import Path
from shutil import which
from typing import Any

from monitor.config.folder import shipped_folder
from monitor.config.own import STORE_VARIABLE, own_folder
from monitor.config.sources import FOLDER_VARIABLE
from monitor.disk import remove_leftovers, write_whole
from monitor.errors import StoreError
from monitor.setting_up.edit import NotEditable, as_toml, edited
from monitor.setting_up.wish import TOKEN_FILE, Wish

_IN_OUR_IMAGE = Path("/opt/monitor")
"""Where the Dockerfile installs the program, and nobody else would."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of settings, which need not be there yet."""

    folder: Path

    @property
    def file(self) -> Path:
        """Where the settings stand."""
        return self.folder / "monitor.toml"

    def text(self) -> str:
        """Read what is set there now; StoreError where it cannot be read."""
        try:
            return self.file.read_text("utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.file} cannot be read ({error}): look at it first.") from error

    def own(self) -> Mapping[str, Any]:
        """Give what is set there now; nothing where that is no TOML, which loading it says better."""
        try:
            return tomllib.loads(self.text())
        except tomllib.TOMLDecodeError:
            return {}

    def refuse_unwritable(self) -> None:
        """Say before anything is asked that nothing could be written; StoreError."""
        there = next(each for each in (self.folder, *self.folder.absolute().parents) if each.exists())
        if not (there.is_dir() and access(there, W_OK)):
            raise StoreError(
                f"{self.folder} cannot be written: {there} is no folder that this user may write to. "
                "Allow it, or name another folder with --folder. In a container: mount one there that its user "
                "(10001) may write to."
            )

    def write(self, wish: Wish, now: datetime) -> tuple[Path, ...]:
        """Write the token, then the settings that name it, each whole; StoreError, and the settings are as before."""
        content = self._content(wish, now)
        self._make_folder()
        token = self.folder / TOKEN_FILE
        if wish.token:
            write_whole(token, f"{wish.token}\n".encode())
        write_whole(self.file, content.encode(), 0o644)
        return (self.file, token) if wish.token else (self.file,)

    def _make_folder(self) -> None:
        is_new = not self.folder.exists()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if is_new and geteuid() == 0:
                # What root sets up must not lock out the service, which owns the folder around it.
                owner = self.folder.absolute().parent.stat()
                chown(self.folder, owner.st_uid, owner.st_gid)
            # An init that was killed while it wrote left a token lying about.
            for name in (TOKEN_FILE, self.file.name):
                remove_leftovers(self.folder / name)
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be made ({error.strerror}): name another one.") from error

    def _content(self, wish: Wish, now: datetime) -> str:
        text = self.text() or (
            f"# Set by `uncac-monitor init` on {now:%Y-%m-%d}. Only what differs from the defaults stands here: every\n"
            f"# setting and its meaning is in {shipped_folder() / 'monitor.toml'}.\n"
        )
        try:
            return edited(text, wish.settings())
        except NotEditable as error:
            lines = [f"[{section}]\n{_lines(keys)}" for section, keys in wish.settings().items()]
            raise StoreError(
                f"{self.file} was left as it is ({error}). Write into it yourself:\n" + "\n".join(lines)
            ) from error


def _lines(keys: Mapping[str, Any]) -> str:
    return "\n".join(f"{key} = {as_toml(value)}" for key, value in keys.items() if value is not None)


def is_image(prefix: str) -> bool:
    """Tell whether this runs in a container of our image; ``prefix``: where this Python is installed."""
    return Path(prefix) == _IN_OUR_IMAGE


def is_lost(folder: Path) -> bool:
    """Tell whether a container's end would take the folder along: nothing from outside is mounted there."""
    return not any(each.is_mount() for each in (folder, *folder.absolute().parents) if each != Path("/"))


def start_command(environ: Mapping[str, str], folder: Path, program: Path, python: Path) -> str:
    """Write the command that starts the service with the settings of this folder."""
    store = environ.get(STORE_VARIABLE)
    named = [f"{STORE_VARIABLE}={shlex.quote(store)}"] if store else []
    if folder.absolute() != own_folder({**environ, FOLDER_VARIABLE: ""}).absolute():
        named.append(f"{FOLDER_VARIABLE}={shlex.quote(str(folder.absolute()))}")
    return " ".join([*named, _program(program, python)])


def _program(program: Path, python: Path) -> str:
    starter = shipped_folder().parent / "scripts" / "run"
    if starter.is_file():
        return shlex.quote(_from_here(starter))
    if program.stem == "__main__":
        return f"{shlex.quote(str(python))} -m monitor run"
    found = which(program.name)
    is_on_path = found is not None and Path(found).resolve() == program.resolve()
    return f"{program.name if is_on_path else shlex.quote(_from_here(program))} run"


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return (
        str(path.absolute().relative_to(here))
        if path.absolute().is_relative_to(here)
        else str(path.absolute())
    )
