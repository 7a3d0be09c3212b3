"""Remote, hybrid or in an office."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Quote
from bot.domain.query import Ask, Form, SearchKey, Verdict, turn
from bot.text.clean import fold
from bot.text.document import HEADING, TAG, TITLE, Document, Line, Sentence
from bot.text.lexicon import compile_later, holds_any, holds_piece, one_of, read_lexicon
from bot.text.prefilter import read_whole
from bot.text.translations import say
from bot.topics.topic import JobSign, Topic


class Workplace(StrEnum):
    """Where the work is done."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"


_LONGEST_PART = 60
_MOST = 60
"""Sentences that may tell of the workplace; of 1,500 postings none has more than 19."""

_I = re.IGNORECASE
_LEXICON = read_lexicon("workplace_words")
_SIGNS, _DENYING_SIGNS = tuple(_LEXICON["signs"]["any"]), tuple(_LEXICON["denied"]["signs"])
"""A line without one of these says nothing of the workplace."""

_WORDS = frozenset(read_lexicon("signs")["workplace"].split())
"""Words that those signs stand in."""

_STATEMENT_SIGNS = tuple(_LEXICON["signs"]["statements"])
"""Of those lines, only one with one of these may say that the job is not simply remote."""

_HYBRID_SIGNS = tuple(_LEXICON["signs"]["hybrid"])
_ONSITE_SIGNS, _IN_OFFICE = ("site", "office-based", "person", "presencial", "5 days", "five days"), re.compile(r"in[\s-]office")
"""The same for each of the two patterns."""

_REMOTE_TAG = compile_later(
    r"\bremot\w{0,4}\b|\bwork from home\b|\bwfh\b|\banywhere\b|\btelecommute\b|\bhome office\b|\bteletrabalho\b"
    r"|\btélétravail\b|\bdistributed\b|\bdistanciel\b|\ba distancia\b|\bteletrabajo\b",
    _I,
)
_HYBRID_TAG = compile_later(
    r"\bh[yií]brid\w{0,2}\b|\bremot[oa]\s(?:e|y|ou|o|/)\s(?:no\s|en\s|na\s)?(?:escrit[óo]rio|oficina|presencial)"
    r"|\bpresencial\s(?:e|y)\sremot[oa]"
    r"|\btélétravail (?:partiel|possible|occasionnel)|\bhome-?office und büro|\bbüro und home-?office",
    _I,
)
_ONSITE_TAG = compile_later(
    r"\bon[\s-]?site\b|\bin[\s-](?:the\s|our\s)?office\b|\bin[\s-]person\b|\bpresencial\b|\bvor ort\b"
    r"|\bsur site\b|\bprésentiel\b|\bpräsenz\b|\bfull[\s-]time office\b|\bwfo\b|\bwork from office\b",
    _I,
)
_HYBRID_FIRST = compile_later(
    r"^(?:\w[\w ]{2,20}:\s)?hybrid,|\bremote,\s?hybrid\b|\bhybrid\b(?!\s(?:cloud|infra|app))(?!.{0,30}\bremote)"
    r"|^(?:\w[\w ]{2,20}:\s)?hybrid\s?/\s?\S.{0,20}remote\s\w",
    _I,
)

_DAYS = (
    r"(?:\d|one|two|three|four|five|couple of|few)(?:\s?(?:-|–|to|or)\s?(?:\d|two|three|four|five))?\+?\s?(?:x|days?"
    r"|times)\s?(?:a|per|each|/|every|in the)?\s?(?:work\s?)?week"
)
_REMOTE = r"\b(?:remote(?:ly)?|from home|home[\s-]?office|mobil\w{0,2}|wfh|télétravail\w{0,3}|teletrabaj\w{1,3}|à distance|remoto)\b"
_FEW_DAYS = (
    r"(?<![-–\d])\b(?:[1-4]|an?|one|two|three|four|zwei|drei|deux|trois|dos|tres|dois|três)\s(?:\w{4,12}\s)?"
    r"(?:days?\s(?:a|per|each|/|every)\s?(?:work\s?)?week|tage?\s?(?:pro|die|in der|/)\s?woche|jours?\s(?:par|/)\s?semaine"
    r"|d[ií]as?\s(?:a la|por|/)\s?semana)\b"
)
_WEEK = ("week", "woche", "semaine", "semana")
_DAYS_OF_REMOTE = (
    r"(?<![-–\d])\b(?:[1-4]|an?|one|two|three|four|ein|zwei|drei|vier|un|deux|trois|dos|tres|dois|três)\s(?:days?|tage?|jours?|d[ií]as?)\s(?:\w{1,4}\s){0,2}"
    rf"{_REMOTE}(?:\s\w{{1,10}})?\s(?:a|per|each|every|pro|die|in der|par|a la|por)\s(?:work\s?)?(?:{'|'.join(_WEEK)})\b"
)
_FEW = ("one", "two", "three", "four", "zwei", "drei", "vier", "deux", "trois", "dos", "tres", "dois", "três")
_SOME = rf"(?<![-–\d])\b(?:[1-4]|{'|'.join(_FEW)})\s(?:(?:days?|tage?|jours?|d[ií]as?)\s)?(?:\w{{1,4}}\s){{0,2}}"
_HERE = r"(?:office\b|on[\s-]?site\b|büro\b|bureau\b|oficina\b|escritório\b)"
_THERE = rf"(?:at home\b|zu hause\b|{_REMOTE})"
_AND = r"[\s,;:/&]{1,3}(?:\w{1,3}\s)?"
_PARTED_DAYS = rf"{_SOME}{_HERE}{_AND}{_SOME}{_THERE}|{_SOME}{_THERE}{_AND}{_SOME}{_HERE}"
"""Days here and days there: "three days in the office, two from home"."""

_PARTED = compile_later(lambda: _PARTED_DAYS)
_REMOTE_DAYS = compile_later(
    lambda: rf"{_REMOTE}[^.;]{{0,40}}{_FEW_DAYS}|{_FEW_DAYS}[^.;]{{0,30}}{_REMOTE}|{_DAYS_OF_REMOTE}|{_PARTED_DAYS}"
)
"""That work is done elsewhere on some days of each week."""

_DAYS_SIGNS = (*_WEEK, *"1234", *_FEW)
"""What says that names a week, or numbers of days."""

_PLACE = r"(?:office|on-?site|in[\s-]person|headquarters|hq\b|büro|hub)"
_HYBRID_JOB = compile_later(
    lambda: (
        rf"\bhybrid(?:/on-?site)?\s(?:role|position|job|opportunity|contract)\b|\b(?:this|the)\s(?:is\san?\s|role"
        rf"|position|job|opportunity)[^.;]{{0,40}}\bhybrid\b(?!\s(?:workforce|cloud|team|solution))"
        rf"|^\W{{0,4}}hybrid(?:,|\sin\s|\sfrom\s|\sworking\s(?:in|from|at))"
        rf"|\bhybrid\s(?:\w{{1,12}}\s)?(?:model|schedule|approach|arrangement|pattern)s?[^.;]{{0,30}}\b(?:requir"
        rf"|where you|you['’]ll|expect|days?\b)"
        rf"|\b{_DAYS}\b[^.;]{{0,40}}\b{_PLACE}|\b{_PLACE}[^.;]{{0,60}}\b{_DAYS}\b|\bhybrid\b[^.;]{{0,50}}\b{_DAYS}"
        rf"|\btélétravail\b[^.;]{{0,40}}\b\d\s?jours?\b|\b\d\s?jours?\b[^.;]{{0,25}}\btélétravail"
        rf"|\b\d\s?(?:días?|dias?)\b[^.;]{{0,30}}\b(?:oficina|presencial|escritório|teletrabajo)"
        rf"|\bremot[oa]\s(?:e|y)\s(?:no\s|en\s)?(?:escritório|oficina)\b"
        rf"|\b\d\d\s?% of (?:your|the|their) (?:work(?:ing)? )?time\b[^.;]{{0,30}}\boffice"
        rf"|\boffices?\s(?:for\s)?(?:at least\s|about\s)?\d\d\s?% of (?:your|the|their) (?:work(?:ing)? )?time\b"
        rf"|#li-hybrid\b|\bhybride[sn]? (?:stelle"
        rf"|position|arbeit\w{{0,12}})\b|\bvaga híbrida\b|\bmodalidad híbrida\b|\b(?:trabalho|modelo|regime) híbrido\b|\btravail hybride\b"
        rf"|^\W{{0,4}}hybrid\s(?:work|working|office)\s?(?:model|mode|schedule|set-?up|arrangement|policy|pattern|with|$)"
        rf"|^(?:\w{{2,12}}\s)?location\s?:[^.;]{{0,50}}\bhybrid\b|\bhybrid\b[^.;]{{0,40}}\boffices?\s?hubs?\b"
        rf"|\b(?:en partie|partiellement)\s+(?:en télétravail|à distance)\b"
        rf"|\b(?:accord|charte|politique|jours?)\s(?:\w{{1,12}}\s|d['’]){{0,2}}télétravail|\btélétravail\s(?:partiel|hybride|\d|jusqu|occasionnel)"
        rf"|\btélétravail\b[^.;]{{0,50}}\b(?:présentiel|dans (?:les|nos) (?:locaux|bureaux)|sur site)\b"
        rf"|\b(?:présentiel|sur site)\b[^.;]{{0,40}}\btélétravail\b"
        rf"|\b[1-4] days?\b[^.;]{{0,12}}\bwork(?:ing)?\s(?:\w{{1,8}}\s)?(?:from|in|at) (?:the|our) office\b"
        rf"|\b\d\stage?\b[^.;]{{0,25}}\b(?:home-?\s?office|mobil\w{{0,4}} arbeit\w{{0,2}})"
    ),
)
_ONSITE_JOB = compile_later(
    r"\b(?:this|the)\s(?:is\san?\s|role\s(?:is|will)|position\s(?:is|will)|job\s(?:is"
    r"|will))[^.;]{0,30}\b(?:on-?site|in[\s-]office|in[\s-]person|office-based)\b"
    r"|\b(?:on-?site|in-office|in-person|office-based)\s(?:role|position|job)\b|^\W{0,4}on-?site\s(?:at|in|role)\b"
    r"|\b(?:working\s)?on-?site\s(?:at|in)\sour\b"
    r"|\b(?:100\s?%|fully|entirely)\son[\s-]?site\b(?!\W{0,3}no\b)|^\W{0,4}on site\W{0,4}$"
    r"|\b(?:requires?|required|must|need)\b[^.;]{0,40}\bon[\s-]?site\b"
    r"(?!\s(?:for the first|interview|event|meeting|visit|support|at times))"
    r"|\b(?:5|five) days (?:a|per|each) (?:work\s?)?week\b[^.;,\d]{0,25}\b(?:in|from|at|on)[\s-](?:the |our )?(?:office|site)\b"
    r"|^\W{0,4}on-?site\s?[,;|·/]\s?(?:part|full)[\s-]time\b|\b(?:part|full)[\s-]time\s?[,;|·/]\s?on-?site\W{0,4}$"
    r"|\b5 days (?:a|per) week (?:in|from) (?:the|our) |#li-onsite\b|\bvaga presencial\b|\btrabajo presencial\b",
)
_DENIED = compile_later(lambda: _write_denied(**{name: words for name, words in _LEXICON["denied"].items() if name != "signs"}))
"""Work elsewhere that is not to be had: "no remote work", "remote or hybrid work will not be considered"."""


def _write_denied(*, before: list[str], between: list[str], behind: list[str], elsewhere: list[str], hybrid: list[str]) -> str:
    name = rf"(?:{one_of([*elsewhere, *hybrid])})"
    only, together = rf"(?:{one_of(_LEXICON['only']['words'])})", r"[\s,/]{0,2}(?:and/or|and|or|und|oder|ou|o|y|e)?\s?"
    first, second = (rf"(?P<only{part}>{only}[\s-])?(?P<what{part}>{name}(?:{together}{name})*)" for part in (1, 2))
    later = r"(?!\s(?:work\s)?(?:during|while|in the first|in your first|initially|from|outside|within)\b)"
    return (
        rf"(?<![\w-])(?<!or )(?:{one_of(before)})\s?(?:(?:{one_of(between)})\s){{0,2}}?{first}(?!\w){later}"
        rf"|{second}(?:\s(?:and/or\s)?(?:[\w'’]{{1,12}}\s)?)?\s?(?:{one_of(behind)})(?!\w){later}"
    )


_PARTLY = compile_later(lambda: _write_partly(**_LEXICON["partly"]))
"""Work elsewhere for a part of the time."""


def _write_partly(*, before: list[str], behind: list[str]) -> str:
    in_part = rf"(?<!\w)(?:{one_of(before)})\s(?:(?!time\b)\w{{1,12}}\s)?{_REMOTE}(?!\s\(?(?:al\s)?100)"
    return rf"{in_part}|(?<!% )(?<!%){_REMOTE}(?:\s\w{{1,12}})?\s(?:{one_of(behind)})(?!\w)"


_SELDOM_REMOTE = compile_later(
    r"\bpas (?:beaucoup |souvent |toujours )?(?:à distance|en télétravail)\b|\bnot (?:much|often|usually) (?:remotely|from home)\b"
)
_REMOTE_JOB = compile_later(
    r"\b(?:fully|100\s?%|permanent(?:ly)?|completely|full|entirely)[\s,-]{0,2}(?:\w{4,11}ly\s)?remot\w{0,4}\b"
    r"|\bremote[\s-](?:role|position|job|opportunity|first|based|work\b|working|friendly|contract|company|culture"
    r"|environment)"
    r"|\b(?:this|the) (?:is|role|position|job|opportunity|work is)[^.;]{0,50}\bremot\w{0,4}\b"
    r"|\bwork(?:ing)?[\s-](?:\w{1,12}\s)?(?:remotely|from home|from anywhere)\b|#li-remote\b"
    r"|\bwork[\s-]from[\s-](?:home|anywhere)\b|\bremotely\b|\bcan be remote\b|\b100% homeoffice\b|\bremot[oa]\b"
    r"|\b(?:poste|stage|travail|mission|emploi)\s(?:est|se fait|s['’]effectue)\s(?:\w{1,14}\s){0,2}en télétravail\b"
    r"|^\W{0,4}(?:en )?télétravail\W{0,4}$|\b(?:travail\w{0,3}|poste|trabaj\w{1,3}|trabalh\w{1,3})\s(?:\w{1,10}\s)?(?:en|em)\sremote\b"
    r"|\b(?:poste|contrat|mission|stage)\b[^.;]{0,120}\ben télétravail\b|^\W{0,4}télétravail avec\b[^.;]{0,20}\bdéplacements\b"
    r"|\bà distance\b|\bfull remote\b|\bremote (?:within|in|from|across|innerhalb|möglich|aus|arbeiten)\b|\(remote\)|\bor remote\b"
    r"|^(?:\w{2,12}\s)?locations?\s?:[^.;]{0,50}\bremote\b|\bremote-only\b|^\W{0,4}remote\W{0,4}$"
    r"|\b(?:100\s?%|komplett|vollständig|ausschließlich|dauerhaft)\s(?:\w{1,4}\s){0,2}home-?\s?office\b"
    r"|\bteletrabajar\b|\btrabaj\w{1,3} desde casa\b|\bdesde cualquier (?:lugar|parte|sitio)\b|\btrabalh\w{1,3} (?:de|em) casa\b"
    r"|\btele(?:commuting|work) (?:is )?(?:permitted|allowed)\b"
    r"|\bde qualquer lugar\b|\bdepuis n['’]importe où\b|\btélétravail(?:ler)? (?:intégral|à plein temps)",
)
_EITHER = compile_later(
    r"\b(?:fully remote\b|completely remote\b|100\s?%(?: remote\b| (?:en )?télétravail)|télétravail (?:complet|total|à 100)"
    r"|or\b[^.;]{0,45}\bremote|remote(?:ly)?\b[^.;]{0,40}\b(?:or|and)\b"
    r"|remote\s?[,/]\s?hybrid|hybrid\s?/\s?remote|remote\b[^.;|]{0,30}\|\s?hybrid|hybrid\b[^.;|]{0,30}\|\s?remote)|#li-remote",
)
_ANY_WAY = compile_later(r"\bremote\s?[,/]\s?hybrid\b|\bhybrid\s?[,/]\s?remote\b(?!\s\w)", _I)
"""A board's tag that counts both ways: what the text says of the days in the office tells more."""

_OPTIONAL = compile_later(
    r"\b(?:if you(?:['’]re)?|optional(?:ly)?|option|can|may|might|could|choos\w{1,3}|choice|prefer|encourage|love"
    r"|welcome|some roles|designated|occasional\w{0,2}|quarter|monthly|per month|a year|most of our"
    r"|customers?|(?<!\bour )(?<!\bmy )clients?|lunch\w{0,2}|meals?|gym|yoga|massage|chef|travel|interviews?|event)\b",
)
_NOT_THE_JOB = compile_later(
    r"\bhybrid[\s-](?:cloud|infra\w{1,12}|app\w{0,9}|mobile|casual|search|retrieval|environments?\b.{0,20}cloud)"
    r"|\bremote[\s-](?:desktop|monitor\w{0,3}|sens\w{1,3}|procedure|server|support|control|access|debug\w{0,4}|site)"
    r"|\b(?:if|when|as|if and when|if/when|if / when) (?:required|needed|necessary)\b",
)
_ADDRESS = compile_later(r"\bhttps?://\S{1,300}|\bwww\.\S{1,200}|<a\s[^>]{0,300}>")
_OFFICE_JOB = compile_later(
    r"\b(?:role|position|job)\b[^.;]{0,30}\bbased\s(?:in|at|out of)\s(?:our|the)\s[^.;]{0,40}\b(?:office"
    r"|headquarters|hq)\b|\bwork from our [^.;]{0,40}\b(?:office|headquarters|hq)\b"
    r"|\b(?:stage|poste|mission|travail)\b[^.;]{0,60}\bdans (?:les|nos) (?:locaux|bureaux)\b"
    r"|\ben nuestras oficinas\b|\bem nosso escritório\b"
    r"|\bin unserem büro\b|\b(?:vaga|trabajo|trabalho|modalidad\w?)\b[^.;]{0,20}\bpresencial\b"
    r"|^\W{0,4}presencial\W{0,4}$|^\W{0,4}on-?site\W{0,4}$",
)
_PAY = compile_later(r"\b(?:salary|pay) range\b|\bbase (?:salary|pay)\b")
"""A notice about pay names an office only to say for where the figures hold."""


def find_workplace(document: Document) -> Sequence[Fact[Workplace]]:
    """
    Return whether the job is remote, hybrid or on site, as one fact; nothing if the posting does not say.

    A tag "Remote" holds unless the text says that this very job is hybrid or on site. Days in an office that are a choice change nothing.

    >>> from bot.text.lines import read_lines
    >>> def workplace(body):
    ...     return [fact.value.value for fact in find_workplace(Document(None, None, None, None, read_lines(body)))]
    >>> workplace("This is a hybrid role, three days a week in our office.")
    ['hybrid']
    >>> workplace("You run our hybrid cloud.")
    []
    """
    head = next(_read_head(document), None)
    hybrid = head if head is not None and head.value is Workplace.HYBRID else None
    if hybrid is not None and not _ANY_WAY.search(hybrid.quote.text):
        return (hybrid,)
    said = [(sentence, *_without_denied(sentence.text.lower())) for sentence in islice(_sentences(document), _MOST)]
    stated = next((one for one in _read_statements(said) if hybrid is None or one.value is Workplace.HYBRID), None)
    found = stated or head or next(_read_hints(said), None)
    return () if found is None else (found,)


def render_workplace(facts: Sequence[Fact[Workplace]], locale: str = "en") -> Rendered:
    """Say where the work is done."""
    return Rendered(sentence=say(TOLD[facts[0].value], locale))


TOLD = {
    Workplace.REMOTE: "The job is remote.",
    Workplace.HYBRID: "The job is hybrid: partly in an office, partly elsewhere.",
    Workplace.ONSITE: "The job is on site.",
}


def _read_head(document: Document) -> Iterator[Fact[Workplace]]:
    """Yield what the place tag says, then other tags, then the title."""
    for line in (
        *document.tags("workplace"),
        *document.tags("location"),
        *document.tags("type", "tag"),
        *(line for line in document.lines if line.kind is TITLE),
    ):
        value = read_tag(line.text, is_title=line.kind is TITLE)
        if value is not None:
            yield Fact(value=value, quote=line.quote())
    for line in islice(document.body, _HEAD_LINES):
        if _REMOTE_HEAD.fullmatch(line.text):
            yield Fact(value=Workplace.REMOTE, quote=line.quote())
    for line in document.statements:
        for part in line.parts:
            if part.end - part.start <= _LONGEST_PART and (value := read_tag(part.text, is_title=True)) is not None:
                yield Fact(value=value, quote=part.quote)
        if line.label is not None and (value := _read_labelled(line)) is not None:
            yield Fact(value=value, quote=line.quote())


_HEAD_LINES = 5
_REMOTE_HEAD = compile_later(r"\W{0,4}(?:flexible\s?/\s?)?remote(?:\s?[·|;/–-][^.!?]{0,80})?", _I)
"""A line near the top as pages have it below the title: "Flexible / Remote · Lima"."""


def _read_labelled(line: Line) -> Workplace | None:
    """Return what a line such as "Work model: hybrid" or "Remote: no" says, by its label."""
    label = fold(line.label or "").strip(" *_")
    value = line.text.partition(":")[2].strip(" *_.")
    if label not in _labels() or not value or len(value) > _LONGEST_PART:
        return None
    answer = fold(value)
    if label in _yes_labels():
        if answer in _answers("yes"):
            return Workplace.REMOTE
        if answer in _answers("no"):
            return Workplace.ONSITE
    return read_tag(value, is_title=True)


@cache
def _labels() -> frozenset[str]:
    return frozenset(map(fold, _LEXICON["labels"].strip().replace("\n", "|").split("|"))) | _yes_labels()


@cache
def _yes_labels() -> frozenset[str]:
    return frozenset(map(fold, _LEXICON["yes"]["remote"].split("|")))


@cache
def _answers(answer: str) -> frozenset[str]:
    return frozenset(map(fold, _LEXICON["answers"][answer].split("|")))


def read_tag(words: str, *, is_title: bool = False) -> Workplace | None:
    """
    Return the workplace that a place, another tag or a title names.

    >>> read_tag("Lisbon (on site)"), read_tag("Lisbon")
    (<Workplace.ONSITE: 'onsite'>, None)
    """
    if is_title and _NOT_THE_JOB.search(words.lower()):
        return None
    words, is_denied = _without_denied(words.lower())
    if is_denied and not _REMOTE_TAG.search(words) and not _HYBRID_TAG.search(words):
        return Workplace.ONSITE
    if _HYBRID_TAG.search(words) and (not _REMOTE_TAG.search(words) or _HYBRID_FIRST.search(words)):
        return Workplace.HYBRID
    if _REMOTE_TAG.search(words):
        return Workplace.HYBRID if _PARTLY.search(words) else Workplace.REMOTE
    return Workplace.ONSITE if _ONSITE_TAG.search(words) else None


def _sentences(document: Document) -> Iterator[Sentence | Line]:
    """Yield what may tell of the workplace: sentences, and headings as they stand."""
    for line in read_whole(document).lines_with(_WORDS):
        if line.kind in (TITLE, TAG) or not holds_any(line.text, _SIGNS):
            continue
        if line.kind is HEADING:
            yield line
        else:
            yield from line.sentences


_Said: TypeAlias = tuple[Sentence | Line, str, bool]
"""What tells of the workplace, its words in lower case without what is denied, and whether remote work is."""

_DENYING = compile_later(
    lambda: rf"[{''.join(sign[0] for sign in _DENYING_SIGNS)}](?:(?<=(?<![\w-])(?=(?:{one_of(_DENYING_SIGNS)})(?!\w)).)|(?<=n)['’]t\b)"
)
"""A cheap look: without one of these nothing is denied. It begins with one set of letters, so that all others are passed by at once."""


def _without_denied(text: str) -> tuple[str, bool]:
    """Return a text in lower case without addresses and what is denied, and whether remote work is; "not fully remote" leaves it open."""
    text = _ADDRESS.sub(" ", text) if "://" in text or "www." in text else text
    found = [*_DENIED.finditer(text)] if _DENYING.search(text) else []
    if not found:
        return text, False
    hybrid = _LEXICON["denied"]["hybrid"]
    named = [match["what1"] or match["what2"] for match in found if not (match["only1"] or match["only2"])]
    return _DENIED.sub(" ", text), any(words not in hybrid for words in named)


def _read_statements(said: Sequence[_Said]) -> Iterator[Fact[Workplace]]:
    """Yield where this very job is said to be hybrid or on site, with no remote choice beside it."""
    for sentence, rest, is_denied in said:
        may_tell = holds_piece(rest, _STATEMENT_SIGNS) and (not _EITHER.search(rest) or _PARTED.search(rest) is not None)
        value = _read_statement(rest) if may_tell else None
        if value is None and is_denied and not _REMOTE_JOB.search(rest):
            value = Workplace.ONSITE
        if value is not None and not _NOT_THE_JOB.search(sentence.text.lower()):
            yield Fact(value=value, quote=_quote(sentence))


def _read_statement(text: str) -> Workplace | None:
    """Return what a sentence in lower case says of the job, by itself."""
    if holds_piece(text, _DAYS_SIGNS) and _REMOTE_DAYS.search(text):
        return Workplace.HYBRID
    is_onsite = ((holds_piece(text, _ONSITE_SIGNS) or _IN_OFFICE.search(text)) and _ONSITE_JOB.search(text)) is not None
    found = _HYBRID_JOB.search(text) if holds_piece(text, _HYBRID_SIGNS) else None
    if found and ("hybrid" in found[0] or not _OPTIONAL.search(text)):
        return Workplace.ONSITE if is_onsite and _WHOLE_WEEK.search(text) else Workplace.HYBRID
    if not is_onsite or _OPTIONAL.search(text):
        return None
    return Workplace.HYBRID if _HYBRID_TAG.search(text) else Workplace.ONSITE


_WHOLE_WEEK = compile_later(r"(?<![-–])(?<!to )\b(?:5|five) days\b")


def _read_hints(said: Sequence[_Said]) -> Iterator[Fact[Workplace]]:
    """Yield what the text lets one expect, where neither head nor statement says it: remote, then hybrid, then office."""
    hints = ((Workplace.REMOTE, _REMOTE_JOB), (Workplace.HYBRID, _HYBRID_TAG), (Workplace.HYBRID, _PARTLY), (Workplace.ONSITE, _OFFICE_JOB))
    for value, pattern in hints:
        for sentence, text, is_denied in said:
            if not pattern.search(text) or _NOT_THE_JOB.search(text) or _PAY.search(text):
                continue
            if value is not Workplace.REMOTE or not (is_denied or _PARTLY.search(text) or _SELDOM_REMOTE.search(text)):
                yield Fact(value=value, quote=_quote(sentence))


def _quote(sentence: Sentence | Line) -> Quote:
    return sentence.quote if isinstance(sentence, Sentence) else sentence.quote()


def find_workplace_keys(workplace: Workplace) -> tuple[SearchKey, ...]:
    """Return the value itself."""
    return (SearchKey(workplace.value),)


def to_schema_workplace(values: Sequence[Workplace]) -> dict[str, Any]:
    """Return remote work in the words of schema.org, which has none for other workplaces."""
    return {"jobLocationType": "TELECOMMUTE"} if values[0] == Workplace.REMOTE else {}


def judge_workplace(ask: Ask, facts: Sequence[Fact[Workplace]]) -> Verdict | None:
    """Weigh "remote", "hybrid" or "onsite"; who must come in on some days must come in."""
    if not ask.values or not facts or ask.form is Form.WHICH:
        return None
    asked, stated, is_whole = ask.values[0], facts[0].value, asks_for("all", ask.words) and not _DENYING.search(fold(ask.words))
    verdict = Verdict.told(holds=asked == stated)
    if asked == Workplace.ONSITE and stated is Workplace.HYBRID and not is_whole:
        verdict = Verdict.YES if ask.is_must else Verdict.UNCLEAR
    if asked == Workplace.REMOTE and stated is Workplace.HYBRID:
        if not ask.is_only and not is_whole:
            verdict = Verdict.YES if asks_for("some", ask.words) else Verdict.UNCLEAR if asks_for("possible", ask.words) else verdict
        if verdict is Verdict.NO and _EITHER.search(facts[0].quote.text.lower()):
            verdict = Verdict.UNCLEAR  # "hybrid, Lyon or remote from France"
    is_denied = ask.is_denied and not {Workplace.REMOTE.value, Workplace.ONSITE.value} <= set(ask.values)  # "remote, never in the office?"
    return turn(verdict, is_denied=is_denied)


def names_thing_there(words: str) -> bool:
    """
    Tell whether a thing in the office is asked about, and not the office: "do they have a pool in the office".

    >>> names_thing_there("is there a gym at the office?"), names_thing_there("are there set days in the office?")
    (True, False)
    """
    named, opened = _thing_there().search(fold(words)), read_lexicon("workplace_words")["things_there"]["opened"]
    if any(f" {one}" in f" {fold(words)}" for one in opened):
        return True  # "are they opening a new office" asks for no presence
    return named is not None and set(named["thing"].split()).isdisjoint(read_lexicon("workplace_words")["things_there"]["never"])


@cache
def _thing_there() -> re.Pattern[str]:
    words = read_lexicon("workplace_words")["things_there"]
    return re.compile(rf"(?<!\w)(?:{one_of(words['had'])})\s(?P<thing>(?:[^\W\d][\w-]*\s){{1,5}}?)(?:{one_of(words['where'])})(?!\w)")


def asks_for(key: str, words: str) -> bool:
    """Tell whether words ask for "some" work elsewhere, for "all" of it, or whether it is "possible"."""
    return _asking(key).search(fold(words)) is not None


@cache
def _asking(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('workplace_words')[key]['words'])})(?!\w)")


WORKPLACE: Topic[Workplace] = Topic(
    name="workplace",
    command="workplace",
    label="Workplace",
    description="Remote, hybrid or in an office",
    asked_as=(
        "workplace",
        "remote",
        "is it remote",
        "fully remote",
        "hybrid",
        "onsite",
        "on site",
        "days in the office",
        "work from home",
        "wfh",
        "return to office",
        "is it fully remote",
        "how many days * office",
        "days a week in the office",
        "remote or",
        "in person",
        "hybrid or remote",
        "remote or hybrid",
        "days in office",
        "remote or in office",
        "remote or office",
        "remote or onsite",
        "remote or in",
        "work remotely",
        "days per week in",
    ),
    value_type=Workplace,
    find=find_workplace,
    tell=render_workplace,
    keys=find_workplace_keys,
    judge=judge_workplace,
    silence="The posting does not say whether the work is remote, hybrid or in an office.",
    job_sign=JobSign.BESIDE,
    form_group="where",
    schema_org=to_schema_workplace,
    unstated="unstated",
    at_a_glance=True,
    side_by_side=True,
)
