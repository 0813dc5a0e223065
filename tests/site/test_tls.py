"""Certificates are checked against the name that was asked for, always; what fails the check is not read."""

from __future__ import annotations

import re
import ssl
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

import monitor
from monitor.errors import FetchError
from monitor.site.fetch import Fetcher
from tests.site.addresses import PUBLIC_4, Diverted, Names, divert
from tests.site.fetching import NOTHING_KNOWN, fetcher, file_of
from tests.webserver import Reply, WebServer

CERTIFICATES = Path(__file__).parent / "certificates"
MONITOR = Path(monitor.__file__).parent
HOST = "site.test"
GOOD = Reply(body="<p>good")
Get = Callable[[Fetcher, str], Awaitable[object]]


async def _page(one: Fetcher, url: str) -> object:
    return await one.fetch(url, NOTHING_KNOWN)


async def _robots(one: Fetcher, url: str) -> object:
    return await one._load_robots(url.rpartition("/")[0])


GETS = pytest.mark.parametrize("get", [_page, file_of, _robots])


def tls(certificate: str, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    if newest:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = newest
        context.set_ciphers("ALL:@SECLEVEL=0")
    return context


async def asked(server: ssl.SSLContext, get: Get) -> str:
    """Ask a server that goes by the name; give the error, or nothing where it was asked and answered."""
    async with WebServer(server) as site, fetcher(allowed_hosts=(HOST,), allow_http=False, retries=0) as one:
        divert(one, Names([PUBLIC_4]), Diverted(site.port))
        site.on("/x", GOOD)
        try:
            await get(one, site.url("/x", HOST))
        except FetchError as error:
            assert site.seen == []
            return str(error)
        assert len(site.seen) == 1
    return ""


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority that signed the certificates here, as a machine trusts its own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "ca.pem"))
    # Elsewhere all clients share what was read once (tests/conftest.py).
    monkeypatch.setattr("httpx._transports.default.create_ssl_context", httpx.create_ssl_context)


@GETS
@pytest.mark.usefixtures("authority")
async def test_a_certificate_of_that_name_is_taken(get: Get) -> None:
    assert await asked(tls("valid"), get) == ""


@GETS
@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ("expired", "certificate has expired"),
        ("early", "certificate is not yet valid"),
        ("wrongname", "certificate is not valid for 'site.test'"),
        ("selfsigned", "self-signed certificate"),
    ],
)
async def test_a_certificate_that_is_not_good_is_refused_and_nothing_is_asked(
    certificate: str, said: str, get: Get
) -> None:
    error = await asked(tls(certificate), get)
    assert f"certificate of {HOST} is not valid" in error
    assert said in error
    assert "nothing was read" in error


@GETS
async def test_a_certificate_of_an_unknown_authority_is_refused(get: Get) -> None:
    assert f"certificate of {HOST} is not valid" in await asked(tls("valid"), get)


@GETS
@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
async def test_a_protocol_that_is_too_old_is_refused(version: ssl.TLSVersion, get: Get) -> None:
    assert f"no encrypted connection to {HOST} could be made" in await asked(tls("valid", version), get)


@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize("get", [_page, file_of])
async def test_a_redirect_from_https_to_http_is_not_followed(get: Get) -> None:
    async with (
        WebServer(tls("valid")) as site,
        WebServer() as clear,
        fetcher(allowed_hosts=(HOST, "127.0.0.1"), allow_http=False) as one,
    ):
        divert(one, Names([PUBLIC_4]), Diverted(site.port))
        site.on("/x", Reply(302, headers={"Location": clear.on("/x", GOOD)}))
        with pytest.raises(FetchError, match="is not https"):
            await get(one, site.url("/x", HOST))
        assert (len(site.seen), clear.connections) == (1, 0)


def test_no_line_of_the_program_weakens_the_check_of_certificates() -> None:
    weak = re.compile(
        r"\bverify\s*=|verify_mode|CERT_NONE|CERT_OPTIONAL|check_hostname|_create_unverified|SECLEVEL|minimum_version"
        r"|verify_flags|trust_env"
    )
    found = [
        f"{path.name}: {line.strip()}"
        for path in MONITOR.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if weak.search(line)
    ]
    assert found == []
