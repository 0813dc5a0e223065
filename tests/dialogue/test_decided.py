"""From what operators are asked to what chats are told: the buttons under true notices, pressed."""

from __future__ import annotations

from dataclasses import replace

from monitor.board.view import View
from monitor.dialogue.reply import SayWhatItIs, SettleHeld
from monitor.settle import settle
from tests.alert.samples import ENGLISH
from tests.dialogue.duty import decides
from tests.dialogue.talk import offers, view
from tests.fakes import CHAT, OPERATOR, Watch

LINK = '<h2>Review documents</h2><p><a href="https://www.unodc.org/documents/x.pdf">Roadmap</a></p>'


def view_of(watch: Watch) -> View:
    return replace(view(), world=watch.store.world, now=watch.clock())


async def presses(watch: Watch, label: str) -> None:
    """Press a button under the newest notice, and let be done what follows."""
    [notice] = watch.owed(OPERATOR)[-1:]
    data = next(each.data for each in notice.message.buttons if each.label == label)
    reply = decides(data, view_of(watch))
    while reply.act is None:
        offered = offers(reply)
        reply = decides(offered.get("Cycle 2") or offered["Approve"], view_of(watch))
    assert isinstance(reply.act, SettleHeld | SayWhatItIs)
    await settle(ENGLISH, watch.sweeper, reply.act)


async def test_a_document_nobody_recognised_is_told_once_after_two_presses() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.says("MEX", LINK)
    await watch.sweeps()
    assert watch.told(CHAT) == []
    await presses(watch, "Country report")
    [alert] = watch.told(CHAT)
    assert alert.startswith("🇲🇽 Mexico published its country report (cycle 2)")
    [proposal] = watch.store.world.proposals
    assert (proposal.words, proposal.cycle) == ("Roadmap", "2")
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 1


async def test_a_held_look_is_told_once_it_is_approved_after_being_shown() -> None:
    watch = Watch()
    await watch.has_baseline()
    for language in ("en", "fr", "es", "ar", "ru", "zh"):
        watch.site.publishes("MEX", language=language)
        watch.site.publishes("MEX", cycle="1", language=language)
    await watch.sweeps()
    assert watch.told(CHAT) == []
    await presses(watch, "Show what would be sent")
    [alert] = watch.told(CHAT)
    assert alert.startswith("🇲🇽 Mexico published its self-assessment")
    assert watch.owed(CHAT)[0].about == tuple(range(len(watch.store.world.changes)))


async def test_a_held_look_that_is_rejected_is_told_to_nobody() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.withdraws_all("MEX")
    await watch.sweeps()
    await presses(watch, "Reject")
    await watch.sweeps()
    assert watch.told(CHAT) == []
    assert len(watch.told(OPERATOR)) == 1
