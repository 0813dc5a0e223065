"""A release refuses until nothing speaks against it: ``scripts/release`` in a small repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gates.files import SCRIPTS

WORDS = "# Changelog\n\n## Unreleased\n\n### New\n\n- Something.\n\n## 0.1.0 (2026-01-02)\n\n- First.\n"


class Repository:
    """A project with a version, a changelog and a check that passed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("scripts", "monitor", "build"):
            (folder / name).mkdir()
        for name in ("release", "releasing.py", "find-python"):
            shutil.copy(SCRIPTS / name, folder / "scripts" / name)
        self.write("monitor/__init__.py", '"""Words."""\n\n__version__ = "0.1.0"\n')
        self.write("CHANGELOG.md", WORDS)
        self.write(".gitignore", "build/\n")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def git(self, *words: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *who, *words], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "x")
        self.write("build/checked", self.git("rev-parse", "HEAD^{tree}"))

    def release(self, *words: str) -> tuple[int, str]:
        environ = {
            **os.environ,
            "PYTHON": sys.executable,
            **{
                f"GIT_{who}_{what}": "a@example.org"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        }
        command = [str(self.folder / "scripts/release"), *words]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_without_go_nothing_is_changed_and_all_is_said(project: Repository) -> None:
    before = project.git("rev-parse", "HEAD")
    code, said = project.release("0.2.0")
    assert code == 0, said
    assert "Nothing speaks against it" in said
    assert (project.git("rev-parse", "HEAD"), project.git("tag"), project.git("status", "-s")) == (
        before,
        "",
        "",
    )


def test_a_release_sets_the_version_moves_the_changelog_and_tags(project: Repository) -> None:
    code, said = project.release("0.2.0", "--go")
    assert code == 0, said
    assert '__version__ = "0.2.0"' in project.text("monitor/__init__.py")
    assert project.text("CHANGELOG.md").startswith("# Changelog\n\n## Unreleased\n\n## 0.2.0 (20")
    assert project.git("tag", "--points-at", "HEAD").strip() == "v0.2.0"
    assert project.git("status", "-s") == ""
    assert project.release("--check", "0.2.0") == (0, "")
    assert project.release("--notes", "0.2.0") == (0, "### New\n\n- Something.\n")


def test_everything_that_speaks_against_it_is_said_at_once(project: Repository) -> None:
    project.git("switch", "--quiet", "--create", "other")
    project.write("CHANGELOG.md", WORDS.replace("### New\n\n- Something.\n\n", ""))
    code, said = project.release("0.0.9")
    assert code == 1
    assert [line.strip(" -") for line in said.splitlines()[1:]] == [
        "0.0.9 is not newer than what was released (this is 0.1.0)",
        "the tree has changes that no commit holds",
        "this is not the branch main",
        'CHANGELOG.md has nothing under "Unreleased"',
    ]


def test_what_was_not_checked_is_not_released(project: Repository) -> None:
    project.write("monitor/more.py", "")
    project.commit()
    project.write("build/checked", "another tree")
    assert "scripts/check did not pass" in project.release("0.2.0", "--go")[1]
    assert project.git("tag") == ""


@pytest.mark.parametrize("version", ["1.2", "v1.2.0", "1.2.0rc1"])
def test_a_version_is_three_numbers(project: Repository, version: str) -> None:
    code, said = project.release(version)
    assert code == 1
    assert f"{version} is not three numbers" in said


def test_nothing_is_released_twice(project: Repository) -> None:
    project.git("tag", "v0.2.0")
    code, said = project.release("0.2.0", "--go")
    assert code == 1
    assert "0.2.0 is not newer" in said
    assert "has a section of 0.1.0 already" in project.release("0.1.0")[1]


def test_a_tag_that_says_something_else_than_the_program_is_refused(project: Repository) -> None:
    code, said = project.release("--check", "0.3.0")
    assert code == 1
    assert "says 0.1.0" in said
    assert "CHANGELOG.md says nothing of 0.3.0" in said
    assert project.release("--notes", "0.3.0")[0] == 1
