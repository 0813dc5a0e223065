"""What operators are asked when the list names States that nobody knows as signatories, and what a press answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape, link, tidy
from monitor.alert.message import press
from monitor.alert.notices import command
from monitor.alert.press import parts
from monitor.language.speech import Speech
from monitor.model import Button, Country, Message, Pledge
from monitor.pledge.compare import Finding

VERB: Final = "signed"
"""What the buttons say."""
YES: Final = "yes"
NO: Final = "no"
_MOST: Final = 8
"""States that one message asks about; who gets more reads none of them."""
_LONGEST_WORDS: Final = 120


def questions(
    say: Speech, findings: tuple[Finding, ...], countries: Mapping[str, Country], page: str
) -> tuple[Message, ...]:
    """Ask whether States signed that the list on ``page`` names, some in each message."""
    several = (findings[at : at + _MOST] for at in range(0, len(findings), _MOST))
    return tuple(_question(say, some, countries, page) for some in several)


def answered(
    say: Speech, asked: Message, spoken: Mapping[str, Pledge], countries: Mapping[str, Country]
) -> Message:
    """Show a question with what was said since, and buttons for what nobody has spoken of."""
    codes = dict.fromkeys(code for button in asked.buttons if (code := code_of(button.data)))
    said = [code for code in codes if code in spoken and code in countries]
    lines = (escape(f"✓ {answer(say, countries[code], spoken[code])}") for code in said)
    left = tuple(button for button in asked.buttons if code_of(button.data) not in said)
    return Message(clip([asked.html, "", *lines]), left)


def answer(say: Speech, country: Country, pledge: Pledge) -> str:
    """Say of a country what holds now."""
    return texts.labelled(say, say.country(country), texts.pledge(say, pledge))


def code_of(data: str) -> str:
    """Give the country that a button asks about; nothing for other buttons."""
    match parts(data):
        case (verb, (_, code, _)) if verb == VERB:
            return code
        case _:
            return ""


def _question(
    say: Speech, findings: tuple[Finding, ...], countries: Mapping[str, Country], page: str
) -> Message:
    title = say.many(
        "{number} State may have signed the Transparency Pledge",
        "{number} States may have signed the Transparency Pledge",
        len(findings),
    )
    lines = [
        bold(title),
        escape(
            say("The list of signatories names them. Nobody was told, and nothing counts before you say so.")
        ),
        link(page, page),
        "",
        *(_line(say, finding, countries[finding.code]) for finding in findings),
        "",
        escape(
            say(
                "“It signed” makes a State a signatory at once; after “It did not” it is not asked about again."
            )
        ),
        say(
            "In a terminal: {command}, or for all of them: {all}",
            command=command("pledge", "add", findings[0].code),
            all=command("pledge", "check", "--apply"),
        ),
    ]
    return Message(clip(lines), tuple(_buttons(say, findings, countries)))


def _line(say: Speech, finding: Finding, country: Country) -> str:
    words = texts.quoted(say, tidy(finding.entry.words, _LONGEST_WORDS))
    seen = say("{words} under {heading}", words=words, heading=texts.quoted(say, tidy(finding.heading)))
    since = f" ({texts.date(say, finding.entry.signed)})" if finding.entry.signed else ""
    return escape(texts.labelled(say, say.country(country) + since, seen if finding.heading else words))


def _buttons(say: Speech, findings: Iterable[Finding], countries: Mapping[str, Country]) -> Iterator[Button]:
    for finding in findings:
        name = say.country(countries[finding.code])
        yield press(say("{country}: it signed", country=name), VERB, YES, finding.code, finding.entry.signed)
        yield press(say("It did not"), VERB, NO, finding.code, "", is_beside=True)
