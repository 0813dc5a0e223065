from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.model import (
    Chat,
    ChatKind,
    Commit,
    Delivery,
    DocumentKind,
    Dossier,
    Duty,
    Message,
    Pledge,
    PledgeState,
    Proposal,
    Quiet,
    Scope,
    Subscription,
    When,
    World,
)
from monitor.record.apply import after
from monitor.record.codec import Codec, DeliveryCodec, Record
from monitor.record.parts import PARTS
from monitor.record.store import Store
from tests.record.files import edit, on_disk
from tests.record.values import (
    CHANGE,
    CHANNEL,
    EVERYTHING,
    GROUP,
    LATER,
    MESSAGE,
    MEXICO,
    NOW,
    OWED,
    filled,
    reopened,
    writes,
)


def test_everything_committed_comes_back_equal(path: Path) -> None:
    world = reopened(filled(path))
    assert world.dossiers == {"MEX": MEXICO, "FJI": Dossier("FJI")}
    assert world.changes == (CHANGE,)
    assert world.subscriptions == (GROUP, CHANNEL)
    assert world.deliveries == (OWED,)
    assert world.incidents == {"coverage": NOW}


def test_the_world_in_memory_equals_the_world_on_disk(path: Path) -> None:
    store = Store.open(path)
    store.commit(EVERYTHING)
    store.commit(Commit(changes=(replace(CHANGE, code="FJI"),), deliveries=(OWED.sent(LATER),)))
    assert store.load() == Store.open(path, is_reader=True).load()
    store.close()


def test_a_record_is_found_in_the_file_by_its_name(path: Path) -> None:
    tables = on_disk(filled(path))
    assert set(tables) == {"meta", "dossiers", "changes", "subscriptions", "deliveries", "messages"}
    assert set(tables["dossiers"]) == {"MEX", "FJI"}
    assert tables["dossiers"]["MEX"]["first_read"] == "2026-11-24T09:30:01.250000Z"
    assert tables["subscriptions"]["[-100,7,false]"]["kinds"] == sorted(DocumentKind)
    assert tables["deliveries"]["000001"]["due"] == "2026-11-24T10:30:01.250000Z"
    assert tables["meta"]["schema"]["version"] == 3


def test_of_a_settled_delivery_only_what_is_its_own_is_kept(path: Path) -> None:
    filled(path, Commit(deliveries=(Delivery("1", 5, MESSAGE, NOW, NOW, about=(3,)).sent(LATER),)))
    record = on_disk(path)["deliveries"]["1"]
    assert set(record) == {
        "chat", "message", "created", "due", "state", "attempts", "settled", "about",
    }  # fmt: skip


def test_more_than_nine_changes_keep_their_order(path: Path) -> None:
    changes = tuple(replace(CHANGE, code=f"C{number}") for number in range(25))
    assert reopened(filled(path, Commit(changes=changes))).changes == changes


def test_one_commit_is_one_write(path: Path) -> None:
    store = Store.open(path)
    before = writes(path)
    store.commit(EVERYTHING)
    then = writes(path)
    assert before != then
    store.close()


def test_a_commit_that_changes_nothing_writes_nothing(path: Path) -> None:
    store = Store.open(filled(path))
    before = writes(path)
    store.commit(replace(EVERYTHING, changes=()))
    store.commit(Commit())
    assert writes(path) == before
    store.close()


def test_a_commit_after_the_file_became_unwritable_changes_nothing_at_all(path: Path) -> None:
    code = (
        "import sys,pathlib,signal,resource\n"
        "from monitor.errors import StoreError\nfrom monitor.model import *\nfrom monitor.record.store import Store\n"
        "s=Store.open(pathlib.Path(sys.argv[1])); before=s.load()\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit({resource.RLIMIT_FSIZE}, (50_000, 50_000))\n"
        "try: s.commit(Commit(dossiers=(Dossier('XXX', rules='y'*90_000),)))\n"
        "except StoreError: print(s.load() == before)\n"
        "s.commit(Commit(dossiers=(Dossier('YYY'),))); print('YYY' in s.load().dossiers)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, filled(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "True"]
    assert set(reopened(path).dossiers) == {"MEX", "FJI", "YYY"}


def test_a_value_that_cannot_be_written_leaves_memory_and_file_as_they_were(path: Path) -> None:
    store = Store.open(filled(path))
    before = store.load()
    with pytest.raises(TypeError):
        store.commit(Commit(dossiers=(Dossier("XXX"),), subscriptions=(Subscription(2**70),)))
    assert store.load() == before
    store.close()
    assert reopened(path) == before


def test_a_reader_sees_each_commit_of_the_writer(path: Path) -> None:
    store = Store.open(path)
    reader = Store.open(path, is_reader=True)
    assert reader.load() == World()
    store.commit(EVERYTHING)
    assert reader.load() == store.load()
    with pytest.raises(StoreError, match="reading only"):
        reader.commit(Commit(dossiers=(Dossier("XXX"),)))
    store.close()


def test_a_reader_of_a_store_that_does_not_exist_yet_sees_nothing(path: Path) -> None:
    assert Store.open(path, is_reader=True).load() == World()
    assert not path.exists()


async def test_commits_at_once_are_all_kept(path: Path) -> None:
    store = Store.open(path)
    await asyncio.gather(*(store.acommit(Commit(dossiers=(Dossier(f"C{n}"),))) for n in range(20)))
    assert len(store.load().dossiers) == 20
    store.close()
    assert len(reopened(path).dossiers) == 20


async def test_a_cancelled_commit_is_finished_before_the_cancel_is_felt(path: Path) -> None:
    store = Store.open(path)
    many = tuple(replace(MEXICO, code=f"C{n}") for n in range(300))
    task = asyncio.create_task(store.acommit(Commit(dossiers=many)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(store.load().dossiers) == 300
    store.close()
    assert len(reopened(path).dossiers) == 300


async def test_the_event_loop_turns_while_a_commit_is_written(path: Path) -> None:
    store = Store.open(path)
    many = tuple(replace(MEXICO, code=f"C{n}") for n in range(400))
    task = asyncio.create_task(store.acommit(Commit(dossiers=many)))
    turns = 0
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 3
    store.close()


def test_a_record_edited_wrongly_is_named_and_left_alone(path: Path) -> None:
    tables = on_disk(filled(path))
    tables["dossiers"]["MEX"]["first_read"] = "yesterday"
    edit(path, tables)
    with pytest.raises(StoreError, match=r"table dossiers, record MEX, first_read: .*\n.*go back") as caught:
        Store.open(path)
    assert "Nothing was changed" in str(caught.value)
    assert on_disk(path) == tables


def test_a_store_in_use_is_refused_and_free_after_close(path: Path) -> None:
    store = Store.open(path, command="uncac-monitor run", now=NOW)
    with pytest.raises(StoreError, match=f"pid {os.getpid()}, `uncac-monitor run`"):
        Store.open(path)
    store.close()
    reopened(path)


def test_what_is_forgotten_is_gone_from_the_file_too(path: Path) -> None:
    store = Store.open(filled(path))
    store.commit(Commit(deliveries=(OWED.sent(NOW),)))
    store.commit(Commit(forget_before=LATER))
    assert store.load().deliveries == ()
    store.close()
    assert reopened(path).deliveries == ()
    assert on_disk(path)["deliveries"] == {}
    assert on_disk(path)["messages"] == {}


def fan_out(number: int) -> Commit:
    owed = (replace(OWED, id=f"{n:05}", chat=n, thread=None) for n in range(number))
    return Commit(
        deliveries=tuple(owed), subscriptions=tuple(Subscription(n, is_paused=True) for n in range(number))
    )


def test_a_message_owed_to_many_chats_stands_once_in_the_file_and_in_memory(path: Path) -> None:
    filled(path, fan_out(50))
    assert len(on_disk(path)["messages"]) == 1
    world = reopened(path)
    assert world.deliveries == fan_out(50).deliveries
    assert len({id(one.message) for one in world.deliveries}) == 1


def test_a_message_goes_when_nothing_refers_to_it_any_more(path: Path) -> None:
    store = Store.open(filled(path, fan_out(2)))
    other = replace(OWED, id="x", message=Message("other"))
    store.commit(Commit(deliveries=(replace(fan_out(1).deliveries[0], message=Message("new")), other)))
    assert len(on_disk(path)["messages"]) == 3
    store.commit(Commit(forgotten=frozenset({0, 1})))
    assert [one["html"] for one in on_disk(path)["messages"].values()] == ["other"]
    store.close()


def test_a_delivery_whose_message_is_not_there_is_named(path: Path) -> None:
    tables = on_disk(filled(path))
    tables["messages"] = {}
    edit(path, tables)
    with pytest.raises(StoreError, match="table deliveries, record 000001, message"):
        Store.open(path)


def test_one_change_among_many_encodes_one_record(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(filled(path, fan_out(200)))
    encoded: list[object] = []

    def seen(of: type[Codec[Any]]) -> None:
        own = of.record

        def record(self: Codec[Any], value: object) -> Record:
            encoded.append(value)
            return own(self, value)

        monkeypatch.setattr(of, "record", record)

    seen(Codec)
    seen(DeliveryCodec)
    sent = store.load().deliveries[7].sent(LATER)
    store.commit(Commit(deliveries=(sent,)))
    assert encoded == [sent, MESSAGE]
    encoded.clear()
    mine = Subscription(7, withdrawals=False)
    store.commit(Commit(subscriptions=(mine,)))
    assert encoded == [mine]
    store.close()


@pytest.mark.parametrize(
    "commit",
    [
        Commit(subscriptions=(Subscription(7),)),
        Commit(unsubscribed=(Subscription(7),)),
        Commit(subscriptions=(Subscription(7, 3), Subscription("7"))),
        Commit(unsubscribed=(Subscription(7),), subscriptions=(Subscription(7, is_paused=True),)),
        Commit(migrated={7: -1007}),
        Commit(migrated={7: 3}),
        Commit(forgotten=frozenset({7})),
    ],
    ids=["replaced", "removed", "added", "begun anew", "moved", "moved where another is", "forgotten"],
)
def test_subscriptions_keep_their_order_on_disk_too(path: Path, commit: Commit) -> None:
    store = Store.open(filled(path, fan_out(12)))
    store.commit(commit)
    world = store.load()
    store.close()
    assert reopened(path).subscriptions == world.subscriptions
    assert reopened(path) == world


def test_what_a_commit_does_not_touch_is_the_same_object_after_it(path: Path) -> None:
    store = Store.open(filled(path))
    before = store.load()
    store.commit(Commit(incidents={}))
    world = store.load()
    store.close()
    for part in PARTS:
        assert part.of(before) is part.of(world), part.kind.table
    assert world.deliveries is before.deliveries


def test_what_people_said_and_chose_comes_back_equal(path: Path) -> None:
    said = Proposal("MEX", "https://x/a.pdf", "Réponses", DocumentKind.FOLLOW_UP, None, NOW)
    chats = (
        Chat(-100, ChatKind.GROUP, "Coalition", "fr", "es", "Asia/Kathmandu", 7, Quiet(22, 6), "kicked", NOW),
        Chat("@channel"),
    )
    chosen = Subscription(
        -100, 7, scope=Scope(is_pledge=True, regions=frozenset({"Europe"}), countries=frozenset({"MEX"})), muted=frozenset({"FJI"}),
        cycles=frozenset({"2"}), when=When.WEEKLY, is_silent=True, is_paused=True, held=(3, 1), is_configured=True,
    )  # fmt: skip
    commit = Commit(
        chats=chats,
        subscriptions=(chosen,),
        pledges={"MEX": Pledge(PledgeState.SIGNATORY, "2020-05", "an operator")},
        proposals=(said, replace(said, code="FJI")),
        duty=Duty(NOW, LATER, NOW),
    )
    world = reopened(filled(path, commit))
    assert world == after(World(), commit)
    again = Commit(
        proposals=(replace(said, cycle="1"),), duty=replace(commit.duty or Duty(), paused_since=None)
    )
    world = reopened(filled(path, again))
    assert [(one.code, one.cycle) for one in world.proposals] == [("MEX", "1"), ("FJI", None)]
    assert world.duty == Duty(NOW, LATER)
    assert world.subscriptions == (chosen,)
