"""What the posting says about the company."""

import re
from calendar import month_name
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Quote
from bot.text.clean import fold
from bot.text.document import BULLET, PROSE, Document, Sentence
from bot.text.headings import SectionKind, read_line_kind
from bot.text.lexicon import compile_later, holds_piece, is_english, one_of, read_lexicon
from bot.text.places import is_place_name
from bot.text.prefilter import by_beginning, read_whole
from bot.text.technologies import technology_names
from bot.text.translations import say
from bot.topics.lists import RESPONSIBILITIES
from bot.topics.topic import Topic

_I = re.IGNORECASE
_ABOUT_HEADING = compile_later(
    r"^\W{0,4}(?:about\b(?!\s(?:the\s|this\s|your\s)?(?:role|job|position|you\b|team|opportunity|work))|who we are"
    r"|who are we|what we do|company description|company overview|the company|our company|our (?:mission|story"
    r"|vision|product)"
    r"|why\s(?!(?:you|this|work)\b)|meet\s|über uns|wer wir sind|das unternehmen|unternehmen|à propos"
    r"|qui sommes[\s-]nous|l['’]entreprise|sobre (?:nosotros|nós|a empresa|la empresa|n[oó]s)|quem somos"
    r"|quiénes somos|acerca de|descrição da empresa)",
    _I,
)
_OTHER_HEADING = compile_later(
    r"\b(?:requirements?|qualifications?|responsibilit\w{1,5}|benefits?|perks|you['’]ll|you will|duties|skills"
    r"|salary|compensation|equal|apply|process|offer|privacy|bonus|nice to have)\b",
    _I,
)
_IS = compile_later(
    r"^(?!(?:This|That|It|There|These|Those|They|You|If|As|What|Our team|The team|The role|Here|Who|Each|Tu|Tú|Du|Usted"
    r"|All)\b)(?:(?:At\s)?[A-ZÀ-Þ][\w.&'’+-]{1,30}(?:\s(?:[A-Z&][\w.&'’+-]{0,30}|of|and|for|the)){0,5}|The company"
    r"|Our company),?\s(?:\([^)]{1,40}\)\s)?"
    r"(?:is|are|was|has (?:been|raised|over|more)|builds?|provides?|offers?|helps?|enables?|makes?|serves?"
    r"|operates?|develops?|delivers?|powers?|creates?|connects?|empowers?|transforms?|designs?|works with|aims to"
    r"|speciali[sz]es in|ist"
    r"|entwickelt|est|es|é|combines?|brings)\b"
)
_UNTELLING = one_of(read_lexicon("employer_words")["does"]["never"])
_DOES = compile_later(rf"\s(?:\w+ly\s|also\s|now\s|today\s)?(?!(?:{_UNTELLING})\b)[a-z]+(?:[^aious\W]s|[aeio]es)\s\w")
"""What a company does, behind its name and for lower case: "hooli bakes bread"."""

_WE_ARE = compile_later(
    r"we(?<!\wwe)(?:['’]re| are)\s(?:\w+ly\s)?(?:an?|the|on a (?:mission|quest|journey)|building|backed|one of|creating"
    r"|developing|transforming|revolutioni[sz]ing|reinventing|reimagining|changing|making|helping|trusted"
    r"|redefining|disrupting|proud|headquartered|based)\b"
)
_WE_DO = compile_later(
    r"(?:today,\s|here,\s|at [^\W\d_][\w.& ]{1,30},\s)?we (?:build|help|provide|make|create|offer|enable|develop"
    r"|power|serve|design|exist|empower|deliver|connect|work with|transform|bring|combine|believe that (?:every|the))\b"
)
_OURS = compile_later(
    r"our(?<!\wour) (?:mission|platform|product|products|technology|software|purpose|vision|goal|customers|clients"
    r"|investors|solutions?|company|services?|tools?)\s(?:\w+\s){0,4}?(?:is|are|includes?|helps?|enables?"
    r"|provides?|allows?|gives?|makes?|automates?|powers?|has|have|to)\b"
)
_OUR_PRODUCT = compile_later(
    r"our (?:[\w'’-]+\s){0,5}?(?:platform|products?|technology|software|solutions?|services?|tools?|apps?|robots?|devices?|marketplace"
    r"|network)(?:,\s[^,.]{2,40},)?\s(?:is|are|delivers?|helps?|enables?|provides?|allows?|lets?|gives?|makes?|automates?|powers?|connects?)\b"
)
"""At its beginning: further in, a sentence may tell what somebody does with it."""

_APPOSED = compile_later(
    r"\b[A-ZÀ-Þ][\w.&'’-]{1,30}(?<!,),\s(?:an?|one of the)\s(?:[\w/’'-]+\s){0,5}?(?:startup|start-up|scale-?up|company|firm|agency|studio"
    r"|consultancy|bank|non-?profit|organi[sz]ation|provider|maker|marketplace|platform)\b(?!\s(?:engineer|team|developer|manager)\b)"
    r"|\b(?:at|At)\s[A-ZÀ-Þ][\w.&'’-]{1,30}(?:\s[A-Z][\w.&'’-]{1,30}){0,2}(?<!,),\swhere we\b"
)
"""What a company is behind its name: "at Hooli, a young company that bakes", "at Hooli, where we bake"."""

_APPOSING = compile_later(r",\s(?:an?\s|one of|where we)")
"""Stands in each of those; it begins with a comma, so that it is quick to find nothing."""

_ABOUT_ROLE = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['role']['words'])})", re.IGNORECASE)

_MISSION = compile_later(r"mission(?<!\wmission)\b[^.]{0,20}\b(?:is|to)\b")
_WE_ABROAD = compile_later(r"\bwir sind (?:ein|eine|die|das)|\bnous sommes (?:un|une)|\bsomos (?:una?|uma?|a|la)")
"""For lower case; they begin with fixed letters, so that they are quick to find nothing."""

_FACTS = compile_later(
    r"\b(?:founded|established|headquartered|backed by|investors?|raised|series [a-f]\b|funding|y combinator"
    r"|venture|valuation|unicorn|publicly traded|nasdaq|nyse|ipo|acquired by|fortune \d+|gegründet|fondée|fundada"
    r"|mitarbeiter\w{0,5}|collaborateurs|funcionários|empleados)\b",
)
_FACT_WORDS = frozenset(read_lexicon("signs")["company"].split())
"""Without one of these, or "mitarbeiter" in a longer word, a sentence is not worth that pattern."""

_COUNTED = (
    *("employees", "people", "customers", "clients", "users", "countries", "companies", "offices", "merchants", "patients"),
    *("members", "businesses"),
)
_COUNTED_BY_BEGINNING = by_beginning(_COUNTED)
_SIZE = compile_later(rf"\d(?<!\w\d)[\d,.]*\+?\s?(?:k|million)?\s?(?:{'|'.join(_COUNTED)})\b")

_NOT_ABOUT = compile_later(
    r"\b(?:equal[\s-]opportunit\w{1,3}|discriminat\w{1,5}|regardless of|without regard|race|accommodat\w{1,6}"
    r"|disabilit\w{1,4}|benefits?|salary|compensation|401|insurance|pto|vacation|perks|equity|e-?verify|privacy"
    r"|criminal|harassment|pay (?:may|structure)"
    r"|you (?:will|are|have|can|would|must|may|should)|you['’](?:ll|re|ve)|this (?:role|position|job)|the (?:role"
    r"|ideal|successful|candidate)|candidates?|applicants?|apply|(?:your|an|the|this) applications?|currently|the team on call"
    r"|looking for|hiring|seeking|searching for|recruiting"
    r"|join (?:us|our|the)|experience (?:with|in)|responsible for|qualifications?|employer\b)",
)
_FEWEST_LETTERS, _LONGEST, _MOST = 30, 600, 6


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
    whole = read_whole(document)
    fact_words = (*whole.words.intersection(_FACT_WORDS), "mitarbeiter")
    counted = (*whole.pieces_held(_COUNTED_BY_BEGINNING), *filter(whole.odd.__contains__, _COUNTED))
    weighed = [
        (weight, order, sentence)
        for order, (sentence, names_it) in enumerate(_sentences(document))
        if (weight := _weight(sentence, names_it=names_it, fact_words=fact_words, counted=counted))
    ]
    best = sorted(weighed, key=lambda item: (-item[0], item[1]))[:_MOST]
    facts = {sentence.text: Fact(value=sentence.text, quote=sentence.quote) for _, _, sentence in sorted(best, key=lambda item: item[1])}
    return tuple(facts.values())


def render_company(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Give the posting's own sentences about the company."""
    return Rendered(sentence=say("What the posting says about the company:", locale), items=tuple(fact.value for fact in facts))


def _sentences(document: Document) -> Iterator[tuple[Sentence, int]]:
    """Yield the sentences that may tell of the company, and where its name ends that they begin with; few bullets do."""
    name = document.company.lower() if document.company and len(document.company) > 1 else ""
    for line in document.statements:
        is_bullet = line.kind is BULLET and not _is_about(line.headings)
        begins = (name, f"at {name}") if name and name in line.text.lower() else ()
        if len(line.text) < _FEWEST_LETTERS or (is_bullet and not begins):
            continue
        is_elsewhere = _is_elsewhere(line.headings)
        for sentence in line.sentences:
            names_it = next((len(begin) for begin in begins if sentence.text.lower().startswith(begin)), 0)
            if (names_it and (not is_elsewhere or _IS.match(sentence.text))) or not (is_bullet or is_elsewhere):
                yield sentence, names_it


@lru_cache(maxsize=1024)
def _is_about(headings: tuple[str, ...]) -> bool:
    """Tell whether one of the headings announces the company; kept, because many lines stand under the same ones."""
    return any(_ABOUT_HEADING.search(heading) for heading in headings)


@lru_cache(maxsize=1024)
def _is_elsewhere(headings: tuple[str, ...]) -> bool:
    """Tell whether one of the headings announces something else than the company."""
    return any(_OTHER_HEADING.search(heading) for heading in headings)


def _weight(sentence: Sentence, *, names_it: int, fact_words: Sequence[str], counted: Sequence[str]) -> int:
    """Return how much a sentence tells about the company; 0 where it is not about it."""
    text = sentence.text
    if not _FEWEST_LETTERS <= len(text) <= _LONGEST or text.endswith(("?", ":")):
        return 0
    lowered = text.lower()
    does = names_it and _DOES.match(lowered, names_it)
    defines = bool(_IS.match(text) or does or (_APPOSING.search(text) and _APPOSED.search(text)))
    counts = (holds_piece(lowered, counted) and _SIZE.search(lowered)) or (holds_piece(lowered, fact_words) and _FACTS.search(lowered))
    signs = (4 * (names_it > 0 and defines), 2 * defines, 2 * _speaks(lowered), 2 * bool(counts))
    about = _is_about(sentence.line.headings)
    if not any(signs) or (sentence.line.kind is BULLET and not (about or signs[0])) or _NOT_ABOUT.search(lowered):
        return 0
    return sum(signs) + about


def _speaks(lowered: str) -> bool:
    """Tell whether the company says "we are", "we build" or "our mission is" in a sentence."""
    return bool(
        ("we" in lowered and (_WE_ARE.search(lowered) or _WE_DO.match(lowered)))
        or ("our " in lowered and (_OURS.search(lowered) or _OUR_PRODUCT.match(lowered)))
        or ("mission" in lowered and _MISSION.search(lowered))
        or (("wir " in lowered or "nous " in lowered or "somos" in lowered) and _WE_ABROAD.search(lowered))
    )


COMPANY: Topic[str] = Topic(
    name="company",
    command="company",
    label="About the company",
    description="What the posting says about the company",
    asked_as=(
        *("company", "about the company", "what does the company do"),
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
    tell=render_company,
    many=True,
    silence="The posting does not tell about the company.",
    form_group="job",
    key="company_about",
)


# How a posting tells in its own sentences who is hiring and for what: for a summary.

_LEAST_LETTERS, _BEGINNING = 60, 80
_OPENING_KINDS = frozenset({SectionKind.COMPANY, SectionKind.ROLE, None})


def find_company_sentences(document: Document, *, most: int) -> list[Quote]:
    """
    Return so many sentences about the company, one that says what it is among them if there is any.

    Where none is plainly about it, those that name it first, then how the text begins.
    """
    if facts := COMPANY.find(document):
        name = fold(document.company or "")
        first = facts[:most]
        defining = [one for one in facts if _IS.match(one.value) and name and fold(one.value).startswith(name)]
        told = first if not defining or any(one in first for one in defining) else (*first[:-1], defining[0])
        return [fact.quote for fact in told]
    lines = (line for line in document.body if line.kind is PROSE and read_line_kind(line) in _OPENING_KINDS)
    found = [sentence.quote for line in lines for sentence in line.sentences if len(sentence.text) >= _LEAST_LETTERS]
    name = (document.company or "?").casefold()
    return sorted(found, key=lambda quote: not quote.text.casefold().startswith(name))[:most]


def find_role_sentences(document: Document) -> list[Quote]:
    """Return sentences about the job itself, else what one does first."""
    prose = (sentence for line in document.statements for sentence in line.sentences if len(sentence.text) >= _LEAST_LETTERS)
    said = [sentence.quote for sentence in prose if _ABOUT_ROLE.search(sentence.text[:_BEGINNING])]
    return said or [fact.quote for fact in RESPONSIBILITIES.find(document)]


# What a posting calls the company or its product, where that is not its head's word for it.

_MOST_NAMES, _MOST_LOOKED_AT, _MOST_READ = 4, 200, 30_000
"""Letters: the longest real posting has two thirds of that, and a search through more holds up everybody."""

_NAME = r"[A-Z][\w&-]*[a-zA-Z](?!\w)"
_CALLED = re.compile(
    rf"(?:(?<=[Tt]he )(?P<team>{_NAME}) team\b|(?:^|[.!?]\s)At (?P<at>{_NAME}(?: {_NAME}){{0,2}}),"
    rf"|(?:(?<=équipe )|(?<=pôle ))(?P<equipe>{_NAME})|\b[Jj]oin (?P<join>{_NAME})(?: as| and|[,.!])"
    rf"|(?:^|[.!?]\s)(?P<seeks>{_NAME}) (?:is (?:hiring|looking|seeking|recruiting)|seeks|recrute|recherche|sucht|busca|procura)\b)",
    re.MULTILINE,
)


def find_own_names(text: str, company: str | None) -> tuple[str, ...]:
    r"""
    Return the names that a posting calls its company or product by, other than the one in its head, those said most often first.

    A name that is only mentioned may be a customer's: it counts where it hires, has the team, or is what somebody works at.

    >>> find_own_names("The OakBridge team has been at it for years. OakBridge's friends at GlassWorks use GitHub.", None)
    ('OakBridge',)
    >>> find_own_names("We write Python for banks. The Data team is small.", "Hooli")
    ()
    >>> find_own_names("[Good Bread](https://good-bread.example) bakes. We like [Slow Ovens](https://example.com).", "bread")
    ('Good Bread',)
    >>> find_own_names("Octal Bakery rises early. Come to Octal Bakery! Founded in Ghent, Loafly is big.", "octbakery")
    ('Octal Bakery', 'Loafly')
    >>> find_own_names("agency: Royal Tide Office\nRead the RTO tables. We, Tidewise, are here. Tidewise pays. Ask Tidewise.", None)
    ('Royal Tide Office', 'RTO', 'Tidewise')
    >>> find_own_names("Hooli Research and Hooli Phones are in Ghent.", "Hooli")
    ('Hooli Research',)
    >>> find_own_names("The Offices for Bread & Butter Services (OBS) bake.", "Offices for Bread & Butter Services")
    ('OBS',)
    >>> find_own_names("Insight bakes. At Insight, we rise. Insight is in Ghent.", "Useinsight")
    ('Insight',)
    >>> find_own_names("### About us\n\nloafly is baking bread.\n### Values\n\nDiversity is good.", "Jobs for Bakers")
    ('loafly',)
    >>> find_own_names("Work to LOAFCON procedures. You follow the LOAFCON Quality Plan and HIPAA policies, as HIPAA says.", None)
    ('LOAFCON',)
    >>> find_own_names("link: https://goodoven.talentclue.com/12\n\nGood Ovens seeks staff for bakeries. Write to Good Ovens.", None)
    ('goodoven', 'Good Ovens')
    >>> find_own_names("Le pain est né. Écrire à recrutement@farine.pain.example ou pain@gmail.com.", "Moulin")
    ('farine.pain.example',)
    >>> find_own_names("In Ovenly, we rise. In March, we bake. The company is Dough Digital, an agency. It is German.", None)
    ('Dough Digital', 'Ovenly')
    """
    text = text[:_MOST_READ]
    called = (match[match.lastgroup or 0] for match in islice(_CALLED.finditer(_LINK.sub(r"\1", text)), _MOST_LOOKED_AT))
    found = Counter(name for name in called if not (name.isupper() and len(name) <= _LEAST_INITIALS))  # "the QA team"
    found.update((*_parent_of(text, company or ""), *_longer_names(text, company or ""), *_short_names(text, company or "")))
    if company is None or company == company.lower():  # none is stated, or only the short name of an address
        linked = {name for name, host in islice(_LINKED.findall(text), _MOST_LOOKED_AT) if fold(name).replace(" ", "-") == host}
        found.update(name for name in linked if len(linked) == 1 or text.count(name) >= _MOST_SAID_FROM)  # others are tools
        found.update(match["name"] for match in islice(_TOLD_OF.finditer(text), _MOST_LOOKED_AT))
        found.update(_spelt_in_full(company or "", text))
    found.update((*_below_own_heading(text), *_where_to_apply(text)))
    if company is None:
        found.update((*_said_most(text), *_owning(text), *_named_by_board(text)))
    head = re.sub(r"\W", " ", fold(company or ""))
    new = (name for name, _ in found.most_common() if fold(name) not in _other_words() and not f"{head} ".startswith(f"{fold(name)} "))
    return tuple(islice(dict.fromkeys((*_without_lead(text, head), *new)), _MOST_NAMES))


def _below_own_heading(text: str) -> Iterator[str]:
    """Yield the name that begins what stands below a heading about the company, "The company is NAME" included."""
    below = (match["name"].removeprefix("The ") for match in _BELOW.finditer(text) if _ABOUT_HEADING.search(match["heading"]))
    begun = ((name, name.partition(" ")[0]) for name in islice(below, _MOST_LOOKED_AT))
    small = read_lexicon("questions")["function"].split()
    yield from (name for name, first in begun if fold(first) not in small and (first != name or not _is_word(name)))
    yield from (match["name"] for match in islice(_COMPANY_IS.finditer(text), _MOST_LOOKED_AT) if not _is_word(match["name"]))


def _is_word(name: str) -> bool:
    """Tell whether a name is a word of English, a place or a month: "In March, we"."""
    return is_english(fold(name)) or is_place_name(name) or name in month_name


def _owning(text: str) -> Iterator[str]:
    """Yield the strange names of a text without a company whose rules one has to do with, "Loafly procedures", or in which "we" are."""
    for match in islice(_OWNING.finditer(text), _MOST_LOOKED_AT):
        name = match[match.lastgroup or 0]
        is_short = name.isupper() and len(name) < _LEAST_OF_CAPITALS  # "HIPAA policies"
        is_sure = match["at"] or match["product"]  # "our marketplace (Loafly)"
        is_word = _is_word(name) if is_sure else is_place_name(name) or re.search(rf"\b{name.lower()}\b", text) is not None
        if not (is_short or is_word) and (is_sure or text.count(name) >= _LEAST_SAID):
            yield name


def _where_to_apply(text: str) -> Iterator[str]:
    """Yield the domains of addresses such as jobs@loafly.example, without those that anybody may have."""
    hosts = (match["host"].lower() for match in islice(_MAIL_FOR_JOBS.finditer(text), _MOST_LOOKED_AT))
    anybody = read_lexicon("not_employers")["domains"].split()
    yield from (host for host in hosts if host.rpartition(".")[0].rpartition(".")[2] not in anybody)


_MAIL_FOR_JOBS = compile_later(
    lambda: (
        rf"(?<![\w.+-])(?:{one_of(read_lexicon('employer_words')['at']['mail'].split())})[\w+-]*"
        r"@(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12})\b"
    ),
    re.IGNORECASE,
)


def _named_by_board(text: str) -> Iterator[str]:
    """Yield the name that stands before a job board's own in the address of the posting: who publishes it, as the text spells it."""
    address = _ON_A_BOARD.search(text)
    words = [] if address is None else [address["name"], *_BEFORE_CAREERS.findall(address["name"])]
    no_names = read_lexicon("links")["employer"]["no_names"].split()
    for name in words if words and words[0] not in no_names else ():
        yield from (name, *_spelt_in_full(name.replace("-", ""), text))


_ON_A_BOARD = compile_later(
    lambda: (
        r"^(?:link|url|apply): https?://(?:www\.)?(?:careers-)?(?P<name>[a-z0-9-]{3,40})(?:\.wd\d+)?"
        rf"\.(?:{one_of(read_lexicon('links')['employer']['own_host'].split())})/"
    ),
    re.MULTILINE,
)
_BEFORE_CAREERS = re.compile(r"([a-z0-9-]{3,}?)-?(?:careers?|jobs?|recruit(?:ing|ment)|hr)$")
_BELOW = re.compile(
    r"^[ #*_]*(?P<heading>[A-ZÀ-Þ][^\n]{3,40}?)[ :*_#]*\n\s{0,4}[*_]{0,3}"
    rf"(?P<name>[A-Za-z][\w&-]{{1,30}}[A-Za-z](?: {_NAME}){{0,3}}) (?:is|are|was)\b",
    re.MULTILINE,
)
_COMPANY_IS = re.compile(rf"(?:\b[Tt]he|\b[Oo]ur) (?:company|employer|client) is (?P<name>{_NAME}(?: {_NAME}){{0,3}})(?=[,.(]| [-–—])")
_OWNING = compile_later(
    lambda: (
        rf"(?P<name>{_NAME})(?:['’]s)? (?:[A-Z][a-z]{{2,20}} ){{0,2}}(?:{read_lexicon('employer_words')['others']['rules']})\b"
        rf"|\b(?:{read_lexicon('employer_words')['others']['products']}) \((?P<product>{_NAME})\)"
        rf"|(?:^|[.!?] )In (?P<at>{_NAME}), (?:{read_lexicon('employer_words')['at']['we']})\b"
    ),
    re.MULTILINE,
)

_TOLD_OF = re.compile(
    rf"(?:^|[.!?]\s)(?:Headquartered|Based|Founded|Started) in [^.!?\n]{{3,60}}, (?P<name>{_NAME}(?: {_NAME}){{0,2}}) is\b", re.MULTILINE
)
"""How a posting brings in who writes it: "Headquartered in Ghent, Loafly is ..."."""

_PARENT = re.compile(
    r"^(?:department|agency|organi[sz]ation|ministry|ministère|administration) *: *([^\n:]{3,80}?) *$", re.MULTILINE | re.IGNORECASE
)
"""What a public employer is part of, as boards' formats and pasted heads write it."""

_LEAST_INITIALS, _MOST_SAID_FROM = 3, 3


def _parent_of(text: str, company: str) -> Iterator[str]:
    """Yield what a public employer is part of, and its initials where the text has them: people ask for "nasa"."""
    if (parent := _PARENT.search(text)) is None or fold(parent[1]) == fold(company):
        return
    yield parent[1]
    initials = "".join(word[0] for word in parent[1].split() if word[0].isupper())
    if len(initials) >= _LEAST_INITIALS and re.search(rf"\b{initials}s?\b", text):
        yield initials


def _without_lead(text: str, company: str) -> Iterator[str]:
    """Yield the name that a text says over and over where its company is called by an address that leads to it: "getloafly"."""
    rests = (
        company.removeprefix(lead).capitalize() for lead in read_lexicon("companies")["address_leads"].split() if company.startswith(lead)
    )
    yield from (rest for rest in rests if len(rest) > _LEAST_INITIALS and text.count(rest) >= _MOST_SAID_FROM)


def _short_names(text: str, company: str) -> Iterator[str]:
    """Yield the short form that stands in brackets behind the company's name."""
    found = re.search(rf"{re.escape(company)} \(([A-Z][A-Za-z&]{{1,7}})\)", text) if company else None
    yield from (found[1],) if found and not found[1][1:].islower() else ()


def _longer_names(text: str, company: str) -> Iterator[str]:
    """Yield the company's name with a word behind it that tells it from others of that name: "Hooli Research"."""
    lexicon = read_lexicon("companies")
    telling = {*lexicon["generic"].split(), *lexicon["telling_generic"].split()}
    named = re.finditer(rf"(?<!\w){re.escape(company)} ([A-Z][a-z]+)(?!\w)", text) if company else ()
    yield from (match[0] for match in islice(named, _MOST_LOOKED_AT) if match[1].lower() in telling)


def _said_most(text: str) -> Iterator[str]:
    """Yield the strange names that a text without a company says most within its sentences, also as in "Loafly Ovens"."""
    inside = Counter(match["name"] for match in islice(_WITHIN.finditer(text), _MOST_LOOKED_AT))
    said = {name: len(re.findall(rf"\b{re.escape(name)}\b", text)) for name in inside if not _is_known(name, text)}
    most = sorted((name for name, count in said.items() if count >= _LEAST_SAID), key=lambda name: -said[name])
    yield from most[:_MOST_SAID]


def _is_known(name: str, text: str) -> bool:
    """Tell whether a name, or a part of it, is a word, or it is a place, short or a tool, or stands in small letters too."""
    is_short = len(name) <= _LEAST_INITIALS or (name.isupper() and len(name) < _LEAST_OF_CAPITALS and text.count(name) < _MOST_SAID_FROM)
    is_word = is_short or fold(name) in _other_words() or is_place_name(name) or name.lower() in technology_names()
    return is_word or any(is_english(part) for part in fold(name).split("-")) or f" {name.lower()} " in text


_WITHIN = re.compile(rf"(?:\b[a-zß-ÿ][\w’'-]{{0,30}} |[,;] )[*_]{{0,2}}(?P<name>{_NAME})")
_OF_WORDS = re.compile(rf"\b{_NAME}(?: {_NAME}){{1,3}}")
_LEAST_OF_WORD, _LEAST_SAID, _LEAST_OF_CAPITALS, _MOST_SAID = 3, 2, 6, 2


def _spelt_in_full(short: str, text: str) -> Counter[str]:
    """Return the names that are said more than once and whose words begin as the short name of an address spells: "octbakery"."""
    letters = re.sub(r"[^a-z0-9]", "", short)
    said: Counter[str] = Counter()
    for match in islice(_OF_WORDS.finditer(text), _MOST_LOOKED_AT):
        words = match[0].split()
        runs = (words[start : start + size] for start in range(len(words)) for size in range(2, len(words) - start + 1))
        said.update(" ".join(run) for run in runs if is_short_for(letters, [fold(word) for word in run], least=_LEAST_OF_WORD))
    return Counter({name: count for name, count in said.items() if count >= _LEAST_SAID})


def is_short_for(letters: str, words: Sequence[str], *, least: int) -> bool:
    """
    Tell whether letters are beginnings of these words, so many of each at least, one after the other.

    >>> is_short_for("dinum", ["direction", "interministerielle", "numerique"], least=1), is_short_for("bb", ["bureau", "ovens"], least=1)
    (True, False)
    """
    if not words or not letters:
        return not words and not letters
    first, *rest = words
    sizes = range(least, len(first) + 1)
    return any(letters.startswith(first[:size]) and is_short_for(letters[size:], rest, least=least) for size in sizes)


_LINK = re.compile(r"\[([^\[\]\n]{1,80})\]\([^()\n]{0,300}\)")
_LINKED = re.compile(r"\[([^\[\]\n]{3,60})\]\(https?://(?:www\.)?([\w-]+)\.")
"""A name, and the address of a site; where both say the same, it is a site of its own."""


@cache
def _other_words() -> frozenset[str]:
    """Return words that are no names of a company though a capital begins them: "The Platform team", "the React team"."""
    ordinary, companies = read_lexicon("ordinary_words"), read_lexicon("companies")
    words = (ordinary["words"], ordinary["everyday"], companies["generic"], companies["famous"], read_lexicon("roles")["words"]["role"])
    technologies = (name.casefold() for table in read_lexicon("skills")["any_case"].values() for name in table)
    return frozenset((*technologies, *(word for text in words for word in text.split())))
