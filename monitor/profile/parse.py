"""A profile page as links with the words around them. Reads by meaning: no tag, class or order is required.

Nobody has seen the real markup, so every sensible way to put words over a link counts: headings, table headers,
terms, summaries, captions, card titles, tabs, bold labels, and the text on the same line. The tree is walked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from monitor.model import Link, Where, Words
from monitor.profile import tags
from monitor.profile.address import normalise
from monitor.profile.context import BOLD_LABEL, CARD_TITLE, PLAIN_TEXT, Context, pop, push, push_heading
from monitor.profile.table import cell_words
from monitor.profile.tree import base_address, events, page_address, tab_titles
from monitor.profile.words import squeeze

_LONGEST_LABEL = 160
_BEFORE_MOST = 3
_SEPARATORS = re.compile(r"[|;•·]")
_SENTENCE_ENDS = (".", "!", "?", "。", "؟")


def parse(soup: BeautifulSoup, page_url: str) -> tuple[Link, ...]:
    """Give every link of the page that leads to another page, in order, with the words around it."""
    walk = _Walk(base_address(soup, page_url), page_address(page_url), tab_titles(soup))
    for kind, node in events(soup):
        walk.take(kind, node)
    walk.end_line()
    return tuple(walk.links)


@dataclass(slots=True)
class _Run:
    """A piece of one line: some text, or a link."""

    text: str
    is_bold: bool = False
    link: _Open | None = None


@dataclass(slots=True)
class _Open:
    """A link whose line has not ended yet."""

    url: str
    own: list[Words]
    context: Context | None
    language: str
    is_navigation: bool
    label: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Scope:
    """What a tag changed, to be undone when it is left."""

    context: Context | None
    floor: Context | None
    is_navigation: bool


class _Walk:
    """The state of one walk through one page."""

    def __init__(self, base: str, page: str, tabs: dict[str, str]) -> None:
        self.links: list[Link] = []
        self._base, self._page, self._tabs = base, page, tabs
        self._context: Context | None = None
        self._floor: Context | None = None
        self._is_navigation = False
        self._has_page_heading = False
        self._bold = 0
        self._line: list[_Run] = []
        self._open: _Open | None = None
        self._scopes: dict[int, _Scope] = {}
        self._cells: dict[int, tuple[Words, ...]] = {}

    def take(self, kind: str, node: Tag | NavigableString) -> None:
        """Take one step of the walk."""
        if isinstance(node, Tag):
            (self._enter if kind == "enter" else self._leave)(node)
        else:
            self._text(str(node))

    def _text(self, text: str) -> None:
        if self._open is not None:
            self._open.label.append(text)
        elif text.strip():
            self._line.append(_Run(text, self._bold > 0))

    def _enter(self, tag: Tag) -> None:
        if tag.name in ("ul", "ol") and tag.parent is not None and tag.parent.name == "li":
            self._end_item()
        elif tag.name not in tags.INLINE:
            self._break()
        if tags.is_scope(tag) or tag.get("id") in self._tabs:
            self._scopes[id(tag)] = _Scope(self._context, self._floor, self._is_navigation)
            self._is_navigation |= tags.is_navigation(tag)
            self._open_scope(tag)
            self._floor = self._context
        self._bold += tag.name in tags.BOLD
        if tag.name == "a":
            self._open_link(tag)
        elif tag.name == "img" and tag.get("alt"):
            self._text(f" {tag['alt']} ")

    def _open_scope(self, tag: Tag) -> None:
        if tag.name in tags.FIRST_CHILD_WORDS:
            name, where = tags.FIRST_CHILD_WORDS[tag.name]
            child = tag.find(name, recursive=False)
            self._context = push(self._context, where, squeeze(child.get_text(" ")) if child else "")
        if tag.name == "table":
            self._cells.update(cell_words(tag))
        for words in reversed(self._cells.pop(id(tag), ())):
            self._context = push(self._context, words.where, words.text)
        self._context = push(self._context, Where.TAB, self._tabs.get(str(tag.get("id", "")), ""))

    def _leave(self, tag: Tag) -> None:
        if tag.name == "a" and self._open is not None:
            self._close_link()
        self._bold -= tag.name in tags.BOLD
        if tag.name not in tags.INLINE:
            self._break(is_label=tag.name not in tags.NO_LABEL)
        scope = self._scopes.pop(id(tag), None)
        if scope is not None:
            self._context, self._floor, self._is_navigation = scope.context, scope.floor, scope.is_navigation
        self._end_heading(tag)

    def _end_heading(self, tag: Tag) -> None:
        level = tags.HEADINGS.get(tag.name) or tags.aria_level(tag)
        if level:
            is_first = level == 1 and not self._has_page_heading
            self._has_page_heading |= is_first
            self._put_heading(tag, Where.PAGE if is_first else Where.HEADING, level)
        elif tag.name == "dt":
            self._put_heading(tag, Where.TERM, CARD_TITLE)
        elif tags.is_card_title(tag):
            self._put_heading(tag, Where.CARD, CARD_TITLE)

    def _put_heading(self, tag: Tag, where: Where, level: int) -> None:
        text = squeeze(tag.get_text(" "))
        self._context = push_heading(self._context, where, text, level, self._floor)

    def _open_link(self, tag: Tag) -> None:
        href = str(tag.get("href", "")).strip()
        url = normalise(href, self._base) if href and not href.startswith("#") else None
        if url is None or url == self._page:
            return
        own = [
            Words(where, squeeze(str(tag[name])))
            for name, where in (("title", Where.TITLE), ("aria-label", Where.ARIA))
            if tag.get(name)
        ]
        language = str(tag.get("hreflang") or tag.get("lang") or "")
        self._open = _Open(url, own, self._context, language, self._is_navigation)

    def _close_link(self) -> None:
        if self._open is not None:
            self._line.append(_Run(squeeze("".join(self._open.label)), link=self._open))
            self._open = None

    def _break(self, *, is_label: bool = True) -> None:
        """End the line, unless a link goes on over it: a whole card may be one link."""
        if self._open is None:
            self.end_line(is_label=is_label)
        else:
            self._open.label.append(" ")

    def _end_item(self) -> None:
        """End a list item's own line where a nested list begins: all its words stand over that list."""
        text = squeeze(" ".join(run.text for run in self._line))
        self.end_line(is_label=False)
        self._context = push_heading(self._context, Where.ITEM, text, BOLD_LABEL, self._floor)

    def end_line(self, *, is_label: bool = True) -> None:
        """Give the links of a line the words beside them; a line without links may be a label for what follows."""
        self._close_link()
        line, self._line = self._line, []
        if not line:
            return
        for index, run in enumerate(line):
            if run.link is not None:
                self.links.append(_link(run.link, run.text, _beside(line, index)))
        if is_label:
            self._label(line)

    def _label(self, line: list[_Run]) -> None:
        texts = [run for run in line if run.link is None]
        if len(texts) < len(line):
            texts = texts[:1] if texts and texts[0].is_bold and line[0] is texts[0] else []
            if not texts:
                return
        text = squeeze(" ".join(run.text for run in texts))
        is_bold = all(run.is_bold for run in texts)
        where, level = (Where.BOLD, BOLD_LABEL) if is_bold else (Where.LINE, PLAIN_TEXT)
        # A sentence speaks of documents, a label names one.
        if len(text) <= _LONGEST_LABEL and not text.endswith(_SENTENCE_ENDS):
            self._context = push_heading(self._context, where, text, level, self._floor)
        else:
            self._context = pop(self._context, PLAIN_TEXT, self._floor)


def _link(link: _Open, label: str, beside: list[Words]) -> Link:
    own = [Words(Where.LABEL, label), *link.own] if label else link.own
    context = tuple(link.context) if link.context is not None else ()
    return Link(link.url, (*own, *beside, *context), link.language, link.is_navigation)


def _beside(line: list[_Run], index: int) -> list[Words]:
    before = [
        squeeze(piece) for run in line[:index] if run.link is None for piece in _SEPARATORS.split(run.text)
    ]
    named = [text for text in before if _has_word(text)]
    if named:
        return [Words(Where.BEFORE, text[:_LONGEST_LABEL]) for text in reversed(named[-_BEFORE_MOST:])]
    after = line[index + 1 : index + 2]
    return [
        Words(Where.AFTER, squeeze(run.text)[:_LONGEST_LABEL])
        for run in after
        if not run.link and _has_word(run.text)
    ]


def _has_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
