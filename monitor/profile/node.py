"""The tree of a page, as lxml reads it: tags, and texts between them; what browsers do not show is not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import HTMLParser

_NOT_TEXT = frozenset(["script", "style", "template", "rt", "rp"])
"""What holds words that are not the page's own."""


@dataclass(slots=True, eq=False, repr=False)
class Tag:
    """One tag with what it holds, in order: tags and texts."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    parent: Tag | None = None
    contents: list[Tag | str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """Give what an attribute says."""
        return self.attributes.get(name, default)

    @property
    def parents(self) -> Iterator[Tag]:
        """Every tag it stands inside, the nearest first."""
        tag = self.parent
        while tag is not None:
            yield tag
            tag = tag.parent

    def inside(self) -> Iterator[Tag | str]:
        """Give whatever it holds, at any depth, in the order of the page."""
        stack = [iter(self.contents)]
        while stack:
            for node in stack[-1]:
                yield node
                if isinstance(node, Tag):
                    stack.append(iter(node.contents))
                    break
            else:
                stack.pop()

    def all(self, *names: str) -> list[Tag]:
        """Give every tag of these names that it holds, in the order of the page."""
        return [node for node in self.inside() if isinstance(node, Tag) and node.name in names]


@dataclass(slots=True, eq=False, repr=False)
class Tree(Tag):
    """A whole page."""

    tags: list[Tag] = field(default_factory=list)
    """Every tag in the order of the page."""

    def all(self, *names: str) -> list[Tag]:
        """Give every tag of these names, in the order of the page."""
        return [tag for tag in self.tags if tag.name in names]

    def first(self, name: str, is_it: Callable[[Tag], bool] = lambda _: True) -> Tag | None:
        """Give the first tag of that name that is the one wanted; None where there is none."""
        return next((tag for tag in self.tags if tag.name == name and is_it(tag)), None)


class _Grower:
    """Takes what lxml's parser meets, in order; its methods are called by lxml."""

    def __init__(self) -> None:
        self._tree = Tree("")
        self._open: list[Tag] = [self._tree]
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a tag."""
        self._end_text()
        parent = self._open[-1]
        tag = Tag(name, attributes, parent)
        parent.contents.append(tag)
        self._tree.tags.append(tag)
        self._open.append(tag)

    def end(self, name: str) -> None:
        """End a tag, and what is still open inside."""
        self._end_text()
        while len(self._open) > 1 and self._open.pop().name != name:
            pass

    def data(self, text: str) -> None:
        """Take a piece of a text."""
        self._text.append(text)

    def _end_text(self) -> None:
        if self._text:
            text = "".join(self._text)
            # However long, a space is a space: what is searched of a page must not be used up by it.
            self._open[-1].contents.append(" " if text.isspace() else text)
            self._text.clear()

    def comment(self, _text: str) -> None:
        """Pass over it; words on both sides are two texts."""
        self._end_text()

    def pi(self, _target: str, _text: str | None = None) -> None:
        """Pass over an instruction to some program."""
        self._end_text()

    def close(self) -> Tree:
        """End the page."""
        self._end_text()
        return self._tree


def words_in(root: Tag) -> str:
    """Give all that is written inside, but for what scripts, styles and templates hold."""
    texts: list[str] = []
    stack: list[Tag | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            texts.append(node)
        elif node.name not in _NOT_TEXT:
            stack.extend(reversed(node.contents))
    return " ".join(texts)


def grow(html: str) -> Tree:
    """Make the tree of a page as browsers would, whatever it is."""
    parser = HTMLParser(target=_Grower())
    parser.feed(html)
    tree: Tree = parser.close()
    return tree
