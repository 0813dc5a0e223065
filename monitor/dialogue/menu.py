"""What Telegram itself shows of the bot: the commands it offers, and the words on an empty chat and in a profile."""

from __future__ import annotations

from monitor.language.speech import Speech

Commands = tuple[tuple[str, str], ...]
"""Commands without their stroke, each with one line."""


def menu(say: Speech, audience: str) -> Commands:
    """Name the commands offered to ``private`` chats, a ``group``, its ``administrators`` or ``operators``."""
    choices = () if audience == "group" else _choices(say)
    duties = _duties(say) if audience == "operators" else ()
    return (*_questions(say), *choices, *duties, *_manual(say))


def description(say: Speech) -> str:
    """Give what a chat shows before anything was said in it; at most 512 characters."""
    return say(
        "I watch the country profiles of UNODC and say, within hours, when a government publishes its "
        "self-assessment or country report of the UNCAC review. Ask me what a country has published and what is "
        "missing, or subscribe to what appears."
    )


def short_description(say: Speech) -> str:
    """Give what the bot's profile says; at most 120 characters."""
    return say("Says when a government publishes documents of its UNCAC review.")


def _questions(say: Speech) -> Commands:
    return (
        ("status", say("What a country, or the world, has published")),
        ("countries", say("All countries, or a region's")),
        ("missing", say("Who has not published")),
        ("compare", say("Countries side by side")),
        ("map", say("The world map of a review cycle")),
        ("recent", say("The last publications")),
        ("year", say("What happened since the last 9 December")),
        ("pledge", say("What signatories kept of the Transparency Pledge")),
        ("evidence", say("What proves a document")),
        ("export", say("Everything known, as a table")),
    )


def _choices(say: Speech) -> Commands:
    return (
        ("subscribe", say("Be told what appears")),
        ("subscriptions", say("What this chat is told")),
        ("unsubscribe", say("Be told nothing more")),
        ("settings", say("Hours, time zone and language")),
        ("language", say("Choose the language")),
        ("forget", say("Erase what is kept of this chat")),
    )


def _duties(say: Speech) -> Commands:
    return (
        ("sweep", say("Look at all countries now, or at one")),
        ("health", say("How the monitor is doing")),
        ("pause", say("Hold all alerts back")),
        ("resume", say("Send alerts again")),
        ("chats", say("Who is told")),
        ("test", say("Send a test alert to this chat")),
    )


def _manual(say: Speech) -> Commands:
    return (("about", say("What this is, and what is kept")), ("help", say("What you can ask")))
