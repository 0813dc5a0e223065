"""What is answered: something to show, something to write down, something to do."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Button, ChatId, Commit, DocumentKind, Message, Pledge, Verb


@dataclass(frozen=True, slots=True)
class File:
    """A file to send."""

    name: str
    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to draw and send."""

    name: str
    svg: str
    caption: str = ""
    """Plain text; what is shown instead where the picture cannot be drawn."""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class SweepNow:
    """Look at countries now; all where no code is named."""

    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettleHeld:
    """Accept or reject the look that is held for a country."""

    code: str
    verb: Verb
    shown: str = ""
    """Names the look that the person was shown, so that another one is not settled by mistake; nothing: whichever is held."""


@dataclass(frozen=True, slots=True)
class SayWhatItIs:
    """A person says what a document is that nobody recognised."""

    code: str
    document: str
    """Its address, or the short name of it that alert/press.py gives."""
    kind: DocumentKind
    cycle: str | None = None
    is_quiet: bool = False
    """It was known before, at another address or by another name: entered, and nobody is told."""


@dataclass(frozen=True, slots=True)
class SayWhoSigned:
    """A person says whether a country signed the Transparency Pledge."""

    code: str
    pledge: Pledge


Act = SweepNow | SettleHeld | SayWhatItIs | SayWhoSigned
"""What needs the site or changes dossiers: done one at a time, behind the sweep under way; its end is told to the chat."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one Ask; empty where silence is the answer."""

    message: Message | None = None
    is_edit: bool = False
    """Replaces the message whose button was pressed, instead of following it."""
    becomes: Button | None = None
    """What the pressed button becomes; its message and the other buttons stay."""
    toast: str = ""
    """A line shown over the chat after a press; at most 200 characters."""
    file: File | None = None
    drawing: Drawing | None = None
    commit: Commit | None = None
    act: Act | None = None
    chat: ChatId | None = None
    """Where the message goes, when not to the chat that asked."""


SILENCE = Reply()
