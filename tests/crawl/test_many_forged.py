"""Thousands of forged presses and hostile commands, by everybody in every kind of chat: answered, and nothing done without right."""

from __future__ import annotations

import time
from dataclasses import replace

from monitor.dialogue.reply import Reply
from monitor.dialogue.route import Router
from monitor.model import Chat, Commit
from tests.crawl import forging
from tests.crawl.forging import Asker, answered, askers, faults, meant, run, touches_others, town, view_of

COUNT = 400
"""Presses that are forged, besides all that are meant; ten times fewer commands. `python -m tests.crawl.forging 100000` is the long version."""


def test_whatever_is_pressed_or_typed_is_answered_and_changes_only_what_the_asker_may_change() -> None:
    found, wrong = run(COUNT)
    assert wrong == []
    assert found.total() == 7 * (len(meant(town()[1])) + COUNT + COUNT // 10)
    # It would prove nothing if none of it meant anything.
    assert found["changed"] > 50
    assert found["acted"] > 3


def test_a_letter_that_stands_for_a_sentence_costs_no_more_than_others() -> None:
    of, world = town()
    stranger, view = askers(of)[0], view_of(world)

    def spent(letter: str) -> float:
        began = time.process_time()
        answered(stranger, f"/status {letter * 4000}", view, is_press=False)
        return time.process_time() - began

    # The best of several: now and then the garbage of a thousand other tests is collected meanwhile.
    assert min(spent("ﷺ") for _ in range(5)) < 5 * min(spent("a") for _ in range(5)) + 0.05


def test_what_is_done_without_right_would_be_seen() -> None:
    of, world = town()
    view, everybody = view_of(world), {each.name: each for each in askers(of)}
    lawless = Router(
        tuple(replace(each, is_choice=False, is_operators=False) for each in forging.TABLES), _nothing
    )

    def seen(name: str, text: str) -> list[str]:
        asker: Asker = everybody[name]
        ask = replace(asker.ask, text=text, is_press=True)
        return list(faults(asker, lawless.answer(ask, view)))

    assert seen("a member of a group", "set:0:pause") == ["it changes something for somebody who may not"]
    assert seen("a stranger in private", "sweep:MEX") == ["it acts for somebody who is no operator"]
    again = f"again:{world.deliveries[0].id}"
    assert seen("an administrator", again) == ["it changes what others chose"]
    assert touches_others(everybody["an administrator"], Commit(chats=(Chat(1),)))


def _nothing(*_: object) -> Reply:
    return Reply()
