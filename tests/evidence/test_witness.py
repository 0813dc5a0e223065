from __future__ import annotations

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from monitor.config import load_config
from monitor.demo.papers import paper
from monitor.errors import Blocked
from monitor.evidence.witness import SAVE, Witness
from monitor.model import Change, ChangeKind, Validators, World
from tests.alert.samples import K, change, document, published
from tests.site.fetching import fetcher
from tests.webserver import Reply, WebServer

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


def profile_url(code: str) -> str:
    return f"https://profiles/{code}.html"


async def followed(wayback: Wayback, *rounds: tuple[Change, ...]) -> list[str]:
    witness = Witness(wayback.ask)
    for changes in rounds:
        await witness.follow(World(changes=changes), profile_url)
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


async def test_a_fault_of_ours_does_not_make_us_ask_again() -> None:
    async def ask(url: str) -> None:
        asked.append(url)
        raise ZeroDivisionError

    asked: list[str] = []
    witness = Witness(ask)
    await witness.follow(World(), profile_url)
    with pytest.raises(ZeroDivisionError):
        await witness.follow(World(changes=(NEWS,)), profile_url)
    await witness.follow(World(changes=(NEWS,)), profile_url)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Reply(302, b"", {"Location": "/web/20261124/copy.pdf"}), "second witness"),
        (Reply(200, "<p>Saved"), "second witness"),
        (Reply(429), "no second witness"),
        (Reply(302, b"", {"Location": "https://elsewhere.example/"}), "no second witness"),
    ],
)
async def test_a_copy_that_was_made_is_no_failure(answer: Reply, word: str) -> None:
    async with WebServer() as site, fetcher(retries=0) as asking:
        save = site.url("/save/")
        site.on("/save/https://profiles/MEX.html", answer)
        site.on(f"/save/{NEWS.document.url}", answer)
        site.on(
            "/web/20261124/copy.pdf", Reply(200, paper("A", "en", 1), {"Content-Type": "application/pdf"})
        )
        witness = Witness(lambda url: asking.fetch(url, Validators()), save)
        await witness.follow(World(), profile_url)
        with capture_logs() as logs:
            await witness.follow(World(changes=(NEWS,)), profile_url)
    assert [line["event"] for line in logs if line["log_level"] != "debug"] == [word, word]


def test_nobody_is_asked_unless_the_operator_wants_it() -> None:
    assert load_config({}).archive.wayback is False
