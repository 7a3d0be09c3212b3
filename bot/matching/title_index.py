"""The titles of all postings, in memory, each scope by itself: finds those whose words a question holds."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from bot.matching.company_match import Entry
from bot.matching.role_words import common_role_words, read_role_words, written_words
from bot.matching.trigrams import TrigramIndex
from bot.matching.vocabulary import WordKind, is_place, word_kind

_END_OF_HEAD = re.compile(r" [-–—|@/:] |[(\[,|:–—]")
_ONE_LETTER_LANGUAGES = frozenset("cr")


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

    def within(self, terms: Collection[str], scopes: Collection[str], *, limit: int) -> list[tuple[TitleWords, list[Entry]]]:
        """Return the words of titles whose telling terms are all among these, with so many postings, those without a company first."""
        visible = [self._scopes[scope] for scope in sorted(set(scopes)) if scope in self._scopes]
        return [found for scope in visible for found in scope.within(terms, limit)]

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


class _ScopeTitles:
    """The titles of one scope."""

    def __init__(self) -> None:
        self._groups: dict[TitleWords, _Group] = {}
        self._filed: dict[str, list[TitleWords]] = {}
        self._terms = TrigramIndex()
        self._known: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Take in a posting."""
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

    def knows(self, term: str) -> bool:
        """Tell whether a title had this term since the start."""
        return term in self._known

    def near(self, word: str) -> list[str]:
        """Return the terms that are one edit from a word."""
        return [self._terms.text(number) for number, _ in self._terms.near(word, most_edits=1)]
