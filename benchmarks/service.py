"""The real service as a process of its own: started, listened to, measured, stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from contenders import ROOT

PATIENCE = 120.0
"""Seconds until something that should happen is given up."""
_POLL = 0.005
RUN = ("-m", "monitor", "run")


class Service:
    """``uncac-monitor run`` on loopback; what it logs is read as it grows."""

    def __init__(
        self, folder: Path, profile_url: str, program: tuple[str, ...] = RUN, **settings: object
    ) -> None:
        """Start it; ``settings``: what differs from the defaults here, as SECTION__KEY."""
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / f"log-{time.monotonic_ns()}.json"
        self._read, self._events = 0, list[dict[str, Any]]()
        with self.log.open("wb") as output:
            self.started = time.time()
            self._process = subprocess.Popen(
                [sys.executable, *program],
                env=surroundings(folder, profile_url, settings),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=output,
            )

    @property
    def events(self) -> list[dict[str, Any]]:
        """Everything that it logged until now."""
        with self.log.open("rb") as file:
            file.seek(self._read)
            *lines, _ = file.read().split(b"\n")
        self._read += sum(len(line) + 1 for line in lines)
        self._events += [json.loads(line) for line in lines if line.startswith(b"{")]
        return self._events

    def count(self, name: str) -> int:
        return sum(event["event"] == name for event in self.events)

    def wait(self, name: str, count: int = 1, within: float = PATIENCE) -> dict[str, Any]:
        """Wait until something was logged that often; gives the last of them."""
        end = time.monotonic() + within
        while self.count(name) < count:
            if time.monotonic() > end or self._process.poll() is not None:
                sys.exit(f"“{name}” was logged {self.count(name)} times, not {count}:\n{self.last_words()}")
            time.sleep(_POLL)
        return [event for event in self.events if event["event"] == name][count - 1]

    def memory(self, what: str = "VmRSS") -> float:
        """Say how many MiB it holds (VmRSS) or held at most (VmHWM)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition(f"{what}:")[2].split()[0]) / 1024

    def cpu(self) -> float:
        """Say how many seconds of CPU it took until now."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> float:
        """Send SIGTERM; gives the seconds until it was gone. Whatever it ends with but 0 is a fault."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(PATIENCE)
        if status:
            sys.exit(f"the service ended with {status}:\n{self.last_words()}")
        return time.monotonic() - began

    def end(self) -> None:
        """End it if it still runs, whatever happened."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:]


@contextmanager
def running(folder: Path, profile_url: str, **settings: object) -> Iterator[Service]:
    """Run it, and stop it afterwards."""
    service = Service(folder, profile_url, **settings)  # type: ignore[arg-type] # a program is no setting
    try:
        yield service
        service.stop()
    finally:
        service.end()


def config_of(folder: Path, pages: int) -> Path:
    """Write a configuration with so many countries, of which the first have signed the Pledge."""
    own = folder / "config"
    own.mkdir(parents=True)
    lines = (ROOT / "config/countries.csv").read_text("utf-8").splitlines()
    head, *countries = [line for line in lines if not line.startswith("#")][: pages + 1]
    (own / "countries.csv").write_text("\n".join((head, *countries)) + "\n", "utf-8")
    codes = [line.split(",")[head.split(",").index("code")] for line in countries[:13]]
    signed = "".join(f"{code},2020,https://example.org/\n" for code in codes)
    (own / "pledge.csv").write_text(f"# complete: yes\ncode,signed,source\n{signed}", "utf-8")
    return own


def surroundings(folder: Path, profile_url: str, settings: Mapping[str, object]) -> dict[str, str]:
    """Give the environment: all that is not named is as shipped, and nothing leaves this machine."""
    all_settings = {
        "SOURCE__PROFILE_URL": profile_url,
        "SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
        "SOURCE__ALLOW_HTTP": "true",
        "SOURCE__SPACING": "0",
        "STORE__PATH": str(folder / "monitor.json"),
        "WEB__LISTEN": "",
        "SIGNALS__LISTEN": "",
        "PLEDGE__CHECK_DAYS": "0",
        "LOG__FORMAT": "json",
        **settings,
    }
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}",
        **{f"MONITOR_{name}": str(value) for name, value in all_settings.items()},
    }


def seconds_until(service: Service, event: Mapping[str, Any]) -> float:
    """Say how long after the start something was logged."""
    return datetime.fromisoformat(event["timestamp"]).timestamp() - service.started
