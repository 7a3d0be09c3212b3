"""Something in particular, or a free question: the lines that speak of it, or that the posting does not say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.answering.mentions import find_names, holds_kind, is_hedged, pattern_of, weigh_level
from bot.answering.passages import FIGURES, WEIGHTS, Passage, find_answers, read_wanted
from bot.answering.reply import NO, UNCLEAR, YES, Reply, Subject, judged, reply_plainly, say_silent, wants_verdict
from bot.domain.answer import Rendered, State
from bot.domain.facts import Quote
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Verdict, turn
from bot.questions.tokens import question_words
from bot.text.clean import fold, fold_space
from bot.text.document import BULLET, HEADING, PROSE, Line, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, read_lexicon
from bot.text.numbers import find_year_spans
from bot.text.translations import say, say_of
from bot.text.wording import is_only_preferred
from bot.text.words import Word, find_subjects, holds_subject, is_function_word, read_stems, read_words
from bot.topics import BY_NAME

# Something in particular: "is there parental leave?", "do I need Kubernetes?", "TensorFlow or JAX?".

LISTS = ("requirements", "preferred", "responsibilities", "benefits")
STANDING: dict[str | None, str] = {
    "requirements": "Among the requirements: {names}.",
    "choice": "Named among the requirements, as one of several that would do: {names}.",
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
    if ask.about and (named := _lines_naming(subject)):
        return _render_named(subject, named)
    parts = narrowing_subjects(subject)
    if not ask.about and (len(parts) > 1 or (parts and ask.form is Form.WHAT and _items_on(subject, parts[0]))):
        return _reply_about_parts(subject, parts)
    is_named = bool(ask.about or parts)
    if not is_named and not (subject.topic in _NARROWED or ask.form is Form.YES_NO):
        return reply_plainly(subject)
    wanted = read_wanted(ask, leave_out=subject.own_stems, of_topic=() if is_named else words_of_topic(subject.topic))
    favoured = [line for line in subject.document.body if list_of(subject.kept, line.text) in _WHERE_TO_LOOK.get(subject.topic, ())]
    passages = find_answers(subject.document, wanted, favoured=favoured)
    if not is_named and not (passages and passages[0].coverage >= SURE):
        return reply_plainly(subject)
    if not passages:
        is_how = subject.topic == "apply" and not ask.about and set(parts) <= {"contact"}
        return reply_plainly(subject) if is_how else _say_not_mentioned(subject)
    topic = list_of(subject.kept, passages[0].sentence.line.text) if subject.topic in LISTS else None
    told = render_passages(subject, passages)
    if topic and topic != subject.topic and topic in _WHERE_TO_LOOK[subject.topic]:
        sentence = say_of(subject.say(BY_NAME[topic].label), told.rendered.sentence, locale=subject.locale)
        told = replace(told, rendered=told.rendered.model_copy(update={"sentence": sentence}), topic=topic)
    return judged(told, _judge_passages(subject, passages, topic), subject=subject)


def _reply_about_parts(subject: Subject, parts: Sequence[str]) -> Reply:
    """Tell each of the things that are asked about at once, and name those that the posting does not mention."""
    told: dict[str, Quote] = {}
    missing = []
    for part in parts:
        items = _items_on(subject, part) if subject.ask.form is Form.WHAT else {}
        if not items:
            wanted = read_wanted(subject.ask.model_copy(update={"words": read_lexicon("subjects")[part]["asked"][0]}))
            items = {fold_space(one.sentence.text): _whole_line(one) for one in find_answers(subject.document, wanted)[:1]}
        told |= items
        missing += [] if items else [name_subject(part, subject.locale)]
    if not told:
        return _say_not_mentioned(subject)
    first, *others = told
    if missing:
        others.append(subject.say("The posting does not mention {names}.", names=", ".join(missing)))
    # That several things are spoken of does not tell whether each is needed.
    verdict = None if missing or not wants_verdict(subject.ask) or _asks_for_need(subject.ask) else YES
    return judged(Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), tuple(told.values())), verdict, subject=subject)


def _items_on(subject: Subject, part: str) -> dict[str, Quote]:
    """Return the topic's items that speak of a subject, each with its quote."""
    return {fold_space(str(fact.value)): fact.quote for fact in subject.facts if holds_subject(str(fact.value), part)}


_NARROWED = frozenset({"requirements", "preferred"})
"""Topics that any further word narrows; where nothing is found for it, all is told."""


@cache
def words_of_topic(name: str) -> frozenset[str]:
    """Return the stems that only ask for a topic."""
    return frozenset(part for phrase in (*BY_NAME[name].asked_as, BY_NAME[name].label) for part in read_stems(phrase.lstrip("=")))


def narrowing_subjects(subject: Subject) -> tuple[str, ...]:
    """Return the subjects of this topic that the words name, for a list those of none too: "vacation", "equity" of the benefits."""
    named = find_subjects(read_words(subject.ask.words))
    topics = (subject.topic, None) if subject.topic in LISTS else (subject.topic,)
    return tuple(name for name in named if read_lexicon("subjects")[name].get("topic") in topics)


def _say_not_mentioned(subject: Subject) -> Reply:
    spelt = {fold(name): name for name in reversed(subject.ask.about)}  # "C++ or c++" is one thing
    named = narrowing_subjects(subject) or tuple(one for one in find_subjects(read_words(subject.ask.words)) if one in _BESIDE_PAY)
    names = [*spelt.values()][::-1] or [name_subject(name, subject.locale) for name in named]
    if not names:
        return say_silent(subject)
    return Reply(State.NOT_STATED, Rendered(sentence=subject.say("The posting does not mention {names}.", names=", ".join(names))))


_BESIDE_PAY = frozenset({"bonus", "equity"})
"""What is asked of pay beside its amount."""


def name_subject(name: str, locale: str) -> str:
    """Return what the reader calls a subject."""
    return say(read_lexicon("subjects")[name].get("told", name.replace("_", " ")), locale)


def list_of(kept: KeptPosting, text: str) -> str | None:
    """Return the list that a line is an item of."""
    words = _folded(text)
    for name in LISTS:
        items = (_folded(str(fact.value)) for fact in BY_NAME[name].facts_in(kept.posting))
        if any(item in words or words in item for item in items):
            return name
    return None


@lru_cache(maxsize=4_000)
def _folded(text: str) -> str:
    """Return a line folded; those of the postings asked about last are remembered."""
    return fold(text)


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
    return sorted(found, key=lambda named: (order[named.listed], _is_optional(named) or _is_choice(named)))


def _find_named(subject: Subject, thing: str, line: Line) -> _Named | None:
    if line.kind is HEADING:
        return None
    places = list(find_names(thing, line.text))
    if not places:
        return None
    start, end = next((one for one in places if is_denied(line.text, start=one[0], end=one[1], reach=_DENIED_WITHIN)), places[0])
    listed = list_of(subject.kept, line.text) or ("requirements" if _is_demanded(line, start) else None)
    return _Named(thing, line.text[start:end], line, start, listed)


def _is_demanded(line: Line, at: int) -> bool:
    """Tell whether the sentence around a place says that what it names is required, and nothing in it that it need not be."""
    sentence = next((one for one in line.sentences if one.start <= at < one.end), None)
    text = sentence.text if sentence else ""
    return pattern_of("demanded").search(text) is not None and pattern_of("optional").search(text) is None


def _render_named(subject: Subject, named: Sequence[_Named]) -> Reply:
    """Say where the things are named, in their lines, and which are not."""
    things = list(dict.fromkeys(one.thing for one in named))
    missing = [thing for thing in subject.ask.about if thing not in things]
    shown = [next(one for one in named if one.thing == thing) for thing in things]
    lines = list(dict.fromkeys(id(one.line) for one in (*shown, *named)))[:_MOST_LINES]
    told = [next(one.line for one in named if id(one.line) == number) for number in lines]
    standing: dict[str, list[str]] = {}
    for one in shown:
        standing.setdefault(_standing_of(one, subject.ask), []).append(one.spelt)
    spelt = [say(sentence, subject.locale, names=", ".join(names)) for sentence, names in standing.items()]
    if missing:
        spelt.append(subject.say("The posting does not mention {names}.", names=", ".join(missing)))
    topic = shown[0].listed if subject.topic in LISTS else None
    rendered = Rendered(sentence=" ".join(spelt), items=tuple(fold_space(line.text) for line in told))
    reply = Reply(State.ANSWERED, rendered, tuple(line.quote() for line in told), topic=topic)
    return judged(reply, judge_named(subject.ask, named, missing=missing), subject=subject)


def _standing_of(named: _Named, ask: Ask) -> str:
    """Return the sentence for where a thing stands; where need is asked about, it says why a requirement need not be met."""
    if read_line_kind(named.line) is SectionKind.PREFERRED:
        return STANDING["preferred"]
    if named.listed == "requirements" and _asks_for_need(ask):
        if _is_optional(named):
            return STANDING["preferred" if is_only_preferred(named.line.text) else None]
        if _is_choice(named):
            return STANDING["choice"]
    return STANDING[named.listed]


def _asks_for_need(ask: Ask) -> bool:
    return ask.is_must or ask.topic == "requirements" or pattern_of("need").search(ask.words) is not None


_MOST_LINES, _DENIED_WITHIN = 4, 30
"""Lines that are told, and letters."""


def judge_named(ask: Ask, named: Sequence[_Named], *, missing: Sequence[str]) -> Verdict | None:
    """
    Say whether what is named is needed, enough, or simply there.

    Needed is what the requirements name without a choice; one of a choice is not needed, but enough. What is named as nice to have,
    or as not required, is not needed.
    """
    if len(ask.about) > 1 and (ask.form is Form.WHICH or not wants_verdict(ask)) and pattern_of("enough").search(ask.words):
        return UNCLEAR if missing else YES
    if ask.form is Form.WHICH or (not wants_verdict(ask) and not ask.is_own):
        return None
    first = named[0]
    around = first.line.text[max(0, first.start - _REACH) : first.start + len(first.spelt) + _REACH]
    if not ask.is_denied and (level := weigh_level(ask.words, around)) is not None:
        return level
    if pattern_of("forbidden").search(first.line.text):
        return turn(NO, is_denied=ask.is_denied and not ask.is_own)
    years = next(filter(None, map(_years_with, named)), None)
    if ask.years is not None and years is not None:
        return turn(Verdict.told(holds=ask.years.value >= years), is_denied=ask.is_denied and not ask.is_own)
    if ask.is_own and not (ask.is_must and ask.years is None and not ask.is_denied):
        return _judge_own(ask, named, missing=missing)
    return turn(_judge_needed(ask, named, missing=missing), is_denied=ask.is_denied)


def _judge_needed(ask: Ask, named: Sequence[_Named], *, missing: Sequence[str]) -> Verdict | None:
    first = named[0]
    if is_denied(first.line.text, start=first.start, end=first.start + len(first.spelt), reach=_DENIED_WITHIN):
        return NO
    if not _asks_for_need(ask):
        return None if missing else YES
    if all(read_line_kind(one.line) is SectionKind.PREFERRED for one in named):
        return NO
    required = [one for one in named if one.listed == "requirements" and not _is_optional(one)]
    if any(not _is_choice(one) for one in required):
        return UNCLEAR if all(map(_may_be_both, required)) else YES
    return NO if any(one.listed in {"requirements", "preferred"} for one in named) else UNCLEAR


def _years_with(named: _Named) -> float | None:
    """Return the years that a line asks for with a thing: those right before or behind it."""
    spans = [(min(abs(span.start - named.start), abs(span.end - named.start)), span.years) for span in find_year_spans(named.line.text)]
    return min(spans)[1] if spans else None


def _judge_own(ask: Ask, named: Sequence[_Named], *, missing: Sequence[str]) -> Verdict:
    """Say whether what somebody has is enough, or what somebody lacks is demanded."""
    if any(_is_choice(one) for one in named):
        return YES
    if ask.is_denied:
        is_demanded = any(one.listed == "requirements" and not _is_optional(one) for one in named)
        return NO if is_demanded else UNCLEAR
    if (ask.years is None and any(_years_with(one) is not None for one in named)) or all(map(_may_be_both, named)):
        return UNCLEAR  # how long somebody has had it is not said
    return UNCLEAR if missing else YES


def _is_optional(named: _Named) -> bool:
    """Tell whether a line says that a thing need not be; what stands in brackets beside it is of something else: "RN (BSN preferred)"."""
    if read_line_kind(named.line) is SectionKind.PREFERRED:
        return True
    text, end = named.line.text, named.start + len(named.spelt)
    aside = next((one for one in _ASIDE.finditer(text) if one.start() < named.start < one.end() or one.start() - end in (0, 1)), None)
    return pattern_of("optional").search(aside[0] if aside else _ASIDE.sub(" ", text)) is not None


def _without_asides(text: str, held: Word | None) -> str:
    """
    Return a text without what stands in brackets, unless what is asked stands there, or nothing else does: "(optional) a portfolio".

    >>> _without_asides("Python (Django is a plus)", None), _without_asides("a portfolio (optional)", None)
    ('Python  ', 'a portfolio (optional)')
    """
    is_aside = held is not None and any(one.start() < held.start < one.end() for one in _ASIDE.finditer(text))
    return text if is_aside else _ASIDE.sub(lambda one: one[0] if pattern_of("optional").fullmatch(one[1].strip()) else " ", text)


_ASIDE = compile_later(r"\(([^()]*)\)")


_REACH = 40
_SLASH_BEHIND, _SLASH_BEFORE = compile_later(r"[\w.()+#-]{0,8}(?:\s\w{1,12})?\s?/"), compile_later(r"/\s?[\w.()+#-]{0,8}$")
_JOINED_NAMES = compile_later(r"[\w+#.-]+(?:/[\w+#.-]+)+")


def _is_choice(named: _Named) -> bool:
    """Tell whether a thing is named as one of several that would do; "SQL/BigQuery" by itself names one skill by two names."""
    return _JOINED_NAMES.fullmatch(named.line.text.strip(" .")) is None and bool(_choosing(named)) and not _may_be_both(named)


def _may_be_both(named: _Named) -> bool:
    """Tell whether a spoken language has but a slash beside it, which may join two that are both asked for: "fluent German / English"."""
    return fold(named.thing) in question_words("spoken") and _choosing(named) == ["/"]


def _choosing(named: _Named) -> list[str]:
    """Return the signs around a thing that let one of several do; a slash does so only beside it, and joins nothing in "C/C++"."""
    text, end = named.line.text.replace("C/C++", "C+C++"), named.start + len(named.spelt)
    around = text[max(0, named.start - _REACH) : end + _REACH]
    is_beside = _SLASH_BEHIND.match(text, end) or _SLASH_BEFORE.search(text, max(0, named.start - _REACH), named.start)
    return [sign for sign in read_lexicon("passages")["either"]["words"] if (is_beside if sign == "/" else sign in f" {around} ".lower())]


# A free question: the passage that answers, or that the posting does not say.

_MOST_NAMING_WORDS, _MOST_BELOW = 5, 8
_SECTION_LENGTHS = range(1, 13)
"""So many lines under one heading are told as a list: the steps of an interview."""

_LISTED_SUBJECTS = frozenset({"interview", "first_months", "next_steps"})
"""Subjects that postings give a part of their own, whose lines answer together."""

SURE = 0.6
"""The share of a question that a passage must hold for a yes."""


def reply_freely(subject: Subject) -> Reply:
    """Quote the part or the passages that answer best, in the posting's words, or say that it does not say."""
    if subject.ask.about and (naming := _lines_naming(subject)):
        return _render_named(subject, naming)
    wanted = read_wanted(subject.ask, leave_out=subject.own_stems)
    needed = [line for line in subject.document.body if list_of(subject.kept, line.text) == "requirements"] if subject.ask.is_must else ()
    passages = _decisive_first(subject, find_answers(subject.document, wanted, favoured=needed))
    is_sure = passages and passages[0].is_particular and wanted.kind not in FIGURES
    if lines := _lines_of_part(subject, () if is_sure else wanted.subjects):
        told = tuple(fold_space(line.text) for line in lines)
        reply = Reply(
            State.ANSWERED, Rendered(sentence=_as_lead(lines[0].heading or ""), items=told), tuple(line.quote() for line in lines)
        )
        return judged(reply, judge_passage(subject, passages[0], listed=None) if passages else None, subject=subject)
    if not passages:
        return _say_not_mentioned(subject)
    return judged(render_passages(subject, passages), _judge_passages(subject, passages, None), subject=subject)


def render_passages(subject: Subject, passages: Sequence[Passage]) -> Reply:
    """Tell passages, the best one first, with the lines below it where it only names them; a bullet is quoted whole."""
    below = _lines_below(subject, passages[0])
    texts = (_with_label(subject, passages[0]), *(line.text for line in below), *(one.sentence.text for one in passages[1:]))
    told = list(dict.fromkeys(map(fold_space, texts)))
    if len(below) == 1 and (told[0].endswith(":") or _answer_in(below[0].text) or len(told[-1].split()) <= _MOST_VALUE_WORDS):
        told[:2] = [f"{told[0].rstrip(':')}: {told[1]}"]  # a label and its value
    first, *others = told
    quotes = dict.fromkeys((_whole_line(passages[0]), *(line.quote() for line in below), *map(_whole_line, passages)))
    return Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), tuple(quotes))


def _with_label(subject: Subject, passage: Passage) -> str:
    """Return a sentence, behind its heading where it is a mere value: "Relocation provided: No"."""
    sentence, heading = passage.sentence, passage.sentence.line.heading
    is_label = passage.is_particular or any(holds_subject(sentence.text, name) for name in find_subjects(read_words(subject.ask.words)))
    is_value = sentence.line.kind is PROSE and len(sentence.text.split()) <= _MOST_VALUE_WORDS and not is_label
    return f"{heading.rstrip(' :')}: {sentence.text}" if is_value and heading else sentence.text


_MOST_VALUE_WORDS = 3


_MOST_QUOTED = 3
"""Sentences of a line that is quoted whole: what stands around an answer explains it."""


def _whole_line(passage: Passage) -> Quote:
    """Return the sentence's quote; a line of a few sentences is quoted whole."""
    line = passage.sentence.line
    return passage.sentence.quote if len(line.sentences) > _MOST_QUOTED else line.quote()


def _decisive_first(subject: Subject, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Return passages with one that gives a yes or no before a first one that lacks a word of the question: "nights on call"."""
    if len(passages) < _SEVERAL or not wants_verdict(subject.ask) or not passages[0].misses_word:
        return passages
    return sorted(passages, key=lambda one: one.misses_word or judge_passage(subject, one, listed=None) is None)


_SEVERAL = 2


def _judge_passages(subject: Subject, passages: Sequence[Passage], listed: str | None) -> Verdict | None:
    """Judge by the best passage; where another one says the opposite of its yes, nothing is said for sure."""
    verdict, *others = (judge_passage(subject, passage, listed=listed) for passage in passages)
    return UNCLEAR if verdict is YES and NO in others else verdict


def judge_passage(subject: Subject, passage: Passage, *, listed: str | None) -> Verdict | None:
    """Say yes where a passage holds what is asked, no where it denies or forbids it or says that it need not be; else nothing."""
    ask, text = subject.ask, passage.sentence.text
    wanted = read_wanted(ask, leave_out=subject.own_stems)
    if pattern_of("share").search(ask.words):
        return None  # "is it mostly travel": that there is some tells not how much
    if _asks_for_need(ask):
        listed = listed or list_of(subject.kept, passage.sentence.line.text)
    if not wants_verdict(ask) or not passage.evidence or passage.coverage < (WEIGHTS.floor if wanted.subjects else SURE):
        return None  # words that only colour a question make no yes
    spoken_of = f"{text} {' '.join(passage.sentence.line.headings[-2:])}"
    if wanted.subjects and not any(holds_subject(spoken_of, one) for one in wanted.subjects):
        return None  # the words beside what is asked about make none either
    if (value := _value_of(subject, passage)) is not None:
        return turn(value, is_denied=ask.is_denied)
    if (rival := _rival_of(ask.words, text)) is not None:
        return turn(rival, is_denied=ask.is_denied)
    if ask.is_own and ask.is_denied:  # what somebody lacks is a no only where it is demanded, which a passage alone seldom tells
        return UNCLEAR
    terms = {part: term.importance for term in wanted.terms for wording in (*term.own, *term.others) for part in wording}
    held = max((word for word in read_words(text) if word.stem in terms), key=lambda word: terms[word.stem], default=None)
    is_refused = held is not None and is_denied(text, start=held.start, end=held.end, reach=30)
    is_optional = pattern_of("optional").search(_without_asides(text, held)) is not None or listed == "preferred"
    is_no = (
        is_refused
        or pattern_of("forbidden").search(text)
        or (pattern_of("own_means").search(text) and not _OWN.search(fold(ask.words)))
        or (pattern_of("not_needed").search(text) and not pattern_of("not_needed").search(ask.words))
        or (_asks_for_need(ask) and is_optional)
    )
    if not is_no and (passage.misses_word or not holds_kind(ask.words, text)):
        return None  # it may speak of something near what is asked
    is_perhaps = held is not None and is_hedged(text, held)
    return turn(NO if is_no else UNCLEAR if is_perhaps else YES, is_denied=ask.is_denied)


_OWN = compile_later(r"\b(?:own|eigene[nrs]?|propi[ao]|propre|próprio)\b")


def _value_of(subject: Subject, passage: Passage) -> Verdict | None:
    """Return the yes or no behind a label, on its line or below it: "Relocation provided: No"."""
    _, colon, value = passage.sentence.line.text.rpartition(":")
    if not value.strip() or not (colon or _answer_in(value)):
        value = next((line.text for line in _lines_below(subject, passage)), "")
    return _answer_in(value)


def _answer_in(value: str) -> Verdict | None:
    """Return the yes or no that a value is: "None" below "Travel"."""
    answers = read_lexicon("workplace_words")["answers"]
    return next((verdict for verdict in (YES, NO) if fold(value).strip(" .") in answers[verdict].split("|")), None)


def _rival_of(words: str, text: str) -> Verdict | None:
    """Say yes or no where a question names one of some things that exclude each other, and a passage the same or another: "monthly"."""
    asked, said = ({word.text for word in read_words(one)} for one in (words, text))
    for rivals in read_lexicon("passages")["rivals"]["groups"]:
        group = set(rivals.split())
        if asked & group and said & group:
            return YES if asked & said & group else NO
    return None


def _lines_below(subject: Subject, passage: Passage) -> tuple[Line, ...]:
    """Return the list below a line that ends in a colon or is a heading, and the line below one of a few words: "Take-home challenge"."""
    line, body = passage.sentence.line, subject.document.body
    behind = body[next((place for place, one in enumerate(body) if one is line), len(body)) + 1 :][:_MOST_BELOW]
    if line.kind is HEADING or line.text.rstrip().endswith(":"):
        ends = (place for place, one in enumerate(behind) if one.kind is not BULLET)
        return tuple(behind[: next(ends, len(behind))]) or tuple(one for one in behind[:1] if one.kind is not HEADING)
    if len(line.text.split()) > _MOST_NAMING_WORDS or not behind:
        return ()
    following = behind[0]
    is_value = (
        line.kind is PROSE and line.label is following.label is None and (following.kind is PROSE or _NUMBER.fullmatch(following.text))
    )
    is_longer = following.kind is not HEADING and (len(following.text) > len(line.text) or _answer_in(following.text))
    return (following,) if is_value or is_longer else ()


_NUMBER = compile_later(r"(?=.*\d)[A-Z0-9#./-]{2,30}")
"""A reference, which stands alone on a line as a heading does: "3553-395-R"."""


def _lines_of_part(subject: Subject, named: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines under the heading that asks the same, or names a subject that has a part of its own."""
    statements, listed = subject.document.statements, [name for name in named if name in _LISTED_SUBJECTS]
    asked = _content_of(subject.ask.words) - subject.own_stems
    same = tuple(line for line in statements if len(asked) > 1 and asked <= _content_of(line.heading or ""))
    lines = same or tuple(line for line in statements if any(holds_subject(line.heading or "", name) for name in listed))
    return lines if len(lines) in _SECTION_LENGTHS and len({line.headings for line in lines}) == 1 else ()


def _as_lead(heading: str) -> str:
    """Return a heading as what leads to its lines."""
    words = heading.rstrip(" :")
    return words if words.endswith("?") else f"{words}:"


def _content_of(text: str) -> set[str]:
    return {word.stem for word in read_words(text) if not is_function_word(word.text)}
