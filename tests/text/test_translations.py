"""Every fixed sentence of an answer is there in the five languages, with the same values to fill in."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import bot
from bot.admin import history, watching
from bot.answering import answers, details, reply
from bot.text.lexicon import data_directory, read_lexicon
from bot.text.translations import SPOKEN, language_of, read_catalogue, say
from bot.topics import TOPICS, authorization, education, pay, workplace
from bot.topics.employment_type import EmploymentType

PACKAGE = Path(bot.__file__).parent
OTHERS = [language for language in SPOKEN if language != "en"]


def said_in_code() -> Iterator[str]:
    """The sentences that stand in calls of `say`, and in those of `render_listed`."""
    for module in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say" and node.args:
                yield from _constants(node.args[0])
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_listed":
                yield from (text for keyword in node.keywords for text in _constants(keyword.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"sentence", "question", "silence"}:
                yield from _constants(node.value) if isinstance(node.value, ast.IfExp) else ()


def _constants(node: ast.expr) -> Iterator[str]:
    branches = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
    yield from (branch.value for branch in branches if isinstance(branch, ast.Constant) and isinstance(branch.value, str))


@cache
def every_message() -> list[str]:
    tables = [
        answers.EMPTY,
        *answers.EXAMPLES,
        *(text for choices in answers.TALK.values() for text in choices),
        *details.STANDING.values(),
        *reply.VERDICT_WORDS.values(),
        *authorization.KIND_WORDS.values(),
        *education.NAMES.values(),
        *pay.EACH.values(),
        *workplace.TOLD.values(),
        *read_lexicon("areas")["spoken"].values(),
        *(row["told"] for row in read_lexicon("subjects").values() if "told" in row),
        *(kind.value.replace("_", " ").capitalize() for kind in EmploymentType),
        *(text for topic in TOPICS for text in (topic.label, topic.silence)),
        *(news.value for news in history.News),
        *history.HEAD_LABELS.values(),
        *(history.PAY_UP, history.PAY_DOWN),
        *watching.PACES.values(),
    ]
    return list(dict.fromkeys([*said_in_code(), *tables]))


def blanks_of(text: str) -> set[str]:
    return {name or "" for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_with_the_same_blanks(language: str) -> None:
    catalogue = read_catalogue(language)
    assert [message for message in every_message() if message not in catalogue] == []
    assert {message: words for message, words in catalogue.items() if blanks_of(message) != blanks_of(words)} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    with (data_directory() / "translations" / f"{language}.po").open("rb") as file:
        messages = [str(message.id) for message in read_po(file) if message.id]
    assert set(messages) - set(every_message()) == set()


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    assert language_of("nl-BE") == "en"
    assert say("Yes", "nl-BE") == "Yes"


def test_what_a_posting_does_not_mention_is_named_in_words() -> None:
    assert [name for name, row in read_lexicon("subjects").items() if "topic" in row and "told" not in row] == []
