"""The bot answers presses of buttons and inline queries."""

from __future__ import annotations

from tests.botapi.faults import bad
from tests.botapi.fields import Json, flag, parsed, whole
from tests.botapi.keyboard import keyboard
from tests.botapi.state import State
from tests.botapi.text import plain, units

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
MOST_RESULTS = 50
MOST_ID = 64
"""Bytes of an inline result's id."""
MOST_TOAST = 200


def answer_callback(state: State, data: Json) -> bool:
    query = _query(state, data, "callback_query_id")
    text = str(data.get("text", ""))
    if units(text) > MOST_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    return _answered(state, query, {"text": text, "is_alert": flag(data, "show_alert")})


def answer_inline(state: State, data: Json) -> bool:
    query = _query(state, data, "inline_query_id")
    results = parsed(data, "results", "[]")
    if len(results) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    shown = [_result(result) for result in results]
    if len({result["id"] for result in shown}) < len(shown):
        raise bad("RESULT_ID_DUPLICATE")
    answer = {
        "results": shown,
        "cache_time": whole(data, "cache_time"),
        "is_personal": flag(data, "is_personal"),
        "next_offset": data.get("next_offset", ""),
        "button": parsed(data, "button"),
    }
    return _answered(state, query, answer)


def _query(state: State, data: Json, field: str) -> Json:
    query = state.queries.get(str(data.get(field, "")))
    if query is None or query["is_expired"] or query["field"] != field:
        raise bad(TOO_OLD)
    return query


def _answered(state: State, query: Json, answer: Json) -> bool:
    with state.changed:
        query["answers"].append(answer)
        state.changed.notify_all()
    return True


def _result(result: Json) -> Json:
    """Check one result and add the ``text`` a person would send by choosing it."""
    if not 1 <= len(str(result.get("id", "")).encode()) <= MOST_ID:
        raise bad("RESULT_ID_INVALID")
    if result.get("type") == "article" and not str(result.get("title", "")).strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content", {})
    if result.get("type") == "article" and not content:
        raise bad("SEND_MESSAGE_TYPE_INVALID")
    keyboard(result)
    html = content.get("message_text", "")
    return {**result, "text": plain(html, content.get("parse_mode") or "").text if content else ""}
