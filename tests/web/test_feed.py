"""Feeds as readers' programs read them."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise

import feedparser
import pytest
from lxml import etree

from monitor.board.regions import regions
from monitor.board.view import Licence, View
from monitor.evidence.proof import proof_id
from monitor.language.catalogs import languages
from monitor.model import Change, ChangeKind, Dossier, Evidence, FileLook, FileState, World
from monitor.web import feed, feed_paths
from tests.alert.samples import NOW, change, document, dossier, known, published
from tests.web import world

C = ChangeKind
EN, ES = document(language="en"), document(language="es")
SAMPLE = world.view(address=world.ADDRESS)
NASTY = "\x00\x08\x0b<script>alert(1)</script>&amp;\"'\ufffe\ud800\u202e]]>"


def of(*changes: Change, **more: object) -> View:
    shown = World({"MEX": dossier()}, changes)
    return replace(world.empty(**more), world=shown)


def made(view: View, path: str = "feed.atom") -> bytes:
    return dict(feed.makers(view))[path]().body


@cache
def sample() -> dict[str, bytes]:
    return {path: make().body for path, make in feed.makers(SAMPLE)}


def parsed(body: bytes) -> feedparser.FeedParserDict:
    found = feedparser.parse(body)
    assert not found.bozo
    return found


def test_there_is_a_feed_of_all_of_each_region_and_of_each_country_in_every_language() -> None:
    places = len(regions(SAMPLE.countries)) + len(SAMPLE.countries)
    assert len(sample()) == 1 + len(languages()) * (1 + places)
    assert {
        "feed.atom",
        "fr/feed.atom",
        "es/feeds/MEX.atom",
        "en/feeds/sub-saharan-africa.atom",
    } <= sample().keys()


def test_a_reader_finds_what_was_written() -> None:
    found = parsed(sample()["feed.atom"])
    assert (found.version, found.feed.language, found.feed.author) == (
        "atom10",
        "en",
        "UNCAC publication monitor",
    )
    assert found.feed.title == "What governments publish of their UNCAC reviews"
    assert found.feed.updated == found.entries[0].updated == "2026-11-24T07:20:00+00:00"
    assert found.feed.rights == "Creative Commons Attribution 4.0 International (CC-BY-4.0)"
    newest = found.entries[0]
    assert newest.title == "🇲🇽 Mexico published its self-assessment (cycle 2)"
    assert newest.summary == "Appeared between 24 Nov 2026 01:20 and 07:20 UTC"
    assert newest.published == newest.updated
    assert [tag.term for tag in newest.tags] == ["MEX", "self-assessment", "published"]
    [content] = newest.content
    assert content.type == "text/html"
    assert [words for words in ("Chapters II (prevention)", ">English</a>", "Read from:", "PDF of", "MEX-") if words not in content.value] == []  # fmt: skip


def test_the_documents_are_the_first_links_each_in_its_language_then_the_page_and_the_source() -> None:
    (entry,) = parsed(made(of(published(EN), published(ES), address="https://b.example"))).entries
    assert [(link.rel, link.get("hreflang"), link.href) for link in entry.links] == [
        ("alternate", "en", EN.url),
        ("alternate", "es", ES.url),
        ("related", None, "https://b.example/en/countries/MEX.html"),
        ("via", None, SAMPLE.profile_url(next(c for c in SAMPLE.countries if c.code == "MEX"))),
    ]


def test_a_second_document_in_one_language_is_only_related() -> None:
    twice = [published(replace(document(language=None), url=f"https://a.example/{each}")) for each in "xyz"]
    (entry,) = parsed(made(of(*twice))).entries
    assert [link.rel for link in entry.links] == ["alternate", "related", "related", "via"]


@pytest.mark.parametrize(("address", "first"), [("https://b.example", "https://b.example/en/countries/MEX.html"), ("", "https://www.unodc.org/corruption/en/country-profiles/data/MEX.html")])  # fmt: skip
def test_of_what_is_gone_the_first_link_opens(address: str, first: str) -> None:
    (entry,) = parsed(made(of(change(C.WITHDRAWN, EN), address=address))).entries
    assert [link.href for link in entry.links if link.rel == "alternate"] == [first]
    assert [link.href for link in entry.links if link.rel == "related"] == [EN.url]
    assert "It stood here" in entry.content[0].value


def test_a_language_that_is_none_and_an_address_that_is_none_are_not_linked() -> None:
    odd = replace(EN, language="e n", url="javascript:alert(1)"), replace(ES, language="x<y")
    first, second = parsed(made(of(*map(published, odd)))).entries[0].links
    assert (first.href, first.get("hreflang"), second.rel) == (ES.url, None, "via")
    (entry,) = parsed(made(of(published(replace(ES, language="ñandú"))))).entries
    assert "hreflang" not in entry.links[0]


def test_with_an_address_a_feed_says_where_it_and_its_page_stand_and_without_one_nothing() -> None:
    for path, page in [("fr/feeds/MEX.atom", "fr/countries/MEX.html"), ("feed.atom", "en/index.html"), ("es/feeds/europe.atom", "es/countries.html")]:  # fmt: skip
        links = {link.rel: link.href for link in parsed(sample()[path]).feed.links}
        assert links == {"self": f"{world.ADDRESS}/{path}", "alternate": f"{world.ADDRESS}/{page}"}
    assert "links" not in parsed(made(of(published(EN)))).feed


def test_names_do_not_depend_on_language_address_licence_or_scope() -> None:
    here = {entry.id for entry in parsed(sample()["feed.atom"]).entries}
    moved = world.view(address="https://elsewhere.example/x", licence=Licence.ODBL, version="9")
    for view in (moved, world.view()):
        for code in languages():
            assert {entry.id for entry in parsed(made(view, f"{code}/feed.atom")).entries} == here
    countries = {
        entry.id for code in ("MEX", "MNE") for entry in parsed(sample()[f"fr/feeds/{code}.atom"]).entries
    }
    assert countries
    assert countries <= here


def test_each_feed_has_a_name_of_its_own_and_the_two_english_ones_are_one() -> None:
    names = {path: etree.fromstring(body).findtext("{*}id") for path, body in sample().items()}
    assert names["feed.atom"] == names.pop("en/feed.atom")
    assert len(set(names.values())) == len(names)


def test_a_country_and_a_region_tell_their_own_news_only() -> None:
    assert [entry.title for entry in parsed(sample()["en/feeds/GHA.atom"]).entries] == [
        "🇬🇭 Ghana replaced its self-assessment (cycle 2)",
        "🇬🇭 Ghana published its self-assessment (cycle 2)",
    ]
    region = {country.code: country.region for country in SAMPLE.countries}
    told = [entry.tags[0].term for entry in parsed(sample()["en/feeds/europe.atom"]).entries]
    assert {region[code] for code in told} == {"Europe"}
    everything = [entry.tags[0].term for entry in parsed(sample()["feed.atom"]).entries]
    assert sorted(told) == sorted(code for code in everything if region[code] == "Europe")


def test_every_feed_speaks_its_language() -> None:
    assert parsed(sample()["fr/feeds/MEX.atom"]).feed.language == "fr"
    assert "Mexique" in parsed(sample()["fr/feeds/MEX.atom"]).feed.title
    assert "México" in parsed(sample()["es/feed.atom"]).entries[0].title


def test_looks_that_find_nothing_new_do_not_change_a_byte() -> None:
    later = timedelta(hours=6)
    dossiers = {
        code: replace(each, last_read=each.last_read and each.last_read + later)
        for code, each in SAMPLE.world.dossiers.items()
    }
    duty = replace(SAMPLE.world.duty, swept=SAMPLE.now)
    looked = replace(
        SAMPLE, world=replace(SAMPLE.world, dossiers=dossiers, duty=duty), now=SAMPLE.now + later
    )
    assert {path: make().body for path, make in feed.makers(looked)} == sample()


def test_a_feed_without_news_says_since_when_there_was_none() -> None:
    quiet = parsed(sample()["en/feeds/AFG.atom"])
    assert quiet.entries == []
    assert quiet.feed.updated == "2025-11-03T08:00:00+00:00"
    later = replace(SAMPLE.world.dossiers["AFG"], first_read=NOW)
    began = replace(SAMPLE, world=replace(SAMPLE.world, dossiers={**SAMPLE.world.dossiers, "AFG": later}))
    assert parsed(made(began, "en/feeds/AFG.atom")).feed.updated == "2026-11-24T14:00:00+00:00"
    never = world.NEVER_READ[0]
    assert parsed(sample()[f"en/feeds/{never}.atom"]).feed.updated == "2025-11-03T08:00:00+00:00"


def test_feeds_of_many_countries_hold_the_newest_hundred_and_a_country_all() -> None:
    looks = [NOW + timedelta(hours=each) for each in range(feed.NEWEST + 20)]
    changes = [
        replace(published(document(url=f"https://a.example/{n}")), seen_at=at) for n, at in enumerate(looks)
    ]
    view = of(*changes)
    for path, number in [("feed.atom", 100), ("en/feeds/americas.atom", 100), ("en/feeds/MEX.atom", 120)]:
        entries = parsed(made(view, path)).entries
        assert len(entries) == number
        assert entries[0].links[0].href == "https://a.example/119"
        assert all(newer.updated > older.updated for newer, older in pairwise(entries))


def test_the_words_of_strangers_stay_words() -> None:
    look = FileLook(NOW, FileState.THERE, title=NASTY, error=NASTY, language="en")
    evidence = (Evidence("kind", NASTY, NASTY), Evidence("cycle", "heading", NASTY))
    nasty = replace(document(language=None, title=NASTY), evidence=evidence, symbol=NASTY)
    (entry,) = parsed(made(of(replace(published(nasty), file=look)))).entries
    raw = etree.fromstring(made(of(replace(published(nasty), file=look)))).findtext("{*}entry/{*}content")
    assert raw
    shown = etree.fromstring(f"<div>{raw}</div>", etree.HTMLParser())
    assert {each.tag for each in shown.iter()} <= {"html", "body", "div", "p", "a", "b", "code"}
    assert "<script>alert(1)</script>&amp;" in "".join(shown.itertext())
    assert "script" not in html.unescape(entry.title)


def test_the_hostile_world_is_read_in_every_language() -> None:
    for path in ("en/feed.atom", "fr/feed.atom", "es/feeds/ZWE.atom"):
        assert parsed(made(world.hostile(), path)).entries


def test_what_is_known_of_a_document_later_does_not_change_its_entry() -> None:
    before = of(published(EN))
    moved = replace(
        known(replace(EN, url="https://new", title="Other")), former_urls=(EN.url,), missing_since=NOW
    )
    after = replace(before, world=replace(before.world, dossiers={"MEX": dossier(moved)}))
    first = replace(before, world=replace(before.world, dossiers={"MEX": dossier(known(EN))}))
    assert made(after) == made(first)


def test_an_entry_of_an_unknown_country_dossier_names_its_proof() -> None:
    view = of(published(EN))
    view = replace(view, world=replace(view.world, dossiers={}))
    assert "MEX-33d4ffeb" in parsed(made(view)).entries[0].content[0].value


def test_an_entry_names_the_proof_that_its_document_had_from_the_start() -> None:
    moved = replace(known(EN, missing_since=NOW), former_urls=("https://first.example/",))
    view = of(change(C.WITHDRAWN, EN))
    view = replace(view, world=replace(view.world, dossiers={"MEX": dossier(moved)}))
    shown = parsed(made(view)).entries[0].content[0].value
    assert proof_id("MEX", "https://first.example/") in shown
    assert "MEX-33d4ffeb" not in shown


def test_what_decided_kind_and_cycle_is_quoted_and_nothing_else() -> None:
    (entry,) = parsed(made(of(published(EN)))).entries
    assert "Read from: “Self-assessment” (row header), “Second cycle” (heading)</p>" in entry.content[0].value
    (entry,) = parsed(made(of(published(replace(EN, evidence=()))))).entries
    assert "Read from" not in entry.content[0].value


def test_a_world_that_was_never_looked_at_has_feeds_too() -> None:
    assert parsed(made(world.empty())).entries == []
    assert parsed(made(replace(world.empty(), world=World({"MEX": Dossier("MEX")})))).feed.updated


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("East Asia, Central Asia & Pacific", "east-asia-central-asia-pacific"),
        ("Amérique du Sud", "amerique-du-sud"),
        (" - ", ""),
    ],
)
def test_a_region_is_an_address(words: str, expected: str) -> None:
    assert feed_paths.slug(words) == expected
