"""The one door for every interface: a question in, an Answer out."""

import asyncio
from collections.abc import Sequence

from bot.answering.answers import POSTING_IS_GONE, put_together, refer_to, say_not_understood, say_unknown, tell_which_company
from bot.answering.live_index import Directory, Shelf
from bot.answering.memory import GapCounter, Given, Memory, RecentAnswers, Remembered
from bot.answering.replies import READS_TEXT
from bot.answering.search import MOST_LOOKED_AT, MOST_SHOWN, Search, fits_role, tell_found, tell_side_by_side
from bot.answering.understanding import Understood, understand
from bot.domain.answer import Answer, PostingReference, State
from bot.domain.posting import KeptPosting
from bot.domain.query import Asker, Question
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import CompanyMatch, Entry, Found, NearTie, Unknown, company_key
from bot.questions.match_company import complete_company, complete_posting, match_company
from bot.questions.mentions import match_posting
from bot.storage.store import Store

_MOST_POSTINGS = 5
"""As many postings of one company as are told side by side."""

_MOST_READ_AHEAD, _READ_AT_ONCE = 300, 20
"""Postings that are read before anybody asks: all at once they might not fit in the memory."""


class Assistant:
    """Answers questions from the Store; remembers what each conversation was last about."""

    def __init__(self, store: Store, memory: Memory | None = None, *, fresh_for: float = 0.0) -> None:
        self._store = store
        self._directory = Directory(store, fresh_for=fresh_for)
        self._shelf = Shelf(store)
        self._memory = memory or Memory()
        self._recent = RecentAnswers()
        self._gaps = GapCounter(store)
        self._writing: asyncio.Task[None] | None = None

    async def version(self) -> int:
        """Return the version of the Store that is answered from; it is mostly known without asking the database."""
        return await self._directory.look()

    async def complete_company(self, typed: str, asker: Asker, *, limit: int = 25) -> list[str]:
        """Return the company names that a half-typed one may become, the best first."""
        index = await self._directory.index_for(asker.scopes)
        return complete_company(typed, index, scopes=asker.scopes, limit=limit)

    async def complete_posting(self, typed: str, asker: Asker, *, limit: int = 25) -> list[Entry]:
        """Return the postings that a half-typed company, perhaps with a role behind a colon, may become, the best first."""
        index = await self._directory.index_for(asker.scopes)
        return complete_posting(typed, index, scopes=asker.scopes, limit=limit)

    async def match_posting(self, typed: str, asker: Asker) -> CompanyMatch:
        """Return which company a typed name means, with those of its postings that fit the role behind the colon best."""
        index = await self._directory.index_for(asker.scopes)
        return match_posting(typed, index, scopes=asker.scopes)

    async def postings_like(self, company: str, asker: Asker, *, limit: int = 25) -> tuple[KeptPosting, ...]:
        """Return the newest postings of a company by its name, however that is spelt, as far as the asker may see them."""
        index = await self._directory.index_for(asker.scopes)
        entries = index.entries(company_key(company), asker.scopes)
        return await self._read([entry.id for entry in entries[:limit]], asker)

    async def warm_up(self) -> None:
        """Read the newest postings, so that the first questions about them need not wait for the database."""
        everybody = Asker()
        await self._directory.index_for(everybody.scopes)
        listed = await self._store.list_postings(scopes=everybody.scopes)
        ids = [one.id for one in listed[-_MOST_READ_AHEAD:]]
        for start in range(0, len(ids), _READ_AT_ONCE):
            await self._read(ids[start : start + _READ_AT_ONCE], everybody)

    async def settle(self) -> None:
        """Return when nothing is under way any more and all is written: before the Store is closed."""
        await self._directory.settle()
        if self._writing is not None:
            await self._writing
        await self._gaps.write()

    async def write_gaps(self) -> None:
        """Write what was counted of questions that nothing could answer, so that whoever lists them sees the latest too."""
        await self._gaps.write()

    async def remembers(self, person: str, asker: Asker) -> tuple[PostingReference, ...]:
        """Return the postings that this person's conversations were last about, as far as they are still remembered."""
        await self._directory.index_for(asker.scopes)
        ids = [number for remembered in self._memory.of_person(person).values() for number in remembered.postings]
        return tuple(refer_to(one) for one in await self._read(ids, asker))

    def forget(self, person: str) -> None:
        """Drop what is known of a person's conversations."""
        for conversation in self._memory.of_person(person):
            self._memory.forget(conversation)

    async def answer(self, question: Question, asker: Asker) -> Answer:
        """
        Answer a question with a posting's own statement, or say what is missing: the statement, the company, the sense.

        Only postings in the asker's scopes are ever looked at or named.
        """
        index = await self._directory.index_for(asker.scopes)
        remembered = self._memory.recall(asker.conversation)
        alone, following = (question, asker.scopes, asker.locale), (question, asker.scopes, asker.locale, remembered)
        version = self._directory.version
        given = self._recent.find(alone, version=version) or self._recent.find(following, version=version)
        if given is None:
            given = await self._work_out(question, asker, index=index, remembered=remembered)
            self._recent.keep(alone if given.stands_alone else following, given, version=version)
        if given.about is not None:
            self._memory.remember(asker.conversation, given.about)
        self._gaps.note(given.answer, asker, about=given.scope)
        if self._gaps.is_due and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._gaps.write())
        return given.answer

    async def _work_out(self, question: Question, asker: Asker, *, index: CompanyIndex, remembered: Remembered | None) -> Given:
        chosen = await self._read([question.posting], asker) if question.posting is not None else ()
        if question.posting is not None and not chosen:
            return Given(Answer(question=question.text, state=State.NO_SUCH_COMPANY, topic=question.topic, telling=POSTING_IS_GONE))
        entry = next((_enter(one) for one in chosen), None)
        understood = understand(question, index, scopes=asker.scopes, remembered=remembered, chosen=entry)
        given = await self._answer_without_posting(question, understood, index, asker)
        given = given or await self._answer_from_postings(question, understood, index, asker)
        return given._replace(stands_alone=understood.company is not None)

    async def _answer_without_posting(self, question: Question, understood: Understood, index: CompanyIndex, asker: Asker) -> Given | None:
        """Answer what is about no posting, or about those of several companies; None where the question is about one company."""
        if understood.search is not None:
            return Given(await self._search(question, understood.search, asker, index=index))
        if understood.compared:
            return await self._compare(question, understood, asker)
        if isinstance(understood.company, Unknown):
            near = await self._postings_of(understood.company.nearest, index, asker)
            return Given(say_unknown(question, understood, near=near))
        if isinstance(understood.company, NearTie):
            return Given(await self._ask_back(question, understood, index, asker))
        return None

    async def _answer_from_postings(self, question: Question, understood: Understood, index: CompanyIndex, asker: Asker) -> Given:
        ids = [entry.id for entry in understood.entries] or list(understood.follows_up)
        kept = await self._read(ids[:_MOST_POSTINGS], asker)
        if not kept:
            example = next(iter(complete_company("", index, scopes=asker.scopes, limit=1)), None)
            return Given(say_not_understood(question, understood, example=example))
        topic = understood.asked.topic if understood.asked else None
        if understood.asked and understood.asked.topic in READS_TEXT:
            answer = await asyncio.to_thread(put_together, question, kept, understood=understood, locale=asker.locale)
        else:
            answer = put_together(question, kept, understood=understood, locale=asker.locale)
        return Given(answer, _remember(kept, topic, others=understood.others), scope=_scope_of(answer, kept))

    async def _read(self, ids: Sequence[int], asker: Asker) -> tuple[KeptPosting, ...]:
        return await self._shelf.get_many(ids, scopes=asker.scopes, version=self._directory.version)

    async def _search(self, question: Question, search: Search, asker: Asker, *, index: CompanyIndex) -> Answer:
        """List the postings that state what is searched for, the newest first."""
        ids = await self._store.search(search.criteria, scopes=asker.scopes, limit=MOST_LOOKED_AT)
        # Titles are in memory: to read 200 postings whole would hold everybody else up for half a second.
        fitting = [number for number in ids if fits_role(search, index.titles.title(number))]
        count = len(fitting) if len(ids) < MOST_LOOKED_AT else await self._store.count_matching(search.criteria, scopes=asker.scopes)
        shown = await self._read(fitting[:MOST_SHOWN], asker)
        state, telling, quotes = tell_found(search, shown, count=count)
        postings = tuple(refer_to(one) for one in shown)
        return Answer(
            question=question.text, state=state, topic=search.criteria[0].topic, postings=postings, telling=telling, quotes=quotes
        )

    async def _compare(self, question: Question, understood: Understood, asker: Asker) -> Given:
        """Tell the postings of two companies side by side."""
        kept = await self._read([entry.id for entry in understood.compared], asker)
        tellings, quotes = tell_side_by_side(kept, understood.asked, locale=asker.locale)
        topic = understood.asked.topic if understood.asked else "company"
        postings = tuple(refer_to(one) for one in kept)
        answer = Answer(
            question=question.text,
            state=State.ANSWERED,
            topic=topic,
            postings=postings,
            telling=tellings[0],
            further=tellings[1:],
            quotes=quotes,
        )
        return Given(answer, _remember(kept, topic))

    async def _ask_back(self, question: Question, understood: Understood, index: CompanyIndex, asker: Asker) -> Answer:
        tie = understood.company
        assert isinstance(tie, NearTie)  # noqa: S101 -- tells the type checker what the caller looked at
        return Answer(
            question=question.text,
            state=State.AMBIGUOUS,
            topic=understood.asked.topic if understood.asked else question.topic,
            postings=await self._postings_of(tie.names, index, asker),
            company=tie.typed,
            telling=tell_which_company(tie.typed, tie.names),
            nearest=tie.names,
        )

    async def _postings_of(self, names: Sequence[str], index: CompanyIndex, asker: Asker) -> tuple[PostingReference, ...]:
        """Return the newest postings of companies by their names."""
        matches = (match_company(name, index, scopes=asker.scopes) for name in names)
        ids = [entry.id for match in matches if isinstance(match, Found) for entry in match.entries[:_MOST_POSTINGS]]
        return tuple(refer_to(one) for one in await self._read(ids, asker))


def _scope_of(answer: Answer, kept: Sequence[KeptPosting]) -> str | None:
    return next((one.scope for one in kept if one.id == answer.postings[0].id), None)


def _remember(kept: Sequence[KeptPosting], topic: str | None, *, others: tuple[int, ...] = ()) -> Remembered:
    titles = tuple(one.posting.title or "" for one in kept)
    return Remembered(postings=tuple(one.id for one in kept), topic=topic, titles=titles, others=others)


def _enter(kept: KeptPosting) -> Entry:
    return Entry(id=kept.id, scope=kept.scope, company=kept.posting.company or "", title=kept.posting.title or "")
