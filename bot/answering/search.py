"""Questions across postings: "who hires in Kenya?", "which ones want PyTorch?", "what pays over 200k?"."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answering.asking import Asked, Subject
from bot.answering.replies import reply_to
from bot.answering.verdicts import find_asked_amount
from bot.domain.answer import State, Telling
from bot.domain.facts import Quote
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Criterion
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import CompanyMatch, Found, company_key
from bot.questions.match_company import match_company
from bot.questions.mentions import find_company_mention
from bot.questions.title_index import common_role_words, read_role_words, role_nouns
from bot.questions.topic import find_asked_values
from bot.text.clean import fold_space
from bot.topics import BY_NAME
from bot.topics.countries import hiring_in
from bot.topics.skills import skill_key

MOST_SHOWN = 10
_MOST_ITEMS = 6
MOST_LOOKED_AT = 200
"""Postings that meet the criteria and are looked at for the role; the newest come first."""

_THINGS = r"(?:compan|job|posting|role|employer|position|opening)"
_SOME = r"(?:\w+\s){0,3}?"
_ACROSS = re.compile(
    rf"^\W*(?:(?:hey|hi|ok|so),?\s)?(?:who\b(?!\s(?:would|do|will|is my|can) i)|which\s(?:ones?\b|{_THINGS})|what\s(?:pays|{_THINGS})"
    rf"|any(?:one|body)?\s{_SOME}(?:{_THINGS}|hiring|that|who|with|paying|in)|anyone\b|are there\b|is there (?:any|a) {_SOME}{_THINGS}"
    rf"|show\b|list\b|find\b|search\b|remote\s{_SOME}jobs|jobs?\s(?:in|with|for|that|paying|from)\b)",
    re.IGNORECASE,
)
"""How a question begins that asks for a list of postings."""

_CURRENCIES = {"$": ("USD",), "£": ("GBP",), "€": ("EUR",), "₹": ("INR",)}
_ANY_CURRENCY = (
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "CHF",
    "SGD",
    "NZD",
    "PLN",
    "SEK",
    "NOK",
    "DKK",
    "BRL",
    "INR",
    "MXN",
    "ZAR",
    "ILS",
    "JPY",
    "CZK",
    "HUF",
    "RON",
)
_LESS_THAN = 0.1
_LARGEST_HOURLY = 500.0
"""A smaller amount is paid by the hour, where the question does not say."""

_YEARS = re.compile(
    r"\b(?P<side>under|less than|at most|up to|max(?:imum)?|only)?\s?(?P<years>\d{1,2})\s?\+?\s?(?:yrs?|years?|yoe)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Search:
    """What postings must state to be listed."""

    criteria: tuple[Criterion, ...]
    role: str = ""
    """The question's words, for the role that it names."""


def make_search(text: str, asked: Asked) -> Search | None:
    """Return what a question without a company searches for; None if it asks for no list or names nothing to go by."""
    if not _ACROSS.match(text):
        return None
    criteria = tuple(_find_criteria(text, asked))
    return Search(criteria=criteria, role=text) if criteria else None


def _find_criteria(text: str, asked: Asked) -> Iterator[Criterion]:
    words = {word.text for word in asked.words}
    if asked.place is not None and not asked.place.outside:
        yield hiring_in(asked.place.code)
    yield from (Criterion(topic="skills", keys=(skill_key(name),)) for name in asked.named)
    years = _YEARS.search(text)
    if years is None and (asked_amount := find_asked_amount(text)) is not None:
        yield _ask_for_pay(text, asked_amount[0], is_less=asked_amount[1])
    elif years is not None:
        at_most = float(years["years"]) - (_LESS_THAN if (years["side"] or "").lower() in {"under", "less than"} else 0.0)
        yield Criterion(topic="experience", keys=("years",), at_most=at_most)
    if "visa" in words or "visas" in words or asked.topic == "visa":
        yield Criterion(topic="visa", keys=("yes",))
    yield from (Criterion(topic="workplace", keys=(value,)) for value in find_asked_values("workplaces", words))
    if asked.topic == "employment_type":
        yield from (Criterion(topic="employment_type", keys=(value,)) for value in find_asked_values("contracts", words))


def _ask_for_pay(text: str, amount: float, *, is_less: bool) -> Criterion:
    currencies = next((codes for sign, codes in _CURRENCIES.items() if sign in text), _ANY_CURRENCY)
    period = "hour" if amount <= _LARGEST_HOURLY or re.search(r"\bhour", text, re.IGNORECASE) else "year"
    period = "month" if re.search(r"\bmonth", text, re.IGNORECASE) else period
    keys = tuple(f"{currency}/{period}" for currency in currencies)
    return Criterion(topic="pay", keys=keys, at_most=amount) if is_less else Criterion(topic="pay", keys=keys, at_least=amount)


def fits_role(search: Search, title: str) -> bool:
    """
    Tell whether a title has the role that the search names; without any, every posting fits.

    The words that tell roles apart must all be there: "data engineer" is no other engineer.
    """
    asked, words = read_role_words(search.role), read_role_words(title)
    named = asked.own_terms & role_nouns()
    telling = named - common_role_words()
    return telling <= words.terms if telling else not named or bool(named & words.terms)


def tell_found(search: Search, found: Sequence[KeptPosting], *, count: int) -> tuple[State, Telling, tuple[Quote, ...]]:
    """Say which postings state what is searched for, each with its statement and link."""
    if not found:
        return State.NOT_STATED, Telling(sentence="None of the postings here states that."), ()
    items = tuple(_tell_one(one.posting, search.criteria) for one in found)
    quotes = tuple(quote for one in found for quote in _quotes_of(one.posting, search.criteria[0]))
    more = f" The newest {len(found)}:" if count > len(found) else ""
    sentence = f"{count} posting{' states' if count == 1 else 's state'} that.{more}"
    return State.ANSWERED, Telling(sentence=sentence, items=items), quotes


def _quotes_of(posting: Posting, criterion: Criterion) -> tuple[Quote, ...]:
    facts = BY_NAME[criterion.topic].facts_in(posting)
    if criterion.topic == "skills":
        facts = tuple(fact for fact in facts if skill_key(fact.value) in criterion.keys)
    return tuple(fact.quote for fact in facts[:1])


def _tell_one(posting: Posting, criteria: Sequence[Criterion]) -> str:
    name = ", ".join(part for part in (posting.company, posting.title) if part) or posting.source
    said = "; ".join(dict.fromkeys(_tell_briefly(posting, criterion) for criterion in criteria))
    return fold_space(f"{name}: {said}{f' {posting.link}' if posting.link else ''}")


def _tell_briefly(posting: Posting, criterion: Criterion) -> str:
    topic = BY_NAME[criterion.topic]
    facts = topic.facts_in(posting)
    if criterion.topic == "skills":
        return ", ".join(fact.value for fact in facts if skill_key(fact.value) in criterion.keys)
    told = topic.tell(facts)
    shown = ", ".join(told.items) if len(told.items) <= _MOST_ITEMS else ""
    return f"{told.sentence} {shown}".strip().rstrip(".")


# Two companies side by side: "compare flex and nomad", "who pays more, flex or nomad?".

_COMPARES = re.compile(r"\b(?:compare|comparison|versus|vs|difference|differ|better|more|and|or)\b|[,&/]", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:compare|comparison of|difference between|between|versus|vs\.?|and|or|with|to)\b|[,&/?]", re.IGNORECASE)
_LONGEST_NAME = 3
_SIDE_BY_SIDE = ("pay", "countries", "workplace", "experience", "education")


def find_other_company(first: CompanyMatch | None, rest: str, *, index: CompanyIndex, scopes: Collection[str]) -> Found | None:
    """Return the second company of a question, where the first one was found and the rest joins another one to it."""
    if not isinstance(first, Found) or not _COMPARES.search(rest):
        return None
    mention = find_company_mention(rest, index, scopes=scopes)
    matches = [mention.match] if mention else _named_beside(rest, index, scopes=scopes)
    found = (match for match in matches if isinstance(match, Found) and match.key != first.key)
    return next(found, None)


def _named_beside(rest: str, index: CompanyIndex, *, scopes: Collection[str]) -> Iterator[CompanyMatch]:
    """Yield the companies whose name is spelt out right beside "and", "or", "vs" or "compare", where nothing else marks it as one."""
    for piece in _JOINED.split(rest):
        words = piece.split()
        for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
            for name in {" ".join(words[:size]), " ".join(words[-size:])}:
                if index.holding(company_key(name), scopes):
                    yield match_company(name.strip(" ?.!"), index, scopes=scopes)


def tell_side_by_side(kept: Sequence[KeptPosting], asked: Asked | None, *, locale: str) -> tuple[tuple[Telling, ...], tuple[Quote, ...]]:
    """Tell each posting's statements on what is asked, or on what people compare first."""
    topics = (asked.topic, *asked.also) if asked and asked.topic in BY_NAME else _SIDE_BY_SIDE
    tellings: list[Telling] = []
    quotes: list[Quote] = []
    for one in kept:
        items: list[str] = []
        for topic in topics:
            reply = reply_to(Subject(one, replace(asked, topic=topic, also=()) if asked else Asked(topic=topic), locale))
            items.append(f"{BY_NAME[topic].label}: {' '.join([reply.telling.sentence, ', '.join(reply.telling.items)]).strip()}")
            quotes += reply.quotes[:2]
        name = ", ".join(part for part in (one.posting.company, one.posting.title) if part)
        tellings.append(Telling(sentence=f"{name}:", items=tuple(items)))
    return tuple(tellings), tuple(dict.fromkeys(quotes))
