"""
How fast postings are read, whether every quote is found in its text, and how the time grows with the length of a text.

    python benchmarks/reading.py [FOLDER]

Reads the postings of a folder one after the other, on one core, then made-up texts of 10, 100 and 190 KB, of an ordinary and
of hard shapes; of very long ones only the beginning is read (see `bot.parsing.parse`). Times are the process's own, so that other
programs' load counts little. A text of up to 100 KB is read three times and the best counts; all the other shapes are read between,
so that nothing of it is remembered. Times stand beside a yardstick over the same text in the same run: what it takes to fold its case,
split it at white space and put the words together again. The exit status is 1 if a posting could not be read or a quote is missing.
"""

import gc
import sys
from itertools import chain, pairwise
from pathlib import Path
from time import process_time
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.long_texts import SHAPES, make_text
from bot.domain.errors import UnreadablePosting
from bot.intake.files import read_sources
from bot.intake.form_text import find_missing_quote
from bot.intake.isolated import collect_seldom
from bot.intake.sources import Refusal, Source
from bot.parsing.parse import parse_posting

_FOLDER = "../shared/postings/unlabelled"
_LENGTHS = (10_000, 100_000, 190_000)
"""Characters."""

_ROUNDS, _LONGEST_AGAIN = 3, 100_000
"""How often a text is read, and up to which length."""

_MOST_A_MEGABYTE = 1.0
"""Seconds for a million characters that no text may take."""

_SHOWN = 5


class Read(NamedTuple):
    """What reading one text came to."""

    name: str
    length: int
    seconds: float
    yardstick: float
    """Seconds."""

    facts: int
    fault: str | None
    """Why it could not be read, or a quote that its text does not hold."""

    @property
    def seconds_a_megabyte(self) -> float:
        """What a million such characters would take."""
        return self.seconds / self.length * 1e6


def main(folder: str) -> int:
    """Print the figures, and return the exit status."""
    collect_seldom()  # as the processes do that an import reads in
    parse_posting(make_text("an ordinary posting", 3_000), "a first one, so that word lists are read and patterns made beforehand")
    reads: list[Read] = []
    if Path(folder).exists():
        reads = [read(found) for found in read_sources([folder])]
        print_folder(reads)
    else:
        print(f"{folder} is not there, so that only made-up texts are read; name a folder with postings")
    made = [read_long(shape) for shape in SHAPES]
    for _ in range(_ROUNDS - 1):
        made = [read_again(shape, reads_before) for shape, reads_before in zip(SHAPES, made, strict=True)]
    print_shapes(made)
    reads += chain.from_iterable(made)
    faults = [one for one in reads if one.fault]
    print(f"could not be read, or quote what is not in their text: {len(faults)} of {len(reads)}")
    for one in faults[:_SHOWN]:
        print(f"  {one.name}: {one.fault}")
    return 1 if faults else 0


def read(found: Source | Refusal) -> Read:
    """Read one text and time it; a bug in a finder is a fault like any other."""
    if isinstance(found, Refusal):
        return Read(found.source, 0, 0.0, 0.0, 0, found.reason)
    gc.collect(0)
    start = process_time()
    facts, fault = 0, None
    try:
        posting = parse_posting(found.text, found.name)
    except UnreadablePosting as error:
        seconds, fault = process_time() - start, str(error)
    except Exception as error:  # noqa: BLE001  what this program is there to count
        seconds, fault = process_time() - start, f"failed with {error!r}"
    else:
        seconds, facts = process_time() - start, sum(map(len, posting.facts.values()))
        if (quote := find_missing_quote(posting.text, posting.facts)) is not None:
            fault = f"quotes what its text does not hold: {quote[:100]!r}"
    return Read(found.name, len(found.text), seconds, time_yardstick(found.text), facts, fault)


def time_yardstick(text: str) -> float:
    """Return the seconds that a plain walk through the words of a text takes, the best of three."""
    times: list[float] = []
    for _ in range(3):
        start = process_time()
        " ".join(text.casefold().split())
        times.append(process_time() - start)
    return min(times)


def print_folder(reads: list[Read]) -> None:
    """Print how fast the postings of a folder were read."""
    done = [one for one in reads if one.length]
    if not done:
        return
    seconds, yardstick = sum(one.seconds for one in done), sum(one.yardstick for one in done)
    slowest = sorted(done, key=lambda one: one.seconds, reverse=True)
    middle = slowest[len(slowest) // 2]
    print(
        f"{len(done):,} postings of {sum(one.length for one in done) / len(done):,.0f} characters, {sum(one.facts for one in done):,} facts"
    )
    print(f"{len(done) / seconds:,.0f} postings a second in one process; median {1000 * middle.seconds:.2f} ms")
    print(f"{seconds / yardstick:,.0f} times the yardstick")
    for one in slowest[:_SHOWN]:
        print(f"  slowest: {1000 * one.seconds:7.2f} ms  {one.length:7,} characters  {one.name}")


def read_long(shape: str) -> list[Read]:
    """Read made-up texts of each length."""
    return [read(Source(f"{shape}, {length // 1000:,} KB", make_text(shape, length))) for length in _LENGTHS]


def read_again(shape: str, reads: list[Read]) -> list[Read]:
    """Read those once more that are not too long, and return the quicker reading of each."""
    lengths = [length for length in _LENGTHS if length <= _LONGEST_AGAIN]
    again = [read(Source(before.name, make_text(shape, length))) for length, before in zip(lengths, reads, strict=False)]
    return [min(pair, key=lambda one: one.seconds) for pair in zip(reads, again, strict=False)] + reads[len(again) :]


def print_shapes(made: list[list[Read]]) -> None:
    """Print what each shape takes per character, how that grows with the length (1 is linear, 10 quadratic), and which is too slow."""
    print("seconds per million characters of 10, 100 and 190 KB; growth with the length (1 is linear); times the yardstick at 100 KB")
    for shape, reads in zip(SHAPES, made, strict=True):
        speeds = "  ".join(f"{one.seconds_a_megabyte:5.2f}" for one in reads)
        growth = "  ".join(f"{after.seconds_a_megabyte / before.seconds_a_megabyte:5.2f}" for before, after in pairwise(reads))
        print(f"{shape:22} {speeds}   {growth}   {reads[1].seconds / reads[1].yardstick:6,.0f}")
    slow = [one for reads in made for one in reads if one.seconds_a_megabyte > _MOST_A_MEGABYTE]
    for one in sorted(slow, key=lambda one: -one.seconds_a_megabyte):
        print(f"over {_MOST_A_MEGABYTE:g} s per million characters: {one.seconds_a_megabyte:.2f} s  {one.name}")
    print(f"{len(slow) or 'none'} of {sum(map(len, made))} made-up texts took over {_MOST_A_MEGABYTE:g} s per million characters")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else _FOLDER))
