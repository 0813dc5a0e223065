"""A package that a third party can check with ``sha256sum`` alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from monitor.alert.markup import plain, tidy
from monitor.evidence.account import Section, as_text
from monitor.evidence.chain import Chain, as_of
from monitor.model import Country

_README: Final = """\
Evidence {proof}
{underline}

About: {title}
Country: {country}
Address: {url}
As known at: {known} UTC to the UNCAC publication monitor {version}

What is in here
  chain.txt, chain.json    when the page was looked at and what came, which words on it decided, what the file was,
                           what was told and how often
  pages/                   the country's profile page exactly as it was served: the name of each file is the sha256 of
                           its bytes, as chain.txt names it; the last page without the document and the first with it,
                           and the same for whatever happened to it later
  documents/               the document's file itself, named by the sha256 of its bytes
  alert-*.txt              the text of each message that told of it
  SHA256SUMS               the sha256 of every file

How to check it, on any Linux or macOS machine
  sha256sum -c SHA256SUMS          (macOS: shasum -a 256 -c SHA256SUMS)
  Every line must end with OK. The names in pages/ and documents/ must be the sums that SHA256SUMS gives them.
  Pages and documents are as strangers made them: open them in a text editor, or without a network and scripts.

What it proves, and what it does not
  It proves that these bytes belong together and were not changed since the bundle was made, if somebody you trust
  told you the sha256 of the whole zip file: whoever makes a bundle is shown it, and who makes it again from the same
  knowledge gets the same bytes. The times are those of the monitor's clock, and that the pages came from the site is
  the word of whoever ran it: a signature or a copy elsewhere (such as the Wayback Machine) is a second witness.
{missing}"""


_EARLIEST: Final = 1980
"""The first year that a zip knows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a bundle."""

    name: str
    content: bytes


def pieces(
    found: Chain,
    country: Country,
    sections: tuple[Section, ...],
    chain_json: bytes,
    *,
    pages: Mapping[str, bytes | None],
    files: Mapping[str, tuple[str, bytes] | None],
    version: str,
) -> tuple[Piece, ...]:
    """Put a bundle together; ``pages`` and ``files`` by hash, None where one is not kept (any more)."""
    missing = [name for name, content in (*pages.items(), *files.items()) if content is None]
    readme = _README.format(
        proof=found.proof,
        underline="=" * (len(found.proof) + len("Evidence ")),
        title=tidy(found.known.document.title),
        country=country.name,
        url=found.known.document.url,
        known=f"{as_of(found):%Y-%m-%d %H:%M:%S}",
        version=version,
        missing=_missing(missing),
    )
    content = [
        Piece("README.txt", readme.encode("utf-8", "replace")),
        Piece("chain.txt", (as_text(sections) + "\n").encode("utf-8", "replace")),
        Piece("chain.json", chain_json),
        *_kept(found, pages, files),
    ]
    return (*content, Piece("SHA256SUMS", "".join(map(_sum, content)).encode()))


def packed(content: tuple[Piece, ...], moment: datetime) -> bytes:
    """Pack a bundle, its files dated to a moment; the same content gives the same bytes."""
    year = max(moment.year, _EARLIEST)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for piece in content:
            entry = ZipInfo(piece.name, (year, *moment.timetuple()[1:6]))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, piece.content)
    return out.getvalue()


def _kept(
    found: Chain, pages: Mapping[str, bytes | None], files: Mapping[str, tuple[str, bytes] | None]
) -> Iterator[Piece]:
    for name, page in pages.items():
        if page is not None:
            yield Piece(f"pages/{name}.html", page)
    for name, file in files.items():
        if file is not None:
            suffix, content = file
            yield Piece(f"documents/{name}{suffix}", content)
    for number, told in enumerate(found.told, 1):
        yield Piece(f"alert-{number}.txt", (plain(told.html) + "\n").encode("utf-8", "replace"))


def _sum(piece: Piece) -> str:
    return f"{sha256(piece.content).hexdigest()}  {piece.name}\n"


def _missing(names: list[str]) -> str:
    if not names:
        return ""
    return "\nNot in here, because it is not kept (any more):\n" + "".join(f"  {name}\n" for name in names)
