"""The program with all its modules loaded already, copied for each start: a process of its own, a second of CPU sooner.

What a copy says, writes and survives is the same either way; that the program starts cold is tested in ``tests/cli``.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any

from tests.copied import LONGEST

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def everything(self) -> str:
        return self.out + self.err

    def json(self) -> Any:  # noqa: ANN401 - what a command prints
        """Read stdout as one JSON document and nothing else."""
        return json.loads(self.out)


def command(
    *words: str, folder: Path, environ: Mapping[str, str], stdin: str = "", patience: float = 180
) -> Done:
    """Run ``uncac-monitor WORDS``; raises TimeoutError when it does not end."""
    with TemporaryFile("w+b") as given, TemporaryFile("w+b") as out, TemporaryFile("w+b") as err:
        given.write(stdin.encode())
        given.seek(0)
        running = started(*words, folder=folder, environ=environ, streams=(given, out, err))
        try:
            code = running.wait(patience)
        except TimeoutError:
            running.send_signal(signal.SIGKILL)
            running.wait()
            raise
        return Done(code, _read(out), _read(err))


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class Running:
    """A copy that runs, as far as `subprocess.Popen` is asked for: its number, a signal, its end."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.pid = int(line.recv(64))
        self._code: int | None = None

    def poll(self) -> int | None:
        """Give the exit code, below zero for a signal; nothing while it runs."""
        with suppress(TimeoutError, BlockingIOError):
            return self.wait(0)
        return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the exit code; raises TimeoutError."""
        if self._code is None:
            self._line.settimeout(timeout)
            # Nothing comes where the process that was copied is gone: it takes its copies with it.
            self._code = int(self._line.recv(64) or -signal.SIGKILL)
            self._line.close()
        return self._code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def started(
    *words: str,
    folder: Path,
    environ: Mapping[str, str],
    streams: tuple[IO[bytes], IO[bytes], IO[bytes]],
) -> Running:
    """Start ``uncac-monitor WORDS`` with these as its stdin, stdout and stderr."""
    return _copies().start((words, str(folder), dict(environ)), streams)


class Copies:
    """The process that is copied, for as long as the tests run."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
        self._line = ours
        words = [sys.executable, "-m", "tests.copied", str(theirs.fileno())]
        self._process = subprocess.Popen(words, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()

    def start(self, request: object, streams: tuple[IO[bytes], ...]) -> Running:
        """Let a copy run; whole messages go over the line, so several threads may ask."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            handed = [*(file.fileno() for file in streams), theirs.fileno()]
            socket.send_fds(self._line, [json.dumps(request).encode()], handed)
        return Running(ours)

    def end(self) -> None:
        """Hang up: whatever still runs is ended."""
        self._line.close()
        self._process.wait()


_ONE_AT_A_TIME = Lock()


def _copies() -> Copies:
    with _ONE_AT_A_TIME:
        return _the_copies()


@cache
def _the_copies() -> Copies:
    copies = Copies()
    atexit.register(copies.end)
    return copies
