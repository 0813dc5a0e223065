"""One language, spoken: every sentence a person reads comes from here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from monitor.language.catalogs import catalog, spoken
from monitor.model import DEFAULT_LANGUAGE, Country

_LIKE_Y: Final = re.compile(r"h?[ií](?![aeoáéó])")
_ROMAN: Final = re.compile(r"[IVX]+\b")
"""A number, whose letters nobody pronounces: III y IV."""
_LIKE_O: Final = re.compile(r"h?[oó]")


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks one language; called with an English sentence it gives the same in its own."""

    code: str

    def __call__(self, text: str, /, **values: object) -> str:
        """Give a sentence; ``{name}`` in it becomes the value called ``name``. Nothing is escaped."""
        return catalog(self.code).gettext(text).format_map(values)

    def many(self, one: str, more: str, number: int, /, **values: object) -> str:
        """Give the form of a sentence that fits ``number``, which ``{number}`` in it becomes."""
        sentence = catalog(self.code).ngettext(one, more, number)
        return sentence.format_map({"number": self.number(number), **values})

    def word(self, text: str) -> str:
        """Give words that are data, such as a region: as ``N_`` marked them, else as they are."""
        return catalog(self.code).gettext(text) if text else ""

    def number(self, number: int) -> str:
        """Write a number with its thousands apart."""
        return format_decimal(number, locale=self.code)

    def decimal(self, number: float) -> str:
        """Write a number with one decimal: 1.3; 48 where there is nothing behind the point."""
        return format_decimal(round(number, 1), format="#,##0.#", locale=self.code)

    def share(self, share: float) -> str:
        """Write a share of one in per cent: 50%."""
        return format_percent(share, locale=self.code)

    def day(self, moment: datetime) -> str:
        """Write a date: 24 Nov 2026."""
        return format_date(moment, "d MMM y", locale=self.code)

    def moment(self, moment: datetime) -> str:
        """Write a date and time: 24 Nov 2026 08:00 UTC."""
        return f"{self.day(moment)} {moment:%H:%M} UTC"

    def weekday(self, moment: datetime) -> str:
        """Name the day of the week: Monday."""
        return str(get_day_names("wide", locale=self.code)[moment.weekday()])

    def month(self, moment: datetime) -> str:
        """Write a month: Nov 2026."""
        return format_date(moment, "MMM y", locale=self.code)

    def listing(self, items: Iterable[str]) -> str:
        """Join words as a sentence does: a, b and c."""
        return _joined(list(items), self.code, "standard")

    def choice(self, items: Iterable[str]) -> str:
        """Join what a person may choose from: a, b or c."""
        return _joined(list(items), self.code, "or")

    def name(self, country: Country) -> str:
        """Name a country as the UN does in this language."""
        return country.names.get(self.code) or country.name

    def country(self, country: Country) -> str:
        """Name a country with its flag, where it has one."""
        return f"{country.flag} {self.name(country)}".strip()

    def language(self, code: str | None) -> str:
        """Name a language with a capital letter; an unknown code stands for itself."""
        return capital(self.tongue(code) or code or "")

    def tongue(self, code: str | None) -> str:
        """Name a language as inside a sentence: English, anglais; nothing where the code is unknown."""
        return _tongue(code or "", self.code)


def speak(code: str | None = None) -> Speech:
    """Give the speech for a code such as ``fr-CA``; English where that language is not spoken."""
    return Speech(spoken(code) or DEFAULT_LANGUAGE)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark words that are data and said elsewhere (``say.word``), so that translators find them."""
    return text


def capital(text: str) -> str:
    """Start with a capital letter, leaving the rest as it is."""
    return text[:1].upper() + text[1:]


def _joined(items: list[str], code: str, style: str) -> str:
    # CLDR's American "a, b, and c"; the UN writes British English.
    joined = format_list(items, style=style, locale="en_GB" if code == "en" else code)  # type: ignore[arg-type] # one of its literals
    if code == "es" and len(items) > 1 and (smoother := _smoother(items[-1], style)):
        return f"{joined.removesuffix(items[-1])[:-3]} {smoother} {items[-1]}"
    return joined


def _smoother(following: str, style: str) -> str:
    """Give what Spanish says for "y" before an i and for "o" before an o: Irán e Irak, uno u otro."""
    word = re.sub(r"^\W+", "", following)
    if _ROMAN.match(word):
        return ""
    sound = word.casefold()
    before, smoother = (_LIKE_Y, "e") if style == "standard" else (_LIKE_O, "u")
    return smoother if before.match(sound) else ""


@cache
def _tongue(named: str, code: str) -> str:
    # The speaking language knows all names: the container image holds the data of no other one.
    return str(Locale.parse(code).languages.get(named.lower(), ""))
