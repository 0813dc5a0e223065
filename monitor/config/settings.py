"""The sections of monitor.toml: types and bounds. The defaults stand in the shipped file, nowhere here."""

from __future__ import annotations

import re
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Annotated, Literal, get_args
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    Field,
    PlainValidator,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from monitor.config.keeping import ArchiveSettings, BackupSettings, DocumentsSettings, Section, StoreSettings
from monitor.config.showing import PledgeSettings, SignalsSettings, WebSettings
from monitor.model import ChatId
from monitor.site.hops import is_allowed_host

_YEAR_IN_MINUTES = 525_600
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]")
_CHAT_NAME = re.compile(r"@[A-Za-z]\w{3,31}", re.ASCII)
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_AREA = re.compile(r"[a-z_]+(\.[a-z_]+)*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|[{}]")
_KNOWN_PLACEHOLDERS = frozenset({"{code}", "{code_lower}"})

Level = Literal["debug", "info", "warning", "error"]


def _host(value: object) -> str:
    text = value.strip().lower() if isinstance(value, str) else ""
    if not _HOST.fullmatch(text):
        raise ValueError('a host name in quotes without https://, port or path, such as "www.unodc.org"')
    return text.strip("[]")


def _chat(value: object) -> ChatId:
    is_number = isinstance(value, int) and not isinstance(value, bool) and value != 0
    if is_number or (isinstance(value, str) and _CHAT_NAME.fullmatch(value)):
        return value  # type: ignore[return-value] # the line above has made sure
    raise ValueError('a chat\'s number without quotes, such as -1001234567890, or "@name"')


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", url)
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError("a whole address, such as https://www.unodc.org/…")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class SourceSettings(Section):
    """Where the profile pages are, and how politely they are fetched."""

    # The addresses are checked against these two, so they come first.
    allow_http: bool = Field(strict=True)
    allowed_hosts: tuple[Annotated[str, PlainValidator(_host)], ...]
    profile_url: str
    old_profile_url: str
    contact: str
    spacing: float = Field(strict=True, ge=0, le=3600, description="seconds")
    concurrency: int = Field(strict=True, ge=1, le=16, description="requests at once")
    timeout: float = Field(strict=True, gt=0, le=3600, description="seconds")
    retries: int = Field(strict=True, ge=0, le=10)
    max_page_bytes: int = Field(strict=True, ge=1000, le=100_000_000, description="bytes")
    respect_robots: bool = Field(strict=True)

    @field_validator("allowed_hosts")
    @classmethod
    def _check_some(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not hosts:
            raise ValueError("at least one host, or no page can be fetched")
        return hosts

    @field_validator("profile_url", "old_profile_url")
    @classmethod
    def _check_template(cls, template: str, info: ValidationInfo) -> str:
        if not template and info.field_name == "old_profile_url":
            return template
        found = set(_PLACEHOLDER.findall(template))
        if not found or found - _KNOWN_PLACEHOLDERS:
            raise ValueError(
                "an address with {code} or {code_lower} where the country goes, and no other braces"
            )
        parts = _split(template)
        if parts.username is not None:
            raise ValueError("an address without a user name or password, which is never sent")
        if parts.scheme != "https" and not (parts.scheme == "http" and info.data.get("allow_http", True)):
            raise ValueError(
                "an address that starts with https:// (http:// only with source.allow_http = true)"
            )
        return template

    @field_validator("profile_url")
    @classmethod
    def _check_host(cls, template: str, info: ValidationInfo) -> str:
        allowed = info.data.get("allowed_hosts")
        if allowed and not is_allowed_host(_split(template).hostname or "", allowed):
            raise ValueError(f"an address on a host of source.allowed_hosts ({', '.join(allowed)})")
        return template

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, contact: str) -> str:
        if contact and not _MAIL.fullmatch(contact) and _split_or_none(contact) != "https":
            raise ValueError("a mail address or an https:// address, or nothing")
        return contact


def _split_or_none(url: str) -> str | None:
    try:
        return _split(url).scheme
    except ValueError:
        return None


class ScheduleSettings(Section):
    """When things happen."""

    all_minutes: float = Field(strict=True, gt=0, le=_YEAR_IN_MINUTES, description="minutes")
    signatories_minutes: float = Field(strict=True, gt=0, le=_YEAR_IN_MINUTES, description="minutes")
    jitter_seconds: float = Field(strict=True, ge=0, le=86_400, description="seconds")
    second_look_minutes: float = Field(strict=True, gt=0, le=_YEAR_IN_MINUTES, description="minutes")
    deliver_seconds: float = Field(strict=True, gt=0, le=3600, description="seconds")
    digest_seconds: float = Field(strict=True, gt=0, le=3600, description="seconds")
    heartbeat_hour: int = Field(strict=True, ge=0, le=23, description="an hour of the day")


class BelieveSettings(Section):
    """When a look is believed."""

    gone_ratio: float = Field(strict=True, gt=0, le=1, description="a part of the documents")
    new_count: int = Field(strict=True, ge=1, le=10_000, description="documents")
    fleet_countries: int = Field(strict=True, ge=1, le=1000, description="countries")
    fleet_ratio: float = Field(strict=True, gt=0, le=1, description="a part of the countries")
    equal_looks: int = Field(strict=True, ge=1, le=1000, description="looks")
    grace_hours: float = Field(strict=True, ge=0, le=8784, description="hours")


class TelegramSettings(Section):
    """Who is told, and through which bot."""

    token: SecretStr
    api_url: str
    chats: tuple[Annotated[ChatId, PlainValidator(_chat)], ...]
    operators: tuple[Annotated[ChatId, PlainValidator(_chat)], ...]
    withdrawals: bool = Field(strict=True)
    summaries: bool = Field(strict=True)
    access: Literal["public", "invitation"]
    invited: tuple[Annotated[ChatId, PlainValidator(_chat)], ...]
    commands_per_minute: int = Field(strict=True, ge=1, le=1000, description="commands")

    @property
    def may_use(self) -> frozenset[ChatId] | None:
        """The chats that may use the bot; None for all."""
        return None if self.access == "public" else frozenset((*self.chats, *self.operators, *self.invited))

    @property
    def has_token(self) -> bool:
        """Whether there is a bot at all; without one, alerts go to the terminal."""
        return bool(self.token.get_secret_value())

    @field_validator("token")
    @classmethod
    def _check_token(cls, token: SecretStr) -> SecretStr:
        if token.get_secret_value() and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("the bot's token as @BotFather gave it: digits, a colon, letters (or nothing)")
        return token

    @field_validator("api_url")
    @classmethod
    def _check_api(cls, url: str) -> str:
        parts = _split(url)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
        if not is_safe or parts.username or parts.query or parts.fragment:
            raise ValueError("an https:// address without user, ? and # (http:// only on this machine)")
        return url.rstrip("/")

    @field_validator("chats", "operators", "invited")
    @classmethod
    def _check_twice(cls, chats: tuple[ChatId, ...]) -> tuple[ChatId, ...]:
        if len({str(chat).lower() for chat in chats}) < len(chats):
            raise ValueError("every chat once")
        return chats


def _area(value: str) -> str:
    area, _, level = value.partition("=")
    if not _AREA.fullmatch(area) or level not in get_args(Level):
        raise ValueError('an area and its level, such as "site=debug" (debug, info, warning or error)')
    if not _is_module(f"monitor.{area}"):
        raise ValueError('a folder or file of monitor/ before the =, such as "site" or "site.fetch"')
    return value


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # what it should be a part of
        return False


class LogSettings(Section):
    """What is written about the work."""

    level: Level
    format: Literal["auto", "text", "json"]
    areas: tuple[Annotated[str, AfterValidator(_area)], ...]

    @property
    def levels(self) -> dict[str, str]:
        """The areas that have a level of their own, such as ``site``, and which."""
        return dict(each.split("=", 1) for each in self.areas)


class Settings(Section):
    """All of monitor.toml."""

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
