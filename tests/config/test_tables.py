from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.tables import COUNTRY_COLUMNS, Pledges, read_countries, read_pledges
from monitor.errors import Mistake
from monitor.model import Country, Pledge, PledgeState

HEADER = ",".join(COUNTRY_COLUMNS)
MEXICO = "MEX,Mexico,Mexique,México,Mejico; ;Estados Unidos Mexicanos;,Americas,,🇲🇽"
EU = "EU,European Union,Union européenne,Unión Europea,,Europe,eu_1,"
COUNTRIES = (
    Country("MEX", {"en": "Mexico", "fr": "Mexique", "es": "México"}, ("Mejico",)),
    Country("NER", {"en": "Niger", "fr": "Niger", "es": "Níger"}),
)


def countries(*lines: str, header: str = HEADER) -> tuple[tuple[Country, ...], tuple[Mistake, ...]]:
    return read_countries("\n".join([header, *lines]), "countries.csv")


def pledges(
    *lines: str, complete: str = "# complete: no, 1 of 2 known"
) -> tuple[Pledges, tuple[Mistake, ...]]:
    return read_pledges("\n".join([complete, "code,signed,source", *lines]), "pledge.csv", COUNTRIES)


def keys(mistakes: tuple[Mistake, ...]) -> list[str]:
    return [mistake.key for mistake in mistakes]


def test_a_row_becomes_a_country() -> None:
    (mexico, eu), mistakes = countries(MEXICO, EU)
    assert mistakes == ()
    assert mexico == Country(
        code="MEX",
        names={"en": "Mexico", "fr": "Mexique", "es": "México"},
        aliases=("Mejico", "Estados Unidos Mexicanos"),
        region="Americas",
        profile_code="MEX",
        flag="🇲🇽",
    )
    assert (eu.profile_code, eu.aliases, eu.flag) == ("eu_1", (), "")


def test_remarks_blank_lines_and_spaces_around_cells_are_passed_over() -> None:
    lines = [
        "# a remark",
        '"# one that a spreadsheet has quoted, with a comma",,',
        "",
        " , ,",
        MEXICO.replace(",", " , "),
    ]
    (mexico,), mistakes = countries(*lines)
    assert (mexico.code, mexico.name, mistakes) == ("MEX", "Mexico", ())


def test_a_remark_with_a_quote_in_it_hides_no_row() -> None:
    (mexico,), mistakes = countries('# see "here, or there', '#,"open', MEXICO)
    assert (mexico.code, mistakes) == ("MEX", ())


def test_columns_may_stand_in_another_order() -> None:
    (mexico,), mistakes = countries(
        "x,MEX,Mexico,Mexique,México,,,",
        header="flag,code,name_en,name_fr,name_es,aliases,region,profile_code",
    )
    assert (mexico.code, mexico.flag, mistakes) == ("MEX", "x", ())


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        (",A,B,C,,,,", "line 2, code", "capital letters"),
        ("mex,A,B,C,,,,", "line 2, code", "capital letters"),
        ("MEXI,A,B,C,,,,", "line 2, code", "capital letters"),
        ("MEX,,B,C,,,,", "line 2, name_en", "UN name"),
        ("MEX,A,,C,,,,", "line 2, name_fr", "UN name"),
        ("MEX,A,B,,,,,", "line 2, name_es", "UN name"),
        ("MEX,A,B,C,,,a/b,", "line 2, profile_code", "letters and digits"),
        ("MEX,A,B,C,,,", "line 2, whole line", "8 columns, not 7"),
        ("MEX,A,B,C,,Asia, East,,", "line 2, whole line", "8 columns, not 9"),
        ('MEX,A,"B"x,C,,,,', "line 2, whole line", "valid CSV"),
    ],
)
def test_a_wrong_row_is_a_mistake_with_line_and_column(line: str, key: str, expected: str) -> None:
    _, mistakes = countries(line)
    assert keys(mistakes) == [key]
    assert expected in mistakes[0].expected


def test_a_code_that_stands_twice_is_one_mistake() -> None:
    _, mistakes = countries(MEXICO, EU, MEXICO)
    assert keys(mistakes) == ["line 4, code"]
    assert mistakes[0].expected == "one country only; line 2 (Mexico) has it"


@pytest.mark.parametrize(
    "alias", ["Mexico", "mexique", "MÉXICO", "The Mexico", "estados-unidos mexicanos", "MEX", "mejico"]
)
def test_a_name_alias_or_code_of_two_countries_is_a_mistake(alias: str) -> None:
    _, mistakes = countries(MEXICO, f"NER,Niger,Niger,Níger,Nigerien;{alias},Africa,,")
    assert keys(mistakes) == ["line 3, name or alias"]
    assert mistakes[0].value == f'"{alias}"'


def test_one_country_may_repeat_its_own_names() -> None:
    assert countries("NER,Niger,Niger,Níger,NIGER;Ner;,Africa,,")[1] == ()


def test_mistakes_come_in_the_order_of_lines() -> None:
    _, mistakes = countries(MEXICO, MEXICO, "x,A,B,C,,,,")
    assert keys(mistakes) == ["line 3, code", "line 4, code"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER.replace(",", ";"), "separated by commas"),
        (HEADER.replace("flag", "flags"), "separated by commas"),
        ("", "separated by commas"),
    ],
)
def test_a_header_without_the_columns_is_one_mistake_and_no_country(header: str, expected: str) -> None:
    found, mistakes = countries(MEXICO.replace("MEX", "x"), header=header)
    assert found == ()
    assert [mistake.key.partition(", ")[2] for mistake in mistakes] == ["header"]
    assert expected in mistakes[0].expected


def test_an_empty_file_is_one_mistake() -> None:
    assert keys(read_countries("", "countries.csv")[1]) == ["line 0, header"]


def test_a_column_too_many_is_a_mistake_unless_it_has_no_name() -> None:
    assert countries(MEXICO + ",x", header=HEADER + ",region2")[1][0].expected.endswith(
        "did you mean region?"
    )
    assert countries(MEXICO + ",", header=HEADER + ",")[1] == ()


@pytest.mark.parametrize("signed", ["", "2024", "2024-02", "2024-02-29"])
def test_a_listed_country_signed_as_far_as_is_known(signed: str) -> None:
    found, mistakes = pledges(f"MEX,{signed},a letter")
    assert mistakes == ()
    assert found.by_code["MEX"] == Pledge(PledgeState.SIGNATORY, signed, "a letter")


@pytest.mark.parametrize(
    "signed",
    [
        "2023-02-29",
        "2024-13",
        "2024-00",
        "24",
        "20240229",
        "2024-W05-1",
        "29.02.2024",
        "2024-2",
        "20245",
        "soon",
        "0000",
        "2024-02-29T00:00",
    ],
)
def test_what_is_no_date_is_a_mistake(signed: str) -> None:
    assert keys(pledges(f"MEX,{signed},")[1]) == ["line 3, signed"]


@pytest.mark.parametrize(
    ("complete", "state", "is_complete"),
    [
        ("# complete: no", PledgeState.UNKNOWN, False),
        ("# complete: no, 13 of at least 44 known", PledgeState.UNKNOWN, False),
        ('"# complete: no, 13 of at least 44 known",,', PledgeState.UNKNOWN, False),
        ("# complete: yes", PledgeState.NOT_SIGNATORY, True),
        ("#Complete: YES, all 45", PledgeState.NOT_SIGNATORY, True),
        ("# complete = yes", PledgeState.NOT_SIGNATORY, True),
    ],
)
def test_an_absent_country_is_no_signatory_only_if_the_list_is_complete(
    complete: str, state: PledgeState, *, is_complete: bool
) -> None:
    found, mistakes = pledges("MEX,,", complete=complete)
    assert (mistakes, found.is_complete) == ((), is_complete)
    assert found.by_code["NER"] == Pledge(state)
    assert found.by_code["MEX"].state is PledgeState.SIGNATORY


@pytest.mark.parametrize(
    "complete",
    [
        "",
        "# a remark",
        "# complete:",
        "# complete: perhaps",
        "# complete: yess",
        "# complete: yes\n# complete: no",
        "# is it complete: yes",
    ],
)
def test_a_list_that_does_not_say_whether_it_is_complete_is_a_mistake_and_leaves_it_unknown(
    complete: str,
) -> None:
    found, mistakes = pledges("MEX,,", complete=complete)
    assert [mistake.key.partition(", ")[2] for mistake in mistakes] == ["complete"]
    assert not found.is_complete
    assert found.by_code["NER"].state is PledgeState.UNKNOWN


@pytest.mark.parametrize(
    ("code", "hint"),
    [("Mexique", "; did you mean MEX?"), ("MEXX", "; did you mean MEX?"), ("ZZZ", ""), ("", "")],
)
def test_a_signatory_that_is_no_country_of_ours_is_a_mistake(code: str, hint: str) -> None:
    _, mistakes = pledges(f"{code},2024,x")
    assert keys(mistakes) == ["line 3, code"]
    assert mistakes[0].expected == f"a code from countries.csv{hint}"


def test_a_code_in_small_letters_is_taken() -> None:
    assert pledges("mex,2024,")[0].by_code["MEX"].signed == "2024"


def test_a_signatory_that_stands_twice_is_a_mistake() -> None:
    _, mistakes = pledges("MEX,2024,", "NER,,", "mex,2023,")
    assert keys(mistakes) == ["line 5, code"]
    assert mistakes[0].expected == "every country once; line 3 has it"


def test_without_countries_the_pledge_list_is_not_blamed() -> None:
    assert read_pledges("# complete: no\ncode,signed,source\nMEX,,", "pledge.csv", ())[1] == ()


@given(st.text(max_size=200))
def test_no_text_whatever_makes_the_readers_raise(text: str) -> None:
    read_countries(f"{HEADER}\n{text}", "countries.csv")
    read_countries(text, "countries.csv")
    found, _ = read_pledges(text, "pledge.csv", COUNTRIES)
    assert set(found.by_code) == {"MEX", "NER"}
