from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.board.history import Curve, History, Step, history
from monitor.board.overview import of_view
from monitor.board.spans import Span, merged
from monitor.board.view import View
from monitor.model import Change, ChangeKind, Document, DocumentKind, Dossier, KnownDocument, World
from tests.alert.samples import CYCLES, EARLIER, LONG_AGO, MEXICO, NIGER, NIGERIA, NOW, K, document, known
from tests.dialogue.talk import view
from tests.record.histories import HOUR, Watched

START, HALF, END = LONG_AGO, LONG_AGO + timedelta(days=10), LONG_AGO + timedelta(days=20)
URL = document().url


def read(*documents: KnownDocument, code: str = "MEX", first: datetime = START) -> Dossier:
    return Dossier(code, documents, first_read=first, last_read=NOW)


def world(*dossiers: Dossier, changes: Iterable[Change] = ()) -> View:
    of = view(*dossiers, changes=tuple(changes))
    return replace(of, countries=(MEXICO, NIGER, NIGERIA), cycles=CYCLES)


def happened(kind: ChangeKind, at: datetime, what: Document | None = None, former_url: str = "") -> Change:
    return Change("MEX", kind, what or document(), at, None, former_url)


def curve(of: View, cycle: str = "2", kind: DocumentKind = K.SELF_ASSESSMENT) -> list[Step]:
    return list(history(of).curve(cycle, kind).steps)


def test_there_is_a_curve_for_each_cycle_and_kind_even_where_nothing_was_read() -> None:
    nothing = history(world())
    assert [(each.cycle.id, each.kind) for each in nothing.curves] == [
        (cycle, kind)
        for cycle in ("1", "2")
        for kind in (K.SELF_ASSESSMENT, K.COUNTRY_REPORT, K.EXECUTIVE_SUMMARY)
    ]
    assert {each.steps for each in nothing.curves} == {()}
    assert (nothing.since, nothing.until) == (None, NOW)


def test_what_stood_there_at_the_first_look_is_found_and_no_publication_whenever_that_look_was() -> None:
    of = world(
        read(known(document(), START)), read(known(document(), HALF), code="NER", first=HALF), Dossier("NGA")
    )
    assert curve(of) == [Step(START, 1, found=1), Step(HALF, 2, found=1)]
    assert (history(of).since, history(of).until) == (START, NOW)


def test_what_appeared_between_two_looks_is_a_publication() -> None:
    of = world(read(known(document(), HALF, START)), read(known(document(), HALF), code="NER"))
    assert curve(of) == [Step(HALF, 2, found=1, appeared=1)]
    assert curve(of, "1") == []
    assert curve(of, kind=K.COUNTRY_REPORT) == []


def test_a_country_counts_once_in_however_many_languages() -> None:
    of = world(read(known(document()), known(document(language="es"), HALF, START)))
    assert curve(of) == [Step(START, 1, found=1)]


def test_what_is_gone_counts_no_more_whether_that_was_told_or_not() -> None:
    away = known(document(), missing_since=END)
    assert curve(world(read(away))) == [Step(START, 1, found=1), Step(END, 0, went=1)]
    told = replace(away, is_absence_told=True)
    withdrawn = happened(ChangeKind.WITHDRAWN, END)
    assert curve(world(read(told), changes=[withdrawn])) == curve(world(read(away)))


def test_what_came_back_was_away_in_between() -> None:
    changes = [happened(ChangeKind.RETURNED, END), happened(ChangeKind.WITHDRAWN, HALF)]
    of = world(read(known(document(), is_absence_told=True)), changes=changes)
    assert curve(of) == [Step(START, 1, found=1), Step(HALF, 0, went=1), Step(END, 1, appeared=1)]


def test_what_came_back_at_another_address_was_away_in_between() -> None:
    there = document(url="https://track.unodc.org/new.pdf")
    changes = [happened(ChangeKind.WITHDRAWN, HALF), happened(ChangeKind.MOVED, END, there, URL)]
    of = world(read(known(there, former_urls=(URL,))), changes=changes)
    assert [step.number for step in curve(of)] == [1, 0, 1]


def test_what_only_moved_never_went() -> None:
    there = document(url="https://track.unodc.org/new.pdf")
    of = world(read(known(there, former_urls=(URL,))), changes=[happened(ChangeKind.MOVED, END, there, URL)])
    assert curve(of) == [Step(START, 1, found=1)]


def test_a_replacement_takes_over_without_a_gap() -> None:
    new = document(url="https://www.unodc.org/new.pdf")
    old = known(document(), missing_since=HALF, is_absence_told=True, is_absence_explained=True)
    of = world(
        read(old, known(new, HALF, START)), changes=[happened(ChangeKind.REVISED, HALF, new, former_url=URL)]
    )
    assert curve(of) == [Step(START, 1, found=1)]


def test_a_replaced_document_that_came_back_alone_was_away_while_the_other_one_stood_there() -> None:
    new = document(url="https://www.unodc.org/new.pdf")
    changes = [
        happened(ChangeKind.REVISED, HALF, new, former_url=URL),
        happened(ChangeKind.RETURNED, END + HOUR),
    ]
    of = world(read(known(document()), known(new, HALF, START, missing_since=END)), changes=changes)
    assert curve(of) == [Step(START, 1, found=1), Step(END, 0, went=1), Step(END + HOUR, 1, appeared=1)]


def test_what_is_there_though_no_change_tells_of_its_return_was_not_away() -> None:
    of = world(read(known(document())), changes=[happened(ChangeKind.WITHDRAWN, HALF)])
    assert curve(of) == [Step(START, 1, found=1)]


@pytest.mark.parametrize(
    "other", [document(doubt="two kinds"), document(cycle=None), document(cycle="3"), document(K.FOLLOW_UP)]
)
def test_what_is_in_doubt_of_no_known_cycle_or_of_another_kind_is_on_no_curve(other: Document) -> None:
    assert {each.steps for each in history(world(read(known(other)))).curves} == {()}


def test_a_country_that_is_not_in_the_list_is_on_no_curve() -> None:
    assert curve(world(read(known(document()), code="XXX"))) == []


def test_other_countries_changes_say_nothing_of_a_document() -> None:
    of = world(read(known(document())), changes=[replace(happened(ChangeKind.WITHDRAWN, HALF), code="NER")])
    assert curve(of) == [Step(START, 1, found=1)]


def test_a_curve_says_how_it_stood_and_what_happened_in_a_time() -> None:
    steps = (Step(START, 5, found=5), Step(HALF, 7, found=1, appeared=1), Step(END, 6, went=1))
    of = Curve(CYCLES[0], K.SELF_ASSESSMENT, steps)
    assert [of.at(each) for each in (START - HOUR, START, HALF - HOUR, HALF, NOW)] == [0, 5, 5, 7, 6]
    assert [step.before for step in steps] == [0, 5, 7]
    assert of.within(HALF, END) == Step(END, 6, found=1, appeared=1, went=1)
    assert of.within(HALF, END).before == 5
    assert of.within(HALF + HOUR, EARLIER) == Step(EARLIER, 6, went=1)
    assert of.within(START, START) == steps[0]


@pytest.mark.parametrize(
    ("times", "joined"),
    [
        ((), ()),
        ((Span(START, HALF), Span(HALF, END)), (Span(START, END),)),
        ((Span(START, HALF), Span(END)), (Span(START, HALF), Span(END))),
        ((Span(START, END), Span(HALF)), (Span(START),)),
        ((Span(START), Span(HALF, END)), (Span(START),)),
        ((Span(START, END), Span(HALF, HALF + HOUR)), (Span(START, END),)),
        ((Span(START), Span(START, HALF, is_found=True)), (Span(START, is_found=True),)),
    ],
)
def test_times_that_overlap_or_touch_are_one(times: tuple[Span, ...], joined: tuple[Span, ...]) -> None:
    assert merged(times) == joined
    assert merged(reversed(times)) == joined


def test_a_span_covers_its_start_and_not_its_end() -> None:
    covered = [Span(START, END).covers(each) for each in (START - HOUR, START, HALF, END)]
    assert covered == [False, True, True, False]
    assert Span(START).covers(NOW)


PAPERS = ("self-assessment|2|en", "self-assessment|2|es", "country-report|1|en", "?self-assessment|2|en")
Looked = list[tuple[set[int], int]]
"""Looks at a page: the numbers of the papers that it lists, and the hours since the look before."""
looks = st.lists(st.tuples(st.sets(st.integers(0, 7)), st.sampled_from([1, 24, 80])), min_size=1, max_size=9)


def watched(country: Watched, looked: Looked) -> Iterable[Watched]:
    for listed, hours in looked:
        page = {f"https://www.unodc.org/{n}.pdf": f"{PAPERS[n % 4]}|Paper {n}" for n in sorted(listed)}
        country.look(page, hours * HOUR)
        yield country


def seen(*countries: Watched) -> View:
    codes = ("MEX", "NER")
    dossiers = {code: replace(each.dossier, code=code) for code, each in zip(codes, countries, strict=True)}
    changes = tuple(
        replace(change, code=code)
        for code, each in zip(codes, countries, strict=True)
        for change in each.changes
    )
    return replace(world(), world=World(dossiers, changes))


@given(looks, looks)
@example([({0}, 1), (set(), 1), (set(), 80), ({0}, 1)], [({0}, 1), ({4}, 1)])
@example([({0}, 1), ({4}, 1), ({0, 4}, 1), ({0}, 80), ({0}, 80)], [(set(), 1), ({3}, 1)])
@example([({0}, 1), (set(), 80), (set(), 80), ({0}, 1), (set(), 1)], [({2}, 1)])
def test_the_last_step_is_todays_tally_and_every_step_adds_up(mine: Looked, yours: Looked) -> None:
    mexico, niger = Watched(), Watched()
    numbers: list[tuple[datetime, int]] = []
    for _ in watched(mexico, mine):
        tally = of_view(seen(mexico, niger)).tally("2", K.SELF_ASSESSMENT)
        numbers.append((mexico.now, tally.published))
    for _ in watched(niger, yours):
        pass
    of = seen(mexico, niger)
    told: History = history(of)
    for tally in of_view(of).tallies:
        found = told.curve(tally.cycle.id, tally.kind)
        assert found.at(told.until) == tally.published
        before = 0
        for step in found.steps:
            assert step.before == before
            before = step.number
        assert sorted(step.moment for step in found.steps) == [step.moment for step in found.steps]
        assert sum(step.found for step in found.steps) <= 2
    # What was away for a short time without a word is taken for there; nothing that was there is lost.
    curve = replace(of, countries=(MEXICO,))
    assert all(
        history(curve).curve("2", K.SELF_ASSESSMENT).at(moment) >= number for moment, number in numbers
    )
