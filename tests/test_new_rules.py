"""Rules change: what is known is read anew, nothing old becomes news, and what was asked about does, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.errors import FetchError
from monitor.model import ChangeKind, NotModified, Page, Validators
from monitor.profile.rules import load_rules
from tests.config.helpers import SHIPPED as FOLDER
from tests.fakes import CHAT, OPERATOR, Site
from tests.kept import KeptWatch

OLD, NEW = (f"https://www.unodc.org/documents/treaties/roadmap-{age}.pdf" for age in ("old", "new"))


def link(url: str) -> str:
    return f'<p><a href="{url}">National roadmap</a></p>'


def learns(watch: KeptWatch) -> None:
    """Let somebody teach the rules what a national roadmap is."""
    words = '[[phrases]]\nkind = "self-assessment"\nwords = ["national roadmap"]\n'
    rules, mistakes = load_rules(FOLDER, added=words)
    assert mistakes == ()
    watch.reader = replace(watch.reader, rules=rules)


async def asked() -> KeptWatch:
    """One document stood there at the first look, another one came and was asked about."""
    watch = KeptWatch(("MEX", "FIN", "CHE"))
    watch.site.has_validators = True
    watch.site.says("MEX", link(OLD))
    await watch.has_baseline()
    watch.site.says("MEX", link(OLD) + link(NEW))
    await watch.sweeps()
    assert watch.told(CHAT) == []
    assert "what is this document?" in watch.told(OPERATOR)[0]
    return watch


async def test_better_rules_tell_once_what_was_asked_about_with_the_time_at_which_it_came() -> None:
    watch = await asked()
    came = watch.clock()
    learns(watch)
    await watch.sweeps(after_hours=100)
    [change] = watch.store.world.changes
    assert (change.kind, change.document.url, change.seen_at) == (ChangeKind.PUBLISHED, NEW, came)
    assert change.not_before is not None
    assert len(watch.told(CHAT)) == 1
    for _ in range(3):
        await watch.sweeps()
    assert len(watch.told(CHAT)) == len(watch.store.world.changes) == 1


class Frozen(Site):
    """Says "not modified", whatever it is asked with."""

    async def fetch(self, url: str, validators: Validators) -> Page | NotModified:
        await super().fetch(url, validators)
        return NotModified(url)


@pytest.mark.parametrize("how", ["not modified", "no answer"])
async def test_while_a_page_cannot_be_read_anew_nothing_is_told_and_nothing_lost(how: str) -> None:
    watch = await asked()
    came, site = watch.clock(), watch.site
    learns(watch)
    if how == "not modified":
        watch.site = Frozen(("MEX", "FIN", "CHE"))
    else:
        watch.site.fails("MEX", FetchError("no answer"))
    for _ in range(4):
        await watch.sweeps(after_hours=25)
    assert list(watch.store.world.changes) == []
    # A replay says meanwhile what will be told.
    [told] = watch.replays(watch.reader.rules).alerts
    assert (told.change.document.url, told.change.seen_at) == (NEW, came)
    watch.site = site
    if how == "no answer":
        watch.site.recovers("MEX")
    await watch.sweeps(after_hours=25)
    await watch.sweeps(after_hours=25)
    [change] = watch.store.world.changes
    assert (change.document.url, change.seen_at) == (NEW, came)
    assert len(watch.told(CHAT)) == 1


async def test_a_replay_with_the_rules_that_were_learned_tells_what_was_told() -> None:
    watch = await asked()
    learns(watch)
    await watch.sweeps()
    watch.site.says("MEX", link(NEW))
    await watch.sweeps()
    assert [change.document.url for change in watch.store.world.changes] == [NEW]
    found = watch.replays(watch.reader.rules)
    assert [(each.before, each.change.document.url) for each in found.alerts] == [(None, NEW)]
