"""States in a line of text: by the exact table of names, never by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Final

from monitor.model import Country
from monitor.names import name_key, spellings, suggest_countries
from monitor.pledge import words
from monitor.pledge.dates import marked, marks_in
from monitor.profile.identify import CountryNames
from monitor.profile.words import fold

_BETWEEN: Final = re.compile(
    r"(\s*(?:[,;:•·|/\n]|\s[–—-]\s|(?<!\w)(?:and|et|y|&)(?!\w))\s*)(?![^()]*\))", re.IGNORECASE
)
"""What stands between names, outside brackets."""
_NUMBERING: Final = re.compile(r"^[\W_]*(?:\d{1,3}[.):]\s*)?(?=\w)")
_MARKS: Final = re.compile("[\U0001f1e6-\U0001f1ff*†‡]|\\[\\d+\\]")
"""Flags, and signs of footnotes."""
_FLAG_OF: Final = re.compile(
    r"^(?:the )?(?:national )?(?:flag|drapeau|bandera) (?:of|de|du|d['’])\s*(?:the |la |le |l['’])?|\s+flag$",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\W*$")
_MOST_JOINED: Final = 5
"""Pieces that one name may be cut into: "Trinidad", "and", "Tobago"."""
_ACRONYM: Final = 3
_LONGEST_NAME: Final = 80
_LEAST_NAME: Final = 4
_MOST_WORDS: Final = 12
_MOST_ALIKE: Final = 3
_MOST_PIECES: Final = 400
"""Parts of one line that are read: there are not half as many States."""


@dataclass(frozen=True, slots=True)
class Named:
    """A State that a line names, with the date that stands beside it."""

    code: str
    signed: str = ""
    """YYYY-MM-DD, YYYY-MM, YYYY; nothing where there is none, or several."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a line of text says."""

    names: tuple[Named, ...] = ()
    """States it names and nothing but their names, in order."""
    claims: tuple[Named, ...] = ()
    """States of which its own words say that they signed the Pledge."""
    signed: str = ""
    """The one date that stands in it; nothing where there are several."""
    is_name_first: bool = False
    """It begins with a State's name."""
    has_more: bool = False
    """Says more than names, dates and filling words."""

    @property
    def is_date_only(self) -> bool:
        """Whether it is a date and no more."""
        return bool(self.signed) and not (self.names or self.claims or self.has_more)


class NameTable:
    """Every name a State party has, in the languages we know; no codes: "and" is Andorra's."""

    def __init__(self, countries: Iterable[Country]) -> None:
        """Learn the names and aliases."""
        self._countries = tuple(countries)
        self._codes = {
            name_key(spelling): each.code
            for each in self._countries
            for spelling in spellings(each)
            if spelling != each.code or len(spelling) < _ACRONYM
        }

    @cached_property
    def _inside(self) -> CountryNames:
        return CountryNames(self._countries)

    def exact(self, text: str) -> str:
        """Give the code of the State whose name this is; nothing where it is none, or only similar."""
        bare = _NUMBERING.sub("", _MARKS.sub("", text), count=1).strip()
        for name in dict.fromkeys((bare, _FLAG_OF.sub("", bare), _BRACKET.sub("", bare))):
            key = name_key(name)
            # "us" is a word, "US" is a State.
            if (len(key) > _ACRONYM or name.isupper()) and key in self._codes:
                return self._codes[key]
        return ""

    def alike(self, text: str) -> tuple[str, ...]:
        """Give the States that may be meant, for a person to judge: those named inside, else those spelt alike."""
        bare = _MARKS.sub("", text).strip()
        if not _LEAST_NAME <= len(bare) <= _LONGEST_NAME:
            return ()
        inside = self._inside.codes(fold(bare))
        alike = () if inside else suggest_countries(bare, self._countries, limit=_MOST_ALIKE)
        return tuple(sorted(inside)[:_MOST_ALIKE]) or tuple(each.code for each in alike)

    def find(self, text: str, today: date) -> Found:
        """Say which States a line names, and since when."""
        rest, dates = marked(text, today)
        signed = _only(marks_in(rest, dates))
        if whole := self.exact(rest):
            return Found((Named(whole, signed),), (), signed, is_name_first=True)
        every = tuple(self._pieces(rest))
        is_labelled = _is_label(every[0])
        said = tuple(each for each in every[is_labelled:] if each.code or not words.is_filler(each.text))
        names = tuple(dict.fromkeys(each.code for each in said if each.code))
        claims = names if is_labelled else tuple(dict.fromkeys(self._claims(said)))
        since = dict(_dated(every, dates))
        if len({*names, *claims}) == 1 or (every[0].is_before_colon and not every[0].code):
            since = {code: since.get(code) or signed for code in (*names, *claims)}
        return Found(
            tuple(Named(code, since.get(code, "")) for code in names),
            tuple(Named(code, since.get(code, "")) for code in claims),
            signed,
            is_name_first=bool(said and said[0].code),
            has_more=not all(each.code for each in said),
        )

    def _pieces(self, text: str) -> Iterator[_Piece]:
        parts = _BETWEEN.split(text, maxsplit=_MOST_PIECES)
        at = 0
        while at < len(parts):
            length = next(self._joined(parts, at), 1)
            piece = "".join(parts[at : at + length])
            between = parts[at + length] if at + length < len(parts) else ""
            yield _Piece(piece, self.exact(piece), ":" in between)
            at += length + 1

    def _joined(self, parts: Sequence[str], at: int) -> Iterator[int]:
        """Give how many parts make a name together, the longest first."""
        most = _MOST_JOINED if fold(parts[at]) else 1
        for length in range(most, 0, -2):
            if at + length <= len(parts) and self.exact("".join(parts[at : at + length])):
                yield length

    def _claims(self, pieces: Sequence[_Piece]) -> Iterator[str]:
        """Find what reads as a sentence: "Signed by Austria, Belgium", or "Austria and Brazil signed the Pledge"."""
        led = self._led(pieces[0].text) if pieces and not pieces[0].code else ""
        names = [each.code for each in takewhile(lambda each: each.code, pieces[bool(led) :])]
        if led:
            yield from (led, *names)
        elif len(names) < len(pieces) and (last := self._followed(pieces[len(names)].text)):
            yield from (*names, last)

    def _led(self, text: str) -> str:
        """Give the State that a text ends with, where what leads to it speaks of signing the Pledge."""
        every = text.split()
        for cut in range(max(1, len(every) - _MOST_WORDS), len(every)):
            if code := self.exact(" ".join(every[cut:])):
                lead = " ".join(every[:cut])
                is_said = words.speaks_of_signing(lead) and words.speaks_of_pledge(lead)
                return code if is_said and not words.denies(lead) else ""
        return ""

    def _followed(self, text: str) -> str:
        """Give the State that a text begins with, where it goes on as a headline does: "signs the Pledge"."""
        every = text.split()
        for cut in range(min(_MOST_WORDS, len(every) - 1), 0, -1):
            if code := self.exact(" ".join(every[:cut])):
                return code if words.says_it_signed(" ".join(every[cut:])) else ""
        return ""


def _dated(pieces: Iterable[_Piece], dates: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give each name the one date that stands with it, before the next name."""
    code = ""
    found: tuple[str, ...] = ()
    for piece in pieces:
        if piece.code:
            yield code, _only(found)
            code, found = piece.code, ()
        found = (*found, *marks_in(piece.text, dates))
    yield code, _only(found)


def _only(dates: tuple[str, ...]) -> str:
    return dates[0] if len(dates) == 1 else ""


def _is_label(piece: _Piece) -> bool:
    """Tell whether a line begins with what it lists: "Signatories: …"."""
    is_short = len(piece.text.split()) <= _MOST_WORDS
    return not piece.code and piece.is_before_colon and is_short and words.lists_signatories(piece.text)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line between two separators."""

    text: str
    code: str
    is_before_colon: bool = False
