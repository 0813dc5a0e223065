"""Run it by itself: ``python -m tests.botapi --port 0 --log FILE`` prints its address, then serves until a signal."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from tests.botapi.server import TOKEN, BotApi


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tests.botapi")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--log", type=Path, help="accepted messages, one JSON line each")
    parser.add_argument("--token", default=TOKEN, help="other tokens are answered 401")
    given = parser.parse_args()
    stops = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    with BotApi(port=given.port, log=given.log, token=given.token) as api:
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        signal.sigwait(stops)


if __name__ == "__main__":
    main()
