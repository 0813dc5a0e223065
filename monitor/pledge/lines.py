"""A page as lines, each with where it stands: which list or table, which headings are over it. The tree is walked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bs4 import BeautifulSoup, Tag

from monitor.pledge.roster import Line, Shape
from monitor.profile import tags
from monitor.profile.tree import events, join, tab_titles, text_of
from monitor.profile.words import squeeze

_LABEL: Final = 8
"""The level of a label, below the six of headings and the one of summaries and tabs."""
_SUMMARY: Final = 7
_SUMMARIES: Final = frozenset({"summary", "caption", "dt", "legend"})
_LISTS: Final = {"ul": Shape.LIST, "ol": Shape.LIST, "dl": Shape.LIST, "table": Shape.TABLE}
_CELLS: Final = frozenset({"td", "th"})
_BREAKS: Final = frozenset({"br", "hr"})
_LONGEST: Final = 2_000
"""Characters of a line that are kept."""
_LONGEST_LABEL: Final = 200
_MOST_TEXT: Final = 200_000
"""Characters of a page that are kept: many times those of any page of a site, and read within seconds."""
Headings = tuple[tuple[int, str], ...]
"""Levels and texts, outermost first."""


def lines_of(soup: BeautifulSoup, is_name: Callable[[str], bool]) -> tuple[Line, ...]:
    """Give the lines of a page in order; what names a State (``is_name``) is never taken for a heading."""
    walk = _Walk(is_name, tab_titles(soup))
    for step, node in events(soup):
        if not isinstance(node, Tag):
            walk.text(str(node))
        elif step == "enter":
            walk.enter(node)
        else:
            walk.leave(node)
    walk.end_line()
    return tuple(walk.lines)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a tag changed, to be undone when it is left."""

    headings: Headings
    container: _Container
    is_navigation: bool


@dataclass(slots=True)
class _Container:
    """A list or table, or the running text of the page."""

    shape: Shape = Shape.TEXT
    place: int = 0
    lead: str = ""
    row: int = 0
    column: int = 0
    is_header: bool = False


@dataclass(slots=True)
class _Walk:
    """The state of one walk through one page."""

    is_name: Callable[[str], bool]
    tabs: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    headings: Headings = ()
    container: _Container = field(default_factory=_Container)
    is_navigation: bool = False
    places: int = 0
    bold: int = 0
    is_plain: bool = False
    """The line has words that are not bold."""
    last: str = ""
    """The last line of running text under the same heading."""
    scopes: dict[int, _Scope] = field(default_factory=dict)
    room: int = _MOST_TEXT

    def text(self, text: str) -> None:
        """Take some text."""
        self.buffer.append(text)
        self.is_plain |= not self.bold and not text.isspace()

    def enter(self, tag: Tag) -> None:
        """Begin a tag."""
        if tag.name not in tags.INLINE or tag.name == "img":
            self.end_line()
        tab = self.tabs.get(str(tag.get("id", "")), "")
        if tags.is_scope(tag) or tag.name == "select" or tab:
            self.scopes[id(tag)] = _Scope(self.headings, self.container, self.is_navigation)
            self.is_navigation |= tags.is_navigation(tag)
            self._put_heading(_SUMMARY, tab)
        self.bold += tag.name in tags.BOLD
        self._open(tag)
        self._place(tag)

    def leave(self, tag: Tag) -> None:
        """End a tag."""
        level = tags.HEADINGS.get(tag.name) or tags.aria_level(tag) or _SUMMARY * (tag.name in _SUMMARIES)
        if level or tags.is_card_title(tag):
            self._end_heading(level or _SUMMARY)
        elif tag.name not in tags.INLINE:
            self.end_line()
        self.bold -= tag.name in tags.BOLD
        scope = self.scopes.pop(id(tag), None)
        if scope is not None:
            self.headings, self.container = scope.headings, scope.container
            self.is_navigation = scope.is_navigation

    def end_line(self) -> None:
        """End a line, which may be a label for what follows."""
        text, is_plain = squeeze(join(self.buffer))[:_LONGEST], self.is_plain
        self.buffer.clear()
        self.is_plain = False
        self.room -= len(text)
        if not text or self.room < 0:
            return
        here = self.container
        is_label = len(text) <= _LONGEST_LABEL and (text.endswith(":") or not is_plain)
        if here.shape is Shape.TEXT and is_label and not self.is_name(text):
            self._put_heading(_LABEL, text)
            return
        over = tuple(text for _, text in reversed(self.headings))
        place = (here.shape, here.place, over, here.lead, self.is_navigation, here.row, here.column)
        self.lines.append(Line(text, *place, is_header=here.is_header))
        if here.shape is Shape.TEXT:
            self.last = "" if self.is_name(text) else text

    def _open(self, tag: Tag) -> None:
        """Begin a list, a table or a list of choices."""
        outer = self.container
        if tag.name == "select":
            self._choices(tag)
        elif tag.name in _LISTS and (tag.name == "table" or outer.shape is not Shape.LIST):
            self.places += 1
            self.container = _Container(_LISTS[tag.name], self.places, self.last)
            self.last = ""
        elif tag.name in _LISTS:
            self._nest()

    def _nest(self) -> None:
        """Put the item that a nested list stands in over that list; what stands under a State is about that State."""
        item = self.lines[-1] if self.lines else None
        if item and item.place == self.container.place:
            self._put_heading(_LABEL, item.text)

    def _choices(self, tag: Tag) -> None:
        self.places += 1
        over = tuple(text for _, text in reversed(self.headings))
        for option in tag.find_all("option"):
            self.lines.append(
                Line(text_of(option), Shape.CHOICE, self.places, over, is_navigation=self.is_navigation)
            )

    def _place(self, tag: Tag) -> None:
        """Note the row and the column; a picture stands for its words."""
        if tag.name == "tr":
            self.container.row += 1
            self.container.column = 0
        elif tag.name in _CELLS:
            self.container.column += 1
            self.container.is_header = tag.name == "th"
        elif tag.name == "img":
            self.text(str(tag.get("alt", "")))
            self.end_line()
        elif tag.name in _BREAKS:
            self.end_line()

    def _end_heading(self, level: int) -> None:
        text = squeeze(join(self.buffer))[:_LONGEST_LABEL]
        if text and not self.is_name(text):
            self.buffer.clear()
            self.is_plain = False
            self._put_heading(level, text)
        else:
            self.end_line()

    def _put_heading(self, level: int, text: str) -> None:
        if text:
            above = tuple(each for each in self.headings if each[0] < level)
            self.headings = (*above, (level, text))
            self.last = ""
