"""What the world is after a commit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from monitor.model import Chat, ChatId, Commit, Delivery, Proposal, Subscription, World

Value = TypeVar("Value")
Moving = TypeVar("Moving", Subscription, Delivery)
_ID = attrgetter("id")
_CODE = attrgetter("code")
_URL = attrgetter("url")


def after(world: World, commit: Commit) -> World:
    """Give the world with the commit in it; what the commit does not touch stays the same object."""
    return World(
        dossiers=_merged(world.dossiers, commit.dossiers, _CODE),
        changes=world.changes + commit.changes,
        subscriptions=_subscriptions(world, commit),
        deliveries=_deliveries(world, commit),
        incidents=world.incidents if commit.incidents is None else dict(commit.incidents),
        chats=_chats(world, commit),
        pledges={**world.pledges, **commit.pledges} if commit.pledges else world.pledges,
        proposals=_upserted(world.proposals, commit.proposals, _subject_of)
        if commit.proposals
        else world.proposals,
        duty=commit.duty or world.duty,
        files=_merged(world.files, commit.files, _URL),
        looks=_merged(world.looks, commit.looks, _CODE),
    )


def _merged(
    old: Mapping[str, Value], new: Iterable[Value], name: Callable[[Value], str]
) -> Mapping[str, Value]:
    named = {name(value): value for value in new}
    return {**old, **named} if named else old


def place_of(subscription: Subscription) -> tuple[ChatId, int | None, bool]:
    """Say what makes two subscriptions the same one."""
    return subscription.chat, subscription.thread, subscription.is_operator


def _subject_of(proposal: Proposal) -> tuple[str, str]:
    return proposal.code, proposal.url


def _chats(world: World, commit: Commit) -> Mapping[ChatId, Chat]:
    if not (commit.chats or commit.forgotten or commit.migrated):
        return world.chats
    merged = {**world.chats, **{chat.id: chat for chat in commit.chats}}
    kept = {name: chat for name, chat in merged.items() if name not in commit.forgotten}
    staying = {name: chat for name, chat in kept.items() if name not in commit.migrated}
    moved = {new: replace(kept[old], id=new) for old, new in commit.migrated.items() if old in kept}
    return {**moved, **staying}


def _subscriptions(world: World, commit: Commit) -> tuple[Subscription, ...]:
    if not (commit.subscriptions or commit.unsubscribed or commit.forgotten or commit.migrated):
        return world.subscriptions
    left = {place_of(subscription) for subscription in commit.unsubscribed}
    stayed = [
        one for one in world.subscriptions if place_of(one) not in left and one.chat not in commit.forgotten
    ]
    merged = _upserted(stayed, commit.subscriptions, place_of)
    if not commit.migrated:
        return merged
    # Somebody who subscribed the new chat by hand meant it: what stands there wins over what moves in.
    moving = [one for one in merged if one.chat in commit.migrated]
    staying = [one for one in merged if one.chat not in commit.migrated]
    return _upserted(_moved(moving, commit.migrated), staying, place_of)


def _deliveries(world: World, commit: Commit) -> tuple[Delivery, ...]:
    if not (commit.deliveries or commit.forgotten or commit.migrated or commit.forget_before):
        return world.deliveries
    merged = _upserted(world.deliveries, commit.deliveries, _ID)
    moved = _moved(merged, commit.migrated) if commit.migrated else merged
    return tuple(sorted(_kept(moved, commit), key=_ID))


def _kept(deliveries: tuple[Delivery, ...], commit: Commit) -> Iterable[Delivery]:
    if not (commit.forgotten or commit.forget_before):
        return deliveries
    return (
        one
        for one in deliveries
        if one.chat not in commit.forgotten and not _is_forgotten(one, commit.forget_before)
    )


def _is_forgotten(delivery: Delivery, before: datetime | None) -> bool:
    return before is not None and delivery.settled is not None and delivery.settled < before


def _upserted(
    old: Iterable[Value], new: Iterable[Value], key: Callable[[Value], Hashable]
) -> tuple[Value, ...]:
    merged = {key(value): value for value in old}
    merged.update((key(value), value) for value in new)
    return tuple(merged.values())


def _moved(values: Iterable[Moving], migrated: Mapping[ChatId, ChatId]) -> tuple[Moving, ...]:
    return tuple(
        replace(value, chat=migrated[value.chat]) if value.chat in migrated else value for value in values
    )
