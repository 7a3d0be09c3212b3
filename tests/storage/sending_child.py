"""
Forks senders, and kills each when it is told; says a line when it has.

A line of input is a database and what plays Discord; the next one tells to kill one of the senders that run. A minute passes in
three seconds, so that what was taken is soon due again. Loading the modules is paid for once.
"""

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from datetime import UTC, datetime, timedelta

import discord
from discord.http import Route
from small_discord import TOKEN

from bot.admin.context import ServerCache, Services
from bot.admin.watching import KIND, WatchService
from bot.answering.assistant import Assistant
from bot.discord import feed
from bot.discord.feed import Feed
from bot.discord.gateway import SteadyClient
from bot.discord.outbox import OutboxSender, Postbox
from bot.presentation.chat_service import CODEC
from bot.storage.address import read_address
from bot.storage.database import open_engines
from bot.storage.store import Store

_BEGAN = time.time()
_PATIENCE, _LONGEST_WAIT = 2.25, timedelta(minutes=2)
"""A try takes so much less than a lease, a minute that passes in three, as it does otherwise."""


def fast_clock() -> datetime:
    """The time, a minute in three seconds."""
    return datetime(2031, 5, 4, tzinfo=UTC) + timedelta(seconds=20 * (time.time() - _BEGAN))


async def send_on(url: str, base: str) -> None:
    Route.BASE = base
    async with Store.open(url, CODEC, clock=fast_clock) as store, SteadyClient(intents=discord.Intents.none()) as client:
        await client.login(TOKEN)
        services = Services(store, Assistant(store), ServerCache(store), announce=_announce)
        watching = WatchService(services, is_member=_is_member)
        posting = Feed(client, store, services.servers)
        sender = OutboxSender(
            client,
            store.outbox,
            kinds={KIND: Postbox(watching.make, watching.pause), feed.KIND: Postbox(posting.bring, posting.shut)},
            readers=(watching.scan, posting.scan),
        )
        sender.patience, sender.longest_wait = _PATIENCE, _LONGEST_WAIT
        while True:
            await sender.send_due()
            await asyncio.sleep(0.01)


async def _announce(_scope: str, _card: object) -> None:
    """Nobody is told."""


async def _is_member(_person: int, _server: int) -> bool:
    return True


def fork(url: str, base: str) -> int:
    sender = os.fork()
    if not sender:
        try:
            asyncio.run(send_on(url, base))
        finally:
            traceback.print_exc()
            os._exit(1)
    return sender


def run_and_kill(url: str, base: str, senders: int) -> None:
    """Keep so many senders running; each line kills the one that has run longest, until there is an empty one."""
    running = [fork(url, base) for _ in range(senders)]
    while True:
        goes_on = sys.stdin.readline().strip() == "kill"
        for sender in [*running[: 1 if goes_on else None]]:
            os.kill(sender, signal.SIGKILL)
            _, status = os.waitpid(sender, 0)
            assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, status
            running.remove(sender)
        if not goes_on:
            return
        running.append(fork(url, base))
        sys.stdout.write(f"{json.dumps({'killed': True})}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    # Loads both drivers; nothing is connected, and so nothing is shared by the senders.
    for kind in ("sqlite://", "postgresql://localhost/none"):
        open_engines(read_address(kind))
    while line := sys.stdin.readline():
        run_and_kill(**json.loads(line))
        sys.stdout.write(f"{json.dumps({'ended': True})}\n")
        sys.stdout.flush()
