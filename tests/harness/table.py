"""The figures of a run, as people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.harness.session import Session
from tests.harness.verdict import Verdict

MOST_SHOWN = 10
LONGEST = 400


def progress(session: Session, kills: int) -> str:
    done = len(session.record.kills)
    last = session.record.kills[-1].hit
    return f"kill {done}/{kills}  published {len(session.story.published)}  accepted {session.telegram.accepted}  last hit: {last}"


def table(session: Session, verdict: Verdict, seconds: float) -> str:
    rows = [*_kills(session), *_happened(session), *_verdict(verdict), ("seconds", f"{seconds:.0f}")]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {value:>6}" for name, value in rows]
    wrong = (*session.record.trouble, *verdict.faults)
    shown = [f"  {line[:LONGEST]}" for line in wrong[:MOST_SHOWN]]
    return "\n".join([*lines, *(("wrong:", *shown) if wrong else ("nothing is wrong",))])


def _kills(session: Session) -> Iterator[tuple[str, str]]:
    kills = session.record.kills
    yield "kills", str(len(kills))
    for hit, count in sorted(Counter(kill.hit for kill in kills).items()):
        yield f"  in {hit}", str(count)
    yield "  with a message in flight", str(sum(bool(kill.in_flight) for kill in kills))


def _happened(session: Session) -> Iterator[tuple[str, str]]:
    story = session.story
    yield "publications", str(len(story.published))
    yield "moves, flickers, redesigns", f"{story.moves}, {story.flickers}, {story.redesigns}"
    for chat, count in sorted(Counter(chat for chat, _ in session.said()).items(), key=str):
        yield f"messages accepted for {chat}", str(count)


def _verdict(verdict: Verdict) -> Iterator[tuple[str, str]]:
    yield "lost", str(len(verdict.lost))
    yield "repeated", str(len(verdict.repeated))
    yield "  without a kill to explain it", str(len(verdict.unexplained))
    yield "false", str(len(verdict.false))
    yield "out of order", str(len(verdict.disorder))
    yield "unreadable after a kill", str(len(verdict.unreadable))
