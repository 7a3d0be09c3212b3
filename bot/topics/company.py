"""What the posting says about the company."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.text.document import Document, LineKind, Sentence
from bot.topics.topic import Topic

_I = re.IGNORECASE
_ABOUT_HEADING = re.compile(
    r"^\W{0,4}(?:about\b(?!\s(?:the\s|this\s|your\s)?(?:role|job|position|you\b|team|opportunity|work))|who we are"
    r"|who are we|what we do|company description|company overview|the company|our company|our (?:mission|story"
    r"|vision|product)"
    r"|why\s(?!(?:you|this|work)\b)|meet\s|über uns|wer wir sind|das unternehmen|unternehmen|à propos"
    r"|qui sommes[\s-]nous|l['’]entreprise|sobre (?:nosotros|nós|a empresa|la empresa|n[oó]s)|quem somos"
    r"|quiénes somos|acerca de|descrição da empresa)",
    _I,
)
_OTHER_HEADING = re.compile(
    r"\b(?:requirements?|qualifications?|responsibilit\w{1,5}|benefits?|perks|you['’]ll|you will|duties|skills"
    r"|salary|compensation|equal|apply|process|offer|privacy|bonus|nice to have)\b",
    _I,
)
_IS = re.compile(
    r"^(?!(?:This|That|It|There|These|Those|They|You|If|As|What|Our team|The team|The role|Here|Who|Each"
    r"|All)\b)(?:(?:At\s)?[A-ZÀ-Þ][\w.&'’+-]{1,30}(?:\s(?:[A-Z&][\w.&'’+-]{0,30}|of|and|for|the)){0,5}|The company"
    r"|Our company),?\s(?:\([^)]{1,40}\)\s)?"
    r"(?:is|are|was|has (?:been|raised|over|more)|builds?|provides?|offers?|helps?|enables?|makes?|serves?"
    r"|operates?|develops?|delivers?|powers?|creates?|connects?|empowers?|transforms?|designs?|works with|ist"
    r"|entwickelt|est|es|é|combines?|brings)\b"
)
_WE = re.compile(
    r"\bwe(?:['’]re| are)\s(?:\w+ly\s)?(?:an?|the|on a (?:mission|quest|journey)|building|backed|one of|creating"
    r"|developing|transforming|revolutioni[sz]ing|reinventing|reimagining|changing|making|helping|trusted"
    r"|redefining|disrupting|proud|headquartered|based)\b"
    r"|^(?:today,\s|here,\s|at [A-Z][\w.& ]{1,30},\s)?we (?:build|help|provide|make|create|offer|enable|develop"
    r"|power|serve|design|exist|empower|deliver|connect|work with|transform|bring|combine|believe that (?:every"
    r"|the))\b"
    r"|\bour (?:mission|platform|product|products|technology|software|purpose|vision|goal|customers|clients"
    r"|investors|solutions?|company|services?|tools?)\s(?:\w+\s){0,4}?(?:is|are|includes?|helps?|enables?"
    r"|provides?|allows?|gives?|makes?|automates?|powers?|has|have|to)\b"
    r"|\bmission\b[^.]{0,20}\b(?:is|to)\b|\bwir sind (?:ein|eine|die|das)|\bnous sommes (?:un|une)|\bsomos (?:una?|uma?|a|la)",
    _I,
)
_FACTS = re.compile(
    r"\b(?:founded|established|headquartered|backed by|investors?|raised|series [a-f]\b|funding|y combinator"
    r"|venture|valuation|unicorn|publicly traded|nasdaq|nyse|ipo|acquired by|\d[\d,.]*\+?\s?(?:k"
    r"|million)?\s?(?:employees|people|customers|clients|users"
    r"|countries|companies|offices|merchants|patients|members|businesses)|fortune \d+|gegründet|fondée|fundada"
    r"|mitarbeiter\w{0,5}|collaborateurs|funcionários|empleados)\b",
    _I,
)
_WE_SIGNS = ("we ", "we're", "we’re", "our ", "mission", "wir ", "nous ", "somos")
_FACT_SIGNS: tuple[str, ...] = (
    "found",
    "establish",
    "headquarter",
    "backed",
    "invest",
    "raised",
    "series",
    "fund",
    "combinator",
    "venture",
    "valuation",
)
_FACT_SIGNS += ("unicorn", "traded", "nasdaq", "nyse", "ipo", "acquired", "gegründet", "fondée", "mitarbeiter", "collaborateurs")
_DIGIT = re.compile(r"\d")
"""Without one of these a sentence is not worth the whole pattern."""

_NOT_ABOUT = re.compile(
    r"\b(?:equal[\s-]opportunit\w{1,3}|discriminat\w{1,5}|regardless of|without regard|race|accommodat\w{1,6}"
    r"|disabilit\w{1,4}|benefits?|salary|compensation|401|insurance|pto|vacation|perks|equity|e-?verify|privacy"
    r"|criminal"
    r"|you (?:will|are|have|can|would|must|may|should)|you['’](?:ll|re|ve)|this (?:role|position|job)|the (?:role"
    r"|ideal|successful|candidate)|candidates?|applicants?|appl(?:y|ications?)|currently|the team on call"
    r"|looking for|hiring|seeking|searching for|recruiting"
    r"|join (?:us|our|the)|experience (?:with|in)|responsible for|qualifications?|employer\b)",
    _I,
)
_FEWEST_LETTERS = 30
_LONGEST = 600
_MOST = 6


def find_company(document: Document) -> Sequence[Fact[str]]:
    """
    Return the sentences that best tell what the company is and does, who founded and funds it, how big it is: a handful, in order.

    >>> from bot.text.lines import read_lines
    >>> def told(body):
    ...     return [fact.value for fact in find_company(Document(None, None, None, None, read_lines(body)))]
    >>> told("Shopwerk is a software house for small bakeries. We are looking for a Go developer.")
    ['Shopwerk is a software house for small bakeries.']
    >>> told("You will build our checkout.")
    []
    """
    weighed = [
        (weight, order, sentence) for order, sentence in enumerate(_sentences(document)) if (weight := _weight(sentence, document.company))
    ]
    best = sorted(weighed, key=lambda item: (-item[0], item[1]))[:_MOST]
    facts = {sentence.text: Fact(value=sentence.text, quote=sentence.quote) for _, _, sentence in sorted(best, key=lambda item: item[1])}
    return tuple(facts.values())


def tell_company(facts: Sequence[Fact[str]]) -> Telling:
    """Give the posting's own sentences about the company."""
    return Telling(sentence="What the posting says about the company:", items=tuple(fact.value for fact in facts))


def _sentences(document: Document) -> Iterator[Sentence]:
    for line in document.statements:
        if not _is_under(_OTHER_HEADING, line.headings):
            yield from line.sentences


@lru_cache(maxsize=1024)
def _is_under(kind: re.Pattern[str], headings: tuple[str, ...]) -> bool:
    """Tell whether one of the headings is of a kind; kept, because many lines stand under the same ones."""
    return any(kind.search(heading) for heading in headings)


def _weight(sentence: Sentence, company: str | None) -> int:
    """Return how much a sentence tells about the company; 0 where it is not about it."""
    text = sentence.text
    if not _FEWEST_LETTERS <= len(text) <= _LONGEST or text.endswith(("?", ":")):
        return 0
    lowered = text.lower()
    names_it = company is not None and len(company) > 1 and lowered.startswith((company.lower(), f"at {company.lower()}"))
    about = _is_under(_ABOUT_HEADING, sentence.line.headings)
    if sentence.line.kind is LineKind.BULLET and not about and not names_it:
        return 0
    defines = _IS.match(text) is not None
    speaks = any(sign in lowered for sign in _WE_SIGNS) and _WE.search(text) is not None
    counts = (_DIGIT.search(lowered) or any(sign in lowered for sign in _FACT_SIGNS)) and _FACTS.search(text) is not None
    signs = (4 * (names_it and defines), 2 * defines, 2 * speaks, 2 * counts)
    if not any(signs) or (sentence.line.kind is LineKind.BULLET and not (about or signs[0])) or _NOT_ABOUT.search(text):
        return 0
    return sum(signs) + about


COMPANY: Topic[str] = Topic(
    name="company",
    command="company",
    label="Company",
    description="What the posting says about the company",
    asked_as=(
        "company",
        "about the company",
        "what does the company do",
        "what do they do",
        "investors",
        "what is the company",
        "mission",
        "founded",
        "industry",
        "who founded",
        "what is * about",
        "what do they make",
        "what does * do",
        "series",
        "how big is the company",
        "company size",
        "how many employees",
        "when was * founded",
        "who are the investors",
    ),
    value_type=str,
    find=find_company,
    tell=tell_company,
    many=True,
    silence="The posting does not tell about the company.",
    key="company_about",
)
