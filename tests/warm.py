"""The program with all its modules loaded already, copied for each command: a process of its own, half a second sooner.

What starts or is killed is started cold; what a command says, and with what exit code, is the same either way.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any

ROOT = Path(__file__).parents[1]
LONGEST = 1 << 20
"""Bytes of a request: its words and its environment."""


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
        code = _copies().asked((words, str(folder), dict(environ)), (given, out, err), patience)
        return Done(code, _read(out), _read(err))


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class Copies:
    """The process that is copied, for as long as the tests run."""

    def __init__(self) -> None:
        self._lock = Lock()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
        self._line = ours
        words = [sys.executable, "-m", "tests.warm", str(theirs.fileno())]
        self._process = subprocess.Popen(words, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()

    def asked(self, request: object, files: tuple[IO[bytes], ...], patience: float) -> int:
        """Let one command run with these as its stdin, stdout and stderr; gives its exit code."""
        with self._lock:
            self._line.settimeout(patience)
            socket.send_fds(self._line, [json.dumps(request).encode()], [file.fileno() for file in files])
            return int(self._line.recv(64))

    def end(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()


@cache
def _copies() -> Copies:
    copies = Copies()
    atexit.register(copies.end)
    return copies


def _load() -> None:
    package = import_module("monitor")
    for module in pkgutil.walk_packages(package.__path__, "monitor."):
        import_module(module.name)
    # What is loaded is never collected: copies share its memory.
    gc.freeze()


def _serve(line: socket.socket) -> bool:
    """Answer requests; gives True in the copy that has to be the program now, False when nobody asks any more."""
    while True:
        request, files, *_ = socket.recv_fds(line, LONGEST, 3)
        if not request:
            return False
        copy = os.fork()
        if copy == 0:
            words, folder, environ = json.loads(request)
            _become(words, folder, environ, files)
            return True
        for file in files:
            os.close(file)
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])).encode())


def _become(words: list[str], folder: str, environ: dict[str, str], files: list[int]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    # What was found out once and remembered: the time zone, chance, the folder for temporary files.
    time.tzset()
    random.seed()
    tempfile.tempdir = None
    sys.argv = ["uncac-monitor", *words]


if __name__ == "__main__":
    _load()
    if _serve(socket.socket(fileno=int(sys.argv[1]))):
        import_module("monitor.cli").main()
