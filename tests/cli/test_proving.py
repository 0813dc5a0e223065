"""`evidence`: from a proof id to what a third party can check."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from monitor.evidence.proof import proof_of
from tests.cli.terminal import Terminal


@pytest.fixture
def proof(seen: Terminal) -> str:
    """The name of what Mexico published."""
    [known] = [each for each in seen.world().dossiers["MEX"].documents if each.not_seen_at]
    return proof_of("MEX", known)


def test_the_documents_of_a_country_are_listed_by_their_proofs(seen: Terminal, proof: str) -> None:
    done = seen.run("evidence", "Mexico")
    assert (done.code, done.err) == (0, "")
    assert proof in done.out
    assert len(re.findall(r"MEX-[0-9a-f]{8}", done.out)) == len(seen.world().dossiers["MEX"].documents)


def test_a_proof_alone_leads_to_the_whole_chain(seen: Terminal, proof: str) -> None:
    done = seen.run("evidence", proof)
    assert (done.code, done.err) == (0, "")
    for part in ("Not on the page", "On the page", "status 200", "kind: ", "PDF of 48 pages", "Who was told"):
        assert part in done.out
    assert re.search(r"sha256 [0-9a-f]{64}", done.out)


@pytest.mark.parametrize("words", ["self-assessment", "{proof}", "{url}", "{url}#page=2"])
def test_a_document_is_named_by_its_title_its_proof_or_its_address(
    seen: Terminal, proof: str, words: str
) -> None:
    [known] = [each for each in seen.world().dossiers["MEX"].documents if each.not_seen_at]
    named = words.format(proof=proof, url=known.document.url)
    assert proof in seen.run("evidence", "MEX", named).out


def test_an_address_alone_is_enough(seen: Terminal, proof: str) -> None:
    [known] = [each for each in seen.world().dossiers["MEX"].documents if each.not_seen_at]
    assert f"Proof: {proof}" in seen.run("evidence", known.document.url).out


def test_the_chain_is_also_json_with_the_names_promised(seen: Terminal, proof: str) -> None:
    [chain] = seen.run("evidence", proof, "--json").json()
    assert set(chain) == {"proof", "document", "looks", "file", "changes", "told"}
    assert (chain["proof"], chain["document"]["proof"]) == (proof, proof)
    assert chain["changes"][0]["file"] == chain["file"]["looks"][0]
    assert chain["looks"]["shown"]["status"] == 200
    assert "self-assessment" in chain["told"][0]["text"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("MEX-00000000",), "lists them"),
        (("Mexico", "nothing of the sort"), "lists them"),
        (("Atlantis",), "no State party"),
        (("MEX", "--bundle", "x.zip"), "a bundle is about one document"),
    ],
)
def test_what_leads_nowhere_says_what_to_do(seen: Terminal, words: tuple[str, ...], said: str) -> None:
    done = seen.run("evidence", *words)
    assert done.code == 2
    assert said in done.err


@pytest.fixture
def bundle(seen: Terminal, proof: str, tmp_path: Path) -> Path:
    done = seen.run("evidence", proof, "--bundle", str(tmp_path / "mexico.zip"))
    assert (done.code, done.err) == (0, "")
    with ZipFile(tmp_path / "mexico.zip") as packed:
        packed.extractall(tmp_path / "open")
    return tmp_path / "open"


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_third_party_checks_the_bundle_with_sha256sum_alone(bundle: Path) -> None:
    done = check(bundle)
    assert (done.returncode, done.stderr) == (0, "")
    files = {str(path.relative_to(bundle)) for path in bundle.rglob("*") if path.is_file()}
    assert {line.split(": ")[0] for line in done.stdout.splitlines()} == files - {"SHA256SUMS"}


def test_pages_and_documents_bear_the_names_of_their_bytes_and_the_chain_names_them(bundle: Path) -> None:
    named = [*(bundle / "pages").iterdir(), *(bundle / "documents").iterdir()]
    assert len(named) == 3  # the page before, the page after, the document
    chain = (bundle / "chain.txt").read_text()
    for path in named:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
        assert path.stem in chain
    assert "Self-assessment" not in (bundle / f"pages/{page_without(bundle)}.html").read_text()


def page_without(bundle: Path) -> str:
    return str(json.loads((bundle / "chain.json").read_text())["looks"]["without"]["body_hash"])


def test_one_changed_byte_is_found(bundle: Path) -> None:
    [document] = (bundle / "documents").iterdir()
    content = bytearray(document.read_bytes())
    content[100] ^= 1
    document.write_bytes(content)
    done = check(bundle)
    assert done.returncode == 1
    assert f"documents/{document.name}: FAILED" in done.stdout


def test_the_same_knowledge_makes_the_same_bundle_and_its_sum_is_shown(
    seen: Terminal, proof: str, tmp_path: Path
) -> None:
    first = seen.run("evidence", proof, "--bundle", str(tmp_path / "first.zip"))
    assert seen.run("evidence", proof, "--bundle", str(tmp_path / "second.zip")).code == 0
    whole = (tmp_path / "first.zip").read_bytes()
    assert whole == (tmp_path / "second.zip").read_bytes()
    assert hashlib.sha256(whole).hexdigest() in first.out


def test_a_bundle_holds_nothing_of_this_machine(seen: Terminal, bundle: Path) -> None:
    for path in bundle.rglob("*"):
        if path.is_file():
            assert str(seen.folder).encode() not in path.read_bytes()


def test_what_is_not_kept_any_more_is_named_in_the_bundle(seen: Terminal, proof: str, tmp_path: Path) -> None:
    seen.set(ARCHIVE__PATH=str(tmp_path / "nowhere"))
    try:
        assert seen.run("evidence", proof, "--bundle", str(tmp_path / "bare.zip")).code == 0
    finally:
        del seen.environ["MONITOR_ARCHIVE__PATH"]
    with ZipFile(tmp_path / "bare.zip") as packed:
        assert not any(name.startswith(("pages/", "documents/")) for name in packed.namelist())
        assert b"not kept (any more)" in packed.read("README.txt")


def test_a_bundle_never_takes_the_place_of_another_file(seen: Terminal, proof: str, tmp_path: Path) -> None:
    (tmp_path / "mexico.zip").write_text("mine")
    done = seen.run("evidence", proof, "--bundle", str(tmp_path / "mexico.zip"))
    assert done.code == 1
    assert "exists already" in done.err
    assert (tmp_path / "mexico.zip").read_text() == "mine"
