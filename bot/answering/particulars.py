"""What a question names beside its topic: told alone where the topic is silent or only guessed, else below what it states."""

from dataclasses import replace

from bot.answering.details import render_passages
from bot.answering.passages import Passage, find_answers, find_passages, stems_of
from bot.answering.reply import (
    LISTS,
    Reply,
    Subject,
    judged,
    tell_contact,
    tell_sentence,
    words_of_topic,
)
from bot.answering.verdicts import SURE, asks_for_need, judge_passage
from bot.answering.wanted import WEIGHTS, read_wanted, weigh_word
from bot.domain.answer import State
from bot.domain.query import Ask
from bot.text.clean import fold, fold_space
from bot.text.document import TAG, TITLE
from bot.text.lexicon import pattern_of, read_lexicon
from bot.text.likeness import likeness, vector_of
from bot.text.technologies import find_technologies
from bot.text.whereabouts import find_office
from bot.text.wording import kind_asked
from bot.text.words import english_words, find_subjects, read_words, stem
from bot.topics import OTHER
from bot.topics.countries import COUNTRIES


def heed_particulars(subject: Subject, reply: Reply) -> Reply:
    """Tell what a question names beside its topic: alone where that is silent, only guessed or a whole list, else below what it states."""
    beside = _tell_beside_place(subject)
    if beside and (reply.state is not State.ANSWERED or kind_asked(subject.ask.words) != "place") and asks_where_office(subject.ask):
        return beside  # "in which countries do they have offices" asks not where one may be
    if beside is not None and reply.state is State.ANSWERED:
        return _tell_below(reply, beside)
    best = find_particular(subject, is_silent=reply.state is not State.ANSWERED)
    if best is None or (reply.verdict is not None and subject.topic in LISTS):
        return reply
    told = {*reply.rendered.items, reply.rendered.sentence, *(() if best.has_kind else (fold_space(one.text) for one in reply.quotes))}
    if any(fold_space(best.sentence.text) in one for one in told):
        return reply
    passage = render_passages(subject, [best])
    is_let_off = asks_for_need(subject.ask) and pattern_of("not_needed").search(best.sentence.text) is not None
    is_whole = is_let_off or (best.shared >= WHOLE and not best.misses_word)
    verdict = judge_passage(subject, best, listed=None) if reply.verdict is None and is_whole else None
    if reply.state is State.ANSWERED and is_cued(subject) and subject.topic not in LISTS:
        return judged(_tell_below(reply, passage), verdict, subject=subject)
    return judged(passage, verdict, subject=subject)


def _tell_below(reply: Reply, beside: Reply) -> Reply:
    """Return a reply with what else is told below it, each once."""
    every = (*reply.rendered.items, beside.rendered.sentence, *beside.rendered.items)
    items = tuple(dict.fromkeys(one for one in every if one != reply.rendered.sentence))
    return replace(reply, rendered=reply.rendered.model_copy(update={"items": items}), quotes=(*reply.quotes, *beside.quotes))


def _tell_beside_place(subject: Subject) -> Reply | None:
    """Tell what is asked with a place and is none: whom to contact, and the towns of the offices."""
    named = find_subjects(read_words(subject.ask.words)) if subject.topic in ("workplace", COUNTRIES.name) else None
    if named and "contact" in named:
        return tell_contact(subject)
    if named is None or subject.ask.place or not asks_where_office(subject.ask):
        return None
    office = "headquarters" if "headquarters" in named else "office"
    passages = find_answers(subject.document, read_wanted(Ask(topic=OTHER, words=f"where is the {office}")))
    fitting = (one for one in passages if one.has_kind and (office != "office" or office in fold(one.sentence.text)))
    told = next((render_passages(subject, [one]) for one in fitting), None)
    address = None if told or office == "headquarters" else find_office(subject.document)
    return tell_sentence(subject, address, verdict=None) if address else told


def find_particular(subject: Subject, *, is_silent: bool) -> Passage | None:
    """Return the passage that holds what is asked beside the topic; where a word names the topic, it speaks of that too."""
    ask = subject.ask.model_copy(update={"about": ()})
    if set(find_subjects(read_words(ask.words))) in TOLD_BEFORE:
        return None
    own = subject.own_stems | {word.stem for word in (read_words(ask.place.typed) if ask.place else ())}
    own |= {word.stem for word in read_words(ask.words) if ask.years and word.text.isdigit()}
    is_of_days = subject.topic == "workplace" and any(english_words().get(one.text, one.text) == "days" for one in read_words(ask.words))
    ask = ask.model_copy(update={"words": f"how many {ask.words}"}) if is_of_days else ask  # "office days"
    wanted = read_wanted(ask, leave_out=own, of_topic=frozenset() if is_of_days else words_of_topic(subject.topic))
    if not any(term.importance > WEIGHTS.vague for term in wanted.terms):
        return None  # most questions ask for nothing beside: the text need not be read again
    beside = find_answers(subject.document, wanted)
    is_named = is_cued(subject)
    if subject.topic == "skills" and wanted.wants_names:  # "which databases" asks for their names, and for no talk of databases
        named = (one for one in find_passages(subject.document, wanted) if one.holds_name and find_technologies(one.sentence.text))
        beside = tuple(named) or (() if is_named else beside)
    least = _LITTLE_EVIDENCE if is_named != is_silent else _EVIDENCE
    best = next((one for one in beside if one.coverage >= SURE and one.evidence >= least), None)
    if best is None or not is_named:
        return best
    whole = find_passages(subject.document, read_wanted(ask, leave_out=own))
    coverage = next((one.coverage for one in whole if one.sentence == best.sentence), 0.0)
    is_much = best.evidence >= _MORE_EVIDENCE and not (is_silent and subject.topic == "pay")  # it is stated in figures or not at all
    least_of_whole = SURE if is_much else WHOLE if is_silent else _HALF
    is_meant = best.likeness >= _MEANT and coverage >= _MUCH and subject.topic not in _EXACT
    return best if coverage >= least_of_whole or is_meant else None


TOLD_BEFORE = ({"contact"}, {"contract_length"})  # a name or an address, and a time: no other sentence gives them
_LITTLE_EVIDENCE, _EVIDENCE, _MORE_EVIDENCE = 0.5, 0.7, 1.2  # what must be held beside a topic, in place of one, of one named and silent
_MEANT, _MUCH = 0.75, 0.7  # how alike in meaning a sentence must be that holds only so much of a question on which its topic is silent
WHOLE, _HALF = 0.85, 0.5  # the share of a question that must be held for a yes or no, and beside what a topic states


def is_cued(subject: Subject) -> bool:
    """Tell whether a question names its topic by a word or a value of it."""
    ask = subject.ask
    named = (ask.values, ask.amount, ask.years, ask.level, ask.place if subject.topic == COUNTRIES.name else None)
    words = (one for one in read_words(ask.words) if weigh_word(one) > 0)
    return any(named) or any({one.stem, stem(english_words().get(one.text, ""))} & words_of_topic(subject.topic) for one in words)


def asks_where_office(ask: Ask) -> bool:
    """Tell whether it is asked where an office is."""
    words, towns = {word.text for word in read_words(ask.words)}, read_lexicon("passages")["towns"]
    is_where = kind_asked(ask.words) == "place" or any(one in fold(ask.words) for one in towns["which"])
    return (is_where and not words.isdisjoint(towns["offices"])) or any(one in fold(ask.words) for one in towns["parts"])


# What means the same as a question, whatever the words.


def heed_meaning(subject: Subject, reply: Reply) -> Reply:
    """Tell the sentence that means what is asked where nothing that is told comes near it: alone where the topic is silent or guessed."""
    best = None if subject.ask.about else _find_alike(subject, reply)
    if best is None or any(fold_space(best.sentence.text) in one for one in (reply.rendered.sentence, *reply.rendered.items)):
        return reply
    passage = render_passages(subject, [best])
    return _tell_below(reply, passage) if reply.state is State.ANSWERED else passage


def _find_alike(subject: Subject, reply: Reply) -> Passage | None:
    """Return the sentence that means what is asked, if it is nearer to it than what is told; none where silence is sure."""
    ask, is_silent = subject.ask, reply.state is not State.ANSWERED
    if is_silent and (subject.topic in _EXACT or is_cued(subject)):
        return None
    own = subject.own_stems | {word.stem for word in (read_words(ask.place.typed) if ask.place else ())}
    beside = read_wanted(ask, leave_out=own, of_topic=words_of_topic(subject.topic))
    if not any(term.importance > WEIGHTS.vague for term in beside.terms):
        return None  # it asks for the topic alone
    wanted = read_wanted(ask, leave_out=own)
    if wanted.subjects and is_silent:
        return None  # what it may be called is known
    told = max((likeness(wanted.meaning, vector_of(stems_of(one.text))) for one in reply.quotes), default=0.0)
    best = next(iter(find_passages(subject.document, wanted)), None)
    return best if best and best.likeness >= max(_ALIKE, told - _LESS) and _is_statement(best) else None


def _is_statement(passage: Passage) -> bool:
    return passage.sentence.line.kind not in (TAG, TITLE) and len(passage.sentence.text.split()) >= _FEW_WORDS


_EXACT = frozenset({"pay", "visa", "countries", "education", "authorization", "benefits"})
"""Topics whose facts are found by exact rules: where none is, the posting does not say."""

_ALIKE, _LESS, _FEW_WORDS = 0.42, 0.05, 4
