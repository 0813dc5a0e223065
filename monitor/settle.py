"""A person's word on what is held becomes news, or nothing."""

from __future__ import annotations

from monitor.alert.tell import tell
from monitor.model import Commit, Country, Dossier, Outcome, Verb, Visit
from monitor.record.decide import Decision, settle_held
from monitor.record.review import present
from monitor.sweep import Sweeper


async def settle(sweeper: Sweeper, country: Country, verb: Verb) -> None:
    """Apply ``verb`` to what is held for a country; raises Implausible where nothing is, StoreError."""
    world, now = sweeper.store.load(), sweeper.clock()
    dossier = world.dossiers.get(country.code, Dossier(country.code))
    after, changes = settle_held(dossier, verb, now, sweeper.settings.grace)
    visit = Visit(country.code, Outcome.READ, len(present(after)), changes)
    decision = Decision((after,), changes, (visit,), held_now=(), doubtful=(), baseline=())
    telling = tell(decision, world, sweeper.book, now)
    await sweeper.store.acommit(Commit(decision.dossiers, decision.changes, deliveries=telling.deliveries))
