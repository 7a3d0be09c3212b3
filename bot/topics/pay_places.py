"""The place or the level that a statement of pay holds for, in the posting's own words."""

import re

from bot.text.alternation import one_of
from bot.text.document import Line
from bot.text.lexicon import read_lexicon
from bot.text.money import Money
from bot.topics.pay_words import speaks_of_pay

_WHERE = read_lexicon("pay_words")["where"]
_PHRASE = one_of(_WHERE["pay_phrases"])
_LEADING = re.compile(rf"(?:[\s\W]|(?:an?|{_PHRASE})(?![\w-]))+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:^|(?<=[\s\W]))(?:{_PHRASE})[\s:*~_–—-]*$", re.IGNORECASE)
_SIGN = re.compile(rf"(?<![\w.])(?:{one_of(_WHERE['initials'])}|(?i:{one_of(_WHERE['signs'])}))(?!\w)")
_LABEL = re.compile(r"(?:^|[.;|:!?]\s|,\s(?=[A-Z][^,]{0,80}$)|\s/\s)(?P<label>[^;|:!?]{2,140}?)\s?[:|–—-]\s{0,3}[\[(]?\s?$")
_LABEL_ENDS = (":", "|", "–", "—", "-")
_IN_BRACKETS = re.compile(rf"(?:{_PHRASE})\s?\((?P<inside>[^()]{{2,100}})\)", re.IGNORECASE)
_PEOPLE = (
    r"(?:applicants|candidates|employees|residents|those|hires|individuals|people|positions?|roles?|locations|work performed"
    r"|working locations|anyone)"
)
_OPENING = re.compile(
    rf"^[-*_•\s]{{0,4}}(?:for|in|within|if)\s(?:{_PEOPLE}\s(?:\w+\s){{0,4}}?(?:in|within|from|of|outside of|outside)\s)?"
    r"(?:the\s)?(?:state\sof\s)?(?P<where>(?:[A-Z]|all\s)(?:[^:()]|\([^()]{0,80}\)){1,120}?),?"
    r"\s(?:the|our|this|we|a|is|are|expected|base|annual|you|salary|pay|estimated|hires|based)\b",
    re.IGNORECASE,
)
_RESIDENTS = re.compile(r"^\W{0,3}(?P<where>[A-Z][^:;]{2,160}?\s(?:residents|applicants|candidates))\b")
_FOR_PEOPLE = re.compile(
    rf"\b{_PEOPLE}\s(?:\w+\s){{0,4}}?(?:in|within|from|of)\s(?:the\s)?(?P<where>[A-Z][^:;]{{1,100}}?)\s(?:is|are|will|ranges|range|would|:)",
)
_IN_PLACE = re.compile(
    r"\b(?:in|within|for)\s(?:the\s)?(?P<where>[A-Z][\w.'’-]{1,30}(?:(?:,\s|\s|\sand\s|/)[A-Z][\w.'’-]{0,30}){0,8})(?=[\s,:)]|$)"
)
_THE_PLACE = re.compile(
    r"\b[Tt]he\s(?P<where>US|U\.S\.|USA|UK|U\.K\.|Canadian|Canada|United States|EU|European|German|Australian)[\s-]"
    r"(?:based\s)?(?:\w+\s){0,3}(?:salary|pay|compensation|base)\b"
)
_BEHIND = re.compile(
    r"\s?(?:\*|USD|CAD|annually|base salary|base|,)?\s?(?:\((?:for\s|in\s)?(?:the\s)?(?P<inside>[^()]{2,60})\)"
    r"|(?:(?:for|to)\s)?(?:(?:those|candidates|applicants|employees|anyone)\s)?(?:(?:based|living|located|residing)\s)?(?:in|for)\s(?:the\s)?"
    r"(?P<where>[A-Z][\w.'’-]{1,30}(?:(?:,\s(?:and\s)?|\sand\s|\s|/)[A-Z][\w.'’-]{0,30}){0,8}(?:\s(?:residents|candidates|applicants))?"
    r"|all\s(?:other\s)?(?:[\w.]{2,12}\s){0,2}(?:locations|states|places|areas|regions|cities)))"
)
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,4}$")
_LONGEST = 140
_LONGEST_HEADING = 6
"""Words: a longer heading is about something else."""

_SAYS_SOMETHING = re.compile(r"\b(?:is|are|will|ist|est|es|we|you|about|why|what)\b", re.IGNORECASE)


def find_where(line: Line, money: Money, *, after: int) -> str | None:
    """
    Return the words for the place or level of an amount: its label, its sentence's opening, brackets behind it, or the heading.

    `after` is where the amount before it on the line ends, or the sentence begins.
    """
    text = line.text
    before = text[after : money.start]
    return _from_label(before) or _from_behind(text[money.end : money.end + 80]) or _from_sentence(before) or _from_heading(line)


def strip_pay_phrases(label: str) -> str | None:
    """
    Return what a label names besides pay, or None where it names only pay.

    >>> strip_pay_phrases("Ohio Base Pay Ranges:"), strip_pay_phrases("Annual salary range")
    ('Ohio', None)
    >>> strip_pay_phrases("USA base pay range (CA, NY) per year:")
    'CA, NY'
    """
    if inside := _IN_BRACKETS.search(label):
        label = inside["inside"]
    leading = _LEADING.match(label)
    words = label[leading.end() :] if leading and leading.end() else label
    while words and (trailing := _TRAILING.search(words)):
        words = words[: trailing.start()].rstrip()
    words = _tidy(words)
    return words if len(words) > 1 and any(map(str.isalpha, words)) else None


def _tidy(words: str) -> str:
    """Take off what surrounds a name, but not the full stop of `U.S.` nor a whole pair of brackets."""
    stripped = words.strip(" :*~_–—-,")
    if not _INITIALS.search(stripped):
        stripped = stripped.rstrip(".")
    return stripped.strip("()") if stripped.count("(") != stripped.count(")") else stripped


def _from_label(before: str) -> str | None:
    may_be_label = before.rstrip().rstrip("[(").rstrip().endswith(_LABEL_ENDS)
    label = _LABEL.search(before[-2 * _LONGEST :]) if may_be_label else None
    if label is None:
        return None
    words = strip_pay_phrases(label["label"])
    return (
        words
        if words
        and not speaks_of_pay(words)
        and (words[0].isupper() or words[0].isdigit() or words.startswith("all ") or _SIGN.search(words))
        else None
    )


def _from_sentence(before: str) -> str | None:
    for pattern in (_OPENING, _RESIDENTS, _FOR_PEOPLE, _THE_PLACE, _IN_PLACE):
        match = pattern.search(before)
        if match and (pattern is not _IN_PLACE or _SIGN.search(match["where"])):
            words = strip_pay_phrases(match["where"])
            if words and (words[0].isupper() or words.startswith("all ")):
                return words
    return None


def _from_behind(behind: str) -> str | None:
    match = _BEHIND.match(behind)
    words = match and (match["inside"] or match["where"])
    return _tidy(words) if words and (_SIGN.search(words) or words.startswith("all ")) and not any(map(str.isdigit, words)) else None


def _from_heading(line: Line) -> str | None:
    if line.heading is None or not _SIGN.search(line.heading):
        return None
    words = strip_pay_phrases(line.heading)
    return words if words and len(words.split()) <= _LONGEST_HEADING and not _SAYS_SOMETHING.search(words) else None
