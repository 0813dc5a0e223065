"""Everything the bot can say, once, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.language.speech import Speech
from monitor.model import Message
from tests.language.later import later
from tests.language.looking_back import looking_back
from tests.language.proofs import keeping, proofs
from tests.language.signing import signing
from tests.language.talks import conversations
from tests.language.writers import alerts, digests, ends, lives, menus, operators_notices, reports


def everything(say: Speech) -> Iterator[Message]:
    """Give all that is shown in a language; what is no message (toasts, menus, titles) as one."""
    for one in _all(say):
        if isinstance(one, Message):
            yield one
        elif one:
            yield Message(one.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _all(say: Speech) -> Iterator[Message | str]:
    yield from alerts(say)
    yield from operators_notices(say)
    yield from reports(say)
    yield from digests(say)
    yield from later(say)
    yield from proofs(say)
    yield from keeping(say)
    yield from looking_back(say)
    yield from signing(say)
    yield from menus(say)
    yield from lives(say)
    yield from ends(say)
    yield from conversations(say)
