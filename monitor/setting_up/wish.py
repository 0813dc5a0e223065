"""What a person wants set, and the configuration that it would make."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from monitor.config import Config, load_config
from monitor.config.sources import FOLDER_VARIABLE
from monitor.errors import ConfigError, Mistake
from monitor.model import ChatId
from monitor.setting_up.edit import Settings, as_toml

TOKEN_FILE: Final = "token"  # noqa: S105 - a file's name
TOKEN: Final = "MONITOR_TELEGRAM__TOKEN"  # noqa: S105 - a variable's name
_CONTACT: Final = "MONITOR_SOURCE__CONTACT"
_CHATS: Final = "MONITOR_TELEGRAM__CHATS"
_OPERATORS: Final = "MONITOR_TELEGRAM__OPERATORS"
OPTIONS: Final = {TOKEN: "--token-file", _CHATS: "--chat", _OPERATORS: "--operator", _CONTACT: "--contact"}
"""The option of ``init`` that gives what a variable of the environment would."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be set; what is empty is left as it is."""

    token: str = ""
    chats: tuple[ChatId, ...] = ()
    operators: tuple[ChatId, ...] = ()
    contact: str = ""

    def __repr__(self) -> str:
        """Hide the token."""
        return f"Wish({self.chats}, {self.operators}, {self.contact!r})"

    def with_chat(self, chat: ChatId) -> Wish:
        """Tell this chat, and let it decide where it is one person's and nobody else was named to decide."""
        is_person = isinstance(chat, int) and chat > 0
        return replace(self, chats=(chat,), operators=self.operators or ((chat,) if is_person else ()))

    def settings(self) -> Settings:
        """Give the lines of monitor.toml that say it; the token stands in a file of its own."""
        telegram: dict[str, Any] = {}
        if self.token:
            telegram |= {"token_file": TOKEN_FILE, "token": None}
        telegram |= {"chats": self.chats} if self.chats else {}
        telegram |= {"operators": self.operators} if self.operators else {}
        source = {"contact": self.contact} if self.contact else {}
        return {name: keys for name, keys in (("source", source), ("telegram", telegram)) if keys}


def chat_of(text: str) -> ChatId:
    """Take a chat as a person writes it: a number, or ``@name``."""
    return int(text) if re.fullmatch(r"-?\d{1,18}", text.strip()) else text.strip()


def tried(environ: Mapping[str, str], folder: Path, wish: Wish) -> Config:
    """Give the configuration that there would be; ConfigError names the options that are wrong."""
    inherited = {name: value for name, value in environ.items() if name != FOLDER_VARIABLE}
    if folder.is_dir():
        inherited[FOLDER_VARIABLE] = str(folder)
    if wish.token:
        inherited.pop(f"{TOKEN}_FILE", None)
    try:
        return load_config({**inherited, **dict(_variables(wish))})
    except ConfigError as error:
        raise ConfigError(tuple(_by_option(each, wish) for each in error.mistakes)) from None


def _variables(wish: Wish) -> Iterator[tuple[str, str]]:
    if wish.token:
        yield TOKEN, wish.token
    if wish.chats:
        yield _CHATS, json.dumps(wish.chats)
    if wish.operators:
        yield _OPERATORS, json.dumps(wish.operators)
    if wish.contact:
        yield _CONTACT, wish.contact


def _by_option(mistake: Mistake, wish: Wish) -> Mistake:
    variable, comma, item = mistake.key.partition(",")
    if variable not in dict(_variables(wish)):
        return mistake
    return replace(mistake, file="init", key=f"{OPTIONS[variable]}{comma}{item}")


def overruled(environ: Mapping[str, str], wish: Wish) -> tuple[str, ...]:
    """Name the variables of the environment that go before what would be written."""
    names = [*dict(_variables(wish)), *([f"{TOKEN}_FILE"] if wish.token else [])]
    return tuple(name for name in names if environ.get(name))


def replaced(own: Mapping[str, Any], wish: Wish) -> tuple[str, ...]:
    """Say which settings stand there differently, as ``key: old → new``; nothing of a secret is shown."""
    found = []
    for section, keys in wish.settings().items():
        there = own.get(section, {})
        for key, value in keys.items():
            if value is not None and there.get(key) and as_toml(there[key]) != as_toml(value):
                found.append(f"{section}.{key}: {as_toml(there[key])} → {as_toml(value)}")
    return tuple(found)
