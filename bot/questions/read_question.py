"""A message becomes a Query: what is meant by it, before any posting is looked at."""

import re
from collections.abc import Collection
from itertools import pairwise

from bot.domain.query import Ask, Form, Query, Reach, Talk, Target, TargetKind
from bot.questions.asks import AskReader, Clause, split_clauses
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found, Unknown, company_key
from bot.questions.follow_up import fill_from, turn_page
from bot.questions.message import (
    OPENERS,
    Message,
    asks_thing,
    follow_pattern,
    in_order,
    logic_pattern,
    of_some,
    only_greets,
    read_message,
    tells_own_number,
    without_guesses,
    without_left_out,
    without_mistaken,
    without_role_names,
)
from bot.questions.model import (
    BOT_BESIDE_POSTING_FROM,
    BOT_FROM,
    SURELY_ASKED_FROM,
    SURELY_BOT_FROM,
    UNDERSTOOD,
    UNREAD_BELOW,
    find_language,
    said_alone,
)
from bot.questions.reach import ASKS, CLEARLY_OF_ALL, is_of_one, is_spoken_of, may_be_of_all, read_form, read_reach
from bot.questions.targets import (
    find_noun,
    find_picked,
    find_sides,
    named_alone,
    of_stranger_before,
    stranger_of,
    targets_of,
    thing_spoken_of,
    with_role,
    with_titles,
    without_strange_names,
    without_things,
)
from bot.questions.title_finder import Pointed, TitleFinder, find_role, with_post, with_roles
from bot.questions.tokens import WordKind, find_cues, flatten, join_role_words, question_words, spell_out, tokenise
from bot.questions.values import fields_in
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.words import asks_anybody, without_adverbs

_LONGEST, _MOST_JOBS, _FEW_LEFT_OUT = 1000, 100, 3  # letters, jobs, words


def read_question(text: str, index: CompanyIndex, *, scopes: Collection[str], last: Query | None = None, locale: str = "en") -> Query:
    """
    Return what a message asks; `last` is the conversation's Query before it, which fills only what this one leaves open.

    Where a list was answered, `last.within` should hold the ids of the postings that were listed, best first, so that "the second one" and
    "which of those" are understood.

    >>> from bot.questions.company_names import Entry
    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")])
    >>> query = read_question("what does flex pay?", index, scopes={"everyone"})
    >>> query.targets[0].postings, [ask.topic for ask in query.asks]
    ((1,), ['pay'])
    """
    language = find_language(text[:_LONGEST], locale=last.language if last is not None else locale)
    is_how_much = logic_pattern("follow", "how_much").fullmatch(flatten(text).strip(" ?!.")) is not None
    is_of_pay = is_how_much and last is not None and last.reach is not Reach.ALL and is_spoken_of(last)
    message = _read_core("pay?" if is_of_pay else text, index, scopes=scopes, language=language)
    rest, left_out = without_left_out(message)
    if (
        rest != message.text.strip(" ,;:")
        and (query := read_question(rest, index, scopes=scopes, last=last, locale=locale)).reach is Reach.ALL
    ):
        within = query.within if last is None or set(query.within) - set(left_out) else last.among
        return query.model_copy(update={"text": text, "without": left_out, "within": within})
    message = without_things(message, last.things if last is not None else ())
    message = without_mistaken(message)
    finder = TitleFinder(message.question, index.titles, scopes, message.places)
    pointed = finder.find(besides=[name for name in message.names if isinstance(name.match, Found)])
    message = without_strange_names(message, pointed)
    picked = find_picked(message, last, finder=finder)
    is_meant = picked is not None or (pointed is not None and pointed.is_sure)  # "mortgage job"
    alone = "greeting" if only_greets(message, text) else said_alone(text, places=[(one.start, one.end) for one in message.places])
    talk = _talk_of(message, is_spoken_of=is_spoken_of(last), alone=alone) if not is_meant else None
    if (said := turn_page(message, last) or _as_talk(message, talk, index=index, scopes=scopes)) is not None:
        return said.model_copy(update={"text": text, "language": message.language})
    targets = with_role(targets_of(message, index, scopes=scopes, last=last), pointed)
    message = with_roles(message, targets, finder=finder) if targets else message
    reach = read_reach(message, targets, last=last)
    if picked is not None and not any(target.kind is TargetKind.FOUND for target in targets):
        target, start, end = picked
        targets, message, reach = (target,), with_titles(message, [(start, end)]), Reach.ONE
    elif len(sides := find_sides(message, index, scopes=scopes)) > sum(target.kind is TargetKind.FOUND for target in targets):
        targets, reach = tuple(target for target, _, _ in sides), Reach.SEVERAL
        message = with_titles(message, [(start, end) for _, start, end in sides])
    elif (pointed := _pointed(message, targets, pointed, reach=reach, last=last)) is not None:
        target, pointed = of_stranger_before(message, pointed, finder=finder)
        targets, message, reach = (target,), with_titles(message, [with_post(pointed, message.flat)]), Reach.ONE
    if not targets:
        targets, reach = _find_stranger(message, reach, last, index=index, scopes=scopes)
    asks, reach = _read_asks(message, reach, targets, last=last)
    is_some = bool(targets and asks) and asks[0].topic == "other" and of_some(message, asks) is not None
    form = Form.WHAT if is_some else read_form(message, reach, has_asks=bool(asks))
    fields = fields_in(message.flat) if reach is Reach.ALL else {}
    role = find_role(message, fields) if reach is Reach.ALL else ""
    if not targets and (_NEWEST.fullmatch(message.flat) or logic_pattern("follow", "all_here").fullmatch(message.flat.strip(" ?!.¿"))):
        return Query(text=text, language=message.language, reach=Reach.ALL, form=Form.LIST)  # lists begin with the newest
    told = {"targets": targets, "asks": asks, "role": role, "fields": tuple(fields)}
    query = without_guesses(Query(text=text, language=message.language, reach=reach, form=form).model_copy(update=told), message)
    query = query.model_copy(update={"unread": query.unread or _unread(message, query.asks)})
    if last is not None:
        query = fill_from(_with_the_one_before(query, last, message=message), last, message=message, index=index)
    query = _as_said_whole(_with_all_jobs(query, message, last, index=index, scopes=scopes), message, last=last)
    return in_order(query, flatten(text[:_LONGEST]), last=last)


def _read_asks(message: Message, reach: Reach, targets: tuple[Target, ...], *, last: Query | None) -> tuple[tuple[Ask, ...], Reach]:
    """Return what a message asks, and of how many where it asks for nothing but a thing of the posting spoken of: "and the parking?"."""
    if message.language not in UNDERSTOOD:
        return (), reach
    asks = AskReader(message, Clause(0, len(message.text)), of_all=reach is Reach.ALL).read()
    if last is not None and last.things and [f"cue={ask.topic}" in message.signs for ask in asks] == [False]:
        asks = (asks[0].model_copy(update={"topic": "other"}),)  # "do i need to be an FSA", which the texts have
    if is_spoken_of(last) and not (asks or targets) and (noun := find_noun(message)) is not None:
        return (Ask(topic=noun, words=message.text),), Reach.ONE
    if reach is not Reach.ONE or not (targets or is_spoken_of(last)):
        return asks, reach
    if not asks and asks_thing(message, least=1 if targets else 2):
        is_own, is_denied = (logic_pattern(key, "words").search(message.flat) is not None for key in ("own", "denied"))
        return (Ask(topic="other", words=message.without_names(), is_own=is_own, is_denied=is_denied),), reach
    some = of_some(message, asks) if targets else None
    return (asks if some is None else (some,)), reach


def _read_core(text: str, index: CompanyIndex, *, scopes: Collection[str], language: str) -> Message:
    """Return the part of a message that asks, taken apart."""
    core = spell_out(join_role_words(without_politeness(core_of(text))), language)
    message = without_role_names(read_message(core, index, scopes=scopes, language=language))
    if (asking := _without_stories(message)) != message.text:
        message = without_role_names(read_message(asking, index, scopes=scopes, language=language))
    is_long = len(core.split()) + _FEW_LEFT_OUT < len(text.split())
    return _with_name_before(message, text, index, scopes=scopes) if is_long else message


def _without_stories(message: Message) -> str:
    """
    Return a message without what somebody tells of themselves that no posting could state: "I know it only as a fish."

    What a question takes up by a pronoun is left: "I have a dog. Can I bring it?"
    """
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(message.flat)), len(message.flat)]
    spans = [(start, end) for start, end in pairwise(cuts) if message.flat[start:end].strip()]
    asks = [_asks_something(message.flat[start:end]) for start, end in spans]
    if len(spans) < 2 or not any(asks) or all(asks):  # noqa: PLR2004
        return message.text
    named = [(start, end) for start, end, _ in message.spans]
    kept, is_taken_up = [], False
    for (start, end), is_asked in reversed(list(zip(spans, asks, strict=True))):
        is_named = any(first < end and start < last for first, last in named) or any(sign.isdigit() for sign in message.text[start:end])
        if is_asked or is_named or is_taken_up or not _OF_ONESELF.search(message.flat[start:end]):
            kept.append(message.text[start:end].strip(" ,"))
        is_taken_up |= is_asked and _TAKES_UP.search(message.flat[start:end]) is not None
    return " ".join(reversed(kept))


def _asks_something(sentence: str) -> bool:
    is_request = logic_pattern("talk", "asks_for").search(sentence) or _REQUEST.match(sentence)
    return sentence.rstrip().endswith("?") or is_request is not None or not OPENERS.isdisjoint(find_cues(sentence))


_SENTENCE_END = compile_later(r"[.!?]\s+(?=\S)|\n+|,\s+(?=(?:i|we|my)\s(?:was|am|have been|used to|know|knew|read|heard)\b)")
_REQUEST = compile_later(
    r"\W*(?:and |so |then |now )?(?:please|pls|plz|kindly|give|show|list|explain|describe|summari[sz]e|sum up|tldr|gimme|compare)\b"
)
_OF_ONESELF = compile_later(
    r"\b(?:i|i'?m|i'?ve|i'?d|we|we'?ve|my|our|ich|mein\w*|wir|yo|mi|soy|estoy|tengo|je|j'\w+|mon|ma|mes|nous|eu|meus?|minhas?|sou|estou)\b"
)
_TAKES_UP = compile_later(
    r"\b(?:it|its|that|this|them|those|these|so|one|there|enough|sufficient|still|das|es|dies\w*|damit|eso|esto|ello|lo|la|ca|cela|isso|isto)\b"
)


def _with_name_before(message: Message, text: str, index: CompanyIndex, *, scopes: Collection[str]) -> Message:
    """Return what a long message asks with the one company or posting that its other sentences name, where it names none itself."""
    is_of_all = not CLEARLY_OF_ALL.isdisjoint(message.signs) or message.scores.reach["bot"] >= BOT_FROM
    if is_of_all or message.names or TitleFinder(message.question, index.titles, scopes).find() is not None:
        return message
    whole = read_message(text, index, scopes=scopes, language=message.language)
    found = {name.match.key: whole.text[name.start : name.end] for name in whole.names if isinstance(name.match, Found)}
    pointed = TitleFinder(whole.question, index.titles, scopes, whole.places).find()
    if pointed is not None and pointed.is_sure and len(pointed.entries) == 1 and len(found) <= 1:
        named = " ".join(dict.fromkeys([*found.values(), whole.text[pointed.start : pointed.end]]))
    elif len(found) == 1:
        (named,) = found.values()
    else:
        return message
    return without_role_names(read_message(f"{named}: {message.text}", index, scopes=scopes, language=message.language))


_SAID_WHOLE = {Form.FIT: "fit", Form.WHOLE: "whole"}


def _as_said_whole(query: Query, message: Message, *, last: Query | None) -> Query:
    """Return a query about one posting as the one that it is where nothing is asked but whether the asker fits, or for its whole text."""
    words = {form: logic_pattern(table, "words") for form, table in _SAID_WHOLE.items()}
    form = next((form for form, pattern in words.items() if pattern.search(message.flat)), None)
    if form is Form.WHOLE and not query.targets and last is not None:  # "zeig mir den ganzen text" shows no list
        listed = (Target(kind=TargetKind.FOUND, postings=last.within),) if last.within else ()  # it is asked back which
        query = query.model_copy(update={"reach": Reach.ONE, "targets": last.targets or listed, "role": "", "fields": ()})
    if query.reach is not Reach.ONE or len(query.targets) != 1 or form is None:
        return query.model_copy(update={"is_own": form is Form.FIT and query.reach is Reach.ALL})  # "which jobs fit me"
    rest = tokenise(words[form].sub(" ", flatten(message.without_names()))).tokens
    cues = find_cues(" ".join(token.word for token in rest if token.kind is not WordKind.FUNCTION))
    asks_more = form is Form.FIT or "sign=yes_no" in message.signs  # "is the full text of the contract in english"
    is_more = message.values or message.places or (asks_more and any(cue.startswith("cue=") for cue in cues))  # "does the salary fit me"
    return query if is_more else query.model_copy(update={"form": form, "asks": (), "unread": (), "is_own": form is Form.FIT})


def _find_stranger(
    message: Message, reach: Reach, last: Query | None, *, index: CompanyIndex, scopes: Collection[str]
) -> tuple[tuple[Target, ...], Reach]:
    """Return the company that is not here which a message names, or how many postings it is about instead where it goes on about none."""
    if not message.names and (thing := thing_spoken_of(message, last, index=index)) is not None:
        return (thing,), Reach.ONE
    goes_on_of_one = is_of_one(last, message)
    is_next = message.flat.rstrip(" ?!.").endswith(tuple(question_words("ends_with_next")))  # "hooli then?" after another company
    has_things = last is not None and any(ask.about for ask in last.asks)
    other = named_alone(message, index, scopes=scopes, last=last) if goes_on_of_one and not has_things else None
    if other is not None or (goes_on_of_one and (has_things or "begins=goes_on" not in message.signs) and not is_next):
        return ((other,), Reach.ONE) if other is not None else ((), reach)
    is_thing = has_things and any(value.kind == "skill" for value in message.values)  # "and datadog?" after "which want kafka"
    stranger = None if is_thing else stranger_of(message, index, scopes=scopes, is_of_one=reach is Reach.ONE, goes_on=goes_on_of_one)
    if stranger is None and (is_next or ("begins=goes_on" in message.signs and not goes_on_of_one)):  # "how about hooli" after another
        stranger = named_alone(message, index, scopes=scopes)
    if stranger is not None:
        return (stranger,), Reach.ONE
    return (), Reach.ALL if not goes_on_of_one and reach is Reach.ONE and may_be_of_all(message) else reach


def _with_all_jobs(query: Query, message: Message, last: Query | None, *, index: CompanyIndex, scopes: Collection[str]) -> Query:
    """Return a query for the jobs of one company as the list that it asks for: "how many hooli jobs", "which positions do they have"."""
    targets = query.targets
    if query.reach is Reach.ALL and last is not None and not query.within and message.points_back:
        targets = last.targets
    is_told = query.form in (Form.FIT, Form.COMPARE) or "sign=summary" in message.signs
    is_open_there = follow_pattern("open_there").search(message.flat) is not None
    is_listed = not is_told and ("sign=jobs" in message.signs or is_open_there)
    if not is_listed or query.asks or query.role or len(targets) != 1 or not targets[0].company:
        return query
    holding = index.holding(company_key(targets[0].company), scopes)
    ids = tuple(entry.id for one in holding for entry in index.entries(one.key, scopes))[:_MOST_JOBS]
    form = query.form if query.form is Form.HOW_MANY else Form.LIST
    if len(ids) > 1:
        return query.model_copy(update={"reach": Reach.ALL, "form": form, "targets": (), "within": ids})
    of_one = {"reach": Reach.ONE, "targets": targets, "asks": (Ask(topic="other", words=message.text),)}
    return query.model_copy(update=of_one) if is_open_there and query.reach is Reach.ALL else query


_NEWEST = compile_later(
    r"\W*(?:(?:and|ok|so|whats|what's|what is|what are|show me|list|which is|which are|any)\s)*(?:the )?"
    r"(?:(?:very )?(?:newest|latest|most recent|new)|recently added|last added) (?:job )?(?:postings?|jobs?|openings?|roles?|offers?)\W*"
)

# What is said to the bot.


def _as_talk(message: Message, talk: Talk | None, *, index: CompanyIndex, scopes: Collection[str]) -> Query | None:
    """Return what is said to the bot, or a company that is nothing but named; None for what asks something of postings."""
    alone = named_alone(message, index, scopes=scopes) if talk in (Talk.OFF_TOPIC, Talk.GIBBERISH) else None
    return Query(targets=(alone,)) if alone else Query(reach=Reach.BOT, talk=talk) if talk is not None else None


def _talk_of(message: Message, *, is_spoken_of: bool, alone: str) -> Talk | None:
    """Return what kind of talk a message is, None where it asks something of postings, or perhaps of the one spoken of."""
    if not message.question.tokens:
        return Talk.GIBBERISH
    if is_spoken_of and (asks_anybody(message.flat) or logic_pattern("follow", "told_there").search(message.flat)):
        return None  # "do you get your birthday off"
    said = next((talk for key, talk in _SAID_TO_BOT.items() if logic_pattern("talk", key).search(without_adverbs(message.flat))), None)
    is_named = any(not isinstance(name.match, Unknown) for name in message.names)
    said = Talk(alone) if alone and said is None and not is_named else said
    is_whole = logic_pattern("whole", "words").search(message.flat) is not None  # "kannst du mir den ganzen text zeigen"
    is_later = "?" in message.text and message.signs.keys() & {"sign=leaves", "begins=leaves"} == {"sign=leaves"}  # "gonna move later?"
    is_open = is_spoken_of and (is_whole or is_later or tells_own_number(message))
    if said or is_named or message.language not in UNDERSTOOD or is_open:
        return said
    bot = message.scores.reach["bot"]
    has_cue = any(sign.startswith("cue=") for sign in message.signs)
    is_thanked = "sign=thankful" in message.signs and "?" not in message.text and ASKS.isdisjoint(message.signs)
    if message.values or message.places or has_cue or (message.names and not is_thanked):
        cued = (score for topic, score in message.scores.topics.items() if f"cue={topic}" in message.signs)
        is_asked = _OF_TALK.isdisjoint(message.signs) and max(cued, default=0.0) >= SURELY_ASKED_FROM
        is_asked |= bool(message.values) and logic_pattern("must", "words").search(message.flat) is not None  # "swahili a must?"
        return Talk(message.scores.best("talk")) if bot >= SURELY_BOT_FROM and not is_asked else None
    if {"sign=rude", "sign=you"} <= message.signs.keys() and "?" not in message.text:
        return Talk.INSULT  # "I find you rather useless"
    is_open = is_spoken_of and _OF_TALK.isdisjoint(message.signs)
    is_said = (bool(message.names) and is_thanked) or bot >= (BOT_BESIDE_POSTING_FROM if is_open else BOT_FROM)  # "zorblat thx ur great"
    return Talk(message.scores.best("talk")) if is_said else None


_SAID_TO_BOT = {"injected": Talk.OFF_TOPIC, "weather": Talk.OFF_TOPIC, "what_are_you": Talk.ABOUT_BOT, "what_can_you": Talk.HELP}
_OF_TALK = frozenset(f"sign={kind}" for kind in ("greets", "leaves", "thankful", "rude", "asks_help", "you"))


def _pointed(message: Message, targets: tuple[Target, ...], pointed: Pointed | None, *, reach: Reach, last: Query | None) -> Pointed | None:
    """Return the postings that a message without a company that is here points at, unless it is the one spoken of, or asks for many."""
    kinds = {target.kind for target in targets}
    if pointed is None or TargetKind.FOUND in kinds or (TargetKind.TIED in kinds and len(pointed.entries) > 1):
        return None
    start, end = pointed.start, pointed.end
    spans, near = [(name.start, name.end) for name in message.names], {name for target in targets for name in target.names}
    is_near = spans == [(start, end)] and not near.isdisjoint(entry.company for entry in pointed.entries)
    is_near = is_near and not any(message.flat[start:end] in flatten(" ".join(entry.names)) for entry in pointed.entries)
    if is_near or message.flat[:start].endswith("how ") or not all(start <= first and last <= end for first, last in spans):
        return None  # a name near to a company's is no word of its postings; "how big is the company" names no "Big Loaf"
    values = [value for value in message.values if value.kind in ("years", "employment_type") and value.overlaps(start, end)]
    others = len(message.text[start:end].split()) - sum(len(message.text[one.start : one.end].split()) for one in values)
    is_the = _THE.search(message.flat[: pointed.start]) is not None
    is_value = bool(values) and others <= (0 if is_the and pointed.is_sure else 1)  # "early stage researcher" is no internship
    is_any = message.language == "en" and _A.search(message.flat[: pointed.start]) is not None
    is_value = is_value and message.flat[start:end] not in (flatten(entry.title) for entry in pointed.entries)  # "contract manager pay"
    # "is 1 year enough" is no "Lab Technician (1-year contract)"; "anything for a data engineer", but "what does a data engineer earn"
    if is_value or (is_any and not (reach is Reach.ONE and pointed.is_sure)):
        return None
    if reach is not Reach.ONE and not (pointed.is_sure and (is_the or CLEARLY_OF_ALL.isdisjoint(message.signs))):
        return None
    if last is not None and (last.targets or last.within):
        listed = () if last.reach is Reach.ALL and last.targets else last.within  # of a ranking the best one is spoken of
        spoken = {*listed, *(number for one in last.targets for number in one.postings)}
        known = tuple(entry for entry in pointed.entries if entry.id in spoken)
        return pointed._replace(entries=known or pointed.entries) if pointed.is_sure or (known and len(spoken) > 1) else None
    return pointed


_A, _THE = compile_later(r"\b(?:an?|any|some)\s$"), compile_later(r"\b(?:the|that|this|el|la|der|die|das|le|a|o)\s$")


# What was not understood.


def _unread(message: Message, asks: tuple[object, ...]) -> tuple[str, ...]:
    """Return the parts of a message that ask something of which nothing was made out."""
    if not asks:
        return ()
    unread = []
    said = [token for token in message.question.tokens if token.kind is not WordKind.FUNCTION]
    for clause in split_clauses(message):
        part = message.flat[clause.start : clause.end + 1]
        is_empty = not any(clause.start <= token.start < clause.end for token in said)  # "..., ok?"
        is_told = any(logic_pattern(*one).search(part) for one in (("own", "words"), ("where", "is_ok")))
        is_asked = part.rstrip().endswith("?") and not (is_empty or is_told)
        if is_asked and max(message.topics_of(clause.start, clause.end).values()) < UNREAD_BELOW:
            unread.append(message.text[clause.start : clause.end].strip())
    return tuple(unread)


def _with_the_one_before(query: Query, last: Query, *, message: Message) -> Query:
    """Return a query that compares the one posting spoken of with another: "compare it with the auditor job"."""
    before, now = last.targets, query.targets
    is_one_each = len(before) == len(now) == 1 and {before[0].kind, now[0].kind} == {TargetKind.FOUND}
    is_other = is_one_each and not set(before[0].postings) & set(now[0].postings)
    is_compared = follow_pattern("compares_it").search(message.flat) is not None
    begun = follow_pattern("compared_to").match(message.flat)  # "vs hooli?"
    is_bare = begun is not None and len(message.names) == 1 and not message.flat[message.names[0].end :].strip(" ?!.")
    if not is_other or not (begun or (is_compared and (message.points_back or _ITS.search(message.flat)))):
        return query
    asks = last.asks if is_bare else query.asks
    return query.model_copy(update={"targets": (*before, *now), "asks": asks, "reach": Reach.SEVERAL, "form": Form.COMPARE})


_ITS = compile_later(r"\b(?:its|their|su|sus|sein|seine|ihre|son|sa|seu|sua)\b")


# The part of a message that asks.

_LONG, _MOST_WORDS, _FEW = 28, 60, 4
"""In a longer message the sentences that ask are looked for, and of those so many last words read: a run-on message asks at its end."""


def core_of(text: str) -> str:
    """
    Return the sentences of a long message that ask something, all of a short one.

    >>> core_of("💰💰?")
    'pay?'
    """
    text = _SLASH.sub(_parted, _MONEY_SIGN.sub("pay", text))
    if len(text.split()) <= _LONG:
        return text
    sentences = [part for part in re.split(r"(?<=[.?!])\s+|\n+", text) if part.strip()]
    asking = [
        part
        for part in sentences
        if part.rstrip().endswith("?") or logic_pattern("talk", "asks_for").search(flatten(part)) or not OPENERS.isdisjoint(find_cues(part))
    ]
    if sentences[-1] not in asking and "sign=wh" in find_cues(sentences[-1]):
        asking.append(sentences[-1])  # "anyways, before i get excited what does it pay"
    chosen = asking[-3:] or sentences[-2:]
    return " ".join(" ".join(chosen).split()[-_MOST_WORDS:])


_MONEY_SIGN = compile_later(r"^\W*[$€£💰💵💸🤑]+(?=\W*$)|(?<![\w$€£💰💵])(?:[$€£]{2,}|[💰💵]+|[$€£](?=\s*(?:[?,;]|$)))(?![\w$€£💰💵])")
"""Stands for what is paid: "$$ and what degree", not "$90k"."""

_SLASH = compile_later(r"(?<![\w-])([a-z]{3,})/(?=([a-z]{3,})(?![\w-]))", re.IGNORECASE)


def _parted(slash: re.Match[str]) -> str:
    """Return a word before a slash and a comma where it and the next one ask for different things: "salary/visa", not "remote/hybrid"."""
    before, behind = ({sign for sign in find_cues(word) if sign.startswith("cue=")} for word in slash.groups())
    return f"{slash[1]}, " if before and behind and before.isdisjoint(behind) else slash[0]


def without_politeness(text: str) -> str:
    """
    Return a message without the greeting or thanks that it begins with, where more follows, and without what fills it.

    >>> without_politeness("hi all, what does flex pay?"), without_politeness("hi!"), without_politeness("perks n stuff at flex")
    ('what does flex pay?', 'hi!', 'perks at flex')
    """
    text = _POSTED.sub(r"\1\2", text)
    text = _ACCORDING.sub(" in ", logic_pattern("talk", "vague").sub("", text)).replace("  ", " ").lstrip()
    asked, mark, said = text.rpartition("?")
    behind = flatten(said).strip(" .!,)(")
    is_meant = logic_pattern("talk", "meant").match(behind) is not None and len(behind.split()) <= _FEW + 2
    text = asked + mark if mark and asked.strip() and (is_meant or logic_pattern("talk", "remarks").fullmatch(behind)) else text
    match = _POLITE.match(flatten(text)) or _ASIDE.match(flatten(text))
    if match is None:
        return text
    rest = text[match.end() :]
    is_asking = "?" in rest or len(rest.split()) > _FEW or OPENERS.intersection(find_cues(rest))
    return without_politeness(rest) if is_asking else text  # "thats low lol. equity?"


_TALK = read_lexicon("asked_logic")["talk"]
_POLITE = compile_later(lambda: rf"\W*(?:{one_of(_TALK['polite'])})(?!\w)(?:[ ,]+(?:{one_of(_TALK['polite_to'])})(?!\w))?[\s!.,:;-]+(?=\S)")
_POSTED = compile_later(
    r"^(\W*(?:is there|are there|any|got|have you|do you have|u got)\b.*\b(?:job|role|position|opening|gig|vacanc)\w{0,3})\s"
    r"(?:posted|listed|advertised|going|up|around)(?:\s(?:here|now|right now|atm))?(\W*)$",
    re.IGNORECASE,
)
"""Said of any posting that is here, and asks nothing: "is there a welding job posted"."""
_ACCORDING = compile_later(
    r"(?:^|,?\s)(?:according to|as per|laut (?:der|dieser|eurer)|gemäß|según|d['’]après|selon|segundo(?=\s[oa]\s)|conforme)\s(?=\S)",
    re.IGNORECASE,
)
_ASIDE = compile_later(lambda: rf"\W*(?:{one_of(_TALK['asides'])})(?!\w)[^?.!:\d]*[.!]+\s+(?=\S)")
