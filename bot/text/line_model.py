"""What a line of a posting is, learned: told by its own words, the lines around it and its heading's words."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from bot.text.clean import fold_space
from bot.text.document import BULLET, HEADING, Document, Line, read_once
from bot.text.lexicon import data_directory
from bot.text.linear_model import LinearModel, TextSums, read_model, tokens_of

WORDS, CONTEXT = "words", "context"
"""The model's heads: by a line's own words, and with the lines and the heading around it."""

_LEAST_TOLD = 0.05
"""Scores of other lines below this are left out: they say nothing and take time."""

_LENGTHS = (4, 8, 14, 22, 35, 60)
"""Words up to which a line falls into each class of length."""

_THIRDS = 6
"""Parts of a posting that a line's place is told in."""

_HEADING_READ = 12
_REACH = 2
"""Lines before and after one that its features tell of."""


class LineClass(StrEnum):
    """What a line of a posting says."""

    REQUIREMENT = "requirement"
    PREFERRED = "preferred"
    DUTY = "duty"
    BENEFIT = "benefit"
    COMPANY = "company"
    PAY = "pay"
    PLACE = "place"
    APPLY = "apply"
    LEGAL = "legal"
    NONE = "none"
    """Anything else: what the job is in general, the team, a label."""


class ModelLine(NamedTuple):
    """A line as the model reads it."""

    text: str
    is_bullet: bool = False
    heading: str = ""
    """The words of the headings above it; empty where there is none, or it is not to be read."""

    depth: int = 0
    section: int = 0
    """Counts up where a new heading or lead-in begins; lines of one section stand next to each other."""


class ClassedLine(NamedTuple):
    """What a line is, and how sure that is."""

    kind: LineClass
    scores: dict[LineClass, float]


Scores = dict[str, float]


def classify_lines(lines: Sequence[ModelLine]) -> list[ClassedLine]:
    """
    Return what each line of a posting is, in order: each is read by itself, then again with what was found around it.

    >>> [line.kind.value for line in classify_lines([ModelLine("5+ years of experience with Python", is_bullet=True)])]
    ['requirement']
    """
    model = line_model()
    texts = [model.read_text(line.text) for line in lines]
    return [_to_class(scores) for scores in score_lines(model, lines, texts=texts, by_words=score_by_words(model, lines, texts=texts))]


def model_lines(document: Document) -> tuple[ModelLine, ...]:
    """Return the lines of a document that say something as the model reads them."""
    found, section, path = [], 0, None
    for line in document.body:
        if line.kind is HEADING or line.headings != path:
            section += line.kind is HEADING or path is not None
            path = line.headings if line.kind is not HEADING else None
        if line.kind is not HEADING:
            heading = fold_space(line.heading or "")
            found.append(ModelLine(line.text, is_bullet=line.kind is BULLET, heading=heading, depth=line.depth, section=section))
    return tuple(found)


@read_once
def read_line_classes(document: Document) -> dict[int, ClassedLine]:
    """Return what each line of a document that says something is, by its identity."""
    return dict(zip(map(id, document.statements), classify_lines(model_lines(document)), strict=True))


def classify_some(document: Document, wanted: Collection[int]) -> dict[int, ClassedLine]:
    """
    Return what some lines of a document are, given and told by their identities, as `read_line_classes` does.

    What stands too far from all of them to matter is not read.
    """
    model, lines = line_model(), model_lines(document)
    sections = _number_sections(lines)
    asked = [at for at, line in enumerate(document.statements) if id(line) in wanted]
    beside = {sections[at] + step for at in asked for step in (-1, 0, 1)}
    near = {at for at, number in enumerate(sections) if number in beside} | {
        at + step for at in asked for step in range(-_REACH, _REACH + 1)
    }
    texts = {at: model.read_text(lines[at].text) for at in near if 0 <= at < len(lines)}
    nothing = dict.fromkeys(model.heads[WORDS].labels, 0.0)
    by_words = [
        model.scores(WORDS, texts[at], extras=extras_of_line(line, texts[at].length)) if at in texts else nothing
        for at, line in enumerate(lines)
    ]
    lengths = [texts[at].length if at in texts else 0 for at in range(len(lines))]
    extras = extras_in_context(lines, by_words, lengths=lengths, asked=asked)
    return {
        id(document.statements[at]): _to_class(model.scores(CONTEXT, texts[at], extras=extra))
        for at, extra in zip(asked, extras, strict=True)
    }


@read_once
def _extras_by_line(document: Document) -> dict[int, dict[str, float]]:
    model, lines = line_model(), model_lines(document)
    texts = [model.read_text(read.text) for read in lines]
    extras = extras_in_context(lines, score_by_words(model, lines, texts=texts), lengths=[text.length for text in texts])
    return dict(zip(map(id, document.statements), extras, strict=True))


def reasons_of(document: Document, line: Line, *, most: int = 3) -> list[str]:
    """Return how sure the class of a line is, and the features that weighed most for it."""
    read = read_line_classes(document)[id(line)]
    extras = _extras_by_line(document)[id(line)]
    weighed = line_model().explain(CONTEXT, line.text, label=read.kind.value, extras=extras, most=4 * most)
    return [f"{read.scores[read.kind]:.2f}", *[name.strip("= ") for name, weight in weighed if weight > 0][:most]]


def score_by_words(model: LinearModel, lines: Sequence[ModelLine], *, texts: Sequence[TextSums]) -> list[Scores]:
    """Return the scores of lines by their own words alone."""
    return [model.scores(WORDS, text, extras=extras_of_line(line, text.length)) for line, text in zip(lines, texts, strict=True)]


def score_lines(model: LinearModel, lines: Sequence[ModelLine], *, texts: Sequence[TextSums], by_words: Sequence[Scores]) -> list[Scores]:
    """Return the scores of lines with what stands around them."""
    extras = extras_in_context(lines, by_words, lengths=[text.length for text in texts])
    return [model.scores(CONTEXT, text, extras=extra) for text, extra in zip(texts, extras, strict=True)]


def extras_of_line(line: ModelLine, length: int) -> dict[str, float]:
    """Return the named features of a line by itself: its layout and its length in words."""
    at = bisect_left(_LENGTHS, length)
    layout = "bullet" if line.is_bullet else "prose"
    return {layout: 1.0, f"{layout} length:{at}": 1.0, **({"nested": 1.0} if line.depth else {})}


def extras_in_context(
    lines: Sequence[ModelLine], by_words: Sequence[Scores], *, lengths: Sequence[int], asked: Iterable[int] | None = None
) -> list[dict[str, float]]:
    """
    Return the named features of lines with what their neighbours and sections are by words alone, and their headings' words.

    `asked` are the places of those lines that are wanted; all are where it is None.
    """
    sections = _number_sections(lines)
    told = [_told(scores) for scores in by_words]
    sums = _sum_sections(sections, by_words)
    around = -1, dict[str, float]()
    found = []
    for at in range(len(lines)) if asked is None else asked:
        line, number = lines[at], sections[at]
        extras = extras_of_line(line, lengths[at])
        extras[f"position:{at * _THIRDS // len(lines)}"] = 1.0
        for step, name in ((-1, "before"), (1, "after"), (-2, "second before"), (2, "second after")):
            beside = at + step
            if not 0 <= beside < len(lines):
                extras[f"nothing {name}"] = 1.0
            elif told[beside]:
                _add_named(extras, name if number == sections[beside] else f"{name} elsewhere", scores=told[beside])
        _add_named(extras, "own", scores=told[at])
        if sums[number].lines > 1:
            _add_named(extras, "section", scores=_told(_mean_of_others(sums[number], by_words[at])))
        else:
            extras["alone"] = 1.0
        if around[0] != number:
            around = number, _around(line, sums, number)
        extras.update(around[1])
        found.append(extras)
    return found


def line_model() -> LinearModel:
    """Return the model of lines; read once."""
    return _read_line_model()


@cache
def _read_line_model() -> LinearModel:
    return read_model(data_directory() / "models" / "lines.model")


def _number_sections(lines: Sequence[ModelLine]) -> list[int]:
    """Return which stretch of lines each belongs to, counted from 0: those of one section next to each other."""
    numbers: list[int] = []
    for number, (_, stretch) in enumerate(groupby(lines, key=lambda line: (line.section, line.heading))):
        numbers.extend(number for _ in stretch)
    return numbers


class _Sum(NamedTuple):
    lines: int
    scores: Scores


def _sum_sections(sections: Sequence[int], by_words: Sequence[Scores]) -> list[_Sum]:
    sums: list[_Sum] = []
    for _, stretch in groupby(zip(sections, by_words, strict=True), key=lambda pair: pair[0]):
        every = [scores for _, scores in stretch]
        sums.append(_Sum(len(every), dict(zip(every[0], map(sum, zip(*map(dict.values, every), strict=True)), strict=True))))
    return sums


def _mean_of_others(section: _Sum, own: Scores) -> Scores:
    return {label: (section.scores[label] - score) / (section.lines - 1) for label, score in own.items()}


def _around(line: ModelLine, sums: Sequence[_Sum], number: int) -> dict[str, float]:
    """Return what is the same for all lines of a section: what the sections before and after it are on average, and its heading's words."""
    found: dict[str, float] = {}
    own = _told(_mean(sums[number]))
    for beside, name in ((number - 1, "section before"), (number + 1, "section after")):
        if 0 <= beside < len(sums):
            there = _told(_mean(sums[beside]))
            _add_named(found, name, scores=there)
            _add_named(found, f"same as {name}", scores={label: min(score, own[label]) for label, score in there.items() if label in own})
        else:
            found[f"no {name}"] = 1.0
    found.update((f"heading:{word}", 1.0) for word in tokens_of(line.heading)[:_HEADING_READ])
    return found if line.heading else {**found, "no heading": 1.0}


def _mean(section: _Sum) -> Scores:
    return {label: total / section.lines for label, total in section.scores.items()}


def _told(scores: Scores) -> Scores:
    return {label: score for label, score in scores.items() if score >= _LEAST_TOLD}


def _add_named(extras: dict[str, float], name: str, *, scores: Scores) -> None:
    for label, score in scores.items():
        extras[f"{name}:{label}"] = score


def _to_class(scores: Scores) -> ClassedLine:
    told = {_CLASSES[label]: score for label, score in scores.items()}
    return ClassedLine(max(told, key=told.__getitem__), told)


_CLASSES = {kind.value: kind for kind in LineClass}
"""Looked up here sooner than made of its words."""
