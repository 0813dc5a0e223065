from __future__ import annotations

import pytest

from monitor.evidence.shape import shape_of

FILE, PAGE = "https://www.unodc.org/documents/report.pdf", "https://www.unodc.org/corruption/en/report.html"
HTML = b"<!DOCTYPE html><html><title>Sign in</title>"


@pytest.mark.parametrize(
    ("head", "content_type", "suffix"),
    [
        (b"%PDF-1.7 ...", "application/pdf", "pdf"),
        (b"%PDF-1.7 ...", "text/html", "pdf"),
        (b"\n\n<!-- a mark may come late -->%PDF-1.4", "application/pdf", "pdf"),
        (b"PK\x03\x04....", "application/vnd.openxmlformats-officedocument", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "application/msword", "doc"),
        (b"{\\rtf1 ...", "application/rtf", "rtf"),
        (b"something else", "application/octet-stream", "bin"),
    ],
)
def test_a_document_is_known_by_its_first_bytes(head: bytes, content_type: str, suffix: str) -> None:
    shape = shape_of(head, content_type, FILE)
    assert (shape.is_document, shape.suffix, shape.error) == (True, suffix, "")


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (HTML, "application/pdf"),
        (b"\xef\xbb\xbf  <html>", ""),
        (b"<?xml version='1.0'?><html>", "application/pdf"),
        (b"Please sign in", "text/html; charset=utf-8"),
        (b"", "application/pdf"),
        (b"  \r\n", "application/pdf"),
    ],
)
def test_what_stands_where_a_document_should_be_is_none(head: bytes, content_type: str) -> None:
    shape = shape_of(head, content_type, FILE)
    assert not shape.is_document
    assert shape.error


def test_a_web_page_is_the_document_where_the_address_promised_no_other_file() -> None:
    assert shape_of(HTML, "text/html", PAGE).is_document
    assert not shape_of(b"", "text/html", PAGE).is_document
