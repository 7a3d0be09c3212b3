"""Years, degrees and roles, and whether a posting fits somebody: what can be compared with what they told is met, not met or not said."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from bot.answering.details import STANDING, render_passages, reply_about_details
from bot.answering.mentions import find_names, name_pattern
from bot.answering.passages import Passage, find_answers, find_passages
from bot.answering.reply import (
    NO,
    UNCLEAR,
    YES,
    Reply,
    Subject,
    judged,
    list_of,
    render_facts,
    reply_plainly,
    sum_up,
    tell_sentence,
    wants_verdict,
    with_quote,
    words_of_topic,
)
from bot.answering.verdicts import SURE, Named, asks_for_need, judge_named, judge_passage
from bot.answering.wanted import WEIGHTS, read_wanted, weigh_word
from bot.domain.answer import Rendered, State
from bot.domain.facts import EducationLevel, Experience, Fact, Quote
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Profile, Verdict, turn
from bot.questions.commands import to_asks
from bot.questions.title_index import RoleWords, common_role_words, doers, read_role_words, role_nouns
from bot.text.clean import fold, fold_space
from bot.text.document import Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.markup import strip_markup
from bot.text.numbers import counts_years_of, find_lines_with_years, find_year_spans, words_of_years
from bot.text.translations import cut_items, say, say_of
from bot.text.wording import FIGURES, field_of_degree, kind_asked, lists_fields, names_field
from bot.text.words import OR, english_words, lacks_degree, read_words, stem
from bot.topics import BY_NAME
from bot.topics.education import EDUCATION, find_degrees, find_lines_with_degrees, find_other_way, names_instead
from bot.topics.eligible_places import judge_place
from bot.topics.experience import find_demands_of_experience, find_substitution
from bot.topics.pay_wording import holding_at
from bot.topics.skills import skill_key

# A posting's requirements against it.


class Requirement(NamedTuple):
    """One thing that is compared: whether it is met, not met or not said, and what the posting says of it."""

    topic: str
    verdict: Verdict
    told: str = ""
    quote: Quote | None = None


def compare_requirements(kept: KeptPosting, profile: Profile, *, locale: str = "en") -> Iterator[Requirement]:
    """Yield each requirement of a posting that can be compared with what somebody told; the posting's text is read again for it."""
    document = Subject(kept, Ask(), locale).document
    for ask in to_asks(profile):
        topic = BY_NAME[ask.topic or ""]
        facts = topic.facts_in(kept.posting)
        if ask.topic == "skills":
            yield from _compare_skills(kept, ask.about, locale)
        elif ask.topic == "countries":
            yield _told(ask, facts, judge_place(ask, facts, document=document), locale)
        elif ask.topic == "pay":
            there = holding_at(facts, profile.place) if profile.place else facts
            yield _compare_pay(ask, locale, there) if there else _told(ask, facts, UNCLEAR, locale)  # what is paid elsewhere is told
        else:
            with_degree = ask.model_copy(update={"level": ask.level or (profile.degree if ask.topic == "experience" else None)})
            asked = with_degree.model_copy(update={"form": Form.YES_NO})
            yield _told(ask, facts, topic.judge(asked, facts) if topic.judge and facts else None, locale)
    if profile.needs_visa is False and (facts := BY_NAME["authorization"].facts_in(kept.posting)):
        yield from (_told(Ask(topic="authorization"), [fact], UNCLEAR, locale) for fact in facts)


def _told(ask: Ask, facts: Sequence[Fact[Any]], verdict: Verdict | None, locale: str) -> Requirement:
    if not facts:
        return Requirement(ask.topic or "", UNCLEAR)
    told = BY_NAME[ask.topic or ""].render_in(locale, facts)
    words = fold_space(" ".join((told.sentence, ", ".join(cut_items(told.items, _MOST_ITEMS, locale=locale))))).rstrip(".")
    return Requirement(ask.topic or "", verdict or UNCLEAR, words, facts[0].quote)


def _compare_pay(ask: Ask, locale: str, facts: Sequence[Fact[Any]]) -> Requirement:
    """Compare with the statements in the same currency and for the same period: it is met where one of them reaches so far."""
    amount = ask.amount
    alike = [
        fact
        for fact in facts
        if amount and (amount.currency or fact.value.currency) == fact.value.currency and (amount.per or fact.value.per) is fact.value.per
    ]
    if amount is None or not alike:
        return _told(ask, facts, None, locale)
    reaching = [fact for fact in alike if fact.value.maximum is not None and fact.value.maximum >= amount.value]
    is_open = any(fact.value.maximum is None for fact in alike)
    sure = [fact for fact in alike if fact.value.minimum is not None and fact.value.minimum >= amount.value]
    return _told(ask, reaching or sure or alike, YES if reaching or sure else UNCLEAR if is_open else NO, locale)


_MOST_COMPARED, _MOST_ITEMS, _LONGEST_QUOTE = 20, 6, 160


def _compare_skills(kept: KeptPosting, skills: Sequence[str], locale: str) -> Iterator[Requirement]:
    """Compare the skills that the posting requires, one by one; what is welcome, or one of several that would do, is not required."""
    own = set(map(skill_key, skills))
    facts = BY_NAME["skills"].facts_in(kept.posting)
    if not facts:
        yield Requirement("skills", UNCLEAR)
    told: list[str] = []
    for fact in facts[:_MOST_COMPARED]:
        name = str(fact.value)
        has = skill_key(name) in own or any(name_pattern(skill).search(name) for skill in skills)
        needed = reply_about_details(Subject(kept, Ask(topic="skills", about=(name,), is_must=True, form=Form.YES_NO), locale))
        if needed.verdict is YES or has:
            told.append(name)
            yield Requirement("skills", YES if has else NO, name, (needed.quotes or (fact.quote,))[0])
    for fact in facts[:_MOST_COMPARED]:
        names = _names_of_choice(fact, facts) if list_of(kept, str(fact.value)) == "requirements" else ()
        if names and not set(names) & set(told):
            told += names
            text = fact.quote.text
            of_several = fold_space(text[text.index(names[0]) : text.index(names[-1]) + len(names[-1])])
            yield Requirement("skills", UNCLEAR if _LIKE_THEM.search(text) else NO, of_several, fact.quote)


def _names_of_choice(fact: Fact[str], facts: Sequence[Fact[str]]) -> tuple[str, ...]:
    """
    Return the skills of which one will do, of which a fact's is one, in their order; nothing where it is none of several, or only welcome.

    >>> def read(text, *names): return [Fact(value=name, quote=Quote(text=text)) for name in names]
    >>> facts = read("Two years of Go, Rust or C, and SQL", "Go", "Rust", "C", "SQL")
    >>> _names_of_choice(facts[1], facts), _names_of_choice(facts[3], facts)
    (('Go', 'Rust', 'C'), ())
    """
    text, names = fact.quote.text, [str(one.value) for one in facts if one.quote == fact.quote]
    if pattern_of("optional").search(text) or not all(name in text for name in names):
        return ()
    runs: list[list[str]] = [names[:1]]
    for before, name in pairwise(names):
        between = text[text.index(before) + len(before) : text.index(name)]
        runs = [*runs[:-1], [*runs[-1], name]] if _BETWEEN_SEVERAL.fullmatch(between) else [*runs, [name]]
    own = next(run for run in runs if str(fact.value) in run)
    return tuple(own) if len(own) > 1 and _OR.search(text, text.index(own[0]), text.index(own[-1])) else ()


_OR = compile_later(rf"/|\s(?:{OR}|u)\s")
_BETWEEN_SEVERAL = compile_later(rf"\s?[,/]\s?(?:(?:{OR}|u)\s)?|\s(?:{OR}|u)\s")
_LIKE_THEM = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['like_them']['words'])})", re.IGNORECASE)
"""Others than those that are named will do as well."""

_SIGNS = {YES: "✓", NO: "✗", UNCLEAR: "?"}
_TELL_FIRST = (
    "I compare this posting with what you tell of yourself: where you live, years, degree, skills, visa or pay. Nothing is told yet."
)


def render_fit(kept: KeptPosting, profile: Profile, *, locale: str) -> tuple[Rendered, ...]:
    """Tell which requirements are met, not met and not said, each with the posting's own words."""
    found = list(compare_requirements(kept, profile, locale=locale))
    counts = {verdict: sum(one.verdict is verdict for one in found) for verdict in _SIGNS}
    if not found:
        sentence = _TELL_FIRST if profile == Profile() else "Nothing that you told can be compared with this posting."
        return (Rendered(sentence=say(sentence, locale)),)
    sentence = say("{met} met, {unmet} not met, {unsaid} not said", locale, met=counts[YES], unmet=counts[NO], unsaid=counts[UNCLEAR])
    tellings = [Rendered(sentence=sentence)]
    headings = {YES: say("Met:", locale), NO: say("Not met:", locale), UNCLEAR: say("Not said, or not clear:", locale)}
    for verdict, heading in headings.items():
        if items := tuple(f"{_SIGNS[verdict]} {_line(one, locale)}" for one in found if one.verdict is verdict):
            tellings.append(Rendered(sentence=heading, items=items))
    return tuple(tellings)


def _line(one: Requirement, locale: str) -> str:
    label = say(BY_NAME[one.topic].label, locale)
    if not one.told:
        return say_of(label, say("not said", locale), locale=locale)
    quote = fold_space(strip_markup(one.quote.text)) if one.quote else ""
    cut = f"{quote[:_LONGEST_QUOTE].rsplit(' ', 1)[0]}…" if len(quote) > _LONGEST_QUOTE else quote
    return say_of(label, one.told, locale=locale) + (f" — “{cut}”" if cut and cut != one.told else "")


# Years of experience, with something in particular.

_YEARS = compile_later(r"\b(?:years?|yrs?|jahre?n?|años|ans|anos|experience)\b", re.IGNORECASE)


def reply_about_experience(subject: Subject) -> Reply:
    """Tell the years, or that none are asked for, and to who has no degree whether they will do."""
    reply, ask = _tell_substitution(subject) or _tell_degree(subject) or _tell_years(subject), subject.ask
    if ask.level is not EducationLevel.NONE or ask.years is None or not any(map(find_degrees, (fact.quote.text for fact in subject.facts))):
        return reply
    items = dict.fromkeys((*reply.rendered.items, *(fold_space(fact.quote.text) for fact in subject.facts)))  # the way without a degree
    return replace(reply, rendered=reply.rendered.model_copy(update={"items": tuple(items)}))


def _tell_substitution(subject: Subject) -> Reply | None:
    found = find_substitution(subject.ask.words, subject.document)
    return None if found is None else tell_sentence(subject, found[0], verdict=found[1])


def _tell_years(subject: Subject) -> Reply:
    """Tell the years, or that none are asked for; where something in particular is asked about, the line that speaks of that."""
    is_number = subject.ask.years is not None or kind_asked(subject.ask.words) in FIGURES or _IN_YEARS.search(fold(subject.ask.words))
    if subject.ask.about and not is_number:  # "is Cypress experience asked for" asks for no years
        return replace(reply_about_details(replace(subject, ask=subject.ask.model_copy(update={"topic": "skills"}))), topic="skills")
    reply = _tell_all_years(subject)
    is_silent = reply.state is not State.ANSWERED and not subject.ask.about
    if other := _tell_counting(subject) or (is_silent and (_tell_no_experience(subject) or _tell_welcome_years(subject))):
        return other
    kind = _kind_of_experience(subject.ask.words) if subject.ask.years is None else frozenset()
    own = (subject.own_stems - kind) | words_of_years(subject.ask.words)
    wanted = read_wanted(subject.ask, leave_out=own, of_topic=words_of_topic(subject.topic) - kind)
    floor = WEIGHTS.floor if subject.ask.about or kind else SURE
    is_telling = any(one.importance >= WEIGHTS.topical for one in wanted.terms)
    found = find_answers(subject.document, wanted) if is_telling else ()
    held = (one for one in found if one.shared >= floor and (kind or _YEARS.search(one.sentence.text)))
    passages = sorted(held, key=lambda one: _YEARS.search(one.sentence.text) is None)  # what asks for years of it goes first
    if is_number and subject.ask.years is None:
        passages += find_passages(subject.document, wanted) if is_telling else ()
        counting = [one for one in passages if any(find_year_spans(one.sentence.text))]
        of_it = [one for one in counting if _years_of(subject.ask.about, one.sentence.text) is not None]
        order = {"preferred": 1, None: 2}  # who works there has years as well
        counting = sorted(of_it or counting, key=lambda one: order.get(list_of(subject.kept, one.sentence.line.text), 0))
        passages = [one for one in counting if of_it or one.shared >= floor][:1]
        if subject.ask.about and not passages and (uncounted := _tell_uncounted(subject, reply)):
            return uncounted
    elif is_telling and subject.ask.years is not None and not pattern_of("in_all").search(subject.ask.words):
        with_years = [one for one in (*passages, *find_passages(subject.document, wanted)) if _years_told(subject.ask, one) is not None]
        passages = with_years[:1] or passages
    if not passages:
        is_of_kind = is_silent and not is_number and _OPENS.match(fold(subject.ask.words))  # "which experience do they want"
        if demands := find_demands_of_experience(subject.document) if is_of_kind else ():
            first, *others = (fold_space(quote.text) for quote in demands)
            reply = Reply(State.ANSWERED, Rendered(sentence=first, items=tuple(others)), demands)
        is_none = bool(subject.facts) and all(fact.value.years == 0 for fact in subject.facts)  # nor then of anything in particular
        is_of_years = is_none or bool(demands) or subject.ask.years is not None or not is_telling
        return reply if is_of_years or reply.state is not State.ANSWERED else render_facts(subject, subject.facts)
    told = render_passages(subject, passages)
    if subject.ask.years is None:
        listed = list_of(subject.kept, passages[0].sentence.line.text)
        verdict = judge_passage(subject, passages[0], listed=listed) or _judge_kind(subject, passages[0].sentence, kind, listed=listed)
        return judged(told, verdict, subject=subject)
    verdict = _judge_years_of(subject, passages[0])
    items = (told.rendered.sentence, *told.rendered.items)
    rendered = reply.rendered.model_copy(update={"items": items}) if reply.state is State.ANSWERED else told.rendered
    whole = replace(told, rendered=rendered, quotes=(*told.quotes, *reply.quotes), verdict=reply.verdict)
    return judged(told, verdict, subject=subject) if verdict is not None else whole


def _tell_welcome_years(subject: Subject) -> Reply | None:
    """Tell the years that are only welcome: nobody must have them, and who has them has what is wished for."""
    lines = (line for line in find_lines_with_years(subject.document) if read_line_kind(line) is SectionKind.PREFERRED)
    stated = ((one, span.years) for line in lines for one in line.sentences for span in find_year_spans(one.text) if span.names_experience)
    sentence, years = next(stated, (None, 0.0))
    if sentence is None:
        return None
    told = subject.say(STANDING["preferred"], names=fold_space(sentence.text).rstrip(" .;"))
    reply, own = Reply(State.ANSWERED, Rendered(sentence=told), (sentence.quote,)), subject.ask.years
    if not wants_verdict(subject.ask) and not subject.ask.is_own:
        return reply
    has_enough = own is not None and own.value >= years
    return judged(reply, NO if subject.ask.is_must and not subject.ask.is_own else YES if has_enough else UNCLEAR, subject=subject)


def _kind_of_experience(words: str) -> frozenset[str]:
    """
    Return the stem of the word that tells a kind of experience, which may be a word of the title as well: "retail experience".

    >>> [*map(set, map(_kind_of_experience, ("do they need retail experience", "do they need experience", "years as a cook")))]
    [{'retail'}, set(), {'cook'}]
    """
    read, none = read_words(words), read_lexicon("experience_words")["no_kinds"]["words"]
    named = [one for one, word in pairwise(read) if word.stem == _PAST[0] and one.text not in none]
    named += (word for role in _AS_WHAT.findall(fold(words)) for word in read_words(role))
    return frozenset(word.stem for word in named if weigh_word(word) > WEIGHTS.vague)


_AS_WHAT = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('experience_words')['no_kinds']['as_what'])}) (\w+)")


def _tell_all_years(subject: Subject) -> Reply:
    """Tell the years that are asked for in all: so many years may be needed, and not of the thing that they are asked of."""
    reply, ask = reply_plainly(subject), subject.ask
    is_of_thing = bool(ask.about) and ask.years is not None and asks_for_need(ask) and not ask.is_own
    is_of_thing |= bool(ask.about) and not any(name_pattern(thing).search(subject.kept.posting.text) for thing in ask.about)
    is_left_open = reply.verdict is YES and is_of_thing
    return judged(render_facts(subject, subject.facts), UNCLEAR, subject=subject) if is_left_open else reply


def _tell_no_experience(subject: Subject) -> Reply | None:
    """Return the sentence that says that no experience is asked for, after the yes or no that this comes to."""
    found = ((one, pattern_of("no_experience").search(one.text)) for one in subject.document.sentences())
    kinds = ((one, no and _kind_of_experience(one.text[max(0, no.start() - _NEAR) : no.end()])) for one, no in found)
    if (line := next((one for one, kind in kinds if kind == frozenset()), None)) is None:  # of retail work says nothing of other work
        return None
    told, judge = tell_sentence(subject, line), BY_NAME["experience"].judge
    if judge is None or not wants_verdict(subject.ask):
        return told
    asked, none = subject.ask.model_copy(update={"form": Form.YES_NO}), Fact(value=Experience(years=0), quote=line.quote)
    return judged(told, YES if asked.is_own else judge(asked, [none]), subject=subject)


def _judge_years_of(subject: Subject, passage: Passage) -> Verdict | None:
    """Weigh years of something in particular by the number that a passage gives of that, where it is told which one that is."""
    years, judge = _years_told(subject.ask, passage), BY_NAME["experience"].judge
    facts = [] if years is None else [Fact(value=Experience(years=years), quote=passage.sentence.quote)]
    return judge(subject.ask, facts) if facts and judge is not None else None


def _years_told(ask: Ask, passage: Passage) -> float | None:
    """Return the years that a passage gives of what is asked about: those nearest to its name, else its only ones, or those of a part."""
    text = passage.sentence.text
    if (years := _years_of(ask.about, text)) is not None or passage.misses_word:
        return years
    spans = list(find_year_spans(text))
    if len({span.years for span in spans}) < _SEVERAL:
        return spans[0].years if spans and passage.is_particular else None
    ends, words = [*(span.start for span in spans[1:]), len(text)], read_words(ask.words)
    asked = {word.stem for word in words if weigh_word(word) >= WEIGHTS.ordinary}
    held = [sum(word.stem in asked for word in read_words(text[span.end : end])) for span, end in zip(spans, ends, strict=True)]
    return spans[held.index(max(held))].years if sum(map(bool, held)) == 1 else None


def _years_of(about: Sequence[str], text: str) -> float | None:
    """
    Return the years that a sentence gives of one of these things: those nearest to its name.

    >>> _years_of(["go"], "5 years of coding, at least a year of it in Go"), _years_of(["go"], "5 years of coding")
    (1.0, None)
    """
    spans = [(span.start, span.end, span.years) for span in find_year_spans(text)]
    spans += [(match.start(), match.end(), 1.0) for match in _A_YEAR.finditer(text)]
    near = (
        (max(start - last, first - end), years) for thing in about for first, last in find_names(thing, text) for start, end, years in spans
    )
    reach = _NEAR if len(spans) > 1 else 2 * _NEAR
    return next((years for apart, years in sorted(near) if apart <= reach), None)


_NEAR, _OPENING, _SEVERAL = 40, 3, 2  # letters, words, numbers
_UNITS = read_lexicon("experience_words")["units"]
_A_YEAR = compile_later(lambda: rf"\b(?:{one_of(_UNITS['single'])})\s(?:{one_of(_UNITS['year'])})(?!\w)", re.IGNORECASE)


def _tell_counting(subject: Subject) -> Reply | None:
    """Tell the sentence that says whether a kind of experience counts, wherever it stands: "paid and unpaid experience"."""
    opening = {word.text for word in read_words(subject.ask.words)[:_OPENING]}
    clause = next((one for one in _PIECES.split(subject.ask.words) if pattern_of("counts").search(one)), None)
    if clause is None or subject.ask.years is not None or opening & set(read_lexicon("passages")["open"]["words"]):
        return None
    asked = {word.stem for word in read_words(clause) if weigh_word(word) > WEIGHTS.vague}
    asked -= subject.own_stems | words_of_topic(subject.topic)
    judged_ones = ((one, _judge_counting(one.text, asked)) for one in subject.document.sentences())
    sentence, verdict = next((pair for pair in judged_ones if pair[1] is not None), (None, None))
    if sentence is None:
        return None
    return tell_sentence(subject, sentence, verdict=turn(verdict, is_denied=subject.ask.is_denied))


def _judge_kind(subject: Subject, sentence: Sentence, kind: frozenset[str], *, listed: str | None) -> Verdict | None:
    """Say whether a kind of experience is needed by the sentence that names it: "retail experience preferred"."""
    word = next((word for word in read_words(sentence.text) if word.stem in kind), None)
    if word is None or not asks_for_need(subject.ask) or not wants_verdict(subject.ask):
        return None
    named = Named(word.text, word.text, sentence.line, sentence.text, word.start, listed)
    return judge_named(subject.ask.model_copy(update={"about": (word.text,)}), [named], missing=())


def _judge_counting(text: str, asked: AbstractSet[str]) -> Verdict | None:
    """Say whether a kind of experience, by the stems of its words, counts by a sentence on experience; not one with volunteers."""
    words = read_words(text)
    named = next((word for word in words if any(word.stem.startswith(one) for one in asked)), None)
    if named is None:
        return None
    is_told = any(0 < one.start - named.end <= _NEAR for one in words if stem(english_words().get(one.text, one.text)) in _PAST)
    is_told = is_told or _COUNTING.search(text, 0, named.start) is not None
    return Verdict.told(holds=not is_denied(text, start=named.start, end=named.end)) if is_told else None


_PAST = (stem("experience"), stem("work"))
_PIECES = compile_later(r"[,;:]")
_COUNTING = compile_later(
    r"\b(?:experience|erfahrung|expérience|experiencia|experiência)\b[^.]{0,60}\b(?:includ|einschl|y compris|inclu)", re.IGNORECASE
)


def _tell_degree(subject: Subject) -> Reply | None:
    """Tell who has no degree and asks whether work will do what is said of degrees, with the years that are asked for."""
    ask = subject.ask
    if ask.about or not (wants_verdict(ask) or ask.is_own) or not lacks_degree(ask.words) or ask.is_must:
        return None
    own = {"topic": EDUCATION.name, "level": EducationLevel.NONE, "form": Form.YES_NO, "is_own": True, "is_denied": False, "years": None}
    asked = replace(subject, ask=ask.model_copy(update=own))
    degree, years = reply_plainly(asked), reply_plainly(subject)
    if degree.state is not State.ANSWERED:
        return None
    quoted = (fold_space(quote.text) for quote in degree.quotes)
    told, verdict = degree.rendered, sum_up([degree.verdict, years.verdict if ask.years else None], is_one=True)
    if verdict is not degree.verdict:  # the years that are asked of who has no degree may be more
        told = judged(render_facts(asked, asked.facts), verdict, subject=subject).rendered
    plain = (render_facts(subject, subject.facts).rendered.sentence,) if years.state is State.ANSWERED else ()
    rendered = told.model_copy(update={"items": tuple(dict.fromkeys((*told.items, *quoted, *plain)))})
    return replace(degree, rendered=rendered, quotes=(*degree.quotes, *years.quotes), topic=EDUCATION.name, verdict=verdict)


def reply_about_education(subject: Subject) -> Reply:
    """Tell the degree that is enough, with what will do in its place, and with the sentence that names another one that is asked about."""
    reply, level = _tell_substitution(subject) or _heed_field(subject, reply_plainly(subject)), subject.ask.level
    for stated in subject.facts[:1]:
        tells_it = not stated.value.required and names_instead(stated.quote.text)
        if (way := stated.quote if tells_it else find_other_way(subject.document, stated.quote)) is not None:
            reply = with_quote(reply, way)
    if reply.state is not State.ANSWERED or level is None or any(fact.value.level is level for fact in subject.facts):
        return reply
    told = {quote.text for quote in reply.quotes}
    sentences = (one for line in find_lines_with_degrees(subject.document) for one in line.sentences if one.quote.text not in told)
    line = next((one for one in sentences if any(degree.level is level for degree in find_degrees(one.text))), None)
    return reply if line is None else with_quote(reply, line.quote)


def _heed_field(subject: Subject, reply: Reply) -> Reply:
    """Return the reply with what it says of the field that a degree is in: one that is named will do, of others it is not said."""
    field = field_of_degree(subject.ask.words)
    if not field or reply.verdict is not YES:
        return reply
    sentences = [one for line in find_lines_with_degrees(subject.document) for one in line.sentences]
    lists = [one for one in sentences if lists_fields(one.text)] or [one for one in sentences if field_of_degree(one.text)]
    named = next((one for one in (*lists, *sentences) if any(find_degrees(one.text)) and names_field(one.text, field)), None)
    named = named or next((one for one in lists if names_field(one.text, field)), None)
    if (told := named or next(iter(lists), None)) is None:
        return reply
    is_choice = subject.ask.is_must and _OTHER_FIELD.search(told.text) is not None
    whole = with_quote(render_facts(subject, subject.facts), told.quote)
    return judged(whole, YES if named and not is_choice else UNCLEAR, subject=subject)


_OTHER_FIELD = compile_later(rf",|/|\b(?:{OR}|u)\b")
_OPENS = compile_later(lambda: rf"\W*(?:{one_of(read_lexicon('passages')['open']['words'])})(?!\w)")
_IN_YEARS = compile_later(r"\b(?:years?|yrs?|yoe|jahre?n?|anos?|ans|annees?)\b")


def _tell_uncounted(subject: Subject, reply: Reply) -> Reply | None:
    """Say that no number is named with what is asked about, what speaks of it, and how many years are asked for in all."""
    about = [one for one in subject.ask.about if counts_years_of(one, subject.ask.words) or stem(fold(one)) not in subject.own_stems]
    lines = [line for thing in about for line in subject.document.body if name_pattern(thing).search(line.text)][:1]
    if not about or any(any(find_year_spans(line.text)) for line in lines):
        return None
    sentence = subject.say("The posting does not say how many years of {names}.", names=", ".join(about))
    items = (*(fold_space(one.text) for one in lines), *((reply.rendered.sentence,) if reply.state is State.ANSWERED else ()))
    return Reply(State.NOT_STATED, Rendered(sentence=sentence, items=items), (*(one.quote() for one in lines), *reply.quotes))


# Whether a title has the role that is asked for.

ANY_ROLE = frozenset({"developer", "engineer", "software", "programmer"})


@lru_cache(maxsize=4096)
def weigh_role(role: str, title: str) -> Verdict:
    """
    Say whether a title has the role that is named: the words that tell roles apart must all be there, and no other rank.

    >>> weigh_role("data engineer", "Senior Data Engineer"), weigh_role("junior", "Staff Cook"), weigh_role("junior cook", "Cook")
    (<Verdict.YES: 'yes'>, <Verdict.NO: 'no'>, <Verdict.UNCLEAR: 'unclear'>)
    >>> weigh_role("data engineer", "Data Analyst"), weigh_role("data engineer", "Data Platform Developer")
    (<Verdict.NO: 'no'>, <Verdict.YES: 'yes'>)
    """
    asked, words = read_role_words(role), read_role_words(title)
    named = named_in_role(asked)
    distinctive = asked.own_terms - common_role_words()
    if not (distinctive <= words.terms if distinctive else not named or named & words.terms):
        return NO
    wanted, called = doers(asked.own_terms), doers(words.own_terms)
    if wanted and called and not called & doers_like(wanted):
        return NO  # a data analyst is no data engineer
    if asked.ranks and not asked.ranks & words.ranks:
        return NO if words.ranks else UNCLEAR
    return YES


def named_in_role(asked: RoleWords) -> frozenset[str]:
    """Return the words of which a title must have one: a developer may be called an engineer."""
    named = asked.own_terms & role_nouns()
    return named | ANY_ROLE if named and named <= ANY_ROLE else named


def doers_like(wanted: frozenset[str]) -> frozenset[str]:
    """Return what a title may call who is asked for: a developer may be an engineer."""
    return wanted | ANY_ROLE if wanted & ANY_ROLE else wanted
