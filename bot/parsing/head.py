"""The head of a pasted posting: its title, its company and its place, whichever way they stand at the top of the text."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice, pairwise, takewhile

from bot.parsing.adverts import part_glued, part_place, read_advert, read_role_below
from bot.parsing.employer import not_names, to_name
from bot.parsing.first_line import (
    LONGEST_TITLE,
    PIPE,
    Read,
    Replaced,
    as_title,
    clean_company,
    is_in_title_case,
    part_title,
    read_pieces,
    read_sentence,
    read_title,
    strip_signs,
    to_line,
    without_brackets,
    without_tail,
)
from bot.parsing.formats import Format
from bot.parsing.pieces import (
    Piece,
    head_labels,
    is_company_like,
    is_hiring_cry,
    is_interface,
    is_place,
    is_role,
    is_sentence,
    legal_forms,
    picture_label,
    read_piece,
    split_pieces,
    tokens_of,
)
from bot.text.clean import fold
from bot.text.document import BULLET, HEADING, TAG, TITLE, Document, Line
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.lines import read_lines
from bot.text.markup import read_markup, to_link

_HEAD_LENGTH = 14
"""Statements: a labelled value further down belongs to the body."""

_LONGEST_NAME = 120
_MOST_BLOCK = 8
"""Lines of a pasted head that follow each other without a blank one."""

_GAP = compile_later(r"\s{4,}|\t")


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
    lines = tuple(part_glued(_without_columns(lines)))
    labelled = dict(reversed(list(_read_labels(lines))))
    ways = (_read_table, read_role_below, _read_block, read_pieces, read_advert, read_sentence, read_title)
    opened = _without_opening(lines)
    found = next((read for way in ways if (read := way(opened, labelled)) is not None), Read(None, None, None, {}, "none"))
    title, titled = _choose_title(found, labelled, lines)
    listed = None if title else _read_roles(opened)
    company = _named(labelled.get("company")) or found.company
    subject = labelled.get("title")
    if company is None and subject is not None and _is_subject(subject):
        company = part_title(_read_subject(_value(subject) or ""), lines, has_company=False)[1]
    location = _value(labelled.get("location")) or found.location
    link = labelled.get("link")
    own = {id(line): (_as_tag(line, name),) for name, line in labelled.items() if name in _TAGGED}
    replaced = {**found.lines, **titled, **own}
    rules = tuple(
        f"{name} by {'its label' if name in labelled else 'its list of roles' if value is listed else found.rule}"
        for name, value in (("title", title or listed), ("company", company), ("place", location))
        if value
    )
    return Head(
        title=title or listed,
        company=clean_company(company) if company else None,
        link=to_link(_value(link) or "") if link else None,
        location=location,
        lines=tuple(_with_head(lines, replaced)),
        rules=rules,
    )


# Labelled lines.


@cache
def _mail_labels() -> frozenset[str]:
    return frozenset(read_lexicon("head_words")["mail"]["labels"].split("|"))


def _read_labels(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Yield the labelled lines near the top by the field that they fill."""
    is_mail = any(_is_subject(line) for line in lines[:_HEAD_LENGTH]) and (lines[0].label or "").casefold() in _mail_labels()
    first = lines[0] if lines else None
    for line in lines[:_HEAD_LENGTH]:
        if line is first and PIPE.search(line.text):
            continue  # a row of labelled pieces
        name = head_labels().get(fold(line.label)) if line.label else picture_label(line.text) or _label_of_row(line)
        if name == "title" and _is_subject(line) and not is_mail:
            continue
        if name and not (name == "title" and len(line.text) > LONGEST_TITLE and not _GAP.search(line.text[:LONGEST_TITLE])):
            yield name, line


def _is_subject(line: Line) -> bool:
    return (line.label or "").casefold() in ("subject", "betreff", "objet", "asunto", "assunto")


def _value(line: Line | None) -> str | None:
    if line is None:
        return None
    if _label_of_row(line):
        return (_cells_of(line)[1:] or _DASH.split(line.text, maxsplit=1)[1:])[0]
    words = line.text.partition(":")[2] if line.label else strip_signs(line.text)
    return _GAP.split(words.strip(), maxsplit=1)[0].strip() or None


def _named(line: Line | None) -> str | None:
    """Return the name that a labelled line gives; "Company: We are a bakery" gives none."""
    name = _value(line)
    return (
        name
        if name and len(name) <= _LONGEST_NAME and not is_sentence(name) and fold(name).split()[0] not in not_names("sentence_words")
        else None
    )


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


def _choose_title(found: Read, labelled: dict[str, Line], lines: Sequence[Line]) -> tuple[str | None, Replaced]:
    """Return the title and its line: a label's, unless the first lines name a role and the label stands far below them."""
    line = labelled.get("title")
    is_far = line is not None and (line not in lines[:_MOST_BLOCK] or _is_apart(lines, line))
    if line is None or (found.title and is_role(found.title) and is_far):
        return found.title, {}
    value = _value(line) or ""
    if found.rule is _BELOW and found.title and is_role(found.title) and " " not in value:
        return found.title, {}  # "Role: Consultant" only tells of what kind it is
    if _is_subject(line):
        value = part_title(_read_subject(value), lines, has_company=False)[0] or value
    return value or found.title, {id(line): (as_title(line),)}


def _is_apart(lines: Sequence[Line], line: Line) -> bool:
    """Tell whether another statement, a long one, stands before a line."""
    return any(len(before.text) > LONGEST_TITLE for before in lines[: lines.index(line)])


def _read_subject(value: str) -> str:
    words = read_lexicon("head_words")["mail"]
    prefix = re.compile(rf"(?:\s*(?:{one_of(words['prefixes'].split())})\s*:|\s*\[[^\]]{{1,60}}\])\s*", re.IGNORECASE)
    while (found := prefix.match(value)) is not None and found.end():
        value = value[found.end() :]
    opened = re.match(rf"(?:{words['openings']})\b[^-]*\s-\s(?P<role>.+)", value, re.IGNORECASE)
    if opened and is_role(opened["role"]):
        return opened["role"].strip()
    ending = re.search(rf"\s(?:{words['endings']})\b", value, re.IGNORECASE)
    return value[: ending.start()].strip() if ending and _may_be_role(value[: ending.start()]) else value.strip()


def _may_be_role(words: str) -> bool:
    """Tell whether words are a role, or enough of them to stand for one in a mail's subject."""
    return is_role(words) or len(words.split()) > 2  # noqa: PLR2004


# Lines below each other: title, company and place, or company, title and place.


def _without_opening(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without the first ones that only say that somebody hires, or what is paid: "We're hiring | Multiple openings"."""
    opening = (all(read_piece(one) in _OPENINGS for one in split_pieces(line.text, PIPE)) or _PAID.match(line.text) for line in lines)
    return lines[sum(1 for _ in takewhile(bool, islice(opening, _MOST_OPENING))) :]


_OPENINGS = frozenset({Piece.HIRING, Piece.SEVERAL})
_PAID = compile_later(r"[$€£₹]\s?\d.{0,50}$")
_MOST_OPENING = 3


def _read_block(lines: Sequence[Line], labelled: dict[str, Line]) -> Read | None:
    block = [line for line in _first_block(lines) if not is_interface(line.text) and not picture_label(line.text)]
    if len(block) < 2 or block[0].label or block[1].label:  # noqa: PLR2004
        return None
    row = _read_company_row(block[0], block[1]) if PIPE.search(block[1].text) else None
    if (found := row or _read_place_below(block, lines, has_company="company" in labelled)) is not None:
        return found
    if not _is_title_like(block[0].text):
        return None
    return _read_company_row(block[0], block[1]) or _read_agency(block) or _read_names(block, lines)


def _read_place_below(block: Sequence[Line], lines: Sequence[Line], *, has_company: bool) -> Read | None:
    """Read a title with a place below it."""
    first, second = block[0], block[1]
    if not is_place(strip_signs(second.text)) or not _is_title_like(first.text, may_end=True) or PIPE.search(first.text):
        return None
    title, company, _ = part_title(without_brackets(first)[0], lines, has_company=has_company)
    replaced: Replaced = {id(first): (as_title(first),), id(second): (_as_tag(second, "location"),)}
    return Read(title, company, strip_signs(second.text), replaced, _BELOW)


def _read_company_row(first: Line, second: Line) -> Read | None:
    """Read a second line that says more beside the company: "Acme · Lyon, France · 2 days ago", "bei der Acme GmbH in Köln"."""
    pieces = [piece for piece in split_pieces(second.text, PIPE) if piece.strip() and not is_interface(piece)]
    place = next((piece for piece in pieces[1:] if is_place(piece)), None)
    name = pieces[0] if pieces else ""
    if len(pieces) < 2 or place is None:  # noqa: PLR2004
        firm = _FIRM_AND_PLACE.fullmatch(second.text.strip())
        is_firm = firm is not None and not legal_forms().isdisjoint(tokens_of(firm["company"])[-1:])
        at = firm if is_firm else _AT_LINE.fullmatch(second.text.strip())
        if at is None:
            return None
        name, place = at["company"], at["place"]
    if not is_role(first.text) or not is_company_like(name) or to_name(name) is None:
        return None
    tags = (to_line(second, place, label="location"),) if place else ()
    return Read(
        without_tail(strip_signs(first.text)),
        strip_signs(name),
        place and strip_signs(place),
        {id(first): (as_title(first),), id(second): tags},
        _BELOW,
    )


_AT_LINE = compile_later(
    r"(?:at|@|bei|bei der|chez|na|en) (?:the |der |dem |die )?(?P<company>[^\s,.(][^,.(]{1,60}?)(?:\s\([^()]{1,40}\))?"
    r"(?:,? (?:in|à|en|em) (?P<place>[^,.]{2,40})|, (?:headquartered|based|an?|the) [^.]{2,80})?"
)

_FIRM_AND_PLACE = compile_later(r"(?P<company>[^,]{2,60}),\s(?P<place>[A-ZÀ-Þ][^,.;:]{2,40})")
"""A firm with its legal form, and its town: "Dough GmbH, Freiburg im Breisgau"."""


def _is_said(name: str, lines: Sequence[Line]) -> bool:
    """Tell whether the first word of a name in small letters stands in the text again, in capitals or not."""
    first = fold(name).split()[0]
    return any(first in fold(line.text).split() for line in lines[2:])


def _read_agency(block: Sequence[Line]) -> Read | None:
    """Read a government's name, its agency's and the title below each other."""
    if len(block) < 3 or any(is_role(line.text) for line in block[:2]) or not is_role(block[2].text) or block[2].label:  # noqa: PLR2004
        return None
    names = [line for line in block[:2] if is_company_like(line.text)]
    if len(names) < 2 or legal_forms().isdisjoint(tokens_of(names[1].text)):  # noqa: PLR2004
        return None
    replaced: Replaced = {id(block[2]): (as_title(block[2]),), id(names[1]): ()}
    return Read(strip_signs(block[2].text), names[1].text.strip(), None, replaced, _BELOW)


def _read_names(block: Sequence[Line], lines: Sequence[Line]) -> Read | None:
    """Read a block whose first two lines are the title and the company, in whichever order, where what is below bears it out."""
    title, company = block[0], block[1]
    if not is_role(title.text) and is_role(company.text) and is_company_like(title.text):
        title, company = company, title
    is_small = company.text[:1].islower() and not _is_said(company.text, lines)
    place = next((line for line in block[2:] if not line.label and _place_in(line)), None)
    name, beside = part_place(_OPENINGS_AT.sub("", _RATING.sub("", company.text[:LONGEST_TITLE])).strip())
    if is_small or not all(map(is_company_like, (company.text, name))) or not _is_borne_out(block, place):
        return None
    if title is block[0] and PIPE.search(title.text) and place is None:
        return None
    replaced: Replaced = {id(title): (as_title(title),), id(company): (to_line(company, beside, label="location"),) if beside else ()}
    where = _place_in(place) if place is not None else beside
    if place is not None and where is not None:
        replaced[id(place)] = (to_line(place, where, label="location"),)
    return Read(
        _PAY_BEHIND.split(without_tail(strip_signs(title.text)), maxsplit=1)[0], name, where and strip_signs(where), replaced, _BELOW
    )


_BELOW = "the lines below each other"
_OPENINGS_AT = compile_later(
    r"^(?:(?:open|current|job)\s)?(?:positions|jobs?|careers|openings|vacancies|opportunities|roles)(?:\s(?:available|open))?\s(?:at|with)\s",
    re.IGNORECASE,
)
_RATING = compile_later(r"\s?(?:[-–·]\s)?\(?[0-5][.,]\d\s?(?:★|⭐|stars?)?\ufe0f?\)?\s*$")
"""How employees rate a company, behind its name on job sites."""

_PAY_BEHIND = compile_later(r",\s(?=[$€£]\s?\d)")


def _place_in(line: Line) -> str | None:
    """Return what a line of a block says of the place, without a site's own words: "Lyon, France · 3 days ago"."""
    pieces = [piece for piece in split_pieces(line.text, _MIDDLE_DOT) if piece.strip()]
    own = [piece for piece in pieces if not is_interface(piece)]
    if len(own) == len(pieces):
        return line.text.strip() if is_place(line.text) else None
    return own[0].strip() if own and is_place(own[0]) else None


_MIDDLE_DOT = compile_later(r"\s+[·•]\s+")


def _first_block(lines: Sequence[Line]) -> list[Line]:
    """Return the first lines that follow each other with no blank line between them."""
    block = list(lines[:1])
    for before, line in pairwise(lines[:_MOST_BLOCK]):
        if line.number not in (before.number, before.number + 1) or line.number == 0 or line.kind is BULLET:
            break
        block.append(line)
    own = [line for line in lines[: 2 * _MOST_BLOCK] if not is_interface(line.text)]
    return block if sum(not is_interface(line.text) for line in block) > 1 else _loose_block(own)


def _loose_block(lines: Sequence[Line]) -> list[Line]:
    """Return the first lines with blank ones between them, as pages are copied, where one tells a place beside the site's own words."""
    block = list(takewhile(lambda line: len(line.text) <= LONGEST_TITLE and not is_sentence(line.text), lines[:_MOST_LOOSE]))
    return block if any(_MIDDLE_DOT.search(line.text) and _place_in(line) for line in block) else block[:1]


_MOST_LOOSE = 5


def _is_borne_out(block: Sequence[Line], place: Line | None) -> bool:
    """Tell whether what stands below the second line is the rest of a head: a place, pay, a labelled line; or a role stands above it."""
    rest = block[2:]
    if place is not None and all(len(line.text) <= LONGEST_TITLE for line in rest[: rest.index(place)]):
        return True
    if not rest:
        roles = [is_role(line.text) for line in block[:2]]
        return roles[0] != roles[1] and to_name(block[roles[0]].text) is not None
    return (
        len(rest[0].text) <= LONGEST_TITLE
        and any(line.label or read_piece(line.text) in (Piece.PAY, Piece.CONTRACT) for line in rest[:3])
        and not is_sentence(rest[0].text)
    )


def _is_title_like(words: str, *, may_end: bool = False) -> bool:
    """Tell whether a line may be a title; one that ends as a sentence does only where a place stands below it."""
    if len(words) > LONGEST_TITLE or words.rstrip().endswith((":", "!", ";")):
        return False
    return is_role(words) or not is_sentence(words) or (may_end and is_in_title_case(words))


# Tables, and columns that were copied into lines.


def _cells_of(line: Line) -> list[str]:
    """Return the cells of a table's row, in markdown or between tabs; a line of another kind is one cell."""
    text = line.text.strip()
    return [cell.strip() for cell in text.strip("|").split("|" if "|" in text else "\t") if cell.strip()]


def _label_of_row(line: Line) -> str | None:
    """Return the field of a row of two cells or around a dash, the first of which is its label: "Company<tab>Acme", "Place – Oslo"."""
    cells = _cells_of(line) if line.text.startswith("|") or "\t" in line.text else _DASH.split(line.text, maxsplit=1)
    return head_labels().get(fold(cells[0].strip(" *_?:"))) if len(cells) == 2 else None  # noqa: PLR2004


def _read_table(lines: Sequence[Line], _labelled: dict[str, Line]) -> Read | None:
    """Read a table whose first row names the fields, with a role in each other row."""
    names = [head_labels().get(fold(cell.strip(" *_?:"))) for cell in _cells_of(lines[0])] if lines else []
    if len(names) < 2 or "title" not in names or names.count(None) * 2 > len(names):  # noqa: PLR2004
        return None
    rows = [line for line in lines[1:_MOST_BLOCK] if any(map(str.isalnum, line.text))]
    rows = list(takewhile(lambda line: len(_cells_of(line)) == len(names), rows))
    if not rows:
        return None
    made: Replaced = {id(lines[0]): ()}
    found: dict[str, list[str]] = {"title": [], "company": [], "location": []}
    for line in rows:
        cells = [(name, cell) for name, cell in zip(names, _cells_of(line), strict=True) if name is not None]
        made[id(line)] = tuple(to_line(line, cell, label=name) for name, cell in cells if name in _IN_TABLE)
        for name, cell in cells:
            if cell not in found.setdefault(name, []):
                found[name].append(cell)
    company = found["company"][0] if len(found["company"]) == 1 else None
    return Read(", ".join(found["title"]) or None, company, " | ".join(found["location"]) or None, made, "a table")


_IN_TABLE = frozenset({"title", "location", "salary", "type"})


def _without_columns(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with those at the top parted that were copied from two columns beside each other."""
    parted = [part for line in lines[:_MOST_BLOCK] for part in _part_columns(line)]
    return (*parted, *lines[_MOST_BLOCK:]) if len(parted) > min(len(lines), _MOST_BLOCK) + 1 else lines


def _part_columns(line: Line) -> Iterator[Line]:
    gap = _COLUMNS.search(line.text) if len(line.text) <= LONGEST_TITLE else None
    if gap is None or ":" in line.text[: gap.start()]:
        yield line
        return
    for start, end in ((0, gap.start()), (gap.end(), len(line.text))):
        yield replace(line, marked=read_markup(line.marked.words_between(start, end).strip()))


_COLUMNS = compile_later(r"(?<=\w)\s{8,}(?=\S)")


# Several roles, each in a line of its own, where nothing else is a title.


def _read_roles(lines: Sequence[Line]) -> str | None:
    """Return the roles below a line that says that somebody hires for several, or with what each pays or its address behind it."""
    found: dict[str, None] = {}
    for line in lines[:_MOST_LINES]:
        words, *behind = _BEHIND_ROLE.split(line.text, maxsplit=1) if line.heading or not PIPE.search(line.text) else (line.text,)
        role = re.sub(r"\s\([^()]*\)?$", "", strip_signs(words.lstrip("- ")))
        is_one = role[:1].isupper() and len(role.split()) <= _LONGEST_ROLE and is_role(role) and not is_sentence(role)
        is_told = any(read_piece(piece) in (Piece.PAY, Piece.LINK) for piece in behind)
        if is_one and (is_told or (line.heading and _SEVERAL.search(line.heading))):
            found[role] = None
    mark = "; " if any("," in role for role in found) else ", "
    return mark.join(found) if 2 <= len(found) <= _MOST_ROLES else None  # noqa: PLR2004


_BEHIND_ROLE = compile_later(r"\s\|\s|\s[–-]\s|:\s|\s(?=https?://)")
_SEVERAL = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('head_words')['hiring']['several'].split('|'))})(?!\w)", re.IGNORECASE)
_DASH = compile_later(r"\s[–—-]\s")
_MOST_LINES, _LONGEST_ROLE, _MOST_ROLES = 60, 8, 8


# The lines as they are read on.


def _with_head(lines: Iterable[Line], replaced: Replaced) -> Iterator[Line]:
    """Yield the lines with those of the head in their places; what stood under a title does not stand under it any more."""
    titles = {made.text for each in replaced.values() for made in each if made.kind is TITLE}
    titles |= {line.text for line in lines if id(line) in replaced or (line.kind is HEADING and is_hiring_cry(line.text))}
    for line in lines:
        if id(line) in replaced:
            yield from replaced[id(line)]
        elif not titles.isdisjoint(line.headings):
            yield replace(line, headings=tuple(heading for heading in line.headings if heading not in titles))
        else:
            yield line


def read_plain(text: str) -> Document:
    r"""
    Read any text: what stands at its top is read as a head, in whichever of the usual ways.

    >>> document = read_plain("Data Engineer\nCompany: Acme\nLocation: Oslo\n\nWe need SQL.")
    >>> document.title, document.company, document.location
    ('Data Engineer', 'Acme', 'Oslo')
    """
    head = read_head(read_lines(text))
    return Document(title=head.title, company=head.company, link=head.link, location=head.location, lines=head.lines, rules=head.rules)


PLAIN = Format(name="plain text", read=read_plain)
"""Text and markdown of no known layout: it takes any text."""
