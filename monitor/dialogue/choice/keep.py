"""A choice as it stands, and the commit that makes it another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.place import Place
from monitor.language.catalogs import spoken
from monitor.model import Chat, ChatKind, Commit, Subscription, World


@dataclass(frozen=True, slots=True)
class Choice:
    """What a chat chose, at one place: its settings, and what it is told there."""

    place: Place
    chat: Chat
    subscription: Subscription | None
    """None where it is told nothing."""


def choice_at(place: Place, ask: Ask, world: World) -> Choice:
    """Give the choice that stands at a place."""
    return Choice(place, _chat(place, ask, world), subscription_at(place, world))


def subscription_at(place: Place, world: World) -> Subscription | None:
    """Give what a place is told; None where it is told nothing."""
    return next((one for one in told_in(place, world) if one.thread == place.thread), None)


def told_in(place: Place, world: World) -> tuple[Subscription, ...]:
    """Give what every topic of a place's chat is told; operators' duties are no choice."""
    return tuple(one for one in world.subscriptions if one.chat == place.chat and not one.is_operator)


def fresh(place: Place) -> Subscription:
    """Give what is told to whoever names nothing: the news of all countries, at once."""
    return Subscription(place.chat, place.thread, withdrawals=False)


def commit_of(choice: Choice, world: World) -> Commit | None:
    """Write down a choice; None where it stands already. What is chosen by hand does not follow monitor.toml any more."""
    known, subscription = subscription_at(choice.place, world), choice.subscription
    chats = () if world.chats.get(choice.chat.id) == choice.chat else (choice.chat,)
    if subscription is not None and subscription != known:
        return Commit(subscriptions=(replace(subscription, is_configured=False),), chats=chats)
    if subscription is None and known is not None:
        return Commit(unsubscribed=(known,), chats=chats)
    return Commit(chats=chats) if chats else None


def is_configured(choice: Choice, view: View) -> bool:
    """Tell whether the configuration brings this subscription back at every start."""
    subscription = choice.subscription
    is_named = choice.place.chat in view.configured and choice.place.thread is None
    return is_named or (subscription is not None and subscription.is_configured)


def _chat(place: Place, ask: Ask, world: World) -> Chat:
    known = world.chats.get(place.chat) or Chat(place.chat)
    is_private = place.kind is ChatKind.PRIVATE
    theirs = spoken(ask.language)
    return replace(
        known,
        kind=place.kind,
        title="" if is_private else place.title or known.title,
        spoken=(theirs or known.spoken) if is_private else (known.spoken or theirs),
    )
