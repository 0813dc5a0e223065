from __future__ import annotations

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.setting_up.edit import NotEditable, Settings, as_toml, edited

CHATS: Settings = {"telegram": {"chats": [-100, "@watch"]}}


@pytest.mark.parametrize(
    ("text", "settings", "after"),
    [
        ("", CHATS, '[telegram]\nchats = [-100, "@watch"]\n'),
        ("", {"telegram": {"token": None}}, ""),
        ("# mine\n", CHATS, '# mine\n\n[telegram]\nchats = [-100, "@watch"]\n'),
        ('[web]\nlisten = ""\n', CHATS, '[web]\nlisten = ""\n\n[telegram]\nchats = [-100, "@watch"]\n'),
        (
            '[telegram] # who\n# all of them\nchats = [\n  1, # one\n  2,\n]\naccess = "public"\n[web]\nlisten = ""',
            CHATS,
            '[telegram] # who\n# all of them\nchats = [-100, "@watch"]\naccess = "public"\n[web]\nlisten = ""\n',
        ),
        ("[telegram]\nchats = [[1],\n[2]]\n", CHATS, '[telegram]\nchats = [-100, "@watch"]\n'),
        ("[ telegram ]\n[web]\nchats = [7]\n", CHATS, '[ telegram ]\nchats = [-100, "@watch"]\n[web]\nchats = [7]\n'),
        (
            '[telegram]\ntoken = "1:a"\nsummaries = true\n',
            {"telegram": {"token_file": "token", "token": None}},
            '[telegram]\ntoken_file = "token"\nsummaries = true\n',
        ),
        ("[telegram]\n", {"telegram": {"token": None}}, "[telegram]\n"),
        ('[source]\ncontact = "a"', {"source": {"contact": 'é "x"\\'}}, '[source]\ncontact = "é \\"x\\"\\\\"\n'),
    ],
)  # fmt: skip
def test_only_what_is_set_changes(text: str, settings: Settings, after: str) -> None:
    assert edited(text, settings) == after


@pytest.mark.parametrize(
    "text",
    [
        "telegram.chats = [1]\n",
        "telegram = { chats = [1] }\n",
        '[telegram]\n"chats" = [1]\n',
        'note = """\n[telegram]\n"""\n',
        "[telegram\n",
        "[telegram]\nchats = \n",
    ],
)
def test_a_text_that_is_written_otherwise_is_left_to_its_author(text: str) -> None:
    with pytest.raises(NotEditable):
        edited(text, CHATS)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f")))
@example('"\\\n\t\x00')
def test_every_text_comes_back_as_it_was_set(contact: str) -> None:
    assert tomllib.loads(edited("", {"source": {"contact": contact}})) == {"source": {"contact": contact}}


def test_a_list_may_be_empty() -> None:
    assert as_toml([]) == "[]"
