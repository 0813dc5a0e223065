"""What words name, and how they are weighed against an address."""

from __future__ import annotations

import pytest

from monitor.model import DocumentKind, Where, Words
from monitor.profile.verdict import Verdict, said, settled
from tests.profile.reading import rules

SA, CR, ES = DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT, DocumentKind.EXECUTIVE_SUMMARY
OTHER, EXPERTS, FOLLOW_UP = DocumentKind.OTHER, DocumentKind.EXPERT_LIST, DocumentKind.FOLLOW_UP


def spoken(text: str) -> Verdict | None:
    return said(Words(Where.LABEL, text), rules())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Self-assessment", SA),
        ("SELF-ASSESSMENT", SA),
        ("Self assessment", SA),
        ("Selfassessment", SA),
        ("self\u2011assessment", SA),
        ("self-assess\u00adment", SA),
        ("self-\u200bassessment", SA),
        ("\u200fSelf-assessment\u200f", SA),
        ("Self\u00a0assessment checklist", SA),
        ("Comprehensive self-assessment checklist", SA),
        ("Responses to the checklist", SA),
        ("Auto-évaluation", SA),
        ("Liste de contrôle pour l’auto-évaluation", SA),
        ("AUTOEVALUACIÓN", SA),
        ("Autoevaluacion", SA),
        ("Autoavaliação", SA),
        ("Самооценка", SA),
        ("تقرير التقييم الذاتي", SA),
        ("自我评估", SA),
        ("Country report", CR),
        ("Full country report", CR),
        ("Final country review report", CR),
        ("Country review report of Mexico", CR),
        ("Rapport d'examen de pays", CR),
        ("Informe sobre el examen", CR),
        ("Relatório de avaliação do país", CR),
        ("履约审议报告", CR),
        ("Executive summaries", ES),
        ("Résumé analytique", ES),
        ("Resumen", ES),
        ("Sumário executivo", ES),
        ("Резюме", ES),
        ("الملخص", ES),
        ("执行摘要", ES),
        ("List of governmental experts", EXPERTS),
        ("Follow-up to the review", FOLLOW_UP),
        ("National action plan", OTHER),
        ("Executive summary of the country report", ES),
        ("Résumé analytique du rapport d'examen", ES),
        ("Self-assessment for the country report", SA),
    ],
)
def test_words_name_one_kind_for_certain(text: str, kind: DocumentKind) -> None:
    verdict = spoken(text)
    assert verdict is not None
    assert (verdict.kind, verdict.doubt, verdict.likely) == (kind, "", None)


@pytest.mark.parametrize(
    "text",
    [
        "Parallel report on the self-assessment",
        "Civil society report: country report",
        "Self-assessment obtained by access to information request",
        "Guide to the self-assessment checklist",
        "UNTOC self-assessment questionnaire",
        "Informe paralelo",
        "影子报告",
    ],
)
def test_a_false_friend_is_no_news_whatever_else_is_named(text: str) -> None:
    verdict = spoken(text)
    assert verdict is not None
    assert (verdict.kind, verdict.doubt, verdict.likely) == (OTHER, "", None)


@pytest.mark.parametrize(
    ("text", "likely", "why"),
    [
        ("Self-assessment and country report", SA, "names self-assessment and country-report"),
        ("Executive summary, country report", CR, "names executive-summary and country-report"),
        ("Executive summary and action plan", ES, "names executive-summary and other"),
        ("التقرير القطري", CR, "is no confirmed name"),
        ("自评清单", SA, "is no confirmed name"),
        ("Resumen ejecutivo", ES, "is no confirmed name"),
        ("Self-assessment: not published", SA, "says that it is not there"),
        ("Rapport de pays (non disponible)", CR, "says that it is not there"),
    ],
)
def test_words_that_are_not_clear_are_a_doubt(text: str, likely: DocumentKind, why: str) -> None:
    verdict = spoken(text)
    assert verdict is not None
    assert (verdict.kind, verdict.likely) == (OTHER, likely)
    assert why in verdict.doubt


def test_a_summary_that_is_not_there_is_no_doubt() -> None:
    verdict = spoken("Executive summary: not available")
    assert verdict is not None
    assert (verdict.kind, verdict.doubt) == (ES, "")


@pytest.mark.parametrize(
    "text", ["", "English", "Mexico", "Report", "Assessment of oneself", "Selfie assessments"]
)
def test_other_words_name_nothing(text: str) -> None:
    assert spoken(text) is None


def test_a_doubt_quotes_no_more_than_a_person_reads() -> None:
    verdict = spoken(f"Self-assessment and country report {'x' * 900}")
    assert verdict is not None
    assert len(verdict.doubt) < 200


CERTAIN_SA, CERTAIN_ES, CERTAIN_OTHER = Verdict(SA), Verdict(ES), Verdict(OTHER)
DOUBT_CR, DOUBT_ES = Verdict(OTHER, (), "why", CR), Verdict(OTHER, (), "why", ES)


def by_address(kind: DocumentKind) -> Verdict:
    verdict = spoken(
        {SA: "Self-assessment", CR: "Country report", ES: "Executive summary"}.get(kind, "Guide")
    )
    assert verdict is not None
    return verdict


@pytest.mark.parametrize(
    ("beside", "address", "kind", "likely", "is_doubt"),
    [
        (CERTAIN_SA, None, SA, None, False),
        (CERTAIN_ES, ES, ES, None, False),
        (CERTAIN_SA, ES, OTHER, SA, True),
        (CERTAIN_ES, CR, OTHER, ES, True),
        (CERTAIN_SA, OTHER, OTHER, SA, True),
        (CERTAIN_OTHER, CR, OTHER, CR, True),
        (CERTAIN_OTHER, OTHER, OTHER, None, False),
        (DOUBT_CR, CR, CR, None, False),
        (DOUBT_CR, ES, OTHER, CR, True),
        (DOUBT_CR, OTHER, OTHER, CR, True),
        (DOUBT_CR, None, OTHER, CR, True),
        (DOUBT_ES, ES, ES, None, False),
        (DOUBT_ES, CR, CR, None, False),
    ],
)
def test_words_and_address_agree_or_are_a_doubt(
    beside: Verdict,
    address: DocumentKind | None,
    kind: DocumentKind,
    likely: DocumentKind | None,
    is_doubt: bool,
) -> None:
    found = settled(beside, by_address(address) if address else None)
    assert (found.kind, found.likely, bool(found.doubt)) == (kind, likely, is_doubt)
