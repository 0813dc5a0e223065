"""The command that tries rules on the pages that are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.common import as_json, asked, example, load, show, show_json, world

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.replay import Replayed


@click.command(epilog=example("replay --since 2026-11-01 --proposals"))
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="Only what was seen since (UTC)."
)
@click.option(
    "--rules",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Try the classification.toml and cycles.toml of this folder; what is missing there is today's.",
)
@click.option(
    "--proposals", "with_proposals", is_flag=True, help="Try what `proposals` prints, as if it counted."
)
@click.option("--country", help="Only this country: a code or a name.")
@as_json
def replay(
    since: datetime | None, folder: Path | None, country: str | None, *, with_proposals: bool, is_json: bool
) -> None:
    """Read the archived pages again, by today's rules or others; nothing is stored and nobody is told.

    Prints which documents would be read differently, and which alerts would have gone out or not.
    """
    from datetime import UTC

    config = load()
    start = since.replace(tzinfo=UTC) if since else None
    found = _replayed(config, start, folder, country, with_proposals=with_proposals)
    from monitor.show.replay import replayed, replayed_json

    if is_json:
        show_json(replayed_json(found))
    else:
        show(lambda _: replayed(found))


def _replayed(
    config: Config, since: datetime | None, folder: Path | None, country: str | None, *, with_proposals: bool
) -> Replayed:
    from monitor.assembly import belief
    from monitor.evidence.archive import Archive
    from monitor.once import progress_bar
    from monitor.replay import Replay, tried_rules

    countries, known = asked(config, country), world(config)
    proposals = known.proposals if with_proposals else None
    is_trial = folder is not None or with_proposals
    rules = tried_rules(config, folder, proposals) if is_trial else None
    archive = Archive(config.archive_folder, config.archive.max_megabytes * 1_000_000)
    trial = Replay(config, known, archive, belief(config), rules, countries)
    with progress_bar("Reading again", trial.total) as seen:
        return trial.run(since, seen)
