"""Ways in which a page arrives broken; all that is random comes from the given generator."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from monitor.site.body import decode

Mutate = Callable[[Random, str], str]

_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"\s[\w-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s<>\"']+)")
_NAME = re.compile(r"(?<=<)/?[a-zA-Z][\w-]*")
_NAMES = (
    "div",
    "p",
    "li",
    "ul",
    "td",
    "tr",
    "table",
    "h2",
    "h3",
    "b",
    "span",
    "a",
    "dd",
    "dt",
    "section",
    "nav",
)
_HIDDEN = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CHARSETS = (
    "latin-1",
    "utf-16",
    "utf-16-be",
    "cp1251",
    "shift_jis",
    "gb18030",
    "koi8-r",
    "utf-7",
    "no-such",
    "utf-32",
)
_TRAPS = (
    '<a href="javascript:void(0)">Country report</a>',
    "<a href=\"javascript:open('/country-report.html')\">Country report</a>",
    '<a href="data:application/pdf;base64,JVBERi0=">Self-assessment</a>',
    '<a href="mailto:report@example.org?subject=report.pdf">Country report</a>',
    '<a href="tel:+431">Self-assessment</a>',
    '<a href="about:blank">Country report</a>',
    '<a href="blob:https://www.unodc.org/1">Country report</a>',
    '<a href="file:///etc/country-report.pdf">Country report</a>',
    '<a href="#country-report">Country report</a>',
    '<a href="">Self-assessment</a>',
    "<a name=report>Country report</a>",
    '<a href="http://[::1/x.pdf">Country report</a>',
    "<!-- <a href=/documents/country-report.pdf>Country report</a> -->",
    "<script>'<a href=/documents/country-report.pdf>Country report</a>'</script>",
    "<template><a href=/documents/country-report.pdf>Country report</a></template>",
    "<noscript><a href=/documents/country-report.pdf>Country report</a></noscript>",
    "<h2>Country report</h2>",
    "<p>Self-assessment: published in 2024</p>",
    "<![CDATA[<a href=/documents/country-report.pdf>Country report</a>]]>",
    "<?php echo '<a href=x>' ?>",
    "<p>The site is under maintenance. Please log in.</p>",
    '<form><input type="password"></form>',
    "<title>Country Profile: Atlantis</title>",
    "<h1>404 Not found</h1>",
)
REVEALED = frozenset({"https://www.unodc.org/documents/country-report.pdf"})
"""What stands in a trap as a link that nobody sees."""
_BASES = (
    "https://evil.example/",
    "//evil.example/x/",
    "http://127.0.0.1/",
    "javascript:x",
    "data:,x",
    "ftp://unodc.org/",
    "http://[",
)
_OPENED = (
    "<b>",
    "<h2>",
    "<h3>",
    "<a>",
    "<table>",
    "<tr>",
    "<td>",
    "<details>",
    "<nav>",
    "<footer>",
    "<select>",
    "<ul>",
    "<p>",
)
_ENDED = (
    "</b>",
    "</h2>",
    "</h3>",
    "</a>",
    "</table>",
    "</td>",
    "</div>",
    "</main>",
    "</body>",
    "</html>",
    "</ul>",
    "</nav>",
)
_SWALLOWING = (
    "<!--",
    "<script>",
    "<style>",
    "<textarea>",
    "<title>",
    "<svg>",
    "<math>",
    "<iframe>",
    "<template>",
    "<plaintext>",
    "<xmp>",
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of breaking a page."""

    mutate: Mutate
    keeps_addresses: bool = True
    """No link of the page leads elsewhere afterwards than some link did before."""
    doubles: bool = False
    """A link may stand there twice, and later changes touch one of them."""
    keeps_texts: bool = True
    """No words come to stand over a link that did not stand on the page, and every block stands in its old place."""


def _spans(html: str) -> list[tuple[int, int]]:
    return [found.span() for found in _TAG.finditer(html)] or [(0, 0)]


def _cut(html: str, start: int, end: int, instead: str = "") -> str:
    return html[:start] + instead + html[end:]


def _between(random: Random, html: str) -> int:
    """Give a place between tags and texts."""
    start, end = random.choice(_spans(html))
    return random.choice((start, end))


def _block(random: Random, html: str) -> tuple[int, int]:
    spans = _spans(html)
    first = random.randrange(len(spans))
    last = min(first + random.randrange(1, 30), len(spans) - 1)
    return spans[first][0], spans[last][1]


def _texts(html: str, change: Callable[[str], str]) -> str:
    """Change what stands between tags."""
    pieces, last = [], 0
    for start, end in [*_spans(html), (len(html), len(html))]:
        pieces += [change(html[last:start]), html[start:end]]
        last = end
    return "".join(pieces)


def truncated(random: Random, html: str) -> str:
    return html[: random.randrange(len(html) + 1)]


def without_tag(random: Random, html: str) -> str:
    # Without its base a page's addresses are others.
    spans = [(start, end) for start, end in _spans(html) if not html.startswith("<base", start)]
    for start, end in sorted(
        random.sample(spans, min(len(spans), random.choice((1, 1, 2, 5)))), reverse=True
    ):
        html = _cut(html, start, end)
    return html


def without_every(random: Random, html: str) -> str:
    name = random.choice(_NAMES)
    return re.sub(rf"</?{name}\b[^<>]*>", "", html)


def tags_swapped(random: Random, html: str) -> str:
    spans = _spans(html)
    if len(spans) == 1:
        return html
    (a, b), (c, d) = sorted(random.sample(spans, 2))
    return html[:a] + html[c:d] + html[b:c] + html[a:b] + html[d:]


def renamed(random: Random, html: str) -> str:
    old, new = random.sample(_NAMES, 2)
    return re.sub(rf"(</?){old}\b", rf"\g<1>{new}", html)


def without_attributes(random: Random, html: str) -> str:
    likelihood = random.choice((0.02, 0.2, 1.0))
    # An address is all that an identity is made of: without it a link is none.
    return _ATTRIBUTE.sub(
        lambda found: "" if random.random() < likelihood and "<base" not in html else found.group(), html
    )


def same_ids(random: Random, html: str) -> str:
    return re.sub(
        r"<(div|p|section|a|table|ul)\b", lambda found: f'{found.group()} id="{random.choice("ab")}"', html
    )


def quote_lost(random: Random, html: str) -> str:
    places = [found.start() for found in re.finditer('"', html)]
    place = random.choice(places) if places else 0
    return _cut(html, place, place + 1)


def doubled(random: Random, html: str) -> str:
    start, end = _block(random, html)
    return _cut(html, start, start, html[start:end])


def reordered(random: Random, html: str) -> str:
    start, end = _block(random, html)
    block, rest = html[start:end], _cut(html, start, end)
    place = _between(random, rest)
    return _cut(rest, place, place, block)


def dropped(random: Random, html: str) -> str:
    return _cut(html, *_block(random, html))


def commented(random: Random, html: str) -> str:
    start, end = _block(random, html)
    before, after = random.choice(
        (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!--", ""), ("<!", ">"), ("<?", ">"))
    )
    return _cut(html, start, end, before + html[start:end] + after)


def opened(random: Random, html: str) -> str:
    place = _between(random, html)
    return _cut(html, place, place, random.choice(_OPENED) * random.choice((1, 1, 3)))


def ended(random: Random, html: str) -> str:
    place = _between(random, html)
    return _cut(html, place, place, random.choice(_ENDED) * random.choice((1, 1, 3)))


def swallowed(random: Random, html: str) -> str:
    place = _between(random, html)
    return _cut(html, place, place, random.choice(_SWALLOWING))


def trapped(random: Random, html: str) -> str:
    place = _between(random, html)
    return _cut(html, place, place, random.choice(_TRAPS))


def based(random: Random, html: str) -> str:
    if "<base" in html:
        return html
    place = random.choice((0, html.find("<head>") + 6, _between(random, html)))
    return _cut(html, place, place, f'<base href="{random.choice(_BASES)}">')


def wrapped(random: Random, html: str) -> str:
    start, end = _block(random, html)
    name = random.choice(
        ("div", "nav", "section", "b", "details", "footer", "blockquote", "center", "font", "header")
    )
    depth = random.choice((1, 1, 2, 100, 1_000))
    return _cut(html, start, end, f"<{name}>" * depth + html[start:end] + f"</{name}>" * depth)


def hidden_letters(random: Random, html: str) -> str:
    likelihood = random.choice((0.01, 0.2))
    return _texts(html, lambda text: "".join(_with_hidden(random, letter, likelihood) for letter in text))


def _with_hidden(random: Random, letter: str, likelihood: float) -> str:
    return letter + random.choice(_HIDDEN) if random.random() < likelihood else letter


def nul_bytes(random: Random, html: str) -> str:
    body = bytearray(html.encode())
    for _ in range(random.choice((1, 20, 500))):
        body.insert(random.randrange(len(body) + 1), 0)
    return (
        decode(bytes(body), "text/html; charset=utf-8")
        if random.random() < 0.5
        else body.decode(errors="replace")
    )


def wrong_charset(random: Random, html: str) -> str:
    name = random.choice(_CHARSETS)
    if random.random() < 0.5 or name == "no-such":
        return decode(html.encode(), f"text/html; charset={name}")
    return decode(html.encode(name, errors="replace"), "text/html; charset=utf-8")


def other_case(random: Random, html: str) -> str:
    change = random.choice((str.upper, str.lower, str.swapcase))
    return (
        _NAME.sub(lambda found: change(found.group()), html)
        if random.random() < 0.5
        else _texts(html, change)
    )


def entities(random: Random, html: str) -> str:
    likelihood = random.choice((0.05, 1.0))
    return _texts(
        html.replace("&", "&#38;") if random.random() < 0.1 else html,
        lambda text: "".join(
            f"&#{ord(each)};"
            if each not in "&;#\n" and random.random() < likelihood and "&" not in text
            else each
            for each in text
        ),
    )


def spaced(random: Random, html: str) -> str:
    white = random.choice((" ", "\n", "  \t", "\r\n ", "\u00a0"))
    # Not within tags: there it may be part of an address.
    return (
        _texts(html, lambda text: re.sub(r"\s+", white, text))
        if random.randrange(2)
        else html.replace("\n", "")
    )


def long_line(random: Random, html: str) -> str:
    place = _between(random, html)
    return _cut(
        html,
        place,
        place,
        random.choice(("x", "Country report ", "é ", "&amp;")) * random.choice((500, 5_000, 50_000)),
    )


def flipped(random: Random, html: str) -> str:
    body = bytearray(html.encode())
    for _ in range(random.choice((1, 5, 100))):
        if body:
            body[random.randrange(len(body))] = random.randrange(256)
    return decode(bytes(body), "text/html; charset=utf-8")


def pieces_lost(random: Random, html: str) -> str:
    size = random.choice((16, 200, 1_460))
    start = random.randrange(len(html) + 1)
    return _cut(html, start, start + size)


WAYS: Mapping[str, Way] = {
    "truncated": Way(truncated, keeps_addresses=False),
    "tags dropped": Way(without_tag),
    "one name's tags dropped": Way(without_every),
    "tags swapped": Way(tags_swapped, keeps_texts=False),
    "tags renamed": Way(renamed),
    "attributes dropped": Way(without_attributes),
    "duplicate ids": Way(same_ids),
    "a quote lost": Way(quote_lost, keeps_addresses=False),
    "a block doubled": Way(doubled, doubles=True),
    "a block elsewhere": Way(reordered, keeps_texts=False),
    "a block dropped": Way(dropped),
    "comments, CDATA": Way(commented),
    "tags opened": Way(opened),
    "tags ended": Way(ended),
    "swallowed by a tag": Way(swallowed),
    "traps": Way(trapped, keeps_texts=False),
    "foreign base": Way(based),
    "wrapped": Way(wrapped),
    "hidden letters, bidi": Way(hidden_letters),
    "NUL": Way(nul_bytes, keeps_addresses=False),
    "wrong charset": Way(wrong_charset, keeps_addresses=False),
    "other case": Way(other_case),
    "entities": Way(entities, keeps_addresses=False),
    "white space": Way(spaced),
    "a long line": Way(long_line, keeps_texts=False),
    "bytes flipped": Way(flipped, keeps_addresses=False, keeps_texts=False),
    "packets lost": Way(pieces_lost, keeps_addresses=False),
}
