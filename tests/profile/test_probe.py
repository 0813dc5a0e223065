"""First contact: what each known form of address answers, and what to set."""

from __future__ import annotations

import pytest

from monitor.errors import FetchError
from monitor.model import Country, DocumentKind, NotModified, Page, Validators
from monitor.profile.probe import Form, Probe, advice, probe
from tests.profile.reading import FILE, config, page, reader

NEW, OLD = "https://new.example/{code}.html", "https://old.example/{code_lower}.html"
PROFILE = (
    "<h1>Country Profile: {name}</h1><h2>Second cycle</h2><ul><li><a href='x.pdf'>Self-assessment</a></li>"
    f"<li><a href='y.pdf'>Executive summary</a></li><li><a href='{FILE}'>Answers</a></li></ul>"
)


class Site:
    """Answers by address; what is not there does not come."""

    def __init__(self, answers: dict[str, Page | object]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Validators]] = []

    async def fetch(self, url: str, validators: Validators) -> Page | object:
        self.asked.append((url, validators))
        if url not in self.answers:
            raise FetchError("404")
        return self.answers[url]


FORMS = (
    Form("today's", NEW, lambda country: NEW.replace("{code}", country.code)),
    Form("the old fragment", OLD, lambda country: OLD.replace("{code_lower}", country.code.lower())),
)


def countries(*codes: str) -> tuple[Country, ...]:
    return tuple(config().country(code) for code in codes)


async def test_every_form_is_asked_for_every_country_without_validators() -> None:
    site = Site({})
    probes = await probe(site, reader(), FORMS, countries("MEX", "FJI"))
    assert [url for url, _ in site.asked] == [
        "https://new.example/MEX.html",
        "https://new.example/FJI.html",
        "https://old.example/mex.html",
        "https://old.example/fji.html",
    ]
    assert {validators for _, validators in site.asked} == {Validators()}
    assert [(each.form, each.code, each.error) for each in probes][2] == ("the old fragment", "MEX", "404")


async def test_an_answer_says_what_would_be_read_there() -> None:
    url = "https://new.example/MEX.html"
    (found,) = await probe(
        Site({url: page(PROFILE.format(name="Mexico"), url)}), reader(), FORMS[:1], countries("MEX")
    )
    assert found.is_profile
    assert dict(found.kinds) == {
        DocumentKind.SELF_ASSESSMENT: 1,
        DocumentKind.EXECUTIVE_SUMMARY: 1,
        DocumentKind.OTHER: 1,
    }
    assert found.doubtful == 1


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (NotModified("https://new.example/MEX.html"), "304"),
        (page(PROFILE.format(name="Fiji")), "another country"),
        (page(""), "empty body"),
        (page("<h1>Mexico</h1>"), "tiny page"),
        (page("<script src='countryprofile.html'></script>"), "profile_url"),
    ],
)
async def test_what_is_no_profile_says_why(answer: Page | object, says: str) -> None:
    (found,) = await probe(
        Site({"https://new.example/MEX.html": answer}), reader(), FORMS[:1], countries("MEX")
    )
    assert not found.is_profile
    assert says in found.error


def asked(template: str, *errors: str) -> list[Probe]:
    return [Probe("form", template, str(number), "url", error) for number, error in enumerate(errors)]


@pytest.mark.parametrize(
    ("probes", "says"),
    [
        ([*asked(NEW, "", ""), *asked(OLD, "404", "404")], "Keep [source] profile_url: it answered with a profile for 2 of 2"),
        ([*asked(NEW, "", "404"), *asked(OLD, "", "404")], "Keep [source] profile_url: it answered with a profile for 1 of 2"),
        ([*asked(OLD, "", ""), *asked(NEW, "", "")], "Keep [source] profile_url"),
        ([*asked(NEW, "404", "404"), *asked(OLD, "", "404")], f'Set [source] profile_url = "{OLD}": it answered with a profile for 1 of 2'),
        ([*asked(NEW, "", "404"), *asked(OLD, "", "")], f'Set [source] profile_url = "{OLD}"'),
        ([*asked(NEW, "404"), *asked(OLD, "404")], "No known form of address answered with a profile"),
        ([], "No known form of address answered with a profile"),
    ],
)  # fmt: skip
def test_the_advice_says_in_one_sentence_what_to_set(probes: list[Probe], says: str) -> None:
    assert advice(probes, NEW).startswith(says)
