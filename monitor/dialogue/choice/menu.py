"""The menus of a choice: what is ticked holds now, and every press edits the menu in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape
from monitor.alert.press import short
from monitor.board.regions import in_region, regions
from monitor.board.view import View
from monitor.dialogue.buttons import button, chosen, grid, row
from monitor.dialogue.choice.change import switch
from monitor.dialogue.choice.keep import Choice
from monitor.dialogue.choice.refine import codes_in
from monitor.dialogue.choice.sentence import KINDS, clock, countries, described
from monitor.language.speech import Speech, capital
from monitor.model import ALL_COUNTRIES, Button, Message, Scope, Subscription, When

Menu = Callable[[Speech, Choice, View], Message]
_MOST_COUNTRIES: Final = 30
"""Countries with a button of their own."""


def press(choice: Choice, label: str, *arguments: object, is_on: bool = False) -> Button:
    """Make a button that changes this choice, ticked where it holds."""
    made = button(label, "set", choice.place.token, *arguments)
    return chosen(made) if is_on else made


def toggle(choice: Choice, view: View, label: str, verb: str, argument: str = "") -> Button:
    """Make a button that is ticked where something is on and says which way it switches: pressed twice is once."""
    said = switch(_subscription(choice), verb, argument, view)
    return press(choice, label, *said, is_on=said[-1] == "off")


def shown(say: Speech, choice: Choice, view: View, buttons: Iterable[Button], *hints: str) -> Message:
    """Show a choice in words, over buttons."""
    sentence, *notes = described(say, choice, view)
    lines = [bold(sentence), *map(escape, notes), *(["", *map(escape, hints)] if hints else [])]
    return Message(clip(lines), tuple(buttons))


def confirmed(say: Speech, choice: Choice, view: View) -> Message:
    """Say what holds now, with a way to change it."""
    return shown(say, choice, view, [_change(say, choice)])


def done(say: Speech, choice: Choice, view: View) -> Message:
    """Say what holds now, and offer nothing more."""
    return shown(say, choice, view, [])


def main(say: Speech, choice: Choice, view: View) -> Message:
    """Show everything that can be chosen of what a place is told."""
    subscription = choice.subscription
    if subscription is None:
        return ended(say, choice, view)
    sound = say("Sound: off") if subscription.is_silent else say("Sound: on")
    pause = ("resume", say("Resume")) if subscription.is_paused else ("pause", say("Pause"))
    return shown(
        say,
        choice,
        view,
        [
            *row(
                press(choice, say("Countries"), "menu", "countries"),
                press(choice, say("Documents"), "menu", "kinds"),
            ),
            *row(
                press(choice, say("Review cycles"), "menu", "cycles"),
                press(choice, say("When"), "menu", "when"),
            ),
            *row(
                press(choice, sound, *switch(subscription, "sound", "", view)),
                press(choice, pause[1], pause[0]),
            ),
            *row(
                press(choice, say("Settings"), "menu", "settings"),
                press(choice, say("Unsubscribe"), "end"),
                press(choice, say("Done"), "menu", "done"),
            ),
        ],
    )


def ended(say: Speech, choice: Choice, view: View) -> Message:
    """Say that a place is told nothing, and how it would be."""
    return shown(say, choice, view, [press(choice, say("Subscribe"), "start")])


def scope(say: Speech, choice: Choice, view: View) -> Message:
    """Show which countries can be chosen."""
    now = _subscription(choice)
    everything = capital(countries(say, ALL_COUNTRIES, view))
    named = [
        toggle(choice, view, region_label(say, name, view), "region", short(name))
        for name in regions(view.countries)
    ]
    return shown(
        say,
        choice,
        view,
        [
            press(choice, everything, "all", is_on=now.scope.is_everything),
            toggle(choice, view, _signatories(say, view), "pledge"),
            *named,
            *_countries(say, choice, now, view),
            back(say, choice),
        ],
        say("Single countries by name: {example}", example=f"/subscribe {say('Mexico, Brazil')}"),
    )


def kinds(say: Speech, choice: Choice, view: View) -> Message:
    """Show which documents can be chosen."""
    documents = [toggle(choice, view, capital(texts.kinds(say, kind)), "kind", kind.value) for kind in KINDS]
    withdrawals = toggle(choice, view, capital(say("withdrawals")), "withdrawals")
    files = toggle(choice, view, capital(texts.afterwards(say)), "files")
    return shown(say, choice, view, [*documents, withdrawals, files, back(say, choice)])


def cycles(say: Speech, choice: Choice, view: View) -> Message:
    """Show which review cycles can be chosen."""
    now = _subscription(choice)
    each = [_cycle(choice, view, capital(texts.cycle(say, cycle.id)), cycle.id) for cycle in view.cycles]
    every = press(choice, say("All review cycles"), "cycle", is_on=not now.cycles)
    return shown(say, choice, view, [every, *each, back(say, choice)])


def when(say: Speech, choice: Choice, view: View) -> Message:
    """Show when a place can be told."""
    now = _subscription(choice).when
    hour = clock(say, choice.chat, choice.chat.digest_hour)
    labels = {
        When.AT_ONCE: say("At once"),
        When.DAILY: say("Every day at {hour}", hour=hour),
        When.WEEKLY: say("Every Monday at {hour}", hour=hour),
    }
    return shown(
        say,
        choice,
        view,
        [
            *(press(choice, label, "when", each.name, is_on=each is now) for each, label in labels.items()),
            *row(
                press(choice, say("Another hour"), "menu", "hour"),
                press(choice, say("Quiet hours"), "menu", "quiet"),
            ),
            back(say, choice),
        ],
    )


def back(say: Speech, choice: Choice, menu: str = "main") -> Button:
    """Make the button that leads to the menu before."""
    return press(choice, say("« Back"), "menu", menu)


def region_label(say: Speech, name: str, view: View) -> str:
    """Name a region with its number of countries, as short as a button is."""
    return f"{say.word(name)} ({len(in_region(view.countries, name))})"


def _signatories(say: Speech, view: View) -> str:
    return say("Signatories of the Pledge ({number})", number=len(codes_in(Scope(is_pledge=True), view)))


def _cycle(choice: Choice, view: View, label: str, cycle: str) -> Button:
    others = {each.id for each in view.cycles} - {cycle}
    if _subscription(choice).cycles == others:
        return press(choice, label, "cycle")  # it would make them all, and all is said by naming none
    return toggle(choice, view, label, "cycle", cycle)


def _change(say: Speech, choice: Choice) -> Button:
    return press(choice, say("Change"), "menu", "main")


def _countries(say: Speech, choice: Choice, now: Subscription, view: View) -> tuple[Button, ...]:
    """Give each country that is named a button that takes it out, each muted one a button that brings it back."""
    known = {country.code: country for country in view.countries}
    named = [known[code] for code in sorted(now.scope.countries) if code in known][:_MOST_COUNTRIES]
    muted = [known[code] for code in sorted(now.muted) if code in known][:_MOST_COUNTRIES]
    return (
        *grid((toggle(choice, view, say.country(each), "country", each.code) for each in named), 2),
        *grid((press(choice, f"🔇 {say.country(each)}", "unmute", each.code) for each in muted), 2),
    )


def _subscription(choice: Choice) -> Subscription:
    # The menus of what is told are drawn only where something is told (press.py); a stray one shows the default.
    return choice.subscription or Subscription(choice.place.chat)
