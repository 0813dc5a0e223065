"""What people said of documents, as rules for all others: phrases to append to classification.toml."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from monitor.alert.markup import tidy
from monitor.board.export import instant
from monitor.model import Proposal
from monitor.profile.rules import Rules
from monitor.profile.tell import is_only_language
from monitor.profile.words import fold

_LONGEST: Final = 200
_PHRASE: Final = "\n[[phrases]]\n"
_TRY: Final = "# Before they count: `uncac-monitor replay --proposals` shows what they would change.\n"


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Write one proposal."""
    return {
        "country": proposal.code,
        "url": proposal.url,
        "words": proposal.words,
        "kind": proposal.kind.value,
        "cycle": proposal.cycle,
        "said_at": instant(proposal.said_at),
    }


def as_toml(proposals: Iterable[Proposal], rules: Rules) -> str:
    """Write what the rules do not know yet as [[phrases]]; what can be no phrase is a remark with the reason."""
    said = {(fold(each.words), each.kind): each for each in proposals}
    parts = [part for each in said.values() if (part := _part(each, rules))]
    if any(_PHRASE in part for part in parts):
        parts.insert(0, _TRY)
    return "\n".join(parts) or "# Nothing is proposed: the rules know all that people said.\n"


def _part(proposal: Proposal, rules: Rules) -> str:
    why_not = _objection(proposal, rules)
    if why_not is None:
        return ""
    cycle = f", cycle {proposal.cycle}" if proposal.cycle else ""
    head = f"# {proposal.code}{cycle}, said {proposal.said_at:%Y-%m-%d}: {tidy(proposal.url, 2000)}\n"
    words = json.dumps(tidy(proposal.words, _LONGEST), ensure_ascii=False)
    if why_not:
        return f"{head}# {words} is {proposal.kind} there, but no phrase: {why_not}.\n"
    return f'{head.rstrip()}{_PHRASE}kind = "{proposal.kind}"\nwords = [{words}]\n'


def _objection(proposal: Proposal, rules: Rules) -> str | None:
    """Say why the words make no phrase; nothing where they do, None where they are one already."""
    folded = fold(proposal.words)
    kinds = {hit.meaning.kind for hit in rules.kinds.find(folded) if hit.meaning.is_confirmed}
    if kinds == {proposal.kind}:
        return None
    if kinds:
        return f"the rules read it as {' and '.join(sorted(kinds))}"
    return "it says too little" if is_only_language(folded, rules) else ""
