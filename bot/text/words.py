"""Words of a text for comparing: folded, stemmed, without the small ones."""

import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer

from bot.text.clean import fold
from bot.text.lexicon import compile_later, one_of, read_lexicon

_WORD = re.compile(r"(?:\b(?:[cdjlmnst]|qu)'(?=[^\W_]{2}))?([^\W_]+(?:['&][^\W_]+)*[+#]*)", re.IGNORECASE)
"""A word, without what French puts before it: "l'entretien"."""

OR = one_of(read_lexicon("bilingual")["or"]["words"])
"""Between two of which one will do, for a pattern."""

_LONGEST_STEMMED = 60
"""Letters: longer ones are no words, and are not remembered."""


class _Stemmers(threading.local):
    """A stemmer for each thread: it holds the word that it works on, and two threads would mix theirs."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


_STEMMERS = _Stemmers()


class Word(NamedTuple):
    """A word, its stem, and where it stands."""

    text: str
    """Folded: lower case, without accents."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """
    Return the stem of a folded word.

    >>> stem("requirements"), stem("required"), stem("hrs")
    ('requir', 'requir', 'hour')
    """
    word = read_lexicon("synonyms")["short"].get(word, word)
    return _OWN_STEMS.get(word) or str(_STEMMERS.english.stemWord(word.removesuffix("'s")))


_OWN_STEMS = {"fitness": "fitness", "wellness": "wellness", "allowance": "allowance", "allowances": "allowance"}
"""Words whose stem would be another word's: "you will do well here" offers no wellness, "the law allows" no allowance."""


def read_words(text: str) -> tuple[Word, ...]:
    """
    Return the words of a text, in order.

    >>> [word.text for word in read_words("C++ or Node.js, 5+ years")]
    ['c++', 'or', 'node', 'js', '5+', 'years']
    """
    return tuple(
        Word(folded := fold(match[1]), stem(folded) if len(folded) <= _LONGEST_STEMMED else folded, match.start(1), match.end())
        for match in _WORD.finditer(text.replace("’", "'"))
    )


@cache
def read_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a fixed phrase; remembered, so not for texts from outside."""
    return tuple(word.stem for word in read_words(text))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_lexicon("questions")["function"].split())


def is_function_word(word: str) -> bool:
    """
    Tell whether a folded word holds a question together and tells nothing of what it is about.

    >>> is_function_word("what's"), is_function_word("salary")
    (True, False)
    """
    return word.replace("'", "") in _function_words()


# Where words stand in a text as whole words and whole numbers.

_WORD_SIGNS = frozenset("+#")
"""Behind a single letter they belong to it: "C" does not stand in "C++"."""

_NUMBER_SIGNS = frozenset(".,")
"""Between two digits they belong to the number: "$20" does not stand in "$20,000"."""

_MOST_TRIES = 10_000
"""Places where the words stand within longer words: a text of one letter a million times has no others."""

_FIRST_WITHOUT_SPACES = "\u2e80"
"""From here on letters are of scripts that put no space between words."""


def find_whole(text: str, wanted: str) -> int | None:
    """
    Return the first place where the words stand whole, None where they stand nowhere or only within longer words and numbers.

    >>> find_whole("15 years, or 5 years", "5 years"), find_whole("$20,000", "$20"), find_whole("C++ or C", "C")
    (13, None, 7)
    """
    at = text.find(wanted) if wanted else -1
    for _ in range(_MOST_TRIES):
        if at < 0:
            return None
        end = at + len(wanted)
        if not (_begins_before(text[max(at - 2, 0) : at], wanted) or _goes_on(wanted, text[end : end + 2])):
            return at
        at = text.find(wanted, at + 1)
    return None


def _begins_before(before: str, wanted: str) -> bool:
    """Tell whether the first of the words begins before them."""
    return _are_one_word(before[-1:], wanted[0]) or (before[-1:] in _NUMBER_SIGNS and before[:1].isdigit() and wanted[0].isdigit())


def _goes_on(wanted: str, behind: str) -> bool:
    """Tell whether the last of the words goes on behind them."""
    if _are_one_word(wanted[-1], behind[:1]) or (behind[:1] in _WORD_SIGNS and len(wanted.rsplit(maxsplit=1)[-1]) == 1):
        return True
    return behind[:1] in _NUMBER_SIGNS and behind[1:].isdigit() and wanted[-1].isdigit()


def _are_one_word(before: str, behind: str) -> bool:
    """Tell whether two signs side by side, if both are there, belong to one word."""
    return before.isalnum() and behind.isalnum() and before < _FIRST_WITHOUT_SPACES and behind < _FIRST_WITHOUT_SPACES


# The subjects of free questions, and the other words for a word: synonyms, and what it is called in five languages.

Wordings = frozenset[tuple[str, ...]]
"""Ways to say one thing, each by the stems of its words."""


def find_subjects(words: Sequence[Word]) -> tuple[str, ...]:
    """
    Return the entries of data/lexicons/subjects.toml that the words name, in any of the five languages.

    >>> find_subjects(read_words("who would i report to")), find_subjects(read_words("wie viele urlaubstage"))
    (('reports_to',), ('vacation',))
    >>> find_subjects(read_words("pets allowed?")), find_subjects(read_words("is there pet insurance"))
    (('pets',), ('pet_insurance',))
    """
    return _find_subjects(tuple(word.text for word in words))


@lru_cache(maxsize=1024)
def _find_subjects(texts: tuple[str, ...]) -> tuple[str, ...]:
    own = [{stem(text), f"={text}"} for text in texts]
    translated = [{part} for text in texts for part in (read_stems(english_words().get(text, "")) or (stem(text),))]
    found = {
        (order, subject, phrase)
        for words in (own, translated)
        for at, word in enumerate(words)
        for first in word
        for order, subject, phrase in _phrases().get(first, ())
        if _goes_on_subjects(phrase[1:], words, at + 1)
    }
    named = [(order, subject) for order, subject, phrase in found if not any(_is_within(phrase, longer) for _, _, longer in found)]
    stems = f" {' '.join(map(stem, texts))} "
    others = {one for _, one in named if any(f" {' '.join(wording)} " in stems for wording in wordings_of(one, "unless"))}
    return tuple(dict.fromkeys(subject for _, subject in sorted(named) if subject not in others))


def _is_within(phrase: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Tell whether a phrase is but a part of a longer one that is named: "license" of "driver's license"."""
    return len(phrase) < len(longer) and f" {' '.join(phrase)} " in f" {' '.join(longer)} "


@cache
def _phrases() -> Mapping[str, Sequence[tuple[int, str, tuple[str, ...]]]]:
    """Return the phrases that ask for subjects, by their first word: each with its subject and that one's place among them."""
    found: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    for order, (subject, entry) in enumerate(read_lexicon("subjects").items()):
        for phrase in entry["asked"]:
            words = tuple(part for word in phrase.split() for part in ((word,) if word[0] in "=*" else read_stems(word)))
            found.setdefault(words[0], []).append((order, subject, words))
    return found


_LONGEST_GAP = 9
"""Words that `*` in a phrase may stand for."""


def _goes_on_subjects(phrase: Sequence[str], words: Sequence[Collection[str]], at: int) -> bool:
    reach = 0
    for part in phrase:
        if part == "*":
            reach = _LONGEST_GAP
            continue
        place = next((index for index in range(at, min(at + reach + 1, len(words))) if part in words[index]), None)
        if place is None:
            return False
        at, reach = place + 1, 0
    return True


@cache
def wordings_of(subject: str, key: str) -> Wordings:
    """Return a subject's wordings of one kind: asked, said, unless or loose; what is only asked by as it stands is no stem to look for."""
    phrases = read_lexicon("subjects")[subject].get(key, ())
    return frozenset(read_stems(phrase) for phrase in phrases if "*" not in phrase and not phrase.startswith("="))


def telling_wordings(subject: str) -> Wordings:
    """Return the wordings of which a text that speaks of a subject holds one: not those that only a question says so."""
    return (wordings_of(subject, "asked") | wordings_of(subject, "said")) - wordings_of(subject, "loose")


def holds_subject(text: str, subject: str) -> bool:
    """Tell whether a text, such as a heading, speaks of a subject."""
    stems = f" {' '.join(word.stem for word in read_words(text))} "
    if any(f" {' '.join(wording)} " in stems for wording in wordings_of(subject, "unless")):
        return False
    return any(f" {' '.join(wording)} " in stems for wording in telling_wordings(subject))


@cache
def small_words() -> frozenset[str]:
    """Return the words that hold a question together in the languages beside English, folded."""
    return frozenset(word for words in read_lexicon("bilingual")["small"].values() for word in words.split() if len(word) > 1)


@cache
def english_words() -> Mapping[str, str]:
    """The English word or words for a word of another language."""
    return {word: english for english, words in read_lexicon("bilingual")["words"].items() for word in words.split() if word != english}


@cache
def other_words(word: str, part: str) -> Wordings:
    """Return what may stand for a word: its synonyms, and what it is called in other languages."""
    english = english_words().get(word, word)
    also = {read_stems(english)} if english != word else set()
    foreign = read_lexicon("bilingual")["words"].get(english, "").split()
    return frozenset(
        {*also, *_synonyms().get(part, ()), *_synonyms().get(stem(english), ()), *(read_stems(other) for other in foreign)}
    ) - {()}


@cache
def foreign_words(wordings: Wordings) -> Wordings:
    """Return what the four other languages call the things that wordings name."""
    table = read_lexicon("bilingual")["words"]
    return frozenset(read_stems(word) for english, words in table.items() if read_stems(english) in wordings for word in words.split()) - {
        ()
    }


@cache
def _synonyms() -> dict[str, Wordings]:
    """Return the stems that may stand for a stem."""
    lexicon = read_lexicon("synonyms")
    said = [(word, others.split()) for word, others in lexicon.items() if isinstance(others, str)]
    said += [(word, group.split()) for group in lexicon["alike"]["groups"] for word in group.split()]
    found: dict[str, Wordings] = {}
    for word, others in said:
        found[stem(word)] = found.get(stem(word), frozenset()) | {read_stems(other) for other in others if other != word}
    return found


# Words that were glued together when a text was copied.


def part_words(text: str) -> str:
    """
    Return a text with spaces between words that were glued together; a name that is spelt with a capital inside stays whole.

    >>> part_words("EspecialistaTécnicoSênior"), part_words("JavaScriptBäcker"), part_words("PowerPoint")
    ('Especialista Técnico Sênior', 'JavaScript Bäcker', 'PowerPoint')
    """
    pieces: list[str] = []
    for piece in _HUMPS.split(text):
        joined = f"{pieces[-1]}{piece}" if pieces else ""
        if joined.rpartition(" ")[2].casefold() in spelt_with_capitals():
            pieces[-1] = joined
        else:
            pieces.append(piece)
    return " ".join(pieces)


_HUMPS = compile_later(r"(?<=[a-zß-ÿ]{2})(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")


@cache
def spelt_with_capitals() -> frozenset[str]:
    """Return the names of technologies, and their parts, that may be spelt with capitals inside them, casefolded."""
    lexicon = read_lexicon("skills")
    names = (name for table in (*lexicon["any_case"].values(), lexicon["as_spelled"]["words"]) for name in table)
    return frozenset(part.casefold() for name in names for part in name.split())


def are_two_words(left: str, right: str) -> bool:
    """Tell whether two words that stand together are no name of their own: "ExcelAbility", not "PowerPoint"."""
    known = spelt_with_capitals()
    left, right = left.casefold(), right.casefold()
    return (
        left + right not in known
        and (left in known or left in _ordinary_words())
        and (right in _ordinary_words() or {left, right} <= known)
    )


@cache
def _ordinary_words() -> frozenset[str]:
    return frozenset(read_lexicon("ordinary_words")["words"].split())


# Spoken languages.


def languages_in(text: str) -> set[str]:
    """Return the spoken languages that a text names."""
    return {language for word in read_words(text) if (language := spoken_language(word.text))}


@lru_cache(maxsize=4_000)
def spoken_language(word: str) -> str | None:
    """Return the spoken language that a word names, in any of the five languages."""
    groups = read_lexicon("synonyms")
    names = sorted(read_lexicon("questions")["spoken"].split(), key=lambda name: (name not in groups, name))  # "deutsch" is German
    return next((name for name in names if word == name or word in groups.get(name, "").split()), None)


def lets_other_language(words: str, text: str) -> bool:
    """
    Tell whether a sentence lets another spoken language do for the one that is asked about.

    >>> lets_other_language("il faut parler allemand", "You write German or English")
    True
    >>> lets_other_language("is german needed", "German and some English")
    False
    """
    asked = languages_in(words)
    pairs = ((spoken_language(one), spoken_language(other)) for one, other in _EITHER_OF.findall(fold(text)))
    return any(asked & {one, other} and one and other and asked != {one, other} for one, other in pairs)


_EITHER_OF = compile_later(rf"(?=\b([^\W\d]+),?\s(?:{OR}|u)\s(?:in |sur |en |auf )?([^\W\d]+))")


def bare_form(word: str) -> str:
    """
    Return a word without the endings that make no other word of it.

    >>> bare_form("manages"), bare_form("managing"), bare_form("planned")
    ('manag', 'manag', 'plan')
    """
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word))


_ENDING, _DOUBLED = compile_later(r"(?:'s|ing|ies|ied|ed|es|ns|[sedny])$"), compile_later(r"([b-df-hj-np-tv-z])\1$")


def content_stems(text: str) -> set[str]:
    """Return the stems of a text's words but for the small ones."""
    return {word.stem for word in read_words(text) if not is_function_word(word.text)}


# Things that exclude each other.


def rivals(words: str, text: str) -> Iterator[tuple[set[str], set[str]]]:
    """Yield what a question and a passage name of things that exclude each other, by the first name of each; "am" is mostly a verb."""
    asked, said = ({word.text for word in read_words(one)} - {"am"} for one in (words, text))
    for rivals in read_lexicon("passages")["rivals"]["groups"]:
        names = {name: same.partition("|")[0] for same in rivals.split() for name in same.split("|")}
        yield {names[word] for word in asked if word in names}, {names[word] for word in said if word in names}


# A step of a scale, which figures are told by.


@cache
def step_pattern() -> re.Pattern[str]:
    """
    Return what finds a step of a scale in a folded text.

    >>> step_pattern().findall("and level 2, or zone b?")
    ['level 2', 'zone b']
    """
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['paid']['steps'])})[\s.-]?(?:\d{{1,2}}|[ivx]{{1,4}}|[a-h])(?!\w)")


def with_step(words: str, said: str) -> str:
    """
    Return the words of a question with the step that is said next in place of its own; the same words where none is said.

    >>> with_step("what does level 2 pay", "and level 1?"), with_step("the pay", "and where?")
    ('what does pay level 1', 'the pay')
    >>> with_step("what does zone c pay", "and d?"), with_step("what does it pay", "and d?")
    ('what does pay zone d', 'what does it pay')
    """
    own, step, told = step_pattern().search(fold(words)), step_pattern().search(said), said.strip(" ?!.").split()
    named = step[0] if step else ""
    if not step and own and 0 < len(told) <= _FEW and _BARE_STEP.fullmatch(told[-1]):
        named = f"{_BARE_STEP.sub('', own[0])} {told[-1]}"  # "and d?" after "zone c"
    return " ".join([*step_pattern().sub(" ", fold(words)).split(), named]) if named else words


_BARE_STEP, _FEW = re.compile(r"[\s.-]?(?:\d{1,2}|[ivx]{1,4}|[a-h])$"), 3


def without_adverbs(text: str) -> str:
    """
    Return a text in small letters without the words that only colour what it asks.

    >>> without_adverbs("are you just a bot"), without_adverbs("do you really get that")
    ('are you a bot', 'do you get that')
    """
    return " ".join(_talk_pattern("adverbs").sub(" ", text).split())


def asks_anybody(text: str) -> bool:
    """Tell whether a text says "you" and means whoever works there: "do u ride for free", and not "do you know any jokes"."""
    text = without_adverbs(text)
    behind = _DO_YOU.match(text)
    is_of_work = behind is not None and not _talk_pattern("of_bot").match(text, behind.end())
    return is_of_work or _talk_pattern("anybody").search(text) is not None


_DO_YOU = compile_later(r"\W*(?:(?:and|so|but|lol|ok)\W+)*(?:do|would) (?:you|u|ya) (?=\w+ \w)")


@cache
def _talk_pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['talk'][key])})(?!\w)")


# Words that tell no thing from another.


@cache
def telling_none() -> frozenset[str]:
    """Return words before "one" that point at a place in a list or at none."""
    words = read_lexicon("asked_logic")["follow"]
    return frozenset([*words["tells_none"], *(word for ordinals in words["ordinals"].values() for word in ordinals)])


# The languages whose small words a text has.

_LANGUAGE_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def find_language_signs(text: str) -> dict[str, float]:
    """
    Return what share of a text's words are small words of each language, as features of the model.

    >>> find_language_signs("hoeveel betaalt")["says=nl"]
    1.0
    """
    words = _LANGUAGE_WORD.findall(text.lower().replace("’", "'"))
    shares: dict[str, float] = {}
    for word in words:
        for language in languages_of_word().get(word, ()):
            shares[f"says={language}"] = shares.get(f"says={language}", 0.0) + 1 / len(words)
    return shares


@cache
def languages_of_word() -> dict[str, tuple[str, ...]]:
    """Return for each small word the languages that it is one of."""
    found: dict[str, list[str]] = {}
    for language, words in read_lexicon("asked_languages").items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(dict.fromkeys(languages)) for word, languages in found.items()}


def lacks_degree(words: str) -> bool:
    """
    Tell whether somebody says that they have no degree.

    >>> lacks_degree("i didnt go to uni but coded for years"), lacks_degree("i have a degree, no experience")
    (True, False)
    """
    return _WITHOUT_DEGREE.search(fold(words)) is not None


_SCHOOL = read_lexicon("education_words")["without"]
_WITHOUT_DEGREE = compile_later(
    lambda: rf"(?<!\w)(?:{one_of(_SCHOOL['lacking'])})\s(?:[^\W\d]+['’]?[^\W\d]*\s){{0,4}}(?:{one_of(_SCHOOL['school'])})(?!\w)"
)
