"""One page through today's rules, nothing stored."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.demo.site import SimulatedSite
from monitor.errors import FetchError
from monitor.inspection import inspect, save_case
from tests.webserver import Reply, WebServer


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_an_address_is_fetched_and_read(config: Config, site: SimulatedSite) -> None:
    found = await inspect(config, site.profile_url.format(code="MEX"), config.country("MEX"))
    assert found.error == ""
    assert found.verdict == "A sweep would read this as the profile of Mexico, with 2 documents."
    assert sum(reading.document is not None for reading in found.readings) == 2
    assert found.as_json()["url"] == site.profile_url.format(code="MEX")


async def test_the_page_of_another_country_is_read_and_not_believed(
    config: Config, site: SimulatedSite
) -> None:
    found = await inspect(config, site.profile_url.format(code="CHE"), config.country("MEX"))
    assert found.snapshot is None
    assert found.readings
    assert found.verdict.startswith(
        "A sweep would count this as a failure to read, never as “no documents”: "
    )
    assert found.as_json()["error"] == found.error


async def test_a_file_and_stdin_are_taken_for_the_countrys_own_page(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    body = b"<p>Access denied \xff"
    page.write_bytes(body)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(body)))
    by_file = await inspect(config, str(page), config.country("MEX"))
    by_stdin = await inspect(config, "-", config.country("MEX"))
    assert by_file == by_stdin
    assert by_file.page.url == config.profile_url(config.country("MEX"))
    assert by_file.error


async def test_a_server_that_says_not_modified_to_nothing_is_an_error(config: Config) -> None:
    async with WebServer() as server:
        with pytest.raises(FetchError):
            await inspect(config, server.on("/MEX.html", Reply(304)), config.country("MEX"))


@pytest.mark.parametrize("source", ["missing.html", "."])
async def test_nothing_to_read_says_what_can_be_given(config: Config, source: str) -> None:
    with pytest.raises(FetchError, match="Give a file, an address or - for stdin"):
        await inspect(config, source, config.country("MEX"))


async def test_a_case_keeps_the_page_and_what_was_read(
    config: Config, site: SimulatedSite, tmp_path: Path
) -> None:
    found = await inspect(config, site.profile_url.format(code="MEX"), config.country("MEX"))
    page, expected = save_case(tmp_path / "tests/pages", "mexico", found)
    assert page.read_text("utf-8") == found.page.html
    kept = json.loads(expected.read_bytes())
    assert set(kept) == {"country", "note", "documents", "error"}
    names = {"url", "title", "kind", "cycle", "language", "symbol", "doubt", "likely"}
    assert {frozenset(each) for each in kept["documents"]} == {frozenset(names)}
    assert kept["error"] is None


async def test_a_case_of_a_page_that_is_no_profile_expects_the_error(
    config: Config, site: SimulatedSite, tmp_path: Path
) -> None:
    found = await inspect(config, site.profile_url.format(code="CHE"), config.country("MEX"))
    _, expected = save_case(tmp_path, "wrong", found)
    kept = json.loads(expected.read_bytes())
    assert (kept["documents"], kept["error"]) == ([], found.error)


@pytest.mark.parametrize("name", ["../../outside", "/outside", "a/b", "", ".."])
async def test_a_name_that_leads_out_of_the_folder_is_refused(
    config: Config, site: SimulatedSite, tmp_path: Path, name: str
) -> None:
    found = await inspect(config, site.profile_url.format(code="MEX"), config.country("MEX"))
    with pytest.raises(FetchError, match="a plain name"):
        save_case(tmp_path / "tests/pages", name, found)
    assert names_in(tmp_path) <= {"monitor.json"}


async def test_a_folder_that_cannot_be_made_says_what_to_do(
    config: Config, site: SimulatedSite, tmp_path: Path
) -> None:
    found = await inspect(config, site.profile_url.format(code="MEX"), config.country("MEX"))
    blocking = tmp_path / "tests"
    blocking.write_text("a file where the folder should be")
    with pytest.raises(FetchError, match="Run this in a checkout of the project"):
        save_case(blocking / "pages", "mexico", found)
