"""Every button changes what is chosen now, shows it in place, and no forged one breaks anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.alert.press import short
from monitor.dialogue.choice.press import MENUS, VERBS
from monitor.model import Chat, DocumentKind, Quiet, Scope, Subscription, When
from tests.dialogue.choice.room import CHAT, Room

TOLD = Subscription(CHAT, withdrawals=False)
K = DocumentKind


def some(*codes: str) -> frozenset[str]:
    return frozenset(codes)


@pytest.mark.parametrize(
    ("data", "before", "after"),
    [
        ("all", {"scope": Scope(is_pledge=True)}, {"scope": Scope()}),
        ("pledge", {}, {"scope": Scope(is_pledge=True)}),
        ("pledge", {"scope": Scope(is_pledge=True)}, {"scope": Scope()}),
        (f"region:{short('Europe')}", {}, {"scope": Scope(regions=some("Europe"))}),
        (f"region:{short('Europe')}", {"scope": Scope(regions=some("Europe"))}, {"scope": Scope()}),
        ("country:MEX", {"scope": Scope(countries=some("MEX"))}, {"scope": Scope()}),
        ("country:MEX", {}, {"scope": Scope(countries=some("MEX"))}),
        ("unmute:MEX", {"muted": some("MEX", "BRA")}, {"muted": some("BRA")}),
        ("mute:MEX", {}, {"muted": some("MEX")}),
        ("kind:country-report", {}, {"kinds": frozenset({K.SELF_ASSESSMENT})}),
        ("kind:follow-up", {}, {"kinds": TOLD.kinds | {K.FOLLOW_UP}}),
        ("withdrawals", {}, {"withdrawals": True}),
        ("files", {}, {"files": True}),
        ("files", {"files": True}, {"files": False}),
        ("cycle:2", {}, {"cycles": some("2")}),
        ("cycle:2", {"cycles": some("2")}, {"cycles": some()}),
        ("cycle:1", {"cycles": some("2")}, {"cycles": some()}),
        ("cycle", {"cycles": some("2")}, {"cycles": some()}),
        ("when:DAILY", {}, {"when": When.DAILY}),
        ("when:AT_ONCE", {"when": When.WEEKLY}, {"when": When.AT_ONCE}),
        ("sound", {}, {"is_silent": True}),
        ("sound", {"is_silent": True}, {"is_silent": False}),
        ("pause", {}, {"is_paused": True}),
        ("resume", {"is_paused": True}, {"is_paused": False}),
        ("add:MEX", {}, {"scope": Scope(countries=some("MEX"))}),
        (f"add:{short('Europe')}", {}, {"scope": Scope(regions=some("Europe"))}),
        ("drop:MEX", {}, {"muted": some("MEX")}),
        ("start", {"is_paused": True}, {"is_paused": False}),
    ],
)
def test_a_button_changes_one_thing_and_shows_what_holds(
    data: str, before: dict[str, object], after: dict[str, object]
) -> None:
    held = replace(TOLD, held=(1, 2))
    room = Room.told(replace(held, **before))  # type: ignore[arg-type] # fields by name
    room.presses(f"set:0:{data}")
    assert room.here() == replace(held, **after)  # type: ignore[arg-type] # fields by name
    assert room.last.is_edit
    assert room.last.message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("language:fr", {"language": "fr"}),
        ("hour:0", {"digest_hour": 0}),
        ("hour:23", {"digest_hour": 23}),
        ("quiet:22-7", {"quiet": Quiet(22, 7)}),
        ("quiet", {"quiet": None}),
        ("zone:Asia/Kathmandu", {"time_zone": "Asia/Kathmandu"}),
    ],
)
def test_a_button_changes_a_setting_with_or_without_a_subscription(
    data: str, expected: dict[str, object]
) -> None:
    chat = Chat(CHAT, quiet=Quiet(1, 2))
    for room in (Room.told(TOLD, chat=chat), Room.told(chat=chat)):
        room.presses(f"set:0:{data}")
        assert {name: getattr(room.chat, name) for name in expected} == expected
        assert room.last.is_edit


@pytest.mark.parametrize("menu", MENUS)
def test_every_menu_is_shown_in_place_and_leads_on(menu: str) -> None:
    room = Room.told(replace(TOLD, scope=Scope(countries=some("MEX")), muted=some("BRA")))
    room.presses(f"set:0:menu:{menu}")
    assert room.last.is_edit
    assert room.last.commit is None
    assert bool(room.labels) is (menu != "done")
    for button in room.last.message.buttons if room.last.message else ():
        verb = button.data.split(":")[2]
        assert verb in VERBS, button


def test_what_holds_is_ticked() -> None:
    chosen = Scope(is_pledge=True, regions=some("Europe"), countries=some("MEX"))
    told = replace(TOLD, scope=chosen, muted=some("BRA"), cycles=some("2"), when=When.DAILY)
    room = Room.told(told, chat=Chat(CHAT, language="en", time_zone="Europe/Vienna", quiet=Quiet(22, 7)))
    ticked = {
        "countries": ["Signatories of the Pledge (2)", "Europe (48)", "🇲🇽 Mexico"],
        "kinds": ["Self-assessments", "Country reports"],
        "cycles": ["Cycle 2"],
        "when": ["Every day at 08:00 (Vienna)"],
        "hour": ["08:00"],
        "quiet": ["22:00–07:00"],
        "language": ["English"],
        "zone:Europe": ["Vienna"],
    }
    for menu, labels in ticked.items():
        room.presses(f"set:0:menu:{menu}")
        assert [each[2:] for each in room.labels if each.startswith("✓ ")] == labels
    room.presses("set:0:menu:countries")
    room.presses("🔇 🇧🇷 Brazil")
    assert room.here().muted == frozenset()


def test_all_is_ticked_where_nothing_is_named() -> None:
    room = Room.told(TOLD)
    for menu, label in (
        ("countries", "✓ All 192 States parties"),
        ("cycles", "✓ All review cycles"),
        ("quiet", "✓ No quiet hours"),
        ("zone", "✓ UTC"),
        ("when", "✓ At once"),
    ):
        room.presses(f"set:0:menu:{menu}")
        assert label in room.labels


def test_one_kind_of_document_has_to_stay() -> None:
    room = Room.told(replace(TOLD, kinds=frozenset({K.FOLLOW_UP})))
    assert "has to stay" in room.presses("set:0:kind:follow-up")
    assert room.last.commit is None


def test_an_old_menu_does_not_subscribe_who_left() -> None:
    room = Room()
    for data in ("kind:follow-up", "pause", "menu:main", "menu:kinds", "cycle:2"):
        room.presses(f"set:0:{data}")
        assert room.last.commit is None
        assert room.labels == ["Subscribe"]


def test_an_own_language_is_spoken_at_once() -> None:
    room = Room.told(TOLD, language="en")
    room.presses("set:0:language:es")
    assert "✓ Español" in room.labels
    assert room.says("/subscribe") == room.says("/subscribe", language="es")


def test_a_topics_menu_stays_about_the_topic_wherever_it_is_pressed() -> None:
    room = Room.told(TOLD, replace(TOLD, thread=7))
    room.presses("set:7:sound", thread=None)
    assert (room.here(7).is_silent, room.here().is_silent) == (True, False)


ARGUMENTS = st.lists(
    st.sampled_from(
        [*VERBS, *MENUS, "", "0", "7", "MEX", "x", "24", "-1", "22-22", "25-3", "9", "é", "a/b", "|"]
    )
    | st.text(max_size=20),
    max_size=5,
)


@given(ARGUMENTS)
@example(["0"])
@example(["0", "hour", "24"])
@example(["0", "hour", "²"])
@example(["0", "quiet", "7-7"])
@example(["0", "undo", "o|9|||"])
@example(["0", "undo", "o|²||||"])
@example(["0", "undo", "z|0||||"])
@example(["0", "undo", "|0||||"])
@example(["0", "zone", "../etc/passwd"])
@example(["0", "when", "__class__"])
def test_forged_buttons_never_break_anything(arguments: list[str]) -> None:
    for room in (Room.told(TOLD), Room()):
        room.presses(":".join(("set", *arguments)))
        assert room.last.message or room.last.toast
        for verb in ("mute", "unmute"):
            room.presses(":".join((verb, *arguments)))


@pytest.mark.parametrize(
    "data",
    [
        "", "nothing", "region:XXX", "country:XXX", "kind:other", "kind:", "cycle:9", "when:NEVER", "hour:24",
        "hour:²", "hour:", "quiet:7-7", "quiet:25-3", "quiet:x", "zone:Mars/Base", "language:de", "add:XXX",
        "mute:XXX", "menu:nothing", "menu", "undo:nonsense", "undo:o|9||||", "undo:z|0||||", "undo:|0||||",
    ],
)  # fmt: skip
def test_a_button_with_unknown_data_says_so(data: str) -> None:
    room = Room.told(TOLD)
    assert room.presses(f"set:0:{data}") == "That button is not valid any more."
    assert room.last.commit is None
    assert not room.last.is_edit
