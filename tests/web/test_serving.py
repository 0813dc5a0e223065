"""The board behind a real socket: what every answer says, and what happens to the slow, the greedy and the hostile."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from time import monotonic

import pytest

from monitor.listening import address_of, bind
from monitor.model import Duty
from monitor.serving import Limits
from monitor.web.files import PNG, WebFile
from monitor.web.guard import ALWAYS
from tests.web.served import HOME, LONG, PATIENCE, Site, everything, heard, page, served
from tests.web.world import NOW

ASK = b"GET /en/ HTTP/1.1\r\nHost: b\r\n\r\n"
LAST = b"GET /en/ HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n"
NEVER = 1000.0


def is_guarded(headers: dict[str, str]) -> bool:
    return all(headers.get(name) == value for name, value in ALWAYS)


# What every answer says


ANSWERS = (
    (LAST, 200),
    (b"GET /en/map.png HTTP/1.1\r\nConnection: close\r\n\r\n", 200),
    (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 302),
    (b"GET /en HTTP/1.1\r\nConnection: close\r\n\r\n", 301),
    (b"GET /en/ HTTP/1.1\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n", 304),
    (b"GET /nothing HTTP/1.1\r\nConnection: close\r\n\r\n", 404),
    (b"GET /%ff HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    (b"GET /broken.html HTTP/1.1\r\nConnection: close\r\n\r\n", 500),
    (b"POST /en/ HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b", 405),
    (b"OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n", 405),
    (b"BREW /en/ HTTP/1.1\r\n\r\n", 400),
    (b"GET /en/ HTTP/9.9\r\n\r\n", 400),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    (b"GET /\xff HTTP/1.1\r\n\r\n", 400),
    (b"GET http:// HTTP/1.1\r\n\r\n", 400),
    (b"GET /en/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    (b"GET /en/ HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
)
"""What is said, and the status of the answer."""


async def test_every_answer_guards_the_reader() -> None:
    async with served({"broken.html": lambda: page(str(1 // 0).encode())}) as site:
        for words, status in ANSWERS:
            answer = heard(await site.says(words))
            assert answer.status == status, words
            assert is_guarded(dict(answer.headers)), words
            assert not {"server", "set-cookie"} & answer.headers.keys(), words


async def test_a_page_comes_whole_and_packed_for_those_who_take_that() -> None:
    async with served() as site:
        plain, packed = await site.gets(), await site.gets(accept_encoding="gzip, br")
    assert plain.body == LONG
    assert gzip.decompress(packed.body) == LONG
    assert len(packed.body) == int(packed.headers["content-length"]) < len(LONG) / 10
    assert "date" in plain.headers


async def test_a_poll_costs_a_304_without_a_body() -> None:
    async with served() as site:
        etag = (await site.gets(accept_encoding="gzip")).headers["etag"]
        again = await site.gets(accept_encoding="gzip", if_none_match=etag)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag


async def test_head_brings_the_headers_of_get_and_no_body() -> None:
    async with served() as site:
        head = heard(await site.says(LAST.replace(b"GET", b"HEAD")))
        get = await site.gets()
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


async def test_the_address_is_one_that_can_be_opened() -> None:
    async with served() as site:
        assert site.address == f"http://127.0.0.1:{site.port}/"
    everywhere = await bind("0.0.0.0", 0)  # noqa: S104 - that is what is tested
    assert address_of(everywhere) == f"http://127.0.0.1:{everywhere.getsockname()[1]}/"
    everywhere.close()
    with suppress(OSError):  # a machine without IPv6
        six = await bind("::1", 0)
        assert address_of(six) == f"http://[::1]:{six.getsockname()[1]}/"
        six.close()


async def test_a_name_with_several_addresses_is_listened_at_where_that_can_be() -> None:
    listening = await bind("localhost", 0)
    assert address_of(listening).startswith("http://")
    listening.close()


async def test_where_the_first_address_cannot_be_had_the_next_is(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [("192.0.2.1", 0), ("127.0.0.1", 0)]

    async def found(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    second = await bind("board", 0)
    assert address_of(second).startswith("http://127.0.0.1:")
    second.close()
    places.reverse()
    first = await bind("board", 0)
    assert address_of(first).startswith("http://127.0.0.1:")
    first.close()


async def test_a_port_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    async with served() as site:
        with pytest.raises(OSError, match="in use"):
            await bind("127.0.0.1", site.port)


# At once


@pytest.mark.parametrize(
    "words",
    [
        LAST,
        LAST.replace(b"GET", b"HEAD"),
        LAST.replace(b"Host: b", b"Accept-Encoding: gzip"),
        LAST.replace(b"/en/", b"/en/?region=africa"),
        LAST.replace(b"/en/", b"/en/#top"),
        LAST.replace(b"/en/", b"http://b/en/"),
        LAST.replace(b"/en/", b"/nothing"),
        LAST.replace(b"Host: b", b"If-None-Match: *"),
        b"GET /en/ HTTP/1.0\r\n\r\n",
        b"GET /en/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=b",
        b"GET /en/ HTTP/1.1\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n",
        b"GET /en/ HTTP/1.1\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n",
    ],
)
async def test_a_file_from_the_shelf_is_answered_like_one_that_has_to_be_made(words: bytes) -> None:
    async with served(limits=Limits(idle=1000)) as site:
        await site.gets("/nothing")
        made, kept = [heard(await site.says(words)) for _ in range(2)]
    assert made.status == kept.status
    assert {**made.headers, "date": ""} == {**kept.headers, "date": ""}
    assert made.body == kept.body
    assert made.headers["connection"] == "close"


async def test_on_one_connection_made_and_kept_files_come_in_the_order_they_were_asked_for() -> None:
    async with served({"slow.html": lambda: page(b"slow")}) as site:
        await site.gets()
        got = await site.says(
            ASK + ASK.replace(b"/en/", b"/slow.html") + ASK + LAST.replace(b"/en/", b"/nothing")
        )
    bodies = [part.partition(b"\r\n\r\n")[2] for part in got.split(b"HTTP/1.1 ")[1:]]
    assert bodies == [LONG, b"slow", LONG, b"Nothing here."]


async def test_a_body_that_comes_with_a_request_is_passed_over() -> None:
    async with served() as site:
        await site.gets()
        got = await site.says(ASK.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\na=b") + LAST)
    assert got.count(b"HTTP/1.1 200 OK") == 2


async def test_who_asks_for_much_and_takes_nothing_gets_no_more_put_by_than_one_file() -> None:
    async with served({"a.png": lambda: page(bytes(8_000_000), PNG)}) as site:
        await site.gets("/a.png")
        _, idler = await site.connects()
        idler.transport.pause_reading()  # type: ignore[attr-defined] # a socket's transport reads too
        idler.write(b"GET /a.png HTTP/1.1\r\n\r\n" * 20)
        async with asyncio.timeout(PATIENCE):
            while not put_by(site):  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        assert put_by(site) < 17_000_000
        idler.transport.abort()


def put_by(site: Site) -> int:
    """How many bytes wait for readers to take them."""
    connections = list(site.running._server.server_state.connections)
    sizes: list[int] = [each.transport.get_write_buffer_size() for each in connections]
    return sum(sizes)


# Making


async def test_a_file_is_made_once_however_many_ask_for_it() -> None:
    made, go = [], threading.Event()

    def slow() -> WebFile:
        made.append(1)
        go.wait(PATIENCE)
        return page()

    async with served({"slow.html": slow}) as site:
        asking = [asyncio.create_task(site.gets("/slow.html")) for _ in range(20)]
        while not made:  # noqa: ASYNC110 - a thread sets it
            await asyncio.sleep(0.01)
        assert (await site.gets()).status == 200
        go.set()
        assert {answer.status for answer in await asyncio.gather(*asking)} == {200}
        await site.gets("/slow.html")
    assert len(made) == 1


async def test_a_reader_who_leaves_takes_nothing_from_the_others() -> None:
    began, go = threading.Event(), threading.Event()

    def slow() -> WebFile:
        began.set()
        go.wait(PATIENCE)
        return page()

    async with served({"slow.html": slow}) as site:
        _, impatient = await site.connects()
        impatient.write(b"GET /slow.html HTTP/1.1\r\n\r\n")
        while not began.is_set():  # noqa: ASYNC110 - a thread sets it
            await asyncio.sleep(0.01)
        impatient.transport.abort()
        waiting = asyncio.create_task(site.gets("/slow.html"))
        await asyncio.sleep(0.05)
        go.set()
        assert (await waiting).status == 200
    assert site.bugs == []


async def test_a_fault_of_ours_is_told_once_an_edition_and_is_over_with_the_next() -> None:
    tries = []

    def breaks() -> WebFile:
        tries.append(1)
        if len(tries) == 1:
            raise KeyError("secret of ours")
        return page()

    async with served({"broken.html": breaks}) as site:
        answers = [await site.gets("/broken.html") for _ in range(5)]
        assert {answer.status for answer in answers} == {500}
        assert all(b"secret" not in answer.body for answer in answers)
        assert len(tries) == 1
        assert [type(bug) for bug in site.bugs] == [KeyError]
        assert (await site.gets()).status == 200
        renew(site)
        assert (await site.gets("/broken.html")).status == 200


async def test_a_fault_while_answering_is_told_and_harms_no_other_reader() -> None:
    async with served() as site:
        take = site.shelf.take
        site.shelf.take = lambda _: 1 // 0  # type: ignore[method-assign,assignment,return-value] # trips
        broken = await site.gets()
        site.shelf.take = take  # type: ignore[method-assign] # as before
        assert broken.status == 500
        assert b"Zero" not in broken.body
        assert (await site.gets()).status == 200
    assert [type(bug) for bug in site.bugs] == [ZeroDivisionError]


def renew(site: Site) -> None:
    """Let the world change, long after the last time."""
    swept = (site.view.world.duty.swept or NOW).replace(year=2027)
    site.view = replace(site.view, world=replace(site.view.world, duty=Duty(swept)))
    assert site.shelf.offer(site.view, monotonic() + 100)


async def test_while_the_new_page_is_being_made_the_last_one_is_shown() -> None:
    bodies, go = [b"old", b"new"], threading.Event()
    go.set()

    def one() -> WebFile:
        go.wait(PATIENCE)
        return page(bodies.pop(0))

    async with served({"one.html": one}) as site:
        assert (await site.gets("/one.html")).body == b"old"
        go.clear()
        renew(site)
        assert (await site.gets("/one.html")).body == b"old"
        go.set()
        async with asyncio.timeout(PATIENCE):
            while (await site.gets("/one.html")).body != b"new":  # noqa: ASYNC110 - a thread makes it
                await asyncio.sleep(0.02)
    assert bodies == []


async def test_what_did_not_change_with_the_world_keeps_its_date_and_name() -> None:
    async with served() as site:
        before = await site.gets()
        site.view = replace(site.view, now=NOW.replace(year=2028))
        renew(site)
        async with asyncio.timeout(PATIENCE):
            while not site.shelf.take(HOME):
                await site.gets()
        after = await site.gets()
    assert after.headers["etag"] == before.headers["etag"]
    assert after.headers["last-modified"] == before.headers["last-modified"]


async def test_before_there_is_anything_and_without_a_page_for_it_a_short_word_is_said() -> None:
    async with served() as site:
        del site.files["404.html"]
        renew(site)
        assert (await site.gets("/nothing")).body == b"There is nothing here.\n"


# The slow, the greedy and the hostile


async def test_who_never_finishes_asking_is_hung_up_on() -> None:
    async with served(limits=Limits(request=0.3, answer=NEVER, idle=1000)) as site:
        halves = b"G", b"GET /en/ HT", b"GET /en/ HTTP/1.1\r\nHost: b\r\nX: "
        dripping = asyncio.create_task(drips(site))
        assert await asyncio.gather(*map(site.says, halves)) == [b"", b"", b""]
        assert await dripping < 1000
        assert (await site.gets()).status == 200


async def drips(site: Site) -> int:
    """Say a letter at a time; gives how many it took until the board hung up."""
    reader, writer = await site.connects()
    said = 0
    with suppress(ConnectionError):
        while said < 1000 and not reader.at_eof():
            writer.write(b"GET /en/ HTTP/1.1\r\nX-Long: "[said : said + 1] or b"x")
            await writer.drain()
            said += 1
            await asyncio.sleep(0.05)
    writer.close()
    return said


async def test_who_asks_nothing_more_is_hung_up_on() -> None:
    async with served(limits=Limits(request=NEVER, answer=NEVER, idle=1)) as site:
        made, nothing = await asyncio.gather(*map(site.says, (ASK, b"")))
        assert heard(made).body == LONG
        assert nothing == b""
        assert heard(await site.says(ASK)).body == LONG


async def test_who_does_not_take_the_answer_is_hung_up_on() -> None:
    async with served({"huge.png": huge}, Limits(answer=0.6)) as site:
        _, idler = await site.connects()
        idler.transport.pause_reading()  # type: ignore[attr-defined] # a socket's transport reads too
        idler.write(b"GET /huge.png HTTP/1.1\r\n\r\n")
        async with asyncio.timeout(PATIENCE):
            while not site.connections:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)
            while site.connections:  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.05)
        idler.transport.abort()
        assert (await site.gets()).status == 200


def huge() -> WebFile:
    """More than all buffers between a reader and us hold."""
    return page(bytes(40_000_000), PNG)


async def test_who_waits_for_a_slow_page_and_who_takes_a_large_one_slowly_are_not() -> None:
    go = threading.Event()

    def slow() -> WebFile:
        go.wait(PATIENCE)
        return page()

    limits = Limits(request=0.3, answer=NEVER, idle=1)
    async with served({"slow.html": slow, "huge.png": huge}, limits) as site:
        waiting = asyncio.create_task(site.gets("/slow.html"))
        reader, taker = await site.connects()
        taker.transport.pause_reading()  # type: ignore[attr-defined] # a socket's transport reads too
        taker.write(b"GET /huge.png HTTP/1.1\r\nConnection: close\r\n\r\n")
        await asyncio.sleep(2.5)  # two looks at who is overdue
        go.set()
        taker.transport.resume_reading()  # type: ignore[attr-defined] # the same
        assert (await waiting).body == LONG
        assert len(heard(await everything(reader)).body) == 40_000_000
        taker.close()


async def test_a_connection_may_ask_for_as_much_as_it_likes_in_whole_requests() -> None:
    ask = b"GET /nothing HTTP/1.1\r\nCookie: " + b"c" * 8192 + b"\r\n\r\n"
    async with served() as site:
        reader, writer = await site.connects()
        for _ in range(20):
            writer.write(ask)
            assert b" 404 " in await reader.readuntil(b"Nothing here.")
        writer.close()


@pytest.mark.parametrize(
    "bomb",
    [
        b"GET /en/ HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000,
        b"GET /en/ HTTP/1.1\r\nX-A: " + b"b" * 300_000,
        b"GET /" + b"a" * 300_000,
    ],
    ids=["many", "long", "path"],
)
async def test_a_head_without_an_end_is_cut_off(bomb: bytes) -> None:
    async with served(limits=Limits(request=NEVER)) as site:
        assert await site.says(bomb) in {b""} | {await site.says(b"\0")}
        assert (await site.gets()).status == 200


async def test_a_head_of_a_few_kilobytes_is_taken() -> None:
    async with served() as site:
        assert (await site.gets("/en/?" + "a" * 8192, cookie="b" * 8192)).status == 200


async def test_requests_in_one_go_are_answered_in_order() -> None:
    async with served() as site:
        got = await site.says(ASK * 3 + LAST.replace(b"/en/ ", b"/nothing "))
    assert got.count(b"HTTP/1.1 200 OK") == 3
    assert got.endswith(b"Nothing here.")


async def test_a_flood_in_one_go_is_refused() -> None:
    async with served() as site:
        await site.gets()
        got = await site.says(ASK * 5000)
        assert got.count(b"HTTP/1.1 200 OK") < 100
        assert (await site.gets()).status == 200


async def test_a_body_of_any_length_is_not_read() -> None:
    async with served() as site:
        _, writer = await site.connects()
        writer.write(b"POST /en/ HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n")
        sent = 0
        with suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while sent < 100_000_000:
                    writer.write(b"x" * 65_536)
                    await writer.drain()
                    sent += 65_536
        assert sent < 100_000_000
        writer.transport.abort()


async def test_two_hundred_readers_at_once_are_all_answered() -> None:
    async with served() as site:
        answers = await asyncio.gather(*(site.gets(accept_encoding="gzip") for _ in range(200)))
    assert {gzip.decompress(answer.body) for answer in answers} == {LONG}


async def test_more_than_the_limit_are_hung_up_on_and_the_others_go_on() -> None:
    async with served(limits=Limits(connections=5)) as site:
        crowd = [await site.connects() for _ in range(5)]
        await asyncio.sleep(0.1)
        assert await site.says(LAST) == b""
        reader, writer = crowd[0]
        writer.write(LAST)
        assert heard(await everything(reader)).body == LONG
        for _, other in crowd:
            other.close()


async def test_a_reader_who_is_gone_in_the_middle_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async with served() as site:
        for _ in range(10):
            reader, writer = await site.connects()
            writer.write(b"GET /en/map.png HTTP/1.1\r\n\r\n")
            await reader.read(1000)
            writer.transport.abort()
        assert (await site.gets()).status == 200
    assert site.bugs == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_who_closes_one_half_still_gets_the_answer() -> None:
    async with served() as site:
        reader, writer = await site.connects()
        writer.write(LAST)
        writer.write_eof()
        assert heard(await everything(reader)).body == LONG
        writer.close()


async def test_nonsense_of_strangers_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    async with served() as site:
        await site.says(b"nonsense\r\n\r\n")
        await site.gets("/wp-login.php")
    assert caplog.records == []
    assert site.bugs == []


async def test_stopping_waits_for_nobody_who_is_connected() -> None:
    go = threading.Event()

    def slow() -> WebFile:
        go.wait(PATIENCE)
        return page()

    async with served({"slow.html": slow}) as site:
        idle, half, big, waiting = [await site.connects() for _ in range(4)]
        idle[1].write(ASK)
        half[1].write(b"GET /en/ HT")
        big[1].write(b"GET /en/map.png HTTP/1.1\r\n\r\n")
        waiting[1].write(b"GET /slow.html HTTP/1.1\r\n\r\n")
        await idle[0].readuntil(b"\r\n\r\n")
        began = monotonic()
        await site.stop()
        assert monotonic() - began < PATIENCE / 2
        go.set()
        for _, writer in (idle, half, big, waiting):
            writer.close()
        with pytest.raises(ConnectionError):
            await site.connects()


async def test_an_answer_under_way_may_end_before_the_stop() -> None:
    began, go = threading.Event(), threading.Event()

    def slow() -> WebFile:
        began.set()
        go.wait(PATIENCE)
        return page()

    async with served({"slow.html": slow}) as site:
        asking = asyncio.create_task(site.gets("/slow.html"))
        while not began.is_set():  # noqa: ASYNC110 - a thread sets it
            await asyncio.sleep(0.01)
        stopping = asyncio.create_task(site.stop())
        await asyncio.sleep(0.05)
        go.set()
        assert (await asking).body == LONG
        await stopping
