from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alert.markup import escape
from monitor.dialogue.inline import inline
from monitor.dialogue.questions import TABLE
from monitor.language.speech import speak
from monitor.model import Document, Message
from tests.alert.as_telegram import accepted
from tests.alert.samples import K, dossier, known, published
from tests.dialogue.talk import LANGUAGES, presses, says, view

hostile = st.builds(
    Document,
    st.text(max_size=20).map("https://www.unodc.org/".__add__),
    st.sampled_from(["</pre>", "<a href='", "&", "x" * 5000, "\ud800", "\u202e"]),
    st.sampled_from(K),
    st.sampled_from(["1", "2", None]),
    st.sampled_from(["en", None]),
    doubt=st.sampled_from(["", "<b>"]),
    likely=st.sampled_from([None, K.SELF_ASSESSMENT]),
)
typed = st.lists(
    st.sampled_from(["<b>", "&", "\ud800", "\u202e", "x" * 90, "mexico", "MEX", "all", " ", "-1"])
    | st.text(max_size=8),
    max_size=5,
).map("".join)
"""Letters by chance alone would hold no markup for hundreds of times."""
forged = st.lists(
    st.sampled_from(["", "*", "0", "1", "99", "-1", "MEX", "list", "all", "x" * 50, "\x00", "ü"]), max_size=6
)


@settings(max_examples=30)  # ten questions each
@given(st.lists(hostile, max_size=80), typed, st.sampled_from(LANGUAGES))
def test_whatever_stands_on_a_page_or_is_typed_telegram_takes_the_answer(
    documents: list[Document], words: str, language: str
) -> None:
    of = view(dossier(*map(known, documents)), changes=tuple(map(published, documents)))
    asked = ["/status MEX", "/recent 30", words, *(f"/{name} {words}" for name in TABLE.commands)]
    answers = [says(text, of, language).message for text in asked]
    cards = [card.message for card in inline(speak(language), words, of)]
    assert all(accepted(message) for message in (*answers, *cards) if message)


@given(st.sampled_from(sorted(TABLE.presses)), forged, st.sampled_from(LANGUAGES))
def test_whatever_a_forged_button_says_telegram_takes_the_answer(
    verb: str, arguments: list[str], language: str
) -> None:
    reply = presses(":".join((verb, *arguments)), language=language)
    shown = reply.message or (reply.drawing and Message(escape(reply.drawing.caption), reply.drawing.buttons))
    assert reply.toast or (shown and accepted(shown))
    assert len(reply.toast) <= 200


def test_every_button_under_every_answer_is_answered() -> None:
    seen, waiting = (
        set[str](),
        ["world", "list", "missing", "recent", "pledge", "regions", "map", "card:MEX:list:*:0"],
    )
    while waiting and len(seen) < 400:
        data = waiting.pop()
        seen.add(data)
        reply = presses(data)
        shown = reply.message or reply.drawing
        assert shown, data
        found = {button.data for button in shown.buttons if button.data}
        waiting += [each for each in found - seen - set(waiting) if each.split(":")[0] in TABLE.presses]
    assert len(seen) > 100
