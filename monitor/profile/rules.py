"""What words and addresses mean: classification.toml, cycles.toml and expectations.toml as one value."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from monitor.errors import Mistake
from monitor.model import DocumentKind, ReviewCycle
from monitor.profile.words import Phrases

READER_VERSION = "3"
"""Raise it when the modules of this folder read pages differently: every page is then read anew."""

CLASSIFICATION = "classification.toml"
CYCLES = "cycles.toml"
EXPECTATIONS = "expectations.toml"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says a document is; an unconfirmed phrase never decides alone."""

    kind: DocumentKind
    is_confirmed: bool = True
    is_final: bool = False
    """Names something that is no review document, whatever else is named beside it."""


@dataclass(frozen=True, slots=True)
class AddressRule:
    """What a document's address gives away."""

    pattern: re.Pattern[str]
    kind: DocumentKind | None = None
    cycle: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """The least share of the countries read that should have a kind of document for the reading to be trusted."""

    kind: DocumentKind
    share: float


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the reader knows about words; a person edits the two files it comes from."""

    kinds: Phrases[Meaning]
    sections: Phrases[str]
    generic: Phrases[str]
    connectors: frozenset[str]
    absent: Phrases[str]
    languages: Phrases[str]
    language_codes: Mapping[str, str]
    language_addresses: tuple[re.Pattern[str], ...]
    addresses: tuple[AddressRule, ...]
    cycle_words: Phrases[str | None]
    refusals: Mapping[str, Phrases[str]]
    cycles: tuple[ReviewCycle, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    fingerprint: str = ""
    """Of what decides how a page is read; expectations do not."""


@dataclass(slots=True)
class _File:
    """One TOML file being read; collects its mistakes instead of stopping at the first."""

    name: str
    data: Mapping[str, Any]
    mistakes: list[Mistake] = field(default_factory=list)

    def take(self, key: str, convert: Callable[[Any], Iterable[T]], expected: str) -> tuple[T, ...]:
        """Convert the value at a dotted key; a wrong one is noted and nothing taken."""
        value: Any = self.data
        for name in key.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        try:
            return tuple(convert(value))
        except (ValueError, TypeError, KeyError, AttributeError, re.error) as error:
            self.mistakes.append(Mistake(self.name, key, str(value)[:80], f"{expected} ({error})"))
            return ()


def load_rules(*folders: Path, added: str = "") -> tuple[Rules, tuple[Mistake, ...]]:
    """Read the three files, each from the first folder that has it; every mistake is returned.

    ``added``: TOML read as if somebody had appended it to classification.toml.
    """
    words, words_bytes = _read(CLASSIFICATION, folders, added)
    cycles, cycles_bytes = _read(CYCLES, folders)
    digest = hashlib.sha256(b"\0".join([READER_VERSION.encode(), words_bytes, cycles_bytes]))
    expected, _ = _read(EXPECTATIONS, folders)
    expectations = expected.take("expect", lambda rows: map(_expectation, rows), _SHARE_EXPECTED)
    rules = replace(_rules(words, cycles, digest.hexdigest()), expectations=expectations)
    return rules, (*words.mistakes, *cycles.mistakes, *expected.mistakes)


def _read(name: str, folders: tuple[Path, ...], added: str = "") -> tuple[_File, bytes]:
    places = [folder / name for folder in folders]
    path = next((place for place in places if place.exists()), places[-1])
    try:
        content = path.read_bytes() + (f"\n{added}".encode() if added else b"")
        return _File(name, tomllib.loads(content.decode())), content
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return _File(
            name, {}, [Mistake(name, "(whole file)", str(path.name), f"a readable TOML file: {error}")]
        ), b""


def _rules(words: _File, cycles: _File, fingerprint: str) -> Rules:
    take = words.take
    return Rules(
        kinds=Phrases(
            [
                *take("false-friends", _final_phrases, _TABLE_EXPECTED),
                *take("phrases", lambda rows: _phrase_rows(rows or []), _PHRASES_EXPECTED),
                *take("kinds", _kind_phrases, _KINDS_EXPECTED),
            ]
        ),
        sections=_plain(take("sections.words", _texts, _LIST_EXPECTED)),
        generic=_plain(take("titles.generic", _texts, _LIST_EXPECTED)),
        connectors=frozenset(take("titles.connectors", _texts, _LIST_EXPECTED)),
        absent=_plain(take("titles.absent", _texts, _LIST_EXPECTED)),
        languages=Phrases(take("languages.names", _named, _TABLE_EXPECTED)),
        language_codes=dict(take("languages.codes", dict.items, _CODES_EXPECTED)),
        language_addresses=take("languages.addresses", _patterns, _PATTERNS_EXPECTED),
        addresses=(
            *take("addresses", lambda rows: map(_address_rule, rows), _ADDRESS_EXPECTED),
            *cycles.take("cycle", _cycle_addresses, _ADDRESS_EXPECTED),
        ),
        cycle_words=Phrases(
            [
                *cycles.take("unknown.words", _unknown_words, _LIST_EXPECTED),
                *cycles.take("cycle", _cycle_words, _LIST_EXPECTED),
            ]
        ),
        refusals=dict(take("refusals", _refusals, _TABLE_EXPECTED)),
        cycles=cycles.take("cycle", lambda rows: map(_cycle, rows), _CYCLE_EXPECTED),
        fingerprint=fingerprint,
    )


_KINDS_EXPECTED = "a table of kinds, each with lists of phrases by language"
_LIST_EXPECTED = "a list of phrases"
_PHRASES_EXPECTED = "rows with a kind and a list of words"
_TABLE_EXPECTED = "a table of lists of phrases"
_CODES_EXPECTED = "a table of letter or code = language"
_PATTERNS_EXPECTED = "a list of patterns with a group (?P<code>…)"
_ADDRESS_EXPECTED = "rows with a valid pattern, and a kind or a cycle"
_SHARE_EXPECTED = "rows with a kind of document and a share from 0 to 1"
_CYCLE_EXPECTED = "id, phase, chapters, subjects (one a chapter), articles and years of every cycle"


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - TOML gives anything
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError("not a list of texts")
    return tuple(value)


def _plain(texts: tuple[str, ...]) -> Phrases[str]:
    return Phrases((text, text) for text in texts)


def _named(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, texts in table.items():
        yield from ((text, name) for text in _texts(texts))


def _kind_phrases(table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for name, languages in table.items():
        kind = DocumentKind(name)
        unconfirmed = languages.get("unconfirmed", {})
        confirmed = {language: texts for language, texts in languages.items() if language != "unconfirmed"}
        yield from ((text, Meaning(kind)) for text, _ in _named(confirmed))
        yield from ((text, Meaning(kind, is_confirmed=False)) for text, _ in _named(unconfirmed))


def _phrase_rows(rows: list[Mapping[str, Any]]) -> Iterator[tuple[str, Meaning]]:
    for row in rows:
        kind = DocumentKind(row["kind"])
        yield from ((text, Meaning(kind)) for text in _texts(row["words"]))


def _unknown_words(texts: Any) -> Iterator[tuple[str, str | None]]:  # noqa: ANN401 - TOML gives anything
    yield from ((text, None) for text in _texts(texts))


def _final_phrases(table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    yield from ((text, Meaning(DocumentKind.OTHER, is_final=True)) for text, _ in _named(table))


def _patterns(texts: Any) -> tuple[re.Pattern[str], ...]:  # noqa: ANN401 - TOML gives anything
    return tuple(re.compile(text) for text in _texts(texts))


def _address_rule(row: Mapping[str, Any]) -> AddressRule:
    kind = row.get("kind")
    return AddressRule(re.compile(row["pattern"]), DocumentKind(kind) if kind else None, row.get("cycle"))


def _cycle_addresses(rows: list[Mapping[str, Any]]) -> Iterator[AddressRule]:
    for row in rows:
        yield from (
            AddressRule(pattern, cycle=str(row["id"])) for pattern in _patterns(row.get("addresses", []))
        )


def _cycle_words(rows: list[Mapping[str, Any]]) -> Iterator[tuple[str, str | None]]:
    for row in rows:
        yield from ((text, str(row["id"])) for text in _texts(row["words"]))


def _cycle(row: Mapping[str, Any]) -> ReviewCycle:
    chapters, subjects = _texts(row["chapters"]), _texts(row["subjects"])
    if len(chapters) != len(subjects):
        raise ValueError("as many subjects as chapters")
    first, *last = row["years"]
    years = (int(first), int(last[0]) if last else None)
    return ReviewCycle(str(row["id"]), int(row["phase"]), chapters, subjects, str(row["articles"]), years)


def _expectation(row: Mapping[str, Any]) -> Expectation:
    share = float(row["share"])
    if not 0 <= share <= 1:
        raise ValueError(f"share is {share}")
    return Expectation(DocumentKind(row["kind"]), share)


def _refusals(table: Mapping[str, Any]) -> Iterator[tuple[str, Phrases[str]]]:
    for name, texts in table.items():
        yield name, _plain(_texts(texts))
