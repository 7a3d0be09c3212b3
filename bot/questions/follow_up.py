"""What a message leaves open is filled from the conversation's last Query, and only that."""

import re
from collections.abc import Sequence
from itertools import chain

from bot.domain.query import Ask, Form, Query, Reach, Talk, Target, TargetKind, Years, has_value
from bot.questions.asks import PLACED, amount_of
from bot.questions.company_index import CompanyIndex
from bot.questions.match_company import sibling_at, sibling_of
from bot.questions.message import (
    BARE_NUMBER,
    Message,
    asks_back,
    choices_of,
    follow_pattern,
    listed_in,
    logic_pattern,
    tells_own_number,
)
from bot.questions.model import FOLLOWS_FROM, NOTHING, OPEN
from bot.questions.targets import begins_asking, target_of_posting
from bot.questions.title_finder import find_role
from bot.questions.tokens import WordKind, is_cue_word, question_words, word_kind
from bot.text.clean import fold
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.numbers import tells_age
from bot.text.words import small_words, step_pattern, with_step

_MEASURED = ("pay", "experience", "education")
_WHICH = compile_later(r"\W*(?:(?:and|ok|so|y|und|et|e)\s)*(?:which|who|welche|wer|cual|quien|laquelle|lequel|qui|qual|quem)\b")
_SHORT, _LONGEST_WITH_ORDINAL, _TWO, _MOST_OF_THING = 6, 12, 2, 2
"""Words: so short a message about a place, a value or a company alone asks again what was asked before, or points at a place in a list."""


def fill_from(query: Query, last: Query, *, message: Message, index: CompanyIndex) -> Query:
    """Return the query with what it leaves open taken from the last one; what it says itself always stands."""
    if query.talk is not None:
        return query
    query = _without_guess(_asked_alike(query, last, message), last, message)
    if query.targets:
        return _fill_named(query, last, message)
    if (told := _amount_alone(message, last) or _number_of_own(message, last)) is not None:
        return _go_on(query.model_copy(update={"asks": told, "reach": Reach.ONE, "form": Form.YES_NO, "unread": ()}), last, message, index)
    listed = listed_in(last) if _is_of_those(message, query, last) else ()
    chosen = choose_ordinal(message, last, index=index)
    turned = _of_several(query, last, message, index) or (_turned(query, last, message) if last.reach is Reach.ALL else None)
    if turned is not None:
        return turned
    chosen = listed[0] if chosen is None and len(listed) == 1 and query.form not in (Form.HOW_MANY, Form.LIST) else chosen
    if chosen is not None:
        chosen_one = {"targets": (target_of_posting(chosen, index),), "reach": Reach.ONE, "within": listed_in(last), "follows": True}
        asked = {"asks": last.asks, "form": last.form if last.reach is Reach.ONE else Form.WHAT} if _is_next(message) else {}
        return _fill_asks(query.model_copy(update=chosen_one | asked), last, message)
    return _within(query, last, message, index) if listed else _refined_or_gone_on(query, last, message, index)


def _without_guess(query: Query, last: Query, message: Message) -> Query:
    """Return a query without a topic that is named by no word where a message only picks one: "who is lower", "whats next"."""
    rest = follow_pattern("least").sub(" ", follow_pattern("most").sub(" ", message.flat))
    is_rank = len(listed_in(last)) > 1 and _asks_for_more(message)
    is_rank = is_rank and all(word_kind(word) is WordKind.FUNCTION for word in re.findall(r"[a-z']+", rest))
    is_pick = is_rank or (_ordinal_in(message) is not None and _is_short(message) and not begins_asking(message))
    is_between = len(query.targets) > 1 and follow_pattern("most").search(message.flat) and any(one.topic in _MEASURED for one in last.asks)
    is_pick = is_between or (is_pick and not query.targets)  # "between hooli and flex who starts higher"
    if not is_pick or not last.asks or len(query.asks) != 1 or _is_cued(query, message) or has_value(query.asks[0]):
        return query
    plain = tuple(ask.model_copy(update={"amount": None, "years": None}) if is_rank else ask for ask in last.asks)  # "who tops it"
    return query.model_copy(update={"asks": plain if is_rank or is_between else ()})


def _is_next(message: Message) -> bool:
    return follow_pattern("next_one").fullmatch(message.flat.strip(" ?!.,")) is not None


def _of_several(query: Query, last: Query, message: Message, index: CompanyIndex) -> Query | None:
    """Return a query about several of those listed, "compare the first two", or that there is none at a place that is named."""
    if not (several := choose_several(message, last)):
        place = _ordinal_in(message) if last.within and _is_short(message) else None
        beyond = Query(text=query.text, language=query.language, reach=Reach.BOT, talk=Talk.NOTHING_LISTED)
        return beyond if place is not None and place >= len(last.within) else None
    chosen = tuple(target_of_posting(number, index) for number in several)
    asks, form = (query.asks, Form.COMPARE) if "sign=compare" in message.signs else (query.asks or last.asks, query.form)
    update = {"targets": chosen, "reach": Reach.SEVERAL, "asks": asks, "form": form, "within": listed_in(last), "follows": True}
    return query.model_copy(update=update)


def _refined_or_gone_on(query: Query, last: Query, message: Message, index: CompanyIndex) -> Query:
    """Return a query that narrows the last list, or goes on about the posting spoken of."""
    thing = _thing_alone(query, message) if last.reach is Reach.ALL and not last.targets else None
    if thing is False and len(last.within) != 1 and not (has_value(query.asks[0]) or query.role):  # "y el sueldo?"
        return query.model_copy(update={"reach": Reach.ALL, "form": Form.LIST, "within": last.within, "follows": True})
    is_pointed_at = _points_at_only(last, message)
    after_one = (last.reach is Reach.ONE and bool(last.targets)) or is_pointed_at
    is_of_jobs = not _OF_ALL_ANEW.isdisjoint(message.signs) or message.signs.keys() >= _ANY_JOBS  # "jobs in the uk", "who pays over 150k"
    is_amount = len(query.asks) == 1 and (query.asks[0].amount or query.asks[0].years) is not None  # "over 200 at least?"
    is_named = (is_amount or (is_pointed_at and _is_bare(query, message))) and _is_short(message)
    is_told = all(ask.is_own for ask in query.asks) and not {ask.topic for ask in query.asks}.isdisjoint(ask.topic for ask in last.asks)
    if query.reach is Reach.ALL and after_one and (is_named or is_told) and not is_of_jobs:  # "i have a degree and 5 yrs work"
        query = query.model_copy(update={"form": Form.YES_NO, "reach": Reach.ONE})
    is_anew = is_of_jobs or follow_pattern("anew").match(message.flat.lstrip(" ¿")) is not None
    if query.reach is Reach.ALL and (is_anew or not (after_one and query.asks and _is_bare(query, message))):
        return query if is_anew and (query.asks or query.role) else _refine_list(query, last, message)
    return _go_on(query, last, message, index)


_OF_ALL_ANEW, _ANY_JOBS = frozenset({"sign=which_of_all", "sign=of_jobs", "begins=jobs"}), frozenset({"begins=any", "sign=jobs"})


def _fill_named(query: Query, last: Query, message: Message) -> Query:
    """Return a query about a company that the message names, with the last one's asks where it asks nothing itself."""
    if last.asks and _says_nothing_new(message):  # one more is compared with none
        query = query.model_copy(update={"form": Form.WHAT if last.form in (Form.COMPARE, Form.MOST, Form.LEAST) else last.form})
    query = _among_asked_back(query, last)
    is_open = _is_picked(query, last, message) or _leaves_topic_open(query, message)
    filled = _fill_asks(query, last, message) if is_open else query
    return _and_before(filled, last, asks_the_same=[ask.topic for ask in filled.asks] == [ask.topic for ask in last.asks])


def _is_picked(query: Query, last: Query, message: Message) -> bool:
    return asks_back(last) and not query.asks and "sign=summary" not in message.signs


def _among_asked_back(query: Query, last: Query) -> Query:
    """Return a query about a company with those of its postings that were asked back: "the one at hooli"."""
    asked_back = last.targets[0].postings if asks_back(last) else ()
    target = query.targets[0]
    meant = tuple(number for number in target.postings if number in asked_back)
    return query.model_copy(update={"targets": (target.model_copy(update={"postings": meant}), *query.targets[1:])}) if meant else query


def _amount_alone(message: Message, last: Query) -> tuple[Ask, ...] | None:
    """Return what is asked where a short message names only an amount after one about pay: "over 200 at least?"."""
    values = [value for value in message.values if value.kind in ("amount", "bare_amount")]
    is_of_pay = any(ask.topic == "pay" for ask in last.asks) and bool(last.targets) and _OF_ALL_ANEW.isdisjoint(message.signs)
    is_alone = values and _is_short(message) and not message.signs.keys() >= _ANY_JOBS
    amount = amount_of(values, message.flat) if is_of_pay and is_alone else None
    return (Ask(topic="pay", form=Form.YES_NO, words=message.text, amount=amount),) if amount is not None else None


def _number_of_own(message: Message, last: Query) -> tuple[Ask, ...] | None:
    """Return what is asked where a message only tells a number of the asker's, of years where those were asked: "i have 10, enough?"."""
    experience = next((ask for ask in last.asks if ask.topic == "experience"), None)
    is_told = tells_own_number(message) or (experience is not None and experience.years is not None and _is_number_alone(message))
    if not last.targets or not is_told or logic_pattern("must", "words").search(message.flat):
        return None
    if experience is None or tells_age(message.flat):
        own = {"form": Form.YES_NO, "is_own": True, "is_must": False}
        others = (ask for ask in last.asks if ask.topic == "other")
        return tuple(ask.model_copy(update=own | {"words": f"{message.text} {ask.words}"}) for ask in others) or None
    years = Years(value=float(number[0]), is_own=True) if (number := BARE_NUMBER.search(message.flat)) else None
    return (experience.model_copy(update={"form": Form.YES_NO, "years": years, "is_own": True, "words": message.text}),)


def _is_number_alone(message: Message) -> bool:
    """Tell whether a message is nothing but a number and words that hold it together: "n 8?", "and if i had 4"."""
    numbers = [match[0] for match in BARE_NUMBER.finditer(message.flat) if "sign=which" not in message.signs]
    others = [token for token in message.question.tokens if token.word not in (*numbers, *question_words("linking"))]
    is_asked = message.values or begins_asking(message) or any(token.kind is not WordKind.FUNCTION for token in others)
    return len(numbers) == 1 and not is_asked


def _asked_alike(query: Query, last: Query, message: Message) -> Query:
    """Return a bare thing asked as the one before was: "react?" after "rails needed?"; and "experience in it" of the thing spoken of."""
    if follow_pattern("with_own").match(message.flat.lstrip(" ¿")):  # "and with a PhD?" asks whether that is enough
        return query.model_copy(update={"asks": tuple(ask.model_copy(update={"is_own": True}) for ask in query.asks)})
    is_there = logic_pattern("where", "from_there").search(message.flat) is not None
    if len(query.asks) > 1 or len(last.asks) != 1 or not (query.asks or is_there):
        return query
    ask, before = query.asks[0] if query.asks else Ask(topic="other", words=message.text), last.asks[0]
    if ask.about and before.about and ask.topic == before.topic and len(message.question.tokens) <= 2 * len(ask.about):
        ask = ask.model_copy(update={"is_must": ask.is_must or before.is_must, "is_own": ask.is_own or before.is_own})
    elif before.about and not ask.about and ask.topic in _OF_THINGS and _WITH_IT.search(message.flat):
        ask = ask.model_copy(update={"about": before.about, "topic": before.topic})
    elif ask.topic in ("apply", "other") and before.place is not None and is_there:
        ask = ask.model_copy(update={"topic": "countries", "place": before.place, "form": Form.YES_NO, "is_own": True})
    return query.model_copy(update={"asks": (ask,)})


_OF_THINGS = frozenset({"experience", "skills", "requirements", "preferred", "responsibilities", "other"})
_WITH_IT = compile_later(r"\b(?:in|with|of) (?:it|that)\b")


def _and_before(query: Query, last: Query, *, asks_the_same: bool) -> Query:
    """
    Return a query about one more company with those before it kept: "which of those is more" is about them.

    Those that were asked the same are kept together, however many; of what was asked something else only the last one.
    """
    if len(query.targets) != 1 or query.targets[0].kind is TargetKind.UNKNOWN:
        return query
    now = query.targets[0].postings if query.targets[0].told_by else query.targets[0].postings[:1]
    before = choices_of(last)
    if last.reach is Reach.ALL and not set(now) <= set(before):
        return query
    if not (asks_the_same or set(now) <= set(before)):
        before = tuple(number for target in last.targets for number in target.postings[:1])
    return query.model_copy(update={"within": tuple(dict.fromkeys((*before, *now)))}) if before else query


def _turned(query: Query, last: Query, message: Message) -> Query | None:
    """Return the last question across postings turned round or counted: "and the worst?", "and which dont", "how many is that"."""
    if query.asks and not _leaves_topic_open(query, message) and _bare_rank(message) is None:
        counts = "sign=count" in message.signs and _is_short(message) and not _is_cued(query, message)
        return last.model_copy(update={"text": query.text, "form": Form.HOW_MANY, "follows": True}) if counts else None
    turn = next((form for form in (Form.LEAST, Form.MOST) if f"sign={form.value}" in message.signs), None)
    if last.form in (Form.MOST, Form.LEAST) and turn is not None and (_is_short(message) or _bare_rank(message) is not None):
        return last.model_copy(update={"text": query.text, "targets": (), "within": last.among, "form": turn, "follows": True})
    if len(last.within) > 1 and (side := _bare_rank(message)) is not None:  # "highest?" of those listed
        asked = (*(query.asks if _is_cued(query, message) else ()), *last.asks, *query.asks)
        measured = tuple(ask for ask in asked if ask.topic in _MEASURED)[:1]
        update = {"text": query.text, "targets": (), "asks": measured, "form": side, "follows": True}
        return last.model_copy(update=update) if measured else None
    if _is_short(message) and follow_pattern("opposite").search(message.flat) and last.asks:
        asks = tuple(ask.model_copy(update={"is_denied": not ask.is_denied}) for ask in last.asks)
        return last.model_copy(update={"text": query.text, "within": (), "asks": asks, "form": Form.LIST, "follows": True})
    return None


def _is_cued(query: Query, message: Message) -> bool:
    return any(f"cue={ask.topic}" in message.signs for ask in query.asks)


def _bare_rank(message: Message) -> Form | None:
    """Return what a message asks for that is nothing but the most or least, perhaps of a topic: "highest?", "and the lowest pay"."""
    linking = question_words("linking")
    words = [token for token in message.question.tokens if token.word not in linking and token.kind is not WordKind.FUNCTION]
    sides = [form for form in (Form.MOST, Form.LEAST) if f"sign={form.value}" in message.signs]
    return sides[0] if len(sides) == 1 and len(words) <= _MOST_OF_THING and not _WHICH.match(message.flat) else None


def _is_of_those(message: Message, query: Query, last: Query) -> bool:
    """Tell whether a message asks of the postings that were listed or spoken of, and not of all there are."""
    listed = listed_in(last)
    is_one = follow_pattern("which_one").search(message.flat) or _ENDS_WITH_WHICH.search(message.flat) or "sign=both" in message.signs
    is_more = _asks_for_more(message)
    # "Who pays most" asks that of all, though two were listed.
    is_of_few = last.reach is not Reach.ALL or (len(listed) == _TWO and {"sign=most", "sign=least"}.isdisjoint(message.signs))
    is_of_them = is_more and follow_pattern("which_of_them").search(message.flat)  # "laquelle paie le mieux"
    if len(listed) > 1 and ((is_of_few and (is_one or is_more)) or is_of_them or _OF_THE_ONES.search(message.flat)):  # "of the yearly ones"
        return True
    return follow_pattern("those").search(message.flat) is not None or (
        query.reach is Reach.SEVERAL and follow_pattern("both").search(message.flat) is not None
    )


def _asks_for_more(message: Message) -> bool:
    """Tell whether a message asks which has more of something: "who wants more experience"."""
    return any(follow_pattern(side).search(message.flat) for side in ("most", "least")) and _WHICH.match(message.flat) is not None


_OF_THE_ONES = compile_later(r"\b(?:of|only|just) the (?:[^\s,]+ ){0,2}ones\b")
_ONES = compile_later(r"\W*(?:(?:and|ok|so)\s)*(?:the\s)?ones\b")
_LIVES_THERE = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['where']['lives'])})(?!\w)")
_ENDS_WITH_WHICH = compile_later(r"\bwhich(?: one)?\W*$")


def _within(query: Query, last: Query, message: Message, index: CompanyIndex) -> Query:
    """Return a query about the postings that were listed or compared before."""
    listed = listed_in(last)
    targets = last.targets
    if last.reach is not Reach.ALL and len(targets) < len(listed):
        targets = tuple(target_of_posting(number, index) for number in listed)
    is_which = follow_pattern("which_one").search(message.flat) is not None
    is_both = "sign=both" in message.signs or (query.reach is Reach.SEVERAL and query.form in (Form.WHAT, Form.YES_NO))
    if len(targets) > 1 and (query.form is Form.COMPARE or (is_both and not is_which) or _asks_for_more(message)):
        side = next((form for form in (Form.MOST, Form.LEAST) if f"sign={form.value}" in message.signs), None)
        query = query.model_copy(update={"form": side}) if side and _asks_for_more(message) else query
        query = _compared(query, message)
        return _fill_asks(query.model_copy(update={"targets": targets, "reach": Reach.SEVERAL, "follows": True}), last, message)
    if not query.asks:
        query = query.model_copy(update={"asks": last.asks})
    if len(query.asks) == 1 and query.asks[0].topic in _MEASURED and query.asks[0].amount is None and query.asks[0].years is None:
        side = next((form for form in (Form.MOST, Form.LEAST) if follow_pattern(form.value).search(message.flat)), None)
        query = query.model_copy(update={"form": side}) if side else query
    is_kept = query.form in (Form.HOW_MANY, Form.MOST, Form.LEAST) or (query.form is Form.COMPARE and "sign=compare" in message.signs)
    form = query.form if is_kept else Form.LIST
    return query.model_copy(update={"reach": Reach.ALL, "within": listed, "form": form, "follows": True})


def _refine_list(query: Query, last: Query, message: Message) -> Query:
    """Return a list that goes on about the last one: "and terraform", "what about canada": the same topic's criterion is replaced."""
    goes_on = message.scores.follows >= FOLLOWS_FROM or follow_pattern("narrows").match(message.flat.lstrip(" ¿")) is not None
    role = query.role or ("" if query.fields else find_role(message, {}))  # "an engineer?" after "anything for a doctor?"
    is_open = _leaves_topic_open(query, message) or ((goes_on or role != query.role) and _is_short(message))
    if last.reach is not Reach.ALL and not query.asks and not query.role and is_open and "any" in message.flat.split():
        return query.model_copy(update={"asks": tuple(ask.model_copy(update={"place": None}) for ask in last.asks), "follows": True})
    if last.reach is not Reach.ALL or not is_open:
        return query
    if last.form in (Form.MOST, Form.LEAST) and query.asks and _ONES.match(message.flat):
        return query  # "ones in houston?" after the one that pays most
    own = {ask.topic for ask in query.asks}
    kept = tuple(ask for ask in last.asks if ask.topic not in own) if query.asks else last.asks
    if _is_empty(last) and own and own.isdisjoint(ask.topic for ask in last.asks):
        kept = ()  # what nobody states is stated in no place either
    form = last.form if query.form in (Form.WHAT, Form.YES_NO, Form.LIST) else query.form
    within = last.within if kept and not query.asks else ()
    fields = query.fields or (() if role else last.fields)
    update = {"asks": (*kept, *query.asks), "role": role or last.role, "fields": fields, "within": () if role else within}
    return query.model_copy(update={**update, "form": form, "follows": True})


def _go_on(query: Query, last: Query, message: Message, index: CompanyIndex) -> Query:
    """Return a query about the posting that was spoken of: the company stays, and so does the topic where none is named."""
    if last.reach is Reach.ALL and _is_short(message) and _is_bare(query, message) and not (last.targets or _points_at_only(last, message)):
        return _refine_list(query.model_copy(update={"reach": Reach.ALL}), last, message)
    is_must = len(last.within) == 1 and any(ask.is_must for ask in query.asks)  # "german needed?" of the only one listed
    if last.reach is Reach.ALL and not (last.targets or is_must) and _thing_alone(query, message):
        return _refine_list(query.model_copy(update={"reach": Reach.ALL, "form": Form.LIST}), last, message)
    is_list = last.reach is Reach.ALL and len(last.within) > 1 and last.form not in (Form.MOST, Form.LEAST)
    if is_list and (_THEY.search(message.flat) or (query.asks and not (message.points_back or last.targets))):
        return query.model_copy(update={"reach": Reach.ALL, "within": last.within, "follows": True})  # of no first one alone
    targets = last.targets or ((target_of_posting(last.within[0], index),) if last.within else ())
    if not targets:
        return query
    if (elsewhere := _elsewhere(query, targets, message=message, index=index)) is not None:
        targets = (elsewhere,)
    reach = Reach.SEVERAL if len(targets) > 1 else Reach.ONE
    filled = query.model_copy(update={"targets": targets, "reach": reach, "within": last.within, "follows": True})  # for "and the second?"
    return _fill_asks(_compared(filled, message) if len(targets) > 1 else filled, last, message)


def _points_at_only(last: Query, message: Message) -> bool:
    """Tell whether a message points at the only posting of a list: "is it in egypt"."""
    return len(last.within) == 1 and message.points_back


def _elsewhere(query: Query, targets: Sequence[Target], *, message: Message, index: CompanyIndex) -> Target | None:
    """Return the company's posting at the place that a message names and nothing else: "and in germany?" after the one in Spain."""
    places = [ask.place for ask in query.asks if ask.place is not None]
    if len(targets) != 1 or len(targets[0].postings) != 1 or len(places) != 1 or not _is_bare(query, message):
        return None
    number = sibling_at(targets[0].postings[0], places[0], index=index)
    return target_of_posting(number, index) if number is not None else None


def _compared(query: Query, message: Message) -> Query:
    """Return a query about several companies as one that compares them, where it asks which of them."""
    is_which = _WHICH.match(message.flat) and query.form in (Form.WHAT, Form.LIST)
    return query.model_copy(update={"form": Form.COMPARE}) if is_which else query


def _thing_alone(query: Query, message: Message) -> bool | None:
    """Tell whether a message that is nothing else names a thing, "401k?", or only a topic, "pay?"; None for any other message."""
    small = question_words("linking") | small_words() | _ARTICLES
    words = [token.word for token in message.question.tokens if token.word not in small]
    if len(query.asks) != 1 or not words or len(words) > _MOST_OF_THING or begins_asking(message) or message.points_back:
        return None
    are_topical = (word.isalpha() and (word_kind(word) is WordKind.TOPICAL or is_cue_word(word)) for word in words)
    return bool(query.asks[0].about) or not all(are_topical)


_ARTICLES = frozenset({"a", "o", "an", "any", "y", "e", "pls", "please", "svp", "stp", "bitte", "porfa"})
_THEY = compile_later(r"\b(?:they|them|these|those|ellos|ellas|denen|ils|elles|eles|elas|\w+en die)\b")


def _fill_asks(query: Query, last: Query, message: Message) -> Query:
    """Return the query with the last one's asks where it has none, or with the last topic where only a place or thing is named."""
    if _is_picked(query, last, message):
        return query.model_copy(update={"asks": last.asks, "form": last.form, "follows": True})
    there = logic_pattern("where", "if_there").search(message.flat) if {ask.topic for ask in last.asks} == {"pay"} else None
    longest = _SHORT + 2 * (there is not None and there.start() < _SHORT)  # "and if I live in New Jersey", not "am I hired if I live there"
    is_paid_there = there is not None and len(message.question.tokens) <= longest
    is_paid_there = is_paid_there and {ask.topic for ask in query.asks if ask.place} == {"countries"}
    is_told = query.form in (Form.SUMMARY, Form.COMPARE, Form.MOST, Form.LEAST) and not query.asks
    if is_told or not (is_paid_there or _leaves_topic_open(query, message)):
        return query
    is_placed = bool(query.asks) and all(ask.place for ask in query.asks)
    if is_placed and not any(ask.topic in PLACED and ask.topic != "workplace" for ask in last.asks):
        return query
    if not last.asks:
        form = last.form if last.form is Form.SUMMARY else query.form
        return query.model_copy(update={"form": form, "follows": True})
    named = [(ask,) for ask in query.asks] if is_placed and len(query.asks) > 1 else [query.asks]  # "and in california or ohio"
    asks = tuple(_renewed(ask, ones) for ask in last.asks for ones in named)
    asks = tuple(ask.model_copy(update={"words": with_step(ask.words, message.flat)}) for ask in asks)
    form = last.form if last.reach is not Reach.ALL else (Form.YES_NO if query.reach is Reach.ONE else Form.WHAT)
    return query.model_copy(update={"asks": asks, "form": form, "follows": True})


def _renewed(ask: Ask, named: Sequence[Ask]) -> Ask:
    """Return an ask of before with the place, thing, amount or years that the message names."""
    update: dict[str, object] = {}
    for one in named:
        if one.place is not None and ask.topic in PLACED:
            update |= {"place": one.place} | ({"is_denied": one.is_denied} if ask.topic == "countries" else {})
            if ask.is_must and _LIVES_THERE.search(fold(one.words)):  # "what if i live in Ohio" asks no more whether one must
                update |= {"is_must": False, "is_only": False, "is_own": True}
        update |= {field: value for field in ("amount", "years", "level") if (value := getattr(one, field)) is not None}
        for field in ("about", "values"):
            if getattr(one, field):
                update[field] = getattr(one, field)
                update["words"] = one.words
    return ask.model_copy(update=update) if update else ask


def _leaves_topic_open(query: Query, message: Message) -> bool:
    """Tell whether a message asks about nothing by itself, or names only a value that the last topic may be asked of."""
    is_old = _says_nothing_new(message)
    if is_old or query.asks:
        return is_old or _is_bare(query, message)
    is_open = message.scores.topics[OPEN] >= message.scores.topics[NOTHING] or message.scores.follows >= FOLLOWS_FROM
    is_there = all(logic_pattern("where", key).search(message.flat) for key in ("lives", "is_ok"))  # "im in Ely, is that ok"
    return query.form is not Form.SUMMARY and not is_there and (is_open or len(message.question.tokens) <= len(message.names) + 1)


def _says_nothing_new(message: Message) -> bool:
    """Tell whether a message is only a name, a step or "is that ok", with words that hold it together or ask for the same: "flex too?"."""
    rest, is_ok = logic_pattern("where", "is_ok").subn(" ", message.flat)
    rest, steps = step_pattern().subn(" ", follow_pattern("again").sub(" ", rest))
    for name in message.names:
        rest = rest.replace(message.flat[name.start : name.end], " ")
    is_old = bool(message.names or is_ok or steps) and "only cue=requirements" not in message.signs  # "que piden en hooli"
    said, small = re.findall(r"[a-z']+\d*|\d\d+", rest), question_words("linking") | small_words()  # "w2" is a word
    return is_old and all(len(one) == 1 or one in small for one in said)


def _is_bare(query: Query, message: Message) -> bool:
    """Tell whether a short message names nothing but a place: "what about canada", "hawaii?"."""
    is_short = len(message.question.tokens) <= (_SHORT if message.scores.follows < FOLLOWS_FROM else 2 * _SHORT)
    are_places = all(ask.topic == "countries" and ask.place is not None and not ask.is_only for ask in query.asks)
    there = (logic_pattern("where", key) for key in ("is_ok", "be_there"))  # "i'm in perth, ok?"
    asks_to = any(one.search(message.flat) for one in (follow_pattern("leave"), logic_pattern("must", "words"), *there))
    return is_short and are_places and not (query.asks and asks_to)


def _is_short(message: Message) -> bool:
    return len(message.question.tokens) <= _SHORT


# Which of those that were listed a message points at by their place.


def choose_ordinal(message: Message, last: Query, *, index: CompanyIndex) -> int | None:
    """Return the posting that "the second one" or "the other one" points at."""
    listed = listed_in(last) if last.within or len(last.targets) != 1 else last.targets[0].postings
    if not listed or len(message.question.tokens) > _LONGEST_WITH_ORDINAL:
        return None
    if _is_next(message) and last.targets:
        behind = max((at for at, number in enumerate(listed, 1) if number in last.targets[-1].postings), default=len(listed))
        return listed[behind] if behind < len(listed) else None
    if (place := _ordinal_in(message)) is not None:
        return listed[place] if place < len(listed) else None
    if follow_pattern("other").search(message.flat):
        chosen = {number for target in last.targets for number in target.postings} if len(last.targets) == 1 else set()
        others = [number for number in listed if number not in chosen] if len(chosen) == 1 else listed[1:]
        sibling = sibling_of(next(iter(chosen)), index) if len(chosen) == 1 else None  # of the same company first
        return sibling or (others[0] if others else sibling_of(listed[0], index))
    return None


def _ordinal_in(message: Message) -> int | None:
    """Return which place of a list a message points at, from 0 or -1 for the last: "the second one", "third?", no "first interview"."""
    for place, ordinals in _NAMED.items():
        if (named := ordinals.search(message.flat)) is not None:
            others = [token.word for token in message.question.tokens if not named.start() <= token.start < named.end()]
            is_alone = all(word in question_words("linking") for word in others)
            return max(place - 1, -1) if is_alone or _LED_BY.search(message.flat) else None
    return None


_FOLLOW = read_lexicon("asked_logic")["follow"]
_NO_POSTINGS, _ORDINALS = one_of(_FOLLOW["no_postings"]), _FOLLOW["ordinals"]
_NAMED = {int(at): compile_later(rf"(?<!\w)(?:{one_of(one)})(?!\w)(?!\s(?:{_NO_POSTINGS}|two|three|\d))") for at, one in _ORDINALS.items()}
_LED_BY = compile_later(r"\b(?:one|job|posting|role|la|el|der|die|das|le|o|a|the|number|#)\b|#")


def choose_several(message: Message, last: Query) -> tuple[int, ...]:
    """Return the postings that "the first two" points at, of those that were listed; none for fewer than two."""
    named = _FIRST_OR_LAST.search(message.flat)
    if named is None or not (named["the"] or "sign=compare" in message.signs):
        return ()
    count = next(int(number) for number, words in _FOLLOW["numbers"].items() if named["number"] in words)
    listed = choices_of(last)
    chosen = listed[-count:] if named["end"] in _FOLLOW["at_end"] else listed[:count]
    return chosen if len(chosen) > 1 else ()


_ENDS, _NUMBERS = one_of([*_FOLLOW["at_start"], *_FOLLOW["at_end"]]), one_of(chain.from_iterable(_FOLLOW["numbers"].values()))
_THE = r"(?P<the>(?:the|those|these|die|las|los|les|os|as) )?"
_FIRST_OR_LAST = compile_later(rf"(?<!\w){_THE}(?P<end>{_ENDS}) (?P<number>{_NUMBERS})(?!\w)(?!\s(?:{_NO_POSTINGS}))")


def turn_page(message: Message, last: Query | None) -> Query | None:
    """Return the next page of the list that was shown where nothing else is asked; of an empty one that there is none."""
    said = message.flat.strip(" ?!.,")
    is_next = follow_pattern("next_page").fullmatch(said) is not None
    if last is None or last.reach is not Reach.ALL or last.form is not Form.LIST or not (is_next or _ONE_OF_LIST.fullmatch(said)):
        return None
    if _is_empty(last):
        return Query(reach=Reach.BOT, talk=Talk.NOTHING_LISTED)
    return last.model_copy(update={"within": last.among, "page": last.page + 1, "follows": True}) if is_next and last.within else None


def _is_empty(last: Query) -> bool:
    return last.reach is Reach.ALL and last.form is Form.LIST and bool(last.asks or last.role) and not (last.within or last.targets)


_ORDINAL = one_of(chain.from_iterable(_ORDINALS.values()))
_ONE_OF_LIST = compile_later(rf"(?:(?!\w*(?:{_ORDINAL}))[\w']+ ){{0,4}}(?:{_ORDINAL})(?: (?:one|job|posting|role|two|three))?")
