"""What a person typed for a topic, read as facts: a line that they left alone stays its fact, another is checked as what is read is."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from pydantic import ValidationError

from bot.domain.fact import Fact, Quote
from bot.intake.form_text import write_fact, write_quote
from bot.intake.own_words import OwnWords
from bot.intake.source import to_label
from bot.intake.typed_text import TypedLine, straighten, to_key
from bot.topics.topic import Topic
from bot.topics.written.form import Miswritten

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
