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
    parser.add_argument("--keeps", type=int, help="how many messages stay in memory, all without it")
    parser.add_argument("--limits", action="store_true", help="answer 429 to what comes too fast")
    given = parser.parse_args()
    stops = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    kept = {"keeps": given.keeps, "has_limits": given.limits}
    with BotApi(port=given.port, log=given.log, token=given.token, **kept) as api:
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        signal.sigwait(stops)


if __name__ == "__main__":
    main()
