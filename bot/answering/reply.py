"""What one posting says to one thing that is asked: the reply, and what it looks like in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain, islice, takewhile
from typing import Any

from bot.answering.passages import Passage, find_answers
from bot.answering.wanted import WEIGHTS, Wanted, is_boilerplate, read_wanted, weigh_word
from bot.domain.answer import Rendered, State
from bot.domain.facts import EducationLevel, Eligible, Fact, Quote
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Query, Verdict, turn
from bot.text.clean import fold, fold_space
from bot.text.document import BULLET, HEADING, PROSE, TITLE, Document, Line, Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.places import find_places
from bot.text.technologies import find_technologies
from bot.text.translations import say
from bot.text.wording import FIGURES, kind_asked
from bot.text.words import Word, english_words, find_subjects, holds_subject, read_stems, read_words, rivals, stem
from bot.topics import BY_NAME, OTHER
from bot.topics.education import NAMES
from bot.topics.employment_type import find_hours, find_terms
from bot.topics.pay_wording import gives_bare_figure, gives_rate, names_terms_of_pay, speaks_of_pay

# When a yes or no is asked for, and what several of them come to; each topic's file weighs its own.

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR


def wants_verdict(ask: Ask) -> bool:
    """Tell whether something is asked that a yes or no answers."""
    named = (ask.amount, ask.years, ask.level)
    opening = [word.text for word in read_words(ask.words)[:_BEGINNING]]
    is_open = opening[:1] == ["que"] or not set(opening).isdisjoint(read_lexicon("passages")["open"]["words"])  # "¿qué idiomas piden?"
    return ask.form is Form.YES_NO or ask.is_only or (ask.is_must and not is_open) or any(one is not None for one in named)


_BEGINNING = 3  # words in which an open question begins with its "what" or "how many": whatever must be, no yes answers it


def as_need(ask: Ask) -> Ask:
    """Return what is asked of something that somebody lacks, "never touched Go, a dealbreaker?", as whether it is needed."""
    if ask.topic in _MAY_BE_SHUT and _SHUT.search(ask.words):
        return ask.model_copy(update={"form": Form.YES_NO, "is_denied": not ask.is_denied})  # "is sponsorship off the table"
    if ask.is_denied and not ask.place and _LACKS_OK.match(fold(ask.words)):
        return ask.model_copy(update={"is_own": True})  # "no Go, ok?"
    words = _DEALBREAKER.sub(" ", ask.words)
    if words == ask.words or ask.place or not (ask.is_denied or ask.years or _LACKING.search(words)):
        return ask
    years = ask.years and ask.years.model_copy(update={"is_strict": True})  # who has as many as are needed lacks none
    update: dict[str, Any] = {"form": Form.YES_NO, "is_must": True, "is_own": False, "is_denied": False, "years": years}
    update["level"] = None if ask.level is EducationLevel.NONE else ask.level
    return ask.model_copy(update={"words": _NEVER_DONE.sub(" ", words), **update})


_DEALBREAKER = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['dealbreaker']['words'])})", re.IGNORECASE)
_SHUT = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['shut']['words'])})(?!\w)", re.IGNORECASE)
_LACKING = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['lacking']['words'])})", re.IGNORECASE)
_IS_OK, _NEVER = read_lexicon("asked_logic")["where"]["is_ok"], read_lexicon("experience_words")["other"]["never"]
_LACKS_OK = compile_later(lambda: rf"\W*(?:{one_of(read_lexicon('passages')['lacking']['words'])}).*(?:\bok|\bfine|{one_of(_IS_OK)})")
_MAY_BE_SHUT = ("visa", "pay", "workplace", "employment_type")
_NEVER_DONE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_NEVER)})\s(?:\w+ly\s)?\w+(?=\s\w)", re.IGNORECASE)


def sum_up(verdicts: Sequence[Verdict | None], *, is_one: bool) -> Verdict | None:
    """
    Return the verdict on several things asked at once: what they share, or, where they are `is_one` condition, whether all hold.

    >>> sum_up([Verdict.YES, Verdict.NO], is_one=True), sum_up([Verdict.YES, Verdict.NO], is_one=False)
    (<Verdict.NO: 'no'>, None)
    """
    given = [one for one in verdicts if one is not None]
    if not given or len(set(given)) == 1:
        return given[0] if given else None
    return (NO if NO in given else UNCLEAR) if is_one else None


@lru_cache(maxsize=128)
def read_again(text: str) -> Document:
    """Read a posting's text; those asked about last are remembered."""
    from bot.parsing.parse import read_document  # many an answer needs no more than the facts

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
        return read_again(self.kept.posting.text)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The words of the company's name and the title: every question may name them."""
        posting = self.kept.posting
        return frozenset(word.stem for text in (posting.company, posting.title) for word in read_words(text or ""))

    @cached_property
    def place_stems(self) -> frozenset[str]:
        """The words of the places in its head, by which a posting is named where nothing is asked of a place."""
        location = self.kept.posting.location or ""
        names = " ".join(location[place.start : place.end] for place in find_places(location))
        return frozenset(word.stem for word in read_words(names))

    def say(self, message: str, **values: object) -> str:
        """Return a fixed sentence in the asker's words."""
        return say(message, self.locale, **values)


@dataclass(frozen=True)
class Reply:
    """What one posting says to one thing."""

    state: State
    rendered: Rendered
    quotes: tuple[Quote, ...] = ()
    topic: str | None = None  # where it is not the one that was asked for
    beside: tuple[str, ...] = ()  # topics that it tells of as well
    verdict: Verdict | None = None
    eligible: Eligible | None = None


VERDICT_WORDS = {YES: "Yes", NO: "No", UNCLEAR: "It depends"}
MOST_QUOTES = 12  # lists are told whole; of their quotes so many are given


def judged(reply: Reply, verdict: Verdict | None, *, subject: Subject) -> Reply:
    """Return the reply with a yes or no before it, if there is one and the posting says anything."""
    if verdict is None or reply.state is not State.ANSWERED:
        return reply
    sentence = f"{subject.say(VERDICT_WORDS[verdict])}. {reply.rendered.sentence}"
    return replace(reply, rendered=reply.rendered.model_copy(update={"sentence": sentence}), verdict=verdict)


def tell_sentence(subject: Subject, sentence: Sentence, *more: Sentence, verdict: Verdict | None = None) -> Reply:
    """Return a sentence of the posting as the reply, after a yes or no if there is one, with others below it."""
    told = judged(Reply(State.ANSWERED, Rendered(sentence=fold_space(sentence.text)), (sentence.quote,)), verdict, subject=subject)
    return with_quote(told, *(one.quote for one in more))


def with_quote(reply: Reply, *quotes: Quote) -> Reply:
    """Return the reply with words of the posting below it, each once."""
    items = tuple(dict.fromkeys((*reply.rendered.items, *(fold_space(one.text) for one in quotes))))
    told = tuple(dict.fromkeys((*reply.quotes, *quotes)))
    return replace(reply, rendered=reply.rendered.model_copy(update={"items": items}), quotes=told)


def quotes_of(facts: Sequence[Fact[Any]]) -> tuple[Quote, ...]:
    """Return the quotes behind facts, each once."""
    return tuple(dict.fromkeys(fact.quote for fact in facts))[:MOST_QUOTES]


def render_facts(subject: Subject, facts: Sequence[Fact[Any]]) -> Reply:
    """Tell facts on the topic that is asked about."""
    return Reply(State.ANSWERED, BY_NAME[subject.topic].render_in(subject.locale, facts), quotes_of(facts))


def name_subject(name: str, locale: str) -> str:
    """Return what the reader calls a subject."""
    return say(read_lexicon("subjects")[name].get("told", name.replace("_", " ")), locale)


@cache
def words_of_topic(name: str) -> frozenset[str]:
    """Return the stems that only ask for a topic."""
    phrases = (*BY_NAME[name].asked_as, BY_NAME[name].label, *read_lexicon("passages")["of_topics"].get(name, ()))
    return frozenset(part for phrase in phrases for part in read_stems(phrase.lstrip("=")))


def say_silent(subject: Subject) -> Reply:
    """Say that the posting does not say."""
    silence = BY_NAME[subject.topic].silence if subject.topic in BY_NAME and not subject.facts else "The posting does not say."
    return Reply(State.NOT_STATED, Rendered(sentence=subject.say(silence)))


def reply_plainly(subject: Subject) -> Reply:
    """Tell all that the posting states on a topic, after a yes or no to who asks for one, and what else is named: "paid weekly?"."""
    facts = subject.facts
    if (refused := _find_refused_way(subject)) is not None:
        return judged(Reply(State.ANSWERED, Rendered(sentence=fold_space(refused.text)), (refused,)), NO, subject=subject)
    if not facts:
        return say_silent(subject)
    judge = BY_NAME[subject.topic].judge
    verdict = judge(subject.ask, facts) if judge and wants_verdict(subject.ask) else None
    reply = judged(render_facts(subject, facts), verdict, subject=subject)
    beside = _find_beside(subject)
    return reply if beside is None else with_quote(reply, beside.quote)


def _find_beside(subject: Subject) -> Sentence | None:
    """Return the sentence that speaks of what is asked beside a topic that is a single statement."""
    is_single = subject.topic in BY_NAME and not BY_NAME[subject.topic].many
    if not is_single or not find_subjects(read_words(subject.ask.words)):
        return None
    found = find_answers(subject.document, read_wanted(subject.ask, leave_out=subject.own_stems))
    return found[0].sentence if found else None


def denies_beside(ask: Ask, text: str) -> bool:
    """
    Tell whether a sentence denies what is asked beside the things that a question names.

    >>> ask = Ask(words="is there a whiteboard if i link my github", about=("github",))
    >>> denies_beside(ask, "Link your GitHub and you never see a whiteboard"), denies_beside(ask, "Link your GitHub, no letters")
    (True, False)
    """
    named = {word.stem for thing in ask.about for word in read_words(thing)}
    asked = {word.stem for word in read_words(ask.words) if weigh_word(word) >= WEIGHTS.ordinary} - named
    held = (word for word in read_words(text) if word.stem in asked)
    return any(is_denied(text[: word.end], start=word.start, end=word.end, reach=_DENIED_BEFORE) for word in held)


def _find_refused_way(subject: Subject) -> Quote | None:
    """Return the words that refuse the way to apply that is asked about: by what they deny, or what alone they let."""
    if subject.topic != "apply" or not wants_verdict(subject.ask):
        return None
    sentences = subject.document.sentences() if _BY_HAND.search(fold(subject.ask.words)) else ()
    online = (one.quote for one in sentences if _ONLY_ONLINE.search(fold(one.text)))
    return next(chain(online, (one.quote for one in subject.facts if denies_beside(subject.ask, one.quote.text))), None)


_BY_HAND = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['ways_to_apply']['by_hand'])})(?!\w)")
_ONLY_ONLINE = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['ways_to_apply']['only_online'])})(?!\w)")


# What stands below a line.

_MOST_NAMING_WORDS, _MOST_BELOW, _DENIED_BEFORE = 5, 8, 45  # words, lines, letters


def answer_in(value: str) -> Verdict | None:
    """Return the yes or no that a value is, or begins with as a sentence of its own: "None" below "Travel"."""
    answers, said = read_lexicon("workplace_words")["answers"], fold(value).strip(" .")
    told = {said, *(first for first in (said.partition(". ")[0],) if len(first) > 1)}  # "N. Smith" is no no
    return next((verdict for verdict in (YES, NO) if not told.isdisjoint(answers[verdict].split("|"))), None)


def lines_below(subject: Subject, passage: Passage) -> tuple[Line, ...]:
    """Return the list below a line that ends in a colon or is a heading, and the line below one of a few words: "Take-home challenge"."""
    line, body = passage.sentence.line, subject.document.body
    at = next((place for place, one in enumerate(body) if one is line), len(body)) + 1
    behind = [one for one in body[at : at + _MOST_BELOW] if not one.text.startswith("#")]  # a hashtag is nobody's value
    if _DOTTED.search(line.text):
        return tuple(takewhile(lambda one: _DOTTED.search(one.text), behind))
    if line.kind is HEADING or line.text.rstrip().endswith((":", "?")):  # what is asked is answered below
        ends = (place for place, one in enumerate(behind) if one.kind is not BULLET)
        return tuple(behind[: next(ends, len(behind))]) or tuple(one for one in behind[:1] if one.kind is not HEADING)
    if len(line.text.split()) > _MOST_NAMING_WORDS or not behind or line.text.rstrip().endswith((".", "!")):
        return ()
    following = behind[0]
    is_beside = line.kind is following.kind is BULLET and following.depth <= line.depth
    is_beside |= answer_in(following.text) is None and all(list_of(subject.kept, one.text) for one in (line, following))
    is_value = (
        line.kind is PROSE and line.label is following.label is None and (following.kind is PROSE or _NUMBER.fullmatch(following.text))
    )
    is_longer = following.kind is not HEADING and (len(following.text) > len(line.text) or answer_in(following.text))
    return (following,) if (is_value or is_longer) and not is_beside else ()


_DOTTED = compile_later(r"(?:\.\s?){5}")  # a row of a table: "Essay . . . . . 40%"
_BEHIND_LABEL = compile_later(r":|\s[–—-](?=\s?\w+(?:/\w+)?$)")
_NUMBER = compile_later(r"(?=.*\d)[A-Z0-9#./-]{2,30}")  # a reference, which stands alone on a line as a heading does: "3553-395-R"


def value_of(subject: Subject, passage: Passage) -> Verdict | None:
    """Return the yes or no behind a label, on its line or below it: "Relocation provided: No"."""
    *label, value = _BEHIND_LABEL.split(passage.sentence.line.text)
    if not value.strip() or not (label or answer_in(value)):
        value = next((line.text for line in lines_below(subject, passage)), "")
    return answer_in(value)


# The lists that lines stand in.

LISTS = ("requirements", "preferred", "responsibilities", "benefits")


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


# What a sentence holds of a question.


def find_held(text: str, wanted: Wanted) -> Word | None:
    """Return the words of a sentence that hold what matters most of a question, a whole wording of several words before one of them."""
    words = read_words(text)
    stems = [word.stem for word in words]
    found = [
        (term.importance, wording == tuple(stems[at : at + len(wording)]), -at, len(wording))
        for term in wanted.terms
        for wording in (*term.own, *term.others)
        for at in range(len(words))
        if stems[at] in wording
    ]
    if not found:
        return None
    _, is_whole, at, length = max(found)
    first, last = words[-at], words[-at + length - 1] if is_whole else words[-at]
    return first._replace(end=last.end)


# Things that exclude each other.


def rival_of(words: str, text: str) -> Verdict | None:
    """Say yes or no where a question names one of some things that exclude each other, and a passage the same or another: "monthly"."""
    return next((YES if asked & said else NO for asked, said in rivals(words, text) if asked and said), None)


def judge_contract(ask: Ask, said: str) -> Verdict | None:
    """Weigh what is asked against a line's words: what is for good is not for a time, and the other way about."""
    if ask.form is Form.WHICH or not (wants_verdict(ask) or ask.values):
        return None
    asked, stated = map(find_terms, (ask.words, said))
    if not asked:
        asked, stated = map(find_hours, (ask.words, said))
    if len(asked) != 1 or not stated:
        return None  # "temporary or permanent" is answered by no yes
    return turn(Verdict.told(holds=bool(asked & stated)), is_denied=ask.is_denied)


def judge_for_good(ask: Ask) -> Verdict | None:
    """Say no where what is for a time is asked to be for good, yes where it is asked to be for a time."""
    if ask.form is Form.WHICH or not (wants_verdict(ask) or ask.values):
        return None
    for_good = set(read_lexicon("passages")["contracts"]["groups"][0].split())
    return Verdict.told(holds=not any(word.text in for_good for word in read_words(ask.words)))


# Whom one may ask.

ASKS_CONTACT = (OTHER, "apply", "company")
_MOST_OF_CONTACT = 6
_PHONE = compile_later(r"(?:tel|phone|call)\b.{0,12}\d|\+?\d[\d ().-]{7,18}\d", re.IGNORECASE)
_ADDRESSED = compile_later(r"[\w.+-]@\w|(?<!\w)(?:at|@|\(at\)|\[at\]) [\w-]+ ?(?:\.|dot) ?(?:com|io|org|net|co|ai|dev)\b", re.IGNORECASE)
_NAMED_PERSON = compile_later(r"\b(?:to|at|contact|ask|message|ping|bei|an|à|contacter|contactez)\s[A-ZÀ-Ý][\w'’-]+")


def tell_contact(subject: Subject) -> Reply | None:
    """Tell whom the posting names for questions: lines of a part or with a label called so, else those with an address or a name."""
    if "contact" not in find_subjects(read_words(subject.ask.words)) or kind_asked(subject.ask.words) in FIGURES:
        return None
    lines = [line for line in subject.document.statements if len(line.sentences) > 1 or not is_boilerplate(line.text)]
    headed = [
        line for line in lines if line.heading and len(line.heading.split()) <= _MOST_OF_CONTACT and holds_subject(line.heading, "contact")
    ]
    labelled = [line for line in lines if line.label and holds_subject(line.label, "contact")]
    quotes = [line.quote() for line in (*headed[:_MOST_OF_CONTACT], *labelled)]
    is_told = any(_ADDRESSED.search(quote.text) or _PHONE.search(quote.text) for quote in quotes)
    if not is_told or not any(_ADDRESSED.search(quote.text) for quote in quotes):
        every = (one for line in lines for one in line.sentences if not is_boilerplate(one.text))
        sentences = (one for one in every if holds_subject(one.text, "contact") or _ADDRESSED.search(one.text))
        signs = (_ADDRESSED,) if is_told else (_ADDRESSED, _PHONE, _NAMED_PERSON)
        quotes += [one.quote for one in sentences if any(sign.search(one.text) for sign in signs)]
    if not headed and "email" in {stem(english_words().get(word.text, word.text)) for word in read_words(subject.ask.words)}:
        quotes.sort(key=lambda quote: _ADDRESSED.search(quote.text) is None)
    if not quotes:
        return None
    told = list(dict.fromkeys(fold_space(quote.text) for quote in quotes))[:_MOST_OF_CONTACT]
    if subject.topic == "apply" and subject.facts and _APPLY in {word.stem for word in read_words(subject.ask.words)}:
        how = render_facts(subject, subject.facts)
        told, quotes = [*told, how.rendered.sentence, *how.rendered.items], [*quotes, *how.quotes]
    first, *others = dict.fromkeys(told)
    return Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), tuple(dict.fromkeys(quotes)))


def tell_recruiter(subject: Subject) -> Reply | None:
    """Tell the sentence that names who recruits, where that is who is asked for."""
    if "recruiters" not in find_subjects(read_words(subject.ask.words)) or kind_asked(subject.ask.words) != "person":
        return None
    named = next((one for one in subject.document.sentences() if _NAMED_HIRER.search(one.text)), None)
    return None if named is None else tell_sentence(subject, named)


_NAMED_HIRER = compile_later(
    lambda: rf"\b(?i:{one_of(read_lexicon('passages')['hirers']['words'])})\b[,:]?\s(?:is\s)?[A-ZÀ-Ý][a-zà-ÿ'’-]+\s[A-ZÀ-Ý]"
)
_APPLY = stem("apply")


# What is said beside a topic's own facts.

NO_TOOLS = frozenset({SectionKind.COMPANY, SectionKind.LEGAL, SectionKind.BENEFITS})
_STACK, _MOST_OF_STACK, _MOST_RATES = compile_later(r"(?<![a-z-])(?<!full )stack\b"), 4, 6
_NO_STACK = NO_TOOLS - {SectionKind.COMPANY}


def with_stack(subject: Subject, reply: Reply) -> Reply:
    """Return a reply on skills with the sentences that name what the stack is, where more is in them than it names, or they alone."""
    told = fold(" ".join((reply.rendered.sentence, *reply.rendered.items)))
    kinds = ((one, read_line_kind(one.line)) for one in subject.document.sentences() if one.line.kind is not TITLE)
    sentences = (one for one, kind in kinds if kind is SectionKind.STACK or (kind not in _NO_STACK and _STACK.search(fold(one.text))))
    named = ((one, [found.name for found in find_technologies(one.text)]) for one in sentences)
    more = [one for one, names in named if len(names) > 1 and any(fold(name) not in told for name in names)][:_MOST_OF_STACK]
    if more and reply.state is not State.ANSWERED:
        return tell_sentence(subject, *more)
    return with_quote(reply, *(one.quote for one in more))


def tell_terms_of_pay(subject: Subject) -> Reply | None:
    """Tell what is paid in figures without a currency, or without an amount: "commission only"; praise of it is below a silence."""
    every = [one for one in subject.document.sentences() if not is_boilerplate(one.text)]
    terms = (one for one in every if names_terms_of_pay(one.text))
    bare = (one for one in every if gives_bare_figure(one.text, in_pay_part=speaks_of_pay(one.line.heading or "")))
    if found := [one for one in every if gives_rate(one.text)][:_MOST_RATES] or [*islice(chain(bare, terms), 1)]:
        is_said = wants_verdict(subject.ask) and any(code in one.text.upper() for code in subject.ask.values for one in found)
        return tell_sentence(subject, *found, verdict=YES if is_said else None)
    praised = next((one.quote for one in every if names_terms_of_pay(one.text, praised=True)), None)
    return with_quote(say_silent(subject), praised) if praised else None


# What postings state in figures, and which of two states more.

MEASURED = frozenset({"pay", "experience", "education"})
"""Topics that have a most and a least of their own."""

_LEVELS = tuple(NAMES)


def measure(ask: Ask, kept: KeptPosting) -> list[tuple[str, float, float]]:
    """Return what a posting states as (unit, low, high): only figures of one unit are alike."""
    facts = BY_NAME[ask.topic or ""].facts_in(kept.posting) if ask.topic in BY_NAME else ()
    if ask.topic == "education":
        return [("degree", place, place) for place in (float(_LEVELS.index(fact.value.level)) for fact in facts)]
    keys = (key for fact in facts for key in BY_NAME[ask.topic or ""].keys(fact.value))
    ends = ((key, end if start is None else start, start if end is None else end) for key, start, end in keys)
    return [(key, low, high) for key, low, high in ends if low is not None and high is not None]


def judge_than(query: Query, kept: Sequence[KeptPosting]) -> Verdict | None:
    """
    Say whether the first of two postings states more of something than the other, or less: "does Flex pay better than Hooli".

    Ranges of which neither lies above the other leave it open, as does a posting that states nothing alike; None where it is not asked.
    """
    ask = next((one for one in query.asks if one.topic), None)
    if ask is None or len(query.asks) != 1 or ask.topic not in MEASURED or len(kept) != _TWO or len(query.targets) != _TWO:
        return None
    text = fold(query.text)
    first, second = (text.find(fold(target.typed)) for target in query.targets)
    than = next((match for match in _THAN.finditer(text) if first < match.start() and first != second and match.end() <= second), None)
    opening = {word.text for word in read_words(text[: than.start()])} if than else set()
    if than is None or not opening.isdisjoint(read_lexicon("passages")["open"]["words"]):
        return None
    pairs = [(one, other) for one in measure(ask, kept[0]) for other in measure(ask, kept[1]) if one[0] == other[0]]
    if not pairs:
        return UNCLEAR
    bounds = [[(min(low for _, low, _ in side), max(high for _, _, high in side))] for side in zip(*pairs, strict=True)]
    (low, high), (other_low, other_high) = (one[0] for one in bounds)
    is_more, is_less = (low >= other_low and high >= other_high), (low <= other_low and high <= other_high)
    if not (is_more or is_less):
        return UNCLEAR
    return Verdict.told(holds=not is_more if than["least"] else not is_less)


_TWO = 2
_COMPARED = read_lexicon("asked_logic")["follow"]
_THAN = compile_later(
    lambda: (
        rf"(?<!\w)(?:(?P<least>{one_of(_COMPARED['least'])})|{one_of(_COMPARED['most'])})(?!\w)[^.?!,;]*?"
        rf"(?<!\w)(?:{one_of(_COMPARED['than'])})(?!\w)"
    )
)
