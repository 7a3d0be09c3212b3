"""Two companies side by side: "compare flex and nomad", "who pays more, flex or nomad?"."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.answering.replies import reply_to
from bot.answering.subject import Asked, Subject
from bot.domain.answer import Telling
from bot.domain.fact import Quote
from bot.domain.posting import KeptPosting
from bot.matching.company_index import CompanyIndex
from bot.matching.company_key import company_key
from bot.matching.company_match import CompanyMatch, Found
from bot.matching.match_company import match_company
from bot.matching.mentions import find_company_mention
from bot.topics import BY_NAME

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
