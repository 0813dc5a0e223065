"""Rules about where names stand, one a row: what would be proposed, with dates."""

from __future__ import annotations

import pytest

from monitor.pledge.roster import Roster, Shape
from tests.pledge.reading import body, read, signatories

HEADING = "<h2>Signatories</h2>"


def the(html: str, states: str) -> Roster:
    """Give the one roster that names exactly these States."""
    found = [each for each in read(body(html)) if " ".join(one.code for one in each.entries) == states]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<ul><li>Chile</li><li>Peru (2019)</li></ul>", {"CHL": "", "PER": "2019"}),
        ("<ul><li>Chile<br>2019</li><li>Peru</li></ul>", {"CHL": "2019", "PER": ""}),
        ("<p>Chile</p><p>Peru</p>", {"CHL": "", "PER": ""}),
        ("<div><b>Chile</b></div><div><b>Peru</b> 2019</div>", {"CHL": "", "PER": "2019"}),
        ("<h3>Chile</h3><p>Signed in May 2019</p><h3>Peru</h3>", {"CHL": "2019-05", "PER": ""}),
        ("<h3>Chile</h3><p>Its minister signed on 3 May 2019.</p>", {"CHL": "2019-05-03"}),
        ("<h3>Chile</h3><p>It did not sign in 2019.</p>", {"CHL": ""}),
        ("<time>2018</time><h3>Chile</h3><time>2019</time><h3>Peru</h3>", {"CHL": "2018", "PER": "2019"}),
        ("<p>2019</p><p>Chile and Peru</p>", {"CHL": "", "PER": ""}),
        ("<ul><li>Chile – Peru's neighbour</li></ul>", {"CHL": ""}),
        ("<ul><li>Chile</li><li>Chile (2019)</li></ul>", {"CHL": "2019"}),
        ("<ul><li>Chile (2018)</li><li>Chile (2019)</li></ul>", {"CHL": "2018"}),
        ("<ul><li>Chile, represented by its minister</li></ul>", {"CHL": ""}),
        ("<p>Chile, represented by its minister</p>", {}),
        ("<p>The minister of Peru, Chile</p>", {}),
        ("<ul><li>The minister of Peru, Chile</li></ul>", {}),
        ("<p><img alt='Flag of Chile'> <img alt='Peru'></p>", {"CHL": "", "PER": ""}),
        ("<details><summary>Chile</summary><p>May 2019</p></details>", {"CHL": "2019-05"}),
        ("<dl><dt>2019</dt><dd>Chile</dd><dt>2020</dt><dd>Peru</dd></dl>", {"CHL": "2019", "PER": "2020"}),
        ("<div class='card'><div class='card-header'>Chile</div>2019</div>", {"CHL": "2019"}),
        ("<select><option>Chile</option></select>", {}),
        ("<footer><ul><li>Chile</li></ul></footer>", {}),
        ("<ul><li>Chile (not yet)</li><li>Peru</li></ul>", {"PER": ""}),
        ("<p>Chile signed the Pledge and withdrew from it.</p><p>Peru</p>", {"PER": ""}),
        ("<ul><li>Chile ✗</li><li>Peru ✓</li></ul>", {"PER": ""}),
    ],
)
def test_names_under_a_heading_are_found(html: str, found: dict[str, str]) -> None:
    extra = "<ul><li>Malta</li></ul>"
    assert signatories(f"{HEADING}{html}<h2>Signed in another year</h2>{extra}") == found | {"MLT": ""}


@pytest.mark.parametrize(
    ("over", "is_it"),
    [
        ("<h2>Signatories</h2>", True),
        ("<h2>Who signed?</h2>", True),
        ("<h2>Pays signataires</h2>", True),
        ("<h2>Estados que han firmado</h2>", True),
        ("<h2>Pledge countries</h2>", True),
        ("<h2>Signatories (in no particular order)</h2>", True),
        ("<h2>List</h2><p>No fewer than three States have signed:</p>", True),
        ("<h2>List</h2><p>No State has signed yet of these:</p>", False),
        ("<h2>They endorsed the Pledge</h2>", True),
        ("<h2>They joined our network</h2>", False),
        ("<h2>Signatories</h2><h3>Latin America and the Caribbean</h3>", True),
        ("<h2>Signatories</h2><h3>A–C</h3>", True),
        ("<h2>Signatories</h2><h3>2019</h3>", True),
        ("<h2>Signatories</h2><h3>December 2019</h3>", True),
        ("<p><b>Signatories</b></p>", True),
        ("<p>Signatories:</p>", True),
        ("<h2>List</h2><p>These States have signed the Pledge.</p>", True),
        ("<fieldset><legend>Signatories</legend>", True),
        ("<section><h2>Signatories</h2>", True),
        ("<h2>Signatories</h2><h3>Parallel reports</h3>", False),
        ("<h2>Signatories</h2><h2>Members</h2>", False),
        ("<h2>Signatories</h2><h2>Europe</h2>", False),
        ("<dl><dt>Signatories</dt></dl>", False),
        ("<section><h2>Signatories</h2></section>", False),
        ("<h2>Signatories</h2><h2>Members</h2><h3>Europe</h3>", False),
        ("<h2>The Pledge</h2>", False),
        ("<h2>Not signatories</h2>", False),
        ("<h2>Countries invited to sign</h2>", False),
        ("<h2>Signatories</h2><h3>Withdrawn</h3>", False),
        ("<h2>Signatories</h2><p>These States did not sign the Pledge:</p>", False),
        ("<h2>Signatories</h2><p>These should sign soon.</p>", False),
        ("<h2>Signatories</h2><p>No news today.</p>", True),
        ("<nav><h2>Signatories</h2>", False),
        ("", False),
    ],
)
def test_what_stands_over_a_list_decides_whether_it_can_be_the_one(over: str, is_it: bool) -> None:
    html = f"{over}<ul><li>Ghana</li><li>Malta</li><li>Togo</li></ul>"
    assert set(signatories(html)) == ({"GHA", "MLT", "TGO"} if is_it else set())


def test_a_nested_list_stands_under_the_item_it_belongs_to() -> None:
    html = "<ul><li>Signed<ul><li>Chile</li></ul></li><li>Not yet<ul><li>Peru</li></ul></li></ul>"
    assert signatories(f"<h2>Signatories</h2>{html}") == {"CHL": ""}


def test_a_list_nested_in_an_item_without_words_stands_under_what_that_item_stands_under() -> None:
    html = "<h2>Signatories</h2><p>Some words.</p><ul><li><ul><li>Chile</li></ul></li></ul>"
    assert signatories(html) == {"CHL": ""}


def test_what_stands_below_a_states_name_is_about_that_state() -> None:
    html = "<ul><li>Chile<ul><li>Report of 2019</li><li>Malta</li></ul></li><li>Peru<ul></ul></li></ul>"
    assert signatories(f"<h2>Signatories</h2>{html}") == {"CHL": "", "PER": ""}


@pytest.mark.parametrize(("known", "is_it"), [("GHA MLT TGO", True), ("GHA MLT", False), ("GHA MLT TGO CHL PER BRA ITA", False)])  # fmt: skip
def test_a_list_without_a_word_over_it_must_hold_half_of_those_that_are_known(
    known: str, is_it: bool
) -> None:
    html = "<ul><li>Ghana</li><li>Malta</li><li>Togo</li><li>Benin</li></ul>"
    assert bool(signatories(html, frozenset(known.split()))) == is_it


def test_what_says_by_itself_that_it_signed_is_taken_out_of_a_list_that_is_not_the_one() -> None:
    html = "<h2>News</h2><ul><li>Chile signs the Pledge</li><li>Peru</li><li>Malta</li><li>Togo</li></ul>"
    assert signatories(html) == {"CHL": ""}
    assert the(html, "CHL").why_not == ""
    assert the(html, "PER MLT TGO").why_not == "nothing over it says that these States signed the Pledge"


def test_too_many_states_are_no_list_of_signatories() -> None:
    from tests.pledge.reading import config  # noqa: PLC0415 - only here

    names = [each.name for each in config().countries]
    half = "".join(f"<li>{name}</li>" for name in names[:96])
    assert len(signatories(f"<h2>Signatories</h2><ul>{half}</ul>")) == 96
    assert signatories(f"<h2>Signatories</h2><ul>{half}<li>{names[96]}</li></ul>") == {}


TABLE = "<h2>States</h2><table><tr><th>State</th><th>{head}</th><th>More</th></tr>{rows}</table>"


@pytest.mark.parametrize(
    ("head", "cell", "date"),
    [
        ("Signed", "Yes", ""),
        ("Signed", "✓", ""),
        ("Date of signature", "3 May 2019", "2019-05-03"),
        ("A signé", "oui", ""),
        ("Signed", "No", None),
        ("Signed", "not yet", None),
        ("Signed", "❌", None),
        ("Signed", "", None),
        ("Signed", "–", None),
    ],
)
def test_a_column_about_signing_says_which_rows_count(head: str, cell: str, date: str | None) -> None:
    rows = f"<tr><td>Chile</td><td>2018</td><td></td></tr><tr><td>Peru</td><td>{cell}</td><td>no report</td></tr>"
    found = signatories(TABLE.format(head=head, rows=rows))
    assert found == {"CHL": "2018"} | ({"PER": date} if date is not None else {})


def test_only_the_column_of_the_states_names_them() -> None:
    rows = (
        "<tr><td>Chile</td><td>2018</td><td>Peru</td></tr><tr><td>Malta</td><td>2019</td><td>Italy</td></tr>"
    )
    assert signatories(TABLE.format(head="Signed", rows=rows)) == {"CHL": "2018", "MLT": "2019"}


def test_of_several_dates_in_a_row_without_a_column_about_signing_none_is_taken() -> None:
    table = "<h2>Signatories</h2><table><tr><th>State</th><th>In force</th><th>Reviewed</th></tr>{}</table>"
    rows = "<tr><td>Chile</td><td>2018</td><td>2019</td></tr><tr><td>Peru</td><td>2018</td><td></td></tr>"
    assert signatories(table.format(rows)) == {"CHL": "", "PER": "2018"}


def test_a_date_beside_the_name_goes_before_the_column() -> None:
    rows = "<tr><td>Chile (May 2018)</td><td>2018</td><td></td></tr>"
    assert signatories(TABLE.format(head="Signed", rows=rows)) == {"CHL": "2018-05"}


def test_rows_headed_by_their_state_are_read_and_heads_are_no_states() -> None:
    rows = "<tr><th>Chile</th><td>yes</td><td></td></tr><tr><th>All</th></tr>"
    assert signatories(TABLE.format(head="Signed", rows=rows)) == {"CHL": ""}


def test_a_row_of_nothing_but_heads_that_are_states_names_them() -> None:
    table = "<h2>Signatories</h2><table><tr><th>Chile</th><th>Peru</th></tr></table>"
    assert signatories(table) == {"CHL": "", "PER": ""}


def test_a_list_inside_a_table_is_a_list_of_its_own() -> None:
    html = "<table><tr><td><h2>Signatories</h2><ul><li>Chile</li></ul></td><td>Peru</td></tr></table>"
    assert signatories(html) == {"CHL": ""}


def test_a_table_inside_a_list_is_a_table_of_its_own() -> None:
    html = "<h2>Signatories</h2><ul><li>2019<table><tr><td>Chile</td></tr></table></li></ul>"
    assert signatories(html) == {"CHL": ""}
    assert the(html, "CHL").shape is Shape.TABLE


def test_what_a_person_must_look_at_is_shown_with_its_reason() -> None:
    html = "<ul><li>Chile</li><li>Perou du Sud</li><li>Brazill</li><li>Malta (withdrawn)</li></ul>"
    found = the(f"<h2>Signatories</h2>{html}", "CHL")
    assert {each.words: (each.codes, each.why, each.is_against) for each in found.doubts} == {
        "Perou du Sud": (("PER",), "no exact name of a State", False),
        "Brazill": (("BRA",), "no exact name of a State", False),
        "Malta (withdrawn)": (("MLT",), "its own words speak against it", True),
    }


def test_names_in_a_sentence_are_shown_to_a_person() -> None:
    html = "<p>Chile</p><p>Ministers met in Peru, Malta</p>"
    [doubt] = the(f"<h2>Signatories</h2>{html}", "CHL").doubts
    assert (doubt.codes, doubt.why) == (("MLT",), "the name stands in a sentence")


def test_among_many_other_lines_similar_names_are_not_searched() -> None:
    others = "".join(f"<li>Brazill{number}</li>" for number in range(9))
    assert the(f"<h2>Signatories</h2><ul><li>Chile</li>{others}</ul>", "CHL").doubts == ()


def test_a_list_that_names_states_only_to_deny_it_is_shown_only_where_it_is_the_one() -> None:
    found = read(body("<h2>Signatories</h2><ul><li>Chile (withdrawn)</li></ul><ul><li>Peru</li></ul>"))
    assert [len(each.entries) for each in found] == [0, 1]
