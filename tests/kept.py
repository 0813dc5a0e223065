"""A little world of which every page is kept, and which is replayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.evidence.replay import Course, Read, Trial, moments, step
from monitor.model import Change, DocumentFile, FileLook, Page
from monitor.profile.rules import Rules
from monitor.record.believe import Limits
from monitor.record.decide import Settings
from monitor.replay import Replay, Replayed
from monitor.sweep import Sweeper
from tests.fakes import CODES, SHIPPED, Watch, profile_url

SETTINGS = Settings(Limits(0.5, 6, 5, 0.05, 3), timedelta(hours=72))
CONFIG = replace(
    SHIPPED, source=SHIPPED.source.model_copy(update={"profile_url": "https://profiles.example/{code}.html"})
)


class Pages:
    """An archive in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.asked: list[str] = []

    async def keep_page(self, page: Page) -> None:
        self.kept[page.body_hash] = page.html.encode()

    async def look_at_files(
        self,
        urls: Iterable[str],  # noqa: ARG002 - nothing is looked at
        known: Mapping[str, DocumentFile],  # noqa: ARG002 - the same
    ) -> Mapping[str, FileLook]:
        return {}

    def page(self, body_hash: str) -> bytes | None:
        self.asked.append(body_hash)
        return self.kept.get(body_hash)


class KeptWatch(Watch):
    """A sweep's world that keeps pages."""

    def __init__(self, codes: Iterable[str] = CODES) -> None:
        super().__init__(codes)
        self.pages = Pages()

    @property
    def sweeper(self) -> Sweeper:
        return replace(super().sweeper, evidence=self.pages)

    def replays(self, tried: Rules | None = None, since: datetime | None = None) -> Replayed:
        return self.replay(tried).run(since)

    def replay(self, tried: Rules | None = None) -> Replay:
        return Replay(CONFIG, self.store.world, self.pages, SETTINGS, tried, self.countries)

    def course(self, read: Read) -> tuple[Change, ...]:
        """Replay the alerts alone, with the world's own rules."""
        trial = Trial(SETTINGS, self.reader.classifier.document, self.reader.rules.fingerprint)
        course = Course()
        for moment in moments(self.store.world.looks.values()):
            course = step(course, moment, trial, read)
        return course.world.changes


__all__ = ["CONFIG", "SETTINGS", "KeptWatch", "Pages", "profile_url"]
