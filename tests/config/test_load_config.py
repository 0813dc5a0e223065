from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from monitor.config import Config, load_config
from monitor.model import PledgeState
from tests.config.helpers import SHIPPED, environ_for, mistakes_of


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config({})


def test_the_shipped_configuration_has_no_mistake(config: Config) -> None:
    assert config.folder == SHIPPED
    assert config.rules.fingerprint
    assert {cycle.id for cycle in config.rules.cycles} >= {"1", "2"}


def test_every_country_has_a_pledge(config: Config) -> None:
    assert list(config.pledges) == [country.code for country in config.countries]
    assert config.pledges["MEX"].state is PledgeState.SIGNATORY
    assert config.pledges["FRA"].state is PledgeState.UNKNOWN
    assert not config.is_pledge_complete


def test_a_country_is_found_by_its_code_and_by_nothing_else(config: Config) -> None:
    assert config.country("CIV").name == "Côte d'Ivoire"
    with pytest.raises(KeyError, match="civ"):
        config.country("civ")


def test_the_addresses_are_made_with_the_profile_code(config: Config) -> None:
    assert config.profile_url(config.country("OMN")).endswith("/country-profiles/data/OMN.html")
    assert config.old_profile_url(config.country("OMN")).endswith("/profiles/omn.html")


def test_a_profile_code_of_its_own_goes_into_the_address(tmp_path: Path) -> None:
    text = (SHIPPED / "countries.csv").read_text("utf-8").replace(",Europe,EU,", ",Europe,EUN,")
    config = load_config(environ_for(tmp_path, countries_csv=text))
    assert config.profile_url(config.country("EU")).endswith("/data/EUN.html")


def test_nothing_in_a_configuration_can_be_changed(config: Config) -> None:
    with pytest.raises(FrozenInstanceError):
        config.folder = Path()  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        config.source.spacing = 0
    with pytest.raises(TypeError):
        config.pledges["MEX"] = config.pledges["FRA"]  # type: ignore[index]


def test_an_empty_folder_of_ones_own_is_the_shipped_configuration(tmp_path: Path, config: Config) -> None:
    own = load_config({"MONITOR_CONFIG": str(tmp_path)})
    assert own.folder == tmp_path
    assert (own.source, own.countries, own.pledges) == (config.source, config.countries, config.pledges)
    assert own.rules.fingerprint == config.rules.fingerprint


def test_every_mistake_of_every_file_comes_in_one_report(tmp_path: Path) -> None:
    environ = environ_for(
        tmp_path,
        monitor_toml="[source]\nspacing = -1",
        countries_csv=(SHIPPED / "countries.csv").read_text("utf-8") + "MEX,Mexico,Mexique,México,,,,\n",
        pledge_csv="# complete: no\ncode,signed,source\nMEX,soon,\n",
        cycles_toml="cycle = 5",
        classification_toml="not toml",
    )
    mistakes = mistakes_of(environ | {"MONITOR_LOG__LEVEL": "loud"})
    files = {Path(mistake.file).name for mistake in mistakes}
    assert files == {
        "environment",
        "monitor.toml",
        "countries.csv",
        "pledge.csv",
        "cycles.toml",
        "classification.toml",
    }


def test_a_wrong_folder_is_told_together_with_the_other_mistakes(tmp_path: Path) -> None:
    mistakes = mistakes_of({"MONITOR_CONFIG": str(tmp_path / "gone"), "MONITOR_LOG__LEVEL": "loud"})
    assert [mistake.key for mistake in mistakes] == ["MONITOR_CONFIG", "MONITOR_LOG__LEVEL"]


@pytest.mark.parametrize("name", ["countries.csv", "pledge.csv"])
def test_a_table_that_cannot_be_read_is_one_mistake(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (mistake,) = mistakes_of({"MONITOR_CONFIG": str(tmp_path)})
    assert (mistake.file, mistake.expected) == (str(tmp_path / name), "a file this user can read")


def test_a_person_adds_a_country_and_a_signatory_without_touching_code(tmp_path: Path) -> None:
    config = load_config(
        environ_for(
            tmp_path,
            countries_csv=(SHIPPED / "countries.csv").read_text("utf-8")
            + "MCO,Monaco,Monaco,Mónaco,,Europe,,🇲🇨\n",
            pledge_csv=(SHIPPED / "pledge.csv").read_text("utf-8") + "MCO,2027-01,a letter\n",
        )
    )
    assert config.pledges["MCO"].state is PledgeState.SIGNATORY
    assert config.country("MCO").region == "Europe"
