"""The command that looks after the archive."""

from __future__ import annotations

import click

from monitor.cli.common import as_json, example, load, show_json, world

_DAY = 86_400


@click.command(epilog=example("archive --prune 365"))
@click.option(
    "--prune",
    "days",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="Remove what proves no alert and was kept longer ago than so many days.",
)
@as_json
def archive(days: int | None, *, is_json: bool) -> None:
    """Say what the archive holds: pages as they were served, and documents' files.

    By itself it makes room only when it is full; what proves an alert always stays,
    and so does what came within the hour, which a sweep under way may rest on.
    """
    from time import time

    from monitor.evidence.archive import FRESH, Archive, disposable
    from monitor.evidence.needs import needs_of

    config = load()
    held = Archive(config.archive_folder, config.archive.max_megabytes * 1_000_000)
    before = time() - max((days or 0) * _DAY, FRESH)
    old = [] if days is None else disposable(held.entries(), needs_of(world(config)), before=before)
    for entry in old:
        entry.path.unlink(missing_ok=True)
    entries = list(held.entries())
    found = {
        "folder": str(held.folder),
        "pages": sum(entry.kind == "pages" for entry in entries),
        "files": sum(entry.kind == "files" for entry in entries),
        "bytes": sum(entry.size for entry in entries),
        "limit": held.limit,
        "removed": len(old),
    }
    if is_json:
        show_json(found)
        return
    if days is not None:
        click.echo(f"Removed: {len(old)}, {sum(entry.size for entry in old) / 1e6:.1f} MB.")
    click.echo(
        f"{held.folder}: {found['pages']} pages and {found['files']} documents, "
        f"{sum(entry.size for entry in entries) / 1e6:.1f} of {config.archive.max_megabytes} MB."
    )
