"""Questions across postings: which of them fit, how many, which pays most, and how some compare."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answering.fit import weigh_role
from bot.answering.mentions import finds_things, is_of_another, mentions_of, name_pattern, weigh_fields
from bot.answering.replies import reply_to
from bot.answering.reply import LISTS, MEASURED, NO, UNCLEAR, YES, Reply, Subject, list_of, measure, quotes_of, read_again
from bot.domain.answer import Bar, Chart, Listing, Rendered, State
from bot.domain.facts import EducationLevel, Eligibility, Fact, Pay, Period, Quote, Scope
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Place, Query, Verdict, Years, alternatives_of
from bot.questions.message import logic_pattern
from bot.questions.places import spellings_of
from bot.questions.title_index import seeks_beginners
from bot.text.clean import fold, fold_space
from bot.text.document import Document
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.numbers import compare_length, find_lengths
from bot.text.translations import cut_items, say, say_each, say_first, say_of
from bot.text.words import OR, find_subjects, read_words
from bot.topics import BY_NAME, TOPICS
from bot.topics.authorization import names_clearance
from bot.topics.countries import asks_everywhere, judge_everywhere
from bot.topics.education import find_degrees, judge_education
from bot.topics.eligible_places import countries_of, judge_place, render_whether_eligible
from bot.topics.employment_type import alike_types
from bot.topics.experience import EXPERIENCE, WITHOUT_DEGREE, judge_beginner
from bot.topics.pay import EACH, PAY, judge_pay, reaches
from bot.topics.pay_wording import is_in_units
from bot.topics.workplace import Workplace

_IN_LISTS = ("skills", *LISTS, "company")
_OF_EVERY = frozenset({"company", "apply"})  # that every posting has something on: a list that names nothing of them is a list of all

WANTED = frozenset({"visa", "education", "other", "benefits"})
"""Topics that a list asks for by their name alone: of any other one it only asks what is said."""

_FEWEST_BARS, _MOST_BARS = 2, 12
MOST_SHOWN = 20
"""Postings that an answer lists."""

_MOST_ITEMS, MOST_NAMED = 6, 8
"""Of what a posting lists in a line, and companies that are named beside those of a list."""

_NOWHERE = Document(title=None, company=None, link=None, location=None, lines=())  # facts are weighed here, and no text is read


@dataclass(frozen=True)
class Standing:
    """A posting, how it stands to all that is asked, and the facts that say so."""

    kept: KeptPosting
    verdict: Verdict | None
    """Yes where it fits, no where it does not; unclear or None where it does not say."""

    facts: tuple[tuple[Ask, tuple[Fact[Any], ...]], ...] = ()
    is_beyond: bool = False  # whether it names not the town that is asked for, and is but open to who lives there


def names_something(ask: Ask) -> bool:
    """Tell whether an ask is one that postings can be told apart by: asked of no company, it is asked of all."""
    is_given = any(one is not None for one in (ask.place, ask.amount, ask.years, ask.level))
    return bool(ask.topic) and (is_given or bool(ask.about or ask.values) or asks_everywhere(ask))


def topics_of(asks: Sequence[Ask]) -> frozenset[str]:
    """Return the topics whose facts tell how a posting stands to what is asked."""
    return frozenset(topic for ask in asks for topic in _topics_of(ask))


def _topics_of(ask: Ask) -> tuple[str, ...]:
    place = ("countries", "workplace") if ask.place and ask.place.city else ("countries",) if ask.place else ()
    own = (ask.topic,) if ask.topic in BY_NAME else ()
    return (*own, *place) if own and not looks_in_lists(ask) else (*_IN_LISTS, *place, *own)


def looks_in_lists(ask: Ask) -> bool:
    """Tell whether what is asked is looked for among what postings list, and not by the facts of a topic of its own."""
    is_of_period = bool(ask.values) and [*_subjects_of(ask)] == ["payday"]  # "which one pays monthly" asks for no day
    in_text = ask.topic in _WITH_SUBJECTS and finds_things(ask) and not is_of_period
    if ask.topic in _OF_EVERY:  # every posting names somebody, and few a deadline
        in_text = any(one.get("whether") for one in _subjects_of(ask).values())
    return bool(ask.about) or ask.topic not in BY_NAME or in_text


def _subjects_of(ask: Ask) -> dict[str, Mapping[str, Any]]:
    return {name: read_lexicon("subjects")[name] for name in find_subjects(read_words(ask.words))}


_WITH_SUBJECTS = frozenset({"benefits", PAY.name}) | _OF_EVERY
"""Topics that more is asked of than what is filed: a pension, a bonus beside the pay, a cover letter."""


def is_measured(ask: Ask) -> bool:
    """Tell whether what is asked has a most and a least: pay has, a bonus beside it has none that is filed."""
    return ask.topic in MEASURED and not looks_in_lists(ask)


def reads_texts(query: Query) -> bool:
    """Tell whether what is asked may stand anywhere in a posting's text."""
    return bool(query.fields) or any(looks_in_lists(ask) and finds_things(ask) for ask in query.asks)


def weigh(kept: KeptPosting, query: Query, *, asks: Sequence[Ask] | None = None) -> Standing:
    """Say whether a posting fits all that is asked, the query's criteria: one no is enough for no, and one silence for silence."""
    role, by_years = _weigh_role(query.role, kept)
    weighed = [(ask, *_weigh_ask(kept, ask)) for ask in (criteria_of(query) if asks is None else asks) if role is not NO]
    field = weigh_fields(kept, query.fields) if query.fields else YES
    verdicts = {role, field, *(verdict for _, verdict, _ in weighed)}
    overall = NO if NO in verdicts else YES if verdicts == {YES} else UNCLEAR
    towns = [(place, facts) for ask, _, facts in weighed if ask.topic == "countries" and (place := ask.place) and place.city]
    is_beyond = any(not _names_city(kept, place, facts) for place, facts in towns)
    return Standing(kept, overall, (*by_years, *((ask, facts) for ask, _, facts in weighed)), is_beyond)


def _weigh_role(role: str, kept: KeptPosting) -> tuple[Verdict, tuple[tuple[Ask, tuple[Fact[Any], ...]], ...]]:
    """Return whether a posting has the role, and for beginners the years that say so where its title has no rank."""
    verdict = weigh_role(role, kept.posting.title or "")
    facts = EXPERIENCE.facts_in(kept.posting) if verdict is UNCLEAR and seeks_beginners(role) else ()
    years = [fact.value.years for fact in facts if fact.value.where != WITHOUT_DEGREE]
    return (judge_beginner(min(years)), ((Ask(topic=EXPERIENCE.name), facts),)) if years else (verdict, ())


def _weigh_ask(kept: KeptPosting, ask: Ask) -> tuple[Verdict | None, tuple[Fact[Any], ...]]:
    """Return how a posting stands to one thing, with the facts that say so; one of several places that will do is enough."""
    if each := alternatives_of(ask):
        weighed = [_weigh_ask(kept, one) for one in each]
        choose = min if ask.is_denied else max  # "remote or hybrid", "neither remote nor hybrid"
        return choose(weighed, key=lambda one: (YES, UNCLEAR, None, NO)[::-1].index(one[0]))
    if ask.place is not None and ask.topic != "countries":
        there, _ = _weigh_ask(kept, Ask(topic="countries", place=ask.place))
        verdict, facts = _weigh_ask(kept, ask.model_copy(update={"place": None}))
        return (NO if NO in (there, verdict) else verdict if there is YES else there), facts
    if looks_in_lists(ask):
        return _weigh_things(kept, ask)
    if _needs_none(ask):
        ask = Ask(topic="experience", words=ask.words, years=Years(value=0, is_own=True))  # "any jobs without experience"
    if wants_silence(ask):
        return (NO if BY_NAME[ask.topic or ""].facts_in(kept.posting) else YES), ()  # "how many give no salary"
    facts = BY_NAME[ask.topic or ""].facts_in(kept.posting)
    if not facts:
        return None, ()
    verdict = _WEIGHED.get(ask.topic or "", _weigh_stated)(ask, facts)
    if verdict is YES and ask.place is not None and ask.place.city and not _is_open_in_town(kept, ask, facts):
        verdict = UNCLEAR  # it is open there, but not said to be there
    return verdict, facts


def _is_open_in_town(kept: KeptPosting, ask: Ask, facts: Sequence[Fact[Any]]) -> bool:
    """Tell whether a posting that is open to a town's country is open there: to who lives there where it is remote too."""
    is_remote = any(fact.value is Workplace.REMOTE for fact in BY_NAME["workplace"].facts_in(kept.posting)[:1])
    is_worldwide = any(isinstance(fact.value, Eligibility) and fact.value.scope is Scope.WORLDWIDE for fact in facts)
    said, first = fold(ask.words).lstrip(" .,;:-"), logic_pattern("where", "dweller_first")  # "from Ely, which take me"
    is_of_who = ask.is_own or bool(logic_pattern("where", "dweller").search(said) or first.match(said))
    return (is_of_who and is_remote) or is_worldwide or (ask.place is not None and _names_city(kept, ask.place, facts))


def _needs_none(ask: Ask) -> bool:
    """Tell whether jobs are asked for that need no experience, and not those that do not state it."""
    return ask.topic == "experience" and ask.is_denied and ask.years is None and pattern_of("of_saying").search(ask.words) is None


def wants_silence(ask: Ask) -> bool:
    """Tell whether a list asks which postings state nothing of a topic: "which give no salary"."""
    return ask.is_denied and not names_something(ask) and ask.topic not in WANTED and not _needs_none(ask)


def _names_city(kept: KeptPosting, place: Place, facts: Sequence[Fact[Any]]) -> bool:
    said = fold(" ".join((kept.posting.location or "", kept.posting.title or "", *(fact.quote.text for fact in facts))))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in spellings_of(place) if name)


def _weigh_stated(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh by the topic's verdict; what names nothing in particular is met by whatever is stated."""
    judge = BY_NAME[ask.topic or ""].judge
    verdict = judge(ask.model_copy(update={"form": Form.YES_NO}), facts) if judge else None
    return YES if verdict is None else verdict


def _weigh_place(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh a place; of an area it is enough that some of it is open."""
    if (place := ask.place) is None:
        return judge_everywhere(ask, facts) or YES
    if place.area is not None and not (ask.is_only or ask.is_must or ask.is_denied):
        each = {render_whether_eligible(facts[0].value, code).value for code in countries_of(place.area)}
        return YES if YES.value in each else UNCLEAR if UNCLEAR.value in each else NO
    return judge_place(ask, facts, document=_NOWHERE) or UNCLEAR


def _weigh_pay(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh an amount, a currency or a period; a range that reaches to what is asked for fits a list."""
    fitting = [fact for fact in facts if is_in_units(f"{fact.value.currency}/{fact.value.per.value}", ask.values)]
    if not fitting or ask.amount is None:
        return Verdict.told(holds=bool(fitting))
    return YES if any(reaches(ask.amount, fact) for fact in fitting) else judge_pay(ask, fitting) or UNCLEAR


def _weigh_education(ask: Ask, facts: Sequence[Fact[Any]]) -> Verdict:
    """Weigh a degree: what somebody has must be enough; a job asks for one that it names, also where it takes an equivalent."""
    is_plain = not (ask.is_own or ask.is_must or ask.is_only or ask.is_denied)
    if is_plain and ask.level not in (None, EducationLevel.NONE) and pattern_of("any_degree").search(ask.words) is None:
        is_said = pattern_of("of_saying").search(ask.words) is not None  # which "mention a master's" may take less
        said = (degree.level for fact in facts if is_said for degree in find_degrees(fact.quote.text))
        return YES if ask.level in (*said, *(fact.value.level for fact in facts)) else NO
    return judge_education(ask.model_copy(update={"form": Form.YES_NO}), facts) or UNCLEAR


_WEIGHED: dict[str, Callable[[Ask, Sequence[Fact[Any]]], Verdict]] = {
    "countries": _weigh_place,
    "pay": _weigh_pay,
    "education": _weigh_education,
    "authorization": lambda ask, facts: YES if names_clearance(ask, facts) else _weigh_stated(ask, facts),
}


def _weigh_things(kept: KeptPosting, ask: Ask) -> tuple[Verdict | None, tuple[Fact[Any], ...]]:
    """Say yes where the lists name what is asked about; what somebody has need only be among it."""
    subjects = _subjects_of(ask)
    is_offered = not ask.about and bool(subjects) and all(one.get("offered") for one in subjects.values())
    facts = [fact for topic in (("benefits",) if is_offered else _IN_LISTS) for fact in BY_NAME[topic].facts_in(kept.posting)]
    found = mentions_of(ask, kept, facts=facts)
    if is_offered and found and found[0] not in facts:  # an aim of the company, or a demand, is nothing that it gives
        of_others = {one.quote for one in read_again(kept.posting.text).sentences() if is_of_another(subjects, one)}
        found = tuple(fact for fact in found if fact.quote not in of_others)
    if not found:
        is_titled = any(name_pattern(name).search(kept.posting.title or "") for name in ask.about)
        return (NO if ask.is_denied else YES) if is_titled else None, ()
    if subjects and not ask.about and kept.posting.text:  # a line of its duties has words of a deadline or a move all too easily
        reply = reply_to(Subject(kept, ask.model_copy(update={"form": Form.YES_NO, "is_denied": False})))
        if reply.state is not State.ANSWERED:
            return None, ()
        if reply.verdict is NO:
            return (YES if ask.is_denied else NO), found
        if find_lengths(ask.words):  # "18 or more vacation days"
            found = tuple(fact for fact in found if compare_length(ask.words, str(fact.value), at=0)) or found
            if reply.verdict is not YES:
                return None, ()
    is_optional = ask.is_must and all(list_of(kept, str(fact.value)) in ("preferred", "benefits") for fact in found)
    return NO if is_optional or ask.is_denied else YES, found


def criteria_of(query: Query) -> list[Ask]:
    """Return what postings must state: where anything is named, no bare topic beside it ("which company mentions Go")."""
    asks = [ask for ask in query.asks if ask.topic and (ask.topic not in _OF_EVERY or names_something(ask) or looks_in_lists(ask))]
    if query.form is Form.HOW_MANY:
        asks = [ask for ask in asks if find_subjects(read_words(ask.words)) != ("openings",)]  # the postings themselves are counted
    named = [ask for ask in asks if names_something(ask) or ask.topic in ("visa", "education", "benefits", "pay", *_OF_EVERY)]
    return [one for ask in (named if any(map(names_something, asks)) else asks) for one in _each_of(ask)]


def _each_of(ask: Ask) -> list[Ask]:
    """Return an ask for each thing where all of several must be stated, "who uses Go and Rust"; "Go and Rust jobs" may be some of each."""
    words, kinds = fold(ask.words), ask.values if ask.topic == "employment_type" else ()
    if kinds and not (_EITHER.search(words) or set(kinds) <= set(alike_types(kinds[0]))):  # "a part time internship"
        return [ask.model_copy(update={"values": (kind,)}) for kind in kinds]
    no = _NOT.search(words) if ask.is_denied else None
    plain = tuple(one for one in ask.about if no and name_pattern(one).search(words, 0, no.start()))
    if denied := tuple(one for one in ask.about if plain and one not in plain):
        asked = ask.model_copy(update={"about": plain, "is_denied": False})
        is_shut_out = not any(one.startswith(plain) for one in denied)  # "Java but no PHP"; "real Java, not JavaScript" shuts nothing out
        return [asked, ask.model_copy(update={"about": denied})] if is_shut_out else [asked]
    parts = _PARTS.split(words)
    about = [tuple(one for one in ask.about if name_pattern(one).search(part)) for part in parts]
    is_each = _AND.search(words) is not None and not (ask.is_denied or ask.is_own or _JOBS.search(parts[-1]))
    if not is_each or not all(about if ask.about else map(find_subjects, map(read_words, parts))) or not looks_in_lists(ask):
        return [ask]
    return [ask.model_copy(update={"about": one} if one else {"words": part}) for one, part in zip(about, parts, strict=True)]


_EITHER = compile_later(rf"(?<!\w)(?:{OR})(?!\w)|[/,]")
_AND = compile_later(lambda: rf"\s(?:{one_of(read_lexicon('asked_logic')['clauses']['joints'])})\s")
_NOT = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['denied']['words'])})(?!\w)")
_PARTS = compile_later(lambda: rf"{_AND.pattern}|,\s")
_JOBS = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_signs')['jobs'])})(?!\w)")


# How lists and counts are told.


@dataclass(frozen=True)
class Told:
    """What is said across postings, and the postings that it is about, the best first."""

    state: State
    tellings: tuple[Rendered, ...]
    about: tuple[KeptPosting, ...] = ()
    quotes: tuple[Quote, ...] = ()
    verdict: Verdict | None = None
    listing: Listing | None = None
    chart: Chart | None = None
    ranked: tuple[KeptPosting, ...] = ()
    """All that a ranking compared, in its order."""


def name_posting(kept: KeptPosting) -> str:
    """Return the company and the title of a posting."""
    return " · ".join(part for part in (kept.posting.company, kept.posting.title) if part) or kept.posting.source


def chart_pay(kept: Sequence[KeptPosting], *, locale: str, facts: Sequence[Fact[Pay]] | None = None) -> Chart | None:
    """Return what postings, or statements of one, pay as bars, in the currency and period of most; None where fewer than two are alike."""
    stated = [(one, fact) for one in kept for fact in (PAY.facts_in(one.posting) if facts is None else facts)]
    units = Counter((fact.value.currency, fact.value.per) for _, fact in stated)
    unit = max(units, key=lambda one: units[one], default=None)
    if unit is None or units[unit] < _FEWEST_BARS:
        return None
    bars, left_out = [], []
    for one, fact in stated:
        name = one.posting.company or name_posting(one) if len(kept) > 1 else ""
        if (fact.value.currency, fact.value.per) == unit:
            named = " · ".join(filter(None, (name, fact.value.where))) or name_posting(one)
            amount = fact.model_copy(update={"value": fact.value.model_copy(update={"where": None})})  # the name tells it
            told = PAY.render_in(locale, [amount]).sentence
            bars.append(Bar(name=named, low=fact.value.minimum, high=fact.value.maximum, told=told))
        else:
            told = PAY.render_in(locale, [fact]).sentence
            left_out.append(say_of(name, told, locale=locale) if name else told)
    return Chart(currency=unit[0], per=unit[1], bars=tuple(bars[:_MOST_BARS]), left_out=tuple(left_out))


def render_left_out(chart: Chart | None, *, locale: str) -> tuple[Rendered, ...]:
    """Name what a chart does not show."""
    if chart is None or not chart.left_out:
        return ()
    told = say("Not in the chart, because stated in another currency or for another period:", locale)
    return (Rendered(sentence=told, items=cut_items(chart.left_out, MOST_NAMED, locale=locale)),)


def say_none(total: int, locale: str) -> str:
    """Say that no posting fits, or that there is none."""
    return say("None of the {total} postings here states that." if total else "No open posting is here.", locale, total=total)


def render_silent(number: int, kept: Sequence[KeptPosting], *, locale: str) -> Rendered:
    """Say how many postings leave it open, with the names of those that are given."""
    if not kept:
        return Rendered(sentence=say("1 does not say." if number == 1 else "{number} do not say.", locale, number=number))
    sentence = "1 does not say: {names}" if number == 1 else "{number} do not say: {names}"
    return Rendered(sentence=say(sentence, locale, number=number, names=name_some(kept, number, locale=locale)))


def name_some(kept: Sequence[KeptPosting], number: int, *, locale: str) -> str:
    """Name the companies of some of so many postings, each once with how many it has, and say how many more there are."""
    names = Counter(one.posting.company or name_posting(one) for one in kept)
    shown = [name if count == 1 else f"{name} ({count})" for name, count in list(names.items())[:MOST_NAMED]]
    return say_first(shown, number - sum(list(names.values())[:MOST_NAMED]), locale=locale)


def _render_fitting(kept: KeptPosting, ask: Ask, *, locale: str) -> str:
    said = render_briefly(ask, BY_NAME[ask.topic or ""].facts_in(kept.posting), locale=locale)
    return fold_space(say_of(name_posting(kept), said, locale=locale) if said else name_posting(kept))


def render_briefly(ask: Ask, facts: Sequence[Fact[Any]], *, locale: str) -> str:
    """Return what a posting states on one thing, in a few words."""
    if not facts or looks_in_lists(ask):
        return ", ".join(dict.fromkeys(str(fact.value) for fact in facts[:2]))
    told = BY_NAME[ask.topic or ""].render_in(locale, facts)
    if ask.topic == PAY.name and told.items:
        return say_each(told.items, locale=locale)
    shown = ", ".join(told.items) if len(told.items) <= _MOST_ITEMS else ""
    return f"{told.sentence} {shown}".strip().rstrip(".")


# Which is most, which is least: among those that are alike.


def render_ranking(query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Told:
    """Say which posting has most or least of what is asked, then the others in order, and what could not be compared."""
    ask, is_most = query.asks[0], query.form is Form.MOST
    measured = {one.id: measure(ask, one) for one in kept}
    units = Counter(unit for found in measured.values() for unit in {unit for unit, _, _ in found})
    if not units:
        unsaid = (render_silent(len(kept), kept, locale=locale),) if kept else ()
        return Told(State.NOT_STATED, (Rendered(sentence=say_none(len(kept), locale)), *unsaid))
    named = [unit for unit in units if ask.values and is_in_units(unit, ask.values)]
    if not named and 2 * max(units.values()) <= sum(1 for found in measured.values() if found):
        return _render_leaders(query, kept, units=[unit for unit, _ in units.most_common()], locale=locale)
    unit = max(named or units, key=lambda name: (units[name], name == "USD/year"))
    figures = {number: [(low, high) for of, low, high in found if of == unit] for number, found in measured.items()}
    alike = [one for one in kept if figures[one.id]]
    bound = {one.id: max(high for _, high in figures[one.id]) if is_most else min(low for low, _ in figures[one.id]) for one in alike}
    ranked = sorted(alike, key=lambda one: -bound[one.id] if is_most else bound[one.id])
    best = [one for one in ranked if bound[one.id] == bound[ranked[0].id]]
    names = ", ".join(dict.fromkeys(one.posting.company or name_posting(one) for one in best))
    sentence = say("Most: {names}" if is_most else "Least: {names}", locale, names=names)
    told = [Rendered(sentence=sentence, items=_number(ranked, ask, locale=locale))]
    told += _render_unranked([one for one in kept if one not in alike], ask, locale=locale)
    return Told(State.ANSWERED, tuple(told), tuple(best), _quotes_of(best, ask), ranked=tuple(ranked))


def _render_leaders(query: Query, kept: Sequence[KeptPosting], *, units: Sequence[str], locale: str) -> Told:
    """Say who has most or least in each currency and for each period, where most postings are stated in another one than any leader's."""
    ask, is_most = query.asks[0], query.form is Form.MOST
    told, leaders, ranked = [], [], []
    for unit in units[:MOST_NAMED]:
        bounds = [(high if is_most else low, one) for one in kept for of, low, high in measure(ask, one) if of == unit]
        bound = max(figure for figure, _ in bounds) if is_most else min(figure for figure, _ in bounds)
        best = list({one.id: one for figure, one in bounds if figure == bound}.values())
        others = list({one.id: one for _, one in sorted(bounds, key=lambda pair: -pair[0] if is_most else pair[0])}.values())
        currency, _, per = unit.partition("/")
        names = ", ".join(dict.fromkeys(one.posting.company or name_posting(one) for one in best))
        names = f"{names} ({currency} {say(EACH[Period(per)], locale)})"
        sentence = say("Most: {names}" if is_most else "Least: {names}", locale, names=names)
        told.append(Rendered(sentence=sentence, items=_number(others, ask, locale=locale)))
        leaders += [one for one in best if one not in leaders]
        ranked += [one for one in others if one not in ranked]
    told += _render_unranked([one for one in kept if one not in ranked], ask, locale=locale)
    return Told(State.ANSWERED, tuple(told), tuple(leaders), _quotes_of(leaders, ask), ranked=tuple(ranked))


def _number(ranked: Sequence[KeptPosting], ask: Ask, *, locale: str) -> tuple[str, ...]:
    items = [f"{number}. {_render_fitting(one, ask, locale=locale)}" for number, one in enumerate(ranked, 1)]
    return cut_items(items, MOST_SHOWN, locale=locale)


def _render_unranked(others: Sequence[KeptPosting], ask: Ask, *, locale: str) -> list[Rendered]:
    """Name what is stated in another currency or for another period, and so is not compared, and what states nothing."""
    unlike = [one for one in others if measure(ask, one)]
    silent = [one for one in others if one not in unlike]
    items = [_render_fitting(one, ask, locale=locale) for one in unlike]
    sentence = say("Not compared, because stated in another currency or for another period:", locale)
    told = [Rendered(sentence=sentence, items=cut_items(items, MOST_NAMED, locale=locale))] if unlike else []
    return [*told, render_silent(len(silent), silent, locale=locale)] if silent else told


def _quotes_of(best: Sequence[KeptPosting], ask: Ask) -> tuple[Quote, ...]:
    return tuple(quote for one in best for quote in quotes_of(BY_NAME[ask.topic or ""].facts_in(one.posting))[:2])


# Some postings side by side.

_OF_ONE = {form: form for form in (Form.YES_NO, Form.WHICH)}  # that are not only said of several postings


def render_side_by_side(query: Query, kept: Sequence[KeptPosting], *, locale: str) -> Told:
    """Tell thing by thing what each posting says to it, to what is asked or what people compare first; what differs goes first."""
    asks = [ask for ask in query.asks if ask.topic] or [Ask(topic=topic.name) for topic in TOPICS if topic.side_by_side]
    names = _tell_apart(kept)
    plain = [
        ask.model_copy(update={"form": _OF_ONE.get(ask.form, Form.WHAT), "words": "" if is_measured(ask) else ask.words}) for ask in asks
    ]
    replies = [[reply_to(Subject(one, ask, locale)) for one in kept] for ask in plain]
    rows = [_render_row(ask, said, names, locale=locale) for ask, said in zip(asks, replies, strict=True)]
    rows = [row for row in rows if row.items] + [row for row in rows if not row.items]
    total = count_meant(query)
    sentence = "{number} of {total} postings side by side:" if total > len(kept) else "{number} postings side by side:"
    named = () if any(row.items for row in rows) else tuple(names)  # each row names them
    heading = Rendered(sentence=say(sentence, locale, number=len(kept), total=total), items=named)
    quotes = dict.fromkeys(quote for said in replies for reply in said for quote in reply.quotes[:3])
    has_said = [any(said[place].state is State.ANSWERED for said in replies) for place in range(len(kept))]
    about = sorted(zip(has_said, kept, strict=True), key=lambda pair: not pair[0])
    state = State.ANSWERED if any(has_said) else State.NOT_STATED
    chart = chart_pay(kept, locale=locale) if any(ask.topic == "pay" for ask in asks) else None
    tellings = (heading, *rows, *render_left_out(chart, locale=locale))
    return Told(state, tellings, tuple(one for _, one in about), tuple(quotes), chart=chart)


def count_meant(query: Query) -> int:
    """Return how many postings a message is about, where it names them: more than are told of at once, perhaps."""
    return len({number for target in query.targets for number in target.postings} or query.within)


def _tell_apart(kept: Sequence[KeptPosting]) -> list[str]:
    """Return what postings are called beside each other: the company, and the title where a company has several."""
    of_company = Counter(one.posting.company for one in kept)
    return [one.posting.company if one.posting.company and of_company[one.posting.company] == 1 else name_posting(one) for one in kept]


def _render_row(ask: Ask, said: Sequence[Reply], names: Sequence[str], *, locale: str) -> Rendered:
    """Tell what each posting says to one thing, those that say the same in one line; in one sentence where all do."""
    label = under_label(ask, said[0], locale=locale).sentence.removesuffix(said[0].rendered.sentence).rstrip(": ")
    told = [_in_a_line(ask, reply.rendered, locale=locale) if reply.state is State.ANSWERED else say("not said", locale) for reply in said]
    if len(set(told)) == 1:
        return Rendered(sentence=say("{label}, all alike: {told}", locale, label=label, told=told[0]))
    saying = {one: ", ".join(name for name, other in zip(names, told, strict=True) if other == one) for one in told}
    return Rendered(sentence=label, items=tuple(say_of(those, one, locale=locale) for one, those in saying.items()))


def _in_a_line(ask: Ask, rendered: Rendered, *, locale: str) -> str:
    if ask.topic == PAY.name and rendered.items:
        return say_each(rendered.items, locale=locale)
    return fold_space(f"{rendered.sentence} {', '.join(cut_items(rendered.items, _MOST_ITEMS, locale=locale))}".strip()).rstrip(".")


def under_label(ask: Ask, reply: Reply, *, locale: str) -> Rendered:
    """Return what a reply tells behind its topic's label, where several things are told."""
    topic = reply.topic or ask.topic
    label = say(BY_NAME[topic].label, locale) if topic in BY_NAME else ", ".join(ask.about) or ask.words.strip(" ?.!,")
    return (
        reply.rendered.model_copy(update={"sentence": say_of(label, reply.rendered.sentence, locale=locale)}) if label else reply.rendered
    )
