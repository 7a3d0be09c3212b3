"""
Makes data/models/lines.model: what a line of a posting is.

    python -m training.lines POSTINGS [--leave-out FILE] [--out FILE]

POSTINGS is a folder of postings of others, as unlabelled/, columns/, other/texts/ with other/labels.jsonl, and labelled/ with labels.jsonl;
FILE names those that are never opened, one path a line. Labelled postings, and those of their companies, are only measured on.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.text.clean import fold
from bot.text.lexicon import data_directory
from bot.text.line_model import (
    CONTEXT,
    WORDS,
    LineClass,
    ModelLine,
    Scores,
    extras_in_context,
    extras_of_line,
    score_by_words,
    score_lines,
)
from bot.text.linear_model import HeadKind, LinearModel, read_model
from training.line_labels import LabelledPosting, read_posting, read_postings, without_headings
from training.linear import (
    Example,
    FittedHead,
    Vocabulary,
    choose_vocabulary,
    fit_head,
    fold_of,
    predict_head,
    report_scores,
    to_matrix,
    write_model,
)

MOST_FEATURES = 24_000
"""At 40,000 the file grew to 500 KB and nothing got better."""

FOLDS = 3
"""Parts of the training postings: each is read by a model of the other parts, as a new posting is."""

HELD_OUT_OF = 8
"""One in so many sources is measured on and not learned from."""

FIRMNESS = 8.0
MOST_OF_ONE_SOURCE = 10
"""Postings of one company that are learned from: they repeat its passages."""

MOST_ALIKE = 3
"""Times that one line is learned from."""

LISTED = {
    "requirements": LineClass.REQUIREMENT,
    "preferred": LineClass.PREFERRED,
    "responsibilities": LineClass.DUTY,
    "benefits": LineClass.BENEFIT,
}
"""The lists of the labelled postings; every other line of theirs counts as `other`."""

LISTED_VALUES = frozenset(kind.value for kind in LISTED.values())

OTHER = "other"

POSTINGS_OF_A_LANGUAGE = 60

USUAL_ORDER = (
    LineClass.NONE,
    LineClass.PLACE,
    LineClass.COMPANY,
    LineClass.DUTY,
    LineClass.REQUIREMENT,
    LineClass.PREFERRED,
    LineClass.BENEFIT,
    LineClass.PAY,
    LineClass.APPLY,
    LineClass.LEGAL,
)
"""In which the sections of a posting mostly stand."""


def main() -> None:
    """Fit, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("postings", type=Path)
    parser.add_argument("--leave-out", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, default=data_directory() / "models" / "lines.model")
    given = parser.parse_args()
    left_out = {Path(line).resolve() for file in given.leave_out for line in file.read_text("utf-8").splitlines() if line.strip()}
    measured = list(_read_labelled(given.postings))
    learned = _read_learned(given.postings, left_out, measured=[posting for posting, _ in measured])
    held_out = [posting for posting in learned if fold_of(posting.source, HELD_OUT_OF) == 0]
    training = _limit(posting for posting in learned if fold_of(posting.source, HELD_OUT_OF) != 0)
    print(f"{len(training)} postings to learn from, {len(held_out)} held out by company, {len(measured)} labelled by hand")
    vocabulary, heads = fit_lines(training + read_written_lines())
    write_model(given.out, vocabulary, heads)
    print(f"{given.out.name}: {given.out.stat().st_size / 1000:.0f} KB, {len(vocabulary.names)} features")
    measure(read_model(given.out), held_out, measured)


def fit_lines(postings: Sequence[LabelledPosting]) -> tuple[Vocabulary, list[FittedHead]]:
    """Fit both heads: by words from lines, in context from postings whose words were read by models of other postings."""
    by_words = _words_examples(postings)
    vocabulary = choose_vocabulary(by_words, most=MOST_FEATURES)
    words = _fit_words(by_words, vocabulary)
    in_context = list(_context_examples(postings, _read_crosswise(postings, by_words, vocabulary)))
    texts = to_matrix([example.text for example in in_context], vocabulary)
    return vocabulary, [words, fit_head(CONTEXT, HeadKind.ONE, in_context, texts=texts, firmness=FIRMNESS)]


def read_written_lines() -> list[LabelledPosting]:
    """
    Return the lines that were written for this project, data/lines/LANGUAGE.tsv (the class, then the line), put together as postings.

    Each is drawn anew: sections of a class, some with bullets, so that a language is learned with what stands around its lines.
    """
    postings = []
    for file in sorted((data_directory() / "lines").glob("*.tsv")):
        rows = [row.split("\t") for row in file.read_text("utf-8").splitlines() if row and not row.startswith("#")]
        by_class = {kind: [text for label, text in rows if label == kind.value] for kind in LineClass}
        for number in range(POSTINGS_OF_A_LANGUAGE):
            postings.append(_put_together(f"written {file.stem} {number}", by_class))
    return postings


def _put_together(name: str, by_class: dict[LineClass, list[str]]) -> LabelledPosting:
    draw = random.Random(name)  # noqa: S311  # the same ones in every run
    lines, labels = [], []
    order = list(USUAL_ORDER)
    for _ in range(draw.randrange(4)):
        order.insert(draw.randrange(len(order)), order.pop(draw.randrange(len(order))))
    for section, kind in enumerate(order):
        most = 6 if kind.value in LISTED_VALUES else 2
        is_bullet = draw.random() < (0.7 if kind.value in LISTED_VALUES else 0.2)
        for text in draw.sample(by_class[kind], min(draw.randint(0, most), len(by_class[kind]))):
            lines.append(ModelLine(text, is_bullet=is_bullet, section=section))
            labels.append(kind)
    return LabelledPosting(name, name, "", tuple(range(len(lines))), tuple(lines), tuple(labels))


def measure(model: LinearModel, held_out: Sequence[LabelledPosting], labelled: Sequence[tuple[LabelledPosting, str]]) -> None:
    """Print what the written model reaches on postings that it was not made from."""
    read_as: dict[str, Callable[[Sequence[ModelLine]], Sequence[ModelLine]]] = {
        "with their headings": lambda lines: lines,
        "without headings, with where they stood": lambda lines: without_headings(lines, with_sections=True),
        "without a trace of headings": lambda lines: without_headings(lines, with_sections=False),
    }
    print("\n== held out, by their headings: words alone")
    print(_report_held_out(held_out, lambda lines: _class_by_words(model, lines)))
    for name, change in read_as.items():
        print(f"\n== held out, by their headings: {name}")
        print(_report_held_out(held_out, lambda lines, change=change: _class_in_context(model, change(lines))))
    for group in sorted({group for _, group in labelled}):
        some = [posting for posting, of in labelled if of == group]
        print(f"\n== {group}: words alone")
        print(_report_labelled(some, lambda lines: _class_by_words(model, lines)))
        for name, change in read_as.items():
            print(f"\n== {group}: {name}")
            print(_report_labelled(some, lambda lines, change=change: _class_in_context(model, change(lines))))


def _class_by_words(model: LinearModel, lines: Sequence[ModelLine]) -> list[str]:
    return _best(score_by_words(model, lines, [model.read_text(line.text) for line in lines]))


def _class_in_context(model: LinearModel, lines: Sequence[ModelLine]) -> list[str]:
    texts = [model.read_text(line.text) for line in lines]
    return _best(score_lines(model, lines, texts, score_by_words(model, lines, texts)))


def _best(every: Sequence[Scores]) -> list[str]:
    return [max(scores, key=lambda label: scores[label]) for scores in every]


def _report_held_out(postings: Sequence[LabelledPosting], read: Callable[[Sequence[ModelLine]], list[str]]) -> str:
    pairs = [
        (label.value, found)
        for posting in postings
        for label, found in zip(posting.labels, read(posting.lines), strict=True)
        if label is not None
    ]
    return report_scores([label for label, _ in pairs], [found for _, found in pairs])


def _report_labelled(postings: Sequence[LabelledPosting], read: Callable[[Sequence[ModelLine]], list[str]]) -> str:
    """Report by the lines that were labelled by hand: all lines, then those of the four lists among themselves."""
    wanted, found = [], []
    for posting in postings:
        wanted += [OTHER if label is None else label.value for label in posting.labels]
        found += [label if label in LISTED_VALUES else OTHER for label in read(posting.lines)]
    items = [(one, other) for one, other in zip(wanted, found, strict=True) if one != OTHER]
    right = sum(one == other for one, other in items)
    return f"{report_scores(wanted, found)}\n  of the {len(items)} lines in lists {right} right: {right / max(len(items), 1):.3f}"


def _read_learned(folder: Path, left_out: set[Path], *, measured: Sequence[LabelledPosting]) -> list[LabelledPosting]:
    """Read what may be learned from: nothing that is left out or labelled, and nothing of a labelled posting's company."""
    labelled = {posting.path for posting in measured}
    companies = {posting.source for posting in measured}
    paths = sorted([*folder.glob("unlabelled/*.md"), *folder.glob("columns/*/*"), *folder.glob("other/texts/*/*")])
    allowed = (path for path in paths if path.resolve() not in left_out and path.relative_to(folder).as_posix() not in labelled)
    return [posting for posting in read_postings(folder, allowed) if posting.source not in companies]


def _read_labelled(folder: Path) -> Iterator[tuple[LabelledPosting, str]]:
    """Yield the postings with labels by hand, with what they are called in the report; those without line numbers are left out of it."""
    for file, texts, group in (
        ("labels.jsonl", "labelled", "labelled 60"),
        ("other/labels.jsonl", "other/texts", "labelled of other shapes"),
    ):
        for row in (folder / file).read_text("utf-8").splitlines():
            labels = json.loads(row)
            path = folder / texts / labels["path"]
            posting = read_posting(path, path.relative_to(folder).as_posix())
            if posting is not None:
                has_numbers = "fields" not in labels
                yield _relabel(posting, labels), group if has_numbers else f"{group}, without line numbers"


def _relabel(posting: LabelledPosting, labels: dict[str, list[int]]) -> LabelledPosting:
    by_number = {number: kind for name, kind in LISTED.items() for number in labels[name]}
    return LabelledPosting(
        posting.path,
        posting.source,
        posting.title,
        posting.numbers,
        posting.lines,
        tuple(by_number.get(number) for number in posting.numbers),
    )


def _limit(postings: Iterator[LabelledPosting]) -> list[LabelledPosting]:
    counts: Counter[str] = Counter()
    kept = []
    for posting in postings:
        counts[posting.source] += 1
        if counts[posting.source] <= MOST_OF_ONE_SOURCE:
            kept.append(posting)
    return kept


def _words_examples(postings: Sequence[LabelledPosting]) -> list[Example]:
    seen: Counter[str] = Counter()
    examples = []
    for posting in postings:
        for line, label in zip(posting.lines, posting.labels, strict=True):
            folded = fold(line.text)
            seen[folded] += 1
            if label is not None and seen[folded] <= MOST_ALIKE:
                examples.append(Example(line.text, label.value, posting.source, extras_of_line(line)))
    return examples


def _fit_words(examples: Sequence[Example], vocabulary: Vocabulary) -> FittedHead:
    texts = to_matrix([example.text for example in examples], vocabulary)
    return fit_head(WORDS, HeadKind.ONE, examples, texts=texts, firmness=FIRMNESS)


def _read_crosswise(postings: Sequence[LabelledPosting], by_words: Sequence[Example], vocabulary: Vocabulary) -> dict[str, list[Scores]]:
    """Return each posting's scores by words, from a model of the other parts' sources."""
    found: dict[str, list[Scores]] = {}
    for part in range(FOLDS):
        head = _fit_words([example for example in by_words if _part_of(example.source) != part], vocabulary)
        read = [posting for posting in postings if _part_of(posting.source) == part]
        lines = [Example(line.text, "", posting.source, extras_of_line(line)) for posting in read for line in posting.lines]
        scores = iter(predict_head(head, to_matrix([line.text for line in lines], vocabulary), lines))
        for posting in read:
            found[posting.path] = [dict(zip(head.labels, map(float, next(scores)), strict=True)) for _ in posting.lines]
    return found


def _part_of(source: str) -> int:
    return fold_of(f"part {source}", FOLDS)


def _context_examples(postings: Sequence[LabelledPosting], read: dict[str, list[Scores]]) -> Iterator[Example]:
    """Yield labelled lines with what stands around them: of half the postings without headings, of a quarter without their places too."""
    for posting in postings:
        way = fold_of(f"way {posting.path}", 4)
        lines = posting.lines if way >= 2 else without_headings(posting.lines, with_sections=way == 1)  # noqa: PLR2004
        extras = extras_in_context(lines, read[posting.path])
        for line, label, extra in zip(lines, posting.labels, extras, strict=True):
            if label is not None:
                yield Example(line.text, label.value, posting.source, extra)


if __name__ == "__main__":
    main()
