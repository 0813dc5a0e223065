"""What happens on the simulated site between two kills, and what of it the chats must hear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from pathlib import PurePosixPath
from random import Random
from urllib.parse import urljoin, urlsplit

from monitor.demo.documents import SIMULATED_FOLDER, SimulatedDocument
from monitor.demo.render import LANGUAGES, LAYOUTS, render
from monitor.demo.site import SimulatedSite
from monitor.model import NEWS_KINDS, Country, DocumentKind, Dossier, KnownDocument, World

OTHER_FOLDER = "https://track.unodc.org/uploads/documents/UNCAC/simulated"
MOST_CHANGED = 5
"""Countries with something not stored yet: six at once would rightly be held as not believable."""
MOST_OPEN = 3
FEWEST_TO_WITHDRAW = 2
COMBINATIONS = tuple(product(sorted(NEWS_KINDS), ("1", "2"), sorted(LANGUAGES)))


def name_of(url: str) -> str:
    """Give what stays of an address when a document moves: the file's name."""
    return PurePosixPath(urlsplit(url).path).name


def is_served(url: str) -> bool:
    """Tell whether the simulated site has the file, too."""
    return urlsplit(url).hostname == "127.0.0.1"


def home(url: str) -> str:
    """Give an address without scheme: what the monitor normalises is not looked at here."""
    return url.partition("://")[2]


@dataclass(frozen=True, slots=True)
class Flicker:
    """A document that is away until the monitor has noticed."""

    code: str
    document: SimulatedDocument

    def is_noticed(self, dossier: Dossier) -> bool:
        known = _known(dossier).get(name_of(self.document.url))
        return known is not None and known.missing_since is not None


@dataclass(frozen=True, slots=True)
class Redesign:
    """A page in another layout until the monitor has read it so."""

    code: str
    body_hash: str

    def is_noticed(self, dossier: Dossier) -> bool:
        return dossier.body_hash == self.body_hash


@dataclass(slots=True)
class Story:
    site: SimulatedSite
    countries: tuple[Country, ...]
    random: Random
    published: dict[str, str] = field(default_factory=dict)
    """Code of the country by the file name of each publication, in the order of publishing."""
    moves: int = 0
    flickers: int = 0
    redesigns: int = 0
    _open: list[Flicker | Redesign] = field(default_factory=list)
    _left: dict[str, list[tuple[DocumentKind, str, str]]] = field(default_factory=dict)

    def go_on(self, world: World, *, is_quiet: bool) -> None:
        """Let something happen; ``is_quiet``: nothing that anybody must hear of."""
        self.close(world)
        if not is_quiet:
            for _ in range(self.random.randint(1, 2)):
                self._publish(world)
        for likelihood, act in ((0.25, self._move), (0.25, self._withdraw), (0.15, self._redesign)):
            if self.random.random() < likelihood:
                act(world)

    def close(self, world: World) -> None:
        """Let documents return and pages take their old shape once the monitor has noticed."""
        for one in list(self._open):
            if one.is_noticed(world.dossiers[one.code]):
                self._open.remove(one)
                if isinstance(one, Redesign):
                    self.site.recover(one.code)
                else:
                    self._list(one.code, one.document)

    def is_over(self, world: World) -> bool:
        """Tell whether the store holds all that the pages show."""
        return not self._open and not self._changed(world)

    def _publish(self, world: World) -> None:
        free = [code for code in self._free(world) if self._combinations(code)]
        if free:
            code = self.random.choice(free)
            kind, cycle, language = self._combinations(code).pop()
            (url,) = self.site.publish(code, kind, cycle, (language,))
            self.published[name_of(url)] = code

    def _combinations(self, code: str) -> list[tuple[DocumentKind, str, str]]:
        """List what a country can still publish; nothing that stands there already."""
        if code not in self._left:
            there = {(one.kind, one.cycle, one.language) for one in self.site.documents(code)}
            left = [one for one in COMBINATIONS if one not in there]
            self.random.shuffle(left)
            self._left[code] = left
        return self._left[code]

    def _move(self, world: World) -> None:
        for code, document in self._some(world):
            self.site.move(code, document.url, self._elsewhere(document))
            self.moves += 1

    def _elsewhere(self, document: SimulatedDocument) -> str:
        if not is_served(document.url):
            folder = SIMULATED_FOLDER if document.url.startswith(OTHER_FOLDER) else OTHER_FOLDER
            return f"{folder}/{name_of(document.url)}"
        # The file goes with it, as it does on the real site.
        folder = "/documents" if "/moved/" in document.url else "/moved"
        url = urljoin(document.url, f"{folder}/{name_of(document.url)}")
        with self.site._lock:
            self.site._shelf.put(urlsplit(url).path, document)
        return url

    def _withdraw(self, world: World) -> None:
        for code, document in self._some(world):
            is_stored = name_of(document.url) in _known(world.dossiers[code])
            if is_stored and len(self.site.documents(code)) > FEWEST_TO_WITHDRAW:
                self.site.withdraw(code, document.url)
                self._open.append(Flicker(code, document))
                self.flickers += 1

    def _redesign(self, world: World) -> None:
        free = self._free(world)
        if free:
            code = self.random.choice(free)
            country = next(one for one in self.countries if one.code == code)
            layout = LAYOUTS_IN_ORDER[(self.countries.index(country) + 1) % len(LAYOUTS_IN_ORDER)]
            body = render(country, self.site.documents(code), layout)
            self.site.answer(code, body=body, headers={"Content-Type": "text/html; charset=utf-8"})
            self._open.append(Redesign(code, sha256(body.encode()).hexdigest()))
            self.redesigns += 1

    def _some(self, world: World) -> Iterator[tuple[str, SimulatedDocument]]:
        """Give one document of a page that stands as it is stored, or none."""
        invented = [
            (code, document)
            for code in self._free(world)
            for document in self.site.documents(code)
            if name_of(document.url).startswith("simulated-")
        ]
        if invented and len(self._open) < MOST_OPEN:
            yield self.random.choice(invented)

    def _free(self, world: World) -> list[str]:
        """List the countries at which something may happen without making the whole hard to believe."""
        changed = self._changed(world) | {one.code for one in self._open}
        if len(changed) >= MOST_CHANGED:
            return []
        return [country.code for country in self.countries if country.code not in changed]

    def _changed(self, world: World) -> set[str]:
        return {country.code for country in self.countries if not self._is_stored(country.code, world)}

    def _is_stored(self, code: str, world: World) -> bool:
        known = _known(world.dossiers[code]).values()
        there = {home(one.document.url) for one in known if one.missing_since is None}
        return {home(document.url) for document in self.site.documents(code)} <= there

    def _list(self, code: str, document: SimulatedDocument) -> None:
        self.site.publish(code, document.kind, document.cycle, (document.language,), document.url)


LAYOUTS_IN_ORDER = tuple(LAYOUTS)


def _known(dossier: Dossier) -> dict[str, KnownDocument]:
    return {name_of(known.document.url): known for known in dossier.documents}
