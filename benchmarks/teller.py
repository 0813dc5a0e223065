"""The processes of benchmarks/fanout.py: Telegram, and the part of the service that tells."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from monitor.alert import notices
from monitor.alert.deliver import deliver
from monitor.alert.pace import Pace
from monitor.model import ChatId
from monitor.record.store import Store
from monitor.telegram.sender import TelegramSender
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.state import Json, State


class SlowState(State):
    """Takes its time, and counts whom it made wait."""

    latency = 0.0

    def called(self, method: str, data: Json) -> None:
        super().called(method, data)
        time.sleep(self.latency)


def serve(chosen: argparse.Namespace) -> None:
    """Be Telegram until SIGTERM."""
    log = chosen.folder / "accepted.jsonl"
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    SlowState.latency = chosen.latency
    api = BotApi(keeps=100)
    api.state = SlowState(None, log, keeps=100, has_limits=not chosen.unpaced)
    with api:
        print(api.url, flush=True)
        signal.sigwait({signal.SIGTERM})


class NoPace(Pace):
    """As fast as it goes."""

    def next_start(self, chat: ChatId, now: datetime) -> datetime:  # noqa: ARG002 - the same for all
        return now

    def chat_start(self, chat: ChatId, now: datetime) -> datetime:  # noqa: ARG002 - the same for all
        return now


async def tell(chosen: argparse.Namespace) -> None:
    """Be the part of the service that tells, until nothing is owed; say how often Telegram made it wait."""
    store = Store.open(chosen.folder / "store.json")
    sender = TelegramSender(TOKEN, chosen.url)
    await sender.start()
    pace = NoPace() if chosen.unpaced else Pace()
    waiting, postponed = 1, 0
    while waiting:
        report = await deliver(
            store=store,
            sender=sender,
            pace=pace,
            clock=lambda: datetime.now(UTC),
            uncertain_notice=notices.uncertain,
            given_up_notice=notices.given_up,
        )
        waiting, postponed = report.waiting, postponed + report.postponed
        await asyncio.sleep(0.2)
    await sender.close()
    store.close()
    print(json.dumps({"postponed": postponed}), flush=True)


def main() -> None:
    """Do one of the two tasks."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=("serve", "tell"))
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--latency", type=float, default=0.0)
    options.add_argument("--unpaced", action="store_true")
    options.add_argument("--url", default="")
    chosen = options.parse_args()
    if chosen.task == "serve":
        serve(chosen)
    else:
        asyncio.run(tell(chosen))


if __name__ == "__main__":
    main()
