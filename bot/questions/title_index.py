"""The titles of all postings, in memory, each scope by itself: finds those whose words a question holds."""

import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
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


# Finds the texts that share enough runs of three letters with another one.

_ENOUGH = 9
"""Two edits break eight trigrams at most (swapping two letters breaks four): of nine, one is left whole."""

_LOOKED_AT = 3000
"""
How many entries of trigram lists are gone through at most, rarest trigrams first.

Measured with 100,000 names (146,000 forms) and one or two typos: 6,000 keeps 99.7 % of the right names at 2.1 ms (99th percentile),
3,000 keeps 99.3 % at 1.0 ms, 1,500 keeps 96.9 %. Asking for more shared trigrams lost names too.
"""


class TrigramIndex:
    """
    Texts by their trigrams; texts are added, never taken out, and known by the order they came in.

    >>> index = TrigramIndex()
    >>> index.add("flex"), index.add("nixtla")
    (0, 1)
    >>> index.near("flx", most_edits=1)
    [(0, 1)]
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._holders: dict[str, list[int]] = {}

    def add(self, text: str) -> int:
        """Keep a text and return its number."""
        number = len(self._texts)
        self._texts.append(text)
        holders = self._holders
        for trigram in _trigrams(text):
            if trigram in holders:
                holders[trigram].append(number)
            else:
                holders[trigram] = [number]
        return number

    def text(self, number: int) -> str:
        """Return the text of that number."""
        return self._texts[number]

    def near(self, text: str, *, most_edits: int) -> list[tuple[int, int]]:
        """Return (number, edits) of the texts within so many edits, fewest first; a swap of neighbours is one edit."""
        texts = self._texts
        choices = {number: texts[number] for number in self._sharing(text) if abs(len(texts[number]) - len(text)) <= most_edits}
        hits = process.extract(text, choices, scorer=OSA.distance, limit=None, score_cutoff=most_edits)
        return [(number, int(edits)) for _, edits, number in hits]

    def _sharing(self, text: str) -> set[int]:
        """Return the numbers of texts that share one of the rarest trigrams: bounded, however many texts there are."""
        lists = sorted((self._holders.get(trigram, []) for trigram in _trigrams(text)), key=len)
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
    strange = (f"@{word}" for word in written_words(entry.location) if word_kind(word) is WordKind.UNKNOWN and len(word) > _SHORTEST_PLURAL)
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
_MOST_LOOKED_THROUGH = 5_000


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
    """Return the terms that a place is known by, the most exact one last."""
    terms = [f"@{code}" for code in countries if code]
    terms += [f"@US-{state}"] if state else []
    terms += [f"@{''.join(written_words(city))}"] if city else []
    return tuple(terms)


class TitleIndex:
    """
    Postings by the words of their titles, companies and places; each scope has an index of its own.

    >>> index = TitleIndex()
    >>> index.add(Entry(id=1, scope="everyone", company="", title="Senior Back-End Engineer (Remote)"))
    >>> index.holding("backend", {"everyone"}), index.holding("frontend", {"everyone"})
    ([1], [])
    """

    def __init__(self) -> None:
        self._scopes: dict[str, _ScopeTitles] = {}
        self._entry_of: dict[int, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Take in a posting; one of the same id is replaced."""
        self.remove(entry.id)
        if entry.title:
            self._entry_of[entry.id] = entry
            self._scopes.setdefault(entry.scope, _ScopeTitles()).add(entry)

    def remove(self, posting_id: int) -> None:
        """Take a posting out; nothing happens if it is not there."""
        entry = self._entry_of.pop(posting_id, None)
        if entry is not None:
            self._scopes[entry.scope].remove(entry)

    def entry(self, posting_id: int) -> Entry | None:
        """Return a posting by its id, None for one without a title or that is not there; who asks may see it already."""
        return self._entry_of.get(posting_id)

    def words(self, posting_id: int) -> PostingWords:
        """Return what a posting that is there may be called by."""
        return posting_words(self._entry_of[posting_id])

    def with_any(self, signs: Collection[str], scopes: Collection[str]) -> Iterator[int]:
        """Yield the ids of postings whose titles have one of these terms, or one of these ranks as rank_sign writes them."""
        found = (self._scopes[scope].by_sign.get(sign, ()) for scope in set(scopes) if scope in self._scopes for sign in signs)
        return chain.from_iterable(found)

    def like(self, typed: str, scopes: Collection[str], *, limit: int) -> list[str]:
        """Return titles with what is typed in them, each once, the newest first, of the newest postings."""
        wanted = fold(typed)
        newest = islice(reversed(self._entry_of.values()), _MOST_LOOKED_THROUGH)
        titles = (entry.title for entry in newest if entry.scope in scopes and wanted in fold(entry.title))
        return list(islice(dict.fromkeys(titles), limit))

    def ranks(self, scopes: Collection[str]) -> set[str]:
        """Return the signs of all ranks that titles have."""
        return {sign for scope in set(scopes) if scope in self._scopes for sign in self._scopes[scope].by_sign if sign.startswith("#")}

    def count(self, scopes: Collection[str]) -> int:
        """Return how many postings with a title there are."""
        return sum(scope.size for scope in self._visible(scopes))

    def holding(self, term: str, scopes: Collection[str]) -> list[int]:
        """Return the postings that may be called by a term."""
        return [number for scope in self._visible(scopes) for number in scope.holding(term)]

    def knows(self, term: str, scopes: Collection[str]) -> bool:
        """Tell whether a posting in these scopes may be called by this term."""
        return any(scope.holding(term) for scope in self._visible(scopes))

    def mended(self, word: str, scopes: Collection[str]) -> set[str]:
        """Return the terms that are one edit from a word."""
        return {term for scope in self._visible(scopes) for term in scope.near(word)}

    def _visible(self, scopes: Collection[str]) -> "list[_ScopeTitles]":
        return [self._scopes[scope] for scope in sorted(set(scopes)) if scope in self._scopes]


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


def rank_sign(rank: int) -> str:
    """Return how a rank is filed beside the terms."""
    return f"#{rank}"


def _signs_of(title: str) -> set[str]:
    words = read_role_words(title)
    return {*words.terms, *map(rank_sign, words.ranks), *([WITH_DOER] if doers(words.own_terms) else [])}


class _ScopeTitles:
    """The words of one scope's postings."""

    def __init__(self) -> None:
        self.size = 0
        self._terms = TrigramIndex()
        self.by_sign: dict[str, array[int]] = {}
        """The ids of postings by each term and rank of their titles."""
        self._holders: dict[str, dict[int, None]] = {}

    def add(self, entry: Entry) -> None:
        """Take in a posting."""
        self.size += 1
        for sign in _signs_of(entry.title):
            self.by_sign.setdefault(sign, array("q")).append(entry.id)
        words = posting_words(entry)
        for term in words.title | words.beside:
            if term not in self._holders:
                self._holders[term] = {}
                self._terms.add(term)
            self._holders[term][entry.id] = None

    def remove(self, entry: Entry) -> None:
        """Take a posting out."""
        self.size -= 1
        for sign in _signs_of(entry.title):
            self.by_sign[sign].remove(entry.id)
        words = posting_words(entry)
        for term in words.title | words.beside:
            self._holders[term].pop(entry.id, None)

    def holding(self, term: str) -> Collection[int]:
        """Return the postings that may be called by a term."""
        return self._holders.get(term, ())

    def near(self, word: str) -> list[str]:
        """Return the terms that are one edit from a word."""
        return [term for number, _ in self._terms.near(word, most_edits=1) if self._holders[term := self._terms.text(number)]]
