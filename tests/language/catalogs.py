"""What translators look after: the sentences the program says, and the catalogs that give them in other languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from monitor.language.catalogs import FOLDER

PROGRAM: Final = FOLDER.parent
SAID: Final = {"say": 1, "many": 2, "N_": 1}
"""The calls that hold sentences, and how many of their arguments are one."""
WIDTH: Final = 120
PLACEHOLDER: Final = re.compile(r"\{(\w*)[^}]*\}")
HEAD: Final = """msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@dataclass(frozen=True, slots=True)
class Said:
    """One place where the program says something."""

    place: str
    words: tuple[str, ...]
    """The sentence, or its two forms; nothing where it is no literal."""
    values: frozenset[str]
    """Names of the values that are given; ``*`` where they come from elsewhere."""
    forms: int
    """How many forms the sentence has to have here."""
    is_said: bool
    """Whether it is said here, and not only marked."""


@cache
def said() -> tuple[Said, ...]:
    """Find every place where the program says something."""
    return (*_said_in_modules(), *_said_in_templates())


def _said_in_modules() -> Iterator[Said]:
    # babel's own reader of Python loses the second form where another argument is a call.
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (number := SAID.get(name := _name(node.func))):
                place = f"monitor/{path.relative_to(PROGRAM).as_posix()}"
                words = _words(node.args[:number])
                yield Said(place, words, _values(node.keywords), number, name != "N_")


def _said_in_templates() -> Iterator[Said]:
    for path in sorted(PROGRAM.rglob("templates/*")):
        place = f"monitor/{path.relative_to(PROGRAM).as_posix()}"
        for call in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(nodes.Call):
            if number := SAID.get(_name_in_template(call.node)):
                words = [each.value for each in call.args[:number] if isinstance(each, nodes.Const)]
                values = frozenset(each.key for each in call.kwargs)
                yield Said(place, tuple(map(str, words)), values, number, is_said=True)


@cache
def extracted() -> Catalog:
    """Gather every sentence that the program says; once, because it takes a second."""
    found = Catalog(charset="utf-8")
    for each in said():
        if each.words:
            found.add(each.words if len(each.words) > 1 else each.words[0], None, [(each.place, 0)])
    return found


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr if function.attr == "many" else ""
    return function.id if isinstance(function, ast.Name) else ""


def _name_in_template(function: nodes.Expr) -> str:
    if isinstance(function, nodes.Getattr):
        return function.attr if function.attr == "many" else ""
    return function.name if isinstance(function, nodes.Name) else ""


def _words(arguments: list[ast.expr]) -> tuple[str, ...]:
    words = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
    return tuple(word for word in words if isinstance(word, str))


def _values(keywords: list[ast.keyword]) -> frozenset[str]:
    return frozenset(keyword.arg or "*" for keyword in keywords)


def languages() -> list[str]:
    """Name the languages that have a catalog."""
    return sorted(path.stem for path in FOLDER.glob("*.po"))


def read(code: str) -> Catalog:
    """Read a language's catalog as translators left it."""
    with (FOLDER / f"{code}.po").open("rb") as source:
        return read_po(source, locale=code, abort_invalid=True)


def begun(code: str) -> None:
    """Begin a language's catalog, where it has none; UnknownLocaleError where there is no such language."""
    path = FOLDER / f"{code}.po"
    if not path.exists():
        path.write_text(written(code, Catalog(locale=code)), "utf-8")


def updated(code: str, template: Catalog) -> Catalog:
    """Give a catalog with what the program says now: new sentences empty, old ones gone, none guessed."""
    catalog = read(code)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def written(code: str, catalog: Catalog) -> str:
    """Write a catalog so that two writings are equal and every difference is a translation."""
    body = BytesIO()
    write_po(body, catalog, width=WIDTH, sort_output=True, include_lineno=False, omit_header=True)
    # babel's own head has dates, which would differ each time.
    head = HEAD.format(code=code, plural=catalog.plural_forms)
    return f"{head}{body.getvalue().decode().strip()}\n"


def faults(code: str, catalog: Catalog, template: Catalog) -> Iterator[str]:
    """Say what a translator has to do: nothing missing, nothing left over, nothing doubtful, nothing broken."""
    said = {key_of(message) for message in _messages(template)}
    kept = {key_of(message): message for message in _messages(catalog)}
    yield from (f"{code}: not in the catalog: {key}" for key in sorted(said - set(kept)))
    yield from (f"{code}: said no more: {key}" for key in sorted(set(kept) - said))
    yield from (
        f"{code}: {fault}: {key}" for key, message in kept.items() for fault in _faults(message, catalog)
    )


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def key_of(message: Message) -> str:
    """Name a sentence by its singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    ids, given = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "doubtful (fuzzy)"
    if message.pluralizable and len(given) != catalog.num_plurals:
        yield "not every plural form"
    if not all(given):
        yield "not translated"
        return
    names = set(PLACEHOLDER.findall(" ".join(ids)))
    # "The only country" may do without its number; "five countries" may not.
    if any(
        set(PLACEHOLDER.findall(text)) != names for text in (given[-1:] if message.pluralizable else given)
    ):
        yield "not the same placeholders"
    if any(set(PLACEHOLDER.findall(text)) - names for text in given):
        yield "a placeholder that nothing fills"
    yield from ("a broken placeholder" for text in given if set("{}") & set(PLACEHOLDER.sub("", text)))
    yield from ("markup" for text in given if set("<>&") & set(text))
    yield from ("space at an end" for text in given if text != text.strip())


def forms(text: str | Iterable[str] | None) -> list[str]:
    """Give a sentence as a list of its forms: one, or those of its plural."""
    return [text or ""] if isinstance(text, str) or text is None else list(text)
