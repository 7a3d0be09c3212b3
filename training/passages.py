"""
How often the right passage answers a free question, or none where a posting is silent, with each weight as it is and moved.

    python -m training.passages LABELS.jsonl TEXTS [LABELS.jsonl TEXTS ...]

LABELS.jsonl holds a posting a line: `path` in TEXTS and `questions`, each with `q`, `topic`, `stated` and, where one line answers,
`line`. Questions of the topic `other` are asked of their own posting, without the company's name.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.answering import passages, wanted
from bot.answering.passages import find_answers
from bot.answering.wanted import Weights, read_wanted
from bot.domain.query import Ask
from bot.parsing.parse import read_document
from bot.text.document import Document
from bot.text.words import read_words

_MOVES = (0.7, 0.85, 1.15, 1.3)
"""What each weight is multiplied by, one at a time."""


class Case(NamedTuple):
    """A question of one posting, and the line that answers it; None where the posting is silent."""

    document: Document
    ask: Ask
    own: frozenset[str]
    line: str | None


def read_cases(labels: Path, texts: Path) -> Iterator[Case]:
    """Yield the free questions of a labelled set."""
    for record in map(json.loads, labels.read_text("utf-8").splitlines()):
        asked = [
            question
            for question in record["questions"]
            if question["topic"] == "other" and (question.get("line") or not question["stated"])
        ]
        if not asked:
            continue
        text = (texts / record["path"]).read_text("utf-8", "replace")
        document, lines = read_document(text), text.splitlines()
        names = [word for name in (document.company, document.title) for word in read_words(name or "")]
        for question in asked:
            words = [word.text for word in read_words(question["q"]) if not _is_name(word.text, [name.text for name in names])]
            line = lines[question["line"] - 1] if question["stated"] else None
            yield Case(document, Ask(topic="other", words=" ".join(words)), frozenset(name.stem for name in names), line)


def _is_name(word: str, names: Sequence[str]) -> bool:
    return any(OSA.distance(word, name) <= len(name) // 4 for name in names)


def count_right(cases: Sequence[Case], weights: Weights) -> int:
    """Return for how many questions the best passage is the right one, or rightly none is."""
    passages.WEIGHTS = wanted.WEIGHTS = weights  # type: ignore[attr-defined]
    return sum(_is_right(case) for case in cases)


def _is_right(case: Case) -> bool:
    found = find_answers(case.document, read_wanted(case.ask, leave_out=case.own))
    if not found or case.line is None:
        return not found and case.line is None
    return any(fuzz.partial_ratio(_plain(passage.sentence.text), _plain(case.line)) >= 90 for passage in found)  # noqa: PLR2004


def _plain(text: str) -> str:
    return " ".join(word.text for word in read_words(text))


def main(arguments: Sequence[str]) -> None:
    """Print how many are right, and what moving each weight changes."""
    cases = [case for labels, texts in zip(arguments[::2], arguments[1::2], strict=True) for case in read_cases(Path(labels), Path(texts))]
    weights = Weights()
    right = count_right(cases, weights)
    print(f"{right} of {len(cases)} questions are answered by the right passage, or rightly by none")
    for name, value in asdict(weights).items():
        moved = [f"{value * by:.3g}: {count_right(cases, replace(weights, **{name: value * by})) - right:+d}" for by in _MOVES]
        print(f"{name:15}{value:5.2f}   {'   '.join(moved)}")


if __name__ == "__main__":
    main(sys.argv[1:])
