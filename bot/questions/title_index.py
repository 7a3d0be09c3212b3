"""The titles of all postings, in memory, each scope by itself: finds those whose words a question holds."""

import re
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.company_names import Entry, fold_letters
from bot.questions.tokens import WordKind, is_place, question_words, word_kind
from bot.text.clean import fold
from bot.text.lexicon import read_lexicon

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
    expanded = [term for place, word in enumerate(written) for term in (_expand(word) if _is_short_form(written, place) else [word])]
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


def _is_short_form(words: list[str], place: int) -> bool:
    """Tell whether a word may be read as a short form: "be" only before a role, "the be role" and not "can it be remote"."""
    if words[place] not in question_words("function"):
        return True
    following = words[place + 1] if place + 1 < len(words) else ""
    return following in role_nouns() or following in _table("short") or following in question_words("posts")


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
        choices = {number: texts[number] for number in self._sharing(text)}
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


_MOST_HOLDERS = 25
_END_OF_HEAD = re.compile(r" [-–—|@/:] |[(\[,|:–—]")
_ONE_LETTER_LANGUAGES = frozenset("cr")
_MOST_LOOKED_THROUGH = 5_000


class TitleWords(NamedTuple):
    """What a question must hold for a title, or for its head before the first bracket, dash or comma."""

    telling: frozenset[str]
    """Terms that are asked for; all must be there."""

    common: frozenset[str]
    """Terms of most titles ("engineer"): may be left out where the rest says enough."""


@dataclass(slots=True)
class _Group:
    """The postings whose titles have the same words."""

    unnamed: dict[int, Entry] = field(default_factory=dict)
    named: dict[int, Entry] = field(default_factory=dict)

    def of(self, entry: Entry) -> dict[int, Entry]:
        """Return the part that holds postings like this one."""
        return self.named if entry.company else self.unnamed


class TitleIndex:
    """
    Postings by the words of their titles; each scope has an index of its own.

    Titles with the same words are one group. A group is filed under one of its words only, the one with the fewest groups when it
    came: a question looks at the groups under its own words, few of all, and takes those that it holds every telling word of.

    >>> index = TitleIndex()
    >>> index.add(Entry(id=1, scope="everyone", company="", title="Senior Back-End Engineer (Remote)"))
    >>> [words.telling for words, _ in index.within({"backend", "remote", "pay"}, {"everyone"}, limit=5)]
    [frozenset({'backend'})]
    >>> index.within({"frontend"}, {"everyone"}, limit=5)
    []
    """

    def __init__(self) -> None:
        self._scopes: dict[str, _ScopeTitles] = {}
        self._entry_of: dict[int, Entry] = {}

    def add(self, entry: Entry) -> None:
        """Take in a posting; one of the same id is replaced. A title without words of its own is left out."""
        self.remove(entry.id)
        if entry.title:
            self._entry_of[entry.id] = entry
            if entry.scope not in self._scopes:
                self._scopes[entry.scope] = _ScopeTitles()
            self._scopes[entry.scope].add(entry)

    def remove(self, posting_id: int) -> None:
        """Take a posting out; nothing happens if it is not there."""
        entry = self._entry_of.pop(posting_id, None)
        if entry is not None:
            self._scopes[entry.scope].remove(entry)

    def title(self, posting_id: int) -> str:
        """Return a posting's title, empty for one that has none or is not there; who asks may see it already."""
        return entry.title if (entry := self._entry_of.get(posting_id)) else ""

    def entry(self, posting_id: int) -> Entry | None:
        """Return a posting by its id, None for one without a title or that is not there; who asks may see it already."""
        return self._entry_of.get(posting_id)

    def within(self, terms: Collection[str], scopes: Collection[str], *, limit: int) -> list[tuple[TitleWords, list[Entry]]]:
        """Return the words of titles whose telling terms are all among these, with so many postings, those without a company first."""
        visible = [self._scopes[scope] for scope in sorted(set(scopes)) if scope in self._scopes]
        return [found for scope in visible for found in scope.within(terms, limit)]

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

    def holding(self, word: str, scopes: Collection[str]) -> list[Entry]:
        """Return the postings whose titles have this word, as far as there are few of them."""
        ids = [number for scope in set(scopes) if scope in self._scopes for number in self._scopes[scope].holding(word)]
        return [self._entry_of[number] for number in sorted(ids, reverse=True) if number in self._entry_of]

    def knows(self, word: str, scopes: Collection[str]) -> bool:
        """Tell whether a title in these scopes has this term."""
        return any(self._scopes[scope].knows(word) for scope in scopes if scope in self._scopes)

    def mended(self, word: str, scopes: Collection[str]) -> set[str]:
        """Return the titles' terms that are one edit from a word."""
        return {term for scope in set(scopes) if scope in self._scopes for term in self._scopes[scope].near(word)}


@lru_cache(maxsize=8192)
def title_words(title: str) -> tuple[TitleWords, ...]:
    """
    Return what a question must hold for a title: for the whole of it, and for its head where that is enough to know it by.

    >>> [sorted(words.telling) for words in title_words("Full Stack Engineer (Frontend Focus)")]
    [['focus', 'frontend', 'fullstack'], ['fullstack']]
    """
    head, *_ = _END_OF_HEAD.split(title, maxsplit=1)
    whole = frozenset(term for word in written_words(title) for term in _terms_of(word))
    known_by = frozenset(term for word in written_words(head) for term in _terms_of(word)) if len(head) < len(title) else whole
    return tuple(
        TitleWords(terms - common_role_words(), terms & common_role_words()) for terms in dict.fromkeys((whole, known_by)) if terms
    )


@lru_cache(maxsize=8192)
def _terms_of(word: str) -> tuple[str, ...]:
    """Return the terms of a title's word that are worth asking for: no number, no single letter, no place, no "for"."""
    if word_kind(word) is WordKind.FUNCTION:
        return ()
    own = read_role_words(word).own_terms
    return tuple(term for term in own if not term.isdigit() and (len(term) > 1 or term in _ONE_LETTER_LANGUAGES) and not is_place((term,)))


def rank_sign(rank: int) -> str:
    """Return how a rank is filed beside the terms."""
    return f"#{rank}"


def _signs_of(title: str) -> set[str]:
    words = read_role_words(title)
    return {*words.terms, *map(rank_sign, words.ranks)}


class _ScopeTitles:
    """The titles of one scope."""

    def __init__(self) -> None:
        self._groups: dict[TitleWords, _Group] = {}
        self._filed: dict[str, list[TitleWords]] = {}
        self._terms = TrigramIndex()
        self._known: set[str] = set()
        self._holders: dict[str, list[int]] = {}
        self.by_sign: dict[str, array[int]] = {}
        """The ids of postings by each term and rank of their titles."""

    def add(self, entry: Entry) -> None:
        """Take in a posting."""
        for sign in _signs_of(entry.title):
            self.by_sign.setdefault(sign, array("q")).append(entry.id)
        for word in set(written_words(entry.title)):
            holders = self._holders.setdefault(word, [])
            if len(holders) <= _MOST_HOLDERS:
                holders.append(entry.id)
        for words in title_words(entry.title):
            group = self._groups.get(words)
            if group is None:
                group = self._groups[words] = _Group()
                self._file(words)
            group.of(entry)[entry.id] = entry

    def _file(self, words: TitleWords) -> None:
        """File a new group under the term that has the fewest."""
        terms = words.telling or words.common
        _, rarest = min((len(self._filed.get(term, ())), term) for term in terms)
        self._filed.setdefault(rarest, []).append(words)
        for term in terms - self._known:
            self._known.add(term)
            self._terms.add(term)

    def remove(self, entry: Entry) -> None:
        """Take a posting out; its group stays for the next title with the same words."""
        for sign in _signs_of(entry.title):
            self.by_sign[sign].remove(entry.id)
        for words in title_words(entry.title):
            self._groups[words].of(entry).pop(entry.id, None)

    def within(self, terms: Collection[str], limit: int) -> Iterator[tuple[TitleWords, list[Entry]]]:
        """Yield the groups whose telling terms are all among these; where a title has only common terms, all of those."""
        for term in terms:
            for words in self._filed.get(term, ()):
                if (words.telling or words.common).issubset(terms):
                    group = self._groups[words]
                    newest = [
                        entry
                        for part in (group.unnamed, group.named)
                        for _, entry in zip(range(limit), reversed(part.values()), strict=False)
                    ]
                    if newest:
                        yield words, newest

    def holding(self, word: str) -> list[int]:
        """Return the postings with this word in their titles, none where there are too many to tell apart by it."""
        holders = self._holders.get(word, [])
        return holders if len(holders) <= _MOST_HOLDERS else []

    def knows(self, term: str) -> bool:
        """Tell whether a title had this term since the start."""
        return term in self._known

    def near(self, word: str) -> list[str]:
        """Return the terms that are one edit from a word."""
        return [self._terms.text(number) for number, _ in self._terms.near(word, most_edits=1)]
