"""A question as words with their places, kinds and looks, and the topics and languages that words speak for."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property, lru_cache
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.company_names import fold_letters
from bot.text.gazetteer import names_by_first_word
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.words import languages_of_word, read_words, stem
from bot.topics import TOPICS

# A text letter for letter, for looking phrases up.


@lru_cache(maxsize=512)
def flatten(text: str) -> str:
    """
    Return a text in lower case and without accents, letter for letter: each stands where it stood.

    >>> flatten("Año, L’été")
    "ano, l'ete"
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_flat, text))


@lru_cache(maxsize=2048)
def _flat(letter: str) -> str:
    plain = "'" if letter in "’‘`´" else unicodedata.normalize("NFD", letter.lower())[0]
    return plain or letter


# What kind of word a question's word is, and how far it may be a company's name.

_SHORTEST_MISTYPED, _SHORTEST_SLIP, _LONGEST_AMBIGUOUS = 5, 6, 3
_AMOUNT = compile_later(r"\d+(?:k|m|b|h|hrs?|yrs?|y|th|st|nd|rd|am|pm|x|d|w|usd|eur)?")
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly")


class WordKind(IntEnum):
    """How readily a word is a name, the readiest last."""

    FUNCTION = 0
    """Holds a question together: "what", "the"."""

    TOPICAL = 1
    """What is asked for, a role, a technology, a place: "salary", "remote", "engineer", "python"."""

    ORDINARY = 2
    """Any other word of English."""

    UNKNOWN = 3
    """None of these: a name, or a slip of the keyboard."""


@lru_cache(maxsize=8192)
def word_kind(word: str) -> WordKind:
    """
    Return the kind of a folded word.

    >>> [word_kind(word).name for word in ("what", "salaries", "simple", "nixtla")]
    ['FUNCTION', 'TOPICAL', 'ORDINARY', 'UNKNOWN']
    """
    if not word or word in question_words("function"):
        return WordKind.FUNCTION
    forms = {word, *_stems(word)}
    if word in _topical() or _AMOUNT.fullmatch(word) or len(word) == 1 or word.removesuffix("s") in question_words("proper"):
        return WordKind.TOPICAL
    if not forms.isdisjoint(_ordinary()):
        return WordKind.ORDINARY
    return word_kind(_DRAWN_OUT.sub(r"\1", word)) if _DRAWN_OUT.search(word) else WordKind.UNKNOWN  # "lmaooo"


_DRAWN_OUT = compile_later(r"([a-z])\1{2,}")


@lru_cache(maxsize=1024)
def is_slip(one: str, other: str) -> bool:
    """
    Tell whether two words differ by one edit.

    >>> is_slip("dsigner", "designer"), is_slip("cook", "clerk")
    (True, False)
    """
    return OSA.distance(one, other, score_cutoff=1) <= 1


@lru_cache(maxsize=4096)
def is_mistyped(word: str) -> bool:
    """
    Tell whether a word is a slip of one that questions are made of.

    >>> is_mistyped("requirments"), is_mistyped("nixla")
    (True, False)
    """
    if len(word) < _SHORTEST_MISTYPED:
        return False
    most_edits = 1 if len(word) < 2 * _SHORTEST_MISTYPED - 2 else 2
    near = (_asked_with().get(size, ()) for size in range(len(word) - most_edits, len(word) + most_edits + 1))
    return any(process.extractOne(word, words, scorer=OSA.distance, score_cutoff=most_edits) is not None for words in near)


@lru_cache(maxsize=4096)
def is_slip_of_english(word: str) -> bool:
    """
    Tell whether a longer word is one slip from an ordinary word that begins alike.

    >>> is_slip_of_english("indutry"), is_slip_of_english("hooli")
    (True, False)
    """
    if len(word) < _SHORTEST_SLIP:
        return False
    near = (_ordinary_by_start().get((word[:2], size), ()) for size in range(len(word) - 1, len(word) + 2))
    return any(process.extractOne(word, words, scorer=OSA.distance, score_cutoff=1) is not None for words in near)


def is_misspelt(word: str) -> bool:
    """Tell whether a word is one of questions or of English with a slip in it."""
    return is_mistyped(word) or is_slip_of_english(word)


@cache
def _ordinary_by_start() -> dict[tuple[str, int], list[str]]:
    """Return ordinary words by the two letters that begin them and their length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in _ordinary():
        found.setdefault((word[:2], len(word)), []).append(word)
    return found


def is_place(words: tuple[str, ...]) -> bool:
    """
    Tell whether these folded words are a place.

    >>> is_place(("new", "york")), is_place(("flex",))
    (True, False)
    """
    return words in _places()


@cache
def question_words(table: str) -> frozenset[str]:
    """Return one of the word lists on questions."""
    return frozenset(read_lexicon("questions")[table].split())


@cache
def _topical() -> frozenset[str]:
    """Return the words of topics and roles, technologies and other proper names, and places of one word."""
    fields = {phrase for field in read_lexicon("fields").values() for phrase in field["asked"] if phrase.isalpha()} - _ordinary()
    one_word_places = {place[0] for place in _places() if len(place) == 1}
    return _topical_beside_places() | fields | one_word_places


@cache
def _topical_beside_places() -> frozenset[str]:
    roles = read_lexicon("roles")
    return question_words("topical") | question_words("proper") | set(roles["words"]["role"].split()) | set(roles["short"])


def is_only_place(word: str) -> bool:
    """
    Tell whether a folded word is topical only as a place is called so, as many a small town is.

    >>> is_only_place("oslo"), is_only_place("salary")
    (True, False)
    """
    return (word,) in _places() and word not in _topical_beside_places()


@cache
def _ordinary() -> frozenset[str]:
    """Return the other words of English."""
    lexicon = read_lexicon("ordinary_words")
    return frozenset(lexicon["words"].split()) | frozenset(lexicon["everyday"].split())


@cache
def _asked_with() -> dict[int, list[str]]:
    """Return the words whose slips are known, by their length: each edit makes a word longer or shorter by one letter at most."""
    found: dict[int, list[str]] = {}
    for word in sorted(question_words("function") | _topical() | question_words("verbs")):
        if len(word) >= _SHORTEST_MISTYPED:
            found.setdefault(len(word), []).append(word)
    return found


@cache
def _places() -> frozenset[tuple[str, ...]]:
    """Return countries and other places, as folded words; short ones ("us", "in") mean something else in small letters."""
    names = ((first, *rest) for first, names in names_by_first_word().items() for rest, _ in names)
    return frozenset(name for name in names if len("".join(name)) > _LONGEST_AMBIGUOUS)


def _stems(word: str) -> list[str]:
    """Return what a word may be a form of."""
    ends_in_y = [f"{word.removesuffix(ending)}y" for ending in ("ies", "ied", "ily") if word.endswith(ending)]
    return [*(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)), *ends_in_y]


_LETTER = "(?:[^\\W_]|[\u0300-\u036f\u0900-\u109f\u0e00-\u0eff])"
_ELISION = rf"(?:[dl]|qu)['’](?={_LETTER}{{2}})"
_WORD = compile_later(
    lambda: rf"(?:\b{_ELISION})?(?P<word>{_LETTER}{{1,60}}(?:['’](?!s\b){_LETTER}{{1,9}})?)(?P<possessive>['’]s\b)?", re.IGNORECASE
)
_MOST_LETTERS, _MOST_TOKENS, _LONGEST_PLACE, _LOUD_SHARE = 1000, 90, 4, 0.7
_SENTENCE_END, _QUOTED = compile_later(r"[.?!:]\s"), compile_later(r"[\"“«„]$")
_JOINING = compile_later(r"\s*[-/&.+'’|]?\s*|\[")
_APART = compile_later(r"(?i)\b(?:front|back)[ -]end(?= (?:dev\w*|engineer\w*|jobs?|roles?|positions?|work|gigs?|openings?)\b)")


def join_role_words(text: str) -> str:
    """Return a text with a role's word that is written apart in one: "any front end jobs"."""
    return _APART.sub(lambda found: f"{found[0][:-4]}{found[0][-3:]}", text)


def spell_out(text: str, language: str) -> str:
    """
    Return a text with the small words written out that a language's chats shorten, and without what only colours it.

    >>> spell_out("was muss man denn nich?", "de"), spell_out("the d-matrix job n flex", "en")
    ('was muss man nicht?', 'the d-matrix job and flex')
    """
    pattern, short = _chatted(language)
    return pattern.sub(lambda one: f"{short[one[1]]}{one[2]}" if short[one[1]] else "", text) if short else text


@cache
def _chatted(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    words = read_lexicon("bilingual")["chat"].get(language, {}).items()
    short = {one.replace(".", " "): word for word, ones in words for one in ones.split()}
    return re.compile(rf"(?<![\w.'’+#/&-])({one_of(short)})(?![\w'’+#/&-])(\s*)"), short


@dataclass(frozen=True)
class Token:
    """One word of a question."""

    word: str
    """Folded, without apostrophes."""

    start: int
    end: int
    """Where it stands in the question, "'s" not counted."""

    is_possessive: bool
    is_capital: bool
    """Whether a capital begins it."""

    @property
    def kind(self) -> WordKind:
        """What kind of word it is."""
        return word_kind(self.word)


@dataclass(frozen=True)
class TokenisedQuestion:
    """A question and its words."""

    text: str
    tokens: tuple[Token, ...]
    places: frozenset[int]
    """The numbers of the tokens that name a place."""

    @cached_property
    def is_loud(self) -> bool:
        """Whether most words begin with a capital, so that one more tells nothing."""
        capitals = sum(token.is_capital for token in self.tokens)
        return len(self.tokens) > 2 and capitals > _LOUD_SHARE * len(self.tokens)  # noqa: PLR2004 -- "Flex Pay?" is two words

    def kind(self, number: int) -> WordKind:
        """Return the kind of a token; a place's name is topical."""
        kind = self.tokens[number].kind
        return min(kind, WordKind.TOPICAL) if number in self.places else kind

    def stands_out(self, number: int) -> bool:
        """Tell whether a token has a capital that neither a sentence's start nor the way of writing explains."""
        return self.tokens[number].is_capital and not self.is_loud and not self.starts_sentence(number)

    def starts_sentence(self, number: int) -> bool:
        """Tell whether a token is the first of its sentence."""
        return number == 0 or _SENTENCE_END.search(self.gap(number)) is not None

    def gap(self, number: int) -> str:
        """Return what stands between a token, or the end, and the one before, a possessive "'s" included."""
        before = self.tokens[number - 1].end if number else 0
        return self.text[before : self.tokens[number].start if number < len(self.tokens) else len(self.text)]

    def is_joined(self, number: int) -> bool:
        """Tell whether a token may go on a name that the one before began."""
        return not self.tokens[number - 1].is_possessive and _JOINING.fullmatch(self.gap(number)) is not None

    def is_quoted(self, first: int, last: int) -> bool:
        """Tell whether the words stand in quotation marks."""
        return _QUOTED.search(self.gap(first)) is not None and self.text[self.tokens[last].end :][:1] in '"”»“'

    def slice(self, first: int, last: int) -> str:
        """Return the question's text from one token to another."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


def tokenise(question: str) -> TokenisedQuestion:
    """
    Return the question's words; what lies beyond a thousand letters or 90 words is left out.

    >>> [token.word for token in tokenise("What's Flex's D-Matrix job?").tokens]
    ['what', 'flex', 'd', 'matrix', 'job']
    """
    text = question[:_MOST_LETTERS]
    tokens = tuple(
        Token(
            word=fold_letters(match["word"]).replace("'", "").replace("’", ""),
            start=match.start("word"),
            end=match.end("word"),
            is_possessive=match["possessive"] is not None,
            is_capital=match["word"][0].isupper(),
        )
        for match in islice(_WORD.finditer(text), _MOST_TOKENS)
    )
    return TokenisedQuestion(text=text, tokens=tokens, places=_places_in(tokens))


def _places_in(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Return the numbers of the tokens that name a place, of one word or more."""
    words = tuple(token.word for token in tokens)
    return frozenset(
        number
        for start in range(len(words))
        for size in range(1, _LONGEST_PLACE + 1)
        if start + size <= len(words) and is_place(words[start : start + size])
        for number in range(start, start + size)
    )


def word_at(question: TokenisedQuestion, number: int) -> str:
    """Return a token's word, "^" before the first and "$" behind the last."""
    if number < 0:
        return "^"
    return question.tokens[number].word if number < len(question.tokens) else "$"


# Words and phrases that speak for a topic; how much each speaks is learned.

_SHORTEST_STEM, _MOST_ALIKE = 3, 1024  # texts that are remembered: with what they name masked, most are put in few ways


@lru_cache(maxsize=_MOST_ALIKE)
def find_cues(text: str) -> Mapping[str, float]:
    """
    Return the topics that a text's words and phrases speak for, as features of the model.

    >>> sorted(find_cues("cuánto es el sueldo?"))[:2]
    ['begins=wh', 'cue=pay']
    """
    flat = flatten(text)
    words = [word.text for word in read_words(_BESIDE_TOPICS.sub(" ", flat))]
    found = list(_cues_in(words))
    features = {f"cue={topic}": 1.0 for topic, _ in found}
    features.update({f"phrase={topic}": 1.0 for topic, size in found if size > 1})
    if len({topic for topic, _ in found}) == 1:
        features[f"only cue={found[0][0]}"] = 1.0
    features.update(dict.fromkeys(_find_signs(flat), 1.0))
    return features


_BESIDE_TOPICS = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['cues']['beside'])})(?!\w)")
"""What speaks for no topic though a word of it does: "good morning" asks of no hours."""


def _find_signs(flat: str) -> Iterator[str]:
    """Yield the kinds of phrases that tell what is wanted: "sign=most", and "begins=any" where one begins the text."""
    for match in _SIGNS.finditer(flat):
        for kind in _kinds_of_sign()[match[0]]:
            yield f"sign={kind}"
            if match.start() <= 1:
                yield f"begins={kind}"


@cache
def _kinds_of_sign() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for kind, phrases in read_lexicon("asked_signs").items():
        for phrase in phrases:
            kinds.setdefault(phrase, []).append(kind)
    return {phrase: tuple(dict.fromkeys(found)) for phrase, found in kinds.items()}


def _cues_in(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the topic of each phrase that is found, and its words."""
    table = _phrases()
    for at, word in enumerate(words):
        yield from ((topic, 1) for topic in _topics_of_word(word))
        for key in {word, stem(word)}:
            for rest, topic in table.get(key, ()):
                following = words[at + 1 : at + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_fits, following, rest)):
                    yield topic, 1 + len(rest)


def is_cue_word(word: str) -> bool:
    """Tell whether a word speaks for a topic or holds a question together in one of the languages: it is then no unknown company."""
    return bool(_topics_of_word(word)) or word in _kinds_of_sign() or word in languages_of_word()


def is_unknown(word: str) -> bool:
    """Tell whether a word is no known one and speaks for nothing."""
    return word_kind(word) is WordKind.UNKNOWN and not is_cue_word(word)


def _fits(word: str, wanted: str) -> bool:
    return word == wanted or stem(word) == wanted or (wanted.endswith("*") and word.startswith(wanted[:-1]))


@lru_cache(maxsize=20_000)
def _topics_of_word(word: str) -> tuple[str, ...]:
    """Return the topics that a single word speaks for."""
    if word in read_lexicon("asked_logic")["cues"]["never"]:
        return ()
    whole, begun = _single_words()
    found = [*whole.get(word, ()), *whole.get(stem(word), ())]
    for size in range(_SHORTEST_STEM, len(word) + 1):
        found += begun.get(word[:size], ())
    return tuple(dict.fromkeys(found))


@cache
def _single_words() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the topics of whole words and of beginnings of words."""
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for topic, words in _entries():
        if len(words) == 1:
            (begun if words[0].endswith("*") else whole).setdefault(words[0].removesuffix("*"), []).append(topic)
    return whole, begun


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of several words by their first word: what follows, and the topic."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for topic, words in _entries():
        if len(words) > 1:
            table.setdefault(words[0], []).append((tuple(words[1:]), topic))
    return table


@cache
def _entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for topic in TOPICS:
        for phrase in topic.asked_as:
            words = tuple(word.stem for word in read_words(phrase.lstrip("=")))
            if "*" not in phrase:
                found.append((topic.name, words))
    for subject in read_lexicon("subjects").values():
        phrases = (phrase for phrase in subject["asked"] if "*" not in phrase)
        found += [(subject.get("topic", "other"), tuple(word.stem for word in read_words(phrase))) for phrase in phrases]
    for topic_name, words in read_lexicon("asked_topics").items():
        found += [(topic_name, tuple(part for part in phrase.split(".") if part)) for phrase in words.split()]
    return tuple(dict.fromkeys(found))


def things_said(question: TokenisedQuestion) -> tuple[str, ...]:
    """
    Return the things that a search asks postings to speak of: what stands behind "mention", parted by what holds a question together.

    >>> things_said(tokenise("which ads talk about pair programming or ci/cd pls")), things_said(tokenise("which ads pay well"))
    (('pair programming', 'ci/cd'), ())
    """
    said = _SPEAKS_OF.search(flatten(question.text)) if not _OF_SEARCH.isdisjoint(_find_signs(flatten(question.text))) else None
    end = _SENTENCE_END.search(question.text, said.end()) if said else None
    stop = end.start() if end else len(question.text)
    spans, before = list[tuple[int, int]](), ""
    for number, token in enumerate(question.tokens):
        if said is None or token.kind is WordKind.FUNCTION or not said.end() <= token.start < stop:
            before = ""
            continue
        is_pair = question.gap(number) == "/" and len(before) <= _SHORTEST_STEM >= len(token.word)  # "ci/cd"
        is_joined = bool(before) and (is_pair or not question.gap(number).strip())
        spans = [*spans[:-1], (spans[-1][0], token.end)] if is_joined else [*spans, (token.start, token.end)]
        before = token.word
    return tuple(dict.fromkeys(" ".join(question.text[start:end].split()) for start, end in spans))


_SIGNS = compile_later(lambda: rf"(?<!\w)(?=[^\W\d_])(?:{one_of(_kinds_of_sign())})(?!\w)")
_OF_SEARCH = frozenset({"sign=which", "sign=which_of_all", "sign=jobs", "sign=any", "sign=show"})
_SPEAKS_OF = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['cues']['speaks_of'])})(?!\w)")
