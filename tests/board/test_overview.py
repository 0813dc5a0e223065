from dataclasses import replace

from monitor.board.overview import by_region, of_signatories, of_view, overview
from monitor.board.status import MATRIX_KINDS
from monitor.model import Dossier, Failing, Held, Pledge, PledgeState, Snapshot, World
from tests.alert.samples import CYCLES, EARLIER, MEXICO, NIGER, NIGERIA, NOW, K, document, dossier, known
from tests.dialogue.talk import view

FAILING = Failing(EARLIER, "no answer", 3, NOW)
HELD = Held("most is new", EARLIER, Snapshot((), "hash"))


def test_the_world_is_counted_with_signatories_apart() -> None:
    world = World(
        {
            "MEX": dossier(known(document()), known(document(language="es"))),
            "NER": replace(dossier(known(document()), code="NER"), last_read=EARLIER, held=HELD),
            "XXX": dossier(known(document()), code="XXX"),
        }
    )
    pledges = {
        "MEX": Pledge(PledgeState.SIGNATORY),
        "NER": Pledge(PledgeState.NOT_SIGNATORY),
        "XXX": Pledge(PledgeState.SIGNATORY),
    }
    numbers = overview(world, (MEXICO, NIGER, NIGERIA), pledges, CYCLES, is_pledge_complete=False)
    assert (numbers.countries, numbers.read, numbers.failing, numbers.held) == (3, 2, 0, 1)
    assert (numbers.signatories, numbers.is_pledge_complete, numbers.oldest_look) == (1, False, EARLIER)
    tallies = {(tally.cycle.id, tally.kind): tally for tally in numbers.tallies}
    assert list(tallies) == [(cycle.id, kind) for cycle in CYCLES for kind in MATRIX_KINDS]
    second = tallies["2", K.SELF_ASSESSMENT]
    assert (second.published, second.published_by_signatories, second.unknown) == (2, 1, 1)
    first = tallies["1", K.SELF_ASSESSMENT]
    assert (first.published, first.published_by_signatories, first.unknown) == (0, 0, 1)


def test_a_world_nobody_has_looked_at_has_no_oldest_look() -> None:
    failing = World({"MEX": Dossier("MEX", failing=FAILING)})
    numbers = overview(failing, (MEXICO,), {}, CYCLES, is_pledge_complete=True)
    assert (numbers.read, numbers.failing, numbers.oldest_look, numbers.is_pledge_complete) == (
        0,
        1,
        None,
        True,
    )


def test_what_was_withdrawn_and_what_was_never_seen_are_counted_apart() -> None:
    gone = known(document(), missing_since=NOW, is_absence_told=True, is_missing_long=True)
    numbers = overview(
        World({"MEX": dossier(gone), "NER": dossier(code="NER")}),
        (MEXICO, NIGER, NIGERIA),
        {},
        CYCLES,
        is_pledge_complete=True,
    )
    tally = numbers.tally("2", K.SELF_ASSESSMENT)
    assert (tally.withdrawn, tally.not_seen, tally.unknown, tally.published) == (1, 1, 1, 0)
    assert numbers.tally("1", K.SELF_ASSESSMENT).withdrawn == 0


def test_regions_and_signatories_are_counted_by_themselves_and_regions_add_up_to_the_world() -> None:
    of = view(dossier(known(document())), dossier(known(document()), code="AUT"), dossier(code="BRA"))
    world, regional = of_view(of), by_region(of)
    assert list(regional) == sorted(regional)
    for name in ("countries", "read", "failing", "held", "signatories"):
        assert sum(getattr(each, name) for each in regional.values()) == getattr(world, name)
    second = {region: each.tally("2", K.SELF_ASSESSMENT) for region, each in regional.items()}
    assert {region: tally.published for region, tally in second.items() if tally.published} == {
        "Americas": 1,
        "Europe": 1,
    }
    assert (regional["Americas"].read, regional["Europe"].read) == (2, 1)
    assert (of_signatories(of).countries, of_signatories(of).read) == (4, 2)
