"""Which degree the posting asks for: the lowest that is enough."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from bot.domain.answer import Rendered
from bot.domain.facts import Education, EducationLevel, Fact, Quote
from bot.domain.query import Ask, Form, SearchKey, Verdict, turn
from bot.text.clean import fold
from bot.text.document import BULLET, TAG, TITLE, Document, Line, Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.items import items_of
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.prefilter import by_beginning, read_whole, to_lower
from bot.text.translations import say
from bot.text.wording import is_only_preferred
from bot.text.words import OR
from bot.topics.topic import JobSign, Topic

# Degrees named in a sentence: `BS/MS in Computer Science`, `Bachelor's degree`, `Hochschulabschluss`, `Bac+5`.

_LEXICON = read_lexicon("education_words")
_LEVELS = tuple(EducationLevel)
_INITIAL_SIGNS = frozenset(sign for sign in _LEXICON["signs"]["words"] if len(sign) == 1)
"""Letters that stand before a dot: B.S., M.A."""

_SIGNS = frozenset(_LEXICON["signs"]["words"]) - _INITIAL_SIGNS
_WORDS: dict[str, EducationLevel] = {word: level for level in _LEVELS for word in _LEXICON["levels"][level]["words"]}
_INITIALS: dict[str, EducationLevel] = {word: level for level in _LEVELS for word in _LEXICON["levels"][level].get("initials", ())}
_INITIAL = rf"(?:{one_of(list(_INITIALS))})"
_SIGN = rf"[{re.escape(''.join(_LEXICON['followers']['signs']))}]"
_FOLLOWER = one_of(_LEXICON["followers"]["words"])
_NAMED = compile_later(lambda: rf"(?<![\w.])(?:{one_of(_WORDS)})(?!\w)")
_ABBREVIATED = compile_later(
    lambda: (
        rf"(?<![\w.])(?<!\bat )(?P<initials>{_INITIAL})(?!\s?(?:{one_of(_LEXICON['followers']['makers_products'])})\b)"
        rf"(?:(?=\s?{_SIGN}\s?(?:{_INITIAL}\b|Ph|[BM]\.|(?:{_FOLLOWER}|preferably|ideally|higher)\b)"
        rf"|\s(?:{_FOLLOWER})\b)|(?<=[/,]..)(?=\W|$))"
    ),
)
_CRAFT = compile_later(r"\s(?:of (?:the|their|your|our|its)|class|plan|data|branch|the|your)\b", re.IGNORECASE)
_OTHER_MASTER = compile_later(r"(?:scrum|web|agile|quiz|task|ring|certified|true)[\s-]?$", re.IGNORECASE)
_SCHOOLED = compile_later(r"\s?(?:degree|in\b|or\b|and\b|/|,|\)|level|program|preferred|required|with\b|\.?$)", re.IGNORECASE)
# These and `_NAMED` are for lower case.
_DEGREE = compile_later(lambda: rf"\b(?:{one_of(_LEXICON['degree']['words'])})\b(?!\s(?:{one_of(_LEXICON['degree']['not_behind'])})\b)")
_DIPLOMA = compile_later(r"\bdiplomas? (?:in|or|required|from)\b")
_BESIDE = compile_later(r"\bwith (?:an? |your )?(?:undergraduate |first )?$")  # "a master's in statistics, with a BS in economics"
_NOT_BEFORE = compile_later(lambda: rf"\b(?:{one_of(_LEXICON['degree']['not_before'])})[\s-]$|[\d°-]\s?-?$")
_MOST, _MOST_LINES = 20, 30  # degrees in one sentence, and lines with degrees: of 1,500 postings none has more than 6 such lines


class Degree(NamedTuple):
    """A degree named at text[start:end]."""

    level: EducationLevel
    start: int
    end: int


def find_lines_with_degrees(document: Document) -> list[Line]:
    r"""
    Return the first lines that may name a degree.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("* BS in physics\n* Two years of Go"))
    >>> [line.text for line in find_lines_with_degrees(document)]
    ['BS in physics']
    """
    whole = read_whole(document)
    initials = _INITIAL_SIGNS.intersection(whole.words)
    return whole.lines_with(_SIGNS, also=[f"{initial}." for initial in initials])[:_MOST_LINES]


def find_degrees(text: str) -> tuple[Degree, ...]:
    """
    Return the degrees that a sentence names, in order; a "degree" of no level is a bachelor's, a mere "diploma" what comes before one.

    >>> [degree.level.value for degree in find_degrees("BS or MS in Physics, Ph.D. preferred")]
    ['bachelor', 'master', 'doctorate']
    >>> [degree.level.value for degree in find_degrees("A degree in Computer Science")]
    ['bachelor']
    >>> find_degrees("A Scrum Master with a high degree of autonomy who knows MS Office and master data")
    ()
    """
    straight = text.replace("’", "'").replace("`", "'")
    lowered = to_lower(straight)
    named = tuple(islice(_read_named(straight, lowered), _MOST))
    if named:
        return (named[0], *(one for one in named[1:] if not _BESIDE.search(lowered, 0, one.start)))
    found = [
        Degree(EducationLevel.BACHELOR, match.start(), match.end())
        for match in islice(_DEGREE.finditer(lowered), _MOST)
        if not _NOT_BEFORE.search(lowered, max(0, match.start() - 20), match.start())
    ]
    diplomas = islice(_DIPLOMA.finditer(lowered), 1)
    return tuple(found) or tuple(Degree(EducationLevel.ASSOCIATE, *match.span()) for match in diplomas)


def names_level(text: str) -> bool:
    """
    Tell whether words name the level of a degree, or name none at all; a mere "degree" or "Studium" names no level.

    >>> names_level("BS in Physics"), names_level("A degree in Physics"), names_level("Studium der Physik")
    (True, False, False)
    """
    straight = text.replace("’", "'").replace("`", "'")
    lowered = to_lower(straight)
    if named := list(_read_named(straight, lowered)):
        lowest = min(_LEVELS.index(degree.level) for degree in named)
        words = {lowered[degree.start : degree.end] for degree in named if degree.level is _LEVELS[lowest]}
        return not words <= set(_LEXICON["no_level"]["words"])
    return not (_DEGREE.search(lowered) or _DIPLOMA.search(lowered))


def _read_named(text: str, lowered: str) -> Iterator[Degree]:
    """Yield the degrees with a level of their own, in order: by words in any case, and by initials as they are spelt."""
    words = (Degree(_WORDS[match[0]], match.start(), match.end()) for match in _NAMED.finditer(lowered))
    initials = (Degree(_INITIALS[match["initials"]], match.start(), match.end()) for match in _ABBREVIATED.finditer(text))
    end = 0
    for degree in sorted((*words, *initials), key=attrgetter("start")):
        if degree.start >= end:
            end = degree.end
            if not lowered.startswith("master", degree.start) or _is_schooled(text, degree):
                yield degree


def _is_schooled(text: str, degree: Degree) -> bool:
    """Tell whether a master is one of a university: not of a craft, of Scrum, or in small letters at large."""
    if _CRAFT.match(text, degree.end) or _OTHER_MASTER.search(text, max(0, degree.start - 12), degree.start):
        return False
    return text[degree.start].isupper() or " " in text[degree.start : degree.end] or _SCHOOLED.match(text, degree.end) is not None


_COMPANY, _SCHOOLING = read_lexicon("experience_words")["other"], one_of(_LEXICON["instead"]["schooling"])
_INSTEAD = compile_later(
    lambda: (
        rf"(?<!\w)(?:{one_of(_LEXICON['instead']['words'])}|(?:and/)?or \d{{1,2}}\+? years(?! and an?\b))|option [2b]\b(?!.*degree)"
        rf"|\b(?:{one_of(_LEXICON['instead']['equivalent'])})\b(?!\s(?:\w+\s)?(?:{_SCHOOLING})\b(?!,? (?:or|and)? ?\w* ?experience))"
    ),
)
_EQUAL_SCHOOL = compile_later(r"(?i)(?:\bor|/)\s?(?:\w{2,11}\s){0,2}equivalen(?:t|cy)\b(?!,?\s(?:\w+\s){0,3}(?:experience|work|training))")
"""What equals a school's diploma is schooling too: "a high school diploma or equivalent"."""

_ALTERNATIVE = compile_later(rf"\W{{0,4}}(?:{OR}|OR|Or|[Oo]ption (?:2|B|II))\b")
"""A sentence that begins so is one of several ways."""

_LEADS_ON = compile_later(rf"(?:^|[\s;,-])(?:{OR})\W{{0,4}}(?:[a-d1-4][.)])?$", re.IGNORECASE)
"""A sentence that ends so is one of several ways."""

_OR = rf"\s?(?:/|{OR})\s(?:an?\s|(?:ein|un)\w{{0,2}}\s)?(?:\w{{3,20}}\s)?"
_COMBINED = compile_later(lambda: rf"(?i)(?<!\w)(?:{one_of(_LEXICON['instead']['combined'])})(?!\w)")
_LESSER = one_of(_LEXICON["instead"]["lesser"])
_LESSER_BEFORE = compile_later(lambda: rf"(?<![\w-])(?:{_LESSER}){_OR}$")
_LESSER_BEHIND = compile_later(lambda: rf"(?:\sdegree)?{_OR}(?:{_LESSER})(?!\w)")
"""What is less than a degree, with an "or" between; for lower case."""

_REQUIRES = compile_later(r"\b(?:position|job|role|post|vacancy)\s(?:\w+\s)?requires?\b", re.IGNORECASE)
_IN_LIEU = compile_later(
    r"(?i)in (?:lieu|place) of (?:an? |the |formal )?(?:\w{1,20} )?(?:education|degree)|-or-\s?(?:[a-d][.)]\s?)?experience\b"
    r"|(?:do not|don['’]t) have (?:an? )?(?:[\w'’]+ ){0,5}degree,? but\b"
)
_IN_LIEU_SIGNS = ("in lieu of", "in place of", "-or-", "degree but", "degree, but")
_ANYHOW = by_beginning(_LEXICON["instead"]["anyhow"])
_ELSEWHERE = compile_later(lambda: one_of(_LEXICON["elsewhere"]["words"]))
_ABOUT_COMPANY = compile_later(lambda: rf"(?<!\w)(?:{one_of(_COMPANY['company'])})(?!\w)")
_ABOUT_APPLICANT = compile_later(lambda: rf"(?<!\w)(?:{one_of([*_COMPANY['applicant'], *_COMPANY['bounds']])})(?!\w)")
"""These three and `_INSTEAD` are for lower case."""

_NOT_ASKED = frozenset({SectionKind.BENEFITS, SectionKind.COMPANY, SectionKind.LEGAL, SectionKind.PAY})
_ASKED = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.TRAITS})
_WELCOME = compile_later(
    r"[^,;.]{0,60}?\b(?:preferred|a plus|an? (?:advantage|asset|bonus)|advantageous|beneficial"
    r"|helpful|desirable|desired|ideal(?:ly)?|nice to have|atout|von Vorteil"
    r"|deseable|valorable|desejável|diferencial|is valued|valued)\b",
    re.IGNORECASE,
)
_JOINED = compile_later(rf"\s*(?:/|{OR})\s*")
_ASKS = compile_later(
    r"\b(?:requir|need|have to (?:have|hold)|ask|insist|demand|care (?:about|if|whether)|pedimos|exigimos|requerimos|necesit|exigi|precisa"
    r"|verlang|brauch|erwart|demandons|exigeons)",
    re.IGNORECASE,
)
_REFUSED_WITHIN = 45
NAMES = {
    EducationLevel.NONE: "No degree",
    EducationLevel.HIGH_SCHOOL: "A high school diploma",
    EducationLevel.ASSOCIATE: "An associate degree",
    EducationLevel.BACHELOR: "A bachelor's degree",
    EducationLevel.MASTER: "A master's degree",
    EducationLevel.DOCTORATE: "A doctorate",
}
"""How a degree begins a sentence."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A sentence's lowest degree, and whether it is only welcome or experience may stand in for it."""

    level: EducationLevel
    is_welcome: bool
    has_way_around: bool
    sentence: Sentence
    start: int
    """Where in the sentence the degree begins."""

    @property
    def quote(self) -> Quote:
        """The sentence, with the one before whose degree it lets off; of one with marks inside it the degree and what follows."""
        line, start, end = self.sentence.line, self.sentence.start, self.sentence.end
        before = next((one for one, other in pairwise(line.sentences) if other == self.sentence), None)
        if before and _STANDS_IN.search(self.sentence.text.lower()) and find_degrees(before.text):
            return line.quote(before.start, end)
        return line.quote(start + self.start, end) if "*" in self.sentence.quote.text.strip("*") else self.sentence.quote


def find_education(document: Document) -> Sequence[Fact[Education]]:
    r"""
    Return the lowest degree that is named as enough; one that is only welcome counts where none is asked for.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[tuple[str, bool]]:
    ...     found = find_education(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return [(fact.value.level.value, fact.value.required) for fact in found]
    >>> read("## Requirements\n* BS or MS in Physics\n* PhD preferred"), read("You work with a high degree of autonomy.")
    ([('bachelor', True)], [])
    >>> read("## Requirements\n* Master's degree or equivalent experience")
    [('master', False)]
    >>> read("The position requires a PhD in Rye.\n\nRye: A degree in baking; or a combination of education and experience")
    [('doctorate', True)]
    """
    named = tuple(_read_sentences(document))
    asked = tuple(one for one in named if not one.is_welcome) or named
    if not asked:
        return ()
    strict = tuple(one for one in asked if _is_strict(one))
    asked = strict if strict and not any(names_level(one.sentence.text) for one in asked if one not in strict) else asked
    lowest = min(asked, key=lambda one: _LEVELS.index(one.level))
    whole, is_open = read_whole(document), lowest.is_welcome or lowest.level is EducationLevel.NONE or lowest.has_way_around
    is_open |= any(_IN_LIEU.search(line.text) for line in whole.lines_with((), also=_IN_LIEU_SIGNS)) or bool(whole.lines_holding(_ANYHOW))
    return (Fact(value=Education(level=lowest.level, required=not is_open), quote=lowest.quote),)


def _is_strict(named: _Named) -> bool:
    """Tell whether a sentence says that the position requires a high degree: a "degree" of no level, of its field at large, is no less."""
    is_high = named.level in (EducationLevel.MASTER, EducationLevel.DOCTORATE) and _REQUIRES.search(named.sentence.text)
    return bool(is_high) and not (named.is_welcome or named.has_way_around)


def _read_sentences(document: Document) -> Iterator[_Named]:
    found = find_lines_with_degrees(document)
    offers = {id(line) for line in items_of(document, SectionKind.BENEFITS)} if found else frozenset()
    for line in found:
        for sentence in () if line.kind in (TAG, TITLE) else line.sentences:
            if not (degrees := find_degrees(sentence.text)):
                continue
            kind = SectionKind.BENEFITS if id(line) in offers else read_line_kind(line)
            if degrees[0].level is EducationLevel.NONE or _is_asked(sentence, kind):
                named = _read_sentence(sentence, degrees, kind)
                yield replace(named, has_way_around=True) if _has_way_beside(line, document) else named


def _has_way_beside(line: Line, document: Document) -> bool:
    """Tell whether the line before or behind one that names degrees is another way, joined by an "or", and names none."""
    body = document.body
    if (at := next((place for place, one in enumerate(body) if one is line), None)) is None:
        return False
    before, behind = body[max(0, at - 2) : at][::-1], body[at + 1 : at + 3]
    is_next = bool(behind) and (_LEADS_ON.search(line.text) or _ALTERNATIVE.match(behind[0].text)) is not None
    if is_next or (len(behind) > 1 and _LEADS_ON.fullmatch(behind[0].text)):
        return not find_degrees(behind[0 if is_next else 1].text)
    leading = next((one for one in before if not _LEADS_ON.fullmatch(one.text)), None)
    return bool(before) and _LEADS_ON.search(before[0].text) is not None and leading is not None and not find_degrees(leading.text)


def find_other_way(document: Document, quote: Quote) -> Quote | None:
    """Return the sentence behind one with a degree that tells what will do in its place, where that one tells it not itself."""
    every = list(document.sentences())
    at = next((place for place, one in enumerate(every) if one.quote == quote and not names_instead(one.text)), len(every))
    behind = [one for one in every[at + 1 : at + 3] if not (_LEADS_ON.fullmatch(one.text) or one.text.endswith(" of"))]
    is_joined = bool(behind) and (_is_one_of_ways(every[at]) or _has_way_beside(every[at].line, document))
    last = behind[-1] if is_joined and behind[-1].line is behind[0].line else behind[0] if is_joined else None
    return last and last.line.quote(behind[0].start, last.end)


def _read_sentence(sentence: Sentence, degrees: tuple[Degree, ...], kind: SectionKind | None) -> _Named:
    text = sentence.text
    if _is_refused(text, degrees[0]):
        return _Named(level=EducationLevel.NONE, is_welcome=False, has_way_around=True, sentence=sentence, start=degrees[0].start)
    asked = [degree for degree in degrees if not _is_welcome_only(text, degree, degrees)]
    lowest = min(asked or degrees, key=lambda degree: _LEVELS.index(degree.level))
    return _Named(
        level=lowest.level,
        is_welcome=kind is SectionKind.PREFERRED or not asked or is_only_preferred(text),
        has_way_around=names_instead(_EQUAL_SCHOOL.sub("", text) if lowest.level is EducationLevel.HIGH_SCHOOL else text)
        or _is_one_of_ways(sentence)
        or _is_beside_lesser(text, lowest),
        sentence=sentence,
        start=lowest.start,
    )


def _is_one_of_ways(sentence: Sentence) -> bool:
    """Tell whether a sentence begins with an "or", or ends so and the next one names another way: "a bachelor's. -OR- B. Experience"."""
    behind = (other for one, other in pairwise(sentence.line.sentences) if one == sentence)
    joined = (one.text for one in behind if _COMBINED.search(one.text) or _ALTERNATIVE.match(one.text) or _LEADS_ON.search(sentence.text))
    return any(_COMBINED.search(text) or not find_degrees(text) for text in joined) or _ALTERNATIVE.match(sentence.text) is not None


def names_instead(text: str) -> bool:
    """
    Tell whether a sentence lets something else stand in for schooling.

    >>> names_instead("A degree or equivalent experience"), names_instead("A degree and experience")
    (True, False)
    """
    return _INSTEAD.search(text.lower()) is not None


def _is_beside_lesser(text: str, degree: Degree) -> bool:
    """Tell whether less than a degree, such as a diploma or an apprenticeship, is named beside it as enough."""
    lowered = text.lower()
    return _LEVELS.index(degree.level) >= _LEVELS.index(EducationLevel.BACHELOR) and (
        _LESSER_BEFORE.search(lowered, 0, degree.start) is not None or _LESSER_BEHIND.match(lowered, degree.end) is not None
    )


def _is_refused(text: str, degree: Degree) -> bool:
    """Tell whether a sentence says that no degree is asked for: "we do not ask for a degree"."""
    before = text[: degree.end]
    return _ASKS.search(before) is not None and is_denied(before, start=degree.start, end=degree.end, reach=_REFUSED_WITHIN)


def _is_welcome_only(text: str, degree: Degree, degrees: tuple[Degree, ...]) -> bool:
    """Tell whether a word such as "preferred" follows a degree before another one does."""
    end = degree.end
    for other in degrees:
        if other.start >= end:
            if not _JOINED.fullmatch(text, end, other.start):
                return _WELCOME.match(text, end, other.start) is not None
            end = other.end
    return _WELCOME.match(text, end) is not None


def _is_asked(sentence: Sentence, kind: SectionKind | None) -> bool:
    """Tell whether a sentence names degrees of the applicant: not of the team, of customers, or among factors of pay."""
    text = sentence.text.lower()
    if _ELSEWHERE.search(text) or _stands_in(text):
        return False
    if kind in _ASKED:
        return True
    is_bullet, about_applicant = sentence.line.kind is BULLET, _ABOUT_APPLICANT.search(text) is not None
    if kind in _NOT_ASKED:
        return about_applicant and not is_bullet
    return is_bullet or about_applicant or not _ABOUT_COMPANY.search(text)


_STANDS_IN = compile_later(
    r"\b(?:(?:may|can|could|might|will)\s(?:be\s)?(?:used as a\s|a\s)?substitut\w{1,5}"
    r"|ersetzt|peut remplacer|puede sustituir|pode substituir)\b"
)
_BETWEEN = compile_later(r"[;.]|\bexperience\b|\byears\b")


def _stands_in(text: str) -> bool:
    """Tell whether a sentence's degree stands in for something else, so that it is not asked for: "it may substitute for a year"."""
    found = _STANDS_IN.search(text)
    return found is not None and any(
        degree.end <= found.start() and not _BETWEEN.search(text, degree.end, found.start()) for degree in find_degrees(text)
    )


def render_education(facts: Sequence[Fact[Education]], locale: str = "en") -> Rendered:
    """
    Say which degree is enough, and whether it is required.

    >>> from bot.domain.facts import Quote
    >>> fact = Fact(value=Education(level=EducationLevel.MASTER, required=False), quote=Quote(text="MS preferred"))
    >>> render_education([fact]).sentence
    "A master's degree is named, but not strictly required"
    """
    education = facts[0].value
    if education.level is EducationLevel.NONE:
        return Rendered(sentence=say("No degree is required", locale))
    name = say(NAMES[education.level] if names_level(facts[0].quote.text) else "A degree (it names no level)", locale)
    if education.required:
        return Rendered(sentence=say("{degree} is required", locale, degree=name))
    if any(_is_beside_lesser(facts[0].quote.text, degree) for degree in find_degrees(facts[0].quote.text)):
        return Rendered(sentence=say("{degree} is named, and training below it that will do as well", locale, degree=name))
    return Rendered(sentence=say("{degree} is named, but not strictly required", locale, degree=name))


def find_education_keys(education: Education) -> tuple[SearchKey, ...]:
    """Return the level, and once more where it is required."""
    required = (SearchKey(f"required:{education.level.value}"),) if education.required else ()
    return (SearchKey(education.level.value), *required)


_CREDENTIALS = {
    EducationLevel.HIGH_SCHOOL: "high school",
    EducationLevel.ASSOCIATE: "associate degree",
    EducationLevel.BACHELOR: "bachelor degree",
    EducationLevel.MASTER: "postgraduate degree",
    EducationLevel.DOCTORATE: "postgraduate degree",
}
"""The words that job search engines document for credentialCategory."""


def to_schema_education(values: Sequence[Education]) -> dict[str, Any]:
    """Return a required degree in the words of schema.org; one that is only preferred is no requirement."""
    if (credential := _CREDENTIALS.get(values[0].level)) is None or not values[0].required:
        return {}
    return {"educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": credential}}


_ACCEPTED = compile_later(r"\b(?:ok|okay|fine|alright|accept(?:s|ed|able)?)\b", re.IGNORECASE)  # whether a degree will do
_IN_PLACE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['instead']['asked'])})(?!\w)")
_COURSES = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['instead']['courses'])})(?!\w)")
_OF_SCHOOL = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['instead']['of_school'])})(?!\w)")
_STUDENT = compile_later(r"\b(?:students?|enrolled|studying|undergrads?|still in)\b", re.IGNORECASE)


def _judge_held(ask: Ask, stated: Education, *, holds: bool) -> Verdict | None:
    """Say whether a degree that somebody has, or that may be accepted, will do where a higher one is named."""
    if ask.is_own:
        return Verdict.told(holds=holds or not stated.required)
    return turn(Verdict.told(holds=holds) if holds or stated.required else Verdict.UNCLEAR, is_denied=ask.is_denied)


def _judge_any(ask: Ask, stated: Education, *, is_open: bool) -> Verdict | None:
    """Say whether any degree is needed, or what will do in its place."""
    words = fold(ask.words)
    if _COURSES.search(words) and not ask.is_must:
        return Verdict.NO if stated.required else Verdict.UNCLEAR
    if _IN_PLACE.search(words):
        return Verdict.told(holds=not stated.required)
    if ask.form is not Form.YES_NO and not ask.is_must:
        return None
    if stated.level is EducationLevel.HIGH_SCHOOL and not _OF_SCHOOL.search(words):
        return turn(Verdict.NO, is_denied=ask.is_denied)  # a college or its degree is more than is named
    if not (stated.required or (ask.is_must and not is_open) or stated.level is EducationLevel.NONE):
        return Verdict.UNCLEAR  # it is wanted, and something else will do
    return turn(Verdict.told(holds=stated.required), is_denied=ask.is_denied)


def judge_education(ask: Ask, facts: Sequence[Fact[Education]]) -> Verdict | None:
    """
    Weigh a degree against the lowest that is enough: one that somebody has, or one that may be needed.

    What is only named, or may be made up for by experience, is not needed.
    """
    if not facts or (ask.level is None and not ask.is_must and _STUDENT.search(ask.words)):
        return None  # who still studies has no degree yet, and another sentence may welcome them
    stated = facts[0].value
    enough, level = _LEVELS.index(stated.level), ask.level
    if level is not None and ask.is_denied and not ask.is_must and (ask.is_own or _ACCEPTED.search(ask.words)):
        level = EducationLevel.NONE  # "no BS but 8 years, is that accepted?"
    if level is EducationLevel.NONE:
        is_needed = stated.required and stated.level is not EducationLevel.NONE
        return Verdict.told(holds=is_needed if ask.is_must and _NEED_APART.search(fold(ask.words)) else not is_needed)
    alike = _EQUIVALENT.search(said := facts[0].quote.text)  # "Bachelor's (or equivalent)" tells not of what
    is_open = not stated.required and alike is not None and _BY_WORK.search(said, max(0, alike.start() - 30), alike.end() + 40) is None
    if level is None:
        return _judge_any(ask, stated, is_open=is_open)
    if _IN_PLACE.search(fold(ask.words)):
        return Verdict.told(holds=not stated.required)  # what may stand in for a degree
    if not ask.is_must and (ask.is_own or _ACCEPTED.search(ask.words)):
        is_past = pattern_of("in_studies").search(said) is not None and not _STUDENT.search(ask.words)  # who has finished may not be meant
        return Verdict.UNCLEAR if is_past else _judge_held(ask, stated, holds=_LEVELS.index(level) >= enough)
    verdict = Verdict.told(holds=stated.required and enough >= _LEVELS.index(level))
    return turn(Verdict.UNCLEAR if is_open and stated.level is level else verdict, is_denied=ask.is_denied)


_NEED_APART = compile_later(lambda: rf"[,.;:?!…–-]\s*(?:\w+\s){{0,2}}(?:{one_of(_LEXICON['asks_need']['words'])})(?!\w)")
"""Whether one is needed, asked behind what somebody lacks: "never went to uni, is a degree a must?"; not "no degree needed?"."""
_EQUIVALENT = compile_later(lambda: rf"(?i)\b(?:{one_of(_LEXICON['instead']['equivalent'])})\b")
_BY_WORK = compile_later(lambda: rf"(?i)\b(?:{one_of(_LEXICON['instead']['by_work'])})\b")


EDUCATION: Topic[Education] = Topic(
    name="education",
    command="education",
    label="Education",
    description="Which degree is asked for",
    asked_as=tuple(_LEXICON["asked_as"]["words"]),
    value_type=Education,
    find=find_education,
    tell=render_education,
    keys=find_education_keys,
    judge=judge_education,
    silence="The posting does not name a degree.",
    job_sign=JobSign.BESIDE,
    form_group="asked",
    schema_org=to_schema_education,
    at_a_glance=True,
    side_by_side=True,
)
