"""The composition: what a monitor is made of, and that it is taken apart again."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from rich.console import Console
from structlog.testing import capture_logs

from monitor.app import open_monitor
from monitor.assembly import fetch_settings, utc_now
from monitor.config import Config
from monitor.demo.site import SimulatedSite
from monitor.dialogue.reply import SayWhatItIs, SettleHeld, SweepNow
from monitor.errors import Implausible, InUse
from monitor.model import Commit, Delivery, DocumentKind, Message, Outcome, Pledge, PledgeState
from monitor.record.store import Store
from monitor.telegram.terminal import TerminalSender
from tests.alert.samples import ENGLISH
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.state import Refusal


def with_bot(config: Config, api: BotApi) -> Config:
    telegram = {"token": SecretStr(TOKEN), "api_url": api.url, "chats": (-100,), "operators": (777,)}
    return replace(config, telegram=config.telegram.model_copy(update=telegram))


def console() -> Console:
    return Console(file=io.StringIO(), width=100)


def shown(on: Console) -> str:
    assert isinstance(on.file, io.StringIO)
    return on.file.getvalue()


async def test_a_sweep_and_a_delivery_show_the_alert_where_there_is_no_token(
    config: Config, site: SimulatedSite
) -> None:
    screen = console()
    async with open_monitor(config, command="test", console=screen) as monitor:
        assert isinstance(monitor.sender, TerminalSender)
        await monitor.sweep(config.countries)
        site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2")
        await monitor.sweep(config.countries)
        report = await monitor.deliver()
    assert report.trouble == ""
    assert "First look: 8 of 8 countries read" in shown(screen)
    assert "Mexico" in shown(screen)


async def test_with_a_token_telegram_gets_the_messages(config: Config) -> None:
    with BotApi() as telegram:
        own = with_bot(config, telegram)
        async with open_monitor(own, command="test", console=console()) as monitor:
            await monitor.sweep(config.countries)
            await monitor.deliver()
        assert len(telegram.texts(777)) == 1
        assert telegram.texts(-100) == []


async def test_trouble_with_the_bot_is_logged_and_what_is_owed_stays(config: Config) -> None:
    with BotApi() as telegram:
        telegram.fails_with(777, Refusal(401, "Unauthorized"), times=5)
        own = with_bot(config, telegram)
        async with open_monitor(own, command="test", console=console()) as monitor:
            await monitor.sweep(config.countries)
            with capture_logs() as logs:
                report = await monitor.deliver()
            assert report.waiting == 1
    [line] = [line for line in logs if line["event"] == "delivering stopped"]
    assert line["waiting"] == 1


async def test_the_store_is_held_while_the_monitor_is_open_and_let_go_after(config: Config) -> None:
    async with open_monitor(config, command="the first", console=console()):
        with pytest.raises(InUse, match="the first"):
            Store.open(config.store.path)
    Store.open(config.store.path).close()


async def test_the_store_is_let_go_also_when_something_fails(config: Config) -> None:
    with pytest.raises(ZeroDivisionError):
        async with open_monitor(config, command="test", console=console()):
            raise ZeroDivisionError
    Store.open(config.store.path).close()


async def test_messages_settled_longer_ago_than_they_are_kept_are_forgotten_at_the_start(
    config: Config,
) -> None:
    store = Store.open(config.store.path)
    kept = timedelta(days=config.store.keep_days)
    now = utc_now()
    old = Delivery("1", -100, Message("old"), now, now).sent(now - kept - timedelta(hours=1))
    young = Delivery("2", -100, Message("young"), now, now).sent(now - kept + timedelta(hours=1))
    store.commit(Commit(deliveries=(old, young)))
    store.close()
    async with open_monitor(config, command="test", console=console()) as monitor:
        assert [delivery.id for delivery in monitor.store.load().deliveries] == ["2"]


async def test_a_decision_waits_for_the_sweep_that_runs(config: Config) -> None:
    async with open_monitor(config, command="test", console=console()) as monitor:
        async with monitor.sweeping:
            decision = asyncio.create_task(
                monitor.act(ENGLISH, SettleHeld(config.countries[0].code, "accept"))
            )
            await asyncio.sleep(0.05)
            assert not decision.done()
        with pytest.raises(Implausible):
            await decision


async def test_a_person_who_asks_for_a_sweep_is_told_how_it_went(config: Config, site: SimulatedSite) -> None:
    async with open_monitor(config, command="test", console=console()) as monitor:
        assert await monitor.act(ENGLISH, SweepNow()) == "Looked at 8 of the countries: 8 read; 0 changes."
        site.forget_requests()
        assert (
            await monitor.act(ENGLISH, SweepNow(("MEX",)))
            == "Looked at 1 of the countries: 1 unchanged; 0 changes."
        )
    assert [each.path for each in site.seen if each.path != "/robots.txt"] == ["/MEX.html"]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (SweepNow(("MEX", "XXX")), "no State party has the code XXX"),
        (SettleHeld("XXX", "accept"), "no State party has the code XXX"),
        (SettleHeld("MEX", "accept"), "nothing is held for MEX"),
        (SayWhatItIs("MEX", "0123", DocumentKind.OTHER), "no document of MEX is called 0123"),
        (SayWhatItIs("MEX", "0123", DocumentKind.OTHER, "9"), "there is no review cycle 9, only 1, 2"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_the_reason(
    config: Config, act: SweepNow | SettleHeld | SayWhatItIs, why: str
) -> None:
    async with open_monitor(config, command="test", console=console()) as monitor:
        with pytest.raises(Implausible, match=why):
            await monitor.act(ENGLISH, act)


async def test_answers_know_since_when_a_sweep_is_under_way_and_how_often_one_is_due(config: Config) -> None:
    async with open_monitor(config, command="test", console=console()) as monitor:
        during: list[object] = []
        await monitor.sweep(config.countries[:1], seen=lambda _: during.append(monitor.view().sweeping_since))
        [since] = during
        assert isinstance(since, datetime)
        assert monitor.view().sweeping_since is None
        assert monitor.view().period == timedelta(minutes=config.schedule.all_minutes)


async def test_what_operators_said_of_pledges_goes_before_the_file(config: Config) -> None:
    async with open_monitor(config, command="test", console=console()) as monitor:
        signed = Pledge(PledgeState.SIGNATORY, "2026-11-24", "an operator")
        await monitor.store.acommit(Commit(pledges={"NER": signed}))
        pledges = monitor.view().pledges
    assert pledges["NER"] == signed
    assert pledges["MEX"] == config.pledges["MEX"]


async def test_a_sweep_is_one_line_in_the_log_and_one_for_each_country_in_trouble(
    config: Config, site: SimulatedSite
) -> None:
    site.answer("CHE", status=403)
    async with open_monitor(config, command="test", console=console()) as monitor:
        with capture_logs() as logs:
            await monitor.sweep(config.countries)
    look, operators, sweep = [line for line in logs if line["log_level"] != "debug"]
    assert (look["event"], look["country"], look["outcome"]) == ("look", "CHE", Outcome.FAILED.value)
    assert operators["text"].startswith("First look: 7 of 8 countries read")
    assert (sweep["countries"], sweep["failed"], sweep["changes"]) == (8, 1, 0)


async def test_answers_are_made_of_what_is_known_now(config: Config) -> None:
    async with open_monitor(config, command="test", console=console()) as monitor:
        assert monitor.view().world.dossiers == {}
        await monitor.sweep(config.countries[:1])
        view = monitor.view()
    assert list(view.world.dossiers) == [config.countries[0].code]
    assert view.countries == config.countries
    assert view.now.tzinfo is not None


def test_fetching_gets_every_setting_of_its_section(config: Config) -> None:
    settings = fetch_settings(config)
    for name in ("allowed_hosts", "allow_http", "contact", "spacing", "concurrency", "timeout", "retries"):
        assert getattr(settings, name) == getattr(config.source, name)
    assert settings.max_page_bytes == config.source.max_page_bytes
    assert settings.respect_robots == config.source.respect_robots


async def test_what_is_believed_is_the_configurations_choice(config: Config) -> None:
    believe = {
        "gone_ratio": 0.25,
        "new_count": 7,
        "fleet_countries": 9,
        "fleet_ratio": 0.75,
        "equal_looks": 4,
        "grace_hours": 5.0,
    }
    own = replace(config, believe=config.believe.model_copy(update=believe))
    async with open_monitor(own, command="test", console=console()) as monitor:
        limits = monitor.sweeper.settings.limits
        assert monitor.sweeper.settings.grace == timedelta(hours=5)
    assert (limits.gone_ratio, limits.new_count, limits.fleet_countries) == (0.25, 7, 9)
    assert (limits.fleet_ratio, limits.equal_looks) == (0.75, 4)
