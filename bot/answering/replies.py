"""How one posting replies, topic by topic; one that is not in REPLIES is told as its file says, after a yes or no where that is asked."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from bot.answering.details import narrowing_subjects, render_passages, reply_about_details, reply_about_duties, reply_freely, tell_bound
from bot.answering.fit import reply_about_education, reply_about_experience
from bot.answering.particulars import TOLD_BEFORE, WHOLE, asks_where_office, find_particular, heed_meaning, heed_particulars
from bot.answering.passages import find_answers
from bot.answering.places import (
    CITIZEN,
    OFFICE_AT,
    heed_place,
    heed_presence,
    reply_about_authorization,
    reply_about_countries,
    reply_about_office,
    reply_about_pay,
    reply_about_visa,
    tell_all_remote,
    tell_elsewhere,
    tell_hours,
    tell_location,
)
from bot.answering.reply import (
    ASKS_CONTACT,
    NO,
    NO_TOOLS,
    UNCLEAR,
    YES,
    Reply,
    Subject,
    as_need,
    judge_contract,
    judge_for_good,
    judged,
    quotes_of,
    render_facts,
    reply_plainly,
    say_silent,
    tell_contact,
    tell_recruiter,
    tell_sentence,
    tell_terms_of_pay,
    wants_verdict,
    with_quote,
    with_stack,
)
from bot.answering.verdicts import SURE, asks_for_need
from bot.answering.wanted import WEIGHTS, read_wanted, weigh_word
from bot.domain.answer import Rendered, State
from bot.domain.query import Ask, Form, Query, Verdict, turn
from bot.text.clean import fold, fold_space
from bot.text.document import HEADING, TITLE, Line, Sentence, is_denied
from bot.text.headings import read_line_kind
from bot.text.lexicon import compile_later, pattern_of, read_lexicon
from bot.text.numbers import names_length, names_months
from bot.text.technologies import find_technologies
from bot.text.translations import say_first, say_of
from bot.text.wording import field_of_degree, kind_asked
from bot.text.words import content_stems, english_words, find_subjects, holds_subject, read_stems, read_words, stem
from bot.topics import BY_NAME, OTHER, TOPICS
from bot.topics.authorization import find_who_applies
from bot.topics.company import find_company_sentences, find_role_sentences
from bot.topics.countries import COUNTRIES
from bot.topics.education import names_instead
from bot.topics.employment_type import EmploymentType, asks_what_follows, find_named, find_what_follows, names_for_good, other_hours
from bot.topics.skills import is_among, keys_of_kind
from bot.topics.workplace import names_thing_there


def reply_to(subject: Subject) -> Reply:
    """Return what a posting says to what is asked."""
    subject = _as_free(replace(subject, ask=as_need(subject.ask)))
    is_placed = subject.topic == "authorization" and subject.ask.place and not subject.facts
    words = read_words(subject.ask.words)
    if is_placed and not (any(word.stem == CITIZEN for word in words) or "clearance" in find_subjects(words)):
        is_denied = subject.ask.is_denied and not subject.ask.is_own
        return reply_about_countries(replace(subject, ask=subject.ask.model_copy(update={"topic": COUNTRIES.name, "is_denied": is_denied})))
    contact = (
        _tell_how_hired(subject)
        or _tell_who_applies(subject)
        or (tell_recruiter(subject) or tell_contact(subject) if subject.topic in ASKS_CONTACT else None)
    )
    is_of_time = subject.topic in (OTHER, "company", "employment_type") and asks_what_follows(subject.ask.words)
    course = _tell_what_follows(subject) if is_of_time and "deadline" not in find_subjects(words) else None
    if told := contact or course or (None if subject.topic in _NEVER_BOUND else tell_bound(subject)) or _tell_office(subject):
        return told
    if (kind := kind_asked(subject.ask.words)) in _NEVER_OF_KIND.get(subject.topic, ()):
        runs = {word.stem for word in words if word.text in _WHO_RUNS} if kind == "person" and subject.topic == "company" else set()
        is_silent = bool(runs) and not any(runs & content_stems(fact.quote.text) for fact in subject.facts)
        if told := _tell_of_kind(subject) or (say_silent(subject) if is_silent else None):
            return told
    reply = REPLIES.get(subject.topic, reply_plainly if subject.topic in BY_NAME else reply_freely)(subject)
    if subject.topic == "skills" and not (subject.ask.about or wants_verdict(subject.ask)):
        if (keys := keys_of_kind(subject.ask.words)) and (named := _name_tools(subject, of_kind=keys)):
            return named
        reply = with_stack(subject, reply)
    if reply.state is not State.ANSWERED and subject.ask.words and not subject.ask.about:
        reply = _look_beside_topic(subject) or reply
    is_of_things = subject.ask.about and (reply.state is State.ANSWERED or subject.topic == "experience")
    if not subject.ask.words or subject.topic == OTHER or subject.ask.form is Form.SUMMARY or is_of_things:
        return reply
    reply = heed_place(subject, tell_location(subject, heed_presence(subject, tell_all_remote(subject, reply))))
    return heed_meaning(subject, heed_particulars(subject, reply))


def _tell_how_hired(subject: Subject) -> Reply | None:
    """Tell in which way people elsewhere are hired to who asks how, and not whether they are; None where nothing is said of it."""
    if subject.topic != COUNTRIES.name or not _HOW_HIRED.match(subject.ask.words):
        return None
    way = reply_freely(replace(subject, ask=subject.ask.model_copy(update={"topic": OTHER})))
    return way if way.state is State.ANSWERED else None


def _tell_who_applies(subject: Subject) -> Reply | None:
    """Tell whom a job is open to and what they must hold to who asks who may apply, or else from where; not how one applies."""
    whom = find_who_applies(subject.ask, subject.document) if subject.topic in _WHO_APPLIES else None
    if whom:
        return tell_sentence(subject, *whom)
    ask = subject.ask.model_copy(update={"topic": COUNTRIES.name})
    return reply_about_countries(replace(subject, ask=ask)) if whom is not None and subject.topic == "apply" else None


def _tell_office(subject: Subject) -> Reply | None:
    """Tell of an office at a place that is asked about, and where in the place it is if that is said: "where in Lyon is the office"."""
    if subject.topic != "workplace" or not subject.ask.place:
        return None
    is_at = OFFICE_AT.search(subject.ask.words) is not None
    told = reply_about_office(subject) if is_at or asks_where_office(subject.ask) else None
    return told if is_at or (told and told.state is State.ANSWERED) else None


def _as_free(subject: Subject) -> Subject:
    """Return what is asked of a thing in an office, of what no fact of a company tells, or of insiders, as a free question."""
    ask, named = subject.ask, find_subjects(read_words(subject.ask.words))
    is_of_insiders = "insiders" in named and ask.topic in ("apply", COUNTRIES.name, "company", "authorization")
    is_free = is_of_insiders and pattern_of("insiders_only").search(subject.kept.posting.text) is not None
    is_free |= ask.topic == "education" and "enrolment" in named and not ask.is_own  # who must hold a degree need be no student
    topics = {read_lexicon("subjects")[one].get("topic", OTHER) for one in named}
    is_free |= names_thing_there(ask.words) if ask.topic == "workplace" else ask.topic == "company" and topics in ({OTHER}, {"workplace"})
    return replace(subject, ask=ask.model_copy(update={"topic": OTHER})) if is_free else subject


_HOW_HIRED = compile_later(r"\W*(?:so |and )?how (?:do|does|are|is|would|will)\b.*\b(?:hires?|hired|employs?|employed)\b", re.IGNORECASE)
_WHO_APPLIES = ("apply", COUNTRIES.name, "requirements", "authorization", OTHER)
_NEVER_BOUND = ("preferred", "responsibilities", "workplace", "timezone", "employment_type", "visa")
_NEVER_OF_KIND, _WHO_RUNS = read_lexicon("passages")["never_of_kind"], read_lexicon("passages")["chiefs"]["runs"].split()
"""Kinds of things that what a topic states is not: who asks "how many languages can one study" asks for no degree."""


def _tell_of_kind(subject: Subject) -> Reply | None:
    """Tell the passage that holds a thing of the kind that is asked for, where what the topic states is none: None where there is none."""
    if len(find_subjects(read_words(subject.ask.words))) > (subject.topic != "apply"):
        return None  # each is told, and how to apply has its own: a deadline, an interview
    wanted = read_wanted(subject.ask.model_copy(update={"about": ()}), leave_out=subject.own_stems)
    found = [one for one in find_answers(subject.document, wanted) if one.has_kind and one.coverage >= SURE and one.evidence]
    return judged(render_passages(subject, found), None, subject=subject) if found else None


def _look_beside_topic(subject: Subject) -> Reply | None:
    """Return what a posting says beside a topic on which it states nothing: tools outside of lists, languages, whom one works with."""
    words, named = read_words(subject.ask.words), find_subjects(read_words(subject.ask.words))
    speaks = any(stem(english_words().get(word.text, word.text)) == _LANGUAGE for word in words)
    tell = {"timezone": tell_hours, "workplace": tell_elsewhere, "education": _tell_schooling}.get(subject.topic)
    if tell is not None and ((told := tell(subject)) is not None or tell is _tell_schooling):
        return told
    if subject.topic == "skills" and speaks and not pattern_of("programming").search(subject.ask.words):
        ask = Ask(topic=OTHER, words="which languages")
    elif subject.topic == "skills" and not wants_verdict(subject.ask):
        return _name_tools(subject)
    elif subject.topic == "pay" and not named and (subject.ask.values or not wants_verdict(subject.ask)):  # "do they pay in dollars"
        return tell_terms_of_pay(subject)
    elif subject.topic in ("requirements", "preferred"):
        return _tell_named_fact(subject)
    elif subject.topic == "apply" and any(word.text in read_lexicon("passages")["chiefs"]["words"].split() for word in words):
        ask = Ask(topic=OTHER, words="who would i report to and work closely with")
    elif set(named) not in TOLD_BEFORE and any(read_lexicon("subjects")[one].get("topic") != subject.topic for one in named):
        ask = subject.ask.model_copy(update={"topic": OTHER})
    else:
        return None
    reply = reply_freely(replace(subject, ask=ask))
    return reply if reply.state is State.ANSWERED else None


def _tell_schooling(subject: Subject) -> Reply | None:
    """Tell what is said of schooling where no degree is named: that something else stands in is a no to who asks what is needed."""
    ask = subject.ask.model_copy(update={"topic": OTHER, "words": f"{subject.ask.words} schooling"})
    reply = reply_freely(replace(subject, ask=ask))
    if reply.state is not State.ANSWERED:
        return _tell_field(subject)
    if pattern_of("studying").search(subject.ask.words):
        return _welcome_students(subject, reply)
    is_need = asks_for_need(subject.ask) or pattern_of("asks_for").search(subject.ask.words) is not None
    is_let_off = is_need and wants_verdict(subject.ask) and names_instead(reply.quotes[0].text)
    if not is_let_off and reply.verdict is not YES:
        return reply
    plain = reply_freely(replace(subject, ask=Ask(topic=OTHER, words=ask.words)))  # courses are no degree
    if plain.state is not State.ANSWERED:
        return None
    return judged(plain, turn(NO, is_denied=subject.ask.is_denied) if is_let_off else None, subject=subject)


def _tell_field(subject: Subject) -> Reply | None:
    """Say no to who asks whether a degree in a field is needed, where the field is but welcome: "computer science preferred"."""
    short: dict[str, str] = read_lexicon("education_words")["fields"]["short"]
    field = " ".join(short.get(word, word) for word in field_of_degree(subject.ask.words))
    ask = Ask(topic=OTHER, words=f"is {field} needed", form=Form.YES_NO, is_must=True)
    is_asked = field and asks_for_need(subject.ask) and not (subject.ask.is_own or subject.ask.is_denied)
    told = reply_freely(replace(subject, ask=ask)) if is_asked else None
    return told if told is not None and told.verdict is NO else None


def _welcome_students(subject: Subject, reply: Reply) -> Reply:
    """Say yes to who studies or has just done so where the sentence that is told speaks of them, and not of what they may not."""
    named = pattern_of("studying").search(said := reply.quotes[0].text)
    table = "alone" if pattern_of("alone").search(subject.ask.words) else "must_study" if subject.ask.is_must else "takes"
    is_told = reply.verdict is None and pattern_of(table).search(said) is not None and wants_verdict(subject.ask)
    if not is_told or named is None or is_denied(said, start=named.start(), end=named.end()):
        return reply
    return judged(reply, turn(YES, is_denied=subject.ask.is_denied), subject=subject)


_LANGUAGE, _SHARED, _MOST_LINES = stem("language"), 2, 4  # words that a question must share with a fact's quote; lines


def _tell_named_fact(subject: Subject) -> Reply | None:
    """Tell the fact of another topic that the words name: "is that Pacific time thing a hard rule?"."""
    asked = {word.stem for word in read_words(subject.ask.words) if weigh_word(word) > WEIGHTS.vague} - subject.own_stems
    facts = ((topic.name, fact) for topic in TOPICS if not topic.many for fact in topic.facts_in(subject.kept.posting))
    shared = [(len(asked & {word.stem for word in read_words(fact.quote.text)}), name) for name, fact in facts]
    most, name = max(shared, default=(0, ""))
    return reply_plainly(replace(subject, ask=subject.ask.model_copy(update={"topic": name}))) if most >= _SHARED else None


def _name_tools(subject: Subject, *, of_kind: frozenset[str] | None = None) -> Reply | None:
    """Name the tools of lines that are no items of a list, in those lines; or those of a kind, in all lines."""
    every = ((line, read_line_kind(line) not in NO_TOOLS or "stack" in fold(line.text)) for line in subject.document.statements)
    lines = (line for line, is_of_tools in every if is_of_tools or of_kind is not None)
    found = ((found.name, line.quote()) for line in lines for found in find_technologies(line.text) if is_among(found.name, of_kind))
    named = dict(reversed([*found]))  # each with the first line that names it
    if not named:
        return None
    quotes = tuple(dict.fromkeys(reversed(named.values())))[: _MOST_LINES if of_kind is None else None]
    names = ", ".join(name for name, quote in reversed(named.items()) if quote in quotes)
    told = subject.say("Named in the posting: {names}.", names=names)
    return Reply(State.ANSWERED, Rendered(sentence=told, items=tuple(fold_space(quote.text) for quote in quotes)), quotes)


# The kind of contract, also where only a word of the title or the text tells it.


def tell_length(subject: Subject) -> Reply:
    """Tell for how long a contract is; where no sentence says so, the title or heading that does: "6-month internship"."""
    reply = reply_freely(subject)
    if reply.state is State.ANSWERED and any(names_length(one.text) and pattern_of("lasting").search(one.text) for one in reply.quotes):
        told = [one for one in (reply.rendered.sentence, *reply.rendered.items) if names_length(one)]  # "weekly lunches" are no weeks
        return replace(reply, rendered=Rendered(sentence=told[0], items=tuple(told[1:]))) if told else reply
    sentences = (one for one in subject.document.sentences() if names_length(one.text) and pattern_of("lasting").search(one.text))
    titles = (line.quote() for line in subject.document.lines if line.kind in (TITLE, HEADING) and names_length(line.text))
    found = next(chain((one.quote for one in sentences if holds_subject(one.text, "contract_length")), titles), None)
    return say_silent(subject) if found is None else Reply(State.ANSWERED, Rendered(sentence=fold_space(found.text)), (found,))


def reply_about_contract(subject: Subject) -> Reply:
    """Tell the kind of contract; where another one is asked about, or how long it is, with the line or title that speaks of it."""
    is_of_length = "contract_length" in find_subjects(read_words(subject.ask.words))
    if is_of_length and (told := tell_length(subject)).state is State.ANSWERED:
        return told
    if names_for_good(subject.ask.words) and subject.ask.form is not Form.WHICH:
        return _reply_about_length(subject)
    reply = reply_plainly(subject)
    line, beside = _find_contract(subject), _tell_named_contract(subject, reply)
    if beside is not None or (is_of_length and not (line and names_for_good(line.text))):
        return beside or (render_facts(subject, subject.facts) if subject.facts else say_silent(subject))
    if reply.state is State.ANSWERED and reply.verdict is not UNCLEAR and subject.ask.form is not Form.WHICH:
        is_asked = subject.ask.form is Form.WHAT and not wants_verdict(subject.ask) and line is not None and line.label is not None
        return with_quote(reply, line.quote()) if is_asked and line is not None else reply
    if line is None:
        return reply
    told = Reply(State.ANSWERED, Rendered(sentence=fold_space(line.text)), (line.quote(),))
    is_asked = subject.ask.form is not Form.WHAT or wants_verdict(subject.ask)
    return judged(told, judge_contract(subject.ask, line.text) if is_asked else None, subject=subject)


def _tell_what_follows(subject: Subject) -> Reply:
    """Tell the sentence that says what work for a time becomes afterwards or whether it goes on, or that none does."""
    if (found := find_what_follows(subject.ask.words, subject.document)) is None:
        return Reply(State.NOT_STATED, Rendered(sentence=subject.say("The posting does not say.")))
    return tell_sentence(subject, found[0], verdict=turn(found[1], is_denied=subject.ask.is_denied) if wants_verdict(subject.ask) else None)


def _tell_named_contract(subject: Subject, reply: Reply) -> Reply | None:
    """Tell the sentence that names a kind of contract that is asked about and not stated; in "what kind of contract" none is."""
    if subject.ask.form is Form.WHAT and not wants_verdict(subject.ask):
        return None
    asked = [value for value in subject.ask.values if not any(fact.value == value for fact in subject.facts)]
    is_hours_known = any(other_hours([fact.value]) for fact in subject.facts)
    others = () if is_hours_known or subject.ask.form is not Form.YES_NO else other_hours(asked)
    for value, sentence in ((value, one) for value in (*asked, *others) for one in subject.document.sentences()):
        named = find_named(value).search(sentence.text)
        is_of_tools = value in others and read_line_kind(sentence.line) in NO_TOOLS
        if not named or is_of_tools or pattern_of("other_contracts").search(sentence.text):
            continue
        is_stated = not is_denied(sentence.text, start=named.start(), end=named.end())
        if is_stated or value not in others:
            return _tell_beside(subject, reply, sentence, holds=is_stated and value not in others)
    return None


def _find_contract(subject: Subject) -> Line | None:
    """Return the line that tells the kind of contract, one labelled so first; the company may have freelancers beside."""
    lines = [line for line in subject.document.lines if holds_subject(line.text, "contract_kind")]
    own = [line for line in lines if read_line_kind(line) not in NO_TOOLS and not pattern_of("other_contracts").search(line.text)]
    return next((line for line in own if line.label and stem("contract") in read_stems(line.label)), next(iter(own or lines), None))


def _reply_about_length(subject: Subject) -> Reply:
    """Say whether a contract is for good by the line that says so, else by the kind of contract, of which full time is none."""
    stated, quotes = (render_facts(subject, subject.facts) if subject.facts else None), quotes_of(subject.facts)
    sentences = [one for one in subject.document.sentences() if holds_subject(one.text, "contract_kind") or one.quote in quotes]
    own = [(one, judge_contract(subject.ask, one.text)) for one in sentences if not pattern_of("other_contracts").search(one.text)]
    perhaps = next((one for one in sentences if names_for_good(one.text)), None)
    sentence, verdict = next((pair for pair in own if pair[1] is not None), (perhaps, UNCLEAR))
    if sentence is None or verdict is UNCLEAR:
        timed = _find_timed(subject)
        sentence, verdict = (timed, turn(judge_for_good(subject.ask), is_denied=subject.ask.is_denied)) if timed else (sentence, verdict)
    if sentence is None:
        return stated or say_silent(subject)
    rendered = Rendered(sentence=fold_space(sentence.text), items=(stated.rendered.sentence,) if stated else ())
    return judged(Reply(State.ANSWERED, rendered, (sentence.quote,)), verdict, subject=subject)


def _find_timed(subject: Subject) -> Sentence | None:
    """Return the sentence that says for how many months it is, or that states a contract or work for a time."""
    labelled = (line for line in subject.document.statements if line.label and holds_subject(line.label, "contract_length"))
    if (length := next((line.sentences[0] for line in labelled if line.sentences and names_months(line.text)), None)) is not None:
        return length
    quotes = [fact.quote for fact in subject.facts if fact.value in (EmploymentType.CONTRACT, EmploymentType.TEMPORARY)]
    return next((one for one in subject.document.sentences() if one.quote in quotes), None)


def _tell_beside(subject: Subject, reply: Reply, sentence: Sentence, *, holds: bool) -> Reply:
    """Tell the sentence that names the kind of contract asked about, with the yes or no that it comes to, and what else is stated."""
    verdict = turn(Verdict.told(holds=holds), is_denied=subject.ask.is_denied) if subject.ask.form is Form.YES_NO else None
    stated = render_facts(subject, subject.facts) if subject.facts else None
    items = (stated.rendered.sentence,) if stated else ()
    told = Reply(State.ANSWERED, Rendered(sentence=fold_space(sentence.text), items=items), (sentence.quote, *reply.quotes))
    return judged(told, verdict, subject=subject)


# A summary: who, what, the facts that people ask for first, and what is not said.

_MOST_ABOUT, _MOST_NAMED = 2, 8


def summarise(subject: Subject) -> Reply:
    """Tell the company and the role in the posting's sentences, the facts that matter most, and what is not said; or what is named."""
    posting = subject.kept.posting
    if (best := find_particular(subject, is_silent=True)) is not None and best.shared >= WHOLE:
        return render_passages(subject, [best])
    about = (*find_company_sentences(subject.document, most=_MOST_ABOUT), *find_role_sentences(subject.document)[:1])
    stated = [(topic, topic.facts_in(posting)) for topic in TOPICS if topic.at_a_glance]
    facts = [
        say_of(subject.say(topic.label), say_first([words], len(found) - _MOST_NAMED, locale=subject.locale), locale=subject.locale)
        for topic, found in stated
        if found
        for told in (topic.render_in(subject.locale, found[:_MOST_NAMED]),)
        for words in (" ".join([told.sentence, ", ".join(told.items)]).strip(),)
    ]
    silent = ", ".join(subject.say(topic.label) for topic, found in stated if not found)
    ending = (subject.say("Not stated: {topics}.", topics=silent),) if silent else ()
    name, company = posting.title or posting.company or posting.source, posting.company if posting.title else None
    sentence = subject.say("{title} at {company}:", title=name, company=company) if company else f"{name}:"
    items = (*dict.fromkeys(fold_space(quote.text) for quote in about), *facts, *ending)
    quotes = (*dict.fromkeys(about), *(found[0].quote for _, found in stated if found))
    return Reply(State.ANSWERED, Rendered(sentence=sentence, items=items), quotes, topic="company")


def reply_about_company(subject: Subject) -> Reply:
    """Tell what the posting says about the company; where no sentence is plainly about it, how its text begins."""
    if subject.ask.form is Form.SUMMARY:
        return summarise(subject)
    is_counted = kind_asked(subject.ask.words) in ("figure", "count", "date", "address")
    is_particular = (subject.ask.form is Form.YES_NO or is_counted) and not narrowing_subjects(subject)
    if is_particular and ((told := reply_freely(subject)).verdict is not None or told.state is not State.ANSWERED or not subject.facts):
        return told  # it asks for something that is there or not, and for nothing else of the company
    if subject.facts or subject.ask.about or narrowing_subjects(subject):
        return reply_about_details(subject)
    quotes = find_company_sentences(subject.document, most=3)
    if not quotes:
        return say_silent(subject)
    items = tuple(fold_space(quote.text) for quote in quotes)
    return Reply(State.ANSWERED, Rendered(sentence=subject.say("What the posting says about the company:"), items=items), tuple(quotes))


REPLIES: dict[str, Callable[[Subject], Reply]] = {
    "pay": reply_about_pay,
    "countries": reply_about_countries,
    "visa": reply_about_visa,
    "authorization": reply_about_authorization,
    "requirements": reply_about_details,
    "preferred": reply_about_details,
    "responsibilities": reply_about_duties,
    "benefits": reply_about_details,
    "skills": reply_about_details,
    "employment_type": reply_about_contract,
    "education": reply_about_education,
    "experience": reply_about_experience,
    "apply": reply_about_details,
    "company": reply_about_company,
    OTHER: reply_freely,
}

READS_TEXT = frozenset(REPLIES) - {"pay"}
"""Topics whose replies may read the posting's text again, as all may where words are given: some milliseconds of work, for a thread."""


def topics_read(query: Query) -> frozenset[str] | None:
    """Return the topics whose facts tell what a command asks; None where it is asked in words, which anything may answer."""
    if any(ask.words or ask.about or not ask.topic for ask in query.asks) or not query.asks or query.form is Form.SUMMARY:
        return None
    return frozenset(topic for ask in query.asks for topic in (ask.topic, COUNTRIES.name if ask.place else None) if topic)
