"""Sets a version, moves the changelog and tags, where nothing speaks against it (``scripts/release`` calls it)."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

VERSION_FILE: Final = Path("monitor/__init__.py")
CHANGELOG: Final = Path("CHANGELOG.md")
VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
STATED: Final = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
HEADING: Final = re.compile(r"^## (\S+).*$", re.MULTILINE)
PASSED: Final = Path("build/checked")
"""Where scripts/check leaves the tree that passed it."""


def main() -> None:
    """Ask what was wanted of which version, and do it."""
    parser = argparse.ArgumentParser(prog="scripts/release")
    parser.add_argument("version", help="three numbers, such as 1.2.0")
    parser.add_argument("--go", action="store_true", help="do it, instead of showing it")
    parser.add_argument("--check", action="store_true", help="only: is this commit that release?")
    parser.add_argument("--notes", action="store_true", help="only: what the changelog says of it")
    asked = parser.parse_args()
    if asked.notes:
        print(
            section(CHANGELOG.read_text("utf-8"), asked.version) or sys.exit(f"no notes on {asked.version}")
        )
        return
    refuse([*(released if asked.check else hindrances)(asked.version)])
    if not asked.check:
        release(asked.version, is_real=asked.go)


def refuse(troubles: list[str]) -> None:
    """End with what is wrong, all of it at once."""
    if troubles:
        sys.exit("Not yet:\n" + "\n".join(f"  - {each}" for each in troubles))


def released(version: str) -> Iterator[str]:
    """Tell what does not fit together in a commit that claims to be a release."""
    if stated() != version:
        yield f"{VERSION_FILE} says {stated()}"
    if not section(CHANGELOG.read_text("utf-8"), version):
        yield f"{CHANGELOG} says nothing of {version}"


def hindrances(version: str) -> Iterator[str]:
    """Tell everything that speaks against a release, in the order of the checklist."""
    if not VERSION.fullmatch(version):
        yield f"{version} is not three numbers, such as 1.2.0"
    elif numbers(version) < numbers(stated()) or f"v{version}" in git("tag").split():
        yield f"{version} is not newer than what was released (this is {stated()})"
    if git("status", "--porcelain"):
        yield "the tree has changes that no commit holds"
    if git("branch", "--show-current").strip() != "main":
        yield "this is not the branch main"
    text = CHANGELOG.read_text("utf-8")
    if not section(text, "Unreleased"):
        yield f'{CHANGELOG} has nothing under "Unreleased"'
    if section(text, version):
        yield f"{CHANGELOG} has a section of {version} already"
    if not PASSED.is_file() or PASSED.read_text("utf-8") != git("rev-parse", "HEAD^{tree}"):
        yield "scripts/check did not pass on exactly this tree"


def release(version: str, *, is_real: bool) -> None:
    """Set the version, move the changelog, commit and tag; or say that it would."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    steps = f'{VERSION_FILE}: __version__ = "{version}"\n{CHANGELOG}: ## {version} ({today})\ncommit, tag v{version}'
    if not is_real:
        print(f"Nothing speaks against it. With --go:\n{steps}")
        return
    VERSION_FILE.write_text(with_version(VERSION_FILE.read_text("utf-8"), version), "utf-8")
    CHANGELOG.write_text(moved(CHANGELOG.read_text("utf-8"), version, today), "utf-8")
    git("commit", "--quiet", "--message", f"Version {version}", "--", str(VERSION_FILE), str(CHANGELOG))
    git("tag", "--annotate", f"v{version}", "--message", f"Version {version}")
    print(f"{steps}\nNow: git push origin main v{version}")


def stated() -> str:
    """Read the version that the program states."""
    found = STATED.search(VERSION_FILE.read_text("utf-8"))
    return found[1] if found else "nothing"


def numbers(version: str) -> list[int]:
    """Give a version as what is compared."""
    return [int(each) for each in re.findall(r"\d+", version)]


def with_version(text: str, version: str) -> str:
    """State another version."""
    return STATED.sub(f'__version__ = "{version}"', text)


def section(text: str, name: str) -> str:
    """Give what the changelog says under a heading; nothing where there is none."""
    parts = HEADING.split(text)
    return next(
        (body.strip() for head, body in zip(parts[1::2], parts[2::2], strict=True) if head == name), ""
    )


def moved(text: str, version: str, today: str) -> str:
    """Put all that was unreleased under the version, and begin a new list above it."""
    return text.replace("## Unreleased\n", f"## Unreleased\n\n## {version} ({today})\n", 1)


def git(*words: str) -> str:
    """Ask git, and end with what it says where it fails."""
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)  # noqa: S603, S607 - our own words
    if done.returncode:
        sys.exit(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
