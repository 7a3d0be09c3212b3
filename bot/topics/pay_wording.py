"""Whether an amount in a posting is what the job pays, and what kind of pay: read from the words around it."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from bot.domain.facts import Fact, Pay, PayKind
from bot.domain.query import Place
from bot.text.clean import fold
from bot.text.document import Line
from bot.text.lexicon import compile_later, holds_piece, one_of, read_lexicon
from bot.text.money import Money
from bot.text.numbers import find_periods
from bot.text.places import find_places
from bot.text.words import read_words

_LEXICON = read_lexicon("pay_words")
_PAY = compile_later(lambda: rf"(?<![\w-])(?:{one_of(_LEXICON['pay']['words'])})(?!\w)")
_LABELLED = compile_later(lambda: rf"(?<![\w-])(?:{one_of(_LEXICON['pay']['labels'])})(?!\w)[^\d.;]{{0,80}}$")
_CALLED = compile_later(
    lambda: (
        rf"(?<![\w-])(?:{one_of(_LEXICON['pay']['labels'])})(?!\w)"
        r"(?:[^\d.;]{0,50}?(?:\bis|\bof|:|[–—-])\s{0,2}(?:up to|from|max\.?|bis zu)?"
        r"|\s(?:up to|from|bis zu|ab|até|a partir de|hasta|desde|jusqu['’]à)|[^;]{0,100}\b(?:and|or))\s{0,2}$"
    ),
)
_DOERS = one_of(read_lexicon("head_words")["roles"]["nouns"].split())
_OTHER = compile_later(lambda: rf"(?<![\w-])(?:{one_of(_LEXICON['other_money']['words'])})(?!\w)(?!\s(?:{_DOERS})s?\b)")
_STOP = compile_later(lambda: rf"[,;.+(|–—]|\s-\s|\b(?:{one_of(_LEXICON['other_money']['stops'])})\b")
_TOTAL = compile_later(lambda: rf"(?<![\w-])(?:{one_of(_LEXICON['total']['words'])})(?!\w)")
_BASE = compile_later(r"\b(?:base|basic|salary|grundgehalt|fixe|salario|salário|salaire)\b")
_RANGE_OF_PAY = compile_later(
    r"\b(?:salar(?:y|ies)|pay|compensation|base|wage|hiring|gehalts?|salariale?|rate)[\s-](?:ranges?|bands?|scales?|spanne|zones?|tiers?|rates?)\b|\bbase\s(?:salary|pay)\b",
)
_RANGE_SIGNS = ("range", "band", "scale", "spanne", "zone", "tier", "rate", "base")
"""Every text that it finds something in holds one of these."""

_MIDDLE = compile_later(r"\b(?:middle|mid[\s-]?point|median|average|typical raise)\b[^.]{0,40}$")
_PARTED = compile_later(r"\)|\b(?:and|plus|und|et|y|e)\s{0,2}$|[,;&+]\s{0,2}$")
_OWN_LABEL = compile_later(r"(?:^|[|.;(])[^|.;(:]{3,80}:\s{0,2}$")
"""A label right before an amount: "Competitive salary + equity:"."""

_REWARD = compile_later(lambda: rf"\b(?:{one_of(_LEXICON['other_money']['rewards'])})\b[^.;|]{{0,60}}$")
_PAST = compile_later(lambda: rf"\b(?:{one_of(_LEXICON['other_money']['past'])})\b[^.;|]{{0,60}}$")
_ONCE = compile_later(
    lambda: rf"\b(?:in|since|for|of|until|im jahr|en|em)\s(?:19|20)\d\d\b|\b(?:{one_of(_LEXICON['other_money']['once'])})\b"
)
_MULTIPLE = compile_later(r"\b\d(?:\.\d)?x\s[^.]{0,40}$")
_BRACKETS = compile_later(r"\([^()]{0,100}\)")
"""All these are for lower case: that is three times as quick as to ignore the case."""

_WORD = compile_later(r"\w+")
_PAY_SIGNS, _OTHER_SIGNS, _TOTAL_SIGNS = (
    frozenset(_WORD.findall(words)[0] for words in _LEXICON[table]["words"]) for table in ("pay", "other_money", "total")
)
"""The first words of those phrases: without one of them a text need not be searched."""

_UNBROKEN = compile_later(r"[^\d.;]*")
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
    return holds_piece(lowered, _RANGE_SIGNS) and _RANGE_OF_PAY.search(lowered) is not None


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


def gives_rate(text: str) -> bool:
    """
    Tell whether a text says what is paid for a piece of work, or, behind a role among several, what that one is paid.

    >>> [gives_rate(one) for one in ("We pay £500 for each loaf.", "Baker | Equity | £60-£80k+", "We raised $80k.", "Oven | £5")]
    [True, True, False, False]
    """
    return _RATE.search(text) is not None


_RATE = compile_later(
    r"\b(?:we pay|we['’]ll pay|you(?: are|['’]re| get| will be) paid) (?:you )?[$€£]\s?\d"
    r"|💰\s?(?:[A-Z]{0,3}[$€£]\s?)?\d|\|\s?(?:[$€£]\s?)?\d{2,3}k?\s?[-–]\s?[$€£]?\s?\d{2,3}k\b|\|\s?[$€£]\s?\d{2,3}k\b",
    re.IGNORECASE,
)


def names_terms_of_pay(text: str, *, praised: bool = False) -> bool:
    """
    Tell whether a text says how is paid without an amount, or that nothing is; `praised`: that pay is good, or left to experience.

    >>> names_terms_of_pay("Commission only."), names_terms_of_pay("Competitive salary"), names_terms_of_pay("Salary: DOE", praised=True)
    (True, False, True)
    """
    return (_PRAISED if praised else _TERMS_OF_PAY).search(text) is not None and _NO_TERMS_OF_PAY.search(text) is None


_PAID = read_lexicon("passages")["paid"]
_TERMS_OF_PAY = compile_later(lambda: rf"(?<!\w)(?:{one_of([*_PAID['terms'], *_PAID['none']])})(?!\w)", re.IGNORECASE)
_PRAISED = compile_later(lambda: rf"(?<!\w)(?:{one_of(_PAID['praised'])})(?!\w)", re.IGNORECASE)
_NO_TERMS_OF_PAY = compile_later(lambda: rf"(?<!\w)(?:{one_of(_PAID['never'])})(?!\w)", re.IGNORECASE)


def gives_bare_figure(text: str, *, in_pay_part: bool = False) -> bool:
    """
    Tell whether words give what is paid for a time without a currency, behind words for pay or in their part of the posting.

    >>> [gives_bare_figure(one) for one in ("Pay: 12.00 per hour", "Salary: 30 000 a year", "12.00 per hour", "Pay for 20 hours per week")]
    [True, True, False, False]
    """
    figures = (one for one in _FIGURE.finditer(text) if in_pay_part or is_labelled_as_pay(text[: one.start()]))
    return any(at <= 1 for one in figures for _, at in find_periods(text[one.end() : one.end() + _NEAR]))


_FIGURE = compile_later(
    r"(?<![\d.,])\d[\d.,]{0,9}(?: \d{3})?(?:\s?(?:-|–|to|and|bis|und|à|et|a|y|e)\s?\d[\d.,]{0,9}(?: \d{3})?)?"
    r"(?:\s(?:brut|brutto|gross|net|netto))?"
)


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
    if _REWARD.search(before) or (
        _PAST.search(before) and _ONCE.search(text[: money.end + _LOOK_AHEAD].lower(), max(0, money.start - _LOOK_BACK))
    ):
        return True
    if not is_usual_range:
        behind = text[money.end : money.end + _LOOK_AHEAD].lower().replace(" + ", " plus ")
        if _holds(_OTHER_SIGNS, behind):
            stop = _STOP.search(behind)
            if _OTHER.search(behind[: stop.start()] if stop else behind):
                return True
    other = _last_other(before)
    if other < 0 or len(before) - other > _NEAR or _last_pay(before) >= other:
        return False
    if is_usual_range and (label := _OWN_LABEL.search(before)) and _PAY.search(label[0]):
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


# The place or the level that a statement of pay holds for, in the posting's own words.

_WHERE = read_lexicon("pay_words")["where"]
_PHRASE = one_of(_WHERE["pay_phrases"])
_LEADING = compile_later(lambda: rf"(?:[\s\W]|(?:an?|{_PHRASE})(?![\w-]))+", re.IGNORECASE)
_TRAILING = compile_later(lambda: rf"(?:^|(?<=[\s\W]))(?:{_PHRASE})[\s:*~_–—-]*$", re.IGNORECASE)
_SIGN = compile_later(lambda: rf"(?<![\w.])(?:{one_of(_WHERE['initials'])}|(?i:{one_of(_WHERE['signs'])}))(?!\w)")
_LABEL = compile_later(r"(?:^|[.;|:!?]\s|,\s(?=[A-Z][^,]{0,80}$)|\s/\s)(?P<label>[^;|:!?]{2,140}?)\s?[:|–—-]\s{0,3}[\[(]?\s?$")
_LABEL_ENDS = (":", "|", "–", "—", "-")
_IN_BRACKETS = compile_later(lambda: rf"(?:{_PHRASE})\s?\((?P<inside>[^()]{{2,100}})\)", re.IGNORECASE)
_PEOPLE = (
    r"(?:applicants|candidates|employees|residents|those|hires|individuals|people|positions?|roles?|locations|work performed"
    r"|working locations|anyone)"
)
_OPENING = compile_later(
    lambda: (
        rf"^[-*_•\s]{{0,4}}(?:for|in|within|if)\s(?:{_PEOPLE}\s(?:\w+\s){{0,4}}?(?:in|within|from|of)\s)?"
        r"(?:the\s)?(?:state\sof\s)?(?P<where>(?:[A-Z]|all\s)(?:[^:()]|\([^()]{0,80}\)){1,120}?),?"
        r"\s(?:the|our|this|we|a|is|are|expected|base|annual|you|salary|pay|estimated|hires|based)\b"
    ),
    re.IGNORECASE,
)
_RESIDENTS = compile_later(r"^\W{0,3}(?P<where>[A-Z][^:;]{2,160}?\s(?:residents|applicants|candidates))\b")
_FOR_PEOPLE = compile_later(
    lambda: (
        rf"\b{_PEOPLE}\s(?:\w+\s){{0,4}}?(?:in|within|from|of)\s(?:the\s)?(?P<where>[A-Z][^:;]{{1,100}}?)\s(?:is|are|will|ranges|range|would|:)"
    ),
)
_IN_PLACE = compile_later(
    r"\b(?:in|within|for)\s(?:the\s)?(?P<where>[A-Z][\w.'’-]{1,30}(?:(?:,\s|\s|\sand\s|/)[A-Z][\w.'’-]{0,30}){0,8})(?=[\s,:)]|$)"
)
_THE_PLACE = compile_later(
    r"\b[Tt]he\s(?P<where>US|U\.S\.|USA|UK|U\.K\.|Canadian|Canada|United States|EU|European|German|Australian)[\s-]"
    r"(?:based\s)?(?:\w+\s){0,3}(?:salary|pay|compensation|base)\b"
)
_BEHIND = compile_later(
    r"\s?(?:\*|USD|CAD|annually|base salary|base)?\s?(?:\((?:for\s|in\s)?(?:the\s)?(?P<inside>[^()]{2,60})\)"
    r"|(?:(?:for|to)\s)?(?:(?:those|candidates|applicants|employees|anyone)\s)?(?:(?:based|living|located|residing)\s)?(?:in|for)\s(?:the\s)?"
    r"(?P<where>[A-Z][\w.'’-]{1,30}(?:(?:,\s(?:and\s)?|\sand\s|\s|/)[A-Z][\w.'’-]{0,30}){0,8}(?:\s(?:residents|candidates|applicants))?"
    r"|all\s(?:other\s)?(?:[\w.]{2,12}\s){0,2}(?:locations|states|places|areas|regions|cities)))"
)
_REST = compile_later(
    r"[\s(*]{0,3}(?:(?:annually|base)\s)?(?:(?i:for|to|in)\s)?"
    rf"(?i:{_PEOPLE}\s(?:(?:who|are|is|based|living|located|residing|working)\s){{0,3}}(?:in\s)?)?(?i:the\s)?(?P<where>(?i:everywhere\selse"
    r"|(?:all\s)?(?:other|remaining)\s(?:[\w.]{2,12}\s){0,2}(?:locations|states|places|areas|regions|cities|markets|countries))\b"
    r"|(?i:elsewhere\s(?:in|within|across)|rest\sof|outside(?:\sof)?)\s(?:the\s|these\s|those\s)?"
    r"(?:[A-Z][\w’'-]*(?:\.[A-Z]\.?)*(?:(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s|\s|/)[A-Z][\w’'-]*(?:\.[A-Z]\.?)*){0,8}"
    r"|locations|states|places|areas|regions|cities|markets|country|world)|(?i:elsewhere)\b)"
)
"""Says that an amount is for all other places."""

_JOINT = compile_later(r"[\s.,;)]{0,3}(?:(?:and|but|or|while)\b)?")
_INITIALS = compile_later(r"(?:\b[A-Z]\.){2,4}$")
_LONGEST = 140
_LONGEST_HEADING = 6
"""Words: a longer heading is about something else."""

_SAYS_SOMETHING = compile_later(r"\b(?:is|are|will|ist|est|es|we|you|about|why|what)\b", re.IGNORECASE)


def find_where(line: Line, money: Money, *, after: int) -> str | None:
    """
    Return the words for the place or level of an amount: its label, its sentence's opening, brackets behind it, or the heading.

    `after` is where the amount before it on the line ends, or the sentence begins.
    """
    before = line.text[after : money.start]
    end = next((sentence.end for sentence in line.sentences if sentence.end >= money.end), len(line.text))
    behind = line.text[money.end : min(end, money.end + 80)]
    told = _BEHIND.match(before)  # the place of the amount before this one
    rest = _REST.match(_JOINT.sub("", before[told.end() if told else 0 :], count=1)) or _REST.match(behind)
    return _from_label(before) or (rest and rest["where"]) or _from_behind(behind) or _from_sentence(before) or _from_heading(line)


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
    return (
        _tidy(words)
        if words and (_SIGN.search(words) or words.startswith("all ") or find_places(words)) and not any(map(str.isdigit, words))
        else None
    )


def _from_heading(line: Line) -> str | None:
    if line.heading is None or not _SIGN.search(line.heading):
        return None
    words = strip_pay_phrases(line.heading)
    return words if words and len(words.split()) <= _LONGEST_HEADING and not _SAYS_SOMETHING.search(words) else None


# Which of a posting's statements of pay hold at a place, or for a level.

_ELSEWHERE = frozenset({"other", "remain", "els", "elsewher", "rest", "outsid"})
_OUTSIDE = compile_later(r"\b(?:outside|except|excluding)\b.*", re.IGNORECASE)


def holding_at(facts: Sequence[Fact[Pay]], place: Place) -> tuple[Fact[Pay], ...]:
    """
    Return the statements that hold at a place.

    Those that name it go first, then those for "all other" places of its country, then those that name no place at all. At a whole country
    of which only parts are named, these hold, and what is for all others of them.
    """
    facts = [fact for fact in facts if not _leaves_out(fact, place)]
    placed = [(fact, find_places(_OUTSIDE.sub("", fact.value.where or ""))) for fact in facts]
    rest = [fact for fact in facts if _ELSEWHERE & {word.stem for word in read_words(fact.value.where or "")}]
    city = fold(place.city or "")
    if city and (there := tuple(fact for fact in facts if city in fold(fact.value.where or ""))):
        return there
    if place.state and (there := tuple(fact for fact, named in placed if any(one.us_state == place.state for one in named))):
        return there
    inside = [fact for fact, named in placed if not named or any(place.country in one.countries for one in named)]
    is_abroad = place.country not in (None, "US") and _is_of_states(facts)
    if place.state and not is_abroad and (there := tuple(fact for fact in inside if fact in rest)):
        return there
    whole = tuple(
        fact for fact, named in placed if fact not in rest and any(place.country in one.countries and not one.us_state for one in named)
    )
    if whole:
        return whole
    if not place.state and (within := tuple(fact for fact, named in placed if any(place.country in one.countries for one in named))):
        currencies = {fact.value.currency for fact in within}
        return tuple(fact for fact, named in placed if fact in within or (not named and fact.value.currency in currencies))
    return tuple(fact for fact, named in placed if not named and not is_abroad)


def _leaves_out(fact: Fact[Pay], place: Place) -> bool:
    """Tell whether a statement is for what lies outside of a place."""
    outside = _OUTSIDE.search(fact.value.where or "")
    named = find_places(outside[0]) if outside else ()
    return any(one.us_state == place.state if one.us_state else place.country in one.countries for one in named)


def _is_of_states(facts: Sequence[Fact[Pay]]) -> bool:
    """Tell whether the statements are for parts of the USA, so that "all other states" is no other country."""
    return any(one.us_state for fact in facts for one in find_places(fact.value.where or ""))


_LEVELS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
"""Levels are counted in Roman figures by some, in others by who asks."""


def holding_for(facts: Sequence[Fact[Pay]], words: Collection[str]) -> tuple[Fact[Pay], ...]:
    """Return the statements for the level or team that one of these stems names; all of them where none is named."""
    if len(facts) == 1:
        return tuple(facts)
    asked = {_LEVELS.get(word, word) for word in words}
    named = ({_LEVELS.get(word.text, word.stem) for word in read_words(fact.value.where or "")} for fact in facts)
    scored = [(len(of.intersection(asked)), fact) for of, fact in zip(named, facts, strict=True)]
    best = max(score for score, _ in scored)
    return tuple(fact for score, fact in scored if score == best)


def is_in_units(unit: str, named: Sequence[str]) -> bool:
    """
    Tell whether a currency and period are among those that are named.

    >>> is_in_units("USD/year", ["USD", "hour"]), is_in_units("USD/hour", ["USD", "hour"]), is_in_units("EUR/hour", ["hour"])
    (False, True, True)
    """
    currencies = {name for name in named if name.isupper()}
    periods = set(named) - currencies
    currency, _, period = unit.partition("/")
    return (not currencies or currency in currencies) and (not periods or period in periods)
