"""The one door for every interface: a question in, an Answer out."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.answering import answers, search
from bot.answering.across import (
    MOST_NAMED,
    MOST_SHOWN,
    Told,
    criteria_of,
    names_something,
    reads_texts,
    render_ranking,
    render_side_by_side,
    topics_of,
)
from bot.answering.answers import locale_of, refer_to
from bot.answering.conversations import (
    ConversationCache,
    Conversations,
    about_found,
    about_in_vain,
    about_ranked,
    as_asked_back,
    is_told_by,
    of_stranger,
    postings_of,
    told_by_words,
    with_told,
    with_told_first,
)
from bot.answering.fit import render_fit
from bot.answering.memory import GapCounter, Given, LiveIndex, PostingCache, RecentAnswers, SightingCache, Topics
from bot.answering.replies import READS_TEXT, topics_read
from bot.domain.answer import Answer, PostingReference, State
from bot.domain.person import Asker
from bot.domain.posting import KeptPosting, Openness
from bot.domain.query import Ask, Form, Order, Profile, Query, Question, Reach, Target, TargetKind
from bot.questions.commands import complete_title, read_command, to_asks
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry, Found, company_key
from bot.questions.match_company import complete_company, complete_posting, match_company
from bot.questions.places import find_typed_place
from bot.storage.search import newest_of
from bot.storage.store import Store
from bot.text.likeness import word_vectors
from bot.text.translations import SPOKEN, say, say_first

_MOST_POSTINGS = 5
"""As many postings of one company as are told side by side."""

_MOST_READ_AHEAD, _READ_AT_ONCE = 300, 20
"""Postings that are read before anybody asks: all at once they might not fit in the memory."""

_ASKED_AHEAD = ("is Acme remote from Kenya, and is $90k fair for 3 yrs?", "which jobs are remote?")
"""Questions that the models and nearly all word lists are read for."""

FIRST = Target(kind=TargetKind.FOUND)
"""The posting that came out first, of which more is asked."""

_SETTLING = 2.0
"""Seconds: whoever ends the program waits ten for all of it."""

_MOST_COMPARED = 8
_NO_SEARCHES = frozenset({Form.MOST, Form.LEAST, Form.COMPARE, Form.SUMMARY, Form.FIT, Form.WHOLE})
"""Forms whose answers are no lists of postings that fit."""

_MOST_RANKED, _MOST_MEANT = 200, 3


class Assistant:
    """
    Answers questions from the Store; remembers what each conversation was last about.

    With `is_shared` other processes on the same database go on with its conversations: where their names are the same everywhere.
    """

    def __init__(self, store: Store, memory: ConversationCache | None = None, *, fresh_for: float = 0.0, is_shared: bool = False) -> None:
        self._store = store
        self._live_index = LiveIndex(store, fresh_for=fresh_for)
        self._conversations = Conversations(store.remembered if is_shared else None, memory)
        self._recent = RecentAnswers()
        self._sightings = SightingCache(store)
        self._postings = PostingCache(store, self._sightings)
        self._gaps = GapCounter(store)
        self._writing: asyncio.Task[None] | None = None
        self.on_answer: Callable[[Answer], None] | None = None
        """Is told each answer, to count it."""
        self.names_all = False
        """Whether a list's answer refers to the postings of its next pages too, which takes a fifth of a search."""

    async def version(self) -> int:
        """Return the version of the Store that is answered from; it is mostly known without asking the database."""
        return await self._live_index.look()

    async def complete_company(self, typed: str, asker: Asker, *, limit: int = 25) -> list[str]:
        """Return the company names that a half-typed one may become, the best first."""
        index = await self._live_index.index_for(asker.scopes)
        return complete_company(typed, index, scopes=asker.scopes, limit=limit)

    async def complete_posting(self, typed: str, asker: Asker, *, limit: int = 25) -> list[Entry]:
        """Return the postings that a half-typed company, perhaps with a role behind a colon, may become, the best first."""
        index = await self._live_index.index_for(asker.scopes)
        return complete_posting(typed, index, scopes=asker.scopes, limit=limit)

    async def complete_title(self, typed: str, asker: Asker, *, limit: int = 25) -> list[str]:
        """Return titles of postings with what is typed in them, or something near to it, the newest first."""
        index = await self._live_index.index_for(asker.scopes)
        return complete_title(typed, index, scopes=asker.scopes, limit=limit)

    async def match_posting(self, typed: str, asker: Asker) -> Target:
        """Return which company a typed name means, with those of its postings that fit the role behind the colon best."""
        await self._live_index.index_for(asker.scopes)
        return await self._live_index.resolve(typed, asker)

    async def ids_like(self, company: str, asker: Asker) -> list[int]:
        """Return all postings of a company by its name, the newest first."""
        index = await self._live_index.index_for(asker.scopes)
        return [entry.id for entry in index.entries(company_key(company), asker.scopes)]

    async def postings_like(self, company: str, asker: Asker, *, limit: int = 25) -> tuple[KeptPosting, ...]:
        """Return the newest postings of a company by its name, however that is spelt, as far as the asker may see them."""
        return await self._read((await self.ids_like(company, asker))[:limit], asker)

    async def warm_up(self) -> None:
        """Read the models and words of questions, and the newest postings, so that the first questions wait for neither."""
        everybody = Asker()
        await self._live_index.index_for(everybody.scopes)
        ids = await self._store.newest(scopes=everybody.scopes, limit=_MOST_READ_AHEAD)
        for start in range(0, len(ids), _READ_AT_ONCE):
            await self._read(ids[start : start + _READ_AT_ONCE], everybody)
        await asyncio.gather(*(self._live_index.read_question(text, everybody, last=None) for text in _ASKED_AHEAD))
        word_vectors()

    async def settle(self) -> None:
        """Return when nothing is under way any more and all is written, or takes too long: before the Store is closed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLING):
                await self._live_index.settle()
                if self._writing is not None:
                    await self._writing
                await self._gaps.write()
                await self._store.remembered.settle()

    async def write_gaps(self) -> None:
        """Write what was counted of questions that nothing could answer, so that whoever lists them sees the latest too."""
        await self._gaps.write()

    async def remembers(self, person: str, asker: Asker) -> tuple[PostingReference, ...]:
        """Return the postings that this person's conversations were last about, as far as they are still remembered."""
        await self._live_index.index_for(asker.scopes)
        ids = [number for remembered in (await self._conversations.of_person(person)).values() for number in postings_of(remembered)]
        return tuple(refer_to(one) for one in await self._read(ids, asker))

    async def last_language(self, asker: Asker) -> str | None:
        """Return the language (ISO 639-1) that an asker's conversation was last in; None where nothing of it is remembered."""
        last = await self._conversations.recall(asker.conversation, scopes=asker.scopes)
        return last.language if last else None

    def forget(self, person: str) -> None:
        """Drop what is in memory of a person's conversations; what the Store remembers is dropped there, with all else of the person."""
        self._conversations.forget(person)

    async def answer(self, question: Question, asker: Asker) -> Answer:
        """
        Answer a question with a posting's own statement, or say what is missing: the statement, the company, the sense.

        Only postings in the asker's scopes are ever looked at or named.
        """
        index = await self._live_index.index_for(asker.scopes)
        # Where a command names its company, it does not matter what was spoken of before.
        stands_alone = question.company is not None or question.posting is not None
        last = None if stands_alone else await self._conversations.recall(asker.conversation, scopes=asker.scopes)
        key = (question, asker.scopes, asker.locale, last)
        version = self._live_index.version
        given = self._recent.find(key, version=version)
        if given is None:
            query = await self._understand(question, asker, index=index, last=last)
            given = await self.answer_query(query, asker, profile=question.profile)
            if given.about is None:
                given = given._replace(about=about_in_vain(query, last))
            if question.profile is None:  # what somebody told of themselves stays in no memory
                self._recent.keep(key, given, version=version)
        if given.answer.is_own and question.profile is None and given.answer.state is not State.AMBIGUOUS:
            return given.answer  # to be asked again, with what they told
        if given.about is not None:
            # The words as typed are not kept beyond the answer.
            self._conversations.remember(asker.conversation, given.about.model_copy(update={"text": ""}), scopes=asker.scopes)
        self._gaps.note(given.answer, asker, about=given.scope)
        if self.on_answer is not None:
            self.on_answer(given.answer)
        if self._gaps.is_due and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._gaps.write())
        return await self._sightings.dated(given.answer, scopes=asker.scopes, version=version)

    async def _understand(self, question: Question, asker: Asker, *, index: CompanyIndex, last: Query | None) -> Query:
        """Return what is asked, with how it is to be shown."""
        query = as_asked_back(of_stranger(await self._read_question(question, asker, index=index, last=last), last), last)
        query = told_by_words(query, index, scopes=asker.scopes, last=last)
        page = query.page if query.follows and not (question.page or question.is_turned) else question.page
        return query.model_copy(update={"page": page, "is_silent": question.is_silent})

    async def _read_question(self, question: Question, asker: Asker, *, index: CompanyIndex, last: Query | None) -> Query:
        """Read plain words, and take what a command gives as it is."""
        if (command := read_command(question.text, index, scopes=asker.scopes)) is not None:
            chosen = await self._target_of(question, asker)
            own = {"targets": (chosen,)} if chosen else {}
            return command.model_copy(update={"language": asker.locale.partition("-")[0], **own})
        is_command = question.topic or question.company or question.country or question.posting is not None
        if question.thread is not None and not is_command:
            return await self._read_in_thread(question, asker, last=last)
        if not is_command:
            query = await self._live_index.read_question(question.text, asker, last=last)
            stranger = query.targets[0] if query.targets and query.targets[0].kind is TargetKind.UNKNOWN else None
            if last is not None and stranger is not None and stranger.told_by and await self._having_words(stranger, asker):
                on = last.model_copy(update={"things": stranger.told_by})
                query = await self._live_index.read_question(question.text, asker, last=on)
            return query
        query = Query(text=question.text, language=asker.locale.partition("-")[0])
        if question.text:
            query = await self._live_index.read_question(question.text, asker, last=None)
        updates: dict[str, object] = {"reach": Reach.ONE, "talk": None, "unread": ()}
        if (target := await self._target_of(question, asker)) is not None:
            updates["targets"] = (target,)
        elif not query.targets and question.text:
            updates["targets"] = (await self._live_index.resolve(question.text, asker),)
        elif not query.targets and last is not None:
            updates["targets"] = last.targets
        if question.topic or question.country:
            updates["asks"] = (_to_ask(question, query),)
        return query.model_copy(update=updates)

    async def _read_in_thread(self, question: Question, asker: Asker, *, last: Query | None) -> Query:
        """Read what is asked where one posting is spoken of: it is meant unless another one is named, or all are."""
        own = await self._target_of(Question(posting=question.thread), asker)
        if own is None or not own.postings:
            return await self._live_index.read_question(question.text, asker, last=last)
        is_on = last is not None and tuple(target.postings for target in last.targets) == (own.postings,)
        before = last if is_on else Query(reach=Reach.ONE, targets=(own,))
        query = await self._live_index.read_question(question.text, asker, last=before)
        if query.targets or query.talk is not None or query.reach in (Reach.ALL, Reach.BOT):
            return query
        return query.model_copy(update={"reach": Reach.ONE, "targets": (own,)})

    async def _target_of(self, question: Question, asker: Asker) -> Target | None:
        """Return the company or posting that a command names; None where it names none."""
        if question.posting is not None:
            chosen = await self._read([question.posting], asker)
            company = next((one.posting.company or "" for one in chosen), None)
            return Target(kind=TargetKind.FOUND, company=company, postings=tuple(one.id for one in chosen))
        return await self._live_index.resolve(question.company, asker) if question.company else None

    async def _having_words(self, target: Target, asker: Asker) -> list[KeptPosting]:
        """Return those of a target's postings whose texts have the words that tell which is meant."""
        kept = await self._read(target.postings, asker)
        return await asyncio.to_thread(lambda: [one for one in kept if is_told_by(one.posting, target)])

    async def _told_by_text(self, query: Query, asker: Asker) -> Query:
        """Return a query with the one posting that it picks by words of its text, "the tobacco one"; still tied where several do."""
        return with_told(query, await self._having_words(query.targets[0], asker))

    async def answer_query(self, query: Query, asker: Asker, *, profile: Profile | None = None) -> Given:
        """Answer what is asked, whoever understood it; `profile` is what the asker told of themselves."""
        index = await self._live_index.index_for(asker.scopes)
        if query.targets and query.targets[0].told_by and query.targets[0].kind is not TargetKind.FOUND:
            query = await self._told_by_text(query, asker)
        locale = locale_of(query, asker.locale)
        example = next(iter(complete_company("", index, scopes=asker.scopes, limit=1)), None)
        if query.language not in SPOKEN and query.language != asker.locale.partition("-")[0]:
            return Given(answers.say_which_languages(query, locale=locale))
        if query.talk is not None or (not (example or query.targets) and not await self._store.count(scopes=asker.scopes)):
            return Given(answers.answer_talk(query, query.talk, example=example, locale=locale))
        if query.form in (Form.FIT, Form.WHOLE):
            given = await self._answer_of_one(query, asker, profile=profile, locale=locale)
        elif query.reach is Reach.ALL:
            if query.is_own and profile:
                query = query.model_copy(update={"asks": (*query.asks, *to_asks(profile))})
            given = await self._answer_across(query, asker, locale=locale)
        elif query.targets:
            given = await self._answer_targets(query, asker, index=index, locale=locale)
        elif query.asks and query.form is not Form.YES_NO and (query.form is not Form.WHAT or all(map(names_something, query.asks))):
            form = Form.LIST if query.form in (Form.WHAT, Form.YES_NO, Form.WHICH) else query.form
            across = query.model_copy(update={"reach": Reach.ALL, "form": form})
            given = await self._answer_across(across, asker, locale=locale)
        else:
            given = Given(answers.say_not_understood(query, example=example, locale=locale), query if query.asks else None)
        return given._replace(answer=answers.complete(given.answer, query, locale=locale))

    async def _answer_across(self, query: Query, asker: Asker, *, locale: str) -> Given:
        """Answer about all postings, or those that a message is narrowed to: side by side, in order, or those that fit."""
        unknown = next((target for target in query.targets if target.kind is not TargetKind.FOUND), None)
        if unknown is not None:
            index = await self._live_index.index_for(asker.scopes)
            alone = query.model_copy(update={"targets": (unknown,)})
            return await self._answer_unresolved(alone, asker, index=index, locale=locale)
        if query.within and query.form in (Form.WHAT, Form.YES_NO, Form.COMPARE, Form.SUMMARY):
            kept = await self._read(query.within[:_MOST_COMPARED], asker)
            told = await asyncio.to_thread(render_side_by_side, query, kept, locale=locale)
            about = query.model_copy(update={"within": tuple(one.id for one in kept)})
            return Given(answers.from_told(query, told, locale=locale), about)
        ranked = search.find_ranked(query)
        if ranked is None:
            return await self._list(query, asker, locale=locale)
        if ranked.criteria or query.role or query.fields:  # "which remote job pays most" ranks those alone
            wanted = query.model_copy(update={"asks": ranked.criteria, "form": Form.LIST})
            found, _ = await self._find(wanted, asker)
            if not found.fitting:
                return await self._list(wanted, asker, locale=locale)
            query = query.model_copy(update={"within": tuple(newest_of(found.fitting, _MOST_RANKED))})
        asks = (ranked.ask, *ranked.beside)
        query = query.model_copy(update={"asks": asks})
        told = render_ranking(query, await self._sketch(query, asker), locale=locale)
        answer = answers.from_told(query, told, locale=locale)
        if len(asks) > 1 and told.about:
            best = await self._read([told.about[0].id], asker)
            more = query.model_copy(update={"asks": ranked.beside, "form": Form.WHAT})
            beside = await asyncio.to_thread(answers.render_each, more, [(FIRST, best)], locale=locale)
            further = (*answer.further, beside.rendered, *beside.further)
            answer = answer.model_copy(update={"further": further, "quotes": (*answer.quotes, *beside.quotes)})
        return Given(answer, about_ranked(query, told.about, ranked=told.ranked), scope=_scope_of(answer, told.about))

    async def _list(self, query: Query, asker: Asker, *, locale: str) -> Given:
        """Answer which postings fit what is asked, a page of them."""
        found, ids = await self._find(query, asker)
        if not ids and query.page and (pages := search.count_pages(query, found)) <= query.page:
            last = query.model_copy(update={"page": pages - 1})  # somebody asked for a page behind the last one
            return await self._list(last, asker, locale=locale)
        told_of = [*ids[: search.ON_PAGE], *newest_of(found.beyond, MOST_NAMED)] if ids else list(newest_of(found.silent, MOST_SHOWN))
        with_text = reads_texts(query)
        sketched = await self._store.sketch(search.topics_of_list(query), scopes=asker.scopes, ids=told_of, with_text=with_text)
        kept = sorted(sketched, key=lambda one: told_of.index(one.id))
        told = (
            await asyncio.to_thread(search.render_list, query, found, kept=kept, locale=locale)
            if with_text
            else search.render_list(query, found, kept=kept, locale=locale)
        )
        answer = answers.from_told(query, told, locale=locale)
        if not ids:
            index = await self._live_index.index_for(asker.scopes)
            titles = complete_title(query.role, index, scopes=asker.scopes, limit=_MOST_MEANT) if query.role else ()
            answer = answers.with_near(answer, query, titles=titles, locale=locale)
        if self.names_all and told.listing and (others := ids[search.ON_PAGE :]):
            beyond = await self._store.sketch((), scopes=asker.scopes, ids=others)
            listing = told.listing.model_copy(update={"others": tuple(map(refer_to, sorted(beyond, key=lambda one: others.index(one.id))))})
            answer = answer.model_copy(update={"listing": listing})
        about = about_found(query, ids).model_copy(update={"among": query.within, "is_silent": False})
        if query.is_own:  # what somebody told of themselves stays in no memory
            about = about.model_copy(update={"asks": (), "is_own": False, "among": tuple(ids), "page": 0})
        return Given(answer, about, scope=_scope_of(answer, told.about))

    async def _find(self, query: Query, asker: Asker) -> tuple[search.Sorted, list[int]]:
        """Return which postings fit what is asked, and those of the page, with the next ones, in their order."""
        index = await self._live_index.index_for(asker.scopes)
        found = await search.sort_out(self._store, query, index=index, scopes=asker.scopes)
        return await search.put_in_order(self._store, query, found=found, scopes=asker.scopes)

    async def _answer_of_one(self, query: Query, asker: Asker, *, profile: Profile | None, locale: str) -> Given:
        """Answer with a posting's whole text, or whether it fits the asker; of several of a company it is asked back which is meant."""
        index = await self._live_index.index_for(asker.scopes)
        target = query.targets[0]
        if target.kind is not TargetKind.FOUND:
            return await self._answer_unresolved(query, asker, index=index, locale=locale)
        kept = await self._read(target.postings[:_MOST_POSTINGS], asker)
        if not kept:
            return Given(answers.say_gone(query, locale=locale))
        if len(kept) > 1:
            return Given(answers.ask_which(query, kept, locale=locale), query)
        about = query.model_copy(update={"form": Form.WHAT, "is_own": False})
        if query.form is Form.WHOLE:
            return Given(answers.show_whole(query, kept[0], locale=locale), about, scope=kept[0].scope)
        tellings = await asyncio.to_thread(render_fit, kept[0], profile or Profile(), locale=locale)
        told = Told(State.ANSWERED, tellings, kept[:1])
        return Given(answers.from_told(query, told, locale=locale), about, scope=kept[0].scope)

    async def find_fitting(self, asks: Sequence[Ask], asker: Asker, *, within: Sequence[int] = (), with_closed: bool = False) -> list[int]:
        """Return the postings that say yes to all that is asked, those added last first; `within` are the only ones looked at."""
        query = Query(reach=Reach.ALL, form=Form.LIST, asks=tuple(asks), within=tuple(within), with_closed=with_closed)
        found, _ = await self._find(query, asker)
        fitting = found.fitting | found.beyond
        return list(newest_of(fitting, fitting.bit_count()))

    async def read_search(self, text: str, asker: Asker) -> Query | None:
        """
        Return the search that words or a command ask for, to be made again later; None where they ask for none that names anything.

        Raises RolecallError for a value of a command that is none of its option.
        """
        index = await self._live_index.index_for(asker.scopes)
        query = await self._read_question(Question(text=text), asker, index=index, last=None)
        is_across = query.reach is Reach.ALL or (bool(query.asks) and not query.targets)
        if not is_across or query.form in _NO_SEARCHES or query.is_own or query.talk is not None:
            return None
        if not (criteria_of(query) or query.role or query.fields or query.targets):
            return None
        own = {"reach": Reach.ALL, "form": Form.LIST, "within": (), "order": Order.NEWEST, "follows": False, "unread": ()}
        return query.model_copy(update=own)

    async def find_among(self, ids: Sequence[int], query: Query, *, asker: Asker) -> frozenset[int]:
        """Return which of these postings fit a search, closed ones too."""
        index = await self._live_index.index_for(asker.scopes)
        narrowed = query.model_copy(update={"within": tuple(ids), "with_closed": True})
        found = await search.sort_out(self._store, narrowed, index=index, scopes=asker.scopes)
        fitting = found.fitting | found.beyond  # whether one fits does not hang on the others
        return frozenset(newest_of(fitting, fitting.bit_count()))

    async def _sketch(self, query: Query, asker: Asker) -> list[KeptPosting]:
        """Read the facts that are asked about: of the postings spoken of, of all, or of the newest of very many."""
        ids: Sequence[int] | None = query.within or None
        here = (await self._store.weigh([], scopes=asker.scopes)).here
        if ids is None and here.bit_count() > search.MOST_WEIGHED:
            ids = list(newest_of(here, _MOST_RANKED))
        sketched = await self._store.sketch(topics_of(query.asks), scopes=asker.scopes, ids=ids)
        return sketched if query.within else [one for one in sketched if here >> one.id & 1]

    async def _answer_targets(self, query: Query, asker: Asker, *, index: CompanyIndex, locale: str) -> Given:
        """Answer about the companies that are named."""
        found = [target for target in query.targets if target.kind is TargetKind.FOUND]
        if len(query.targets) == 1 and not found:
            return await self._answer_unresolved(query, asker, index=index, locale=locale)
        topics = topics_read(query)
        narrowed = {target: await self._open_of(target, asker, topics) for target in found}
        query = query.model_copy(update={"targets": tuple(narrowed.get(target, target) for target in query.targets)})
        found = list(narrowed.values())
        kept = {target: await self._read(target.postings[:_MOST_POSTINGS], asker, topics=topics) for target in found}
        every = [one for target in found for one in kept[target]]
        if found and not every:
            return Given(answers.say_gone(query, locale=locale))
        if len(every) > 1 and len(found) == len(query.targets) and query.form in (Form.COMPARE, Form.MOST, Form.LEAST):
            return Given(await asyncio.to_thread(answers.compare, query, every, locale=locale), query)
        if len(query.targets) > 1 or (len(every) > 1 and query.reach is Reach.SEVERAL):
            told_targets = [(target, kept.get(target, ())[: 1 if len(query.targets) > 1 else None]) for target in query.targets]
            answer = await asyncio.to_thread(answers.render_each, query, told_targets, locale=locale)
            others = [target for target in query.targets if target.kind is not TargetKind.FOUND and target.names]
            nearest = [other.names[0] for other in others if other.kind is TargetKind.UNKNOWN or len(other.names) == 1]
            if nearest and len(nearest) + len(every) > 1:
                near = await self._postings_of(nearest, index, asker)
                answer = answer.model_copy(update={"suggested": (*map(refer_to, every), *near)})
            return Given(answer, query, scope=_scope_of(answer, every))
        return await self._answer_one(query, every, locale=locale)

    async def _open_of(self, target: Target, asker: Asker, topics: Topics) -> Target:
        """Return a company with the postings that are told of: those that are not closed, or all where every one is."""
        if len(target.postings) < 2:  # noqa: PLR2004 -- the one that is meant
            return target
        if len(target.postings) <= _MOST_POSTINGS:  # all may be told of: whether they are open is read with them
            await self._read(target.postings, asker, topics=topics)
        known = await self._sightings.of(target.postings, scopes=asker.scopes, version=self._live_index.version)
        still_open = [one for one in target.postings if one not in known or known[one].openness is not Openness.CLOSED]
        return target.model_copy(update={"postings": tuple(still_open)}) if still_open else target

    async def _answer_one(self, query: Query, every: Sequence[KeptPosting], *, locale: str, is_open: bool = False) -> Given:
        """Answer about one company, or about postings of which one is meant: with `is_open` it is asked back which."""
        if len(every) > 1 and not any(ask.topic for ask in query.asks):
            told = await asyncio.to_thread(render_side_by_side, query, every, locale=locale)
            return Given(answers.from_told(query, told, locale=locale), query)
        if any(ask.words or ask.topic in READS_TEXT for ask in query.asks) or not query.asks:
            answer = await asyncio.to_thread(answers.put_together, query, every, is_open=is_open, locale=locale)
        else:
            answer = answers.put_together(query, every, is_open=is_open, locale=locale)
        return Given(answer, with_told_first(query, answer), scope=_scope_of(answer, every))

    async def _answer_unresolved(self, query: Query, asker: Asker, *, index: CompanyIndex, locale: str) -> Given:
        """Ask back which company or posting is meant, or say that there is none."""
        target = query.targets[0]
        if target.kind is TargetKind.TIED and target.role and target.postings:
            choices = await self._read(target.postings[:_MOST_POSTINGS], asker)
            return await self._answer_one(query, choices, locale=locale, is_open=True)
        near = await self._postings_of(target.names, index, asker) if target.names else ()
        if target.kind is TargetKind.TIED:
            chosen = tuple(refer_to(one) for one in await self._read(target.postings[:MOST_SHOWN], asker))
            return Given(answers.say_tied(query, target, near=near or chosen, locale=locale))
        names = complete_company("", index, scopes=asker.scopes, limit=_MOST_POSTINGS)
        named = say_first(names, index.count(asker.scopes) - len(names), locale=locale)
        here = say("Here are postings from: {names}", locale, names=named) if names else say("There are no postings here yet.", locale)
        return Given(answers.say_unknown(query, target, near=near, here=here, locale=locale))

    async def _read(self, ids: Sequence[int], asker: Asker, *, topics: Topics = None) -> tuple[KeptPosting, ...]:
        return await self._postings.get_many(ids, scopes=asker.scopes, version=self._live_index.version, topics=topics)

    async def _postings_of(self, names: Sequence[str], index: CompanyIndex, asker: Asker) -> tuple[PostingReference, ...]:
        """Return the newest postings of companies by their names."""
        matches = (match_company(name, index, scopes=asker.scopes) for name in names)
        ids = [entry.id for match in matches if isinstance(match, Found) for entry in match.entries[:_MOST_POSTINGS]]
        return tuple(refer_to(one) for one in await self._read(ids, asker))


def _to_ask(question: Question, query: Query) -> Ask:
    """Return what a command asks: its topic and country, with what its words say beside."""
    said = next((ask for ask in query.asks if question.topic in (None, ask.topic)), None)
    ask = said or Ask(topic=question.topic or "countries", words=question.text)
    place = find_typed_place(question.country) if question.country else None
    return ask.model_copy(update={"place": place}) if place else ask


def _scope_of(answer: Answer, kept: Sequence[KeptPosting]) -> str | None:
    return next((one.scope for one in kept if answer.postings and one.id == answer.postings[0].id), None)
