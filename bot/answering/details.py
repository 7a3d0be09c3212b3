"""Something in particular, or a free question: the lines that speak of it, or that the posting does not say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answering.mentions import YEAR, find_names, find_sought, is_of_another, read_own_figure, split_sayings, weigh_parts_of_years
from bot.answering.passages import DENIED_WITHIN, Passage, denies, find_answers
from bot.answering.reply import (
    LISTS,
    NO,
    UNCLEAR,
    YES,
    Reply,
    Subject,
    answer_in,
    find_held,
    judged,
    lines_below,
    list_of,
    name_subject,
    reply_plainly,
    say_silent,
    tell_sentence,
    wants_verdict,
    words_of_topic,
)
from bot.answering.verdicts import (
    SURE,
    Named,
    asks_for_need,
    decisive_first,
    is_choice,
    is_let_off,
    is_optional,
    is_preferred,
    is_set_apart,
    judge_named,
    judge_passage,
    judge_passages,
    lets_off,
)
from bot.answering.wanted import WEIGHTS, Wanted, find_own_head, is_boilerplate, is_of_name, read_wanted, weigh_word
from bot.domain.answer import Rendered, State
from bot.domain.facts import Quote
from bot.domain.query import Ask, Form, Verdict, turn
from bot.questions.tokens import question_words
from bot.text.clean import fold, fold_space
from bot.text.document import HEADING, PROSE, TITLE, Line, Sentence, is_denied
from bot.text.headings import SectionKind, as_lead, read_line_kind
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.numbers import tells_age
from bot.text.translations import say, say_of
from bot.text.wording import FIGURES, is_only_preferred, kind_asked
from bot.text.words import (
    content_stems,
    english_words,
    find_subjects,
    holds_subject,
    is_function_word,
    languages_in,
    read_stems,
    read_words,
    small_words,
    stem,
)
from bot.topics import BY_NAME
from bot.topics.company import COMPANY
from bot.topics.skills import find_only_language, tells_how_well

# Something in particular: "is there parental leave?", "do I need Kubernetes?", "TensorFlow or JAX?".

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
    """Tell what is asked about; of a posting without a list of what it asks for, the sentences that say whom it looks for."""
    reply = _reply_by_lines(subject)
    is_open = subject.topic == "requirements" and not (subject.ask.about or wants_verdict(subject.ask) or narrowing_subjects(subject))
    if not is_open or reply.state is State.ANSWERED or not (sought := find_sought(subject.document)):
        return reply
    return tell_sentence(subject, *sought)


def _reply_by_lines(subject: Subject) -> Reply:
    """
    Answer what is asked about in particular with the lines that speak of it, or that the posting does not; all else with the whole topic.

    A line answers under the list that it stands in: a question whether Python is a must may find it among what is nice to have.
    """
    ask = subject.ask
    if ask.about and ((named := _lines_naming(subject)) or len(_nouns_behind(ask)) > 1):
        return _render_named(subject, named) if named else _say_not_mentioned(subject)
    parts = narrowing_subjects(subject)
    is_open = ask.form is Form.WHAT and not wants_verdict(ask) and not (subject.topic == COMPANY.name and kind_asked(ask.words) in FIGURES)
    if not ask.about and (len(parts) > 1 or (parts and is_open and _items_on(subject, parts[0]))):
        return _reply_about_parts(subject, parts)
    is_named = bool(ask.about or parts)
    if not is_named and not (subject.topic in _NARROWED or ask.form is Form.YES_NO):
        return reply_plainly(subject)
    own = subject.own_stems | (_GIVING if subject.topic == "benefits" else frozenset())  # "do they pay for X" asks of X
    wanted = read_wanted(ask, leave_out=own, of_topic=() if is_named else words_of_topic(subject.topic))
    where, body = _WHERE_TO_LOOK.get(subject.topic, ()), subject.document.body
    favoured = [one for one in body if lets_off(ask, one.text) or list_of(subject.kept, one.text) in where]
    passages = decisive_first(subject, _of_this(subject, wanted, find_answers(subject.document, wanted, favoured=favoured)))
    if not is_named and not (passages and passages[0].coverage >= SURE and passages[0].evidence):
        return say_silent(subject) if _asks_for_another(subject, wanted) else reply_plainly(subject)
    is_how = subject.topic == "apply" and not ask.about and set(parts) <= {"contact"}
    if not passages or (is_how and parts):  # it is a name or an address, which is told before, or how to apply
        return reply_plainly(subject) if is_how else _say_not_mentioned(subject)
    topic = list_of(subject.kept, passages[0].sentence.line.text) if subject.topic in LISTS else None
    told = render_passages(subject, passages)
    if topic and topic != subject.topic and topic in _WHERE_TO_LOOK[subject.topic]:
        sentence = say_of(subject.say(BY_NAME[topic].label), told.rendered.sentence, locale=subject.locale)
        told = replace(told, rendered=told.rendered.model_copy(update={"sentence": sentence}), topic=topic)
    return judged(told, judge_passages(subject, passages, listed=topic), subject=subject)


def reply_about_duties(subject: Subject) -> Reply:
    """Tell the duties, or the names that are asked for: "which brands are their clients" asks for no duties."""
    is_of_names = narrowing_subjects(subject) and read_wanted(subject.ask, leave_out=subject.own_stems).wants_names
    return reply_freely(subject) if is_of_names else reply_about_details(subject)


def _of_this(subject: Subject, wanted: Wanted, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Return the passages without what is demanded or made for others where an offer is asked about: tested food is no lunch."""
    if asks_for_need(subject.ask):
        return passages
    is_offer = any(read_lexicon("subjects")[name].get("offered") for name in wanted.subjects)
    return [one for one in passages if not is_offer or _tells_offer(one.sentence, wanted)]


_MOST_LINES, _MOST_OF_OFFER = 4, 14  # lines; words: a longer sentence that gives nothing tells what the company does


def _tells_offer(sentence: Sentence, wanted: Wanted) -> bool:
    is_giving = pattern_of("gives").search(sentence.text) is not None or read_line_kind(sentence.line) is SectionKind.BENEFITS
    is_asking = not is_giving and pattern_of("asking").search(sentence.text) is not None
    if denies(sentence.text, find_held(sentence.text, wanted)):
        return True  # that there is none
    is_talk = not is_giving and sentence.line.kind is PROSE and len(sentence.text.split()) > _MOST_OF_OFFER
    return pattern_of("not_counted").search(sentence.text) is not None or not (
        is_asking or is_talk or is_of_another(wanted.subjects, sentence)
    )


def _asks_for_another(subject: Subject, wanted: Wanted) -> bool:
    """Tell whether a yes or no is asked on a thing by no word of the topic, so that the whole list is no answer: "do they pay my phone"."""
    words = [word for word in read_words(subject.ask.words) if weigh_word(word) > WEIGHTS.vague]
    named = {part for word in words for part in (word.stem, *read_stems(english_words().get(word.text, "")))}
    is_of_thing = subject.topic not in _NARROWED and any(term.importance >= WEIGHTS.ordinary for term in wanted.terms)
    return subject.ask.form is Form.YES_NO and is_of_thing and named.isdisjoint(words_of_topic(subject.topic))


def _reply_about_parts(subject: Subject, parts: Sequence[str]) -> Reply:
    """Tell each of the things that are asked about at once, and name those that the posting does not mention."""
    told: dict[str, Quote] = {}
    missing = []
    for part in parts:
        items = _items_on(subject, part) if subject.ask.form is Form.WHAT else {}
        if not items:
            wanted = read_wanted(subject.ask.model_copy(update={"words": read_lexicon("subjects")[part]["asked"][0]}))
            items = {fold_space(_with_label(subject, one)): _whole_line(one) for one in find_answers(subject.document, wanted)[:1]}
        told |= items
        missing += [] if items else [name_subject(part, subject.locale)]
    if not told:
        return _say_not_mentioned(subject)
    first, *others = told
    if missing:
        others.append(subject.say("The posting does not mention {names}.", names=", ".join(missing)))
    # That several things are spoken of does not tell whether each is needed.
    verdict = None if missing or not wants_verdict(subject.ask) or asks_for_need(subject.ask) else YES
    return judged(Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), tuple(told.values())), verdict, subject=subject)


def _items_on(subject: Subject, part: str) -> dict[str, Quote]:
    """Return the topic's items that speak of a subject, each with its quote."""
    return {fold_space(str(fact.value)): fact.quote for fact in subject.facts if holds_subject(str(fact.value), part)}


_GIVING = frozenset(read_stems("pay pays cover covers offer provide give"))
_NARROWED = frozenset({"requirements", "preferred"})
"""Topics that any further word narrows; where nothing is found for it, all is told."""


def narrowing_subjects(subject: Subject) -> tuple[str, ...]:
    """Return the subjects of this topic that the words name, for a list those of none too: "vacation", "equity" of the benefits."""
    words = read_words(subject.ask.words)
    named = [name for name in find_subjects(words) if not is_of_name(name, words, leave_out=subject.own_stems)]
    topics = (subject.topic, None) if subject.topic in LISTS else (subject.topic,)
    return tuple(name for name in named if read_lexicon("subjects")[name].get("topic") in topics)


def _say_not_mentioned(subject: Subject) -> Reply:
    spelt = {fold(name): name for name in reversed(subject.ask.about)}  # "C++ or c++" is one thing
    named = narrowing_subjects(subject) or tuple(one for one in find_subjects(read_words(subject.ask.words)) if one in _BESIDE_PAY)
    proofs = [word.text for word in read_words(subject.ask.words) if word.text in _PROOFS and len(_nouns_behind(subject.ask)) > 1]
    names = [" ".join((name, *proofs[:1])) for name in spelt.values()][::-1] or [name_subject(name, subject.locale) for name in named]
    silent = Rendered(sentence=subject.say("The posting does not mention {names}.", names=", ".join(names))) if names else None
    return _tell_share(subject, named) or (Reply(State.NOT_STATED, silent) if silent else say_silent(subject))


_BESIDE_PAY = frozenset({"bonus", "equity"})  # what is asked of pay beside its amount


def _lines_naming(subject: Subject) -> list[Named]:
    """Return the lines that name what is asked about, those of the lists first, in their order."""
    lines = [*subject.document.body, *(line for line in subject.document.lines if line.kind is TITLE)]
    found = [named for thing in subject.ask.about for line in lines for named in _find_named(subject, thing, line)]
    found = [named for named in found if named.line.kind is not TITLE] or found
    found = [named for named in found if not _is_of_the_land(named)]
    if nouns := _nouns_behind(subject.ask):
        found = [named for named in found if not nouns.isdisjoint(word.stem for word in read_words(named.text))]
    head = find_own_head(subject.ask) if subject.ask.form is not Form.YES_NO else frozenset()
    found = [named for named in found if any(word.stem.startswith(tuple(head)) for word in read_words(named.line.text))] or found
    return sorted(found, key=lambda named: ((*LISTS, None).index(named.listed), is_optional(named) or is_choice(named)))


def _is_of_the_land(named: Named) -> bool:
    """Tell whether the name of a spoken language tells but where something is from: "the Japanese market"."""
    if fold(named.thing) not in question_words("spoken") or pattern_of("speaking").search(named.text):
        return False
    behind = _NOUN_BEHIND.match(named.text, named.end)
    return behind is not None and not (is_function_word(behind[1]) or behind[1] in small_words() or tells_how_well(fold(behind[1])))


_NOUN_BEHIND = compile_later(r"[ -]([a-zà-ÿ]{3,})")


def _nouns_behind(ask: Ask) -> frozenset[str]:
    """Return the stems of what makes something else of a thing right before it: "are there azure credits", "is an azure cert needed"."""
    words, named = [[word.text for word in read_words(text)] for text in (ask.words, *ask.about[:1])] if len(ask.about) == 1 else ([], [])
    needs = asks_for_need(ask) or ask.is_own
    for at in range(len(words) - len(named) if wants_verdict(ask) else 0):
        behind = words[at + len(named)] if words[at : at + len(named)] == named else ""
        if behind in _PROOFS or (behind in _GOODS and not needs):
            return frozenset(map(stem, _PROOFS if behind in _PROOFS else [behind]))
    return frozenset()


_GOODS, _PROOFS = (frozenset(read_lexicon("passages")["goods"][key].split()) for key in ("words", "proofs"))


def _find_named(subject: Subject, thing: str, line: Line) -> Iterator[Named]:
    """Yield what each sentence of a line that names a thing says of it."""
    if line.kind is HEADING or not any(find_names(thing, line.text)):
        return
    for text in split_sayings(line):
        if places := list(find_names(thing, text)):
            start, end = next((one for one in places if is_denied(text, start=one[0], end=one[1], reach=DENIED_WITHIN)), places[0])
            listed = list_of(subject.kept, text)
            if listed == "preferred" and len(text) < len(line.text) and not _is_welcomed(line, text):
                listed = None  # another sentence of the same line is what welcomes
            is_had = listed == "responsibilities" and pattern_of("had").match(text)  # "You have experience with Go"
            listed = "requirements" if is_had or (not listed and _is_demanded(line, text)) else listed
            found = Named(thing, text[start:end], line, text, start, listed)
            yield replace(found, listed="requirements") if listed == "preferred" and is_set_apart(found) else found


def _is_welcomed(line: Line, text: str) -> bool:
    return read_line_kind(line) is SectionKind.PREFERRED or is_only_preferred(text) or pattern_of("optional").search(text) is not None


def _is_demanded(line: Line, text: str) -> bool:
    """Tell whether a sentence says that what it names is required or had by whoever is hired, and nothing in it that it need not be."""
    if pattern_of("optional").search(text):
        return False
    is_told = read_line_kind(line) not in _NO_DEMANDS and any(pattern_of(table).search(text) for table in ("had", "had_well"))
    return is_told or pattern_of("demanded").search(text) is not None


_NO_DEMANDS = frozenset({SectionKind.BENEFITS, SectionKind.COMPANY, SectionKind.LEGAL, SectionKind.PAY})


def _render_named(subject: Subject, named: Sequence[Named]) -> Reply:
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


def _standing_of(named: Named, ask: Ask) -> str:
    """Return the sentence for where a thing stands; where need is asked about, it says why a requirement need not be met."""
    if is_preferred(named):
        return STANDING["preferred"]
    if named.listed == "requirements" and asks_for_need(ask):
        if is_optional(named) or is_let_off(named):
            return STANDING["preferred" if is_only_preferred(named.text) else None]
        if is_choice(named):
            return STANDING["choice"]
    return STANDING[named.listed]


# A free question: the passage that answers, or that the posting does not say.

_SECTION_LENGTHS = range(1, 13)  # so many lines under one heading are told as a list: the steps of an interview
_LISTED_SUBJECTS = frozenset({"interview", "first_months", "next_steps", "team_members", "values"})  # their lines answer together

_OF_PLACES = frozenset({"office", "office_address", "presence", "commute", "relocation"})


def reply_freely(subject: Subject) -> Reply:
    """Quote the part or the passages that answer best, in the posting's words, or say that it does not say."""
    if subject.ask.about and _is_role_only(subject):
        subject = replace(subject, ask=subject.ask.model_copy(update={"about": ()}))
    if subject.ask.about and (naming := _lines_naming(subject)):
        return _render_named(subject, naming)
    of_place = kind_asked(subject.ask.words) == "place" or not _OF_PLACES.isdisjoint(find_subjects(read_words(subject.ask.words)))
    wanted = read_wanted(subject.ask, leave_out=subject.own_stems | (frozenset() if of_place else subject.place_stems))
    ask, body = subject.ask, subject.document.body
    needed = [one for one in body if lets_off(ask, one.text) or (ask.is_must and list_of(subject.kept, one.text) == "requirements")]
    passages = decisive_first(subject, _of_this(subject, wanted, find_answers(subject.document, wanted, favoured=needed)))
    is_sure = passages and (passages[0].has_kind if wanted.kind == "date" else passages[0].is_particular and wanted.kind not in FIGURES)
    if lines := _counted_first(subject.ask, _lines_of_part(subject, () if is_sure else wanted.subjects)):
        lead = Rendered(sentence=as_lead(lines[0].heading or ""), items=tuple(fold_space(line.text) for line in lines))
        reply = Reply(State.ANSWERED, lead, tuple(line.quote() for line in lines))
        return judged(reply, judge_passage(subject, passages[0], listed=None) if passages else None, subject=subject)
    if not passages:
        return _say_not_mentioned(subject)
    return judged(render_passages(subject, passages), judge_passages(subject, passages, listed=None), subject=subject)


def _tell_share(subject: Subject, named: Sequence[str]) -> Reply | None:
    """Tell the lines that give a share right behind the pay, which is of the company though none calls it so: "($80-100k, 1-2%)"."""
    lines = [line for line in subject.document.lines if _SHARE.search(line.text)] if "equity" in named else []
    asked = content_stems(subject.ask.words)
    most = max((len(asked & content_stems(line.text)) for line in lines), default=0)
    told = [line for line in lines if len(asked & content_stems(line.text)) == most][:_MOST_LINES]
    if not told:
        return None
    first, *others = (fold_space(line.text) for line in told)
    return Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), tuple(line.quote() for line in told))


_SHARE = compile_later(
    r"[$€£]\s?\d[\d.,]*\s?[kK]?(?:\s?[-–]\s?\d[\d.,]*\s?[kK]?)?\s?[,;/+&·|]\s?\d{1,2}(?:\.\d+)?\s?%?(?:\s?[-–]\s?\d{1,2}(?:\.\d+)?\s?)?%(?!\s?\w)"
)


def _is_role_only(subject: Subject) -> bool:
    """Tell whether what is named is of the role's own name, beside something that is asked: "the Android job's hiring process"."""
    named = {word.stem for thing in subject.ask.about for word in read_words(thing)}
    return named <= subject.own_stems and not asks_for_need(subject.ask) and bool(read_wanted(subject.ask, leave_out=named).subjects)


def render_passages(subject: Subject, passages: Sequence[Passage]) -> Reply:
    """
    Tell passages, the best one first, with the lines below it where it only names them; a bullet is quoted whole.

    One that answers by its meaning alone, in other words than the question's, is told as what is nearest to it.
    """
    below = lines_below(subject, passages[0])
    texts = (_with_label(subject, passages[0]), *(line.text for line in below), *(one.sentence.text for one in passages[1:]))
    told = list(dict.fromkeys(map(fold_space, texts)))
    if len(below) == 1 and (told[0].endswith(":") or answer_in(below[0].text) or len(told[-1].split()) <= _MOST_VALUE_WORDS):
        told[:2] = [f"{told[0].rstrip(':')}{'' if told[0].endswith('?') else ':'} {told[1]}"]  # a label and its value
    first, *others = told
    if passages[0].shared < WEIGHTS.floor:
        first = say_of(subject.say("Nearest to what is asked"), first, locale=subject.locale)
    quotes = dict.fromkeys((_whole_line(passages[0]), *(line.quote() for line in below), *map(_whole_line, passages)))
    return Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), tuple(quotes))


def _with_label(subject: Subject, passage: Passage) -> str:
    """Return a sentence, behind its heading where it is a mere value: "Relocation provided: No"."""
    sentence, heading = passage.sentence, passage.sentence.line.heading
    is_label = passage.is_particular or any(holds_subject(sentence.text, name) for name in find_subjects(read_words(subject.ask.words)))
    is_value = sentence.line.kind is PROSE and len(sentence.text.split()) <= _MOST_VALUE_WORDS and not is_label
    return f"{heading.rstrip(' :')}: {sentence.text}" if is_value and heading else sentence.text


_MOST_VALUE_WORDS, _MOST_QUOTED = 3, 3  # words; sentences of a line that is quoted whole: what stands around an answer explains it


def _whole_line(passage: Passage) -> Quote:
    """Return the sentence's quote; a line of a few sentences is quoted whole."""
    line = passage.sentence.line
    return passage.sentence.quote if len(line.sentences) > _MOST_QUOTED else line.quote()


def _lines_of_part(subject: Subject, named: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines under the heading that asks the same, or names a subject that has a part of its own."""
    statements, listed = subject.document.statements, [name for name in named if name in _LISTED_SUBJECTS]
    asked = content_stems(subject.ask.words) - subject.own_stems
    same = tuple(line for line in statements if len(asked) > 1 and asked <= content_stems(line.heading or ""))
    lines = same or tuple(line for line in statements if any(holds_subject(line.heading or "", name) for name in listed))
    return lines if len(lines) in _SECTION_LENGTHS and len({line.headings for line in lines}) == 1 else ()


def _counted_first(ask: Ask, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of a part with those first that give what is counted: the hours that an interview takes."""
    is_counted = kind_asked(ask.words) in FIGURES
    units = content_stems(ask.words) & set(read_stems(read_lexicon("passages")["head"]["units"])) if is_counted else frozenset()
    return tuple(sorted(lines, key=lambda line: not (any(sign.isdigit() for sign in line.text) and units & content_stems(line.text))))


# What somebody tells of themselves against what a posting takes: an age, the year of a car or degree, the language of a CV.


def tell_bound(subject: Subject) -> Reply | None:
    """Tell the yes or no that what somebody tells of themselves comes to by a bound of the posting's, None where they tell nothing such."""
    return _tell_figure(subject) or _tell_language_of_papers(subject) or _tell_only_language(subject)


def _tell_only_language(subject: Subject) -> Reply | None:
    """Say whether the one spoken language, or each of several numbers of years, that somebody has will do."""
    ask, read = subject.ask, lambda: subject.document
    is_asked = ask.is_own or wants_verdict(ask)
    found = (find_only_language(ask.words, read) or weigh_parts_of_years(ask, read)) if is_asked else None
    return found and tell_sentence(subject, found[0], verdict=found[1])


def _tell_language_of_papers(subject: Subject) -> Reply | None:
    """Say whether a CV or letter may be in a language, by the sentence that says which one it must be in."""
    asked = languages_in(subject.ask.words) if pattern_of("papers").search(subject.ask.words) else set()
    if not asked or not wants_verdict(subject.ask):
        return None
    for sentence in (one for line in subject.document.lines for one in line.sentences):
        if pattern_of("papers").search(sentence.text) and (said := languages_in(sentence.text)):
            return tell_sentence(subject, sentence, verdict=turn(Verdict.told(holds=bool(asked & said)), is_denied=subject.ask.is_denied))
    return None


_Bound = tuple[Sentence, float | None, float | None]
"""A sentence, and the least or most of something that it takes."""


def _tell_figure(subject: Subject) -> Reply | None:
    """
    Say whether an age, or the year of a car or degree, that somebody names is within what the posting takes; None where none is named.

    Where it is asked whether one must be of that age, a yes needs the very same bound.
    """
    ask = subject.ask
    for kind, words in read_lexicon("passages")["bounds"].items():
        named = read_own_figure(words["asked"], ask.words, kind=kind)
        bounds = list(_bounds_of(subject, words, kind)) if named is not None else []
        if named is None or not bounds or ask.amount is not None or not (wants_verdict(ask) or ask.is_own):
            continue
        return tell_sentence(subject, bounds[0][0], verdict=_judge_bound(ask, named, bounds))
    return None


def _judge_bound(ask: Ask, named: float, bounds: Sequence[_Bound]) -> Verdict | None:
    least, most = {low for _, low, _ in bounds} - {None}, {high for *_, high in bounds} - {None}
    if len(least) > 1 or len(most) > 1:
        return UNCLEAR
    low, high = next(iter(least), None), next(iter(most), None)
    if ask.is_must and not tells_age(fold(ask.words)):
        return YES if named == low else NO if low is not None and low < named else UNCLEAR
    holds = (low is None or named >= low) and (high is None or named <= high)
    is_turned = (ask.is_denied and not ask.is_own) or pattern_of("beyond_age").search(ask.words) is not None
    is_open = not holds and pattern_of("excepting").search(bounds[0][0].text) is not None  # "unless you were one before"
    return UNCLEAR if is_open else turn(Verdict.told(holds=holds), is_denied=is_turned)


def _bounds_of(subject: Subject, words: Mapping[str, Sequence[str]], kind: str) -> Iterator[_Bound]:
    """Yield the sentences that give the least or most of a kind of thing."""
    spoken = re.compile(rf"(?<!\w)(?:{one_of(words['said'])})", re.IGNORECASE)
    for sentence in subject.document.sentences():
        if is_boilerplate(sentence.text) or not spoken.search(sentence.text):
            continue
        figures = [float(one) for one in (_AGES if kind == "age" else YEAR).findall(sentence.text)]
        is_least, is_most = (pattern_of(table).search(sentence.text) is not None for table in ("bound_below", "bound_above"))
        if len(figures) == 1 and is_least != is_most:
            yield sentence, figures[0] if is_least else None, figures[0] if is_most else None


_AGES = compile_later(r"(?<![\w.,$-])(\d\d)(?!\d|%|[.,:]\d|[\s-]?(?:hours?|hrs|days?|months?|lbs?|pounds|k\b))")
