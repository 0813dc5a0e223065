"""The button under an alert that leaves a country out, and the one it then becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button
from monitor.dialogue.choice.keep import Choice, choice_at, commit_of, told_in
from monitor.dialogue.choice.place import here, topic
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Country, Subscription

_LONGEST_TOAST = 200


def mute(say: Speech, ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Leave a country out of what is told here."""
    country = view.country(next(iter(arguments), ""))
    return _answer(say, ask, country, view, is_muted=True)


def unmute(say: Speech, ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Tell of a country again."""
    country = view.country(next(iter(arguments), ""))
    return _answer(say, ask, country, view, is_muted=False)


def _answer(say: Speech, ask: Ask, country: Country | None, view: View, *, is_muted: bool) -> Reply:
    if country is None:
        return Reply(toast=say("That button is not valid any more."))
    choice = _told(ask, view)
    if choice is None or choice.subscription is None:
        return Reply(toast=say("Nothing is told here now."))
    name = say.name(country)
    change: Callable[[Subscription], Subscription] = _muted(country.code, is_muted=is_muted)
    changed = replace(choice, subscription=change(choice.subscription))
    if is_muted:
        toast = say("{country} is muted here. /recent still shows what appears.", country=name)
        becomes = button(say("Unmute {country}", country=name), "unmute", country.code)
    else:
        toast = say("{country} is told here again.", country=name)
        becomes = button(say("Mute {country}", country=name), "mute", country.code)
    return Reply(toast=toast[:_LONGEST_TOAST], becomes=becomes, commit=commit_of(changed, view.world))


def _muted(code: str, *, is_muted: bool) -> Callable[[Subscription], Subscription]:
    def change(now: Subscription) -> Subscription:
        return replace(now, muted=now.muted | {code} if is_muted else now.muted - {code})

    return change


def _told(ask: Ask, view: View) -> Choice | None:
    """Give the choice an alert came from: an alert of a topic that is gone is told in the general one."""
    choice = choice_at(here(ask), ask, view.world)
    if choice.subscription is not None:
        return choice
    others = told_in(choice.place, view.world)
    return choice_at(topic(ask, others[0].thread), ask, view.world) if len(others) == 1 else None
