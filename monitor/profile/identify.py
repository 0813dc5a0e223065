"""Is this the profile of that country? Whatever is not never counts as "no documents"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from bs4 import BeautifulSoup, Tag

from monitor.errors import Blocked, ProfileError
from monitor.model import Country, Page
from monitor.profile import tags
from monitor.profile.rules import Rules
from monitor.profile.tree import events, text_of
from monitor.profile.words import Phrases, fold, shorten, squeeze

_TINY = 200
"""Characters of visible text below which a page without documents says nothing."""
_SHORT = 1_500
"""Up to here a page's whole text is searched for refusals; in longer ones only title and headings."""
_TEXT_MOST = 20_000
_RAW_MOST = 400_000
"""Characters, white space included, that the text is taken from."""
_MENU = 20
"""Countries named in a text from which on it is a list of them, and shows nothing."""
_MOST_HEADINGS = 8
_SHORTEST_NAME = 4
_AND = re.compile(r" (?:and|et|y) ")
_ARTICLE = re.compile(r"^(?:the|de|d['’]|l['’])\s*", re.IGNORECASE)
_SHELL = re.compile(r"countryprofile\.html|CountryProfileDetails", re.IGNORECASE)
_LINKS = re.compile(r"<a\b[^>]{0,4000}>", re.IGNORECASE)
_REFUSALS = {
    "challenge": "a bot challenge or block page",
    "login": "a login page",
    "missing": "an error page with status 200",
    "maintenance": "a maintenance page",
}


class Face:
    """What a page says of itself; the costly parts are only looked at when they are asked for."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._title = squeeze(soup.title.get_text(" ")[:_RAW_MOST])[:_TEXT_MOST] if soup.title else ""
        self._own_headings = tuple(_headings(soup, "h1"))

    @property
    def name(self) -> str:
        """The title and the page's own headings, folded."""
        return fold(" | ".join((self._title, *self._own_headings)))

    @cached_property
    def top(self) -> str:
        """Title and headings of two levels, folded."""
        return fold(" | ".join((self._title, *self._own_headings, *_headings(self._soup, "h2"))))

    @cached_property
    def text(self) -> str:
        """Everything that can be read, menus and notes for browsers without scripts included."""
        return squeeze(self._soup.get_text(" ")[:_RAW_MOST])[:_TEXT_MOST]

    @cached_property
    def content(self) -> str:
        """What can be read outside menus, headers and footers, folded."""
        return fold(squeeze(" ".join(_content(self._soup))[:_RAW_MOST])[:_TEXT_MOST])

    @property
    def has_password(self) -> bool:
        """Tell whether the page asks for a password."""
        return self._soup.find("input", type="password") is not None


def _headings(soup: BeautifulSoup, name: str) -> Iterator[str]:
    for tag in soup.find_all(name)[:_MOST_HEADINGS]:
        if not any(map(tags.is_navigation, tag.parents)):
            yield text_of(tag)


def _content(soup: BeautifulSoup) -> Iterator[str]:
    menus = 0
    for step, node in events(soup):
        if not isinstance(node, Tag):
            if not menus:
                yield str(node)
        elif tags.is_navigation(node):
            menus += 1 if step == "enter" else -1


class CountryNames:
    """Finds the countries that a text names; Niger is not Nigeria, and the two Congos stay apart."""

    def __init__(self, countries: Iterable[Country]) -> None:
        """Learn every name and alias long enough not to be an ordinary word, and the parts of double names."""
        known = tuple(countries)
        whole = [(_without_the(fold(name)), country.code) for country in known for name in _names(country)]
        parts = [
            (_without_the(fold(part)), country.code)
            for country in known
            for name in country.names.values()
            for part in _parts(name)
        ]
        self._phrases = Phrases([*whole, *parts])

    def codes(self, folded: str) -> set[str]:
        """Give the codes of the countries that a folded text names."""
        return set(self._phrases.meanings(_without_the(folded)))


def _names(country: Country) -> list[str]:
    return [name for name in (*country.names.values(), *country.aliases) if len(name) >= _SHORTEST_NAME]


def _parts(name: str) -> list[str]:
    """Take apart "… Great Britain and Northern Ireland": the second is not Ireland. One word alone says too little."""
    parts = [_ARTICLE.sub("", part) for part in _AND.split(name)]
    return [part for part in parts if " " in part]


def _without_the(folded: str) -> str:
    """Drop the article: "Democratic Republic of Congo" is the one "of the Congo"."""
    return " ".join(word for word in folded.split() if word != "the")


def judge(
    page: Page, soup: BeautifulSoup, country: Country, names: CountryNames, rules: Rules, *, has_reviews: bool
) -> None:
    """Return where this is the country's profile; raises Blocked for what is not, ProfileError where nothing tells."""
    if not page.html.strip():
        raise Blocked("the server answered 200 with an empty body")
    looks = Face(soup)
    if not has_reviews:
        _refuse_shell(page)
        _refuse_words(looks, rules)
    _refuse_other_country(looks, country, names)
    if not has_reviews:
        _require_landmarks(looks, country, names, rules)


def _refuse_shell(page: Page) -> None:
    # A profile may link its own old address: only what is no link makes a page the shell.
    if _SHELL.search(page.url) or _SHELL.search(_LINKS.sub("", page.html)):
        raise Blocked(
            "this is the JavaScript shell of UNODC's old site: what follows # is never sent to the server, so it is the "
            "same empty page for every country. Set [source] profile_url to the form …/country-profiles/data/{code}.html; "
            "`uncac-monitor check --online` tries the known forms"
        )


def refusal(looks: Face, rules: Rules) -> tuple[str, str]:
    """Say what a site gives instead of the page asked for, and by which words; nothing where it shows no sign of it."""
    is_short = len(looks.text) <= _SHORT
    said = f"{looks.top} | {fold(looks.text)}" if is_short else looks.top
    for name, what in _REFUSALS.items():
        found = rules.refusals[name].meanings(said) if name in rules.refusals else []
        if found and (name != "login" or looks.has_password):
            return what, found[0]
    return "", ""


def _refuse_words(looks: Face, rules: Rules) -> None:
    what, words = refusal(looks, rules)
    if what:
        raise Blocked(f"{what}, not the profile: it says “{words}”")
    if len(looks.text) <= _SHORT:
        _refuse_password(looks)


def _refuse_password(looks: Face) -> None:
    if looks.has_password:
        raise Blocked("a login page, not the profile: it asks for a password")


def _refuse_other_country(looks: Face, country: Country, names: CountryNames) -> None:
    """Refuse a page that is headed by other countries; a part's heading may name those that review ours."""
    named = names.codes(looks.name)
    if not named:
        named = names.codes(looks.top)
        named = set() if _is_in_content(looks, country, names) else named
    if named and country.code not in named:
        raise Blocked(f"the page of another country ({', '.join(sorted(named))}), not of {country.code}")


def _is_in_content(looks: Face, country: Country, names: CountryNames) -> bool:
    named = names.codes(looks.content)
    return country.code in named and len(named) <= _MENU


def _require_landmarks(looks: Face, country: Country, names: CountryNames, rules: Rules) -> None:
    if len(looks.text) < _TINY:
        raise Blocked(f"a tiny page of {len(looks.text)} characters: “{shorten(looks.text, 80)}”")
    is_named = country.code in names.codes(looks.top) or _is_in_content(looks, country, names)
    said = f"{looks.top} | {looks.content}"
    if not is_named or not (rules.sections.find(said) or rules.kinds.find(said)):
        _refuse_password(looks)
        missing = "review words" if is_named else f"the name {country.name}"
        raise ProfileError(
            f"nothing on the page shows that it is the profile of {country.name}: no document, and {missing} missing. "
            "Look at it with `uncac-monitor read`, keep it as a test page, and add its words to classification.toml"
        )
