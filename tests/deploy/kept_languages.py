"""Speak every language with the data alone that the Dockerfile keeps: python -m tests.deploy.kept_languages FOLDER.

Without FOLDER with all data.
"""

from __future__ import annotations

import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel import localedata

from monitor.language import catalogs, zones
from monitor.language.speech import speak
from monitor.pledge import dates


def keep(folder: Path) -> None:
    """Copy what the Dockerfile keeps into ``folder``, and let the library know of nothing else."""
    kept = re.compile(rf"root\.dat|({'|'.join(catalogs.languages())})(_.*)?\.dat")
    for path in Path(localedata._dirname).iterdir():
        if kept.fullmatch(path.name):
            shutil.copy(path, folder)
    localedata._dirname = str(folder)


def main() -> None:
    """Say a little of everything that asks the library."""
    if sys.argv[1:]:
        keep(Path(sys.argv[1]))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    for code in catalogs.languages():
        say = speak(code)
        words = (
            say.weekday(now),
            say.moment(now),
            say.month(now),
            say.number(1234),
            say.decimal(1.25),
            say.share(0.5),
        )
        tongues = (say.tongue("ar"), say.tongue("zh"), say.listing("abc"), say.choice("abc"))
        sys.stdout.write(
            " | ".join(
                (
                    *words,
                    *tongues,
                    zones.city(say, "America/New_York"),
                    *dates.marked("24 novembre 2019", now.date())[1],
                )
            )
            + "\n"
        )


if __name__ == "__main__":
    main()
