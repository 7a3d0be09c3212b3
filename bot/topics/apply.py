"""Where and how to apply."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from babel import Locale

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Quote
from bot.text.clean import fold
from bot.text.document import HEADING, PROSE, Document, Line, Sentence
from bot.text.lexicon import compile_later, holds_piece, one_of, read_lexicon
from bot.text.markup import LinkSpan, find_link_spans, read_markup, strip_markup, to_link
from bot.text.prefilter import by_beginning, read_whole, to_lower
from bot.text.translations import say
from bot.topics.topic import Topic

# When a posting was published and up to when one may apply, where it states the day; told with how to apply.

_LEXICON = read_lexicon("date_words")
_LANGUAGES = ("en", "de", "fr", "es", "pt")
_MONTHS_IN_YEAR = 12
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FEWEST_LETTERS = 3

# Dates as they are written.

_YEAR = r"(?P<year>(?:20)\d{2})"
_ISO = compile_later(lambda: rf"(?<![\d-]){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)")
_FIGURES = compile_later(lambda: rf"(?<![\d.,/-])(?P<first>\d{{1,2}})(?P<sign>[./-])\s?(?P<second>\d{{1,2}})(?P=sign)\s?{_YEAR}(?![\d-])")
_SHORT = compile_later(r"(?<![\d.,/-])(?P<month>\d{1,2})(?P<sign>[/-])(?P<day>\d{2})(?P=sign)(?P<year>\d{2})(?![\d/-])")
"""A year of two figures, as Americans write days: the second figure can be no month."""

_WHOLE_YEAR = compile_later(r"20\d\d")
"""Stands in every other day."""

_ORDINAL = r"(?:st|nd|rd|th|er|º|°|\.)?"
_DAY_FIRST = compile_later(
    lambda: (
        rf"(?<![\d.,/-])(?P<day>\d{{1,2}}){_ORDINAL}[\s-]{{1,2}}(?:of\s|de\s|d['’]\s?)?(?P<month>[^\W\d_]{{3,12}})\.?,?[\s-]{{1,2}}(?:de\s|del\s)?{_YEAR}"
    )
)
_MONTH_FIRST = compile_later(lambda: rf"(?<!\w)(?P<month>[^\W\d_]{{3,12}})\.?\s{{1,2}}(?P<day>\d{{1,2}}){_ORDINAL},?\s{{1,2}}{_YEAR}")


def read_date(text: str) -> date | None:
    """
    Return the first day that a text names with its year; None for one that may be read in two ways.

    >>> [str(read_date(text)) for text in ("5 March 2026", "March 5th, 2026", "05.03.2026", "2026-03-05T09:00", "13/03/2026")]
    ['2026-03-05', '2026-03-05', '2026-03-05', '2026-03-05', '2026-03-13']
    >>> read_date("05/03/2026") is None, read_date("5 March") is None
    (True, True)
    """
    found = [(match.start(), day) for pattern, read in _FORMS for match in pattern.finditer(text) if (day := read(match))]
    return min(found)[1] if found else None


def _read_iso(match: re.Match[str]) -> date | None:
    return _to_date(match["year"], int(match["month"]), match["day"])


def _read_figures(match: re.Match[str]) -> date | None:
    """Read figures with the same sign between: days come first before dots; with other signs only where one can be no month."""
    first, second = int(match["first"]), int(match["second"])
    if match["sign"] == "." or first > _MONTHS_IN_YEAR or first == second:
        return _to_date(match["year"], second, first)
    return _to_date(match["year"], first, second) if second > _MONTHS_IN_YEAR else None


def _read_short(match: re.Match[str]) -> date | None:
    """
    Read a day with a year of two figures.

    >>> [str(_read_short(_SHORT.search(text))) for text in ("05-19-17", "05-06-17")]
    ['2017-05-19', 'None']
    """
    return _to_date(f"20{match['year']}", int(match["month"]), match["day"]) if int(match["day"]) > _MONTHS_IN_YEAR else None


def _read_words(match: re.Match[str]) -> date | None:
    month = _months().get(fold(match["month"]))
    return _to_date(match["year"], month, match["day"]) if month else None


def _to_date(year: str, month: int, day: str | int) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


_Form: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]
_FORMS: tuple[_Form, ...] = (
    (_ISO, _read_iso),
    (_FIGURES, _read_figures),
    (_SHORT, _read_short),
    (_DAY_FIRST, _read_words),
    (_MONTH_FIRST, _read_words),
)
_MONTH_FIRST_FORMS: tuple[_Form, ...] = (*_FORMS, (_SHORT, lambda match: _to_date(f"20{match['year']}", int(match["month"]), match["day"])))
"""For a text in which another such day can only be read so."""


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names, whole and short, in the languages that are read."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                if len(key := fold(name).strip(".")) >= _FEWEST_LETTERS:
                    found[key] = int(number)
    return found | {"sept": 9}


# What a date in a posting is.


class DateKind(StrEnum):
    """What happens on a day."""

    POSTED = "posted"
    CLOSES = "closes"


class StatedDate(NamedTuple):
    """A day that a posting states, with the words that do."""

    kind: DateKind
    day: date
    quote: Quote

    def __str__(self) -> str:
        """Say it: "Closes on 2026-05-30"."""
        return f"{self.kind.value.capitalize()} on {self.day.isoformat()}"


_KIND_WORDS = {
    kind: compile_later(lambda words=_LEXICON[kind.value]["words"]: rf"(?<!\w)(?:{one_of(words)})(?!\w)")  # type: ignore[misc]
    for kind in DateKind
}
_NEEDS = frozenset(_LEXICON["closes"]["needs_applying"])
_APPLYING = compile_later(lambda: one_of(_LEXICON["closes"]["applying"]))
_OTHER = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['other']['words'])})")
_SENT_BY = compile_later(
    lambda: (
        rf"(?<!\w)(?:{one_of(_LEXICON['closes']['sending'])})(?!\w)[^.;!?]{{0,200}}\s(?:{one_of(_LEXICON['closes']['by'])})"
        r"\s(?:[\w:]{1,12}[,.]?\s){0,5}$"
    )
)
"""Before a day up to which something is to be sent: "send your resume by"."""

_BETWEEN = compile_later(
    r"[\"'\s:=>*_|!()-]{0,12}(?:(?:is|on|by|the|at|of|am|le|el|em|o|a|this|for|position|job|posting|announcement|role|timestamp|den|dem"
    r"|\w{2,12}day)[\s:,'\"]{0,3}){0,6}\W{0,6}$"
)
_YEAR_SIGN = "20"
_DATE_SIGNS = frozenset({"date", "dates", "dated", "deadline", "posted", "opened", "opens", "closes", "closing", "revised", "updated"})
"""Words of lines in which a year may have two figures."""

_LONGEST_DATES = 400
_MOST_DATES = 40
_PERIOD = compile_later(r"\s?(?:-|–|to|bis|au|a|al|até|through)\s?$")
"""Between the two days of an announcement that is open from one to the other."""


def find_dates(document: Document) -> Iterator[StatedDate]:
    """
    Yield the days on which the posting says that it was published and that it closes, in its order.

    >>> from bot.text.lines import read_lines
    >>> def read(text):
    ...     return [(stated.kind.value, str(stated.day)) for stated in find_dates(Document(None, None, None, None, read_lines(text)))]
    >>> read("Posted: 2 May 2026. Applications close on May 30, 2026.")
    [('posted', '2026-05-02'), ('closes', '2026-05-30')]
    >>> read("We start on 1 June 2026, in business since 1 May 2003.")
    []
    """
    short = {id(line) for line in read_whole(document).lines_with(_DATE_SIGNS)}
    dated = (line for line in document.lines if line.kind is not HEADING and (_YEAR_SIGN in line.text or id(line) in short))
    lines = list(islice(dated, _MOST_DATES))
    is_month_first = any(_read_short(match) for line in lines if id(line) in short for match in _SHORT.finditer(line.text))
    for line in lines:
        yield from _read_line(line, is_month_first=is_month_first)


def _read_line(line: Line, *, is_month_first: bool = False) -> Iterator[StatedDate]:
    whole = [(0, len(line.text))]
    spans = whole if len(line.text) <= _LONGEST_DATES else [(sentence.start, sentence.end) for sentence in line.sentences]
    for start, end in spans:
        yield from _read_sentence(line, start, end, _MONTH_FIRST_FORMS if is_month_first else _FORMS)


def _read_sentence(line: Line, start: int, end: int, forms: Sequence[_Form]) -> Iterator[StatedDate]:
    text = line.text[start:end]
    forms = forms if _WHOLE_YEAR.search(text) else [form for form in forms if form[0] is _SHORT]
    days = sorted((match.start(), match.end(), day) for pattern, read in forms for match in pattern.finditer(text) if (day := read(match)))
    lowered = to_lower(text) if days else ""
    after, last = 0, None
    for first, stop, day in days:
        before = lowered[after:first]
        kind = _kind_of(before, lowered)
        if kind is None and last is DateKind.POSTED and _PERIOD.fullmatch(before):
            kind = DateKind.CLOSES
        if kind is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            yield StatedDate(kind, day, line.quote(start, end))
        after, last = stop, kind


def _kind_of(before: str, sentence: str) -> DateKind | None:
    """Return what the words right before a date say that it is, None where they speak of something else."""
    named = [(match.end(), len(match[0]), kind, match[0]) for kind, words in _KIND_WORDS.items() for match in words.finditer(before)]
    if not named:
        return DateKind.CLOSES if _SENT_BY.search(before, max(0, len(before) - _LONGEST_DATES)) and not _OTHER.search(before) else None
    end, _, kind, words = max(named)
    if not _BETWEEN.fullmatch(before, end) or _OTHER.search(before):
        return None
    if words == "date" and before[:end].strip(" *_\"'-") != "date":
        return None
    return None if words in _NEEDS and not _APPLYING.search(sentence) else kind


_TOLD = compile_later(r"(?P<kind>Posted|Closes) on (?P<day>\d{4}-\d\d-\d\d)")
"""A stated day as it is told."""


def dates_in(quotes: Iterable[str]) -> dict[DateKind, date]:
    """
    Return the days that a posting's own words state, or that are told of it, the first of each kind.

    >>> {kind.value: str(day) for kind, day in dates_in(["Closing date: 30 May 2026", "Posted on 2026-05-02"]).items()}
    {'closes': '2026-05-30', 'posted': '2026-05-02'}
    """
    found: dict[DateKind, date] = {}
    for quote in quotes:
        if told := _TOLD.fullmatch(quote):
            found.setdefault(DateKind(told["kind"].lower()), date.fromisoformat(told["day"]))
            continue
        for stated in _read_line(Line(0, read_markup(quote), PROSE)):
            found.setdefault(stated.kind, stated.day)
    return found


_I = re.IGNORECASE
_TOLD_SIGNS = {told: tuple(signs) for told, signs in read_lexicon("links")["signs"].items()}
"""A sentence without one of these says nothing of a deadline, a step or agencies."""

_SIGNS = frozenset(read_lexicon("signs")["apply"].split())
_PIECES = ("@", "[at]", "(at)", "{at}", " dot ", "candidate-se", "say hi", "say hello", "/jobs", "/careers", "/join-us", "/hiring")
"""A line without one of these words or pieces says nothing of applying."""

_IN_WORDS = ("@", "[at]", "{at}")
_BY_WORDS = by_beginning(set(_PIECES) - {*_IN_WORDS, "/jobs"})
"""Those pieces that a text's odd words hold, and those that its words tell of."""

_ADDRESS = compile_later(
    r"\b[\w.+-]{1,64}(?:@[\w-]{1,63}(?:\.[\w-]{2,20}){1,3}\b"
    r"|\s?@\s?[(\[<]?(?:(?:the|our|this|my|its|company|same)[\s-]?){0,2}(?:company|domain|domain name|website|site|url)\b"
    r"|(?:\s?[\[({<]\s?at\s?[\])}>]\s?|\sat\s)[\w-]{1,63}(?:\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?|\sdot\s|\.)(?:com|net|org|io|co|ai|dev|app|eu|de|fr|es|uk|pt|br|xyz|me|tech|so)\b)",
)
"""An address for mail, perhaps spelt so that no program finds it: "jo@ our domain", "jo [at] hooli [dot] com"."""
_FOR_APPLYING = compile_later(
    r"\b(?:send|(?:e-?)?mail|dm|pm|ping|message|ring|call|text|contact|appl(?:y|ication|icants?)|resume|résumé|cv|questions?|reach|write|submit"
    r"|say (?:hi|hello)|bewerb\w{0,9}|schick\w{0,3}|lebenslauf|candidat\w{1,5}|envi\w{1,5}|postul\w{1,5})\b",
)
_DEADLINE = compile_later(
    r"\b(?:deadline (?:to|for|is|date)\b|(?:application|submission|no specific) deadlines?|deadline:|apply (?:by"
    r"|before)|(?<!by the )(?<!on the )closing date|applications? (?:window|deadline|period|close|will close|will be (?:accepted|reviewed"
    r"|closed)|are (?:accepted|reviewed|due)|open until)"
    r"|until (?:the )?(?:position|role|job) (?:is|has been) filled|until filled|rolling basis|roles? (?:are"
    r"|is) posted|posted (?:for|until)|bewerbungs(?:schluss|frist)|date limite|fecha límite|prazo"
    r"|expected to close|close on|closes on)\b",
)
_NOT_TO_APPLY = "".join(f"(?<!{word} to apply)" for word in read_lexicon("links")["skill"]["words"])
"""Behind these what is applied is knowledge: "ability to apply statistics"; looked for last, so that other words are passed by at once."""

_STEP = compile_later(
    rf"\b(?:to apply\b{_NOT_TO_APPLY}"
    r"|apply (?:here|now|at|via|through|online|directly|by|using|today|on our)"
    r"|submit (?:your|a|an)\b|send (?:us\s)?(?:your|a|an|me|it)\b"
    r"|(?:send|submit|e-?mail|forward) (?:\w+\s){0,3}(?:cvs?|resumes?|résumés?)\b|please (?:include|attach|send|submit|apply"
    r"|click)"
    r"|click (?:here|apply|the)|cover letter|hit apply|fill (?:in|out) (?:the|our|this)|(?:hiring|interview"
    r"|application|recruitment|selection) (?:process|steps) (?:is|are|consists?|includes?|involves?|starts?|will"
    r"|has|looks|takes)|attach (?:your|a|links?)\b"
    r"|[a-z0-9-]{2,40}\.[a-z]{2,4}/(?:jobs|careers|join-us|hiring)\b"
    r"|(?<!who )(?<!and )(?:dm|pm|message|ping|text|whatsapp) (?:me|us)\b|reach out (?:at|via|on|by e-?mail|to (?:me|us))\b"
    r"|(?<!who )(?<!guests )(?<!customers )(?:call|ring|phone|text|whatsapp|dial)(?: \w{2,12})?(?: (?:on|at))?:? \+?\(?\d[\d ().-]{6,}\d"
    r"|bewirb dich|bewerben sie sich|bewerbung\b|postule[zr]?\b|postúlate|envía|envie (?:seu|o)|candidate-se|candidatez|inscreva-se)",
)
_AGENCIES = compile_later(
    r"\b(?:recruiters|recruit(?:ment|ing) (?:agen|firm|compan|partner|consult|vendor)\w*|agenc(?:y|ies)|headhunters"
    r"|staffing|third[\s-]part(?:y|ies))\b.{0,160}\b(?:unsolicited|not|no|don['’]t|without|please refrain)\b"
    r"|\b(?:no|not|without|unsolicited)\b.{0,80}\b(?:recruiters|agenc(?:y|ies)|headhunters|staffing|third[\s-]part(?:y|ies))\b",
)
_PATTERNS = ((_TOLD_SIGNS["deadline"], _DEADLINE), (_TOLD_SIGNS["step"], _STEP), (_TOLD_SIGNS["agencies"], _AGENCIES))
_UNDER = compile_later(
    r"\b(?:how to apply|application process|(?:hiring|interview|recruitment|recruiting|selection) process"
    r"|interview (?:steps|stages)|next steps|ready to apply|apply now|^to apply|bewerbung|so bewirbst"
    r"|comment postuler|^candidater|^postuler|processus de recrutement|process de recrutement|cómo aplicar|proceso de selección"
    r"|como se candidatar|processo seletivo|etapas do processo)",
    _I,
)
_NOT_APPLYING = compile_later(
    r"\b(?:accommodat\w{1,6}|disabilit\w{1,4}|privacy|gdpr|ccpa|personal data|personal information|scam\w{0,4}"
    r"|fraud\w{0,6}|phishing|equal opportunit\w{1,3}|e-?verify|discriminat\w{1,5}|encourage\w{0,2}"
    r"|even if|customers?|clients?|less likely|hesitate|studies have|referral|candidate experience"
    r"|applicant tracking|full[\s-]cycle|specific pay|committed to|updates? to|voluntary|anonymous|optional survey"
    r"|demographic|security policy|responsible for)\b",
)
_MOST = 12
_SHORTEST, _LONGEST = 8, 600

# Which of a posting's links is the one to apply at.

_LINKED = compile_later(r"\[([^\[\]\n]{0,200})\]\(<?$")
_APART = compile_later(r"[^\w-]+")
_WORDS_BEFORE = 60
_MOST_LINKS = 200


def choose_apply_link(lines: Iterable[Line]) -> str | None:
    """
    Return the link that a posting is applied at, or None: a notice, an offer to employees or the firm's home is none.

    What is said right before a link, or in its words, goes before what the address itself tells.

    >>> from bot.text.lines import read_lines
    >>> choose_apply_link(read_lines("See https://shop.example/privacy and https://shop.example. Jobs: https://shop.example/jobs/7"))
    'https://shop.example/jobs/7'
    >>> choose_apply_link(read_lines("Our shop: https://shop.example/")) is None
    True
    """
    raws = (line.marked.raw for line in lines)
    spans = ((raw, span) for raw in raws if "://" in raw for span in find_link_spans(raw))
    weighed = [(_weigh_link(raw, span), raw[span.start : span.end]) for raw, span in islice(spans, _MOST_LINKS)]
    weight, link = max(weighed, key=lambda found: found[0], default=(0, None))
    return to_link(link) if link and weight > 0 else None


def is_home(link: str) -> bool:
    """
    Tell whether an address is a site's home.

    >>> is_home("https://shop.example/"), is_home("https://shop.example/jobs")
    (True, False)
    """
    parts = urlsplit(link)
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def _weigh_link(raw: str, span: LinkSpan) -> int:
    """Return how much speaks for a link, 0 where nothing does: what is said before it 4, its host or path 2, both 6; of a
    home 1 where it is said.
    """
    address = raw[span.start : span.end]
    before = raw[max(0, span.start - _WORDS_BEFORE) : span.start]
    linked = _LINKED.search(before)
    said_words = [
        word for word in _APART.split((linked[1] if linked else before).lower()) if word.startswith(_link_words("applying", "words"))
    ]
    said = bool(said_words)
    try:
        parts = urlsplit(address.lower())
        host = parts.hostname or ""
    except ValueError:
        return 0
    place = f"{host}{parts.path}"
    words = frozenset(_APART.split(f"{host.rpartition('.')[0].rpartition('.')[0]}/{parts.path}/{parts.query}"))
    if _is_at(place, "elsewhere") or not words.isdisjoint(_link_words("elsewhere", "path")):
        return 0
    if any(phrase in place for phrase in _link_words("elsewhere", "phrases")):
        return 0
    if is_home(address) and not host.startswith(_JOBS_HOSTS):
        return 1 if any(word not in _link_words("applying", "nouns") for word in said_words) else 0
    return 4 * said + 2 * (_is_at(place, "applying") or _names_job(words))


def _names_job(words: frozenset[str]) -> bool:
    """Tell whether one of an address's words, or a part of one, is a word for jobs."""
    known = _link_words("applying", "path")
    return any(word in known or not set(word.split("-")).isdisjoint(known) for word in words)


_JOBS_HOSTS = ("jobs.", "careers.", "career.", "karriere.", "apply.", "hiring.")


def _is_at(place: str, which: str) -> bool:
    return any(place.startswith(host) or f".{host}" in place for host in _link_words(which, "host"))


@cache
def _link_words(which: str, part: str) -> tuple[str, ...]:
    return tuple(read_lexicon("links")[which][part].split())


def find_apply(document: Document) -> Sequence[Fact[str]]:
    """
    Return where and how to apply: the link first, then what the posting says of steps, deadlines, addresses and agencies, in its order.

    >>> from bot.text.lines import read_lines
    >>> def ways(body):
    ...     return [fact.value for fact in find_apply(Document(None, None, None, None, read_lines(body)))]
    >>> ways("Send your resume to jobs@shop.example.")
    ['Send your resume to jobs@shop.example.']
    >>> ways("You build our application platform.")
    []
    """
    link = [Fact(value=document.link, quote=Quote(text=document.link))] if document.link else []
    told: dict[str, Sentence] = {}
    for sentence in _sentences(document):
        told.setdefault(sentence.text.lstrip("# "), sentence)
        if len(told) == _MOST:
            break
    said = "\n".join(told)
    days = {str(stated): stated.quote for stated in islice(find_dates(document), _MOST) if strip_markup(stated.quote.text) not in said}
    return (
        *link,
        *(Fact(value=text, quote=sentence.quote) for text, sentence in told.items()),
        *(Fact(value=day, quote=quote) for day, quote in days.items()),
    )


def render_apply(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Say the link, and list what else there is to know."""
    first, *more = [fact.value for fact in facts]
    if first.startswith(("http://", "https://")):
        sentence = say("Apply at {link}", locale, link=first)
        others = tuple(text for text in more if text.rstrip(".!").casefold() != f"apply at {first}".casefold())
        return Rendered(sentence=sentence, items=others)
    return Rendered(sentence=say("How to apply, in the posting's words:", locale), items=(first, *more))


def _sentences(document: Document) -> Iterator[Sentence]:
    whole = read_whole(document)
    pieces = ("/jobs", *filter(whole.odd.__contains__, _IN_WORDS), *whole.pieces_held(_BY_WORDS))
    holding = {id(line) for line in whole.lines_with(_SIGNS, also=pieces)}
    lines = (line for line in document.body if line.kind is not HEADING or "@" in line.text)  # bold may tell where to write
    told = (line for line in lines if id(line) in holding or _is_under(line.headings))
    yield from (sentence for line in told for sentence in line.sentences if _is_about_applying(sentence))


@lru_cache(maxsize=1024)
def _is_under(headings: tuple[str, ...]) -> bool:
    """Tell whether headings announce how to apply; kept, because many lines stand under the same ones."""
    return any(_UNDER.search(heading) for heading in headings)


def _is_about_applying(sentence: Sentence) -> bool:
    lowered = sentence.text.lower()
    if not _SHORTEST <= sentence.end - sentence.start <= _LONGEST or (lowered.startswith("#") and "@" not in lowered):
        return False
    return (_is_under(sentence.line.headings) or _tells(lowered)) and not _NOT_APPLYING.search(lowered)


def _tells(text: str) -> bool:
    if holds_piece(text, _PIECES) and _ADDRESS.search(text) and _FOR_APPLYING.search(text):
        return True
    return any(holds_piece(text, signs) and pattern.search(text) for signs, pattern in _PATTERNS)


APPLY: Topic[str] = Topic(
    name="apply",
    command="apply",
    label="Apply",
    description="Where and how to apply",
    asked_as=(
        "apply",
        "apply link",
        "how do i apply",
        "how to apply",
        "where do i apply",
        "link",
        *("deadline", "deadline to apply", "who do i email"),
        "application process",
        "closing date",
        "applications close",
        "how can i apply",
        "where can i apply",
        "contact",
        "email",
        "who do i contact",
        "send my resume",
        "send my cv",
        "cover letter",
    ),
    value_type=str,
    find=find_apply,
    tell=render_apply,
    many=True,
    silence="The posting does not say how to apply.",
    form_group="job",
)
