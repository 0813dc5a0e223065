from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from monitor.web.files import ATOM, CSS, CSV, HTML, JSON, PNG, SCRIPT, SVG, TEXT, XML, WebFile
from monitor.web.packed import Packed, pack

DATED = datetime(2026, 11, 1, tzinfo=UTC)
SINCE = datetime(2026, 11, 24, 14, 0, 3, tzinfo=UTC)
LONG = b"Mexico published its self-assessment. " * 50


def packed(
    body: bytes = LONG, kind: str = HTML, path: str = "en/index.html", before: Packed | None = None
) -> Packed:
    return pack(
        path, WebFile(body, kind, DATED), SINCE if before is None else SINCE + timedelta(hours=1), before
    )


def said(one: Packed, *, is_packed: bool = False, is_brief: bool = False) -> dict[str, str]:
    form = (one.packed if is_packed else one.plain) or one.plain
    headers = form.brief if is_brief else form.headers
    assert len(dict(headers)) == len(headers), "each header once"
    return {name.decode(): value.decode() for name, value in headers}


def test_what_is_sent_is_the_file_plain_or_packed() -> None:
    one = packed()
    assert one.packed is not None
    assert one.body(one.plain) == LONG
    assert gzip.decompress(one.body(one.packed)) == LONG
    assert said(one)["content-length"] == str(len(LONG))
    assert said(one, is_packed=True)["content-length"] == str(len(one.packed.body))


def test_a_text_is_kept_packed_only() -> None:
    one = packed()
    assert one.packed is not None
    assert one.weight == len(one.packed.body) < len(LONG) / 5


@pytest.mark.parametrize("body", [b"", b"short", b"x" * 10])
def test_what_packing_would_not_make_smaller_stays_as_it_is(body: bytes) -> None:
    one = packed(body, TEXT)
    assert one.packed is None
    assert one.body(one.plain) == body
    assert one.weight == len(body)
    assert "vary" not in said(one)


def test_a_picture_is_packed_by_nature() -> None:
    assert packed(LONG, PNG).packed is None


@pytest.mark.parametrize("kind", [HTML, CSS, SCRIPT, SVG, CSV, JSON, ATOM, XML, TEXT])
def test_every_text_is_packed(kind: str) -> None:
    one = packed(kind=kind)
    assert one.packed is not None
    assert said(one, is_packed=True)["content-encoding"] == "gzip"
    assert "content-encoding" not in said(one)
    assert said(one)["content-type"] == said(one, is_packed=True)["content-type"] == kind


def test_each_form_has_a_strong_validator_of_exactly_its_bytes() -> None:
    one, same, other = packed(), packed(), packed(LONG + b".")
    assert one.packed
    assert same.packed
    assert other.packed
    tags = {each.etag for each in (one.plain, one.packed, other.plain, other.packed)}
    assert len(tags) == 4
    assert all(tag.startswith('"') and tag.endswith('"') and len(tag) > 20 for tag in tags)
    assert (one.plain.etag, one.packed.etag) == (same.plain.etag, same.packed.etag)
    assert one.packed.body[4:8] == bytes(4), "no moment of packing in it"
    assert said(one)["etag"] == one.plain.etag
    assert said(one, is_packed=True)["etag"] == one.packed.etag


@pytest.mark.parametrize("is_packed", [False, True])
def test_not_modified_repeats_what_caches_need_and_nothing_of_a_content(is_packed: bool) -> None:
    whole, brief = said(packed(), is_packed=is_packed), said(packed(), is_packed=is_packed, is_brief=True)
    assert brief.items() <= whole.items()
    assert whole.keys() - brief.keys() <= {"content-type", "content-length", "content-encoding"}
    assert {"etag", "last-modified", "cache-control", "vary"} <= brief.keys()
    assert not {"content-type", "content-length", "content-encoding"} & brief.keys()


def test_both_forms_say_that_they_depend_on_what_the_reader_takes() -> None:
    assert said(packed())["vary"] == said(packed(), is_packed=True)["vary"] == "accept-encoding"


def test_a_reader_asks_again_after_a_minute_and_for_style_after_ten() -> None:
    assert said(packed())["cache-control"] == "public, max-age=60"
    assert said(packed(path="static/board.css"))["cache-control"] == "public, max-age=600"
    assert said(packed(path="en/static/board.css"))["cache-control"] == "public, max-age=60"


def test_it_is_dated_from_when_we_began_to_say_it_and_not_from_its_data() -> None:
    one = packed()
    assert one.modified == SINCE
    assert said(one)["last-modified"] == "Tue, 24 Nov 2026 14:00:03 GMT"


def test_what_did_not_change_keeps_the_date_it_was_sent_with() -> None:
    assert packed(before=packed()).modified == SINCE
    assert packed(before=packed(LONG + b".")).modified == SINCE + timedelta(hours=1)


@pytest.mark.parametrize("kind", [CSV, JSON, ATOM, PNG])
def test_data_feeds_and_pictures_may_be_used_by_pages_of_others(kind: str) -> None:
    headers = said(packed(kind=kind))
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("kind", [HTML, CSS, SCRIPT, SVG, TEXT, XML])
def test_pages_and_what_they_are_made_of_may_not(kind: str) -> None:
    headers = said(packed(kind=kind))
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_nothing_is_remembered_of_a_reader() -> None:
    assert not {"set-cookie", "server", "x-powered-by"} & said(packed()).keys()
