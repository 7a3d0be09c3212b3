"""Where the data files are, and how a word list is read."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, cast

import tomli

from bot.text.clean import fold

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def data_directory() -> Path:
    """Return the folder `data`: inside the package where it was installed from a wheel, else beside it."""
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data"


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """Return the tables of data/lexicons/NAME.toml; read once."""
    return tomli.loads((data_directory() / "lexicons" / f"{name}.toml").read_text("utf-8"))


def is_english(word: str) -> bool:
    """
    Tell whether a folded word stands in a dictionary of English.

    >>> is_english("guessing"), is_english("hooli")
    (True, False)
    """
    return word in _english()


@cache
def _english() -> frozenset[str]:
    return frozenset((data_directory() / "lexicons" / "english_words.txt").read_text("utf-8").split())


def is_compound(word: str) -> bool:
    """
    Tell whether a folded German word is put together of another and one of work, and so is no name.

    >>> is_compound("sprachkenntnisse"), is_compound("hooli")
    (True, False)
    """
    return len(word) > _LEAST_OF_COMPOUND and word.endswith(_ends_of_compounds())


@cache
def _ends_of_compounds() -> tuple[str, ...]:
    return tuple(read_lexicon("questions")["ends_of_compounds"].split())


_LEAST_OF_COMPOUND = 9  # letters


# Patterns and cheap tests made of word lists.


def compile_later(source: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """
    Return a pattern that is compiled when it is first used: hundreds of them would hold up the first answer by a third of a second.

    >>> compile_later(lambda: one_of(["pay", "payday"])).findall("the payday")
    ['payday']
    """
    return cast("re.Pattern[str]", _PatternToCome(source, flags))


class _PatternToCome:
    """Becomes a pattern by taking over its methods."""

    def __init__(self, source: str | Callable[[], str], flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        pattern = re.compile(self._source if isinstance(self._source, str) else self._source(), self._flags)
        self.__dict__.update({each: getattr(pattern, each) for each in _OF_PATTERN})
        return getattr(pattern, name)


_OF_PATTERN = ("finditer", "findall", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "split", "sub", "subn")


def one_of(words: Iterable[str]) -> str:
    r"""
    Return the source of a pattern for one of these words as they stand, the longest that fits.

    What words begin with alike is written once: a pattern that tries hundreds of words at each place takes ten times as long.

    >>> one_of(["base", "pay", "payday", "p.a."])
    'base|p(?:\\.a\\.|ay(?:day)?)'
    """
    beginning: dict[str, set[str]] = defaultdict(set)
    for word in words:
        beginning[word[0]].add(word)
    return "|".join(_beginning_alike(beginning[letter]) for letter in sorted(beginning))


def one_of_written(written: str) -> str:
    r"""
    Return the source of a group for one of the words that bars or line ends part; `*` stands for the rest of a word, a space for any.

    >>> re.findall(one_of_written("hire|hir*|look for"), "hires, hired, look\nfor")
    ['hires', 'hired', 'look\nfor']
    """
    source = one_of(split_written(written))
    return f"(?:{source.replace(_ESCAPED_REST, _REST).replace(_ESCAPED_SPACE, _SPACE)})"


@cache
def pattern_of(table: str) -> re.Pattern[str]:
    """Return what finds the words of one of the tables of passages.toml, or what begins with them."""
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')[table]['words'])})".replace("'", "['’]"), re.IGNORECASE)


def split_written(written: str) -> list[str]:
    """Return the words or phrases that bars or line ends part."""
    return [word.strip() for word in written.replace("\n", "|").split("|") if word.strip()]


_ESCAPED_REST, _REST = re.escape("*"), r"\w{0,9}"
_ESCAPED_SPACE, _SPACE = re.escape(" "), r"\s"


def _beginning_alike(words: set[str]) -> str:
    """Return the source for words that begin with the same letter."""
    letters = takewhile(lambda pair: pair[0] == pair[1], zip(min(words), max(words), strict=False))
    shared = "".join(letter for letter, _ in letters)
    rests = {word[len(shared) :] for word in words} - {""}
    if not rests:
        return re.escape(shared)
    return f"{re.escape(shared)}(?:{one_of(rests)}){'?' if shared in words else ''}"


def holds_any(text: str, pieces: tuple[str, ...]) -> bool:
    """
    Tell whether a text holds one of these pieces, in any case; the pieces are in lower case.

    Cheap: it goes before a pattern that most lines do not need.

    >>> holds_any("Full-Time", ("full-time",)), holds_any("Full", ("full-time",))
    (True, False)
    """
    return holds_piece(text.lower(), pieces)


def holds_piece(lowered: str, pieces: Iterable[str]) -> bool:
    """
    Tell whether a text in lower case holds one of these pieces, as `holds_any` does.

    >>> holds_piece("full-time", ("full-time",))
    True
    """
    return next(filter(lowered.__contains__, pieces), None) is not None


# Many fixed phrases looked up in a text at once, by their words.

_WORD, _PLAIN_WORD = re.compile(r"[^\W_]+"), re.compile("[a-z0-9]+")
_APOSTROPHE = re.compile(r"'(ll|re|ve|d|s|m)(?!\w)")
_WRITTEN_OUT = {"ll": " will", "re": " are", "ve": " have", "d": " would", "m": " am"}
_IS = re.compile(r"\b(?:what|who|here|it|that|there|where|how|when)$")


def split_words(text: str) -> list[str]:
    """
    Return a text's words for looking them up: folded, contractions written out, possessive marks and signs left out.

    >>> split_words("What you'll do:")
    ['what', 'you', 'will', 'do']
    >>> split_words("Bachelor's degree – what's next?")
    ['bachelor', 'degree', 'what', 'is', 'next']
    """
    return list(_split(text))


@lru_cache(maxsize=512)
def _split(text: str) -> tuple[str, ...]:
    """The words once more: several questions are asked of one line, one after the other."""
    folded = fold(text)
    if "'" in folded:
        folded = _APOSTROPHE.sub(_write_out, folded).replace("n't", "nt")
    return tuple((_PLAIN_WORD if folded.isascii() else _WORD).findall(folded))


class PhraseBook:
    """
    Phrases with what each stands for, found in a list of words in time that grows with its length alone.

    >>> book = PhraseBook({"paid time off": "leave", "leave": "leave"})
    >>> list(book.find("generous paid time off".split()))
    [(1, 4, 'leave')]
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Take phrases (words as split_words gives them, between spaces) to their meanings."""
        self._by_first: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
        for phrase, meaning in meanings.items():
            first, *rest = split_words(phrase)
            self._by_first.setdefault(first, {}).setdefault(rest[0] if rest else "", []).append((rest, meaning))
        for by_second in self._by_first.values():
            for phrases in by_second.values():
                phrases.sort(key=lambda entry: -len(entry[0]))
        self._firsts = frozenset(self._by_first)

    def match(self, words: list[str], at: int) -> tuple[int, str] | None:
        """Return the end and the meaning of the longest phrase that begins at a word, or None."""
        by_second = self._by_first.get(words[at])
        if by_second is None:
            return None
        for second in (*words[at + 1 : at + 2], ""):
            for rest, meaning in by_second.get(second, ()):
                end = at + 1 + len(rest)
                if words[at + 1 : end] == rest:
                    return end, meaning
        return None

    def spans(self, words: list[str]) -> bool:
        """Tell whether the words are one of the phrases, from first to last."""
        found = self.match(words, 0) if words else None
        return found is not None and found[0] == len(words)

    def holds(self, words: list[str]) -> bool:
        """Tell whether one of the phrases stands among the words."""
        return not self._firsts.isdisjoint(words) and any(self.find(words))

    def find(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and meaning of each phrase, the longest at each word; they do not overlap."""
        firsts = self._firsts
        after = 0
        for at in [index for index, word in enumerate(words) if word in firsts]:
            if at >= after and (found := self.match(words, at)) is not None:
                yield at, *found
                after = found[0]


def to_phrases(phrases: Iterable[str], meaning: str) -> dict[str, str]:
    """Return the phrases with one meaning for all."""
    return dict.fromkeys(phrases, meaning)


def _write_out(mark: re.Match[str]) -> str:
    if mark[1] == "s":
        return " is" if _IS.search(mark.string, max(0, mark.start() - 6), mark.start()) else ""
    return _WRITTEN_OUT[mark[1]]
