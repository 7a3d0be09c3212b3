"""What titles say, as the terms that postings are compared by and filed under; and small indexes to file them in."""

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.company_names import MOST_NAME_WORDS, Entry, FormKind, company_words, fold_letters, glue_words, name_forms
from bot.questions.tokens import WordKind, question_words, word_kind
from bot.text.clean import fold
from bot.text.gazetteer import PlaceKind
from bot.text.lexicon import read_lexicon
from bot.text.places import find_places
from bot.text.words import small_words

# A title, or the words of a question, as the terms that titles are compared by.

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_POSSESSIVE = re.compile(r"['’]s\b")
_GENDERS = re.compile(r"\b[mfwdxh](?:\s?[/|]\s?[mfwdxh]){1,3}\b")
"""Who may apply: the "m/w/d" of German titles and the "h/f" of French ones, which is no word of the role."""

_MOST_LETTERS = 1000
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class RoleWords:
    """What a text says of a role."""

    terms: frozenset[str]
    """Its words: plurals and short forms undone, "back end" as "backend", any other two neighbours also as one word."""

    literal: frozenset[str]
    """Its words as written."""

    ranks: frozenset[int]
    """How senior, as numbers that rise."""

    steps: frozenset[str]
    """The step within a rank, "2" for II."""

    own_terms: frozenset[str]
    """The terms without neighbours joined: what a title consists of."""


def read_role_words(text: str) -> RoleWords:
    """
    Return what a text says of a role.

    >>> words = read_role_words("Sr. Back-end SWE II")
    >>> sorted(words.own_terms), words.ranks, words.steps
    (['backend', 'engineer', 'software'], frozenset({3}), frozenset({'2'}))
    >>> "backend" in words.terms
    True
    """
    return _read(text[:_MOST_LETTERS])


def named_role(words: str) -> str:
    """Return the words of a role among what was said."""
    role = read_role_words(words)
    if not (role.own_terms & role_nouns() or role.ranks):
        return ""
    return " ".join(word for word in written_words(words) if word in role_nouns() or read_role_words(word).ranks)


def seeks_beginners(role: str) -> bool:
    """Tell whether the role that is asked for is a beginner's: "any entry level stuff"."""
    return bool(max(read_role_words(role).ranks, default=0) == _table("seniority")["junior"])


def written_words(text: str) -> list[str]:
    """
    Return the folded words of a title or question, "back end" as one.

    >>> written_words("Senior Back-End Engineer's C++")
    ['senior', 'backend', 'engineer', 'c++']
    >>> written_words("Bäcker (m/w/d)")
    ['backer']
    """
    folded = _POSSESSIVE.sub("", fold_letters(text[:_MOST_LETTERS]))
    return _compounds_joined(_WORD.findall(_GENDERS.sub(" ", folded)))


@lru_cache(maxsize=4096)
def _read(text: str) -> RoleWords:
    """Return what a text says of a role; titles are read again and again."""
    written = written_words(text)
    expanded = [term for place, word in enumerate(written) for term in (_expand(word) if is_short_form(written, place) else [word])]
    ranks = frozenset(_table("seniority")[term] for term in expanded if term in _table("seniority"))
    steps = frozenset(
        _table("step")[word]
        for before, word in pairwise(["", *written])
        if word in _table("step") and (not word.isdigit() or _expand(before)[0] in role_nouns())
    )
    skipped = _skipped()
    own = frozenset(term for term in expanded if term not in skipped)
    joined = frozenset(first + second for first, second in pairwise(written))
    return RoleWords(terms=own | joined, literal=frozenset(written) - skipped, ranks=ranks, steps=steps, own_terms=own)


def is_short_form(words: Sequence[str], place: int) -> bool:
    """
    Tell whether a word may be read as a short form: "be" only before a role, "the be role" and not "can it be remote".

    One that is a small word of another language ("vaga de dev", "da pra") only before "role" or the like.
    """
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) else ""
    if (word, following) in _NO_SHORT_FORMS:
        return False
    if word in small_words():
        return len(words) == 1 or following in question_words("posts")
    if word not in question_words("function"):
        return True
    return following in role_nouns() or following in _table("short") or following in question_words("posts")


_NO_SHORT_FORMS = frozenset({("tl", "dr")})


def _compounds_joined(words: list[str]) -> list[str]:
    """Return the words with two that are one word of roles written as that: "back end" is "backend"."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] + word in role_nouns():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=4096)
def _expand(word: str) -> list[str]:
    """Return the words that a word stands for, each in its common form; not to be changed."""
    words = _table("short").get(word) or _table("short").get(_singular(word)) or word
    return [_common_form(term) for term in words.split()] or [word]


def _common_form(word: str) -> str:
    """Return a word without its plural, or the word that says the same in titles."""
    same = _table("same")
    return str(same.get(word) or same.get(_singular(word)) or _singular(word))


def _singular(word: str) -> str:
    """Return a word without the s of a plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is", "ops")) else word


@cache
def _table(name: str) -> dict[str, Any]:
    """Return one table of the lexicon of roles."""
    table: dict[str, Any] = read_lexicon("roles")[name]
    return table


@cache
def _skipped() -> frozenset[str]:
    """Return words of titles that are no terms: those that name no role, ranks and steps."""
    return _unspecific() | _table("seniority").keys() | _table("step").keys()


@cache
def _unspecific() -> frozenset[str]:
    """Return words of titles that name no role."""
    return frozenset(read_lexicon("roles")["words"]["unspecific"].split())


@cache
def role_nouns() -> frozenset[str]:
    """Return the words of roles: "engineer", "senior", "ai"."""
    return frozenset(read_lexicon("roles")["words"]["role"].split())


@cache
def common_role_words() -> frozenset[str]:
    """Return the words that most titles share, so that they tell little: "engineer", "software"."""
    return frozenset(read_lexicon("roles")["words"]["common"].split())


# Small indexes in memory: numbers by the words that they are filed under, and texts by their trigrams.


class NumbersByWord:
    """
    Numbers filed under words, in little memory: most words have one number, and need no list for it.

    >>> filed = NumbersByWord()
    >>> filed.add(["night", "baker"], 1), filed.add(["baker"], 2)
    (['night', 'baker'], [])
    >>> filed.under("baker"), filed.under("night"), filed.under("day")
    ([1, 2], (1,), ())
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int | list[int]] = {}

    def add(self, words: Iterable[str], number: int) -> list[str]:
        """File a number under each of some different words, and return those that nothing was filed under before."""
        numbers, new = self._numbers, []
        for word in words:
            there = numbers.get(word)
            if there is None:
                numbers[word] = number
                new.append(word)
            elif isinstance(there, int):
                numbers[word] = [there, number]
            else:
                there.append(number)
        return new

    def remove(self, words: Iterable[str], number: int) -> None:
        """Take a number out from under words that it is filed under; a word that loses its last one stays known."""
        for word in words:
            there = self._numbers[word]
            if isinstance(there, int):
                self._numbers[word] = []
            else:
                there.remove(number)

    def under(self, word: str) -> Sequence[int]:
        """Return the numbers under a word in the order in which they came; not to be changed."""
        there = self._numbers.get(word)
        return () if there is None else (there,) if isinstance(there, int) else there


# Finds the texts that share enough runs of three letters with another one.

_ENOUGH = 9
"""Two edits break eight trigrams at most (swapping two letters breaks four): of nine, one is left whole."""

_LOOKED_AT = 3000
"""
How many entries of trigram lists are gone through at most, rarest trigrams first.

Measured with 100,000 names (146,000 forms) and one or two typos: 6,000 keeps 99.7 % of the right names at 2.1 ms (99th percentile),
3,000 keeps 99.3 % at 1.0 ms, 1,500 keeps 96.9 %. Asking for more shared trigrams lost names too.
"""

_NONE = array("I")
_LEFT_AT_ONCE = 400
"""Texts that are filed in a turn: two milliseconds' work, or as many as a search may find not filed yet without being slow."""


class TrigramIndex:
    """
    Texts by their trigrams; texts are added, never taken out, and known by the order they came in.

    They are filed later, as long as there is time or when they are searched, so that very many are there at once. What is not filed yet is
    compared with letter by letter, which takes 20 ms for 150,000.

    >>> index = TrigramIndex()
    >>> index.add("flex"), index.add("nixtla")
    (0, 1)
    >>> index.near("flx", most_edits=1)
    [(0, 1)]
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._filed = 0
        self._holders: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))

    def add(self, text: str) -> int:
        """Keep a text and return its number."""
        self._texts.append(text)
        return len(self._texts) - 1

    def catch_up(self) -> bool:
        """File some of the texts that are not filed yet, and tell whether any are left."""
        holders, start = self._holders, self._filed
        end = min(start + _LEFT_AT_ONCE, len(self._texts))
        for number in range(start, end):
            for trigram in _trigrams(self._texts[number]):
                holders[trigram].append(number)
        self._filed = end  # and not before: a thread that searches meanwhile goes through what is not filed, or files it once more
        return self._filed < len(self._texts)

    def text(self, number: int) -> str:
        """Return the text of that number."""
        return self._texts[number]

    def near(self, text: str, *, most_edits: int) -> list[tuple[int, int]]:
        """Return (number, edits) of the texts within so many edits, fewest first; a swap of neighbours is one edit."""
        is_behind, texts = self.catch_up(), self._texts
        choices = {number: texts[number] for number in self._sharing(text) if abs(len(texts[number]) - len(text)) <= most_edits}
        if is_behind:
            choices |= dict(enumerate(texts[self._filed :], start=self._filed))
        hits = process.extract(text, choices, scorer=OSA.distance, limit=None, score_cutoff=most_edits)
        return [(number, int(edits)) for _, edits, number in hits]

    def _sharing(self, text: str) -> set[int]:
        """Return the numbers of texts that share one of the rarest trigrams: bounded, however many texts there are."""
        lists = sorted((self._holders.get(trigram, _NONE) for trigram in _trigrams(text)), key=len)
        sharing: set[int] = set()
        seen = 0
        for taken, holders in enumerate(lists):
            seen += len(holders)
            if taken >= _ENOUGH or seen > _LOOKED_AT:
                break
            sharing.update(holders)
        return sharing


def _trigrams(text: str) -> set[str]:
    """Return the runs of three letters, the beginning and the end counting as letters of their own."""
    padded = f"  {text} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


# What a posting is called by.

_PARTS_OF_PLACE = re.compile(r"\s*[,;|/()]\s*| [-–—] ")
_MOST_PARTS, _LONGEST_PLACE = 3, 4
"""Parts of a location, and words of one that no list of towns has: "Fort Sill"."""

_END_OF_HEAD = re.compile(r" [-–—|@/:] |[(\[,|:–—]")


class PostingWords(NamedTuple):
    """What a posting may be called by."""

    title: frozenset[str]
    """The terms of its title, two neighbours also as one."""

    whole: frozenset[str]
    """The terms of the title as it is written; none in a title of nothing but numbers."""

    wholes: tuple[frozenset[str], ...]
    """The terms of the title as it is written, and of its head before the first bracket, dash or comma; none without terms."""

    beside: frozenset[str]
    """The words of its company, and its places."""


@lru_cache(maxsize=1024)
def posting_words(entry: Entry) -> PostingWords:
    """
    Return what a posting may be called by.

    >>> words = posting_words(Entry(id=1, scope="everyone", company="City of Oslo", title="Full Stack Engineer (Frontend Focus)"))
    >>> [sorted(whole) for whole in words.wholes], sorted(words.beside)
    ([['engineer', 'focus', 'frontend', 'fullstack'], ['engineer', 'fullstack']], ['@NO', '@oslo', 'city', 'oslo'])
    """
    head, *_ = _END_OF_HEAD.split(entry.title, maxsplit=1)
    whole = frozenset(_telling_terms(entry.title))
    wholes = tuple(one for one in dict.fromkeys((whole, frozenset(_telling_terms(head)))) if one)
    names = frozenset(f"~{form}" for name in entry.names for form, kind in name_forms(name).items() if kind is not FormKind.ACRONYM)
    company = frozenset(term for word in company_words(entry.company)[:MOST_NAME_WORDS] for term in role_terms(word) if len(term) > 1)
    strange = [f"@{word}" for word in written_words(entry.location) if word_kind(word) is WordKind.UNKNOWN and len(word) > _SHORTEST_PLURAL]
    unlisted = (part for part in _PARTS_OF_PLACE.split(entry.location)[:_MOST_PARTS] if not _places_in(part))
    strange += [f"@{first}{second}" for part in unlisted for first, second in pairwise(written_words(part)[:_LONGEST_PLACE])]
    places = (*_places_in(entry.title), *_places_in(entry.location), *_places_in(entry.company), *strange)
    title = read_role_words(entry.title)
    said_otherwise = frozenset(term for term in title.terms if term not in title.own_terms) | {f"#{rank}" for rank in title.ranks}
    if not _ONE_ROLE.isdisjoint(title.own_terms):
        said_otherwise |= _ONE_ROLE
    return PostingWords(whole | said_otherwise, whole, wholes, company - glue_words() | frozenset(places) | names)


_ONE_ROLE = frozenset({"engineer", "developer"})


def _telling_terms(title: str) -> Iterator[str]:
    """Yield the terms of a title that are worth asking for: no number, no single letter, no "for"."""
    for word in written_words(title):
        if word_kind(word) is not WordKind.FUNCTION:
            terms = (term for term in role_terms(word) if len(term) > 1 or term in _ONE_LETTER_LANGUAGES)
            yield from (term for term in terms if not term.startswith("#"))


_ONE_LETTER_LANGUAGES = frozenset("cr")


@lru_cache(maxsize=8192)
def role_terms(word: str) -> tuple[str, ...]:
    """
    Return the terms that a folded word stands for, ranks by their numbers.

    >>> role_terms("sre"), role_terms("senior")
    (('engineer', 'reliability', 'site'), ('#3',))
    """
    read = read_role_words(word)
    return (*sorted(term for term in read.own_terms if not term.isdigit()), *(f"#{rank}" for rank in read.ranks))


def terms_before_role(word: str, following: str) -> tuple[str, ...]:
    """
    Return the further terms of a word right before one of roles: "admin" before "assistant", where it is no administrator.

    >>> terms_before_role("admin", "assistant"), terms_before_role("admin", "pay")
    (('administrative',), ())
    """
    whole = _table("short_before").get(word)
    return role_terms(whole) if whole and (following in role_nouns() or following in doer_words() or doers([following])) else ()


def terms_behind(word: str) -> tuple[str, ...]:
    """Return the further terms of a word behind another one: "tech" in "pharmacy tech"."""
    whole = _table("short_behind").get(word)
    return role_terms(whole) if whole else ()


def is_common(term: str) -> bool:
    """Tell whether a term says little by itself: a rank, or a word of most titles."""
    return term.startswith("#") or term in common_role_words()


@lru_cache(maxsize=8192)
def _places_in(text: str) -> tuple[str, ...]:
    """Return the places that a title or a location names, as terms."""
    return tuple(
        term
        for place in find_places(text, any_case=False)
        for term in place_terms(
            place.meaning.countries[:1], place.meaning.us_state, city=place.meaning.name if place.kind is PlaceKind.CITY else None
        )
    )


def place_terms(countries: Sequence[str | None], state: str | None, *, city: str | None) -> tuple[str, ...]:
    """Return the terms that a place is known by, the most exact one last, of a city its usual name."""
    terms = [f"@{code}" for code in countries if code]
    terms += [f"@US-{state}"] if state else []
    terms += [f"@{''.join(written_words(name))}" for name in dict.fromkeys((city, _english_city(city)))] if city else []
    return tuple(terms)


def _english_city(city: str) -> str:
    """Return the usual name of a city that goes by several: "New York" for NYC, "Munich" for München."""
    names = read_lexicon("asked_places")
    return str(names["same_city"].get(fold(city)) or names["cities"].get(fold(city), city).partition(",")[0])


_DOES = re.compile(r"(?:[eo]r|ist|yst|ian|ant|eur|dev|eng|swe|sre)s?$")
"""How words end that name who does something: "designer"."""

WITH_DOER = "~"
"""How a title is filed that says who does something."""


def doers(terms: Collection[str]) -> frozenset[str]:
    """
    Return those of some terms that say who does something.

    >>> sorted(doers(["data", "engineer", "analyst"]))
    ['analyst', 'engineer']
    """
    return frozenset(term for term in terms if _DOES.search(term))


@cache
def doer_words() -> frozenset[str]:
    """Return the folded words that name who does something, however they end: "postdoc"."""
    return frozenset(fold_letters(word) for word in read_lexicon("head_words")["roles"]["nouns"].split())


def rank_signs() -> frozenset[str]:
    """Return how all ranks are filed."""
    return frozenset(map(rank_sign, _table("seniority").values()))


def rank_sign(rank: int) -> str:
    """Return how a rank is filed beside the terms."""
    return f"#{rank}"


class FiledWords(NamedTuple):
    """What a posting with a title is filed under."""

    signs: Collection[str]
    """The terms and ranks of its title, and that it says who does something."""

    terms: Collection[str]
    """What it may be called by."""


def filed_words(entry: Entry) -> FiledWords:
    """
    Return what a posting is filed under; nothing for one without a title.

    >>> filed = filed_words(Entry(id=1, scope="everyone", company="Flex", title="Senior Baker"))
    >>> sorted(filed.signs), sorted(filed.terms)
    (['#3', 'baker', 'seniorbaker', '~'], ['#3', 'baker', 'flex', 'seniorbaker'])
    """
    if not entry.title:
        return FiledWords((), ())
    title, words = read_role_words(entry.title), posting_words(entry)
    signs = {*title.terms, *map(rank_sign, title.ranks), *([WITH_DOER] if doers(title.own_terms) else [])}
    return FiledWords(signs, words.title | words.beside)
