"""Answers put together from what postings say, or from what is missing."""

from collections.abc import Sequence

from bot.answering.asking import Asked, Reply, Subject
from bot.answering.replies import reply_to
from bot.answering.understanding import Understood
from bot.domain.answer import Answer, PostingReference, State, Telling
from bot.domain.facts import Eligibility, Eligible
from bot.domain.person import Actor
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Question
from bot.questions.company_names import Unknown
from bot.topics import BY_NAME
from bot.topics.countries import COUNTRIES

# What is said where no posting answers: several fit, none is known, nothing was understood.

EXAMPLES = ("what does {} pay?", "requirements at {}", "can I apply to {} from Kenya?")

POSTING_IS_GONE = Telling(sentence="This posting is no longer here; ask for its company again.")


def tell_which_company(typed: str, names: Sequence[str]) -> Telling:
    """Ask back which of several companies is meant."""
    if len(names) == 1:
        return Telling(sentence=f"Do you mean {names[0]}?")
    return Telling(sentence=f'"{typed}" may be one of {len(names)} companies. Which do you mean?', items=tuple(names))


def tell_no_such_company(typed: str, nearest: Sequence[str]) -> Telling:
    """Say that there is no posting of a company, with the nearest names."""
    if not nearest:
        return Telling(sentence=f'There is no posting from "{typed}" here.')
    return Telling(sentence=f'There is no posting from "{typed}" here. The nearest names are:', items=tuple(nearest))


def tell_which_posting(company: str | None, choices: Sequence[tuple[Posting, str]]) -> Telling:
    """Say what each of the postings that fit states, so that one can be chosen; `company` is the one that they all are of."""
    if company is None:
        names = (" · ".join(name for name in (posting.company, posting.title) if name) or posting.source for posting, _ in choices)
        sentence = "Do you mean this posting?" if len(choices) == 1 else f"{len(choices)} postings fit. Which do you mean?"
        return Telling(sentence=sentence, items=tuple(f"{name}: {said}" for name, (_, said) in zip(names, choices, strict=True)))
    items = tuple(f"{posting.title or posting.source}: {said}" for posting, said in choices)
    if len(choices) == 1:
        return Telling(sentence=f"Do you mean {company}?", items=items)
    return Telling(sentence=f"{company} has {len(choices)} postings that fit. Which do you mean?", items=items)


def tell_what_to_ask(company: str | None) -> Telling:
    """Say with examples what can be asked."""
    if company is None:
        return Telling(sentence="No postings are here yet, so there is nothing to answer from. Add some first.")
    items = tuple(example.format(company) for example in EXAMPLES)
    return Telling(
        sentence="I answer questions about the job postings that I have read. Name a company and what you want to know:", items=items
    )


def tell_to_name_company(company: str | None) -> Telling:
    """Say that a company must be named."""
    if company is None:
        return tell_what_to_ask(company)
    return Telling(sentence=f"Which company do you mean? Name it in the question, for example: {EXAMPLES[0].format(company)}")


# What a posting is about at a glance: said when somebody names a company and asks nothing in particular.

_AT_A_GLANCE = ("pay", "countries", "workplace", "employment_type", "experience", "education", "visa")


def give_overview(posting: Posting, locale: str = "en") -> Reply:
    """Tell the first statement on each of the topics that people ask for most; what the posting does not state is said too."""
    stated = [(BY_NAME[name], BY_NAME[name].facts_in(posting)) for name in _AT_A_GLANCE]
    items = tuple(
        f"{topic.label}: {' '.join([told.sentence, ', '.join(told.items)]).strip()}"
        for topic, facts in stated
        if facts
        for told in (topic.tell_in(locale, facts),)
    )
    silent = ", ".join(topic.label.lower() for topic, facts in stated if not facts)
    title = posting.title or posting.source
    ending = (f"Not stated: {silent}.",) if silent else ()
    quotes = tuple(facts[0].quote for _, facts in stated if facts)
    return Reply(State.ANSWERED, Telling(sentence=f"{title}:", items=items + ending), quotes, topic="company")


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
