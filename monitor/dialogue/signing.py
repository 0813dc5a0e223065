"""What operators answer to "did this State sign the Pledge?": the first answer counts, /pledge corrects it."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.alert.markup import escape
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import SILENCE, Reply
from monitor.language.speech import Speech
from monitor.model import Commit, Country, Message, Pledge
from monitor.pledge import said
from monitor.pledge.asking import NO, YES, answer, answered


def signed(say: Speech, ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Make a State a signatory, or remember that it is none; what was said before stays."""
    match arguments:
        case (verb, code, since) if verb in {YES, NO} and (country := view.country(code)):
            word = _word(verb, since, view)
        case _:
            return SILENCE
    if word is None:
        return SILENCE
    spoken = view.world.pledges
    if code in spoken:
        return _shown(say, ask, country, spoken, view, commit=None)
    return _shown(say, ask, country, {**spoken, code: word}, view, commit=Commit(pledges={code: word}))


def _word(verb: str, since: str, view: View) -> Pledge | None:
    """Give what a press says; None where its date is forged."""
    if verb == NO:
        return said.did_not_sign(view.now)
    is_whole = not since or said.is_date(since, view.now.date())
    return said.signed(since, view.now) if is_whole else None


def _shown(
    say: Speech,
    ask: Ask,
    country: Country,
    spoken: Mapping[str, Pledge],
    view: View,
    *,
    commit: Commit | None,
) -> Reply:
    told = answer(say, country, spoken[country.code])
    asked = _asked(ask, view)
    if asked is None:  # asked so long ago that the message is forgotten
        return Reply(Message(escape(told)), commit=commit, toast=told[:200])
    countries = {each.code: each for each in view.countries}
    shown = answered(say, asked, spoken, countries)
    return Reply(shown, is_edit=True, toast=told[:200], commit=commit)


def _asked(ask: Ask, view: View) -> Message | None:
    """Give the message that the button stands under, as it was sent."""
    return next(
        (
            each.message
            for each in reversed(view.world.deliveries)
            if each.chat == ask.chat and any(button.data == ask.text for button in each.message.buttons)
        ),
        None,
    )
