"""
How fast and how rightly a typed company name is found among 100,000.

    python benchmarks/names.py [COMPANIES] [QUERIES]

Names and typos are made up, always the same ones. Each query is a name without its legal form, with one typo or two in turn.
"First" counts where the right company is the first one named (found, or first of those asked back); "wrong" where another one is
answered. Absent names come from the same generator; those within one edit of a present one are left out, as no typo looks different.
Times are the process's own, so that other programs' load does not count; everything runs on one core. Beside it, on the same names:
`rapidfuzz.process.extract` with `ratio`, and SQLite's FTS5 with its trigram tokenizer.
"""

import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.name_generator import NameGenerator
from bot.domain.person import EVERYONE
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry, Found, NearTie, company_key
from bot.questions.match_company import match_company

_LEGAL_FORM = re.compile(r",? (?:Inc\.?|LLC|GmbH|Ltd)$")
_ABSENT = 200
_SLOW_QUERIES = 200
"""As many queries as the slower ways are given."""

Search = Callable[[str], str | None]
"""Returns the key of the first company for a typed name, None if there is none."""


def main(companies: int, queries: int) -> None:
    """Print the figures."""
    generator = NameGenerator(seed=2024)
    names = generator.names(companies)
    index = build_index(names)
    asked = [
        (generator.mistype(_LEGAL_FORM.sub("", name), 1 + place % 2), name) for place, name in enumerate(generator.pick(names, queries))
    ]
    ours = measure("Rolecall", lambda typed: first_of(index, typed), asked)
    print_wrong_answers(index, names, generator, asked)
    few = asked[:_SLOW_QUERIES]
    keys = [company_key(name) for name in names]
    for label, search in (("rapidfuzz extract", rapidfuzz_search(keys)), ("SQLite FTS5 trigram", sqlite_search(keys))):
        theirs = measure(label, search, few)
        print(f"{'':22}{theirs / ours:.0f} times as long (median)")


def build_index(names: list[str]) -> CompanyIndex:
    """Build the index and print how long it takes."""
    entries = [Entry(id=number, scope=EVERYONE, company=name) for number, name in enumerate(names)]
    start = process_time()
    index = CompanyIndex(entries)
    built = process_time()
    while index.catch_up(EVERYONE):
        pass
    print(f"{len(names):,} companies, built in {built - start:.2f} s, ready for slips {process_time() - built:.2f} s later")
    return index


def first_of(index: CompanyIndex, typed: str) -> str | None:
    """Return the key of the first company that our answer names."""
    match = match_company(typed, index, scopes={EVERYONE})
    if isinstance(match, Found):
        return match.key
    named = match.names if isinstance(match, NearTie) else match.nearest
    return company_key(named[0]) if named else None


def measure(label: str, search: Search, asked: list[tuple[str, str]]) -> float:
    """Print how fast and how rightly a search finds what was asked; return the median time in seconds."""
    times, right = [], 0
    for typed, name in asked:
        start = process_time()
        found = search(typed)
        times.append(process_time() - start)
        right += found == company_key(name)
    times.sort()
    median, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{label:22}p50 {median * 1e3:.2f} ms, p99 {late * 1e3:.2f} ms, first {right / len(asked):.1%} of {len(asked):,}")
    return median


def print_wrong_answers(index: CompanyIndex, names: list[str], generator: NameGenerator, asked: list[tuple[str, str]]) -> None:
    """Print how often another company is answered, for mistyped names and for names that are not there."""
    matches = [(match_company(typed, index, scopes={EVERYONE}), name) for typed, name in asked]
    found = [(match.key, company_key(name)) for match, name in matches if isinstance(match, Found)]
    wrong = sum(key != right for key, right in found)
    print(f"{'':22}answered {len(found) / len(asked):.1%}, the rest asked back or refused; wrong {wrong / len(asked):.2%}")
    absent = absent_names(names, generator)
    answered = sum(isinstance(match_company(name, index, scopes={EVERYONE}), Found) for name in absent)
    print(f"{'':22}{len(absent)} absent names: {answered} answered with another company")


def absent_names(names: list[str], generator: NameGenerator) -> list[str]:
    """Return names of the same kind that no present one is within an edit of."""
    keys = [company_key(name) for name in names]
    candidates = generator.names(2 * _ABSENT, without=frozenset(name.casefold() for name in names))
    far = [name for name in candidates if process.extractOne(company_key(name), keys, scorer=OSA.distance, score_cutoff=1) is None]
    return [_LEGAL_FORM.sub("", name) for name in far[:_ABSENT]]


def rapidfuzz_search(keys: list[str]) -> Search:
    """Return a search that compares with every name."""

    def search(typed: str) -> str | None:
        hits = process.extract(company_key(typed), keys, scorer=fuzz.ratio, limit=1)
        return hits[0][0] if hits else None

    return search


def sqlite_search(keys: list[str]) -> Search:
    """Return a search by the trigrams that SQLite finds, its own ranking deciding."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE company USING fts5(name, tokenize='trigram')")
    database.executemany("INSERT INTO company VALUES (?)", ((key,) for key in keys))

    def search(typed: str) -> str | None:
        key = company_key(typed)
        trigrams = " OR ".join(f'"{key[start : start + 3]}"' for start in range(len(key) - 2))
        row = database.execute("SELECT name FROM company WHERE company MATCH ? ORDER BY rank LIMIT 1", (trigrams,)).fetchone()
        return str(row[0]) if row else None

    return search


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [100_000, 5_000][len(arguments) :]))
