"""Degrees named in a sentence: `BS/MS in Computer Science`, `Bachelor's degree`, `Hochschulabschluss`, `Bac+5`."""

import re
from collections.abc import Iterator
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from bot.domain.qualification import EducationLevel
from bot.text.alternation import one_of
from bot.text.document import Document, Line
from bot.text.lexicon import read_lexicon
from bot.text.signs import read_whole, to_lower

_LEXICON = read_lexicon("education_words")
_LEVELS = tuple(EducationLevel)
_INITIAL_SIGNS = frozenset(sign for sign in _LEXICON["signs"]["words"] if len(sign) == 1)
"""Letters that stand before a dot: B.S., M.A."""

_SIGNS = frozenset(_LEXICON["signs"]["words"]) - _INITIAL_SIGNS
_WORDS: dict[str, EducationLevel] = {word: level for level in _LEVELS for word in _LEXICON["levels"][level]["words"]}
_INITIALS: dict[str, EducationLevel] = {word: level for level in _LEVELS for word in _LEXICON["levels"][level].get("initials", ())}
_INITIAL = rf"(?:{one_of(list(_INITIALS))})"
_SIGN = rf"[{re.escape(''.join(_LEXICON['followers']['signs']))}]"
_FOLLOWER = one_of(_LEXICON["followers"]["words"])
_NAMED = re.compile(rf"(?<![\w.])(?:{one_of(_WORDS)})(?!\w)")
_ABBREVIATED = re.compile(
    rf"(?<![\w.])(?P<initials>{_INITIAL})(?:(?=\s?{_SIGN}\s?(?:{_INITIAL}\b|Ph|[BM]\.|(?:{_FOLLOWER}|preferably|ideally|higher)\b)"
    rf"|\s(?:{_FOLLOWER})\b)|(?<=[/,]..)(?=\W|$))",
)
_CRAFT = re.compile(r"\s(?:of (?:the|their|your|our|its)|class|plan|data|branch|the|your)\b", re.IGNORECASE)
_OTHER_MASTER = re.compile(r"(?:scrum|web|agile|quiz|task|ring|certified|true)[\s-]?$", re.IGNORECASE)
_SCHOOLED = re.compile(r"\s?(?:degree|in\b|or\b|and\b|/|,|\)|level|program|preferred|required|with\b|\.?$)", re.IGNORECASE)
_DEGREE = re.compile(rf"\b(?:{one_of(_LEXICON['degree']['words'])})\b(?!\s(?:{one_of(_LEXICON['degree']['not_behind'])})\b)")
_NOT_BEFORE = re.compile(rf"\b(?:{one_of(_LEXICON['degree']['not_before'])})[\s-]$|[\d°-]\s?-?$")
"""These and `_NAMED` are for lower case."""

_MOST, _MOST_LINES = 20, 30
"""Degrees in one sentence, and lines with degrees: of 1,500 postings none has more than 6 such lines."""


class Degree(NamedTuple):
    """A degree named at text[start:end]."""

    level: EducationLevel
    start: int
    end: int


def find_lines_with_degrees(document: Document) -> list[Line]:
    r"""
    Return the first lines that may name a degree.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("* BS in physics\n* Two years of Go"))
    >>> [line.text for line in find_lines_with_degrees(document)]
    ['BS in physics']
    """
    whole = read_whole(document)
    initials = _INITIAL_SIGNS.intersection(whole.words)
    return whole.lines_with(_SIGNS, also=[f"{initial}." for initial in initials])[:_MOST_LINES]


def find_degrees(text: str) -> tuple[Degree, ...]:
    """
    Return the degrees that a sentence names, in order; a "degree" of no level is a bachelor's.

    >>> [degree.level.value for degree in find_degrees("BS or MS in Physics, Ph.D. preferred")]
    ['bachelor', 'master', 'doctorate']
    >>> [degree.level.value for degree in find_degrees("A degree in Computer Science")]
    ['bachelor']
    >>> find_degrees("A Scrum Master with a high degree of autonomy who knows MS Office and master data")
    ()
    """
    straight = text.replace("’", "'").replace("`", "'")
    lowered = to_lower(straight)
    named = tuple(islice(_read_named(straight, lowered), _MOST))
    if named:
        return named
    found = (
        Degree(EducationLevel.BACHELOR, match.start(), match.end())
        for match in _DEGREE.finditer(lowered)
        if not _NOT_BEFORE.search(lowered, max(0, match.start() - 20), match.start())
    )
    return tuple(islice(found, _MOST))


def _read_named(text: str, lowered: str) -> Iterator[Degree]:
    """Yield the degrees with a level of their own, in order: by words in any case, and by initials as they are spelt."""
    words = (Degree(_WORDS[match[0]], match.start(), match.end()) for match in _NAMED.finditer(lowered))
    initials = (Degree(_INITIALS[match["initials"]], match.start(), match.end()) for match in _ABBREVIATED.finditer(text))
    end = 0
    for degree in merge(words, initials, key=attrgetter("start")):
        if degree.start >= end:
            end = degree.end
            if not lowered.startswith("master", degree.start) or _is_schooled(text, degree):
                yield degree


def _is_schooled(text: str, degree: Degree) -> bool:
    """Tell whether a master is one of a university: not of a craft, of Scrum, or in small letters at large."""
    if _CRAFT.match(text, degree.end) or _OTHER_MASTER.search(text, max(0, degree.start - 12), degree.start):
        return False
    return text[degree.start].isupper() or " " in text[degree.start : degree.end] or _SCHOOLED.match(text, degree.end) is not None
