"""Is this the profile of that country? Whatever is not never counts as "no documents"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup

from monitor.errors import Blocked, ProfileError
from monitor.model import Country, Page
from monitor.profile.rules import Rules
from monitor.profile.words import Phrases, fold, shorten, squeeze

_TINY = 200
"""Characters of visible text below which a page without documents says nothing."""
_SHORT = 1_500
"""Up to here a page's whole text is searched for refusals; in longer ones only title and headings."""
_TEXT_MOST = 20_000
_SHORTEST_NAME = 4
_SHELL = re.compile(r"countryprofile\.html|CountryProfileDetails", re.IGNORECASE)
_LINKS = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
_REFUSALS = {
    "challenge": "a bot challenge or block page",
    "login": "a login page",
    "missing": "an error page with status 200",
    "maintenance": "a maintenance page",
}


@dataclass(frozen=True, slots=True)
class Face:
    """What a page says of itself."""

    title: str
    headings: tuple[str, ...]
    text: str
    has_password: bool

    @property
    def top(self) -> str:
        """Title and headings, folded."""
        return fold(" | ".join((self.title, *self.headings)))


def face(soup: BeautifulSoup) -> Face:
    """Take title, first headings and the visible text from a page."""
    return Face(
        title=squeeze(soup.title.get_text(" ")) if soup.title else "",
        headings=tuple(squeeze(tag.get_text(" ")) for tag in soup.find_all(("h1", "h2"), limit=8)),
        text=squeeze(soup.get_text(" "))[:_TEXT_MOST],
        has_password=soup.find("input", type="password") is not None,
    )


class CountryNames:
    """Finds the countries that a text names; Niger is not Nigeria, and the two Congos stay apart."""

    def __init__(self, countries: Iterable[Country]) -> None:
        """Learn every name and alias long enough not to be an ordinary word."""
        self._phrases = Phrases(
            (name, country.code)
            for country in countries
            for name in (*country.names.values(), *country.aliases)
            if len(name) >= _SHORTEST_NAME
        )

    def codes(self, folded: str) -> set[str]:
        """Give the codes of the countries that a folded text names."""
        return set(self._phrases.meanings(folded))


def judge(
    page: Page, looks: Face, country: Country, names: CountryNames, rules: Rules, *, has_reviews: bool
) -> None:
    """Return where this is the country's profile; raises Blocked for what is not, ProfileError where nothing tells."""
    if not page.html.strip():
        raise Blocked("the server answered 200 with an empty body")
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


def _refuse_words(looks: Face, rules: Rules) -> None:
    said = looks.top if len(looks.text) > _SHORT else f"{looks.top} | {fold(looks.text)}"
    for name, what in _REFUSALS.items():
        found = rules.refusals[name].meanings(said) if name in rules.refusals else []
        if found and (name != "login" or looks.has_password):
            raise Blocked(f"{what}, not the profile: it says “{found[0]}”")
    if looks.has_password:
        raise Blocked("a login page, not the profile: it asks for a password")


def _refuse_other_country(looks: Face, country: Country, names: CountryNames) -> None:
    """Refuse a page that is headed by other countries: a menu naming all of them does not make it ours."""
    named = names.codes(looks.top)
    is_headed = bool(names.codes(fold(looks.title)) | names.codes(fold(" | ".join(looks.headings[:1]))))
    is_in_text = not is_headed and country.code in names.codes(fold(looks.text))
    if named and country.code not in named and not is_in_text:
        raise Blocked(f"the page of another country ({', '.join(sorted(named))}), not of {country.code}")


def _require_landmarks(looks: Face, country: Country, names: CountryNames, rules: Rules) -> None:
    folded = fold(looks.text)
    if len(looks.text) < _TINY:
        raise Blocked(f"a tiny page of {len(looks.text)} characters: “{shorten(looks.text, 80)}”")
    is_named = country.code in names.codes(f"{looks.top} | {folded}")
    if not is_named or not (rules.sections.find(folded) or rules.kinds.find(folded)):
        missing = "review words" if is_named else f"the name {country.name}"
        raise ProfileError(
            f"nothing on the page shows that it is the profile of {country.name}: no document, and {missing} missing. "
            "Look at it with `uncac-monitor read`, keep it as a test page, and add its words to classification.toml"
        )
