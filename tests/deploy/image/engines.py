"""What runs the image: docker, podman, or Linux's own namespaces over what buildah built. All as compose.yaml does."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import uuid4

IMAGE = "localhost/uncac-monitor"
USER = "10001"
SECONDS_TO_BUILD = 1200.0
SECONDS_TO_RUN = 180.0
Done = subprocess.CompletedProcess[str]


class Running(Protocol):
    """The service, from start to end."""

    @property
    def pid(self) -> int:
        """Its process, as this machine counts."""

    def ended(self, seconds: float) -> int | None:
        """Give its exit code, or None where it still runs after so long."""

    def terminate(self) -> None:
        """Send SIGTERM to it alone."""

    def kill(self) -> None:
        """End it however."""

    def log(self) -> str:
        """Give what it wrote."""


class Engine(Protocol):
    name: str

    def build(self, project: Path) -> float:
        """Build the image; gives its megabytes without the base."""

    def run(self, data: Path, environ: Mapping[str, str], *command: str) -> Done:
        """Run a command of the image (its program by itself, a path as such) to its end."""

    def start(self, data: Path, environ: Mapping[str, str]) -> Running:
        """Start the image as it is."""


def checked(*command: str | Path, environ: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environ or {})},
        timeout=SECONDS_TO_BUILD,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


@dataclass(slots=True)
class Container:
    """The service in docker or podman."""

    program: str
    name: str

    @property
    def pid(self) -> int:
        return int(checked(self.program, "inspect", "--format", "{{.State.Pid}}", self.name))

    def ended(self, seconds: float) -> int | None:
        try:
            done = subprocess.run(
                [self.program, "wait", self.name], capture_output=True, text=True, check=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            return None
        return int(done.stdout)

    def terminate(self) -> None:
        checked(self.program, "kill", "--signal", "TERM", self.name)

    def kill(self) -> None:
        subprocess.run([self.program, "rm", "--force", self.name], capture_output=True, check=False)

    def log(self) -> str:
        done = subprocess.run([self.program, "logs", self.name], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr


class Docker:
    """Docker, or Podman, which takes the same words."""

    def __init__(self, program: str) -> None:
        self.name = program

    def build(self, project: Path) -> float:
        checked(self.name, "build", "--tag", IMAGE, project)
        base = re.findall(r"^FROM (\S+)", (project / "Dockerfile").read_text("utf-8"), re.MULTILINE)[-1]
        checked(self.name, "pull", base)
        sizes = [
            int(checked(self.name, "image", "inspect", "--format", "{{.Size}}", each))
            for each in (IMAGE, base)
        ]
        return (sizes[0] - sizes[1]) / 1e6

    def run(self, data: Path, environ: Mapping[str, str], *command: str) -> Done:
        entry = ["--entrypoint", command[0]] if command[0].startswith("/") else []
        words = command[1:] if entry else command
        return subprocess.run(
            [self.name, "run", "--rm", *self._rights(data, environ), *entry, IMAGE, *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_TO_RUN,
        )

    def start(self, data: Path, environ: Mapping[str, str]) -> Container:
        name = f"uncac-image-test-{uuid4().hex[:8]}"
        checked(self.name, "run", "--detach", "--name", name, *self._rights(data, environ), IMAGE)
        return Container(self.name, name)

    @staticmethod
    def _rights(data: Path, environ: Mapping[str, str]) -> list[str]:
        # The site and the Bot API that stand in for the real ones listen on this machine's loopback.
        rights = "--network=host --read-only --cap-drop=ALL --security-opt=no-new-privileges --tmpfs=/tmp --pids-limit=100"
        settings = [word for pair in environ.items() for word in ("--env", "=".join(pair))]
        return [*rights.split(), f"--volume={data}:/data", *settings]


_ENTER = """
set -e
root=$1 data=$2; shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev tmpfs "$root/tmp"
mount --bind "$data" "$root/data"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot "$root" setpriv --reuid 10001 --regid 10001 --clear-groups --inh-caps=-all --bounding-set=-all \\
  --no-new-privs env -i "$@"
"""


@dataclass(slots=True)
class Process:
    """The service as process 1 of its own namespaces."""

    outer: subprocess.Popen[bytes]
    output: Path

    @property
    def pid(self) -> int:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            children = Path(f"/proc/{self.outer.pid}/task/{self.outer.pid}/children").read_text().split()
            if children and b"uncac-monitor" in Path(f"/proc/{children[0]}/cmdline").read_bytes():
                return int(children[0])
            time.sleep(0.01)
        raise SystemExit(f"the image did not start: {self.log()}")

    def ended(self, seconds: float) -> int | None:
        try:
            return self.outer.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        self.outer.kill()  # takes what it forked along
        self.outer.wait()

    def log(self) -> str:
        return self.output.read_text("utf-8", errors="replace")


class Namespaces:
    """Linux's namespaces over what buildah built, where there is neither docker nor podman; needs root."""

    name = "buildah and namespaces"

    def __init__(self) -> None:
        self._root = ""
        self._environ: list[str] = []
        self._command: list[str] = []

    def build(self, project: Path) -> float:
        builder = os.environ.get("UNCAC_BUILD_IMAGE")
        said = checked(builder, project) if builder else self._built(project)
        container = checked("buildah", "from", "--pull=never", IMAGE).strip()
        atexit.register(subprocess.run, ["buildah", "rm", container], capture_output=True, check=False)
        self._root = checked("buildah", "mount", container).strip()
        config = json.loads(checked("buildah", "inspect", "--type", "image", IMAGE))["Docker"]["config"]
        if config["User"].partition(":")[0] != USER:
            raise SystemExit(f"the image runs as {config['User']}")
        self._environ, self._command = config["Env"], [*config["Entrypoint"], *config["Cmd"]]
        found = re.search(r"without its base: ([\d.]+)", said)
        return float(found[1]) if found else float("nan")

    @staticmethod
    def _built(project: Path) -> str:
        checked("buildah", "build", "--tag", IMAGE, project)
        return ""

    def run(self, data: Path, environ: Mapping[str, str], *command: str) -> Done:
        words = command if command[0].startswith("/") else (self._command[0], *command)
        return subprocess.run(
            self._inside(data, environ, *words),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_TO_RUN,
        )

    def start(self, data: Path, environ: Mapping[str, str]) -> Process:
        output = data.parent / f"{data.name}-{uuid4().hex[:8]}.log"
        with output.open("wb") as log:
            outer = subprocess.Popen(
                self._inside(data, environ, *self._command), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        return Process(outer, output)

    def _inside(self, data: Path, environ: Mapping[str, str], *words: str) -> list[str]:
        settings = [*self._environ, *("=".join(pair) for pair in environ.items())]
        unshare = "unshare --mount --pid --ipc --uts --fork --kill-child"
        return [*unshare.split(), "sh", "-c", _ENTER, "sh", self._root, str(data), *settings, *words]


def find_engine() -> Engine:
    """Take docker or podman where one answers, else namespaces."""
    for program in ("docker", "podman"):
        if (
            shutil.which(program)
            and not subprocess.run([program, "info"], capture_output=True, check=False).returncode
        ):
            return Docker(program)
    if os.geteuid() == 0 and all(map(shutil.which, ("buildah", "unshare", "chroot"))):
        return Namespaces()
    raise SystemExit("scripts/image-test needs docker or podman; or, as root, buildah, unshare and chroot.")
