"""What people said, as rules to append to classification.toml."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.board.proposals import as_toml, proposal_json
from monitor.config.folder import shipped_folder
from monitor.model import DocumentKind, Link, Proposal, Where, Words
from monitor.profile.classify import Classifier
from monitor.profile.rules import load_rules
from tests.alert.samples import NOW
from tests.fakes import SHIPPED

RULES = SHIPPED.rules
URL = "https://www.unodc.org/x.pdf"
ROADMAP = Proposal("MEX", URL, 'Roadmap "2026"', DocumentKind.SELF_ASSESSMENT, "2", NOW)


def test_words_that_the_rules_do_not_know_become_a_phrase_with_where_it_comes_from() -> None:
    assert as_toml([ROADMAP], RULES) == (
        "# Before they count: `uncac-monitor replay --proposals` shows what they would change.\n\n"
        f"# MEX, cycle 2, said {NOW:%Y-%m-%d}: {URL}\n"
        '[[phrases]]\nkind = "self-assessment"\nwords = ["Roadmap \\"2026\\""]\n'
    )


def test_what_is_printed_can_be_appended_and_is_then_known_and_not_proposed_again(tmp_path: Path) -> None:
    for name in ("classification.toml", "cycles.toml", "expectations.toml"):
        shutil.copy(shipped_folder() / name, tmp_path)
    summary = replace(ROADMAP, words="خلاصة وافية", kind=DocumentKind.EXECUTIVE_SUMMARY, cycle=None)
    with (tmp_path / "classification.toml").open("a", encoding="utf-8") as file:
        file.write(as_toml([ROADMAP, summary], RULES))
    rules, mistakes = load_rules(tmp_path)
    assert mistakes == ()
    for said in (ROADMAP, summary):
        document = Classifier(rules).document(Link(URL, (Words(Where.LABEL, said.words),)))
        assert document is not None
        assert (document.kind, document.doubt) == (said.kind, "")
    assert (
        as_toml([ROADMAP, summary], rules) == "# Nothing is proposed: the rules know all that people said.\n"
    )
    assert rules.fingerprint != RULES.fingerprint


def test_the_same_words_are_proposed_once_with_what_was_said_last() -> None:
    later = replace(ROADMAP, code="FIN", words="ROADMAP 2026")
    found = tomllib.loads(as_toml([ROADMAP, later], RULES))
    assert found == {"phrases": [{"kind": "self-assessment", "words": ["ROADMAP 2026"]}]}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Country report", "the rules read it as country-report"),
        ("Self-assessment and country report", "the rules read it as country-report and self-assessment"),
        ("Download (PDF)", "it says too little"),
        ("English", "it says too little"),
    ],
)
def test_what_can_be_no_phrase_is_a_remark_with_the_reason(words: str, why: str) -> None:
    text = as_toml([replace(ROADMAP, words=words)], RULES)
    assert tomllib.loads(text) == {}
    assert text.endswith(f'# "{words}" is self-assessment there, but no phrase: {why}.\n')


def test_hostile_words_stay_one_text_in_one_line() -> None:
    hostile = replace(ROADMAP, words='x"]\nkind = "other"\x7f\ud800\\', url="https://x.example/\n[kinds]")
    found = tomllib.loads(as_toml([hostile], RULES))
    assert list(found) == ["phrases"]
    assert [row["kind"] for row in found["phrases"]] == ["self-assessment"]


def test_a_proposal_is_plain_json() -> None:
    assert proposal_json(ROADMAP) == {
        "country": "MEX",
        "url": URL,
        "words": ROADMAP.words,
        "kind": "self-assessment",
        "cycle": "2",
        "said_at": f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
    }
