"""
Forks one keeper after another, kills each at the moment that it is told, and passes on what the keepers acknowledged.

A line of input is a keeper's name, its database, and after how many acknowledgements and how many seconds more it is killed. It keeps,
revises, corrects, proposes and removes without end and says so, a JSON object a line, as soon as the Store has. Loading the modules is paid
for once.
"""

import asyncio
import itertools
import json
import os
import select
import signal
import sys
import time
from typing import Any

from builders_storage import ADA, CODEC, build_correction, build_whole

from bot.domain.person import EVERYONE
from bot.storage.address import read_address
from bot.storage.corrections import apply_corrections
from bot.storage.database import open_engines
from bot.storage.records import Kept
from bot.storage.store import Store

SCOPES = (EVERYONE,)


def say(output: int, **what: Any) -> None:
    """Write a whole line at once: a kill cannot cut it."""
    os.write(output, f"{json.dumps(what)}\n".encode())


async def keep_on(url: str, name: str, output: int) -> None:
    async with Store.open(url, CODEC) as store:
        for number in itertools.count():
            await work(store, f"{name} {number}", output)


async def work(store: Store, name: str, output: int) -> None:
    first, second = (build_whole(f"{name} {part}", link=f"https://crumb.example/{name} {part}") for part in ("a", "b"))
    kept = await store.keep([first, second], scope=EVERYONE, by=ADA)
    for one, posting in zip(kept, (first, second), strict=True):
        say(output, kept=one.id, revision=one.revision, text=posting.text)
    revised = build_whole(f"{name} a, revised", link=first.link)
    await render_revision(output, await store.revise(kept[0].id, revised, scopes=SCOPES, by=ADA), text=revised.text)
    corrected = apply_corrections(revised, [build_correction("head_title", words="Corrected")])
    await render_revision(output, await store.revise(kept[0].id, corrected, scopes=SCOPES, by=ADA), text=revised.text, title="Corrected")
    proposal = await store.proposals.put(build_whole(f"{name} proposed"), scope=EVERYONE, by=ADA)
    say(output, proposed=proposal.id, text=proposal.posting.text)
    settled = await store.proposals.keep(proposal.id, scopes=SCOPES, by=ADA)
    assert settled is not None
    assert settled.kept is not None
    say(output, settled=proposal.id, kept=settled.kept.id, revision=settled.kept.revision, text=proposal.posting.text)
    assert await store.remove(kept[1].id, scopes=SCOPES, by=ADA)
    say(output, removed=kept[1].id)


async def render_revision(output: int, revised: Kept | None, **what: Any) -> None:
    assert revised is not None
    say(output, kept=revised.id, revision=revised.revision, **what)


def run_and_kill(url: str, name: str, *, lines: int, seconds: float) -> None:
    """Fork a keeper, kill it, and print all that it said and how it ended."""
    heard, said = os.pipe()
    keeper = os.fork()
    if not keeper:
        os.close(heard)
        asyncio.run(keep_on(url, name, said))
        os._exit(1)
    os.close(said)
    told = b""
    while told.count(b"\n") < lines and (more := os.read(heard, 65536)):
        told += more
    # Waits on the pipe, and so ends early only if the keeper does.
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and select.select([heard], [], [], left)[0] and (more := os.read(heard, 65536)):
        told += more
    os.kill(keeper, signal.SIGKILL)
    while more := os.read(heard, 65536):
        told += more
    os.close(heard)
    _, status = os.waitpid(keeper, 0)
    sys.stdout.write(f"{told.decode()}{json.dumps({'ended': os.waitstatus_to_exitcode(status)})}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # Loads both drivers; nothing is connected, and so nothing is shared by the keepers.
    for kind in ("sqlite://", "postgresql://localhost/none"):
        open_engines(read_address(kind))
    for line in sys.stdin:
        run_and_kill(**json.loads(line))
