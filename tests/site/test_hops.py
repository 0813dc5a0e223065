from __future__ import annotations

import pytest

from monitor.site.exchange import Address
from monitor.site.hops import Astray, check, check_path, is_allowed_host
from monitor.site.wire import locate


@pytest.mark.parametrize(
    ("host", "is_allowed"),
    [
        ("www.unodc.org", True),
        ("track.unodc.org", True),
        ("a.b.unodc.org", True),
        ("unodc.org", False),
        ("evilunodc.org", False),
        ("www.unodc.org.evil.test", False),
        ("www.unodc.org.", False),
        ("plain.test", True),
        ("sub.plain.test", False),
    ],
)
def test_a_star_stands_for_hosts_below_and_nothing_else(host: str, is_allowed: bool) -> None:
    assert is_allowed_host(host, ("*.unodc.org", "plain.test")) is is_allowed


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://evil.test/", "allowed_hosts"),
        ("https://a.test@evil.test/", "allowed_hosts"),
        ("https://evil.test\\@a.test/", "allowed_hosts|user name"),
        ("https://xn--a-1fa.test/", "allowed_hosts"),
        ("http://a.test/", "allow_http"),
        ("ftp://a.test/", "not https"),
        ("https://me:secret@a.test/", "user name"),
    ],
)
def test_an_address_outside_the_rules_is_astray_and_says_which_rule(url: str, said: str) -> None:
    with pytest.raises(Astray, match=said) as caught:
        check(locate(url), ("a.test",), is_http_allowed=False)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "is_http_allowed"),
    [("https://a.test/x", False), ("HTTPS://A.TEST/", False), ("http://a.test", True)],
)
def test_an_address_within_the_rules_passes(url: str, is_http_allowed: bool) -> None:
    check(locate(url), ("a.test",), is_http_allowed=is_http_allowed)


def test_ftp_stays_out_even_where_http_is_allowed() -> None:
    with pytest.raises(Astray):
        check(locate("ftp://a.test/"), ("a.test",), is_http_allowed=True)


def path(*names: str) -> tuple[Address, ...]:
    return tuple(locate(f"https://a.test/{name}") for name in names)


def test_a_circle_is_named_with_every_step() -> None:
    with pytest.raises(Astray, match=r"a\.test/1 → .*a\.test/2 → .*a\.test/1$"):
        check_path(path("1", "2", "1"))


def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    check_path(path(*"123456"))
    with pytest.raises(Astray, match="more than 5"):
        check_path(path(*"1234567"))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://a.test/x?y#z", "https://a.test"),
        ("https://a.test:443/", "https://a.test"),
        ("http://a.test:8080/", "http://a.test:8080"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
        ("http://[::1]/", "http://[::1]"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str) -> None:
    assert locate(url).origin == origin
