"""Values that are the posting's own words."""

from typing import TypeVar

from bot.domain.model import Model
from bot.text.clean import fold_space
from bot.topics.written.form import Spell, WrittenForm

_Phrase = TypeVar("_Phrase", bound=Model)


def _read_words(written: str) -> str:
    return written


def _spell_words(value: str, spell: Spell) -> str:
    return spell(value)


WORDS_FORM: WrittenForm[str] = WrittenForm(
    write=fold_space,
    read=_read_words,
    example="One a line, in the posting's own words",
    spell=_spell_words,
    is_quoted=False,
    is_words=True,
)
"""Items and sentences: each is its own quote."""


def phrase_form(model: type[_Phrase], field: str) -> WrittenForm[_Phrase]:
    """
    Return the written form of a model whose one field is a phrase of the posting; the sentence that it stands in may be its quote.

    >>> from bot.domain.model import Model
    >>> class Shift(Model):
    ...     text: str
    >>> phrase_form(Shift, "text").read("late hours").text
    'late hours'
    """

    def write_phrase(value: _Phrase) -> str:
        return fold_space(getattr(value, field))

    def read_phrase(written: str) -> _Phrase:
        return model(**{field: written})

    def spell_phrase(value: _Phrase, spell: Spell) -> _Phrase:
        return value.model_copy(update={field: spell(getattr(value, field))})

    return WrittenForm(
        write=write_phrase,
        read=read_phrase,
        example="the posting's own phrase | the sentence that it stands in",
        spell=spell_phrase,
        is_words=True,
    )
