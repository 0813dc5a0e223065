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
        (b"something else\x00\x01", "application/octet-stream", "bin"),
        (b"\xff\xfe\xfa", "application/pdf", "bin"),
        (b"\x89PNG\r\n", "application/pdf", "bin"),
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
        (b"<h1>Maintenance</h1>", "application/pdf"),
        (b"Service unavailable\r\n", "text/plain"),
        (b'{"error": "forbidden"}', "application/json"),
        ("Сервис недоступен ".encode() * 40 + "я".encode()[:1], "application/octet-stream"),
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


def test_plain_text_is_the_document_where_the_address_promised_text() -> None:
    shape = shape_of(b"The report.", "text/plain", "https://www.unodc.org/documents/report.txt")
    assert (shape.is_document, shape.suffix) == (True, "bin")
