"""A day of the bot, end to end: people join, choose, are told, ask, are sent digests, block, return and migrate."""

from __future__ import annotations

import pytest

from monitor.model import DocumentKind
from tests.day.conftest import PATIENCE, Day

pytestmark = pytest.mark.slow

SELF_ASSESSMENT = DocumentKind.SELF_ASSESSMENT


def test_a_group_joins_chooses_is_told_asks_rests_returns_and_migrates(day: Day) -> None:
    ann, bob, group = day.ann, day.bob, day.group()
    group.waits_for("/subscribe")

    # choose: an administrator may, a member may not
    bob.says("/subscribe", group)
    group.waits_for("Only an administrator")
    ann.says("/subscribe", group)
    group.waits_for("12 États parties")

    # be told, once, in the group's language, with buttons that work
    day.publishes("ALB")
    alert = group.waits_for("Albanie", PATIENCE)
    assert "rapport de pays" in alert.text
    assert any("Ouvrir" in label for row in alert.labels for label in row)
    ann.presses("Situation", alert, where=group)
    assert "Cycle 2" in group.waits_for("Albanie", since=alert.record["revision"]).text

    # mute: what is muted is not told, and /recent still shows it
    assert "/recent" in ann.presses("Sourdine", alert, where=group).toast
    muted = day.publishes("ALB", SELF_ASSESSMENT)
    day.has_seen(muted)

    # digest: what appears is held, then sent together
    ann.says("/subscribe quotidien", group)
    group.waits_for("chaque jour")
    before = len(group.reads())
    for code in ("AGO", "ARM"):
        day.has_seen(day.publishes(code))
    assert len(group.reads()) == before
    ann.says("/subscribe tout de suite", group)
    digest = group.waits_for("Angola", PATIENCE)
    assert "Arménie" in digest.text
    assert "auto-évaluation" not in digest.text
    bob.says("/recent", group)  # who asks is answered in their own language
    assert "Albania" in group.waits_for("self-assessment", since=digest.record["revision"]).text

    # leave and return: settings kept, and a word on what was missed
    group.removes_bot(by=ann)
    day.knows(lambda world: world.chats[group.id].away)
    day.has_seen(day.publishes("ARG"))
    day.has_seen(day.publishes("AUT"))
    group.adds_bot(by=ann)
    for name in ("Argentine", "Autriche"):
        group.waits_for(name, PATIENCE)

    # migrate: every record moves with the group
    upgraded = group.upgrades()
    day.publishes("AZE")
    upgraded.waits_for("Azerbaïdjan", PATIENCE)
    told = [text for text in (*group.reads(), *upgraded.reads()) if "Azerbaïdjan" in text]
    assert len(told) == 1


def test_three_people_are_told_the_same_in_their_own_languages(day: Day) -> None:
    for person in (day.ann, day.bob, day.carla):
        person.says("/subscribe")
        person.waits_for("12")
    day.publishes("DZA")
    words = {
        day.ann: ("Algérie", "rapport de pays"),
        day.bob: ("Algeria", "published its country report"),
        day.carla: ("Argelia", "informe sobre el país"),
    }
    for person, (country, kind) in words.items():
        assert kind in person.waits_for(country, PATIENCE).text


def test_a_person_blocks_the_bot_and_comes_back_to_what_was_missed(day: Day) -> None:
    day.bob.says("/subscribe")
    day.bob.waits_for("12")
    day.bob.blocks_bot()
    day.knows(lambda world: world.chats[day.bob.id].away)
    for code in ("ALB", "AGO"):
        day.has_seen(day.publishes(code))
    day.bob.unblocks_bot()
    day.bob.waits_for("While I could not write here", PATIENCE)
    for name in ("Albania", "Angola"):
        day.bob.waits_for(name, PATIENCE)
        assert sum(name in text for text in day.bob.reads()) == 1


def test_alerts_come_to_the_topic_where_they_were_asked_for_and_fall_back_when_it_is_gone(day: Day) -> None:
    forum = day.group("Forum", has_topics=True)
    news = forum.topic("News")
    day.ann.says("/subscribe", news)
    news.waits_for("12")
    day.publishes("ALB")
    news.waits_for("Albanie", PATIENCE)
    news.is_deleted()
    day.publishes("AGO")
    told = forum.waits_for("Angola", PATIENCE)
    assert told.thread is None


def test_a_channel_is_subscribed_from_a_private_chat(day: Day) -> None:
    channel = day.telegram.channel("watchers", admins=[day.carla]).adds_bot(by=day.carla)
    day.bob.says("/subscribe @watchers")
    day.bob.waits_for("Only an administrator of Watchers")
    day.carla.says("/subscribe @watchers Albania")
    day.carla.waits_for("Watchers")
    day.has_seen(day.publishes("AGO"))
    day.publishes("ALB")
    channel.waits_for("Albania", PATIENCE)
    assert not any("Angola" in text for text in channel.reads())


def test_an_operator_decides_what_is_held_and_stops_and_starts_the_alerts(day: Day) -> None:
    olga = day.olga
    day.bob.says("/subscribe withdrawals")
    day.bob.waits_for("12")
    for url in [document.url for document in day.site.documents("AFG")]:
        day.site.withdraw("AFG", url)
    held = olga.waits_for("Afghanistan: a look is held", PATIENCE)
    olga.presses("Reject", held)
    olga.waits_for("Afghanistan", since=held.record["revision"])
    day.knows(lambda world: world.dossiers["AFG"].held and world.dossiers["AFG"].held.is_rejected)

    olga.says("/pause")
    day.knows(lambda world: world.duty.paused_since)
    day.has_seen(day.publishes("ALB"))
    olga.says("/health")
    olga.waits_for("1 waiting")
    assert not any("Albania" in text for text in day.bob.reads())
    olga.says("/resume")
    day.bob.waits_for("Albania", PATIENCE)
