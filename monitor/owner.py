"""Why this process may not use a place on the disk, and the command that mends it: read at three in the morning."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SHARED: Final = frozenset(
    {
        "/",
        "/etc",
        "/home",
        "/mnt",
        "/opt",
        "/root",
        "/run",
        "/srv",
        "/tmp",  # noqa: S108 - only named
        "/usr",
        "/var",
        "/var/lib",
        "/var/tmp",  # noqa: S108 - only named
    }
)
"""Folders that are not to be given away with all that is in them."""
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM})
_OF_A_CONTAINER: Final = "Of a container: on the host, with the folder that is mounted there."


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in the way: the file or folder itself, or the nearest folder over it that exists."""

    path: Path
    owner: int
    group: int
    mode: int
    """With the bits that say whether it is a folder."""

    @property
    def folder(self) -> Path:
        """The folder to mend: all that the monitor keeps lies in one."""
        return self.path if stat.S_ISDIR(self.mode) else self.path.parent

    @property
    def is_open_to_its_owner(self) -> bool:
        """Whether its mode lets the owner do what the monitor does."""
        needed = stat.S_IRWXU if stat.S_ISDIR(self.mode) else stat.S_IRUSR | stat.S_IWUSR
        return self.mode & needed == needed


def mend(path: Path, error: OSError) -> str:
    """Say who has to do what so that this process may use ``path``, which ended with ``error``."""
    if error.errno == errno.EROFS:
        return (
            "It is mounted read-only: mount it for writing (of a container: a volume, without :ro), "
            "or set [store] path to another folder."
        )
    place = _place(path) if error.errno in _FORBIDDEN else None
    if place is None:
        return "Give the monitor a folder it may write to, or set [store] path to another one."
    return remedy(place, path, os.geteuid(), os.getegid())


def remedy(place: Place, path: Path, user: int, group: int) -> str:
    """Say what lets ``user`` use ``path``, where ``place`` stands in the way."""
    if place.owner == user:
        return _of_ones_own(place)
    who = f"{place.path} belongs to user {place.owner} (group {place.group}), and this program runs as user {user} (group {group})."
    if str(place.folder) in _SHARED:
        return (
            f"{who} Make a folder of its own for it, then start again:\n"
            f"  install -d -o {user} -g {group} {_own_folder(place, path)}\n{_OF_A_CONTAINER}"
        )
    return f"{who} Let the folder belong to it, then start again:\n  chown -R {user}:{group} {place.folder}\n{_OF_A_CONTAINER}"


def _of_ones_own(place: Place) -> str:
    if place.is_open_to_its_owner:
        return (
            f"Owner and mode of {place.path} allow it, so something else forbids it: SELinux (mount the volume with :Z), "
            "or it was made immutable (lsattr shows it)."
        )
    mode = stat.S_IMODE(place.mode)
    return (
        f"{place.path} belongs to this program, but its mode {mode:04o} forbids it. Allow it, then start again:\n"
        f"  chmod -R u+rwX {place.folder}\n{_OF_A_CONTAINER}"
    )


def _own_folder(place: Place, path: Path) -> Path:
    """Name the folder that the store should lie in: the one it has, unless that is everybody's."""
    return path.parent if path.parent != place.folder else place.folder / "uncac-monitor"


def _place(path: Path) -> Place | None:
    """Find what stands in the way; None where not even that can be seen."""
    for each in (path, *path.absolute().parents):
        try:
            found = each.lstat()
        except OSError:
            continue  # not there, or hidden: the folder over it is
        return Place(each.absolute(), found.st_uid, found.st_gid, found.st_mode)
    return None
