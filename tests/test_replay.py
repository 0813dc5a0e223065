"""Pages that were kept, read again by other rules: what would be read and told, and nothing is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.folder import shipped_folder
from monitor.dialogue.reply import SayWhatItIs, SettleHeld
from monitor.errors import ConfigError, FetchError
from monitor.evidence.differences import Differently, PageDifferently
from monitor.language.speech import speak
from monitor.model import ChangeKind, Document, DocumentKind, Proposal
from monitor.profile.rules import CLASSIFICATION, Rules, load_rules
from monitor.profile.words import Phrases
from monitor.replay import Replayed, tried_rules
from monitor.settle import settle
from monitor.show.replay import replayed, replayed_json
from tests.alert.samples import NOW
from tests.fakes import CODES, SHIPPED, K
from tests.kept import CONFIG, KeptWatch

ODD = "https://www.unodc.org/documents/treaties/roadmap.pdf"
LINK = f'<p><a href="{ODD}">National roadmap</a></p>'
ROADMAPS = '[[phrases]]\nkind = "self-assessment"\nwords = ["national roadmap"]\n'


def rules(added: str = ROADMAPS) -> Rules:
    found, mistakes = load_rules(shipped_folder(), added=added)
    assert mistakes == ()
    return found


def deaf() -> Rules:
    """Give rules that know no words for kinds."""
    return replace(SHIPPED.rules, kinds=Phrases([]), fingerprint="deaf")


async def watch_with(*codes: str) -> KeptWatch:
    watch = KeptWatch(codes or CODES)
    await watch.has_baseline()
    return watch


def told(found: Replayed) -> list[tuple[str, str, str]]:
    """Give (country, what, how) of the alerts that would differ."""
    return [
        (
            each.change.code,
            each.change.kind.value,
            "other" if each.before and each.after else "none" if each.before else "more",
        )
        for each in found.alerts
    ]


def shown(found: Replayed) -> str:
    return str(replayed(found))


def meant(document: Document | None) -> DocumentKind | None:
    return document.kind if document else None


async def test_by_todays_rules_everything_is_read_and_told_as_it_was() -> None:
    watch = await watch_with()
    watch.site.publishes("MEX")
    await watch.sweeps()
    watch.site.fails("CHE", FetchError("no answer"))
    watch.site.publishes("FIN", K.COUNTRY_REPORT, "1")
    await watch.sweeps()
    watch.site.recovers("CHE")
    watch.site.publishes("CHE")
    await watch.sweeps(after_hours=30)
    found = watch.replays()
    assert (found.documents, found.alerts, found.held) == ((), (), ())
    assert (found.pages, found.missing, found.without, found.unjudged) == (len(CODES) + 3, 0, (), 0)
    changes = {(each.code, each.kind, each.seen_at, each.not_before) for each in watch.store.world.changes}
    again = watch.course(lambda code, body: watch.replay()._pages(SHIPPED.rules).read(code, body))
    assert {(each.code, each.kind, each.seen_at, each.not_before) for each in again} == changes
    assert "Read differently from what is known: 0" in shown(found)
    assert "Alerts that would differ from what was told: 0" in shown(found)


async def test_a_phrase_that_is_tried_shows_what_it_recognises_and_whom_it_would_have_told() -> None:
    watch = await watch_with()
    watch.site.says("MEX", LINK)
    await watch.sweeps()
    before = watch.store.world
    found = watch.replays(rules())
    [each] = found.documents
    assert isinstance(each, Differently)
    assert (each.page.code, each.page.is_newest, each.url) == ("MEX", True, ODD)
    assert (meant(each.before), meant(each.after)) == (K.OTHER, K.SELF_ASSESSMENT)
    assert told(found) == [("MEX", "published", "more")]
    assert watch.store.world is before
    text = shown(found)
    assert "before: operators would be asked" in text
    assert "after:  self-assessment, cycle 2, language not stated" in text
    assert "kind: “National roadmap” (label)" in text
    assert "would go out: published self-assessment" in text


async def test_a_phrase_that_is_taken_away_shows_which_alerts_would_not_have_gone_out() -> None:
    watch = await watch_with("MEX", "FIN")
    watch.site.says("MEX", f'<h3>Documents</h3><p><a href="{ODD}">Self-assessment checklist</a></p>')
    await watch.sweeps()
    [change] = watch.store.world.changes
    found = watch.replays(deaf())
    assert [(each.before, each.after) for each in found.alerts] == [(change, None)]
    assert "would not go out: published self-assessment" in shown(found)


async def test_a_document_that_would_be_another_kind_is_another_alert() -> None:
    watch = await watch_with("MEX", "FIN")
    watch.site.says("MEX", LINK)
    watch.reader = replace(watch.reader, rules=rules())
    await watch.sweeps()
    assert [each.document.kind for each in watch.store.world.changes] == [K.SELF_ASSESSMENT]
    found = watch.replays(rules(ROADMAPS.replace("self-assessment", "country-report")))
    assert told(found) == [("MEX", "published", "more")]  # today's rules, the shipped ones, ask about it
    real = watch.replays()
    assert told(real) == [("MEX", "published", "none")]
    [each] = real.documents
    assert isinstance(each, Differently)
    assert (meant(each.before), meant(each.after)) == (K.SELF_ASSESSMENT, K.OTHER)


async def test_what_proposals_would_change_is_tried_before_they_count_and_a_persons_word_stays() -> None:
    watch = await watch_with()
    for code in ("MEX", "FIN"):
        watch.site.says(code, LINK if code == "MEX" else LINK.replace("roadmap.pdf", "roadmap2.pdf"))
    await watch.sweeps()
    await settle(speak(), watch.sweeper, SayWhatItIs("MEX", ODD, K.SELF_ASSESSMENT))
    [proposal] = watch.store.world.proposals
    found = watch.replays(tried_rules(CONFIG, None, [proposal]))
    assert sorted(told(found)) == [("FIN", "published", "more"), ("MEX", "published", "more")]
    assert {each.change.code: each.is_said for each in found.alerts} == {"MEX": True, "FIN": False}
    assert "a person said: self-assessment; that stays" in shown(found)
    assert shown(found).count("(a person’s word told it)") == 1
    by_today = watch.replays()
    assert (by_today.documents, by_today.alerts) == ((), ())


async def test_an_accepted_look_is_accepted_again_and_a_rejected_one_stays_rejected() -> None:
    watch = await watch_with("MEX", "FIN", "CHE")
    for code in ("MEX", "FIN"):
        watch.site.withdraws_all(code)
    await watch.sweeps()
    assert all(watch.store.world.dossiers[code].held for code in ("MEX", "FIN"))
    await settle(speak(), watch.sweeper, SettleHeld("MEX", "accept"))
    await settle(speak(), watch.sweeper, SettleHeld("FIN", "reject"))
    for _ in range(5):
        await watch.sweeps()
    await watch.sweeps(after_hours=80)
    assert {each.code for each in watch.store.world.changes} == {"MEX"}
    found = watch.replays()
    assert (found.alerts, found.held) == ((), ())


async def test_what_a_person_believed_of_many_countries_at_once_is_believed_in_a_replay() -> None:
    watch = await watch_with()
    for code in CODES:
        watch.site.publishes(code)
    await watch.sweeps()
    assert list(watch.store.world.changes) == []
    await settle(speak(), watch.sweeper, SettleHeld("MEX", "accept"))
    for _ in range(2):
        await watch.sweeps()
    assert [each.code for each in watch.store.world.changes] == ["MEX"]
    found = watch.replays()
    assert (found.alerts, found.held) == ((), ())


async def test_equal_looks_settle_in_a_replay_what_they_settled() -> None:
    watch = await watch_with("MEX", "FIN", "CHE")
    watch.site.withdraws_all("MEX")
    for _ in range(4):
        await watch.sweeps()
    await watch.sweeps(after_hours=80)
    assert {each.kind for each in watch.store.world.changes} == {ChangeKind.WITHDRAWN}
    assert watch.replays().alerts == ()


async def test_rules_by_which_half_the_world_changes_at_once_would_be_held_for_a_person() -> None:
    watch = await watch_with()
    for code in CODES[:7]:
        watch.site.says(code, LINK.replace("roadmap.pdf", f"roadmap-{code}.pdf"))
    await watch.sweeps()
    for _ in range(4):
        await watch.sweeps()
    found = watch.replays(rules())
    assert found.alerts == ()
    assert found.held == tuple(sorted(CODES[:7]))
    assert len(found.documents) == 7
    assert "A look would be held, waiting for a person: " in shown(found)


async def test_a_page_that_only_one_set_of_rules_takes_for_the_profile_is_named() -> None:
    watch = KeptWatch(("MEX", "FIN"))
    watch.site.withdraws_all("MEX")
    watch.site.says("MEX", "<h1>Back later on</h1>")
    await watch.has_baseline()
    refusals = {**SHIPPED.rules.refusals, "maintenance": Phrases([("back later on", "back later on")])}
    found = watch.replays(replace(SHIPPED.rules, refusals=refusals, fingerprint="other"))
    [each] = found.documents
    assert isinstance(each, PageDifferently)
    assert (each.page.code, each.before) == ("MEX", "")
    assert each.after == "a maintenance page, not the profile: it says “back later on”"
    assert "before: the country’s profile" in shown(found)
    assert replayed_json(found)["not_profiles"][0]["after"] == each.after


async def test_what_is_not_kept_is_said_and_the_rest_is_replayed() -> None:
    watch = await watch_with("MEX", "FIN", "CHE")
    watch.site.publishes("MEX")
    await watch.sweeps()
    watch.site.publishes("FIN")
    await watch.sweeps()
    watch.pages.kept.pop(watch.store.world.looks["MEX"].looks[1].body_hash)
    for run in watch.store.world.looks["CHE"].looks:
        watch.pages.kept.pop(run.body_hash)
    watch.pages.kept.pop(watch.store.world.looks["FIN"].looks[0].body_hash)
    found = watch.replays()
    assert (found.pages, found.missing, found.without, found.unjudged) == (2, 3, ("CHE",), 1)
    assert told(found) == [("MEX", "published", "none")]
    assert "3 pages were seen and are not in the archive; no page is kept of CHE; 1 changes" in shown(found)


async def test_since_leaves_out_what_was_seen_before() -> None:
    watch = await watch_with("MEX", "FIN", "CHE")
    for code in ("MEX", "FIN"):
        watch.site.says(code, LINK.replace("roadmap.pdf", f"{code}.pdf"))
        await watch.sweeps()
    since = watch.clock.now - timedelta(hours=1)
    assert len(watch.replays(rules()).alerts) == 2
    assert told(watch.replays(rules(), since)) == [("FIN", "published", "more")]


async def test_every_page_is_read_once_by_each_set_of_rules_however_often_it_stood_there() -> None:
    watch = await watch_with("MEX", "FIN")
    for _ in range(6):
        await watch.sweeps()
    watch.site.publishes("MEX")
    await watch.sweeps()
    for _ in range(6):
        await watch.sweeps()
    watch.replays(rules())
    assert sorted(watch.pages.asked.count(each) for each in watch.pages.kept) == [2, 2, 2]


async def test_a_page_that_trips_a_bug_is_one_look_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = await watch_with("MEX", "FIN")

    def trips(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("monitor.profile.read.judge", trips)
    found = watch.replays()
    assert {each.after for each in found.documents if isinstance(each, PageDifferently)} == {
        "a bug in the monitor: IndexError: list index out of range"
    }


async def test_the_json_holds_what_the_tables_say() -> None:
    watch = await watch_with()
    watch.site.says("MEX", LINK)
    await watch.sweeps()
    found = replayed_json(watch.replays(rules()))
    json.dumps(found)
    [document], [alert] = found["documents"], found["alerts"]
    assert (document["country"], document["url"], document["is_newest"]) == ("MEX", ODD, True)
    assert (document["before"]["kind"], document["after"]["kind"]) == ("other", "self-assessment")
    assert document["before"]["doubt"]
    assert (alert["before"], alert["after"]["kind"], alert["is_said"]) == (None, "published", False)


def test_a_folder_with_mistakes_is_said_and_what_it_lacks_is_todays(tmp_path: Path) -> None:
    assert tried_rules(CONFIG, tmp_path, None).fingerprint == SHIPPED.rules.fingerprint
    (tmp_path / CLASSIFICATION).write_text("kinds = 1", "utf-8")
    with pytest.raises(ConfigError):
        tried_rules(CONFIG, tmp_path, None)


def test_proposals_of_strangers_words_never_break_the_rules() -> None:
    words = (
        '"""',
        "\x7f\\u0000",
        "a\u2028b",
        "\ud800x",
        "]]\n[kinds]\nx = 1",
        "\\",
        "{0}",
        "#",
        "🙂" * 300,
        "'''",
    )
    proposals = [
        Proposal("MEX", f"https://x.example/{each}", each, K.SELF_ASSESSMENT, "2", NOW) for each in words
    ]
    assert tried_rules(CONFIG, None, proposals).kinds
