"""How many readers the board can have:   scripts/bench web

wrk on loopback asks the running service and nginx for the same files (what `uncac-monitor export` writes), packed, with and
without a copy of their own; then it asks while the service looks at all countries for the first time, when every page
is parsed. nginx has one worker, files packed beforehand and no log. Needs nginx and wrk (Debian has both).
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from contenders import ROOT, Site
from figures import Goal, Report, Table, finish, options

PAGES: Final = {"home": "en/", "table": "en/countries.html", "feed": "feed.atom"}
SHARE: Final = 0.3
"""Of nginx's answers a second, for files that are made."""
SLOWEST: Final = 0.050
"""Seconds that 99 of 100 answers may take while a sweep runs."""
SPACINGS: Final = (1.0, 0.05)
"""Seconds between two pages: as it is really, where the goal counts, and twenty times as often."""
TEXTS: Final = {".html", ".css", ".js", ".csv", ".json", ".atom", ".xml", ".txt"}
PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw."""

    per_second: float
    median: float
    percentile_99: float
    failed: int


@dataclass(frozen=True, slots=True)
class Beside:
    """One file, asked of both."""

    page: str
    status: int
    ours: Load
    nginx: Load

    @property
    def share(self) -> float:
        """How many answers we give for each of nginx's."""
        return self.ours.per_second / self.nginx.per_second


@dataclass(frozen=True, slots=True)
class Service:
    """What the running service was like."""

    rows: tuple[Beside, ...]
    seconds_to_start: float
    files: int
    seconds_to_crawl: float
    slowest: float
    """Seconds that the slowest file took when it was asked for the first time."""
    memory: tuple[float, float, float]
    """MiB before all files were asked for, afterwards, and at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """All figures."""

    service: Service
    sweeping: Mapping[str, Load]
    """By the seconds between two pages that are looked at."""


def main() -> None:
    """Measure and print."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="for each figure beside nginx (2)")
    parser.add_argument("--sweep-seconds", type=int, default=8, help="of asking while a sweep runs (8)")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.seconds, chosen.sweep_seconds = 1, 4
    if missing := [name for name in ("nginx", "wrk") if not shutil.which(name)]:
        sys.exit(f"Not here: {', '.join(missing)}. Debian: apt-get install nginx-light wrk")
    with TemporaryDirectory() as name, closing(Site("--pages", "190")) as site:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker is another user
        environment = surroundings(folder, site)
        command(environment, "sweep")
        command(environment, "export", str(folder / "board"))
        found = Found(
            beside(environment, folder, chosen.seconds),
            {
                f"{spacing} s": sweeping(environment, folder, spacing, chosen.sweep_seconds)
                for spacing in SPACINGS
            },
        )
    finish(report_of(found), chosen.json)


def surroundings(folder: Path, site: Site) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "MONITOR_SOURCE__PROFILE_URL": site.url,
        "MONITOR_SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
        "MONITOR_SOURCE__ALLOW_HTTP": "true",
        "MONITOR_SOURCE__SPACING": "0",
        "MONITOR_STORE__PATH": str(folder / "monitor.json"),
        "MONITOR_SIGNALS__LISTEN": "",
        "MONITOR_PLEDGE__CHECK_DAYS": "0",
        "MONITOR_LOG__FORMAT": "json",
    }


def command(environment: Mapping[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "monitor", *words],
        env=environment,
        cwd=environment["HOME"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Running:
    """The service in a process of its own."""

    url: str
    pid: int
    log: Path
    seconds_to_start: float

    @property
    def has_swept(self) -> bool:
        return '"event": "sweep"' in self.log.read_text() or '"event":"sweep"' in self.log.read_text()

    def until_swept(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self.has_swept:
            if time.monotonic() > end:
                sys.exit(f"no sweep ended in {PATIENCE:.0f} s:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.1)

    def memory(self, what: str) -> float:
        """Say how many MiB it holds (VmRSS) or held at most (VmHWM)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition(f"{what}:")[2].split()[0]) / 1024


@contextmanager
def running(environment: Mapping[str, str], **settings: str) -> Iterator[Running]:
    port, log = free_port(), Path(environment["HOME"]) / f"log-{time.monotonic_ns()}.json"
    own = {"MONITOR_WEB__LISTEN": f"127.0.0.1:{port}"} | {
        f"MONITOR_{name}": value for name, value in settings.items()
    }
    began = time.monotonic()
    with log.open("wb") as output:
        service = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run"],
            env={**environment, **own},
            cwd=environment["HOME"],
            stdout=subprocess.DEVNULL,
            stderr=output,
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            until_answered(url)
            yield Running(url, service.pid, log, time.monotonic() - began)
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(PATIENCE)


def until_answered(url: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            etag_of(f"{url}robots.txt")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def connected(url: str) -> HTTPConnection:
    return HTTPConnection(url.split("/")[2], timeout=PATIENCE)


def got(connection: HTTPConnection, path: str) -> str:
    """Ask for a file as browsers do; gives its ETag."""
    connection.request("GET", f"/{path}", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != HTTPStatus.OK:
        sys.exit(f"{path}: {answer.status}")
    return answer.headers["ETag"]


def etag_of(url: str) -> str:
    with closing(connected(url)) as connection:
        return got(connection, url.split("/", 3)[3])


@contextmanager
def nginx(board: Path, folder: Path) -> Iterator[str]:
    """Serve the exported board; packed beforehand, as nginx does best."""
    for path in list(board.rglob("*")):
        if path.suffix in TEXTS:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 6))
    port = free_port()
    own = "".join(
        f"{name}_temp_path {folder}/nginx-{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        "events { worker_connections 512; }\n"
        "http { include /etc/nginx/mime.types; types { application/atom+xml atom; } access_log off;\n"
        "sendfile on; etag on; gzip_static on; keepalive_requests 100000000;\n"
        f"{own} server {{ listen 127.0.0.1:{port}; root {board}; add_header Cache-Control 'public, max-age=60'; }} }}\n"
    )
    server = subprocess.Popen(["nginx", "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/"
        until_answered(url)
        yield url
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def wrk(url: str, seconds: int, *, connections: int = 16, etag: str = "") -> Load:
    headers = ["-H", "Accept-Encoding: gzip", *(["-H", f"If-None-Match: {etag}"] if etag else [])]
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", *headers, url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: .*", said)
    return Load(
        float(said_by(r"Requests/sec:\s+([\d.]+)", said)[1]),
        seconds_of(said_by(r"50%\s+([\d.]+)(us|ms|s)", said)),
        seconds_of(said_by(r"99%\s+([\d.]+)(us|ms|s)", said)),
        int(refused[1]) if refused else sum(map(int, re.findall(r"\d+", broken[0]))) if broken else 0,
    )


def said_by(pattern: str, text: str) -> re.Match[str]:
    hit = re.search(pattern, text)
    if hit is None:
        sys.exit(f"wrk says something else than it used to:\n{text}")
    return hit


def seconds_of(hit: re.Match[str]) -> float:
    return float(hit[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[hit[2]]


def beside(environment: Mapping[str, str], folder: Path, seconds: int) -> Service:
    """Ask both for the same files, one after the other, so that each has the machine for itself."""
    with running(environment) as service, nginx(folder / "board", folder) as other:
        service.until_swept()
        time.sleep(5)  # what follows from the sweep is written, and the board is the last one
        rows = tuple(row for name in PAGES for row in rows_of(name, service.url, other, seconds))
        before = service.memory("VmRSS")
        took = crawled(service, folder / "board")
        memory = before, service.memory("VmRSS"), service.memory("VmHWM")
        return Service(rows, service.seconds_to_start, len(took), sum(took), max(took), memory)


def rows_of(name: str, ours: str, other: str, seconds: int) -> Iterator[Beside]:
    page = PAGES[name]
    tags = etag_of(ours + page), etag_of(other + page)
    yield Beside(name, 200, wrk(ours + page, seconds), wrk(other + page, seconds))
    yield Beside(name, 304, wrk(ours + page, seconds, etag=tags[0]), wrk(other + page, seconds, etag=tags[1]))


def crawled(service: Running, board: Path) -> list[float]:
    """Ask for every file once, as a search engine does; gives the seconds each took."""
    took = []
    with closing(connected(service.url)) as connection:
        for name in json.loads((board / ".uncac-board.json").read_text())["files"]:
            began = time.monotonic()
            got(connection, name)
            took.append(time.monotonic() - began)
    return took


def sweeping(environment: Mapping[str, str], folder: Path, spacing: float, seconds: int) -> Load:
    """Ask for the home page while all countries are looked at for the first time."""
    store = folder / f"sweeping-{spacing}.json"
    with running(environment, SOURCE__SPACING=str(spacing), STORE__PATH=str(store)) as service:
        etag_of(service.url + PAGES["home"])  # made before it is measured
        load = wrk(service.url + PAGES["home"], seconds, connections=4)
        if service.has_swept:
            sys.stderr.write(f"The sweep at {spacing} s was over before the asking.\n")
        return load


def report_of(found: Found) -> Report:
    service = found.service
    before, after, most = service.memory
    beside = tuple(
        (
            f"{row.page}, {row.status}",
            row.ours.per_second,
            row.nginx.per_second,
            row.share,
            row.ours.percentile_99 * 1000,
            row.nginx.percentile_99 * 1000,
            row.ours.failed,
        )
        for row in service.rows
    )
    sweeping = tuple(
        (f"a page every {name}", load.per_second, load.median * 1000, load.percentile_99 * 1000)
        for name, load in found.sweeping.items()
    )
    whole = (f"{service.files} files", service.seconds_to_crawl, service.slowest * 1000, before, after, most)
    tables = (
        Table(
            "Beside nginx",
            ("", "ours a second", "nginx a second", "share", "99 % ms", "nginx's 99 % ms", "failed"),
            beside,
        ),
        Table("The home page while sweeping", ("", "answers a second", "median ms", "99 % ms"), sweeping),
        Table(
            "Every file asked for once",
            ("", "seconds", "slowest ms", "MiB before", "MiB after", "MiB at most"),
            (whole,),
        ),
    )
    notes = (
        "wrk on loopback, sixteen connections; nginx has one worker, files packed beforehand and no log.",
        f"The board answers {service.seconds_to_start:.2f} s after the start.",
    )
    return Report("web", tables, tuple(goals(found)), notes, asdict(found))


def goals(found: Found) -> Iterator[Goal]:
    for row in found.service.rows:
        yield Goal(f"{row.page}, {row.status}", row.share, SHARE, "of nginx", is_least=True)
    slow = found.sweeping[f"{SPACINGS[0]} s"].percentile_99
    yield Goal("99 % while sweeping at the real pace", slow * 1000, SLOWEST * 1000, "ms")


if __name__ == "__main__":
    main()
