"""The digest: the news of several countries in one message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from monitor.alert import texts
from monitor.alert.book import Book
from monitor.alert.markup import LIMIT, bold, escape, units
from monitor.alert.message import links, messages, press
from monitor.alert.news import Item, clause, gather, headline
from monitor.board.status import present
from monitor.language.speech import Speech, capital
from monitor.model import Button, Change, Country, Dossier, Message, When

_MOST_BUTTONS: Final = 8
"""Countries whose cards a digest offers; more would hide the message."""
_BESIDE: Final = 2


def digest(
    say: Speech, title: str, changes: Iterable[Change], dossiers: Mapping[str, Dossier], book: Book
) -> tuple[Message, ...]:
    """Tell the changes country by country, in the order of the countries' names; nothing where none is news."""
    news = _news(say, changes, dossiers, book)
    if not news:
        return ()
    blocks = ("\n".join(("", *_told(say, country, items))) for country, items in news)
    lines = (line for block in blocks for line in ([block] if units(block) <= LIMIT else block.split("\n")))
    return messages((bold(title), *lines), _cards(say, [country for country, _ in news]))


def title(say: Speech, when: When, countries: int) -> str:
    """Say what kind of digest it is, and of how many countries."""
    match when:
        case When.DAILY:
            return say.many(
                "Daily digest: news of {number} country",
                "Daily digest: news of {number} countries",
                countries,
            )
        case When.WEEKLY:
            return say.many(
                "Weekly digest: news of {number} country",
                "Weekly digest: news of {number} countries",
                countries,
            )
        case _:
            return say.many(
                "Kept for you meanwhile: news of {number} country",
                "Kept for you meanwhile: news of {number} countries",
                countries,
            )


def missed(say: Speech, since: datetime, countries: int) -> str:
    """Say that a chat could not be written to, since when, and of how many countries it has missed news."""
    return say.many(
        "While I could not write here (since {since}): news of {number} country",
        "While I could not write here (since {since}): news of {number} countries",
        countries,
        since=say.moment(since),
    )


def _news(
    say: Speech, changes: Iterable[Change], dossiers: Mapping[str, Dossier], book: Book
) -> list[tuple[Country, tuple[Item, ...]]]:
    by_code: dict[str, list[Change]] = {}
    for change in changes:
        by_code.setdefault(change.code, []).append(change)
    known = {country.code: country for country in book.countries}
    # A country that left the configuration is told of all the same: it was owed.
    news = [
        (known.get(code) or Country(code, {"en": code}), gather(each, present(dossiers.get(code))))
        for code, each in by_code.items()
    ]
    return sorted((each for each in news if each[1]), key=lambda each: say.name(each[0]))


def _told(say: Speech, country: Country, items: tuple[Item, ...]) -> Iterable[str]:
    yield bold(headline(say, country, items))
    for item in items:
        shown = links(say, item.changes)
        yield texts.labelled(say, escape(clause(say, item)), shown) if len(items) > 1 else shown
    newest = max((change for item in items for change in item.changes), key=lambda change: change.seen_at)
    yield escape(capital(texts.happened(say, newest.kind, newest.not_before, newest.seen_at)))


def _cards(say: Speech, countries: list[Country]) -> tuple[Button, ...]:
    return tuple(
        press(say.country(country), "status", country.code, is_beside=index % _BESIDE > 0)
        for index, country in enumerate(countries[:_MOST_BUTTONS])
    )
