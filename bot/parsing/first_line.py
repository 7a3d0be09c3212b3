"""The first line of a posting: pieces between bars, a sentence that somebody hires, or a title that may name more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from bot.parsing.employer import find_clues, not_names, to_name
from bot.parsing.pieces import (
    Piece,
    head_labels,
    hiring_words,
    is_company_like,
    is_hiring_phrase,
    is_place,
    is_role,
    is_role_beside_a_name,
    legal_forms,
    read_piece,
    split_pieces,
    tokens_of,
)
from bot.text.clean import fold
from bot.text.document import HEADING, PROSE, TAG, TITLE, Line, find_domains
from bot.text.headings import read_section_kind
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.markup import read_markup
from bot.text.places import find_places
from bot.text.technologies import technology_names

LONGEST_TITLE = 160
_MOST_PIECES = 40

PIPE = compile_later(r"[\s|¦│](?:(?<=[|¦│])\s*|(?<=\s)\s*(?:[|¦│]\s*|[·•]\s+))")
_GREETED = compile_later(lambda: rf"(?:{one_of(hiring_words('greetings'))})\b[^\w\n@]{{1,8}}(?=[\w@])", re.IGNORECASE)
_DASH = compile_later(r"\s+[-–—]+\s+|\s+[-–—]+$")
_BRACKETED = compile_later(r"\s*\[([^\[\]\n]{1,60})\]\s*(?=\S)|\s*\(([^()\n]{1,60})\)\s*(?=\S)")
_CLOSED_UP = compile_later(r"(?<=\w)- ")
_SIGNS_AROUND = compile_later(r"^[^\w(\[\"“'#/.@]+|[\s|,;:\-–—*_\U0001F300-\U0001FAFF\u2600-\u27BF\ufe0f]+$")
_REMARK = compile_later(
    lambda: (
        rf"\s*\((?:[^()]{{0,200}}?(?:https?://|www\.|\.(?:com|io|ai|co|org|net|dev|app)\b|\b(?:{one_of(hiring_words('remarks'))})\b)[^()]{{0,200}})\)"
        r"|\s*[-–—(,]?\s*https?://\S+|\s*\((?:YC|W|S)\s?\w{0,6}\d{2}\)"
    ),
    re.IGNORECASE,
)
_PICTURE = compile_later(r"\s*[\U0001F300-\U0001FAFF\u2600-\u27BF·|]\s")


Replaced = dict[int, tuple[Line, ...]]
"""By the identity of a line, what stands in its place."""


class Read(NamedTuple):
    """What one way of reading finds."""

    title: str | None
    company: str | None
    location: str | None
    lines: Replaced
    rule: str


def as_title(line: Line) -> Line:
    """Make a line the title."""
    return replace(line, kind=TITLE, label="title", headings=())


# Pieces between bars, in any order.


def read_pieces(lines: Sequence[Line], _labelled: dict[str, Line]) -> Read | None:
    """Read the pieces of a first line between bars, in any order; None where it has none."""
    if not lines:
        return None
    line = lines[0]
    pieces = [piece for piece in split_pieces(line.text, PIPE) if piece.strip()]
    if not 2 <= len(pieces) <= _MOST_PIECES:  # noqa: PLR2004
        return None
    if _seeks().match(strip_signs(pieces[0])):
        return None
    if all(_label_in(piece) for piece in pieces):
        return _read_labelled(line, pieces)
    kinds = [_kind_in_row(piece, pieces) for piece in pieces]
    if kinds[0] is Piece.TOOLS and not is_employer(pieces[0], lines):
        kinds[0] = Piece.SENTENCE
    company = _choose_company(pieces, kinds)
    roles = _choose_roles(pieces, kinds, company)
    if company is None and (not roles or not any(is_role(pieces[at]) or ":" in pieces[at] for at in roles)):
        return None
    made = tuple(to_line(line, piece, label=_label_of(piece, kinds[at], at, roles)) for at, piece in enumerate(pieces) if at != company)
    places = [strip_signs(piece) for at, piece in enumerate(pieces) if kinds[at] is Piece.PLACE and at != company]
    title = ", ".join(_bare_role(pieces[at]) for at in roles) or None
    name = strip_signs(pieces[company]) if company is not None else None
    return Read(title, name, " | ".join(places) or None, {id(line): made}, "the pieces between bars")


def _kind_in_row(piece: str, pieces: Sequence[str]) -> Piece:
    """Return what a piece is, a field of work taken for a role where no other piece is one."""
    if len(piece) > 2 * LONGEST_TITLE:
        return Piece.SENTENCE
    if piece is pieces[0] and ":" in piece and _openers().match(piece):
        return Piece.ROLE
    kind = read_piece(_REMARK.sub("", strip_signs(piece)) or piece)
    if kind in (Piece.OTHER, Piece.TOOLS) and piece is not pieces[0] and is_role_beside_a_name(_REMARK.sub("", piece)):
        others = (read_piece(strip_signs(each)) for each in pieces if each is not piece)
        return kind if any(other is Piece.ROLE for other in others) else Piece.ROLE
    return kind


def _label_in(piece: str) -> str | None:
    """Return the field of a piece that has its label before it: "Company: Acme"."""
    label, sign, value = piece.partition(":")
    return head_labels().get(fold(label.strip())) if sign and value.strip() else None


def _read_labelled(line: Line, pieces: Sequence[str]) -> Read:
    fields = {_label_in(piece): piece.partition(":")[2].strip() for piece in reversed(pieces)}
    made = tuple(
        to_line(line, piece, label=name if (name := _label_in(piece)) in ("title", "location", "salary", "type") else None)
        for piece in pieces
    )
    return Read(fields.get("title"), fields.get("company"), fields.get("location"), {id(line): made}, "its labels")


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


def is_employer(piece: str, lines: Sequence[Line]) -> bool:
    """Tell whether a name is surely the employer's: an address is called like it, or the text says what only an employer does."""
    names = tuple(name for name in fold(clean_company(piece)).split("/") if name)
    plain = tuple("".join(filter(str.isalnum, name)) for name in names)
    if any(domain.startswith(plain) for domain in find_domains(lines)):
        return True
    text = "\n".join(line.text for line in lines[1:])
    return any(clue.weight >= _SURE and fold(clue.name).startswith(names) for clue in find_clues(text))


_SURE = 4


def _has_other_place(kinds: Sequence[Piece]) -> bool:
    return any(kind is Piece.PLACE for kind in kinds[1:]) and Piece.OTHER not in kinds


def _may_name(piece: str) -> bool:
    bare = strip_signs(piece)
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
    if len(piece) > LONGEST_TITLE or kind in (Piece.SENTENCE, Piece.LINK, Piece.TOOLS, Piece.ROLE):
        return None
    return _LABELS.get(kind, "tag")


def to_line(line: Line, piece: str, *, label: str | None) -> Line:
    """Make a line of a piece: a title, a tag, or words of the text."""
    kind = PROSE if label is None else TITLE if label == "title" else TAG
    bare = piece.strip()
    start = line.text.find(bare)
    marked = read_markup(line.marked.words_between(start, start + len(bare)).strip())
    return Line(line.number, marked, kind, (), 0, label)


def strip_signs(words: str) -> str:
    """Return words without pictures, bars and marks around them."""
    return _SIGNS_AROUND.sub("", words.strip()).strip()


def _bare_role(words: str) -> str:
    """Return a role without "Hiring:" before it and a link behind it."""
    bare = re.sub(r"\s*https?://\S+", "", strip_signs(words))
    opened = _openers().match(bare) if ":" in bare else None
    bare = bare[opened.end() :] if opened else bare
    start = re.match(rf"(?:{one_of(hiring_words('seeks'))})\s*:?\s+(?=\S)", bare, re.IGNORECASE)
    if start is None:
        return bare
    return strip_signs(re.sub(rf"^(?:(?:{one_of(hiring_words('articles'))})\s+)+", "", bare[start.end() :], flags=re.IGNORECASE))


def clean_company(name: str) -> str:
    """
    Return a company's name without what a head says beside it.

    >>> clean_company("Acme (YC S23)"), clean_company("Dough (https://dough.example)"), clean_company("NREC (Robotics)")
    ('Acme', 'Dough', 'NREC (Robotics)')
    """
    bare = strip_signs(_REMARK.sub("", name)) or strip_signs(name)
    behind = _IN_BRACKETS.search(bare)
    return bare[: behind.start()] if behind and behind.start() and is_place(behind[1]) else bare


_IN_BRACKETS = compile_later(r"\s\(([^()]{2,60})\)$")


# A sentence that names both: "Acme is hiring a cook", "We at Acme are looking for a baker".


@cache
def _seeks() -> re.Pattern[str]:
    we, seeks, articles = (one_of(hiring_words(which)) for which in ("we", "seeks", "articles"))
    forms = one_of(form.rstrip(".") for form in legal_forms())
    return re.compile(
        rf"(?:(?i:{we})\s+|D(?:ie|er|as)\s)?(?P<company>[^\s.!?|:,][^.!?|:,\n]{{0,58}}?(?:\.\w{{2,4}})?(?:,\s(?i:{forms})\.?)?)"
        r"(?:,? (?:we|wir|nous)(?:['’]re| are)?|,? \([^()]{1,80}\),?|, an? [^,.\n]{2,60},|,)?"
        rf"\s+(?i:{seeks})\s?:?(?:\s+(?i:{articles}))*\s+(?P<role>[^\n]{{3,200}})"
    )


@cache
def _openers() -> re.Pattern[str]:
    """What stands before a role and names nobody: "We're hiring a", "Vaga:"."""
    openers, articles = one_of(hiring_words("openers")), one_of(hiring_words("articles"))
    return re.compile(rf"\W{{0,4}}(?:{openers})(?:\s?[:!–-]+\s?|\s)(?:(?:{articles})\s+)*(?=\S)", re.IGNORECASE)


@cache
def _joins() -> re.Pattern[str]:
    joins, as_, articles = (one_of(hiring_words(which)) for which in ("joins", "as", "articles"))
    return re.compile(
        rf"(?i:{joins})\s+(?P<company>[^\s.!?|:,][^.!?|:,\n]{{0,58}}?)\s+(?i:{as_})\s+(?i:(?:{articles})\s+)*(?P<role>[^\n]{{3,200}})"
    )


_SENTENCE = "a sentence that somebody hires"


def read_sentence(lines: Sequence[Line], _labelled: dict[str, Line]) -> Read | None:
    """Read a first sentence that somebody hires; None for any other."""
    for line in lines[: 1 if lines and may_be_title(lines[0], lines) else 2]:
        if len(line.text) >= _LONGEST_SENTENCE:
            continue
        sentences = [sentence.text for sentence in line.sentences[1:_MOST_SENTENCES]]
        found = next((read for words in (_without_hiring(line), *sentences) if (read := _read_hiring(words)) is not None), None)
        if found is not None:
            return found
    return None


def _without_hiring(line: Line) -> str:
    """Return a line without the remarks in brackets before it; that somebody hires is said in words."""
    words, _ = without_brackets(line)
    remark = _BRACKETED.match(line.text)
    return f"Hiring {words}" if remark and is_hiring_phrase(remark[1] or remark[2]) else words


_MOST_SENTENCES = 3
_LONGEST_SENTENCE = 600


def _read_hiring(words: str) -> Read | None:
    """Read "Acme is hiring a cook", "Join Acme as a cook", "We're hiring a cook at Acme"; None for anything else."""
    bare = _HANDLE.sub(r"\1 needs", strip_signs(_GREETED.sub("", strip_signs(words), count=1)))
    for pattern in (_joins(), _seeks()):
        found = pattern.match(bare)
        company = clean_company(found["company"]) if found else ""
        if found is not None and company.lower() in hiring_words("clients") and is_role(role := _cut_role(found["role"])):
            return Read(role, None, None, {}, _SENTENCE)
        if found is None or len(company.split()) > 6 or to_name(company) is None or is_place(company):  # noqa: PLR2004
            continue
        role = _cut_role(found["role"])
        if is_role(role):
            return Read(role, company, None, {}, _SENTENCE)
    opened = _openers().match(bare)
    if opened is None:
        return None
    rest = re.split(r"[.!?](?:\s|$)", bare[opened.end() :], maxsplit=1)[0].strip()
    if rest.startswith("@"):
        return _read_hiring(rest)
    parted = _part_at(rest)
    role = _cut_role(parted[0] if parted else rest)
    return Read(role, parted[1] if parted else None, None, {}, _SENTENCE) if is_role(role) else None


_HANDLE = compile_later(r"^@([\w&.-]{2,40}) (?:need|want)\b")


def _cut_role(words: str) -> str:
    """Return the role at the beginning of what follows "is hiring a": up to a place, a picture, the sentence's end or what it is to do."""
    ends = [
        found.start()
        for pattern in (_PICTURE, re.compile(r"[.!?](?:\s|$)|\s\((?![mwfdh]/|all )|[\n:;]|,\s(?:who|to)\b|,\s(?=[\d$€£])"))
        if (found := pattern.search(words))
    ]
    ends += [at for ending in hiring_words("ends") if (at := words.lower().find(f" {ending} ")) > 0]
    ends += [comma.end() - 2 for comma in re.finditer(r",\s", words) if read_piece(words[comma.end() :].partition(",")[0]) in _NO_ROLE][:1]
    for place in find_places(words)[:1]:
        before = words[: place.start].rstrip()
        if before.lower().endswith((" in", " at", " near", " from", " à", " en", " em", ",")):
            ends.append(
                len(before.rstrip(",").removesuffix(" in").removesuffix(" at").removesuffix(" en").removesuffix(" em").removesuffix(" à"))
            )
    return strip_signs(_SOON.sub("", words[: min(ends, default=len(words))]))


_SOON = compile_later(r"\s(?:asap|urgently|immediately|ab sofort|right now)\W{0,3}$", re.IGNORECASE)
_NO_ROLE = frozenset({Piece.PLACE, Piece.CONTRACT, Piece.PAY})


# The first line alone: "[Remote] Cook at Acme", "Acme - Cook - Lyon", "Cook".


def read_title(lines: Sequence[Line], labelled: dict[str, Line]) -> Read | None:
    """Read the first line as a title, which may name the company and the place besides; None where it is none."""
    untitled = (line for line in lines[:4] if not is_hiring_phrase(line.text))
    line = next((line for line in untitled if not line.label or line is lines[0] or is_role(line.label)), None)
    if line is None or not may_be_title(line, lines):
        return None
    words, tags = without_brackets(line)
    label, sign, value = words.partition(": ")
    if sign and value.strip() and head_labels().get(fold(label)) == "title":
        words = value.strip()
    elif sign and is_role(value) and not is_role(label) and _is_named(label, lines, is_first=False):
        made = (Line(line.number, line.marked, TITLE, (), 0, "title"), *tags)
        return Read(value.strip(), strip_signs(label), None, {id(line): made}, _FIRST)
    title, company, place = part_title(words, lines, has_company="company" in labelled)
    if company is None and (remark := next((tag.text for tag in tags if _is_named(tag.text, lines, is_first=False)), None)):
        company = remark
    made = (Line(line.number, line.marked, TITLE, (), 0, "title"), *tags)
    place = place or next((tag.text for tag in tags if tag.label == "location"), None)
    return Read(title, company, place, {id(line): made}, _FIRST)


_FIRST = "its first line"


def may_be_title(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line may be a title: no sentence, no place, and no section of its own."""
    name, *beside = split_pieces(line.text, _DASH)
    if (is_place(strip_signs(line.text)) and not (beside and _is_named(name, lines, is_first=False))) or line.text.rstrip()[-1:] in "!:":
        return False
    if len(line.text) > LONGEST_TITLE or (read_section_kind(line.text) is not None and not is_role(line.text)):
        return False
    if line.kind is HEADING:
        return True
    ends = line.text.rstrip()
    if line is not lines[0] and not is_role(line.text):
        return False
    return not ends.endswith(".") or (is_role(ends) or is_in_title_case(ends))


def is_in_title_case(words: str) -> bool:
    """Tell whether most words begin with capitals, as in titles that end with a dot."""
    long = [word for word in words.split() if len(word) > 3]  # noqa: PLR2004
    return 1 < len(long) <= 12 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)  # noqa: PLR2004


def without_brackets(line: Line) -> tuple[str, tuple[Line, ...]]:
    """Return a title without the remarks in brackets before it, which become tags."""
    words, tags = line.text, []
    while (found := _BRACKETED.match(words)) is not None:
        remark = (found[1] or found[2]).strip()
        kind = read_piece(_CLOSED_UP.sub(" - ", remark))
        if found[2] and kind not in (Piece.PLACE, Piece.CONTRACT, Piece.HIRING):
            break
        if kind is not Piece.HIRING:
            tags.append(to_line(line, remark, label=_LABELS.get(kind, "tag")))
        words = words[found.end() :]
    return words, tuple(tags)


def part_title(words: str, lines: Sequence[Line], *, has_company: bool) -> tuple[str | None, str | None, str | None]:
    """Return title, company and place out of a first line."""
    bare = strip_signs(re.sub(r"\s*https?://\S+$", "", without_tail(strip_signs(words)))) or words
    opened = _openers().match(bare)
    if opened is not None and (is_role(bare[opened.end() :]) or ":" in opened[0]):
        bare = bare[opened.end() :]
    if not has_company and (parted := _part_at(bare)) is not None:
        return (*parted, None)
    pieces = [piece for piece in split_pieces(bare, _DASH) if piece.strip() and read_piece(strip_signs(piece)) is not Piece.HIRING]
    if len(pieces) == 1 and (town := _TOWN_BEHIND.fullmatch(bare)) and is_place(town["place"]) and is_role(town["role"]):
        return town["role"], None, town["place"]
    if has_company or len(pieces) < 2:  # noqa: PLR2004
        return bare, None, None
    return _part_pieces(bare, pieces, lines)


def _part_pieces(bare: str, pieces: Sequence[str], lines: Sequence[Line]) -> tuple[str | None, str | None, str | None]:
    """Return title, company and place out of pieces between dashes, where a piece is surely a company's name."""
    kinds = [read_piece(strip_signs(piece)) for piece in pieces]
    place = next((strip_signs(piece) for piece, kind in zip(pieces, kinds, strict=True) if kind is Piece.PLACE), None)
    role = next((strip_signs(piece) for piece, kind in zip(pieces, kinds, strict=True) if kind is Piece.ROLE), None)
    is_row = len(pieces) > 2 and set(kinds[1:]) <= _ROW  # noqa: PLR2004
    may_begin = kinds[0] in (Piece.OTHER, Piece.TOOLS) and role is not None and (is_row or kinds[1] is Piece.ROLE)
    if may_begin and _is_named(pieces[0], lines, is_first=is_row):
        return role, strip_signs(pieces[0]), place
    for at, piece in enumerate(pieces):
        before, sign, behind = strip_signs(piece).rpartition(", ")
        name, town = (before, behind) if sign and is_place(behind) else (clean_company(piece), None)
        is_name = read_piece(name) is Piece.OTHER and (_is_named(name, lines, is_first=False) or _is_of_firms(name))
        if is_name and Piece.ROLE in kinds[:at]:
            return without_tail(strip_signs(bare[: bare.find(piece)])), name, town or place
    if kinds[0] is Piece.OTHER and set(kinds[1:]) <= _ROW - {Piece.ROLE} and _is_named(pieces[0], lines, is_first=False):
        return next((line.text for line in lines[1:2] if read_piece(line.text) is Piece.ROLE), None), strip_signs(pieces[0]), place
    return bare, None, place


def _is_of_firms(name: str) -> bool:
    """Tell whether a name ends with a word that firms' names end with: "Dough Clinic"."""
    words = fold(name).split()
    return len(words) > 1 and words[-1] in not_names("firms") and is_company_like(name) and to_name(name) is not None


_TOWN_BEHIND = compile_later(r"(?P<role>[^,]{3,80}) in (?P<place>[A-Z][\w. '-]{1,30}, [A-Z]{2})\.?")


_ROW = frozenset({Piece.ROLE, *_NO_ROLE, Piece.LINK, Piece.VISA})
"""What stands beside a company's name in a row of pieces between dashes."""


def without_tail(words: str) -> str:
    """Return a title without what a job site puts behind it."""
    tails = read_lexicon("head_words")["interface"]["tails"].split("|")
    return next((words[: -len(tail)] for tail in tails if words.lower().endswith(tail)), words)


def _part_at(words: str) -> tuple[str, str] | None:
    """Part "Cook at Acme": the words behind must name a company, and the ones before a role where the word between is not a sure one."""
    sure, others = (read_lexicon("head_words")["hiring"][which].split() for which in ("sure_at", "at"))
    for found in reversed(list(re.finditer(rf"\s(?:{one_of(others)})\s(?=[\w'’\"])", words))):
        title, is_sure = words[: found.start()].strip(), found[0].strip() in sure
        if len(title) < 3 or (not is_sure and _ROW_OF_NAMES.match(words, found.end())):  # noqa: PLR2004
            continue
        for company in _names_before(words[found.end() :]):
            is_known = to_name(company) is not None and is_role(title)
            if is_known or (is_sure and " " in company):
                return title, company
    behind = _LEGAL_BEHIND.fullmatch(words)
    if behind and behind["form"].lower().rstrip(".") in {form.rstrip(".") for form in legal_forms()} and is_role(behind["title"]):
        return behind["title"], behind["company"]
    return None


_ROW_OF_NAMES = compile_later(r"[^,]{2,30}, [A-Z][^,]{1,30}(?:,| and | & )")
"""Several names behind "with" are customers, or where one is sent."""

_LEGAL_BEHIND = compile_later(r"(?P<title>[^\n]{3,90}?),\s(?P<company>[A-ZÀ-Þ0-9][\w&.' -]{1,60}\s(?P<form>[\w.]{2,12}))")


def _names_before(words: str) -> Iterator[str]:
    """
    Yield what may be a company's name at the beginning of words: all of them, or those before a remark, a place or pay.

    A remark in brackets at their end is none of it.
    """
    behind = _IN_BRACKETS.search(words)
    bare = (words[: behind.start()],) if behind else ()
    for whole in dict.fromkeys((*bare, words, *(words[: found.start()] for found in _NAME_END.finditer(words)))):
        name = clean_company(whole)
        is_spelt = name[:1].isupper() or name[:1].isdigit() or not name[1:].islower()
        if name and is_spelt and len(name.split()) <= _MOST_NAME_WORDS and is_company_like(name) and not is_place(name):
            yield name


_MOST_NAME_WORDS = 6
_NAME_END = compile_later(r"\s+[(\[|]|\s+[-–—]\s|,\s|\s[€$£]|[.!?](?:\s|$)")


def _is_named(piece: str, lines: Sequence[Line], *, is_first: bool) -> bool:
    """Tell whether a piece of a title is a company's name: the text or an address in it bears it out, or a role and a place follow it."""
    name = strip_signs(piece)
    if not is_company_like(name) or to_name(name) is None or fold(name) in not_names("first_words"):
        return False
    if name.lower() in technology_names() and not is_first:
        return False
    if is_first or not legal_forms().isdisjoint(tokens_of(name)):
        return True
    plain = "".join(filter(str.isalnum, fold(name)))
    if any(len(domain) > 3 and (domain.startswith(plain) or plain.startswith(domain)) for domain in find_domains(lines)):  # noqa: PLR2004
        return True
    return any(name in line.text for line in lines[1:])
