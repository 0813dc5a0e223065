from __future__ import annotations

import asyncio

import pytest

from monitor.errors import Blocked, FetchError
from monitor.site.exchange import Address, Answer
from monitor.site.robots import FRESH, LONGEST_DELAY, MOST_BYTES, RETRY, RobotsBook, text_of
from monitor.site.wire import locate

PAGE = locate("https://a.test/profiles/MEX.html")
FORBIDDING = "User-agent: *\nDisallow: /profiles/\n"


class World:
    """A site's robots.txt, a clock, and what the book did with them."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.trouble: FetchError | None = None
        self.loads: list[str] = []
        self.delays: dict[str, float] = {}
        self.now = 0.0
        self.book = RobotsBook(self._load, self.delays.__setitem__, lambda: self.now)

    async def _load(self, origin: str) -> str:
        self.loads.append(origin)
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble
        return self.text


async def test_what_is_forbidden_is_blocked_naming_robots_txt_and_the_setting() -> None:
    with pytest.raises(Blocked, match=r"robots\.txt of a\.test forbids .*respect_robots"):
        await World(FORBIDDING).book.check(PAGE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "User-agent: *\nDisallow:\n",
        "User-agent: *\nDisallow: /other/\n",
        "User-agent: *\nDisallow: /profiles/\nAllow: /profiles/MEX.html\n",
        "User-agent: uncac-monitor\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
        "<!DOCTYPE html><title>Not found</title>",
    ],
)
async def test_what_is_not_forbidden_passes(text: str) -> None:
    await World(text).book.check(PAGE)


async def test_a_rule_for_us_by_name_counts() -> None:
    with pytest.raises(Blocked):
        await World("User-agent: uncac-monitor\nDisallow: /\n").book.check(PAGE)


async def test_it_is_read_once_a_day_for_each_origin_also_when_many_ask_at_once() -> None:
    world = World()
    await asyncio.gather(*(world.book.check(PAGE) for _ in range(5)))
    await world.book.check(locate("https://a.test:8443/"))
    assert world.loads == ["https://a.test", "https://a.test:8443"]
    world.now = FRESH - 1
    await world.book.check(PAGE)
    assert len(world.loads) == 2
    world.now = FRESH
    world.text = FORBIDDING
    with pytest.raises(Blocked):
        await world.book.check(PAGE)


async def test_one_that_cannot_be_read_lets_nothing_through_and_is_asked_again_after_a_while() -> None:
    world = World()
    world.trouble = FetchError("a.test refuses the connection")
    for _ in range(3):
        with pytest.raises(FetchError, match=r"refuses the connection \(this was robots\.txt") as caught:
            await world.book.check(PAGE)
        assert not isinstance(caught.value, Blocked)
    assert len(world.loads) == 1
    world.trouble = None
    world.now = RETRY
    await world.book.check(PAGE)


async def test_an_earlier_copy_stays_while_a_new_one_cannot_be_read() -> None:
    world = World("User-agent: *\nDisallow: /secret/\n")
    await world.book.check(PAGE)
    world.now, world.trouble = FRESH, FetchError("down")
    await world.book.check(PAGE)
    await world.book.check(PAGE)
    with pytest.raises(Blocked):
        await world.book.check(locate("https://a.test/secret/"))
    assert len(world.loads) == 2
    world.now, world.trouble, world.text = FRESH + RETRY, None, FORBIDDING
    with pytest.raises(Blocked):
        await world.book.check(PAGE)


async def test_a_site_that_asks_for_time_is_handed_on_and_not_taken_for_a_broken_robots_txt() -> None:
    world = World()
    world.trouble = Blocked("left alone", retry_after=3600)
    with pytest.raises(Blocked) as caught:
        await world.book.check(PAGE)
    assert caught.value.retry_after == 3600
    world.trouble = None
    await world.book.check(PAGE)


@pytest.mark.parametrize(
    ("line", "delay"),
    [
        ("Crawl-delay: 5", 5),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 86400", LONGEST_DELAY),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: -5", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: soon", 0),
        ("", 0),
    ],
)
async def test_a_crawl_delay_slows_us_down_within_reason(line: str, delay: float) -> None:
    world = World(f"User-agent: *\n{line}\nDisallow: /x\n")
    await world.book.check(PAGE)
    assert world.delays["a.test"] == delay


def answer(status: int, body: bytes = b"") -> Answer:
    return Answer(Address("https://a.test/robots.txt", "https", "a.test", None), status, {}, body)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204, 304])
def test_a_site_without_robots_txt_forbids_nothing(status: int) -> None:
    assert text_of(answer(status, FORBIDDING.encode()), None) == ""


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_a_site_that_is_down_or_busy_cannot_say(status: int) -> None:
    with pytest.raises(FetchError, match=str(status)) as caught:
        text_of(answer(status), 7.0)
    assert caught.value.retry_after == 7.0


def test_a_byte_order_mark_does_not_hide_the_first_line() -> None:
    assert text_of(answer(200, b"\xef\xbb\xbfUser-agent: *"), None) == "User-agent: *"


def test_beyond_500_kib_nothing_is_read_and_no_rule_is_cut_in_two() -> None:
    rule = b"Disallow: /a\n"
    text = text_of(answer(200, (rule * (MOST_BYTES // len(rule) + 1))[: MOST_BYTES + 1]), None)
    assert set(text.splitlines()) == {"Disallow: /a"}
    whole = b"x" * MOST_BYTES
    assert text_of(answer(200, whole), None) == whole.decode()
