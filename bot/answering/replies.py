"""
How one posting replies to a question: one file for each way of replying.

REPLIES is the one table; a topic that is not in it is told as its file says.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.answering.asking import Asked, Reply, Subject
from bot.answering.passages import FLOOR, Passage, find_passages, holds_subject, make_query
from bot.answering.verdicts import judge_education, judge_experience, judge_pay
from bot.domain.answer import State, Telling
from bot.domain.facts import Eligible, Fact, Pay, Quote, Scope
from bot.questions.tokens import WordKind, word_kind
from bot.questions.topic import OTHER, find_asked_values
from bot.text.clean import fold, fold_space
from bot.text.document import Line, LineKind
from bot.text.gazetteer import name_country
from bot.text.lexicon import read_lexicon
from bot.text.places import find_places
from bot.text.words import read_words
from bot.topics import BY_NAME
from bot.topics.countries import COUNTRIES, tell_whether_eligible
from bot.topics.education import EDUCATION
from bot.topics.experience import EXPERIENCE
from bot.topics.pay import PAY

# Replies to a free question: the passage that answers, or that the posting does not say.

_FIGURE_WORDS = frozenset({"many", "long", "much", "often", "old", "big", "far"})
_ALONE = {WordKind.UNKNOWN: 1.0, WordKind.ORDINARY: 0.7, WordKind.TOPICAL: 0.5, WordKind.FUNCTION: 0.0}
_BESIDE_SUBJECT = {WordKind.UNKNOWN: 0.4, WordKind.ORDINARY: 0.25, WordKind.TOPICAL: 0.15, WordKind.FUNCTION: 0.0}
"""How much a word of a kind matters, alone and beside a subject that is named."""

_NEARLY_AS_GOOD = 0.8
_MOST_PASSAGES = 3
_MOST_NAMING_WORDS = 5
_LOOKED_AT = 20
_FAVOUR = 1.6
"""How much better a passage elsewhere must be than one where the answer is looked for."""

_SECTION_LENGTHS = range(2, 13)
"""So many lines under one heading are told as a list: the steps of an interview."""

_LISTED_SUBJECTS = frozenset({"interview", "first_months"})
"""Subjects that postings give a part of their own, whose lines answer together."""

NOT_SAID = "The posting does not say."


def reply_freely(subject: Subject) -> Reply:
    """Quote the part or the passages that answer best, in the posting's words, or say that it does not say."""
    passages = find_answers(subject)
    if lines := _lines_of_part(subject, passages):
        told = tuple(fold_space(line.text) for line in lines)
        return Reply(State.ANSWERED, Telling(sentence=f"{lines[0].heading}:", items=told), tuple(line.quote() for line in lines))
    if not passages:
        return Reply(State.NOT_STATED, Telling(sentence=NOT_SAID))
    first, *others = (fold_space(passage.sentence.text) for passage in passages)
    quotes = [whole_line(passage) for passage in passages]
    if (below := _line_below(subject, passages[0])) is not None:
        others = [fold_space(below.text), *others]
        quotes.insert(1, below.quote())
    return Reply(State.ANSWERED, Telling(sentence=first, items=tuple(others)), tuple(quotes))


def find_answers(subject: Subject, *, favours: Callable[[Passage], bool] | None = None) -> tuple[Passage, ...]:
    """
    Return the passages that hold enough of the question, the best first, with those that are nearly as good.

    `favours` tells which passages stand where the answer is looked for; they go before others that are somewhat better.
    """
    weights = _BESIDE_SUBJECT if subject.asked.subjects else _ALONE
    stems = {word.stem: weights[word_kind(word.text.replace("'", ""))] for word in subject.asked.details}
    stems |= {word.stem: 1.0 for name in subject.asked.named for word in read_words(name)}
    query = make_query(stems, subject.asked.subjects, wants_figure=_wants_figure(subject))
    enough = [passage for passage in find_passages(subject.document, query) if passage.coverage >= FLOOR]
    scored = [(passage.score * (_FAVOUR if favours and favours(passage) else 1.0), passage) for passage in enough[:_LOOKED_AT]]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(passage for score, passage in scored[:_MOST_PASSAGES] if score >= _NEARLY_AS_GOOD * scored[0][0])


def whole_line(passage: Passage) -> Quote:
    """Return the sentence's quote; a bullet is quoted whole."""
    line = passage.sentence.line
    return passage.sentence.quote if len(line.sentences) > 2 else line.quote()  # noqa: PLR2004


def _line_below(subject: Subject, passage: Passage) -> Line | None:
    """Return the line below one that only names what follows: "Take-home challenge"."""
    line = passage.sentence.line
    if len(line.text.split()) > _MOST_NAMING_WORDS:
        return None
    lines = subject.document.body
    below = next((other for here, other in pairwise(lines) if here is line), None)
    return below if below is not None and below.kind is not LineKind.HEADING and len(below.text) > len(line.text) else None


def _wants_figure(subject: Subject) -> bool:
    words = [word.text for word in subject.asked.words]
    return any(before == "how" and after in _FIGURE_WORDS for before, after in pairwise(words))


def _lines_of_part(subject: Subject, passages: tuple[Passage, ...]) -> tuple[Line, ...]:
    """Return the lines under the heading that names the subject, unless one passage says more of what is asked in particular."""
    named = [name for name in subject.asked.subjects if name in _LISTED_SUBJECTS]
    if not named or (passages and passages[0].is_particular and not _wants_figure(subject)):
        return ()
    lines = tuple(line for line in subject.document.statements if any(holds_subject(line.heading or "", name) for name in named))
    return lines if len(lines) in _SECTION_LENGTHS and len({line.headings for line in lines}) == 1 else ()


# Replies with all that a posting states on a topic.

MOST_QUOTES = 12
"""Lists are told whole; of their quotes so many are given."""


def reply_plainly(subject: Subject) -> Reply:
    """Tell what the posting states, or that it does not say."""
    topic = BY_NAME[subject.asked.topic]
    facts = topic.facts_in(subject.kept.posting)
    return reply_with(subject, facts) if facts else Reply(State.NOT_STATED, Telling(sentence=topic.silence))


def reply_with(subject: Subject, facts: Sequence[Fact[Any]]) -> Reply:
    """Tell some of the facts on the topic that is asked about."""
    return Reply(State.ANSWERED, BY_NAME[subject.asked.topic].tell_in(subject.locale, facts), quotes_of(facts))


def quotes_of(facts: Sequence[Fact[Any]]) -> tuple[Quote, ...]:
    """Return the quotes behind facts, each once."""
    return tuple(dict.fromkeys(fact.quote for fact in facts))[:MOST_QUOTES]


# Replies to where one may work from, and whether somebody in a country may apply.

_SHORT_LIST = 8
"""Countries that are named in full beside a yes."""


def reply_about_countries(subject: Subject) -> Reply:
    """Tell yes, no or not stated for the country that is asked about; without one, where the posting hires."""
    place = subject.asked.place
    if place is None or place.outside:
        return reply_plainly(subject)
    facts = COUNTRIES.facts_in(subject.kept.posting)
    eligible = tell_whether_eligible(facts[0].value if facts else None, place.code)
    name = name_country(place.code, subject.locale)
    if not facts or eligible is Eligible.UNCLEAR:
        sentence = f"The posting does not say whether one may apply from {name}."
        return Reply(State.NOT_STATED, Telling(sentence=sentence), quotes_of(facts), eligible=Eligible.UNCLEAR)
    return Reply(State.ANSWERED, _tell(subject, eligible, name=name), quotes_of(facts[:1]), eligible=eligible)


def _tell(subject: Subject, eligible: Eligible, *, name: str) -> Telling:
    """Say yes or no first, then what the posting lists; a long list only counts."""
    fact = COUNTRIES.facts_in(subject.kept.posting)[0]
    listed = COUNTRIES.tell_in(subject.locale, [fact])
    if eligible is Eligible.YES:
        many = len(fact.value.countries)
        among = f" It is one of the {many} countries that the posting lists." if many > _SHORT_LIST else f" {listed.sentence}"
        return Telling(sentence=f"Yes, from {name}.{among if fact.value.scope is Scope.LISTED else f' {listed.sentence}'}")
    return Telling(sentence=f"No, not from {name}. {listed.sentence}", items=listed.items)


# Replies to a question about something in particular: "is there parental leave?", "do I need Kubernetes?".

_LISTS = ("requirements", "preferred", "responsibilities", "benefits")
_STANDING: dict[str | None, str] = {
    "requirements": "among the requirements",
    "preferred": "as nice to have",
    "responsibilities": "among the responsibilities",
    "benefits": "among the benefits",
}
"""Where a line stands, in words."""

_NARROWED = frozenset({"skills", "requirements", "preferred"})
"""Topics that any further word narrows; where nothing is found for it, all is told."""

_ASKED_FOR = ("requirements", "preferred")
_WHERE_TO_LOOK: dict[str, tuple[str, ...]] = {
    "requirements": _ASKED_FOR,
    "preferred": _ASKED_FOR,
    "skills": _ASKED_FOR,
    "responsibilities": ("responsibilities",),
    "benefits": ("benefits",),
    "apply": (),
    "company": (),
}
"""Lists whose lines are preferred where a topic is asked about."""


def reply_about_details(subject: Subject) -> Reply:
    """
    Answer what is asked about in particular with the line that speaks of it, or that the posting does not; all else with the whole topic.

    A line answers under the list that it stands in: a question whether Python is a must may find it among what is nice to have.
    """
    named = tuple(_named_in_particular(subject))
    if not named and not (subject.asked.topic in _NARROWED and subject.asked.details):
        return reply_plainly(subject)
    wanted = _WHERE_TO_LOOK[subject.asked.topic]
    passages = find_answers(subject, favours=lambda passage: _list_of(subject, passage) in wanted)
    if not passages and not named:
        return reply_plainly(subject)
    if not passages:
        return Reply(State.NOT_STATED, Telling(sentence=f"The posting does not mention {' or '.join(named)}."))
    asked = subject.asked.topic
    listed = _list_of(subject, passages[0])
    lines = tuple(fold_space(passage.sentence.text) for passage in passages)
    quotes = tuple(whole_line(passage) for passage in passages)
    topic = (listed or asked) if asked in _LISTS else asked
    if subject.asked.named:
        sentence = f"{_join(_as_spelt(subject, lines))} {_STANDING.get(listed, 'in the posting')}:"
        return Reply(State.ANSWERED, Telling(sentence=sentence, items=lines), quotes, topic=topic)
    standing = f"{BY_NAME[topic].label}: " if topic != asked else ""
    return Reply(State.ANSWERED, Telling(sentence=f"{standing}{lines[0]}", items=lines[1:]), quotes, topic=topic)


def _named_in_particular(subject: Subject) -> Iterator[str]:
    """Yield what is asked about beside the topic: a subject of its own, or a word that is no ordinary one."""
    for name in subject.asked.subjects:
        if read_lexicon("subjects")[name].get("topic") == subject.asked.topic:
            yield name.replace("_", " ")
    yield from subject.asked.named
    in_title = {word.stem for word in read_words(subject.kept.posting.title or "")}
    for word in subject.asked.details:
        if word_kind(word.text.replace("'", "")) is WordKind.UNKNOWN and word.stem not in in_title:
            yield word.text


def _list_of(subject: Subject, passage: Passage) -> str | None:
    """Return the list that a passage is an item of."""
    words = fold(passage.sentence.line.text)
    for name in _LISTS:
        if any(fold(str(fact.value)) in words or words in fold(str(fact.value)) for fact in BY_NAME[name].facts_in(subject.kept.posting)):
            return name
    return None


def _as_spelt(subject: Subject, lines: Sequence[str]) -> list[str]:
    """Return the names that are asked about and that the lines hold, as the lines spell them."""
    text = " ".join(lines)
    found = (re.search(rf"(?<!\w){re.escape(name)}\w{{0,3}}", text, re.IGNORECASE) for name in subject.asked.named)
    return [match[0] for match in found if match] or [subject.asked.named[0]]


def _join(names: Sequence[str]) -> str:
    """
    Say that these are named.

    >>> _join(["Go"]), _join(["Go", "Rust"])
    ('Go is named', 'Go and Rust are named')
    """
    unique = list(dict.fromkeys(names))
    return f"{' and '.join(unique)} {'is' if len(unique) == 1 else 'are'} named"


# Replies to which degree is asked for, and whether the one that is named is needed.


def reply_about_education(subject: Subject) -> Reply:
    """Tell the degree; yes or no first where the question names one."""
    verdict = judge_education(subject.asked.text, EDUCATION.facts_in(subject.kept.posting))
    return reply_plainly(subject).after(verdict)


# Replies to how many years are asked for, overall or with something in particular.

_YEARS = re.compile(r"\b(?:years?|yrs?|jahre?n?|años|ans|anos)\b", re.IGNORECASE)


def reply_about_experience(subject: Subject) -> Reply:
    """Tell the years; where something in particular is asked about, also the line that gives years for it."""
    verdict = judge_experience(subject.asked.text, EXPERIENCE.facts_in(subject.kept.posting))
    return _reply(subject).after(verdict)


def _reply(subject: Subject) -> Reply:
    if not (subject.asked.named or subject.asked.details):
        return reply_plainly(subject)
    passages = [passage for passage in find_answers(subject) if _YEARS.search(passage.sentence.text)]
    facts = EXPERIENCE.facts_in(subject.kept.posting)
    if not passages:
        return reply_plainly(subject)
    lines = tuple(fold_space(passage.sentence.text) for passage in passages)
    quotes = tuple(whole_line(passage) for passage in passages)
    if not facts:
        return Reply(State.ANSWERED, Telling(sentence=lines[0], items=lines[1:]), quotes)
    return Reply(State.ANSWERED, Telling(sentence=EXPERIENCE.tell(facts).sentence, items=lines), (*quotes, *quotes_of(facts)))


# Replies to what a posting pays: the statements that hold where, or for whom, the question says.

_ELSEWHERE = frozenset({"other", "remain", "els", "elsewher", "rest"})


def reply_about_pay(subject: Subject) -> Reply:
    """Tell the statements that fit the place, level or currency asked about; all of them where none does."""
    facts = PAY.facts_in(subject.kept.posting)
    fitting = _fitting(facts, subject.asked) if len(facts) > 1 else ()
    verdict = judge_pay(subject.asked.text, fitting or facts)
    return (reply_with(subject, fitting) if fitting else reply_plainly(subject)).after(verdict)


def _fitting(facts: Sequence[Fact[Pay]], asked: Asked) -> Sequence[Fact[Pay]]:
    currencies = find_asked_values("currencies", {word.text for word in asked.words})
    if in_currency := [fact for fact in facts if fact.value.currency in currencies]:
        return in_currency
    if asked.place is not None and (there := [fact for fact in facts if _holds_at(fact, asked)]):
        return there
    details = {word.stem for word in asked.details}
    scored = [(len(details & {word.stem for word in read_words(fact.value.where or "")}), fact) for fact in facts]
    best = max(score for score, _ in scored)
    if best:
        return [fact for score, fact in scored if score == best]
    if asked.place is not None and asked.place.us_state:
        return [fact for fact in facts if _ELSEWHERE & {word.stem for word in read_words(fact.value.where or "")}]
    return ()


def _holds_at(fact: Fact[Pay], asked: Asked) -> bool:
    """Tell whether a statement names the place that is asked about; a state is not meant by its country."""
    if asked.place is None or fact.value.where is None:
        return False
    named = find_places(fact.value.where)
    if asked.place.us_state:
        return any(place.us_state == asked.place.us_state for place in named)
    return any(asked.place.code in place.countries for place in named)


REPLIES: dict[str, Callable[[Subject], Reply]] = {
    "pay": reply_about_pay,
    "countries": reply_about_countries,
    "requirements": reply_about_details,
    "preferred": reply_about_details,
    "responsibilities": reply_about_details,
    "benefits": reply_about_details,
    "skills": reply_about_details,
    "experience": reply_about_experience,
    "education": reply_about_education,
    "apply": reply_about_details,
    "company": reply_about_details,
    OTHER: reply_freely,
}


READS_TEXT = frozenset(topic for topic, reply in REPLIES.items() if reply in (reply_about_details, reply_about_experience, reply_freely))
"""Topics whose replies may read the posting's text again: some milliseconds of work, for a thread."""


def reply_to(subject: Subject) -> Reply:
    """Return what a posting says to what is asked, to each of several topics in turn."""
    first = _reply_to_one(subject)
    if not subject.asked.also:
        return first
    asked = (subject.asked, *(replace(subject.asked, topic=topic, details=(), subjects=(), named=()) for topic in subject.asked.also))
    replies = (first, *(_reply_to_one(Subject(subject.kept, one)) for one in asked[1:]))
    told = [_under_label(one.topic, reply.telling) for one, reply in zip(asked, replies, strict=True)]
    state = State.ANSWERED if any(reply.state is State.ANSWERED for reply in replies) else State.NOT_STATED
    quotes = tuple(quote for reply in replies for quote in reply.quotes)
    return Reply(state, told[0], quotes, further=tuple(told[1:]), topic=first.topic, eligible=first.eligible)


def _reply_to_one(subject: Subject) -> Reply:
    return REPLIES.get(subject.asked.topic, reply_plainly)(subject)


def _under_label(topic: str, telling: Telling) -> Telling:
    label = BY_NAME[topic].label if topic in BY_NAME else "Asked"
    return Telling(sentence=f"{label}: {telling.sentence}", items=telling.items)
