"""The command line: parse, call, show. What the commands do stands in the packages that app.py composes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import NoReturn

import click

from monitor.cli.acting import accept, demo, reject, run, say, sweep
from monitor.cli.archiving import archive
from monitor.cli.asking import check, documents, healthy, proposals, read, status
from monitor.cli.common import FAILED, OK, WRONG_CONFIG, show_mistakes
from monitor.cli.exporting import export
from monitor.cli.keeping import backup, restore
from monitor.cli.looking_back import changes, stocktake
from monitor.cli.pledging import pledge
from monitor.cli.program import program
from monitor.cli.proving import evidence
from monitor.cli.replaying import replay
from monitor.cli.setting_up import init

__all__ = ["main", "program"]

READING = (documents, status, changes, stocktake, read, check, proposals, evidence, replay, healthy)
for command in (
    init,
    run,
    sweep,
    *READING,
    accept,
    reject,
    say,
    demo,
    archive,
    backup,
    restore,
    export,
    pledge,
):
    program.add_command(command)


def main() -> NoReturn:
    """Run the command line; errors we expect become one plain message, never a traceback."""
    from monitor.errors import ConfigError, MonitorError

    # Python would walk through all that lives once more before it lets go: a quarter of a second of every stop.
    atexit.register(gc.freeze)
    try:
        program.main(prog_name="uncac-monitor", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except ConfigError as error:
        show_mistakes(error)
        sys.exit(WRONG_CONFIG)
    except MonitorError as error:
        click.echo(f"uncac-monitor: {error}", err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(OK)
