"""The command that proves what was told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.common import as_json, example, find, load, show, show_json, world

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.evidence.chain import Chain
    from monitor.model import Country, KnownDocument, World


@click.command(epilog=example("evidence MEX-3f9a2c1b --bundle mexico.zip"))
@click.argument("country", metavar="COUNTRY|PROOF|ADDRESS")
@click.argument("document", required=False, default="")
@click.option(
    "--bundle",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    help="Pack page, file, texts and their sums into a new file that a third party can check.",
)
@as_json
def evidence(country: str, document: str, bundle: Path | None, *, is_json: bool) -> None:
    """Print the chain that proves what is said of a document, from the page to the alert.

    COUNTRY alone lists its documents with their proof ids. DOCUMENT is a proof id or its beginning, any address at
    which it ever stood, or words of the title.
    """
    from monitor.board.proofs import chain_json
    from monitor.evidence.chain import chain

    config = load()
    state = world(config)
    of, known = _meant(config, state, country, document)
    chains = [chain(state, of.code, each) for each in known]
    if bundle is not None:
        _pack(config, of, _only(chains), bundle)
    elif is_json:
        show_json([chain_json(each) for each in chains])
    elif document or _is_document(country):
        from monitor.show.evidence import accounts

        show(lambda _: accounts(of, chains))
    else:
        from monitor.show.evidence import proofs

        show(lambda _: proofs(of, known))


def _is_document(words: str) -> bool:
    from monitor.evidence.proof import code_in

    return bool(code_in(words)) or "://" in words


def _meant(
    config: Config, state: World, country: str, document: str
) -> tuple[Country, tuple[KnownDocument, ...]]:
    from monitor.evidence.proof import code_at, code_in, found_by

    words = document or (country if _is_document(country) else "")
    of = find(config, code_in(country) or code_at(country, state.dossiers) or country)
    found = found_by(words, state.dossiers, of.code)
    if not found:
        raise click.UsageError(
            f"no document of {of.name} is called {words!r}: `uncac-monitor evidence {of.code}` lists them"
            if words
            else f"no document of {of.name} is known yet: look once with `uncac-monitor sweep {of.code}`"
        )
    return of, found


def _only(chains: list[Chain]) -> Chain:
    if len(chains) > 1:
        names = ", ".join(each.proof for each in chains)
        raise click.UsageError(f"a bundle is about one document; this could be {names}")
    return chains[0]


def _pack(config: Config, of: Country, found: Chain, path: Path) -> None:
    from hashlib import sha256

    import orjson

    from monitor import __version__
    from monitor.board.proofs import chain_json
    from monitor.disk import write_new
    from monitor.evidence.account import account
    from monitor.evidence.archive import Archive
    from monitor.evidence.bundle import packed, pieces
    from monitor.evidence.chain import as_of, files_in, pages_in
    from monitor.language.speech import speak

    archive = Archive(config.archive_folder, config.archive.max_megabytes * 1_000_000)
    kept = {name: archive.file(name) for name in files_in(found)}
    content = pieces(
        found,
        of,
        account(speak(), of, found),
        orjson.dumps(chain_json(found), option=orjson.OPT_INDENT_2),
        pages={name: archive.page(name) for name in pages_in(found)},
        files={name: (file.suffix, file.read_bytes()) if file else None for name, file in kept.items()},
        version=__version__,
    )
    bundle = packed(content, as_of(found))
    write_new(path, bundle)
    click.echo(f"{path}: {len(content)} files. Check it: unzip it and run `sha256sum -c SHA256SUMS`.")
    click.echo(f"Its own sha256, to be made known elsewhere: {sha256(bundle).hexdigest()}")
