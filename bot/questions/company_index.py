"""The companies and titles of all postings, in memory, each scope by itself."""

import gc
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import bot.text
from bot.questions.company_names import MOST_NAME_WORDS, Entry, FormKind, company_key, company_words, name_forms
from bot.questions.title_index import (
    FiledWords,
    NumbersByWord,
    PostingWords,
    TrigramIndex,
    filed_words,
    posting_words,
    rank_signs,
)
from bot.text.lexicon import data_directory

_LONGEST_MISTYPED = 80
"""Letters: a longer form is found where it is typed as it is; to look for slips in it would take long."""

# Names in alphabetical order, for finding those that start with what was typed.

Row = tuple[str, str]
"""A name, or its end from some word on, and the company's key."""


class NamesInOrder:
    """
    Rows that are sorted once, when first asked for, and kept in order from then on.

    >>> names = NamesInOrder()
    >>> names.add(("nomadhealth", "nomadhealth")), names.add(("flex", "flex"))
    (None, None)
    >>> names.starting("no", limit=5)
    [('nomadhealth', 'nomadhealth')]
    """

    def __init__(self) -> None:
        self._rows: list[str] = []
        """As texts, which are sorted in a third of the time."""
        self._is_sorted = False

    def add(self, row: Row) -> None:
        """Take in a row."""
        if self._is_sorted:
            insort(self._rows, _to_text(row))
        else:
            self._rows.append(_to_text(row))

    def remove(self, row: Row) -> None:
        """Take a row out that is there."""
        self._sort()
        del self._rows[bisect_left(self._rows, _to_text(row))]

    def starting(self, beginning: str, *, limit: int) -> list[Row]:
        """Return the first rows that start so, in order."""
        self._sort()
        start = bisect_left(self._rows, beginning)
        found = takewhile(lambda row: row.startswith(beginning), self._rows[start : start + limit])
        return [(name, key or name) for name, _, key in (row.partition(_BEHIND_NAME) for row in found)]

    def _sort(self) -> None:
        """Sort the rows where they are not."""
        if not self._is_sorted:
            self._rows.sort()
            self._is_sorted = True


_BEHIND_NAME = "\0"
"""It goes before every sign that a name has, so that texts stand in the order of their names."""


def _to_text(row: Row) -> str:
    name, key = row
    return name if name == key else f"{name}{_BEHIND_NAME}{key}"


class Candidate(NamedTuple):
    """A company that a typed name may mean."""

    key: str
    form: str
    """The form of its name that the typed one was compared with."""

    kind: FormKind
    edits: int

    @property
    def distance(self) -> int:
        """Edits, and one more for a name that would be both shortened to its first words and mistyped."""
        return self.edits + (self.edits > 0 and self.kind is FormKind.PREFIX)


# What a posting is filed under, worked out when it is kept, so that an index of very many is built by reading it.


class Filed(NamedTuple):
    """What a posting is filed under, by its company and by its title."""

    key: str
    """Its company's; empty where it names none."""

    forms: str
    """Those of its company's name, a space between, each behind the number of its kind."""

    endings: str
    """What its company's name ends in from each further word on, a space between."""

    words: FiledWords
    names: tuple[str, ...] = ()
    """What its text calls the company beside that name."""


def file(entry: Entry) -> Filed:
    """
    Return what a posting is filed under.

    >>> file(Entry(id=1, scope="everyone", company="Nomad Health"))[:3]
    ('nomadhealth', '0nomadhealth 2nomad', 'health')
    """
    key, words = company_key(entry.company), company_words(entry.company)
    if not key:
        return Filed("", "", "", filed_words(entry), entry.names)
    forms = " ".join(f"{kind.value}{form}" for form, kind in name_forms(entry.company).items())
    endings = ("".join(words[place:]) for place in range(1, min(len(words), MOST_NAME_WORDS)))
    return Filed(key, forms, " ".join(endings), filed_words(entry), entry.names)


def pack(entry: Entry, filed: Filed | None = None) -> str:
    """Return what a posting is filed under as a text that `unpack` reads; it is worked out where it is not given."""
    filed = filed or file(entry)
    body = "\n".join((*filed[:3], *(" ".join(sorted(words)) for words in filed.words), *entry.names))
    return f"{_stamp((entry.company, entry.title, entry.location), body)}\n{body}"


Head = tuple[str, str, str]
"""Company, title and location."""


def unpack(packed: str, head: Head) -> Filed | None:
    """
    Return what a posting is filed under; None where that was worked out by another Rolecall or from another head, or is damaged.

    >>> packed = pack(Entry(id=1, scope="everyone", company="Nomad Health"))
    >>> unpack(packed, ("Nomad Health", "", ""))[:2], unpack(packed, ("Gamut", "", ""))
    (('nomadhealth', '0nomadhealth 2nomad'), None)
    """
    stamp, _, body = packed.partition("\n")
    if stamp != _stamp(head, body):
        return None
    key, forms, endings, signs, terms, *names = body.split("\n")
    return Filed(key, forms, endings, FiledWords(signs.split(), terms.split()), tuple(names))


def own_names_in(packed: str) -> tuple[str, ...]:
    """Return what a posting's text calls the company by, which is as it was also where another Rolecall has worked out the rest."""
    return tuple(packed.split("\n")[6:])


def _stamp(head: Head, body: str) -> str:
    """Return what tells whether a packed text is this Rolecall's, of this head and whole."""
    told = "\n".join((_made_by(), *head, body))
    return f"{crc32(told.encode('utf-8', 'replace')):08x}"


@cache
def _made_by() -> str:
    """Return what is another one as soon as anything changes by which it is worked out: code, word lists, Unicode."""
    digest = blake2b(unicodedata.unidata_version.encode(), digest_size=8)
    folders = (Path(__file__).parent, Path(bot.text.__file__).parent, data_directory() / "lexicons")
    for path in (path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in {".py", ".toml", ".tsv"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


_MOST_LOOKED_THROUGH = 5_000


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

    def add(self, entry: Entry, filed: FiledWords | None = None) -> None:
        """Take in a posting; one of the same id is replaced. What it is filed under is worked out where it is not given."""
        self.remove(entry.id)
        if entry.title:
            self._entry_of[entry.id] = entry
            if entry.scope not in self._scopes:
                self._scopes[entry.scope] = _ScopeTitles()
            self._scopes[entry.scope].add(entry.id, filed or filed_words(entry))

    def remove(self, posting_id: int) -> None:
        """Take a posting out; nothing happens if it is not there."""
        entry = self._entry_of.pop(posting_id, None)
        if entry is not None:
            self._scopes[entry.scope].remove(posting_id, filed_words(entry))

    def entry(self, posting_id: int) -> Entry | None:
        """Return a posting by its id, None for one without a title or that is not there; who asks may see it already."""
        return self._entry_of.get(posting_id)

    def words(self, posting_id: int) -> PostingWords:
        """Return what a posting that is there may be called by."""
        return posting_words(self._entry_of[posting_id])

    def with_any(self, signs: Collection[str], scopes: Collection[str]) -> Iterator[int]:
        """Yield the ids of postings whose titles have one of these terms, or one of these ranks as rank_sign writes them."""
        found = (scope.by_sign.under(sign) for scope in self._visible(scopes) for sign in signs)
        return chain.from_iterable(found)

    def newest(self, scopes: Collection[str]) -> Iterator[Entry]:
        """Yield the newest postings, the newest first."""
        newest = islice(reversed(self._entry_of.values()), _MOST_LOOKED_THROUGH)
        return (entry for entry in newest if entry.scope in scopes)

    def ranks(self, scopes: Collection[str]) -> set[str]:
        """Return the signs of all ranks that titles have."""
        return {sign for scope in self._visible(scopes) for sign in rank_signs() if scope.by_sign.under(sign)}

    def count(self, scopes: Collection[str]) -> int:
        """Return how many postings with a title there are."""
        return sum(scope.size for scope in self._visible(scopes))

    def holding(self, term: str, scopes: Collection[str]) -> list[int]:
        """Return the postings that may be called by a term."""
        return [number for scope in self._visible(scopes) for number in scope.holding(term)]

    def knows(self, term: str, scopes: Collection[str]) -> bool:
        """Tell whether a posting in these scopes may be called by this term."""
        return any(scope.holding(term) for scope in self._visible(scopes))

    def knows_nearly(self, word: str, scopes: Collection[str]) -> bool:
        """Tell whether a posting may be called by this word or one that is an edit from it."""
        return self.knows(word, scopes) or bool(self.mended(word, scopes))

    def catch_up(self, scope: str) -> bool:
        """Do a little of what makes slips be found sooner in a scope, and tell whether there is more to do."""
        return scope in self._scopes and self._scopes[scope].trigrams.catch_up()

    def mended(self, word: str, scopes: Collection[str]) -> set[str]:
        """Return the terms that are one edit from a word."""
        return {term for scope in self._visible(scopes) for term in scope.near(word)}

    def _visible(self, scopes: Collection[str]) -> "list[_ScopeTitles]":
        return [self._scopes[scope] for scope in sorted(set(scopes)) if scope in self._scopes]


class _ScopeTitles:
    """The words of one scope's postings."""

    def __init__(self) -> None:
        self.size = 0
        self.by_sign = NumbersByWord()
        """The ids of postings by each term and rank of their titles."""
        self._by_term = NumbersByWord()
        self.trigrams = TrigramIndex()

    def add(self, number: int, filed: FiledWords) -> None:
        """Take in a posting."""
        self.size += 1
        self.by_sign.add(filed.signs, number)
        for term in self._by_term.add(filed.terms, number):
            self.trigrams.add(term)

    def remove(self, number: int, filed: FiledWords) -> None:
        """Take a posting out."""
        self.size -= 1
        self.by_sign.remove(filed.signs, number)
        self._by_term.remove(filed.terms, number)

    def holding(self, term: str) -> Sequence[int]:
        """Return the postings that may be called by a term."""
        return self._by_term.under(term)

    def near(self, word: str) -> list[str]:
        """Return the terms that are one edit from a word."""
        return [term for number, _ in self.trigrams.near(word, most_edits=1) if self._by_term.under(term := self.trigrams.text(number))]


class CompanyIndex:
    """
    Finds companies by the forms of their names; each scope has an index of its own, so that no scope can show through another.

    Postings are added and removed one by one: a rebuild takes a second or two at 100,000 companies, an addition microseconds.
    A form outlives the company that leaves: it then has no holder, and is never returned.

    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Nomad Health"), Entry(id=2, scope="7", company="Nomad List")])
    >>> [candidate.key for candidate in index.holding("nomad", {"everyone"})]
    ['nomadhealth']
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._scopes: dict[str, _ScopeIndex] = {}
        self._untitled: dict[int, Entry] = {}
        self.titles = TitleIndex()
        """All postings by their titles, also those without a company."""
        with collector_paused():
            for entry in entries:
                self.add(entry)

    def add(self, entry: Entry, filed: Filed | None = None) -> None:
        """
        Take in a posting; one of the same id is replaced. One whose company has no letters and digits is known by its title only.

        What it is filed under is worked out where it is not given.
        """
        if entry.id in self._untitled or self.titles.entry(entry.id):
            self.remove(entry.id)
        filed = filed or file(entry)
        self.titles.add(entry, filed.words)
        if not entry.title:
            self._untitled[entry.id] = entry
        if filed.key:
            if entry.scope not in self._scopes:
                self._scopes[entry.scope] = _ScopeIndex()
            self._scopes[entry.scope].add(entry, filed)

    def remove(self, posting_id: int) -> None:
        """Take a posting out; nothing happens if it is not there."""
        entry = self.titles.entry(posting_id) or self._untitled.pop(posting_id, None)
        if entry is not None:
            self.titles.remove(posting_id)
            if key := company_key(entry.company):
                self._scopes[entry.scope].remove(entry, key)

    def catch_up(self, scope: str) -> bool:
        """Do a little of what makes slips be found sooner in a scope, and tell whether there is more to do."""
        return (scope in self._scopes and self._scopes[scope].trigrams.catch_up()) or self.titles.catch_up(scope)

    def entries(self, key: str, scopes: Collection[str]) -> tuple[Entry, ...]:
        """Return the postings of a company, newest (highest id) first."""
        found = [entry for scope in self._visible(scopes) for entry in scope.entries(key)]
        return tuple(sorted(found, key=lambda entry: entry.id, reverse=True))

    def name(self, key: str, scopes: Collection[str]) -> str:
        """Return a company's name as its newest posting spells it; KeyError if there is none."""
        entries = self.entries(key, scopes)
        if not entries:
            raise KeyError(key)
        return entries[0].company

    def count(self, scopes: Collection[str]) -> int:
        """Return how many companies there are."""
        scoped = sorted((scope.companies for scope in self._visible(scopes)), key=len, reverse=True)  # of the largest none is looked at
        earlier = [(own, scoped[:place]) for place, own in enumerate(scoped)]
        return sum(len(own) if not before else sum(not any(key in one for one in before) for key in own) for own, before in earlier)

    def holding(self, form: str, scopes: Collection[str]) -> list[Candidate]:
        """Return the companies that have exactly this form, nearest kind first."""
        found = [Candidate(key, form, kind, 0) for scope in self._visible(scopes) for key, kind in scope.holding(form)]
        return _best_of_each(found)

    def near(self, form: str, scopes: Collection[str], *, most_edits: int) -> list[Candidate]:
        """Return the companies with a form within so many edits, fewest first; acronyms are not compared."""
        return _best_of_each([candidate for scope in self._visible(scopes) for candidate in scope.near(form, most_edits)])

    def starting(self, beginning: str, scopes: Collection[str], *, limit: int) -> list[str]:
        """Return the keys of companies whose name, or failing that another word of it, starts so, in alphabetical order."""
        found: dict[str, None] = {}
        for inner in (False, True):
            hits = sorted({hit for scope in self._visible(scopes) for hit in scope.starting(beginning, inner=inner, limit=limit)})
            found.update(dict.fromkeys(key for _, key in hits))
        return list(found)[:limit]

    def _visible(self, scopes: Collection[str]) -> list["_ScopeIndex"]:
        """Return the indexes of these scopes, as far as there are any."""
        return [self._scopes[scope] for scope in sorted(set(scopes)) if scope in self._scopes]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Build without the garbage collector: nothing built is garbage, and looking for some takes half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _best_of_each(candidates: list[Candidate]) -> list[Candidate]:
    """Return one candidate for each company, the best first."""
    found: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: (candidate.distance, candidate.kind, candidate.key)):
        found.setdefault(candidate.key, candidate)
    return list(found.values())


_Holder = tuple[str, FormKind]
"""A company's key, and how a form comes from its name."""


class _ScopeIndex:
    """The companies of one scope; most have one posting, and most forms one company: those need no list."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry | list[Entry]] = {}
        self.companies = self._entries.keys()
        self._spellings: dict[str, list[str]] = {}
        """Of companies that were spelt in several ways: every one since the first posting; the first stands in the alphabetical order."""
        self._holders: dict[str, _Holder | list[_Holder]] = {}
        self.trigrams = TrigramIndex()
        self._starts = {False: NamesInOrder(), True: NamesInOrder()}
        """Names, and by True their ends from each further word on."""

    def add(self, entry: Entry, filed: Filed) -> None:
        """Take in a posting."""
        key, there = filed.key, self._entries.get(filed.key)
        if there is None:
            self._entries[key] = entry
            self._starts[False].add((key, key))
            for ending in filed.endings.split():
                self._starts[True].add((ending, key))
            self._add_forms(filed)
            return
        of_company = [there] if isinstance(there, Entry) else there
        spellings = self._spellings.get(key) or [of_company[0].company]
        of_company.append(entry)
        self._entries[key] = of_company
        if entry.company not in spellings:
            self._spellings[key] = [*spellings, entry.company]
            self._add_forms(filed)

    def _add_forms(self, filed: Filed) -> None:
        """Take in the forms of a company's name."""
        for written in filed.forms.split():
            form, holder = written[1:], (filed.key, _KINDS[written[0]])
            there = self._holders.get(form)
            if there is None:
                self._holders[form] = holder
                if len(form) <= _LONGEST_MISTYPED:
                    self.trigrams.add(form)
            elif isinstance(there, list):
                there.append(holder)
            else:
                self._holders[form] = [there, holder]

    def remove(self, entry: Entry, key: str) -> None:
        """Take a posting out, and its company with its last posting."""
        there = self._entries[key]
        left = [] if isinstance(there, Entry) else [one for one in there if one.id != entry.id]
        if left:
            self._entries[key] = left
            return
        del self._entries[key]
        spellings = self._spellings.pop(key, [entry.company])
        self._starts[False].remove((key, key))
        for ending in file(replace(entry, company=spellings[0], title="")).endings.split():
            self._starts[True].remove((ending, key))
        for form in {form for spelling in spellings for form in name_forms(spelling)}:
            self._holders[form] = [holder for holder in self.holding(form) if holder[0] != key]

    def entries(self, key: str) -> Sequence[Entry]:
        """Return the postings of a company."""
        there = self._entries.get(key, ())
        return (there,) if isinstance(there, Entry) else there

    def holding(self, form: str) -> Sequence[_Holder]:
        """Return (key, kind) of the companies that have this form."""
        there = self._holders.get(form, [])
        return there if isinstance(there, list) else (there,)

    def near(self, form: str, most_edits: int) -> list[Candidate]:
        """Return the companies with a form within so many edits; acronyms are too short to have typos."""
        return [
            Candidate(key, text, kind, edits)
            for number, edits in self.trigrams.near(form, most_edits=most_edits)
            for text in (self.trigrams.text(number),)
            for key, kind in self.holding(text)
            if kind is not FormKind.ACRONYM
        ]

    def starting(self, beginning: str, *, inner: bool, limit: int) -> list[Row]:
        """Return the names, or with `inner` the ends of names from a further word on, that start so."""
        return self._starts[inner].starting(beginning, limit=limit)


_KINDS = {str(kind.value): kind for kind in FormKind}
