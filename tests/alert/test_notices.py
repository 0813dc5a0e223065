from dataclasses import replace

from monitor.alert.notices import (
    countries,
    frequent,
    given_up,
    held,
    held_fleet,
    named,
    uncertain,
    undelivered_settled,
)
from monitor.model import (
    TERMINAL,
    Button,
    ChangeKind,
    Country,
    Delivery,
    Message,
)
from tests.alert.as_telegram import accepted
from tests.alert.samples import (
    EARLIER,
    ENGLISH,
    MEXICO,
    NIGER,
    NOW,
    PROFILE,
    K,
    change,
    document,
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


def test_a_held_look_says_why_what_would_follow_and_the_commands_to_settle_it() -> None:
    [message] = held(
        ENGLISH, MEXICO, "5 of 6 known documents are gone.", (published(document()),), PROFILE, look="abc"
    )
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
    assert message.buttons == (
        Button("Approve", data="hold:accept:MEX:abc"),
        Button("Reject", data="hold:reject:MEX:abc", is_beside=True),
        Button("Show what would be sent", data="hold:show:MEX:abc"),
        Button("Country profile", PROFILE),
    )


def test_a_held_look_that_would_bring_no_news_says_so() -> None:
    [message] = held(
        ENGLISH, MEXICO, "nothing is left", (change(ChangeKind.MOVED, document()),), PROFILE, look="abc"
    )
    assert "Accepting it would bring no news." in accepted(message)


def test_many_held_countries_are_one_notice() -> None:
    pairs = [(MEXICO, (published(document()),)), (NIGER, ())]
    [message] = held_fleet(ENGLISH, pairs, 192, profile_url, looks={"MEX": "abc"})
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
    assert [button.data for button in message.buttons] == ["hold:show:MEX:abc", "hold:show:NER:"]


def test_all_192_countries_held_at_once_fit_into_messages_telegram_takes() -> None:
    pairs = [(MEXICO, (published(document()), published(document(K.COUNTRY_REPORT, "1"))))] * 192
    found = held_fleet(ENGLISH, pairs, 192, profile_url, looks={"MEX": "abc"})
    assert len(found) > 1
    assert all(accepted(message) for message in found)
    assert len(found[-1].buttons) == 8


def test_an_uncertain_delivery_is_shown_to_be_forwarded() -> None:
    assert accepted(uncertain(ENGLISH, OWED)) == (
        "It is not certain that chat -1001 got a message\n"
        "Telegram did not answer in time. It may have arrived, so it is not sent again by itself. "
        "Owed since 24 Nov 2026 08:00 UTC, tried 2 times: timed out.\n"
        "Look into the chat. If it is not there, send it again, or forward it from here:\n"
        "\n"
        "🇲🇽 Mexico published its self-assessment (cycle 2)"
    )
    assert uncertain(ENGLISH, OWED).buttons == (
        Button("Send again", data="again:1"),
        Button("It arrived", data="came:1", is_beside=True),
    )


def test_a_message_that_a_person_settled_is_shown_with_what_was_decided() -> None:
    settled = undelivered_settled(ENGLISH, OWED, "it arrived")
    assert accepted(settled) == (
        "Chat -1001: it arrived\n\n🇲🇽 Mexico published its self-assessment (cycle 2)"
    )
    assert settled.buttons == ()


def test_a_delivery_that_was_given_up_says_where_and_why() -> None:
    text = accepted(given_up(ENGLISH, replace(OWED, chat=TERMINAL, attempts=1, error="")))
    assert text.startswith("The terminal did not get a message\nIt is not tried again. Owed since")
    assert "tried 1 time: no reason given." in text
    assert accepted(given_up(ENGLISH, replace(OWED, thread=7))).startswith(
        "Chat -1001, topic 7 did not get a message"
    )
    assert given_up(ENGLISH, OWED).buttons == (Button("Send again", data="again:1"),)


def test_a_message_as_long_as_telegram_allows_still_fits_into_its_notice() -> None:
    longest = replace(
        OWED,
        message=Message("\n".join(["x" * 63] * 64), (Button("Open", "https://a.org/"),)),
        error="e" * 999,
    )
    text = accepted(uncertain(ENGLISH, longest))
    assert "xxx" in text
    assert "xxx" in accepted(undelivered_settled(ENGLISH, longest, "sent again"))


def test_countries_are_counted_as_people_do() -> None:
    assert [countries(ENGLISH, number) for number in (0, 1, 2)] == ["0 countries", "1 country", "2 countries"]


def test_long_lists_name_a_dozen_and_count_the_rest() -> None:
    assert named(ENGLISH, [MEXICO] * 14) == ", ".join(["Mexico"] * 12) + " and 2 more"
    assert frequent(ENGLISH, ["b", "a", "a"]) == "a: 2, b: 1"
    assert frequent(ENGLISH, map(str, range(13))).endswith("11: 1…")
