"""How the values of topics are written for people to correct them: each type of value has its form, a topic may name another."""

from enum import Enum
from typing import Any

from pydantic import TypeAdapter

from bot.domain.eligibility import Eligibility
from bot.domain.model import Model
from bot.domain.pay import Pay
from bot.domain.qualification import Education, Experience
from bot.topics.written.choices import choice_form
from bot.topics.written.eligibility import ELIGIBILITY_FORM
from bot.topics.written.form import WrittenForm
from bot.topics.written.members import member_form
from bot.topics.written.pay import PAY_FORM
from bot.topics.written.qualification import EDUCATION_FORM, EXPERIENCE_FORM
from bot.topics.written.words import WORDS_FORM, phrase_form

_FORMS: tuple[tuple[type, WrittenForm[Any]], ...] = (
    (str, WORDS_FORM),
    (Pay, PAY_FORM),
    (Eligibility, ELIGIBILITY_FORM),
    (Experience, EXPERIENCE_FORM),
    (Education, EDUCATION_FORM),
)


def written_form_of(value_type: Any) -> WrittenForm[Any]:
    """
    Return the written form for a type of value; every type has one.

    A text is the posting's own words, and so is a model with nothing but a text.

    >>> written_form_of(str).is_words, written_form_of(Pay).example.partition(" | ")[0]
    (True, '120,000 to 150,000 USD a year (New York)')
    """
    if (form := next((form for known, form in _FORMS if value_type is known), None)) is not None:
        return form
    if isinstance(value_type, type) and issubclass(value_type, Enum):
        return choice_form(value_type)
    if isinstance(value_type, type) and issubclass(value_type, Model):
        fields = list(value_type.model_fields.items())
        if len(fields) == 1 and fields[0][1].annotation is str:
            return phrase_form(value_type, fields[0][0])
    return member_form(TypeAdapter(value_type))
