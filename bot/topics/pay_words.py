"""Whether an amount in a posting is what the job pays, and what kind of pay: read from the words around it."""

import re
from functools import lru_cache

from bot.domain.pay import PayKind
from bot.text.alternation import holds_any, one_of
from bot.text.lexicon import read_lexicon
from bot.text.money import Money

_LEXICON = read_lexicon("pay_words")
_PAY = re.compile(rf"(?<![\w-])(?:{one_of(_LEXICON['pay']['words'])})(?!\w)")
_LABELLED = re.compile(rf"(?<![\w-])(?:{one_of(_LEXICON['pay']['labels'])})(?!\w)[^\d.;]{{0,80}}$")
_CALLED = re.compile(
    rf"(?<![\w-])(?:{one_of(_LEXICON['pay']['labels'])})(?!\w)"
    r"(?:[^\d.;]{0,50}?(?:\bis|\bof|:|[–—-])\s{0,2}(?:up to|from|max\.?|bis zu)?|[^;]{0,100}\b(?:and|or))\s{0,2}$",
)
_OTHER = re.compile(rf"(?<![\w-])(?:{one_of(_LEXICON['other_money']['words'])})(?!\w)")
_STOP = re.compile(rf"[,;.+(|–—]|\s-\s|\b(?:{one_of(_LEXICON['other_money']['stops'])})\b")
_TOTAL = re.compile(rf"(?<![\w-])(?:{one_of(_LEXICON['total']['words'])})(?!\w)")
_BASE = re.compile(r"\b(?:base|basic|salary|grundgehalt|fixe|salario|salário|salaire)\b")
_RANGE_OF_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay|compensation|base|wage|hiring|gehalts?|salariale?|rate)[\s-](?:ranges?|bands?|scales?|spanne|zones?|tiers?|rates?)\b|\bbase\s(?:salary|pay)\b",
)
_RANGE_SIGNS = ("range", "band", "scale", "spanne", "zone", "tier", "rate", "base")
"""Every text that it finds something in holds one of these."""

_MIDDLE = re.compile(r"\b(?:middle|mid[\s-]?point|median|average|typical raise)\b[^.]{0,40}$")
_PARTED = re.compile(r"\)|\b(?:and|plus|und|et|y|e)\s{0,2}$|[,;&+]\s{0,2}$")
_MULTIPLE = re.compile(r"\b\d(?:\.\d)?x\s[^.]{0,40}$")
_BRACKETS = re.compile(r"\([^()]{0,100}\)")
"""All these are for lower case: that is three times as quick as to ignore the case."""

_WORD = re.compile(r"\w+")
_PAY_SIGNS, _OTHER_SIGNS, _TOTAL_SIGNS = (
    frozenset(_WORD.findall(words)[0] for words in _LEXICON[table]["words"]) for table in ("pay", "other_money", "total")
)
"""The first words of those phrases: without one of them a text need not be searched."""

_UNBROKEN = re.compile(r"[^\d.;]*")
_LINKED = ("and", "or", "max.")
"""Behind one of these a figure may be called pay by words further back than the last sign."""

_LOOK_BACK = 130
_LOOK_AHEAD = 50
_NEAR = 28
"""Characters: a word for other money this close before an amount names it."""


@lru_cache(maxsize=64)
def speaks_of_pay(words: str) -> bool:
    """
    Tell whether a heading, a label or a sentence is about pay.

    >>> speaks_of_pay("Compensation & Benefits"), speaks_of_pay("About us")
    (True, False)
    """
    return _PAY.search(words.lower()) is not None


def announces_pay(words: str) -> bool:
    """
    Tell whether a line announces ranges of pay that may follow it.

    >>> announces_pay("Our salary ranges by zone are:"), announces_pay("We pay well.")
    (True, False)
    """
    lowered = words.lower()
    return holds_any(lowered, _RANGE_SIGNS) and _RANGE_OF_PAY.search(lowered) is not None


def is_labelled_as_pay(before: str) -> bool:
    """
    Tell whether the words right before a figure call it pay: needed where it has no sign.

    >>> is_labelled_as_pay("Base salary range: "), is_labelled_as_pay("Our salary is good. Founded in ")
    (True, False)
    """
    before = before[-_LOOK_BACK:].lower()
    return _LABELLED.search(before, _last_break(before)) is not None


def is_called_pay(before: str) -> bool:
    """
    Tell whether the very words before a figure call it pay: needed where it is one figure, small and without a period.

    >>> is_called_pay("Pay: up to "), is_called_pay("we pay you ")
    (True, False)
    """
    before = before[-_LOOK_BACK:].lower()
    return _CALLED.search(before, 0 if before.rstrip().endswith(_LINKED) else _last_break(before)) is not None


def _last_break(before: str) -> int:
    """Return where the last run of words begins that no figure, full stop or semicolon breaks; labels hold none."""
    unbroken = _UNBROKEN.match(before[::-1])
    return len(before) - (unbroken.end() if unbroken else 0)


def is_other_money(text: str, money: Money, *, is_usual_range: bool = False) -> bool:
    """
    Tell whether the words right around an amount call it something else than pay: a bonus, a budget, funding.

    Of a range that is of a usual size, or has its period, only the words before it can say so.

    >>> from bot.text.money import find_money
    >>> [is_other_money(t, find_money(t)[0]) for t in ("a $500 stipend", "bonus of $5,000", "salary of $90,000 plus bonus")]
    [True, True, False]
    """
    before = text[max(0, money.start - _LOOK_BACK) : money.start].lower()
    if not is_usual_range:
        behind = text[money.end : money.end + _LOOK_AHEAD].lower()
        if _holds(_OTHER_SIGNS, behind):
            stop = _STOP.search(behind)
            if _OTHER.search(behind[: stop.start()] if stop else behind):
                return True
    other = _last_other(before)
    if other < 0 or len(before) - other > _NEAR or _last_pay(before) >= other:
        return False
    if is_usual_range and _holds(_TOTAL_SIGNS, before) and _TOTAL.search(before):
        return False
    return not _PARTED.search(before, other)


def is_pay_by_words(text: str, money: Money, *, in_pay_part: bool) -> bool:
    """
    Tell whether an amount that is one figure is pay; a range needs less, see `is_other_money`.

    >>> from bot.text.money import find_money
    >>> [is_pay_by_words(t, find_money(t)[0], in_pay_part=False) for t in ("The salary is $90,000.", "We raised $90,000.")]
    [True, False]
    """
    before = text[max(0, money.start - _LOOK_BACK) : money.start].lower()
    if _MIDDLE.search(before) or ("x" in before and _MULTIPLE.search(before)):
        return False
    other, pay = _last_other(before), _last_pay(before)
    if other >= 0:
        return pay > other and len(before) - pay <= _NEAR
    if pay >= 0 or in_pay_part:
        return True
    behind = text[money.end : money.end + _LOOK_AHEAD // 2].lower()
    return _holds(_PAY_SIGNS, behind) and _PAY.search(behind) is not None


def read_kind(text: str, money: Money) -> PayKind:
    """
    Return the kind that the words nearest an amount give; base where they say nothing.

    >>> from bot.text.money import find_money
    >>> [read_kind(t, m).value for t in ("$31,000 basic ($36,500 on-target earnings)",) for m in find_money(t)]
    ['base', 'total']
    """
    behind = text[money.end : money.end + _LOOK_AHEAD].lower()
    stop = re.search(r"[,;.()+|]", behind)
    own = behind[: stop.start()] if stop else behind
    if _TOTAL.search(own) or _BASE.search(own):
        return PayKind.TOTAL if _TOTAL.search(own) else PayKind.BASE
    before = _BRACKETS.sub(" ", text[max(0, money.start - _LOOK_BACK) : money.start].lower())
    return PayKind.TOTAL if _last(_TOTAL, before) > _last(_BASE, before) else PayKind.BASE


@lru_cache(maxsize=8)
def _last_pay(before: str) -> int:
    return _last(_PAY, before) if _holds(_PAY_SIGNS, before) else -1


@lru_cache(maxsize=8)
def _last_other(before: str) -> int:
    return _last(_OTHER, before) if _holds(_OTHER_SIGNS, before) else -1


def _holds(signs: frozenset[str], text: str) -> bool:
    """Tell whether a text in lower case holds one of these words: a quick first look."""
    return not signs.isdisjoint(_words_of(text))


@lru_cache(maxsize=8)
def _words_of(text: str) -> frozenset[str]:
    """The words once more: several questions are asked of one text, one after the other, here and in the two above."""
    return frozenset(_WORD.findall(text))


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match ends, -1 where there is none."""
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end
