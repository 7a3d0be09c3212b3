"""A list of postings: what is asked becomes what the index looks for, and what it finds is told page by page."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import islice
from operator import and_, or_
from typing import Any, NamedTuple

from bot.answering.across import (
    WANTED,
    Standing,
    Told,
    chart_pay,
    criteria_of,
    is_measured,
    looks_in_lists,
    name_posting,
    name_some,
    names_something,
    reads_texts,
    render_briefly,
    render_left_out,
    render_silent,
    say_none,
    topics_of,
    wants_silence,
    weigh,
)
from bot.answering.answers import refer_to
from bot.answering.fit import doers_like, named_in_role
from bot.answering.reply import NO, YES, name_subject, quotes_of
from bot.domain.answer import Listing, Rendered, State
from bot.domain.facts import EducationLevel, Fact, Period
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Criterion, Form, Order, Query, Side, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import company_key
from bot.questions.title_index import WITH_DOER, common_role_words, doers, rank_sign, read_role_words, seeks_beginners
from bot.storage.search import newest_of, to_bits
from bot.storage.store import Store
from bot.text.clean import fold_space
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.translations import say, say_of
from bot.text.words import find_subjects, read_words
from bot.topics import BY_NAME
from bot.topics.eligible_places import hiring_in
from bot.topics.employment_type import EmploymentType, alike_types
from bot.topics.experience import OF_BEGINNERS
from bot.topics.pay import EACH, units_of
from bot.topics.skills import is_known_skill, skill_key
from bot.topics.workplace import Workplace

ON_PAGE = 5
MOST_WEIGHED = 2_000
"""Postings whose facts are weighed one by one, for what the index has no keys for; of more, the newest that it leaves."""

_MOST_REMEMBERED = 100
"""Postings that "which of those" is read from."""

_FEW = 500
"""Of so few postings the whole texts are looked through for a thing that is named, not only what is filed."""

_LEVELS = tuple(EducationLevel)


# What the index looks for.


def to_criterion(ask: Ask) -> Criterion | None:
    """
    Return what the index looks for; None where it has no keys for what is asked, which is then weighed fact by fact.

    >>> to_criterion(Ask(topic="workplace", values=("remote",))).against
    ('hybrid', 'onsite')
    """
    is_plain = not (ask.is_denied or ask.is_only or ask.is_must) and (ask.place is None or ask.topic == "countries")
    return _CRITERIA[ask.topic](ask) if is_plain and ask.topic in _CRITERIA else None


def _find_place(ask: Ask) -> Criterion | None:
    place = ask.place
    if place is None or place.country is None or place.alternatives or place.city:
        return None
    return hiring_in(place.country, part=place.state)


def _find_skill(ask: Ask) -> Criterion | None:
    keys = tuple(dict.fromkeys(map(skill_key, ask.about)))
    is_known = bool(keys) and ask.years is None and all(map(is_known_skill, keys))
    return Criterion(topic="skills", keys=keys) if is_known else None


def _find_workplace(ask: Ask) -> Criterion | None:
    is_there = Workplace.ONSITE in ask.values  # who must come in on some days may count as that
    others = tuple(one.value for one in Workplace if one not in ask.values and not (is_there and one is Workplace.HYBRID))
    return Criterion(topic="workplace", keys=ask.values, against=others) if ask.values else None


def _find_contract(ask: Ask) -> Criterion | None:
    others = tuple(one.value for one in EmploymentType if all(one in alike_types(value) and one != value for value in ask.values))
    return Criterion(topic="employment_type", keys=ask.values, against=others) if ask.values else None


def _find_visa(ask: Ask) -> Criterion | None:
    return Criterion(topic="visa", keys=("yes",), against=("no",)) if ask.values in ((), ("yes",)) else None


def _find_degree(ask: Ask) -> Criterion | None:
    """Look for a degree that is enough: none higher is required."""
    if ask.level is None or not (ask.is_own or ask.level is EducationLevel.NONE):
        return None
    higher = tuple(f"required:{level.value}" for level in _LEVELS[_LEVELS.index(ask.level) + 1 :])
    return Criterion(topic="education", keys=tuple(_LEVELS), without=higher)


def _find_years(ask: Ask) -> Criterion | None:
    if ask.years is None or ask.level is not None or ask.years.is_strict:
        return None
    if ask.years.is_own or ask.is_own or ask.years.side is Side.LESS:
        return Criterion(topic="experience", keys=("years",), against=("years",), at_most=ask.years.value)
    more = Criterion(topic="experience", keys=("years",), against=("years",), at_least=ask.years.value)
    return more if ask.years.side is Side.MORE else None


def _find_pay(ask: Ask) -> Criterion | None:
    if ask.amount is None or ask.amount.side in (Side.EXACT, Side.WITHIN) or ask.amount.end is not None:
        return None
    keys, is_less = units_of(ask.amount), ask.amount.side is Side.LESS
    unsure = tuple(f"{key}{'-' if is_less else '+'}" for key in keys)
    bound: dict[str, float] = {"at_most" if is_less else "at_least": ask.amount.value}
    return Criterion.model_validate({"topic": "pay", "keys": keys, "against": keys, "unsure": unsure, **bound})


_CRITERIA: dict[str | None, Callable[[Ask], Criterion | None]] = {
    "countries": _find_place,
    "skills": _find_skill,
    "workplace": _find_workplace,
    "employment_type": _find_contract,
    "visa": _find_visa,
    "education": _find_degree,
    "experience": _find_years,
    "pay": _find_pay,
}


# Which postings fit, as sets of their ids.


@dataclass(frozen=True)
class Sorted:
    """The postings that are asked about, by how they stand to it."""

    here: int
    fitting: int
    silent: int
    """Those that leave open whether they fit."""

    each: tuple[int, ...] = ()
    """For each thing that is asked those that fit it."""

    beyond: int = 0
    """Those that would fit, being open to a place within a larger one, where others name the place that is asked for."""

    unlike: int = 0
    """Of those that leave it open, the ones that state their pay, in another currency or for another period than is asked for."""

    by_pay: "ByPay | None" = None
    """How they are sorted by pay, where they are."""


class ByPay(NamedTuple):
    """How a list is sorted by pay: only what is stated in one currency and for one period can be."""

    unit: str
    """The currency and period that come first: "USD/year"."""

    unlike: int
    """How many state their pay otherwise; they come behind, each currency and period for itself."""

    silent: int
    """How many state none; they come last."""


async def sort_out(store: Store, query: Query, *, index: CompanyIndex, scopes: Collection[str]) -> Sorted:
    """Return which postings fit all that is asked and which leave it open: one no is enough for no, and one silence for silence."""
    asks = criteria_of(query)
    criteria = [to_criterion(ask) for ask in asks]
    weighed = await store.weigh([one for one in criteria if one is not None], scopes=scopes, with_closed=query.with_closed)
    role, other_role = await _with_role(store, query, index, scopes)
    here = weighed.here & _spoken_of(query, index, scopes)
    pairs = [*weighed.each, *([(role, other_role)] if role is not None else [])]
    found = Sorted(
        here,
        reduce(and_, (fitting for fitting, _ in pairs), here),
        here & ~reduce(or_, (wrong for _, wrong in pairs), 0),
        tuple(fitting for fitting, _ in pairs),
    )
    is_named = any(ask.topic == "skills" for ask in asks) and here.bit_count() <= _FEW
    if None in criteria or is_named or query.fields:
        found = await _weigh_facts(store, query, found, scopes=scopes)
    beyond = await _open_to_more(store, query, found, scopes=scopes)
    silent = found.silent & ~found.fitting
    unlike = await _pay_otherwise(store, query, silent=silent, scopes=scopes)
    return Sorted(here, found.fitting & ~beyond, silent, found.each, beyond, unlike)


async def _pay_otherwise(store: Store, query: Query, *, silent: int, scopes: Collection[str]) -> int:
    """Return which of these state their pay, but in none of the currencies and periods of the amount that is asked for."""
    amount = next((ask.amount for ask in query.asks if ask.amount), None)
    if amount is None or not silent:
        return 0
    units = units_of(amount)
    stated = (await store.weigh(_units_of_pay(), scopes=scopes, with_closed=query.with_closed)).each
    own, other = 0, 0
    for criterion, (fitting, _) in zip(_units_of_pay(), stated, strict=True):
        own, other = (own | fitting, other) if criterion.keys[0] in units else (own, other | fitting)
    return silent & other & ~own


async def _open_to_more(store: Store, query: Query, found: Sorted, *, scopes: Collection[str]) -> int:
    """
    Return the fitting postings that do not name the place where jobs are asked for, as long as others do.

    "Who is hiring in Missouri" wants those of Missouri and not whoever hires all over the country; who lives there may take any.
    """
    ask = next((ask for ask in query.asks if ask.topic == "countries" and ask.place), None)
    place = ask.place if ask else None
    is_remote = any(value == Workplace.REMOTE for one in query.asks for value in one.values)
    if ask is None or place is None or place.country is None or place.alternatives or is_remote or query.order is Order.FIT:
        return 0
    if ask.is_own or ask.is_only or ask.is_denied or _OPEN_TO.search(ask.words):
        return 0
    key = f"{place.country}-{place.state}" if place.state else place.country
    named = ~found.beyond if place.city else (await store.weigh([Criterion(topic="countries", keys=(key,))], scopes=scopes)).each[0][0]
    return found.fitting & ~named if named & found.fitting else 0


_OPEN_TO = compile_later(lambda: rf"(?i)(?<!\w)(?:{one_of(read_lexicon('asked_logic')['where']['open_to'])})(?!\w)")


async def _weigh_facts(store: Store, query: Query, found: Sorted, *, scopes: Collection[str]) -> Sorted:
    """Weigh the facts of postings that are not out of the question."""
    ids = list(newest_of(found.fitting | found.silent, MOST_WEIGHED))
    with_text = reads_texts(query) and len(ids) <= _FEW
    sketched = await store.sketch(topics_of_query(query), scopes=scopes, ids=ids, with_text=with_text)
    asks = criteria_of(query)
    each = (weigh(one, query, asks=asks) for one in sketched)
    standings = await asyncio.to_thread(list, each) if with_text else list(each)
    fitting = to_bits(one.kept.id for one in standings if one.verdict is YES)
    silent = to_bits(one.kept.id for one in standings if one.verdict is not NO)
    return Sorted(found.here, fitting, silent, (*found.each, fitting), to_bits(one.kept.id for one in standings if one.is_beyond))


def _spoken_of(query: Query, index: CompanyIndex, scopes: Collection[str]) -> int:
    """Return the postings that a list is narrowed to: -1, which has every bit, where it is not."""
    companies = [target for target in query.targets if target.kind is TargetKind.FOUND]
    chosen = [number for one in companies if ":" in one.typed or not one.company for number in one.postings]  # with a role, or a number
    own = chosen or [entry.id for one in companies for entry in index.entries(company_key(one.company or ""), scopes)]
    return (to_bits(query.within) if query.within else -1) & (to_bits(own) if companies else -1) & ~to_bits(query.without)


async def _with_role(store: Store, query: Query, index: CompanyIndex, scopes: Collection[str]) -> tuple[int | None, int]:
    """
    Return the postings whose titles have the role that is named, and those that have not; None where none is named.

    The words that tell roles apart must all be there, and no other rank; a title without a rank leaves that open,
    but for beginners, who fit where no year is asked for.
    """
    if not query.role:
        return None, 0

    def titled(signs: Iterable[str]) -> int:
        return to_bits(index.titles.with_any(set(signs), scopes))

    asked = read_role_words(query.role)
    named, telling = named_in_role(asked), asked.own_terms - common_role_words()
    having = reduce(and_, (titled([term]) for term in telling), -1) if telling else titled(named) if named else -1
    if wanted := doers(asked.own_terms):
        having &= titled(doers_like(wanted)) | ~titled([WITH_DOER])
    if not asked.ranks:
        return having, ~having
    own, ranked = titled(map(rank_sign, asked.ranks)), titled(index.titles.ranks(scopes))
    fitting, other = having & own, ~having | (ranked & ~own)
    if not seeks_beginners(query.role):
        return fitting, other
    (few, _), (_, many) = (await store.weigh(OF_BEGINNERS, scopes=scopes, with_closed=query.with_closed)).each
    return fitting | (few & ~other), other | (many & ~fitting)


# In which order they come.


class Ranked(NamedTuple):
    """What a question for the most or least comes to."""

    ask: Ask
    criteria: tuple[Ask, ...]
    """What those that are ranked must state: "which remote job pays most"."""

    beside: tuple[Ask, ...]
    """What is asked besides of the first: "who pays most, and is it remote?"."""


def find_ranked(query: Query) -> Ranked | None:
    """Return what is asked for the most or least of, with what it is asked among; None where nothing has a most."""
    asks = [ask for ask in query.asks if ask.topic]
    place = next((place for place, ask in enumerate(asks) if is_measured(ask)), None)
    if query.form not in (Form.MOST, Form.LEAST) or place is None:
        return None
    ask, others = asks[place], [*asks[:place], *asks[place + 1 :]]
    among = [one for one in others if (one in asks[:place] or one.words == ask.words) and (names_something(one) or one.topic in WANTED)]
    return Ranked(ask, tuple(among), tuple(one for one in others if one not in among))


async def put_in_order(store: Store, query: Query, *, found: Sorted, scopes: Collection[str]) -> tuple[Sorted, list[int]]:
    """Return the ids of the postings of a query's page and the next ones, in their order, with what is to be said of that."""
    listed, skipped = _listed(query, found), query.page * ON_PAGE
    if query.order is Order.PAY:
        ids, by_pay = await _put_by_pay(store, query, shown=listed, most=skipped + _MOST_REMEMBERED, scopes=scopes)
        return replace(found, by_pay=by_pay), ids[skipped:]
    in_order = _by_fit(found, listed) if query.order is Order.FIT else _newest((listed & ~found.unlike, listed & found.unlike))
    return found, list(islice(in_order, skipped, skipped + _MOST_REMEMBERED))


def _listed(query: Query, found: Sorted) -> int:
    """Return the postings that the pages of a list show."""
    return found.silent if query.is_silent else found.fitting | found.silent if query.order is Order.FIT else found.fitting


def _by_fit(found: Sorted, listed: int) -> Iterator[int]:
    """Yield those that fit, and behind them those that leave something open, what states most first."""
    levels = [listed]
    for fitting in found.each:
        levels = [levels[0], *(more | before & fitting for before, more in zip(levels, [*levels[1:], 0], strict=True))]
    yield from _newest(level & ~above for level, above in zip(levels[::-1], [0, *levels[:0:-1]], strict=True))


def _newest(groups: Iterable[int]) -> Iterator[int]:
    """Yield the postings of some sets, one set behind the other, the newest first."""
    for group in groups:
        yield from newest_of(group, group.bit_count())


async def _put_by_pay(store: Store, query: Query, *, shown: int, most: int, scopes: Collection[str]) -> tuple[list[int], ByPay | None]:
    """Return the postings with the highest pay first: in what is asked for or most state, then in each other unit, and those without."""
    asked = next((ask.amount for ask in query.asks if ask.amount), None)
    wanted = units_of(asked) if asked else ()
    stated = (await store.weigh(_units_of_pay(), scopes=scopes, with_closed=query.with_closed)).each
    units = (criterion.keys[0] for criterion in _units_of_pay())
    those = {unit: fitting & shown for unit, (fitting, _) in zip(units, stated, strict=True) if fitting & shown}
    if not those:
        return list(newest_of(shown, most)), None
    ids: list[int] = []
    left, ranked = shown, sorted(those, key=lambda unit: (unit not in wanted, -those[unit].bit_count()))
    for unit in ranked:
        if (own := those[unit] & left) and len(ids) < most:
            figures = await store.read_figures("pay", [unit], scopes=scopes)
            ids += figures[unit].highest(own, most - len(ids)) if unit in figures else ()
        left &= ~own
    unlike = (shown & ~left & ~those[ranked[0]]).bit_count()
    return [*ids, *newest_of(left, most - len(ids))], ByPay(ranked[0], unlike, left.bit_count())


@cache
def _units_of_pay() -> tuple[Criterion, ...]:
    """Return what asks for each currency and period that pay may be stated in."""
    currencies = read_lexicon("currencies")["codes"]["known"]
    return tuple(Criterion(topic="pay", keys=(f"{currency}/{per.value}",)) for currency in currencies for per in Period)


# How a page of it is told.

_TOLD_FIRST = ("pay", "countries", "workplace")


def topics_of_list(query: Query) -> frozenset[str]:
    """Return the topics that are told of each posting of a list."""
    return topics_of_query(query).union(_TOLD_FIRST)


def topics_of_query(query: Query) -> frozenset[str]:
    """Return the topics whose facts tell how a posting stands to a query; a kind of employer is told by what is said of the company."""
    return topics_of(query.asks).union(("company",) if query.fields else (), ("experience",) if seeks_beginners(query.role) else ())


def count_pages(query: Query, found: Sorted) -> int:
    """Return how many pages a list has, at least one."""
    return max(1, -(-_listed(query, found).bit_count() // ON_PAGE))


def render_list(query: Query, found: Sorted, *, kept: Sequence[KeptPosting], locale: str) -> Told:
    """
    Say how many postings fit and how many do not say, and of those on the page what each states.

    `kept` are those of the page, with some that are open to more than the place; where none fits, those that leave it open, to be named.
    """
    beyond, kept = [one for one in kept if found.beyond >> one.id & 1], [one for one in kept if not found.beyond >> one.id & 1]
    shown = kept if query.is_silent or found.fitting or query.order is Order.FIT else ()
    silent = found.silent.bit_count()
    counts = {"number": found.fitting.bit_count(), "total": found.here.bit_count(), "silent": silent}
    pages, is_silent = count_pages(query, found), query.is_silent
    listing = Listing(fitting=counts["number"], silent=silent, total=counts["total"], page=query.page, pages=pages, is_silent=is_silent)
    listing = listing.model_copy(update={"beyond": () if is_silent else tuple(map(refer_to, beyond))})
    unsaid = " ".join(told.sentence for told in _render_open(found, (), locale=locale))
    tellings = [Rendered(sentence=unsaid if query.is_silent else _say_how_many(query, counts, locale=locale))]  # next come those shown
    place = query.page * ON_PAGE
    standings = [weigh(one, query) for one in shown]
    tellings += [_render_hit(one, number, locale=locale) for number, one in enumerate(standings, place + 1)]
    if listing.pages > 1:
        tellings.append(Rendered(sentence=say("Page {page} of {pages}", locale, page=listing.page + 1, pages=listing.pages)))
    if found.by_pay is not None:
        tellings += _render_order(found.by_pay, locale=locale)
    if found.beyond and not query.is_silent:
        number = found.beyond.bit_count()
        names = name_some(beyond, number, locale=locale)
        sentence = "1 more is open to people there: {names}" if number == 1 else "{number} more are open to people there: {names}"
        tellings.append(Rendered(sentence=say(sentence, locale, number=number, names=names)))
    if silent and not query.is_silent and query.order is not Order.FIT:
        tellings += _render_open(found, () if shown else kept, locale=locale)
    state = State.ANSWERED if found.fitting or not silent or silent < counts["total"] else State.NOT_STATED
    quotes = tuple(quote for one in standings for _, facts in one.facts for quote in quotes_of(facts)[:1])
    chart = chart_pay(shown, locale=locale)
    tellings += render_left_out(chart, locale=locale)
    return Told(state, tuple(tellings), tuple(shown), tuple(dict.fromkeys(quotes)), listing=listing, chart=chart)


def _render_open(found: Sorted, kept: Sequence[KeptPosting], *, locale: str) -> list[Rendered]:
    """Say how many leave it open, with the names of those that are given: because they do not say, or say it of another currency."""
    unlike = found.unlike.bit_count()
    silent = found.silent.bit_count() - unlike
    named = [one for one in kept if not found.unlike >> one.id & 1]
    told = [render_silent(silent, named, locale=locale)] if silent or not unlike else []
    sentence = (
        "1 states its pay in another currency or for another period."
        if unlike == 1
        else "{number} state their pay in other currencies or for other periods."
    )
    return [*told, Rendered(sentence=say(sentence, locale, number=unlike))] if unlike else told


def _say_how_many(query: Query, counts: dict[str, int], *, locale: str) -> str:
    if not (criteria_of(query) or query.role or query.fields) and counts["total"]:
        return say("1 posting is here:" if counts["number"] == 1 else "{number} postings are here:", locale, **counts)
    if query.order is Order.FIT and counts["silent"]:
        return say("They fit: {number} of {total}. Left open, at the end: {silent}.", locale, **counts)
    if not counts["number"] and query.is_own and counts["total"]:
        return say("None of the {total} postings here fits.", locale, **counts)
    if not counts["number"]:
        is_job = counts["total"] and not criteria_of(query)
        return say("Among the {total} postings here is no such job.", locale, **counts) if is_job else say_none(counts["total"], locale)
    if any(map(wants_silence, query.asks)):
        return say("{number} of {total} postings do not say:", locale, **counts)  # "which give no salary"
    is_named = bool(query.role or query.fields) or any(names_something(ask) or ask.topic in WANTED or ask.is_denied for ask in query.asks)
    return say("{number} of {total} postings fit:" if is_named else "{number} of {total} postings say:", locale, **counts)


def _render_order(by_pay: ByPay, *, locale: str) -> Iterator[Rendered]:
    """Say by which pay a list is sorted, and how many come behind because their pay cannot be compared with it."""
    if not by_pay.unlike and not by_pay.silent:
        return
    currency, _, per = by_pay.unit.partition("/")
    told = [say("Sorted by pay in {unit}.", locale, unit=f"{currency} {say(EACH[Period(per)], locale)}")]
    if by_pay.unlike:
        unlike = (
            "1 states its pay in another currency or for another period and comes behind."
            if by_pay.unlike == 1
            else "{number} state their pay in other currencies or for other periods and come behind."
        )
        told.append(say(unlike, locale, number=by_pay.unlike))
    if by_pay.silent:
        silent = "1 states no pay and comes last." if by_pay.silent == 1 else "{number} state no pay and come last."
        told.append(say(silent, locale, number=by_pay.silent))
    yield Rendered(sentence=" ".join(told))


def _render_hit(one: Standing, number: int, *, locale: str) -> Rendered:
    """Tell a posting in a few lines: its place and pay, then what it says to each thing that is asked."""
    said = {ask.topic: (ask, facts) for ask, facts in one.facts if not looks_in_lists(ask)}
    asked = [(ask, facts) for ask, facts in one.facts if ask.topic not in said or ask.topic not in _TOLD_FIRST]
    first = [said.get(name, (Ask(topic=name), BY_NAME[name].facts_in(one.kept.posting))) for name in _TOLD_FIRST]
    lines = [say_of(_label(ask, locale), _brief(ask, facts, locale=locale), locale=locale) for ask, facts in (*first, *asked)]
    return Rendered(sentence=f"{number}. {name_posting(one.kept)}", items=tuple(dict.fromkeys(map(fold_space, lines))))


def _label(ask: Ask, locale: str) -> str:
    if ask.topic in BY_NAME and not (ask.topic == "pay" and looks_in_lists(ask)):  # a bonus stands beside the pay
        return say(BY_NAME[ask.topic].label, locale)
    subjects = find_subjects(read_words(ask.words))
    return ", ".join(ask.about or (name_subject(one, locale) for one in subjects)) or ask.words.strip(" ?.!,")


def _brief(ask: Ask, facts: Sequence[Fact[Any]], *, locale: str) -> str:
    """Return what is said to one thing; of skills, those that were asked for."""
    if ask.topic == "skills" and ask.about:
        wanted = set(map(skill_key, ask.about))
        facts = [fact for fact in facts if skill_key(str(fact.value)) in wanted] or facts
    return render_briefly(ask, facts, locale=locale) or say("not said", locale)
