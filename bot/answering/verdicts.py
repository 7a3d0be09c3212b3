"""A yes or no by a posting's own lines: those that name a thing that is asked about, and the passages that speak of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.mentions import (
    demanding_part,
    find_names,
    holds_exactly,
    holds_kind,
    is_of_another,
    is_other_form,
    judge_exclusion,
    name_pattern,
    weigh_amount,
)
from bot.answering.passages import DENIED_WITHIN, Passage, denies
from bot.answering.reply import (
    NO,
    UNCLEAR,
    YES,
    Subject,
    denies_beside,
    find_held,
    judge_contract,
    list_of,
    rival_of,
    value_of,
    wants_verdict,
)
from bot.answering.wanted import WEIGHTS, Wanted, is_boilerplate, read_wanted
from bot.domain.query import Ask, Form, Verdict, turn
from bot.questions.tokens import question_words
from bot.text.clean import fold
from bot.text.document import BULLET, Line, Sentence, is_denied, is_hedged
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.numbers import find_year_spans
from bot.text.technologies import choosing_signs, same_names, weigh_level
from bot.text.words import OR, Word, holds_subject, is_function_word, languages_in, lets_other_language, read_stems, read_words, rivals
from bot.topics.company import COMPANY
from bot.topics.experience import lacks_something
from bot.topics.workplace import names_thing_there

# Things by their names: needed, enough, or simply there.


@dataclass(frozen=True)
class Named:
    """A thing that is asked about, what a line says of it, and the list that this stands in."""

    thing: str
    spelt: str
    """As the line spells it."""

    line: Line
    text: str
    """The sentence that names it: what another one of the same line says holds for something else."""

    start: int
    """Where in the sentence."""

    listed: str | None

    @property
    def end(self) -> int:
        """Where its name ends in the sentence."""
        return self.start + len(self.spelt)


def asks_for_need(ask: Ask) -> bool:
    """Tell whether it is asked whether something is demanded."""
    return ask.is_must or ask.topic == "requirements" or pattern_of("need").search(ask.words) is not None


def lets_off(ask: Ask, text: str) -> bool:
    """Tell whether need is asked about and a text says of something that it need not be."""
    return asks_for_need(ask) and pattern_of("not_needed").search(text) is not None


_RIGHT_BEFORE = 16  # letters


def judge_named(ask: Ask, named: Sequence[Named], *, missing: Sequence[str]) -> Verdict | None:
    """
    Say whether what is named is needed, enough, or simply there.

    Needed is what the requirements name without a choice; one of a choice is not needed, but enough. What is named as nice to have,
    or as not required, is not needed.
    """
    if (either := _judge_either(ask, named, missing=missing)) is not None:
        return either
    is_turned = ask.is_own and pattern_of("excludes").search(ask.words)  # "I only know Go, is that a problem"
    if ask.form is Form.WHICH or is_turned or (not wants_verdict(ask) and not ask.is_own):
        return None
    if (plain := _judge_by_words(ask, named[0])) is not None:
        return plain
    years = next(filter(None, map(_years_with, named)), None)
    if ask.years is not None and years is not None:
        holds = ask.years.value >= years
        return UNCLEAR if holds and lacks_something(ask) else turn(Verdict.told(holds=holds), is_denied=ask.is_denied and not ask.is_own)
    if ask.is_own and not (ask.is_must and ask.years is None and not ask.is_denied):
        return _judge_own(ask, named, missing=missing)
    return turn(_judge_needed(ask, named, missing=missing), is_denied=ask.is_denied)


def _judge_either(ask: Ask, named: Sequence[Named], *, missing: Sequence[str]) -> Verdict | None:
    """
    Judge whether either of several things will do, or is needed where all are but nice to have: "is Excel or Tableau needed".

    What is told behind the question is what somebody has: "is Excel or Tableau needed? I know Word".
    """
    named = [one for one in named if any(find_names(one.thing, ask.words.rpartition("?")[0]))] or named
    if len(ask.about) > 1 and (ask.form is Form.WHICH or not wants_verdict(ask)) and pattern_of("enough").search(ask.words):
        return UNCLEAR if missing else YES
    is_needed = ask.form is Form.WHICH and ask.is_must and wants_verdict(ask)
    return NO if is_needed and not missing and all(one.listed == "preferred" or is_optional(one) for one in named) else None


def _judge_by_words(ask: Ask, first: Named) -> Verdict | None:
    """Judge by a level that is asked about and said around a thing, and by what forbids it."""
    around = f"{first.text[max(0, first.start - _REACH) : first.start]} {first.text[first.end : first.end + _REACH]}"
    is_weak = ask.is_own and pattern_of("not_well").search(ask.words) is not None  # what is denied is how well
    asked = name_pattern(first.thing).sub(" ", ask.words)  # "React Native" is no level of React
    if (is_weak or not ask.is_denied) and (level := weigh_level(asked, around)) is not None:
        return level
    is_no = pattern_of("forbidden").search(first.text) or denies_beside(ask, first.text)
    return turn(NO, is_denied=ask.is_denied and not ask.is_own) if is_no else None


def _judge_needed(ask: Ask, named: Sequence[Named], *, missing: Sequence[str]) -> Verdict | None:
    first = named[0]
    if is_denied(demanding_part(first.text, first.start), start=first.start, end=first.end, reach=DENIED_WITHIN):
        return NO
    if not asks_for_need(ask):
        return None if missing else YES
    if all(map(is_preferred, named)) or any(map(is_let_off, named)):
        return NO
    required = [one for one in named if one.listed == "requirements" and not is_optional(one)]
    if any(not is_choice(one) or _is_joined(one) for one in required) or (required and pattern_of("or_alike").search(ask.words)):
        is_perhaps = pattern_of("perhaps").search(first.text, max(0, first.start - _REACH), first.end + _REACH)
        return UNCLEAR if is_perhaps or _may_be_waived(named) or all(map(_is_joined, required)) else YES
    is_none = any(is_optional(one) and pattern_of("not_needed").search(one.text) for one in named)
    return NO if is_none or any(one.listed in {"requirements", "preferred"} for one in named) else UNCLEAR


def is_let_off(named: Named) -> bool:
    """Tell whether the sentence that names a thing says that it is or may be learnt, or right beside it that it need not be."""
    around = demanding_part(named.text, named.start)[max(0, named.start - 2 * _REACH) : named.end + 3 * _REACH // 2]
    wished = pattern_of("or_learn").search(named.text, 0, named.start)  # "work with, or a wish to learn, services in Rust"
    is_wished = wished is not None and _CLAUSE.search(named.text, wished.end(), named.start) is None
    is_all = _NONE_OF_THESE.search(named.line.text) is not None  # "Go and Rust. Experience with these is not required."
    return is_wished or is_all or _need_not_be(named.text, named.end) or pattern_of("not_needed").search(around) is not None


def _may_be_waived(named: Sequence[Named]) -> bool:
    """Tell whether a sentence that names a thing takes people without it as well, perhaps: "we may consider people without it"."""
    return any(pattern_of("waived").search(one.text) for one in named)


def may_be_learnt(text: str, at: int) -> bool:
    """
    Tell whether the wish to learn what is named before a place will do: "Go, or the desire to learn".

    >>> may_be_learnt("Go, or the desire to learn it", 2), may_be_learnt("Go, Rust or the desire to learn it", 2)
    (True, False)
    """
    behind = pattern_of("or_learn").search(text, at)
    return behind is not None and "," not in text[at : behind.start()].rstrip(", ") and behind.start() - at <= _REACH


def _years_with(named: Named) -> float | None:
    """Return the years that a line asks for with a thing: those right before or behind it."""
    spans = [(min(abs(span.start - named.start), abs(span.end - named.start)), span.years) for span in find_year_spans(named.text)]
    return min(spans)[1] if spans else None


def _judge_own(ask: Ask, named: Sequence[Named], *, missing: Sequence[str]) -> Verdict:
    """Say whether what somebody has is enough, or what somebody lacks is demanded."""
    is_counted = ask.years is None and _NUMBER.search(ask.words) is not None  # "only 1 Vue" may be years of it
    if pattern_of("neither").search(ask.words) or (is_counted and any(map(_years_with, named))):
        return UNCLEAR
    if any(is_choice(one) or (not ask.is_denied and pattern_of("also_will_do").search(one.text, one.end)) for one in named):
        return UNCLEAR if missing and asks_for_need(ask) else YES
    if ask.is_denied:
        is_demanded = any(one.listed == "requirements" and not is_optional(one) for one in named)
        is_open = not missing and all(is_preferred(one) or is_optional(one) or is_let_off(one) for one in named)
        return UNCLEAR if _may_be_waived(named) else NO if is_demanded else YES if is_open else UNCLEAR
    if (ask.years is None and any(_years_with(one) is not None for one in named)) or all(map(_may_be_both, named)):
        return UNCLEAR  # how long somebody has had it is not said
    return UNCLEAR if missing else YES


def is_optional(named: Named) -> bool:
    """Tell whether a line says that a thing need not be; what stands in brackets beside it is of something else: "RN (BSN preferred)"."""
    if is_preferred(named):
        return True
    text, end = named.text, named.end
    if is_set_apart(named):
        return False
    asides = (one for one in _ASIDE.finditer(text) if one.start() < named.start < one.end() or _is_on_itself(one, end))
    part = aside[0] if (aside := next(asides, None)) else _ASIDE.sub(" ", demanding_part(text, named.start))
    return pattern_of("optional").search(part) is not None or pattern_of("not_needed").search(part) is not None


def _is_on_itself(aside: re.Match[str], end: int) -> bool:
    """Tell whether brackets behind a thing say of it that it need not be, and name nothing else: "(a plus)", "(Go a plus)"."""
    said = pattern_of("because").split(f"{aside[0]} ", maxsplit=1)[0]  # "(full proficiency preferred due to clients)"
    rest = read_words(pattern_of("how_well").sub(" ", pattern_of("optional").sub(" ", said)))
    is_beside = _NAMES_NO_MORE.fullmatch(aside.string[end : aside.start()]) is not None or aside.string[aside.end() :].startswith(":")
    return aside.start() >= end and is_beside and all(is_function_word(word.text) for word in rest)


def is_preferred(named: Named) -> bool:
    """Tell whether a thing stands in a line of what is welcome, and is not demanded there before what is."""
    return read_line_kind(named.line) is SectionKind.PREFERRED and not is_set_apart(named)


def is_set_apart(named: Named) -> bool:
    """Tell whether a thing is demanded in a part of its own before one that is optional: "fluent English, German would be a plus"."""
    text, end, part = named.text, named.end, demanding_part(named.text, named.start)
    is_apart = part != text and pattern_of("demanded").search(part) is not None
    begins = max(text.rfind(sign, 0, named.start) for sign in ",;.") + 1
    behind = _PART_BEHIND.match(text, end)
    is_behind = behind is not None and pattern_of("optional").search(behind[0]) is not None
    return is_apart or (is_behind and weigh_level("expert", text[begins:end]) is YES)


def _without_asides(text: str, held: Word | None) -> str:
    """
    Return a text without what stands in brackets, but those where what is asked stands or nothing else does: "(optional) a portfolio".

    >>> _without_asides("Python (Django is a plus)", None), _without_asides("a portfolio (optional)", None)
    ('Python  ', 'a portfolio (optional)')
    """
    at = held.start if held is not None else -1
    is_kept = pattern_of("optional").fullmatch
    return _ASIDE.sub(lambda one: one[0] if one.start() < at < one.end() or is_kept(one[1].strip()) else " ", text)


_PART_BEHIND = compile_later(r"\s*[,;]\s+(?!and\b|or\b)[^,;.]{3,60}")
_NAMES_NO_MORE = compile_later(lambda: rf"\s?(?:(?:{one_of(read_lexicon('passages')['brought']['words'])}|skills?)\w*\s)?", re.IGNORECASE)
_ASIDE, _CLAUSE, _NUMBER = compile_later(r"\(([^()]*)\)"), compile_later(r"[.;:]"), compile_later(r"(?<!\S)\d{1,2}(?!\S)")
_REACH, _SEVERAL = 40, 2  # letters, passages


def is_choice(named: Named) -> bool:
    """Tell whether a thing is named as one of several that would do."""
    return bool(choosing_signs(named.text, named.start, end=named.end)) and not _may_be_both(named)


def _may_be_both(named: Named) -> bool:
    """Tell whether a spoken language is one of two with a slash between: who speaks one of them may not have enough."""
    return fold(named.thing) in question_words("spoken") and _is_joined(named)


def _is_joined(named: Named) -> bool:
    """Tell whether a thing has but one slash beside it, which may join two that are both asked for: "fluent German / English"."""
    around = named.text[max(0, named.start - _REACH) : named.end + _REACH]
    return around.count("/") == 1 and choosing_signs(named.text, named.start, end=named.end) == ["/"]


# Passages: whether one holds, denies or forbids what is asked.

SURE = 0.6  # the share of a question that a passage must hold for a yes


def decisive_first(subject: Subject, passages: Sequence[Passage]) -> Sequence[Passage]:
    """
    Return passages with one that says yes before a first one that says neither yes nor no: "nights on call".

    Where need is asked about, one that demands it goes before one that only welcomes something alike.
    """
    if len(passages) < _SEVERAL or not wants_verdict(subject.ask):
        return passages
    verdicts = {id(one): judge_passage(subject, one, listed=None) for one in passages}
    if (first := verdicts[id(passages[0])]) is not None and not (first is NO and _only_welcomes(subject, passages[0])):
        return passages
    refused = [one for one in passages if verdicts[id(one)] is NO]
    whole = {id(one) for one in refused if one.shared >= max(passages[0].shared, SURE) and not one.misses_word}
    sure = whole | {id(one) for one in refused if lets_off(subject.ask, one.sentence.text)}
    return sorted(passages, key=lambda one: verdicts[id(one)] in (None, NO) and id(one) not in sure)


def _only_welcomes(subject: Subject, passage: Passage) -> bool:
    """Tell whether need is asked about and a passage says of something that it is welcome, and not that it need not be."""
    text = passage.sentence.text
    is_welcome = pattern_of("optional").search(text) is not None or list_of(subject.kept, passage.sentence.line.text) == "preferred"
    return asks_for_need(subject.ask) and is_welcome and pattern_of("not_needed").search(text) is None


def judge_passages(subject: Subject, passages: Sequence[Passage], *, listed: str | None) -> Verdict | None:
    """Judge by the best passage; where another one says the opposite of its yes, nothing is said for sure."""
    verdict, *_ = verdicts = [judge_passage(subject, passage, listed=listed) for passage in passages]
    against = [one for one, said in zip(passages, verdicts, strict=True) if said is NO and not _only_welcomes(subject, one)]
    return UNCLEAR if verdict is YES and against else verdict


def judge_passage(subject: Subject, passage: Passage, *, listed: str | None) -> Verdict | None:
    """Say yes where the words of a passage hold what is asked, no where they deny or forbid it or say that it need not be; else nothing."""
    verdict = _judge_passage(subject, passage, listed=listed) if passage.shared >= WEIGHTS.floor else None
    is_counted = pattern_of("counts").search(subject.ask.words) and read_line_kind(passage.sentence.line) in _OF_APPLICANTS
    if verdict is None and is_counted and subject.topic != "experience" and wants_verdict(subject.ask) and passage.shared >= SURE:
        return UNCLEAR  # it is spoken of, and not whether it counts
    return UNCLEAR if verdict in (None, YES) and _is_of_other_figures(subject.ask, passage) else verdict


def _judge_passage(subject: Subject, passage: Passage, *, listed: str | None) -> Verdict | None:
    ask, wanted, text = subject.ask, read_wanted(subject.ask, leave_out=subject.own_stems), passage.sentence.text
    if not _may_judge(subject, passage, wanted):
        return None
    rival, held = rival_of(ask.words, text), find_held(text, wanted)
    rival = None if rival is YES and denies(text, held) else rival  # "not bound to daily meetings"
    if (value := value_of(subject, passage) or (rival if rival is NO or holds_kind(ask.words, text) else None)) is not None:
        return turn(value, is_denied=ask.is_denied)
    if told := _judge_age_limit(ask, wanted, text=text) or _judge_particular(ask, wanted, passage):
        return told[0]
    listed = listed or (list_of(subject.kept, passage.sentence.line.text) if asks_for_need(ask) else None)
    if ask.is_own and ask.is_denied:  # what somebody lacks is a no only where it is plainly demanded
        is_plain = passage.shared >= SURE and not passage.misses_word and any(pattern_of(one).search(text) for one in _PLAINLY)
        needed = ask.model_copy(update={"is_own": False, "is_denied": False, "is_must": True})
        return turn(_weigh_passage(needed, passage, wanted, listed=listed) if is_plain else None, is_denied=True) or UNCLEAR
    weighed = _weigh_passage(ask, passage, wanted, listed=listed)
    return turn(weigh_amount(ask, weighed, text=text, held=held), is_denied=ask.is_denied)


def _judge_particular(ask: Ask, wanted: Wanted, passage: Passage) -> tuple[Verdict | None, ...]:
    """Return what is said to who asks of the kind of contract, of insiders, or with a criminal record; nothing for all else."""
    text = passage.sentence.text
    if "contract_kind" in wanted.subjects:
        return (judge_contract(ask, text),)
    if pattern_of("excludes").search(ask.words):
        return (turn(judge_exclusion(text, find_held(text, wanted)), is_denied=ask.is_denied),)
    if ask.is_own and ask.years is not None and (years := {span.years for span in find_year_spans(text)}):
        return (Verdict.told(holds=ask.years.value >= max(years)) if len(years) == 1 else UNCLEAR,)
    if "insiders" in wanted.subjects and (insiders := _are_insiders(_with_headings(passage))) is not None:
        asks_others = pattern_of("outsiders").search(ask.words)
        return (Verdict.told(holds=not insiders) if asks_others else turn(Verdict.told(holds=insiders), is_denied=ask.is_denied),)
    if "background_check" in wanted.subjects and (ask.is_own or pattern_of("records").search(ask.words)) and not asks_for_need(ask):
        is_barred = (one := find_held(text, wanted)) and is_denied(text[: one.end], start=one.start, end=one.end, reach=DENIED_WITHIN)
        return (UNCLEAR if ask.is_denied else YES if pattern_of("fair_chance").search(text) else NO if is_barred else UNCLEAR,)
    return ()


def _judge_age_limit(ask: Ask, wanted: Wanted, *, text: str) -> tuple[Verdict | None, ...]:
    """Say whether there is a limit of age, the highest or the lowest one where that is asked for; and whether one must meet everything."""
    if "applicants_who_lack_something" in wanted.subjects and pattern_of("all_the_same").search(text):
        return (YES if ask.is_denied else NO if ask.is_must else UNCLEAR,)
    bounds = ("bound_above", "bound_below") if "age" in wanted.subjects and not asks_for_need(ask) else ()
    asked, given = ({one for one in bounds if pattern_of(one).search(said)} for said in (ask.words, text))
    return (turn(YES if not asked or asked & given else UNCLEAR, is_denied=ask.is_denied),) if given else ()


def _are_insiders(text: str) -> bool | None:
    """Tell whether only who works there already may apply, or others may as well; None where a text says neither."""
    is_open = pattern_of("insiders_too").search(text) is not None
    return False if is_open else True if pattern_of("insiders_only").search(text) else None


def _is_of_other_figures(ask: Ask, passage: Passage) -> bool:
    """Tell whether somebody gives a figure of their own, and a passage that holds what they ask another one: "mine is from 2008"."""
    own, said = (set(_FIGURE.findall(text)) for text in (ask.words, passage.sentence.text))
    return ask.is_own and wants_verdict(ask) and passage.shared >= WEIGHTS.floor and bool(own and said) and own.isdisjoint(said)


def _may_judge(subject: Subject, passage: Passage, wanted: Wanted) -> bool:
    """
    Tell whether a passage speaks of what is asked, for a yes or no.

    Words that only colour a question, or stand beside its subject, do not make it so; what is asked in turn, or stands in every posting,
    says nothing of this one, and that there is some travel tells not whether it is mostly travel.
    """
    ask, text, spoken_of = subject.ask, passage.sentence.text, _with_headings(passage)
    if not wants_verdict(ask) or not passage.evidence or passage.shared < (WEIGHTS.floor if wanted.subjects else SURE):
        return False
    is_of_others = ask.is_own or "insiders" in wanted.subjects
    is_alone = not is_of_others and pattern_of("alone").search(ask.words) and not pattern_of("alone").search(text)
    is_open = text.rstrip().endswith("?") and value_of(subject, passage) is None  # what is asked, and not answered behind
    of_print = not {"e_verify", "background_check"}.isdisjoint(wanted.subjects) or pattern_of("excludes").search(ask.words)
    is_print = is_boilerplate(text) and not of_print
    if is_alone or is_open or is_print or pattern_of("share").search(ask.words):
        return False  # that something is there tells not whether nothing else is
    held, is_now = find_held(text, wanted), asks_for_need(ask) or "background_check" in wanted.subjects
    is_of_past = not is_now and pattern_of("of_experience").search(text, 0, held.start if held else len(text))  # who was on call is sought
    named = [one for one in wanted.subjects if one != "office"] or wanted.subjects  # "is there a gym in the office" asks of the gym
    is_of_other = named and (is_of_past or not any(holds_subject(spoken_of, one) for one in named))
    if is_of_other or ((asked := languages_in(ask.words)) and not asked & languages_in(spoken_of)):
        return False
    is_sought = any(pattern_of(one).search(text) for one in ("forbidden", "no_agencies")) or pattern_of("asks_for").search(ask.words)
    if subject.topic == COMPANY.name and read_line_kind(passage.sentence.line) in _OF_APPLICANTS and not is_sought:
        return False  # who applies has worked at a startup
    is_none = denies(text, held) and pattern_of("not_counted").search(text) is None  # "no housing is available"
    # A laptop may be demanded as well as given.
    is_given = not (asks_for_need(ask) or is_none) and is_of_another(wanted.subjects, passage.sentence)
    return holds_exactly(ask.words, spoken_of) and not is_given and not _is_no_demand(ask, passage.sentence)


def _with_headings(passage: Passage) -> str:
    return " ".join((passage.sentence.text, *passage.sentence.line.headings[-2:]))


def _weigh_passage(ask: Ask, passage: Passage, wanted: Wanted, *, listed: str | None) -> Verdict | None:
    text, spoken_of = passage.sentence.text, _with_headings(passage)
    if asks_for_need(ask) and lets_other_language(ask.words, text):
        return NO
    terms, held = {part for term in wanted.terms for wording in (*term.own, *term.others) for part in wording}, find_held(text, wanted)
    part = demanding_part(text, held.start) if held else text
    is_optional = pattern_of("optional").search(_without_asides(part, held)) is not None or (
        listed == "preferred" and (part == text or not pattern_of("need").search(part))
    )
    is_no = (
        denies(part, held)
        or _is_any_denied(text, wanted)
        or pattern_of("forbidden").search(text)
        or (held is not None and pattern_of("must_not").search(text, 0, held.start))
        or (pattern_of("own_means").search(text) and not _OWN.search(fold(ask.words)))
        or (pattern_of("not_needed").search(part) and not pattern_of("not_needed").search(ask.words))
        or (asks_for_need(ask) and (is_optional or _need_not_be(text, held and held.end)))
    )
    owns = {part for term in wanted.terms for wording in term.own for part in wording}
    owns |= {part for word in read_words(ask.words) for name in same_names(word.text) for part in read_stems(name)}
    subjects = [read_lexicon("subjects")[one] for one in wanted.subjects]
    if not subjects and held is not None and held.stem not in owns:
        return None  # it speaks of something alike: of vehicles where a car is asked about
    is_of_more = names_thing_there(ask.words) or (asks_for_need(ask) and passage.is_particular and not passage.misses_word)
    if subjects and not any(one.get("whether") or one.get("offered") for one in subjects) and not is_of_more:
        tables = ("forbidden", *(["no_agencies"] if "recruiters" in wanted.subjects else []))
        is_forbidden = any(pattern_of(one).search(text) for one in tables)
        is_plain = is_forbidden or (asks_for_need(ask) and (is_optional or _need_not_be(text, held and held.end)))
        is_plain |= held is not None and _is_very_thing_denied(ask, text, held, wanted)
        return NO if is_plain else None  # each posting has an interview: that it is named says nothing
    is_held = held is not None or any(word.stem in terms for word in read_words(spoken_of))
    is_near = passage.misses_word or not (is_held and holds_kind(ask.words, spoken_of))
    is_near |= _is_kindred(ask, text, wanted, held=held) or any(one and not other for one, other in rivals(ask.words, text))
    if not is_no and (is_near or (asks_for_need(ask) and not _may_demand(passage.sentence, listed, ask=ask))):
        return None  # it may speak of something near what is asked, or ask nothing
    is_waived = asks_for_need(ask) and pattern_of("waived").search(text)
    return NO if is_no else UNCLEAR if is_waived or (held is not None and is_hedged(text, start=held.start, end=held.end)) else YES


def _is_very_thing_denied(ask: Ask, text: str, held: Word, wanted: Wanted) -> bool:
    """Tell whether a sentence denies the very thing of a subject that is asked about: live coding, and no interview at large."""
    is_named = f" {fold(text[held.start : held.end])} " in f" {' '.join(word.text for word in read_words(ask.words))} "
    at_large = {part for one in wanted.subjects for part in read_stems(one.replace("_", " "))}
    return is_named and held.stem not in at_large and denies(text, held)


def _is_kindred(ask: Ask, text: str, wanted: Wanted, *, held: Word | None) -> bool:
    """Tell whether a sentence holds what it shares with a question, or any word that is asked, but in a kindred word."""
    asked = {part for term in wanted.terms if term.importance > WEIGHTS.vague and not term.is_subject for one in term.own for part in one}
    forms: dict[str, list[bool]] = {held.stem: [is_other_form(held, text, words=ask.words)]} if held else {}
    for word in read_words(text):
        if word.stem in asked:
            forms.setdefault(word.stem, []).append(is_other_form(word, text, words=ask.words))
    return any(map(all, forms.values()))


def _may_demand(sentence: Sentence, listed: str | None, *, ask: Ask) -> bool:
    """Tell whether a sentence stands among what is demanded or to be done, or asks for something in its own words."""
    kind = read_line_kind(sentence.line)
    if listed == "responsibilities" or kind is SectionKind.RESPONSIBILITIES:
        return pattern_of("brought").search(ask.words) is None  # what one will do with robots asks for no background in them
    if listed == "requirements" or kind in _OF_APPLICANTS or (kind is None and sentence.line.kind is BULLET):
        return True
    return any(pattern_of(table).search(sentence.text) for table in ("demanded", "had", "had_well", "asking"))


def _is_any_denied(text: str, wanted: Wanted) -> bool:
    """Tell whether a sentence denies, right before it, a word that is asked, if nothing more is: "the essay will not be scored"."""
    if wanted.subjects:
        return False
    asked = {part for term in wanted.terms if term.importance > WEIGHTS.vague for one in term.own for part in one}  # none is a subject's
    said: dict[str, list[bool]] = {}
    for word in (one for one in read_words(text) if one.stem in asked):
        end = word.start + 1
        said.setdefault(word.stem, []).append(is_denied(text[:end], start=word.start, end=end, reach=_RIGHT_BEFORE))
    return any(map(all, said.values()))


def _need_not_be(text: str, at: int | None) -> bool:
    """Tell whether a sentence says that what it names is or may be learnt, or that it is one of several ways: "a degree; or"."""
    is_taught = pattern_of("taught").search(text) is not None or (at is not None and may_be_learnt(text, at))
    return is_taught or _ONE_OF_WAYS.search(text) is not None


_ONE_OF_WAYS, _FIGURE = compile_later(rf"[,;]?\s(?:{OR})\s*[.:]?$"), compile_later(r"(?<![\w.,])\d{2,4}(?![\w.,]\d|\w)")
_NONE_OF_THESE = compile_later(r"\b(?:these|those|them)\b[^.;]{0,40}(?:\bnot|n['’]t) (?:\w+ )?(?:required|needed|necessary)\b")
_OWN = compile_later(r"\b(?:own|eigene[nrs]?|propi[ao]|propre|propri[ao])\b")
_NO_DEMANDS, _PLAINLY = (SectionKind.COMPANY, SectionKind.BENEFITS), ("demanded", "not_needed", "optional")
_OF_APPLICANTS = (SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.TRAITS)


def _is_no_demand(ask: Ask, sentence: Sentence) -> bool:
    """Tell whether something is asked to be demanded, and a sentence about the company or what it gives speaks of it."""
    is_asked = asks_for_need(ask) or pattern_of("asks_for").search(ask.words) is not None
    is_told = any(pattern_of(table).search(sentence.text) for table in ("demanded", "not_needed", "all_the_same"))
    is_given = read_line_kind(sentence.line) in _NO_DEMANDS or pattern_of("given").search(sentence.text) is not None
    return is_asked and is_given and not is_told
