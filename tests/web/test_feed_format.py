"""Feeds hold to RFC 4287: its schema (atom.rng), and what it says in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from monitor.board.view import View
from monitor.web import feed
from tests.web import world

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
VIEWS = {
    "rich": world.view(address=world.ADDRESS),
    "hostile": world.hostile(),
    "empty": world.empty(address=world.ADDRESS),
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_feed_is_atom(view: View) -> None:
    for path, make in feed.makers(view):
        read = etree.fromstring(make().body)
        assert SCHEMA.validate(read), (path, SCHEMA.error_log)
        # The rest is in words in the RFC (4.1.1, 4.1.2), and in Schematron in its schema.
        assert read.find(f"{ATOM}author") is not None
        for entry in read.iter(f"{ATOM}entry"):
            assert entry.find(f"{ATOM}content") is not None
            links = entry.findall(f"{ATOM}link")
            alternates = [link.get("hreflang") for link in links if link.get("rel") == "alternate"]
            assert alternates
            assert len(set(alternates)) == len(alternates)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<updated>2026", b"<updated>yesterday 2026"),
        (b'hreflang="en"', b'hreflang="e n"'),
        (b"<summary>", b'<summary type="markdown">'),
        (b"<entry>", b"<entry><guid/>"),
        (b"<published>", b"<title/><published>"),
        (b" term=", b" tag="),
        (b' href="', b' src="'),
        (b"name>", b"nick>"),
        (b' type="html"', b' type="html" mode="escaped"'),
    ],
)
def test_the_schema_refuses_what_is_no_atom(right: bytes, wrong: bytes) -> None:
    body = dict(feed.makers(VIEWS["rich"]))["feed.atom"]().body
    assert right in body
    assert not SCHEMA.validate(etree.fromstring(body.replace(right, wrong)))
