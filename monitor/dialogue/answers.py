"""The whole conversation: every answer there is, behind one router."""

from __future__ import annotations

from typing import Final

from monitor.dialogue import choice, operators, questions
from monitor.dialogue.help import unknown
from monitor.dialogue.route import Router

ROUTER: Final = Router((operators.TABLE, questions.TABLE, choice.TABLE, choice.SHOWN), unknown)
"""Where a command stands in several tables, the first that may answer does."""
