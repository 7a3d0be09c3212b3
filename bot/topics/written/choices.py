"""Values of a fixed few as people edit them: `remote`, `full time`, `yes`."""

from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from bot.text.lexicon import read_lexicon
from bot.topics.written.form import Miswritten, WrittenForm

_Choice = TypeVar("_Choice", bound=Enum)


def write_choice(choice: Enum) -> str:
    """
    Return one of a fixed few in words.

    >>> from bot.domain.pay import PayKind
    >>> write_choice(PayKind.BASE)
    'base'
    """
    return str(choice.value).replace("_", " ")


def choice_form(choices: type[_Choice]) -> WrittenForm[_Choice]:
    """
    Return the written form of a fixed few values.

    >>> from bot.domain.pay import Period
    >>> form = choice_form(Period)
    >>> form.read("Hour").value, form.example
    ('hour', "hour | the posting's own words for it")
    """
    names = tuple(write_choice(choice) for choice in choices)
    known = {_to_key(name): choice for name, choice in zip(names, choices, strict=True)}
    for choice in choices:
        for word in read_lexicon("written_words")["choices"].get(str(choice.value), ()):
            known.setdefault(_to_key(word), choice)

    def read_choice(written: str) -> _Choice:
        if (found := known.get(_to_key(written))) is None:
            raise Miswritten(f'"{written[:60]}" is none of {_join(names)}')
        return found

    return WrittenForm(
        write=write_choice,
        read=read_choice,
        example=f"{names[0]} | the posting's own words for it",
        hint=f"{_join(names)} | the posting's own words for it",
    )


def _to_key(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _join(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
