"""Answers put together: from what postings say to each thing that is asked, or from what is missing."""

import re
import zlib
from collections.abc import Iterable, Sequence

from bot.answering.across import (
    Told,
    chart_pay,
    count_meant,
    is_measured,
    name_posting,
    render_ranking,
    render_side_by_side,
    under_label,
)
from bot.answering.places import asks_whether_paid
from bot.answering.replies import reply_to, summarise
from bot.answering.reply import VERDICT_WORDS, Reply, Subject, judge_than, sum_up
from bot.domain.answer import Answer, PostingReference, Rendered, State
from bot.domain.facts import Eligibility, Eligible
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Ask, Form, Query, Talk, Target, TargetKind
from bot.text.clean import fold
from bot.text.lexicon import pattern_of, read_lexicon
from bot.text.translations import SPOKEN, language_of, say, say_each, say_of
from bot.text.wording import asks_for_degree, kind_asked
from bot.text.words import read_words
from bot.topics import OTHER, TOPICS
from bot.topics.countries import COUNTRIES
from bot.topics.education import EDUCATION, find_degrees
from bot.topics.experience import EXPERIENCE
from bot.topics.pay import PAY
from bot.topics.skills import near_skill

# What is said where no posting answers: several fit, none is known, nothing was understood, nothing was asked.

EXAMPLES = ("what does {} pay?", "requirements at {}", "can I apply to {} from Kenya?")

EMPTY = "No postings are here yet, so there is nothing to answer from. Add some first."
TALK: dict[Talk, tuple[str, ...]] = {
    Talk.GREETING: ("Hello! Ask me about the job postings here.", "Hi! What would you like to know about a posting?"),
    Talk.THANKS: ("You're welcome!", "Glad to help!"),
    Talk.FAREWELL: ("Goodbye, and good luck!", "See you! Good luck with your applications."),
    Talk.INSULT: (
        "Sorry that I was no help. Try naming a company and what you want to know.",
        "I only know what the postings say. Ask me something about one?",
    ),
    Talk.PRAISE: ("Thank you! Anything else about a posting?", "Good to hear!"),
    Talk.ABOUT_BOT: (
        "I am Rolecall, a bot: I answer questions about job postings in their own words, and say so where they are silent.",
        "I am a program that reads job postings and tells what they state, with the words that state it.",
    ),
    Talk.HELP: ("Name a company and what you want to know.", "Ask me about pay, places, requirements or anything else in a posting."),
    Talk.GIBBERISH: (
        "I did not get that. Name a company and what you want to know.",
        "That told me nothing. What would you like to know about a posting?",
    ),
    Talk.OFF_TOPIC: ("That is not in the postings. I only know what they say.", "I only talk about the job postings that I have read."),
    Talk.NOTHING_LISTED: ("There is no such posting in the list.",),
}
"""What is said back, by turns; which one is drawn from the words, so that the same words get the same reply."""

_WITH_EXAMPLES = frozenset({Talk.GREETING, Talk.HELP, Talk.GIBBERISH, Talk.ABOUT_BOT})


def locale_of(query: Query, locale: str) -> str:
    """
    Return in whose words to answer: the message's language decides, and the locale where it writes that language in its own form.

    >>> locale_of(Query(language="pt"), "pt-BR"), locale_of(Query(language="es"), "de"), locale_of(Query(language="nl"), "de")
    ('pt-BR', 'es', 'de')
    """
    return locale if query.language not in SPOKEN or locale.partition("-")[0] == query.language else query.language


def start(query: Query, state: State, *, rendered: Rendered, locale: str) -> Answer:
    """Return an answer with what every answer has."""
    topics = tuple(dict.fromkeys(ask.topic for ask in query.asks if ask.topic))
    return Answer(
        question=query.text,
        state=state,
        rendered=rendered,
        topic=topics[0] if topics else None,
        topics=topics,
        language=language_of(locale),
    )


def render_examples(company: str | None, locale: str) -> tuple[str, ...]:
    """Return questions that can be asked, about a company that is here."""
    return tuple(say(example, locale).format(company) for example in EXAMPLES) if company else ()


def answer_talk(query: Query, talk: Talk | None, *, example: str | None, locale: str) -> Answer:
    """Say something short back to what asks nothing of a posting, or that there is none to ask of."""
    if talk is None:
        return say_not_understood(query, example=None, locale=locale)
    choices = TALK[talk]
    sentence = say(choices[zlib.crc32(query.text.encode()) % len(choices)], locale)
    items = render_examples(example, locale) if talk in _WITH_EXAMPLES else ()
    is_lost = talk is Talk.GIBBERISH and any(letter.isalpha() for letter in query.text)  # emoji alone say something
    state = State.NOT_UNDERSTOOD if is_lost else State.TALK
    answer = start(query, state, rendered=Rendered(sentence=sentence, items=items), locale=locale)
    return answer if example else answer.model_copy(update={"further": (Rendered(sentence=say(EMPTY, locale)),)})


def say_which_languages(query: Query, *, locale: str) -> Answer:
    """Say in a language that is not understood which ones are."""
    line = read_lexicon("other_languages").get(query.language)
    return start(
        query,
        State.NOT_UNDERSTOOD,
        rendered=Rendered(sentence=line or say("I understand English, Spanish, German, French and Portuguese.", locale)),
        locale=locale,
    )


def say_not_understood(query: Query, *, example: str | None, locale: str) -> Answer:
    """Say what is missing: the company, or anything to answer; `example` is a company that is here."""
    if example is None:
        return start(query, State.NOT_UNDERSTOOD, rendered=Rendered(sentence=say(EMPTY, locale)), locale=locale)
    if query.asks:
        question = say(EXAMPLES[0], locale).format(example)
        sentence = say("Which company do you mean? Name it in the question, for example: {question}", locale, question=question)
        return start(query, State.NOT_UNDERSTOOD, rendered=Rendered(sentence=sentence), locale=locale)
    sentence = say("I answer questions about the job postings that I have read. Name a company and what you want to know:", locale)
    return start(query, State.NOT_UNDERSTOOD, rendered=Rendered(sentence=sentence, items=render_examples(example, locale)), locale=locale)


def say_gone(query: Query, *, locale: str) -> Answer:
    """Say that a posting that was chosen is no longer here."""
    rendered = Rendered(sentence=say("This posting is no longer here; ask for its company again.", locale))
    return start(query, State.NO_SUCH_COMPANY, rendered=rendered, locale=locale)


def render_unknown(target: Target, *, locale: str) -> Rendered:
    """Say that there is no posting of a company, with the nearest names."""
    if not target.names:
        return Rendered(sentence=say('There is no posting from "{name}" here.', locale, name=target.typed))
    return Rendered(
        sentence=say('There is no posting from "{name}" here. The nearest names are:', locale, name=target.typed), items=target.names
    )


def render_tied(target: Target, *, locale: str) -> Rendered:
    """Ask back which of several companies is meant."""
    if len(target.names) == 1:
        return Rendered(sentence=say("Do you mean {name}?", locale, name=target.names[0]))
    sentence = say('"{name}" may be one of {number} companies. Which do you mean?', locale, name=target.typed, number=len(target.names))
    return Rendered(sentence=sentence, items=target.names)


def say_unknown(query: Query, target: Target, *, near: tuple[PostingReference, ...], here: str, locale: str) -> Answer:
    """Say that no posting is from the company; `near` are those of the names that come near, `here` says what there is."""
    answer = start(query, State.NO_SUCH_COMPANY, rendered=render_unknown(target, locale=locale), locale=locale)
    further = (Rendered(sentence=here),) if here and not target.names else ()
    return answer.model_copy(update={"company": target.typed, "nearest": target.names, "suggested": near, "further": further})


def say_tied(query: Query, target: Target, *, near: tuple[PostingReference, ...], locale: str) -> Answer:
    """Ask back which company is meant."""
    answer = start(query, State.AMBIGUOUS, rendered=render_tied(target, locale=locale), locale=locale)
    return answer.model_copy(update={"company": target.typed, "nearest": target.names, "postings": near})


def render_which_posting(company: str | None, choices: Sequence[tuple[Posting, str]], *, total: int = 0, locale: str) -> Rendered:
    """Say what some of `total` postings that fit state, so that one can be chosen; `company` is the one that they all are of."""
    total = max(total, len(choices))
    more = (say("… and {number} more.", locale, number=total - len(choices)),) if total > len(choices) else ()
    if company is None:
        names = (" · ".join(name for name in (posting.company, posting.title) if name) or posting.source for posting, _ in choices)
        question = "Do you mean this posting?" if total == 1 else "{number} postings fit. Which do you mean?"
        items = tuple(say_of(name, said, locale=locale) for name, (_, said) in zip(names, choices, strict=True))
        return Rendered(sentence=say(question, locale, number=total), items=(*items, *more))
    items = tuple(say_of(posting.title or posting.source, said, locale=locale) for posting, said in choices)
    if total == 1:
        return Rendered(sentence=say("Do you mean {name}?", locale, name=company), items=items)
    sentence = say("{name} has {number} postings that fit. Which do you mean?", locale, name=company, number=total)
    return Rendered(sentence=sentence, items=(*items, *more))


# What one posting says to all that is asked of it.

Replies = Sequence[tuple[Ask, Reply]]


def reply_to_all(kept: KeptPosting, query: Query, *, locale: str) -> list[tuple[Ask, Reply]]:
    """Return what a posting says to each thing that is asked; a name alone, or a summary, gets what matters most."""
    asks = [ask for ask in query.asks if ask.topic]
    if not asks and query.form is Form.YES_NO and (words := _without_names(query)):
        asks = [Ask(topic=OTHER, form=Form.YES_NO, words=words)]  # "do i go offshore?" asks for no summary
    is_alone = not asks and kind_asked(words := _without_names(query)) in (("address",) if query.form is Form.SUMMARY else _KINDS_ALONE)
    if is_alone:
        asks = [Ask(topic=OTHER, words=words)]  # "how many calls a day", nor "where do I mail my resume", which only looks like one
    of_whole = ("company", "other", "responsibilities")
    is_told = all(ask.topic in of_whole or (ask.place and not ask.is_own) for ask in asks)  # also "the gist of the oslo job"
    is_whole = query.form is Form.SUMMARY and is_told
    if not asks or (is_whole and not is_alone):
        ask = Ask(topic="company", form=Form.SUMMARY, words=asks[0].words if asks else _without_names(query))
        return [(ask, summarise(Subject(kept, ask, locale)))]
    asks = _without_told(_as_degree(_as_pay_of_zone(ask, kept)) for ask in asks)
    if query.form is Form.YES_NO and len(asks) == 1 and asks[0].form is Form.WHAT:
        asks = [asks[0].model_copy(update={"form": Form.YES_NO})]
    if all(asks_whether_paid(ask) for ask in asks):
        asks = [
            asks[0].model_copy(update={"topic": PAY.name, "values": (), "about": ()})
        ]  # "is the internship unpaid" asks for no contract
    free = {ask.words for ask in asks if ask.topic == OTHER}
    asks = [ask for ask in asks if ask.topic not in ("pay", "benefits") or ask.words not in free]  # a bonus is asked about once
    asks = [ask for place, ask in enumerate(asks) if not _is_asked_behind(ask, asks[place + 1 :])]
    level = next((ask.level for ask in asks if ask.level), None)
    asks = [ask.model_copy(update={"level": level}) if ask.topic == "experience" and not ask.level else ask for ask in asks]
    told = [(ask, reply_to(Subject(kept, ask, locale))) for ask in asks]
    with_years = any(ask.topic == EXPERIENCE.name and reply.topic == EDUCATION.name for ask, reply in told)  # to who has no degree
    return [(ask, reply) for ask, reply in told if not (with_years and ask.topic == EDUCATION.name and not ask.is_must)]


_KINDS_ALONE = ("address", "date", "count", "figure", "person")
"""Kinds of things that nobody asks for who wants to hear of the whole posting."""


def _as_pay_of_zone(ask: Ask, kept: KeptPosting) -> Ask:
    """Return what "zone b" asks for where the posting's pay holds for zones that are called so: no time zone."""
    if ask.topic != "timezone":
        return ask
    zones = (fold(fact.value.where) for fact in PAY.facts_in(kept.posting) if fact.value.where)
    is_of_pay = any(re.search(rf"(?<!\w){re.escape(zone)}(?!\w)", fold(ask.words)) for zone in zones)
    return ask.model_copy(update={"topic": PAY.name, "form": Form.WHAT}) if is_of_pay else ask


def _as_degree(ask: Ask) -> Ask:
    """Return what asks whether a degree counts as whether it will do: it asks for nothing that is merely welcome."""
    is_degree = ask.topic == "preferred" and pattern_of("counts").search(ask.words) and asks_for_degree(ask.words)
    levels = [degree.level for degree in find_degrees(ask.words)] if is_degree else []
    return ask.model_copy(update={"topic": EDUCATION.name, "level": next(iter(levels), None)}) if is_degree else ask


def _without_told(asks: Iterable[Ask]) -> list[Ask]:
    """Return the asks without what only tells of a degree where another asks whether one will do: "got a BA in art. does that count?"."""
    every = list(asks)
    decides = any(ask.topic == EDUCATION.name and ask.form is Form.YES_NO for ask in every)
    told = [ask for ask in every if decides and ask.topic == EDUCATION.name and ask.form is not Form.YES_NO and ask.is_own]
    return [ask for ask in every if ask not in told]


def _is_asked_behind(ask: Ask, others: Sequence[Ask]) -> bool:
    """Tell whether what is asked of a thing is asked once more of the same: "must I know C++, or not? is C++ a must?"."""
    return bool(ask.about) and any(one.about == ask.about and one.form is Form.YES_NO and one.is_must == ask.is_must for one in others)


def _without_names(query: Query) -> str:
    """Return a message's words but those that name a company: they ask nothing."""
    names = {word.text for target in query.targets for word in read_words(f"{target.typed} {target.company or ''} {target.role}")}
    return " ".join(word.text for word in read_words(query.text) if word.text not in names)


def _state_of(replies: Replies) -> State:
    return State.ANSWERED if any(reply.state is State.ANSWERED for _, reply in replies) else State.NOT_STATED


def _render_all(told: Replies, locale: str) -> tuple[Rendered, ...]:
    """Render each reply under its topic's label; what one question, read as two, would be told twice is told once."""
    before = [[reply.rendered for _, reply in told[:place] if reply.state is State.ANSWERED] for place in range(len(told))]
    replies = [pair for pair, others in zip(told, before, strict=True) if pair[1].rendered not in others]
    if len(replies) == 1:
        return (replies[0][1].rendered,)
    if all(ask.topic == COUNTRIES.name and ask.place for ask, _ in replies):
        return tuple(reply.rendered.model_copy(update={"items": ()}) for _, reply in replies)  # a line each; the quote lists them all
    return tuple(under_label(ask, reply, locale=locale) for ask, reply in replies)


def _is_one_condition(ask: Ask) -> bool:
    return ask.is_own or (ask.years is not None and ask.years.is_own) or (ask.topic == COUNTRIES.name and ask.place is not None)


_FEW = 3
_SEVERAL = 2
_ALL_OF_ONE = Target(kind=TargetKind.FOUND)


def put_together(query: Query, kept: Sequence[KeptPosting], *, is_open: bool, locale: str) -> Answer:
    """
    Put the answer together from what each posting of one company says.

    One answer where they say the same or only one says anything, else it is asked back; with `is_open` it always is.
    """
    replies = [reply_to_all(one, query, locale=locale) for one in kept]
    answered = [place for place, given in enumerate(replies) if _state_of(given) is State.ANSWERED] or list(range(len(kept)))
    sayings = {_said(replies[place]) for place in answered}
    is_free = all(ask.topic in (OTHER, "benefits") for ask, _ in replies[0])
    if len(sayings) > 1 and is_free and not is_open and len(kept) <= _FEW:
        return render_each(query, [(_ALL_OF_ONE, kept)], locale=locale)  # each says its own, and none of them more of what is asked
    if len(sayings) > 1 or is_open:
        return _ask_which_posting(query, list(zip(kept, replies, strict=True)), locale=locale)
    chosen = answered[0]
    order = [kept[chosen], *(one for place, one in enumerate(kept) if place != chosen and _said(replies[place]) in sayings)]
    answer = _to_answer(query, order, replies[chosen], locale=locale)
    if not (silent := [place for place in range(len(kept)) if place not in answered]):
        return answer
    names = ", ".join(dict.fromkeys(kept[place].posting.title or kept[place].posting.source for place in silent))
    unsaid = Rendered(sentence=say_of(names, replies[silent[0]][0][1].rendered.sentence, locale=locale))
    return answer.model_copy(update={"further": (*answer.further, unsaid)})


def _said(replies: Replies) -> tuple[object, ...]:
    """Return all that is said: "2 requirements:" of one posting are not those of another."""
    return tuple((reply.rendered.sentence, reply.rendered.items) for _, reply in replies)


def _to_answer(query: Query, kept: Sequence[KeptPosting], replies: Replies, *, locale: str) -> Answer:
    first, *further = _render_all(replies, locale)
    answer = start(query, _state_of(replies), rendered=first, locale=locale)
    topics = tuple(dict.fromkeys(topic for ask, reply in replies for topic in (reply.topic, ask.topic, *reply.beside) if topic))
    placed = [reply for ask, reply in replies if ask.topic == COUNTRIES.name and ask.place is not None]
    eligible = placed[0].eligible if len({reply.eligible for reply in placed}) == 1 else None
    is_one = len(placed) < _SEVERAL and all(_is_one_condition(ask) for ask, _ in replies)
    correction = kept[0].posting.correction_of(topics[0]) if topics else None
    told = {item for _, reply in replies for item in reply.rendered.items if "pay" in topics}
    paid = [fact for fact in PAY.facts_in(kept[0].posting) if PAY.render_in(locale, [fact]).sentence in told]
    stated = {"company", *kept[0].stated}
    return answer.model_copy(
        update={
            "topic": topics[0] if topics else None,
            "topics": topics,
            "postings": tuple(map(refer_to, kept)),
            "company": kept[0].posting.company,
            "stated": tuple(topic.name for topic in TOPICS if topic.name in stated or topic.facts_in(kept[0].posting)),
            "country": next((ask.place.country for ask, _ in replies if ask.place and ask.place.country), None),
            "eligible": eligible,
            "eligibility": _listed_countries(kept[0], replies[0], eligible=eligible),
            "verdict": sum_up([reply.verdict for _, reply in replies], is_one=is_one),
            "further": tuple(further),
            "chart": chart_pay(kept[:1], locale=locale, facts=paid),
            "quotes": tuple(dict.fromkeys(quote for _, reply in replies for quote in reply.quotes)),
            "corrected_by": correction.by if correction else None,
        }
    )


def _listed_countries(kept: KeptPosting, told: tuple[Ask, Reply], *, eligible: Eligible | None) -> Eligibility | None:
    """Return what the posting says of countries where the answer tells all of it; a yes only says that one is among them."""
    if told[0].topic != COUNTRIES.name or told[1].state is not State.ANSWERED or eligible is Eligible.YES:
        return None
    return next((fact.value for fact in COUNTRIES.facts_in(kept.posting)), None)


def _ask_which_posting(query: Query, told: Sequence[tuple[KeptPosting, Replies]], *, locale: str) -> Answer:
    companies = {one.posting.company for one, _ in told}
    company = next(iter(companies)) if len(companies) == 1 else None
    sayings = _render_apart([replies for _, replies in told], locale=locale)
    choices = [(one.posting, said) for (one, _), said in zip(told, sayings, strict=True)]
    rendered = render_which_posting(company, choices, total=count_meant(query), locale=locale)
    answer = start(query, State.AMBIGUOUS, rendered=rendered, locale=locale)
    return answer.model_copy(update={"postings": tuple(refer_to(one) for one, _ in told), "company": company})


def ask_which(query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Answer:
    """Ask back which of a company's postings is meant."""
    companies = {one.posting.company for one in kept}
    company = kept[0].posting.company if len(companies) == 1 else None
    choices = [(one.posting, one.posting.location or say("not said", locale)) for one in kept]
    rendered = render_which_posting(company, choices, total=count_meant(query), locale=locale)
    answer = start(query, State.AMBIGUOUS, rendered=rendered, locale=locale)
    return answer.model_copy(update={"postings": tuple(map(refer_to, kept)), "company": company})


def show_whole(query: Query, kept: KeptPosting, *, locale: str) -> Answer:
    """Return a posting's own text, all of it."""
    answer = start(query, State.ANSWERED, rendered=Rendered(sentence=say("The whole posting:", locale)), locale=locale)
    return answer.model_copy(update={"postings": (refer_to(kept),), "company": kept.posting.company, "whole": kept.posting.text})


def _render_apart(told: Sequence[Replies], *, locale: str) -> list[str]:
    """Return in brief what each posting says, so that one can be chosen; where that is alike, with the first point that others lack."""
    brief = [say_each((_briefly(ask, reply.rendered, locale=locale) for ask, reply in replies), locale=locale) for replies in told]
    if len(set(brief)) > 1 or len(told) == 1:
        return [said.rstrip(": ") for said in brief]
    items = [[item for _, reply in replies for item in reply.rendered.items] for replies in told]
    shared = set(items[0]).intersection(*items[1:])
    own = [next((item for item in of if item not in shared), "") for of in items]
    return [f"{said} {item}".strip() for said, item in zip(brief, own, strict=True)]


def _briefly(ask: Ask, rendered: Rendered, *, locale: str) -> str:
    """Return what is told in a few words: of several amounts those, and not that there are several."""
    is_head = ask.topic == PAY.name and rendered.sentence.endswith(":") and len(rendered.items) <= _FEW
    return say_each(rendered.items, locale=locale) if is_head else rendered.sentence.rstrip(".")


# What several companies say, each under its name.


def compare(query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Answer:
    """Tell in order what has a most and a least, everything else side by side."""
    asks = [ask for ask in query.asks if ask.topic]
    if query.form is Form.COMPARE or len(asks) != 1 or not is_measured(asks[0]):
        return _with_more(from_told(query, render_side_by_side(query, kept, locale=locale), locale=locale), query, kept, locale=locale)
    ranked = render_ranking(query, kept, locale=locale)
    about = (*ranked.about, *(one for one in kept if one not in ranked.about))
    return _with_more(
        from_told(query, Told(ranked.state, ranked.tellings, about, ranked.quotes), locale=locale), query, kept, locale=locale
    )


def _with_more(answer: Answer, query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Answer:
    """Return an answer about two postings with the yes or no to whether the first states more than the other."""
    if answer.state is not State.ANSWERED or (verdict := judge_than(query, kept)) is None:
        return answer
    sentence = f"{say(VERDICT_WORDS[verdict], locale)}. {answer.rendered.sentence}"
    return answer.model_copy(update={"verdict": verdict, "rendered": answer.rendered.model_copy(update={"sentence": sentence})})


def render_each(query: Query, told: Sequence[tuple[Target, Sequence[KeptPosting]]], *, locale: str) -> Answer:
    """Tell what each company's postings say under its name; one that is not here, or may be several, is said to be so."""
    tellings: list[Rendered] = []
    replies: list[tuple[Ask, Reply]] = []
    kept: list[KeptPosting] = []
    for target, found in told:
        if target.kind is TargetKind.FOUND:
            for one in found:
                given = reply_to_all(one, query, locale=locale)
                name = name_posting(one) if len(found) > 1 else one.posting.company or name_posting(one)
                tellings += _under_name(name, _render_all(given, locale), locale=locale)
                replies += given
                kept.append(one)
        else:
            tellings.append(render_tied(target, locale=locale) if target.kind is TargetKind.TIED else render_unknown(target, locale=locale))
    is_tied = any(target.kind is TargetKind.TIED for target, _ in told)
    state = _state_of(replies) if replies else State.AMBIGUOUS if is_tied else State.NO_SUCH_COMPANY
    update = {
        "postings": tuple(map(refer_to, kept)),
        "company": kept[0].posting.company if kept else None,
        "verdict": sum_up([reply.verdict for _, reply in replies], is_one=False),
        "further": tuple(tellings[1:]),
        "quotes": tuple(dict.fromkeys(quote for _, reply in replies for quote in reply.quotes)),
    }
    answer = start(query, state, rendered=tellings[0], locale=locale).model_copy(update=update)
    return _with_more(answer, query, kept, locale=locale)


def _under_name(name: str, tellings: Sequence[Rendered], *, locale: str) -> list[Rendered]:
    """Put a company's name before what its posting says: before the one sentence, or as a heading over several."""
    if len(tellings) == 1:
        return [tellings[0].model_copy(update={"sentence": say_of(name, tellings[0].sentence, locale=locale)})]
    lines = tuple(" ".join([rendered.sentence, ", ".join(rendered.items)]).strip() for rendered in tellings)
    return [Rendered(sentence=say_of(name, "", locale=locale).rstrip(), items=lines)]


def with_near(answer: Answer, query: Query, *, titles: Sequence[str], locale: str) -> Answer:
    """Ask back whether a skill or role that no posting has was meant for one that comes near; `titles` are those like the role."""
    skills = (near_skill(name) for ask in query.asks if ask.topic == "skills" for name in ask.about)
    near = [] if any(fold(query.role) in fold(title) for title in titles) else titles  # else it is closed, and no slip
    if not (names := list(dict.fromkeys([*near, *filter(None, skills)]))):
        return answer
    meant = Rendered(sentence=say("Do you mean {name}?", locale, name=", ".join(names)))
    return answer.model_copy(update={"further": (meant, *answer.further)})


def from_told(query: Query, told: Told, *, locale: str) -> Answer:
    """Return the answer to a question across postings."""
    answer = start(query, told.state, rendered=told.tellings[0], locale=locale)
    companies = {one.posting.company for one in told.about}
    return answer.model_copy(
        update={
            "postings": tuple(map(refer_to, told.about)),
            "company": next(iter(companies)) if len(companies) == 1 else None,
            "verdict": told.verdict,
            "further": told.tellings[1:],
            "quotes": told.quotes,
            "listing": told.listing,
            "chart": told.chart,
        }
    )


def complete(answer: Answer, query: Query, *, locale: str) -> Answer:
    """Name what was not understood of a message, and mark what goes by what the asker told of themselves."""
    if query.is_own and (
        answer.listing.total if answer.listing else query.form is Form.FIT and bool(answer.postings) and not answer.nearest
    ):
        answer = answer.model_copy(update={"is_own": True})
    if not query.unread:
        return answer
    parts = ", ".join(f"“{part}”" for part in query.unread)
    return answer.model_copy(
        update={"further": (*answer.further, Rendered(sentence=say("I did not understand: {parts}", locale, parts=parts)))}
    )


def refer_to(kept: KeptPosting) -> PostingReference:
    """Return what an answer says of a posting that it is about."""
    posting = kept.posting
    return PostingReference(
        id=kept.id, source=posting.source, title=posting.title, company=posting.company, link=posting.link, read_at=kept.read_at
    )
