from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.web.answer import BROKEN, LOST, Answer, Place, Request, answer, place_of, plain
from monitor.web.files import HTML, PNG, WebFile
from monitor.web.packed import Packed, pack

SINCE = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
PATHS = (
    "index.html",
    "en/index.html",
    "en/countries.html",
    "en/countries/MEX.html",
    "fr/index.html",
    "feed.atom",
    "404.html",
)
LONG = b"<p>Mexico published its self-assessment.</p>" * 40
PAGE = pack("en/index.html", WebFile(LONG, HTML, SINCE), SINCE)
PICTURE = pack("en/map-1.png", WebFile(LONG, PNG, SINCE), SINCE)
assert PAGE.packed
GZIP = ("accept-encoding", "gzip")


def request(path: str | bytes = "/", method: str = "GET", **headers: str) -> Request:
    raw = path.encode() if isinstance(path, str) else path
    return Request(method, raw, named(*((name.replace("_", "-"), value) for name, value in headers.items())))


def named(*headers: tuple[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode(), value.encode("latin-1")) for name, value in headers)


def answered(*headers: tuple[str, str], to: Packed = PAGE, method: str = "GET", status: int = 200) -> Answer:
    return answer(Request(method, b"/en/", named(("host", "board.example"), *headers)), to, status)


def said(one: Answer) -> dict[str, str]:
    assert len(dict(one.headers)) == len(one.headers), "each header once"
    return {name.decode(): value.decode() for name, value in one.headers}


# Where to


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/en/", "en/index.html"),
        ("/en/index.html", "en/index.html"),
        ("/index.html", "index.html"),
        ("/en/countries.html", "en/countries.html"),
        ("/en/countries/MEX.html", "en/countries/MEX.html"),
        ("/%65n/countries/M%45X.html", "en/countries/MEX.html"),
        ("/feed.atom", "feed.atom"),
    ],
)
def test_a_path_names_a_file(path: str, file: str) -> None:
    assert place_of(request(path), PATHS) == Place(file, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/en/countries/",
        "/en/countries/mex.html",
        "/EN/",
        "//en/",
        "/en//",
        "/./en/index.html",
        "/en/../index.html",
        "/en/%2e%2e/index.html",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/en/index.html%00",
        "/en/index.html/",
        "/en\\index.html",
        "/%",
        "/%zz",
        "/" + "a" * 8192,
        "/" + "../" * 2000,
        "/en/countries.html?cycle=2",
        "/pays/Côte d'Ivoire.html",
        "/%F0%9F%98%80",
        "/static/../../monitor.json",
        "*",
        "",
    ],
)
def test_anything_else_is_not_found(path: str) -> None:
    assert place_of(request(path), PATHS) == Place("404.html", 404)


@pytest.mark.parametrize("path", [b"/%ff", b"/\xff\xfe", b"/%c3%28", b"/%ED%A0%80", b"/en/%80"])
def test_a_path_that_is_no_text_is_refused(path: bytes) -> None:
    refused = place_of(request(path), PATHS)
    assert isinstance(refused, Answer)
    assert refused.status == 400


@given(st.binary(max_size=60))
@example(b"/")
@example(b"/%")
def test_no_path_whatever_trips(path: bytes) -> None:
    found = place_of(Request("GET", path), PATHS)
    assert isinstance(found, Answer) or found.path in PATHS


@pytest.mark.parametrize("path", ["/en", "/%65n", "/fr"])
def test_a_folder_without_its_slash_is_moved_for_good_and_relatively(path: str) -> None:
    moved = place_of(request(path), PATHS)
    assert isinstance(moved, Answer)
    assert moved.status == 301
    assert said(moved)["location"] in {"en/", "fr/"}


def test_a_folder_in_a_folder_is_named_by_its_last_part() -> None:
    moved = place_of(request("/en/deep"), ("en/deep/index.html",))
    assert isinstance(moved, Answer)
    assert said(moved)["location"] == "deep/"


@pytest.mark.parametrize(
    ("likes", "language"),
    [("fr-CA, en;q=0.5", "fr"), ("es", "es"), ("de", "en"), ("", "en"), ("fr;q=0, es;q=0", "en")],
)
def test_the_front_door_leads_to_the_language_that_is_liked_best(likes: str, language: str) -> None:
    chosen = place_of(request("/", accept_language=likes), PATHS)
    assert isinstance(chosen, Answer)
    assert chosen.status == 302
    headers = said(chosen)
    assert headers["location"] == f"{language}/"
    assert headers["vary"] == "accept-language"
    assert headers["cache-control"] == "public, max-age=60"
    assert int(headers["content-length"]) == len(chosen.body)


def test_languages_in_two_lines_are_one_list() -> None:
    lines = named(("accept-language", "de"), ("accept-language", "fr"))
    chosen = place_of(Request("GET", b"/", lines), PATHS)
    assert isinstance(chosen, Answer)
    assert said(chosen)["location"] == "fr/"


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", ""]
)
def test_the_board_is_only_read(method: str) -> None:
    refused = place_of(request("/en/", method), PATHS)
    assert isinstance(refused, Answer)
    assert refused.status == 405
    assert said(refused)["allow"] == "GET, HEAD"
    assert said(refused)["connection"] == "close"


def test_head_is_answered_like_get() -> None:
    assert place_of(request("/en/", "HEAD"), PATHS) == Place("en/index.html", 200)
    assert answered(method="HEAD") == answered(method="GET")


# With what


def test_a_file_comes_whole() -> None:
    whole = answered()
    assert (whole.status, whole.body) == (200, LONG)
    assert said(whole)["content-length"] == str(len(LONG))
    assert said(whole)["content-type"] == HTML


def test_who_takes_gzip_gets_gzip() -> None:
    small = answered(GZIP)
    assert small.status == 200
    assert said(small)["content-encoding"] == "gzip"
    assert gzip.decompress(small.body) == LONG
    assert said(small)["content-length"] == str(len(small.body))


def test_a_picture_is_sent_as_it_is_to_everybody() -> None:
    assert answered(GZIP, to=PICTURE) == answered(to=PICTURE)
    assert answered(to=PICTURE).body == LONG


@pytest.mark.parametrize("form", [PAGE.plain, PAGE.packed])
def test_who_has_it_gets_no_second_copy(form: object) -> None:
    assert form in {PAGE.plain, PAGE.packed}
    accepts = (GZIP,) if form is PAGE.packed else ()
    etag = said(answered(*accepts))["etag"]
    has = answered(("if-none-match", f'"other", W/{etag}'), *accepts)
    assert (has.status, has.body) == (304, b"")
    assert said(has)["etag"] == etag
    assert {"cache-control", "vary", "last-modified"} <= said(has).keys()


def test_a_star_stands_for_any_file() -> None:
    assert answered(("if-none-match", "*")).status == 304


def test_the_packed_form_is_not_the_plain_one() -> None:
    assert answered(("if-none-match", said(answered())["etag"]), GZIP).status == 200
    assert answered(("if-none-match", said(answered(GZIP))["etag"])).status == 200


def test_validators_in_two_lines_are_one_list() -> None:
    etag = said(answered())["etag"]
    assert answered(("if-none-match", '"x"'), ("if-none-match", etag)).status == 304
    assert answered(("if-none-match", etag), ("if-none-match", '"x"')).status == 304


def test_a_date_counts_only_where_no_validator_is_named() -> None:
    date = ("if-modified-since", "Tue, 24 Nov 2026 14:00:00 GMT")
    assert answered(date).status == 304
    assert answered(("if-modified-since", "Tue, 24 Nov 2026 13:59:59 GMT")).status == 200
    assert answered(("if-modified-since", "nonsense")).status == 200
    assert answered(date, ("if-none-match", '"other"')).status == 200
    assert answered(("if-none-match", "")).status == 200


@pytest.mark.parametrize("header", ["if-none-match", "if-modified-since"])
def test_not_found_is_never_unchanged_and_has_no_validator(header: str) -> None:
    value = "*" if header == "if-none-match" else "Wed, 25 Nov 2026 14:00:00 GMT"
    lost = answered((header, value), status=404)
    assert (lost.status, lost.body) == (404, LONG)
    assert not {"etag", "last-modified"} & said(lost).keys()
    assert said(lost)["vary"] == "accept-encoding"
    assert answered(GZIP, status=404).body != LONG


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    b"accept-encoding",
                    b"accept-language",
                    b"if-none-match",
                    b"if-modified-since",
                    b"cookie",
                ]
            ),
            st.binary(max_size=40),
        ),
        max_size=6,
    )
)
@example([(b"if-modified-since", b"\xff")])
def test_no_header_whatever_trips(headers: list[tuple[bytes, bytes]]) -> None:
    assert answer(Request("GET", b"/en/", headers), PAGE).status in {200, 304}
    assert not isinstance(place_of(Request("GET", b"/en/", headers), PATHS), Answer)


def test_words_of_our_own_are_short_plain_texts() -> None:
    one = plain(418, "No tea.", (("x-a", "b"),))
    assert (one.status, one.body) == (418, b"No tea.\n")
    assert said(one) == {"content-type": "text/plain; charset=utf-8", "content-length": "8", "x-a": "b"}


def test_a_fault_of_ours_says_nothing_of_itself_and_is_not_kept() -> None:
    assert BROKEN.status == 500
    assert said(BROKEN)["cache-control"] == "no-store"
    assert LOST.status == 404
