"""The command that writes the board into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.common import example, load, world


@click.command(epilog=example("export public/"))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the board into FOLDER: pages, open data and feeds that any web host can serve.

    Reads the store beside a running service. What has not changed since the last time is not touched, and only files
    that this command wrote are ever replaced or removed.
    """
    from monitor.assembly import utc_now, view_of
    from monitor.drawing import draw
    from monitor.errors import StoreError
    from monitor.exporting import export as write_all
    from monitor.once import progress_bar
    from monitor.web.plan import plan

    config = load()
    view = view_of(config, world(config), utc_now())
    if not any(dossier.first_read for dossier in view.world.dossiers.values()):
        raise StoreError(
            "no country was read yet, so there is nothing to show: run uncac-monitor sweep, then export again."
        )
    with progress_bar("Writing", len(plan(view, draw))) as seen:
        done = write_all(view, folder, seen, draw)
    number = done.written + done.unchanged
    click.echo(
        f"{number} files in {folder}: {done.written} written, {done.unchanged} unchanged; {done.removed} removed."
    )
    click.echo(f"Look at it: {(folder / 'index.html').resolve().as_uri()}")
    click.echo(f"Serve it: python -m http.server --directory {folder}, or copy it to any web host.")
