from __future__ import annotations

import ssl

from monitor.telegram.request import TelegramRequest


def trusted(request: TelegramRequest) -> ssl.SSLContext:
    """Find whom a client trusts, where httpx keeps it."""
    found = request._client._transport._pool._ssl_context  # type: ignore[attr-defined] # httpx's own
    assert isinstance(found, ssl.SSLContext)
    return found


def test_certificates_are_checked_against_a_list_that_all_clients_share() -> None:
    found = trusted(TelegramRequest())
    assert found is trusted(TelegramRequest(connection_pool_size=2))
    assert (found.verify_mode, found.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert len(found.get_ca_certs()) > 50
