from __future__ import annotations

from dataclasses import replace

from monitor.config import load_config
from monitor.errors import Blocked
from monitor.evidence.witness import SAVE, Witness
from monitor.model import Change, ChangeKind, World
from tests.alert.samples import K, change, document, published

NEWS = published(document())
ROUTINE = published(document(K.EXECUTIVE_SUMMARY))


class Wayback:
    def __init__(self, *, is_down: bool = False) -> None:
        self.asked: list[str] = []
        self.is_down = is_down

    async def ask(self, url: str) -> None:
        self.asked.append(url)
        if self.is_down:
            raise Blocked("429 Too Many Requests")


async def followed(wayback: Wayback, *rounds: tuple[Change, ...]) -> list[str]:
    witness = Witness(wayback.ask)
    for changes in rounds:
        await witness.follow(World(changes=changes), lambda code: f"https://profiles/{code}.html")
    return wayback.asked


async def test_what_is_news_is_saved_once_with_its_page() -> None:
    asked = await followed(Wayback(), (), (NEWS,), (NEWS,))
    assert asked == [f"{SAVE}https://profiles/MEX.html", f"{SAVE}{NEWS.document.url}"]


async def test_what_was_known_before_the_start_and_what_is_routine_is_not() -> None:
    assert await followed(Wayback(), (NEWS,), (NEWS, ROUTINE)) == []


async def test_several_documents_of_a_country_are_one_page() -> None:
    gone = replace(change(ChangeKind.WITHDRAWN, document(K.COUNTRY_REPORT)))
    asked = await followed(Wayback(), (), (NEWS, gone))
    assert len(asked) == 3


async def test_a_witness_that_does_not_come_is_missed_by_nobody() -> None:
    assert len(await followed(Wayback(is_down=True), (), (NEWS,), (NEWS,))) == 2


def test_nobody_is_asked_unless_the_operator_wants_it() -> None:
    assert load_config({}).archive.wayback is False
