"""The exact values that a message names, with their places: amounts, years, degrees, technologies, fixed values such as remote."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.facts import EducationLevel, Period
from bot.domain.query import Amount, Side, Years
from bot.questions.model import is_known_word
from bot.questions.title_index import doer_words, doers
from bot.questions.tokens import TokenisedQuestion, find_cues, flatten, is_cue_word, is_mistyped, is_unknown, question_words, word_at
from bot.text.lexicon import compile_later, is_compound, is_english, one_of, read_lexicon
from bot.text.money import DOLLAR, Money, find_money
from bot.text.numbers import COUNT, read_count
from bot.text.technologies import find_technologies
from bot.text.words import OR, english_words, small_words
from bot.topics import TOPICS

MOST_READ = 1000
"""Characters of a message that are looked through for values."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value at text[start:end]."""

    kind: str
    """amount, years, degree, skill, spoken, workplace, employment_type."""

    start: int
    end: int
    value: object

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether it shares a letter with text[start:end]."""
        return self.start < end and start < self.end


@cache
def phrases_of(table: str, key: str, *, lexicon: str = "asked_values") -> re.Pattern[str]:
    """Return a pattern for the phrases of one entry of a lexicon, as whole words of a flattened text."""
    return re.compile(rf"(?<![\w$])(?:{one_of(read_lexicon(lexicon)[table][key])})(?![\w])")


def find_values(text: str) -> tuple[Value, ...]:
    """
    Return the values that a message names, in order; where two overlap, the longer one.

    >>> [value.kind for value in find_values("remote python job, 3+ yoe, no degree")]
    ['workplace', 'skill', 'years', 'degree']
    """
    text = text[:MOST_READ]
    flat = flatten(text)
    found = [*find_amounts(text), *find_years(text), *_find_degrees(text, flat), *_find_fixed(flat), *_find_skills(text, flat)]
    kept: list[Value] = []
    for value in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(value.overlaps(other.start, other.end) for other in kept):
            kept.append(value)
    return tuple(sorted(kept, key=lambda one: one.start))


# Fields of work and kinds of employers.


def fields_in(flat: str) -> dict[str, list[str]]:
    """
    Return the fields of work that a question across postings names, each with the words that do.

    >>> fields_in("any cyber / infosec jobs?"), fields_in("i am a bi analyst"), fields_in("do they use ai")
    ({'security': ['cyber', 'infosec']}, {'analytics': ['bi analyst']}, {})
    """
    found: dict[str, list[str]] = {}
    for match in _asked_fields().finditer(flat):
        phrase = match["of_jobs"] or match["within"] or match["own"]
        found.setdefault(_fields_by_phrase()[phrase], []).append(phrase)
    return found


@cache
def _fields_by_phrase() -> dict[str, str]:
    return {phrase: name for name, field in read_lexicon("fields").items() for phrase in field["asked"]}


@cache
def _asked_fields() -> re.Pattern[str]:
    """Return what finds a field before "jobs", behind "in" at the end, or as what somebody is."""
    words, phrases = read_lexicon("asked_values")["of_fields"], one_of(_fields_by_phrase())
    return re.compile(
        rf"(?<!\w)(?P<of_jobs>{phrases})(?=(?:\s?[/&,]\s?|\s(?:{OR}|and|und|y|et|e)\s|\s)(?:[\w/&-]+\s){{0,2}}(?:{one_of(words['jobs'])})(?!\w))"
        rf"|(?<!\w)(?:{one_of(words['within'])})\s(?P<within>{phrases})s?(?=(?:\s(?:{one_of(words['behind'])}))?\s?(?:$|[?!.,;]))"
        rf"|(?<!\w)(?:{one_of(words['own'])})\s(?:\w+\s)?(?P<own>{phrases})(?!\w)"
    )


def is_trade(word: str) -> bool:
    """Tell whether a word names who does something, and asks for nothing."""
    return not is_cue_word(word) and (bool(doers([word])) or word in doer_words())


def is_wanted(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a word stands behind "jobs for", "anything with" or the like, perhaps with "a" between."""
    before = word_at(question, number - 1)
    at = number - 2 if before in question_words("one_of_many") else number - 1
    is_led = word_at(question, at) in question_words("for_whom") | question_words("with_field") and question.is_joined(number)
    return is_led and word_at(question, at - 1) in question_words("jobs_for_whom")


def is_wanted_trade(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a word names who does something right behind "jobs for" or "anything for a", or many of them: "the pay for welders"."""
    word, before, behind = (word_at(question, number + step) for step in (0, -1, 1))
    at = number - 2 if before in question_words("one_of_many") else number - 1
    is_many = word.endswith("s") and before not in ("a", "an") and behind not in question_words("owned_by_none")
    if is_many and word_at(question, at) in question_words("for_whom") and not question.tokens[number].is_capital:
        return is_trade(word.removesuffix("s"))
    return is_wanted(question, number) and is_trade(word)


OF_EMPLOYERS = frozenset(f"cue={topic}" for topic in ("pay", "visa", "benefits", "countries", "apply"))
"""What is asked of employers and of no thing."""

_DEMANDED = compile_later(
    lambda: (
        rf"\s(?:(?:is|are|ist|sind|es|est|e)\s)?(?:a must|{one_of(read_lexicon('asked_logic')['whether']['demanded'])}"
        rf"|{one_of(sorted(question_words('papers')))})(?!\w)"
    )
)
"""What is said of a paper or a skill, and of no employer."""

_NO_JOB = r"(?<!\bi )(?<!\bwe )(?<!ees )(?<!staff )(?<!people )"  # "employees use"
_ASKED_FOR = compile_later(
    lambda: rf"(?<!\w){_NO_JOB}(?:{one_of(read_lexicon('asked_logic')['own']['things_behind'])})\s(?:(?:{_ARTICLES})\s)?$"
)
"""Behind what is said of jobs a thing follows that they ask for, whatever its capitals."""

_ARTICLES = r"an?|the|some|any|una?|el|la|los|las|eine?n?|der|die|das|den|une?|du|des|le|les|de la|uma?|os?"


def stands_as_thing(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a word, perhaps with those with capitals before it, stands where a thing does that jobs ask for."""
    flat, tokens, first = flatten(question.text), question.tokens, number
    while first and tokens[first - 1].is_capital and question.is_joined(first):
        first -= 1  # "Tekla Structures"
    is_led = _ASKED_FOR.search(flat[: tokens[first].start]) is not None
    is_by_itself = OF_EMPLOYERS.isdisjoint(find_cues(word_at(question, number + 1)))  # "need hooli salary"
    return (is_led and is_by_itself) or is_compound(tokens[number].word) or _DEMANDED.match(flat, tokens[number].end) is not None


def begins_phrase(question: TokenisedQuestion, number: int) -> bool:
    """Tell whether a word of English goes on with one that tells what is meant: "lantern physics"."""
    both = [word_at(question, at) for at in (number, number + 1)]
    return all(map(is_english, both)) and both[1] not in question_words("function") and not is_cue_word(both[1])


# Slips of the keyboard in words that name a value: "pyhton", "hybird", "part tiem".

_SHORTEST_MENDED, _SHORTEST_ASKING, _SHORTEST_NAME = 4, 7, 5
"""Letters: so short a technology's name is too near to too many words."""

_LONG = 9
_NOT_YEARS = compile_later(lambda: rf"\s?(?:{one_of(read_lexicon('asked_values')['years']['not_behind'])})(?!\w)")
_LETTERS = compile_later(r"(?<![\w/'-])w(?:/\s?|\s)(?=[a-z][\w+#.]|\d)(?!o\b)|[a-z]+")
"""Words, and a "w" or "w/" that stands for "with"."""


def mend(text: str, keep: Sequence[tuple[int, int]] = (), *, is_own: Callable[[str], bool] = lambda _: False) -> str:
    """
    Return a text with the slips put right in words that name a value; `keep` are the places of names, which stay as they are.
    So do words that `is_own` knows of postings, but for slips of words that questions are made of.

    >>> mend("is it hybird, and do i need pyhton"), mend("hybird salary", [(0, 6)])
    ('is it hybrid, and do i need python', 'hybird salary')
    >>> mend("jobs w/ sql", []), mend("a job w/o sql")
    ('jobs with sql', 'a job w/o sql')
    >>> mend("muss man nachts python kennen, wenn sie keinen haben"), mend("hace falta")
    ('muss man nachts python kennen, wenn sie keinen haben', 'hace falta')
    """
    parts, at = [], 0
    for piece in _LETTERS.finditer(flatten(text)):
        is_kept = any(start < piece.end() and piece.start() < end for start, end in keep)
        word = _meant(piece[0]) if piece[0].isalpha() else "with "
        if not is_kept and word != piece[0] and (is_mistyped(piece[0]) or not is_own(piece[0])):
            parts += [text[at : piece.start()], word]
            at = piece.end()
    return "".join([*parts, text[at:]])


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """Return the word that a slip stands for: one that begins alike and is one slip away, of a long word two."""
    word = str(read_lexicon("asked_values")["spelt"].get(word, word))
    if len(word) < _SHORTEST_MENDED or not word.isalpha() or not is_unknown(word):
        return word
    if word in question_words("posts_elsewhere") or word in read_lexicon("asked_places")["cues"]["living"]:
        return word  # "el puesto" is no Presto, "viviendo" no "vivienda"
    slips, known = 2 if len(word) >= _LONG else 1, (_words_of_values(), _words_of_topics())
    is_word = is_known_word(word) or is_english(word) or word in english_words() or word in small_words()
    if is_word or any(word in words.get(word[0], ()) for words in known):
        return word  # a language's own: "formacion" is no "formacao", "licenca" no "licence", "hace" no "have"
    for words, shortest in zip(known, (_SHORTEST_MENDED, _SHORTEST_ASKING), strict=True):
        near = [known for known in words.get(word[0], ()) if abs(len(known) - len(word)) <= slips and len(word) >= shortest]
        if best := process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips):
            return str(best[0])
    return word


@cache
def _words_of_values() -> dict[str, list[str]]:
    """Return the longer words that values are named by, by their first letter."""
    lexicon = read_lexicon("asked_values")
    phrases = [phrase for table in ("workplace", "employment_type", "degrees") for words in lexicon[table].values() for phrase in words]
    names = {name.casefold() for table in read_lexicon("skills")["any_case"].values() for name in table if name.isalpha()}
    phrases += sorted(names)
    words = {word for phrase in phrases for word in _LETTERS.findall(phrase) if len(word) >= _SHORTEST_MENDED}
    words -= {word for word in words if len(word) <= _SHORTEST_NAME and word in names}
    return _by_first_letter(words)


@cache
def _words_of_topics() -> dict[str, list[str]]:
    """Return the longer words that topics are asked by."""
    phrases = [phrase for topic in TOPICS for phrase in topic.asked_as]
    phrases += [phrase for subject in read_lexicon("subjects").values() for phrase in subject["asked"]]
    return _by_first_letter({word for phrase in phrases for word in _LETTERS.findall(phrase) if len(word) >= _SHORTEST_ASKING})


def _by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word[0], []).append(word)
    return found


# Amounts of pay.

_SMALL_CODE = compile_later(
    r"(?<=\d)(\s?k?\s?)(usd|eur|gbp|cad|aud|chf|inr|pln|brl|sgd|nzd|mxn)\b|\b(usd|eur|gbp|cad|aud|chf|inr|pln|brl|sgd|nzd|mxn)(?=\s?\d)"
)
_NO_AMOUNTS = frozenset([*range(1950, 2100), 1099])  # years of the calendar, and a form of tax: "1099 or w2"
_LEAST_BARE, _LEAST_HIGH = 1000, 20
_FIGURES = compile_later(r"\b(six|6|five|5|seven|7)[\s-]figures?\b")
_FIGURE_COUNT = {"five": 5, "5": 5, "six": 6, "6": 6, "seven": 7, "7": 7}
_NO_PAY_BEHIND = compile_later(
    lambda: rf"\s?(?:\+\s?)?(?:(?:{one_of(read_lexicon('asked_logic')['clauses']['no_pay_behind'])})(?!\w)|%|:\d)"
)
_NUMBERED = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['clauses']['numbered'])})[\s-]?$")


@lru_cache(maxsize=256)
def find_amounts(text: str) -> tuple[Value, ...]:
    """
    Return the amounts of pay: with a currency, a `k`, a period, or large; a bare number behind "over" is kept as unsure.

    >>> [(found.kind, found.value.value, found.value.side.value) for found in find_amounts("over 250k? or 40 €/h")]
    [('amount', 250000.0, 'more'), ('amount', 40.0, 'exact')]
    >>> [found.kind for found in find_amounts("over 200 at least?")], find_amounts("in 2024, 5 rounds")
    (['bare_amount'], ())
    """
    found = [value for money in find_money(_SMALL_CODE.sub(lambda match: match[0].upper(), text)) if (value := _to_amount(text, money))]
    for figures in _FIGURES.finditer(flatten(text)):
        amount = Amount(value=10.0 ** (_FIGURE_COUNT[figures[1]] - 1), side=Side.MORE)
        found.append(Value("amount", figures.start(), figures.end(), amount))
    return tuple(found)


def _to_amount(text: str, money: Money) -> Value | None:
    flat = flatten(text)
    value = money.minimum if money.minimum is not None else money.maximum or 0.0
    side, start, end = _side_of(flat, money)
    is_money = money.currency is not None or money.per is not None
    if not is_money and (_NO_PAY_BEHIND.match(flat, money.end) or _NUMBERED.search(flat, 0, money.start)):
        return None
    is_year = money.scale is None and value in _NO_AMOUNTS and float(value).is_integer()
    is_large = money.scale is not None or (value >= _LEAST_BARE and not is_year)
    is_since = is_year and _SINCE.search(flat, 0, money.start) is not None  # "my car is from 2015"
    if not (is_money or is_large) and (side is Side.EXACT or value < _LEAST_HIGH or is_since):
        return None
    currency = "USD" if money.currency == DOLLAR else money.currency if money.currency and len(money.currency) == 3 else None  # noqa: PLR2004
    amount = Amount(value=value, side=side, currency=currency, per=money.per or _period_behind(flat, end))
    return Value("amount" if is_money or is_large else "bare_amount", start, end, amount)


_SINCE = compile_later(r"(?<!\w)(?:from|since|of|in|desde|depuis|seit|ab|von|de|do)\s$")


def _period_behind(flat: str, at: int) -> Period | None:
    """Return the period that stands right behind an amount: "40/h", "3k monatlich"."""
    behind = flat[at : at + 14]
    for period in Period:
        match = phrases_of("periods", period.value).search(behind)
        if match and not re.search(
            r"[a-z]{3,}", behind[: match.start()].replace("per", "").replace("pro", "").replace("por", "").replace("par", "")
        ):
            return period
    return None


def _side_of(flat: str, money: Money) -> tuple[Side, int, int]:
    """Return the side that the words around an amount name, and how far they reach."""
    side, start, end = read_side(flat, money.start, end=money.end)
    if side is Side.EXACT and money.maximum is None:
        side = Side.MORE
    elif side is Side.EXACT and money.minimum is None:
        side = Side.LESS
    return side, start, end


_LOOK_AROUND = 18


def read_side(flat: str, start: int, *, end: int) -> tuple[Side, int, int]:
    """
    Return the side of the number at flat[start:end], with where the words that say it begin and end.

    >>> read_side("more than 5 years", 10, end=11), read_side("200k or more", 0, end=4)
    ((<Side.MORE: 'more'>, 0, 11), (<Side.MORE: 'more'>, 0, 12))
    """
    before = _before_number().search(flat, max(0, start - _LOOK_AROUND), start)
    if before and before.end() == start:
        return (Side.MORE if before["more"] else Side.LESS), before.start(), end
    behind = _behind_number().match(flat, end)
    if behind:
        return (Side.LESS if behind["less"] else Side.MORE), start, behind.end()
    return Side.EXACT, start, end


@cache
def _before_number() -> re.Pattern[str]:
    words = read_lexicon("asked_values")["side_before"]
    return re.compile(rf"(?<!\w)(?:(?P<more>{one_of(words['more'])})|(?P<less>{one_of(words['less'])}))[\s:$€£~]{{0,4}}(?:an?\s)?$")


@cache
def _behind_number() -> re.Pattern[str]:
    words = read_lexicon("asked_values")["side_behind"]
    return re.compile(rf"(?:\s?(?P<plus>\+)|\s(?:(?P<more>{one_of(words['more'])})|(?P<less>{one_of(words['less'])}))(?!\w))")


# Years of experience.


@lru_cache(maxsize=256)
def find_years(text: str) -> tuple[Value, ...]:
    """
    Return the years of experience that a message names; ages, dates and lengths of contracts are none.

    >>> [(found.value.value, found.value.side.value) for found in find_years("5+ yrs, under three years, but only 2 with Go")]
    [(5.0, 'more'), (3.0, 'less'), (2.0, 'exact')]
    >>> find_years("two years ago, 30 years old")
    ()
    """
    flat = flatten(text)
    found = [_to_years(flat, match) for match in _years_pattern().finditer(flat) if _NOT_YEARS.match(flat, match.end()) is None]
    months = _months_pattern().finditer(flat)
    found += [Value("years", one.start(), one.end("unit"), Years(value=read_count(one["count"]) / 12, side=Side.EXACT)) for one in months]
    parts = _PART_OF_YEARS.finditer(flat) if found else ()
    taken = {place for years in found for place in range(years.start, years.end)}
    own = (one for one in _own_count().finditer(flat) if found and one.start("count") not in taken)
    more = [(part, False) for part in parts] + [(one, True) for one in own]
    return (*found, *(_to_bare_years(match, is_own=is_own) for match, is_own in more))


def _to_bare_years(match: re.Match[str], *, is_own: bool) -> Value:
    return Value("years", match.start(), match.end(), Years(value=read_count(match["count"]), side=Side.EXACT, is_own=is_own))


@cache
def _own_count() -> re.Pattern[str]:
    """Return what finds somebody's own number beside the years that are asked for: "they want 10 yrs, i got 8"."""
    words = read_lexicon("asked_values")["years"]
    return re.compile(rf"(?<!\w)(?:{one_of(words['had'])})\s(?:(?:{one_of(words['about'])})\s)?(?P<count>{COUNT})(?=\s?(?:[,.?!)]|$))")


_PART_OF_YEARS = compile_later(
    rf"(?<!\w)(?P<led>(?:but|only|just|nur|solo|seulement|apenas)\s)?(?P<count>{COUNT})\s"
    r"(?:(?:of|von|de|d')\s?(?:them|those|which|these|denen|ellos|eux|eles)\b|(?(led)(?:with|in|of|on|as|mit|als|con|como|com|comme|avec|en|[a-z]{3,}(?:ing|ando|iendo|endo|indo))\s|(?!)))"
)
"""Behind years: "6 years, 2 of them in Rails", "8 years but only 2 with Rails"."""


@cache
def _years_pattern() -> re.Pattern[str]:
    words = read_lexicon("asked_values")["years"]["words"]
    more = one_of([phrase for phrase in read_lexicon("asked_values")["side_behind"]["more"] if " " in phrase])  # "6 or more years"
    return re.compile(
        rf"(?<![\w.,$€£])(?P<count>{COUNT})\s?(?P<plus>\+|(?:{more})(?!\w))?(?:\s?[-–]\s?\d{{1,2}})?\s?(?:{one_of(words)}|(?<=[\d+])y)(?!\w)|\byoe\s?(?:of|:)?\s?(?P<behind>\d{{1,2}})\b"
    )


@cache
def _months_pattern() -> re.Pattern[str]:
    """Return what finds months of experience, and none of a contract's or of notice."""
    words = read_lexicon("asked_values")["years"]
    return re.compile(rf"(?<![\w.,$€£-])(?P<count>{COUNT})\s?(?P<unit>{one_of(words['months'])})\s(?:{one_of(words['months_of'])})(?!\w)")


def _to_years(flat: str, match: re.Match[str]) -> Value:
    group = "count" if match["count"] else "behind"
    behind = _OF_EXPERIENCE.match(flat, match.end())  # "8 yrs experience or more"
    side, start, end = read_side(flat, match.start(group), end=behind.end() if behind else match.end())
    is_strict = flat[start : match.start(group)].strip() in read_lexicon("asked_values")["side_before"]["strict"]
    if match["plus"]:
        side = Side.MORE
    return Value(
        "years", min(start, match.start()), max(end, match.end()), Years(value=read_count(match[group]), side=side, is_strict=is_strict)
    )


_OF_EXPERIENCE = compile_later(lambda: rf"\s(?:{one_of(read_lexicon('asked_values')['years']['of_experience'])})(?!\w)")

# Degrees, fixed values, technologies.

_INITIALS = compile_later(
    r"\b(?:(?P<bachelor>B\.?S|B\.?A|BS/MS)|(?P<master>M\.?S))\b(?=\s?(?:degree|in\b|enough|ok|required|needed|or\b|do\b|\?|$))"
)


LESSER = (EducationLevel.HIGH_SCHOOL.value, EducationLevel.ASSOCIATE.value)
"""What somebody has who never went to college: "no college, only a GED" names the GED."""


def _find_degrees(text: str, flat: str) -> Iterator[Value]:
    has_less = any(phrases_of("degrees", level).search(flat) for level in LESSER)
    for level in EducationLevel:
        if has_less and level is EducationLevel.NONE:
            continue
        for match in phrases_of("degrees", level.value).finditer(flat):
            if level is EducationLevel.MASTER and re.match(
                r"\s(?:data|branch|plan|class)\b|'s\b(?!\s(?:degree|enough|in|ok))", flat[match.end() : match.end() + 10]
            ):
                continue
            yield Value("degree", match.start(), match.end(), level.value)
    for match in _INITIALS.finditer(text):
        yield Value("degree", match.start(), match.end(), "bachelor" if match["bachelor"] else "master")
    for match in phrases_of("degrees", "named_alone").finditer(flat):
        yield Value("degree", match.start(), match.end(), "any")


def _find_fixed(flat: str) -> Iterator[Value]:
    for kind in ("workplace", "employment_type"):
        for value in read_lexicon("asked_values")[kind]:
            yield from (Value(kind, match.start(), match.end(), value) for match in phrases_of(kind, value).finditer(flat))


def _find_skills(text: str, flat: str) -> Iterator[Value]:
    for found in find_technologies(text):
        if flat[found.start : found.end] not in question_words("not_technologies"):
            yield Value("skill", found.start, found.end, found.name)
    for match in _NAMED_IN_WORDS.finditer(flat):
        if text[match.start()].islower():  # with a capital it was found already
            yield Value("skill", match.start(), match.end(), text[match.start() : match.end()])
    yield from (Value("skill", match.start("go"), match.end("go"), match["go"]) for match in _GO.finditer(flat))
    if text != text.upper():
        yield from (Value("skill", match.start(), match.end(), match[0]) for match in _OF_ONE_LETTER.finditer(text))
    for match in re.finditer(r"[a-z][a-z0-9]*(?:\+\+|#|\.js)?(?!\s?/?\s?sci\b)", flat):
        word = match[0]
        if word in question_words("spoken"):
            yield Value("spoken", match.start(), match.end(), text[match.start() : match.end()])
        elif word in _small_technologies():
            yield Value("skill", match.start(), match.end(), text[match.start() : match.end()])


_OF_ONE_LETTER = compile_later(
    r"(?<![\w&.'’/+-])[RC](?=\s?(?:[?!,]|\.?$)|\s(?:and|or|y|o|und|oder|et|ou|e|needed|required|a must|is|developer|programming)\b)"
)
"""Technologies of one letter, where it stands for itself: "do they want R?", not "C level" or "R&D"."""


_BY_GO = read_lexicon("asked_values")["go"]
_GO = compile_later(
    lambda: (
        rf"(?<!\w)(?:{one_of(_BY_GO['behind'])}|(?:{one_of(_BY_GO['beside'])})\s(?:{OR}|and|vs))\s(?P<go>go)"
        rf"(?=\W*$|\s?[?,;/]|\s(?:{one_of(_BY_GO['before'])})(?!\w))"
    )
)
"""The language, where it is typed in small letters as one: "must i know go", not "where do i go"."""


def _several_words() -> str:
    """Return technologies of several words that begin with an ordinary one, as people type them: "power bi"; none that is a role."""
    skills = read_lexicon("skills")
    ordinary = frozenset(skills["ordinary"]["words"])
    names = {name.casefold() for table in skills["any_case"].values() for name in table if " " in name}
    kept = (name for name in names if name.split()[0] in ordinary and name.split()[-1] not in question_words("no_technology_ends"))
    return rf"(?<![\w-])(?:{one_of(sorted(kept))})(?![\w-])"


_NAMED_IN_WORDS = compile_later(_several_words)


@cache
def _small_technologies() -> frozenset[str]:
    """Return technologies that only a capital tells apart in a posting, but that people type in small letters: "rust", "swift"."""
    as_spelled = frozenset(name.casefold() for name in read_lexicon("skills")["as_spelled"]["words"])
    short = frozenset(name for group in read_lexicon("synonyms")["same"]["groups"] for name in group.split("|"))
    return frozenset(word for word in (as_spelled | short) & question_words("proper") if len(word) > 1) - question_words("not_technologies")
