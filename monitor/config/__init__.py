"""config/ and the environment as one frozen value; every mistake in one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.config.folder import FILES, Folders, find_folders
from monitor.config.keeping import ArchiveSettings, BackupSettings, DocumentsSettings, StoreSettings
from monitor.config.mistakes import validate
from monitor.config.settings import (
    BelieveSettings,
    LogSettings,
    ScheduleSettings,
    SourceSettings,
    TelegramSettings,
)
from monitor.config.showing import PledgeSettings, SignalsSettings, WebSettings
from monitor.config.sources import environment_layer, read_text, toml_layer
from monitor.config.tables import Pledges, read_countries, read_pledges
from monitor.errors import ConfigError, Mistake
from monitor.model import Country, Pledge
from monitor.profile.rules import Rules, load_rules

__all__ = ["FILES", "Config", "load_config"]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the operator decides."""

    source: SourceSettings
    schedule: ScheduleSettings
    believe: BelieveSettings
    telegram: TelegramSettings
    store: StoreSettings
    archive: ArchiveSettings
    documents: DocumentsSettings
    backup: BackupSettings
    web: WebSettings
    pledge: PledgeSettings
    signals: SignalsSettings
    log: LogSettings
    countries: tuple[Country, ...]
    pledges: Mapping[str, Pledge]
    """Every country has one."""
    is_pledge_complete: bool
    """Whether pledge.csv says that it names every signatory."""
    rules: Rules
    folder: Path
    """Where the files were read from; a file missing there came from the shipped folder."""

    def country(self, code: str) -> Country:
        """Give the country with this code; KeyError where there is none."""
        for country in self.countries:
            if country.code == code:
                return country
        raise KeyError(code)

    @property
    def archive_folder(self) -> Path:
        """Where pages and documents are kept as evidence."""
        store = self.store.path
        return Path(self.archive.path) if self.archive.path else store.with_name(f"{store.name}.archive")

    def profile_url(self, country: Country) -> str:
        """Give the address of a country's profile page."""
        return _fill_in(self.source.profile_url, country)

    def old_profile_url(self, country: Country) -> str:
        """Give the address of a country's profile on the old site; empty where it is not to be tried."""
        return _fill_in(self.source.old_profile_url, country)


def _fill_in(template: str, country: Country) -> str:
    """Put a country's profile code into an address."""
    code = country.profile_code
    return template.replace("{code}", code).replace("{code_lower}", code.lower())


def load_config(environ: Mapping[str, str]) -> Config:
    """Read all of config/ and the environment; raise ConfigError with every mistake of every file."""
    folders = find_folders(environ)
    layers = (*map(toml_layer, folders.all_of("monitor.toml")), environment_layer(environ))
    settings, wrong_settings = validate(layers)
    countries, pledges, wrong_tables = _tables(folders)
    rules, wrong_rules = load_rules(folders.own, folders.shipped)
    mistakes = (*folders.mistakes, *wrong_settings, *wrong_tables, *wrong_rules)
    if settings is None or mistakes:
        raise ConfigError(mistakes)
    return Config(
        source=settings.source,
        schedule=settings.schedule,
        believe=settings.believe,
        telegram=settings.telegram,
        store=settings.store,
        archive=settings.archive,
        documents=settings.documents,
        backup=settings.backup,
        web=settings.web,
        pledge=settings.pledge,
        signals=settings.signals,
        log=settings.log,
        countries=countries,
        pledges=pledges.by_code,
        is_pledge_complete=pledges.is_complete,
        rules=rules,
        folder=folders.own,
    )


def _tables(folders: Folders) -> tuple[tuple[Country, ...], Pledges, tuple[Mistake, ...]]:
    countries_file, pledge_file = folders.one("countries.csv"), folders.one("pledge.csv")
    countries_text, unreadable_countries = read_text(countries_file)
    pledge_text, unreadable_pledge = read_text(pledge_file)
    countries, wrong_countries = read_countries(countries_text, str(countries_file))
    pledges, wrong_pledge = read_pledges(pledge_text, str(pledge_file), countries)
    # A file that cannot be read is one mistake, not one for everything that is not in it.
    return (
        countries,
        pledges,
        (*(unreadable_countries or wrong_countries), *(unreadable_pledge or wrong_pledge)),
    )
