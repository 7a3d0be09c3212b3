"""
How long `python -m bot run` takes until it is ready, and how much memory it has then: `python benchmarks/starting.py [POSTINGS] [FILE]`.

A database of so many made-up postings (100,000 by default), each of a company of its own, is made in FILE unless it is there. The bot is
started on it against a Discord on this machine, three times; told are the seconds until it has come in, those of a processor, and the
memory that it holds. The last time what is kept of the postings' names is gone, as after an update.
"""

import asyncio
import itertools
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from small_discord import ROOT, TOKEN, SmallDiscord, small_discord

from benchmarks.name_generator import NameGenerator
from bot.domain.person import EVERYONE
from bot.domain.posting import Posting
from bot.presentation.chat_service import open_store

_BATCH = 500
_RANKS = ("", "", "", "Senior ", "Junior ", "Staff ", "Lead ", "Principal ")
_FIELDS = """
Data Backend Frontend Platform Security Machine-Learning Payroll Sales Support Cloud Embedded Mobile Quality Growth
Field
"""
_ROLES = """
Engineer Developer Analyst Manager Scientist Designer Architect Consultant Technician Specialist Coordinator
Administrator
"""
_TEAMS = ("", "", ", Payments", " (Remote)", " - Core Team", ", Search", " II", " (m/f/d)", " - Night Shift")
_CITIES = (
    "Berlin, Germany",
    "Oslo, Norway",
    "Austin, TX",
    "Remote - US",
    "Nairobi, Kenya",
    "Lyon, France",
    "London, UK",
    "Toronto, Canada",
)


def make_postings(count: int) -> Iterator[Posting]:
    """Yield postings, always the same ones."""
    chance = random.Random(7)  # noqa: S311 -- a benchmark's names, not secrets
    for number, name in enumerate(NameGenerator(7).names(count)):
        title = f"{chance.choice(_RANKS)}{chance.choice(_FIELDS.split())} {chance.choice(_ROLES.split())}{chance.choice(_TEAMS)}"
        text = f"{name} is hiring a {title}.\nPosting number {number}."
        place, link = chance.choice(_CITIES), f"https://jobs.example/{number}"
        yield Posting(source=f"{number}.md", title=title, company=name, link=link, location=place, text=text)


async def fill(url: str, count: int) -> None:
    """Keep the postings."""
    async with open_store(url) as store:
        postings = make_postings(count)
        while batch := list(itertools.islice(postings, _BATCH)):
            await store.keep(batch, scope=EVERYONE)


async def start(url: str, here: SmallDiscord) -> str:
    """Start the bot, and return what it came to once it is in."""
    here.is_ready.clear()
    environment = {**os.environ, "DATABASE_URL": url, "DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": f"{here.url}/api/v10"}
    began = time.perf_counter()
    bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment)
    await here.is_ready.wait()
    took, told = time.perf_counter() - began, measure(bot.pid)
    bot.terminate()
    await bot.wait()
    return f"ready after {took:5.2f} s, {told}"


def measure(process: int) -> str:
    """Return what a process has had of a processor, and the memory that it holds."""
    worked = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines())
    now, most = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return f"{sum(map(int, worked)) / os.sysconf('SC_CLK_TCK'):5.2f} s of a processor, {now:.0f} MB ({most:.0f} at most)"


async def main() -> None:
    """Fill a database and start on it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "kept.db"
        url = f"sqlite+aiosqlite:///{file.absolute()}"
        if not file.exists():
            began = time.perf_counter()
            await fill(url, count)
            print(f"{count:,} postings kept in {time.perf_counter() - began:.0f} s", flush=True)
        async with small_discord() as here:
            for turn in range(3):
                if turn == 2:
                    with sqlite3.connect(file) as connection:
                        connection.execute("DELETE FROM called")
                print(("started", "again", "with nothing known of names")[turn], "-", await start(url, here), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
