"""What must be true of the image, one fact a function; each gives what was seen, or raises AssertionError."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from monitor.model import DocumentKind
from tests.botapi import Silence
from tests.deploy.image.engines import USER, Engine, Running
from tests.deploy.image.stage import Stage

PYTHON = "/opt/monitor/bin/python"
MOST_MEGABYTES = 100.0
MOST_RESIDENT = 128.0
"""MiB, while all of it is in use; what it takes at rest is measured by the benchmarks."""
SECONDS_TO_STOP = 2.0
OLD_STORE = Path(__file__).parents[2] / "record" / "store_v1.json"
WRITES = """
import os, sys
def may(folder):
    try:
        os.mkdir(folder + "/probe"); os.rmdir(folder + "/probe"); return True
    except OSError:
        return False
folders = {each for each, _, _ in os.walk("/") if not each.startswith(("/proc", "/sys", "/dev"))}
print(*sorted(each for each in folders if may(each)))
"""
TOOLS = "import shutil; print(*[each for each in ('pip', 'pip3', 'gcc', 'cc', 'make', 'curl', 'wget') if shutil.which(each)])"
Fact = tuple[str, Callable[[], str]]


class Proof:
    """The facts, in the order in which they are proven."""

    def __init__(self, engine: Engine, stage: Stage, megabytes: float) -> None:
        self.engine, self.stage, self.megabytes = engine, stage, megabytes
        self.data = stage.data("data")
        self.running: Running | None = None

    def facts(self) -> Iterator[Fact]:
        yield "size without its base", self.size
        yield "user", self.user
        yield "tools left in it", self.tools
        yield "where it may write", self.writes
        yield "the demo in it", self.demo
        yield "a folder of somebody else's", self.wrong_owner
        yield "not healthy before the first sweep", self.unhealthy
        yield "start to the first answer", self.starts
        yield "rights of process 1", self.rights
        yield "first look told to the operator", self.first_look
        yield "healthy", self.healthy
        yield "the board", self.board
        yield "/metrics", self.metrics
        yield "a map is drawn", self.map
        yield "a publication is told", self.told
        yield "not healthy while it is stopped", self.frozen
        yield "memory", self.memory
        yield "dead children", self.zombies
        yield "SIGTERM in the middle of everything", self.stops
        yield "nothing is lost by that", self.is_whole
        yield "a store of the first version", self.upgrades

    def size(self) -> str:
        assert self.megabytes <= MOST_MEGABYTES, f"{self.megabytes:.0f} MB"
        return f"{self.megabytes:.0f} MB"

    def user(self) -> str:
        said = self._says(PYTHON, "-c", "import os; print(os.getuid(), os.getgid())")
        assert said == f"{USER} {USER}", said
        return said

    def tools(self) -> str:
        said = self._says(PYTHON, "-c", TOOLS)
        assert not said, said
        return "no pip, compiler or downloader"

    def writes(self) -> str:
        said = self._says(PYTHON, "-c", WRITES)
        assert set(said.split()) <= {"/data", "/tmp"}, said  # noqa: S108 - the container's own
        return said

    def demo(self) -> str:
        began = time.monotonic()
        said = self._says("demo", "--once")
        assert "Mexico" in said, said
        return f"an alert after {time.monotonic() - began:.1f} s"

    def wrong_owner(self) -> str:
        done = self.engine.run(self.stage.data("foreign", owner=0), self.stage.environ, "run")
        words = done.stdout + done.stderr
        assert done.returncode == 1, words
        assert f"chown -R {USER}:{USER} /data" in words, words
        assert "Traceback" not in words
        return f"exit 1: chown -R {USER}:{USER} /data"

    def unhealthy(self) -> str:
        done = self.engine.run(self.stage.data("empty"), self.stage.environ, "healthy")
        assert done.returncode == 1, done.stdout
        return f"exit 1: {done.stdout.strip()}"

    def starts(self) -> str:
        self.running = self.engine.start(self.data, self.stage.environ)
        seconds = self.stage.until(lambda: self._answers("/health/live"), self._service)
        return f"{seconds:.1f} s"

    def rights(self) -> str:
        lines = Path(f"/proc/{self._service.pid}/status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        found = {name: status[name] for name in ("CapEff", "CapBnd", "NoNewPrivs", "NSpid")}
        assert int(found["CapEff"], 16) == int(found["CapBnd"], 16) == 0, found
        assert found["NoNewPrivs"] == "1", found
        assert found["NSpid"].split()[-1] == "1", found
        return "no capability, no new privileges, process 1"

    def first_look(self) -> str:
        texts = self.stage.telegram.texts
        seconds = self.stage.until(
            lambda: any("First look" in each for each in texts(self.stage.olga.id)), self._service
        )
        return f"after {seconds:.1f} s"

    def healthy(self) -> str:
        done = self.engine.run(self.data, self.stage.environ, "healthy")
        assert done.returncode == 0, done.stdout + done.stderr
        return "exit 0"

    def board(self) -> str:
        page = self.stage.asks(self.stage.board, "/")
        assert b"</html>" in page
        return f"{len(page) / 1000:.0f} kB"

    def metrics(self) -> str:
        text = self.stage.asks(self.stage.signals, "/metrics").decode()
        families = list(text_string_to_metric_families(text))
        assert any(each.name.startswith("uncac_monitor_") for each in families), text
        return f"{len(families)} metrics"

    def map(self) -> str:
        began = time.monotonic()
        self.stage.olga.says("/map")
        self.stage.telegram.waits_for_call("sendPhoto", 1, 60.0)
        return f"a photo after {time.monotonic() - began:.1f} s"

    def told(self) -> str:
        """The site serves the document, too: that it was looked into is part of the alert."""
        self.stage.olga.says("/subscribe Mexico")
        [url] = self.stage.site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2", ("en",))
        telegram = self.stage.telegram
        seconds = self.stage.until(
            lambda: any(url in each["html"] for each in telegram.messages), self._service
        )
        alert = next(each["html"] for each in telegram.messages if url in each["html"])
        assert " page" in alert, alert
        return f"after {seconds:.1f} s, with its number of pages"

    def frozen(self) -> str:
        pid = str(self._service.pid)
        subprocess.run(["kill", "-STOP", pid], check=True)
        try:
            done = self.engine.run(self.data, self.stage.environ, "healthy")
        finally:
            subprocess.run(["kill", "-CONT", pid], check=True)
        assert done.returncode == 1, done.stdout
        return f"exit 1: {done.stdout.strip()[:60]}"

    def memory(self) -> str:
        lines = Path(f"/proc/{self._service.pid}/status").read_text().splitlines()
        now, peak = (
            next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))
            for name in ("VmRSS", "VmHWM")
        )
        assert now <= MOST_RESIDENT, f"{now:.0f} MiB"
        return f"{now:.0f} MiB now, {peak:.0f} at most (bot, board, signals, 192 countries)"

    def zombies(self) -> str:
        pid = self._service.pid
        done = subprocess.run(
            ["ps", "-o", "stat=", "--ppid", str(pid)], capture_output=True, text=True, check=False
        )
        dead = [each for each in done.stdout.split() if each.startswith("Z")]
        assert not dead, done.stdout
        return "none"

    def stops(self) -> str:
        """The site does not answer, Telegram has taken a message and says nothing, a reader hangs, a map is drawn."""
        stage = self.stage
        stage.site.latency = 60.0
        time.sleep(13)  # the next sweep begins within 12 s, and now hangs
        stage.telegram.fails_with(stage.olga.id, Silence(), times=5)
        stage.olga.says("/map")
        with socket.create_connection(("127.0.0.1", stage.board)) as reader:
            reader.sendall(b"GET /documents.csv HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
            began = time.monotonic()
            self._service.terminate()
            code = self._service.ended(10.0)
            seconds = time.monotonic() - began
        stage.site.latency = 0.0
        assert code == 0, f"exit {code}: {self._service.log()[-1500:]}"
        busy = os.getloadavg()[0] / (os.cpu_count() or 1)
        seen = f"exit 0 after {seconds:.1f} s, on a machine with {busy:.1f} times the work it can do at once"
        assert seconds < SECONDS_TO_STOP, seen
        return seen

    def is_whole(self) -> str:
        said = self._says("documents", "--json", data=self.data)
        left = [each.name for each in self.data.iterdir() if ".tmp-" in each.name]
        assert said.startswith(("[", "{")), said[:200]
        assert not left, left
        return f"{len(json.loads(said))} documents known, nothing half written"

    def upgrades(self) -> str:
        data = self.stage.data("old")
        store = data / "monitor.json"
        store.write_bytes(OLD_STORE.read_bytes())
        subprocess.run(["chown", "-R", f"{USER}:{USER}", data], check=False)
        self._says("status", data=data)
        done = self.engine.run(data, self.stage.environ | {"MONITOR_TELEGRAM__TOKEN": ""}, "sweep", "Mexico")
        copies = [each.name for each in data.iterdir() if each.name.endswith(".v1.bak")]
        assert copies, done.stdout + done.stderr
        return f"read, upgraded, kept as {copies[0]}"

    @property
    def _service(self) -> Running:
        assert self.running is not None, "it did not start"
        return self.running

    def _answers(self, path: str) -> bool:
        try:
            return bool(self.stage.asks(self.stage.signals, path))
        except OSError:
            return False

    def _says(self, *command: str, data: Path | None = None) -> str:
        done = self.engine.run(data or self.stage.folder / "data", self.stage.environ, *command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()
