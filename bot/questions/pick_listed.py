"""Which of the postings that were listed, spoken of or asked back a message picks."""

import re
from functools import cache

from bot.domain.query import Query, Target, TargetKind
from bot.questions.asks import may_apply
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import company_key
from bot.questions.find_titles import TitleFinder
from bot.questions.message import Message
from bot.questions.model import is_cue_word
from bot.questions.targets import to_titled_target
from bot.questions.title_index import Pointed, written_words
from bot.questions.tokens import WordKind, is_mistyped, question_words
from bot.text.lexicon import compile_later, one_of, read_lexicon

_MOST_PICKED_FROM = 25
_LONGEST_WITH_ORDINAL = 12
"""Words."""

_MOST_TELLING = 4
"""Words: more of them tell no posting from another but ask something."""

_THE_X_ONE = compile_later(r"\b(?:the|that|this|which)\s((?:[^\s,?!:;]+\s){1,4}?)ones?\b(?!\s(?:in|at|from|with|for|about|on|of)\b)")


def find_picked(message: Message, last: Query | None, finder: TitleFinder) -> tuple[Target, int, int] | None:
    """
    Return the posting that a message picks from those listed, spoken of or asked back, and where it does; None where it picks none.

    It is picked by its title, company or place: "the london one", "poland". What none of these has is to be looked for in the texts.
    """
    among = choices_of(last)[:_MOST_PICKED_FROM] if last is not None else ()
    if last is None or not among:
        return None
    is_asked_back = last.targets[:1] != () and last.targets[0].kind is TargetKind.TIED
    is_open = is_asked_back or (len(last.targets) == 1 and len(last.targets[0].postings) > 1)
    at = _telling_tokens(message)
    is_whole = not at
    at = at or (_all_telling(message) if is_open else [])
    if not at:
        return None
    start, end = message.question.tokens[at[0]].start, message.question.tokens[at[-1]].end
    told = finder.telling_apart(among, tokens=at)
    if told and (not is_whole or all(finder.telling_apart(among, tokens=[number]) for number in at)):
        return to_titled_target(Pointed(told, start, end, is_sure=True), message.text), start, end
    is_another = len(among) == 1 and (pointed := finder.find()) is not None and pointed.is_sure and start <= pointed.start < end
    if is_another or (is_whole and not (is_asked_back and all(_is_strange(message, number) for number in at))):
        return None
    words = tuple(word for number in at for word in _as_in_texts(message, number))
    return Target(kind=TargetKind.TIED, typed=" ".join(words), postings=among, role=" ".join(words), told_by=words), start, end


def _all_telling(message: Message) -> list[int]:
    """Return the words of a message that may be nothing but what tells a posting apart: "poland"."""
    at = [number for number in range(len(message.question.tokens)) if _may_tell(message, number)]
    is_more = len(at) > _MOST_TELLING or begins_asking(message) or may_apply().search(message.flat) is not None
    return [] if is_more or message.flat.rstrip().endswith(":") else at


def begins_asking(message: Message) -> bool:
    """Tell whether a message begins as a question does: "what software should i know"."""
    return not {"begins=wh", "begins=yes_no", "begins=count"}.isdisjoint(message.signs) and "begins=goes_on" not in message.signs


def _as_in_texts(message: Message, number: int) -> tuple[str, ...]:
    """Return a word as postings write it: a city by its English name."""
    token = message.question.tokens[number]
    city = next((one.place.city for one in message.places if one.start <= token.start < one.end), None)
    return tuple(written_words(city)) if city else (token.word,)


def choices_of(last: Query) -> tuple[int, ...]:
    """Return the postings that one may be picked from: those listed, or all of the company that was spoken of or asked back."""
    if last.within or len(last.targets) != 1:
        return listed_in(last)
    return last.targets[0].postings


def _telling_tokens(message: Message) -> list[int]:
    """Return the words of "the ... one" and those behind "the one in"."""
    tokens = message.question.tokens
    if (between := _THE_X_ONE.search(message.flat)) is not None:
        start, end = between.span(1)
        inside = [number for number, token in enumerate(tokens) if start <= token.start < end]
        return inside if all(_may_tell(message, number) for number in inside) else []
    behind = follow_pattern("the_one").search(message.flat) or follow_pattern("the_one_first").match(message.flat.lstrip(" ¿"))
    if behind is None:
        return []
    found: list[int] = []
    for number, token in enumerate(tokens):
        if token.start >= behind.end() and len(found) < _MOST_TELLING:
            if not _may_tell(message, number):
                break
            found.append(number)
    return found


def _may_tell(message: Message, number: int) -> bool:
    """Tell whether a word may tell one posting from another: it holds no question together, counts none and names no kind of contract."""
    token = message.question.tokens[number]
    is_value = any(value.kind not in ("skill", "spoken") and value.overlaps(token.start, token.end) for value in message.values)
    return not (token.kind is WordKind.FUNCTION or is_value or token.word in question_words("posts") or _counts(token.word))


def _counts(word: str) -> bool:
    return any(word in words for words in read_lexicon("asked_logic")["follow"]["ordinals"].values()) or word in _OTHERS


_OTHERS = frozenset(
    {"other", "same", "right", "wrong", "last", "next", "new", "only", "best", "better", "worst", "cheapest", "highest", "lowest", "one"}
)


def _is_strange(message: Message, number: int) -> bool:
    token = message.question.tokens[number]
    return token.kind >= WordKind.ORDINARY and not is_cue_word(token.word) and not is_mistyped(token.word)


def listed_in(last: Query) -> tuple[int, ...]:
    """Return the postings that the last query was about: those listed, or one of each company."""
    if last.within:
        return last.within
    found = [target for target in last.targets if target.kind is TargetKind.FOUND]
    if len(found) > 1:
        return tuple(number for target in found for number in target.postings[:1])
    return found[0].postings if found else ()


def choose_ordinal(message: Message, last: Query, index: CompanyIndex) -> int | None:
    """Return the posting that "the second one" or "the other one" points at."""
    listed = listed_in(last) if last.within or len(last.targets) != 1 else last.targets[0].postings
    if not listed or len(message.question.tokens) > _LONGEST_WITH_ORDINAL:
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
    if follow_pattern("other").search(message.flat):
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


@cache
def follow_pattern(key: str) -> re.Pattern[str]:
    """Return one list of the words by which a message goes on about another."""
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['follow'][key])})(?!\w)")
