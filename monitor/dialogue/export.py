"""The register as a file: /export."""

from __future__ import annotations

from monitor.board.sheet import register_csv
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import File, Reply
from monitor.language.speech import Speech


def export(say: Speech, _ask: Ask, _rest: str, view: View) -> Reply:
    """Send every document that was ever seen, as a table."""
    known = sum(len(dossier.documents) for dossier in view.world.dossiers.values())
    caption = say.many("The register: {number} document", "The register: {number} documents", known)
    name = f"uncac-register-{view.now:%Y-%m-%d}.csv"
    world = view.world
    table = register_csv(view.countries, world.dossiers, view.pledges, world.files)
    return Reply(file=File(name, table, caption))
