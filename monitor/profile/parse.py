"""A profile page as links with the words around them. Reads by meaning: no tag, class or order is required.

Nobody has seen the real markup, so every sensible way to put words over a link counts: headings, table headers,
terms, summaries, captions, card titles, tabs, bold labels, and the text on the same line. The tree is walked once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from monitor.errors import ProfileError
from monitor.model import Link, Where, Words
from monitor.profile import line as lines
from monitor.profile import tags
from monitor.profile.address import is_file, normalise
from monitor.profile.context import BOLD_LABEL, CARD_TITLE, PLAIN_TEXT, Context, pop, push, push_heading
from monitor.profile.line import OpenLink, Run
from monitor.profile.table import cell_words
from monitor.profile.tree import (
    base_address,
    children,
    events,
    holders,
    join,
    own_headings,
    page_address,
    tab_titles,
    text_of,
)
from monitor.profile.words import squeeze

_LONGEST_ATTRIBUTE = 400
MOST_LINKS = 3_000
"""Profiles have some 400; each costs a tenth of a millisecond to understand."""


def parse(soup: BeautifulSoup, page_url: str) -> tuple[Link, ...]:
    """Give every link of the page that leads to another page, in order, with the words around it.

    Raises ProfileError for more of them than any profile has.
    """
    walk = _Walk(soup, page_url)
    for step, node in events(soup):
        walk.take(step, node)
    walk.end_line()
    return tuple(walk.links)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a tag changed, to be undone when it is left."""

    context: Context | None
    floor: Context | None
    is_navigation: bool


class _Walk:
    """The state of one walk through one page."""

    def __init__(self, soup: BeautifulSoup, page_url: str) -> None:
        self.links: list[Link] = []
        self._soup = soup
        self._base, self._page = base_address(soup, page_url), page_address(page_url)
        self._tabs, self._own = tab_titles(soup), own_headings(soup)
        self._opened = 0
        self._context: Context | None = None
        self._floor: Context | None = None
        self._is_navigation = False
        self._bold = 0
        self._line: list[Run] = []
        self._open: OpenLink | None = None
        self._scopes: dict[int, _Scope] = {}
        self._cells: dict[int, tuple[Words, ...]] = {}

    @cached_property
    def _linking(self) -> frozenset[int]:
        return holders(self._soup, tags.is_link)

    @cached_property
    def _headed(self) -> frozenset[int]:
        return holders(self._soup, tags.is_heading)

    def take(self, step: str, node: Tag | NavigableString) -> None:
        """Take one step of the walk."""
        if not isinstance(node, Tag):
            self._text(str(node))
        elif step == "enter":
            self._enter(node)
        else:
            self._leave(node)

    def _text(self, text: str) -> None:
        if self._open is not None:
            self._open.label.append(text)
        elif self._line or not text.isspace():
            self._line.append(Run(text, self._bold > 0))

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
        if tag.name in tags.LINKS:
            self._open_link(tag)
        elif tag.name == "select":
            self._choices(tag)
        elif tag.name == "img":
            self._text(f" {tag.get('alt', '')} ")

    def _choices(self, tag: Tag) -> None:
        """Take a list of choices for a list of links, as far as they are files."""
        for option in tags.options(tag):
            self._open_link(option)
            if self._open is not None:
                self._text(text_of(option))
                self.end_line(is_label=False)

    def _open_scope(self, tag: Tag) -> None:
        if tag.name in tags.FIRST_CHILD_WORDS:
            name, where = tags.FIRST_CHILD_WORDS[tag.name]
            child = next(children(tag, name), None)
            self._context = push(self._context, where, text_of(child) if child else "")
        if tag.name == "table":
            self._cells.update(cell_words(tag, self._linking))
        for words in reversed(self._cells.pop(id(tag), ())):
            self._context = push(self._context, words.where, words.text)
        self._context = push(self._context, Where.TAB, self._tabs.get(str(tag.get("id", "")), ""))

    def _leave(self, tag: Tag) -> None:
        if self._open is not None and self._open.tag == id(tag):
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
            self._put_heading(tag, Where.HEADING, level)
        elif tag.name == "dt":
            self._put_heading(tag, Where.TERM, CARD_TITLE)
        elif tags.is_card_title(tag) and id(tag) not in self._headed:
            self._put_heading(tag, Where.CARD, CARD_TITLE)

    def _put_heading(self, tag: Tag, where: Where, level: int) -> None:
        text = text_of(tag)
        where = Where.PAGE if level == 1 and text in self._own else where
        self._context = push_heading(self._context, where, text, level, self._floor)

    def _open_link(self, tag: Tag) -> None:
        href = tags.address_of(tag)
        url = normalise(href, self._base) if href and not href.startswith("#") else None
        if url is None or url == self._page or not (tag.name in tags.ANCHORS or is_file(url)):
            return
        self._opened += 1
        if self._opened > MOST_LINKS:
            raise ProfileError(
                f"a page of more than {MOST_LINKS:,} links: no profile is known to have so many"
            )
        # Browsers nest no links, lxml does: the outer one ends where the inner one begins.
        self._close_link()
        own = [
            Words(where, squeeze(str(tag[name]))[:_LONGEST_ATTRIBUTE])
            for name, where in (("alt", Where.LABEL), ("title", Where.TITLE), ("aria-label", Where.ARIA))
            if tag.get(name)
        ]
        language = str(tag.get("hreflang") or tag.get("lang") or "")
        self._open = OpenLink(url, own, self._context, language, self._is_navigation, id(tag))

    def _close_link(self) -> None:
        if self._open is not None:
            self._line.append(Run("", link=self._open))
            self._open = None

    def _break(self, *, is_label: bool = True) -> None:
        """End the line, unless a link goes on over it: a whole card may be one link."""
        if self._open is None:
            self.end_line(is_label=is_label)
        else:
            self._open.label.append(" ")

    def _end_item(self) -> None:
        """End a list item's own line where a nested list begins: all its words stand over that list."""
        self._close_link()
        text = squeeze(join(run.text or _label(run) for run in self._line))
        self.end_line(is_label=False)
        self._context = push_heading(self._context, Where.ITEM, text, BOLD_LABEL, self._floor)

    def end_line(self, *, is_label: bool = True) -> None:
        """Give the links of a line the words beside them; a line without links may be a label for what follows."""
        self._close_link()
        if not self._line:
            return
        line, self._line = self._line, []
        self.links.extend(lines.links(line))
        text, is_bold = lines.label_of(line)
        if not is_label or not lines.has_word(text):
            return
        if lines.is_prose(text):
            self._context = pop(self._context, PLAIN_TEXT, self._floor)
            return
        where, level = (Where.BOLD, BOLD_LABEL) if is_bold else (Where.LINE, PLAIN_TEXT)
        self._context = push_heading(self._context, where, text, level, self._floor)


def _label(run: Run) -> str:
    return f" {''.join(run.link.label)} " if run.link else ""
