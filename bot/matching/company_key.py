"""What a company's name is compared by: its letters and digits, without case, Latin accents and legal forms."""

import re
import unicodedata
from functools import cache, lru_cache

from bot.text.lexicon import read_lexicon

_LATIN_LETTERS_APART = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Latin letters that Unicode does not take apart into a letter and its accent."""

_DROPPED = str.maketrans({"&": " and ", **dict.fromkeys("'’‘ʼ`´.")})
"""Apostrophes and dots stand inside words ("S.A.", "Wendy's"): they go without leaving a gap."""

_WORD = re.compile(r"[^\W_]+")
_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
_LONGEST_LEGAL_FORM = 4
"""In words: "s de rl" has three, "sapi de cv" three, "fz llc" two."""


def fold_letters(text: str) -> str:
    """
    Return the text in lower case, wide and ligated letters made plain, accents off Latin letters and off no others.

    >>> fold_letters("Ília Łódź"), fold_letters("Йод")
    ('ilia lodz', 'йод')
    """
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(map(_without_accent, lowered)).translate(_LATIN_LETTERS_APART))


@lru_cache(maxsize=256)
def company_words(name: str) -> tuple[str, ...]:
    """
    Return the words of a name, folded, without the legal forms at its end; digits begin a word of their own.

    >>> company_words("Abercrombie & Fitch Co."), company_words("Müller GmbH & Co. KG"), company_words("Blend360")
    (('abercrombie', 'and', 'fitch'), ('muller',), ('blend', '360'))
    >>> company_words("Inc. Magazine"), company_words("The Company")
    (('inc', 'magazine'), ('the', 'company'))
    """
    folded = fold_letters(name).translate(_DROPPED)
    if not folded.isascii():
        return _without_legal_forms(_LETTER_BEFORE_DIGIT.sub(" ", "".join(map(_with_marks_kept, folded))).split())
    return _without_legal_forms(_WORD.findall(_LETTER_BEFORE_DIGIT.sub(" ", folded)))


def company_key(name: str) -> str:
    """
    Return what two spellings of one company have in common; empty only for a name without letters and digits.

    >>> {company_key(name) for name in ("Apple", "Apple Inc", "Apple, Inc.", "APPLE")}
    {'apple'}
    >>> company_key("Logic20/20 Inc."), company_key("Яндекс"), company_key("腾讯科技有限公司")
    ('logic2020', 'яндекс', '腾讯科技')
    """
    return join_words(company_words(name))


def join_words(words: tuple[str, ...]) -> str:
    """Return the key of a name's words."""
    return _without_attached_form("".join(words))


def _without_accent(letter: str) -> str:
    """Return a Latin letter without its accents, any other as it is."""
    if letter.isascii():
        return letter
    parts = unicodedata.normalize("NFD", letter)
    is_accented_latin = parts[0].isascii() and parts[0].isalpha()
    return parts[0] if is_accented_latin else "" if _is_latin_mark(letter) else letter


def _is_latin_mark(letter: str) -> bool:
    """Tell whether this is an accent that stands alone, as after a letter that has no accented form."""
    return "\u0300" <= letter <= "\u036f"


def _with_marks_kept(letter: str) -> str:
    """Return letters, digits and the vowel signs of Indic and other scripts; a space for anything else."""
    return letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " "


def _without_legal_forms(words: list[str]) -> tuple[str, ...]:
    """Return the words up to the legal forms at the end, and up to an "and" before them; never nothing."""
    forms, glue = legal_forms(), glue_words()
    size = min(_LONGEST_LEGAL_FORM, len(words) - 1)
    while size > 0:
        if " ".join(words[-size:]) in forms and not glue.issuperset(words[:-size]):
            words = words[:-size]
            while words[-1] == "and":
                words.pop()
            size = min(_LONGEST_LEGAL_FORM, len(words) - 1)
        else:
            size -= 1
    return tuple(words)


def _without_attached_form(key: str) -> str:
    """Return the key without a legal form that is written without a space, as in Chinese; never nothing."""
    if key.isascii():
        return key
    for form in attached_legal_forms():
        if key.endswith(form) and len(key) > len(form):
            return _without_attached_form(key.removesuffix(form))
    return key


@cache
def legal_forms() -> frozenset[str]:
    """Return the legal forms, each as folded words with one space between."""
    return frozenset(read_lexicon("companies")["legal_forms"])


@cache
def attached_legal_forms() -> tuple[str, ...]:
    """Return the legal forms that are written onto the name, longest first."""
    return tuple(sorted(read_lexicon("companies")["attached_legal_forms"], key=len, reverse=True))


@cache
def glue_words() -> frozenset[str]:
    """Return the words inside names that carry no meaning of their own: "the", "and", "of"."""
    return frozenset(read_lexicon("companies")["glue"].split())


@cache
def generic_words() -> frozenset[str]:
    """Return the words that say what kind of company it is: "labs", "health", "group"."""
    return frozenset(read_lexicon("companies")["generic"].split())


@cache
def telling_generic_words() -> frozenset[str]:
    """Return those of them that belong to a name even in small letters: "circle labs" is not Circle."""
    return frozenset(read_lexicon("companies")["telling_generic"].split())
