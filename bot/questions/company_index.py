"""The companies that there are postings of, in memory, each scope by itself."""

import gc
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from bot.questions.company_names import MOST_NAME_WORDS, Entry, FormKind, company_key, company_words, name_forms
from bot.questions.title_index import TitleIndex, TrigramIndex

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
        self._rows: list[Row] = []
        self._is_sorted = False

    def add(self, row: Row) -> None:
        """Take in a row."""
        if self._is_sorted:
            insort(self._rows, row)
        else:
            self._rows.append(row)

    def remove(self, row: Row) -> None:
        """Take a row out that is there."""
        self._sort()
        del self._rows[bisect_left(self._rows, row)]

    def starting(self, beginning: str, *, limit: int) -> list[Row]:
        """Return the first rows that start so, in order."""
        self._sort()
        start = bisect_left(self._rows, (beginning,))
        return list(takewhile(lambda row: row[0].startswith(beginning), self._rows[start : start + limit]))

    def _sort(self) -> None:
        """Sort the rows where they are not."""
        if not self._is_sorted:
            self._rows.sort()
            self._is_sorted = True


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
        self._scope_of: dict[int, str] = {}
        self.titles = TitleIndex()
        """All postings by their titles, also those without a company."""
        with collector_paused():
            for entry in entries:
                self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in a posting; one of the same id is replaced. One whose company has no letters and digits is known by its title only."""
        self.remove(entry.id)
        self.titles.add(entry)
        if company_key(entry.company):
            self._scope_of[entry.id] = entry.scope
            if entry.scope not in self._scopes:
                self._scopes[entry.scope] = _ScopeIndex()
            self._scopes[entry.scope].add(entry)

    def remove(self, posting_id: int) -> None:
        """Take a posting out; nothing happens if it is not there."""
        self.titles.remove(posting_id)
        scope = self._scope_of.pop(posting_id, None)
        if scope is not None:
            self._scopes[scope].remove(posting_id)

    def entries(self, key: str, scopes: Collection[str]) -> tuple[Entry, ...]:
        """Return the postings of a company, newest (highest id) first."""
        found = [entry for scope in self._visible(scopes) if key in scope.companies for entry in scope.companies[key].entries]
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


@dataclass(slots=True)
class _Company:
    """A company within one scope."""

    entries: list[Entry] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    """Every spelling that it has had since its first posting; the first one stands in the alphabetical order."""


class _ScopeIndex:
    """The companies of one scope."""

    def __init__(self) -> None:
        self.companies: dict[str, _Company] = {}
        self._key_of: dict[int, str] = {}
        self._holders: dict[str, list[tuple[str, FormKind]]] = {}
        self._trigrams = TrigramIndex()
        self._starts = {False: NamesInOrder(), True: NamesInOrder()}
        """Names, and by True their ends from each further word on."""

    def add(self, entry: Entry) -> None:
        """Take in a posting."""
        key = company_key(entry.company)
        self._key_of[entry.id] = key
        company = self.companies.get(key)
        if company is None:
            company = self.companies[key] = _Company()
            for inner, row in _rows(entry.company, key):
                self._starts[inner].add(row)
        company.entries.append(entry)
        if entry.company not in company.spellings:
            company.spellings.append(entry.company)
            self._add_forms(entry.company, key)

    def _add_forms(self, name: str, key: str) -> None:
        """Take in the forms of a company's name."""
        for form, kind in name_forms(name).items():
            holders = self._holders.get(form)
            if holders is None:
                self._holders[form] = [(key, kind)]
                if len(form) <= _LONGEST_MISTYPED:
                    self._trigrams.add(form)
            else:
                holders.append((key, kind))

    def remove(self, posting_id: int) -> None:
        """Take a posting out, and its company with its last posting."""
        key = self._key_of.pop(posting_id)
        company = self.companies[key]
        company.entries = [entry for entry in company.entries if entry.id != posting_id]
        if company.entries:
            return
        del self.companies[key]
        for inner, row in _rows(company.spellings[0], key):
            self._starts[inner].remove(row)
        for form in {form for spelling in company.spellings for form in name_forms(spelling)}:
            self._holders[form] = [holder for holder in self._holders[form] if holder[0] != key]

    def holding(self, form: str) -> list[tuple[str, FormKind]]:
        """Return (key, kind) of the companies that have this form."""
        return self._holders.get(form, [])

    def near(self, form: str, most_edits: int) -> list[Candidate]:
        """Return the companies with a form within so many edits; acronyms are too short to have typos."""
        return [
            Candidate(key, text, kind, edits)
            for number, edits in self._trigrams.near(form, most_edits=most_edits)
            for text in (self._trigrams.text(number),)
            for key, kind in self._holders[text]
            if kind is not FormKind.ACRONYM
        ]

    def starting(self, beginning: str, *, inner: bool, limit: int) -> list[Row]:
        """Return the names, or with `inner` the ends of names from a further word on, that start so."""
        return self._starts[inner].starting(beginning, limit=limit)


def _rows(name: str, key: str) -> list[tuple[bool, Row]]:
    """Return the places of a name in the alphabetical orders."""
    words = company_words(name)
    return [(False, (key, key)), *((True, ("".join(words[place:]), key)) for place in range(1, min(len(words), MOST_NAME_WORDS)))]
