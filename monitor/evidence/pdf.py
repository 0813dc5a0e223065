"""A process of its own that looks into one PDF, so that a hostile one hurts nobody: python -m monitor.evidence.pdf FILE.

Prints JSON lines, the surest first, so that what was found before a limit was reached is not lost.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space."""
SECONDS: Final = 15
"""Of CPU."""
_FILES: Final = 32
_PAGES_READ: Final = 5
_LONGEST_TEXT: Final = 20_000
_LONGEST_TITLE: Final = 1_000


def main(path: str) -> None:
    """Look into a file under hard limits."""
    _limit()
    logging.disable(logging.CRITICAL)
    for found in look_into(path):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def look_into(path: str) -> Iterator[dict[str, Any]]:
    """Find the number of pages, the title, and the language of the first pages' text; raises whatever pypdf does."""
    from pypdf import PdfReader  # noqa: PLC0415 - under the limits already

    from monitor.evidence.tongue import language_of  # noqa: PLC0415 - the same

    reader = PdfReader(path, strict=False)
    yield {"pages": len(reader.pages)}
    title = reader.metadata.title if reader.metadata else ""
    yield {"title": str(title or "")[:_LONGEST_TITLE]}
    text = ""
    for page in reader.pages[:_PAGES_READ]:
        text += page.extract_text()[:_LONGEST_TEXT]
        yield {"language": language_of(text)}


def _limit() -> None:
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
        # pypdf would have another program of this machine read some pictures.
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1])
