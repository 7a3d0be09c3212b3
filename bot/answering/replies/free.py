"""Replies to a free question: the passage that answers, or that the posting does not say."""

from itertools import pairwise

from bot.answering.passages import FLOOR, Passage, find_passages, make_query
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.domain.fact import Quote
from bot.matching.vocabulary import WordKind, word_kind
from bot.text.clean import fold_space
from bot.text.words import read_words

_FIGURE_WORDS = frozenset({"many", "long", "much", "often", "old", "big", "far"})
_ALONE = {WordKind.UNKNOWN: 1.0, WordKind.ORDINARY: 0.7, WordKind.TOPICAL: 0.5, WordKind.FUNCTION: 0.0}
_BESIDE_SUBJECT = {WordKind.UNKNOWN: 0.4, WordKind.ORDINARY: 0.25, WordKind.TOPICAL: 0.15, WordKind.FUNCTION: 0.0}
"""How much a word of a kind matters, alone and beside a subject that is named."""

_NEARLY_AS_GOOD = 0.8
_MOST_PASSAGES = 3

NOT_SAID = "The posting does not say."


def reply_freely(subject: Subject) -> Reply:
    """Quote the passages that answer best, in the posting's words, or say that it does not say."""
    passages = find_answers(subject)
    if not passages:
        return Reply(State.NOT_STATED, Telling(sentence=NOT_SAID))
    first, *others = (fold_space(passage.sentence.text) for passage in passages)
    quotes = tuple(whole_line(passage) for passage in passages)
    return Reply(State.ANSWERED, Telling(sentence=first, items=tuple(others)), quotes)


def find_answers(subject: Subject) -> tuple[Passage, ...]:
    """Return the passages that hold enough of the question, the best first, with those that are nearly as good."""
    words = [word.text for word in subject.asked.words]
    wants_figure = any(before == "how" and after in _FIGURE_WORDS for before, after in pairwise(words))
    weights = _BESIDE_SUBJECT if subject.asked.subjects else _ALONE
    stems = {word.stem: weights[word_kind(word.text.replace("'", ""))] for word in subject.asked.details}
    stems |= {word.stem: 1.0 for name in subject.asked.named for word in read_words(name)}
    query = make_query(stems, subject.asked.subjects, wants_figure=wants_figure)
    passages = [passage for passage in find_passages(subject.document, query) if passage.coverage >= FLOOR]
    return tuple(passage for passage in passages[:_MOST_PASSAGES] if passage.score >= _NEARLY_AS_GOOD * passages[0].score)


def whole_line(passage: Passage) -> Quote:
    """Return the sentence's quote; a bullet is quoted whole."""
    line = passage.sentence.line
    return passage.sentence.quote if len(line.sentences) > 2 else line.quote()  # noqa: PLR2004
