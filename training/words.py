"""
Makes data/lexicons/english_words.txt: the words of English, so that an ordinary one is not taken for a company that is not here.

    python -m training.words [--out FILE]

Source: the words of SCOWL (http://wordlist.aspell.net) that stand in Google's book n-grams, the most frequent ones, as the package
symspellpy 6.10.1 serves them (frequency_dictionary_en_82_765.txt; package MIT); needs `pip install symspellpy`. Taken on 30 November 2026.
Employers that everybody knows are left out. Words of postings and what people type stand in data/lexicons/ordinary_words.toml.
"""

import argparse
from collections.abc import Iterable
from importlib import resources
from itertools import islice
from pathlib import Path

from bot.questions.company_names import famous_names
from bot.text.lexicon import data_directory

_MOST, _SHORTEST = 50_000, 4


def to_words(counted: Iterable[str], *, leave_out: Iterable[str] = ()) -> list[str]:
    """
    Return the words of lines with a word and its count, the most frequent first, in the order of the alphabet.

    >>> to_words(["the 23135851162", "google 84568679", "guessing 2131003", "bolts 3682849"], leave_out={"google"})
    ['bolts', 'guessing']
    """
    known = frozenset(form for name in leave_out for form in (name, f"{name}s"))
    words = (line.split()[0] for line in counted if line.strip())
    return sorted(islice((word for word in words if len(word) >= _SHORTEST and word.isalpha() and word not in known), _MOST))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=data_directory() / "lexicons" / "english_words.txt")
    counted = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    parser.parse_args().out.write_text("\n".join(to_words(counted.splitlines(), leave_out=famous_names())) + "\n", "utf-8")


if __name__ == "__main__":
    main()
