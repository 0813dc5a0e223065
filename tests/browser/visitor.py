"""A person at a browser: where they go, what they see, and what the browser complained of meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from tests.browser.chromium import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Dialog,
        Locator,
        Page,
        Request,
        ViewportSize,
    )

Scheme = Literal["light", "dark"]
Motion = Literal["no-preference", "reduce"]
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}
TABLET: Final[ViewportSize] = {"width": 1024, "height": 768}
TWICE: Final[ViewportSize] = {"width": 640, "height": 450}
"""What a desktop shows at 200 %; at 400 % it is as narrow as the narrowest phone."""
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
NARROW: Final[ViewportSize] = {"width": 320, "height": 568}
NO_PAGE: Final = "the server responded with a status of 404"
"""Chromium says so of a page that is not there, whatever that page is."""


@dataclass
class Visitor:
    """A person at a browser."""

    context: BrowserContext
    page: Page
    board: str
    """The board's address, with a slash at its end."""
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Addresses on other hosts that a page asked for."""

    @classmethod
    def arrives(cls, browser: Browser, board: str, **options: Any) -> Visitor:  # noqa: ANN401 - Playwright's own
        """Open an empty browser; ``options`` are Playwright's for a context (viewport, locale, color_scheme …)."""
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE)
        visitor = cls(context, context.new_page(), board)
        visitor._listen()
        return visitor

    def settles(self, board: str, screen: ViewportSize, scheme: Scheme, motion: Motion) -> None:
        """Take over a browser that somebody left, as if it were new: opening one costs more than four pages."""
        self.board = board
        self.page.emulate_media(media="null", color_scheme=scheme, reduced_motion=motion)
        if self.page.viewport_size != screen:
            self.turns_to(screen)

    def _listen(self) -> None:
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuses)
        self.context.on("request", self._notes)

    def _hears(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and NO_PAGE not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def _refuses(self, dialog: Dialog) -> None:
        self.complaints.append(f"a page ran a stranger's script: {dialog.message}")
        dialog.dismiss()

    def _notes(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.board).netloc:
            self.strangers.append(request.url)

    def goes_to(self, path: str) -> Page:
        """Open a page of the board by its path."""
        self.page.goto(self.board + path)
        return self.page

    @property
    def path(self) -> str:
        """Where the person is: path below the board, with query."""
        return self.page.url.removeprefix(self.board)

    def sees(self, selector: str) -> list[str]:
        """Give the words of every element that is shown."""
        shown = "all => all.filter(each => each.checkVisibility()).map(each => each.innerText)"
        return list(self.page.locator(selector).evaluate_all(shown))

    def waits_for(self, condition: str, argument: object = None) -> None:
        """Wait until JavaScript finds a condition true."""
        self.page.wait_for_function(condition, arg=argument)

    def turns_to(self, screen: ViewportSize) -> None:
        """Look at the page on another screen; a busy browser takes its time to lay it out anew."""
        self.page.set_viewport_size(screen)
        self.waits_for("width => innerWidth === width", screen["width"])

    def is_wider_than_the_screen(self) -> bool:
        """Tell whether the page would have to be pushed sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > innerWidth"))

    def focused(self) -> Locator:
        """Give what the keyboard would act on."""
        return self.page.locator(":focus")

    def leaves(self) -> None:
        """Close the browser; nothing may have been complained of, asked elsewhere, or left behind."""
        cookies = self._cookies()
        self.context.close()
        self._is_content(cookies)

    def makes_room(self) -> None:
        """Leave the browser to the next person, with nothing of this one in it; else as ``leaves``."""
        cookies = self._cookies()
        self.page.unroute_all()
        memory = self.context.new_cdp_session(self.page)
        memory.send("Storage.clearDataForOrigin", {"origin": self.board.rstrip("/"), "storageTypes": "all"})
        memory.detach()
        self.page.evaluate("0")  # what the page still has to complain of is heard first
        self._is_content(cookies)

    def _cookies(self) -> list[Mapping[str, object]]:
        return [dict(each) for each in self.context.cookies()]

    def _is_content(self, cookies: list[Mapping[str, object]]) -> None:
        assert self.complaints == []
        assert self.strangers == []
        assert cookies == []
