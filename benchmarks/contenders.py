"""The programs that are measured, as commands over a folder that remembers; and how one run is measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

ROOT = Path(__file__).resolve().parent.parent
URLWATCH, WEBCHANGES = "2.29", "3.37"
RAW = ("selectolax==1.0.2", "orjson==3.13.0")
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run of a program cost."""

    wall: float
    cpu: float
    peak_mib: float
    status: int
    output: str
    errors: str

    def best(self, other: Figures) -> Figures:
        """The least of both, figure by figure: noise only ever adds."""
        return Figures(
            min(self.wall, other.wall),
            min(self.cpu, other.cpu),
            min(self.peak_mib, other.peak_mib),
            max(self.status, other.status),
            other.output,
            other.errors,
        )


def measure(command: list[str], environment: Mapping[str, str], folder: Path) -> Figures:
    """Run a command in ``folder``. Call it from a small process: a child's peak starts at its parent's size."""
    folder.mkdir(parents=True, exist_ok=True)
    told, complained = folder / "output.txt", folder / "errors.txt"
    with told.open("wb") as output, complained.open("wb") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MIB
    cpu = used.ru_utime + used.ru_stime
    return Figures(wall, cpu, peak, process.returncode, told.read_text(), complained.read_text())


class Contender(Protocol):
    """A program that looks at the same pages again and again."""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        ...

    def prepare(self, folder: Path, site: Site) -> None:
        """Write its configuration."""
        ...

    def look(self, folder: Path, site: Site) -> Figures:
        """Look at every page once."""
        ...

    def help(self, folder: Path) -> Figures:
        """Only start and say how it is used."""
        ...


class Site:
    """The server of pages.py, in its own process."""

    def __init__(self, *options: str) -> None:
        """Start it; the options are those of pages.py."""
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "benchmarks/pages.py"), *options],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self._read()
        self.url: str = ready["url"]
        self.codes: dict[str, str] = ready["codes"]

    def report(self) -> dict[str, Any]:
        """Say what was asked since the last report."""
        stdin = cast(IO[str], self._process.stdin)
        stdin.write("\n")
        stdin.flush()
        return self._read()

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _read(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(cast(IO[str], self._process.stdout).readline())
        return line


@dataclass(frozen=True, slots=True)
class Monitor:
    """This program: ``sweep --json``, ten requests at once and no pause between them, unless told otherwise."""

    name: str = "uncac-monitor"
    spacing: float = 0.0
    concurrency: int = 10

    def prepare(self, folder: Path, site: Site) -> None:
        del folder, site  # all its configuration is in the environment

    def look(self, folder: Path, site: Site) -> Figures:
        environment = {
            "MONITOR_SOURCE__PROFILE_URL": site.url,
            "MONITOR_SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
            "MONITOR_SOURCE__ALLOW_HTTP": "true",
            "MONITOR_SOURCE__SPACING": str(self.spacing),
            "MONITOR_SOURCE__CONCURRENCY": str(self.concurrency),
            "MONITOR_STORE__PATH": str(folder / "monitor.json"),
        }
        return self._run(["sweep", "--json", *site.codes], environment, folder)

    def help(self, folder: Path) -> Figures:
        return self._run(["--help"], {}, folder)

    def _run(self, arguments: list[str], environment: Mapping[str, str], folder: Path) -> Figures:
        command = [sys.executable, "-m", "monitor", *arguments]
        return measure(command, {"PYTHONPATH": str(ROOT), **environment}, folder)


@dataclass(frozen=True, slots=True)
class Urlwatch:
    """urlwatch as it comes, ten requests at once, nobody told: it compares texts and knows no documents."""

    python: Path
    name: str = f"urlwatch {URLWATCH}"

    @classmethod
    def installed(cls) -> Urlwatch:
        return cls(installed(f"urlwatch=={URLWATCH}"))

    def prepare(self, folder: Path, site: Site) -> None:
        write_jobs(folder, "urls.yaml", site)

    def look(self, folder: Path, site: Site) -> Figures:
        del site  # it stands in urls.yaml
        return self._run(files(folder, urls="urls.yaml", cache="cache.db"), folder)

    def help(self, folder: Path) -> Figures:
        return self._run(["--help"], folder)

    def _run(self, arguments: list[str], folder: Path) -> Figures:
        return measure([str(self.python.parent / "urlwatch"), *arguments], {}, folder)


@dataclass(frozen=True, slots=True)
class Webchanges:
    """webchanges as it comes, nobody told: it compares texts, with a thread for each core and four more."""

    python: Path
    name: str = f"webchanges {WEBCHANGES}"

    @classmethod
    def installed(cls) -> Webchanges:
        return cls(installed(f"webchanges=={WEBCHANGES}"))

    def prepare(self, folder: Path, site: Site) -> None:
        write_jobs(folder, "jobs.yaml", site)

    def look(self, folder: Path, site: Site) -> Figures:
        del site  # it stands in jobs.yaml
        return self._run(files(folder, jobs="jobs.yaml", database="snapshots.db"), folder)

    def help(self, folder: Path) -> Figures:
        return self._run(["--help"], folder)

    def _run(self, arguments: list[str], folder: Path) -> Figures:
        return measure([str(self.python.parent / "webchanges"), *arguments], {}, folder)


@dataclass(frozen=True, slots=True)
class Floor:
    """Libraries that fetch and take links out of pages, and nothing else; they remember nothing."""

    name: str
    script: str
    python: Path

    def look(self, folder: Path, site: Site) -> Figures:
        urls = [site.url.format(code=path) for path in site.codes.values()]
        return measure([str(self.python), str(ROOT / "benchmarks/floors" / self.script), *urls], {}, folder)


def floors() -> tuple[Floor, Floor]:
    """Give the floor of our own libraries, and that of the fastest there are."""
    return (
        Floor("httpx + bs4 alone", "plain.py", Path(sys.executable)),
        Floor("asyncio + selectolax + orjson alone", "raw.py", installed(*RAW)),
    )


def installed(*packages: str) -> Path:
    """Install packages once, in a virtual environment of their own; give its interpreter."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = "-".join(package.replace("==", "-") for package in packages)
    folder = cache / f"uncac-monitor-benchmark/{name}"
    python = folder / "bin/python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
        (folder / "ready").touch()
    return python


def write_jobs(folder: Path, name: str, site: Site) -> None:
    """Write the configuration that urlwatch and webchanges both read."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = (f"name: {code}\nurl: {site.url.format(code=path)}\n" for code, path in site.codes.items())
    (folder / name).write_text("---\n".join(jobs))
    reporters = "".join(f"  {one}:\n    enabled: false\n" for one in ("stdout", "email", "telegram"))
    (folder / "config.yaml").write_text(f"report:\n{reporters}")
    (folder / "hooks.py").write_text("")


def files(folder: Path, **names: str) -> list[str]:
    """Give the options that name a program's files."""
    all_names = {**names, "config": "config.yaml", "hooks": "hooks.py"}
    return [part for option, name in all_names.items() for part in (f"--{option}", str(folder / name))]
