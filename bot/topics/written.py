"""What a written form is: a value as words on one line that a person can edit, and back."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from bot.domain.facts import Education, EducationLevel, Experience, Model
from bot.text.clean import fold_space
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.numbers import COUNT, NUMBER, read_count, read_number

Value = TypeVar("Value")

Spell: TypeAlias = Callable[[str], str]
"""Takes some of the posting's words as typed and returns them as the posting spells them; Miswritten where it has no such words."""


class Miswritten(ValueError):
    """What was typed is no value; the message says why, and goes on after a line number and a colon."""


def first_fault(error: ValidationError, *, is_placed: bool = True) -> str:
    """Return the first thing that is wrong with a value, and where in it unless that is not asked for."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"])) if is_placed else ""
    return f"{place}: {first['msg']}" if place else first["msg"]


def keep_spelling(value: Value, _spell: Spell) -> Value:
    """Return the value as it is: nothing in it is the posting's own words."""
    return value


@dataclass(frozen=True, slots=True)
class WrittenForm(Generic[Value]):
    """
    How the values of a topic are written for correcting them: one line each.

    `read` takes back whatever `write` makes, and is forgiving about case, spaces and habits, but guesses nothing.
    """

    write: Callable[[Value], str]
    """Returns the value in words, without the posting's own words behind it."""

    read: Callable[[str], Value]
    """Takes words with single spaces, straight quotes and short dashes; raises Miswritten (or any ValueError) for what is no value."""

    example: str
    """A line that is right, under 100 characters."""

    hint: str = ""
    """All that may be written, where the example does not tell; under 100 characters."""

    spell: Callable[[Value, Spell], Value] = keep_spelling
    """Returns the value with those of its parts that are the posting's own words as the posting spells them."""

    is_quoted: bool = True
    """Whether the posting's words that state the value stand behind it: `5 years | 5+ years with Go`."""

    is_words: bool = False
    """Whether the value is the posting's own words and nothing else, so that it needs no quote besides."""


def pattern_of(words: Iterable[str]) -> str:
    r"""
    Return the source of a pattern for one of these words, in one group, not as a part of a longer word.

    >>> import re
    >>> re.sub(pattern_of(["min.", "min"]), "_", "min. 5 minutes")
    '_ 5 minutes'
    """
    return rf"(?<!\w)(?:{one_of(words)})(?!\w)"


# Values of a fixed few as people edit them: `remote`, `full time`, `yes`.

_Choice = TypeVar("_Choice", bound=Enum)


def write_choice(choice: Enum) -> str:
    """
    Return one of a fixed few in words.

    >>> from bot.domain.facts import PayKind
    >>> write_choice(PayKind.BASE)
    'base'
    """
    return str(choice.value).replace("_", " ")


def choice_form(choices: type[_Choice]) -> WrittenForm[_Choice]:
    """
    Return the written form of a fixed few values.

    >>> from bot.domain.facts import Period
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


# Values that are the posting's own words.

_Phrase = TypeVar("_Phrase", bound=Model)


WORDS_FORM: WrittenForm[str] = WrittenForm(
    write=fold_space,
    read=str,
    example="One a line, in the posting's own words",
    spell=lambda words, spell: spell(words),
    is_quoted=False,
    is_words=True,
)
"""Items and sentences: each is its own quote."""


def phrase_form(model: type[_Phrase], field: str) -> WrittenForm[_Phrase]:
    """
    Return the written form of a model whose one field is a phrase of the posting; the sentence that it stands in may be its quote.

    >>> from bot.domain.facts import Model
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


# Values of any other type as people edit them: `name: value; name: value`, or as JSON.

_ESCAPES = {";": "\\u003b", "|": "\\u007c"}
"""In JSON these two only stand within quotes."""


def member_form(adapter: TypeAdapter[Any]) -> WrittenForm[Any]:
    r"""
    Return the written form of any type that its adapter reads and writes as JSON.

    >>> form = member_form(TypeAdapter(dict[str, int | str]))
    >>> form.write({"days": 3, "notes": "a; b"})
    'days: 3; notes: "a\\u003b b"'
    >>> form.read("days: 3; notes: any") == {"days": 3, "notes": "any"}
    True
    """

    def write_members(value: Any) -> str:
        dumped = adapter.dump_python(value, mode="json")
        if isinstance(dumped, dict) and dumped and all(map(_is_plain_name, dumped)):
            return "; ".join(f"{name}: {_write_value(member)}" for name, member in dumped.items())
        return _write_json(dumped)

    def read_members(written: str) -> Any:
        # As JSON and strictly: no value of another type is bent into shape, and no infinite number passes.
        readings = (json.dumps(found, allow_nan=False) for found in _readings_of(written))
        error: ValidationError | None = None
        for reading in readings:
            try:
                return adapter.validate_json(reading, strict=True)
            except ValidationError as caught:
                error = error or caught
        raise Miswritten(first_fault(error) if error else "that is no value")

    return WrittenForm(write=write_members, read=read_members, example="name: value; name: value | the posting's own words for it")


def _is_plain_name(name: Any) -> bool:
    return isinstance(name, str) and name.isidentifier()


def _write_value(value: Any) -> str:
    """Return a text as it is where it cannot be taken for anything else."""
    is_plain = isinstance(value, str) and value.isascii() and value.isprintable() and " ".join(value.split()) == value != ""
    return value if is_plain and not set(value) & {*_ESCAPES, '"', "'", "`"} and not _is_json(value) else _write_json(value)


def _write_json(value: Any) -> str:
    written = json.dumps(value)
    for sign, escape in _ESCAPES.items():
        written = written.replace(sign, escape)
    return written


def _is_json(written: str) -> bool:
    try:
        _load(written)
    except ValueError:
        return False
    return True


def _load(written: str) -> Any:
    return from_json(written, allow_inf_nan=False)


def _readings_of(written: str) -> list[Any]:
    """Return what the words may stand for, the likeliest first: JSON, members with JSON where they hold some, members of texts."""
    if _is_json(written):
        return [_load(written)]
    members = [part.partition(":") for part in written.split(";") if part.strip()]
    if not all(colon for _, colon, _ in members):
        return [written]
    texts = {name.strip(): value.strip() for name, _, value in members}
    return [{name: _load(value) if _is_json(value) else value for name, value in texts.items()}, texts]


# Figures for people to edit: written so that they come back exactly.

_LEAST_DECIMALS = 4
"""Of a figure with more than two: behind a full stop, three digits may be thousands."""

_EXACT = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){5,400}(?:\.\d{1,400})?|\d{1,3}(?:,\d{3}){0,400}\.\d{4,400})(?![.,]?\d)"
FIGURE = rf"(?:{_EXACT}|{NUMBER})"
"""The source of a pattern for whatever `write_figure` writes, and for what postings and people write."""

_IS_EXACT = compile_later(lambda: _EXACT)


def write_figure(figure: float) -> str:
    """
    Return a figure that is not negative in full, with commas between thousands.

    >>> write_figure(120_000.0), write_figure(17.5), write_figure(0.125)
    ('120,000', '17.5', '0.1250')
    """
    whole, _, decimals = f"{Decimal(repr(float(figure))):,f}".partition(".")
    if not decimals.strip("0"):
        return whole
    return f"{whole}.{decimals if len(decimals) <= 2 else decimals.ljust(_LEAST_DECIMALS, '0')}"  # noqa: PLR2004


def read_figure(written: str, scale: str | None = None) -> float:
    """
    Return what FIGURE has matched, times its scale.

    >>> read_figure("0.1250"), read_figure("1.200,50"), read_figure("95", "k")
    (0.125, 1200.5, 95000.0)
    """
    if scale is None and _IS_EXACT.fullmatch(written):
        return float(written.replace(",", ""))
    return read_number(written, scale)


# Years of experience and degrees as people edit them: `5 years`, `bachelor, required`.

_YEARS: dict[str, list[str]] = read_lexicon("written_words")["years"]
_MOST_YEARS = 60
_EXPERIENCE = compile_later(
    lambda: (
        rf"(?:{pattern_of(_YEARS['before'])}\s?)?(?P<count>\d{{1,2}}\.\d{{1,400}}|{COUNT})\s?\+?\s?(?:{pattern_of(_YEARS['unit'])})?(?:\s?\+)?"
        rf"(?:\s{pattern_of(_YEARS['behind'])}){{0,2}}"
    ),
    re.IGNORECASE,
)
_LEVEL_BEHIND = compile_later(r"\s?\((?P<words>[^()]{1,100})\)$")
_DEGREES: dict[str, list[str]] = read_lexicon("written_words")["degrees"]
_LEVELS = {word: level for level in EducationLevel for word in (*_DEGREES[level.value], level.value)}
_FILLER = compile_later(lambda: pattern_of(_DEGREES["filler"]))
_NEEDED: dict[str, list[str]] = read_lexicon("written_words")["needed"]
_EDUCATION = compile_later(
    lambda: rf"(?P<level>.+?)[\s,;:(-]{{1,3}}(?:(?P<no>{pattern_of(_NEEDED['no'])})|{pattern_of(_NEEDED['yes'])})\)?"
)


def write_experience(experience: Experience) -> str:
    """
    Return the least number of years in words.

    >>> write_experience(Experience(years=1)), write_experience(Experience(years=2.5, where="L5"))
    ('1 year', '2.5 years (L5)')
    """
    words = f"{write_figure(experience.years)} year{'' if experience.years == 1 else 's'}"
    return f"{words} ({fold_space(experience.where)})" if experience.where else words


def read_experience(written: str) -> Experience:
    """
    Return the least number of years that a person wrote; Miswritten for a range or anything else.

    >>> read_experience("at least five years").years, read_experience("3+").years
    (5.0, 3.0)
    """
    level = _LEVEL_BEHIND.search(written)
    found = _EXPERIENCE.fullmatch(written[: level.start()] if level else written)
    if found is None:
        raise Miswritten(f'"{written[:60]}" is no single number of years')
    years = read_count(found["count"])
    if years > _MOST_YEARS:
        raise Miswritten(f"{write_figure(years)} years are more than {_MOST_YEARS}")
    return Experience(years=years, where=level["words"] if level else None)


def _spell_experience(experience: Experience, spell: Spell) -> Experience:
    return experience.model_copy(update={"where": spell(experience.where)}) if experience.where else experience


def write_education(education: Education) -> str:
    """
    Return a degree in words, and whether it is required.

    >>> write_education(Education(level=EducationLevel.HIGH_SCHOOL, required=False))
    'high school, not required'
    """
    return f"{write_choice(education.level)}, {'' if education.required else 'not '}required"


def read_education(written: str) -> Education:
    """
    Return the degree that a person wrote; Miswritten where they do not say whether it is required.

    >>> read_education("Bachelor's degree, preferred").required
    False
    """
    found = _EDUCATION.fullmatch(written.lower())
    if found is None:
        level = _read_level(written.lower())
        if level is not EducationLevel.NONE:
            raise Miswritten('say whether the degree is "required" or "not required"')
        return Education(level=level, required=False)
    return Education(level=_read_level(found["level"]), required=found["no"] is None)


def _read_level(words: str) -> EducationLevel:
    level = _LEVELS.get(words.strip()) or _LEVELS.get(" ".join(_FILLER.sub(" ", words).split()))
    if level is None:
        raise Miswritten(f'"{words[:60]}" is none of these: {_join([write_choice(level) for level in EducationLevel])}')
    return level


EXPERIENCE_FORM: WrittenForm[Experience] = WrittenForm(
    write=write_experience, read=read_experience, example="5 years | 5+ years of experience with Go", spell=_spell_experience
)
EDUCATION_FORM: WrittenForm[Education] = WrittenForm(
    write=write_education, read=read_education, example="bachelor, required | You have a BS in Physics"
)
