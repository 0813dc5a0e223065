"""First contact: who Telegram says we are, and which form of address answers."""

from __future__ import annotations

from dataclasses import replace

from pydantic import SecretStr

from monitor.config import Config
from monitor.contact import check_online
from monitor.demo.site import SimulatedSite
from tests.botapi.server import TOKEN, BotApi

NO_PROFILES = ("CHE", "FIN", "MEX", "MNG")


def with_token(config: Config, url: str) -> Config:
    telegram = {"token": SecretStr(TOKEN), "api_url": url}
    return replace(config, telegram=config.telegram.model_copy(update=telegram))


async def test_without_a_token_only_the_addresses_decide(config: Config) -> None:
    found = await check_online(config)
    assert found.is_well
    assert found.line() == "No Telegram token: alerts would be shown in the terminal."
    assert found.as_json()["telegram"] is None
    assert "for 4 of 4 countries" in found.advice
    configured = [each for each in found.probes if each.form == "configured"]
    assert {each.code for each in configured} == set(NO_PROFILES)
    assert all(each.is_profile for each in configured)


async def test_todays_and_the_old_sites_addresses_are_tried_beside_the_configured_one(config: Config) -> None:
    found = await check_online(config)
    assert {each.form for each in found.probes} == {"configured", "today's site", "old site's fragment"}
    old = {each.url.rsplit("/", 1)[1] for each in found.probes if each.form == "old site's fragment"}
    assert old == {f"{code.lower()}.html" for code in NO_PROFILES}


async def test_a_bot_that_telegram_knows_is_named(config: Config) -> None:
    with BotApi() as telegram:
        found = await check_online(with_token(config, telegram.url))
    assert found.is_well
    assert found.line().startswith("Telegram knows the bot as @")


async def test_a_bot_that_telegram_does_not_know_is_not_well_and_the_token_not_shown(config: Config) -> None:
    with BotApi(token="1:other") as telegram:  # noqa: S106 - nobody's token
        found = await check_online(with_token(config, telegram.url))
    assert not found.is_well
    assert found.line().startswith("Telegram does not know the bot: ")
    assert TOKEN.partition(":")[2] not in repr(found)
    assert any(each.is_profile for each in found.probes)


async def test_no_profile_anywhere_is_not_well(config: Config, site: SimulatedSite) -> None:
    for code in NO_PROFILES:
        site.answer(code, status=403)
    found = await check_online(config)
    assert not found.is_well
    row = next(each for each in found.as_json()["addresses"] if each["form"] == "configured")
    assert "403" in row["error"]
    assert (row["is_profile"], row["documents"]) == (False, {})


async def test_where_no_sample_country_is_configured_the_first_ones_are_tried(config: Config) -> None:
    others = tuple(each for each in config.countries if each.code not in NO_PROFILES)
    found = await check_online(replace(config, countries=others))
    assert {each.code for each in found.probes} == {each.code for each in others[:4]}
