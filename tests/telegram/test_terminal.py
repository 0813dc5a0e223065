import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style

from monitor.alert.markup import block, bold, code, escape, link, plain
from monitor.model import Button, Message
from monitor.telegram.terminal import TerminalSender, render, styled
from tests.telegram.line import owed

MESSAGE = Message(
    "<b>Mexico</b> [bold red]published[/] &lt;b&gt; & more\n"
    '<a href="https://a.org/?x=1&amp;y=2">English</a>\n<pre>a  –\nb  ✓</pre><i>i</i><u>u</u><code>c</code>',
    (Button("Open document", "https://a.org/[/x]"),),
)


def shown(message: Message, *, is_terminal: bool, width: int = 60, term: str = "xterm-256color") -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=is_terminal, _environ={"TERM": term})
    TerminalSender(console).show(message)
    return file.getvalue()


async def test_a_delivery_is_shown_as_a_bubble_with_readable_addresses_where_links_cannot_be_clicked() -> (
    None
):
    file = io.StringIO()
    await TerminalSender(Console(file=file, width=60)).send(owed(message=MESSAGE))
    assert file.getvalue() == (
        "╭──────────────────────────────────────────╮\n"
        "│ Mexico [bold red]published[/] <b> & more │\n"
        "│ English <https://a.org/?x=1&y=2>         │\n"
        "│ a  –                                     │\n"
        "│ b  ✓iuc                                  │\n"
        "╰──────────────────────────────────────────╯\n"
        "[ Open document ] https://a.org/[/x]\n"
    )


def test_on_a_terminal_links_can_be_clicked_and_their_addresses_do_not_clutter() -> None:
    text = shown(MESSAGE, is_terminal=True)
    assert ";https://a.org/?x=1&y=2\x1b\\" in text
    assert "<https://a.org" not in text
    assert "\x1b[1mMexico\x1b[0m" in text


def test_a_dumb_terminal_gets_readable_addresses() -> None:
    assert "English <https://a.org/?x=1&y=2>" in shown(MESSAGE, is_terminal=True, term="dumb")


def test_each_tag_has_its_style_and_nested_ones_add_up() -> None:
    text = styled('<b>a<a href="https://a.org/">b</a></b>c<i>d</i><u>e</u><code>f</code><s>g</s>')
    styles = {text.plain[span.start : span.end]: span.style for span in text.spans}
    assert styles["a"] == Style(bold=True)
    assert styles["b"] == Style(bold=True, color="blue", underline=True, link="https://a.org/")
    assert styles["d"] == Style(italic=True)
    assert styles["e"] == Style(underline=True)
    assert styles["f"] == Style(color="cyan")
    assert {"c", "g"}.isdisjoint(styles) or styles["g"] == Style()


def test_a_bubble_does_not_grow_with_a_wide_screen() -> None:
    lines = shown(Message("word " * 100), is_terminal=False, width=200).splitlines()
    assert max(map(len, lines)) == 100


@pytest.mark.parametrize("broken", ["</b>x", "</a>x", "<b>x", "<a>x</a>", "x<"])
def test_broken_markup_of_an_old_message_is_still_shown(broken: str) -> None:
    assert "x" in styled(broken, are_urls_shown=True).plain


ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
NASTY = st.one_of(
    ANY,
    st.sampled_from(
        ["[link=https://evil]x[/link]", "[/]", "\\[b]", "<script>", "<!--", "&amp;lt;", "<![CDATA[", "<?x"]
    ),
)


@given(NASTY)
def test_hostile_words_are_shown_as_they_are(text: str) -> None:
    markup = "".join([escape(text), bold(text), code(text), block([text]), link(text, "https://a.org/")])
    assert styled(markup).plain == plain(markup) == text * 5


def test_a_terminal_is_given_nothing_that_it_would_obey() -> None:
    text = "a\x1b[2J\x07\x9bb"
    message = Message(f'{text}<a href="https://a.org/{text}">x</a>', (Button(text, f"https://a.org/{text}"),))
    assert not set(shown(message, is_terminal=False)) & {"\x1b", "\x07", "\x9b"}


@given(NASTY, NASTY)
def test_nothing_in_a_message_stops_the_terminal(text: str, label: str) -> None:
    message = Message(escape(text), (Button(label, f"https://a.org/{label}"),))
    Console(file=io.StringIO(), width=40).print(render(message, are_urls_shown=True))


def test_a_button_that_tells_the_bot_something_is_not_shown_where_it_cannot_be_pressed() -> None:
    message = Message("x", (Button("Open", "https://a.org/x"), Button("Mute Mexico", data="mute:MEX")))
    assert "Open" in shown(message, is_terminal=False)
    assert "Mute" not in shown(message, is_terminal=False)
