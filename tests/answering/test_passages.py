"""The passage that answers is found by its words, their forms and their synonyms; where none is, nothing is."""

import pytest
from builders import document

from bot.answering.passages import FLOOR, find_passages, make_query
from bot.questions.topic import find_subjects
from bot.text.words import is_function_word, read_words

POSTING = document(
    """## The team

You report to the Head of Kitchens. Our cooks travel to two fairs a year.

## Interviews

* A phone call of 30 minutes
* A trial shift with the team

## Life here

We offer stock options from the first day. Background screening is part of every offer.
The role joins the on-call rotation every sixth week."""
)


def best(question: str) -> str | None:
    words = read_words(question)
    stems = {word.stem: 0.3 for word in words if not is_function_word(word.text)}
    wants_figure = "how many" in question or "how much" in question
    passages = find_passages(POSTING, make_query(stems, find_subjects(words), wants_figure=wants_figure))
    return passages[0].sentence.text if passages and passages[0].coverage >= FLOOR else None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("who would be my boss", "You report to the Head of Kitchens."),
        ("any shares?", "We offer stock options from the first day."),
        ("is there a background check", "Background screening is part of every offer."),
        ("do i get paged", None),
        ("on-call?", "The role joins the on-call rotation every sixth week."),
        ("how much travelling", "Our cooks travel to two fairs a year."),
        ("how is the interview", "A phone call of 30 minutes"),
        ("do they have a gym", None),
        ("what is the dress code", None),
    ],
)
def test_the_best_passage_is_found_or_none(question: str, passage: str | None) -> None:
    assert best(question) == passage


def test_nothing_is_found_in_nothing() -> None:
    assert find_passages(document(""), make_query({"pay": 1.0}, ())) == ()
    assert find_passages(POSTING, make_query({}, ())) == ()
