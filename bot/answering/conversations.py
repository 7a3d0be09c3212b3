"""What a conversation was last about, and what people told a moment ago: in memory, or where several processes share a database, in it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from itertools import islice
from typing import Generic, TypeVar

from cachetools import TTLCache
from pydantic import TypeAdapter, ValidationError

from bot.domain.answer import Answer, State
from bot.domain.errors import StorageError
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Form, Query, Reach, Target, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.message import follow_pattern
from bot.questions.places import find_asked_places
from bot.questions.tokens import WordKind, flatten, is_cue_word, question_words, tokenise
from bot.storage.remembered import OF_PERSON, Found, Memo, Remembered
from bot.text.lexicon import compile_later, one_of
from bot.text.words import read_words, stem, telling_none

Value = TypeVar("Value")

# What a conversation was last about, so that "and in New York?" is understood.

FORGOTTEN_AFTER = 30 * 60.0
"""Seconds."""

_MOST_CONVERSATIONS = 50_000


class ConversationCache:
    """The last question of each conversation, with what answered it; nothing else is kept, and nothing is written anywhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._conversations: OrderedDict[str, tuple[float, Query, frozenset[str]]] = OrderedDict()

    def recall(self, conversation: str | None, *, scopes: frozenset[str] | None = None) -> Query | None:
        """
        Return what a conversation was about, or None if it is new, nameless or long over.

        With scopes, also None where it was said when more could be seen than these: what is remembered may name what is hidden now.
        """
        if conversation is None or conversation not in self._conversations:
            return None
        said_at, remembered, seen = self._conversations[conversation]
        if self._clock() - said_at > FORGOTTEN_AFTER:
            self.forget(conversation)
            return None
        return remembered if scopes is None or seen <= scopes else None

    def remember(self, conversation: str | None, remembered: Query, *, scopes: frozenset[str] = frozenset(), ago: float = 0.0) -> None:
        """
        Keep what a conversation is about now, and what could be seen then; the oldest one goes when there are too many.

        `ago` is how many seconds it was said before.
        """
        if conversation is None:
            return
        self._conversations[conversation] = (self._clock() - ago, remembered, scopes)
        self._conversations.move_to_end(conversation)
        if len(self._conversations) > _MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)

    def of_person(self, person: str) -> dict[str, Query]:
        """Return what is remembered of a person, by conversation: those that are named after them, or end in their name."""
        names = [name for name in self._conversations if name.rpartition(":")[2] == person]
        return {name: remembered for name in names if (remembered := self.recall(name)) is not None}

    def forget(self, conversation: str) -> None:
        """Drop what is known of a conversation."""
        self._conversations.pop(conversation, None)


# What other processes have heard, too.

_CONVERSATION = "conversation"


class Conversations:
    """
    What conversations were last about, whichever process has heard it.

    One that this process has heard last is answered from memory, as long as the others are heard: they tell which ones they go on with.
    Where the database does not answer, what is in memory counts.
    """

    def __init__(self, shared: Remembered | None = None, memory: ConversationCache | None = None) -> None:
        self._memory = memory or ConversationCache()
        self._shared = shared if shared is not None and shared.is_shared else None
        self._newest: TTLCache[str, int] = TTLCache(_MOST_CONVERSATIONS, FORGOTTEN_AFTER)
        """Those of which the newest is in memory, if anything; with when others began to be heard."""

        if self._shared is not None:
            self._shared.listen(self._note_change)

    async def recall(self, conversation: str | None, *, scopes: frozenset[str]) -> Query | None:
        """Return what a conversation was about, as far as the scopes go."""
        if conversation is not None and self._shared is not None:
            await self._catch_up(conversation, self._shared)
        return self._memory.recall(conversation, scopes=scopes)

    def remember(self, conversation: str | None, remembered: Query, *, scopes: frozenset[str]) -> None:
        """Keep what a conversation is about now; other processes know it a moment later."""
        self._memory.remember(conversation, remembered, scopes=scopes)
        if conversation is None or self._shared is None:
            return
        self._newest[conversation] = self._shared.epoch
        content = {"about": remembered.model_dump(mode="json", exclude_defaults=True), "scopes": sorted(scopes)}
        self._shared.put(Memo(_CONVERSATION, conversation, content, FORGOTTEN_AFTER, person=_person_of(conversation)))

    async def of_person(self, person: str) -> dict[str, Query]:
        """Return what is remembered of a person, by conversation."""
        if self._shared is not None:
            for name, found in (await self._shared.of_person(_CONVERSATION, person)).items():
                self._take_in(name, found)
        return self._memory.of_person(person)

    def forget(self, person: str) -> None:
        """Drop what is in memory of a person's conversations; what the database has of them goes with all that it has of the person."""
        for name in self._memory.of_person(person):
            self._memory.forget(name)
            self._newest.pop(name, None)

    async def _catch_up(self, conversation: str, shared: Remembered) -> None:
        epoch = shared.epoch
        if epoch and self._newest.get(conversation) == epoch:
            return
        self._newest[conversation] = epoch  # what is told while the database is asked takes it away
        try:
            self._take_in(conversation, await shared.get(_CONVERSATION, conversation))
        except StorageError:
            self._newest.pop(conversation, None)

    def _take_in(self, conversation: str, found: Found | None) -> None:
        try:
            if found is not None:
                about, scopes = Query.model_validate(found.content["about"]), frozenset(found.content["scopes"])
                self._memory.remember(conversation, about, scopes=scopes, ago=max(FORGOTTEN_AFTER - found.left, 0.0))
                return
        except (ValidationError, LookupError, TypeError):  # another version of Rolecall wrote it
            pass
        self._memory.forget(conversation)

    def _note_change(self, kind: str, name: str) -> None:
        """Trust no longer what is in memory where another process goes on with it, or has forgotten the person."""
        if kind == _CONVERSATION:
            self._newest.pop(name, None)
        elif kind == OF_PERSON:
            self.forget(name)


def _person_of(conversation: str) -> str:
    return conversation.rpartition(":")[2]


# What people told or typed a moment ago.

_MOST_TOLD = 10_000


class PersonalNotes(Generic[Value]):
    """
    One value a person for half an hour: in memory, or where several processes share a database, there alone.

    Every method may raise StorageError in that case.
    """

    def __init__(self, shared: Remembered, kind: str, adapter: TypeAdapter[Value]) -> None:
        self._shared = shared
        self._kind = kind
        self._adapter = adapter
        self._kept: TTLCache[int, Value] = TTLCache(_MOST_TOLD, FORGOTTEN_AFTER)

    async def get(self, person: int) -> Value | None:
        """Return a person's value, None where it is forgotten."""
        if not self._shared.is_shared:
            return self._kept.get(person)
        found = await self._shared.get(self._kind, str(person))
        try:
            return None if found is None else self._adapter.validate_python(found.content)
        except ValidationError:  # another version of Rolecall wrote it
            return None

    async def put(self, person: int, value: Value) -> None:
        """Remember a value in the place of the one before."""
        if self._shared.is_shared:
            content = self._adapter.dump_python(value, mode="json")
            await self._shared.keep(Memo(self._kind, str(person), content, FORGOTTEN_AFTER, person=str(person)))
        else:
            self._kept[person] = value

    async def drop(self, person: int) -> None:
        """Forget a person's value."""
        if self._shared.is_shared:
            await self._shared.drop(self._kind, str(person))
        self._kept.pop(person, None)


# What a conversation is about after an answer.


def with_told_first(query: Query, answer: Answer) -> Query:
    """Return what a conversation is about, the posting that was told of first: "the other one" is then another."""
    if answer.state is not State.ANSWERED or len(query.targets) != 1 or len(answer.postings) != 1:
        return query
    told, (target,) = answer.postings[0].id, query.targets
    postings = tuple(sorted(target.postings, key=lambda number: number != told))
    return query.model_copy(update={"targets": (target.model_copy(update={"postings": postings}),)})


def as_asked_back(query: Query, last: Query | None) -> Query:
    """Return a query that only picks one of the postings that it was asked back about, "the second one", as what was asked of them."""
    if last is None or last.form not in (Form.FIT, Form.WHOLE) or len(query.targets) != 1 or query.asks or query.talk is not None:
        return query
    is_one = len(query.targets[0].postings) == 1 and set(query.targets[0].postings) < set(postings_of(last))
    return query.model_copy(update={"form": last.form, "is_own": last.is_own, "reach": Reach.ONE}) if is_one else query


def about_in_vain(query: Query, last: Query | None) -> Query | None:
    """Return what a conversation is about after a company that is not here: what was about before, asked what it was: "and voop?"."""
    is_of_nobody = bool(query.targets) and all(target.kind is TargetKind.UNKNOWN for target in query.targets)
    if not is_of_nobody or not query.asks or query.talk is not None or (last is not None and last.reach is Reach.ALL):
        return None
    before = last or Query(language=query.language)
    return before.model_copy(update={"asks": query.asks, "form": query.form, "in_vain": query.targets[-1].typed})


def of_stranger(query: Query, last: Query | None) -> Query:
    """Return what is asked of "it" right after a company that is not here as asked of that one, not of the one spoken of before."""
    if last is None or not last.in_vain or query.reach is not Reach.ONE or not query.targets or query.targets != last.targets:
        return query
    said = flatten(query.text)
    is_named = any(flatten(target.typed) in said for target in query.targets)
    if is_named or follow_pattern("points").search(said) is None:
        return query
    return query.model_copy(update={"targets": (Target(kind=TargetKind.UNKNOWN, typed=last.in_vain),)})


def told_by_words(query: Query, index: CompanyIndex, *, scopes: Collection[str], last: Query | None = None) -> Query:
    """
    Return a query that names no posting with the one that words of it tell, of those few that are here.

    They are a place that a company is called by, "the deadline for Ghent", or how a text begins: "the seaside job", which is not the
    posting that was spoken of where that is none by the seaside.
    """
    said, is_of_one = flatten(query.text), query.reach is Reach.ONE
    is_before = last is not None and query.targets == last.targets and not any(flatten(one.typed) in said for one in query.targets)
    if query.reach not in (Reach.ONE, Reach.ALL) or (query.targets and not (is_before and is_of_one)) or query.talk is not None:
        return query
    here = tuple(islice(index.titles.newest(scopes), _MOST_LOOKED_INTO + 1))
    if len(here) > _MOST_LOOKED_INTO:
        return query
    for place in find_asked_places(query.text, said, language=query.language) if not query.targets else ():
        called = [entry for entry in here if f" {flatten(place.place.typed)} " in f" {flatten(entry.company)} "]
        before = said[: place.start].split()[-1:]
        is_named = not question_words("before_names").isdisjoint(before) or (not before and said[place.end :].startswith((":", " -")))
        is_named |= is_of_one and question_words("before_places").isdisjoint(before)
        if is_named and len({entry.company for entry in called}) == 1:
            asks = tuple(one.model_copy(update={"place": None}) if one.place == place.place else one for one in query.asks)
            ids = tuple(entry.id for entry in called)
            found = Target(kind=TargetKind.FOUND, typed=place.place.typed, company=called[0].company, postings=ids)
            return query.model_copy(update={"targets": (found,), "asks": asks, "reach": Reach.ONE})
    pointed = _THE_X_JOB.search(said) or (None if query.targets else _THE_X_ALONE.search(said))
    tokens = tokenise(pointed["told"]).tokens if pointed and is_of_one else ()
    words = tuple(one.word for one in tokens if one.kind > WordKind.FUNCTION)
    if all(map(is_cue_word, words)) or len(words) < len(tokens) or not telling_none().isdisjoint(words):
        return query
    spoken = {number for target in query.targets for number in target.postings}
    heads = (f"{entry.company} {entry.title}" for entry in here if entry.id in spoken)
    if any(stem(word) in {one.stem for one in read_words(head)} for head in heads for word in words):
        return query
    among = tuple(entry.id for entry in here)
    target = Target(kind=TargetKind.TIED, typed=" ".join(words), postings=among, told_by=words, is_opening=True)
    return query.model_copy(update={"targets": (target,)})


_TOLD = r"th(?:e|at|is)\s(?P<told>(?:[^\s,?!:;]+\s){1,4}?"
_THE_X_JOB = compile_later(lambda: rf"\b{_TOLD})(?:{one_of(sorted(question_words('told_of')))})(?!\w)")
_THE_X_ALONE = compile_later(r"^th(?:e|at)\s(?P<told>[^\s,?!:;]+(?:\s[^\s,?!:;]+){1,2})(?:[:,?]|\s-)")
_MOST_LOOKED_INTO, _OPENING = 25, 1200  # postings; letters that tell what a text is of


def is_told_by(posting: Posting, target: Target) -> bool:
    """Tell whether a posting has the words that tell which one is meant, where only its beginning is looked at also in its head."""
    text = f"{posting.company} {posting.title} {posting.text[:_OPENING]}" if target.is_opening else posting.text
    return has_words(text, target.told_by, as_typed=target.kind is TargetKind.UNKNOWN)


def with_told(query: Query, having: Sequence[KeptPosting]) -> Query:
    """Return a query with the one posting that has the words that tell which is meant; still tied where several do."""
    target, ids = query.targets[0], tuple(one.id for one in having)
    if len(having) == 1:
        target = Target(kind=TargetKind.FOUND, company=having[0].posting.company or None, postings=ids)
    else:
        target = target.model_copy(update={"told_by": (), **({"kind": TargetKind.TIED, "postings": ids} if having else {})})
    return query.model_copy(update={"targets": (target,) if having or not target.is_opening else ()})


def postings_of(query: Query) -> tuple[int, ...]:
    """Return the postings that a question was about."""
    return tuple(dict.fromkeys((*(number for target in query.targets for number in target.postings), *query.within)))


_MOST_RANKED = 100
"""Postings of a ranking that "the second one" and "compare the first two" are read from."""


def about_ranked(query: Query, about: Sequence[KeptPosting], *, ranked: Sequence[KeptPosting]) -> Query:
    """Return what a conversation is about after a ranking: the best posting, or those that are alike, with the others behind."""
    ids = tuple(one.id for one in about)
    if not ids:
        return query
    company = about[0].posting.company or ""
    best = (Target(kind=TargetKind.FOUND, typed=company, company=company, postings=ids),) if len(ids) == 1 else ()
    within = tuple(one.id for one in ranked[:_MOST_RANKED]) or ids
    return query.model_copy(update={"targets": best, "within": within, "among": query.within})


def about_found(query: Query, ids: Sequence[int]) -> Query:
    """Return what a conversation is about after a list: the postings that were found."""
    ids = tuple(ids)
    of_two = len(query.within) == 2 and len(ids) == 1  # noqa: PLR2004 -- "the other one" is the one that did not fit
    return query.model_copy(update={"within": tuple(dict.fromkeys((*ids, *query.within))) if of_two else ids or query.within})


def has_words(text: str, told: Collection[str], *, as_typed: bool) -> bool:
    """
    Tell whether a text has all of some folded words, in whichever form; `as_typed` only with more or fewer letters at the end.

    >>> has_words("Experience in baking.", ["experis"], as_typed=False), has_words("Experience in baking.", ["experis"], as_typed=True)
    (True, False)
    """
    typed = {stem(word): word for word in told}
    forms = ((word.text, typed[word.stem]) for word in read_words(text) if word.stem in typed)
    return len({typed for one, typed in forms if not as_typed or one.startswith(typed) or typed.startswith(one)}) == len(typed)
