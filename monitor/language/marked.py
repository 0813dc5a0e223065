"""Words that are data and are shown to people: named here, so that translators find them.

Where on a page words stood and what they decided (model), why something is unknown and what is kept (board), the shipped regions and subjects (config).
"""

from __future__ import annotations

from typing import Final

from monitor.language.speech import N_

PLACES: Final = (
    N_("label"),
    N_("title attribute"),
    N_("aria-label"),
    N_("text before"),
    N_("text after"),
    N_("row header"),
    N_("column header"),
    N_("row cell"),
    N_("term"),
    N_("summary"),
    N_("caption"),
    N_("legend"),
    N_("card title"),
    N_("tab"),
    N_("list item"),
    N_("line before"),
    N_("bold label"),
    N_("heading"),
    N_("page heading"),
    N_("language attribute"),
    N_("symbol"),
    N_("address"),
)
REASONS: Final = (
    N_("never read"),
    N_("cannot be read now"),
    N_("a look that is not believed yet lists one"),
    N_("a document that nobody is sure of may be it"),
    N_("one is published whose cycle is not stated"),
    N_("one that was listed is missing, not long enough to call it withdrawn"),
)
KEPT: Final = (
    N_("can be seen to be kept"),
    N_("can be seen in part"),
    N_("cannot be seen"),
    N_("unknown"),
)
DECIDED: Final = (
    N_("kind"),
    N_("cycle"),
    N_("language"),
    N_("doubt"),
)
REGIONS: Final = (
    N_("Americas"),
    N_("East Asia, Central Asia & Pacific"),
    N_("Europe"),
    N_("Middle East & North Africa"),
    N_("South Asia"),
    N_("Sub-Saharan Africa"),
)
SUBJECTS: Final = (
    N_("criminalization and law enforcement"),
    N_("international cooperation"),
    N_("prevention"),
    N_("asset recovery"),
)
