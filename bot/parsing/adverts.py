"""
Adverts of a line or two, as newspapers and chats have them: "Cook wanted, Acme, Oslo, €14/h", "Acme seeks for May a" above the role.

And first lines whose parts were glued together when they were copied.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from bot.parsing.employer import not_names, to_name
from bot.parsing.first_line import LONGEST_TITLE, PIPE, Read, Replaced, as_title, clean_company, read_sentence, strip_signs, to_line
from bot.parsing.pieces import Piece, hiring_words, is_company_like, is_place, is_role, legal_forms, read_piece, split_pieces, tokens_of
from bot.text.clean import fold
from bot.text.document import Line
from bot.text.lexicon import compile_later, one_of
from bot.text.markup import read_markup
from bot.text.places import find_places, is_place_name

_LONGEST = 300
_TAGGED = {Piece.CONTRACT: "type", Piece.PAY: "salary"}
_MOST_NAME_WORDS = 5
_PART = compile_later(r",\s+|[.;:!]\s+|\s[–—-]\s")
_JOINING = frozenset({"&", "and", "und", "et", "y", "e", "of", "the", "de", "la", "del", "da", "do", "zum", "zur", "am", "im", "in"})


def read_advert(lines: Sequence[Line], labelled: dict[str, Line]) -> Read | None:
    """
    Read a line of pieces between commas that begins with a role that is wanted, or that says where and for how much; None for any other.

    >>> from bot.text.lines import read_lines
    >>> found = read_advert(read_lines("Cook wanted, Gasthof Adler, Graz, 14 euros an hour"), {})
    >>> found.title, found.company, found.location
    ('Cook', 'Gasthof Adler', 'Graz')
    >>> found = read_advert(read_lines("Cook, Gasthof Adler, Graz, 14 euros an hour"), {})
    >>> found.title, found.company, found.location
    ('Cook', 'Gasthof Adler', 'Graz')
    """
    line = lines[0] if lines else None
    if line is None or len(line.text) > _LONGEST or labelled:
        return None
    pieces = [piece for piece in _PART.split(line.text) if piece.strip()]
    kinds = [Piece.PAY if read_piece(piece) is Piece.PAY else read_piece(strip_signs(piece)) for piece in pieces]
    role, first, said = _find_role(line, pieces, kinds)
    if role is None or len(pieces) <= first or not is_role(role):
        return None
    place = said if said and is_place(said) else None
    named = next((at for at in range(first, min(first + 3, len(pieces))) if kinds[at] in (Piece.OTHER, Piece.ROLE)), None)
    company = _name_of(pieces, kinds, named, has_place=place is not None) if named is not None else None
    place = place or next((bare for piece in pieces if read_piece(bare := strip_signs(piece)) is Piece.PLACE and find_places(bare)), None)
    if company is None and place is None and Piece.PAY not in kinds:
        return None
    tagged = [(piece, _TAGGED[kind]) for piece, kind in zip(pieces, kinds, strict=True) if kind in _TAGGED]
    tags = (to_line(line, piece, label=label) for piece, label in [*([(place, "location")] if place else []), *tagged])
    rest = line.text[line.text.index(pieces[first], line.text.index(role)) :]
    made = (to_line(line, role, label="title"), *tags, to_line(line, rest, label=None))
    return Read(role, company, place, {id(line): made}, "an advert of one line")


def _find_role(line: Line, pieces: Sequence[str], kinds: Sequence[Piece]) -> tuple[str | None, int, str | None]:
    """Return the role that an advert begins with, which piece follows, and the place that is said with the role."""
    bare = [re.sub(rf"\s{_SOON.pattern}$", "", strip_signs(piece), flags=re.IGNORECASE) for piece in pieces[:2]]
    if len(bare) > 1 and fold(bare[0]) in hiring_words("wanted"):
        found, first = _behind_wanted().fullmatch(bare[1]), 2
    else:
        found, first = _wanted().fullmatch(bare[0]) if bare else None, 1
    if found is not None:
        return found["role"], first, found["place"]
    is_bare = _is_bare_advert(pieces, kinds) and read_sentence((line,), {}) is None
    return (bare[0], 1, None) if is_bare else (None, 0, None)


def _is_bare_advert(pieces: Sequence[str], kinds: Sequence[Piece]) -> bool:
    """Tell whether a role is followed by what adverts say, and by nothing that may be more of its title: "Cook, Café Rye, Graz, 14 €/h"."""
    said = set(kinds[1:_MOST_SAID])
    if len(pieces) < _FEWEST_SAID or kinds[0] is not Piece.ROLE or len(pieces[0].split()) > _MOST_NAME_WORDS or Piece.PLACE not in said:
        return False
    is_named = kinds[1] in (Piece.OTHER, Piece.ROLE) and _name_of(pieces, kinds, 1, has_place=True) is not None
    return is_named or (kinds[1] in _SAID and len(said & _SAID) > 1)


_SAID = frozenset({Piece.PLACE, Piece.PAY, Piece.CONTRACT})
_FEWEST_SAID, _MOST_SAID = 3, 6


def _name_of(pieces: Sequence[str], kinds: Sequence[Piece], at: int, *, has_place: bool) -> str | None:
    """Return a piece that is surely the employer's name: of capitals, with a word that firms are called by, and a place beside it."""
    name = clean_company(pieces[at])
    words = name.split()
    is_placed = has_place or any(kind is Piece.PLACE for kind in kinds[max(0, at - 1) : at + 2])
    if not (is_placed and is_company_like(name) and to_name(name.removeprefix("The "))) or len(words) > _MOST_NAME_WORDS:
        return None
    if not all(word[0].isupper() or word[0].isdigit() or word in _JOINING for word in words):
        return None
    known = {*legal_forms(), *not_names("firms"), *hiring_words("houses")}
    return name if len(words) > 1 and not known.isdisjoint(tokens_of(name)) else None


@cache
def _wanted() -> re.Pattern[str]:
    """A role, a word that it is wanted, and where: "Line cook wanted in Graz"."""
    return re.compile(
        rf"(?P<role>[^\n]{{3,70}}?)\s(?i:{one_of(hiring_words('wanted'))})(?:\s(?:in|near|à|en|em)\s(?P<place>[^\n]{{2,40}}))?"
    )


@cache
def _behind_wanted() -> re.Pattern[str]:
    articles = one_of(hiring_words("articles"))
    return re.compile(rf"(?i:(?:{articles})\s)?(?P<role>[^\n]{{3,70}}?)(?:\s(?:in|near|à|en|em)\s(?P<place>[^\n]{{2,40}}))?")


def read_role_below(lines: Sequence[Line], labelled: dict[str, Line]) -> Read | None:
    r"""
    Read a first line that somebody seeks for a day or in a place, which the role stands below; None for any other.

    >>> from bot.text.lines import read_lines
    >>> found = read_role_below(read_lines("Gasthof Adler sucht zum 1. Mai in Graz eine/n\n\nKoch/Köchin (m/w/d)\n\nWir kochen."), {})
    >>> found.title, found.company, found.location
    ('Koch/Köchin (m/w/d)', 'Gasthof Adler', 'Graz')
    """
    if len(lines) < 2 or "title" in labelled:  # noqa: PLR2004
        return None
    first, second = lines[0], lines[1]
    if second.label or len(second.text) > LONGEST_TITLE or len(first.text) > LONGEST_TITLE or not is_role(second.text):
        return None
    found = _open_search().fullmatch(strip_signs(first.text).rstrip(" :.…"))
    if found is None or is_role(found["between"]):
        return None
    if not found["article"] and found["between"].strip() and not _SOON.fullmatch(found["between"].strip()):
        return None
    company = clean_company(found["company"])
    is_name = len(company.split()) <= _MOST_NAME_WORDS and to_name(company) is not None and not is_place(company)
    is_one = is_name and company[:1].isupper() and fold(company).split()[0] not in not_names("sentence_words")
    behind = find_places(first.text, towns=True)
    place = next((first.text[place.start : place.end] for place in behind if _IN.search(first.text, 0, place.start)), None)
    is_client = company.lower() in hiring_words("clients")
    made: Replaced = {id(second): (as_title(second),)}
    if place:
        made[id(first)] = (first, to_line(first, place, label="location"))
    return Read(strip_signs(second.text), company if is_one and not is_client else None, place, made, _BELOW)


_IN = compile_later(r"\b(?:in|à|en|em|bei)\s$")
_BELOW = "a search above it"
_SOON = compile_later(r"(?:ab sofort|zum nächstmöglichen (?:zeitpunkt|termin)|dès (?:maintenant|que possible)|asap|now)", re.IGNORECASE)


@cache
def _open_search() -> re.Pattern[str]:
    we, seeks, articles = (one_of(hiring_words(which)) for which in ("we", "seeks", "articles"))
    return re.compile(
        rf"(?:(?i:{we})\s+|(?:D(?:ie|er|as)|L[ae]|The)\s)?(?P<company>[^\s.!?|:,][^!?|:,\n]{{0,58}}?)\s(?i:{seeks})(?!\w)"
        rf"(?P<between>[^\n]{{0,90}}?)(?:\s(?P<article>(?i:{articles})))?"
    )


def part_glued(lines: Sequence[Line]) -> Iterator[Line]:
    """
    Yield the lines with the first one parted where a role, its place and its contract were glued together in it.

    >>> from bot.text.lines import read_lines
    >>> [line.text for line in part_glued(read_lines("Night BakerLyon, FranceFull-time"))]
    ['Night Baker', 'Lyon, France', 'Full-time']
    >>> [line.text for line in part_glued(read_lines("YouTube Editor"))]
    ['YouTube Editor']
    """
    for at, line in enumerate(lines):
        cuts = _cuts_of(line.text) if at < _FIRST_LINES and line.label is None and len(line.text) <= LONGEST_TITLE else []
        if not cuts:
            yield line
        for start, end in pairwise([0, *cuts, len(line.text)] if cuts else []):
            yield replace(line, marked=read_markup(line.marked.words_between(start, end).strip()))


def _cuts_of(text: str) -> list[int]:
    """Return where a line is to be cut into a role and what was glued to it, nothing where that is not sure."""
    humps = [hump.start() for hump in _HUMP.finditer(text)] if PIPE.search(text) is None else []
    for at, first in enumerate(humps):
        pieces = [text[start:end].strip() for start, end in pairwise([*humps[at:], len(text)])]
        if is_role(text[:first]) and any(map(find_places, pieces)) and all(_is_said_beside(piece) for piece in pieces):
            return humps[at:]
    start = text.rfind(" ") + 1
    word = text[start:]
    if word.islower() and word.isalpha() and len(word) >= 2 * _SHORTEST and not is_place_name(word.title()):
        ends = (end for end in range(_SHORTEST, len(word) - _SHORTEST + 1) if is_role(word[:end]) and is_place_name(word[end:].title()))
        return [start + end for end in ends][:1]
    return []


def _is_said_beside(piece: str) -> bool:
    return is_place(piece) or read_piece(piece) in (Piece.CONTRACT, Piece.PAY)


_HUMP = compile_later(r"(?:(?<=[a-zß-ÿ]{3})|(?<=\)))(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")
_FIRST_LINES, _SHORTEST = 2, 4


def part_place(name: str) -> tuple[str, str | None]:
    """
    Return a company's name without what is remarked behind it, and the place that stands there with a dash, None where none does.

    >>> part_place("Dough & Sons - Grenoble (38)"), part_place("Dough - Rolls")
    (('Dough & Sons', 'Grenoble'), ('Dough - Rolls', None))
    >>> part_place("Dough • Series A • 25 people"), part_place("Dough, a bakery from Oslo"), part_place("Dough, Rolls and Sons")
    (('Dough', None), ('Dough', None), ('Dough, Rolls and Sons', None))
    """
    bare = next((piece.strip() for piece in split_pieces(name, _DOT) if piece.strip()), name)
    said = _said_behind().search(bare)
    bare = bare[: said.start()] if said else bare
    before, _, behind = bare.rpartition(" - ") if " - " in bare else bare.rpartition(" – ")
    place = _NUMBER_BEHIND.sub("", behind).strip()
    return (before.strip(), place) if before.strip() and is_place(place) and find_places(place, towns=True) else (bare, None)


@cache
def _said_behind() -> re.Pattern[str]:
    """Return what finds where a remark begins that tells what a company is: ", a bakery from Oslo", ", PME de 40 personnes"."""
    return re.compile(rf",\s(?:(?:{one_of(hiring_words('a'))})\s|(?=[^,]*\b\d+\s[a-zß-ÿ]{{4}}))", re.IGNORECASE)


_DOT = compile_later(r"\s+[·•]\s+")
_NUMBER_BEHIND = compile_later(r"\s?\(\d{1,5}\)$")
