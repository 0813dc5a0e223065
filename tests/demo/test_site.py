from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from threading import Thread

import httpx
import pytest

from monitor.demo.documents import SimulatedDocument
from monitor.demo.server import Answer, LoopbackServer, Request
from monitor.demo.site import SimulatedSite
from monitor.model import Country, DocumentKind

COUNTRIES = (
    Country("MEX", {"en": "Mexico"}),
    Country("CHE", {"en": "Switzerland"}),
    Country("EU", {"en": "European Union"}, profile_code="EUR"),
)
ASSESSMENT = DocumentKind.SELF_ASSESSMENT


@pytest.fixture
def site() -> Iterator[SimulatedSite]:
    with SimulatedSite(COUNTRIES) as running:
        yield running


def look(site: SimulatedSite, code: str = "MEX", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(site.profile_url.format(code=code), headers=named)


def is_cut_off(site: SimulatedSite) -> None:
    with pytest.raises(httpx.TransportError):
        look(site)


def test_every_country_has_its_own_page(site: SimulatedSite) -> None:
    pages = {name: look(site, code).text for code, name in (("MEX", "Mexico"), ("CHE", "Switzerland"))}
    assert all(f"<h1>{name}</h1>" in page for name, page in pages.items())
    assert "<h3>Review cycle 1</h3>" in pages["Mexico"]
    assert "<table" in pages["Switzerland"]


def test_a_page_is_found_under_the_profile_code_and_only_there(site: SimulatedSite) -> None:
    assert look(site, "EUR").status_code == 200
    assert look(site, "EU").status_code == 404
    assert look(site, "mex").status_code == 404


def test_there_is_no_robots_txt(site: SimulatedSite) -> None:
    assert httpx.get(site.profile_url.replace("{code}.html", "robots.txt")).status_code == 404


def test_what_is_published_appears_on_the_page_in_each_language(site: SimulatedSite) -> None:
    before = look(site).text
    urls = site.publish("MEX", ASSESSMENT, "2", ("en", "es"))
    after = look(site).text
    assert len(urls) == 2
    assert all("/simulated/simulated-mex-" in url for url in urls)
    assert all(url not in before and url in after for url in urls)
    assert after.count("Self-assessment checklist") == 2


def test_a_document_can_be_published_at_a_given_address(site: SimulatedSite) -> None:
    assert site.publish("MEX", ASSESSMENT, "2", url="https://example.org/a.pdf") == (
        "https://example.org/a.pdf",
    )
    urls = site.publish("MEX", ASSESSMENT, "1", ("en", "es"), "https://example.org/b_{language}.pdf")
    assert urls == ("https://example.org/b_en.pdf", "https://example.org/b_es.pdf")
    assert all(url in look(site).text for url in urls)


def test_publishing_in_one_country_leaves_the_others_alone(site: SimulatedSite) -> None:
    before = look(site, "CHE")
    site.publish("MEX", ASSESSMENT, "2")
    assert look(site, "CHE").content == before.content


def test_what_is_withdrawn_is_gone(site: SimulatedSite) -> None:
    first, second = (document.url for document in site.documents("MEX"))
    site.withdraw("MEX", first)
    assert first not in look(site).text
    assert second in look(site).text


def test_what_is_moved_keeps_its_name_and_place(site: SimulatedSite) -> None:
    old, other = site.documents("MEX")
    site.move("MEX", old.url, "https://track.unodc.org/new.pdf")
    moved = SimulatedDocument(old.kind, old.cycle, old.language, "https://track.unodc.org/new.pdf")
    assert site.documents("MEX") == (moved, other)
    assert old.url not in look(site).text


def test_an_address_that_the_page_does_not_have_can_be_neither_withdrawn_nor_moved(
    site: SimulatedSite,
) -> None:
    with pytest.raises(KeyError, match="nothing"):
        site.withdraw("MEX", "nothing")
    with pytest.raises(KeyError, match="nothing"):
        site.move("MEX", "nothing", "something")


def test_an_answer_replaces_the_page_until_it_recovers(site: SimulatedSite) -> None:
    page = look(site).content
    site.answer("MEX", status=503, body="down", headers={"Retry-After": "7"})
    refused = look(site)
    assert (refused.status_code, refused.text, refused.headers["retry-after"]) == (503, "down", "7")
    site.answer("MEX")
    assert (look(site).status_code, look(site).content) == (200, b"")
    site.recover("MEX")
    assert look(site).content == page


def test_a_page_changes_its_etag_exactly_when_its_content_changes(site: SimulatedSite) -> None:
    first = look(site)
    tag = first.headers["etag"]
    unchanged = look(site, if_none_match=tag)
    assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", tag)
    (url,) = site.publish("MEX", ASSESSMENT, "2")
    assert look(site, if_none_match=tag).status_code == 200
    site.withdraw("MEX", url)
    assert look(site, if_none_match=tag).status_code == 304


def test_last_modified_alone_is_enough_for_a_304_but_never_against_the_etag(site: SimulatedSite) -> None:
    stamp = look(site).headers["last-modified"]
    assert look(site, if_modified_since=stamp).status_code == 304
    assert look(site, if_modified_since="Thu, 01 Jan 1970 00:00:00 GMT").status_code == 200
    assert look(site, if_modified_since=stamp, if_none_match='"another"').status_code == 200


def test_two_changes_within_a_second_still_differ_in_last_modified(site: SimulatedSite) -> None:
    stamps = [look(site).headers["last-modified"]]
    for cycle in "12":
        site.publish("MEX", ASSESSMENT, cycle)
        stamps.append(look(site).headers["last-modified"])
    assert len(set(stamps)) == 3


def test_a_site_without_validators_offers_none_and_answers_whole(site: SimulatedSite) -> None:
    tag = look(site).headers["etag"]
    site.validators = False
    whole = look(site, if_none_match=tag)
    assert whole.status_code == 200
    assert "etag" not in whole.headers
    assert "last-modified" not in whole.headers


def test_requests_are_counted_by_status_and_kept_in_order(site: SimulatedSite) -> None:
    look(site, if_none_match=look(site).headers["etag"])
    look(site, "nowhere")
    assert site.counts == {200: 1, 304: 1, 404: 1}
    assert [request.path for request in site.seen] == ["/MEX.html", "/MEX.html", "/nowhere.html"]
    assert site.seen[0].started <= site.seen[1].started
    site.forget_requests()
    assert (site.counts, site.seen, site.open_peak) == ({}, (), 0)


async def test_the_peak_counts_requests_that_are_open_at_once_and_latency_is_kept(
    site: SimulatedSite,
) -> None:
    site.latency = 0.2
    started = time.monotonic()
    async with httpx.AsyncClient() as client:
        await asyncio.gather(*(client.get(site.profile_url.format(code="MEX")) for _ in range(5)))
    look(site)
    assert site.open_peak == 5
    assert time.monotonic() - started >= 0.2


def test_one_connection_serves_many_requests(site: SimulatedSite) -> None:
    url = site.profile_url.format(code="MEX")
    with httpx.Client() as client:
        ports = {
            client.get(url).extensions["network_stream"].get_extra_info("client_addr")[1] for _ in range(3)
        }
    assert len(ports) == 1


def test_closing_cuts_open_connections_and_waiting_answers_at_once(site: SimulatedSite) -> None:
    with httpx.Client() as idle:
        idle.get(site.profile_url.format(code="CHE"))
        site.latency = 60.0
        waiting = Thread(target=is_cut_off, args=(site,))
        waiting.start()
        while site.open_peak == 0 or len(site.seen) < 2:
            time.sleep(0.01)
        started = time.monotonic()
        site.close()
        waiting.join(15)
    assert time.monotonic() - started < 20
    assert not waiting.is_alive()
    with pytest.raises(httpx.ConnectError):
        look(site)
    site.close()


def test_pages_can_be_changed_from_many_threads_while_they_are_read(site: SimulatedSite) -> None:
    def publish(cycle: str) -> None:
        with httpx.Client() as client:
            for index in range(20):
                site.publish("MEX", ASSESSMENT, cycle, url=f"https://example.org/{cycle}-{index}.pdf")
                client.get(site.profile_url.format(code="MEX")).raise_for_status()

    threads = [Thread(target=publish, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert look(site).text.count("https://example.org/") == 80


def test_a_client_that_hangs_up_leaves_the_terminal_clean(
    site: SimulatedSite, capfd: pytest.CaptureFixture[str]
) -> None:
    site.latency = 0.05
    port = httpx.URL(site.profile_url.format(code="MEX")).port
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /MEX.html HTTP/1.1\r\nHost: loopback\r\n\r\n")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    time.sleep(0.1)
    site.close()
    assert capfd.readouterr() == ("", "")


def test_a_bug_in_an_answer_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    def respond(request: Request) -> Answer:
        raise ValueError(request.path)

    server = LoopbackServer(0, respond)
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://127.0.0.1:{server.port}/odd")
    server.close()
    assert "ValueError: /odd" in capfd.readouterr().err


def test_a_connection_that_comes_while_the_server_closes_is_cut() -> None:
    server = LoopbackServer(0, lambda _: Answer(200))
    server.is_closing.set()
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{server.port}/", timeout=2)
    server.is_closing.clear()
    server.close()
