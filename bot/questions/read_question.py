"""A message becomes a Query: what is meant by it, before any posting is looked at."""

from collections.abc import Collection

from bot.domain.query import Ask, Form, Query, Reach, Talk, Target, TargetKind
from bot.questions.asks import AskReader, Clause, may_apply, split_clauses
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found, Unknown, company_key
from bot.questions.follow_up import fill_from, turn_page
from bot.questions.message import (
    HOW_MUCH,
    SUREST,
    Message,
    asks_thing,
    asks_whether,
    choices_of,
    core_of,
    follow_pattern,
    in_order,
    is_bare_subject,
    logic_pattern,
    of_some,
    only_greets,
    read_message,
    tells_own_number,
    without_guesses,
    without_left_out,
    without_mistaken,
    without_politeness,
    without_role_names,
)
from bot.questions.model import (
    BOT_BESIDE_POSTING_FROM,
    BOT_FROM,
    OPEN,
    SURELY_ALL_FROM,
    SURELY_ASKED_FROM,
    SURELY_BOT_FROM,
    SURELY_ONE_FROM,
    SURELY_RANKED_FROM,
    UNDERSTOOD,
    UNREAD_BELOW,
    find_language,
    said_alone,
)
from bot.questions.targets import (
    OF_COMPANIES,
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

_LONGEST, _MOST_JOBS, _FEW_LEFT_OUT, _SHORT_TALK, _SHORT_FOLLOW_UP = 1000, 100, 3, 4, 6  # letters, jobs, and of the others words


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
    is_of_pay = is_how_much and last is not None and last.reach is not Reach.ALL and _is_spoken_of(last)
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
    talk = _talk_of(message, is_spoken_of=_is_spoken_of(last), alone=alone) if not is_meant else None
    if (said := turn_page(message, last) or _as_talk(message, talk, index=index, scopes=scopes)) is not None:
        return said.model_copy(update={"text": text, "language": message.language})
    targets = with_role(targets_of(message, index, scopes=scopes, last=last), pointed)
    message = with_roles(message, targets, finder=finder) if targets else message
    reach = _read_reach(message, targets, last=last)
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
    form = Form.WHAT if is_some else _read_form(message, reach, has_asks=bool(asks))
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
    if _is_spoken_of(last) and not (asks or targets) and (noun := find_noun(message)) is not None:
        return (Ask(topic=noun, words=message.text),), Reach.ONE
    if reach is not Reach.ONE or not (targets or _is_spoken_of(last)):
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
    is_long = len(core.split()) + _FEW_LEFT_OUT < len(text.split())
    return _with_name_before(message, text, index, scopes=scopes) if is_long else message


def _with_name_before(message: Message, text: str, index: CompanyIndex, *, scopes: Collection[str]) -> Message:
    """Return what a long message asks with the one company or posting that its other sentences name, where it names none itself."""
    is_of_all = not _CLEARLY_OF_ALL.isdisjoint(message.signs) or message.scores.reach["bot"] >= BOT_FROM
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
    goes_on_of_one = _is_of_one(last, message)
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
    return (), Reach.ALL if not goes_on_of_one and reach is Reach.ONE and _may_be_of_all(message) else reach


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
    is_thanked = "sign=thankful" in message.signs and "?" not in message.text and _ASKS.isdisjoint(message.signs)
    if message.values or message.places or has_cue or (message.names and not is_thanked):
        cued = (score for topic, score in message.scores.topics.items() if f"cue={topic}" in message.signs)
        is_asked = _OF_TALK.isdisjoint(message.signs) and max(cued, default=0.0) >= SURELY_ASKED_FROM
        is_asked |= bool(message.values) and logic_pattern("must", "words").search(message.flat) is not None  # "swahili a must?"
        return Talk(message.scores.best("talk")) if bot >= SURELY_BOT_FROM and not is_asked else None
    is_open = is_spoken_of and _OF_TALK.isdisjoint(message.signs)
    is_said = (bool(message.names) and is_thanked) or bot >= (BOT_BESIDE_POSTING_FROM if is_open else BOT_FROM)  # "zorblat thx ur great"
    return Talk(message.scores.best("talk")) if is_said else None


_SAID_TO_BOT = {"injected": Talk.OFF_TOPIC, "weather": Talk.OFF_TOPIC, "what_are_you": Talk.ABOUT_BOT, "what_can_you": Talk.HELP}
_OF_TALK = frozenset(f"sign={kind}" for kind in ("greets", "leaves", "thankful", "rude", "asks_help", "you"))


# How many postings it is about, and in which form it asks.


def _read_reach(message: Message, targets: tuple[Target, ...], *, last: Query | None) -> Reach:
    """Return how many postings a message is about, by the companies that it names, its words and what was spoken of before."""
    if targets:
        is_ranked = any(follow_pattern(key).search(message.flat) for key in ("most", "least"))
        is_which = is_ranked and not {"sign=which", "sign=which_of_all"}.isdisjoint(message.signs)  # "which hooli job pays more"
        is_of_each = len(targets[0].postings) > 1 and (is_which or {"sign=both", "sign=jobs"} <= message.signs.keys())
        return Reach.SEVERAL if len(targets) > 1 or is_of_each else Reach.ONE
    is_of_before = _is_spoken_of(last) and _is_of_one(last, message)
    is_of_it = _WHAT_THEY.search(message.flat) or logic_pattern("where", "cities").search(message.flat)
    at_place = logic_pattern("where", "be_there").search(message.flat) or logic_pattern("where", "for_whom").match(message.flat)
    is_ok = logic_pattern("where", "is_ok").search(message.flat) and _CLEARLY_OF_ALL.isdisjoint(message.signs)  # "6 years of it, fine?"
    is_there = bool(at_place and message.places)  # "is Reno one of the places", "and for somebody in Ely"
    if is_of_before and (is_there or is_ok or (is_of_it and _OF_JOBS.isdisjoint(message.signs))):
        return Reach.ONE
    is_ranked = max(message.scores.form[form] for form in ("most", "least")) >= SURELY_RANKED_FROM and not message.values
    of_more = (last is None or len(choices_of(last)) == 1) and _WHICH_HAS.match(message.flat) is not None  # nobody asks which of one
    if is_ranked or of_more or _RANK.search(message.flat):
        return Reach.ALL
    scores = message.scores.reach
    best = max((label for label in scores if label != "bot"), key=lambda label: scores[label])
    best = "all" if best == "one" and scores["all"] + scores["several"] > scores["one"] else best
    if best == "all" and is_of_before and (_goes_on(message) or is_bare_subject(message.flat)):
        return Reach.ONE
    is_list = last is None or (last.reach is Reach.ALL and not _OF_JOBS.isdisjoint(message.signs))  # "which ones say 7 years" after one
    is_several = best == "several" and (is_list or not _is_spoken_of(last))
    return Reach.ALL if is_several or follow_pattern("any_of").search(message.flat) or _THE_ONES.match(message.flat) else Reach(best)


_WHAT_THEY = compile_later(
    r"\b(?:max|min|maximum|minimum|longest|shortest|earliest|latest|least|most|highest|lowest|biggest)\s(?:[a-z]+\s){0,3}?"
    r"(?:they|it|you|u|i|we|one|someone|people|the (?:job|role|company))\s[a-z]+\b"
    r"|\b(?:max|maximum|min|minimum|starting|top end|high end|low end)\s(?:pay|salary|base|rate|wage|comp)\b(?!\s(?:here|of all))"
)
"""What is the most that one employer does: "the longest commute they accept", "the max pay"."""

_WHICH_HAS = compile_later(lambda: rf"\W*(?:(?:and|ok|so)\s)*which (?:ones? )?{follow_pattern('which_does').pattern}")


def _is_spoken_of(last: Query | None) -> bool:
    """Tell whether a company or posting that is there was spoken of."""
    return last is not None and (bool(last.within) or any(target.kind is not TargetKind.UNKNOWN for target in last.targets))


def _is_of_one(last: Query | None, message: Message) -> bool:
    """Tell whether a company was spoken of, or a list that had one posting only and that "who doesn't say it" asks nothing of."""
    return last is not None and (bool(last.targets) or (len(last.within) == 1 and _WHO.match(message.flat) is None))


def _goes_on(message: Message) -> bool:
    """Tell whether a message after one about a company goes on about that: it points at it, or is short and asks for no jobs."""
    of_others = (_ANY_THAT, _WHO_IS, _THE_ONES)
    if not _OF_JOBS.isdisjoint(message.signs) or any(pattern.match(message.flat) for pattern in of_others):
        return False
    if _WHO_IS_THE.match(message.flat):
        return True
    if message.points_back:
        return message.scores.reach["all"] < SURELY_ALL_FROM or _OF_ALL.isdisjoint(message.signs)  # "whats that paying"
    is_anything = _ANY_THING.match(message.flat) or follow_pattern("anything_on").match(message.flat)
    is_anything = is_anything or follow_pattern("says_anything").search(message.flat)
    is_plain = not message.places and not any(value.kind != "skill" for value in message.values)
    if is_anything and is_plain:
        return True
    is_likely = len(message.question.tokens) <= _SHORT_FOLLOW_UP or message.scores.reach["all"] < SURELY_ONE_FROM
    is_likely = is_likely or follow_pattern("with_own").match(message.flat.lstrip(" ¿")) is not None  # "n w a phd in stats"
    is_price = "cue=pay" in message.signs and HOW_MUCH.search(message.flat) is not None  # "et le salaire c combien"
    is_thing = is_price or "cue=experience" in message.signs or _COUNTS_THINGS.match(message.flat) is not None
    of_one = {"sign=count"} if is_thing else set[str]()
    if logic_pattern("must", "words").search(message.flat) or not {"begins=wh", "begins=count"}.isdisjoint(message.signs):
        of_one.add("sign=for_me")  # "and do i gotta speak english", "who would I work with"
    if _MAY_ANYONE.match(message.flat) or follow_pattern("says_any").search(message.flat):  # "und gehalt steht da was"
        of_one.add("sign=any")
    return is_likely and not (_OF_ALL - of_one).intersection(message.signs)


_ANY_THAT = compile_later(r"\W*(?:(?:and|ok|so)\s)*any(?:one|body|thing)?\s(?:that|which|who|of|others?)\b")
_WHO_IS = compile_later(r"\W*(?:(?:and|ok|so)\s)*who(?:'?s|\sis)\s(?:not\s)?(?:\w+ing|remote|hybrid|onsite|ok|fine)\b(?!\smanager)")
_WHO_IS_THE = compile_later(
    r"\W*(?:(?:and|ok|so|y|und|et|e)\s)*(?:who(?:'?s|\sis|\sare)\s(?:the|their|my|our|in\scharge)|quien es (?:el|la|su|mi)"
    r"|wer ist (?:der|die|mein)|qui est (?:le|la|mon|leur)|quem e (?:o|a|meu))\b(?!\s(?:best|most|highest|only|cheapest|one)\b)"
)
_THE_ONES = compile_later(r"\W*(?:(?:and|ok|so|what about|how about)\s)*(?:the\s)?ones\s(?:in|near|from|with|without|that|which)\b")
_MAY_ANYONE = compile_later(r"\W*(?:and |so )?(?:can|could|may) any(?:one|body)\b")
_COUNTS_THINGS = compile_later(
    r"\W*(?:(?:and|ok|so|y|und|et|e)\W+)*"
    r"(?:how many (?:\w+s|people|ppl|staff)|cuant[oa]s \w+s|combien (?:de |d')\w+|quant[oa]s \w+s"
    r"|wie ?viele? (?:stunden|tage|wochen|monate|leute|personen|kunden|kollegen|mitarbeiter))\b"
)
"""What counts no jobs: those have signs of their own, and what is said of them, "how many require", does not end so."""

_ANY_THING = compile_later(
    r"\W*(?:(?:and|ok|so|is there|are there)\s)*any\s(?!(?:that|which|who|other|others|more|of|in|for|with|w|without|where|one|ones)\b)"
)
_OF_JOBS = frozenset({"sign=which_of_all", "sign=of_jobs", "sign=jobs"})
_CLEARLY_OF_ALL = _OF_JOBS | {"sign=any"}
_OF_ALL = frozenset(f"sign={kind}" for kind in ("any", "which_of_all", "of_jobs", "jobs", "show", "most", "least", "count", "for_me"))
_ASKS = _OF_ALL - {"sign=most"} | {"sign=goes_on", "sign=wh", "sign=yes_no", "sign=which"}  # "thx ur the best"


def _may_be_of_all(message: Message) -> bool:
    """Tell whether a message that names no posting names what a posting must state, and points at none: "rails work?"."""
    asks_where = follow_pattern("where_get").match(message.flat.lstrip(" ¿")) or _SOMEWHERE.search(message.flat)
    is_begun = asks_where or any(one.match(message.flat) for one in (_WHO, _ANY_THAT))
    if is_begun or {"sign=show", "sign=jobs"} <= message.signs.keys():
        return True  # "list all the postings that talk about" points at none with its "that"
    if message.points_back:
        return False
    if not _CLEARLY_OF_ALL.isdisjoint(message.signs):
        return True
    if may_apply().search(message.flat) or any(place.sureness == SUREST for place in message.places):
        return _THE_ROLE.search(message.flat) is None  # "in Accra, could i take the baker role" asks of one that is not found
    if message.values and all(value.kind == "skill" for value in message.values) and not OF_COMPANIES.isdisjoint(message.signs):
        return False  # "Databricks salary" names a company that is a technology, too
    is_short = len(message.question.tokens) <= _SHORT_TALK and "begins=wh" not in message.signs
    is_named = message.values or message.places or (fields_in(message.flat) and _THE_ROLE.search(message.flat) is None)
    return bool(is_named) and (is_short or message.scores.reach["one"] < SURELY_ONE_FROM)


_SOMEWHERE = compile_later(lambda: rf"\s(?:{one_of(read_lexicon('asked_logic')['follow']['somewhere'])})\W*$")
_THE_ROLE = compile_later(r"\b(?:the|that|this)\s(?:\w\S*\s){1,5}(?:role|job|position|posting|opening|gig)\b")
_WHO = compile_later(r"\W*(?:(?:so|and|ok|alright|hey|hi|then)\W+)*who\s(?!(?:is|are|do|would|will|founded|built|made|owns|runs|can)\b)\w+")


def _read_form(message: Message, reach: Reach, *, has_asks: bool) -> Form:
    """Return the form in which a message asks, as far as so many postings can be asked so."""
    scores = dict(message.scores.form)
    best = max(scores, key=lambda label: scores[label])
    if best == OPEN:
        scores.pop(OPEN)
        best = max(scores, key=lambda label: scores[label]) if scores and max(scores.values()) > 0.35 else "what"  # noqa: PLR2004
    form = Form.WHAT if best == "summary" and logic_pattern("whole", "own_resume").search(message.flat) else Form(best)
    if _RANK.search(message.flat) and reach is not Reach.ONE:
        return Form.MOST
    if reach is Reach.ONE:
        if form in (Form.COMPARE, Form.MOST, Form.LEAST, Form.LIST):
            form = Form.YES_NO if scores["yes_no"] > scores["what"] else Form.WHAT
        if form is Form.SUMMARY and not has_asks and "sign=summary" not in message.signs and asks_whether(message, (0, len(message.text))):
            return Form.YES_NO  # "will they give me a computer"
        return Form.WHAT if form is Form.SUMMARY and has_asks and scores["summary"] < 0.6 else form  # noqa: PLR2004
    if reach is Reach.ALL and form in (Form.WHAT, Form.YES_NO, Form.WHICH, Form.SUMMARY):
        return Form.LIST
    return Form.COMPARE if reach is Reach.SEVERAL and form in (Form.WHICH, Form.LIST) else form


_RANK = compile_later(
    r"\b(?:rank|sort|order|list)\b.{0,30}\bby\b|\b(?:any(?:thing|one|body)?|something|one)\s(?:\w+\s){0,3}?"
    r"(?:(?:pays?|paying)\s(?:more|better|higher)|(?:better|higher)\s(?:paid|paying))\b(?!\sthan)"
)


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
    if reach is not Reach.ONE and not (pointed.is_sure and (is_the or _CLEARLY_OF_ALL.isdisjoint(message.signs))):
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
