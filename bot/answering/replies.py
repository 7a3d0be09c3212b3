"""
What one posting says to one thing that is asked.

REPLIES is the one table; a topic that is not in it is told as its file says, after a yes or no where that is asked for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any

from bot.answering.passages import Passage, find_answers, find_subjects, holds_subject, is_boilerplate, read_wanted
from bot.answering.verdicts import NO, UNCLEAR, YES, judge_place, wants_verdict
from bot.domain.answer import State, Telling
from bot.domain.facts import Eligible, Fact, Pay, Quote, Scope
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Place, Verdict, turn
from bot.parsing.parse import read_document
from bot.questions.topic import OTHER
from bot.text.clean import fold, fold_space
from bot.text.document import HEADING, PROSE, Document, Line
from bot.text.gazetteer import name_country
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import one_of, read_lexicon
from bot.text.places import find_places
from bot.text.sentences import is_denied
from bot.text.translations import say
from bot.text.words import read_words
from bot.topics import BY_NAME
from bot.topics.countries import COUNTRIES, name_area
from bot.topics.pay import PAY, judge_pay


@lru_cache(maxsize=128)
def _read_again(text: str) -> Document:
    """Read a posting's text; those asked about last are remembered."""
    return read_document(text)


@dataclass(frozen=True)
class Subject:
    """One posting, and one thing that is asked of it."""

    kept: KeptPosting
    ask: Ask
    locale: str = "en"
    """In whose words it is told, with numbers and countries as it writes them."""

    @property
    def topic(self) -> str:
        """The topic that is asked about."""
        return self.ask.topic or OTHER

    @property
    def facts(self) -> tuple[Fact[Any], ...]:
        """What the posting states on the topic."""
        facts = BY_NAME[self.topic].facts_in(self.kept.posting) if self.topic in BY_NAME else ()
        return tuple(fact for fact in facts if not is_boilerplate(str(fact.value))) if self.topic == "apply" else facts

    @cached_property
    def document(self) -> Document:
        """The posting's text, read again into lines."""
        return _read_again(self.kept.posting.text)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The words of the company's name and the title: every question may name them."""
        posting = self.kept.posting
        return frozenset(word.stem for text in (posting.company, posting.title) for word in read_words(text or ""))

    def say(self, message: str, **values: object) -> str:
        """Return a fixed sentence in the asker's words."""
        return say(message, self.locale, **values)


@dataclass(frozen=True)
class Reply:
    """What one posting says to one thing."""

    state: State
    telling: Telling
    quotes: tuple[Quote, ...] = ()
    topic: str | None = None
    """Where it is not the one that was asked for."""

    verdict: Verdict | None = None
    eligible: Eligible | None = None


VERDICT_WORDS = {YES: "Yes", NO: "No", UNCLEAR: "Unclear"}
MOST_QUOTES = 12
"""Lists are told whole; of their quotes so many are given."""


def reply_to(subject: Subject) -> Reply:
    """Return what a posting says to what is asked."""
    return REPLIES.get(subject.topic, reply_plainly)(subject)


def judged(reply: Reply, verdict: Verdict | None, subject: Subject) -> Reply:
    """Return the reply with a yes or no before it, if there is one and the posting says anything."""
    if verdict is None or reply.state is not State.ANSWERED:
        return reply
    sentence = f"{subject.say(VERDICT_WORDS[verdict])}. {reply.telling.sentence}"
    return replace(reply, telling=reply.telling.model_copy(update={"sentence": sentence}), verdict=verdict)


def quotes_of(facts: Sequence[Fact[Any]]) -> tuple[Quote, ...]:
    """Return the quotes behind facts, each once."""
    return tuple(dict.fromkeys(fact.quote for fact in facts))[:MOST_QUOTES]


def tell_facts(subject: Subject, facts: Sequence[Fact[Any]]) -> Reply:
    """Tell facts on the topic that is asked about."""
    return Reply(State.ANSWERED, BY_NAME[subject.topic].tell_in(subject.locale, facts), quotes_of(facts))


def say_silent(subject: Subject) -> Reply:
    """Say that the posting does not say."""
    silence = BY_NAME[subject.topic].silence if subject.topic in BY_NAME else "The posting does not say."
    return Reply(State.NOT_STATED, Telling(sentence=subject.say(silence)))


def reply_plainly(subject: Subject) -> Reply:
    """Tell all that the posting states on a topic, after yes or no where that is asked for, or that it does not say."""
    facts = subject.facts
    if not facts:
        return say_silent(subject)
    judge = BY_NAME[subject.topic].judge
    verdict = judge(subject.ask, facts) if judge and wants_verdict(subject.ask) else None
    return judged(tell_facts(subject, facts), verdict, subject)


# Pay: the statements that hold where, for whom, or in the currency that is asked about; never those of elsewhere.

_ELSEWHERE = frozenset({"other", "remain", "els", "elsewher", "rest"})


def reply_about_pay(subject: Subject) -> Reply:
    """Tell the statements that hold at the place, level or currency asked about; where none does, that there is no figure for it."""
    facts = PAY.facts_in(subject.kept.posting)
    if not facts:
        return say_silent(subject)
    asked = [value for value in subject.ask.values if len(value) == 3 and value.isupper()]  # noqa: PLR2004 -- ISO 4217
    if asked and not any(fact.value.currency in asked for fact in facts):
        return _say_no_figure(subject, facts, ", ".join(asked))
    facts = tuple(fact for fact in facts if not asked or fact.value.currency in asked)
    here = _holding_at(facts, subject.ask.place) if subject.ask.place else _for_level(facts, subject)
    if not here:
        return _say_no_figure(subject, facts, _name_place(subject))
    return judged(tell_facts(subject, here), judge_pay(subject.ask, here), subject)


def _say_no_figure(subject: Subject, facts: Sequence[Fact[Pay]], wanted: str) -> Reply:
    """Say for where the figures hold that the posting gives, with what it says of other places."""
    held = ", ".join(dict.fromkeys(fact.value.where or fact.value.currency for fact in facts))
    sentence = subject.say("The posting gives no figure for {place}; what it states holds for {where}.", place=wanted, where=held)
    pattern = re.compile(rf"\b(?:{one_of(read_lexicon('passages')['elsewhere']['words'])})\b", re.IGNORECASE)
    money = re.compile(r"\b(?:pay|salary|salaries|compensation|paid)\b", re.IGNORECASE)
    lines = [sentence for sentence in subject.document.sentences() if pattern.search(sentence.text) and money.search(sentence.text)]
    items = tuple(fold_space(line.text) for line in lines[:1])
    return Reply(State.ANSWERED, Telling(sentence=sentence, items=items), (*(line.quote for line in lines[:1]), *quotes_of(facts)))


def _holding_at(facts: Sequence[Fact[Pay]], place: Place) -> tuple[Fact[Pay], ...]:
    """
    Return the statements that hold at a place.

    Those that name it go first, then those for "all other" places of its country, then those that name no place at all.
    """
    placed = [(fact, find_places(fact.value.where or "")) for fact in facts]
    city = fold(place.city or "")
    if city and (there := tuple(fact for fact in facts if city in fold(fact.value.where or ""))):
        return there
    if place.state and (there := tuple(fact for fact, named in placed if any(one.us_state == place.state for one in named))):
        return there
    if place.state and (there := tuple(fact for fact in facts if _ELSEWHERE & {word.stem for word in read_words(fact.value.where or "")})):
        return there
    whole = tuple(fact for fact, named in placed if any(place.country in one.countries and not one.us_state for one in named))
    if whole:
        return whole
    if not place.state and (within := tuple(fact for fact, named in placed if any(place.country in one.countries for one in named))):
        return within
    return tuple(fact for fact, named in placed if not named and not (place.country not in (None, "US") and _is_of_states(facts)))


def _is_of_states(facts: Sequence[Fact[Pay]]) -> bool:
    """Tell whether the statements are for parts of the USA, so that "all other states" is no other country."""
    return any(one.us_state for fact in facts for one in find_places(fact.value.where or ""))


def _for_level(facts: Sequence[Fact[Pay]], subject: Subject) -> tuple[Fact[Pay], ...]:
    """Return the statements for the level or team that is asked about; all of them where none is named."""
    if len(facts) == 1:
        return tuple(facts)
    words = {word.stem for word in read_words(f"{subject.ask.words} {' '.join(subject.ask.about)}")} - subject.own_stems
    scored = [(len(words & {word.stem for word in read_words(fact.value.where or "")}), fact) for fact in facts]
    best = max(score for score, _ in scored)
    return tuple(fact for score, fact in scored if score == best)


def _name_place(subject: Subject) -> str:
    """Return what the reader calls the place that is asked about."""
    place = subject.ask.place
    if place is None:
        return subject.ask.words
    if place.city or place.state or not (place.country or place.area):
        return place.typed[:1].upper() + place.typed[1:]
    return name_country(place.country, subject.locale) if place.country else name_area(place.area or next(iter(())), subject.locale)


# Where one may work from, and whether somebody at a place may apply.

_SHORT_LIST = 8
"""Countries that are named in full beside a yes."""


def reply_about_countries(subject: Subject) -> Reply:
    """Tell yes, no or not stated for the place that is asked about; without one, where the posting hires."""
    facts, ask = COUNTRIES.facts_in(subject.kept.posting), subject.ask
    if ask.place is None:
        return reply_plainly(subject)
    verdict = judge_place(ask, facts, subject.document)
    is_own = not (ask.is_only or ask.is_must or ask.is_denied)
    eligible = Eligible(verdict.value) if verdict and is_own else None
    if not facts or verdict is None:
        sentence = subject.say("The posting does not say whether one may apply from {place}.", place=_name_place(subject))
        return Reply(State.NOT_STATED, Telling(sentence=sentence), eligible=eligible, verdict=UNCLEAR)
    listed = tell_facts(subject, facts)
    if verdict is UNCLEAR and is_own:
        sentence = subject.say("The posting does not say whether one may apply from {place}.", place=_name_place(subject))
        telling = Telling(sentence=f"{sentence} {listed.telling.sentence}", items=listed.telling.items)
        return Reply(State.NOT_STATED, telling, quotes_of(facts), eligible=eligible, verdict=verdict)
    if not is_own:
        return judged(listed, verdict, subject)
    return Reply(State.ANSWERED, _tell_place(subject, listed.telling, verdict=verdict), listed.quotes, eligible=eligible, verdict=verdict)


def _tell_place(subject: Subject, listed: Telling, *, verdict: Verdict) -> Telling:
    """Say yes or no first, then what the posting lists; a long list only counts beside a yes."""
    name, stated = _name_place(subject), COUNTRIES.facts_in(subject.kept.posting)[0].value
    if verdict is NO:
        return Telling(sentence=f"{subject.say('No, not from {place}.', place=name)} {listed.sentence}", items=listed.items)
    yes = subject.say("Yes, from {place}.", place=name)
    if stated.scope is Scope.LISTED and len(stated.countries) > _SHORT_LIST:
        return Telling(
            sentence=f"{yes} {subject.say('It is one of the {number} countries that the posting lists.', number=len(stated.countries))}"
        )
    return Telling(sentence=f"{yes} {listed.sentence}")


# Something in particular: "is there parental leave?", "do I need Kubernetes?", "TensorFlow or JAX?".

LISTS = ("requirements", "preferred", "responsibilities", "benefits")
STANDING: dict[str | None, str] = {
    "requirements": "Among the requirements: {names}.",
    "preferred": "Named as nice to have: {names}.",
    "responsibilities": "Among the responsibilities: {names}.",
    "benefits": "Among the benefits: {names}.",
    None: "Named in the posting: {names}.",
}
"""Where a line stands, in words."""

_WHERE_TO_LOOK: dict[str, tuple[str, ...]] = {
    "requirements": ("requirements", "preferred"),
    "preferred": ("requirements", "preferred"),
    "skills": ("requirements", "preferred"),
    "responsibilities": ("responsibilities",),
    "benefits": ("benefits",),
}
"""Lists whose lines are preferred where a topic is asked about."""


def reply_about_details(subject: Subject) -> Reply:
    """
    Answer what is asked about in particular with the lines that speak of it, or that the posting does not; all else with the whole topic.

    A line answers under the list that it stands in: a question whether Python is a must may find it among what is nice to have.
    """
    ask = subject.ask
    if not ask.about and not _narrowing_subjects(subject):
        return reply_plainly(subject)
    if ask.about and (named := _lines_naming(subject)):
        return _tell_named(subject, named)
    wanted = read_wanted(ask, leave_out=subject.own_stems)
    favoured = [line for line in subject.document.body if list_of(subject.kept, line.text) in _WHERE_TO_LOOK.get(subject.topic, ())]
    passages = find_answers(subject.document, wanted, favoured=favoured)
    if not passages:
        return _say_not_mentioned(subject)
    topic = list_of(subject.kept, passages[0].sentence.line.text) if subject.topic in LISTS else None
    told = _tell_passages(passages)
    if topic and topic != subject.topic:
        sentence = f"{subject.say(BY_NAME[topic].label)}: {told.telling.sentence}"
        told = replace(told, telling=told.telling.model_copy(update={"sentence": sentence}), topic=topic)
    return judged(told, judge_passage(subject, passages[0], topic), subject)


def _narrowing_subjects(subject: Subject) -> tuple[str, ...]:
    """Return the subjects of this topic that the words name: "vacation" of the benefits."""
    named = find_subjects(read_words(subject.ask.words))
    return tuple(name for name in named if read_lexicon("subjects")[name].get("topic") == subject.topic)


def _say_not_mentioned(subject: Subject) -> Reply:
    names = subject.ask.about or tuple(name.replace("_", " ") for name in _narrowing_subjects(subject))
    if not names:
        return say_silent(subject)
    return Reply(State.NOT_STATED, Telling(sentence=subject.say("The posting does not mention {names}.", names=", ".join(names))))


def list_of(kept: KeptPosting, text: str) -> str | None:
    """Return the list that a line is an item of."""
    words = fold(text)
    for name in LISTS:
        if any(fold(str(fact.value)) in words or words in fold(str(fact.value)) for fact in BY_NAME[name].facts_in(kept.posting)):
            return name
    return None


@dataclass(frozen=True)
class _Named:
    """A thing that is asked about, a line that names it, and the list that the line stands in."""

    thing: str
    spelt: str
    """As the line spells it."""

    line: Line
    start: int
    listed: str | None


def _lines_naming(subject: Subject) -> list[_Named]:
    """Return the lines that name what is asked about, those of the lists first, in their order."""
    found = [named for thing in subject.ask.about for line in subject.document.body if (named := _find_named(subject, thing, line))]
    order = {name: place for place, name in enumerate((*LISTS, None))}
    return sorted(found, key=lambda named: order[named.listed])


def _find_named(subject: Subject, thing: str, line: Line) -> _Named | None:
    if line.kind is HEADING:
        return None
    match = name_pattern(thing).search(line.text)
    return None if match is None else _Named(thing, match[0], line, match.start(), list_of(subject.kept, line.text))


@lru_cache(maxsize=512)
def name_pattern(thing: str) -> re.Pattern[str]:
    """Return what finds a thing by its name or another name of it, whatever stands between its words."""
    synonyms = read_lexicon("synonyms").get(fold(thing), "").split() if fold(thing) in _SHORT_NAMES else []
    names = [r"[\s.-]?".join(map(re.escape, re.split(r"[\s.-]+", name))) for name in (thing, *synonyms) if name.strip()]
    return re.compile(rf"(?<![\w])(?:{'|'.join(names)})s?(?![\w+#])", re.IGNORECASE)


_SHORT_NAMES = frozenset({"k8s", "kubernetes", "js", "javascript", "ts", "typescript", "postgres", "postgresql", "mongo", "golang"})
"""Technologies whose synonyms are other names of the same."""


def _tell_named(subject: Subject, named: Sequence[_Named]) -> Reply:
    """Say where the things are named, in their lines, and which are not."""
    things = list(dict.fromkeys(one.thing for one in named))
    missing = [thing for thing in subject.ask.about if thing not in things]
    shown = [next(one for one in named if one.thing == thing) for thing in things]
    lines = list(dict.fromkeys(id(one.line) for one in (*shown, *named)))[:_MOST_LINES]
    told = [next(one.line for one in named if id(one.line) == number) for number in lines]
    spelt = [say(STANDING[one.listed], subject.locale, names=one.spelt) for one in shown]
    if len({one.listed for one in shown}) == 1:
        spelt = [say(STANDING[shown[0].listed], subject.locale, names=", ".join(one.spelt for one in shown))]
    if missing:
        spelt.append(subject.say("The posting does not mention {names}.", names=", ".join(missing)))
    topic = shown[0].listed if subject.topic in LISTS else None
    telling = Telling(sentence=" ".join(spelt), items=tuple(fold_space(line.text) for line in told))
    reply = Reply(State.ANSWERED, telling, tuple(line.quote() for line in told), topic=topic)
    return judged(reply, judge_named(subject.ask, named, missing=missing), subject)


_MOST_LINES = 4


def judge_named(ask: Ask, named: Sequence[_Named], *, missing: Sequence[str]) -> Verdict | None:
    """
    Say whether what is named is needed, enough, or simply there.

    Needed is what the requirements name without a choice; one of a choice is not needed, but enough. What is named as nice to have,
    or as not required, is not needed.
    """
    if ask.form is Form.WHICH or (not wants_verdict(ask) and not ask.is_own):
        return None
    if ask.is_own:
        return YES if not missing or any(_is_choice(one) for one in named) else UNCLEAR
    if any(is_denied(one.line.text, start=one.start, end=one.start + len(one.spelt), reach=30) for one in named[:1]):
        return turn(NO, is_denied=ask.is_denied)
    if not (ask.is_must or ask.topic == "requirements"):
        return None if missing else turn(YES, is_denied=ask.is_denied)
    required = [one for one in named if one.listed == "requirements" and not _optional().search(one.line.text)]
    if any(not _is_choice(one) for one in required):
        return turn(YES, is_denied=ask.is_denied)
    is_optional = any(one.listed in {"requirements", "preferred"} for one in named)
    return turn(NO if is_optional else UNCLEAR, is_denied=ask.is_denied)


@cache
def _optional() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['optional']['words'])})", re.IGNORECASE)


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['forbidden']['words'])})", re.IGNORECASE)


_REACH = 40


def _is_choice(named: _Named) -> bool:
    """Tell whether a thing is named as one of several that would do."""
    text = named.line.text
    around = text[max(0, named.start - _REACH) : named.start + len(named.spelt) + _REACH]
    return any(sign in f" {around} ".lower() for sign in read_lexicon("passages")["either"]["words"])


# A free question: the passage that answers, or that the posting does not say.

_MOST_NAMING_WORDS = 5
_SECTION_LENGTHS = range(2, 13)
"""So many lines under one heading are told as a list: the steps of an interview."""

_LISTED_SUBJECTS = frozenset({"interview", "first_months"})
"""Subjects that postings give a part of their own, whose lines answer together."""

_SURE = 0.6
"""The share of a question that a passage must hold for a yes."""


def reply_freely(subject: Subject) -> Reply:
    """Quote the part or the passages that answer best, in the posting's words, or say that it does not say."""
    wanted = read_wanted(subject.ask, leave_out=subject.own_stems)
    passages = find_answers(subject.document, wanted)
    named = [name for name in wanted.subjects if name in _LISTED_SUBJECTS]
    if named and not (passages and passages[0].is_particular and not wanted.wants_figure) and (lines := _lines_of_part(subject, named)):
        told = tuple(fold_space(line.text) for line in lines)
        return Reply(State.ANSWERED, Telling(sentence=f"{lines[0].heading}:", items=told), tuple(line.quote() for line in lines))
    if not passages:
        return say_silent(subject)
    told_passages = _tell_passages(passages)
    if (below := _line_below(subject, passages[0])) is not None:
        items = (fold_space(below.text), *told_passages.telling.items)
        telling = told_passages.telling.model_copy(update={"items": items})
        told_passages = replace(told_passages, telling=telling, quotes=(*told_passages.quotes, below.quote()))
    return judged(told_passages, judge_passage(subject, passages[0], None), subject)


def _tell_passages(passages: Sequence[Passage]) -> Reply:
    first, *others = dict.fromkeys(fold_space(passage.sentence.text) for passage in passages)
    return Reply(State.ANSWERED, Telling(sentence=first, items=tuple(others)), tuple(map(_whole_line, passages)))


def _whole_line(passage: Passage) -> Quote:
    """Return the sentence's quote; a bullet is quoted whole."""
    line = passage.sentence.line
    return passage.sentence.quote if len(line.sentences) > 2 else line.quote()  # noqa: PLR2004


def judge_passage(subject: Subject, passage: Passage, listed: str | None) -> Verdict | None:
    """Say yes where a passage holds what is asked, no where it denies or forbids it or says that it need not be; else nothing."""
    ask, text = subject.ask, passage.sentence.text
    if not wants_verdict(ask) or passage.coverage < _SURE:
        return None
    terms = {
        part for term in read_wanted(ask, leave_out=subject.own_stems).terms for wording in (*term.own, *term.others) for part in wording
    }
    held = next((word for word in read_words(text) if word.stem in terms), None)
    is_refused = held is not None and is_denied(text, start=held.start, end=held.end, reach=30)
    if is_refused or _forbidden().search(text):
        return turn(NO, is_denied=ask.is_denied)
    if (ask.is_must or ask.topic == "requirements") and (_optional().search(text) or listed == "preferred"):
        return turn(NO, is_denied=ask.is_denied)
    return turn(YES, is_denied=ask.is_denied)


def _line_below(subject: Subject, passage: Passage) -> Line | None:
    """Return the line below one that only names what follows: "Take-home challenge"."""
    line = passage.sentence.line
    if len(line.text.split()) > _MOST_NAMING_WORDS:
        return None
    below = next((other for here, other in pairwise(subject.document.body) if here is line), None)
    return below if below is not None and below.kind is not HEADING and len(below.text) > len(line.text) else None


def _lines_of_part(subject: Subject, named: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines under the heading that names the subject."""
    lines = tuple(line for line in subject.document.statements if any(holds_subject(line.heading or "", name) for name in named))
    return lines if len(lines) in _SECTION_LENGTHS and len({line.headings for line in lines}) == 1 else ()


_YEARS = re.compile(r"\b(?:years?|yrs?|jahre?n?|años|ans|anos|experience)\b", re.IGNORECASE)


def reply_about_experience(subject: Subject) -> Reply:
    """Tell the years; where something in particular is asked about, the line that speaks of experience with it."""
    reply = reply_plainly(subject)
    if not subject.ask.about:
        return reply
    wanted = read_wanted(subject.ask, leave_out=subject.own_stems)
    passages = [passage for passage in find_answers(subject.document, wanted) if _YEARS.search(passage.sentence.text)]
    if not passages:
        return reply
    told = _tell_passages(passages)
    if subject.ask.years is None:
        return judged(told, judge_passage(subject, passages[0], None), subject)
    items = (told.telling.sentence, *told.telling.items)
    telling = reply.telling.model_copy(update={"items": items}) if reply.state is State.ANSWERED else told.telling
    return replace(told, telling=telling, quotes=(*told.quotes, *reply.quotes), verdict=reply.verdict)


# A summary: who, what, the facts that people ask for first, and what is not said.

_AT_A_GLANCE = ("pay", "countries", "workplace", "employment_type", "experience", "education", "skills", "visa")
_MOST_ABOUT = 2
_MOST_NAMED = 8
_LEAST_LETTERS = 60


def summarise(subject: Subject) -> Reply:
    """Tell the company and the role in the posting's own sentences, then the facts that matter most, then what it does not say."""
    posting = subject.kept.posting
    about = (*_company_sentences(subject)[:_MOST_ABOUT], *_role_sentences(subject)[:1])
    stated = [(BY_NAME[name], BY_NAME[name].facts_in(posting)) for name in _AT_A_GLANCE]
    facts = [
        f"{subject.say(topic.label)}: {' '.join([told.sentence, ', '.join(told.items)]).strip()}"
        for topic, found in stated
        if found
        for told in (topic.tell_in(subject.locale, found[:_MOST_NAMED]),)
    ]
    silent = ", ".join(subject.say(topic.label) for topic, found in stated if not found)
    ending = (subject.say("Not stated: {topics}.", topics=silent),) if silent else ()
    name = posting.title or posting.source
    sentence = subject.say("{title} at {company}:", title=name, company=posting.company) if posting.company else f"{name}:"
    items = (*dict.fromkeys(fold_space(quote.text) for quote in about), *facts, *ending)
    quotes = (*dict.fromkeys(about), *(found[0].quote for _, found in stated if found))
    return Reply(State.ANSWERED, Telling(sentence=sentence, items=items), quotes, topic="company")


def reply_about_company(subject: Subject) -> Reply:
    """Tell what the posting says about the company; where no sentence is plainly about it, how its text begins."""
    if subject.ask.form is Form.SUMMARY:
        return summarise(subject)
    if subject.facts or subject.ask.about or _narrowing_subjects(subject):
        return reply_about_details(subject)
    quotes = _company_sentences(subject)[:3]
    if not quotes:
        return say_silent(subject)
    telling = Telling(
        sentence=subject.say("What the posting says about the company:"), items=tuple(fold_space(quote.text) for quote in quotes)
    )
    return Reply(State.ANSWERED, telling, tuple(quotes))


def _company_sentences(subject: Subject) -> list[Quote]:
    """Return the sentences about the company; where none is plainly about it, those that name it first, then how the text begins."""
    posting = subject.kept.posting
    if facts := BY_NAME["company"].facts_in(posting):
        return [fact.quote for fact in facts]
    kinds = {SectionKind.COMPANY, SectionKind.ROLE, None}
    found = [quote for line in subject.document.body if read_line_kind(line) in kinds for quote in _prose_of(line)]
    name = (posting.company or "?").casefold()
    return sorted(found, key=lambda quote: not quote.text.casefold().startswith(name))


def _role_sentences(subject: Subject) -> list[Quote]:
    """Return sentences about the job itself, else what one does first."""
    pattern = re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['role']['words'])})", re.IGNORECASE)
    prose = (sentence for line in subject.document.statements for sentence in line.sentences if len(sentence.text) >= _LEAST_LETTERS)
    said = [sentence.quote for sentence in prose if pattern.search(sentence.text[:80])]
    return said or [fact.quote for fact in BY_NAME["responsibilities"].facts_in(subject.kept.posting)]


def _prose_of(line: Line) -> Iterator[Quote]:
    if line.kind is PROSE and len(line.text) >= _LEAST_LETTERS:
        yield from (sentence.quote for sentence in line.sentences if len(sentence.text) >= _LEAST_LETTERS)


REPLIES: dict[str, Callable[[Subject], Reply]] = {
    "pay": reply_about_pay,
    "countries": reply_about_countries,
    "requirements": reply_about_details,
    "preferred": reply_about_details,
    "responsibilities": reply_about_details,
    "benefits": reply_about_details,
    "skills": reply_about_details,
    "experience": reply_about_experience,
    "apply": reply_about_details,
    "company": reply_about_company,
    OTHER: reply_freely,
}

READS_TEXT = frozenset(REPLIES) - {"pay"}
"""Topics whose replies may read the posting's text again: some milliseconds of work, for a thread."""
