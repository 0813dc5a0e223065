"""Commands that look back: what changed between two moments, and the yearly stock-take."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.common import as_json, example, find, load, show, show_json, world

if TYPE_CHECKING:
    from monitor.board.stocktake import Stocktake
    from monitor.board.view import View
    from monitor.language.speech import Speech

_FORMATS = ["markdown", "html", "text"]


class Moment(click.ParamType[datetime]):
    """A day or a moment in UTC; of a day the beginning, or the end."""

    name = "date"

    def __init__(self, *, is_end: bool = False) -> None:
        """``is_end``: a day means its last moment, so that the day itself is included."""
        self._is_end = is_end

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        """Read it; click tells the person what is wrong."""
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date: write 2026-12-09 or 2026-12-09T08:00:00 (UTC).", param, ctx)
        moment = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
        is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
        return moment + timedelta(days=1, microseconds=-1) if is_day and self._is_end else moment


@click.command(epilog=example("changes --since 2026-11-01"))
@click.argument("country", required=False)
@click.option("--since", type=Moment(), help="Only changes seen since, a day or a moment (UTC).")
@click.option("--until", type=Moment(is_end=True), help="Only changes seen up to then, the day included.")
@as_json
def changes(country: str | None, since: datetime | None, until: datetime | None, *, is_json: bool) -> None:
    """List publications, revisions, moves and withdrawals, and when each happened; of one country, or of all."""
    from monitor.board.export import change_json
    from monitor.board.stocktake import changes_within

    _check(since, until)
    config = load()
    code = find(config, country).code if country else ""
    state = world(config)
    found = [each for each in changes_within(state.changes, since, until) if code in {"", each.code}]
    if is_json:
        show_json([change_json(change, state.dossiers.get(change.code)) for change in found])
    else:
        show(lambda tables: tables.history(found))


@click.command(epilog=example("stocktake --language fr --format text"))
@click.option("--since", type=Moment(), help="From when on; without it the last 9 December.")
@click.option("--until", type=Moment(is_end=True), help="Up to when, the day included; without it up to now.")
@click.option("--language", default="en", metavar="CODE", help="In which language: en, fr, es.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default=_FORMATS[0], show_default=True)
def stocktake(since: datetime | None, until: datetime | None, language: str, form: str) -> None:
    """Print what was published, replaced and withdrawn since the last International Anti-Corruption Day.

    Ready to be pasted: Markdown or HTML into a newsletter, text into a chat.
    """
    from monitor.board.stocktake import stocktake as taken
    from monitor.language.catalogs import languages
    from monitor.language.speech import speak

    if language not in languages():
        raise click.UsageError(f"{language!r} is not spoken here; these are: {', '.join(languages())}.")
    _check(since, until)
    view = _view()
    _check(since, view.as_of)
    found = taken(view, since, min(until, view.as_of) if until else None)
    click.echo(_written(form, speak(language), found), nl=False)


def _check(since: datetime | None, until: datetime | None) -> None:
    if since and until and since > until:
        raise click.UsageError(f"--since is later than the end, {until:%Y-%m-%d %H:%M} UTC.")


def _view() -> View:
    from monitor.assembly import utc_now, view_of

    config = load()
    return view_of(config, world(config), utc_now())


def _written(form: str, say: Speech, found: Stocktake) -> str:
    from monitor.board.piece import as_html, as_lines, as_markdown
    from monitor.board.style import HTML, MARKDOWN, PLAIN
    from monitor.board.year import year

    match form:
        case "html":
            return as_html(year(say, found, HTML), HTML, say.code)
        case "markdown":
            return as_markdown(year(say, found, MARKDOWN), MARKDOWN)
        case _:
            return "\n".join(as_lines(year(say, found, PLAIN), PLAIN)) + "\n"
