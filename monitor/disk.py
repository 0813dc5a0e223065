"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from monitor.errors import NotWritten, StoreError

_MARGIN: Final = 8_192
"""Bytes that a write takes beside the content, such as the folder's own."""


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put ``content`` in place of ``path`` in one step that survives a power cut, or raise NotWritten."""
    temporary = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        _write_through(temporary, content, mode)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        _forget(temporary)
        raise NotWritten(
            f"{path} could not be written ({error.strerror}). The file before it is whole. "
            "Make room or allow writing there: a running service goes on by itself, anything else can be tried again."
        ) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, whole or not at all; StoreError where there is one."""
    if path.exists():
        raise StoreError(f"{path} exists already: nothing was written. Choose another name.")
    write_whole(path, content)


def move_whole(source: Path, path: Path) -> None:
    """Put a finished file of the same folder tree in place of ``path``, so that it survives a power cut; OSError."""
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(path)
    _sync_folder(path.parent)


def no_room(path: Path) -> str:
    """Say why ``path`` can probably not be written anew; nothing where it can."""
    try:
        if not os.access(path.parent, os.W_OK | os.X_OK):
            return f"{path.parent} cannot be written: allow writing there."
        disk, size = os.statvfs(path.parent), path.stat().st_size
    except FileNotFoundError:
        return ""  # nothing to be written anew
    except OSError as error:
        return f"{path} cannot be looked at ({error.strerror}): allow reading it."
    free = disk.f_bavail * disk.f_frsize
    if free > size + _MARGIN:
        return ""
    return f"The disk is full: {path} takes {size:,} bytes at each write, and {free:,} are free. Make room."


def remove_leftovers(path: Path) -> None:
    """Delete temporary files of ``path`` and of its copies that a killed process left behind."""
    for leftover in siblings(path, "."):
        if ".tmp-" in leftover.name:
            _forget(leftover)


def siblings(path: Path, infix: str) -> list[Path]:
    """List the files in the folder of ``path`` named like it and then ``infix``, oldest name first."""
    prefix = path.name + infix
    return sorted(entry for entry in path.parent.iterdir() if entry.name.startswith(prefix))


def _write_through(path: Path, content: bytes, mode: int) -> None:
    # Nobody else may open it before it has its mode: who has it open reads what is written later.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), mode)
        if os.geteuid() == 0:
            # What root does by hand must not lock out the service, which owns the folder.
            owner = path.parent.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # a leftover that cannot be removed harms nobody; the next start tries again
