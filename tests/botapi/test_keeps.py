from __future__ import annotations

import json
from pathlib import Path

from telegram import Bot

from tests.botapi import BotApi


async def test_only_the_newest_stay_in_memory_while_counts_and_log_are_exact(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with BotApi(keeps=10, log=log) as api:
        async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
            for at in range(45):
                await bot.send_message(1 + at % 3, str(at))
            await bot.send_document(1, b"x", caption="last")
        state = api.state
        assert 10 <= len(state.messages) <= 20
        assert len(state.calls) <= 20
        assert len(state.history) == 10
        assert api.texts(1)[-1] == "last"
        assert (api.count(1), api.count(2), api.count()) == (16, 15, 46)
        assert len(api.wait_for_messages(46, 0.1)) == len(state.messages)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["message_id"] for line in lines] == list(range(1, 47))
    assert [line["text"] for line in lines] == [*map(str, range(45)), "last"]


async def test_files_are_forgotten_as_messages_are() -> None:
    with BotApi(keeps=2) as api:
        async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
            names = [(await bot.send_document(1, b"%d" % at, filename="a")).document for at in range(5)]
        assert list(api.state.files.values()) == [b"3", b"4"]
        assert len({document.file_id for document in names if document}) == 5
