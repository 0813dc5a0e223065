"""What the licences of the open data are called, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.board.view import Licence


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence as people name it, and where its text stands."""

    title: str
    url: str


TERMS: Final = {
    Licence.CC_BY: Terms(
        "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
    ),
    Licence.ODBL: Terms(
        "Open Data Commons Open Database License v1.0", "https://opendatacommons.org/licenses/odbl/1-0/"
    ),
}
