"""The open data's tables: every line and cell."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.board.sheet import COLUMNS
from monitor.board.view import View
from monitor.model import (
    Change,
    ChangeKind,
    Dossier,
    Failing,
    Held,
    KnownDocument,
    Pledge,
    PledgeState,
    Snapshot,
    World,
)
from monitor.web import tables
from monitor.web.tables import Table
from tests.alert.samples import EARLIER, LONG_AGO, NOW, K, change, document, dossier, known, published
from tests.web import world

C = ChangeKind
SAMPLE = world.view()
MAKERS = (tables.documents, tables.countries, tables.publications)


def lines(table: Table) -> list[dict[str, str]]:
    text = io.StringIO(table.body.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text))


def of(known: Dossier, *changes: Change, pledge: Pledge | None = None) -> View:
    view = world.empty()
    pledges = {**view.pledges, **({"MEX": pledge} if pledge else {})}
    return replace(view, world=World({"MEX": known}, changes), pledges=pledges)


def mexico(view: View) -> dict[str, str]:
    return next(line for line in lines(tables.countries(view)) if line["country"] == "MEX")


def cell(name: str, *documents: KnownDocument, **more: object) -> tuple[str, ...]:
    found = mexico(of(replace(dossier(*documents), **more)))  # type: ignore[arg-type] # fields by name
    ends = ("", "_why", "_languages", "_not_before", "_seen_at")
    return tuple(found[f"{name}{end}"] for end in ends)


@pytest.mark.parametrize("make", MAKERS)
def test_the_columns_are_those_that_are_described_in_that_order(make: object) -> None:
    table: Table = make(SAMPLE)  # type: ignore[operator] # one of MAKERS
    header = table.body.decode("utf-8-sig").splitlines()[0].split(",")
    assert header == [field.name for field in table.fields]
    assert len(set(header)) == len(header)
    assert all(field.means.endswith((".", ")")) for field in table.fields)


def test_the_table_of_documents_is_what_the_chat_sends() -> None:
    assert tuple(field.name for field in tables.documents(SAMPLE).fields) == COLUMNS
    known = sum(len(each.documents) for each in SAMPLE.world.dossiers.values())
    assert len(lines(tables.documents(SAMPLE))) == known
    assert any(line["file_pages"] for line in lines(tables.documents(SAMPLE)))


def test_every_country_is_a_line_also_where_nothing_is_known() -> None:
    found = lines(tables.countries(world.empty()))
    assert [line["country"] for line in found] == [country.code for country in SAMPLE.countries]
    assert {line["cycle_1_country_report"] for line in found} == {"unknown"}
    assert {line["cycle_1_country_report_why"] for line in found} == {"never read"}
    assert {line["last_read"] for line in found} == {""}


def test_a_country_has_its_names_its_pledge_its_page_and_its_looks() -> None:
    pledge = Pledge(PledgeState.SIGNATORY, "2023-11", "https://example.org")
    failing = Failing(EARLIER, "secret", 2, NOW)
    held = Held("secret", LONG_AGO, Snapshot((), ""))
    found = mexico(of(replace(dossier(), failing=failing, held=held), pledge=pledge))
    about = ["name", "name_fr", "name_es", "region", "pledge", "pledge_signed", "pledge_source", "profile"]
    assert [found[name] for name in about] == [
        "Mexico",
        "Mexique",
        "México",
        "Americas",
        "signatory",
        "2023-11",
        "https://example.org",
        "https://www.unodc.org/corruption/en/country-profiles/data/MEX.html",
    ]
    looks = ["first_read", "last_read", "failing_since", "held_since"]
    assert [found[name] for name in looks] == [
        "2026-10-25T14:00:00Z",
        "2026-11-24T14:00:00Z",
        "2026-11-24T08:00:00Z",
        "2026-10-25T14:00:00Z",
    ]
    assert "secret" not in str(found)


def test_a_look_that_was_rejected_waits_for_nobody_and_a_date_that_is_none_is_left_out() -> None:
    held = Held("", LONG_AGO, Snapshot((), ""), is_rejected=True)
    found = mexico(of(replace(dossier(), held=held), pledge=Pledge(PledgeState.SIGNATORY, "soon")))
    assert (found["held_since"], found["pledge_signed"]) == ("", "")


SA = "cycle_2_self_assessment"
HERE = known(document(), NOW, EARLIER)
WENT = NOW + timedelta(days=4)
GONE = replace(
    HERE, missing_since=WENT, last_there=WENT - timedelta(hours=6), is_absence_told=True, is_missing_long=True
)


def test_published_says_languages_and_between_which_looks() -> None:
    unstated = known(document(language=None), NOW, EARLIER)
    assert cell(SA, HERE, unstated) == (
        "published",
        "",
        "en und",
        "2026-11-24T08:00:00Z",
        "2026-11-24T14:00:00Z",
    )


def test_what_stood_there_at_the_first_look_has_no_look_before() -> None:
    assert cell(SA, known(document())) == ("published", "", "en", "", "2026-10-25T14:00:00Z")


def test_withdrawn_says_between_which_looks_it_went() -> None:
    assert cell(SA, GONE) == ("withdrawn", "", "en", "2026-11-28T08:00:00Z", "2026-11-28T14:00:00Z")


def test_not_seen_and_unknown_say_no_time() -> None:
    assert cell(SA) == ("not seen", "", "", "", "")
    missing = replace(GONE, is_absence_told=False, is_missing_long=False)
    why = "one that was listed is missing, not long enough to call it withdrawn"
    assert cell(SA, missing) == ("unknown", why, "", "", "")
    stray = known(document(cycle=None))
    assert cell(SA, stray) == ("unknown", "one is published whose cycle is not stated", "", "", "")


def test_a_cell_is_of_its_own_cycle_and_kind() -> None:
    assert cell("cycle_1_self_assessment", HERE)[0] == "not seen"
    assert cell("cycle_2_country_report", HERE)[0] == "not seen"


def test_a_cycle_is_a_column_whatever_its_name() -> None:
    odd = replace(SAMPLE.cycles[0], id="II, (a)")
    assert tables.prefix(odd, K.COUNTRY_REPORT) == "cycle_II___a__country_report"


def test_a_publication_has_its_number_its_looks_and_its_proof() -> None:
    moved = change(C.MOVED, document(symbol="CAC/1"), former_url="https://old.example/")
    former = replace(known(document()), former_urls=("https://old.example/",))
    first, second = lines(tables.publications(of(dossier(former), moved, published(document(language="es"), is_language_version=True))))  # fmt: skip
    assert first == {
        "number": "0",
        "change": "moved",
        "country": "MEX",
        "name": "Mexico",
        "region": "Americas",
        "kind": "self-assessment",
        "cycle": "2",
        "language": "en",
        "title": "English",
        "url": document().url,
        "former_url": "https://old.example/",
        "symbol": "CAC/1",
        "not_before": "2026-11-24T08:00:00Z",
        "seen_at": "2026-11-24T14:00:00Z",
        "is_language_version": "false",
        "proof": lines(tables.documents(of(dossier(former))))[0]["proof"],
    }
    assert (second["number"], second["is_language_version"], second["former_url"]) == ("1", "true", "")


@pytest.mark.parametrize(
    ("kind", "is_told"),
    [(kind, not kind.value.startswith(("link", "file"))) for kind in ChangeKind],
)
def test_what_happens_to_files_is_in_the_register_not_in_the_table_of_publications(
    kind: ChangeKind, is_told: bool
) -> None:
    assert bool(lines(tables.publications(of(dossier(), change(kind, document()))))) is is_told


def test_numbers_are_places_in_the_history_whatever_is_left_out() -> None:
    elsewhere = replace(published(document()), code="XXX")
    file, news = change(C.LINK_DEAD, document()), published(document())
    found = lines(tables.publications(of(dossier(), elsewhere, file, news)))
    assert [line["number"] for line in found] == ["2"]


def test_every_publication_names_a_document_of_the_other_table() -> None:
    proofs = {line["proof"] for line in lines(tables.documents(SAMPLE))}
    assert {line["proof"] for line in lines(tables.publications(SAMPLE))} <= proofs


def test_a_strangers_words_are_no_formula_in_any_table() -> None:
    nasty = replace(document(title="=1+1", symbol="@x"), url="https://a.example/")
    pledge = Pledge(PledgeState.SIGNATORY, "", "+1")
    view = of(dossier(known(nasty)), published(nasty), pledge=pledge)
    (line,) = lines(tables.publications(view))
    assert (line["title"], line["symbol"], mexico(view)["pledge_source"]) == ("'=1+1", "'@x", "'+1")
