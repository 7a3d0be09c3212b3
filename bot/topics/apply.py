"""Where and how to apply."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.answer import Telling
from bot.domain.facts import Fact, Quote
from bot.text.document import Document, Sentence
from bot.text.lexicon import read_lexicon
from bot.text.prefilter import read_whole
from bot.text.translations import say
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
    return (*link, *(Fact(value=text, quote=sentence.quote) for text, sentence in told.items()))


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
)
