"""The process that `tests.warm` copies: it loads the program, and every copy that is asked for becomes it."""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import random
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

import certifi

LONGEST = 1 << 20
"""Bytes of a request: its words and its environment."""
STREAMS = 3
END = "-----END CERTIFICATE-----\n"


def _one_certificate() -> str:
    """Give where copies read one certificate, not the world's: they speak to this machine only, without TLS.

    To read all of them, once for each client, is a third of what a start costs.
    """
    whole = Path(certifi.where()).read_text("utf-8")
    one = os.memfd_create("certificate")
    os.write(one, f"{whole.partition(END)[0]}{END}".encode())
    return f"/proc/self/fd/{one}"


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
    os.environ.update(environ)
    # What was found out once and remembered: the time zone, chance, the folder for temporary files.
    time.tzset()
    random.seed()
    tempfile.tempdir = None
    sys.argv = ["uncac-monitor", *words]


if __name__ == "__main__":
    _load()
    trusted = _one_certificate()
    if Server(socket.socket(fileno=int(sys.argv[1]))).serve():
        os.environ["SSL_CERT_FILE"] = trusted
        import_module("monitor.cli").main()
