"""The head of a pasted posting: its title, its company and its place, whichever way they stand at the top of the text."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from bot.parsing.employer import find_domains, not_names, technology_names, to_name
from bot.parsing.pieces import (
    Piece,
    is_company_like,
    is_hiring_phrase,
    is_place,
    is_role,
    is_role_beside_a_name,
    is_sentence,
    legal_forms,
    read_piece,
    tokens_of,
)
from bot.text.clean import fold
from bot.text.document import HEADING, PROSE, TAG, TITLE, Line
from bot.text.headings import read_section_kind
from bot.text.lexicon import one_of, read_lexicon
from bot.text.markup import read_markup, to_link
from bot.text.places import find_places

_HEAD_LENGTH = 14
"""Statements: a labelled value further down belongs to the body."""

_LONGEST_TITLE = 160
_LONGEST_NAME = 120
_MOST_BLOCK = 8
"""Lines of a pasted head that follow each other without a blank one."""

_PIPE = re.compile(r"\s*[|¦│]\s*|\s+[·•]\s+")
_DASH = re.compile(r"\s+[-–—]+\s+|\s+[-–—]+$")
_BRACKETED = re.compile(r"\s*\[([^\[\]\n]{1,60})\]\s*(?=\S)|\s*\(([^()\n]{1,60})\)\s*(?=\S)")
_SIGNS_AROUND = re.compile(r"^[^\w(\[\"“'#/.@]+|[\s|,;:\-–—*_]+$")
_REMARK = re.compile(
    r"\s*\((?:[^()]{0,200}?(?:https?://|www\.|\.(?:com|io|ai|co|org|net|dev|app)\b|\bYC\b|\bformerly\b|\bbacked\b|\bstealth\b|\bseries\b|\bseed\b|\bhiring\b|\bf/k/a\b)[^()]{0,200})\)"
    r"|\s*[-–—(,]?\s*https?://\S+|\s*\((?:YC|W|S)\s?\w{0,6}\d{2}\)",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s{4,}|\t")
_PICTURE = re.compile(r"\s*[\U0001F300-\U0001FAFF\u2600-\u27BF·|]\s")


@dataclass(frozen=True)
class Head:
    """What the top of a text says, and the lines with those of the head made title and tags."""

    title: str | None = None
    company: str | None = None
    link: str | None = None
    location: str | None = None
    lines: tuple[Line, ...] = ()
    rules: tuple[str, ...] = field(default=())
    """What was read by which rule, for whoever asks why."""


_Replaced = dict[int, tuple[Line, ...]]
"""By the identity of a line, what stands in its place."""


class _Read(NamedTuple):
    """What one way of reading finds."""

    title: str | None
    company: str | None
    location: str | None
    lines: _Replaced
    rule: str


def read_head(lines: tuple[Line, ...]) -> Head:
    r"""
    Read the head: labelled lines first, then lines below each other, pieces between bars, a sentence that names both, the first line.

    >>> from bot.text.lines import read_lines
    >>> def head(text):
    ...     found = read_head(read_lines(text))
    ...     return found.title, found.company, found.location
    >>> head("Acme (YC S23) | Cook, Baker | Berlin or REMOTE (EU) | Full-time\n\nWe cook.")
    ('Cook, Baker', 'Acme', 'Berlin or REMOTE (EU)')
    >>> head("Night Cook\nDough & Sons\nLyon, France\n\nWe cook.")
    ('Night Cook', 'Dough & Sons', 'Lyon, France')
    """
    labelled = dict(reversed(list(_read_labels(lines))))
    ways = (_read_block, _read_pieces, _read_sentence, _read_title)
    opened = _without_opening(lines)
    found = next((read for way in ways if (read := way(opened, labelled)) is not None), _Read(None, None, None, {}, "none"))
    title, titled = _choose_title(found, labelled, lines)
    company = _named(labelled.get("company")) or found.company
    location = _value(labelled.get("location")) or found.location
    link = labelled.get("link")
    own = {id(line): (_as_tag(line, name),) for name, line in labelled.items() if name in _TAGGED}
    replaced = {**found.lines, **titled, **own}
    rules = tuple(
        f"{name} by {'its label' if name in labelled else found.rule}"
        for name, value in (("title", title), ("company", company), ("place", location))
        if value
    )
    return Head(
        title=title,
        company=clean_company(company) if company else None,
        link=to_link(_value(link) or "") if link else None,
        location=location,
        lines=tuple(_with_head(lines, replaced)),
        rules=rules,
    )


# Labelled lines.


@cache
def head_labels() -> dict[str, str]:
    """Return the labels of a head's lines, folded, with the field that each fills."""
    labels = read_lexicon("head_words")["labels"]
    return {fold(label): name for name, words in labels.items() for label in words.split("|")}


@cache
def _mail_labels() -> frozenset[str]:
    return frozenset(read_lexicon("head_words")["mail"]["labels"].split("|"))


def _read_labels(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Yield the labelled lines near the top by the field that they fill."""
    is_mail = (
        bool(lines) and (lines[0].label or "").casefold() in _mail_labels() and any(_is_subject(line) for line in lines[:_HEAD_LENGTH])
    )
    for line in lines[:_HEAD_LENGTH]:
        name = head_labels().get(fold(line.label)) if line.label else None
        if name == "title" and _is_subject(line) and not is_mail:
            continue
        if name and not (name == "title" and len(line.text) > _LONGEST_TITLE and not _GAP.search(line.text[:_LONGEST_TITLE])):
            yield name, line


def _is_subject(line: Line) -> bool:
    return (line.label or "").casefold() in ("subject", "betreff", "objet", "asunto", "assunto")


def _value(line: Line | None) -> str | None:
    if line is None:
        return None
    words = line.text.partition(":")[2] if line.label else line.text
    return _GAP.split(words.strip(), maxsplit=1)[0].strip() or None


def _named(line: Line | None) -> str | None:
    """Return the name that a labelled line gives; "Company: We are a bakery" gives none."""
    name = _value(line)
    return (
        name
        if name and len(name) <= _LONGEST_NAME and not is_sentence(name) and fold(name).split()[0] not in not_names("sentence_words")
        else None
    )


def _as_title(line: Line) -> Line:
    return replace(line, kind=TITLE, label="title", headings=())


def _as_tag(line: Line, name: str) -> Line:
    """Make a line a tag; of "**Location:** Oslo" its value, so that its quote has no marks of what stands before it."""
    at = line.text.find(":") + 1
    if line.label and name == "location" and line.marked.starts is not None and line.text[at:].strip():
        at += len(line.text[at:]) - len(line.text[at:].lstrip())
        value = read_markup(line.marked.words_between(at, len(line.text)))
        return replace(line, marked=value, kind=TAG, label=name, headings=())
    return replace(line, kind=TAG, label=name, headings=())


def tag_labels(lines: Sequence[Line], known: Collection[str]) -> tuple[Line, ...]:
    """Return the lines of a body with the labelled ones at its top made tags, of fields that are not known otherwise."""
    made = {id(line): _as_tag(line, name) for name, line in _read_labels(lines) if name in _TAGGED and name not in known}
    return tuple(made.get(id(line), line) for line in lines)


_TAGGED = frozenset({"salary", "location", "type"})


def _choose_title(found: _Read, labelled: dict[str, Line], lines: Sequence[Line]) -> tuple[str | None, _Replaced]:
    """Return the title and its line: a label's, unless the first lines say it and the label stands far below them."""
    line = labelled.get("title")
    if line is None or (found.title and line not in lines[:_MOST_BLOCK] and is_role(found.title)) or _is_below(found, line, lines):
        return found.title, {}
    value = _value(line) or ""
    if _is_subject(line):
        value = _read_subject(value)
    return value or found.title, {id(line): (_as_title(line),)}


def _is_below(found: _Read, line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a labelled title stands in the text below a head that names a role itself."""
    if not found.title or found.rule == "its first line" or not is_role(found.title):
        return bool(found.title and is_role(found.title) and _is_apart(lines, line))
    return _is_apart(lines, line)


def _is_apart(lines: Sequence[Line], line: Line) -> bool:
    """Tell whether another statement, a long one, stands before a line."""
    return any(len(before.text) > _LONGEST_TITLE for before in lines[: lines.index(line)])


def _read_subject(value: str) -> str:
    words = read_lexicon("head_words")["mail"]
    prefix = re.compile(rf"(?:\s*(?:{one_of(words['prefixes'].split())})\s*:|\s*\[[^\]]{{1,60}}\])\s*", re.IGNORECASE)
    while (found := prefix.match(value)) is not None and found.end():
        value = value[found.end() :]
    ending = re.search(rf"\s(?:{words['endings']})\b", value, re.IGNORECASE)
    return value[: ending.start()].strip() if ending else value.strip()


# Lines below each other: title, company and place, or company, title and place.


def _without_opening(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without the first ones that only say that somebody hires: "We're hiring | Multiple openings"."""
    at = 0
    while at < min(len(lines), _MOST_OPENING) and all(read_piece(piece) in _OPENINGS for piece in _split(lines[at].text, _PIPE)):
        at += 1
    return lines[at:]


_OPENINGS = frozenset({Piece.HIRING, Piece.SEVERAL})
_MOST_OPENING = 3


def _read_block(lines: Sequence[Line], labelled: dict[str, Line]) -> _Read | None:
    block = _first_block(lines)
    if len(block) < 2 or block[0].label or block[1].label:  # noqa: PLR2004
        return None
    first, second = block[0], block[1]
    if is_place(_bare(second.text)) and _is_title_like(first.text, may_end=True) and not _PIPE.search(first.text):
        title, company, _ = _part_title(_without_brackets(first)[0], lines, has_company="company" in labelled)
        replaced: _Replaced = {id(first): (_as_title(first),), id(second): (_as_tag(second, "location"),)}
        return _Read(title, company, _bare(second.text), replaced, _BELOW)
    if not _is_title_like(first.text) or not is_company_like(second.text):
        return None
    place = next((line for line in block[2:] if not line.label and is_place(line.text)), None)
    return _read_names(block, place) if _is_borne_out(block, place) else None


_BELOW = "the lines below each other"


def _read_names(block: Sequence[Line], place: Line | None) -> _Read | None:
    """Read a block whose first two lines are the title and the company, in whichever order."""
    title, company = block[0], block[1]
    if not is_role(title.text) and is_role(company.text) and is_company_like(title.text):
        title, company = company, title
    elif _PIPE.search(title.text) and place is None:
        return None
    replaced: _Replaced = {id(title): (_as_title(title),), id(company): ()}
    if place is not None:
        replaced[id(place)] = (_as_tag(place, "location"),)
    return _Read(_bare(title.text), company.text.strip(), _bare(place.text) if place else None, replaced, _BELOW)


def _first_block(lines: Sequence[Line]) -> list[Line]:
    """Return the first lines that follow each other with no blank line between them."""
    block = list(lines[:1])
    for before, line in pairwise(lines[:_MOST_BLOCK]):
        if line.number != before.number + 1 or line.number == 0:
            break
        block.append(line)
    return block


def _is_borne_out(block: Sequence[Line], place: Line | None) -> bool:
    """Tell whether what stands below the second line is the rest of a head: a place, pay, a labelled line; or a role stands above it."""
    rest = block[2:]
    if place is not None and all(len(line.text) <= _LONGEST_TITLE for line in rest[: rest.index(place)]):
        return True
    if not rest:
        return is_role(block[0].text) and not is_role(block[1].text) and to_name(block[1].text) is not None
    return (
        len(rest[0].text) <= _LONGEST_TITLE
        and any(line.label or read_piece(line.text) in (Piece.PAY, Piece.CONTRACT) for line in rest[:3])
        and not is_sentence(rest[0].text)
    )


def _is_title_like(words: str, *, may_end: bool = False) -> bool:
    """Tell whether a line may be a title; one that ends as a sentence does only where a place stands below it."""
    if len(words) > _LONGEST_TITLE or words.rstrip().endswith((":", "!", ";")):
        return False
    return is_role(words) or not is_sentence(words) or (may_end and _is_in_title_case(words))


# Pieces between bars, in any order.


def _read_pieces(lines: Sequence[Line], _labelled: dict[str, Line]) -> _Read | None:
    if not lines:
        return None
    line = lines[0]
    pieces = [piece for piece in _split(line.text, _PIPE) if piece.strip()]
    if len(pieces) < 2:  # noqa: PLR2004
        return None
    if _seeks().match(_bare(pieces[0])):
        return None
    kinds = [_kind_in_row(piece, pieces) for piece in pieces]
    company = _choose_company(pieces, kinds)
    roles = _choose_roles(pieces, kinds, company)
    if company is None and not roles:
        return None
    made = tuple(_to_line(line, piece, _label_of(piece, kinds[at], at, roles)) for at, piece in enumerate(pieces) if at != company)
    places = [_bare(piece) for at, piece in enumerate(pieces) if kinds[at] is Piece.PLACE and at != company]
    title = ", ".join(_bare_role(pieces[at]) for at in roles) or None
    name = _bare(pieces[company]) if company is not None else None
    return _Read(title, name, " | ".join(places) or None, {id(line): made}, "the pieces between bars")


def _split(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return the pieces of a line between marks; bars within brackets part nothing."""
    pieces: list[str] = []
    start = 0
    for found in mark.finditer(text):
        before = text[start : found.start()]
        if before.count("(") > before.count(")"):
            continue
        pieces.append(before)
        start = found.end()
    return [*pieces, text[start:]]


def _kind_in_row(piece: str, pieces: Sequence[str]) -> Piece:
    """Return what a piece is, a field of work taken for a role where no other piece is one."""
    kind = read_piece(_REMARK.sub("", _bare(piece)) or piece)
    if kind in (Piece.OTHER, Piece.TOOLS) and piece is not pieces[0] and is_role_beside_a_name(piece):
        others = (read_piece(_bare(each)) for each in pieces if each is not piece)
        return kind if any(other is Piece.ROLE for other in others) else Piece.ROLE
    return kind


def _choose_company(pieces: Sequence[str], kinds: Sequence[Piece]) -> int | None:
    """Return which piece is the company's name: the first, unless that is a role, or the first other one that may be a name."""
    names = [at for at, kind in enumerate(kinds) if kind is Piece.OTHER and _may_name(pieces[at])]
    first = kinds[0]
    if first is Piece.HIRING:
        return names[0] if names and any(kind is Piece.ROLE for kind in kinds) and names[0] == 1 else None
    if first in (Piece.OTHER, Piece.TOOLS):
        return 0
    if first is Piece.ROLE and any(kind in (Piece.ROLE, Piece.SEVERAL) for kind in kinds[1:]):
        return 0 if not names else names[0]
    if first in (Piece.PLACE, Piece.ROLE) and len(tokens_of(pieces[0])) <= 4 and first is Piece.PLACE and _has_other_place(kinds):  # noqa: PLR2004
        return 0
    return names[0] if names else None


def _has_other_place(kinds: Sequence[Piece]) -> bool:
    return any(kind is Piece.PLACE for kind in kinds[1:]) and Piece.OTHER not in kinds


def _may_name(piece: str) -> bool:
    bare = _bare(piece)
    return is_company_like(bare) and to_name(bare) is not None and bare.lower() not in technology_names()


def _choose_roles(pieces: Sequence[str], kinds: Sequence[Piece], company: int | None) -> list[int]:
    """Return the pieces that name roles, those that stand together."""
    roles = [at for at, kind in enumerate(kinds) if kind is Piece.ROLE and at != company]
    together = [at for index, at in enumerate(roles) if at == roles[0] + index]
    if together:
        return together
    return [at for at, kind in enumerate(kinds) if kind is Piece.SEVERAL and at != company and len(pieces) > 1][:1]


_LABELS = {Piece.PLACE: "location", Piece.CONTRACT: "type", Piece.PAY: "salary"}


def _label_of(piece: str, kind: Piece, at: int, roles: Sequence[int]) -> str | None:
    if at in roles:
        return "title"
    if len(piece) > _LONGEST_TITLE or kind in (Piece.SENTENCE, Piece.LINK, Piece.TOOLS, Piece.ROLE):
        return None
    return _LABELS.get(kind, "tag")


def _to_line(line: Line, piece: str, label: str | None) -> Line:
    """Make a line of a piece: a title, a tag, or words of the text."""
    kind = PROSE if label is None else TITLE if label == "title" else TAG
    bare = piece.strip()
    start = line.text.find(bare)
    marked = read_markup(line.marked.words_between(start, start + len(bare)).strip())
    return Line(line.number, marked, kind, (), 0, label)


def _bare(words: str) -> str:
    """Return words without pictures, bars and marks around them."""
    return _SIGNS_AROUND.sub("", words.strip()).strip()


def _bare_role(words: str) -> str:
    """Return a role without "Hiring:" before it and a link behind it."""
    bare = re.sub(r"\s*https?://\S+", "", _bare(words))
    start = re.match(rf"(?:{one_of(_hiring('seeks'))})\s*:?\s+(?=\S)", bare, re.IGNORECASE)
    return _bare(bare[start.end() :] if start else bare)


def clean_company(name: str) -> str:
    """
    Return a company's name without what a head says beside it.

    >>> clean_company("Acme (YC S23)"), clean_company("Dough (https://dough.example)"), clean_company("NREC (Robotics)")
    ('Acme', 'Dough', 'NREC (Robotics)')
    """
    return _bare(_REMARK.sub("", name)) or _bare(name)


# A sentence that names both: "Acme is hiring a cook", "We at Acme are looking for a baker".


@cache
def _hiring(which: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in read_lexicon("head_words")["hiring"][which].split("|"))


@cache
def _seeks() -> re.Pattern[str]:
    we, seeks, articles = (one_of(_hiring(which)) for which in ("we", "seeks", "articles"))
    return re.compile(
        rf"(?:(?i:{we})\s+)?(?P<company>[^\s.!?|:,][^.!?|:,\n]{{0,58}}?(?:\.\w{{2,4}})?)"
        r"(?:,? (?:we|wir|nous)(?:['’]re| are)?|,? \([^()]{1,80}\),?)?"
        rf"\s+(?i:{seeks})(?:\s+(?i:{articles}))*\s+(?P<role>[^\n]{{3,200}})"
    )


def _read_sentence(lines: Sequence[Line], _labelled: dict[str, Line]) -> _Read | None:
    for line in lines[:2]:
        found = _seeks().match(_bare(line.text)) if len(line.text) < 600 else None  # noqa: PLR2004
        company = clean_company(found["company"]) if found else ""
        if found is None or len(company.split()) > 6 or to_name(company) is None or is_place(company):  # noqa: PLR2004
            continue
        role = _cut_role(found["role"])
        if not is_role(role):
            continue
        return _Read(role, company, None, {}, "a sentence that somebody hires")
    return None


def _cut_role(words: str) -> str:
    """Return the role at the beginning of what follows "is hiring a": up to a place, a picture, the sentence's end or what it is to do."""
    ends = [
        found.start()
        for pattern in (_PICTURE, re.compile(r"[.!?](?:\s|$)|\s\(|[\n:;]|,\s(?:who|to)\b"))
        if (found := pattern.search(words))
    ]
    ends += [at for ending in _hiring("ends") if (at := words.lower().find(f" {ending} ")) > 0]
    for place in find_places(words)[:1]:
        before = words[: place.start].rstrip()
        if before.lower().endswith((" in", " at", " near", " from", " à", " en", " em", ",")):
            ends.append(
                len(before.rstrip(",").removesuffix(" in").removesuffix(" at").removesuffix(" en").removesuffix(" em").removesuffix(" à"))
            )
    return _bare(words[: min(ends, default=len(words))])


# The first line alone: "[Remote] Cook at Acme", "Acme - Cook - Lyon", "Cook".


def _read_title(lines: Sequence[Line], labelled: dict[str, Line]) -> _Read | None:
    untitled = (line for line in lines[:4] if not is_hiring_phrase(line.text))
    line = next((line for line in untitled if not line.label or is_role(line.label)), None)
    if line is None or not _may_be_title(line, lines):
        return None
    words, tags = _without_brackets(line)
    title, company, place = _part_title(words, lines, has_company="company" in labelled)
    made = (Line(line.number, line.marked, TITLE, (), 0, "title"), *tags)
    return _Read(title, company, place, {id(line): made}, "its first line")


def _may_be_title(line: Line, lines: Sequence[Line]) -> bool:
    if is_place(_bare(line.text)):
        return False
    if len(line.text) > _LONGEST_TITLE or (read_section_kind(line.text) is not None and not is_role(line.text)):
        return False
    if line.kind is HEADING:
        return True
    ends = line.text.rstrip()
    if ends.endswith((":", "!")) or (line is not lines[0] and not is_role(line.text)):
        return False
    return not ends.endswith(".") or (is_role(ends) or _is_in_title_case(ends))


def _is_in_title_case(words: str) -> bool:
    """Tell whether most words begin with capitals, as in titles that end with a dot."""
    long = [word for word in words.split() if len(word) > 3]  # noqa: PLR2004
    return 1 < len(long) <= 12 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)  # noqa: PLR2004


def _without_brackets(line: Line) -> tuple[str, tuple[Line, ...]]:
    """Return a title without the remarks in brackets before it, which become tags."""
    words, tags = line.text, []
    while (found := _BRACKETED.match(words)) is not None:
        remark = (found[1] or found[2]).strip()
        kind = read_piece(remark)
        if found[2] and kind not in (Piece.PLACE, Piece.CONTRACT, Piece.HIRING):
            break
        if kind is not Piece.HIRING:
            tags.append(_to_line(line, remark, _LABELS.get(kind, "tag")))
        words = words[found.end() :]
    return words, tuple(tags)


def _part_title(words: str, lines: Sequence[Line], *, has_company: bool) -> tuple[str | None, str | None, str | None]:
    """Return title, company and place out of a first line."""
    bare = re.sub(r"\s*https?://\S+$", "", _bare(words)) or words
    if not has_company and (parted := _part_at(bare)) is not None:
        return (*parted, None)
    pieces = [piece for piece in _split(bare, _DASH) if piece.strip() and read_piece(_bare(piece)) is not Piece.HIRING]
    if has_company or len(pieces) < 2:  # noqa: PLR2004
        return bare, None, None
    kinds = [read_piece(_bare(piece)) for piece in pieces]
    place = next((_bare(piece) for piece, kind in zip(pieces, kinds, strict=True) if kind is Piece.PLACE), None)
    if kinds[0] is Piece.OTHER and kinds[1] is Piece.ROLE and _is_named(pieces[0], lines, is_first=len(pieces) > 2):  # noqa: PLR2004
        return _bare(pieces[1]), _bare(pieces[0]), place
    if Piece.ROLE in kinds[:-1] and kinds[-1] is Piece.OTHER and _is_named(pieces[-1], lines, is_first=False):
        start, end = bare.find(pieces[0].strip()), bare.rfind(pieces[-1])
        return _bare(bare[start:end]), _bare(pieces[-1]), place
    if kinds[0] is Piece.OTHER and set(kinds[1:]) <= {Piece.PLACE, Piece.CONTRACT} and _is_named(pieces[0], lines, is_first=False):
        return None, _bare(pieces[0]), place
    return bare, None, place


def _part_at(words: str) -> tuple[str, str] | None:
    """Part "Cook at Acme": the words behind must name a company, and the ones before a role where the word between is not a sure one."""
    sure, others = (read_lexicon("head_words")["hiring"][which].split() for which in ("sure_at", "at"))
    for found in reversed(list(re.finditer(rf"\s(?:{one_of(others)})\s(?=[\w'’\"])", words))):
        title, company = words[: found.start()].strip(), clean_company(_DASH.split(words[found.end() :])[0])
        is_sure = found[0].strip() in sure
        if len(title) < 3 or not company or not (company[0].isupper() or company[0].isdigit() or (is_sure and is_role(title))):  # noqa: PLR2004
            continue
        if is_place(company) or len(company.split()) > 6 or not is_company_like(company):  # noqa: PLR2004
            continue
        if (to_name(company) is not None and is_role(title)) or (is_sure and company[0].isupper() and " " in company):
            return title, company
    return None


def _is_named(piece: str, lines: Sequence[Line], *, is_first: bool) -> bool:
    """Tell whether a piece of a title is a company's name: the text or an address in it bears it out, or a role and a place follow it."""
    name = _bare(piece)
    if not is_company_like(name) or to_name(name) is None or fold(name) in not_names("first_words") or name.lower() in technology_names():
        return False
    if is_first or not legal_forms().isdisjoint(tokens_of(name)):
        return True
    plain = "".join(filter(str.isalnum, fold(name)))
    if any(len(domain) > 3 and (domain.startswith(plain) or plain.startswith(domain)) for domain in find_domains(lines)):  # noqa: PLR2004
        return True
    return any(name in line.text for line in lines[1:])


# The lines as they are read on.


def _with_head(lines: Iterable[Line], replaced: _Replaced) -> Iterator[Line]:
    """Yield the lines with those of the head in their places; what stood under a title does not stand under it any more."""
    titles = {made.text for each in replaced.values() for made in each if made.kind is TITLE}
    titles |= {line.text for line in lines if id(line) in replaced}
    for line in lines:
        if id(line) in replaced:
            yield from replaced[id(line)]
        elif line.headings and line.headings[0] in titles:
            yield replace(line, headings=line.headings[1:])
        else:
            yield line
