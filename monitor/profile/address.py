"""Addresses of documents: one form for identity, and what the form itself gives away."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_DOCUMENT_SUFFIXES = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".rtf",
        ".odt",
        ".xls",
        ".xlsx",
        ".ods",
        ".ppt",
        ".pptx",
        ".odp",
        ".zip",
        ".txt",
        ".epub",
    ]
)
_IMAGE_SUFFIXES = frozenset(
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".tif", ".tiff"]
)
_PAGE_SUFFIXES = frozenset([".html", ".htm", ".php", ".asp", ".aspx", ".jsp", ".jspx"])
_DOCUMENT_FOLDERS = ("/documents/", "/uploads/")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;=-._~%"
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}$")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_ODD_SLASHES = re.compile(r"^(https?):/+", re.IGNORECASE)
_EDGES = " \t\r\n\f\v\u00a0\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""White space, seen or not, that editors leave around an address."""
_LONGEST_KEPT = 500
"""Characters of an address whose form is remembered: a cache must not grow with a hostile page."""
_SYMBOL_TEXT = re.compile(r"CAC/COSP/[A-Z0-9][A-Za-z0-9/.]*[A-Za-z0-9]")
_SYMBOL_ADDRESS = re.compile(
    r"CAC-?COSP-?IRG-?(?P<part>20\d\d|II|I)(?!I)(?P<rest>(?:-?(?:\d+|Add\.\d+|Rev\.\d+|Corr\.\d+|CRP\.\d+))*)",
    re.IGNORECASE,
)
_SYMBOL_PIECE = re.compile(r"\d+|(?:Add|Rev|Corr|CRP)\.\d+", re.IGNORECASE)
_SESSION_AND_NUMBER = 2


def normalise(href: str, base: str) -> str | None:
    """Give the one form of an address that identity is decided by; None where it leads to no other page.

    The path keeps its case. http and a missing www are the same document as https and www on unodc.org.
    """
    written = _ODD_SLASHES.sub(r"\1://", href.strip(_EDGES).replace("\\", "/"))
    try:
        absolute = written if _ABSOLUTE.match(written) else _joined(base, written)
        return _identity(absolute) if len(absolute) <= _LONGEST_KEPT else _identity.__wrapped__(absolute)
    except ValueError:
        return None


def _joined(base: str, written: str) -> str:
    # Protocol-relative menus of 400 links need no joining of paths.
    scheme = base.partition("://")[0]
    return (
        f"{scheme}:{written}"
        if written.startswith("//") and scheme in _DEFAULT_PORTS
        else urljoin(base, written)
    )


@lru_cache(maxsize=8_192)
def _identity(absolute: str) -> str | None:
    parts = urlsplit(absolute)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    scheme, host = _canonical(parts.scheme, f"[{host}]" if ":" in host else host)
    is_default = parts.port in (None, _DEFAULT_PORTS[scheme], _DEFAULT_PORTS[parts.scheme])
    netloc = host if is_default else f"{host}:{parts.port}"
    return urlunsplit((scheme, netloc, quote(_path(parts), safe=_SAFE), _query(parts), ""))


def _canonical(scheme: str, host: str) -> tuple[str, str]:
    if host == "unodc.org" or host.endswith(".unodc.org"):
        return "https", "www.unodc.org" if host == "unodc.org" else host
    return scheme, host


def _path(parts: SplitResult) -> str:
    """Give the path without its "." and ".." steps."""
    if "/." not in parts.path:
        return parts.path or "/"
    steps: list[str] = []
    for step in parts.path.split("/"):
        if step == "..":
            del steps[max(len(steps) - 1, 1) :]
        elif step != ".":
            steps.append(step)
    ends_open = parts.path.endswith(("/.", "/.."))
    return "/".join([*steps, ""] if ends_open else steps)


def _query(parts: SplitResult) -> str:
    if not parts.query:
        return ""
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name != "ref" and not name.startswith("utm_")
    ]
    return urlencode(kept)


def suffix(url: str) -> str:
    """Give the file name's ending, lower-case with its dot, or nothing."""
    found = _SUFFIX.search(unquote(urlsplit(url).path).rstrip(" /").lower())
    return found.group() if found else ""


def is_image(url: str) -> bool:
    """Tell whether the address ends like a picture's."""
    return suffix(url) in _IMAGE_SUFFIXES


@lru_cache(maxsize=8_192)
def is_file(url: str) -> bool:
    """Tell whether the address looks like a document's rather than a web page's."""
    ending = suffix(url)
    parts = urlsplit(url)
    if ending in _DOCUMENT_SUFFIXES or ending in _IMAGE_SUFFIXES or _names_a_file(parts.query):
        return True
    path = parts.path.lower()
    is_in_folder = any(folder in path for folder in _DOCUMENT_FOLDERS)
    return is_in_folder and ending not in _PAGE_SUFFIXES and not path.endswith("/")


def _names_a_file(query: str) -> bool:
    """Tell whether a script is asked for a document: ``download.php?file=report.pdf``."""
    return any(value.lower().endswith(tuple(_DOCUMENT_SUFFIXES)) for _, value in parse_qsl(query))


def file_name(url: str) -> str:
    """Give the last part of the path, readable."""
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])


def symbol_in_text(text: str) -> str | None:
    """Find a UN document symbol such as CAC/COSP/IRG/II/3/1/Add.9 in a text."""
    found = _SYMBOL_TEXT.search(text)
    return found.group() if found else None


def symbol_in_address(url: str) -> str | None:
    """Restore a UN document symbol from a folder or file name (``CAC-COSP-IRG-II-3-1-ADD.26``, ``CACCOSPIRGII41``)."""
    found = _SYMBOL_ADDRESS.search(url)
    if not found:
        return None
    pieces = [piece for text in _SYMBOL_PIECE.findall(found["rest"]) for piece in _piece(text)]
    return "/".join(["CAC", "COSP", "IRG", found["part"].upper(), *pieces])


def _piece(text: str) -> list[str]:
    if text.isdigit():
        # "41" is session 4, document 1 with its separator lost; both are single digits so far.
        return list(text) if len(text) == _SESSION_AND_NUMBER else [text]
    name, _, number = text.partition(".")
    return [f"{'CRP' if name.upper() == 'CRP' else name.capitalize()}.{number}"]
