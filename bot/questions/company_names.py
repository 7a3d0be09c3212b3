"""What a company's name is compared by: its letters and digits, without case, Latin accents and legal forms."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise

from bot.domain.facts import Model
from bot.text.clean import bound_marks
from bot.text.lexicon import compile_later, read_lexicon

_LATIN_LETTERS_APART = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Latin letters that Unicode does not take apart into a letter and its accent."""

_HALF_WIDTH_MARKS = str.maketrans("\uff9e\uff9f", "\u3099\u309a")
"""The only letters that become marks where wide and narrow forms are made plain."""

_DROPPED = str.maketrans({"&": " and ", **dict.fromkeys("'’‘ʼ`´.")})
"""Apostrophes and dots stand inside words ("S.A.", "Wendy's"): they go without leaving a gap."""

_SOUNDS = str.maketrans(dict.fromkeys("eiouy", "a") | dict.fromkeys("kq", "c") | {"z": "s"})
UNSPEAKABLE = compile_later(r"[bcdfghjklmnpqrstvwxz]{4}|(.)\1\1|^[^aeiouy]+$")
"""What no name has: such letters are hit by chance."""

# Log-odds, weighed in names.py: from which words are the name of a company that is there, and what other readings cost.
NAME_FROM, STRANGE_WORD = -1.0, 4.0  # so much less is enough for a word that is no other word of questions, and nearly a company's name
FIT_AT_MOST = 1.0  # what a fitting title may add to a word that is nearly a company's name: words further below are not looked up
NEAR_NAME_FROM = 0.0  # from which it is asked back whether a word that is not quite a company's name means that company
OTHER_MEANING = 4.0  # what it costs that words spell a whole name and a technology, a place or a value such as remote as well
ORDINARY_NAME_FROM = 1.0  # for an ordinary word of English: "is copper hiring?" where Hopper is
FAMOUS_NAME_FROM = -4.0  # for the name of an employer that everybody knows

# The same for a company that is not there.
UNKNOWN_NAME_FROM, UNKNOWN_NAME_ELSEWHERE = -1.0, 0.0  # in English, and in other languages, whose words are not all known
ALONE_WITH_TOPIC_FROM = -9.0  # for the first words of a message that beside them names only a topic
ENGLISH_NAME_FROM = 0.5  # for a word of a dictionary of English in small letters: "tired of guessing"
STRANGE_NAME_FROM = -2.0  # for a word that is known of no question and of no English: of held-out ones 122 of 127 names, and 5 of 68 others

_WORD = compile_later(r"[^\W_]+")
_LETTER_BEFORE_DIGIT = compile_later(r"(?<=[^\W\d_])(?=\d)")
_LONGEST_LEGAL_FORM = 4
"""In words: "s de rl" has three, "sapi de cv" three, "fz llc" two."""


def sounds_alike(one: str, other: str) -> bool:
    """
    Tell whether two names of one length differ in nothing but vowels and letters that sound alike: "nomid" and "nomad".

    >>> sounds_alike("nomid", "nomad"), sounds_alike("copper", "hopper"), sounds_alike("breadkart", "breadcart")
    (True, False, True)
    """
    return len(one) == len(other) and one.translate(_SOUNDS) == other.translate(_SOUNDS)


def is_slip_of_name(typed: str, meant: str) -> bool:
    """
    Tell whether one edit between two words is as fingers slip: a letter left out, doubled or swapped, another one only in a long word.

    >>> is_slip_of_name("spce", "space"), is_slip_of_name("spaace", "space"), is_slip_of_name("spacex", "space")
    (True, True, False)
    """
    is_doubled = len(typed) == len(meant) + 1 and any(
        typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] == meant for at in range(1, len(typed))
    )
    is_usual = len(typed) < len(meant) or sorted(typed) == sorted(meant) or is_doubled
    return is_usual or len(meant) >= LONG_NAME - sounds_alike(typed, meant)


def ends_name(word: str, name: str) -> bool:
    """Tell whether a typed word is the last one of a name, from which letters were cut off: "engineering" of Board of Bridge Engineerin."""
    last = company_words(name)[-1:]
    return any(len(one) >= _LONG_ENOUGH and fold_letters(word).startswith(one) for one in last)


LONG_NAME, _LONG_ENOUGH = 8, 5
"""Letters: in so long a name another letter in place of one is a slip."""


def fold_letters(text: str) -> str:
    """
    Return the text in lower case, wide and ligated letters made plain, accents off Latin letters and off no others.

    >>> fold_letters("Ília Łódź"), fold_letters("Йод")
    ('ilia lodz', 'йод')
    """
    if text.isascii():
        return text.lower()
    bounded = bound_marks(text.translate(_HALF_WIDTH_MARKS))
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bounded).casefold())
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


@cache
def famous_names() -> frozenset[str]:
    """Return employers that everybody knows, by their keys."""
    return frozenset(read_lexicon("companies")["famous"].split())


@cache
def famous_pairs() -> frozenset[str]:
    """Return employers that everybody knows whose two words are a place or ordinary by themselves, folded: "air canada"."""
    return frozenset(read_lexicon("companies")["famous_pairs"].split("|"))


def is_famous(typed: str) -> bool:
    """Tell whether a typed name is an employer's that everybody knows, perhaps with the s of a possessive."""
    key = company_key(typed)
    return key in famous_names() or key.removesuffix("s") in famous_names()


# The forms that people shorten a company's name to.


class FormKind(IntEnum):
    """How a form comes from the name, nearest first."""

    FULL = 0
    """The whole name: "nomadhealth"."""

    ALIAS = 1
    """Another name, or the whole without "the", "and" or ".com"."""

    CORE = 2
    """Without the words that say what kind of company it is: "nomad"."""

    ACRONYM = 3
    """Initials: "nbcu"."""

    PREFIX = 4
    """Its first words ("paloalto" of Palo Alto Networks), or several of its last ("bakeryschool" of Miller Bakery School)."""


_SHORTEST_ACRONYM = 3
_SHORTEST_PREFIX = 3
_MOST_PREFIX_WORDS = 3

MOST_NAME_WORDS = 12
"""Of a longer name, what nobody types, only the whole and what its first words make are known."""

_DOMAIN_ENDING = compile_later(r"\.([A-Za-z]{2,12})$")
_CAPITAL = compile_later(r"[A-Z]")
_BRACKETED = compile_later(r"([^()]{4,100}) \(([A-Z][A-Za-z]{0,6}[A-Z])\)")
_VOWEL = compile_later(r"[aeiou]")
"""A first word without any is an acronym itself and stands whole in a longer one: "NYC"."""


def name_forms(name: str) -> dict[str, FormKind]:
    """
    Return every form that the name may be typed in, as a key, with the nearest way that it comes about.

    >>> {form: kind.name for form, kind in name_forms("Nomad Health, Inc.").items()}
    {'nomadhealth': 'FULL', 'nomad': 'CORE'}
    >>> name_forms("Palo Alto Networks")["pan"].name, "health" in name_forms("Nomad Health")
    ('ACRONYM', False)
    >>> name_forms("Otto K. Miller Bakery School")["millerbakeryschool"].name, "ofmellon" in name_forms("Bank of Mellon")
    ('PREFIX', False)
    """
    words = company_words(name)
    forms = {join_words(words): FormKind.FULL}
    forms |= _without_bracket(name)
    words = words[:MOST_NAME_WORDS]
    for form in _other_names(name, words):
        forms.setdefault(form, FormKind.ALIAS)
    if len(words) == 1 and (core := _without_attached_generic(words[0])):
        forms.setdefault(core, FormKind.CORE)
    if len(words) > 1:
        forms.setdefault("".join(_core(words)), FormKind.CORE)
        for form in (*_prefixes(words), *_endings(words)):
            forms.setdefault(form, FormKind.PREFIX)
    for form in _acronyms(name, words):
        forms.setdefault(form, FormKind.ACRONYM)
    for spelt in _spelt_out(words):
        for form in ("".join(spelt), *_other_names(name, spelt)):
            forms.setdefault(form, FormKind.ALIAS)
        for form in (*_prefixes(spelt), *_endings(spelt)):
            if form not in spelt and form not in _spelt_alone(words, spelt):  # no "information technology" of an Info Tech Dept
                forms.setdefault(form, FormKind.PREFIX)
    forms.pop("", None)
    return forms


def _without_bracket(name: str) -> dict[str, FormKind]:
    """
    Return the forms of a name without the short one that stands in brackets behind it, and that one.

    >>> list(_without_bracket("Bread Bureau (BB)"))
    ['breadbureau', 'bread', 'bb']
    """
    bracketed = _BRACKETED.fullmatch(name)
    forms = {form: max(kind, FormKind.ALIAS) for form, kind in name_forms(bracketed[1]).items()} if bracketed else {}
    return {**forms, company_key(bracketed[2]): FormKind.ALIAS} if bracketed else {}


def _spelt_out(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """
    Yield a name with its shortened words spelt out, and with the one that people shorten themselves.

    >>> list(_spelt_out(("department", "of", "harbor", "serv")))
    [('department', 'of', 'harbor', 'services'), ('dept', 'of', 'harbor', 'services')]
    """
    whole = tuple(map(full_word, words))
    if len(words) > 1 and (whole != words or "department" in words):
        yield whole
        yield tuple("dept" if word == "department" else word for word in whole)


def full_word(word: str) -> str:
    """
    Return a word of companies' names, spelt out where it is a short form.

    >>> full_word("intl"), full_word("oven")
    ('international', 'oven')
    """
    return str(read_lexicon("companies")["abbreviations"].get(word, word))


def _spelt_alone(words: tuple[str, ...], spelt: tuple[str, ...]) -> frozenset[str]:
    """Return neighbours that are spelt out both, as one word: they say no more than a kind."""
    other = [whole if whole != word else "" for word, whole in zip(words, spelt, strict=True)]
    return frozenset(first + second for first, second in pairwise(other) if first and second)


def core_of(name: str) -> str:
    """
    Return the key of a name without the words that say what kind of company it is; the whole if nothing else is left.

    >>> core_of("Grafana Labs"), core_of("Health Group")
    ('grafana', 'healthgroup')
    """
    return "".join(_core(company_words(name)))


def _other_names(name: str, words: tuple[str, ...]) -> list[str]:
    """Return the name's aliases, and the whole name without "the", without "and", without its domain ending."""
    forms = list(_aliases().get("".join(words), ()))
    if len(words) > 1 and words[0] == "the" and words[1:] != ("company",):
        forms.append("".join(words[1:]))
    start = next((place for place, word in enumerate(words) if word not in _COUNTRY_BEFORE), 0)
    if 0 < start < len(words) - 1:
        forms += ["".join(words[start:]), "".join(words[start : start + 2])]
    if len(words) > 2 and words[1] == "of":  # noqa: PLR2004 -- "census bureau" for the Bureau of the Census
        rest = words[3:] if words[2] == "the" else words[2:]
        forms.append("".join((*rest, words[0])))
    if "and" in words[1:]:
        forms.append("".join(word for word in words if word != "and"))
    if "." in name and (ending := _DOMAIN_ENDING.search(name.strip())) and ending[1].lower() in _domain_endings():
        forms.append(company_key(name.strip()[: ending.start()]))
    return forms


def _without_attached_generic(word: str) -> str:
    """Return a name of one word without the kind of company written onto it: "hooli" of Hooligroup; empty where too little is left."""
    endings = [ending for ending in read_lexicon("companies")["attached_generic"].split() if word.endswith(ending)]
    core = word.removesuffix(max(endings, key=len)) if endings else ""
    return core if len(core) >= _SHORTEST_BEFORE_GENERIC else ""


_SHORTEST_BEFORE_GENERIC = 5
_OFFICES = frozenset({"department", "dept", "ministry"})
_COUNTRY_BEFORE = frozenset({"us", "u", "s", "usa"})
"""Words before a public body's name that are left out: "army corps" for the U.S. Army Corps of Engineers."""


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words up to the generic ones at the end."""
    generic, glue = generic_words(), glue_words()
    end = len(words)
    while end > 1 and (words[end - 1] in generic or words[end - 1] in glue):
        end -= 1
    names_somebody = words[0] not in generic and words[0] not in glue
    return words[:end] if end > 1 or (names_somebody and words[0].isalpha()) else words


def _prefixes(words: tuple[str, ...]) -> list[str]:
    """Return the name's first words: one, two, three; none that ends in glue or only says a kind of company."""
    glue, found = glue_words(), []
    for size in range(1, min(len(words), _MOST_PREFIX_WORDS + 1)):
        if words[size - 1] in glue or (size == 1 and (words[0] in generic_words() or words[1] in _BEFORE_WHAT_IT_IS)):
            continue
        form = "".join(words[:size])
        if len(form) >= _SHORTEST_PREFIX and not form.isdigit():
            found.append(form)
    return found


_BEFORE_WHAT_IT_IS = frozenset({"of", "for"})
"""Before these a word alone only says a kind: "city" of City of Oslo."""


def _endings(words: tuple[str, ...]) -> list[str]:
    """Return the name without its first words, two words at least and the first one telling: "Miller Bakery School"."""
    endings = [words[first:] for first in range(1, len(words) - 1)]
    no_beginning = generic_words() | glue_words()
    return ["".join(ending) for ending in endings if ending[0] not in no_beginning and len(ending[0]) > 1]


def _acronyms(name: str, words: tuple[str, ...]) -> list[str]:
    """
    Return what the initials of the words spell, and the capitals of a name that is spelt with several at its start: "NBCUniversal".

    >>> _acronyms("NYC Harbor Trust", ("nyc", "harbor", "trust")), _acronyms("Board of Ice and Snow", ("board", "of", "ice", "and", "snow"))
    (['nht', 'nycht'], ['bis'])
    >>> _acronyms("University of Oslo", ("university", "of", "oslo"))
    ['uosl', 'uoslo']
    """
    found, own = [], [word for word in words if word not in glue_words()]
    if len(own) >= _SHORTEST_ACRONYM:
        found.append("".join(word[0] for word in own))
        if _VOWEL.search(own[0]) is None:
            found.append(own[0] + "".join(word[0] for word in own[1:]))
        if "-" in name:  # "nga" of National Geospatial-Intelligence Agency
            found.append("".join(word[0] for word in fold_letters(name).split() if word not in glue_words()))
        if "and" in words:
            found.append("".join(word[0] for word in words[: words.index("and")] if word in own))
    if words[0] in _OFFICES and "of" in words:  # "DoBS" of the Dept of Bread & Salt
        found.append("".join(word[0] for word in words if word == "of" or word in own))
    if words[:2] == ("university", "of") and len(own) > 1:
        found += [f"u{own[1][:size]}" for size in (3, 4) if size <= len(own[1])]
    if name[:2].isupper() and not name.isupper():
        found.append("".join(_CAPITAL.findall(name)).lower())
    return [form for form in dict.fromkeys(found) if _SHORTEST_ACRONYM <= len(form) < len("".join(words)) and form.isalpha()]


@cache
def _aliases() -> dict[str, list[str]]:
    """Return the other names of companies, by the company's key."""
    names: dict[str, list[str]] = {}
    for alias, name in read_lexicon("companies")["aliases"].items():
        names.setdefault(company_key(name), []).append(company_key(alias))
    return names


@cache
def _domain_endings() -> frozenset[str]:
    """Return the endings of addresses that people leave off."""
    return frozenset(read_lexicon("companies")["domain_endings"])


# What comes of matching a typed company name: found, too near to another to say, or unknown.


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting as the index knows it: there are very many, so that each is as small as can be."""

    id: int
    scope: str
    """Who may see it: a Discord server's id, or the scope of everyone."""

    company: str
    """As the posting spells it; empty where it names none."""

    title: str = ""
    location: str = ""
    """Where the job is, as the posting says."""

    names: tuple[str, ...] = ()
    """What its text calls the company or its product beside that name."""


class Found(Model):
    """The name is one company's, without reasonable doubt."""

    key: str
    name: str
    """As its newest posting spells it."""

    entries: tuple[Entry, ...]
    """Its postings that may be seen, newest first."""


class NearTie(Model):
    """The name fits several companies equally, or one not well enough: it is asked back."""

    typed: str
    names: tuple[str, ...]
    """What it may have meant, best first; at least one."""


class Unknown(Model):
    """No company goes by that name."""

    typed: str
    nearest: tuple[str, ...] = ()
    """Names that look like it, best first."""


CompanyMatch = Found | NearTie | Unknown
