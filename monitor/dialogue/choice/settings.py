"""/settings and /language: how and when a chat is told, by menu and by words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.alert.markup import clip, escape, tidy
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice import settings_menu
from monitor.dialogue.choice.asked import asked_about
from monitor.dialogue.choice.change import set_up
from monitor.dialogue.choice.keep import Choice, commit_of
from monitor.dialogue.choice.menu import Menu
from monitor.dialogue.choice.vocabulary import key
from monitor.dialogue.reply import Reply
from monitor.language.catalogs import languages, spoken
from monitor.language.speech import Speech, speak
from monitor.language.zones import suggest_zones
from monitor.model import Message

_VERBS: Final = {
    "zone": "zone, time zone, fuseau, fuseau horaire, zona, zona horaria, huso horario",
    "hour": "hour, digest, heure, hora",
    "quiet": "quiet, quiet hours, silence, heures calmes, silencio, horas de silencio",
    "language": "language, langue, idioma, lengua",
}
_PREFIXES: Final = tuple((key(word), verb) for verb, words in _VERBS.items() for word in words.split(","))
_NONE: Final = frozenset({"off", "no", "none", "non", "aucune", "ninguna", "ninguno"})
_MOST_WORDS: Final = 3


def settings(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Show a chat's settings, or change those that words name."""
    found = asked_about(say, ask, rest, view)
    if isinstance(found, Reply):
        return found
    choice, words = found
    changed = choice
    for part in filter(None, map(str.strip, words.split(","))):
        verb, argument = _setting(part)
        step = set_up(changed, verb, argument)
        if step is None:
            return _not_understood(say, choice, part, view)
        changed = step
    return _saved(say, changed, view, settings_menu.settings)


def language(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Show which languages there are, or speak the one that is named."""
    found = asked_about(say, ask, rest, view)
    if isinstance(found, Reply):
        return found
    choice, words = found
    if not words:
        return Reply(settings_menu.language(say, choice, view))
    changed = set_up(choice, "language", language_named(words))
    if changed is None:
        return _not_understood(say, choice, words, view)
    return _saved(say, changed, view, settings_menu.language)


def language_named(text: str) -> str:
    """Give the code of a language by its code or its name in any language; nothing where it is not spoken."""
    names = {key(speak(code).language(named)): named for code in languages() for named in languages()}
    return spoken(text.strip()) or names.get(key(text), "")


def _saved(say: Speech, choice: Choice, view: View, menu: Menu) -> Reply:
    commit = commit_of(choice, view.world)
    is_own = not choice.place.token.startswith("@")
    speech = speak(choice.chat.language) if is_own and choice.chat.language else say
    return Reply(menu(speech, choice, view), commit=commit)


def _setting(part: str) -> tuple[str, str]:
    """Split "zone Europe/Vienna" into what is set and to what; verbs may have several words."""
    verb, argument = next(_readings(part.split()), ("", part))
    if verb == "language":
        return verb, language_named(argument)
    return verb, "" if verb == "quiet" and key(argument) in _NONE else argument


def _readings(words: list[str]) -> Iterator[tuple[str, str]]:
    for length in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        said = key(" ".join(words[:length]))
        yield from ((verb, " ".join(words[length:])) for word, verb in _PREFIXES if word == said)


def _not_understood(say: Speech, choice: Choice, words: str, view: View) -> Reply:
    verb, argument = _setting(words)
    zones = suggest_zones(argument) if verb == "zone" else ()
    lines = (
        say("I do not know “{words}”. Nothing was changed.", words=tidy(words, 60)),
        say("By words: {example}", example=f"/settings {say('zone Vienna, hour 7, quiet 22-7')}"),
    )
    shown = settings_menu.settings(say, choice, view)
    buttons = settings_menu.suggested_zones(say, choice, zones) if verb == "zone" else shown.buttons
    return Reply(Message(clip(map(escape, lines)), buttons))
