"""The open data as those find it who reuse it: whole, described, and with nothing in it that is nobody's business."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from monitor.board.export import known_json
from monitor.board.view import Licence, View
from monitor.model import (
    Chat,
    Duty,
    Subscription,
    World,
)
from monitor.web import data
from monitor.web.files import CSV, JSON
from monitor.web.meanings import meanings
from monitor.web.plan import plan
from tests.web import world

if TYPE_CHECKING:
    # Half of all collecting, in every worker, if it were imported here.
    from jsonschema import Draft202012Validator

VIEWS = {"rich": world.view(address=world.ADDRESS), "hostile": world.hostile(), "empty": world.empty()}
RICH = VIEWS["rich"]
Broken = Callable[[Any], None]


@cache
def made(view_name: str = "rich") -> dict[str, bytes]:
    return {path: make().body for path, make in data.makers(VIEWS[view_name])}


def register(name: str = "rich") -> Any:  # noqa: ANN401 - JSON
    return json.loads(made(name)["register.json"])


@cache
def judge() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - see above

    schema = json.loads(made()["register.schema.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, body in files.items():
        (folder / path).write_bytes(body)
    return folder / "datapackage.json"


def validated(package: Path) -> Any:  # noqa: ANN401 - frictionless' report
    # It trusts no path that leads out of the folder, so it is called as its users call it.
    import frictionless  # noqa: PLC0415 - takes a second

    return frictionless.validate(str(package))


def test_each_file_says_what_it_is() -> None:
    kinds = {path: make().content_type for path, make in data.makers(RICH)}
    assert kinds == {
        "documents.csv": CSV,
        "countries.csv": CSV,
        "publications.csv": CSV,
        "register.json": JSON,
        "register.schema.json": JSON,
        "datapackage.json": JSON,
    }
    assert {make().modified for _, make in data.makers(RICH)} == {RICH.as_of}


@pytest.mark.parametrize("name", VIEWS)
def test_the_data_package_is_valid(name: str, tmp_path: Path) -> None:
    report = validated(written(tmp_path, made(name)))
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == ["documents", "countries", "publications"]


@pytest.mark.parametrize(
    ("path", "right", "wrong", "error"),
    [
        ("documents.csv", b",self-assessment,1,", b",self assessment,1,", "constraint-error"),
        ("countries.csv", b"MEX,Mexico,", b"MeX,Mexico,", "constraint-error"),
        ("documents.csv", b",self-assessment,1,", b",,1,", "constraint-error"),
        ("countries.csv", b"MEX,Mexico,", b"CAN,Mexico,", "primary-key"),
        ("countries.csv", b",published,", b",perhaps,", "constraint-error"),
        ("countries.csv", b"2025-11-03T08:00:00Z", b"3 Nov 2025", "type-error"),
        ("publications.csv", b",MEX,Mexico,", b",XXX,Mexico,", "foreign-key"),
        ("publications.csv", b",MEX-", b",MEX-0", "constraint-error"),
        ("publications.csv", b",MEX-", b",MEZ-", "foreign-key"),
        ("publications.csv", b",false,", b",no way,", "type-error"),
        ("publications.csv", b"number,change", b"number,what", "incorrect-label"),
        ("documents.csv", b"Mexico", b"Mexico,", "extra-cell"),
    ],
)
def test_one_broken_cell_is_found(path: str, right: bytes, wrong: bytes, error: str, tmp_path: Path) -> None:
    files = _few()
    assert right in files[path]
    files[path] = files[path].replace(right, wrong, 1)
    assert error in _errors(tmp_path, files)


def test_what_is_broken_above_is_right_before(tmp_path: Path) -> None:
    assert _errors(tmp_path, _few()) == {"hash-count", "byte-count"}


def _few() -> dict[str, bytes]:
    """Give the package with the rows of two countries only: each row is checked like the first."""
    of_two = (b"MEX,", b"CAN,")
    return {
        path: b"".join(
            line
            for at, line in enumerate(body.splitlines(keepends=True))
            if at == 0 or any(code in line for code in of_two)
        )
        if path.endswith(".csv")
        else body
        for path, body in made().items()
    }


def _errors(folder: Path, files: dict[str, bytes]) -> set[str]:
    return {each for (each,) in validated(written(folder, files)).flatten(["type"])}


def test_the_package_knows_the_size_and_the_hash_of_every_table(tmp_path: Path) -> None:
    package = json.loads(made()["datapackage.json"])
    for each in package["resources"]:
        body = made()[each["path"]]
        assert (each["bytes"], each["hash"]) == (len(body), f"sha256:{hashlib.sha256(body).hexdigest()}")
    files = made() | {"countries.csv": made()["countries.csv"] + b"\r\n"}
    assert {"hash-count", "byte-count"} <= _errors(tmp_path, files)


def test_the_package_names_version_licence_home_and_the_meaning_of_every_column() -> None:
    package = json.loads(made()["datapackage.json"])
    assert (package["name"], package["version"], package["homepage"]) == (
        "uncac-reviews",
        "1.0.0",
        f"{world.ADDRESS}/",
    )
    assert package["created"] == register()["as_of"]
    assert [each["name"] for each in package["licenses"]] == ["CC-BY-4.0"]
    assert all(field["description"] for each in package["resources"] for field in each["schema"]["fields"])
    bare = json.loads(made("empty")["datapackage.json"])
    assert "homepage" not in bare


def test_the_operators_licence_stands_everywhere() -> None:
    files = {path: make().body for path, make in data.makers(world.empty(licence=Licence.ODBL))}
    terms = {"name": "ODbL-1.0", "title": "Open Data Commons Open Database License v1.0"}
    [stated] = json.loads(files["datapackage.json"])["licenses"]
    assert stated == terms | {"path": "https://opendatacommons.org/licenses/odbl/1-0/"}
    assert json.loads(files["register.json"])["licence"] == terms | {"url": stated["path"]}


@pytest.mark.parametrize("name", VIEWS)
def test_the_register_fits_its_schema(name: str) -> None:
    said = register(name)
    if name != "rich":
        # What is word for word in the rich one is judged there: every item of a list by itself.
        for part in ("countries", "documents", "changes"):
            known = {json.dumps(each) for each in register()[part]}
            said[part] = [each for each in said[part] if json.dumps(each) not in known]
    assert [error.message for error in judge().iter_errors(said)] == []


def test_the_schema_is_named_after_where_it_stands() -> None:
    assert json.loads(made()["register.schema.json"])["$id"] == "https://board.example/register.schema.json"
    assert "$id" not in json.loads(made("empty")["register.schema.json"])


def _small() -> Any:  # noqa: ANN401 - JSON
    whole = register()
    few = {name: whole[name][:1] for name in ("countries", "documents")}
    changes = [next(each for each in whole["changes"] if each["file"] and each["file_before"])]
    return whole | few | {"changes": changes}


SMALL = _small()


def test_a_part_of_the_register_fits_the_schema_too() -> None:
    assert judge().is_valid(SMALL)


def set_(*path: str | int, to: object) -> Broken:
    def broken(value: Any) -> None:  # noqa: ANN401 - JSON
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return broken


@pytest.mark.parametrize(
    "broken",
    [
        set_("version", to="2.0.0"),
        set_("as_of", to="2026-11-24 13:20"),
        set_("licence", "name", to="CC0"),
        set_("definitions", "mark", "published", to=None),
        set_("cycles", 0, "phase", to="1"),
        set_("countries", 0, "country", to="MEXICO"),
        set_("countries", 0, "names", to={}),
        set_("countries", 0, "pledge", "state", to="yes"),
        set_("countries", 0, "last_read", to="never"),
        set_("countries", 0, "cycles", 0, "kinds", "country-report", "state", to="compliant"),
        set_("countries", 0, "cycles", 0, "kinds", "country-report", "why", to="because"),
        set_("countries", 0, "cycles", 0, "kinds", "country-report", "documents", to=["x"]),
        set_("documents", 0, "kind", to="report"),
        set_("documents", 0, "url", to="javascript:alert(1)"),
        set_("documents", 0, "first_seen", to=None),
        set_("documents", 0, "state", to="gone"),
        set_("documents", 0, "proof", to="MEX"),
        set_("documents", 0, "former_urls", to="https://x"),
        set_("documents", 0, "evidence", 0, "words", to=1),
        set_("documents", 0, "file", "state", to="ok"),
        set_("documents", 0, "file", "size", to=-1),
        set_("documents", 0, "file", "sha256", to="F" * 64),
        set_("changes", 0, "number", to=-1),
        set_("changes", 0, "kind", to="deleted"),
        set_("changes", 0, "is_language_version", to="false"),
        set_("changes", 0, "seen_at", to=None),
        set_("changes", 0, "file_before", "pages", to="9"),
    ],
)
def test_the_schema_refuses_a_wrong_value(broken: Broken) -> None:
    value = deepcopy(SMALL)
    broken(value)
    assert not judge().is_valid(value)


PARTS: tuple[tuple[str | int, ...], ...] = (
    (),
    ("licence",),
    ("definitions",),
    ("definitions", "mark"),
    ("cycles", 0),
    ("countries", 0),
    ("countries", 0, "pledge"),
    ("countries", 0, "cycles", 0),
    ("countries", 0, "cycles", 0, "kinds"),
    ("countries", 0, "cycles", 0, "kinds", "country-report"),
    ("documents", 0),
    ("documents", 0, "evidence", 0),
    ("documents", 0, "file"),
    ("changes", 0),
    ("changes", 0, "document"),
    ("changes", 0, "file"),
)


@pytest.mark.parametrize("path", PARTS, ids=lambda path: "/".join(map(str, path)))
def test_a_name_too_many_or_too_few_is_refused_everywhere(path: tuple[str | int, ...]) -> None:
    more = deepcopy(SMALL)
    set_(*path, "extra", to=1)(more)
    assert not judge().is_valid(more)
    part = SMALL
    for step in path:
        part = part[step]
    for name in part:
        less = deepcopy(SMALL)
        inner = less
        for step in path:
            inner = inner[step]
        del inner[name]
        assert not judge().is_valid(less), name


def test_every_word_that_is_used_is_defined() -> None:
    said = register()
    known = {name: set(words) for name, words in said["definitions"].items()}
    cells = [
        cell for country in said["countries"] for row in country["cycles"] for cell in row["kinds"].values()
    ]
    files = [each["file"]["state"] for each in said["documents"] if each["file"]]
    assert {cell["state"] for cell in cells} <= known["mark"]
    assert {cell["why"] for cell in cells if cell["why"]} <= known["why"]
    assert {each["kind"] for each in said["documents"]} <= known["kind"]
    assert {each["state"] for each in said["documents"]} <= known["state"]
    assert {each["kind"] for each in said["changes"]} <= known["change"]
    assert {country["pledge"]["state"] for country in said["countries"]} <= known["pledge"]
    assert set(files) <= known["file_state"]
    assert all(meaning.endswith((".", ")")) for words in meanings().values() for meaning in words.values())


def test_the_register_holds_every_country_document_and_change() -> None:
    said = register()
    dossiers = RICH.world.dossiers
    assert [each["country"] for each in said["countries"]] == [each.code for each in RICH.countries]
    assert len(said["documents"]) == sum(len(each.documents) for each in dossiers.values())
    assert [each["number"] for each in said["changes"]] == list(range(len(RICH.world.changes)))
    proofs = [each["proof"] for each in said["documents"]]
    assert len(set(proofs)) == len(proofs)
    named = {proof for country in said["countries"] for row in country["cycles"] for cell in row["kinds"].values() for proof in cell["documents"]}  # fmt: skip
    assert named <= set(proofs)
    assert {each["proof"] for each in said["changes"]} <= set(proofs)


def test_a_country_says_since_when_a_look_waits_unless_somebody_rejected_it() -> None:
    known = RICH.world.dossiers[world.HELD]
    assert known.held
    rejected = replace(known, held=replace(known.held, is_rejected=True))
    after = replace(RICH, world=replace(RICH.world, dossiers={world.HELD: rejected}))
    (before, then) = (
        next(each for each in json.loads(dict(data.makers(view))["register.json"]().body)["countries"] if each["country"] == world.HELD)
        for view in (RICH, after)
    )  # fmt: skip
    assert (before["held_since"], then["held_since"]) == ("2026-11-22T13:20:00Z", None)
    assert {"held", "error"}.isdisjoint(before)


def test_documents_stand_as_the_cells_that_name_them_say() -> None:
    said = register()
    states = {each["proof"]: each["state"] for each in said["documents"]}
    cells = [
        cell for country in said["countries"] for row in country["cycles"] for cell in row["kinds"].values()
    ]
    of = {"published": "listed", "withdrawn": "withdrawn"}
    marked = [(of[cell["state"]], states[proof]) for cell in cells if cell["state"] in of for proof in cell["documents"]]  # fmt: skip
    assert {expected for expected, _ in marked} == {"listed", "withdrawn"}
    assert all(expected == state for expected, state in marked)


def test_a_document_is_the_same_as_the_command_line_prints_with_its_history_beside() -> None:
    known = RICH.world.dossiers["COL"].documents[0]
    file = RICH.world.files.get(known.document.url)
    printed = known_json("COL", known, file)
    said = next(each for each in register()["documents"] if each["proof"] == printed["proof"])
    without_error = printed["file"] and {k: v for k, v in printed["file"].items() if k != "error"}
    more = {"state": "listed", "last_there": None, "former_urls": list(known.former_urls)}
    assert said == printed | {"file": without_error} | more


def test_words_are_written_as_they_are_and_half_characters_do_no_harm() -> None:
    assert "México".encode() in made()["register.json"]
    known = RICH.world.dossiers["MEX"]
    [first, *rest] = known.documents
    odd = replace(first, document=replace(first.document, title="é\ud800"))
    view = replace(RICH, world=World({"MEX": replace(known, documents=(odd, *rest))}))
    files = {path: make().body.decode() for path, make in data.makers(view)}
    assert '"title":"é?"' in files["register.json"]
    assert ",é?," in files["documents.csv"]


def test_a_change_of_a_country_that_the_board_does_not_show_is_left_out() -> None:
    (gone,) = [each for each in RICH.countries if each.code == "MEX"]
    fewer = replace(RICH, countries=tuple(each for each in RICH.countries if each is not gone))
    said = json.loads(dict(data.makers(fewer))["register.json"]().body)
    assert "MEX" not in {
        each["country"] for name in ("countries", "documents", "changes") for each in said[name]
    }
    assert len(said["changes"]) < len(register()["changes"])


CANARY = "canary-7f3a"


def _with_secrets() -> View:
    """A world in which chats, operators, deliveries, incidents and errors all bear one word."""
    rich = RICH.world
    chat = Chat(CANARY, title=CANARY)
    files = {
        url: replace(each, looks=tuple(replace(look, error=CANARY) for look in each.looks), doubted=None)
        for url, each in rich.files.items()
    }
    dossiers = {
        code: replace(
            each,
            failing=each.failing and replace(each.failing, error=CANARY),
            held=each.held and replace(each.held, reason=CANARY),
        )
        for code, each in rich.dossiers.items()
    }
    looks = {
        code: replace(each, looks=tuple(replace(look, error=CANARY) for look in each.looks))
        for code, each in rich.looks.items()
    }
    changes = tuple(
        replace(each, file=each.file and replace(each.file, error=CANARY)) for each in rich.changes
    )
    secret = World(
        dossiers,
        changes,
        subscriptions=(Subscription(CANARY, is_operator=True),),
        incidents={CANARY: world.NOW},
        chats={CANARY: chat},
        pledges=rich.pledges,
        duty=Duty(),
        files=files,
        looks=looks,
    )
    return replace(RICH, world=secret, contact=CANARY, configured=frozenset({CANARY}))


def test_nothing_of_chats_operators_and_faults_is_in_any_file_of_data_or_feed() -> None:
    board = plan(_with_secrets())
    files = [
        path for path in board if not path.endswith((".html", ".png")) and not path.startswith("static/")
    ]
    assert len(files) > 600
    assert [path for path in files if CANARY.encode() in board[path]().body] == []


@pytest.mark.parametrize("name", VIEWS)
def test_the_same_view_gives_the_same_bytes_and_the_hour_is_no_part_of_it(name: str) -> None:
    view, shown = VIEWS[name], made(name)
    later = replace(view, now=view.now + timedelta(minutes=7))
    assert {path: make().body for path, make in data.makers(view)} == shown
    if view.world.dossiers:
        assert {path: make().body for path, make in data.makers(later)} == shown


def test_naming_all_files_is_quick_and_the_data_is_made_within_a_second() -> None:
    # CPU seconds: the clock of a busy machine says nothing.
    began = time.process_time()
    board = plan(RICH)
    named = time.process_time() - began
    for path, _ in data.makers(RICH):
        board[path]()
    took = time.process_time() - began
    assert named < 0.5
    assert took < 3
