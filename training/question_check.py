"""
Says how right whole messages are understood that were never learned from, and what each score that is set by hand is worth.

    python -m training.question_check [--scores]

Each held-out message is filled, its companies are put into an index among others, and it is read as a user's would be.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.domain.person import EVERYONE
from bot.domain.query import Query
from bot.questions import model
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry, company_key
from bot.questions.read_question import read_question
from training.question_texts import UNDERSTOOD, Filled, Labelled, fill, make_name, read_questions
from training.questions import is_held_out

_OTHERS = 12
"""Companies beside those of the message."""

_STEPS = (0.8, 1.25)
"""How far each score is moved, down and up, to see what it is worth; log-odds by half a unit."""

Told = tuple[str, bool]


def read_all(messages: Sequence[Labelled]) -> Counter[Told]:
    """Return how often each part of what messages ask was understood right, and how often not."""
    chance = random.Random(7)  # noqa: S311 -- no secret
    counts: Counter[Told] = Counter()
    for labelled in messages:
        filled = fill(labelled, chance)
        names = [filled.text[start:end] for start, end in filled.companies]
        present = [*names, *(make_name(chance) for _ in range(_OTHERS))]
        entries = [Entry(id=number, scope=EVERYONE, company=name, title="Senior Data Engineer") for number, name in enumerate(present, 1)]
        query = read_question(filled.text, CompanyIndex(entries), scopes={EVERYONE})
        counts.update(_judge(filled, query, {company_key(name) for name in names}))
    return counts


def _judge(filled: Filled, query: Query, names: set[str]) -> Iterator[Told]:
    """Yield what of a message was understood, each with whether it is right."""
    labelled = filled.labels
    if labelled.language is not None:
        is_known = labelled.language in UNDERSTOOD
        yield ("language" if is_known else "language, another"), query.language == labelled.language
        if not is_known:
            return
    asked = {ask.topic for ask in query.asks}
    if labelled.reach == "bot":
        yield "talk", query.talk is not None
    elif labelled.topics is not None and "open" not in labelled.topics:
        yield "topics, exactly", asked == labelled.topics
        yield "topics, none missing", asked >= labelled.topics
        yield f"topics, {labelled.language or 'short and unlabelled'}", asked == labelled.topics
    if labelled.reach not in (None, "bot") and not labelled.follows:
        yield "reach", query.reach.value == labelled.reach
    if labelled.reach is not None and query.talk is None:
        found = {company_key(target.company or target.typed) for target in query.targets}
        yield "names, all found", names <= found
        yield "names, none beside", not {company_key(target.company or target.typed) for target in query.targets if not target.role} - names


def report(counts: Counter[Told]) -> Iterator[str]:
    """Yield a line for each part of understanding."""
    for part in sorted({part for part, _ in counts}):
        right, wrong = counts[part, True], counts[part, False]
        yield f"{part:32}{right:6} of {right + wrong:6}  {right / (right + wrong):.3f}"


def worth_of_scores(messages: Sequence[Labelled], counts: Counter[Told]) -> Iterator[str]:
    """Yield for each score that is set by hand how many answers get right or wrong when it is moved."""
    for name in sorted(name for name in vars(model) if name.isupper() and isinstance(getattr(model, name), float)):
        value = getattr(model, name)
        moved = (
            (value - 0.5, value + 0.5)
            if name.startswith(("NAME", "NEAR", "STRANGE", "FAMOUS", "UNKNOWN", "ORDINARY", "OTHER", "FIT"))
            else None
        )
        told = []
        for other in moved or (value * _STEPS[0], value * _STEPS[1]):
            _set_score(name, other)
            changed = read_all(messages)
            parts = (f"{part} {changed[part, True] - counts[part, True]:+d}" for part, is_right in sorted(counts) if is_right)
            told.append(f"{other:.2f}: " + (", ".join(part for part in parts if not part.endswith("+0")) or "nothing changes"))
        _set_score(name, value)
        yield f"{name} = {value}\n    " + "\n    ".join(told)


def _set_score(name: str, value: float) -> None:
    """Set a score wherever it was imported."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("bot.questions.") and hasattr(module, name):
            setattr(module, name, value)


def main() -> None:
    """Print what is reached, and with --scores what each score is worth."""
    held_out = [one for one in read_questions() if is_held_out(one)]
    counts = read_all(held_out)
    for line in chain(report(counts), worth_of_scores(held_out, counts) if "--scores" in sys.argv else ()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
