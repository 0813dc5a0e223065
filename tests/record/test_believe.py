from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Dossier, Failing, Held
from monitor.record.believe import alike, doubt, hold, is_fleet_change, is_settled
from tests.record.histories import HOUR, LIMITS, START, TRACK, WWW, Page, read, watched


def documents(
    number: int, kind: str = "executive-summary", host: str = WWW, name: str = "a"
) -> dict[str, str]:
    return {f"{host}{name}{each}.pdf": f"{kind}|1|en|{name} {each}" for each in range(number)}


def judged(before: Page, after: Page) -> str | None:
    return doubt(watched(before).dossier, read(after), LIMITS)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (documents(1), {}, "nothing is left of 1 known document"),
        (documents(6), {}, "nothing is left of 6 known documents"),
        (documents(2), documents(3, "other", name="x"), "nothing is left of 2 known documents"),
        (documents(6), documents(1), "5 of 6 known documents are gone"),
        (documents(3), documents(1), "2 of 3 known documents are gone"),
        (
            documents(4),
            {**documents(4, "other"), **documents(1)},
            "3 of 4 known documents are gone or no longer recognised",
        ),
        (documents(4), documents(4, "?expert-list", name="x"), "4 of 4 known documents are gone"),
        (
            documents(2),
            {**documents(2), **documents(6, name="x")},
            "6 new documents beside 2 known documents",
        ),
        ({}, documents(6), "6 new documents beside 0 known documents"),
        (
            documents(1),
            {**documents(1), **documents(6, "?country-report", name="x")},
            "6 new documents beside 1 known document",
        ),
    ],
)
def test_a_look_that_is_hard_to_believe_says_why(before: Page, after: Page, reason: str) -> None:
    assert judged(before, after) == reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {}),
        (documents(3, "other"), {}),
        (documents(2), documents(1)),
        (documents(4), documents(2)),
        (documents(6), documents(6, host=TRACK)),
        (documents(2), documents(2, name="x")),
        (documents(2), {**documents(2), **documents(5, name="x")}),
        (documents(6), {**documents(6), **documents(6, name="x")}),
        (documents(1), {**documents(1), **documents(9, "other", name="x")}),
        (documents(1), {**documents(1), **documents(9, "??", name="x")}),
        (documents(1), {WWW + "new.pdf": "executive-summary|1|en|Another"}),
        (documents(6), {**documents(6, "?executive-summary")}),
    ],
)
def test_a_look_that_can_be_true_is_believed(before: Page, after: Page) -> None:
    assert judged(before, after) is None


def test_a_first_look_is_never_doubted() -> None:
    assert doubt(Dossier("MEX"), read(documents(40)), LIMITS) is None


def test_documents_that_were_gone_already_are_not_missed_again() -> None:
    country = watched(documents(3))
    country.look(documents(1))
    assert doubt(country.dossier, read(documents(1)), LIMITS) is None


def test_moved_documents_are_neither_gone_nor_new_but_replaced_ones_are_both() -> None:
    country = watched(documents(7))
    assert doubt(country.dossier, read(documents(7, host=TRACK)), LIMITS) is None
    replaced = {f"{WWW}x{each}.pdf": f"executive-summary|1|en|x {each}" for each in range(7)}
    assert doubt(country.dossier, read(replaced), LIMITS) == "7 of 7 known documents are gone"


def test_what_may_have_moved_counts_as_new() -> None:
    reports = {f"{WWW}r{each}.pdf": f"country-report|||R {each}" for each in range(6)}
    country = watched({**documents(1), **reports})
    country.look(documents(1))
    again = {f"{WWW}s{each}.pdf": f"country-report|||R {each}" for each in range(6)}
    reason = doubt(country.dossier, read({**documents(1), **again}), LIMITS)
    assert reason == "6 new documents beside 1 known document"


def test_better_rules_may_find_many_documents_on_the_same_page_but_not_lose_most() -> None:
    country = watched(documents(3))
    body = country.dossier.body_hash
    assert doubt(country.dossier, read({**documents(3), **documents(9, name="x")}, body=body), LIMITS) is None
    assert doubt(country.dossier, read(documents(1), body=body), LIMITS) is not None


@pytest.mark.parametrize(
    ("changed", "looked_at", "expected"),
    [
        (5, 5, False),
        (6, 6, True),
        (6, 119, True),
        (6, 120, False),
        (9, 192, False),
        (10, 192, True),
        (0, 0, False),
    ],
)
def test_more_countries_than_both_limits_are_a_fleet(changed: int, looked_at: int, expected: bool) -> None:
    assert is_fleet_change(changed, looked_at, LIMITS) is expected


# Pages that are alike.


def dossier(code: str, page: Page) -> Dossier:
    return replace(watched(page).dossier, code=code)


def test_one_body_for_several_countries_is_nobodys_page() -> None:
    readings = {code: read({}, body="same") for code in ("BRA", "CHE", "MEX")} | {"FIN": read({}, body="own")}
    found = alike(readings, {})
    assert set(found) == {"BRA", "CHE", "MEX"}
    assert found["BRA"] == "not this country's page: it shows the same as that of CHE, MEX"


def test_many_others_are_named_up_to_five() -> None:
    readings = {f"C{each:02}": read({}, body="same") for each in range(9)}
    assert alike(readings, {})["C03"].endswith("of C00, C01, C02, C04, C05 and 3 more")


@pytest.mark.parametrize(("pages", "end"), [(6, "C04, C05"), (7, "C05 and 1 more")])
def test_nobody_is_called_more_who_was_named(pages: int, end: str) -> None:
    readings = {f"C{each:02}": read({}, body="same") for each in range(pages)}
    assert alike(readings, {})["C00"].endswith(end)


def test_two_documents_that_another_country_shows_are_enough_to_be_its_page() -> None:
    page = documents(2)
    assert set(alike({"MEX": read(page, body="own")}, {"BRA": dossier("BRA", page)})) == {"MEX"}


def test_a_country_that_shows_what_another_ones_page_is_known_to_be_is_not_itself() -> None:
    page = documents(3)
    known = {"BRA": dossier("BRA", page)}
    by_body = alike({"MEX": read({}, body=known["BRA"].body_hash)}, known)
    by_documents = alike({"MEX": read(page, body="other bytes")}, known)
    assert set(by_body) == set(by_documents) == {"MEX"}


def test_only_the_newcomer_is_suspicious_beside_a_country_that_showed_this_before() -> None:
    page = documents(3)
    readings = {"BRA": read(page, body="1"), "MEX": read(page, body="2")}
    assert set(alike(readings, {"BRA": dossier("BRA", page)})) == {"MEX"}
    assert set(alike(readings, {"BRA": dossier("BRA", page), "MEX": dossier("MEX", page)})) == set()


def test_what_a_country_of_this_sweep_showed_before_is_not_held_against_others() -> None:
    known = {"BRA": dossier("BRA", documents(3))}
    assert not alike({"BRA": read(documents(2, name="x")), "MEX": read(documents(3))}, known)


def test_finland_and_spain_share_one_file() -> None:
    shared = documents(1)
    readings = {"FIN": read(shared, body="1"), "ESP": read(shared, body="2")}
    assert not alike(readings, {"SWE": dossier("SWE", shared)})
    more = {
        "FIN": read({**shared, **documents(1, name="f")}),
        "ESP": read({**shared, **documents(1, name="e")}),
    }
    assert not alike(more, {})


def test_documents_that_are_no_review_documents_make_no_pages_alike() -> None:
    readings = {code: read(documents(5, "other"), body=code) for code in ("BRA", "MEX")}
    assert not alike(readings, {})


# Held looks.


def test_the_same_content_again_is_one_look_more_whatever_the_bytes() -> None:
    country = watched(documents(3))
    first = hold(country.dossier, read({}, body="1"), "why", START, is_fleet=False)
    assert first.held == Held("why", START, read({}, body="1"))
    assert first.documents == country.dossier.documents
    assert first.last_read == country.dossier.last_read
    again = hold(first, read({}, body="2"), "why now", START + HOUR, is_fleet=True)
    assert again.held is not None
    assert (again.held.looks, again.held.since, again.held.reason) == (2, START, "why now")
    assert again.held.is_fleet
    assert again.held.snapshot == read({}, body="2"), "the newest bytes are kept"
    other = hold(again, read(documents(1)), "other", START + 2 * HOUR, is_fleet=False)
    assert other.held == Held("other", START + 2 * HOUR, read(documents(1)))


def test_other_words_over_the_same_links_are_other_content() -> None:
    held = hold(Dossier("MEX"), read(documents(2)), "", START, is_fleet=False)
    again = hold(held, read(documents(2, "other")), "", START, is_fleet=False)
    assert again.held is not None
    assert again.held.looks == 1


def test_what_a_person_rejected_stays_rejected_until_the_content_changes() -> None:
    held = hold(Dossier("MEX"), read({}), "", START, is_fleet=False)
    assert held.held is not None
    rejected = replace(held, held=replace(held.held, is_rejected=True))
    again = hold(rejected, read({}), "", START, is_fleet=False).held
    assert again is not None
    assert again.is_rejected
    other = hold(rejected, read(documents(1)), "", START, is_fleet=False).held
    assert other is not None
    assert not other.is_rejected


def test_a_held_look_was_an_answer_so_the_country_fails_no_longer() -> None:
    failing = Dossier("MEX", failing=Failing(START, "503", 3, START))
    assert hold(failing, read({}), "", START, is_fleet=False).failing is None


@pytest.mark.parametrize(
    ("looks", "is_fleet", "is_rejected", "is_harmless", "expected"),
    [
        (2, False, False, True, False),
        (3, False, False, False, True),
        (4, False, False, False, True),
        (3, True, False, False, False),
        (3, True, False, True, True),
        (3, False, True, True, False),
        (3, True, True, True, False),
    ],
)
def test_equal_looks_settle_what_is_neither_rejected_nor_many_countries_news(
    looks: int, is_fleet: bool, is_rejected: bool, is_harmless: bool, expected: bool
) -> None:
    held = Held("", START, read({}), looks, is_fleet, is_rejected)
    assert is_settled(held, LIMITS, is_harmless=is_harmless) is expected
