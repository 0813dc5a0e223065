"""Small real PDFs for the simulated site: a title, some sentences, as many pages as asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_SENTENCES: Final = {
    "en": "This simulated document says nothing of the State, and it was written for the tests of the monitor.",
    "fr": "Ce document simulé ne dit rien de l'État, et il a été écrit pour les essais du moniteur avec les autres.",
    "es": "Este documento simulado no dice nada del Estado y se escribió para las pruebas del monitor, como los otros.",
}
_LINES: Final = 6


def paper(title: str, language: str, pages: int) -> bytes:
    """Write a PDF in English, French or Spanish; any other language gets English sentences."""
    sentence = _SENTENCES.get(language, _SENTENCES["en"])
    content = _stream(_text([title, *[sentence] * _LINES]))
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        content,
        *[page] * pages,
        b"<< /Title " + _string(title) + b" >>",
    ]
    return _file(objects)


def _text(lines: Iterable[str]) -> bytes:
    shown = b" T* ".join(_string(line) + b" Tj" for line in lines)
    return b"BT /F1 11 Tf 14 TL 40 780 Td " + shown + b" ET"


def _string(text: str) -> bytes:
    plain = text.encode("cp1252", "replace")
    return b"(" + plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: list[bytes]) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, last = len(objects) + 1, len(objects)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, last, len(written))
    )
