"""What is said of statuses, of what was withdrawn, of a time and of countries side by side, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.board.definitions import definition
from monitor.board.promise import Kept
from monitor.board.status import Mark, Why
from monitor.board.view import View
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask
from monitor.language.speech import Speech
from monitor.model import LookHistory, Looks, Message
from tests.alert.samples import EARLIER, LONG_AGO, NOW, K, document, dossier, known
from tests.board.test_year import busy
from tests.dialogue.talk import view
from tests.language.cases import ANN, country_of

_DAY = timedelta(days=1)


def looking_back(say: Speech) -> Iterator[Message | str]:
    """Say what each status means, and ask about worlds in which much was the case."""
    yield from (definition(say, status) for status in (*Mark, *Why, *Kept))
    of = replace(busy(), countries=tuple(map(country_of, ("NGA", "NER", "MEX"))))
    for words in ("/year", "/year 2026-11-24", "/year 2000", "/year x", "/compare", "/status NGA"):
        yield _asked(say, words, of)
    for words in (
        "/year",
        "/missing",
        "/pledge",
        "/status",
        "/status MEX",
        "/status FIN",
        "/compare MEX FIN",
    ):
        yield _asked(say, words, _gone())


def _asked(say: Speech, words: str, of: View) -> Message:
    message = ROUTER.answer(
        Ask(words, ANN, language=say.code), replace(of, address="https://board.example.org")
    ).message
    assert message
    return message


def _gone() -> View:
    """Withdrawn, missing for a short time, a summary in no local language; begun late, and not read at times."""
    withdrawn = known(
        document(), missing_since=NOW, last_there=EARLIER, is_absence_told=True, is_missing_long=True
    )
    summary = known(document(K.EXECUTIVE_SUMMARY))
    away = known(document(), missing_since=NOW, last_there=EARLIER)
    of = view(dossier(withdrawn, summary), dossier(away, code="FIN"), dossier(code="AUT"))
    fails, reads = Looks(LONG_AGO, EARLIER - 3 * _DAY, 2, 403, "", "403"), Looks(EARLIER, NOW, 2, 200, "ab")
    looks = {
        "MEX": LookHistory("MEX", (replace(reads, first=LONG_AGO, last=LONG_AGO), replace(fails, last=NOW))),
        "FIN": LookHistory("FIN", (fails, reads)),
    }
    return replace(of, world=replace(of.world, looks=looks))
