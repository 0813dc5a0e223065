"""Every sentence stands in every catalog, whole; nothing is said that translators cannot find."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from monitor.board.promise import Kept
from monitor.board.status import Why
from monitor.config import load_config
from monitor.language.catalogs import FOLDER
from monitor.language.marked import KEPT, PLACES, REASONS, REGIONS, SUBJECTS
from monitor.model import Where
from tests.language.catalogs import (
    PLACEHOLDER,
    extracted,
    faults,
    forms,
    key_of,
    languages,
    read,
    said,
    updated,
    written,
)

CODES = ("es", "fr")
ROOT = Path(__file__).parents[2]
THIN = "\u202f"


def catalog(text: str | tuple[str, ...], translation: str | tuple[str, ...], **how: object) -> Catalog:
    made = Catalog("fr")
    made.add(text, translation, **how)  # type: ignore[arg-type] # passed on by name
    return made


def test_there_is_a_catalog_for_french_and_spanish() -> None:
    assert tuple(languages()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated_whole_and_none_is_left_over(code: str) -> None:
    assert list(faults(code, read(code), extracted())) == [], (
        "run scripts/translate and fill in what is empty"
    )


@pytest.mark.parametrize("code", CODES)
def test_a_catalog_is_as_scripts_translate_writes_it(code: str) -> None:
    kept = (FOLDER / f"{code}.po").read_text("utf-8")
    # Where a sentence is said may change without a translator's work.
    assert _without_places(kept) == _without_places(written(code, updated(code, extracted())))


def _without_places(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("#:"))


def test_every_sentence_is_a_literal_where_it_is_said() -> None:
    assert [each.place for each in said() if len(each.words) != each.forms] == []


def test_every_placeholder_gets_its_value_and_every_value_its_place() -> None:
    for each in said():
        if each.is_said and "*" not in each.values:
            names = {name for text in each.words for name in PLACEHOLDER.findall(text)}
            given = each.values | ({"number"} if each.forms > 1 else set())
            assert given == names, f"{each.place}: {each.words}"


def test_one_singular_has_one_plural() -> None:
    plurals: dict[str, set[tuple[str, ...]]] = {}
    for each in said():
        plurals.setdefault(each.words[0], set()).add(each.words)
    assert {text: forms for text, forms in plurals.items() if len(forms) > 1} == {}


def test_no_sentence_begins_or_ends_with_a_space_or_holds_markup() -> None:
    texts = {text for each in said() for text in each.words}
    assert {text for text in texts if text != text.strip() or set("<>") & set(text)} == set()


def test_words_that_are_data_are_marked_for_translators() -> None:
    cycles = tomllib.loads((ROOT / "config" / "cycles.toml").read_text("utf-8"))["cycle"]
    assert set(PLACES) == set(map(str, Where))
    assert set(REASONS) == set(map(str, Why))
    assert set(KEPT) == set(map(str, Kept))
    assert set(SUBJECTS) == {subject for cycle in cycles for subject in cycle["subjects"]}
    assert set(REGIONS) == {country.region for country in load_config({}).countries}


def test_no_sentence_is_the_same_in_two_languages() -> None:
    spanish, french = ({key_of(each): forms(each.string) for each in read(code) if each.id} for code in CODES)
    same = {key for key, said in spanish.items() if said == french.get(key) or key in {*said, *french[key]}}
    assert {key for key in same if _is_sentence(key)} == set()


def _is_sentence(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", PLACEHOLDER.sub("", text))) > 1


def test_french_has_narrow_spaces_where_french_typography_wants_them() -> None:
    texts = [text for message in read("fr") if message.id for text in forms(message.string)]
    wrong = [text for text in texts if any(f" {mark}" in text for mark in ":;!?»") or "« " in text]
    assert wrong == []
    bare = [text for text in texts for mark in ";!?»" if mark in text.replace(THIN + mark, "")]
    assert bare == []


@pytest.mark.parametrize(
    ("kept", "fault"),
    [
        (catalog("{n} read", "{n} lus"), None),
        (catalog("{n} read", ""), "not translated"),
        (catalog("{n} read", "lus"), "not the same placeholders"),
        (catalog("{n} read", "{m} lus"), "not the same placeholders"),
        (catalog("{n} read", "{n} lus {"), "a broken placeholder"),
        (catalog("{n} read", "{n} <b>lus</b>"), "markup"),
        (catalog("{n} read", "{n} lus "), "space at an end"),
        (catalog("{n} read", "{n} lus", flags=("fuzzy",)), "doubtful (fuzzy)"),
        (catalog("other", "autre"), "said no more"),
        (catalog(("{n} day", "{n} days"), ("un jour", "{n} jours")), None),
        (catalog(("{n} day", "{n} days"), ("{n} jour", "jours")), "not the same placeholders"),
        (catalog(("{n} day", "{n} days"), ("{m} jour", "{n} jours")), "a placeholder that nothing fills"),
        (catalog(("{n} day", "{n} days"), ("{n} jour",)), "not every plural form"),
        (catalog(("{n} day", "{n} days"), ("{n} jour", "")), "not translated"),
    ],
)
def test_what_a_translator_has_to_do_is_named(kept: Catalog, fault: str | None) -> None:
    template = Catalog()
    template.add("{n} read" if not any(each.pluralizable for each in kept) else ("{n} day", "{n} days"))
    found = list(faults("fr", kept, template))
    assert any(fault in each for each in found) if fault else found == []


def test_a_new_sentence_comes_in_empty_and_an_old_one_goes() -> None:
    template = Catalog()
    template.add("a sentence nobody has translated")
    fresh = updated("fr", template)
    assert [(each.id, each.string or "", each.fuzzy) for each in fresh if each.id] == [
        ("a sentence nobody has translated", "", False)
    ]
    assert list(faults("fr", fresh, template)) == ["fr: not translated: a sentence nobody has translated"]
    assert "fr: not in the catalog: a sentence nobody has translated" in faults("fr", read("fr"), template)
