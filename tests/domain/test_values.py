"""Values of the domain refuse what makes no sense."""

import pytest
from pydantic import ValidationError

from bot.domain.answer import Answer, Rendered, State
from bot.domain.facts import Experience, Fact, Pay, Period, Quote


def test_pay_needs_an_amount() -> None:
    with pytest.raises(ValidationError, match="needs a minimum or a maximum"):
        Pay(currency="USD", per=Period.YEAR)


def test_pay_is_given_from_low_to_high() -> None:
    with pytest.raises(ValidationError, match="above its maximum"):
        Pay(minimum=2, maximum=1, currency="USD", per=Period.YEAR)


@pytest.mark.parametrize("currency", ["$", "usd", "US", "DOLLAR"])
def test_a_currency_is_an_iso_code(currency: str) -> None:
    with pytest.raises(ValidationError):
        Pay(minimum=1, currency=currency, per=Period.YEAR)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Experience(years=5).years = 6


def test_values_refuse_fields_they_do_not_know() -> None:
    with pytest.raises(ValidationError):
        Experience.model_validate({"years": 5, "months": 6})


def test_facts_that_say_the_same_are_equal() -> None:
    assert Fact(value=3, quote=Quote(text="3 years")) == Fact(value=3, quote=Quote(text="3 years"))


def test_the_text_of_an_answer_is_its_sentence_and_then_its_items() -> None:
    answer = Answer(question="?", state=State.ANSWERED, rendered=Rendered(sentence="2 requirements:", items=("Go", "SQL")))
    assert answer.text == "2 requirements:\n• Go\n• SQL"
