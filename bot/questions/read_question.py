"""A message becomes a Query: what is meant by it, before any posting is looked at."""

import re
from collections.abc import Collection
from functools import cache

from bot.domain.query import Form, Query, Reach, Talk, Target
from bot.questions.asks import Clause, find_asks, own_pattern, split_clauses
from bot.questions.company_index import CompanyIndex
from bot.questions.follow_up import fill_from
from bot.questions.message import Message, read_message
from bot.questions.model import NOTHING, OPEN
from bot.questions.scores import BOT_FROM, SURELY_ALL_FROM, SURELY_ONE_FROM, UNREAD_BELOW
from bot.questions.targets import resolve_target, targets_of, titled_target
from bot.questions.title_index import read_role_words, role_nouns
from bot.questions.tokens import question_words
from bot.text.lexicon import one_of, read_lexicon

__all__ = ["read_question", "resolve_target"]

_LONG = 35
"""Words: in a longer message the sentences that ask are looked for."""


def read_question(
    text: str, index: CompanyIndex, *, scopes: Collection[str], last: Query | None = None, locale: str = "en"
) -> Query:
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
    message = read_message(_core_of(text), index, scopes=scopes, locale=locale)
    talk = _talk_of(message, text)
    if talk is not None:
        return Query(text=text, language=message.language, reach=Reach.BOT, talk=talk)
    targets = targets_of(message, index, scopes=scopes)
    reach = _reach_of(message, targets, last)
    if not targets and reach is Reach.ONE and (titled := _titled(message, last, index, scopes)) is not None:
        targets = (titled,)
    if not targets and last is None and reach is Reach.ONE and _may_be_of_all(message):
        reach = Reach.ALL
    whole = Clause(0, len(message.text))
    asks = find_asks(message, whole, of_all=reach is Reach.ALL)
    query = Query(
        text=text,
        language=message.language,
        reach=reach,
        form=_form_of(message, reach, has_asks=bool(asks)),
        targets=targets,
        asks=asks,
        role=_role_of(message) if reach is Reach.ALL else "",
        unread=_unread(message, asks),
    )
    return fill_from(query, last, message, index) if last is not None else query


# What is said to the bot.


def _talk_of(message: Message, text: str) -> Talk | None:
    """Return what kind of talk a message is, None where it asks something of postings."""
    if not message.question.tokens:
        return Talk.GIBBERISH
    if message.names or message.language not in ("en", "es", "de", "fr", "pt"):
        return None
    if _injection().search(message.flat):
        return Talk.OFF_TOPIC
    if message.values or message.places and not _weather().search(message.flat):
        return None if message.scores.reach["bot"] < 0.9 else _likeliest_talk(message)  # noqa: PLR2004
    topics = message.scores.topics
    asks = max(score for topic, score in topics.items() if topic != NOTHING)
    if message.scores.reach["bot"] >= BOT_FROM or _weather().search(message.flat) or (message.scores.best("reach") == "bot" and asks < 0.5):  # noqa: PLR2004
        return _likeliest_talk(message)
    return None


def _likeliest_talk(message: Message) -> Talk:
    return Talk(message.scores.best("talk"))


@cache
def _injection() -> re.Pattern[str]:
    return re.compile(r"\b(?:ignore|disregard|forget|ignora|ignoriere|ignorez?)\b.{0,30}\b(?:instruction|prompt|rules|above|previous|anterior|anweisung|consigne)|system prompt|you are now\b|pretend (?:to be|you)")


@cache
def _weather() -> re.Pattern[str]:
    return re.compile(r"\b(?:weather|forecast|rain(?:ing)?|clima hace|tiempo hace|wetter|quel temps|vai chover)\b")


# How many postings it is about.


def _reach_of(message: Message, targets: tuple[Target, ...], last: Query | None) -> Reach:
    if len(targets) > 1:
        return Reach.SEVERAL
    if targets:
        return Reach.ONE
    scores = message.scores.reach
    best = max((label for label in scores if label != "bot"), key=lambda label: scores[label])
    if best == "one" and scores["all"] + scores["several"] > scores["one"]:
        best = "all"
    if best == "all" and last is not None and last.targets and "sign=this" in message.signs and scores["all"] < SURELY_ALL_FROM:
        return Reach.ONE
    if best == "several" and last is None:
        return Reach.ALL
    return Reach(best)


def _may_be_of_all(message: Message) -> bool:
    """Tell whether a message that names no posting names what a posting must state, and points at none: "rails work?"."""
    return bool(message.values or message.places) and "sign=this" not in message.signs and message.scores.reach["one"] < SURELY_ONE_FROM


def _form_of(message: Message, reach: Reach, *, has_asks: bool) -> Form:
    scores = dict(message.scores.form)
    best = max(scores, key=lambda label: scores[label])
    if best == OPEN:
        scores.pop(OPEN)
        best = max(scores, key=lambda label: scores[label]) if scores and max(scores.values()) > 0.35 else "what"  # noqa: PLR2004
    form = Form(best)
    if reach is Reach.ONE:
        if form in (Form.COMPARE, Form.MOST, Form.LEAST, Form.LIST):
            form = Form.YES_NO if scores["yes_no"] > scores["what"] else Form.WHAT
        return Form.WHAT if form is Form.SUMMARY and has_asks and scores["summary"] < 0.6 else form  # noqa: PLR2004
    if reach is Reach.ALL and form in (Form.WHAT, Form.YES_NO, Form.WHICH, Form.SUMMARY):
        return Form.LIST
    if reach is Reach.SEVERAL and form in (Form.WHICH, Form.LIST):
        return Form.COMPARE
    return form


# The role that a list is narrowed to, or that a message without a company names.

_OWN_ROLE = re.compile(r"\b(?:i'?m|i am|im an?|as an?|soy|sou|ich bin|je suis)\s(?:\w+\s){0,2}$")


def _role_of(message: Message) -> str:
    """Return the words of the role that the postings of a list must have."""
    for rank, words in read_lexicon("asked_values")["seniority"].items():
        if re.search(rf"(?<!\w)(?:{one_of(words)})(?!\w)", message.flat):
            rest = _role_words(message)
            return " ".join([rank, *(word for word in rest if word not in words and word != rank)])
    return " ".join(_role_words(message))


def _role_words(message: Message) -> list[str]:
    found: list[str] = []
    for token in message.question.tokens:
        inside = any(start <= token.start < end for start, end, _ in message.spans)
        if inside or token.word in question_words("not_roles"):
            continue
        read = read_role_words(token.word)
        if (token.word in role_nouns() or read.own_terms & role_nouns() or read.ranks) and not _OWN_ROLE.search(message.flat[: token.start]):
            found.append(token.word)
    return found


def _titled(message: Message, last: Query | None, index: CompanyIndex, scopes: Collection[str]) -> Target | None:
    """Return the postings of a role that is named without a company, unless it is that of the posting spoken of."""
    if last is not None and last.targets and not _names_job(message):
        return None
    target = titled_target(message, index, scopes=scopes)
    if target is None or last is None:
        return target
    spoken = {number for one in last.targets for number in one.postings}
    return None if spoken & set(target.postings) else target


def _names_job(message: Message) -> bool:
    """Tell whether a word such as "job" or "role" stands right behind a word of roles: "the ios job"."""
    words = [token.word for token in message.question.tokens]
    return any(
        following in question_words("posts") and (word in role_nouns() or bool(read_role_words(word).own_terms & role_nouns()))
        for word, following in zip(words, words[1:], strict=False)
    )


# Long messages, and what was not understood.


def _core_of(text: str) -> str:
    """Return the sentences of a long message that ask something, all of a short one."""
    if len(text.split()) <= _LONG:
        return text
    sentences = [part for part in re.split(r"(?<=[.?!])\s+|\n+", text) if part.strip()]
    asking = [part for part in sentences if part.rstrip().endswith("?") or _asks_for().search(part.casefold())]
    chosen = asking[-3:] or sentences[-2:]
    return " ".join(chosen)


@cache
def _asks_for() -> re.Pattern[str]:
    return re.compile(
        r"want to know|wanna know|would like to know|like to know|question is|figure out|find out|tell me|wondering|wonder if|quiero saber|me gustaria saber|mochte wissen|will wissen|frage ist"
        r"|savoir|voudrais|gostaria de saber|queria saber|what i need|only thing"
    )


def _unread(message: Message, asks: tuple[object, ...]) -> tuple[str, ...]:
    """Return the parts of a message that ask something of which nothing was made out."""
    if not asks:
        return ()
    unread = []
    for clause in split_clauses(message):
        part = message.flat[clause.start : clause.end + 1]
        if not part.rstrip().endswith("?") or own_pattern().search(part):
            continue
        scores = message.topics_of(clause.start, clause.end)
        if max(scores.values()) < UNREAD_BELOW:
            unread.append(message.text[clause.start : clause.end].strip())
    return tuple(unread)
