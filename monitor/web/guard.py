"""The headers that stand on every answer of the board: what a browser may do with it, and nothing of who reads."""

from __future__ import annotations

from typing import Final

from monitor.web.files import ATOM, CSV, JSON, PNG

_POLICY: Final = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
CONTENT_SECURITY_POLICY: Final = "; ".join(_POLICY)
ALWAYS: Final = (
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
)
"""On every answer, also on those to nonsense."""
_FOR_OTHERS: Final = frozenset({ATOM, CSV, JSON, PNG})
"""What pages of other sites may read or show: open data, feeds and pictures."""


def sharing(content_type: str) -> tuple[tuple[str, str], ...]:
    """Say to which other sites a file may be given: open data and pictures to all, pages to none."""
    if content_type not in _FOR_OTHERS:
        return (("cross-origin-resource-policy", "same-origin"),)
    return (("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin"))
