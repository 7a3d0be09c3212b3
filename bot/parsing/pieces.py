"""What a piece of a posting's head is: a role, a place, a kind of contract, pay, a link, or a name."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache

from bot.parsing.employer import not_names
from bot.text.clean import fold
from bot.text.headings import SectionKind, is_section_name, read_section_kind
from bot.text.lexicon import compile_later, read_lexicon
from bot.text.places import find_places, is_place_name
from bot.text.technologies import technology_names

_TOKEN = compile_later(r"[^\s,;|()\[\]{}!?:\"“”]+")
_PAY = compile_later(
    r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CAD|AUD|INR|BRL|PLN|SGD)\b|R\$)\s?\d|\d[\d.,]*\s?k?\s?(?:[$€£]|\b(?:USD|EUR|GBP|CHF|CAD|AUD|INR|BRL|PLN|SGD)\b)"
    r"|\b\d{2,3}\s?[kK]\b|(?<!10)\d(?:[.,]\d+)?%",
)
_LINK = compile_later(r"https?://|\bwww\.|\b[\w.+-]+@[\w-]+\.\w")
_CITY_AND_PLACE = compile_later(
    r"(?P<city>[A-ZÀ-Þ][\w.'’]{1,20}(?:[ -][\w.'’]{1,20}){0,3})(?:,\s?|\s[-–]\s?)"
    r"(?:(?P<code>[A-Z]{2})(?:\s\d{4,6})?|(?P<place>[A-ZÀ-Þ][\w .'’]{2,40}))"
)
_LISTED_PLACE = compile_later(r"[A-Z]{2}(?:,\s?[\w. -]{0,40}){1,3}")
_ADDRESS = compile_later(
    r"\d[\w-]{0,8}\s+(?:[\w.]+\s){0,5}(?:st|street|ave|avenue|blvd|rd|road|drive|dr|plaza|expway|way|lane|tech|place|floor)\b",
    re.IGNORECASE,
)
_SENTENCE_END = compile_later(r"[.!?…:;]['\"”)]?\s*$")
_PARTED = compile_later(r"[,;|/()]|\s[-–]\s")
_LONGEST_NAME = 90
_MOST_NAME_WORDS = 12


class Piece(StrEnum):
    """What a piece is."""

    ROLE = "role"
    SEVERAL = "several roles"
    PLACE = "location"
    CONTRACT = "type"
    PAY = "salary"
    VISA = "visa"
    LINK = "link"
    TOOLS = "tools"
    HIRING = "hiring"
    """Says that somebody hires, and not who."""

    SENTENCE = "sentence"
    OTHER = "other"
    """Perhaps a name."""


@lru_cache(maxsize=2048)
def read_piece(words: str) -> Piece:
    """
    Return what a piece of a head is.

    >>> [read_piece(words).value for words in ("Acme", "Baker, Cook", "Berlin or REMOTE (EU)", "Full-time", "€70-90k", "https://x.example")]
    ['other', 'role', 'location', 'type', 'salary', 'link']
    """
    tokens = tokens_of(words)
    return next((piece for piece, fits in _RULES if fits(words, tokens)), Piece.OTHER)


def _is_link(words: str, tokens: list[str]) -> bool:
    return _LINK.match(words.strip(" (<*_")) is not None or (not tokens and "." in words)


def _is_contract(_words: str, tokens: list[str]) -> bool:
    return _is_all(tokens, "contract", "workplace", "glue") and _holds(tokens, "contract")


def _is_full_contract(words: str, tokens: list[str]) -> bool:
    """Tell whether words are kinds of contract alone, and more than the one that also names a role: "Full time, interns"."""
    return _is_contract(words, tokens) and any(token in _piece_words("contract") and not _is_role_noun(token) for token in tokens)


def _is_workplace(_words: str, tokens: list[str]) -> bool:
    return _is_all(tokens, "contract", "workplace", "glue")


def _is_pay(words: str, tokens: list[str]) -> bool:
    return _PAY.search(words) is not None or tokens[0] in _piece_words("pay")


def _are_tools(words: str, _tokens: list[str]) -> bool:
    return all(token in technology_names() or token in _JOINING for token in re.split(r"[/\s,]+", words.lower()) if token)


def _are_several(_words: str, tokens: list[str]) -> bool:
    return " ".join(tokens) in _phrases("roles", "several")


_JOINING = frozenset({"/", "&", "+", "and"})
_Rule = tuple[Piece, Callable[[str, list[str]], bool]]
_RULES: tuple[_Rule, ...] = (
    (Piece.HIRING, lambda words, _: is_hiring_phrase(words)),
    (Piece.LINK, _is_link),
    (Piece.HIRING, lambda _, tokens: not tokens),
    (Piece.SEVERAL, _are_several),
    (Piece.CONTRACT, _is_full_contract),
    (Piece.ROLE, lambda words, _: is_role(words)),
    (Piece.CONTRACT, _is_contract),
    (Piece.PLACE, _is_workplace),
    (Piece.PAY, _is_pay),
    (Piece.PLACE, lambda words, _: is_place(words)),
    (Piece.VISA, lambda _, tokens: _holds(tokens, "visa")),
    (Piece.TOOLS, _are_tools),
    (Piece.SENTENCE, lambda words, _: is_sentence(words)),
)
"""The first that fits tells."""


def tokens_of(words: str) -> list[str]:
    """Return a piece's words in lower case, without the signs between and around them."""
    return [token for each in _TOKEN.findall(words.lower()) if (token := each.strip(".*_#-–—'’•·&/")) or each == "&"]


def split_pieces(text: str, mark: re.Pattern[str]) -> list[str]:
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


def is_role(words: str) -> bool:
    """
    Tell whether words name a role: one of them is the noun of many titles.

    >>> is_role("Senior Softwareentwickler (m/w/d)"), is_role("Engineering"), is_role("Bakeries of Berlin")
    (True, False, False)
    """
    if len(words) > 2 * _LONGEST_NAME or is_sentence(words):
        return False
    if _marks_genders(words):
        return True
    return any(_is_role_noun(part) for token in tokens_of(words) for part in (token, *re.split(r"[/·-]", token)))


def is_role_beside_a_name(words: str) -> bool:
    """Tell whether words are a field of work or begin with a rank: roles beside a company's name, as in "Acme | Front-End | Oslo"."""
    tokens = [token for token in re.split(r"[\s,/&]+", words.lower()) if token]
    return bool(tokens) and (tokens[-1] in _role_words("fields") or (len(tokens) > 1 and tokens[0] in _role_words("ranks")))


def _marks_genders(words: str) -> bool:
    """Tell whether a title is marked as one for all genders: "(m/w/d)"."""
    lowered = words.lower()
    genders = read_lexicon("head_words")["genders"]
    return "(" in words and any(f"({mark}" in lowered for mark in (*genders["marks"].split(), genders["words"]))


@lru_cache(maxsize=4096)
def _is_role_noun(token: str) -> bool:
    nouns = _role_words("nouns")
    if token in nouns or (token.endswith("s") and (token[:-1] in nouns or token[:-2] in nouns)) or f"{token[:-3]}y" in nouns:
        return True
    bare = token.removesuffix("in").removesuffix("*").removesuffix(":")
    return len(bare) > 10 and bare.endswith(_endings())  # noqa: PLR2004


@cache
def _endings() -> tuple[str, ...]:
    return tuple(read_lexicon("head_words")["roles"]["endings"].split())


def is_place(words: str) -> bool:
    """
    Tell whether words say where the work is: a place's name, "City, ST", remote, an address.

    >>> is_place("Glen Burnie, MD"), is_place("US, CA, Bakersfield"), is_place("Remote (US)"), is_place("Boston Consulting Group")
    (True, True, True, False)
    """
    stripped = words.strip(" .|,;·").rstrip("0123456789").rstrip()
    if is_place_name(stripped) or _LISTED_PLACE.fullmatch(stripped) or _ADDRESS.match(words.strip()):
        return True
    tokens = tokens_of(words)
    if not tokens or tokens[-1] in legal_forms():
        return False
    segments = [segment.strip() for segment in re.split(r"[;|]", stripped) if segment.strip()]
    if all(map(_is_city_with_place, segments)):
        return True
    if is_role(words):
        return False
    named = sum(len(words[place.start : place.end].split()) for place in find_places(words))
    said = sum(token in _piece_words("workplace") for token in tokens)
    others = len(tokens) - named - said - sum(token in _piece_words("glue") for token in tokens)
    # "New York Times" has no sign between its words: one word more than the place's makes another name of it.
    return named + said > others and (others <= 0 or said > 0 or _PARTED.search(words) is not None)


def _is_city_with_place(words: str) -> bool:
    """Tell whether words are a city of any name with a state, a province or a country behind it."""
    found = _CITY_AND_PLACE.fullmatch(words)
    if found is None or is_role(found["city"].split()[-1]) or (" in " in found["city"] and is_role(found["city"])):
        return False
    return found["code"] is not None or is_place_name(found["place"])


def is_sentence(words: str) -> bool:
    """Tell whether words are a sentence and no name: long, or ended as one; a legal form or a short form may end a name."""
    tokens = words.split()
    if len(words) > _LONGEST_NAME * 2 or len(tokens) > 2 * _MOST_NAME_WORDS:
        return True
    if _SENTENCE_END.search(words) is None or len(tokens) <= 3 or tokens[-1].lower().strip("()") in legal_forms():  # noqa: PLR2004
        return False
    # "DEPARTMENT OF BUSINESS SERV." ends with a short form.
    return not (words.endswith(".") and len(tokens) <= 8 and all(len(word) <= 3 or word[0].isupper() for word in tokens))  # noqa: PLR2004


def is_hiring_phrase(words: str) -> bool:
    """
    Tell whether words only say that somebody hires, or are hashtags: no title, and no name.

    >>> is_hiring_phrase("🚀 WE’RE HIRING"), is_hiring_phrase("#vacancy #remote"), is_hiring_phrase("We're hiring a cook")
    (True, True, False)
    """
    bare = words.strip()
    if bare.startswith("#") and all(word.startswith("#") for word in bare.split()) and not bare.startswith("##"):
        return True
    said = fold(" ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", bare))).lstrip("0123456789 ")
    return said in _phrases("hiring", "alone")


def is_hiring_cry(words: str) -> bool:
    """
    Tell whether words only say that somebody hires, and are the name of no section.

    >>> is_hiring_cry("🟢 HIRING REMOTELY"), is_hiring_cry("About us")
    (True, False)
    """
    return is_hiring_phrase(words) and read_section_kind(words) is None


def is_interface(words: str) -> bool:
    """
    Tell whether words are a site's and none of the posting's: figures and words for its buttons alone.

    >>> is_interface("Easy Apply"), is_interface("2 weeks ago · Over 200 applicants"), is_interface("Apply at Acme")
    (True, True, False)
    """
    if words.lower().rstrip().endswith(" logo"):
        return True
    if len(words) > _LONGEST_NAME:
        return False
    tokens = [token for token in tokens_of(words) if not _FIGURES.fullmatch(token)]
    return (bool(tokens) or any(map(str.isdigit, words))) and _interface_words().issuperset(tokens)


_FIGURES = compile_later(r"[\d.,+]+")


@cache
def _interface_words() -> frozenset[str]:
    return frozenset(read_lexicon("head_words")["interface"]["words"].split())


def picture_label(words: str) -> str | None:
    """
    Return the field that a picture at the beginning of a line stands for.

    >>> picture_label("📍 Lyon"), picture_label("Lyon")
    ('location', None)
    """
    first = words[:1]
    return (
        None
        if first.isascii()
        else next((name for name, signs in read_lexicon("head_words")["pictures"].items() if first in signs.split()), None)
    )


def is_company_like(words: str) -> bool:
    """
    Tell whether words may be a company's name by their shape: few, no sentence, no section's name, not about place, pay or contract.

    >>> is_company_like("Teaching Strategies, LLC"), is_company_like("We like bread."), is_company_like("Requirements")
    (True, False, False)
    """
    bare = words.strip()
    if not 2 <= len(bare) <= _LONGEST_NAME or len(bare.split()) > _MOST_NAME_WORDS or is_sentence(bare):  # noqa: PLR2004
        return False
    if not any(map(str.isalpha, bare)) or not (bare[0].isalnum() or bare[0] == ".") or bare.endswith((":", "?", "!")):
        return False
    # One word alone that tells of a welcome point stands in names too: "Advantage Foods".
    is_section = read_section_kind(bare) not in (None, SectionKind.PREFERRED) or is_section_name(bare)
    if is_section and not set(tokens_of(bare)) & legal_forms():
        return False
    if fold(bare).split()[0] in _sentence_words() or _is_field_of_work(bare):
        return False
    return read_piece(bare) in (Piece.OTHER, Piece.ROLE, Piece.TOOLS)


def _is_field_of_work(words: str) -> bool:
    """Tell whether words are technologies, fields of work or times alone, which stand below titles too: "React, AWS", "Night shift"."""
    tokens = [token for token in re.split(r"[\s,/&]+", words.lower().strip(" .")) if token]
    if not not_names("head_words").isdisjoint(tokens):
        return True
    fields = _role_words("fields") | _topic_words()
    return len(tokens) > 1 and all(token in fields or token in technology_names() or token in _JOINING for token in tokens)


@cache
def _topic_words() -> frozenset[str]:
    return frozenset(read_lexicon("roles")["words"]["role"].split())


@cache
def _sentence_words() -> frozenset[str]:
    """Words that begin sentences and no name, "The" aside."""
    return not_names("sentence_words")


@cache
def hiring_words(which: str) -> tuple[str, ...]:
    """Return one of the lists of words with which somebody hires."""
    return tuple(phrase.strip() for phrase in read_lexicon("head_words")["hiring"][which].split("|"))


@cache
def legal_forms() -> frozenset[str]:
    """Return the words that end companies' names, in lower case."""
    return frozenset(read_lexicon("head_words")["legal_forms"]["words"].split())


@cache
def _role_words(which: str) -> frozenset[str]:
    return frozenset(read_lexicon("head_words")["roles"][which].split())


@cache
def _piece_words(which: str) -> frozenset[str]:
    return frozenset(read_lexicon("head_words")["pieces"][which].split())


@cache
def _phrases(table: str, which: str) -> frozenset[str]:
    return frozenset(fold(phrase.strip()) for phrase in read_lexicon("head_words")[table][which].split("|"))


def _holds(tokens: list[str], which: str) -> bool:
    return not _piece_words(which).isdisjoint(tokens)


def _is_all(tokens: list[str], *which: str) -> bool:
    """Tell whether all words are of these lists, and not only words that fill up."""
    parts = [part for token in tokens for part in (re.split(r"[/+]", token) if token not in _piece_words("contract") else (token,)) if part]
    known = frozenset().union(*map(_piece_words, which))
    return all(part in known or part.isdigit() for part in parts) and any(
        part in _piece_words(name) for part in parts for name in which[:2]
    )


@cache
def head_labels() -> dict[str, str]:
    """Return the labels of a head's lines, folded, with the field that each fills."""
    labels = read_lexicon("head_words")["labels"]
    return {fold(label): name for name, words in labels.items() for label in words.split("|")}
