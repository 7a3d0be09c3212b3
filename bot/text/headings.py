"""Which lines are headings, whatever the style: `#`, bold, italics, `Label:`, capitals."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from bot.text.clean import fold, fold_space
from bot.text.document import Line
from bot.text.lexicon import PhraseBook, compile_later, one_of, read_lexicon, split_words

# What a heading means: requirements, benefits, about the company and so on.

_TELLING_WORDS = compile_later(lambda: "|".join(read_lexicon("headings")["preferred"]["words"]).replace("*", r"\w*"))
_NUMBERED = re.compile(r"^\W{0,3}(?:[A-Z]|\d{1,2}|[IVX]{1,4})[.)]\s+(?=\w)")
"""What numbers a heading: "A. Education"."""

_LONGEST_HEADING = 24
"""Words of a heading that are read; what is longer is a sentence."""


_LONGEST_TELLING = 12
"""Words of a heading among which one may tell by itself that what stands below is welcome."""

_LONGEST_AFTER_ONE = 16
"""Words of a heading that one word at its start ("Why", "Votre") may tell."""


class SectionKind(StrEnum):
    """What a part of a posting is about; the names of the tables in data/lexicons/headings.toml."""

    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    TRAITS = "traits"
    """Skills, experience: what somebody can do; required unless the heading above says otherwise."""

    RESPONSIBILITIES = "responsibilities"
    BENEFITS = "benefits"
    WHY = "why"
    """Why to join: offers where it heads a list."""

    ROLE = "role"
    """About the job in general; its lists may be anything."""

    COMPANY = "company"
    LEGAL = "legal"
    PAY = "pay"
    PROCESS = "process"
    STACK = "stack"
    OTHER = "other"


REQUIREMENTS, PREFERRED, TRAITS, RESPONSIBILITIES, BENEFITS, WHY, ROLE, COMPANY, LEGAL, PAY, PROCESS, STACK, OTHER = SectionKind
"""The kinds by themselves: to look one up in its class takes longer than to compare it, and lines are asked again and again."""


class _Match(NamedTuple):
    """One phrase in a heading; the smallest one wins."""

    is_part: bool
    rank: int
    """The place of its kind in the lexicon."""


_ASKING = frozenset({SectionKind.REQUIREMENTS, SectionKind.TRAITS, SectionKind.STACK})
"""Kinds whose lists are only welcome where one word of the heading says so: "Helpful skills"."""

_BOTH = frozenset({SectionKind.REQUIREMENTS, SectionKind.RESPONSIBILITIES})


@lru_cache(maxsize=4096)
def read_section_kind(heading: str) -> SectionKind | None:
    """
    Return what a heading says about the lines below it, or None if it says nothing.

    >>> read_section_kind("🎯 What you'll do:")
    <SectionKind.RESPONSIBILITIES: 'responsibilities'>
    >>> read_section_kind("Preferred Qualifications")
    <SectionKind.PREFERRED: 'preferred'>
    >>> read_section_kind("Required and Preferred Qualifications")
    <SectionKind.REQUIREMENTS: 'requirements'>
    >>> read_section_kind("Blue sky") is None
    True
    """
    matches = sorted(_find_matches(split_words(_NUMBERED.sub("", heading, count=1))[:_LONGEST_HEADING]))
    best = _kinds()[matches[0].rank] if matches else None
    if (best is None or (best in _ASKING and matches[0].is_part)) and _says_welcome(heading):
        best = SectionKind.PREFERRED
    if best is SectionKind.PREFERRED and _names_both().search(heading):
        return SectionKind.REQUIREMENTS
    if best in _BOTH and matches[0].is_part and {_kinds()[match.rank] for match in matches} >= _BOTH:
        return SectionKind.ROLE
    return best


@cache
def _names_both() -> re.Pattern[str]:
    """What is asked for and what is welcome in one heading, joined: "Required and Preferred Skills", "Must-haves & nice-to-haves"."""
    words = read_lexicon("wording")["both"]
    asked, names, welcome, joining = (rf"(?<!\w)(?:{one_of(words[which])})(?!\w)" for which in ("asked", "names", "welcome", "joining"))
    between = rf"(?:\s[\w-]{{1,20}}){{0,2}}\s?(?:[&/+]|{joining})\s?"
    return re.compile(f"(?:{asked}|^{names}){between}{welcome}|{welcome}{between}{asked}", re.IGNORECASE)


def _says_welcome(heading: str) -> bool:
    return any(map(_TELLING_WORDS.fullmatch, split_words(heading)[:_LONGEST_TELLING]))


@lru_cache(maxsize=4096)
def is_section_name(words: str) -> bool:
    """
    Tell whether words are the usual name of a section and nothing more.

    >>> is_section_name("Responsibilities"), is_section_name("Responsibilities change often")
    (True, False)
    """
    names = split_words(words)[:_LONGEST_HEADING]
    return any(book.spans(names) for book in _books()[:3]) or _is_put_together(names) or _is_listing(words)


def _is_put_together(names: list[str]) -> bool:
    """Tell whether words are one section's name and then another's: "Minimum" and "Qualifications"."""
    whole, begins, within, _ = _books()
    firsts = (book.match(names, 0) for book in (whole, begins)) if len(names) > 1 else ()
    return any(found is not None and within.spans(names[found[0] :]) for found in firsts)


def _is_listing(words: str) -> bool:
    """Tell whether words list the names of sections for one list: "Duties, Tasks & Responsibilities"."""
    parts = [part for part in _LISTED.split(words) if part.strip()]
    return len(parts) > 1 and all(is_section_name(part) for part in parts) and read_section_kind(words) not in _TOO_COMMON


_LISTED = re.compile(r",\s?(?:&|and\b)?|\s?[&/]\s?|\s(?:and|und|et|y|e)\s")


@lru_cache(maxsize=4096)
def is_mostly_section_name(words: str) -> bool:
    """
    Tell whether a few words are, for the greater part, one phrase of section names: a heading among unmarked lines.

    >>> is_mostly_section_name("What you will do at Fernwerk"), is_mostly_section_name("Company car")
    (True, False)
    """
    names = split_words(words)
    if not _FEWEST_NAMING <= len(names) <= _PLAIN_LONGEST_WORDS or read_section_kind(words) in _TOO_COMMON:
        return False
    whole, begins, within, ends = _books()
    spans = [found[0] for book in (whole, begins) if (found := book.match(names, 0)) is not None]
    spans += [end - start for start, end, _ in within.find(names)]
    spans += [found[0] for found in (ends.match(names[::-1], 0),) if found is not None]
    return max(spans, default=0) >= max(_FEWEST_NAMING, len(names) / 2)


def _find_matches(words: list[str]) -> Iterator[_Match]:
    if not words:
        return
    whole, begins, within, ends = _books()
    found = whole.match(words, 0)
    if found is not None and found[0] == len(words):
        yield _Match(is_part=False, rank=int(found[1]))
    found = begins.match(words, 0)
    if found is not None and (found[0] > 1 or len(words) <= _LONGEST_AFTER_ONE):
        yield _Match(is_part=True, rank=int(found[1]))
    for _, _, rank in within.find(words):
        yield _Match(is_part=True, rank=int(rank))
    found = ends.match(words[::-1], 0)
    if found is not None:
        yield _Match(is_part=True, rank=int(found[1]))


@cache
def _kinds() -> tuple[SectionKind, ...]:
    return tuple(SectionKind(name) for name in read_lexicon("headings"))


@cache
def _books() -> tuple[PhraseBook, PhraseBook, PhraseBook, PhraseBook]:
    """The phrases by how they must fit, the last ones with their words turned round; one that two kinds list belongs to the first."""
    ends = {" ".join(reversed(split_words(phrase))): rank for phrase, rank in _phrases("ends").items()}
    return PhraseBook(_phrases("whole")), PhraseBook(_phrases("begins")), PhraseBook(_phrases("within")), PhraseBook(ends)


def _phrases(fit: str) -> dict[str, str]:
    tables = list(read_lexicon("headings").values())
    return {phrase: str(rank) for rank in reversed(range(len(tables))) for phrase in tables[rank].get(fit, ())}


BOLD_LEVEL = 7
ITALIC_LEVEL = 8
PLAIN_LEVEL = 9
LABEL_LEVEL = 10
"""Levels below the six of `#`: bold lines, lines in italics, plain lines, then `Label:` lines and, deeper, bullets that head others."""

HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
"""The mark of a markdown heading; without a space it is a hashtag."""

_BOLD = re.compile(r"[_\s]{0,4}(?:\*\*|__)[^*].{0,200}(?:\*\*|__)[\s:_*]{0,6}$")
_ITALIC = re.compile(r"(?:_[^_].{0,150}_|\*[^*].{0,150}\*)[\s:]{0,3}$")
_LONGEST = 110
_LONGEST_LABEL = 90
_SENTENCE_END = frozenset(".!;,")
_TRAILING_DOTS = ("…", "...")
_CAPITALS_LONGEST = 60
_PLAIN_LONGEST_WORDS = 9
_NAME_LONGEST_WORDS = 6
"""A line that begins with a picture is a heading if it has no more words than this and names a section."""

_FEWEST_NAMING = 2
_PARAGRAPH = 150
"""Characters of a paragraph whose unmarked heading needs no known name."""

_LONGEST_SMALL = 3
"""Letters of a word that a title writes small."""

_TOO_COMMON = frozenset({None, SectionKind.TRAITS, SectionKind.OTHER, SectionKind.PAY, SectionKind.LEGAL})
"""Kinds whose phrases stand in items as well: no unmarked line is their heading by a part of its words."""

_NAME_LONGEST_INITIALS = 3
"""Letters of a line of capitals that is no heading, unless a list follows."""

_LABEL_LONGEST_WORDS = 3
"""A bullet that heads others says something itself if it has more words than this."""


class Heading(NamedTuple):
    """A heading's words and how deep it stands: 1 to 6 as in markdown, then bold, italic, label, bullet."""

    level: int
    words: str
    says_something: bool = False
    """Whether it is also an item of its own list: a bullet with more than a label in it."""


def read_heading(raw: str, plain: str, *, bullet_depth: int | None, next_bullet_depth: int | None, is_last: bool) -> Heading | None:
    """
    Return the heading that a line is, or None for a line that says something.

    >>> read_heading("**What you bring:**", "What you bring:", bullet_depth=None, next_bullet_depth=0, is_last=False)
    Heading(level=7, words='What you bring', says_something=False)
    >>> read_heading("We build **great** tools.", "We build great tools.", bullet_depth=None, next_bullet_depth=None, is_last=False)
    """
    if bullet_depth is not None:
        if is_last or next_bullet_depth is None or next_bullet_depth < bullet_depth:
            return None
        return _read_bullet_heading(plain, bullet_depth) if next_bullet_depth > bullet_depth else _read_bullet_among_others(plain)
    hashes = HASHES.match(raw) if raw[:1] == "#" else None
    if hashes is None and (len(plain) > 2 * _LONGEST or (is_last and not _names_empty_section(plain))):
        return None
    words = _words_of(plain)
    if words is None:
        return None
    if hashes is not None:
        return Heading(len(hashes[1]), words)
    return _read_line_heading(raw, plain, words, next_bullet_depth) if len(words) <= _LONGEST else None


def _names_empty_section(plain: str) -> bool:
    """Tell whether a text's last line is a section's name that nothing was written under: it is no item, and says nothing."""
    words = _words_of(plain)
    is_name = (
        words is not None and all(letter.isalnum() or letter in " &/'’-," for letter in words) and is_section_name(words)
    )  # "Experience: not required" says something
    return is_name and read_section_kind(words or "") not in _TOO_COMMON


def read_heading_apart(plain: str, *, alone: bool, before: int) -> Heading | None:
    """
    Return the heading that an unmarked line is which stands apart from a longer paragraph below it, or None.

    `alone`: a blank line stands on either side; `before` counts the characters of the paragraph.

    >>> read_heading_apart("What you will do at Fernwerk", alone=False, before=90)
    Heading(level=9, words='What you will do at Fernwerk', says_something=False)
    >>> read_heading_apart("Company car", alone=True, before=40) is None
    True
    """
    words = _words_of(plain) if before > len(plain) and len(plain) <= _LONGEST else None
    if words is None or not words[0].isupper() or ":" in words:
        return None
    if _ends_sentence(words):
        is_called_out = words[-1] == "!" and alone and len(words.split()) <= _PLAIN_LONGEST_WORDS
        return Heading(PLAIN_LEVEL, words) if is_called_out and _is_addressed(words) else None
    names = is_mostly_section_name(words) or (alone and before >= _PARAGRAPH and _is_titled(words.split()))
    return Heading(PLAIN_LEVEL, words) if names or (alone and _is_addressed(words)) else None


def _is_addressed(words: str) -> bool:
    """Tell whether a few words speak to the reader as a section's name does: "Your tools, and what you do with them"."""
    first, *others = split_words(words)
    return len(others) < _ADDRESSED_LONGEST and first in _addressing() and read_section_kind(words) is not None


_ADDRESSED_LONGEST = 10
"""Words."""


@cache
def _addressing() -> frozenset[str]:
    return frozenset(read_lexicon("wording")["addressing"]["words"])


def _is_titled(words: list[str]) -> bool:
    """Tell whether a few words are written as a title is: each long one with a capital, no figures."""
    return (
        _FEWEST_NAMING <= len(words) <= _NAME_LONGEST_WORDS
        and all(word[0].isupper() or len(word) <= _LONGEST_SMALL for word in words)
        and not any(character.isdigit() or character in ",|/:@" for word in words for character in word)
    )


def _words_of(plain: str) -> str | None:
    """Return a heading's words without the signs around them; None where there are none, or a hashtag stands there."""
    words = fold_space(plain).strip("*_: ").strip()
    return words if any(map(str.isalnum, words)) and not words.startswith("#") else None


def _read_bullet_heading(plain: str, depth: int) -> Heading | None:
    """A bullet heads the deeper ones below it where it ends with a colon or is short; longer ones are items as well."""
    words = _words_of(plain) if len(plain) <= 2 * _LONGEST else None
    if words is None or len(words) > _LONGEST:
        return None
    length = len(words.split())
    opens = plain.rstrip().endswith(":")
    if opens or length <= _LABEL_LONGEST_WORDS + 1:
        is_label = not opens or length <= _LABEL_LONGEST_WORDS or read_section_kind(words) is PREFERRED
        return Heading(LABEL_LEVEL + 1 + depth, words, says_something=not is_label)
    return None


def _read_bullet_among_others(plain: str) -> Heading | None:
    """A bullet heads those that follow it where it ends with a colon and names what is welcome: "Bonus points for:"."""
    words = _words_of(plain) if plain.rstrip("*_ ").endswith(":") and len(plain) <= _LONGEST_LABEL else None
    return Heading(LABEL_LEVEL, words) if words and read_section_kind(words) is SectionKind.PREFERRED else None


def _read_line_heading(raw: str, plain: str, words: str, next_bullet_depth: int | None) -> Heading | None:
    level = None
    is_open = not _ends_sentence(words) or (len(words.split()) <= _PLAIN_LONGEST_WORDS and read_section_kind(words) is not None)
    if words.endswith(_TRAILING_DOTS):
        words = (words[:-1] if words[-1] == "…" else words[:-3]).strip()
    if next_bullet_depth is None and _STATES_SHARE.fullmatch(words):
        return None  # emphasised or not, "Yearly bonus: 12%" says what it names
    if is_open and _BOLD.match(raw) and raw.count("**") <= 4:  # noqa: PLR2004
        level = BOLD_LEVEL
    elif is_open and _ITALIC.match(raw):
        level = ITALIC_LEVEL
    elif plain.rstrip().endswith(":") and len(words) <= _LONGEST_LABEL:
        level = LABEL_LEVEL
    elif _is_plain_heading(words, next_bullet_depth):
        level = PLAIN_LEVEL
    return None if level is None else Heading(level, words)


_STATES_SHARE = compile_later(r"[^:]{3,40}:\s[^:]{0,12}\d\s?%[^:]{0,20}")
"""A label and so many of a hundred behind it."""


def _ends_sentence(words: str) -> bool:
    """Tell whether words end as a sentence does; three dots leave it open."""
    return words[-1:] in _SENTENCE_END and words[-3:-1] != ".."


def _is_plain_heading(words: str, next_bullet_depth: int | None) -> bool:
    """Tell whether an unmarked line is a heading: capitals alone, a section's usual name, or a few words before a list."""
    if words.isupper() and len(words) <= _CAPITALS_LONGEST and " | " not in words:  # what bars part is a table's row
        return len(words) > _NAME_LONGEST_INITIALS or next_bullet_depth is not None
    length = len(words.split())
    if _ends_sentence(words):
        is_called_out = words[-1] == "!" and next_bullet_depth is not None and length <= _PLAIN_LONGEST_WORDS
        return (words.endswith(".") and is_section_name(words)) or (is_called_out and read_section_kind(words) is not None)
    if not words[0].isascii() and unicodedata.category(words[0]) == "So":
        return length <= _NAME_LONGEST_WORDS + 1 and read_section_kind(words) is not None
    if next_bullet_depth is not None and length <= _PLAIN_LONGEST_WORDS:
        return not _is_field(words)
    return length <= _NAME_LONGEST_WORDS and is_section_name(words)


def _is_field(words: str) -> bool:
    """Tell whether words are a field of a posting's head and its value, which head no list: "Location: Oslo"."""
    label, sign, value = words.partition(": ")
    return bool(sign) and fold(label.strip("*_ ")) in _fields() and read_section_kind(value) not in _ITEMS


_ITEMS = frozenset({REQUIREMENTS, PREFERRED, TRAITS, RESPONSIBILITIES, BENEFITS})


@cache
def _fields() -> frozenset[str]:
    return frozenset(fold(label) for labels in read_lexicon("head_words")["labels"].values() for label in labels.split("|"))


# What the headings above one line say about it.


def read_line_kind(line: Line) -> SectionKind | None:
    r"""
    Return what the nearest heading that says anything says about a line, or None.

    >>> from bot.text.lines import read_lines
    >>> [read_line_kind(line) for line in read_lines("## Nice to have\n* Go\n* SQL")][1:]
    [<SectionKind.PREFERRED: 'preferred'>, <SectionKind.PREFERRED: 'preferred'>]
    """
    kind = None
    for heading in reversed(line.headings):
        found = read_section_kind(heading)
        if found is SectionKind.TRAITS:
            kind = found
        elif found is not None:
            return found if kind is None or found is SectionKind.PREFERRED else kind
    return kind


def as_lead(heading: str) -> str:
    """Return a heading as what leads to its lines."""
    words = heading.rstrip(" :")
    return words if words.endswith("?") else f"{words}:"
