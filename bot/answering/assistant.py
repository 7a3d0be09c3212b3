"""The one door for every interface: a question in, an Answer out."""

from collections.abc import Sequence

from bot.answering.directory import Directory
from bot.answering.memory import Memory, Remembered
from bot.answering.overview import give_overview
from bot.answering.replies import reply_to
from bot.answering.subject import Asked, Reply, Subject
from bot.answering.understanding import Understood, understand
from bot.answering.wording import tell_no_such_company, tell_to_name_company, tell_what_to_ask, tell_which_company, tell_which_posting
from bot.domain.answer import Answer, PostingReference, State
from bot.domain.posting import KeptPosting
from bot.domain.question import Asker, Question
from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import Found, NearTie, Unknown
from bot.matching.complete import complete_company
from bot.matching.match_company import match_company
from bot.storage.store import Store

_MOST_POSTINGS = 5
"""As many postings of one company as are told side by side."""


class Assistant:
    """Answers questions from the Store; remembers what each conversation was last about."""

    def __init__(self, store: Store, memory: Memory | None = None) -> None:
        self._store = store
        self._directory = Directory(store)
        self._memory = memory or Memory()

    async def complete_company(self, typed: str, asker: Asker, *, limit: int = 25) -> list[str]:
        """Return the company names that a half-typed one may become, the best first."""
        index = await self._directory.index_for(asker.scopes)
        return complete_company(typed, index, scopes=asker.scopes, limit=limit)

    async def answer(self, question: Question, asker: Asker) -> Answer:
        """
        Answer a question with a posting's own statement, or say what is missing: the statement, the company, the sense.

        Only postings in the asker's scopes are ever looked at or named.
        """
        index = await self._directory.index_for(asker.scopes)
        remembered = self._memory.recall(asker.conversation)
        understood = understand(question, index, scopes=asker.scopes, remembered=remembered)
        if isinstance(understood.company, Unknown):
            return _unknown(question, understood.company)
        if isinstance(understood.company, NearTie):
            return await self._ask_back(question, understood, index, asker)
        ids = [entry.id for entry in understood.entries] or list(understood.follows_up)
        kept = await self._store.get_many(ids[:_MOST_POSTINGS], scopes=asker.scopes)
        if not kept:
            return _not_understood(
                question, understood, example=next(iter(complete_company("", index, scopes=asker.scopes, limit=1)), None)
            )
        topic = understood.asked.topic if understood.asked else None
        self._memory.remember(
            asker.conversation,
            Remembered(postings=tuple(one.id for one in kept), topic=topic, titles=tuple(one.posting.title or "" for one in kept)),
        )
        return _answer_from(question, kept, understood=understood)

    async def _ask_back(self, question: Question, understood: Understood, index: CompanyIndex, asker: Asker) -> Answer:
        tie = understood.company
        assert isinstance(tie, NearTie)  # noqa: S101 -- tells the type checker what the caller looked at
        matches = (match_company(name, index, scopes=asker.scopes) for name in tie.names)
        ids = [entry.id for match in matches if isinstance(match, Found) for entry in match.entries[:_MOST_POSTINGS]]
        kept = await self._store.get_many(ids, scopes=asker.scopes)
        return Answer(
            question=question.text,
            state=State.AMBIGUOUS,
            topic=understood.asked.topic if understood.asked else question.topic,
            postings=tuple(_refer_to(one) for one in kept),
            company=tie.typed,
            telling=tell_which_company(tie.typed, tie.names),
            nearest=tie.names,
        )


def _answer_from(question: Question, kept: Sequence[KeptPosting], *, understood: Understood) -> Answer:
    """Put the answer together from what each posting says: one answer where they say the same or only one says anything."""
    asked = understood.asked
    replies = [reply_to(Subject(one, asked)) if asked else give_overview(one.posting) for one in kept]
    telling_postings = [place for place, reply in enumerate(replies) if reply.state is State.ANSWERED] or list(range(len(kept)))
    sayings = {replies[place].telling.sentence for place in telling_postings}
    if len(sayings) > 1:
        return _ask_which_posting(question, list(zip(kept, replies, strict=True)), asked=asked)
    chosen = telling_postings[0]
    order = [kept[chosen], *(one for place, one in enumerate(kept) if place != chosen and replies[place].telling.sentence in sayings)]
    return _to_answer(question, order, reply=replies[chosen], asked=asked)


def _to_answer(question: Question, kept: Sequence[KeptPosting], *, reply: Reply, asked: Asked | None) -> Answer:
    return Answer(
        question=question.text,
        state=reply.state,
        topic=reply.topic or (asked.topic if asked else None),
        postings=tuple(_refer_to(one) for one in kept),
        company=kept[0].posting.company,
        country=asked.place.code if asked and asked.place else None,
        eligible=reply.eligible,
        telling=reply.telling,
        further=reply.further,
        quotes=reply.quotes,
    )


def _ask_which_posting(question: Question, replies: Sequence[tuple[KeptPosting, Reply]], *, asked: Asked | None) -> Answer:
    company = replies[0][0].posting.company or ""
    choices = [(one.posting, reply.telling.sentence) for one, reply in replies]
    return Answer(
        question=question.text,
        state=State.AMBIGUOUS,
        topic=asked.topic if asked else None,
        postings=tuple(_refer_to(one) for one, _ in replies),
        company=company,
        country=asked.place.code if asked and asked.place else None,
        telling=tell_which_posting(company, choices),
    )


def _unknown(question: Question, unknown: Unknown) -> Answer:
    return Answer(
        question=question.text,
        state=State.NO_SUCH_COMPANY,
        topic=question.topic,
        company=unknown.typed,
        telling=tell_no_such_company(unknown.typed, unknown.nearest),
        nearest=unknown.nearest,
    )


def _not_understood(question: Question, understood: Understood, *, example: str | None) -> Answer:
    """Say what is missing: the company, or anything to answer; `example` is a company that is here."""
    telling = tell_to_name_company(example) if understood.asked else tell_what_to_ask(example)
    topic = understood.asked.topic if understood.asked else None
    return Answer(question=question.text, state=State.NOT_UNDERSTOOD, topic=topic, telling=telling)


def _refer_to(kept: KeptPosting) -> PostingReference:
    posting = kept.posting
    return PostingReference(
        id=kept.id, source=posting.source, title=posting.title, company=posting.company, link=posting.link, read_at=kept.read_at
    )
