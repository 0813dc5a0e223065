"""An unsubscription can be taken back with everything that was chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.press import LIMIT
from monitor.board.regions import regions
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.place import here
from monitor.dialogue.choice.undo import restored, undoing
from monitor.model import DocumentKind, Scope, Subscription, When
from tests.config.helpers import COUNTRIES
from tests.dialogue.choice.room import CHAT, view

PLACE = here(Ask("", CHAT))
REGIONS = regions(COUNTRIES)
CODES = st.frozensets(st.sampled_from([country.code for country in COUNTRIES]), max_size=5)
CHOICES = st.builds(
    Subscription,
    st.just(CHAT),
    kinds=st.frozensets(st.sampled_from(DocumentKind), min_size=1),
    withdrawals=st.booleans(),
    files=st.booleans(),
    scope=st.builds(Scope, st.booleans(), st.frozensets(st.sampled_from(REGIONS), max_size=3), CODES),
    muted=CODES,
    cycles=st.sampled_from([frozenset(), frozenset({"1"}), frozenset({"2"})]),
    when=st.sampled_from(When),
    is_silent=st.booleans(),
)


@given(CHOICES)
def test_what_a_button_carries_is_brought_back_whole(choice: Subscription) -> None:
    data = undoing(PLACE, choice)
    if data:
        assert len(data.encode()) <= LIMIT
        assert restored(PLACE, data.split(":")[3], view()) == choice


def test_the_usual_choices_fit() -> None:
    five = Scope(countries=frozenset({"MEX", "BRA", "GHA", "FRA", "EU"}))
    for choice in (
        Subscription(CHAT),
        Subscription(CHAT, scope=Scope(is_pledge=True, regions=frozenset(REGIONS))),
        Subscription(CHAT, scope=five),
    ):
        assert undoing(PLACE, choice)


def test_what_does_not_fit_or_holds_something_has_no_undo() -> None:
    many = frozenset(country.code for country in COUNTRIES[:20])
    assert undoing(PLACE, Subscription(CHAT, scope=Scope(countries=many))) == ""
    assert undoing(PLACE, Subscription(CHAT, held=(1,))) == ""


def test_regions_have_short_names_of_their_own() -> None:
    assert len(
        {undoing(PLACE, Subscription(CHAT, scope=Scope(regions=frozenset({each})))) for each in REGIONS}
    ) == len(REGIONS)


def test_what_is_not_known_any_more_never_becomes_all_countries() -> None:
    assert restored(PLACE, "o|01|||XXX|", view()) is None
    assert restored(PLACE, "o|01||ffff||", view()) is None
    assert restored(PLACE, "o|01|||XXX,MEX|", view()) == Subscription(
        CHAT, withdrawals=False, scope=Scope(countries=frozenset({"MEX"}))
    )
