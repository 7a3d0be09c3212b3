"""
How long a search takes among 100,000 postings, beside SQLite's full-text index and a plain scan over the facts.

    search.py [--postings N] [--rounds N]

Postings with made-up facts are kept, under generated company names. The same searches are asked of Rolecall (which counts what fits and
what leaves it open, and tells a page of five), of an FTS5 table of the same keys (which counts and returns five ids), and of a scan that
reads every posting's facts and weighs them. Prints the median and 99th percentile in ms, and both as ratios to Rolecall's own median.
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.name_generator import NameGenerator
from bot.answering.across import topics_of, weigh
from bot.answering.assistant import Assistant
from bot.domain.facts import Education, EducationLevel, Eligibility, Experience, Fact, Pay, Period, Quote, Scope
from bot.domain.person import EVERYONE, Asker
from bot.domain.posting import Posting
from bot.domain.query import Question
from bot.presentation.chat_service import CODEC, open_store
from bot.questions.commands import read_command
from bot.questions.company_index import CompanyIndex
from bot.storage.store import Store
from bot.text.lexicon import read_lexicon
from bot.topics.employment_type import EmploymentType
from bot.topics.visa import Sponsorship
from bot.topics.workplace import Workplace

BATCH = 500
TITLES = (
    "Data Engineer",
    "Senior Data Engineer",
    "Nurse",
    "Machine Learning Engineer",
    "Product Designer",
    "Night Baker",
    "Staff Engineer",
)
SEARCHES = (
    ("/search skills: Python · workplace: remote · country: Kenya · pay: 120000 USD year", "python AND remote AND (ke OR worldwide)"),
    ("/search skills: Python · sort: pay", "python"),
    ("/search role: data engineer · years: 3 · degree: bachelor", "data AND engineer"),
    ("/search workplace: remote · contract: full_time · visa: yes · sort: fit", "remote AND full_time AND sponsors"),
    ("/search country: Germany · pay: 60000 EUR year · sort: pay", "de OR worldwide"),
)


def make(names: list[str], chance: random.Random) -> Iterator[Posting]:
    """Yield a posting with facts for each name; half of all say nothing on a topic."""
    skills = read_lexicon("skills")["any_case"]["languages"]
    for number, name in enumerate(names):
        low = chance.randint(40, 180) * 1000.0
        values: dict[str, list[Any]] = {
            "pay": [Pay(minimum=low, maximum=low + 30_000, currency=chance.choice(["USD", "USD", "EUR"]), per=Period.YEAR)],
            "countries": [
                Eligibility(scope=Scope.LISTED, countries=tuple(chance.sample(["US", "DE", "KE", "IN", "BR"], chance.randint(1, 3))))
                if chance.random() < 0.9
                else Eligibility(scope=Scope.WORLDWIDE)
            ],
            "workplace": [chance.choice([*Workplace])],
            "employment_type": [chance.choice([*EmploymentType])],
            "visa": [chance.choice([*Sponsorship])],
            "experience": [Experience(years=chance.randint(0, 10))],
            "education": [Education(level=chance.choice([*EducationLevel]), required=chance.random() < 0.5)],
            "skills": [skills[min(int(chance.expovariate(0.15)), len(skills) - 1)] for _ in range(8)],
        }
        kept = {topic: found for topic, found in values.items() if topic == "skills" or chance.random() < 0.5}
        facts = {topic: tuple(Fact(value=value, quote=Quote(text="as it says")) for value in found) for topic, found in kept.items()}
        yield Posting(
            source=f"{number}", title=chance.choice(TITLES), company=name, link=None, location=None, text=f"{name} {number}", facts=facts
        )


async def fill(store: Store, index: sqlite3.Connection, postings: Iterator[Posting]) -> None:
    """Keep the postings in batches, and give the words that they are filed under to the full-text index."""
    index.execute("CREATE VIRTUAL TABLE words USING fts5(said)")
    while batch := list(islice(postings, BATCH)):
        kept = await store.keep(batch, scope=EVERYONE)
        rows = [(one.id, f"{posting.title} {' '.join(_words(posting))}") for one, posting in zip(kept, batch, strict=True)]
        index.executemany("INSERT INTO words (rowid, said) VALUES (?, ?)", rows)
    index.commit()


def _words(posting: Posting) -> Iterator[str]:
    for topic, facts in posting.facts.items():
        for fact in facts:
            yield from ("sponsors" if topic == "visa" and key.key == "yes" else key.key for key in CODEC.find_keys(topic, fact.value))


def told(name: str, seconds: list[float], yardstick: float) -> str:
    """Return a line on how long something took."""
    middle, tail = statistics.median(seconds) * 1e3, sorted(seconds)[int(len(seconds) * 0.99)] * 1e3
    return f"  {name:14} median {middle:9.2f} ms, p99 {tail:9.2f} ms; {middle / yardstick:8.1f} times Rolecall's median"


async def measure(store: Store, index: sqlite3.Connection, rounds: int) -> None:
    """Ask everything of all three, in turn, and print how long they took."""
    assistant, every, worked = Assistant(store), [], []
    await assistant.answer(Question(text="/search role: nurse"), Asker())
    for number, (command, match) in enumerate(SEARCHES):
        ours, theirs, scans = [], [], []
        for turn in range(rounds):
            started, work = time.perf_counter(), time.process_time()
            # A page of its own each time, so that no remembered answer is given.
            await assistant.answer(Question(text=f"{command}{' ' * turn}"), Asker())
            ours.append(time.perf_counter() - started)
            worked.append(time.process_time() - work)
            started = time.perf_counter()
            index.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()
            index.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 5", (match,)).fetchall()
            theirs.append(time.perf_counter() - started)
        if number == 0:
            query = read_command(command, CompanyIndex(), scopes={EVERYONE})
            assert query is not None
            started = time.perf_counter()
            [weigh(one, query) for one in await store.sketch(topics_of(query.asks), scopes={EVERYONE})]
            scans.append(time.perf_counter() - started)
        every += ours
        yardstick = statistics.median(ours) * 1e3
        print(command)
        print(told("Rolecall", ours, yardstick))
        print(told("FTS5", theirs, yardstick))
        if scans:
            print(told("a plain scan", scans, yardstick))
    for name, seconds in (("all searches", every), ("their own work (on a busy machine)", worked)):
        print(f"{name}: median {statistics.median(seconds) * 1e3:.2f} ms, p99 {sorted(seconds)[int(len(seconds) * 0.99)] * 1e3:.2f} ms")


async def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 -- a benchmark's postings, not secrets
    names = NameGenerator(7).names(arguments.postings)
    with tempfile.TemporaryDirectory() as folder:
        async with open_store(f"sqlite+aiosqlite:///{folder}/postings.db") as store:
            index = sqlite3.connect(f"{folder}/words.db")
            started = time.perf_counter()
            await fill(store, index, make(names, chance))
            print(f"{arguments.postings:,} postings kept in {time.perf_counter() - started:.0f} s")
            await measure(store, index, arguments.rounds)
            index.close()


if __name__ == "__main__":
    asyncio.run(main())
