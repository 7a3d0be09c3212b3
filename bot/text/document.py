"""A posting's text in lines, each with its headings and the way back to its words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, wraps
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from bot.domain.facts import Quote
from bot.text.clean import fold_space
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.markup import MarkedText

# Sentences in a line.

_LEXICON = read_lexicon("abbreviations")
_END = compile_later(
    lambda: (
        r"[.!?…。！？](?<!\.\s\.)(?:(?<=[。！？])|[\"'”’)\]*_]{0,4}\s+(?=[\"'“‘(¿¡\[*_$€£\d]{0,3}[^\W\d_])"
        rf"|(?<=[a-z]{{3}}[.!?])(?=(?:{one_of(_LEXICON['starters'])})\s))"
    )
)
"""It begins with one set of signs, so that all other characters are passed by at once; "in our County.You may call" lost its space.
A row of dots ends nothing: "Essay . . . . Advisory"."""

_INSIDE = frozenset(_LEXICON["inside"])
_PERHAPS = frozenset(_LEXICON["perhaps"])
_NUMBERED = frozenset(_LEXICON["numbered"])
_STARTS = compile_later(lambda: rf"(?:{one_of(_LEXICON['starters'])})\b")
_INITIAL = compile_later(
    r"(?<![A-Za-z])(?!(?:Series|Class|Grade|Level|Plan|Option|Vitamin|Group|Part|Type|Schedule)\b)[A-ZÀ-Þ][a-zà-ÿ]{2,10} [A-Z]\.$"
)
"""A first name and an initial."""

_LONGEST_WORD = 12
_LONGEST = 2_000
"""Characters: the longest sentence of 1,500 postings has 1,143; what goes on for longer is read in parts, for the finders' sake."""


_MOST = 400
"""Sentences of one line: the longest of 1,500 postings has 134 altogether; what follows is read in long parts."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """
    Return the start and end of each sentence, without the white space around it.

    >>> text = "We pay well, e.g. $5. Apply now!"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['We pay well, e.g. $5.', 'Apply now!']
    >>> text = "A mill in Rye County.You may call Ann."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['A mill in Rye County.', 'You may call Ann.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if len(found) >= _MOST:
            break
        if not _is_abbreviation(text, max(start, end.start() - _LONGEST_WORD), end):
            found += _trimmed(text, start, end.end())
            start = end.end()
    found += _trimmed(text, start, len(text))
    return found


def _is_abbreviation(text: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to a short form, so that the sentence goes on."""
    word = text[start : end.start() + 1].rsplit(maxsplit=1)[-1][-_LONGEST_WORD:].lower().lstrip("(\"'“[*_")
    if word in _NUMBERED:
        return text[end.end() : end.end() + 1].isdigit()
    if _INITIAL.search(text, start, end.start() + 1):
        return _STARTS.match(text, end.end()) is None  # "Ann B. Crust"
    return word in _INSIDE or (word in _PERHAPS and not _STARTS.match(text, end.end()))


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return text[start:end] without the white space around it, in parts where it is very long."""
    found: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        stop = space if space > 0 else start + _LONGEST
        found += _trimmed(text, start, stop)
        start = stop
    words = text[start:end]
    stripped = words.strip()
    if stripped and len(stripped) == len(words):
        found.append((start, end))
    elif stripped:
        first = start + len(words) - len(words.lstrip())
        found.append((first, first + len(stripped)))
    return found


# Whether words are denied by the words around them.

_DENIAL = compile_later(
    r"\b(?:no(?![-.]\w)|not|never|non(?!-)|nor|without|unable|cannot|\w{2,8}n't|neither|none|unfortunately"
    r"|nicht|kein(?:e|en|er|em|erlei)?|ohne|nie|leider|ne|n'\w+|pas|sans|aucune?|jamais|sin|ningún|ninguna|nunca|tampoco|não|sem|nenhuma?)\b",
    re.IGNORECASE,
)
_REVERSED = compile_later(
    r"\b(?:not only|no matter|not limited to|without limitation|no problem|whether or not|if not|not just|not to mention|why not"
    r"|not[- ]for[- ]profit|(?:for|with|of|an?) non(?=\s\w)|no (?:longer|later|less|fewer|more) than|not (?:to )?exceed(?:ing)?"
    r"|no (?:brasil|mercado|momento|mínimo|regime|modelo|time|setor)|sin límite|nicht nur|no solo|não só)\b",
    re.IGNORECASE,
)
_CLAUSE_END = compile_later(r"[.!?;]\s")
_SET_AGAINST = compile_later(
    r",\s(?:not|nicht|pas|não)\s(?:for|just|an?|the|your|in|at|on|to|from|ein|eine|für|pour|un|une|para|um|uma)\b", re.IGNORECASE
)
"""What denies something else than what stands before it: "a charity, not for profit"."""
_LONGEST_DENIED_WORD = 20


def is_denied(text: str, *, start: int, end: int, reach: int = 60) -> bool:
    """
    Tell whether text[start:end] is denied within `reach` characters before it or half as many behind it, in its own clause.

    >>> text = "We are unable to sponsor visas."
    >>> is_denied(text, start=text.index("sponsor"), end=text.index("visas"))
    True
    >>> is_denied("We sponsor visas, not only for seniors.", start=3, end=16)
    False
    >>> is_denied("A licence with no more than 6 points", start=2, end=9, reach=20)
    False
    >>> is_denied("Not to exceed 24 months", start=14, end=23)
    False
    >>> is_denied("We are a guild, not for profit", start=9, end=14), is_denied("We are not a guild", start=13, end=18)
    (False, True)
    """
    text = text.replace("’", "'")
    following = _SET_AGAINST.sub(_blank, _REVERSED.sub(_blank, text[start : end + reach]))  # whole, also where the reach ends
    text = text[:start] + following
    before = text[_word_start(text, max(0, start - reach)) : start]
    behind = text[end : _word_end(text, end + reach // 2)]
    opened = max((match.end() for match in _CLAUSE_END.finditer(before)), default=0)
    closed = _CLAUSE_END.search(behind)
    around = before[opened:] + text[start:end] + (behind[: closed.start()] if closed else behind)
    return _DENIAL.search(_REVERSED.sub(" ", around)) is not None


def is_hedged(text: str, *, start: int, end: int) -> bool:
    """Tell whether a sentence says of text[start:end] only that it may be: "you may be eligible for a bonus"."""
    hedges = (one.start() for one in pattern_of("perhaps").finditer(text))
    of_what_follows = {one.start() for one in pattern_of("perhaps_behind").finditer(text)}
    reach = {at: start if at in of_what_follows else end + _HEDGED_BEFORE for at in hedges}
    return any(start - _HEDGED_BEHIND <= at <= last for at, last in reach.items())


_HEDGED_BEHIND, _HEDGED_BEFORE = 70, 12  # letters between what hedges words and them


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _word_start(text: str, at: int) -> int:
    """Move back to where the word at this place begins, so that no piece of a word is read as one."""
    least = max(0, at - _LONGEST_DENIED_WORD)
    while at > least and at < len(text) and text[at].isalnum() and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    most = min(len(text), at + _LONGEST_DENIED_WORD)
    while 0 < at < most and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at


class LineKind(StrEnum):
    """What a line is in the posting's layout."""

    TITLE = "title"
    TAG = "tag"
    """A labelled value of the layout's own head: pay, place, contract; `label` says which."""

    HEADING = "heading"
    BULLET = "bullet"
    PROSE = "prose"


_FEWEST_BARS = 2
_BEHIND_LABEL = re.compile(r"[^:]{1,60}:\s{1,9}")
_MARKS = ("*", "_")

TITLE, TAG, HEADING, BULLET, PROSE = LineKind
"""The kinds by themselves: to look one up in its class takes longer than to compare it, and lines are asked again and again."""


@dataclass(slots=True)
class Line:
    """
    One line, or a paragraph that was wrapped over several; nobody changes one.

    It is not frozen: that takes five times as long to make, and a posting has hundreds.
    """

    number: int
    """Counts from 1 in the posting's text; 0 where a layout has the line in no place of its own."""

    marked: MarkedText
    kind: LineKind
    headings: tuple[str, ...] = ()
    """The headings above it, outermost first, without marks."""

    depth: int = 0
    """How deep a bullet is nested, from 0."""

    label: str | None = None
    """For `Label: words` and tags: the label, without marks and colon."""

    is_field: bool = False
    """Whether it is a field of a head: its label may be a name of ours, and only the words are quoted."""

    text: str = field(init=False, repr=False, compare=False)
    """The line without marks: kept, because every topic asks for it."""

    _folded: str | None = field(default=None, init=False, repr=False, compare=False)
    _spans: list[tuple[int, int]] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the text out of what the marks were taken off."""
        self.text = self.marked.plain

    @property
    def heading(self) -> str | None:
        """The nearest heading."""
        return self.headings[-1] if self.headings else None

    @property
    def whole(self) -> Quote:
        """The line as it stands in the posting, its label too."""
        return Quote(text=self.marked.raw, heading=self.heading)

    def quote(self, start: int = 0, end: int | None = None) -> Quote:
        """Return the words of text[start:end] as they stand in the posting; a label that marks set apart is their heading."""
        stop = len(self.text) if end is None else end
        if self.label is not None and start < self._value_at < stop:
            return Quote(text=self.marked.words_between(self._value_at, stop), heading=self.text[: self._value_at].strip(": "))
        return Quote(text=self.marked.words_between(start, stop), heading=self.heading)

    @property
    def _value_at(self) -> int:
        """Where the words behind a label begin that marks set apart ("**Pay:** 20 an hour"): markup has a tag there; else 0."""
        behind = _BEHIND_LABEL.match(self.text) if self.is_field or self.marked.raw[:1] in _MARKS else None
        return behind.end() if behind else 0

    @property
    def parts(self) -> list["Sentence"]:
        """The parts of a line that bars part ("Acme | Berlin | Remote"), without the white space around them; none of another line."""
        if self.text.count("|") < _FEWEST_BARS:
            return []
        found = []
        at = 0
        for part in self.text.split("|"):
            if words := part.strip():
                start = at + part.index(words)
                found.append(Sentence(self, start, start + len(words)))
            at += len(part) + 1
        return found

    @property
    def folded(self) -> str:
        """The line for comparing with others: no capitals, one space between words; made once."""
        if self._folded is None:
            self._folded = fold_space(self.text.casefold())
        return self._folded

    @property
    def sentences(self) -> list["Sentence"]:
        """The line's sentences, in order: where they stand is kept, without the sentences, which would hold the line that holds them."""
        if self._spans is None:
            self._spans = split_sentences(self.text)
        # Made as every tuple is: a posting has a hundred, and by name each takes three times as long.
        return [tuple.__new__(Sentence, (self, start, end)) for start, end in self._spans]


class Sentence(NamedTuple):
    """A sentence and the line it stands in."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence without marks."""
        return self.line.text[self.start : self.end]

    @property
    def quote(self) -> Quote:
        """The sentence as it stands in the posting."""
        return self.line.quote(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """What a format makes of a text: the head's fields, and the lines in order."""

    title: str | None
    company: str | None
    link: str | None
    location: str | None
    lines: tuple[Line, ...]
    """Title and tags first, then the body; a passage that stands twice is here once."""

    rules: tuple[str, ...] = ()
    """What of the head was read by which rule, for whoever asks why: "company by its label"."""

    readings: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was read from the whole document before, kept by `read_once`."""

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines below the head, headings included."""
        return tuple(line for line in self.lines if line.kind is not TITLE and line.kind is not TAG)

    @cached_property
    def statements(self) -> tuple[Line, ...]:
        """The lines that say something: bullets and prose."""
        return tuple(line for line in self.body if line.kind is not HEADING)

    def tags(self, *labels: str) -> Iterator[Line]:
        """Yield the head's tags of these labels."""
        return (line for line in self.lines if line.kind is TAG and line.label in labels)

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the head and the body, in order, headings left out."""
        return (sentence for line in self.lines if line.kind is not HEADING for sentence in line.sentences)


Reading = TypeVar("Reading")


def read_once(read: Callable[[Document], Reading]) -> Callable[[Document], Reading]:
    """Make a reading of a whole document that is kept with it: several topics ask for the same one."""

    @wraps(read)
    def read_or_remember(document: Document) -> Reading:
        if read not in document.readings:
            document.readings[read] = read(document)
        found: Reading = document.readings[read]
        return found

    return read_or_remember


# Whose addresses stand in a text.

DOMAIN_ENDINGS = r"com|io|ai|co|org|net|de|fr|dev|app|tech|health|eu|ca|co\.uk|us|es|xyz|so|gg|dk|me"
_DOMAIN = compile_later(
    rf"(?:@|https?://(?:www\.)?|\bwww\.)(?:[a-z0-9-]{{1,40}}\.){{0,2}}([a-z0-9-]{{2,40}})\.(?:{DOMAIN_ENDINGS})\b", re.IGNORECASE
)
_MOST_DOMAINS = 40


def find_domains(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names of the domains that a text's addresses have, without those of mail and job boards."""
    nobodys = read_lexicon("not_employers")["domains"].split()
    raws = (line.marked.raw for line in lines)
    found = (match[1].casefold() for raw in raws if "@" in raw or "://" in raw or "www." in raw for match in _DOMAIN.finditer(raw))
    named = dict.fromkeys(domain.replace("-", "") for domain in found if domain not in nobodys)
    return tuple(islice(named, _MOST_DOMAINS))
