"""What is believed of doubted files: what happened to documents after publication, or that too many did it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.evidence.due import ANNOUNCING, Listed, told_dead
from monitor.evidence.files import DEAD, host
from monitor.language.speech import N_
from monitor.model import Change, ChangeKind, DocumentFile, FileLook, FileState, World
from monitor.record.believe import Limits, is_fleet_change

ENOUGH: Final[Mapping[ChangeKind, tuple[int, timedelta]]] = {
    # A site that is repaired overnight shows its error page at two looks; at the third, a day later, nobody repairs.
    ChangeKind.LINK_DEAD: (3, timedelta(hours=24)),
    # The same bytes twice are no stamp and no half download; the day lets a change of the whole site show itself.
    ChangeKind.FILE_REPLACED: (2, timedelta(hours=24)),
    ChangeKind.FILE_MOVED: (2, timedelta(hours=24)),
    # A document that was read is there: the second look only tells it from a server that cannot decide.
    ChangeKind.LINK_BACK: (2, timedelta(0)),
}
"""Equal looks, and the time over them, after which a doubt is believed."""
INCIDENTS: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.LINK_DEAD: N_("many links to documents do not open"),
    ChangeKind.FILE_REPLACED: N_("many documents were replaced at once"),
    ChangeKind.FILE_MOVED: N_("many documents come from another host"),
}
"""What so many documents at once are called while nobody is told of the single ones."""
SETTLED: Final = timedelta(days=7)
"""What a whole site does for so long is no fault any more: it is believed, and told together."""
_CONFIRMED: Final = 2
"""Looks from which on a doubt counts among many: a fault of one minute alarms nobody."""
_A_DAY: Final = timedelta(days=1)
_MOST_KEPT: Final = 50
"""Believed looks that a file keeps: a link that comes and goes for ever must not fill the store."""


@dataclass(frozen=True, slots=True)
class Many:
    """Too many documents at once: one incident instead of news."""

    kind: ChangeKind
    files: tuple[DocumentFile, ...]
    looked_at: int
    """Files looked at within a day."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from looks at files."""

    files: tuple[DocumentFile, ...]
    """Those of which something else is believed now, or doubted anew."""
    changes: tuple[Change, ...]
    incidents: Mapping[str, datetime]
    """All that are open now, others included."""
    many: tuple[Many, ...]
    """Those that began."""
    is_fleet: bool = False
    """The changes are of many countries at once, believed after all: each chat is told of them together."""


def judge(world: World, documents: Listed, limits: Limits, now: datetime) -> Judgement:
    """Judge all doubts together; ``documents``: those that pages list."""
    files = [world.files[url] for url in documents if url in world.files]
    doubted = [file for file in files if file.doubted is not None]
    looked_at = sum(now - file.checked < _A_DAY for file in files)
    found = {kind: _confirmed(doubted, kind) for kind in INCIDENTS}
    many = {kind for kind, some in found.items() if is_fleet_change(len(some), looked_at, limits)}
    incidents = _incidents(world, many, now)
    is_over = {kind for kind, name in INCIDENTS.items() if name in world.incidents and kind not in many}
    waiting = {kind for kind in many if now - incidents[INCIDENTS[kind]] < SETTLED}
    ripe = [file for file in doubted if is_ripe(file) and not (meanings(file) & (waiting | is_over))]
    changes = (*_changes(world.changes, ripe, documents), *_healed(world.changes, files, documents))
    # A site that recovers does so file by file: the last ones are not dead because the others are back.
    anew = [doubted_anew(file, now) for file in doubted if meanings(file) & is_over]
    return Judgement(
        (*map(believed, ripe), *anew),
        changes,
        incidents,
        tuple(
            Many(kind, tuple(found[kind]), looked_at)
            for kind, name in INCIDENTS.items()
            if kind in many and name not in world.incidents
        ),
        is_fleet=len({change.code for change in changes}) > limits.fleet_countries,
    )


def meanings(file: DocumentFile) -> frozenset[ChangeKind]:
    """Say what happened to a file if what is doubted is true."""
    was, now = file.stands, file.doubted
    if now is None:
        return frozenset()
    if now.state in DEAD:
        return frozenset({ChangeKind.LINK_DEAD})
    if was.state in DEAD:
        return frozenset({ChangeKind.LINK_BACK})
    found = {ChangeKind.FILE_MOVED} if host(was) != host(now) else set[ChangeKind]()
    is_other = was.sha256 != now.sha256 and not file.is_stamped
    return frozenset(found | {ChangeKind.FILE_REPLACED} if is_other else found)


def is_ripe(file: DocumentFile) -> bool:
    """Tell whether a doubt was seen often and long enough; a look that reached nothing is no look."""
    if file.doubted is None or file.unreached:
        return False
    lasted = file.checked - file.doubted.at
    return all(
        file.times >= looks and lasted >= time for looks, time in (ENOUGH[kind] for kind in meanings(file))
    )


def believed(file: DocumentFile) -> DocumentFile:
    """Take what is doubted as how the file stands."""
    if file.doubted is None:
        return file
    known = [look for look in file.looks if look.state is not FileState.UNREACHED]
    looks = (*known, file.doubted)[-_MOST_KEPT:]
    return replace(file, looks=looks, doubted=None, times=0, stamps=0, last_alike=file.checked)


def doubted_anew(file: DocumentFile, now: datetime) -> DocumentFile:
    """Doubt from now on what was doubted with many others: looks from before the end of that count no more."""
    return replace(file, doubted=replace(file.doubted, at=now), times=1) if file.doubted else file


def hosts(files: Iterable[DocumentFile]) -> Counter[str]:
    """Count the hosts that files are listed on."""
    return Counter(host(FileLook(file.checked, file.stands.state, address=file.url)) for file in files)


def _incidents(world: World, many: Iterable[ChangeKind], now: datetime) -> Mapping[str, datetime]:
    others = {name: since for name, since in world.incidents.items() if name not in INCIDENTS.values()}
    return {**others, **{INCIDENTS[kind]: world.incidents.get(INCIDENTS[kind], now) for kind in sorted(many)}}


def _confirmed(doubted: Iterable[DocumentFile], kind: ChangeKind) -> list[DocumentFile]:
    return [file for file in doubted if file.times >= _CONFIRMED and kind in meanings(file)]


def _changes(
    history: tuple[Change, ...], ripe: Iterable[DocumentFile], documents: Listed
) -> Iterator[Change]:
    told = told_dead(history)
    announced = {(each.code, each.document.url) for each in history if each.kind in ANNOUNCING}
    for file in ripe:
        for code, document in documents[file.url]:
            key = (code, document.url)
            for kind in sorted(meanings(file)):
                if _is_news(kind, file, is_told_dead=told.get(key, False), is_announced=key in announced):
                    yield Change(
                        code,
                        kind,
                        document,
                        _since(file),
                        _before(file),
                        file=file.doubted,
                        file_before=_was(file),
                    )


def _healed(
    history: tuple[Change, ...], files: Iterable[DocumentFile], documents: Listed
) -> Iterator[Change]:
    """Keep the promise of an alert that said dead of a file which was known to be there, and is again."""
    told = told_dead(history)
    for file in files:
        if file.doubted is None and file.stands.state is FileState.THERE:
            now = replace(file.stands, at=file.checked)
            for code, document in documents[file.url]:
                if told.get((code, document.url)):
                    yield Change(code, ChangeKind.LINK_BACK, document, file.checked, None, file=now)


def _is_news(kind: ChangeKind, file: DocumentFile, *, is_told_dead: bool, is_announced: bool) -> bool:
    if kind is ChangeKind.LINK_BACK:
        return is_told_dead  # or nobody ever heard that it did not open
    if kind is ChangeKind.LINK_DEAD:
        return not is_told_dead and (file.stands.state is FileState.THERE or is_announced)
    return True


def _since(file: DocumentFile) -> datetime:
    return file.doubted.at if file.doubted else file.checked


def _before(file: DocumentFile) -> datetime | None:
    """Give the last look that found it as it stood; none where nothing was ever reached."""
    if file.stands.state is FileState.UNREACHED:
        return None
    return file.last_alike or file.stands.at


def _was(file: DocumentFile) -> FileLook:
    """Give how it was before; of one that is back, the document that stood there last."""
    whole = (look for look in reversed(file.looks) if look.state is FileState.THERE)
    return next(whole, file.stands) if file.stands.state in DEAD else file.stands
