"""Commands that only read."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from monitor.config.folder import shipped_folder
from tests.botapi.server import TOKEN, BotApi
from tests.cli.terminal import CODES, Terminal


def test_the_documents_of_a_country_are_listed_with_what_decided(seen: Terminal) -> None:
    done = seen.run("documents", "méxico")
    assert done.code == 0
    assert "self-assessment · cycle 2 · en" in done.out
    assert "appeared between" in done.out
    assert "kind: “Self-assessment checklist”" in done.out
    assert "Switzerland" not in done.out


def test_an_address_is_never_broken_so_that_it_can_be_copied_and_found(seen: Terminal) -> None:
    seen.environ["COLUMNS"] = "40"
    urls = [document["url"] for document in seen.run("documents", "MEX", "--json").json()]
    shown = seen.run("documents", "MEX").out
    seen.environ["COLUMNS"] = "100"
    assert [url for url in urls if url not in shown] == []


def test_all_countries_are_shown_when_none_is_named(seen: Terminal) -> None:
    shown = seen.run("status").out
    assert all(name in shown for name in ("Mexico", "Switzerland", "Finland", "Mongolia", "Niger", "Nigeria"))


def test_a_country_that_was_never_read_is_unknown(empty: Terminal) -> None:
    done = empty.run("status", "MEX")
    assert done.code == 0
    assert "unknown" in done.out
    assert "Never read." in done.out
    assert not empty.store.exists()


def test_where_nothing_is_known_a_person_is_told_what_to_do(empty: Terminal) -> None:
    assert empty.run("documents").out == "Nothing is known yet: look once with `uncac-monitor sweep`.\n"


@pytest.mark.parametrize("words", [("status",), ("documents",), ("accept",), ("reject",), ("sweep",)])
def test_a_name_that_fits_nobody_is_answered_with_suggestions(seen: Terminal, words: tuple[str]) -> None:
    done = seen.run(*words, "Nigr")
    assert (done.code, done.out) == (2, "")
    assert "no State party is called 'Nigr'. Did you mean Niger (NER)" in done.err


def test_a_page_is_read_from_a_file_from_stdin_and_from_its_address(terminal: Terminal) -> None:
    address = terminal.site.profile_url.format(code="MEX")
    by_address = terminal.run("read", address, "--country", "Mexico", "--save", "mexico")
    page = terminal.folder / "tests/pages/mexico.html"
    by_file = terminal.run("read", str(page), "--country", "MEX")
    by_stdin = terminal.run("read", "-", "--country", "MEX", stdin=page.read_text("utf-8"))
    assert by_address.out == by_file.out == by_stdin.out
    assert by_file.out.endswith("A sweep would read this as the profile of Mexico, with 3 documents.\n")
    assert (by_address.code, by_file.code, by_stdin.code) == (0, 0, 0)


def test_saving_keeps_the_page_and_what_was_read_for_a_person_to_review(terminal: Terminal) -> None:
    address = terminal.site.profile_url.format(code="MEX")
    done = terminal.run("read", address, "--country", "MEX", "--save", "mexico", "--json")
    assert len(done.json()["links"]) > 3
    assert done.err == "kept tests/pages/mexico.html\nkept tests/pages/mexico.json\n"
    kept = (terminal.folder / "tests/pages/mexico.json").read_text("utf-8")
    assert "please review" in kept
    assert "self-assessment" in kept


def test_reading_stores_nothing(empty: Terminal) -> None:
    empty.run("read", empty.site.profile_url.format(code="MEX"), "--country", "MEX")
    assert not empty.store.exists()


def test_a_page_that_is_no_profile_is_said_so(seen: Terminal) -> None:
    done = seen.run("read", "-", "--country", "MEX", stdin="<h1>Access denied</h1>")
    assert "A sweep would count this as a failure to read, never as “no documents”" in done.out


@pytest.mark.parametrize("page", ["nowhere.html", "."])
def test_a_file_that_cannot_be_read_is_one_plain_message(seen: Terminal, page: str) -> None:
    done = seen.run("read", page, "--country", "MEX")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"uncac-monitor: {page} cannot be read: ")


def test_a_case_that_cannot_be_kept_is_one_plain_message(empty: Terminal) -> None:
    (empty.folder / "tests").write_text("a file where the folder should be")
    done = empty.run("read", empty.site.profile_url.format(code="MEX"), "--country", "MEX", "--save", "x")
    assert done.code == 1
    assert "Run this in a checkout of the project" in done.err
    assert "Traceback" not in done.err


def test_a_right_configuration_is_said_so(seen: Terminal) -> None:
    done = seen.run("check")
    assert done.code == 0
    assert done.out.startswith(f"The configuration in {seen.config} is right: {len(CODES)} countries.\n")
    assert done.out.endswith("Next: `uncac-monitor init` asks for what is missing, and tries it.\n")


def test_first_contact_reads_a_few_profiles(seen: Terminal) -> None:
    done = seen.run("check", "--online")
    assert done.code == 0
    assert "No Telegram token" in done.out
    assert "it answered with a profile for 4 of 4 countries" in done.out


def test_a_token_that_telegram_knows_is_well(terminal: Terminal) -> None:
    with BotApi() as telegram:
        terminal.set(
            TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=telegram.url, SOURCE__CONTACT="watch@uncac.example"
        )
        assert terminal.run("check").out.endswith(
            "`uncac-monitor check --online` asks Telegram and the site, too.\n"
        )
        done = terminal.run("check", "--online")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Next: `uncac-monitor run`.")
    assert "Telegram knows the bot as @" in done.out
    assert TOKEN not in done.everything


def test_a_token_that_telegram_does_not_know_fails_and_is_not_shown(terminal: Terminal) -> None:
    with BotApi(token="1:other") as telegram:  # noqa: S106 - nobody's token
        terminal.set(TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=telegram.url, LOG__LEVEL="debug")
        done = terminal.run("check", "--online")
    assert done.code == 1
    assert "Telegram does not know the bot" in done.out
    assert done.out.endswith("Next: mend what is said above, and check again.\n")
    assert TOKEN.partition(":")[2] not in done.everything


def test_healthy_says_nothing_while_sweeps_finish(seen: Terminal) -> None:
    done = seen.run("healthy")
    assert (done.code, done.everything) == (0, "")


def test_healthy_fails_before_the_first_sweep_and_when_none_finishes(terminal: Terminal) -> None:
    terminal.swept(datetime.now(UTC) - timedelta(hours=13))
    done = terminal.run("healthy")
    assert done.code == 1
    assert done.out.startswith("The last sweep finished 13 hours ago; one is due every 6 hours. ")
    terminal.swept(None)
    done = terminal.run("healthy")
    assert done.code == 1
    assert done.out.startswith("No sweep has finished yet. ")


def test_healthy_before_anything_was_read_says_that_no_sweep_has_finished(empty: Terminal) -> None:
    done = empty.run("healthy")
    assert done.code == 1
    assert done.out.startswith("No sweep has finished yet. ")


def test_a_look_at_one_country_does_not_make_the_service_healthy(terminal: Terminal) -> None:
    terminal.swept(datetime.now(UTC) - timedelta(hours=13))
    assert terminal.run("sweep", "MEX").code == 0
    assert terminal.run("healthy").code == 1


def test_what_people_said_is_printed_to_be_appended_to_the_rules(terminal: Terminal) -> None:
    assert terminal.run("proposals").out == "# Nothing is proposed: the rules know all that people said.\n"
    url = "https://www.unodc.org/documents/roadmap.pdf"
    terminal.finds("MEX", url, "Roadmap")
    terminal.run("say", "MEX", url, "self-assessment", "--cycle", "2")
    phrases = terminal.run("proposals")
    assert (phrases.code, phrases.err) == (0, "")
    assert phrases.out.endswith('[[phrases]]\nkind = "self-assessment"\nwords = ["Roadmap"]\n')
    shutil.copy(shipped_folder() / "classification.toml", terminal.config)
    with (terminal.config / "classification.toml").open("a", encoding="utf-8") as file:
        file.write(phrases.out)
    assert terminal.run("check").code == 0
    assert terminal.run("proposals").out.startswith("# Nothing is proposed")
