"""Commands that do one thing and end."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from monitor.config import Config
from monitor.demo.site import SimulatedSite
from monitor.dialogue.reply import SettleHeld
from monitor.errors import Implausible
from monitor.model import DocumentKind
from monitor.once import settle_now, sweep_now
from monitor.record.inbox import take_decisions
from monitor.record.lock import WriterLock
from monitor.record.store import Store
from tests.alert.samples import NOW


def empty_finland(site: SimulatedSite) -> None:
    for document in site.documents("FIN"):
        site.withdraw("FIN", document.url)


def is_held(config: Config) -> bool:
    store = Store.open(config.store.path, is_reader=True)
    try:
        return store.load().dossiers["FIN"].held is not None
    finally:
        store.close()


async def test_a_sweep_tells_what_it_found_before_it_ends(
    config: Config, site: SimulatedSite, capsys: pytest.CaptureFixture[str]
) -> None:
    await sweep_now(config, config.countries, is_quiet=False)
    site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2")
    report = await sweep_now(config, config.countries, is_quiet=False)
    assert [change.code for change in report.decision.changes] == ["MEX"]
    out = capsys.readouterr().out
    assert "First look" in out
    assert "Mexico" in out


async def test_a_quiet_sweep_leaves_stdout_alone(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    with capture_logs():  # as they go to stderr in the real program
        await sweep_now(config, config.countries, is_quiet=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert "First look" in err


@pytest.mark.parametrize("verb", ["accept", "reject"])
async def test_a_decision_is_applied_here_while_nobody_else_holds_the_store(
    config: Config, site: SimulatedSite, verb: str
) -> None:
    await sweep_now(config, config.countries, is_quiet=True)
    empty_finland(site)
    await sweep_now(config, config.countries, is_quiet=True)
    word = SettleHeld("FIN", verb)  # type: ignore[arg-type] # both verbs
    said = await settle_now(config, word, verb)
    assert said == f"Finland: {verb}ed."
    assert is_held(config) is (verb == "reject")
    assert take_decisions(config.store.path) == ()


async def test_a_decision_is_left_for_the_service_that_holds_the_store(
    config: Config, site: SimulatedSite
) -> None:
    await sweep_now(config, config.countries, is_quiet=True)
    empty_finland(site)
    await sweep_now(config, config.countries, is_quiet=True)
    lock = WriterLock(config.store.path, "uncac-monitor run", NOW)
    try:
        said = await settle_now(config, SettleHeld("FIN", "accept"), "accept")
        with pytest.raises(Implausible):
            await settle_now(config, SettleHeld("MEX", "accept"), "accept")
    finally:
        lock.release()
    assert said.startswith("Handed to the running service")
    assert "uncac-monitor run" in said
    assert take_decisions(config.store.path) == (("FIN.accept", SettleHeld("FIN", "accept")),)
    assert is_held(config)
