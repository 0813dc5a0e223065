from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.alert.news import Happening
from monitor.board.history import Step
from monitor.board.status import Interval
from monitor.board.stocktake import Signature, Stocktake, changes_within, last_day, stocktake
from monitor.board.view import View
from monitor.model import Change, ChangeKind, Document, DocumentKind, Dossier, Pledge, PledgeState
from tests.alert.samples import CYCLES, EARLIER, LONG_AGO, MEXICO, NIGER, NIGERIA, NOW, K, document, known
from tests.dialogue.talk import view

HOUR = timedelta(hours=1)
LAST = datetime(2025, 12, 9, tzinfo=UTC)
REPORT, SPANISH = document(K.COUNTRY_REPORT), document(language="es")


def seen(*dossiers: Dossier, changes: Iterable[Change] = (), **signed: str) -> View:
    of = view(*dossiers, changes=tuple(changes))
    pledges = {code: Pledge(PledgeState.SIGNATORY, date) for code, date in signed.items()}
    unknown = {each.code: Pledge(PledgeState.UNKNOWN) for each in (MEXICO, NIGER, NIGERIA)}
    return replace(of, countries=(MEXICO, NIGER, NIGERIA), cycles=CYCLES, pledges={**unknown, **pledges})


def read(*documents: Document, code: str = "MEX", first: datetime = LAST) -> Dossier:
    """A country that was read early enough, and lists these now."""
    return Dossier(
        code, tuple(known(each, EARLIER, LONG_AGO) for each in documents), first_read=first, last_read=NOW
    )


def happened(
    kind: ChangeKind = ChangeKind.PUBLISHED,
    what: Document | None = None,
    at: datetime = EARLIER,
    code: str = "MEX",
    *,
    is_language_version: bool = False,
) -> Change:
    return Change(code, kind, what or document(), at, LONG_AGO, is_language_version=is_language_version)


def told(of: Stocktake) -> list[tuple[str, str, DocumentKind, tuple[str, ...]]]:
    return [
        (each.country.code, each.item.happening.name, each.item.kind, each.item.languages)
        for each in of.events
    ]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 14, tzinfo=UTC), datetime(2025, 12, 9, tzinfo=UTC)),
        (datetime(2026, 12, 8, 23, 59, tzinfo=UTC), datetime(2025, 12, 9, tzinfo=UTC)),
        # On the day itself stock is taken of the year that is over.
        (datetime(2026, 12, 9, 12, tzinfo=UTC), datetime(2025, 12, 9, tzinfo=UTC)),
        (datetime(2026, 12, 10, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC)),
        (datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC)),
        (datetime.fromisoformat("2026-12-10T00:30:00+01:00"), datetime(2025, 12, 9, tzinfo=UTC)),
    ],
)
def test_stock_is_taken_since_the_last_anti_corruption_day_that_is_over(
    moment: datetime, day: datetime
) -> None:
    assert last_day(moment) == day


def test_without_a_time_it_is_from_that_day_to_what_is_known_newest() -> None:
    of = stocktake(seen(read()))
    assert (of.since, of.until, of.looking_since) == (LAST, NOW, LAST)
    assert (of.is_seen, of.is_whole) == (True, True)
    assert (of.events, of.signatures) == ((), ())


def test_what_we_did_not_look_at_from_the_beginning_is_not_whole() -> None:
    later = stocktake(seen(read(first=LONG_AGO)))
    assert (later.is_seen, later.is_whole) == (True, False)
    never = stocktake(seen())
    assert (never.is_seen, never.is_whole, never.looking_since) == (False, False, None)
    before = stocktake(seen(read(first=LONG_AGO)), LAST, LONG_AGO - HOUR)
    assert (before.is_seen, before.is_whole) == (False, False)


def test_what_happened_is_told_country_by_country_in_the_order_it_was_seen() -> None:
    changes = [
        happened(what=REPORT, at=NOW),
        happened(),
        happened(ChangeKind.REVISED, what=REPORT, code="NER", at=EARLIER + HOUR),
    ]
    of = stocktake(seen(read(document(), REPORT), read(REPORT, code="NER"), changes=changes))
    assert told(of) == [
        ("MEX", "PUBLISHED", K.SELF_ASSESSMENT, ("en",)),
        ("NER", "REVISED", K.COUNTRY_REPORT, ("en",)),
        ("MEX", "PUBLISHED", K.COUNTRY_REPORT, ("en",)),
    ]
    assert of.events[0].interval == Interval(LONG_AGO, EARLIER)
    assert [each.country for each in of.of(Happening.REVISED)] == [NIGER]
    assert of.countries(Happening.PUBLISHED, Happening.REVISED) == (MEXICO, NIGER)
    assert of.countries(Happening.WITHDRAWN) == ()


def test_languages_seen_in_one_look_are_one_publication_and_later_ones_a_note() -> None:
    french = document(language="fr")
    changes = [happened(), happened(what=SPANISH), happened(what=french, at=NOW, is_language_version=True)]
    of = stocktake(seen(read(document(), SPANISH, french), changes=changes))
    assert told(of) == [
        ("MEX", "PUBLISHED", K.SELF_ASSESSMENT, ("en", "es")),
        ("MEX", "NEW_LANGUAGE", K.SELF_ASSESSMENT, ("fr",)),
    ]


@pytest.mark.parametrize(
    "kind", [ChangeKind.MOVED, ChangeKind.RETURNED, ChangeKind.LINK_DEAD, ChangeKind.FILE_REPLACED]
)
def test_what_moved_came_back_or_happened_to_a_file_is_not_told(kind: ChangeKind) -> None:
    assert stocktake(seen(read(document()), changes=[happened(kind)])).events == ()


def test_the_first_and_the_last_moment_belong_to_the_time_and_nothing_else_does() -> None:
    moments = [EARLIER - HOUR, EARLIER, NOW, NOW + HOUR]
    changes = tuple(happened(at=each) for each in moments)
    assert [each.seen_at for each in changes_within(changes, EARLIER, NOW)] == [EARLIER, NOW]
    assert changes_within(changes, None, None) == changes
    assert changes_within(changes, NOW, None) == changes[2:]
    assert changes_within(changes, None, EARLIER) == changes[:2]
    of = stocktake(seen(read(document()), changes=changes), EARLIER, NOW)
    assert [each.interval.seen_at for each in of.events] == [EARLIER, NOW]


def test_a_country_that_is_not_in_the_list_or_not_known_is_not_told() -> None:
    changes = [happened(code="XXX"), happened(code="NER")]
    assert stocktake(seen(read(document(), code="XXX"), changes=changes)).events == ()


def gone(what: Document, at: datetime = EARLIER) -> Change:
    return happened(ChangeKind.WITHDRAWN, what, at)


def test_one_language_that_went_while_another_stood_there_is_no_withdrawal_whatever_went_later() -> None:
    english = known(document(), missing_since=NOW, is_absence_told=True, is_missing_long=True)
    spanish = known(SPANISH, missing_since=EARLIER, is_absence_told=True, is_missing_long=True)
    mexico = replace(read(), documents=(english, spanish))
    of = stocktake(seen(mexico, changes=[gone(SPANISH), gone(document(), NOW)]))
    assert told(of) == [
        ("MEX", "LANGUAGE_GONE", K.SELF_ASSESSMENT, ("es",)),
        ("MEX", "WITHDRAWN", K.SELF_ASSESSMENT, ("en",)),
    ]
    assert [each.back for each in of.events] == [None, None]


def test_a_withdrawal_stays_one_when_something_is_published_anew_later() -> None:
    anew = document(url="https://www.unodc.org/anew.pdf")
    old = known(document(), missing_since=EARLIER, is_absence_told=True, is_missing_long=True)
    mexico = replace(read(), documents=(old, known(anew, NOW, EARLIER)))
    of = stocktake(seen(mexico, changes=[gone(document()), happened(what=anew, at=NOW)]))
    assert [each.item.happening for each in of.events] == [Happening.WITHDRAWN, Happening.PUBLISHED]
    assert of.events[0].back is None


def test_what_was_withdrawn_and_came_back_says_when_if_that_was_before_the_end() -> None:
    back = happened(ChangeKind.RETURNED, at=NOW)
    mexico = replace(read(), documents=(known(document(), is_absence_told=True),))
    of = seen(mexico, changes=[gone(document()), back])
    assert [each.back for each in stocktake(of).events] == [NOW]
    assert [each.back for each in stocktake(of, LAST, NOW - HOUR).events] == [None]


def test_a_withdrawal_of_several_is_over_when_all_are_back() -> None:
    documents = (known(document(), is_absence_told=True), known(SPANISH, is_absence_told=True))
    changes = [
        gone(document()),
        gone(SPANISH),
        happened(ChangeKind.RETURNED, at=EARLIER + HOUR),
        happened(ChangeKind.RETURNED, SPANISH, at=NOW),
    ]
    of = stocktake(seen(replace(read(), documents=documents), changes=changes))
    assert [each.back for each in of.events] == [NOW]
    still = replace(read(), documents=(documents[0], replace(documents[1], missing_since=EARLIER)))
    assert [each.back for each in stocktake(seen(still, changes=changes[:3])).events] == [None]


def test_a_withdrawal_of_what_nobody_knows_any_more_is_told_without_a_return() -> None:
    assert [each.back for each in stocktake(seen(read(), changes=[gone(document())])).events] == [None]


def test_numbers_move_from_the_beginning_to_the_end_of_the_time() -> None:
    stood = known(REPORT, LAST - HOUR)
    mexico = replace(
        read(document(), first=LAST - HOUR), documents=(known(document(), EARLIER, LONG_AGO), stood)
    )
    moves = stocktake(seen(mexico)).moves
    assert len(moves) == 6
    steps = {(each.cycle.id, each.kind): each.step for each in moves}
    assert steps["2", K.SELF_ASSESSMENT] == Step(NOW, 1, appeared=1)
    assert steps["2", K.COUNTRY_REPORT] == Step(NOW, 1)
    assert steps["2", K.COUNTRY_REPORT].before == 1
    assert steps["1", K.SELF_ASSESSMENT] == Step(NOW, 0)


@pytest.mark.parametrize(
    ("signed", "is_sure"),
    [
        ("2025-12-09", True),
        ("2026-11-24", True),
        ("2026-03", True),
        ("2026-11", False),
        ("2025-12", False),
        ("2026", False),
        ("2025", False),
        ("2025-12-08", None),
        ("2026-11-25", None),
        ("2025-11", None),
        ("2026-12", None),
        ("2024", None),
        ("2027", None),
        ("", None),
        ("2026-13", None),
        ("last year", None),
        ("2026-02", True),
        ("2026-02-29", None),
    ],
)
def test_who_signed_in_the_time_is_new_as_far_as_the_date_is_known(signed: str, is_sure: bool | None) -> None:
    of = stocktake(seen(read(), NER=signed))
    assert of.signatures == (() if is_sure is None else (Signature(NIGER, signed, is_sure),))


def test_who_is_not_known_to_have_signed_is_no_new_signatory() -> None:
    of = seen(read())
    pledges = {**of.pledges, "NER": Pledge(PledgeState.NOT_SIGNATORY, "2026-05-05")}
    assert stocktake(replace(of, pledges=pledges)).signatures == ()
