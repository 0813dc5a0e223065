"""What a press makes of a choice: None where its data is forged or out of date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from monitor.alert.press import short
from monitor.board.regions import regions
from monitor.board.view import View
from monitor.dialogue.choice.keep import Choice, fresh
from monitor.dialogue.choice.refine import refined, toggled, whole_or
from monitor.dialogue.choice.sentence import KINDS
from monitor.dialogue.choice.undo import restored
from monitor.dialogue.choice.vocabulary import Wish
from monitor.language.catalogs import languages
from monitor.language.zones import find_zone
from monitor.model import ALL_COUNTRIES, Chat, Quiet, Subscription, When

Told = Callable[[Subscription, str, View], Subscription | None]
Set = Callable[[Chat, str], Chat | None]
_HOURS: Final = 24


def told(choice: Choice, verb: str, argument: str, view: View, wanted: str = "") -> Choice | None:
    """Change what a place is told; ``wanted`` (on or off): what it is that way already stays so."""
    change, subscription = TOLD.get(verb), choice.subscription
    if wanted and subscription and verb in HOLDS:
        if wanted not in WANTED:
            return None
        if HOLDS[verb](subscription, argument, view) is WANTED[wanted]:
            return choice
    changed = change(subscription, argument, view) if change and subscription else None
    return replace(choice, subscription=changed) if changed else None


def set_up(choice: Choice, verb: str, argument: str) -> Choice | None:
    """Change how and when a chat is told."""
    change = SETTINGS.get(verb)
    chat = change(choice.chat, argument) if change else None
    return replace(choice, chat=chat) if chat else None


def started(choice: Choice, argument: str, view: View) -> Choice | None:
    """Begin to tell, as before where the button still knows how; what was chosen meanwhile stays."""
    begun = restored(choice.place, argument, view) if argument else fresh(choice.place)
    if begun is not None and choice.subscription is not None:
        begun = replace(choice.subscription, is_paused=False)
    return replace(choice, subscription=begun) if begun else None


def wish_of(token: str, view: View) -> Wish | None:
    """Give what a suggestion's button asks for: a country's code or a region's short name."""
    if view.country(token):
        return Wish(countries=frozenset({token}))
    region = _region(token, view)
    return Wish(regions=frozenset({region})) if region else None


def quiet_hours(written: str) -> Quiet | None:
    """Read hours such as 22-7; None where they are no hours, or no time at all."""
    start, _, end = written.replace("–", "-").partition("-")
    hours = (hour_of(start), hour_of(end))
    return None if None in hours or hours[0] == hours[1] else Quiet(hours[0] or 0, hours[1] or 0)


def hour_of(written: str) -> int | None:
    """Read an hour such as 7, 07 or 7:00; None where it is none."""
    hour = written.strip().removesuffix(":00").removesuffix("h").strip()
    is_number = hour.isascii() and hour.isdecimal() and len(hour) <= len("23")
    return int(hour) if is_number and int(hour) < _HOURS else None


def _all(now: Subscription, _: str, __: View) -> Subscription:
    return replace(now, scope=ALL_COUNTRIES)


def _pledge(now: Subscription, _: str, __: View) -> Subscription:
    return replace(now, scope=replace(now.scope, is_pledge=not now.scope.is_pledge))


def _toggled_region(now: Subscription, name: str, view: View) -> Subscription | None:
    region = _region(name, view)
    if region is None:
        return None
    return replace(now, scope=replace(now.scope, regions=toggled(now.scope.regions, region)))


def _toggled_country(now: Subscription, code: str, view: View) -> Subscription | None:
    scope = replace(now.scope, countries=toggled(now.scope.countries, code))
    return replace(now, scope=scope) if view.country(code) else None


def _kind(now: Subscription, name: str, _: View) -> Subscription | None:
    kind = next((each for each in KINDS if each.value == name), None)
    return replace(now, kinds=toggled(now.kinds, kind)) if kind else None


def _cycle(now: Subscription, cycle: str, view: View) -> Subscription | None:
    if not cycle:
        return replace(now, cycles=frozenset())
    is_known = cycle in {each.id for each in view.cycles}
    return replace(now, cycles=whole_or(toggled(now.cycles, cycle), view)) if is_known else None


def _when(now: Subscription, name: str, _: View) -> Subscription | None:
    return replace(now, when=When[name]) if name in When.__members__ else None


def _add(now: Subscription, token: str, view: View) -> Subscription | None:
    wish = wish_of(token, view)
    return refined(now, wish, view) if wish else None


def _mute(now: Subscription, code: str, view: View) -> Subscription | None:
    return replace(now, muted=now.muted | {code}) if view.country(code) else None


def _region(name: str, view: View) -> str | None:
    return next((each for each in regions(view.countries) if short(each) == name), None)


TOLD: Final[Mapping[str, Told]] = {
    "all": _all,
    "pledge": _pledge,
    "region": _toggled_region,
    "country": _toggled_country,
    "kind": _kind,
    "withdrawals": lambda now, _, __: replace(now, withdrawals=not now.withdrawals),
    "files": lambda now, _, __: replace(now, files=not now.files),
    "cycle": _cycle,
    "when": _when,
    "sound": lambda now, _, __: replace(now, is_silent=not now.is_silent),
    "pause": lambda now, _, __: replace(now, is_paused=True),
    "resume": lambda now, _, __: replace(now, is_paused=False),
    "add": _add,
    "mute": _mute,
    "unmute": lambda now, code, _: replace(now, muted=now.muted - {code}),
}
"""What each button changes of what is told."""


Holds = Callable[[Subscription, str, View], bool]
HOLDS: Final[Mapping[str, Holds]] = {
    "pledge": lambda now, _, __: now.scope.is_pledge,
    "region": lambda now, name, view: _region(name, view) in now.scope.regions,
    "country": lambda now, code, _: code in now.scope.countries,
    "kind": lambda now, name, _: name in {kind.value for kind in now.kinds},
    "withdrawals": lambda now, _, __: now.withdrawals,
    "files": lambda now, _, __: now.files,
    "cycle": lambda now, cycle, _: cycle in now.cycles,
    "sound": lambda now, _, __: not now.is_silent,
}
"""Whether what a button switches on and off is on: a press that Telegram brings twice is one."""
WANTED: Final = {"on": True, "off": False}


def switch(now: Subscription, verb: str, argument: str, view: View) -> tuple[str, str, str]:
    """Give what a button says that switches something off where it is on, and on where it is off."""
    return verb, argument, "off" if HOLDS[verb](now, argument, view) else "on"


def _language(chat: Chat, code: str) -> Chat | None:
    return replace(chat, language=code) if code in languages() else None


def _hour(chat: Chat, written: str) -> Chat | None:
    hour = hour_of(written)
    return None if hour is None else replace(chat, digest_hour=hour)


def _quiet(chat: Chat, written: str) -> Chat | None:
    hours = quiet_hours(written) if written else None
    return replace(chat, quiet=hours) if hours or not written else None


def _zone(chat: Chat, written: str) -> Chat | None:
    zone = find_zone(written)
    return replace(chat, time_zone=zone) if zone else None


SETTINGS: Final[Mapping[str, Set]] = {
    "language": _language,
    "hour": _hour,
    "quiet": _quiet,
    "zone": _zone,
}
"""What each button changes of how and when a chat is told."""
