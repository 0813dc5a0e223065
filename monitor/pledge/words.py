"""The words in which lists of signatories speak, in English, French and Spanish; compared folded."""

from __future__ import annotations

import re
from typing import Final

from monitor.profile.words import fold

_STRONG: Final = (
    r"sign(?:s|ed|ing|ator(?:y|ies))?|signatures?|signataires?|signe(?:s|nt|r)?"
    r"|firm(?:a|an|o|aron|ado|ados|ante|antes)|suscri\w+|souscri\w+"
)
_WEAK: Final = r"adher\w*|adhes\w*|endors(?:e|es|ed|ing)|join(?:s|ed)|rejoi\w+|pledged|committed"
"""One joins a network, too: these count beside the name of the Pledge."""
_SIGNING: Final = f"{_STRONG}|{_WEAK}"
_SIGNS: Final = re.compile(rf"\b(?:{_STRONG})\b")
_PLEDGE: Final = re.compile(
    r"\b(?:pledges?|engagements?|promesses?|chartes?|compromisos?|promesas?|cartas?)\b"
)
_WHO: Final = re.compile(
    rf"\b(?:{_WEAK}|countries|country|states?|governments?|etats?|pays|gouvernements?|paises|estados?|gobiernos?"
    r"|list|liste|lista)\b"
)
_NOT: Final = re.compile(
    r"\b(?:not|non|never|none|no(?! fewer| less| particular)|n ont|n a|pas|aun|todavia|yet to|await\w*|pending|invit\w+|encourag\w+|urg(?:e|es|ed|ing)"
    r"|call(?:s|ed|ing)? (?:on|upon)|should|withdr[ae]w\w*|former|anciens?|refus\w+|declin\w+|without|sans|sin)\b"
)
_NOT_THIS: Final = re.compile(
    r"\b(?:not|never|non|pas|n a|n ont|no ha|no han|no firm\w+|aun no|todavia no|yet to|withdr[ae]w\w*|refus\w+|declin\w+)\b"
)
_HAPPENED: Final = re.compile(
    rf"(?:(?:has|have|had|officially|formally|also|now|just|recently|newly|become|became|becomes|is|are|the|latest|first"
    rf"|last|newest|\d+|\d+(?:st|nd|rd|th|e|er|eme)|country|state|government|to|a|ont|vient|de|officiellement|devient|le|la"
    rf"|pays|etat|ha|han|se|oficialmente|pais|estado|en|que|y|and|de|of) )*?(?:{_SIGNING})\b"
)
_FILLER: Final = frozenset(
    fold("""
        on in since as of the at from date dated signed signature signatory member state party st nd rd th flag new
        le la les en depuis du de signé signataire drapeau nouveau desde el firmado firma firmante fecha nuevo bandera
    """).split()
)
_YES: Final = frozenset(
    {"yes", "oui", "si", "x", "signed", "signe", "firmado", "signatory", "signataire", "firmante"}
)
_TICKS: Final = re.compile("[\u2713\u2714\u2705\u2611\U0001f5f8]")
_CROSSES: Final = re.compile("[\u2717\u2718\u274c\u2716\u2612]")
_NEUTRAL: Final = frozenset(
    fold("""
        africa african america americas american asia asian europe european oceania pacific caribbean latin mena
        north south east west northern southern eastern western central middle sub saharan other others and by the of
        afrique amérique amériques asie océanie pacifique caraïbes latine nord sud est ouest centrale occidentale orientale
        moyen proche orient autres et par de du la le les en europa pacífico caribe latina norte sur este oeste medio
        oriente otros y el los las por in states états estados region regions région régions región regiones group groupe
        grupo countries pays países alphabetical
    """).split()
)
_SHORT: Final = 3


def speaks_of_signing(text: str) -> bool:
    """Tell whether words over a list say that those in it signed."""
    folded = fold(text)
    return bool(_SIGNS.search(folded) or (_PLEDGE.search(folded) and _WHO.search(folded)))


def lists_signatories(label: str) -> bool:
    """Tell whether a label says that those who follow signed."""
    return speaks_of_signing(label) and not denies(label)


def speaks_of_pledge(text: str) -> bool:
    """Tell whether words name a pledge."""
    return bool(_PLEDGE.search(fold(text)))


def denies(text: str) -> bool:
    """Tell whether words over a list say that those in it did not sign, or are only asked to."""
    return bool(_NOT.search(fold(text)))


def denies_this(text: str) -> bool:
    """Tell whether the words beside a name say that this State did not sign."""
    return bool(_NOT_THIS.search(fold(text))) or bool(_CROSSES.search(text))


def says_it_signed(after_name: str) -> bool:
    """Tell whether what follows a name goes on like a headline: "… has become the 37th country to sign the Pledge"."""
    folded = fold(after_name)
    return bool(_HAPPENED.match(folded) and _PLEDGE.search(folded) and not _NOT.search(folded))


def is_filler(text: str) -> bool:
    """Tell whether words beside a name add nothing: "signed on"."""
    return all(word in _FILLER for word in fold(text).split())


def is_yes(text: str) -> bool:
    """Tell whether a cell says that it is so."""
    return fold(text) in _YES or bool(_TICKS.search(text))


def is_neutral(heading: str) -> bool:
    """Tell whether a heading only parts a list: by region, or by first letter."""
    words = fold(heading).split()
    return all(word in _NEUTRAL or len(word) < _SHORT or word.isdecimal() for word in words)
