from __future__ import annotations

from tests.site.fuzzed_answers import fuzz


async def test_an_answer_broken_at_random_is_an_answer_or_an_error_in_words_and_ends_in_time() -> None:
    came, slowest = await fuzz(400, seed=1)
    assert sum(came.values()) == 800
    assert (
        {"Page", "FileAnswer", "NoAnswer", "FetchError"}
        <= set(came)
        <= {"Page", "FileAnswer", "NoAnswer", "FetchError", "Blocked", "Astray"}
    )
    assert slowest < 10
