"""A small Bot API server on loopback, with Telegram's refusals and the network's faults, and people as verbs.

::

    with BotApi(chats=()) as telegram:  # nobody exists who was not described; without chats= any number does
        ann, bob = telegram.person("Ann", language="fr"), telegram.person("Bob")
        ann.says("/status mexico")                      # a private chat; the first words start the bot
        card = ann.waits_for("Mexique")                 # or `await ann.awaits(…)` where the bot is in this loop
        assert ann.presses("Muet").toast == "…"         # the newest message that has such a button
        card.text, card.labels, card.edits              # as it is now, and what it was

        group = telegram.group("Coalition", admins=[ann], members=[bob]).adds_bot(by=ann)
        bob.says("/subscribe Mexico", group)
        forum = telegram.group("Forum", admins=[ann], has_topics=True).adds_bot()
        ann.says("/recent", forum.topic("News"))
        forum.topic("News").closes()
        new = group.upgrades()                          # a supergroup with another number
        telegram.channel("news", admins=[ann]).adds_bot().posts("/status mexico")
        ann.asks_inline("mexico").titles
        ann.blocks_bot(); group.removes_bot(); ann.starts("MEX")

        telegram.fails_with(ann.id, flooded(3), times=2, method="editMessageText")
        telegram.revokes_token()

Where the bot runs in the test's own event loop, waiting must not block it: ``await ann.awaits("words")`` and
``await ann.presses("Mute").answered()`` instead of ``waits_for`` and ``.toast``. ``BotApi(has_limits=True)`` answers
429 to what comes too fast, ``BotApi(keeps=1000)`` keeps memory flat. ``ann.menu(group)`` lists the commands offered.
"""

from tests.botapi.faults import Close, Drip, Refusal, Silence, blocked, flooded, migrated, server_error
from tests.botapi.people import Person
from tests.botapi.reading import Callback, InlineQuery, Sent
from tests.botapi.rooms import Channel, Group, Topic
from tests.botapi.server import BotApi

__all__ = [
    "BotApi",
    "Callback",
    "Channel",
    "Close",
    "Drip",
    "Group",
    "InlineQuery",
    "Person",
    "Refusal",
    "Sent",
    "Silence",
    "Topic",
    "blocked",
    "flooded",
    "migrated",
    "server_error",
]
