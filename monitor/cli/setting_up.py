"""The command that sets the monitor up: init."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.common import FAILED, example, log_to_stderr

if TYPE_CHECKING:
    from monitor.setting_up.place import Place
    from monitor.setting_up.wish import Wish


@click.command(epilog=example("init --token-file token.txt --chat -1001234567890 --contact you@example.org"))
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="The file that holds the bot's token; - for stdin.",
)
@click.option("--chat", help="The chat that is alerted: a number, or @name of a channel.")
@click.option("--operator", help="The chat that decides; without it CHAT, where that is a person's.")
@click.option("--contact", help="A mail or https address, told to UNODC with each request.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the settings go; without it MONITOR_CONFIG, else data/config.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Ask nothing, and replace what is set differently.")
@click.option("--no-proof", is_flag=True, help="Write without trying the bot, the chat and a profile.")
def init(
    token_file: Path | None,
    chat: str | None,
    operator: str | None,
    contact: str | None,
    folder: Path | None,
    *,
    is_sure: bool,
    no_proof: bool,
) -> None:
    """Set the monitor up: ask for the bot's token, the first chat and a contact, try each, and write them down.

    In a terminal it asks for what is not given. Nothing is written before the end; what is set already is shown, and
    replaced only when you say so.
    """
    from monitor.config.own import own_folder
    from monitor.setting_up.place import Place
    from monitor.setting_up.wish import Wish, chat_of

    place = Place(folder or own_folder(os.environ))
    place.refuse_unwritable()
    _refuse_lost(place)
    token = _read(token_file) if token_file else ""
    log_to_stderr("warning", "auto", [token])
    wish = Wish(token, operators=(chat_of(operator),) if operator else (), contact=contact or "")
    wish = wish.with_chat(chat_of(chat)) if chat else wish
    is_asking = sys.stdin.isatty() and not is_sure and not no_proof
    try:
        wish = _asked(place, wish) if is_asking else _given(place, wish, is_proven=not no_proof)
        _confirm(place, wish, is_sure=is_sure, is_asking=is_asking)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nNothing was written.", err=True)
        raise
    _write(place, wish)


def _read(file: Path) -> str:
    try:
        return (sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")).strip()
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{file} cannot be read: {error}.") from None


def _refuse_lost(place: Place) -> None:
    from monitor.errors import StoreError
    from monitor.setting_up.place import is_image, is_lost

    if is_image(sys.prefix) and is_lost(place.folder):
        raise StoreError(
            f"{place.folder} is inside this container and would end with it. Mount a folder or a volume there, "
            f"for example with -v uncac-config:{place.folder.absolute()}, and run this again."
        )


def _asked(place: Place, wish: Wish) -> Wish:
    from monitor.cli.interview import Interview
    from monitor.setting_up.prove import profile
    from monitor.setting_up.wish import tried

    click.echo(
        f"This sets the monitor up in {place.folder}. Nothing is written before the end; Ctrl-C leaves all as it is."
    )
    _show_set(place)
    wish, _ = Interview(os.environ, place.folder, wish).finish()
    proof = asyncio.run(profile(tried(os.environ, place.folder, wish)))
    click.echo(f"   {proof.line}")
    if not proof.is_well:
        click.echo(
            "   The site may be down, or refuse this machine; `uncac-monitor check --online` tries more."
        )
        click.confirm("   Write the settings all the same?", abort=True)
    return wish


def _show_set(place: Place) -> None:
    from monitor.setting_up.edit import as_toml

    own = place.own()
    keys = (
        ("telegram", "token_file"),
        ("telegram", "chats"),
        ("telegram", "operators"),
        ("source", "contact"),
    )
    known = [
        f"{key} = {as_toml(own[section][key])}" for section, key in keys if own.get(section, {}).get(key)
    ]
    if known:
        click.echo(f"Set there already, and kept: {', '.join(known)}")


def _given(place: Place, wish: Wish, *, is_proven: bool) -> Wish:
    """Take what the options say, and prove it without asking anybody."""
    from monitor.setting_up.prove import bot_name, greet, profile
    from monitor.setting_up.wish import tried

    config = tried(os.environ, place.folder, wish)
    missing = {
        "--token-file": not config.telegram.has_token,
        "--chat": not config.telegram.chats,
        "--contact": not config.source.contact,
    }
    if any(missing.values()):
        names = ", ".join(name for name, is_missing in missing.items() if is_missing)
        raise click.UsageError(f"nobody can be asked here, so it must be given: {names}.")
    if not is_proven:
        return wish
    bot = asyncio.run(bot_name(config))
    click.echo(f"Telegram knows the bot as @{bot}.")
    for known in config.telegram.chats[:1]:
        there = asyncio.run(greet(config, known, bot))
        click.echo(f"A test message arrived in {there}.")
        wish = wish.with_chat(there) if there != known else wish
    proof = asyncio.run(profile(config))
    click.echo(proof.line)
    if not proof.is_well:
        click.echo(
            "Nothing was written. Try later, or write the settings all the same with --no-proof.", err=True
        )
        sys.exit(FAILED)
    return wish


def _confirm(place: Place, wish: Wish, *, is_sure: bool, is_asking: bool) -> None:
    from monitor.setting_up.wish import replaced

    different = replaced(place.own(), wish)
    if is_sure or not different:
        return
    click.echo(f"{place.file} says otherwise:\n  " + "\n  ".join(different))
    if not is_asking:
        click.echo("Nothing was written: add --yes to replace that.", err=True)
        sys.exit(FAILED)
    click.confirm("Replace that?", abort=True)


def _write(place: Place, wish: Wish) -> None:
    from monitor.assembly import utc_now

    if not wish.settings():
        click.echo("All of it was set already: nothing was written.")
    else:
        for file in place.write(wish, utc_now()):
            click.echo(f"Written: {file}")
    _show_next(place, wish)


def _show_next(place: Place, wish: Wish) -> None:
    from monitor.setting_up.place import is_image, start_command
    from monitor.setting_up.wish import overruled, tried

    for name in overruled(os.environ, wish):
        click.echo(f"{name} is set in the environment and goes before that file: take it away.")
    if not tried(os.environ, place.folder, wish).telegram.operators:
        click.echo("Nobody is asked yet when a person has to decide: name a chat with --operator.")
    if is_image(sys.prefix):
        click.echo("Start it: run the image with the same mounts and without `init` (docker compose up -d).")
        return
    command = start_command(os.environ, place.folder, Path(sys.argv[0]), Path(sys.executable))
    click.echo(f"Start it, in this folder ({Path.cwd()}):\n\n    {command}")
