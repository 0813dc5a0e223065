"""The short name under which a document's evidence is found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

from monitor.model import Dossier, KnownDocument
from monitor.profile.address import normalise
from monitor.record.review import origin

_DIGITS: Final = 8
_NAME: Final = re.compile(r"(?P<code>[A-Za-z]{2,12})-(?P<digits>[0-9A-Fa-f]{4,8})")


def proof_id(code: str, url: str) -> str:
    """Name a document: MEX-3f9a2c1b; ``url``: its first address, which stays through every move."""
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{code}-{digest[:_DIGITS]}"


def proof_of(code: str, known: KnownDocument) -> str:
    """Name a known document."""
    return proof_id(code, origin(known))


def proof_in(dossier: Dossier, url: str) -> str:
    """Name the document that stands or stood at an address, as far as the dossier knows it."""
    known = next((each for each in dossier.documents if url in addresses(each)), None)
    return proof_of(dossier.code, known) if known else proof_id(dossier.code, url)


def addresses(known: KnownDocument) -> tuple[str, ...]:
    """Give all addresses at which a document stood, the first one first."""
    return (*known.former_urls, known.document.url)


def code_in(words: str) -> str:
    """Give the country's code that a proof id begins with; empty where the words are none."""
    found = _NAME.fullmatch(words.strip())
    return found["code"].upper() if found else ""


def code_at(address: str, dossiers: Mapping[str, Dossier]) -> str:
    """Give the code of the country that lists or listed an address; empty where none does, or several do."""
    url = normalise(address, "")
    codes = [code for code, dossier in dossiers.items() if url and any(_stood_at(url, dossier))]
    return codes[0] if len(codes) == 1 else ""


def found_by(words: str, dossiers: Mapping[str, Dossier], code: str = "") -> tuple[KnownDocument, ...]:
    """Give the documents that a proof id (or its beginning), an address or words of a title mean; all where none is said.

    ``code``: the country, where it is known otherwise.
    """
    dossier = dossiers.get(code or code_in(words))
    if dossier is None:
        return ()
    wanted = words.strip().casefold()
    named = tuple(known for known in dossier.documents if _is_named(known, dossier.code, wanted))
    return named if named and code_in(words) else tuple(_matching(words.strip(), dossier))


def _matching(words: str, dossier: Dossier) -> Iterator[KnownDocument]:
    url = normalise(words, "")
    if url is not None:
        yield from _stood_at(url, dossier)
        return
    wanted = words.casefold()
    yield from (known for known in dossier.documents if wanted in known.document.title.casefold())


def _stood_at(url: str, dossier: Dossier) -> Iterator[KnownDocument]:
    return (known for known in dossier.documents if url in addresses(known))


def _is_named(known: KnownDocument, code: str, wanted: str) -> bool:
    return proof_of(code, known).casefold().startswith(wanted)
