from dataclasses import replace

from monitor.alert.notices import countries, doubtful, frequent, given_up, held, held_fleet, named, uncertain
from monitor.model import (
    TERMINAL,
    Button,
    ChangeKind,
    Country,
    Delivery,
    DocumentKind,
    KnownDocument,
    Link,
    Message,
    Where,
    Words,
)
from tests.alert.as_telegram import accepted
from tests.alert.samples import (
    EARLIER,
    ENGLISH,
    MEXICO,
    NIGER,
    NIGERIA,
    NOW,
    PROFILE,
    K,
    change,
    document,
    known,
    published,
)

OWED = Delivery(
    "1",
    -1001,
    Message("<b>🇲🇽 Mexico published its self-assessment (cycle 2)</b>"),
    EARLIER,
    NOW,
    attempts=2,
    error="timed out",
)


def profile_url(country: Country) -> str:
    return f"https://www.unodc.org/{country.code}.html"


def unsure(url: str = "https://www.unodc.org/x.pdf", likely: DocumentKind | None = None) -> KnownDocument:
    words = (
        Words(Where.LABEL, "Reply <b>"),
        Words(Where.HEADING, "Second cycle"),
        Words(Where.BEFORE, "Reply <b>"),
    )
    doubt = document(K.OTHER, url=url, title="Reply <b>", doubt="words nobody recognises", likely=likely)
    return known(doubt, link=Link(url, words))


def test_a_held_look_says_why_what_would_follow_and_the_commands_to_settle_it() -> None:
    [message] = held(ENGLISH, MEXICO, "5 of 6 known documents are gone.", (published(document()),), PROFILE)
    assert accepted(message) == (
        "🇲🇽 Mexico: a look is held, nobody was told\n"
        "The page was read, but is hard to believe: 5 of 6 known documents are gone.\n"
        "What was known stays as it is, and the page is looked at again soon.\n"
        "Accepting it would tell everybody:\n"
        "- published its self-assessment (cycle 2): English\n"
        f"See how it is read: uncac-monitor read {PROFILE} --country MEX\n"
        "If the page is right: uncac-monitor accept MEX\n"
        "If it is wrong: uncac-monitor reject MEX"
    )
    assert "<code>uncac-monitor accept MEX</code>" in message.html
    assert message.buttons == (Button("Country profile", PROFILE),)


def test_a_held_look_that_would_bring_no_news_says_so() -> None:
    [message] = held(ENGLISH, MEXICO, "nothing is left", (change(ChangeKind.MOVED, document()),), PROFILE)
    assert "Accepting it would bring no news." in accepted(message)


def test_many_held_countries_are_one_notice() -> None:
    pairs = [(MEXICO, (published(document()),)), (NIGER, ())]
    [message] = held_fleet(ENGLISH, pairs, 192, profile_url)
    assert accepted(message) == (
        "2 of 192 countries changed in one sweep: all are held, nobody was told\n"
        "So many at once is more often a new page design or a fault of the site than news.\n"
        "What accepting would bring, country by country:\n"
        "🇲🇽 Mexico (MEX): published its self-assessment (cycle 2)\n"
        "🇳🇪 Niger (NER): no news\n"
        "Look at one page, then settle each country by its code, for example:\n"
        "See how it is read: uncac-monitor read https://www.unodc.org/MEX.html --country MEX\n"
        "If the page is right: uncac-monitor accept MEX\n"
        "If it is wrong: uncac-monitor reject MEX"
    )


def test_all_192_countries_held_at_once_fit_into_messages_telegram_takes() -> None:
    pairs = [(MEXICO, (published(document()), published(document(K.COUNTRY_REPORT, "1"))))] * 192
    found = held_fleet(ENGLISH, pairs, 192, profile_url)
    assert len(found) > 1
    assert all(accepted(message) for message in found)


def test_doubtful_documents_are_grouped_over_countries_and_the_most_frequent_comes_first() -> None:
    often = unsure("https://www.unodc.org/often.pdf", likely=K.SELF_ASSESSMENT)
    [message] = doubtful(ENGLISH, [(MEXICO, unsure()), (NIGER, often), (NIGERIA, often)])
    assert accepted(message) == (
        "2 new documents nobody recognises for sure\n"
        "Nobody was told. Each is announced, once, as soon as the rules or the page are clear; what is in doubt for another reason, tell people yourself.\n"
        "\n"
        "Niger, Nigeria: Reply <b>\n"
        "Words nobody recognises. Perhaps its self-assessment.\n"
        "Words nearby: “Reply <b>” / “Second cycle”\n"
        "\n"
        "Mexico: Reply <b>\n"
        "Words nobody recognises.\n"
        "Words nearby: “Reply <b>” / “Second cycle”\n"
        "\n"
        "Add the missing words to config/classification.toml and try them before they count, for example:\n"
        "uncac-monitor read PAGE --country NER"
    )
    assert '<a href="https://www.unodc.org/often.pdf">Reply &lt;b&gt;</a>' in message.html


def test_a_document_without_any_words_is_shown_all_the_same() -> None:
    bare = known(document(K.OTHER, title="", likely=None))
    assert "Mexico: document\nNo words that are known." in accepted(doubtful(ENGLISH, [(MEXICO, bare)])[0])


def test_of_very_many_doubtful_documents_the_rest_is_counted() -> None:
    many = [(MEXICO, unsure(f"https://www.unodc.org/{number}.pdf")) for number in range(33)]
    text = "\n".join(accepted(message) for message in doubtful(ENGLISH, many))
    assert text.startswith("33 new documents nobody")
    assert text.count("Words nearby") == 30
    assert "… and 3 more: uncac-monitor documents" in text
    assert "more: uncac-monitor" not in accepted(doubtful(ENGLISH, many[:30])[0])


def test_no_doubtful_document_is_no_notice() -> None:
    assert doubtful(ENGLISH, []) == ()


def test_an_uncertain_delivery_is_shown_to_be_forwarded() -> None:
    assert accepted(uncertain(ENGLISH, OWED)) == (
        "It is not certain that chat -1001 got a message\n"
        "Telegram did not answer in time. It may have arrived, so it is not sent again by itself. "
        "Owed since 24 Nov 2026 08:00 UTC, tried 2 times: timed out.\n"
        "Look into the chat. If it is not there, forward it from here:\n"
        "\n"
        "🇲🇽 Mexico published its self-assessment (cycle 2)"
    )


def test_a_delivery_that_was_given_up_says_where_and_why() -> None:
    text = accepted(given_up(ENGLISH, replace(OWED, chat=TERMINAL, attempts=1, error="")))
    assert text.startswith("The terminal did not get a message\nIt is not tried again. Owed since")
    assert "tried 1 time: no reason given." in text
    assert accepted(given_up(ENGLISH, replace(OWED, thread=7))).startswith(
        "Chat -1001, topic 7 did not get a message"
    )


def test_a_message_as_long_as_telegram_allows_still_fits_into_its_notice() -> None:
    longest = replace(
        OWED,
        message=Message("\n".join(["x" * 63] * 64), (Button("Open", "https://a.org/"),)),
        error="e" * 999,
    )
    text = accepted(uncertain(ENGLISH, longest))
    assert "xxx" in text
    assert uncertain(ENGLISH, longest).buttons == longest.message.buttons


def test_countries_are_counted_as_people_do() -> None:
    assert [countries(ENGLISH, number) for number in (0, 1, 2)] == ["0 countries", "1 country", "2 countries"]


def test_long_lists_name_a_dozen_and_count_the_rest() -> None:
    assert named(ENGLISH, [MEXICO] * 14) == ", ".join(["Mexico"] * 12) + " and 2 more"
    assert frequent(ENGLISH, ["b", "a", "a"]) == "a: 2, b: 1"
    assert frequent(ENGLISH, map(str, range(13))).endswith("11: 1…")
