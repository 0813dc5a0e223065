"""The program with all its modules loaded already, copied for each start: a process of its own, a second of CPU sooner.

What a copy says, writes and survives is the same either way; that the program starts cold is tested in ``tests/cli``.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any

ROOT = Path(__file__).parents[1]
LONGEST = 1 << 20
"""Bytes of a request: its words and its environment."""
STREAMS = 3
NO_CERTIFICATES = str(Path(__file__).parent)
"""Copies speak to this machine only, without TLS: to read the world's certificates is a third of a start."""


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
        words = [sys.executable, "-m", "tests.warm", str(theirs.fileno())]
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


def _load() -> None:
    package = import_module("monitor")
    for module in pkgutil.walk_packages(package.__path__, "monitor."):
        import_module(module.name)
    # What is loaded is never collected: copies share its memory.
    gc.freeze()


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as the copied process knows it: a descriptor that tells its end, and the line of who started it."""

    pid: int
    end: int
    line: socket.socket

    def close(self) -> None:
        os.close(self.end)
        self.line.close()


class Server:
    """Makes copies, and tells whoever started one how it ended."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._waiting = DefaultSelector()
        self._waiting.register(line, EVENT_READ)
        self._copies: dict[int, Copy] = {}

    def serve(self) -> bool:
        """Give True in the copy that has to be the program now, False when nobody asks any more."""
        while True:
            for key, _ in self._waiting.select():
                if key.fd in self._copies:
                    self._tell(self._copies.pop(key.fd))
                    continue
                request, files, *_ = socket.recv_fds(self._line, LONGEST, STREAMS + 1)
                if not request:
                    self._end()
                    return False
                if self._copy(request, files):
                    return True

    def _copy(self, request: bytes, files: list[int]) -> bool:
        line = socket.socket(fileno=files.pop())
        pid = os.fork()
        if pid == 0:
            line.close()
            self._forget()
            words, folder, environ = json.loads(request)
            _become(words, folder, environ, files)
            return True
        for file in files:
            os.close(file)
        copy = Copy(pid, os.pidfd_open(pid), line)
        self._copies[copy.end] = copy
        self._waiting.register(copy.end, EVENT_READ)
        line.send(str(pid).encode())
        return False

    def _tell(self, copy: Copy) -> None:
        code = os.waitstatus_to_exitcode(os.waitpid(copy.pid, 0)[1])
        self._waiting.unregister(copy.end)
        with suppress(BrokenPipeError):
            copy.line.send(str(code).encode())
        copy.close()

    def _forget(self) -> None:
        """In a copy: let go of the others and of who asks."""
        self._waiting.close()
        self._line.close()
        for copy in self._copies.values():
            copy.close()

    def _end(self) -> None:
        for copy in self._copies.values():
            os.kill(copy.pid, signal.SIGKILL)
            os.waitpid(copy.pid, 0)


def _become(words: list[str], folder: str, environ: dict[str, str], files: list[int]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update({"SSL_CERT_DIR": NO_CERTIFICATES, **environ})
    # What was found out once and remembered: the time zone, chance, the folder for temporary files.
    time.tzset()
    random.seed()
    tempfile.tempdir = None
    sys.argv = ["uncac-monitor", *words]


if __name__ == "__main__":
    _load()
    if Server(socket.socket(fileno=int(sys.argv[1]))).serve():
        import_module("monitor.cli").main()
