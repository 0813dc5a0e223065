"""Debian's Chromium, driven by Playwright: found where it is, started afresh, able to reach this machine only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""First the one without a window of its own: it draws the same, at two thirds of the computing."""
PATIENCE: Final = 15_000.0
"""Milliseconds: a busy machine is no fault of the page."""
OPTIONS: Final = (
    "--no-sandbox",  # root has none
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser with an empty profile; without one the test is skipped, or fails where one is required."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        _missing("there is no Chromium here: apt-get install chromium")
    if find_spec("playwright") is None:
        _missing("there is no Playwright here: scripts/setup test")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - the tests are collected without it

    expect.set_options(timeout=PATIENCE)
    # Playwright's own event loop runs until this ends: it must not outlive the module, or asynchronous tests fail.
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
        try:
            yield running
        finally:
            running.close()


def _missing(reason: str) -> NoReturn:
    if os.environ.get("UNCAC_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)
