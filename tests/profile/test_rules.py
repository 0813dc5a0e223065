"""The three files become one value; every mistake in them is named, none stops the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.model import DocumentKind
from monitor.profile.rules import CLASSIFICATION, CYCLES, EXPECTATIONS, Rules, load_rules

SHIPPED = Path(__file__).parents[2] / "config"
FILES = (CLASSIFICATION, CYCLES, EXPECTATIONS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(SHIPPED / name, tmp_path)
    return tmp_path


def changed(folder: Path, name: str, old: str, new: str) -> tuple[Rules, list[tuple[str, str]]]:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    rules, mistakes = load_rules(folder)
    return rules, [(mistake.file, mistake.key) for mistake in mistakes]


def test_the_shipped_files_have_no_mistake() -> None:
    rules, mistakes = load_rules(SHIPPED)
    assert mistakes == ()
    assert [cycle.id for cycle in rules.cycles] == ["1", "2"]
    assert rules.cycles[0].years == (2010, 2015)
    assert {expectation.kind for expectation in rules.expectations} == {
        DocumentKind.SELF_ASSESSMENT,
        DocumentKind.COUNTRY_REPORT,
        DocumentKind.EXECUTIVE_SUMMARY,
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        (CLASSIFICATION, "[kinds.self-assessment]", "[kinds.selfie]", "kinds"),
        (CLASSIFICATION, 'zh = ["立法"]', 'zh = "立法"', "kinds"),
        (CLASSIFICATION, 'pt = ["relatório paralelo"', 'pt = [1, "relatório paralelo"', "false-friends"),
        (CLASSIFICATION, "[sections]\nwords", "[sections]\nword", "sections.words"),
        (CLASSIFICATION, "\ngeneric =", "\ngenerics =", "titles.generic"),
        (CLASSIFICATION, "\nconnectors =", "\nconnector =", "titles.connectors"),
        (CLASSIFICATION, "\nabsent =", "\nmissing =", "titles.absent"),
        (CLASSIFICATION, "codes = {", "code = {", "languages.codes"),
        (
            CLASSIFICATION,
            "'[_-](?P<code>[EFSRAC])\\.\\w+$'",
            "'[_-](?P<code>[EFSRAC)\\.\\w+$'",
            "languages.addresses",
        ),
        (CLASSIFICATION, "[sections]", '[[phrases]]\nkind = "report"\nwords = ["x"]\n[sections]', "phrases"),
        (CLASSIFICATION, "[sections]", '[[phrases]]\nkind = "other"\nwords = "x"\n[sections]', "phrases"),
        (CLASSIFICATION, "'(?i)/ExecutiveSummaries/'", "'(?i)/ExecutiveSummaries/('", "addresses"),
        (CLASSIFICATION, 'kind = "country-report"', 'kind = "report"', "addresses"),
        (CLASSIFICATION, "\nlogin = [", "\nlogin = 5\nx = [", "refusals"),
        (CYCLES, 'words = ["second phase"', 'word = ["second phase"', "unknown.words"),
        (CYCLES, "'(?i)IRG-?I(?:-|\\d)'", "'(?i)IRG-?I(?:-|\\d'", "cycle"),
        (CYCLES, 'chapters = ["III", "IV"]', 'chapters = ["III"]', "cycle"),
        (CYCLES, "years = [2010, 2015]", 'years = ["soon"]', "cycle"),
        (CYCLES, "phase = 1", 'phase = "one"', "cycle"),
        (EXPECTATIONS, "share = 0.6", "share = 60", "expect"),
        (EXPECTATIONS, 'kind = "country-report"', 'kind = "report"', "expect"),
        (EXPECTATIONS, "share = 0.6", "", "expect"),
    ],
)
def test_a_wrong_value_is_named_by_file_and_key(
    folder: Path, name: str, old: str, new: str, key: str
) -> None:
    _, mistakes = changed(folder, name, old, new)
    assert (name, key) in mistakes
    assert {file for file, _ in mistakes} == {name}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_toml_is_one_readable_mistake(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"words = [\xff")
    _, mistakes = load_rules(folder)
    assert (mistakes[0].file, mistakes[0].key) == (name, "(whole file)")
    assert "a readable TOML file" in str(mistakes[0])


def test_a_missing_file_comes_from_the_shipped_folder(tmp_path: Path) -> None:
    rules, mistakes = load_rules(tmp_path, SHIPPED)
    assert mistakes == ()
    assert rules.fingerprint == load_rules(SHIPPED)[0].fingerprint


def test_a_missing_file_with_nothing_to_fall_back_on_is_a_mistake(tmp_path: Path) -> None:
    assert {mistake.file for mistake in load_rules(tmp_path)[1]} == set(FILES)


def test_a_persons_own_file_wins_over_the_shipped_one(folder: Path) -> None:
    (folder / CYCLES).unlink()
    rules, mistakes = changed(
        folder, CLASSIFICATION, '"self-assessment",', '"self-assessment", "own answers",'
    )
    assert (
        load_rules(folder, SHIPPED)[0].kinds.meanings("own answers")[0].kind is DocumentKind.SELF_ASSESSMENT
    )
    assert rules.kinds.meanings("own answers")
    assert {file for file, _ in mistakes} == {CYCLES}


def test_a_cycle_can_be_open_ended_and_have_no_addresses(folder: Path) -> None:
    text = (
        '[[cycle]]\nid = 3\nphase = 2\nchapters = ["X"]\nsubjects = ["all"]\narticles = "1"\nyears = [2027]\n'
        'words = ["phase two"]\n\n[unknown]'
    )
    rules, mistakes = changed(folder, CYCLES, "[unknown]", text)
    assert mistakes == []
    assert rules.cycles[-1].years == (2027, None)
    assert rules.cycle_words.meanings("phase two") == ["3"]


@pytest.mark.parametrize(
    ("name", "old", "new", "differs"),
    [
        (CLASSIFICATION, '"self-assessment",', '"self-assessment", "own answers",', True),
        (CYCLES, '"first cycle",', '"first cycle", "opening cycle",', True),
        (EXPECTATIONS, "share = 0.6", "share = 0.7", False),
    ],
)
def test_the_fingerprint_changes_with_what_decides_how_a_page_is_read(
    folder: Path, name: str, old: str, new: str, differs: bool
) -> None:
    before = load_rules(folder)[0].fingerprint
    rules, _ = changed(folder, name, old, new)
    assert (rules.fingerprint != before) is differs


def test_an_address_rule_without_a_kind_tells_the_cycle_alone(folder: Path) -> None:
    rules, mistakes = changed(
        folder,
        CLASSIFICATION,
        "[[addresses]]",
        "[[addresses]]\npattern = '/second/'\ncycle = '2'\n\n[[addresses]]",
    )
    assert mistakes == []
    assert (rules.addresses[0].kind, rules.addresses[0].cycle) == (None, "2")


def test_a_phrase_added_by_itself_counts_before_the_lists_but_not_before_a_false_friend(folder: Path) -> None:
    row = '[[phrases]]\nkind = "follow-up"\nwords = ["执行摘要", "resumen ejecutivo", "shadow report"]\n\n[sections]'
    rules, mistakes = changed(folder, CLASSIFICATION, "[sections]", row)
    assert mistakes == []
    [first] = rules.kinds.find("执行摘要")
    [second] = rules.kinds.find("resumen ejecutivo")
    [third] = rules.kinds.find("shadow report")
    assert (first.meaning.kind, third.meaning.kind) == (DocumentKind.FOLLOW_UP, DocumentKind.OTHER)
    assert (second.meaning.kind, second.meaning.is_confirmed) == (DocumentKind.FOLLOW_UP, True)
