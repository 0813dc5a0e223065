"""What is not the country's profile never counts as "no documents"; what is, is never refused."""

from __future__ import annotations

import pytest

from monitor.errors import Blocked, ProfileError
from monitor.profile.identify import CountryNames
from monitor.profile.words import fold
from tests.profile.reading import config, read

FILLER = (
    "<p>This page gives access to the documents produced by the Implementation Review Mechanism to date, where the "
    "State has agreed to their publication. Contact details of authorities are kept up to date by the State.</p>"
)
LONG = FILLER * 12
NONE_YET = f"<h1>Country Profile: Mexico</h1>{FILLER}"
LISTED = '<ul><li><a href="x.pdf">{label}</a></li></ul>'
MENU = "".join(f"<li>{country.name}</li>" for country in config().countries)


def titled(text: str, rest: str = "") -> str:
    return f"<title>{text}</title><h1>{text}</h1>{rest}"


def refusal(html: str, code: str = "MEX", url: str = "https://www.unodc.org/corruption/en/x/MEX.html") -> str:
    with pytest.raises(Blocked) as raised:
        read(html, code, url)
    return str(raised.value)


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("", "empty body"),
        (" \n\t", "empty body"),
        ("<!-- nothing -->", "a tiny page of 0 characters"),
        ("<p>Mexico: implementation review</p>", "a tiny page"),
        (
            titled("Just a moment..."),
            "a bot challenge or block page, not the profile: it says “just a moment”",
        ),
        (f"<noscript>Enable JavaScript and cookies to continue</noscript>{FILLER}", "a bot challenge"),
        (f"<p>Request unsuccessful. Incapsula incident ID: 1</p>{FILLER}", "a bot challenge"),
        (titled("404 Not Found", FILLER), "an error page with status 200"),
        (titled("Page not found", LONG), "an error page with status 200"),
        (titled("Page introuvable", LONG), "an error page with status 200"),
        (titled("Página no encontrada", LONG), "an error page with status 200"),
        (f"<h2>Internal Server Error</h2>{LONG}", "an error page with status 200"),
        (titled("Under maintenance", LONG), "a maintenance page"),
        (
            titled("Sign in", f"<input type=password>{LONG}"),
            "a login page, not the profile: it says “sign in”",
        ),
        (titled("Espacio restringido", f"<input type=password>{FILLER}"), "it asks for a password"),
        (titled("Country Profile: Mexico", f"<input type=password>{FILLER}"), "it asks for a password"),
        (titled("Restricted", f"<input type=password>{LONG}"), "it asks for a password"),
        (titled("Country Profile: Fiji", FILLER), "the page of another country (FJI), not of MEX"),
    ],
)
def test_what_is_no_profile_is_refused_with_its_reason(html: str, says: str) -> None:
    assert says in refusal(html)


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (NONE_YET, "https://www.unodc.org/unodc/en/corruption/country-profile/countryprofile.html"),
        (
            '<h1>Country profile</h1><div ng-include="CountryProfileDetails"></div>',
            "https://www.unodc.org/x.html",
        ),
        ('<script src="/js/countryprofile.html"></script>', "https://www.unodc.org/x.html"),
    ],
)
def test_the_shell_of_the_old_site_says_what_to_set(html: str, url: str) -> None:
    said = refusal(html, url=url)
    assert "what follows # is never sent to the server" in said
    assert "Set [source] profile_url to the form …/country-profiles/data/{code}.html" in said
    assert "uncac-monitor check --online" in said


@pytest.mark.parametrize(
    ("html", "missing"),
    [
        (titled("Something else", LONG), "the name Mexico missing"),
        (titled("Mexico", "<p>Sun, sea and mountains.</p>" * 90), "review words missing"),
        (titled("Country profiles", f"<ul>{MENU}</ul>{LONG}"), "the name Mexico missing"),
        (titled("Country profiles", f"<nav>Mexico</nav>{LONG}"), "the name Mexico missing"),
        (titled("Mexico", f"<nav>Country review</nav>{'<p>Sun and sea.</p>' * 90}"), "review words missing"),
    ],
)
def test_a_page_without_its_landmarks_is_an_error_that_says_what_to_do(html: str, missing: str) -> None:
    with pytest.raises(ProfileError, match=missing) as raised:
        read(html)
    assert "uncac-monitor read" in str(raised.value)


@pytest.mark.parametrize(
    "html",
    [
        NONE_YET,
        f"<h1>Country profile</h1><p>Mexico</p>{FILLER}",
        f"<h1>Country profile</h1><h2>Review by Fiji and Peru</h2><p>Mexico</p>{FILLER}",
        f"{NONE_YET}<a href='countryprofile.html#?CountryProfileDetails=x'>The former profile</a>",
        f"{NONE_YET}{LONG}<h3>Sign in</h3><input type=password>",
        f"{NONE_YET}<input type=search name=password><p>Log in to comment</p>",
        f"{NONE_YET}{LONG}<p>404 offences were not found. Access denied: 3 cases.</p>",
        f"<nav><ul>{MENU}</ul></nav>{NONE_YET}",
        f"<ul>{MENU}</ul>{NONE_YET}",
        f"<nav><h1>Fiji</h1><h2>Page not found</h2></nav>{NONE_YET}{LONG}",
    ],
)
def test_a_genuine_profile_without_documents_is_read_as_one(html: str) -> None:
    assert read(html).documents == ()


@pytest.mark.parametrize(
    "around",
    [
        "{list}<p>Assets not found</p>",
        "<h2>Documents not found elsewhere</h2>{list}",
        "<form><input type=password placeholder=Search></form><p>Sign in</p>{list}",
        "<p>captcha</p>{list}",
        "<script>CountryProfileDetails</script>{list}",
        "{list}",
    ],
)
@pytest.mark.parametrize(
    "label", ["Self-assessment: page not found", "Executive summary", "Country report (404 pages)"]
)
def test_a_listing_of_documents_is_never_refused_for_its_words(around: str, label: str) -> None:
    html = f"<h1>Country Profile: Mexico</h1>{around.format(list=LISTED.format(label=label))}"
    assert len(read(html).documents) == 1


def test_a_fragment_that_names_no_country_is_read_for_its_documents() -> None:
    assert len(read(LISTED.format(label="Executive summary")).documents) == 1


@pytest.mark.parametrize(
    "label", ["Annex", "List of governmental experts", "Follow-up to the review", "Legislation"]
)
def test_files_that_stand_on_any_page_do_not_make_a_profile(label: str) -> None:
    assert "tiny page" in refusal(LISTED.format(label=label))


def test_documents_in_a_menu_do_not_make_a_profile() -> None:
    menu = f"<nav>{LISTED.format(label='Executive summary')}</nav>"
    assert "an error page" in refusal(titled("Page not found", menu))


ALIKE = [
    ("NER", "NGA"),
    ("COG", "COD"),
    ("GIN", "GNB"),
    ("GIN", "GNQ"),
    ("GIN", "PNG"),
    ("GNB", "GNQ"),
    ("DMA", "DOM"),
    ("SDN", "SSD"),
    ("IRL", "GBR"),
]


@pytest.mark.parametrize(("one", "other"), [*ALIKE, *((other, one) for one, other in ALIKE)])
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_countries_with_names_alike_are_not_taken_for_each_other(one: str, other: str, language: str) -> None:
    name = config().country(one).names[language]
    html = f"<title>UNODC</title><h1>Country Profile: {name}</h1>{LISTED.format(label='Executive summary')}"
    assert len(read(html, one).documents) == 1
    assert f"not of {other}" in refusal(html, other)


def test_every_country_is_known_by_each_of_its_names_and_no_other_is() -> None:
    names = CountryNames(config().countries)
    for country in config().countries:
        for name in country.names.values():
            assert names.codes(fold(f"Country Profile: {name}")) == {country.code}, name


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Democratic Republic of Congo", {"COD"}),
        ("The Congo", {"COG"}),
        ("Northern Ireland", {"GBR"}),
        ("Irlande du Nord", {"GBR"}),
        ("United Kingdom (Great Britain and Northern Ireland)", {"GBR"}),
        ("Niger and Nigeria", {"NER", "NGA"}),
        ("Nigerien", set()),
        ("UK", set()),
        ("", set()),
    ],
)
def test_a_text_names_these_countries(text: str, codes: set[str]) -> None:
    assert CountryNames(config().countries).codes(fold(text)) == codes


@pytest.mark.parametrize(
    "html",
    [
        titled("Country Profile: Mauritius", "<p>Review by Mexico and Panama</p>{list}"),
        titled("Mauritius", "<h2>Executive summary: review by Mexico of Mauritius</h2>{list}"),
        titled("Country Profile: Mauritius", f"<nav><ul>{MENU}</ul></nav>{{list}}"),
        f"<title>Country profile</title><h2>Mauritius</h2><ul>{MENU}</ul>{{list}}",
        "<title>Country profile</title><h2>Mauritius</h2><nav>Mexico</nav>{list}",
    ],
)
def test_another_countrys_page_stays_so_whatever_else_names_ours(html: str) -> None:
    assert "the page of another country (MUS" in refusal(
        html.replace("{list}", LISTED.format(label="Country report"))
    )


@pytest.mark.parametrize(
    "html",
    [
        "<title>Mexico</title><h2>Review by Fiji and Peru</h2>{list}",
        "<h1>Mexico: review by Fiji and Peru</h1>{list}",
        "<h1>Country profile</h1><h2>Review by Fiji and Peru of Mexico</h2>{list}",
        "<h1>Country profile</h1><h2>Review by Fiji and Peru</h2><p>Mexico</p>{list}",
        "<title>México</title>{list}",
        "<title>Mexique</title>{list}",
    ],
)
def test_countries_that_review_ours_may_be_named(html: str) -> None:
    assert len(read(html.replace("{list}", LISTED.format(label="Country report"))).documents) == 1
