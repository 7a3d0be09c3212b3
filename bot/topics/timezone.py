"""Which time zone or hours the work keeps to."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Model
from bot.domain.query import Ask, Form, Verdict, turn
from bot.text.clean import fold
from bot.text.document import HEADING, TAG, TITLE, Document, Line
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.prefilter import read_whole, to_lower
from bot.text.translations import say
from bot.topics.topic import Topic


class Timezone(Model):
    """A time zone or hours, as the posting words them."""

    text: str
    """A short phrase, word for word: "within 3 hours of Pacific time"."""


_SIGNS = frozenset(read_lexicon("signs")["timezone"].split())
_CLOCK_SIGN = compile_later(r":[0134][05]")
_NOON_SIGN = compile_later(r"pm(?<=[\d ]pm)")
_HOURS_SIGN = compile_later(r"hours(?<=(?:ing|ork|ess|ore|ice|ast) hours)")
_DAY_SIGN = compile_later(r" day(?<=work day)")
_TIME_SIGN = compile_later(r" time(?<=(?:fic|ern|ral|ain|ean) time)")
_ABBREVIATED = {short.lower(): short for short in read_lexicon("signs")["zones"].split()}
"""A line without one of these signs and abbreviations names no zone and no hours."""

_OFFSET = r"(?:\s?(?:\+\s?/\s?[-−–]|±|[+−–-])\s?\d{1,2}(?::\d\d)?\s?h?\b|\d[+−-])"
_ZONE = (
    rf"(?:\b(?:UTC|GMT)\b{_OFFSET}?|\b(?:[EPCM][SD]T|CES?T|IST|AE[SD]T|BST|EES?T|WET|SGT|JST|BRT|MEZ|MESZ|NZ[SD]T)\b{_OFFSET}?|\b[EPCM]T\b"
    r"|\b(?:(?:US|U\.S\.|USA|Canadian|United States|American)\s)?(?:[Ee]astern|[Pp]acific|[Cc]entral|[Mm]ountain"
    r"|Atlantic|European|British|Indian?|Brasília|Brasilia|Standard)"
    r"(?:\s(?:European|Standard|Daylight|Summer))?\s[Tt]ime(?:\s?[Zz]ones?|zones?)?\b"
    r"|\b(?:[A-Z][\w.]{1,14}(?:\s[Cc]oast)?(?:,\s(?:and\s|or\s)?|\s?[/–-]\s?|\s(?:and|or|&|to)\s"
    r"|\s)){1,5}(?:[Cc]ompatible\s)?(?:[Tt]ime[\s-]?[Zz]ones?|[Tt]imezones?)\b"
    r"|\b(?:US|U\.S\.|USA|UK|EU|EMEA|European?|American|LATAM|Australian?|(?:US\s)?[Ee]ast(?:ern)?(?:\s[Cc]oast)?"
    r"|(?:US\s)?[Ww]est(?:ern)?\s[Cc]oast)\s(?:[Bb]usiness|[Ww]orking|[Ww]ork|[Oo]ffice)?\s?(?:hours|work\s?day)\b"
    r"|\b(?:[Ee]ast|[Ww]est)\s[Cc]oast\s(?:[Tt]ime\s?[Zz]one|time|hours)\b|\b(?:[Zz]ona horaria|[Hh]uso horario"
    r"|[Ff]uso horário|[Ff]useau horaire|[Zz]eitzone)\s(?:de\s|do\s|da\s|GMT|UTC|MEZ|[A-Z])[^.;,]{0,40})"
)
_CLOCK = r"\b\d{1,2}(?:[:.h]\d{0,2})?\s?(?:[aApP](?:\.\s?[mM]\b\.?|\s?[mM]\b))?"
_HOURS = rf"{_CLOCK}\s?(?:-|–|—|to|and|until|till|bis|a|às|à|y)\s?~?{_CLOCK}"
_LEAD = (
    r"(?:(?:within|at least|minimum of|min\.?|up to|~|\+/-"
    r"|\+)\s{0,2})?(?:(?:a\s)?\+?\d{1,2}(?:\s?[-–]\s?\d)?\+?[\s-]{1,2}(?:hours?|hrs?"
    r"|h)\b[\s-]{0,2}(?:time\s?zone difference\s)?(?:of\s|from\s|overlap\s(?:with\s)?(?:the\s)?)?)?"
    r"(?:\+?\d?\s?overlap(?:s|ping)?\s(?:\w{2,12}\s){0,3}?with\s(?:the\s)?)?(?:between\s|from\s|within\s)?"
)
_PHRASE = compile_later(
    lambda: (
        rf"{_LEAD}(?:{_HOURS}(?:,\s(?:Mon\w*\s?(?:-|–|to|through)\s?\w{{3,9}}|M-F),?(?:\s(?:in"
        rf"|on)\sthe)?)?\s?\(?{_ZONE}|{_ZONE})(?:\s?\)?\s?(?:to|-|–|and|or|&|/|,|through)\s?(?:{_ZONE}"
        rf"|[+−-]\d{{1,2}}))*"
        r"(?:\s(?:[Ww]orking\s|[Bb]usiness\s|[Ww]ork\s|[Cc]ore\s)?(?:[Hh]ours|[Tt]ime\s?[Zz]ones?|timezones?"
        r"|work\s?day))?(?:\s\(?\+/?-\s?\d\s?h?\w*\)?)?"
    )
)
_SURE = compile_later(r"\b(?:UTC|GMT)\b|\d\s?(?:[ap]\.?m|h\b)|overlap|within|\bhours\b", re.IGNORECASE)
_HOURS_ALONE = compile_later(lambda: rf"{_HOURS}")
_WORKING_HOURS = compile_later(
    r"\b(?:work(?:ing)?\s(?:hours|schedule|day)|core\shours|office\shours|business\shours"
    r"|kern(?:arbeits)?zeit\w{0,2}|arbeitszeit\w{0,2}|schicht(?:en|dienst)?|horario|horário|schedule|shifts?"
    r"|(?:at night|nights|nachts)(?=[,:]?\s(?:from\s|von\s)?\d)|you(?:['’]ll| will)? work|mon(?:day)?s?\s?(?:to|-|–|through)\s?\w{3,9}"
    r"|montags? bis \w{6,10}|(?:du arbeitest|lundi au|lunes a|segunda a) \w{5,10})\b",
    re.IGNORECASE,
)
_ALIGNED = compile_later(
    r"\b(?:align(?:s|ed|ing)?\swith|overlap(?:s|ping)?\swith|match(?:es|ing)?|during|coincide with|available (?:in"
    r"|during))\s(?:\w{1,12}\s){0,3}?(?:(?:working|business|core|office)\s(?:hours|times)|time\s?zones?"
    r"|timezones?)\b(?:\sas a team)?"
    r"|\btime\s?zone\sthat\s(?:\w{2,12}\s)?(?:overlaps?|match\w{0,2})\s(?:with\s)?[^.;,]{2,40}|\b(?:\d|two|three"
    r"|four|five|few)\+?\s?(?:-\s?)?hours?\s(?:of\s)?(?:\w{1,10}\s)?overlap\b[^.;,]{0,40}"
    r"|\boverlap\s(?:of\s)?(?:at least\s)?\d[^.;,]{0,40}"
    r"|\b(?:hours|schedule|work(?:ing)? times?)\s(?:(?:must|should|needs? to|ha(?:s|ve) to)\s)?(?:overlap|align)s?\swith\s[^.;,()]{2,40}",
)
_NOT_WORK = compile_later(
    r"\b(?:deadline|apply by|applications? (?:close|until|before)|closing date|clos(?:es|ing) on|due by|submitted"
    r"|salary|base pay|pay range|vacation|time off|holidays?|helpdesk|help desk|webinar"
    r"|support (?:is|hours|available)|(?:shops?|stores?|restaurant|office|clinic|kitchen)s? (?:is|are) open|(?:ring|call|reach) us"
    r"|outside (?:of\s)?(?:normal|business|working|regular|core)"
    r"|after (?:normal|business)|non-core|normal business|regular business|production issues|posted"
    r"|customers? (?:in|across)|interview|hotline|11:59|submit|differential|be (?:removed|received|reviewed))\b",
)
"""This and `_ALIGNED` are for lower case."""
_SPREAD_TEAM = compile_later(
    r"\b(?:we(?:['’]re| are)|employees|teams?|people|colleagues|organi[sz]ation|distributed|humans"
    r"|teammates)\b[^.;]{0,60}\b(?:across|around|spread|spanning|working|throughout)\b",
    re.IGNORECASE,
)
_NO_ZONE = compile_later(
    r"\b(?:all|any|multiple|different|various|several|other|many|across|global|diverse|no matter|your|their)\s(?:\w+\s)?time[\s-]?zones?",
    re.IGNORECASE,
)
_PLAIN_ZONE = compile_later(
    r"(?:(?:preferred|required|the|our|a|work|local|same|own|this|home|candidate|team|location|and|or)\W{1,3}){1,4}time[\s-]?zones?",
    re.IGNORECASE,
)
"""A label, not a zone: "Preferred time zones"."""

_CONTEXT = compile_later(
    r"\b(?:hours?|time|zones?|timezones?|within|between|[ap]\.?m|overlap\w{0,4}|locat\w{2,3}|based|resid\w{1,3}"
    r"|candidates?|remote|availab\w{2,6}|core|schedule|work\w{0,3}|shift|meetings?)\b|\d",
    re.IGNORECASE,
)
_TWO_LETTERS = compile_later(r"\b[EPCM]T\b")
_LONGEST = 120
_NEAR = 120
_MOST, _MOST_LINES = 20, 40
"""Zones of one sentence, and lines, that are looked at: of 1,500 postings none has more than 10 such lines."""


def find_timezone(document: Document) -> Sequence[Fact[Timezone]]:
    """
    Return the time zone or hours that the work keeps to, as one fact with a short phrase; nothing if the posting names none.

    Deadlines, office and support hours, "flexible hours" and teams spread over zones are none.

    >>> from bot.text.lines import read_lines
    >>> def phrases(body):
    ...     return [fact.value.text for fact in find_timezone(Document(None, None, None, None, read_lines(body)))]
    >>> phrases("We prefer people within 3 hours of Pacific time.")
    ['within 3 hours of Pacific time']
    >>> phrases("You work with teams across multiple time zones.")
    []
    """
    best: tuple[int, Fact[Timezone]] | None = None
    for rank, fact in chain.from_iterable(map(_read_line, _lines(document))):
        if best is None or rank < best[0]:
            best = rank, fact
        if rank == 0:
            break
    return () if best is None else (best[1],)


def render_timezone(facts: Sequence[Fact[Timezone]], locale: str = "en") -> Rendered:
    """
    Say the phrase as the posting words it, with the distance before it, and whether it is only preferred.

    >>> from bot.domain.facts import Quote
    >>> said = "Ideally you live within 3 hours of the Pacific time zone."
    >>> render_timezone([Fact(value=Timezone(text="Pacific time zone"), quote=Quote(text=said))]).sentence
    'Time zone or hours: within 3 hours of the Pacific time zone (preferred).'
    """
    words, said = facts[0].value.text, facts[0].quote.text
    before = _DISTANCE.search(said[: said.find(words)]) if words in said else None
    words = f"{before[0]}{words}" if before else words
    if _PREFERRED.search(said):
        return Rendered(sentence=say("Time zone or hours: {words} (preferred).", locale, words=words))
    return Rendered(sentence=say("Time zone or hours: {words}.", locale, words=words))


_DISTANCE = re.compile(
    r"(?:\b(?:within|at most|no more than|up to|plus or minus)\s|[+±]/?-?\s?)?\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?\+?\s?(?:hours?|hrs?|h)"
    r"(?:\s(?:of|from|around|either side of|overlap with|with))?(?:\s(?:the|your))?\s$",
    re.IGNORECASE,
)
_PREFERRED = re.compile(rf"\b(?:{one_of(read_lexicon('wording')['preferring']['words'])})\b", re.IGNORECASE)


def _lines(document: Document) -> list[Line]:
    """Return the lines that may name a zone or hours, in order."""
    whole = read_whole(document)
    held = whole.lines_with(_SIGNS)
    held += whole.lines_spelling(_ABBREVIATED[word] for word in whole.words.intersection(_ABBREVIATED))
    held += [line for sign in (_CLOCK_SIGN, _NOON_SIGN, _HOURS_SIGN, _DAY_SIGN, _TIME_SIGN) for line in whole.lines_matching(sign)]
    chosen = {id(line) for line in held}
    return [line for line in whole.lines if id(line) in chosen][:_MOST_LINES] if chosen else []


def _read_line(line: Line) -> Iterator[tuple[int, Fact[Timezone]]]:
    """Yield phrases with a rank: 0 for hours and overlaps, 1 for zones by name, 2 for what the head or title adds."""
    is_head = line.kind in (TAG, TITLE)
    for start, end in [(0, len(line.text))] if is_head or line.kind is HEADING else [(s.start, s.end) for s in line.sentences]:
        span = _find_phrase(line.text[start:end], under=f"{line.label or ''} {line.heading or ''}")
        if span is not None:
            text = line.text[start + span[0] : start + span[1]]
            rank = 2 if is_head else int(_SURE.search(text) is None)
            yield rank, Fact(value=Timezone(text=text), quote=line.quote(start, end))


def _find_phrase(text: str, *, under: str) -> tuple[int, int] | None:
    """Return the span of the phrase that names zone or hours in a sentence that stands `under` a label and heading."""
    lowered = to_lower(text)
    if _NOT_WORK.search(lowered):
        return None
    for match in islice(_PHRASE.finditer(text), _MOST):
        if _is_zone(text, match):
            return _trimmed(text, match.start(), min(match.end(), match.start() + _LONGEST))
    aligned = _ALIGNED.search(lowered)
    if aligned and not _NO_ZONE.search(lowered):
        return _trimmed(text, *aligned.span())
    hours = _HOURS_ALONE.search(text)
    if hours and re.search(r"[ap]\.?m|:|h", hours[0], re.IGNORECASE) and (_WORKING_HOURS.search(text) or _WORKING_HOURS.search(under)):
        return _trimmed(text, *hours.span())
    return None


def _is_zone(text: str, match: re.Match[str]) -> bool:
    words = match[0]
    before, behind = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
    if not re.search(r"UTC|GMT", words) and _SPREAD_TEAM.search(before + words):
        return False
    if _TWO_LETTERS.search(words) and not re.search(r"\d|[Tt]ime|hours", words):
        return False
    if _NO_ZONE.search(words) or _PLAIN_ZONE.match(words) or _is_short_for(words, before):
        return False
    return not words.isupper() or _CONTEXT.search(f"{before} {behind}") is not None


def _is_short_for(sign: str, before: str) -> bool:
    """
    Tell whether a sign in brackets is short for the words before them.

    >>> _is_short_for("IST", "an In-System Test ("), _is_short_for("IST", "from nine to five (")
    (True, False)
    """
    if not before.endswith("(") or not sign.isupper():
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", before)[-len(sign) :])
    return initials.upper() == sign


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out spaces, brackets that are not closed and connecting signs at both ends."""
    while start < end and text[start] in " ,;:(–-":
        start += 1
    while end > start and (text[end - 1] in " ,;:–-(" or (text[end - 1] == ")" and "(" not in text[start:end])):
        end -= 1
    return start, end


def judge_timezone(ask: Ask, facts: Sequence[Fact[Timezone]]) -> Verdict | None:
    """Say that it is unclear whether hours fit, unless the posting names the very zone that is asked about."""
    if not facts or ask.form is not Form.YES_NO:
        return None
    said = fold(facts[0].value.text)
    named = [fold(word) for word in (*ask.about, *ask.values)]
    return turn(Verdict.YES, is_denied=ask.is_denied) if any(word in said for word in named) else Verdict.UNCLEAR


TIMEZONE: Topic[Timezone] = Topic(
    name="timezone",
    command="timezone",
    label="Time zone",
    description="Which time zone or hours the work keeps to",
    asked_as=(
        "timezone",
        "time zone",
        "timezones",
        "time zones",
        "which hours",
        "what hours",
        "working hours",
        "hours overlap",
        "overlap",
        "certain hours",
        "online hours",
        "what time zone",
        "which timezone",
        "core hours",
        "business hours",
        "certain timezone",
        "match certain hours",
        "hours would i",
        "hours do i have to",
        "start time",
        "pst",
        "est hours",
        "overlap with",
    ),
    value_type=Timezone,
    find=find_timezone,
    tell=render_timezone,
    judge=judge_timezone,
    silence="The posting does not name a time zone or hours.",
    form_group="where",
)
