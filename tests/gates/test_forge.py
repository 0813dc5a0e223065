"""What the public forge is told to do: it is well formed, pinned, and may do no more than it must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.gates.files import FORMS, GITHUB, ROOT, WORKFLOWS, jobs, read, steps

SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
}
PINNED = re.compile(r"uses: (?:\./\S+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")
JOBS = dict(jobs())


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_forge_takes_the_file_for_what_it_is(schema: str) -> None:
    from check_jsonschema import main  # noqa: PLC0415 - it takes three seconds, in each process that reads this file

    done = CliRunner().invoke(main, ["--builtin-schema", f"vendor.{schema}", *map(str, SCHEMAS[schema])])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    lines = [
        line.strip(" -") for line in path.read_text("utf-8").splitlines() if re.match(r"[\s-]*uses:", line)
    ]
    assert lines
    assert [line for line in lines if not PINNED.match(line)] == []


def test_one_action_has_one_version_everywhere() -> None:
    used = {step["uses"] for step in steps() if "uses" in step}
    assert len({each.partition("@")[0] for each in used}) == len(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_read_and_nothing_else(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "group" in workflow["concurrency"]


def test_only_the_jobs_that_publish_may_write() -> None:
    writers = {
        name: {what for what, may in job.get("permissions", {}).items() if may == "write"}
        for name, job in JOBS.items()
    }
    assert {name: may for name, may in writers.items() if may} == {
        "release.image": {"packages", "id-token", "attestations"},
        "release.wheel": {"contents", "id-token", "attestations"},
    }


def test_whoever_publishes_waits_for_everything_that_tests() -> None:
    assert JOBS["release.tested"]["uses"] == "./.github/workflows/ci.yml"
    assert {"tested", "tag"} <= set(JOBS["release.image"]["needs"]) & set(JOBS["release.wheel"]["needs"])


@pytest.mark.parametrize("name", [name for name, job in JOBS.items() if "steps" in job])
def test_no_job_runs_for_ever_or_on_whatever_is_latest(name: str) -> None:
    job = JOBS[name]
    runners = [each["runner"] for each in job.get("strategy", {}).get("matrix", {}).get("include", [])]
    assert job["timeout-minutes"] <= 180
    assert all(re.fullmatch(r"ubuntu-\d\d\.04(-arm)?", each) for each in runners or [job["runs-on"]])


def test_no_token_is_left_in_a_checkout() -> None:
    checkouts = [step for step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_script_of_a_step_holds_an_expression_that_others_may_fill() -> None:
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_every_python_that_is_promised_is_tested() -> None:
    named = set(JOBS["ci.tests"]["strategy"]["matrix"]["python"])
    [check] = [step for step in JOBS["ci.check"]["steps"] if "setup-python" in step.get("uses", "")]
    assert named | {check["with"]["python-version"]} == {"3.11", "3.12", "3.13", "3.14"}


def test_every_script_that_a_workflow_runs_is_there() -> None:
    named = {found for step in steps() for found in re.findall(r"\bscripts/[\w-]+", step.get("run", ""))}
    assert {"scripts/check", "scripts/test-wheel", "scripts/test-lowest"} <= named
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("page", ("uncac-monitor read PAGE", "The page itself")),
        ("alert", ("uncac-monitor evidence ID", "The id under the alert")),
        ("operating", ("uncac-monitor healthy", "uncac-monitor check", "Log")),
    ],
)
def test_an_issue_form_asks_for_what_tells_the_cause(form: str, asked: tuple[str, ...]) -> None:
    fields = [
        each for each in read(GITHUB / "ISSUE_TEMPLATE" / f"{form}.yml")["body"] if each["type"] != "markdown"
    ]
    required = " ".join(
        f"{each['attributes']['label']} {each['attributes'].get('description', '')}"
        for each in fields
        if each.get("validations", {}).get("required")
    )
    assert [each for each in asked if each not in required] == []


def test_every_form_has_its_place() -> None:
    assert {path.stem for path in FORMS} == {"page", "alert", "operating"}
