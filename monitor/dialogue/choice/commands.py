"""What is typed about a choice: /subscribe, /unsubscribe, /subscriptions, /forget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from monitor.alert.markup import bold, clip, escape, tidy
from monitor.alert.press import short
from monitor.board.regions import regions
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import row
from monitor.dialogue.choice import menu
from monitor.dialogue.choice.asked import asked_about
from monitor.dialogue.choice.change import started
from monitor.dialogue.choice.forget import forget as asked_to_forget
from monitor.dialogue.choice.hear import Heard, hear
from monitor.dialogue.choice.keep import Choice, choice_at, commit_of, told_in
from monitor.dialogue.choice.leave import leave
from monitor.dialogue.choice.place import topic
from monitor.dialogue.choice.refine import can_be_left_out, reduced, refined
from monitor.dialogue.choice.sentence import described
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Button, Message
from monitor.names import suggest_countries
from monitor.profile.words import fold

_MOST_SUGGESTED: Final = 5
_MOST_TOPICS: Final = 10
_LONGEST_WORD: Final = 60


def subscribe(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Tell a place of what words name; of the news of all countries, with a menu, where there are none."""
    found = asked_about(say, ask, rest, view)
    if isinstance(found, Reply):
        return found
    choice, words = found
    begun = started(choice, "", view) or choice
    if not words:
        return Reply(menu.main(say, begun, view), commit=commit_of(begun, view.world))
    heard = hear(words, view.countries, view.cycles)
    if heard.unknown or begun.subscription is None:
        return _not_understood(say, choice, heard, view, "add")
    told = replace(begun, subscription=refined(begun.subscription, heard.wish, view))
    return Reply(menu.confirmed(say, told, view), commit=commit_of(told, view.world))


def unsubscribe(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Tell a place no longer of what words name; of nothing where there are none."""
    found = asked_about(say, ask, rest, view)
    if isinstance(found, Reply):
        return found
    choice, words = found
    if not words or choice.subscription is None:
        return leave(say, choice, view)
    heard = hear(words, view.countries, view.cycles)
    if heard.unknown or not can_be_left_out(heard.wish):
        return _not_understood(say, choice, heard, view, "drop")
    fewer = reduced(choice.subscription, heard.wish, view)
    if fewer is None:
        return leave(say, choice, view)
    told = replace(choice, subscription=fewer)
    return Reply(menu.confirmed(say, told, view), commit=commit_of(told, view.world))


def subscriptions(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Show what a chat is told, topic for topic."""
    found = asked_about(say, ask, rest, view)
    if isinstance(found, Reply):
        return found
    choice, _ = found
    if choice.place.chat != ask.chat:
        return Reply(menu.main(say, choice, view))
    told = sorted(told_in(choice.place, view.world), key=lambda each: each.thread or 0)[:_MOST_TOPICS]
    if not told:
        return Reply(menu.ended(say, choice, view))
    choices = [choice_at(topic(ask, each.thread), ask, view.world) for each in told]
    lines = [line for each in choices for line in (*_lines(say, each, view), "")]
    buttons = [
        made for at, each in enumerate(choices, 1) for made in _row(say, each, at if len(told) > 1 else 0)
    ]
    return Reply(Message(clip(lines[:-1]), tuple(buttons)))


def forget(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Ask whether everything that is kept of a chat should go."""
    found = asked_about(say, ask, rest, view)
    return found if isinstance(found, Reply) else asked_to_forget(say, ask, found[0], view)


def _lines(say: Speech, choice: Choice, view: View) -> list[str]:
    sentence, *notes = described(say, choice, view)
    return [bold(sentence), *map(escape, notes)]


def _row(say: Speech, choice: Choice, number: int) -> tuple[Button, ...]:
    """Give the buttons of one topic; with its place in the list where there are several."""
    is_paused = choice.subscription is not None and choice.subscription.is_paused
    prefix = f"{number}. " if number else ""
    return row(
        menu.press(choice, prefix + say("Change"), "menu", "main"),
        menu.press(
            choice,
            prefix + (say("Resume") if is_paused else say("Pause")),
            "resume" if is_paused else "pause",
        ),
        menu.press(choice, prefix + say("Unsubscribe"), "end"),
    )


def _not_understood(say: Speech, choice: Choice, heard: Heard, view: View, verb: str) -> Reply:
    """Change nothing, and offer what was perhaps meant: a person confirms it."""
    words = say.listing(say("“{words}”", words=tidy(word, _LONGEST_WORD)) for word in heard.unknown)
    suggested = _suggested(say, choice, heard.unknown, view, verb)
    named = say("Mexico, region Europe, pledge, summaries")
    lines = [
        say("I do not know {words}. Nothing was changed.", words=words)
        if heard.unknown
        else say("Only countries, documents and review cycles can be left out. Nothing was changed."),
        *([say("Did you mean one of these?")] if suggested else []),
        say(
            "You can name countries, regions, documents and times: {example}",
            example=f"/{'subscribe' if verb == 'add' else 'unsubscribe'} {named}",
        ),
    ]
    return Reply(Message(clip(map(escape, lines)), suggested))


def _suggested(
    say: Speech, choice: Choice, unknown: Iterable[str], view: View, verb: str
) -> tuple[Button, ...]:
    words = list(unknown)
    similar = dict.fromkeys(
        country.code for word in words for country in suggest_countries(word[:_LONGEST_WORD], view.countries)
    )
    near = [name for name in regions(view.countries) if any(_is_part(word, say.word(name)) for word in words)]
    countries = [view.country(code) for code in similar]
    made = [
        *(menu.press(choice, menu.region_label(say, name, view), verb, short(name)) for name in near),
        *(menu.press(choice, say.country(each), verb, each.code) for each in countries if each),
    ]
    return tuple(made[:_MOST_SUGGESTED])


def _is_part(word: str, name: str) -> bool:
    said = set(fold(word).split()) - {"region"}
    return bool(said) and said <= set(fold(name).split())
