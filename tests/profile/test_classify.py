"""The order of trust, and what makes a doubt: a false alert and a missed one are both shut out."""

from __future__ import annotations

import pytest

from monitor.model import DocumentKind, Where
from monitor.profile.classify import Classifier
from tests.profile.reading import FILE, document, link, listed, reading, rules

SA, CR, ES = DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT, DocumentKind.EXECUTIVE_SUMMARY
OTHER = DocumentKind.OTHER
SUMMARY = "https://www.unodc.org/documents/treaties/UNCAC/WorkingGroups/ImplementationReviewGroup/ExecutiveSummaries2/V1808730e.pdf"
REPORT = "https://www.unodc.org/documents/treaties/UNCAC/CountryVisitFinalReports/mx2.pdf"
GUIDE = "https://www.unodc.org/documents/treaties/UNCAC/Publications/x.pdf"
PAGE = "https://www.unodc.org/corruption/en/mexico/view?id=7"
EN = f'<a href="{FILE}">English</a>'


def certain(html: str) -> tuple[DocumentKind, str]:
    """Give the kind and where the words stood that decided it."""
    found = document(html)
    assert not found.doubt
    return found.kind, next(evidence.where for evidence in found.evidence if evidence.of == "kind")


def doubtful(html: str) -> DocumentKind | None:
    """Give the likely kind of what is a doubt."""
    found = document(html)
    assert found.kind is OTHER
    assert found.doubt
    assert any(evidence.of == "doubt" for evidence in found.evidence)
    return found.likely


# The order of trust, one rule a row: what stands first wins over all that stands below.
@pytest.mark.parametrize(
    ("html", "kind", "where"),
    [
        (listed("Self-assessment", before="Country report: "), SA, Where.LABEL),
        (f'<p>Country report: <a href="{FILE}" title="Self-assessment">English</a></p>', SA, Where.TITLE),
        (f'<p>Country report: <a href="{FILE}" aria-label="Self-assessment">English</a></p>', SA, Where.ARIA),
        (f'<a href="{FILE}" title="Country report">Self-assessment</a>', SA, Where.LABEL),
        (f"<h2>Country report</h2><p>Self-assessment: {EN}</p>", SA, Where.BEFORE),
        (f"<h2>Country report</h2><p>{EN} (self-assessment)</p>", SA, Where.AFTER),
        (f"<h2>Country report</h2><table><tr><th>Self-assessment</th><td>{EN}</td></tr></table>", SA, Where.ROW),
        (f"<h2>Country report</h2><table><tr><th>a</th><th>Self-assessment</th></tr><tr><td></td><td>{EN}</td></tr></table>", SA, Where.COLUMN),
        (f"<h2>Country report</h2><table><tr><td>x</td><td>Self-assessment</td><td>{EN}</td></tr></table>", SA, Where.CELL),
        (f"<h2>Country report</h2><dl><dt>Self-assessment</dt><dd>{EN}</dd></dl>", SA, Where.TERM),
        (f'<h2>Self-assessment</h2><ul><li><a href="{SUMMARY}">English</a></li></ul>', ES, Where.ADDRESS),
        (f'<h2>Self-assessment</h2><ul><li><a href="{REPORT}">English</a></li></ul>', CR, Where.ADDRESS),
        (f"<h2>Country report</h2><h3>Self-assessment</h3><ul><li>{EN}</li></ul>", SA, Where.HEADING),
        (f"<h2>Country report</h2><details><summary>Self-assessment</summary>{EN}</details>", SA, Where.SUMMARY),
        (f"<h2>Country report</h2><p>Self-assessment</p><p>{EN}</p>", SA, Where.LINE),
        (f"<h2>Country report</h2><p><b>Self-assessment</b></p><p>{EN}</p>", SA, Where.BOLD),
        (f"<h2>Country report</h2><ul><li>Self-assessment<ul><li>{EN}</li></ul></li></ul>", SA, Where.ITEM),
    ],
)  # fmt: skip
def test_the_more_trusted_words_decide(html: str, kind: DocumentKind, where: Where) -> None:
    assert certain(html) == (kind, where)


def test_the_pages_own_heading_never_decides() -> None:
    assert doubtful(f"<h1>Country reports and documents</h1>{EN}") is None


@pytest.mark.parametrize(
    ("html", "likely"),
    [
        # words against the address
        (listed("Self-assessment", SUMMARY), SA),
        (listed("English", SUMMARY, before="Country report: "), CR),
        (listed("Executive summary", REPORT), ES),
        (listed("Self-assessment", GUIDE), SA),
        (listed("Self-assessment and executive summary", SUMMARY), SA),
        ('<a href="scan.jpg">Self-assessment</a>', SA),
        # both kinds in one place
        (listed("Self-assessment and country report"), SA),
        (f"<h2>Country report and executive summary</h2>{EN}", CR),
        # unconfirmed phrases
        (listed("التقرير القطري"), CR),
        (f"<h2>自评清单</h2>{EN}", SA),
        # said to be absent
        (f"<p>Self-assessment: not published. Request: {EN}</p>", SA),
        # under a false friend, however sure the words beside the link are
        (f'<h2>Parallel reports</h2><a href="{FILE}">Country report</a>', CR),
        (f"<h2>Parallel reports</h2><h3>Mexico</h3><p>Country report: {EN}</p>", CR),
        (f"<h2>Parallel reports</h2><h3>Country report</h3><ul><li>{EN}</li></ul>", CR),
        (f'<h2>Parallel reports</h2><a href="{REPORT}">English</a>', CR),
        (f'<table><tr><th>Shadow report</th><td><a href="{FILE}">Country report</a></td></tr></table>', CR),
        (f'<p>Parallel report by civil society: <a href="{FILE}">Country report</a></p>', CR),
        # a part of the page nobody understands between the link and the words
        (f"<h3>Country report</h3><h4>Remarks by visitors</h4>{EN}", CR),
        (f"<h3>Country report</h3><details><summary>Remarks</summary>{EN}</details>", CR),
        (f'<h3>Country report</h3><div class="card"><div class="card-title">Remarks</div>{EN}</div>', CR),
        # a web page that is called like a document, outside the review's part
        (f'<p><a href="{PAGE}">Self-assessment</a></p>', SA),
        (f'<h2>Parallel reports</h2><a href="{PAGE}">Country report</a>', CR),
        # a plain web page, of which menus are made
        (listed("Self-assessment", "/corruption/en/self-assessment.html"), SA),
        (f'<h2>Country report</h2><a href="{PAGE}"></a>', CR),
    ],
)
def test_what_might_be_false_news_is_a_doubt(html: str, likely: DocumentKind) -> None:
    assert doubtful(html) is likely


@pytest.mark.parametrize(
    "html",
    [
        f'<p><a href="{FILE}">Annex IV</a></p>',
        f'<p><a href="{FILE}"></a></p>',
        f'<p><a href="{FILE}"><img src="pdf.png"></a></p>',
        f'<p><a href="{FILE}" title="Annex IV"><i class="icon"></i></a></p>',
        f"<h2>Second review cycle</h2><h3>State's answers</h3><ul><li>{EN}</li></ul>",
        f'<h1>Country reports</h1><a href="{FILE}">PDF</a>',
        '<p><a href="/documents/treaties/answers">Answers</a></p>',
        '<p><a href="/download.php?file=answers.pdf">Answers</a></p>',
        '<p><a href="https://elsewhere.example/answers.docx">Answers</a></p>',
        f'<iframe src="{FILE}"></iframe>',
        f"<div hidden>{EN}</div>",
    ],
)
def test_a_document_that_nobody_recognises_is_never_silently_aside(html: str) -> None:
    assert doubtful(html) is None


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{FILE}"><img src="pdf.png" alt="Self-assessment"></a>',
        f'<a href="{FILE}" title="Self-assessment"><img src="pdf.png"></a>',
        f'<a href="{FILE}" aria-label="Self-assessment"></a>',
        f'<a href="{FILE}"><span>Self</span>-<b>assess</b>ment</a>',
        f'<a href="{FILE}">Self&#8209;assess&shy;ment</a>',
        f'<a href="{FILE}">Self&nbsp;assessment</a>',
        f'<a href="{FILE}">Self-&#x200B;assessment</a>',
        f'<a href="{FILE}">&rlm;SELF-ASSESSMENT&rlm;</a>',
        f"<p><b>Self-</b>assessment: {EN}</p>",
        f"<p><span>Self-assessment</span>{EN}</p>",
        f"<h3>Self-<i>assess</i>ment</h3>{EN}",
        f'<p>Self-assessment: <a href="{FILE}">PDF</a> <a href="{FILE}?v=2">Word</a></p>',
        '<p>Self-assessment: <a href="/documents/treaties/sa-report">English</a></p>',
        f'<p>Self-assessment: <a href="#" onclick="window.open(\'{FILE}\')">English</a></p>',
        f'<p>Self-assessment: <a href="{PAGE}">English</a></p>',
        f'<table><tr><th>Self-assessment</th><td><a href="{PAGE}">View</a></td></tr></table>',
        listed("Self-assessment", PAGE),
        f'<h2>Review documents</h2><h3>Self-assessment</h3><ul><li><a href="{PAGE}">English</a></li></ul>',
        f'<nav><a href="{FILE}">Self-assessment</a></nav>',
        f"<h3>Self-assessment</h3><h4>Second cycle</h4><h5>English</h5>{EN}",
        f"<h3>Self-assessment</h3><h4>Download</h4>{EN}",
        f"<h3>Self-assessment</h3><h4>Review documents</h4>{EN}",
        f"<h3>Self-assessment</h3><p>Published in May</p><p>{EN}</p>",
        f"<h1>Parallel worlds: guide to Mexico</h1><p>Self-assessment: {EN}</p>",
        f'<p>Parallel report: <a href="y.pdf">x</a>; Self-assessment: {EN}</p>',
    ],
)  # fmt: skip
def test_a_self_assessment_is_never_missed(html: str) -> None:
    assert certain(html)[0] is SA


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f'<nav><a href="{PAGE}">Self-assessment</a></nav>', "navigation"),
        ('<p><a href="/corruption/en/index.html">About us</a></p>', "plain link"),
        ('<h2>Legislation</h2><p><a href="/corruption/en/law.html">Federal Penal Code</a></p>', "plain link"),
        (
            '<h2>Review cycle</h2><p><a href="/corruption/en/parallel.html">Parallel report</a></p>',
            "plain link",
        ),
    ],
)
def test_a_plain_link_is_no_document(html: str, reason: str) -> None:
    found = reading(html)
    assert found.document is None
    assert reason in found.reason
    assert Classifier(rules()).document(link(html)) is None


@pytest.mark.parametrize(
    "html",
    [
        f'<nav><a href="{FILE}">Annex</a></nav>',
        f'<p><a href="{GUIDE}">English</a></p>',
        '<p><a href="photo.jpg">Photo</a></p>',
        f"<h2>National legislation</h2>{EN}",
        f'<p><a href="{FILE}">Shadow report</a></p>',
        f"<h2>Parallel reports</h2>{EN}",
    ],
)
def test_what_is_known_to_be_no_review_document_is_other_without_a_doubt(html: str) -> None:
    found = document(html)
    assert (found.kind, found.doubt, found.likely) == (OTHER, "", None)


def test_a_web_page_with_words_of_its_own_under_a_kinds_heading_is_a_doubt() -> None:
    html = (
        f'<h2>Review documents</h2><h3>Self-assessment</h3><p><a href="{PAGE}">Committee of experts</a></p>'
    )
    assert doubtful(html) is SA


def test_an_unknown_part_of_the_page_does_not_touch_a_summary() -> None:
    assert certain(f"<h3>Executive summary</h3><h4>Remarks</h4>{EN}") == (ES, Where.HEADING)


def test_a_reading_says_which_words_decided() -> None:
    found = reading(listed("Self-assessment, cycle II (English)"))
    assert found.reason == (
        "kind: “Self-assessment, cycle II (English)” (label); cycle: “Self-assessment, cycle II (English)” (label);"
        " language: “Self-assessment, cycle II (English)” (label)"
    )


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (listed("Self-assessment (2019)"), "Self-assessment (2019)"),
        (f"<h3>Self-assessment</h3><p>{EN}</p>", "Self-assessment"),
        (f"<p>– Self-assessment: {EN}</p>", "Self-assessment"),
        (f'<p><a href="{FILE}">Annex IV</a></p>', "Annex IV"),
        (f'<p><a href="{FILE}">English</a></p>', "English"),
        (f'<a href="{FILE}"></a>', "mx.pdf"),
        (f'<h3>Mexico</h3><p><a href="{SUMMARY}">CAC/COSP/IRG/II/3/1/Add.9</a></p>', "Mexico"),
        (f'<table><tr><td>x</td><td>Note</td><td><a href="{FILE}">PDF</a></td></tr></table>', "x"),
        (f'<a href="{FILE}">{"a" * 300}</a>', "a" * 199 + "…"),
    ],
)
def test_the_title_is_the_nearest_text_that_says_something(html: str, title: str) -> None:
    assert document(html).title == title


@pytest.mark.parametrize(
    ("html", "symbol", "where"),
    [
        (f'<a href="{FILE}">CAC/COSP/IRG/II/3/1/Add.9</a>', "CAC/COSP/IRG/II/3/1/Add.9", Where.LABEL),
        (f"<p>CAC/COSP/IRG/II/3/1/Add.9: {EN}</p>", "CAC/COSP/IRG/II/3/1/Add.9", Where.BEFORE),
        (
            '<a href="/documents/CAC-COSP-IRG-II-3-1-Add.9/x.pdf">x</a>',
            "CAC/COSP/IRG/II/3/1/Add.9",
            Where.ADDRESS,
        ),
        (f"<h3>CAC/COSP/IRG/II/3/1/Add.9</h3><p>{EN}</p>", None, None),
    ],
)
def test_a_symbol_is_the_links_own_or_its_addresss(
    html: str, symbol: str | None, where: Where | None
) -> None:
    found = document(html)
    assert found.symbol == symbol
    assert [each.where for each in found.evidence if each.of == "symbol"] == ([where] if where else [])
