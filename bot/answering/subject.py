"""What an answer is made from: one posting, and what was understood of the question."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.domain.answer import State, Telling
from bot.domain.eligibility import Eligible
from bot.domain.fact import Quote
from bot.domain.posting import KeptPosting
from bot.matching.country import CountryMention
from bot.parsing.parse import read_document
from bot.text.document import Document
from bot.text.words import Word


@dataclass(frozen=True)
class Asked:
    """What a question asks, whichever posting answers it."""

    topic: str
    text: str = ""
    """The question as typed, without the company's name."""

    words: tuple[Word, ...] = ()
    """The question's words without the company's name."""

    details: tuple[Word, ...] = ()
    """Of those, the words that neither ask for the topic nor hold the question together: what is asked about in particular."""

    subjects: tuple[str, ...] = ()
    """Entries of data/lexicons/subjects.toml that are named."""

    named: tuple[str, ...] = ()
    """Technologies and languages that are asked about, as they are typed."""

    place: CountryMention | None = None

    also: tuple[str, ...] = ()
    """Further topics of the same question: "pay and requirements"."""


@lru_cache(maxsize=128)
def _read_again(text: str) -> Document:
    """Read a posting's text; those asked about last are remembered."""
    return read_document(text)


@dataclass(frozen=True)
class Subject:
    """One posting, and what is asked of it."""

    kept: KeptPosting
    asked: Asked
    locale: str = "en"
    """In which form numbers and countries are told."""

    @cached_property
    def document(self) -> Document:
        """The posting's text, read again into lines."""
        return _read_again(self.kept.posting.text)


@dataclass(frozen=True)
class Reply:
    """What one posting says to a question."""

    state: State
    telling: Telling
    quotes: tuple[Quote, ...] = ()
    further: tuple[Telling, ...] = ()
    """What is said to further topics of the same question."""

    topic: str | None = None
    """Where it is not the one that was asked for."""

    eligible: Eligible | None = None

    def after(self, verdict: str | None) -> "Reply":
        """Return the reply with a yes or no before it, if there is one and the posting says anything."""
        if verdict is None or self.state is not State.ANSWERED:
            return self
        return replace(self, telling=self.telling.model_copy(update={"sentence": f"{verdict}. {self.telling.sentence}"}))
