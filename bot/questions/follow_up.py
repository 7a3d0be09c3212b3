"""What a message leaves open is filled from the conversation's last Query, and only that."""

import re
from collections.abc import Sequence
from functools import cache

from bot.domain.query import Amount, Ask, Form, Query, Reach, Target, TargetKind
from bot.questions.asks import PLACED, amount_of
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import company_key
from bot.questions.match_company import pick_postings
from bot.questions.message import Message
from bot.questions.model import FOLLOWS_FROM, NOTHING, OPEN
from bot.questions.targets import target_of_posting
from bot.questions.tokens import question_words
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.words import small_words

_MEASURED = ("pay", "experience", "education")
_WHICH = compile_later(r"\W*(?:(?:and|ok|so|y|und|et|e)\s)*(?:which|who|welche|wer|cual|quien|laquelle|lequel|qui|qual|quem)\b")
_SHORT = 6
"""Words: so short a message about a place, a value or a company alone asks again what was asked before."""


def fill_from(query: Query, last: Query, *, message: Message, index: CompanyIndex) -> Query:
    """Return the query with what it leaves open taken from the last one; what it says itself always stands."""
    if query.talk is not None:
        return query
    query = _asked_alike(query, last, message)
    if query.targets:
        return _fill_named(query, last, message)
    if (amount := _amount_alone(message, last)) is not None:
        ask = Ask(topic="pay", form=Form.YES_NO, words=message.text, amount=amount)
        return _go_on(query.model_copy(update={"asks": (ask,), "reach": Reach.ONE, "form": Form.YES_NO}), last, message, index)
    if last.reach is Reach.ALL and (turned := _turned(query, last, message)) is not None:
        return turned
    listed = _listed(last) if _is_of_those(message, query, last) else ()
    chosen = _choose_ordinal(message, last, index)
    if chosen is None and len(listed) == 1 and query.form not in (Form.HOW_MANY, Form.LIST):
        chosen = listed[0]
    if chosen is not None:
        chosen_one = {"targets": (target_of_posting(chosen, index),), "reach": Reach.ONE, "within": _listed(last), "follows": True}
        return _fill_asks(query.model_copy(update=chosen_one), last, message)
    return _within(query, last, message) if listed else _refined_or_gone_on(query, last, message, index)


def _refined_or_gone_on(query: Query, last: Query, message: Message, index: CompanyIndex) -> Query:
    """Return a query that narrows the last list, or goes on about the posting spoken of."""
    after_one = last.reach is Reach.ONE and bool(last.targets)
    if query.reach is Reach.ALL and after_one and _names_amount(query) and _is_short(message):
        query = query.model_copy(update={"form": Form.YES_NO, "reach": Reach.ONE})
    is_ranked = any(_pattern(side).search(message.flat) for side in ("most", "least")) and _WHICH.match(message.flat) is not None
    is_anew = _pattern("anew").match(message.flat.lstrip(" ¿")) is not None
    is_of_all = query.reach is Reach.ALL and (is_anew or not (after_one and query.asks and _is_bare(query, message)))
    is_of_all = is_of_all and not (is_ranked and last.reach is Reach.SEVERAL)  # "who wants more experience" after two
    if is_of_all:
        return query if is_anew and (query.asks or query.role) else _refine_list(query, last, message)
    return _go_on(query, last, message, index)


def _fill_named(query: Query, last: Query, message: Message) -> Query:
    """Return a query about a company that the message names, with the last one's asks where it asks nothing itself."""
    if last.asks and _says_nothing_new(message):
        query = query.model_copy(update={"form": last.form})
    return _and_before(_fill_asks(query, last, message), last) if _leaves_topic_open(query, message) else query


def _amount_alone(message: Message, last: Query) -> Amount | None:
    """Return the amount that a short message names after one about pay: "over 200 at least?"."""
    values = [value for value in message.values if value.kind in ("amount", "bare_amount")]
    is_of_pay = any(ask.topic == "pay" for ask in last.asks) and bool(last.targets)
    return amount_of(values, message.flat) if values and is_of_pay and _is_short(message) else None


def _names_amount(query: Query) -> bool:
    """Tell whether an amount or years are all that is asked: "over 200 at least?"."""
    return len(query.asks) == 1 and (query.asks[0].amount is not None or query.asks[0].years is not None)


def _asked_alike(query: Query, last: Query, message: Message) -> Query:
    """Return a bare thing asked as the one before was: "react?" after "rails needed?"; and "experience in it" of the thing spoken of."""
    if len(query.asks) != 1 or len(last.asks) != 1:
        return query
    ask, before = query.asks[0], last.asks[0]
    if ask.about and before.about and ask.topic == before.topic and len(message.question.tokens) <= 2 * len(ask.about):
        ask = ask.model_copy(update={"is_must": ask.is_must or before.is_must, "is_own": ask.is_own or before.is_own})
    elif before.about and not ask.about and _WITH_IT.search(message.flat):
        ask = ask.model_copy(update={"about": before.about, "topic": before.topic})
    return query.model_copy(update={"asks": (ask,)})


_WITH_IT = compile_later(r"\b(?:in|with|of) (?:it|that)\b")


def _and_before(query: Query, last: Query) -> Query:
    """Return a query about another company that is asked the same, with both kept: "which of those is more" is about the two."""
    before, now = _listed(last), query.targets[0].postings[:1]
    is_beside = last.reach is not Reach.ALL and len(query.targets) == 1 and query.targets[0].kind is TargetKind.FOUND
    return query.model_copy(update={"within": tuple(dict.fromkeys((*before, *now)))}) if is_beside and before else query


def _turned(query: Query, last: Query, message: Message) -> Query | None:
    """Return the last question across postings turned round or counted: "and the worst?", "and which dont", "how many is that"."""
    if query.asks and not _leaves_topic_open(query, message):
        is_cued = any(f"cue={ask.topic}" in message.signs for ask in query.asks)
        counts = "sign=count" in message.signs and _is_short(message) and not is_cued
        return last.model_copy(update={"text": query.text, "form": Form.HOW_MANY, "follows": True}) if counts else None
    if last.form in (Form.MOST, Form.LEAST) and _is_short(message):
        for sign, form in (("sign=least", Form.LEAST), ("sign=most", Form.MOST)):
            if sign in message.signs:
                return last.model_copy(update={"text": query.text, "targets": (), "form": form, "follows": True})
    if _is_short(message) and _pattern("opposite").search(message.flat) and last.asks:
        asks = tuple(ask.model_copy(update={"is_denied": not ask.is_denied}) for ask in last.asks)
        return last.model_copy(update={"text": query.text, "within": (), "asks": asks, "form": Form.LIST, "follows": True})
    return None


def _listed(last: Query) -> tuple[int, ...]:
    """Return the postings that the last query was about: those listed, or one of each company."""
    if last.within:
        return last.within
    found = [target for target in last.targets if target.kind is TargetKind.FOUND]
    if len(found) > 1:
        return tuple(number for target in found for number in target.postings[:1])
    return found[0].postings if found else ()


def _choose_ordinal(message: Message, last: Query, index: CompanyIndex) -> int | None:
    """Return the posting that "the second one" or "the other one" points at."""
    listed = _listed(last) if last.within or len(last.targets) != 1 else last.targets[0].postings
    if not listed or len(message.question.tokens) > 2 * _SHORT:
        return None
    for number, words in read_lexicon("asked_logic")["follow"]["ordinals"].items():
        place = int(number)
        if re.search(rf"(?<!\w)(?:{one_of(words)})(?!\w)", message.flat) and re.search(
            r"\b(?:one|job|posting|role|la|el|der|die|das|le|o|a|the|number|#)\b|#", message.flat
        ):
            at = place - 1 if place > 0 else len(listed) - 1
            return (
                listed[at]
                if at < len(listed) and not re.search(r"\b(?:first|last)\s(?:two|three|2|3|time|day|week)", message.flat)
                else None
            )
    if _pattern("other").search(message.flat):
        chosen = {number for target in last.targets for number in target.postings} if len(last.targets) == 1 else set()
        others = [number for number in listed if number not in chosen] if len(chosen) == 1 else listed[1:]
        return others[0] if others else _sibling(listed[0], index)
    return None


def _sibling(number: int, index: CompanyIndex) -> int | None:
    """Return the other posting of the company, where it has just two."""
    entry = index.titles.entry(number)
    entries = index.entries(company_key(entry.company), {entry.scope}) if entry else ()
    others = [one.id for one in entries if one.id != number]
    return others[0] if len(others) == 1 else None


def _is_of_those(message: Message, query: Query, last: Query) -> bool:
    is_one_of_some = len(last.targets) > 1 and re.search(r"\bwhich one\b", message.flat)
    return bool(is_one_of_some or _pattern("those").search(message.flat)) or (
        query.reach is Reach.SEVERAL and _pattern("both").search(message.flat) is not None
    )


def _within(query: Query, last: Query, message: Message) -> Query:
    """Return a query about the postings that were listed or compared before."""
    listed = _listed(last)
    compares = query.form is Form.COMPARE or (
        query.reach is Reach.SEVERAL and query.form in (Form.WHAT, Form.YES_NO) and len(last.targets) > 1
    )
    if compares and len(last.targets) > 1:
        query = _compared(query, message)
        return _fill_asks(query.model_copy(update={"targets": last.targets, "reach": Reach.SEVERAL, "follows": True}), last, message)
    if not query.asks:
        query = query.model_copy(update={"asks": last.asks})
    if len(query.asks) == 1 and query.asks[0].topic in _MEASURED and query.asks[0].amount is None and query.asks[0].years is None:
        side = next((form for form in (Form.MOST, Form.LEAST) if _pattern(form.value).search(message.flat)), None)
        query = query.model_copy(update={"form": side}) if side else query
    is_kept = query.form in (Form.HOW_MANY, Form.MOST, Form.LEAST) or (query.form is Form.COMPARE and "sign=compare" in message.signs)
    form = query.form if is_kept else Form.LIST
    return query.model_copy(update={"reach": Reach.ALL, "within": listed, "form": form, "follows": True})


def _refine_list(query: Query, last: Query, message: Message) -> Query:
    """Return a list that goes on about the last one: "and terraform", "what about canada": the same topic's criterion is replaced."""
    is_open = _leaves_topic_open(query, message) or (message.scores.follows >= FOLLOWS_FROM and _is_short(message))
    if last.reach is not Reach.ALL and not query.asks and not query.role and is_open and "any" in message.flat.split():
        return query.model_copy(update={"asks": tuple(ask.model_copy(update={"place": None}) for ask in last.asks), "follows": True})
    if last.reach is not Reach.ALL or not is_open:
        return query
    own = {ask.topic for ask in query.asks}
    kept = tuple(ask for ask in last.asks if ask.topic not in own) if query.asks else last.asks
    form = last.form if query.form in (Form.WHAT, Form.YES_NO, Form.LIST) else query.form
    role = query.role or last.role
    return query.model_copy(
        update={
            "asks": (*kept, *query.asks),
            "form": form,
            "role": role,
            "fields": query.fields or last.fields,
            "within": last.within if kept and not query.asks else (),
            "follows": True,
        }
    )


def _go_on(query: Query, last: Query, message: Message, index: CompanyIndex) -> Query:
    """Return a query about the posting that was spoken of: the company stays, and so does the topic where none is named."""
    if last.reach is Reach.ALL and _is_short(message) and _is_bare(query, message) and not last.targets:
        return _refine_list(query.model_copy(update={"reach": Reach.ALL}), last, message)
    if last.reach is Reach.ALL and len(last.within) > 1 and last.form not in (Form.MOST, Form.LEAST) and _THEY.search(message.flat):
        return query.model_copy(update={"reach": Reach.ALL, "within": last.within, "follows": True})
    targets = tuple(_by_role(target, message, index) for target in _targets_of(last, index))
    if not targets:
        return query
    reach = Reach.SEVERAL if len(targets) > 1 else Reach.ONE
    within = last.within if last.reach is Reach.ONE else ()  # "and the first one?" after several questions about the second
    filled = query.model_copy(update={"targets": targets, "reach": reach, "within": within, "follows": True})
    return _fill_asks(_compared(filled, message) if len(targets) > 1 else filled, last, message)


def _compared(query: Query, message: Message) -> Query:
    """Return a query about several companies as one that compares them, where it asks which of them."""
    is_which = _WHICH.match(message.flat) and query.form is Form.WHAT
    return query.model_copy(update={"form": Form.COMPARE}) if is_which else query


_THEY = compile_later(r"\b(?:they|them|these|those|ellos|ellas|denen|ils|elles|eles|elas)\b")


def _by_role(target: Target, message: Message, index: CompanyIndex) -> Target:
    """Return a company with those of its postings that the message's role words mean: "the lead one"."""
    entries = [entry for number in target.postings if (entry := index.titles.entry(number))]
    if len(entries) < 2 or target.kind is TargetKind.UNKNOWN:  # noqa: PLR2004 -- nothing to choose from
        return target
    picked = tuple(entry.id for entry in pick_postings(message.text, entries))
    if len(picked) == len(entries):
        return target
    only = index.titles.entry(picked[0]) if len(picked) == 1 else None
    company = (only.company or None) if only else target.company
    return target.model_copy(update={"kind": TargetKind.FOUND, "postings": picked, "company": company})


def _targets_of(last: Query, index: CompanyIndex) -> tuple[Target, ...]:
    if last.targets:
        return last.targets
    return (target_of_posting(last.within[0], index),) if last.within else ()


def _fill_asks(query: Query, last: Query, message: Message) -> Query:
    """Return the query with the last one's asks where it has none, or with the last topic where only a place or thing is named."""
    if not _leaves_topic_open(query, message) or (query.form in (Form.SUMMARY, Form.COMPARE, Form.MOST, Form.LEAST) and not query.asks):
        return query
    if (
        query.asks
        and all(ask.place for ask in query.asks)
        and not any(ask.topic in PLACED and ask.topic != "workplace" for ask in last.asks)
    ):
        return query
    if not last.asks:
        form = last.form if last.form is Form.SUMMARY else query.form
        return query.model_copy(update={"form": form, "follows": True})
    by_place = len(query.asks) > 1 and all(ask.place for ask in query.asks)  # "and in california or ohio"
    named = [(ask,) for ask in query.asks] if by_place else [query.asks]
    asks = tuple(_renewed(ask, ones) for ask in last.asks for ones in named)
    form = last.form if last.reach is not Reach.ALL else (Form.YES_NO if query.reach is Reach.ONE else Form.WHAT)
    return query.model_copy(update={"asks": asks, "form": form, "follows": True})


def _renewed(ask: Ask, named: Sequence[Ask]) -> Ask:
    """Return an ask of before with the place, thing, amount or years that the message names."""
    update: dict[str, object] = {}
    for one in named:
        if one.place is not None and ask.topic in PLACED:
            update["place"] = one.place
        for field in ("amount", "years", "level"):
            if getattr(one, field) is not None:
                update[field] = getattr(one, field)
        for field in ("about", "values"):
            if getattr(one, field):
                update[field] = getattr(one, field)
                update["words"] = one.words
    return ask.model_copy(update=update) if update else ask


def _leaves_topic_open(query: Query, message: Message) -> bool:
    """Tell whether a message asks about nothing by itself, or names only a value that the last topic may be asked of."""
    if _says_nothing_new(message):
        return True
    if not query.asks:
        is_open = message.scores.topics[OPEN] >= message.scores.topics[NOTHING] or message.scores.follows >= FOLLOWS_FROM
        return query.form is not Form.SUMMARY and (is_open or len(message.question.tokens) <= len(message.names) + 1)
    return _is_bare(query, message)


def _says_nothing_new(message: Message) -> bool:
    """Tell whether a message is only a name, with words that hold it together or ask for the same: "ok n pachama", "flex too?"."""
    rest = _pattern("again").sub(" ", message.flat)
    for name in message.names:
        rest = rest.replace(message.flat[name.start : name.end], " ")
    words = re.findall(r"[a-z']+", rest)
    return bool(message.names) and all(len(word) == 1 or word in question_words("linking") or word in small_words() for word in words)


def _is_bare(query: Query, message: Message) -> bool:
    """Tell whether a short message names nothing but a place: "what about canada", "hawaii?"."""
    is_short = len(message.question.tokens) <= (_SHORT if message.scores.follows < FOLLOWS_FROM else 2 * _SHORT)
    are_places = all(ask.topic == "countries" and ask.place is not None for ask in query.asks)
    return is_short and are_places and not (query.asks and _pattern("leave").search(message.flat))


def _is_short(message: Message) -> bool:
    return len(message.question.tokens) <= _SHORT


def points_at() -> re.Pattern[str]:
    """Return the words that point at what was spoken of: "it", "they", "that job"."""
    return _pattern("points")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['follow'][key])})(?!\w)")
