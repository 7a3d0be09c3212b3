"""How many years of experience the posting asks for."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from typing import Any

from bot.domain.answer import Rendered
from bot.domain.facts import EducationLevel, Experience, Fact, Quote
from bot.domain.query import Ask, Criterion, Form, SearchKey, Side, Verdict, turn
from bot.text.clean import fold
from bot.text.document import BULLET, HEADING, TAG, Document, Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind, read_section_kind
from bot.text.items import items_of
from bot.text.lexicon import compile_later, holds_any, one_of, read_lexicon
from bot.text.numbers import YearSpan, find_lines_with_years, find_year_spans
from bot.text.prefilter import read_whole
from bot.text.translations import say
from bot.text.wording import is_only_preferred
from bot.text.words import OR
from bot.topics.education import Degree, find_degrees
from bot.topics.topic import JobSign, Topic

_LEXICON = read_lexicon("experience_words")["other"]
_OF_BEGINNERS = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_values')['seniority']['junior'])})(?!\w)")
_ABOUT_COMPANY = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['company'])})(?!\w)")
_ABOUT_APPLICANT = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['applicant'])})(?!\w)")
_BOUND = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['bounds'])})(?!\w)")
"""For lower case."""

_OF_ROLE = compile_later(
    r"\b(?:role|position|job),?\s(?:with|requir(?:es|ing)|asks for|needs)\s(?:(?:a|at least|minimum|a minimum of|over)\s)?$", re.IGNORECASE
)
_AMOUNT = compile_later(r"[$€£₹]\s?\d|\b(?:USD|EUR|PLN|GBP)\s?\d")
_TOGETHER = compile_later(r"combination of education and experience (?:totals?|equals?|of)", re.IGNORECASE)
"""Years of schooling and of work taken together."""

_NOT_ASKED = frozenset({SectionKind.BENEFITS, SectionKind.COMPANY, SectionKind.LEGAL, SectionKind.PAY})
"""Headings under which years are the company's, or those of benefits."""

_ASKED = frozenset({SectionKind.REQUIREMENTS, SectionKind.TRAITS})
_LABEL = compile_later(r"exp[éeè]ri|\bexp\b|erfahrung|\byoe\b|опыт", re.IGNORECASE)
_BY_LEVEL = compile_later(r"(?<![\w.])(?P<years>\d{1,2})\+?\s?(?:years?\s?|yrs?\s?)?\((?:at|for|if)?\s?(?P<level>[^()\d][^()]{1,30})\)")
_YEARS_BEHIND = compile_later(r"(?:\s?\w{0,12}){0,2}\s?(?:years|yrs|yoe)|.{0,60}\bexperience", re.IGNORECASE)
_FEWEST_LEVELS, _MOST_LEVELS = 2, 8
_NOT_ASKED_FOR = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['needless'])})(?!\w)[^.;:,]{{0,30}}$")
_BESIDES = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['besides'])})(?!\w)[^.;:]{{0,240}}$")
"""Right before years, in lower case."""

_SHORT = 60
"""Characters: a sentence so short that names experience, and not the company, asks for it."""

_ALONE = compile_later(
    r"\W{0,6}\d{1,2}\s?(?:(?:[-–—]|to|a|à|bis)\s?\d{1,2}\s?\+?|\+)\s?(?:years?|yrs?|yoe|jahre|ans|años|anos)\W{0,6}$", re.IGNORECASE
)
"""A line of its own with nothing but a range of years, as chats have it."""

_RANGE_ALONE = compile_later(
    r"\W{0,6}\d{1,2}\s?(?:[-–—]|to|a|à|bis)\s?\d{1,2}\s?(?:years?|yrs?|jahre|ans|años|anos)\b[^.;:]{0,24}$", re.IGNORECASE
)
"""A line so short of experience asks for it under any heading: a board puts it last, and no company boasts of a range."""

_CLAUSE_END = compile_later(r"[;.]\s|,\s|\s\(")
_BRACKETS = compile_later(r"\([^()]{0,120}\)")


def find_experience(document: Document) -> Sequence[Fact[Experience]]:
    r"""
    Return the least number of years that is asked for: the main figure, or the largest of those for single skills.

    Of a range the lower end counts; years that are only preferred do not count.
    Where a sentence states them by level, each is kept, the least first. Where none is asked for and that is said, it is 0.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[float]:
    ...     found = find_experience(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return [fact.value.years for fact in found]
    >>> read("## Requirements\n* 5-7 years of experience with Java\n* at least two years in a team")
    [5.0]
    >>> read("We have over 20 years of experience in big data."), read("No experience is required; we teach you.")
    ([], [0.0])
    """
    if levels := _read_levels(document):
        return levels
    best: tuple[float, Sentence] | None = None
    for is_besides in (False, True):
        for years, sentence in map(_least_of, _each_demand(_asked_for(document, is_besides=is_besides))):
            if best is None or years > best[0]:
                best = years, sentence
        if best is not None:
            break
    if best is None:
        return _read_instead_of_degree(document) or _read_none(document)
    return (Fact(value=Experience(years=best[0]), quote=best[1].quote),)


def find_demands_of_experience(document: Document) -> tuple[Quote, ...]:
    r"""
    Return what is demanded of experience, years or none.

    >>> from bot.text.lines import read_lines
    >>> lines = read_lines("## Requirements\n* Solid experience in kitchens\n* An eye for user experience")
    >>> [quote.text for quote in find_demands_of_experience(Document(title=None, company=None, link=None, location=None, lines=lines))]
    ['Solid experience in kitchens']
    """
    lines = items_of(document, SectionKind.REQUIREMENTS)
    return tuple(line.quote() for line in lines if _OF_EXPERIENCE.search(line.text))


_OF_EXPERIENCE = compile_later(r"erfahrung|\bpraxis\b|(?<!user )(?<!customer )(?<!employee )(?<!candidate )exp[eé]ri[eê]nc", re.IGNORECASE)


def _read_none(document: Document) -> Sequence[Fact[Experience]]:
    """Return that no experience is asked for, where that is said of experience at large and not of one with something."""
    lines = (line for line in read_whole(document).lines_with((), also=_MAY_BE_NONE) if line.kind is not HEADING)
    sentences = (sentence for line in lines for sentence in line.sentences if holds_any(sentence.text, _MAY_BE_NONE))
    found = next((sentence for sentence in sentences if _NONE.search(fold(sentence.text).replace("’", "'"))), None)
    return () if found is None else (Fact(value=Experience(years=0), quote=found.quote),)


_MAY_BE_NONE = tuple(read_lexicon("experience_words")["none"]["signs"])


def _none_pattern() -> str:
    words = {name: one_of({fold(word) for word in several}) for name, several in read_lexicon("experience_words")["none"].items()}
    named = rf"(?:(?:{words['kinds']}) )*(?:{words['nouns']})(?: (?:{words['kinds']}))*"
    is_so = rf" ?[:,–-]? ?(?:(?:{words['copulas']}) )?"
    ways = (
        rf"(?:{words['needs_no']}) ?{named}",
        rf"(?:{words['no']}) ?{named}{is_so}(?:{words['needed']})",
        rf"(?:^|(?<=[.;:,(–•*-] )){named}{is_so}\(?(?:{words['not_needed']})",
        rf"(?:{words['said']})",
    )
    return rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)(?! (?:{words['narrowing']})(?!\w))"


_NONE = compile_later(_none_pattern)
"""For folded text."""


def _read_instead_of_degree(document: Document) -> Sequence[Fact[Experience]]:
    """Return the years that are asked of those alone who have no degree."""
    sentences = (sentence for line in find_lines_with_years(document) if line.kind is not TAG for sentence in line.sentences)
    stated = ((span, sentence) for sentence in sentences for span in find_year_spans(sentence.text))
    return [
        Fact(value=Experience(years=span.years, where=WITHOUT_DEGREE), quote=sentence.quote)
        for span, sentence in islice((found for found in stated if _is_instead_of_degree(found[1].text, found[0])), 1)
    ]


WITHOUT_DEGREE = "without a degree"
"""Where a number of years holds for those alone who have none."""

_OR_BEHIND = compile_later(rf"(?<!\w)(?:{OR})\W{{0,6}}(?:\(?(?:\d{{1,2}}|[a-z])[.)]\W{{0,3}})?$", re.IGNORECASE)
_OR_BEFORE = compile_later(rf"\W{{0,4}}(?:OR|Or|{OR})\b")
_HOWEVER = compile_later(r"\W{0,4}(?:however|in addition|jedoch|toutefois|sin embargo|no entanto)\b", re.IGNORECASE)
_OR_WITHIN = 20
_SCHOOLING = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['schooling'])})(?!\w)", re.IGNORECASE)
_NEXT_TO = 3
"""Lines between the ways in which one demand is met, empty ones among them."""

_Asked = tuple[float, Sentence]


def _each_demand(asked: Iterator[_Asked]) -> Iterator[list[_Asked]]:
    """Yield the sentences that ask for years, those together that an "or" joins: one way of several is enough."""
    ways: list[_Asked] = []
    for way in asked:
        if ways and not _is_joined(ways[-1][1], way[1]):
            yield ways
            ways = []
        ways.append(way)
    if ways:
        yield ways


def _is_joined(before: Sentence, sentence: Sentence) -> bool:
    if not 0 <= sentence.line.number - before.line.number <= _NEXT_TO or _HOWEVER.match(sentence.text):
        return False
    is_same = sentence.line is before.line
    said = sentence.line.text[: sentence.start] if is_same else before.line.text
    return _OR_BEHIND.search(said, max(0, len(said) - _OR_WITHIN)) is not None or _OR_BEFORE.match(sentence.text) is not None


def _least_of(ways: list[_Asked]) -> _Asked:
    """Return the way that asks for the fewest years, of those that ask for no higher degree than the first one does."""
    if len(ways) == 1:
        return ways[0]
    first = _degree_of(ways[0][1])
    return min((way for way in ways if _degree_of(way[1]) <= first), key=itemgetter(0))


def _degree_of(sentence: Sentence) -> int:
    """Return how high the lowest degree is that a sentence names, 0 where it names other schooling, -1 for none."""
    order = list(EducationLevel)
    least = 0 if _SCHOOLING.search(sentence.text) else -1
    return min((order.index(degree.level) for degree in find_degrees(sentence.text)), default=least)


def _read_levels(document: Document) -> Sequence[Fact[Experience]]:
    """Return the years that one sentence asks for level by level: "5+ (at L5) / 8+ (at L6) years"."""
    for line in find_lines_with_years(document):
        if line.kind is TAG or line.text.count("(") < _FEWEST_LEVELS or read_line_kind(line) in _NOT_ASKED:
            continue
        for sentence in line.sentences:
            found = list(islice(_BY_LEVEL.finditer(sentence.text), _MOST_LEVELS))
            if len(found) >= _FEWEST_LEVELS and _YEARS_BEHIND.match(sentence.text, found[-1].end()):
                stated = sorted((float(level["years"]), level["level"]) for level in found)
                return [Fact(value=Experience(years=years, where=words), quote=sentence.quote) for years, words in stated]
    return ()


def _asked_for(document: Document, *, is_besides: bool) -> Iterator[tuple[float, Sentence]]:
    """Yield the first number of years of each sentence that asks for years, or that asks for them besides those."""
    for line in find_lines_with_years(document):
        if line.kind is TAG:
            continue
        for sentence in line.parts or line.sentences:
            text = sentence.text
            spans = [] if "ombination" in text and _TOGETHER.search(text) else list(find_year_spans(text))
            if spans and _AMOUNT.search(text):  # pay by years asks for none of them, unless it says that the job does
                spans = [span for span in spans if span.names_experience and _OF_ROLE.search(text, 0, span.start)]
            kind = read_line_kind(line) if spans else None
            if not spans or kind is SectionKind.PREFERRED:
                continue
            lowered = text.lower()
            asked = (
                span
                for span in spans
                if (_BESIDES.search(lowered, 0, span.start) is not None) is is_besides
                and (_OF_ROLE.search(text, 0, span.start) or _is_asked(sentence, span, kind=kind, lowered=lowered))
            )
            if (first := next(asked, None)) is not None:
                yield first.years, sentence


def _is_asked(sentence: Sentence, span: YearSpan, *, kind: SectionKind | None, lowered: str) -> bool:
    """Tell whether years are asked for: not the company's, not only preferred; those in a table of pay are left out before."""
    if _NOT_ASKED_FOR.search(lowered, 0, span.start) or _is_preferred(sentence.text, span) or _is_instead_of_degree(sentence.text, span):
        return False
    is_bullet = sentence.line.kind is BULLET
    is_part = len(sentence.line.parts) > 1 and len(sentence.text) <= _SHORT
    is_alone = kind is None and (_ALONE.match(sentence.line.text) or (is_part and (span.says_of_what or _ALONE.match(sentence.text))))
    is_alone = is_alone or (span.names_experience and _RANGE_ALONE.match(sentence.line.text))
    is_labelled = sentence.line.label is not None and span.names_experience and _LABEL.search(sentence.line.label)
    under = read_section_kind(sentence.line.label) if sentence.line.label is not None and span.says_of_what else None
    if is_alone or kind in _ASKED or is_labelled or under in _ASKED:
        return True
    if not (span.names_experience or span.says_of_what):
        return False
    bound = _BOUND.search(lowered)  # "at least", and not of the company: "we are engineers with at least ten years each"
    is_bound = bound is not None and not _ABOUT_COMPANY.search(lowered, 0, bound.start())
    applicant = is_bound or _ABOUT_APPLICANT.search(lowered) is not None
    if kind in _NOT_ASKED or (not is_bullet and _ABOUT_COMPANY.search(lowered)):
        return applicant and span.names_experience
    is_short = len(sentence.text) <= _SHORT
    before = sentence.text[: span.start].rstrip()
    opens = not before or before[-1] in ".!?"
    is_more = opens and "+" in sentence.text[span.start : span.end]
    is_told = (len(sentence.text) - opens * len(before) <= _SHORT and span.says_of_what and (applicant or is_more)) or (
        opens and span.names_experience
    )
    if is_told and not _ABOUT_COMPANY.search(lowered):
        return True
    return (span.names_experience and (is_bullet or applicant or is_short or sentence.line.kind is HEADING)) or (is_bullet and kind is None)


_INSTEAD_OF_DEGREE = compile_later(
    lambda: rf"{one_of(_LEXICON['instead_of_degree'])}|\b(?:in (?:lieu|place) of|instead of|without) an?\s(?:[\w-]+\s){{1,2}}degree",
    re.IGNORECASE,
)
_WAY_END = compile_later(rf"[;.]\s|,?\s(?:{OR})\s|\s?\(|\)", re.IGNORECASE)


def _is_instead_of_degree(text: str, span: YearSpan) -> bool:
    """Tell whether these years only stand in for a degree: "a degree in physics; or 2+ years of experience in lieu of one"."""
    if not _names_instead_of_degree(text):
        return False
    begin = max((match.end() for match in _WAY_END.finditer(text, 0, span.start)), default=0)
    if begin == 0:
        return False
    end = next((match.start() for match in _WAY_END.finditer(text, span.end) if not _INSTEAD_OF_DEGREE.match(text, match.end())), len(text))
    return _INSTEAD_OF_DEGREE.search(text, begin, end) is not None


@lru_cache(maxsize=256)
def _names_instead_of_degree(text: str) -> bool:
    """The answer once more: it is asked of each number of years in a sentence."""
    return _INSTEAD_OF_DEGREE.search(text) is not None


def _is_preferred(text: str, span: YearSpan) -> bool:
    """Tell whether the clause of these years says that they are only welcome."""
    if "(" in text:
        text = _BRACKETS.sub(lambda match: match[0] if match.start() <= span.start < match.end() else " " * len(match[0]), text)
    if is_only_preferred(text):
        return True
    end = _CLAUSE_END.search(text, span.end)
    begin = max((match.end() for match in _CLAUSE_END.finditer(text, 0, span.start)), default=0)
    return is_only_preferred(text[begin : end.start() if end else len(text)])


def render_experience(facts: Sequence[Fact[Experience]], locale: str = "en") -> Rendered:
    """Say how many years are asked for."""
    if facts[0].value.where == WITHOUT_DEGREE:
        asked = f"{facts[0].value.years:g}"
        return Rendered(sentence=say("At least {years} years of experience are asked of those who have no degree", locale, years=asked))
    if len(facts) > 1:
        items = tuple(f"{fact.value.years:g} year{'' if fact.value.years == 1 else 's'} ({fact.value.where})" for fact in facts)
        return Rendered(sentence="At least, by level:", items=items)
    years = facts[0].value.years
    if years == 0 and not any(find_year_spans(facts[0].quote.text)):
        return Rendered(sentence=say("No experience is required", locale))
    if years == 0:
        return Rendered(sentence=say("0 years of experience or more", locale))
    if years == 1:
        return Rendered(sentence=say("At least 1 year of experience", locale))
    return Rendered(sentence=say("At least {years} years of experience", locale, years=f"{years:g}"))


def find_experience_keys(experience: Experience) -> tuple[SearchKey, ...]:
    """Return the least number of years as a range of one; none where a degree does without."""
    return () if experience.where == WITHOUT_DEGREE else (SearchKey("years", experience.years, experience.years),)


_MONTHS = 12


def to_schema_experience(values: Sequence[Experience]) -> dict[str, Any]:
    """Return the years in the words of schema.org."""
    if values[0].where == WITHOUT_DEGREE:
        return {}
    months = round(values[0].years * _MONTHS)
    return {"experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}}


def _least_for(level: EducationLevel, fact: Fact[Experience]) -> float:
    """Return the years that are asked for with a degree: "BS with 5+ years or MS with 3+ years" asks a master for three."""
    text = fact.quote.text
    spans, order = list(_ways_in(text)), list(EducationLevel)
    open_to = order[: order.index(level) + 1]
    if level in _NO_DEGREES and (instead := [span.years for span in spans if _is_instead_of_degree(text, span)]):
        return min(instead)  # "a BS and 5 years, or 7 years in lieu of one"
    if len(spans) < 2:  # noqa: PLR2004 -- one number holds for all
        return fact.value.years
    groups: list[tuple[list[Degree], list[YearSpan]]] = [([], [])]
    for start, end in pairwise([0, *(match.end() for match in _WAYS.finditer(text)), len(text)]):
        named = [one for one in find_degrees(text) if start <= one.start < end]
        counted = [one for one in spans if start <= one.start < end]
        if all(groups[-1]) and (named or counted):  # what has a degree and its years is a way of its own
            groups.append(([], []))
        groups[-1][0].extend(named)
        groups[-1][1].extend(counted)
    opened = (counted for named, counted in groups if any(one.level in open_to for one in named))
    return min((span.years for counted in opened for span in counted), default=fact.value.years)


_NO_DEGREES = (EducationLevel.NONE, EducationLevel.HIGH_SCHOOL)


def _ways_in(text: str) -> Iterator[YearSpan]:
    """Yield the numbers of years in a demand but those that are a part of others: "five years, including two as a lead"."""
    ends = [span.end for span in find_year_spans(text)]
    return (
        span
        for at, span in enumerate(find_year_spans(text))
        if not _PART_OF.search(text, 0, span.start) and not (at and _is_within(text, ends[at - 1], span.start))
    )


def _is_within(text: str, end: int, start: int) -> bool:
    """Tell whether years stand in one way with those before them, as a part: "ten years, with at least five in a lab"."""
    return _WITH_LEAST.search(text, end, start) is not None and _WAYS.search(text, end, start) is None


_PART_OF = compile_later(
    lambda: rf"(?<!\w)(?:{one_of(_LEXICON['part_of'])})\s(?:(?:the|at least|mindestens|au moins|al menos|pelo menos)\s)?$", re.IGNORECASE
)
_WITH_LEAST = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['with_least'])})\s$", re.IGNORECASE)
_WAYS = compile_later(rf";|,?\s(?:{OR})\s|,\s(?=\d)", re.IGNORECASE)
"""What stands between the ways in which a demand is met: "8 years with a BS, 6 years with an MS or a PhD"."""


_NEVER = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['never'])})(?!\w)")


def lacks_something(ask: Ask) -> bool:
    """Tell whether somebody lacks something that the years may be asked for: "never led a team, but 9 years of coding"."""
    return ask.is_denied and _NEVER.search(fold(ask.words)) is not None


_FEW_YEARS = 2
"""What more than so many years are asked of is no beginner."""


OF_BEGINNERS = tuple(Criterion(topic="experience", keys=("years",), against=("years",), at_most=most) for most in (0, _FEW_YEARS))
"""Who asks for no year fits beginners, and who asks for more than a few does not."""


def judge_beginner(required: float) -> Verdict:
    """Say whether so many years may be asked of a beginner."""
    if required > _FEW_YEARS:
        return Verdict.NO
    return Verdict.UNCLEAR if required else Verdict.YES


def judge_experience(ask: Ask, facts: Sequence[Fact[Experience]]) -> Verdict | None:
    """Weigh the years that somebody has, or that a question names, against the least that is asked for."""
    if not facts or facts[0].value.where == WITHOUT_DEGREE:
        return _judge_without_degree(ask, facts[0].value.years) if facts else None
    required = _least_for(ask.level, facts[0]) if ask.level else facts[0].value.years
    if ask.years is None:
        is_plain = ask.form is Form.YES_NO and not ask.about
        if is_plain and _OF_BEGINNERS.search(fold(ask.words)):
            return turn(judge_beginner(required), is_denied=ask.is_denied)
        is_met = required > 0 or ask.is_own  # "i have no experience, is that ok"
        return turn(Verdict.told(holds=is_met), is_denied=ask.is_denied and not (ask.is_own and not required)) if is_plain else None
    years = ask.years.value
    if ask.is_own or (ask.years.is_own and not ask.is_must):  # "are 5 years needed" are nobody's own
        return _judge_own(ask, facts[0], years=years, required=required)
    if ask.years.is_strict and required == years:
        return turn(Verdict.NO, is_denied=ask.is_denied)
    holds_for = {
        Side.MORE: required >= years,
        Side.LESS: required <= years,
        Side.EXACT: required >= years if ask.is_must else required == years,
    }
    return turn(Verdict.told(holds=holds_for[ask.years.side]), is_denied=ask.is_denied)


def _judge_own(ask: Ask, fact: Fact[Experience], *, years: float, required: float) -> Verdict:
    """Weigh the years that somebody has: fewer, or more, may be asked for with another degree, enough may lack what they were never in."""
    text = fact.quote.text.replace("**", "")  # marks are no words between years
    if years >= required:
        by_degree = ask.level is None and len({degree.level for degree in find_degrees(text)}) > 1
        is_less = by_degree and any(span.years > years for span in _ways_in(text))
        return Verdict.UNCLEAR if is_less or lacks_something(ask) else Verdict.YES
    may_do = ask.level is None and any(span.years <= years for span in _ways_in(text))
    return Verdict.UNCLEAR if may_do else Verdict.NO


def _judge_without_degree(ask: Ask, required: float) -> Verdict:
    """Weigh years that are asked of those alone who have no degree: enough of them do, fewer only beside a degree."""
    has_enough = ask.years is not None and ask.years.is_own and ask.years.value >= required
    has_degree = ask.level not in (None, *_NO_DEGREES)
    return Verdict.YES if has_enough or has_degree else Verdict.UNCLEAR


_DEGREES = read_lexicon("education_words")
_FOR_EXPERIENCE = compile_later(
    lambda: "(?<!\\w)(?:{})\\s(?:[^\\W\\d]+\\s){{0,3}}(?:{})".format(*(one_of(_DEGREES["instead"][key]) for key in ("asked", "experience")))
)
_SUBSTITUTES = compile_later(
    r"(?i)\b(?:education|degree|ph\.?d|master'?s|schooling)\b[^.;]{0,60}\bsubstitut[^.;]{0,60}\bexperience"
    r"|\bsubstitut\w*\s(?:of\s)?(?:education|a degree)\b[^.;]{0,60}\bexperience|\beducation(?:al)? substitution\b"
)


def find_substitution(words: str, document: Document) -> tuple[Sentence, Verdict] | None:
    """
    Return what is said to who asks whether schooling stands in for experience: "there is no substitution of education".

    Where it does so at one grade and not at another, it is left open.
    """
    if not _FOR_EXPERIENCE.search(fold(words)):
        return None
    found = [(one, match) for one in document.sentences() if (match := _SUBSTITUTES.search(one.text))]
    holds = {not is_denied(one.text, start=match.start(), end=match.end()) for one, match in found}
    return (found[0][0], Verdict.told(holds=holds.pop()) if len(holds) == 1 else Verdict.UNCLEAR) if found else None


EXPERIENCE: Topic[Experience] = Topic(
    name="experience",
    command="experience",
    label="Experience",
    description="How many years of experience are asked for",
    asked_as=tuple(read_lexicon("experience_words")["asked_as"]["words"]),
    value_type=Experience,
    find=find_experience,
    tell=render_experience,
    keys=find_experience_keys,
    judge=judge_experience,
    silence="The posting does not ask for a number of years.",
    job_sign=JobSign.BESIDE,
    form_group="asked",
    schema_org=to_schema_experience,
    at_a_glance=True,
    side_by_side=True,
)
