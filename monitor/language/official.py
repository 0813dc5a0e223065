"""The official languages of countries, as Unicode's CLDR lists them."""

from __future__ import annotations

from functools import cache

from babel.core import get_global
from babel.languages import get_official_languages


@cache
def official_languages(country: str) -> tuple[str, ...]:
    """Name them by ISO 639-1 for a country's alpha-3 code; none where CLDR knows none, as for the EU."""
    territory, *_ = get_global("territory_aliases").get(country) or ("",)
    found = get_official_languages(territory, de_facto=True) if territory else ()
    return tuple(dict.fromkeys(language.partition("_")[0] for language in found))
