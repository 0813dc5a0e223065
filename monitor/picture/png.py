"""SVG becomes PNG, with fonts of our own: an image has none, and every machine draws the same.

A program of its own (``python -m monitor.picture.png WIDTH``, SVG in, PNG out): resvg holds the interpreter for some
tenths of a second, in which nobody would be answered.
"""

from __future__ import annotations

import sys
from importlib.resources import as_file, files

import resvg_py


def main(width: int) -> None:
    """Draw what comes in."""
    with as_file(files("monitor.picture") / "fonts") as fonts:
        drawn = resvg_py.svg_to_bytes(
            svg_string=sys.stdin.buffer.read().decode(),
            width=width,
            skip_system_fonts=True,
            font_dirs=[str(fonts)],
            font_family="Inter",
            sans_serif_family="Inter",
        )
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main(int(sys.argv[1]))
