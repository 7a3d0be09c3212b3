"""Questions across postings: which of them fit, how many, which pays most, and how some compare."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.answering.details import LISTS, list_of, name_pattern
from bot.answering.replies import reply_to
from bot.answering.reply import NO, UNCLEAR, YES, Reply, Subject, quotes_of
from bot.domain.answer import Rendered, State
from bot.domain.facts import Fact, Period, Quote
from bot.domain.posting import KeptPosting
from bot.domain.query import Amount, Ask, Criterion, Form, Place, Query, Side, Verdict
from bot.questions.title_index import common_role_words, read_role_words, role_nouns
from bot.text.clean import fold, fold_space
from bot.text.document import Document
from bot.text.lexicon import read_lexicon
from bot.text.translations import say
from bot.text.words import find_subjects, holds_subject, read_words
from bot.topics import BY_NAME, TOPICS
from bot.topics.education import NAMES, judge_education
from bot.topics.eligible_places import countries_of, hiring_in, judge_place, render_whether_eligible
from bot.topics.pay import judge_pay
from bot.topics.skills import skill_key

_OF_EVERY = frozenset({"company", "apply"})
"""Topics that every posting has something on: a list that names nothing of them is a list of all."""

_WANTED = frozenset({"visa", "education", "other", "benefits"})
"""Topics that a list asks for by their name alone: of any other one it only asks what is said."""

MOST_SHOWN = 20
"""Postings that an answer lists."""

MOST_WEIGHED = 2_000
"""Postings whose facts are weighed one by one; of more, those are that the index finds."""

_MOST_ITEMS = 6
_MOST_SILENT = 8
_NOWHERE = Document(title=None, company=None, link=None, location=None, lines=())
"""What is weighed across postings are facts; their texts are not read."""


@dataclass(frozen=True)
class Standing:
    """A posting, how it stands to all that is asked, and the facts that say so."""

    kept: KeptPosting
    verdict: Verdict | None
    """Yes where it fits, no where it does not; unclear or None where it does not say."""

    facts: tuple[tuple[Ask, tuple[Fact[Any], ...]], ...] = ()


def names_something(ask: Ask) -> bool:
    """Tell whether an ask is one that postings can be told apart by: asked of no company, it is asked of all."""
    given = (ask.place, ask.amount, ask.years, ask.level)
    return bool(ask.topic) and (bool(ask.about or ask.values) or any(one is not None for one in given))


def topics_of(asks: Sequence[Ask]) -> frozenset[str]:
    """Return the topics whose facts tell how a posting stands to what is asked."""
    return frozenset(topic for ask in asks for topic in _topics_of(ask))


def _topics_of(ask: Ask) -> tuple[str, ...]:
    place = ("countries",) if ask.place else ()
    if ask.topic in BY_NAME and not _looks_in_lists(ask):
        return (ask.topic, *place)
    return (*LISTS, "skills", "company", *place, *([ask.topic] if ask.topic in BY_NAME else ()))


def _looks_in_lists(ask: Ask) -> bool:
    return bool(ask.about) or ask.topic not in BY_NAME or (ask.topic == "benefits" and bool(find_subjects(read_words(ask.words))))


def weigh(kept: KeptPosting, query: Query) -> Standing:
    """Say whether a posting fits all that is asked: one no is enough for no, and one silence for silence."""
    role = weigh_role(query.role, kept.posting.title or "") if not _is_any_role(query) else YES
    weighed = [(ask, *_weigh_ask(kept, ask)) for ask in criteria_of(query) if role is not NO]
    verdicts = [role, *(verdict for _, verdict, _ in weighed)]
    overall = NO if NO in verdicts else YES if all(verdict is YES for verdict in verdicts) else UNCLEAR
    return Standing(kept, overall, tuple((ask, facts) for ask, _, facts in weighed))


def _weigh_ask(kept: KeptPosting, ask: Ask) -> tuple[Verdict | None, tuple[Fact[Any], ...]]:
    """Return how a posting stands to one thing, with the facts that say so."""
    if ask.place is not None and ask.topic != "countries":
        there, _ = _weigh_ask(kept, Ask(topic="countries", place=ask.place))
        verdict, facts = _weigh_ask(kept, ask.model_copy(update={"place": None}))
        return (NO if NO in (there, verdict) else verdict if there is YES else there), facts
    if _looks_in_lists(ask):
        return _weigh_things(kept, ask)
    if ask.is_denied and not names_something(ask) and ask.topic not in _WANTED:
        stated = BY_NAME[ask.topic or ""].facts_in(kept.posting)
        return (NO if stated else YES), ()  # "how many give no salary"
    facts = BY_NAME[ask.topic or ""].facts_in(kept.posting)
    if not facts:
        return None, ()
    verdict = _WEIGHED.get(ask.topic or "", _weigh_stated)(ask, facts)
    if verdict is YES and ask.place is not None and ask.place.city and not (ask.is_own or _names_city(kept, ask.place, facts)):
        verdict = UNCLEAR  # it is open there, but not said to be there
    return verdict, facts


def _names_city(kept: KeptPosting, place: Place, facts: Sequence[Fact[Any]]) -> bool:
    names = {fold(name) for name in (place.typed, place.city or "")}
    names |= {town for towns in read_lexicon("metros").values() if names & set(towns[:3]) for town in towns[:3]}
    said = fold(" ".join((kept.posting.location or "", kept.posting.title or "", *(fact.quote.text for fact in facts))))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names if name)


def _weigh_stated(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh by the topic's verdict; what names nothing in particular is met by whatever is stated."""
    judge = BY_NAME[ask.topic or ""].judge
    asked = ask.model_copy(update={"form": Form.YES_NO})
    verdict = judge(asked, facts) if judge else None
    return YES if verdict is None else verdict


def _weigh_place(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh a place; of an area it is enough that some of it is open."""
    place = ask.place
    if place is None:
        return YES
    if place.area is not None and not (ask.is_only or ask.is_must or ask.is_denied):
        each = {render_whether_eligible(facts[0].value, code).value for code in countries_of(place.area)}
        return YES if YES.value in each else UNCLEAR if UNCLEAR.value in each else NO
    return judge_place(ask, facts, document=_NOWHERE) or UNCLEAR


def _weigh_pay(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh an amount, a currency or a period; a range that reaches to what is asked for fits a list."""
    wanted = [value for value in ask.values if value]
    fitting = [fact for fact in facts if not wanted or {fact.value.currency, fact.value.per.value} & set(wanted)]
    if not fitting:
        return NO
    if ask.amount is None:
        return YES
    return YES if any(_reaches(ask.amount, fact) for fact in fitting) else judge_pay(ask, fitting) or UNCLEAR


def _reaches(amount: Amount, fact: Fact[Any]) -> bool:
    verdict = judge_pay(Ask(topic="pay", amount=amount), [fact])
    pay = fact.value
    is_alike = (amount.currency or pay.currency) == pay.currency and (amount.per or pay.per) is pay.per
    return verdict is YES or (verdict is UNCLEAR and is_alike and amount.side is not Side.EXACT and None not in (pay.minimum, pay.maximum))


def _weigh_education(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    verdict = judge_education(ask.model_copy(update={"form": Form.YES_NO}), facts)
    return verdict or UNCLEAR


_WEIGHED: dict[str, Callable[[Ask, Sequence[Fact[Any]]], Verdict]] = {
    "countries": _weigh_place,
    "pay": _weigh_pay,
    "education": _weigh_education,
}


def _weigh_things(kept: KeptPosting, ask: Ask) -> tuple[Verdict | None, tuple[Fact[Any], ...]]:
    """Say yes where the lists name what is asked about; what somebody has need only be among it."""
    subjects = find_subjects(read_words(ask.words))
    found: list[Fact[Any]] = []
    for topic in ("skills", *LISTS, "company"):
        for fact in BY_NAME[topic].facts_in(kept.posting):
            text = str(fact.value)
            if any(name_pattern(name).search(text) for name in ask.about) or any(holds_subject(text, name) for name in subjects):
                found.append(fact)
    if not found:
        is_titled = any(name_pattern(name).search(kept.posting.title or "") for name in ask.about)
        return (NO if ask.is_denied else YES) if is_titled else None, ()
    is_optional = ask.is_must and all(list_of(kept, str(fact.value)) == "preferred" for fact in found)
    return NO if is_optional or ask.is_denied else YES, tuple(found)


def criteria_of(query: Query) -> list[Ask]:
    """Return what postings must state: where anything is named, no bare topic beside it ("which company mentions Go")."""
    asks = [ask for ask in query.asks if ask.topic and (ask.topic not in _OF_EVERY or names_something(ask))]
    named = [ask for ask in asks if names_something(ask) or ask.topic in ("visa", "education", "benefits", "pay")]
    return named if any(map(names_something, asks)) else asks


def _is_any_role(query: Query) -> bool:
    """Tell whether a list's role is only what most postings here are for: "java devs"."""
    role = read_role_words(query.role)
    return bool(query.asks) and not role.ranks and role.own_terms <= _ANY_ROLE


_ANY_ROLE = frozenset({"developer", "engineer", "software", "programmer"})


@lru_cache(maxsize=4096)
def weigh_role(role: str, title: str) -> Verdict:
    """
    Say whether a title has the role that is named: the words that tell roles apart must all be there, and no other rank.

    >>> weigh_role("data engineer", "Senior Data Engineer"), weigh_role("junior", "Staff Cook"), weigh_role("junior cook", "Cook")
    (<Verdict.YES: 'yes'>, <Verdict.NO: 'no'>, <Verdict.UNCLEAR: 'unclear'>)
    """
    asked, words = read_role_words(role), read_role_words(title)
    named = asked.own_terms & role_nouns()
    distinctive = asked.own_terms - common_role_words()
    if not (distinctive <= words.terms if distinctive else not named or named & words.terms):
        return NO
    if asked.ranks and not asked.ranks & words.ranks:
        return NO if words.ranks else UNCLEAR
    return YES


# What the Store's index can look for, where there are too many postings to weigh each.

_CURRENCIES = (
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
)
_LARGEST_HOURLY = 500.0


def find_criteria(asks: Sequence[Ask]) -> tuple[Criterion, ...]:
    """Return what the index looks for; what it has no keys for is left to be weighed."""
    return tuple(criterion for ask in asks for criterion in _criteria_of(ask))


def _criteria_of(ask: Ask) -> Iterator[Criterion]:
    if ask.place is not None and not (ask.is_denied or ask.is_only or ask.is_must):
        codes = [ask.place.country] if ask.place.country else sorted(countries_of(ask.place.area)) if ask.place.area else []
        keys = dict.fromkeys(key for code in codes for key in hiring_in(code).keys)
        if keys:
            yield Criterion(topic="countries", keys=tuple(keys)[:100])
    if ask.topic == "skills" and ask.about and not ask.is_denied:
        yield Criterion(topic="skills", keys=tuple(dict.fromkeys(skill_key(name) for name in ask.about if skill_key(name))) or ("?",))
    if ask.topic in ("workplace", "employment_type", "visa") and not ask.is_denied:
        yield Criterion(topic=ask.topic, keys=ask.values[:1] or ("yes",))
    if ask.topic == "pay" and ask.amount is not None:
        yield _pay_criterion(ask.amount)
    if ask.topic == "experience" and ask.years is not None:
        is_most = ask.years.is_own or ask.is_own or ask.years.side is not Side.MORE
        bound = {"at_most": ask.years.value} if is_most else {"at_least": ask.years.value}
        yield Criterion.model_validate({"topic": "experience", "keys": ("years",), **bound})


def _pay_criterion(amount: Amount) -> Criterion:
    currencies = (amount.currency,) if amount.currency else _CURRENCIES
    period = amount.per or (Period.HOUR if amount.value <= _LARGEST_HOURLY else Period.YEAR)
    keys = tuple(f"{currency}/{period.value}" for currency in currencies)
    is_less = amount.side is Side.LESS
    return Criterion(topic="pay", keys=keys, at_most=amount.value if is_less else None, at_least=None if is_less else amount.value)


# How lists and counts are told.


@dataclass(frozen=True)
class Told:
    """What is said across postings, and the postings that it is about, the best first."""

    state: State
    tellings: tuple[Rendered, ...]
    about: tuple[KeptPosting, ...] = ()
    quotes: tuple[Quote, ...] = ()
    verdict: Verdict | None = None


def name_posting(kept: KeptPosting) -> str:
    """Return the company and the title of a posting."""
    return " · ".join(part for part in (kept.posting.company, kept.posting.title) if part) or kept.posting.source


def render_list(query: Query, standings: Sequence[Standing], *, locale: str) -> Told:
    """Say how many postings fit, how many do not say, and what each that fits states."""
    fitting = [one for one in standings if one.verdict is YES]
    silent = [one for one in standings if one.verdict not in (YES, NO)]
    if not criteria_of(query) and not query.role:
        return _render_all(fitting, locale=locale)
    values = {"number": len(fitting), "total": len(standings)}
    if not fitting:
        sentence = say("None of the {total} postings here states that.", locale, **values)
    else:
        is_named = bool(query.role) or any(names_something(ask) or ask.topic in _WANTED for ask in query.asks)
        sentence = say("{number} of {total} postings fit:" if is_named else "{number} of {total} postings say:", locale, **values)
    shown = fitting[:MOST_SHOWN]
    items = [_render_fitting(one, locale) for one in shown]
    if len(fitting) > len(shown):
        items.append(say("… and {number} more.", locale, number=len(fitting) - len(shown)))
    further = (
        (_render_silent(silent, locale=locale, with_names=not fitting and not any(map(_looks_in_lists, query.asks))),) if silent else ()
    )
    quotes = tuple(quote for one in shown for _, facts in one.facts for quote in quotes_of(facts)[:1])
    state = State.ANSWERED if fitting or not silent or len(silent) < len(standings) else State.NOT_STATED
    return Told(
        state, (Rendered(sentence=sentence, items=tuple(items)), *further), tuple(one.kept for one in shown), tuple(dict.fromkeys(quotes))
    )


def _render_all(standings: Sequence[Standing], *, locale: str) -> Told:
    shown = [one.kept for one in standings[:MOST_SHOWN]]
    sentence = say("1 posting is here:" if len(standings) == 1 else "{number} postings are here:", locale, number=len(standings))
    more = (say("… and {number} more.", locale, number=len(standings) - len(shown)),) if len(standings) > len(shown) else ()
    return Told(State.ANSWERED, (Rendered(sentence=sentence, items=(*map(name_posting, shown), *more)),), tuple(shown))


def _render_silent(silent: Sequence[Standing], *, locale: str, with_names: bool = True) -> Rendered:
    if not with_names:
        sentence = "1 does not say." if len(silent) == 1 else "{number} do not say."
        return Rendered(sentence=say(sentence, locale, number=len(silent)))
    names = [one.kept.posting.company or name_posting(one.kept) for one in silent]
    shown = ", ".join(dict.fromkeys(names[:_MOST_SILENT])) + (", …" if len(names) > _MOST_SILENT else "")
    sentence = "1 does not say: {names}" if len(silent) == 1 else "{number} do not say: {names}"
    return Rendered(sentence=say(sentence, locale, number=len(silent), names=shown))


def _render_fitting(one: Standing, locale: str) -> str:
    said = "; ".join(dict.fromkeys(told for ask, facts in one.facts if (told := _render_briefly(ask, facts, locale=locale))))
    return fold_space(f"{name_posting(one.kept)}{f': {said}' if said else ''}")


def _render_briefly(ask: Ask, facts: Sequence[Fact[Any]], *, locale: str) -> str:
    """Return what a posting states on one thing, in a few words."""
    if not facts or _looks_in_lists(ask):
        return ", ".join(dict.fromkeys(str(fact.value) for fact in facts[:2]))
    told = BY_NAME[ask.topic or ""].render_in(locale, facts)
    shown = ", ".join(told.items) if len(told.items) <= _MOST_ITEMS else ""
    return f"{told.sentence} {shown}".strip().rstrip(".")


# Which is most, which is least: among those that are alike.

_LEVELS = tuple(NAMES)


def _measure(ask: Ask, kept: KeptPosting) -> list[tuple[str, float, float]]:
    """Return what a posting states as (unit, low, high): only figures of one unit are alike."""
    facts = BY_NAME[ask.topic or ""].facts_in(kept.posting) if ask.topic in BY_NAME else ()
    if ask.topic == "education":
        return [("degree", place, place) for place in (float(_LEVELS.index(fact.value.level)) for fact in facts)]
    keys = [key for fact in facts for key in BY_NAME[ask.topic or ""].keys(fact.value)]
    return [
        (key, low, high) for key, start, end in keys if (low := _first(start, end)) is not None and (high := _first(end, start)) is not None
    ]


def _first(*amounts: float | None) -> float | None:
    return next((amount for amount in amounts if amount is not None), None)


MEASURED = frozenset({"pay", "experience", "education"})
"""Topics that have a most and a least of their own."""


def render_ranking(query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Told:
    """Say which posting has most or least of what is asked, then the others in order, and what could not be compared."""
    ask, is_most = query.asks[0], query.form is Form.MOST
    measured = {one.id: _measure(ask, one) for one in kept}
    units = Counter(unit for found in measured.values() for unit in {unit for unit, _, _ in found})
    if not units:
        silent = [Standing(one, None) for one in kept]
        sentence = say("None of the {total} postings here states that.", locale, total=len(kept))
        return Told(State.NOT_STATED, (Rendered(sentence=sentence), *([_render_silent(silent, locale=locale)] if silent else [])))
    named = [unit for unit in units if set(unit.split("/")) & set(ask.values)]
    unit = max(named or units, key=lambda name: (units[name], name == "USD/year"))
    figures = {number: [(low, high) for of, low, high in found if of == unit] for number, found in measured.items()}
    alike = [one for one in kept if figures[one.id]]
    bound = {one.id: max(high for _, high in figures[one.id]) if is_most else min(low for low, _ in figures[one.id]) for one in alike}
    ranked = sorted(alike, key=lambda one: -bound[one.id] if is_most else bound[one.id])
    best = [one for one in ranked if bound[one.id] == bound[ranked[0].id]]
    items = [f"{number}. {_render_fitting(_stand(one, ask), locale)}" for number, one in enumerate(ranked[:MOST_SHOWN], 1)]
    names = ", ".join(dict.fromkeys(one.posting.company or name_posting(one) for one in best))
    sentence = say("Most: {names}" if is_most else "Least: {names}", locale, names=names)
    unlike = [one for one in kept if measured[one.id] and not figures[one.id]]
    silent = [Standing(one, None) for one in kept if not measured[one.id]]
    left_out = [_render_unlike(unlike, ask, locale=locale)] if unlike else []
    left_out += [_render_silent(silent, locale=locale)] if silent else []
    quotes = tuple(quote for one in ranked for quote in quotes_of(BY_NAME[ask.topic or ""].facts_in(one.posting))[:2])
    return Told(State.ANSWERED, (Rendered(sentence=sentence, items=tuple(items)), *left_out), tuple(best), quotes)


def _stand(kept: KeptPosting, ask: Ask) -> Standing:
    return Standing(kept, YES, ((ask, BY_NAME[ask.topic or ""].facts_in(kept.posting)),))


def _render_unlike(unlike: Sequence[KeptPosting], ask: Ask, *, locale: str) -> Rendered:
    """Name what is stated in another currency or for another period, and so is not compared."""
    items = tuple(_render_fitting(_stand(one, ask), locale) for one in unlike[:_MOST_SILENT])
    return Rendered(sentence=say("Not compared, because stated in another currency or for another period:", locale), items=items)


# Some postings side by side.


def render_side_by_side(query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Told:
    """Tell what each posting says to each thing that is asked, or to what people compare first."""
    asks = [ask for ask in query.asks if ask.topic] or [Ask(topic=topic.name) for topic in TOPICS if topic.side_by_side]
    tellings: list[Rendered] = []
    quotes: list[Quote] = []
    states: list[State] = []
    for one in kept:
        replies = [(ask, reply_to(Subject(one, ask.model_copy(update={"form": _plain(ask)}), locale))) for ask in asks]
        tellings.append(
            Rendered(sentence=f"{name_posting(one)}:", items=tuple(render_line(ask, reply, locale=locale) for ask, reply in replies))
        )
        quotes += [quote for _, reply in replies for quote in reply.quotes[:3]]
        states += [reply.state for _, reply in replies]
    state = State.ANSWERED if State.ANSWERED in states else State.NOT_STATED
    size = len(asks)
    stating = [one for number, one in enumerate(kept) if State.ANSWERED in states[number * size : (number + 1) * size]]
    about = (*stating, *(one for one in kept if one not in stating))
    return Told(state, tuple(tellings), about, tuple(dict.fromkeys(quotes)))


def _plain(ask: Ask) -> Form:
    """Return the form of a question without what is only said of several postings."""
    return ask.form if ask.form in (Form.WHAT, Form.YES_NO, Form.WHICH) else Form.WHAT


def render_line(ask: Ask, reply: Reply, *, locale: str) -> str:
    """Return a reply in one line, behind its topic's label."""
    told = f"{reply.rendered.sentence} {', '.join(reply.rendered.items)}".strip()
    label = BY_NAME[reply.topic or ask.topic or ""].label if (reply.topic or ask.topic) in BY_NAME else ""
    return fold_space(f"{say(label, locale)}: {told}" if label else told)


def under_label(ask: Ask, reply: Reply, *, locale: str) -> Rendered:
    """Return what a reply tells behind its topic's label, where several things are told."""
    topic = reply.topic or ask.topic
    label = say(BY_NAME[topic].label, locale) if topic in BY_NAME else ", ".join(ask.about) or ask.words.strip(" ?.!,")
    return reply.rendered.model_copy(update={"sentence": f"{label}: {reply.rendered.sentence}"}) if label else reply.rendered
