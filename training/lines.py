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
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.text.clean import fold
from bot.text.lexicon import data_directory
from bot.text.line_model import CONTEXT, WORDS, LineClass, ModelLine, Scores, extras_in_context, extras_of_line, score_by_words, score_lines
from bot.text.linear_model import HeadKind, LinearModel, read_model, tokens_of
from training.line_labels import LabelledPosting, read_posting, read_postings, without_headings
from training.linear import (
    Example,
    FittedHead,
    Fitting,
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

FIRMNESS = {WORDS: 2.0, CONTEXT: 0.7}
"""In context weaker weights read new postings better: 0.877 of the lines labelled by hand at 30, 0.885 at 1; by words nothing changes."""

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

WAYS = ("sections", "sections", "plain", "pieces")
"""How the postings that are learned from are read without headings; learned half as often with them, headings counted for too little."""

LONGEST_PIECE = 3
"""Lines of the pieces: somebody sends a line or two alone."""

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
    write_model(given.out, vocabulary, heads=heads)
    print(f"{given.out.name}: {given.out.stat().st_size / 1000:.0f} KB, {len(vocabulary.names)} features")
    measure(read_model(given.out), held_out, labelled=measured)


def fit_lines(postings: Sequence[LabelledPosting]) -> tuple[Vocabulary, list[FittedHead]]:
    """Fit both heads: by words from lines, in context from postings whose words were read by models of other postings."""
    by_words = _words_examples(postings)
    vocabulary = choose_vocabulary(by_words, most=MOST_FEATURES)
    words = _fit_words(by_words, vocabulary)
    in_context = list(_context_examples(postings, _read_crosswise(postings, by_words, vocabulary)))
    texts = to_matrix([example.text for example in in_context], vocabulary)
    return vocabulary, [words, fit_head(CONTEXT, HeadKind.ONE, examples=in_context, texts=texts, fitting=Fitting(FIRMNESS[CONTEXT]))]


def read_written_lines() -> list[LabelledPosting]:
    """
    Return the lines that were written for this project, data/lines/LANGUAGE.tsv (the class, then the line), put together as postings.

    Each is drawn anew: sections of a class, some with bullets, so that a language is learned with what stands around its lines.
    """
    postings = []
    for file in sorted((data_directory() / "lines").glob("*.tsv")):
        rows = [row.split("\t") for row in file.read_text("utf-8").splitlines() if row and not row.startswith("#")]
        by_class = {kind: [text for label, text in rows if label == kind.value] for kind in LineClass}
        postings += [_put_together(f"written {file.stem} {number}", by_class) for number in range(POSTINGS_OF_A_LANGUAGE)]
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


def measure(model: LinearModel, held_out: Sequence[LabelledPosting], *, labelled: Sequence[tuple[LabelledPosting, str | None]]) -> None:
    """Print what the written model reaches on postings that it was not made from."""
    ways = {
        "words alone": _class_by_words,
        "with their headings": _class_in_context,
        "without headings, with where they stood": _class_without_headings,
        "without a trace of headings": _class_without_sections,
    }
    reported = {"held out, by their headings": held_out}
    reported |= {name: [posting for posting, of in labelled if of == name] for name in sorted({of for _, of in labelled if of is not None})}
    for group, postings in reported.items():
        report = _report_held_out if postings is held_out else _report_labelled
        for way, read in ways.items():
            print(f"\n== {group}: {way}\n{report(postings, partial(read, model))}")


def _class_by_words(model: LinearModel, lines: Sequence[ModelLine]) -> list[str]:
    return _best(score_by_words(model, lines, texts=[model.read_text(line.text) for line in lines]))


def _class_in_context(model: LinearModel, lines: Sequence[ModelLine]) -> list[str]:
    texts = [model.read_text(line.text) for line in lines]
    return _best(score_lines(model, lines, texts=texts, by_words=score_by_words(model, lines, texts=texts)))


def _best(every: Sequence[Scores]) -> list[str]:
    return [max(scores, key=lambda label: scores[label]) for scores in every]


def _class_without_headings(model: LinearModel, lines: Sequence[ModelLine]) -> list[str]:
    return _class_in_context(model, without_headings(lines, with_sections=True))


def _class_without_sections(model: LinearModel, lines: Sequence[ModelLine]) -> list[str]:
    return _class_in_context(model, without_headings(lines, with_sections=False))


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


def _read_labelled(folder: Path) -> Iterator[tuple[LabelledPosting, str | None]]:
    """Yield the postings with labels by hand, with what they are called in the report; None for those without line numbers."""
    for file, texts, group in (
        ("labels.jsonl", "labelled", "labelled 60"),
        ("other/labels.jsonl", "other/texts", "labelled of other shapes"),
    ):
        for row in (folder / file).read_text("utf-8").splitlines():
            labels = json.loads(row)
            path = folder / texts / labels["path"]
            posting = read_posting(path, path.relative_to(folder).as_posix())
            if posting is not None:
                yield _relabel(posting, labels), group if "fields" not in labels else None


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
                examples.append(Example(line.text, label.value, posting.source, extras_of_line(line, len(tokens_of(line.text)))))
    return examples


def _fit_words(examples: Sequence[Example], vocabulary: Vocabulary) -> FittedHead:
    texts = to_matrix([example.text for example in examples], vocabulary)
    return fit_head(WORDS, HeadKind.ONE, examples=examples, texts=texts, fitting=Fitting(FIRMNESS[WORDS]))


def _read_crosswise(postings: Sequence[LabelledPosting], by_words: Sequence[Example], vocabulary: Vocabulary) -> dict[str, list[Scores]]:
    """Return each posting's scores by words, from a model of the other parts' sources."""
    found: dict[str, list[Scores]] = {}
    for part in range(FOLDS):
        head = _fit_words([example for example in by_words if _part_of(example.source) != part], vocabulary)
        read = [posting for posting in postings if _part_of(posting.source) == part]
        lines = [
            Example(line.text, "", posting.source, extras_of_line(line, len(tokens_of(line.text))))
            for posting in read
            for line in posting.lines
        ]
        scores = iter(predict_head(head, lines, texts=to_matrix([line.text for line in lines], vocabulary)))
        for posting in read:
            found[posting.path] = [dict(zip(head.labels, map(float, next(scores)), strict=True)) for _ in posting.lines]
    return found


def _part_of(source: str) -> int:
    return fold_of(f"part {source}", FOLDS)


def _context_examples(postings: Sequence[LabelledPosting], read: dict[str, list[Scores]]) -> Iterator[Example]:
    """Yield labelled lines with what stands around them, each twice: under their headings, and in another way in which postings come."""
    for posting in postings:
        way = WAYS[fold_of(f"way {posting.path}", len(WAYS))]
        yield from _in_context(posting, posting.lines, read[posting.path])
        lines = without_headings(posting.lines, with_sections=way == "sections")
        length = 1 + fold_of(f"piece {posting.path}", LONGEST_PIECE) if way == "pieces" else len(lines)
        for start in range(0, len(lines), length):
            piece = slice(start, start + length)
            yield from _in_context(replace(posting, labels=posting.labels[piece]), lines[piece], read[posting.path][piece])


def _in_context(posting: LabelledPosting, lines: Sequence[ModelLine], by_words: Sequence[Scores]) -> Iterator[Example]:
    extras = extras_in_context(lines, by_words, lengths=[len(tokens_of(line.text)) for line in lines])
    for line, label, extra in zip(lines, posting.labels, extras, strict=True):
        if label is not None:
            yield Example(line.text, label.value, posting.source, extra)


if __name__ == "__main__":
    main()
