"""Full time, part time, contract, internship or temporary, as stated for this job."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Quote
from bot.domain.query import Ask, Form, SearchKey, Verdict, turn
from bot.text.clean import fold
from bot.text.document import TAG, TITLE, Document, Line, Sentence, is_denied
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.prefilter import by_beginning, read_whole, to_lower
from bot.text.translations import say, say_each
from bot.text.words import read_words
from bot.topics.topic import JobSign, Topic

# The kinds of employment that a posting states, and where it states them.


class EmploymentType(StrEnum):
    """What kind of employment a job is."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    INTERNSHIP = "internship"
    TEMPORARY = "temporary"


_LEXICON = read_lexicon("employment_words")
MOST_TELLING = (
    EmploymentType.INTERNSHIP,
    EmploymentType.CONTRACT,
    EmploymentType.TEMPORARY,
    EmploymentType.PART_TIME,
    EmploymentType.FULL_TIME,
)
"""Where a posting states several, the first of these: a full-time contract is a contract."""

_KINDS = {kind.value: kind for kind in EmploymentType}


def _pattern(*tables: dict[str, list[str]], prefix: str = r"(?<![\w-])") -> re.Pattern[str]:
    """Return a pattern with one group for each kind that the tables name; it is for lower case, as all are below but one."""
    words = {kind: [word for table in tables for word in table.get(kind, ())] for kind in MOST_TELLING}
    return compile_later(
        lambda: prefix + "(?:" + "|".join(f"(?P<{kind}>{one_of(words[kind])})" for kind in words if words[kind]) + r")(?!\w)"
    )


_PIECES = by_beginning(_LEXICON["signs"]["pieces"])
_NAMED = _pattern(_LEXICON["names"])
_VALUE = _pattern(_LEXICON["names"], _LEXICON["values"])
_TITLED = _pattern({**_LEXICON["names"], "full_time": ["full-time", "full time", "fulltime", "vollzeit", "cdi", "clt"]})
_TITLED_CONTRACT = compile_later(
    lambda: rf"(?:^|[(\[|:,/–-]\s?)contract(?!\s(?:{one_of(_LEXICON['title']['not_contract'])})\b)\b|\bcontract(?=\s?[)\]:|]|\s[–-]|$)",
)
_PHRASED = _pattern(_LEXICON["phrases"])
_ALONE = compile_later(lambda: rf"\W{{0,4}}(?:{_NAMED.pattern})\W{{0,4}}")
_SCHEDULES = frozenset(_LEXICON["schedule"]["words"])
_MARKS = {mark: EmploymentType(kind) for kind, marks in _LEXICON["marks"].items() for mark in marks}
_MARKED = compile_later(lambda: rf"(?<!\w)(?:{one_of(list(_MARKS))})(?!\w)")
_JOB = one_of(_LEXICON["jobs"]["words"])
_LABEL = one_of(_LEXICON["labels"]["words"])
_LABELLED = compile_later(lambda: rf"[\W_]{{0,6}}(?P<label>{_LABEL})\s?[:–-]\s{{0,3}}(?P<value>[^:]{{2,70}})")
_LABEL_ALONE = compile_later(lambda: _LABEL)
_OF_THE_JOB = compile_later(
    lambda: (
        r"\b(?:this|it)(?:\s(?:\w+\s)?(?:is|will be)|['’]s)\s(?!not\b)[^;]{0,70}$"
        r"|\b(?:for|of|in)\sthis\s(?:[\w.-]+,?\s){0,3}$|\bthis\s(?:[\w.-]+,?\s){0,2}$"
        rf"|\b(?:this|the|our|die|ce|cette|este|esta|essa|esse)\s(?:\w+[\s-]){{0,4}}?(?:{_JOB})\s(?:is|ist|est|es|é)\s(?!not\b)[^;]{{0,60}}$"
    ),
)
_SEEKING = compile_later(
    r"\b(?:seeking|looking for|looking to hire|hiring|hire|searching for|recruiting|join us as|join our team as"
    r"|suchen|recherchons|recrute|recrutons|buscamos|contratação é)\]?\s(?:[\w’'-]+\s){0,6}$",
)
_ON_BASIS = compile_later(
    r"\b(?:on|in|as|auf|en|under|via)\s(?:an?\s|the\s|einer\s)?(?:[\w-]+\s){0,2}$|\b(?:employed|hired|engaged)\s[^.;]{0,30}$"
    r"|\b\d{1,2}(?:[.,]\d)?[\s-]?(?:\+\s?)?(?:month|week|year|monat)s?['’]?[\s-](?:[\w-]+\s){0,2}$",
)
_TIME = r"(?:\d{1,2}|six|three|twelve)[\s-]?(?:\+\s?)?(?:months?|mos?|mths?|weeks?|wks?)['’.]?"
_NOUN = r"(?:contract|internship|praktikum|stage|prácticas|estágio|apprenticeship|traineeship)"
_LONG = rf"(?:{_TIME}|\d{{1,2}}[\s-]?(?:monat\w{{0,5}}|wochen|mois|mes|meses|semaines|semanas))(?!\w)"
_OF_LENGTH = compile_later(rf"\b{_LONG}[\s-](?:\w+\s){{0,2}}{_NOUN}\b|\b{_NOUN}\s?(?:[,:(]|of|for|von|de)?\s?{_LONG}")
"""How long a contract or an internship lasts, in lower case."""

_FOR_LONG = compile_later(rf"\b{_TIME}[\s-](?:[\w-]+\s){{0,2}}$")

_MONTHS_OF_CONTRACT = compile_later(
    rf"\b{_TIME}[\s-](?:\w+\s){{0,2}}contract\b|^contract\s(?:for|of|duration|length)?:?\s?\d|\bcontract\s?[,:(]\s?{_TIME}(?!\w)"
    r"|\bthis is an?\s(?:[\w-]+\s){0,2}contract\s(?:until|through|ending)\s(?:\w{3,9}\s)?\d",
)
_FEW_HOURS = compile_later(
    lambda: (
        rf"(?<!\w)(?:{one_of(_LEXICON['signs']['few_before'])})\s(?:[a-z]+\s){{0,2}}(?P<hours>\d{{1,2}})\s?\+?(?:\s?(?:[-–]|to|bis|à|a)\s?(?P<most>\d{{1,2}}))?\s?"
        rf"(?:{one_of(_LEXICON['signs']['few_unit'])})(?!\w)"
    )
)
_MOST_OF_PART_TIME = 30
"""Hours a week: so many and fewer are a part of the time."""

_BEFORE_JOB = compile_later(lambda: rf"[\s,/-]{{0,3}}(?:[\w.,/()+-]{{1,20}}\s){{0,4}}?(?:{_JOB})\b")
_HOURS = compile_later(r",?\s?\(?\s?\d{2}\s?(?:hours|hrs|h|stunden|heures|horas)\b|\savailability")
_AROUND = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['elsewhere']['around'])})")
_DENIED_BEFORE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['elsewhere']['before'])})\s$")
_NOTHING = compile_later(lambda: one_of(_LEXICON["elsewhere"]["sentence"]))
_ENDS = compile_later(
    lambda: rf"\s?(?:$|[,.;|/)(–-])|\s(?:{one_of(_LEXICON['jobs']['behind'])})(?!\w)|\s(?:or|and|oder|und|ou|et|o|y|e)\s{_NAMED.pattern}"
)
_LISTED = compile_later(r"(?:^|[,|·•/(–-]|\b(?:or|ou|oder|o|e|and|und|et|y))\s{0,2}$")
_NOT_OF_JOB = frozenset({SectionKind.PREFERRED, SectionKind.COMPANY, SectionKind.LEGAL, SectionKind.STACK})
_SHORT = 100
_FEWEST_PARTS = 2
"""Signs "|" that part a line into short ones."""

_LONGEST_LABELLED = 150
"""Characters within which a label and its value stand."""

_LOOK_BACK = 110
_MOST = 20
"""Names of kinds in one sentence; nobody writes more."""


class _Stated(NamedTuple):
    kind: EmploymentType
    quote: Quote
    rank: int

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands among several: the rank of its place first, then how much it tells."""
        return self.rank, MOST_TELLING.index(self.kind)

    @property
    def says_how_long(self) -> bool:
        """Whether its words, few enough, say how long the contract or the internship is."""
        return (
            self.kind not in _HOURS_ALONE
            and len(self.quote.text) <= _LONGEST_LABELLED
            and _OF_LENGTH.search(to_lower(self.quote.text)) is not None
        )


_TITLED_RANK, _SCHEDULE_RANK, _SAID_RANK = range(3)
"""A kind in the title comes before the hours of a labelled schedule, those before all else; a title's hours are like all else."""

_HOURS_ALONE = frozenset({EmploymentType.FULL_TIME, EmploymentType.PART_TIME})


def _read_employment(document: Document) -> Iterator[_Stated]:
    """Yield the kinds that the title, labels, short lines and sentences about the job state, with their words."""
    for line in read_whole(document).lines_holding(_PIECES):
        if line.kind is TAG and line.label not in ("type", "tag", "location"):
            yield from (_Stated(_MARKS[match[0]], line.quote(), _SAID_RANK) for match in _MARKED.finditer(line.text))
            continue
        if line.kind is TITLE:
            for kind in _read_title(to_lower(line.text)):
                yield _Stated(kind, line.quote(), _SAID_RANK if kind in _HOURS_ALONE else _TITLED_RANK)
        elif line.kind is TAG:
            yield from (_Stated(kind, line.quote(), _SAID_RANK) for kind in map(_kind_of, _named_in(_VALUE, to_lower(line.text))))
        else:
            yield from _read_line(line)


def _read_title(title: str) -> Iterator[EmploymentType]:
    if not _NOTHING.search(title):
        yield from map(_kind_of, _named_in(_TITLED, title))
    if _TITLED_CONTRACT.search(title):
        yield EmploymentType.CONTRACT


def _read_line(line: Line) -> Iterator[_Stated]:
    label, value = _labelled_value(line)
    if value is not None:
        rank = _SCHEDULE_RANK if label in _SCHEDULES else _SAID_RANK
        yield from (_Stated(kind, line.quote(), rank) for kind in map(_kind_of, _named_in(_VALUE, value)))
        if rank == _SCHEDULE_RANK:
            return
    elif (alone := _ALONE.fullmatch(to_lower(line.text[:_SHORT]))) is not None:
        yield _Stated(_kind_of(alone), line.quote(), _SAID_RANK)
        return
    for sentence in line.sentences:
        lowered = to_lower(sentence.text)
        if not _NOTHING.search(lowered):
            yield from (_Stated(kind, sentence.quote, _SAID_RANK) for kind in _read_sentence(sentence, lowered))


def _labelled_value(line: Line) -> tuple[str, str | None]:
    """Return a label for the kind of employment and what follows, on its line or as the line below such a heading, in lower case."""
    labelled = _LABELLED.match(to_lower(line.text[:_LONGEST_LABELLED]))
    if labelled:
        return labelled["label"], labelled["value"]
    heading = to_lower(line.heading.strip(" :")) if line.heading is not None and len(line.text) <= _SHORT else ""
    return (heading, to_lower(line.text)) if _LABEL_ALONE.fullmatch(heading) else ("", None)


def _read_sentence(sentence: Sentence, text: str) -> Iterator[EmploymentType]:
    """Yield the kinds that a sentence states, given with its text in lower case."""
    yield from (_MARKS[match[0]] for match in _MARKED.finditer(sentence.text))
    yield from map(_kind_of, _named_in(_PHRASED, text))
    if "contract" in text and _MONTHS_OF_CONTRACT.search(text):
        yield EmploymentType.CONTRACT
    if (few := _FEW_HOURS.search(text)) is not None and int(few["most"] or few["hours"]) <= _MOST_OF_PART_TIME:
        yield EmploymentType.PART_TIME
    yield from (_kind_of(match) for match in _named_in(_NAMED, text) if _is_of_job(sentence.line, match))


def _is_of_job(line: Line, match: re.Match[str]) -> bool:
    """Tell whether a kind of employment is said to be this job's: by its sentence, or by standing alone in a short line."""
    text, start, end = match.string, match.start(), match.end()
    back = max(0, start - _LOOK_BACK)
    kind = read_line_kind(line)
    if match.lastgroup == EmploymentType.INTERNSHIP and _FOR_LONG.search(text, back, start):
        return kind is not SectionKind.REQUIREMENTS and kind not in _NOT_OF_JOB
    before_job = _BEFORE_JOB.match(text, end) is not None or match[0].endswith(" job")
    if _OF_THE_JOB.search(text, back, start):
        return before_job or match[0].endswith("contract") or _ENDS.match(text, end) is not None
    if _SEEKING.search(text, back, start) or _HOURS.match(text, end):
        return True
    if kind in _NOT_OF_JOB:
        return False
    if _ON_BASIS.search(text, back, start):
        return before_job or "contract" in match[0]
    is_short = len(line.text) <= _SHORT or text.count("|") >= _FEWEST_PARTS
    return is_short and _LISTED.search(text, back, start) is not None and (before_job or _ENDS.match(text, end) is not None)


def _named_in(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the kinds that a text names, without those of other people."""
    found = list(islice(pattern.finditer(text), _MOST))
    others = [match.span() for match in _AROUND.finditer(text)] if found else []
    for match in found:
        is_denied = _DENIED_BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start()) is not None
        if not is_denied and not any(start < match.end() and match.start() < end for start, end in others):
            yield match


def _kind_of(match: re.Match[str]) -> EmploymentType:
    return _KINDS[str(match.lastgroup)]


def find_employment_type(document: Document) -> Sequence[Fact[EmploymentType]]:
    """
    Return the kinds of employment stated for this job, the most telling first: in its title, a label, a short line or a sentence about it.

    Not stated by benefits "for full-time employees", nor by smart contracts.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[str]:
    ...     found = find_employment_type(Document(title=None, company=None, link=None, location=None, lines=read_lines(text)))
    ...     return [fact.value.value for fact in found]
    >>> read("This is a full-time position."), read("We offer a 6-month contract.")
    (['full_time'], ['contract'])
    >>> read("Full-time or part-time"), read("This is a permanent part-time job.")
    (['part_time', 'full_time'], ['part_time'])
    >>> read("Full-time employees get dental insurance. You audit smart contracts.")
    []
    """
    found = sorted(_read_employment(document), key=attrgetter("order"))
    kept: list[_Stated] = []
    for kind in dict.fromkeys(stated.kind for stated in found):
        alike = [stated for stated in found if stated.kind is kind and _goes_with(stated, kept)]
        kept += [next((stated for stated in alike if stated.says_how_long), alike[0])] if alike else []
    return tuple(Fact(value=stated.kind, quote=stated.quote) for stated in kept)


def _goes_with(stated: _Stated, others: Sequence[_Stated]) -> bool:
    """Tell whether a kind is stated beside others: other hours, or a contract for good, only in the same words."""
    is_other_hours = stated.kind in _HOURS_ALONE and any(other.kind in _HOURS_ALONE for other in others)
    is_for_good = stated.kind is EmploymentType.FULL_TIME and names_for_good(stated.quote.text)
    is_apart = bool(others) and (is_other_hours or is_for_good) and all(other.quote != stated.quote for other in others)
    return not (is_apart or (is_other_hours and is_for_good))


def render_employment_type(facts: Sequence[Fact[EmploymentType]], locale: str = "en") -> Rendered:
    """Say what kind of employment it is, or each of several."""
    return Rendered(sentence=say_each((say(fact.value.value.replace("_", " ").capitalize(), locale) for fact in facts), locale=locale))


def find_employment_keys(kind: EmploymentType) -> tuple[SearchKey, ...]:
    """Return the value itself."""
    return (SearchKey(kind.value),)


@cache
def find_named(kind: str) -> re.Pattern[str]:
    """Return what finds a kind of employment by its names in running text: "Temps partiel accepté"."""
    names = [*_LEXICON["names"].get(kind, ()), *_LEXICON["phrases"].get(kind, ())]
    apart = "".join(rf"(?<!\b{re.escape(word)}\s)" for word in _LEXICON["elsewhere"]["before"])  # "less than full-time"
    others = one_of(_LEXICON["elsewhere"]["no_kinds"])
    return re.compile(rf"(?<![\w-]){apart}(?!(?:{others}))(?:{one_of(names)})(?!\w)", re.IGNORECASE)


_SCHEMA_TYPES = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.CONTRACT: "CONTRACTOR",
    EmploymentType.INTERNSHIP: "INTERN",
    EmploymentType.TEMPORARY: "TEMPORARY",
}


def to_schema_employment_type(values: Sequence[EmploymentType]) -> dict[str, Any]:
    """Return the kind of contract in the words of schema.org."""
    said = [_SCHEMA_TYPES[value] for value in values]
    return {"employmentType": said if len(said) > 1 else said[0]}


def alike_types(kind: str) -> tuple[EmploymentType, ...]:
    """
    Return the kinds of which a posting states one: how many hours, or for how long.

    >>> [kind.value for kind in alike_types("part_time")]
    ['full_time', 'part_time']
    """
    return tuple(one for one in EmploymentType if (one in _HOURS_ALONE) == (kind in _HOURS_ALONE))


_OPEN_TO = compile_later(lambda: rf"(?i)\b(?:{one_of(_LEXICON['asked']['open_to'])})")
_OF_TIME = compile_later(lambda: rf"(?i)\b(?:{'|'.join(_LEXICON['asked']['of_time'])})\b")


def judge_employment_type(ask: Ask, facts: Sequence[Fact[EmploymentType]]) -> Verdict | None:
    """Weigh a kind of employment; what says how many hours says nothing of how long, and the other way about."""
    if not ask.values or not facts or ask.form is Form.WHICH or _OF_TIME.search(ask.words):
        return None  # "does the contract run half a year" asks how long it is
    if ask.place is not None and _OPEN_TO.search(ask.words):
        return None  # "is the contract open to someone in Peru" asks who may apply
    asked, stated = ask.values[0], {fact.value for fact in facts}
    verdict = Verdict.YES if asked in stated else Verdict.NO if stated.intersection(alike_types(asked)) else Verdict.UNCLEAR
    return turn(verdict, is_denied=ask.is_denied)


def names_for_good(words: str) -> bool:
    """Tell whether a question names a contract for good, which is another thing than full time."""
    for_good = set(read_lexicon("passages")["contracts"]["groups"][0].split())
    return any(word.text in for_good for word in read_words(words))


def asks_what_follows(words: str) -> bool:
    """
    Tell whether it is asked what work for a time becomes, whether it goes on, or is for students: "does it turn into a full-time job".

    >>> asks_what_follows("could the internship become permanent"), asks_what_follows("is it permanent")
    (True, False)
    >>> asks_what_follows("can they extend it"), asks_what_follows("is full time after the internship possible")
    (True, True)
    """
    return _asks_extension(words) or _asks_what_becomes(words) or _asks_for_students(words)


def find_what_follows(words: str, document: Document) -> tuple[Sentence, Verdict] | None:
    """Return the sentence that says what work for a time becomes, whether it goes on, or is for students, with the yes or no to that."""
    if _asks_for_students(words):
        enrolled = re.compile(rf"(?i)(?<!\w)(?:{one_of(read_lexicon('passages')['must_study']['words'])})")
        return next(((one, Verdict.YES) for one in document.sentences() if enrolled.search(one.text)), None)
    return _find_extension(document) if _asks_extension(words) else _find_what_becomes(document)


def _asks_for_students(words: str) -> bool:
    return _of_becoming("students").search(fold(words)) is not None


def _asks_extension(words: str) -> bool:
    return _of_becoming("extends").search(fold(words)) is not None


def _find_extension(document: Document) -> tuple[Sentence, Verdict] | None:
    for sentence in document.sentences():
        named, term = (_of_becoming(key).search(sentence.text) for key in ("extends", "extended"))
        if named is not None and term is not None:
            return sentence, Verdict.told(holds=not is_denied(sentence.text, start=named.start(), end=named.end()))
    return None


def _asks_what_becomes(words: str) -> bool:
    text = fold(words)
    named, afterwards = _of_becoming("becomes").search(text), _of_becoming("afterwards").search(text)
    behind = text if afterwards else text[named.end() :] if named else ""
    return re.search(rf"(?<!\w)(?:{one_of(_LEXICON['names']['full_time'])})(?!\w)", behind) is not None


def _find_what_becomes(document: Document) -> tuple[Sentence, Verdict] | None:
    for sentence in document.sentences():
        if (named := _of_becoming("became").search(sentence.text)) is not None:
            if is_denied(sentence.text, start=named.start(), end=named.end()):
                return sentence, Verdict.NO
            return sentence, Verdict.UNCLEAR if _of_becoming("a_chance").search(sentence.text) else Verdict.YES
    return None


@cache
def _of_becoming(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{one_of(_LEXICON['asked'][key])})(?!\w)")


def other_hours(kinds: Sequence[str]) -> tuple[EmploymentType, ...]:
    """
    Return the hours that leave no room for those which are asked about, where all of these are hours.

    >>> [kind.value for kind in other_hours(["full_time"])], other_hours(["contract"]), other_hours(["full_time", "part_time"])
    (['part_time'], (), ())
    """
    return tuple(_HOURS_ALONE.difference(kinds)) if len(kinds) == 1 and kinds[0] in _HOURS_ALONE else ()


def find_terms(text: str) -> set[int]:
    """
    Return the terms that words name: 0 for good, 1 for a time; a "permanent contract" names one.

    >>> find_terms("a permanent contract"), find_terms("contract or permanent"), find_terms("CDD, 6 months")
    ({0}, {0, 1}, {1})
    >>> find_terms("is the contract permanent")
    {0}
    """
    words = [word.text for word in read_words(text)]
    terms = {word: term for term, group in enumerate(read_lexicon("passages")["contracts"]["groups"]) for word in group.split()}
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    named = (word for before, word, behind in around if not (word == "contract" and (before in terms or behind in terms)))
    return {terms[word] for word in named if word in terms}


def find_hours(text: str) -> set[int]:
    """
    Return the hours that words name: 0 for all of them, 1 for a part.

    >>> find_hours("half-time, which is less than full-time"), find_hours("full time or part time")
    ({1}, {0, 1})
    """
    return {place for place, kind in enumerate((EmploymentType.FULL_TIME, EmploymentType.PART_TIME)) if find_named(kind).search(text)}


EMPLOYMENT_TYPE: Topic[EmploymentType] = Topic(
    name="employment_type",
    command="contract",
    label="Contract type",
    description="Full time, part time, contract, internship or temporary",
    asked_as=(
        "employment type",
        "full time",
        "fulltime",
        "part time",
        "contract or permanent",
        "is it a contract",
        "permanent",
        "contractor",
        "freelance",
        "internship",
        "temporary",
        "contract type",
        "contract",
        "clt",
        "pj",
        "clt or pj",
        "cdi",
        "cdd",
        "w2",
        "1099",
        "c2c",
        "b2b",
        "permanent job",
        "contract gig",
        "contract role",
        "a contract",
        "fte",
        "full time or part time",
        "hours a week",
    ),
    value_type=EmploymentType,
    find=find_employment_type,
    tell=render_employment_type,
    keys=find_employment_keys,
    judge=judge_employment_type,
    silence="The posting does not say what kind of contract it is.",
    job_sign=JobSign.BESIDE,
    form_group="terms",
    schema_org=to_schema_employment_type,
    at_a_glance=True,
)
