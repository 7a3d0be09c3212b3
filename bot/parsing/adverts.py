"""Adverts of a line or two, as newspapers and chats have them: "Cook wanted, Acme, Oslo, €14/h", "Acme seeks for May a" above the role."""

import re
from collections.abc import Sequence
from functools import cache

from bot.parsing.employer import not_names, to_name
from bot.parsing.first_line import LONGEST_TITLE, Read, Replaced, as_title, clean_company, strip_signs, to_line
from bot.parsing.pieces import Piece, hiring_words, is_company_like, is_place, is_role, legal_forms, read_piece, tokens_of
from bot.text.clean import fold
from bot.text.document import Line
from bot.text.lexicon import compile_later, one_of
from bot.text.places import find_places

_LONGEST = 300
_MOST_NAME_WORDS = 5
_PART = compile_later(r",\s+|[.;:!]\s+|\s[–—-]\s")
_JOINING = frozenset({"&", "and", "und", "et", "y", "e", "of", "the", "de", "la", "del", "da", "do", "zum", "zur", "am", "im", "in"})


def read_advert(lines: Sequence[Line], labelled: dict[str, Line]) -> Read | None:
    """
    Read a line of pieces between commas that begins with a role that is wanted; None for any other.

    >>> from bot.text.lines import read_lines
    >>> found = read_advert(read_lines("Cook wanted, Gasthof Adler, Graz, 14 euros an hour"), {})
    >>> found.title, found.company, found.location
    ('Cook', 'Gasthof Adler', 'Graz')
    """
    line = lines[0] if lines else None
    if line is None or len(line.text) > _LONGEST or labelled:
        return None
    pieces = [piece for piece in _PART.split(line.text) if piece.strip()]
    kinds = [Piece.PAY if read_piece(piece) is Piece.PAY else read_piece(strip_signs(piece)) for piece in pieces]
    found, first = _find_role(pieces)
    if found is None or len(pieces) <= first or not is_role(found["role"]):
        return None
    place = found["place"] if found["place"] and is_place(found["place"]) else None
    named = next((at for at in range(first, min(first + 3, len(pieces))) if kinds[at] in (Piece.OTHER, Piece.ROLE)), None)
    company = _name_of(pieces, kinds, named, has_place=place is not None) if named is not None else None
    place = place or next((bare for piece in pieces if read_piece(bare := strip_signs(piece)) is Piece.PLACE and find_places(bare)), None)
    if company is None and place is None and Piece.PAY not in kinds:
        return None
    tagged = [(piece, "type") for piece, kind in zip(pieces, kinds, strict=True) if kind is Piece.CONTRACT]
    tags = (to_line(line, piece, label=label) for piece, label in [*([(place, "location")] if place else []), *tagged])
    rest = line.text[line.text.index(pieces[first], line.text.index(found["role"])) :]
    made = (to_line(line, found["role"], label="title"), *tags, to_line(line, rest, label=None))
    return Read(found["role"], company, place, {id(line): made}, "an advert of one line")


def _find_role(pieces: Sequence[str]) -> tuple[re.Match[str] | None, int]:
    """Find the role that an advert begins with, and which piece follows."""
    bare = [strip_signs(piece) for piece in pieces[:2]]
    if len(bare) > 1 and fold(bare[0]) in hiring_words("wanted"):
        return _behind_wanted().fullmatch(bare[1]), 2
    return _wanted().fullmatch(bare[0]) if bare else None, 1


def _name_of(pieces: Sequence[str], kinds: Sequence[Piece], at: int, *, has_place: bool) -> str | None:
    """Return a piece that is surely the employer's name: of capitals, with a word that firms are called by, and a place beside it."""
    name = clean_company(pieces[at])
    words = name.split()
    is_placed = has_place or any(kind is Piece.PLACE for kind in kinds[max(0, at - 1) : at + 2])
    if not (is_placed and is_company_like(name) and to_name(name)) or len(words) > _MOST_NAME_WORDS:
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
