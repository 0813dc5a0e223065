"""Random histories of one page, looked at through everything that can go wrong: what must hold in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.errors import FetchError, Implausible
from monitor.model import (
    NEWS_KINDS,
    Change,
    ChangeKind,
    DocumentKind,
    Dossier,
    KnownDocument,
    NotModified,
    Outcome,
    Standing,
    Words,
)
from monitor.record.decide import Decision, settle_held
from monitor.record.diff import diff
from monitor.record.review import origin
from tests.record.histories import GRACE, HOUR, LIMITS, TRACK, WWW, Page, Watched, read

ANNOUNCED = {ChangeKind.PUBLISHED, ChangeKind.REVISED}
SORTS = ["self-assessment", "country-report", "executive-summary", "other", "??"]
SORTS += ["?country-report", "new-self-assessment", "hidden-country-report"]
Action = tuple[str, int]


@dataclass
class Paper:
    """A document of the world: where it stands and what the page calls it may change, never all in one look."""

    number: int
    sort: str
    cycle: str
    language: str
    host: str = WWW
    edition: int = 0
    title: int = 0
    is_listed: bool = True
    is_sort_known: bool = True
    """The page has always called it the same."""

    @property
    def url(self) -> str:
        # Every third file name says nothing, so that only the title or the address gives the document away.
        name = f"{self.edition}/view" if self.number % 3 == 0 else f"{self.edition}.pdf"
        return f"{self.host}{self.number}-{name}"

    @property
    def words(self) -> str:
        return f"{self.sort}|{self.cycle}|{self.language}|Paper {self.number}, {self.title}"


@dataclass
class History:
    """One page and its watcher; every verb is something that happens to a real page or to the monitor."""

    papers: list[Paper] = field(default_factory=list)
    country: Watched = field(default_factory=Watched)
    owners: dict[str, int] = field(default_factory=dict)
    noise: int = 0
    asked: set[tuple[str, tuple[Words, ...]]] = field(default_factory=set)

    @property
    def page(self) -> Page:
        listed = {paper.url: paper.words for paper in self.papers if paper.is_listed}
        return {**listed, f"{WWW}menu.pdf": f"other|||Menu {self.noise}"}

    def do(self, action: Action) -> None:
        verb, number = action
        if verb in {"publish", "look", "turn_rules", "fail", "blank", "accept", "reject"}:
            getattr(self, verb)(number)
        elif self.papers:
            getattr(self, verb)(self.papers[number % len(self.papers)])

    def publish(self, number: int) -> None:
        sort = SORTS[number % len(SORTS)]
        cycle, language = ("", "1", "2")[number % 3], ("", "en", "fr", "es")[number % 4]
        self.papers.append(Paper(len(self.papers), sort, cycle, language))

    def translate(self, paper: Paper) -> None:
        self.papers.append(Paper(len(self.papers), paper.sort, paper.cycle, paper.language + "x"))

    def revise(self, paper: Paper) -> None:
        if paper.is_listed:
            paper.is_listed = False
            self.papers.append(Paper(len(self.papers), paper.sort, paper.cycle, paper.language))

    def drop(self, paper: Paper) -> None:
        paper.is_listed = False

    def put_back(self, paper: Paper) -> None:
        paper.is_listed = True

    # Elsewhere and called differently in one look is another document, to people as to the monitor.
    def move(self, paper: Paper) -> None:
        if self._is_read(paper):
            paper.host = TRACK if paper.host == WWW else WWW

    def move_with_new_title(self, paper: Paper) -> None:
        known = self._known(paper)
        if self._is_read(paper) and paper.number % 3 and (known is None or known.document.url == paper.url):
            paper.host = TRACK if paper.host == WWW else WWW
            paper.title += 1

    def rename(self, paper: Paper) -> None:
        if self._is_read(paper):
            paper.edition += 1

    def go_back_with_new_title(self, paper: Paper) -> None:
        known = self._known(paper)
        if known is not None and known.former_urls and known.document.url == paper.url:
            before = Paper(paper.number, "", "", "", TRACK), Paper(paper.number, "", "", "", WWW)
            places = [replace(place, edition=each) for each in range(paper.edition + 1) for place in before]
            place = next(place for place in places if place.url == known.former_urls[0])
            paper.host, paper.edition, paper.title = place.host, place.edition, paper.title + 1

    def retitle(self, paper: Paper) -> None:
        if self._is_at_home(paper):
            paper.title += 1

    def call_differently(self, paper: Paper) -> None:
        if self._is_at_home(paper):
            paper.sort = SORTS[(SORTS.index(paper.sort) + 1) % len(SORTS)]
            paper.is_sort_known = False

    def _known(self, paper: Paper) -> KnownDocument | None:
        mine = [
            each for each in self.country.dossier.documents if self.owners.get(each.link.url) == paper.number
        ]
        here = [each for each in mine if each.link.url == paper.url]
        return next(iter((*here, *reversed(mine))), None)

    def _is_read(self, paper: Paper) -> bool:
        known = self._known(paper)
        return known is None or known.link.label == paper.words

    def _is_at_home(self, paper: Paper) -> bool:
        known = self._known(paper)
        return known is not None and known.link.url == paper.url

    def turn_rules(self, _: int) -> None:
        self.country.rules = "r2" if self.country.rules == "r1" else "r1"

    def fail(self, hours: int) -> None:
        self._sweep(FetchError("no answer"), hours)

    def blank(self, hours: int) -> None:
        self._sweep({}, hours)

    def look(self, hours: int) -> None:
        self.noise += hours % 2
        self._sweep(self.page, hours)

    def accept(self, _: int) -> None:
        self._settle("accept")

    def reject(self, _: int) -> None:
        self._settle("reject")

    def say(self, paper: Paper) -> None:
        """Let a person who knows the paper say what it is, right or wrong, wherever they are asked."""
        known = self._known(paper)
        if known is None or not (known.document.doubt or known.said):
            return
        kind = list(DocumentKind)[(paper.number + len(self.country.changes)) % len(DocumentKind)]
        # Asked whether it is one that was told already, they say so.
        is_quiet = known.document.doubt.startswith("it may be") and bool(self.announced()[paper.number])
        with suppress(Implausible):  # the same word again
            self.country.says(known.document.url, kind, "2", is_quiet=is_quiet)
            paper.is_sort_known = False
        said = self._known(paper)
        assert said is not None
        assert (said.document.kind, said.document.doubt) == (kind, "")

    def _settle(self, verb: Literal["accept", "reject"]) -> None:
        country = self.country
        if country.dossier.held is not None:
            country.dossier, changes = settle_held(country.dossier, verb, country.now, GRACE)
            country.changes += changes

    def _sweep(self, look: Page | FetchError, hours: int) -> Decision:
        self.owners |= {paper.url: paper.number for paper in self.papers if paper.is_listed}
        before = self.country.dossier
        decision = self.country.sweep(look, timedelta(hours=1 + hours % 100))
        self._check(before, decision, look)
        # Nobody is asked twice about the same words over the same document.
        for _, known in decision.doubtful:
            assert (origin(known), known.link.words) not in self.asked
            self.asked.add((origin(known), known.link.words))
        return decision

    def _check(self, before: Dossier, decision: Decision, seen: Page | FetchError) -> None:
        look = {} if isinstance(seen, FetchError) else seen
        after = self.country.dossier
        # Nothing is ever dropped, and no two entries are the same document.
        assert {origin(known) for known in before.documents} <= {origin(known) for known in after.documents}
        assert len({known.document.url for known in after.documents}) == len(after.documents)
        if before.first_read is None:
            assert decision.changes == ()
        for change in decision.changes:
            assert change.document.kind is not DocumentKind.OTHER or change.kind not in ANNOUNCED
            assert change.document.url in look or change.kind not in ANNOUNCED
        # What better rules find on the same page is no news.
        if before.body_hash == after.body_hash:
            known = {each.document.url for each in before.documents}
            assert all(change.document.url in known for change in decision.changes)
        # The same look again changes nothing and asks nothing.
        if decision.visits[0].outcome is Outcome.READ:
            again = read(look, self.country.rules, body="other bytes")
            same, changes = diff(after, again, self.country.now, GRACE)
            assert changes == ()
            assert same.documents == after.documents
            same_sweep = Watched(after, self.country.now, self.country.rules).sweep(look, timedelta())
            assert (same_sweep.changes, same_sweep.doubtful) == ((), ())

    def rest(self) -> None:
        """Let the page stand still for as long as it takes to believe it."""
        self.noise += 1
        for _ in range(LIMITS.equal_looks + 1):
            self._sweep(self.page, 0)
        assert self.country.dossier.held is None

    def is_clear_news(self, paper: Paper) -> bool:
        """Tell whether the page lists it and always called it what any rules take for news."""
        return paper.is_listed and paper.is_sort_known and paper.sort in set(NEWS_KINDS)

    def announced(self) -> Counter[int]:
        return Counter(
            self.owners[change.document.url] for change in self.country.changes if change.kind in ANNOUNCED
        )


VERBS = [
    "publish",
    "publish",
    "look",
    "look",
    "look",
    "translate",
    "revise",
    "drop",
    "put_back",
    "move",
    "rename",
]
VERBS += ["move_with_new_title", "go_back_with_new_title", "retitle"]
VERBS += ["call_differently", "turn_rules", "fail", "blank", "accept", "reject"]
ACTIONS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 200)), max_size=25)
SAYING = st.lists(st.tuples(st.sampled_from([*VERBS, "say", "say", "say"]), st.integers(0, 200)), max_size=25)
BASELINE = st.lists(st.integers(0, 83), max_size=6)

CR2, SA2, ASKED2, CR1, CR_ANY, HIDDEN = (
    17,
    8,
    5,
    1,
    9,
    7,
)  # numbers that publish() turns into the sorts named here
LOOK: Action = ("look", 1)


def test_the_numbers_of_the_examples_mean_what_they_say() -> None:
    history = History()
    for number in (CR2, SA2, ASKED2, CR1, CR_ANY, HIDDEN):
        history.publish(number)
    assert [(paper.sort, paper.cycle) for paper in history.papers] == [
        ("country-report", "2"),
        ("self-assessment", "2"),
        ("?country-report", "2"),
        ("country-report", "1"),
        ("country-report", ""),
        ("hidden-country-report", "1"),
    ]


def played(baseline: list[int], actions: list[Action]) -> History:
    history = History()
    for number in baseline:
        history.publish(number)
    history.look(0)
    for action in actions:
        history.do(action)
    history.rest()
    return history


EXAMPLES: dict[str, tuple[list[int], list[Action]]] = {
    "flicker": ([CR2], [("publish", SA2), LOOK, ("drop", 1), LOOK, ("put_back", 1), LOOK]),
    "withdrawn and back": (
        [CR2, SA2],
        [("drop", 0), LOOK, ("look", 99), ("put_back", 0), LOOK, ("drop", 0), LOOK],
    ),
    "moved and back": ([CR2], [("publish", SA2), LOOK, ("move", 1), LOOK, ("move", 1), LOOK, ("move", 1)]),
    "renamed": ([CR2], [("publish", SA2), LOOK, ("rename", 1), LOOK, ("rename", 1), LOOK]),
    "renamed without a cycle": (
        [CR2],
        [("publish", CR_ANY), LOOK, ("rename", 1), LOOK, ("turn_rules", 0), LOOK],
    ),
    "moved while rules change": ([CR2], [("publish", ASKED2), LOOK, ("turn_rules", 0), ("move", 1), LOOK]),
    "recognised while missing": (
        [CR2, SA2],
        [("publish", ASKED2), LOOK, ("drop", 2), LOOK, ("turn_rules", 0), LOOK, ("put_back", 2), LOOK],
    ),
    "rules there and back": ([CR2], [("publish", ASKED2), LOOK, *[("turn_rules", 0), LOOK] * 4]),
    "called news now": ([3], [*[("call_differently", 0), LOOK] * 7, ("turn_rules", 0), LOOK]),
    "announced, then called otherwise": (
        [CR2],
        [("publish", SA2), LOOK, *[("call_differently", 1), LOOK] * 8, ("turn_rules", 0), LOOK],
    ),
    "revised, the old one back": ([CR2], [("revise", 0), LOOK, ("put_back", 0), LOOK]),
    "held and accepted": ([CR2, SA2], [("publish", CR1), ("blank", 0), ("accept", 0), LOOK]),
    "held and rejected": (
        [CR2],
        [*[("publish", each) for each in range(8)], LOOK, ("reject", 0), LOOK, LOOK],
    ),
    "held, then failing": ([CR2], [*[("publish", each) for each in range(8)], LOOK, ("fail", 0), LOOK]),
    "found by better rules": ([CR2], [("publish", HIDDEN), ("look", 0), ("turn_rules", 0), ("look", 0)]),
    "moved under a new title": ([CR2], [("publish", SA2), LOOK, ("move_with_new_title", 1), LOOK]),
    "back under a new title": (
        [CR2],
        [("publish", SA2), LOOK, ("rename", 1), LOOK, ("go_back_with_new_title", 1)],
    ),
    "nameless, away and back under a new title": (
        [],
        [("publish", SA2), LOOK, ("retitle", 0), ("drop", 0), LOOK, ("retitle", 0), ("put_back", 0), LOOK],
    ),
    "one more language": ([CR2], [("publish", SA2), LOOK, ("translate", 1), LOOK]),
}


def _with_examples(test: Callable[[list[int], list[Action]], None]) -> Callable[[], None]:
    given_any = given(BASELINE, ACTIONS)(test)
    for baseline, actions in EXAMPLES.values():
        given_any = example(baseline, actions)(given_any)
    return settings(deadline=None)(given_any)


@_with_examples
def test_no_document_is_announced_twice_in_its_life(baseline: list[int], actions: list[Action]) -> None:
    history = played(baseline, actions)
    urls = Counter(change.document.url for change in history.country.changes if change.kind in ANNOUNCED)
    assert all(times == 1 for times in urls.values())
    assert all(times == 1 for times in history.announced().values())


@given(BASELINE, SAYING)
@example([], [("publish", 4), LOOK, ("say", 0), LOOK, ("move", 0), LOOK, ("drop", 0), ("look", 99), LOOK])
@example([], [("publish", ASKED2), LOOK, ("say", 0), ("turn_rules", 0), LOOK, ("turn_rules", 0), LOOK])
@example([4], [("call_differently", 0), LOOK, ("say", 0), ("call_differently", 0), LOOK, ("say", 0), LOOK])
def test_no_document_is_announced_twice_whatever_a_person_says(
    baseline: list[int], actions: list[Action]
) -> None:
    history = played(baseline, actions)
    assert all(times == 1 for times in history.announced().values())
    for known in history.country.dossier.documents:
        if known.said and known.standing is not Standing.ASKED:
            assert (known.document.kind, known.document.doubt) == (known.said.kind, "")


@_with_examples
def test_what_stood_there_at_the_first_look_is_never_announced(
    baseline: list[int], actions: list[Action]
) -> None:
    stood = {
        each
        for each, number in enumerate(baseline)
        if number % len(SORTS) != SORTS.index("hidden-country-report")
    }
    assert not stood & set(played(baseline, actions).announced())


@_with_examples
def test_nobody_is_left_untold_of_a_new_document_that_stays(
    baseline: list[int], actions: list[Action]
) -> None:
    history = played(baseline, actions)
    announced = history.announced()
    for paper in filter(history.is_clear_news, history.papers[len(baseline) :]):
        known = history.country.known(paper.url)
        assert known.missing_since is None
        # Only without a stated cycle may it be an old one elsewhere; then operators were asked instead.
        is_asked = known.standing is Standing.ASKED and not paper.cycle
        assert is_asked or announced[paper.number] == 1


@_with_examples
def test_an_absence_is_told_once_and_every_change_lies_between_two_looks(
    baseline: list[int], actions: list[Action]
) -> None:
    country = played(baseline, actions).country
    origins = {
        url: origin(known)
        for known in country.dossier.documents
        for url in (known.document.url, *known.former_urls)
    }
    told = Counter(
        origins[change.document.url] for change in country.changes if change.kind is ChangeKind.WITHDRAWN
    )
    assert all(times == 1 for times in told.values())
    assert all(_is_between(change) for change in country.changes)


def _is_between(change: Change) -> bool:
    return change.not_before is not None and change.not_before < change.seen_at


def test_an_unchanged_page_after_any_rules_says_nothing() -> None:
    history = played([CR2, SA2, ASKED2], [("turn_rules", 0), LOOK])
    decision = history.country.sweep(NotModified("x"), HOUR)
    assert (decision.changes, decision.doubtful, decision.held_now) == ((), (), ())
