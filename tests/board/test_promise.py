from collections import Counter

import pytest

from monitor.board.promise import (
    PARTS,
    UN_LANGUAGES,
    Kept,
    Part,
    Promise,
    counted,
    promise,
    promised_languages,
    promises,
)
from monitor.board.status import Cell, Mark
from monitor.language.official import official_languages
from monitor.model import Country, Document, DocumentKind, World
from tests.alert.samples import (
    CYCLES,
    EUROPEAN_UNION,
    MEXICO,
    NIGER,
    NOW,
    SECOND,
    K,
    document,
    dossier,
    known,
)

FINLAND = Country("FIN", {"en": "Finland"})
YES, NO, OPEN = Mark.PUBLISHED, Mark.NOT_SEEN, Mark.UNKNOWN
SA, CR, ES = PARTS


def part(kind: DocumentKind, *documents: Document, country: Country = MEXICO) -> Part:
    world = World({country.code: dossier(*map(known, documents), code=country.code)})
    (parts,) = promise(world, country, (SECOND,)).cycles
    return parts[PARTS.index(kind)]


def test_a_promise_shows_the_three_documents_of_each_cycle() -> None:
    documents = (document(), document(K.COUNTRY_REPORT, "1"), document(K.EXECUTIVE_SUMMARY, "1"))
    mexico, niger = promises(World({"MEX": dossier(*map(known, documents))}), (MEXICO, NIGER), CYCLES)
    assert (mexico.country, mexico.marks) == (MEXICO, ((NO, YES, YES), (YES, NO, NO)))
    assert (niger.country, niger.marks) == (NIGER, ((OPEN, OPEN, OPEN), (OPEN, OPEN, OPEN)))


def test_a_row_of_documents_without_a_cycle_is_no_cycle_of_its_own() -> None:
    world = World({"MEX": dossier(known(document(cycle=None)))})
    assert promise(world, MEXICO, CYCLES).marks == ((OPEN, NO, NO), (OPEN, NO, NO))


@pytest.mark.parametrize(
    ("kind", "languages", "how"),
    [
        (SA, ("de",), Kept.SEEN),
        (SA, (None,), Kept.SEEN),
        (SA, (), Kept.NOT_SEEN),
        *((CR, (language,), Kept.SEEN) for language in UN_LANGUAGES),
        (CR, ("de", "en"), Kept.SEEN),
        (CR, ("de",), Kept.IN_PART),
        (CR, (None,), Kept.IN_PART),
        (CR, (), Kept.NOT_SEEN),
        (ES, ("es",), Kept.SEEN),
        (ES, ("en", "es"), Kept.SEEN),
        (ES, ("en", "fr"), Kept.IN_PART),
        (ES, (None,), Kept.IN_PART),
        (ES, (), Kept.NOT_SEEN),
    ],
)
def test_a_part_is_kept_where_the_document_stands_in_a_language_that_was_promised(
    kind: DocumentKind, languages: tuple[str | None, ...], how: Kept
) -> None:
    found = part(kind, *(document(kind, language=language) for language in languages))
    assert (found.kept, found.languages) == (how, languages)


def test_a_summary_in_a_countrys_own_language_is_in_a_local_language() -> None:
    assert part(ES, document(ES, language="sv"), country=FINLAND).kept is Kept.SEEN
    assert part(ES, document(ES, language="sv")).kept is Kept.IN_PART


def test_where_no_official_language_is_known_a_summary_is_seen_in_part() -> None:
    assert part(ES, document(ES, language="fr"), country=EUROPEAN_UNION).kept is Kept.IN_PART


def test_one_language_is_named_once() -> None:
    twice = document(CR, url="https://www.unodc.org/again.pdf")
    assert part(CR, document(CR), twice).languages == ("en",)


@pytest.mark.parametrize("kind", PARTS)
def test_what_cannot_be_told_is_unknown_and_what_was_withdrawn_cannot_be_seen(kind: DocumentKind) -> None:
    (parts,) = promise(World(), MEXICO, (SECOND,)).cycles
    assert parts[PARTS.index(kind)].kept is Kept.UNKNOWN
    doubtful = part(kind, document(kind, doubt="two kinds"))
    assert (doubtful.kept, doubtful.languages) == (Kept.UNKNOWN, ())
    world = World(
        {"MEX": dossier(known(document(kind), missing_since=NOW, is_absence_told=True, is_missing_long=True))}
    )
    (parts,) = promise(world, MEXICO, (SECOND,)).cycles
    gone = parts[PARTS.index(kind)]
    assert (gone.kept, gone.cell.mark, gone.languages) == (Kept.NOT_SEEN, Mark.WITHDRAWN, ())


def test_signatories_are_counted_part_by_part() -> None:
    def of(country: Country, *how: Kept) -> Promise:
        parts = (Part(kind, each, Cell(OPEN)) for kind, each in zip(PARTS, how, strict=True))
        return Promise(country, (tuple(parts),))

    found = (
        of(MEXICO, Kept.SEEN, Kept.SEEN, Kept.IN_PART),
        of(NIGER, Kept.SEEN, Kept.NOT_SEEN, Kept.UNKNOWN),
    )
    assert counted(iter(found), (SECOND,)) == (
        {
            SA: Counter({Kept.SEEN: 2}),
            CR: Counter({Kept.SEEN: 1, Kept.NOT_SEEN: 1}),
            ES: Counter({Kept.IN_PART: 1, Kept.UNKNOWN: 1}),
        },
    )


def test_the_languages_that_were_promised_are_named() -> None:
    assert promised_languages(FINLAND, SA) == ()
    assert promised_languages(FINLAND, CR) == UN_LANGUAGES
    assert promised_languages(FINLAND, ES) == ("fi", "sv")


@pytest.mark.parametrize(
    ("code", "languages"),
    [("MEX", ("es",)), ("SRB", ("sr",)), ("EU", ()), ("XXX", ())],
)
def test_official_languages_are_those_of_the_country_without_their_scripts(
    code: str, languages: tuple[str, ...]
) -> None:
    assert official_languages(code) == languages
