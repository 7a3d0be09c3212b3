"""
Forks one checker after another, and kills each when it is told; says a line when it has.

A line of input is a database and a site that plays boards, and the next one tells to kill. An hour passes in a second, so that boards and
leases are soon due again. Loading the modules is paid for once.
"""

import asyncio
import json
import os
import signal
import sys
import time
from datetime import datetime, timedelta

from builders_boards import NOON, open_checker

from bot.storage.address import read_address
from bot.storage.database import open_engines

_BEGAN = time.time()


def fast_clock() -> datetime:
    """The time, an hour a second, from when the boards are due."""
    return NOON + timedelta(hours=time.time() - _BEGAN)


async def check_on(url: str, base: str) -> None:
    async with open_checker(url, base, clock=fast_clock) as (_, checker):
        while True:
            await checker.check_due()
            await asyncio.sleep(0.02)


def run_and_kill(url: str, base: str) -> None:
    checker = os.fork()
    if not checker:
        asyncio.run(check_on(url, base))
        os._exit(1)
    sys.stdin.readline()
    os.kill(checker, signal.SIGKILL)
    _, status = os.waitpid(checker, 0)
    sys.stdout.write(f"{json.dumps({'ended': os.waitstatus_to_exitcode(status)})}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Loads both drivers; nothing is connected, and so nothing is shared by the checkers.
    for kind in ("sqlite://", "postgresql://localhost/none"):
        open_engines(read_address(kind))
    while line := sys.stdin.readline():
        run_and_kill(**json.loads(line))
