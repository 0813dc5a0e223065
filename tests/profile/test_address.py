"""One form of an address decides identity; what it gives away is read from its shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.profile import address
from monitor.profile.address import normalise

BASE = "https://www.unodc.org/corruption/en/country-profiles/data/MEX.html"
DOC = "https://www.unodc.org/documents/treaties/x/V1601967e.pdf"


@pytest.mark.parametrize(
    "href",
    [
        DOC,
        "http://www.unodc.org/documents/treaties/x/V1601967e.pdf",
        "https://unodc.org/documents/treaties/x/V1601967e.pdf",
        "http://unodc.org:80/documents/treaties/x/V1601967e.pdf",
        "https://www.unodc.org:443/documents/treaties/x/V1601967e.pdf",
        "http://www.unodc.org:443/documents/treaties/x/V1601967e.pdf",
        "//www.unodc.org/documents/treaties/x/V1601967e.pdf",
        "/documents/treaties/x/V1601967e.pdf",
        "../../../../documents/treaties/x/V1601967e.pdf",
        "https://www.unodc.org/documents/./treaties/old/../x/V1601967e.pdf",
        "https://www.unodc.org/../documents/treaties/x/V1601967e.pdf",
        "HTTPS://WWW.UNODC.ORG/documents/treaties/x/V1601967e.pdf",
        "https://www.unodc.org./documents/treaties/x/V1601967e.pdf",
        "https://user:secret@www.unodc.org/documents/treaties/x/V1601967e.pdf",
        "https:/www.unodc.org/documents/treaties/x/V1601967e.pdf",
        "https:///www.unodc.org/documents/treaties/x/V1601967e.pdf",
        f"{DOC}?ref=menuside",
        f"{DOC}?utm_source=x&utm_medium=y",
        f"{DOC}#page=4",
        f"{DOC}#:~:text=Mexico",
        f"  {DOC}\n",
        f"\u200b{DOC}\u00a0",
        "\\documents\\treaties\\x\\V1601967e.pdf",
        "https:\\\\www.unodc.org\\documents\\treaties\\x\\V1601967e.pdf",
        "/documents/trea\nties/x/V1601967e.pdf",
    ],
)
def test_every_way_to_write_an_address_has_one_form(href: str) -> None:
    assert normalise(href, BASE) == DOC


@pytest.mark.parametrize(
    ("href", "form"),
    [
        ("/Documents/A%20b.pdf", "https://www.unodc.org/Documents/A%20b.pdf"),
        ("/Documents/A b.pdf", "https://www.unodc.org/Documents/A%20b.pdf"),
        ("/a/é.pdf", "https://www.unodc.org/a/%C3%A9.pdf"),
        ("/a/100%.pdf", "https://www.unodc.org/a/100%.pdf"),
        ("/a/..", "https://www.unodc.org/"),
        ("https://x.org/a/b/.", "https://x.org/a/b/"),
        ("https://x.org/a/.hidden", "https://x.org/a/.hidden"),
        ("http://x.org", "http://x.org/"),
        ("http://x.org:8080/a", "http://x.org:8080/a"),
        ("https://x.org:80/a", "https://x.org:80/a"),
        ("http://[::1]:8080/a.pdf", "http://[::1]:8080/a.pdf"),
        ("http://[2001:DB8::1]/a.pdf", "http://[2001:db8::1]/a.pdf"),
        ("http://track.unodc.org/a.pdf", "https://track.unodc.org/a.pdf"),
        ("http://notunodc.org/a.pdf", "http://notunodc.org/a.pdf"),
        ("https://bücher.example/é.pdf", "https://bücher.example/%C3%A9.pdf"),
        ("/view?id=12&ref=x&utm_a=1&lang=", "https://www.unodc.org/view?id=12&lang="),
        ("/view?q=a%20b", "https://www.unodc.org/view?q=a+b"),
        ("view", "https://www.unodc.org/corruption/en/country-profiles/data/view"),
        ("", BASE),
    ],
)
def test_the_form_keeps_what_tells_documents_apart(href: str, form: str) -> None:
    assert normalise(href, BASE) == form


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        "JavaScript:open('x.pdf')",
        "mailto:uncac@example.org",
        "data:text/html,x",
        "tel:+431260600",
        "ftp://x.org/a.pdf",
        "http://",
        "http://[broken",
        "https://x.org:port/a.pdf",
        "https://x.org:99999/a.pdf",
        "/a/\ud800.pdf",
    ],
)
def test_what_leads_to_no_page_has_no_form_and_raises_nothing(href: str) -> None:
    assert normalise(href, BASE) is None


def test_a_base_that_is_no_web_address_joins_nothing() -> None:
    assert normalise("//x.org/a.pdf", "page.html") is None
    assert normalise("a.pdf", "page.html") is None
    assert normalise("https://x.org/a.pdf", "page.html") == "https://x.org/a.pdf"


def test_a_very_long_address_is_kept_whole() -> None:
    long = f"https://x.org/{'a' * 300_000}.pdf"
    assert normalise(long, BASE) == long


@given(
    st.text(st.sampled_from("ab/.:@?#%&=;+ \\[]é\u200b-_~ABC017"), max_size=40),
    st.sampled_from(["", "/", "//", "https://", "http://unodc.org/", "https://x.org:443/", "?", "../"]),
)
@settings(max_examples=400, deadline=None)
def test_the_form_of_a_form_is_itself(text: str, start: str) -> None:
    form = normalise(start + text, BASE)
    assert form is None or normalise(form, BASE) == form


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        (DOC, ".pdf"),
        ("https://x.org/A.PDF", ".pdf"),
        ("https://x.org/a.pdf%20", ".pdf"),
        ("https://x.org/a.pdf/", ".pdf"),
        ("https://x.org/a.b.docx?x=.png", ".docx"),
        ("https://x.org/a", ""),
        ("https://x.org/", ""),
        ("https://x.pdf/", ""),
        ("https://x.org/v1.2345678", ""),
    ],
)
def test_the_ending_is_the_file_names(url: str, ending: str) -> None:
    assert address.suffix(url) == ending


@pytest.mark.parametrize(
    ("url", "is_file"),
    [
        (DOC, True),
        ("https://x.org/a.docx", True),
        ("https://x.org/scan.jpg", True),
        ("https://x.org/documents/treaties/report", True),
        ("https://track.unodc.org/uploads/documents/report", True),
        ("https://x.org/download.php?file=report.PDF", True),
        ("https://x.org/documents/index.html", False),
        ("https://x.org/documents/treaties/", False),
        ("https://x.org/page.html", False),
        ("https://x.org/page?q=pdf", False),
        ("https://x.org/", False),
    ],
)
def test_a_file_is_told_from_a_web_page(url: str, is_file: bool) -> None:
    assert address.is_file(url) is is_file


@pytest.mark.parametrize(("url", "is_image"), [("https://x.org/a.PNG", True), ("https://x.org/a.pdf", False)])
def test_a_picture_is_known_by_its_ending(url: str, is_image: bool) -> None:
    assert address.is_image(url) is is_image


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://x.org/a/My%20file.pdf", "My file.pdf"), ("https://x.org/a/b/", "b"), ("https://x.org/", "")],
)
def test_the_file_name_is_readable(url: str, name: str) -> None:
    assert address.file_name(url) == name


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("See CAC/COSP/IRG/II/3/1/Add.9.", "CAC/COSP/IRG/II/3/1/Add.9"),
        ("CAC/COSP/IRG/2025/CRP.3 (English)", "CAC/COSP/IRG/2025/CRP.3"),
        ("(CAC/COSP/IRG/I/4/1/Add.73/Corr.1)", "CAC/COSP/IRG/I/4/1/Add.73/Corr.1"),
        ("CAC/COSP", None),
        ("no symbol", None),
    ],
)
def test_a_symbol_is_read_from_words(text: str, symbol: str | None) -> None:
    assert address.symbol_in_text(text) == symbol


@pytest.mark.parametrize(
    ("folder", "symbol"),
    [
        ("CAC-COSP-IRG-II-3-1-Add.9/2301653E.pdf", "CAC/COSP/IRG/II/3/1/Add.9"),
        ("CAC-COSP-IRG-II-2-1-ADD.26/V2101783_E.pdf", "CAC/COSP/IRG/II/2/1/Add.26"),
        ("CAC-COSP-IRG-II-41-Add.6/x.pdf", "CAC/COSP/IRG/II/4/1/Add.6"),
        ("CACCOSPIRGII41/x.pdf", "CAC/COSP/IRG/II/4/1"),
        ("CAC-COSP-IRG-I-4-1-Add.73/2315284E.pdf", "CAC/COSP/IRG/I/4/1/Add.73"),
        ("cac-cosp-irg-i-1-1-add.3-corr.1/x.pdf", "CAC/COSP/IRG/I/1/1/Add.3/Corr.1"),
        ("CAC-COSP-IRG-2025-CRP.3.pdf", "CAC/COSP/IRG/2025/CRP.3"),
        ("CAC-COSP-IRG-2025-crp.3.pdf", "CAC/COSP/IRG/2025/CRP.3"),
        ("CAC-COSP-IRG-II-3-1-Rev.2.pdf", "CAC/COSP/IRG/II/3/1/Rev.2"),
        ("CAC-COSP-IRG-III-1-1.pdf", None),
        ("V1601967e.pdf", None),
        ("V1705952-1e.pdf", None),
        ("V1505960eCorr1Corr2.pdf", None),
    ],
)
def test_a_symbol_is_restored_from_every_shape_of_an_address(folder: str, symbol: str | None) -> None:
    assert address.symbol_in_address(f"https://www.unodc.org/documents/{folder}") == symbol
