"""HTML out of nothing: tags, words of the trade and addresses, in no order at all."""

from __future__ import annotations

from random import Random

_NAMES = (
    "div",
    "p",
    "li",
    "ul",
    "ol",
    "td",
    "th",
    "tr",
    "table",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "b",
    "strong",
    "span",
    "a",
    "section",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "nav",
    "br",
    "img",
)
_WORDS = (
    "Country report", "Self-assessment", "Executive summary", "First cycle", "Second review cycle", "English", "French",
    "Country Profile: Mexico", "not published", "(PDF, 2 MB)", "Rapport d'examen", "执行摘要", "التقرير", ":", "|", "\n", "x" * 500,
    "List of experts", "Parallel report", "&amp;", "&", "<", ">", "\u202e", "\0", "\ud800",
)  # fmt: skip
_VALUES = (
    "/documents/x.pdf", "x.pdf", "//unodc.org/y.pdf", "#", "#t", "javascript:void(0)", "card", "card-title", "navbar", "tab",
    "heading", "2", "65535", "-1", "", "http://[", "data:,x", "\u200bx.pdf", "?a=b", "..", "mailto:x@example.org",
)  # fmt: skip
_ATTRIBUTES = (
    "href",
    "class",
    "id",
    "role",
    "aria-level",
    "title",
    "colspan",
    "rowspan",
    "onclick",
    "hreflang",
    "data-target",
)


def invented(random: Random) -> str:
    """Write a page that nobody would."""
    pieces = ["<h1>Country Profile: Mexico</h1>"] if random.randrange(2) else []
    writers = random.choices((_start, _start, _word, _word, _end), k=random.choice((5, 50, 400)))
    return "".join([*pieces, *(write(random) for write in writers)])


def _start(random: Random) -> str:
    values = (f' {random.choice(_ATTRIBUTES)}="{random.choice(_VALUES)}"' for _ in range(random.randrange(4)))
    return f"<{random.choice(_NAMES)}{''.join(values)}>"


def _word(random: Random) -> str:
    return random.choice(_WORDS)


def _end(random: Random) -> str:
    return f"</{random.choice(_NAMES)}>"
