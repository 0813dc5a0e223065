"""First contact with the outside: who Telegram says we are, and which form of address answers with a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from monitor import __version__
from monitor.assembly import fetch_settings
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.model import Country
from monitor.profile.identify import CountryNames
from monitor.profile.probe import Form, Probe, advice, probe
from monitor.profile.read import Reader
from monitor.site.fetch import Fetcher
from monitor.telegram.sender import TelegramSender

SAMPLE = ("CHE", "MEX", "MNG", "FIN")
"""Countries whose profiles are known to hold documents: Switzerland's has all three kinds in both cycles (domain: 5)."""
NAMELESS = "Set [source] contact, so that the site can reach you before it blocks you."
TODAY = "https://www.unodc.org/corruption/en/country-profiles/data/{code}.html"
OLD = "https://www.unodc.org/unodc/corruption/country-profile/profiles/{code_lower}.html"


@dataclass(frozen=True, slots=True)
class Contact:
    """What the outside answered."""

    bot: str
    """The bot's name, or why Telegram does not know it; empty without a token."""
    is_bot_well: bool
    probes: tuple[Probe, ...]
    advice: str

    @property
    def is_well(self) -> bool:
        """Tell whether Telegram knows the bot (where there is one) and a profile was read."""
        return self.is_bot_well and any(each.is_profile for each in self.probes)

    def line(self) -> str:
        """Say what a person should know before the table of addresses."""
        return self.bot or "No Telegram token: alerts would be shown in the terminal."

    def as_json(self) -> dict[str, Any]:
        """Give the answers as docs/json.md names them."""
        rows = [
            {
                "form": each.form,
                "template": each.template,
                "country": each.code,
                "url": each.url,
                "is_profile": each.is_profile,
                "error": each.error or None,
                "documents": {kind.value: number for kind, number in each.kinds},
                "doubtful": each.doubtful,
            }
            for each in self.probes
        ]
        return {
            "telegram": self.bot or None,
            "is_well": self.is_well,
            "addresses": rows,
            "advice": self.advice,
        }


async def check_online(config: Config) -> Contact:
    """Ask Telegram and the profile site; failures are part of the answer, none is raised."""
    bot, is_bot_well = await _ask_telegram(config)
    reader = Reader(config.rules, CountryNames(config.countries))
    async with Fetcher(fetch_settings(config), __version__) as fetcher:
        probes = await probe(fetcher, reader, _forms(config), _sample(config))
    return Contact(bot, is_bot_well, probes, advice(probes, config.source.profile_url))


def _forms(config: Config) -> tuple[Form, ...]:
    templates = {
        "configured": config.source.profile_url,
        "today's site": TODAY,
        "old site's fragment": config.source.old_profile_url or OLD,
    }
    known = {template: name for name, template in reversed(templates.items())}
    return tuple(
        Form(known[template], template, _filler(template)) for template in dict.fromkeys(templates.values())
    )


def _filler(template: str) -> Any:  # noqa: ANN401 - a function of the country
    def url(country: Country) -> str:
        return template.replace("{code}", country.profile_code).replace(
            "{code_lower}", country.profile_code.lower()
        )

    return url


def _sample(config: Config) -> tuple[Country, ...]:
    sample = tuple(country for country in config.countries if country.code in SAMPLE)
    return sample or config.countries[: len(SAMPLE)]


async def _ask_telegram(config: Config) -> tuple[str, bool]:
    if not config.telegram.has_token:
        return "", True
    sender = TelegramSender(config.telegram.token.get_secret_value(), config.telegram.api_url)
    try:
        await sender.start()
        return f"Telegram knows the bot as @{await sender.who_am_i()}.", True
    except MonitorError as error:
        return f"Telegram does not know the bot: {error}", False
    finally:
        await sender.close()
