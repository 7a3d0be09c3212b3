"""Where and how to apply."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from urllib.parse import urlsplit

from bot.domain.answer import Telling
from bot.domain.facts import Fact, Quote
from bot.text.document import Document, Line, Sentence
from bot.text.lexicon import read_lexicon
from bot.text.markup import LinkSpan, find_link_spans, strip_markup, to_link
from bot.text.prefilter import read_whole
from bot.text.translations import say
from bot.topics.dates import find_dates
from bot.topics.topic import Topic

_I = re.IGNORECASE
_DEADLINE_SIGNS = (
    "deadline",
    "apply b",
    "clos",
    "until",
    "applications ",
    "rolling",
    "posted",
    "bewerbungs",
    "date limite",
    "fecha",
    "prazo",
)
_STEP_SIGNS: tuple[str, ...] = (
    "apply",
    "submit ",
    "send ",
    "please include",
    "resume",
    "résumé",
    "cover letter",
    "fill ",
    "attach ",
    "bewirb",
    "bewerb",
    "postul",
)
_STEP_SIGNS += (
    "postúl",
    "envía",
    "envie",
    "candidate-se",
    "candidatez",
    "inscreva",
    "hiring",
    "interview",
    "application ",
    "recruitment",
    "selection",
)
_AGENCY_SIGNS = ("recruit", "agenc", "headhunter", "staffing")
"""A sentence without one of these says nothing of a deadline, a step or agencies."""

_SIGNS = frozenset(read_lexicon("signs")["apply"].split())
_PIECES = ("@", "candidate-se")
"""A line without one of these words or pieces says nothing of applying."""

_ADDRESS = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,20}){1,3}\b")
_FOR_APPLYING = re.compile(
    r"\b(?:send|e-?mail|contact|appl(?:y|ication|icants?)|resume|résumé|cv|questions?|reach|write|submit"
    r"|bewerb\w{0,9}|schick\w{0,3}|lebenslauf|candidat\w{1,5}|envi\w{1,5}|postul\w{1,5})\b",
)
_DEADLINE = re.compile(
    r"\b(?:deadline (?:to|for|is|date)\b|(?:application|submission|no specific) deadlines?|deadline:|apply (?:by"
    r"|before)|closing date|applications? (?:window|deadline|period|close|will close|will be (?:accepted|reviewed"
    r"|closed)|are (?:accepted|reviewed|due)|open until)"
    r"|until (?:the )?(?:position|role|job) (?:is|has been) filled|until filled|rolling basis|roles? (?:are"
    r"|is) posted|posted (?:for|until)|bewerbungs(?:schluss|frist)|date limite|fecha límite|prazo"
    r"|expected to close|close on|closes on)\b",
)
_STEP = re.compile(
    r"\b(?:to apply|apply (?:here|now|at|via|through|online|directly|by|using|today|on our)|how to apply"
    r"|submit (?:your|a|an)\b|send (?:us\s)?(?:your|a|an|me|it)\b|please (?:include|attach|send|submit|apply"
    r"|click)"
    r"|click (?:here|apply|the)|cover letter|hit apply|fill (?:in|out) (?:the|our|this)|(?:hiring|interview"
    r"|application|recruitment|selection) (?:process|steps) (?:is|are|consists?|includes?|involves?|starts?|will"
    r"|has|looks|takes)|attach (?:your|a|links?)\b"
    r"|bewirb dich|bewerben sie sich|bewerbung\b|postule[zr]?\b|postúlate|envía|envie (?:seu|o)|candidate-se|candidatez|inscreva-se)",
)
_AGENCIES = re.compile(
    r"\b(?:recruit(?:ers|ment|ing)|agenc(?:y|ies)|headhunters|staffing|third[\s-]part(?:y"
    r"|ies))\b.{0,160}\b(?:unsolicited|not|no|don['’]t|without|please refrain)\b"
    r"|\b(?:no|not|without|unsolicited)\b.{0,80}\b(?:recruiters|agenc(?:y|ies)|headhunters|staffing|third[\s-]part(?:y|ies))\b",
)
_PATTERNS = ((_DEADLINE_SIGNS, _DEADLINE), (_STEP_SIGNS, _STEP), (_AGENCY_SIGNS, _AGENCIES))
_UNDER = re.compile(
    r"\b(?:how to apply|application process|(?:hiring|interview|recruitment|recruiting|selection) process"
    r"|interview (?:steps|stages)|next steps|ready to apply|apply now|^to apply|bewerbung|so bewirbst"
    r"|comment postuler|processus de recrutement|process de recrutement|cómo aplicar|proceso de selección"
    r"|como se candidatar|processo seletivo|etapas do processo)",
    _I,
)
_NOT_APPLYING = re.compile(
    r"\b(?:accommodat\w{1,6}|disabilit\w{1,4}|privacy|gdpr|ccpa|personal data|personal information|scam\w{0,4}"
    r"|fraud\w{0,6}|phishing|equal opportunit\w{1,3}|e-?verify|discriminat\w{1,5}|encourage\w{0,2}"
    r"|even if|customers?|clients?|less likely|hesitate|studies have|referral|candidate experience"
    r"|applicant tracking|full[\s-]cycle|specific pay|committed to|updates? to|voluntary|anonymous|optional survey"
    r"|demographic|security policy|responsible for)\b",
)
_MOST = 12
_LONGEST = 600

# Which of a posting's links is the one to apply at.

_LINKED = re.compile(r"\[([^\[\]\n]{0,200})\]\(<?$")
_APART = re.compile(r"[^\w-]+")
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
    """Return how much speaks for a link, 0 where nothing does: what is said before it 4, its host or path 2, both 6."""
    address = raw[span.start : span.end]
    before = raw[max(0, span.start - _WORDS_BEFORE) : span.start]
    linked = _LINKED.search(before)
    said = any(word.startswith(_link_words("applying", "words")) for word in _APART.split((linked[1] if linked else before).lower()))
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
        return 4 if said else 0
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
        told.setdefault(sentence.text, sentence)
        if len(told) == _MOST:
            break
    said = "\n".join(told)
    days = {str(stated): stated.quote for stated in islice(find_dates(document), _MOST) if strip_markup(stated.quote.text) not in said}
    return (
        *link,
        *(Fact(value=text, quote=sentence.quote) for text, sentence in told.items()),
        *(Fact(value=day, quote=quote) for day, quote in days.items()),
    )


def tell_apply(facts: Sequence[Fact[str]], locale: str = "en") -> Telling:
    """Say the link, and list what else there is to know."""
    first, *more = [fact.value for fact in facts]
    if first.startswith(("http://", "https://")):
        sentence = say("Apply at {link}", locale, link=first)
        others = tuple(text for text in more if text.rstrip(".!").casefold() != f"apply at {first}".casefold())
        return Telling(sentence=sentence, items=others)
    return Telling(sentence=say("How to apply, in the posting's words:", locale), items=(first, *more))


def _sentences(document: Document) -> Iterator[Sentence]:
    holding = {id(line) for line in read_whole(document).lines_with(_SIGNS, also=_PIECES)}
    for line in document.statements:
        if id(line) in holding or _is_under(line.headings):
            yield from (sentence for sentence in line.sentences if _is_about_applying(sentence))


@lru_cache(maxsize=1024)
def _is_under(headings: tuple[str, ...]) -> bool:
    """Tell whether headings announce how to apply; kept, because many lines stand under the same ones."""
    return any(_UNDER.search(heading) for heading in headings)


def _is_about_applying(sentence: Sentence) -> bool:
    text = sentence.text
    if len(text) > _LONGEST or len(text) < 8 or text.startswith("#"):  # noqa: PLR2004
        return False
    lowered = text.lower()
    return _tells(lowered, is_under=_is_under(sentence.line.headings)) and not _NOT_APPLYING.search(lowered)


def _tells(text: str, *, is_under: bool) -> bool:
    if is_under or ("@" in text and _ADDRESS.search(text) and _FOR_APPLYING.search(text)):
        return True
    return any(next(filter(text.__contains__, signs), None) and pattern.search(text) for signs, pattern in _PATTERNS)


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
        "deadline",
        "deadline to apply",
        "who do i email",
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
    tell=tell_apply,
    many=True,
    silence="The posting does not say how to apply.",
    form_group="job",
)
