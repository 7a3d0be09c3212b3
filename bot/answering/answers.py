"""Answers put together from what postings say, or from what is missing."""

from collections.abc import Sequence

from bot.answering.overview import give_overview
from bot.answering.replies import reply_to
from bot.answering.subject import Asked, Reply, Subject
from bot.answering.understanding import Understood
from bot.answering.wording import tell_no_such_company, tell_to_name_company, tell_what_to_ask, tell_which_posting
from bot.domain.actor import Actor
from bot.domain.answer import Answer, PostingReference, State
from bot.domain.eligibility import Eligibility, Eligible
from bot.domain.posting import KeptPosting
from bot.domain.question import Question
from bot.matching.company_match import Unknown
from bot.topics.countries import COUNTRIES


def put_together(question: Question, kept: Sequence[KeptPosting], *, understood: Understood, locale: str) -> Answer:
    """Put the answer together from what each posting says: one answer where they say the same or only one says anything."""
    asked = understood.asked
    replies = [reply_to(Subject(one, asked, locale)) if asked else give_overview(one.posting, locale) for one in kept]
    telling_postings = [place for place, reply in enumerate(replies) if reply.state is State.ANSWERED] or list(range(len(kept)))
    sayings = {_said(replies[place]) for place in telling_postings}
    if len(sayings) > 1 or understood.is_by_title:
        return _ask_which_posting(question, list(zip(kept, replies, strict=True)), asked=asked)
    chosen = telling_postings[0]
    order = [kept[chosen], *(one for place, one in enumerate(kept) if place != chosen and _said(replies[place]) in sayings)]
    return _to_answer(question, order, reply=replies[chosen], asked=asked)


def _said(reply: Reply) -> tuple[object, ...]:
    """Return all that a reply says: "2 requirements:" of one posting are not those of another."""
    return tuple((telling.sentence, telling.items) for telling in (reply.telling, *reply.further))


def _say_briefly(reply: Reply, asked: Asked | None) -> str:
    """Return what tells a posting from others: what it says to each topic of the question."""
    further = reply.further if asked and asked.also else ()
    return "; ".join(telling.sentence for telling in (reply.telling, *further))


def _tell_apart(replies: Sequence[Reply], asked: Asked | None) -> list[str]:
    """Return in brief what each posting says, so that one can be chosen; where that is alike, with the first point that others lack."""
    brief = [_say_briefly(reply, asked) for reply in replies]
    if len(set(brief)) > 1 or len(replies) == 1:
        return brief
    shared = set(replies[0].telling.items).intersection(*(reply.telling.items for reply in replies[1:]))
    own = [next((item for item in reply.telling.items if item not in shared), "") for reply in replies]
    return [f"{said} {item}".strip() for said, item in zip(brief, own, strict=True)]


def _to_answer(question: Question, kept: Sequence[KeptPosting], *, reply: Reply, asked: Asked | None) -> Answer:
    topic = reply.topic or (asked.topic if asked else None)
    return Answer(
        question=question.text,
        state=reply.state,
        topic=topic,
        postings=tuple(refer_to(one) for one in kept),
        company=kept[0].posting.company,
        country=asked.place.code if asked and asked.place else None,
        eligible=reply.eligible,
        eligibility=_listed_countries(kept[0], reply, asked=asked),
        telling=reply.telling,
        further=reply.further,
        quotes=reply.quotes,
        corrected_by=_find_corrector(kept[0], topic),
    )


def _find_corrector(kept: KeptPosting, topic: str | None) -> Actor | None:
    correction = kept.posting.correction_of(topic) if topic else None
    return correction.by if correction else None


def _listed_countries(kept: KeptPosting, reply: Reply, *, asked: Asked | None) -> Eligibility | None:
    """Return what the posting says of countries where the answer tells all of it; a yes only says that one is among them."""
    if asked is None or asked.topic != COUNTRIES.name or reply.state is not State.ANSWERED or reply.eligible is Eligible.YES:
        return None
    return next((fact.value for fact in COUNTRIES.facts_in(kept.posting)), None)


def _ask_which_posting(question: Question, replies: Sequence[tuple[KeptPosting, Reply]], *, asked: Asked | None) -> Answer:
    companies = {one.posting.company for one, _ in replies}
    company = next(iter(companies)) if len(companies) == 1 else None
    sayings = _tell_apart([reply for _, reply in replies], asked)
    choices = [(one.posting, said) for (one, _), said in zip(replies, sayings, strict=True)]
    return Answer(
        question=question.text,
        state=State.AMBIGUOUS,
        topic=asked.topic if asked else None,
        postings=tuple(refer_to(one) for one, _ in replies),
        company=company,
        country=asked.place.code if asked and asked.place else None,
        telling=tell_which_posting(company, choices),
    )


def say_unknown(question: Question, understood: Understood, *, near: tuple[PostingReference, ...]) -> Answer:
    """Say that no posting is from the company; `near` are those of the names that come near."""
    unknown = understood.company
    assert isinstance(unknown, Unknown)  # noqa: S101 -- tells the type checker what the caller looked at
    return Answer(
        question=question.text,
        state=State.NO_SUCH_COMPANY,
        topic=understood.asked.topic if understood.asked else question.topic,
        company=unknown.typed,
        telling=tell_no_such_company(unknown.typed, unknown.nearest),
        nearest=unknown.nearest,
        suggested=near,
    )


def say_not_understood(question: Question, understood: Understood, *, example: str | None) -> Answer:
    """Say what is missing: the company, or anything to answer; `example` is a company that is here."""
    telling = tell_to_name_company(example) if understood.asked else tell_what_to_ask(example)
    topic = understood.asked.topic if understood.asked else None
    return Answer(question=question.text, state=State.NOT_UNDERSTOOD, topic=topic, telling=telling)


def refer_to(kept: KeptPosting) -> PostingReference:
    """Return what an answer says of a posting that it is about."""
    posting = kept.posting
    return PostingReference(
        id=kept.id, source=posting.source, title=posting.title, company=posting.company, link=posting.link, read_at=kept.read_at
    )
