"""What a person typed for a topic, read as facts: a line that they left alone stays its fact, another is checked as what is read is."""

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from bot.domain.facts import Fact, Quote
from bot.intake.form_text import TypedLine, spellings_of, straighten, to_key, write_fact, write_quote
from bot.intake.sources import to_label
from bot.parsing.parse import read_document
from bot.text.clean import fold_space
from bot.text.document import Line
from bot.text.markup import strip_markup
from bot.text.prefilter import to_lower
from bot.text.words import find_whole
from bot.topics.topic import Topic
from bot.topics.written import Miswritten

# Finding words that a person typed in a posting's text, to quote them as they stand there.

_BULLET = re.compile(r"(?:[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔]|\d{1,2}[.)])\s+")
_WORD = re.compile(r"\S+")


class FoundWords(NamedTuple):
    """Words of the posting."""

    plain: str
    """As the posting spells them, without markup."""

    quote: Quote
    """As they stand in the text, with their heading."""


class OwnWords:
    """The words of one posting's text; it is read when the first words are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, words: str) -> FoundWords | None:
        r"""
        Return the words as the text has them, or None.

        Space, markup, bullets, case, and the shapes of quotes and dashes need not be the same; the same case is preferred.

        >>> found = OwnWords("# Cook\n\n## Needs\n* **Five** years of Go").find("five years")
        >>> found.plain, found.quote.text, found.quote.heading
        ('Five years', '**Five** years', 'Needs')
        >>> OwnWords("We use Google Docs").find("Go") is None
        True
        """
        spellings = dict.fromkeys(straighten(fold_space(each)) for each in _all_spellings(words))
        wanted = [each for each in spellings if any(map(str.isalnum, each))]
        found = (find(each) for find in (self._find_in_lines, self._find_anywhere) for each in wanted)
        return next(filter(None, found), None)

    def _find_in_lines(self, wanted: str) -> FoundWords | None:
        """Find the words within a line as it was read, without marks and with its heading."""
        at = _find_words(self._folded, self._lowered, wanted)
        if at is None:
            return None
        index = bisect_right(self._starts, at) - 1
        line = self._lines[index]
        start, end = _find_span(line.text, at - self._starts[index], len(wanted))
        quote = line.quote(start, end)
        if fold_space(quote.text) not in self._plain_text:
            return None
        return FoundWords(fold_space(line.text[start:end]), quote)

    def _find_anywhere(self, wanted: str) -> FoundWords | None:
        """Find the words in the text as it stands, also over the ends of lines."""
        at = _find_words(self._folded_text, self._lowered_text, wanted)
        if at is None:
            return None
        start, end = _find_span(self._text, at, len(wanted))
        words = self._text[start:end]
        return FoundWords(fold_space(strip_markup(words)), Quote(text=words))

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return read_document(self._text).lines

    @cached_property
    def _folded_lines(self) -> list[str]:
        return [straighten(fold_space(line.text)) for line in self._lines]

    @cached_property
    def _folded(self) -> str:
        return "\n".join(self._folded_lines)

    @cached_property
    def _lowered(self) -> str:
        return to_lower(self._folded)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the folded text."""
        return list(accumulate((len(line) + 1 for line in self._folded_lines), initial=0))

    @cached_property
    def _plain_text(self) -> str:
        return fold_space(self._text)

    @cached_property
    def _folded_text(self) -> str:
        return straighten(self._plain_text)

    @cached_property
    def _lowered_text(self) -> str:
        return to_lower(self._folded_text)


def _all_spellings(words: str) -> Iterator[str]:
    """Yield the words in the ways that the text may have them, the likeliest first."""
    bare = _BULLET.sub("", words, count=1) if _BULLET.match(words) else words
    for each in (words, strip_markup(words), bare, strip_markup(bare)):
        yield from spellings_of(each)


def _find_words(text: str, lowered: str, wanted: str) -> int | None:
    """Return where whole words stand in a text, in the same case if they do."""
    at = find_whole(text, wanted)
    return at if at is not None else find_whole(lowered, to_lower(wanted))


def _find_span(text: str, at: int, length: int) -> tuple[int, int]:
    """Return the span in a text of what stands at a place of the same text with single spaces."""
    begin = stop = folded = 0
    for word in _WORD.finditer(text):
        size = word.end() - word.start()
        if folded <= at < folded + size:
            begin = word.start() + at - folded
        if folded < at + length <= folded + size:
            stop = word.start() + at + length - folded
            break
        folded += size + 1
    return begin, stop


MOST_COMPLAINTS = 20
"""Nobody reads more, and each has cost a search through the whole text."""

_MOST_BARS = 20
_SHOWN = 80
_NO_WORDS = "the posting's words that say so are missing"


class _NotHeld(Miswritten):
    """Words that the posting's text does not hold; how to write it is not what is wrong."""


class KnownFacts:
    """Facts by the lines that they are written as; each is taken once."""

    def __init__(self, topic: Topic[Any], facts: Iterable[Fact[Any]]) -> None:
        self._facts = tuple(facts)
        self._left = set(range(len(self._facts)))
        self._by_line: dict[str, deque[int]] = defaultdict(deque)
        self._by_key: dict[str, deque[int]] = defaultdict(deque)
        for index, fact in enumerate(self._facts):
            line = write_fact(topic, fact)
            self._by_line[line].append(index)
            self._by_key[to_key(line)].append(index)

    def take(self, line: str) -> Fact[Any] | None:
        """Return the first fact left that is written so, the exact spelling before one that a keyboard may have changed."""
        for waiting in (self._by_line.get(line), self._by_key.get(to_key(line))):
            while waiting:
                if (index := waiting.popleft()) in self._left:
                    self._left.remove(index)
                    return self._facts[index]
        return None


class FactReader:
    """Reads lines of one topic; what is wrong with them gathers in `complaints`."""

    def __init__(self, topic: Topic[Any], known: Sequence[Fact[Any]], *, own_words: OwnWords) -> None:
        self.complaints: list[str] = []
        self._topic = topic
        self._form = topic.form
        self._own_words = own_words
        self._known = known
        self._known_quotes: dict[str, Quote] = {}
        self._known_words: dict[str, str] = {}
        for fact in known:
            self._remember(fact)

    def _remember(self, fact: Fact[Any]) -> None:
        """Remember a fact's words: on another line they need not be found again."""

        def remember(words: str) -> str:
            self._known_words.setdefault(to_key(words), words)
            return words

        self._form.spell(fact.value, remember)
        for shown in (fact.quote.text, write_quote(self._topic, fact)) if self._form.is_quoted else ():
            self._known_quotes.setdefault(to_key(shown), fact.quote)

    def read(self, line: TypedLine, *, label: str) -> Fact[Any] | None:
        """Return the fact that a changed or new line states; None and a complaint where it states none, or after too many of them."""
        if len(self.complaints) > MOST_COMPLAINTS:
            return None
        place = f"{label}, line {line.number}"
        try:
            return self._read_line(line.text)
        except _NotHeld as error:
            self.complaints.append(f"{place}: {error}.")
        except Miswritten as error:
            self.complaints.append(f"{place}: {error}. Write it so: {self._form.example}")
        return None

    def _read_line(self, line: str) -> Fact[Any]:
        value, words = self._read_value(line)
        quotes: list[Quote] = []

        def spell(typed: str) -> str:
            return self._spell(typed, quotes)

        value = _check(self._topic, self._form.spell(value, spell))
        if words:
            return Fact(value=value, quote=self._quote(words))
        if self._form.is_words and quotes:
            return Fact(value=value, quote=quotes[0])
        same = next((fact for fact in self._known if fact.value == value), None)
        if same is None:
            raise Miswritten(_NO_WORDS)
        return same

    def _read_value(self, line: str) -> tuple[Any, str]:
        """Return the value on a line, and the words behind it: a bar may stand within either."""
        first_error: Miswritten | None = None
        for value, words in _cuts_of(line) if self._form.is_quoted else [(line, "")]:
            try:
                return self._form.read(straighten(value.strip())), words.strip()
            except Miswritten as error:
                first_error = first_error or error
            except ValidationError as error:
                first_error = first_error or Miswritten(_tell(error))
        raise first_error or Miswritten("nothing is written")

    def _spell(self, words: str, quotes: list[Quote]) -> str:
        """Return words of the posting as it spells them, and add where they stand."""
        known = self._known_words.get(to_key(words))
        if known is not None and not self._form.is_words:
            return known
        found = self._own_words.find(words)
        if found is not None:
            quotes.append(found.quote)
            return found.plain
        if known is None:
            raise _not_held(words)
        return known

    def _quote(self, words: str) -> Quote:
        if (known := self._known_quotes.get(to_key(words))) is not None:
            return known
        if (found := self._own_words.find(words)) is not None:
            return found.quote
        raise _not_held(words)


def _cuts_of(line: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each bar; of a line without one all of it, and nothing."""
    bars = list(islice((at for at, sign in enumerate(line) if sign == "|"), _MOST_BARS))
    yield from ((line[:at], line[at + 1 :]) for at in bars)
    if not bars:
        yield line, ""


def _check(topic: Topic[Any], value: Any) -> Any:
    """Return a value that is one of its topic."""
    try:
        return topic.adapter.validate_python(value)
    except ValidationError as error:
        raise Miswritten(_tell(error)) from error


def _tell(error: ValidationError) -> str:
    return to_label(error.errors(include_input=False, include_url=False, include_context=False)[0]["msg"], 160)


def _not_held(words: str) -> _NotHeld:
    return _NotHeld(f'the posting\'s text does not hold "{to_label(words, _SHOWN)}": copy the words from the posting')


# Whether a text holds the words that its facts quote.

_SEARCH_BOUND = 2_000_000_000
"""Characters searched for all the quotes of one posting, about a second; quotes in their order need two passes a topic."""


def find_missing_quote(text: str, facts: Mapping[str, Iterable[Fact[Any]]]) -> str | None:
    """
    Return the first quote that is not in the text, white space folded, or None if all are there.

    A record made to be slow, whose many quotes stand far apart in a long text, has its rest taken for missing.

    >>> from bot.domain.facts import Quote
    >>> find_missing_quote("Pay:  5 an hour", {"pay": [Fact(value=5, quote=Quote(text="Pay: 5"))]}) is None
    True
    >>> find_missing_quote("Pay: 5 an hour", {"pay": [Fact(value=6, quote=Quote(text="Pay: 6"))]})
    'Pay: 6'
    """
    folded = fold_space(text)
    at = searched = 0
    for fact in (fact for found in facts.values() for fact in found):
        quote = fold_space(fact.quote.text)
        # Quotes mostly stand in the text's order: look on from the last one, and only then from the beginning.
        here = folded.find(quote, at)
        if here < 0:
            here = folded.find(quote, 0, at + len(quote))
            searched += len(folded)
        if here < 0 or not quote or searched > _SEARCH_BOUND:
            return fact.quote.text
        searched += max(here - at, 0)
        at = here
    return None
