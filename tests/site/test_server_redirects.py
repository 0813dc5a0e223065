"""Whatever address a redirect names, only what is allowed is asked: for pages, files and robots.txt."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.site.wire import locate
from tests.site.fetching import NOTHING_KNOWN, failure, fetcher, file_failure
from tests.webserver import Reply, WebServer

GOOD = Reply(body="<p>good")
INSIDE = {
    "loopback by name": "http://localhost:{port}/x",
    "loopback, its other numbers": "http://127.0.0.2:{port}/x",
    "loopback in short": "http://127.1:{port}/x",
    "loopback as one number": "http://2130706433:{port}/x",
    "loopback in hex": "http://0x7f000001:{port}/x",
    "loopback in hex with dots": "http://0x7f.0x0.0x0.0x1:{port}/x",
    "loopback in octal": "http://0177.0.0.1:{port}/x",
    "loopback as one octal number": "http://017700000001:{port}/x",
    "loopback by IPv6": "http://[::1]:{port}/x",
    "loopback by IPv6, mapped": "http://[::ffff:127.0.0.1]:{port}/x",
    "loopback by IPv6, mapped in hex": "http://[::ffff:7f00:1]:{port}/x",
    "loopback by IPv6, in full": "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/x",
    "loopback by IPv6, compatible": "http://[::127.0.0.1]:{port}/x",
    "loopback by NAT64": "http://[64:ff9b::7f00:1]:{port}/x",
    "loopback with a dot behind": "http://127.0.0.1.:{port}/x",
    "loopback in other digits": "http://①②⑦.⓪.⓪.①:{port}/x",
    "loopback in wide digits": "http://１２７.０.０.２:{port}/x",
    "any address": "http://0.0.0.0:{port}/x",
    "any address in short": "http://0:{port}/x",
    "any address by IPv6": "http://[::]:{port}/x",
    "private": "http://10.0.0.1/x",
    "private, the second": "http://172.16.0.1/x",
    "private, the third": "http://192.168.1.1/x",
    "private by IPv6": "http://[fc00::1]/x",
    "link-local": "http://169.254.0.1/x",
    "link-local by IPv6": "http://[fe80::1]/x",
    "link-local by IPv6, with its zone": "http://[fe80::1%25eth0]/x",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "metadata as one number": "http://2852039166/latest/meta-data/",
    "metadata by IPv6": "http://[fd00:ec2::254]/latest/meta-data/",
    "metadata by IPv6, mapped": "http://[::ffff:169.254.169.254]/latest/meta-data/",
    "metadata by name": "http://metadata.google.internal/computeMetadata/v1/",
    "another port's name": "http://127.0.0.1:x/",
}
ELSEWHERE = {
    "ftp": "ftp://127.0.0.1:{port}/x",
    "file": "file:///etc/passwd",
    "file on a host": "file://127.0.0.1/etc/passwd",
    "data": "data:text/html,<p>good",
    "javascript": "javascript:alert(1)",
    "gopher": "gopher://127.0.0.1:{port}/x",
    "a web socket": "ws://127.0.0.1:{port}/x",
    "a unix socket": "unix:/var/run/docker.sock",
    "with a login": "http://me:secret@127.0.0.1:{port}/x",
    "with a name for the login": "http://127.0.0.1:{port}@evil.test/x",
    "with a host for the login": "http://evil.test@127.0.0.1:{port}/x",
    "with a backslash": "http://evil.test\\@127.0.0.1:{port}/x",
    "another host": "http://evil.test/x",
    "another host without a scheme": "//evil.test/x",
    "another host below a name": "http://127.0.0.1.evil.test/x",
    "too long": "http://127.0.0.1:{port}/" + "x" * 5000,
    "too long a name": "http://" + "x" * 300 + ".test/",
    "a name that is none": "http://xn--zzzzzzz-/x",
    "a port beyond the last": "http://127.0.0.1:65536/x",
    "a line's end and a header": "http://evil.test/%0d%0aX: y",
    "itself": "/",
    "itself, with a fragment": "/#top",
    "itself by a detour": "./../",
}


@pytest.mark.parametrize("address", [*INSIDE.values(), *ELSEWHERE.values()], ids=[*INSIDE, *ELSEWHERE])
async def test_a_redirect_to_where_we_do_not_go_is_told_and_nothing_is_asked_there(address: str) -> None:
    async with WebServer() as site:
        location = address.format(port=site.port).encode().decode("latin-1")
        url = site.on("/", Reply(302, headers={"Location": location}))
        errors = [await failure(url, retries=0), await file_failure(url, retries=0)]
        assert site.paths() == ["/", "/"]
        assert site.connections == 2
    for error in errors:
        assert isinstance(error, FetchError)
        assert len(str(error)) < 700
        assert "secret" not in str(error)


@pytest.mark.parametrize("address", [*INSIDE.values(), *ELSEWHERE.values()], ids=[*INSIDE, *ELSEWHERE])
async def test_a_robots_txt_that_redirects_to_where_we_do_not_go_is_not_followed(address: str) -> None:
    async with WebServer() as site, fetcher(retries=0, respect_robots=True) as one:
        location = address.format(port=site.port).encode().decode("latin-1")
        site.on("/robots.txt", Reply(302, headers={"Location": location}))
        url = site.on("/MEX.html", GOOD)
        with suppress(FetchError):
            await one.fetch(url, NOTHING_KNOWN)
        assert set(site.paths()) <= {"/robots.txt", "/", "/MEX.html"}
        assert site.connections <= 2


BASE = "https://a.test/x"
PARTS = st.sampled_from(
    [
        "http://",
        "https://",
        "//",
        "/",
        "[",
        "]",
        ":",
        "@",
        "#",
        "?",
        "%",
        "%zz",
        ".",
        "..",
        "xn--",
        "-",
        "::1",
        "ａ",
        "ß",
        "\u202e",
        "\0",
        "\n",
        " ",
        "127.1",
        "a.test",
        "9" * 30,
        "\ud800",
        "\\",
    ]
)


@given(st.text(max_size=60) | st.lists(PARTS, max_size=12).map("".join), st.sampled_from(["", BASE]))
@example("http://xn--zzzzzzz-/x", "")
@example("http://" + "x" * 300 + ".test/", "")
@example("http://a.test:" + "9" * 5000, BASE)
@example("http://[fe80::1%25eth0]/", BASE)
@example("HTTP://[", "")
def test_any_text_is_an_address_or_said_to_be_none(text: str, base: str) -> None:
    try:
        found = locate(text, base)
    except FetchError:
        return
    assert found.host
    assert found.scheme not in {"http", "https"} or locate(found.url) == found
