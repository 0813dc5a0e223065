from __future__ import annotations

import os
import re

from monitor.evidence.archive import Archive
from monitor.evidence.needs import needs_of
from tests.cli.terminal import Terminal


def archive_of(terminal: Terminal) -> Archive:
    return Archive(terminal.folder / "monitor.json.archive", 10**9)


def test_it_says_what_it_holds(seen: Terminal) -> None:
    done = seen.run("archive")
    assert (done.code, done.err) == (0, "")
    assert re.search(r"7 pages and 1 documents, 0\.0 of 2000 MB", done.out)
    found = seen.run("archive", "--json").json()
    assert (found["pages"], found["files"], found["removed"]) == (7, 1, 0)
    assert found["bytes"] == archive_of(seen).size()


def test_nothing_was_kept_yet(empty: Terminal) -> None:
    assert "0 pages and 0 documents" in empty.run("archive").out


def test_what_is_old_and_proves_nothing_goes_and_the_rest_stays(terminal: Terminal) -> None:
    archive, body = archive_of(terminal), b"<p>an old page that proves nothing"
    terminal.run("sweep")
    name = "0" * 64
    archive.keep_page(name, body)
    for entry in archive.entries():
        os.utime(entry.path, (1, 1))
    archive.keep_page("1" * 64, body)
    needed = needs_of(terminal.world())
    done = terminal.run("archive", "--prune", "30")
    assert (done.code, "Removed: 1," in done.out) == (0, True)
    left = {entry.hash for entry in archive.entries()}
    assert name not in left
    assert "1" * 64 in left
    assert left - {"1" * 64} <= needed.pages | needed.files
