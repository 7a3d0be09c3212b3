"""Replies to a free question: the passage that answers, or that the posting does not say."""

from collections.abc import Callable
from itertools import pairwise

from bot.answering.passages import FLOOR, Passage, find_passages, holds_subject, make_query
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.domain.fact import Quote
from bot.matching.vocabulary import WordKind, word_kind
from bot.text.clean import fold_space
from bot.text.document import Line, LineKind
from bot.text.words import read_words

_FIGURE_WORDS = frozenset({"many", "long", "much", "often", "old", "big", "far"})
_ALONE = {WordKind.UNKNOWN: 1.0, WordKind.ORDINARY: 0.7, WordKind.TOPICAL: 0.5, WordKind.FUNCTION: 0.0}
_BESIDE_SUBJECT = {WordKind.UNKNOWN: 0.4, WordKind.ORDINARY: 0.25, WordKind.TOPICAL: 0.15, WordKind.FUNCTION: 0.0}
"""How much a word of a kind matters, alone and beside a subject that is named."""

_NEARLY_AS_GOOD = 0.8
_MOST_PASSAGES = 3
_MOST_NAMING_WORDS = 5
_LOOKED_AT = 20
_FAVOUR = 1.6
"""How much better a passage elsewhere must be than one where the answer is looked for."""

_SECTION_LENGTHS = range(2, 13)
"""So many lines under one heading are told as a list: the steps of an interview."""

_LISTED_SUBJECTS = frozenset({"interview", "first_months"})
"""Subjects that postings give a part of their own, whose lines answer together."""

NOT_SAID = "The posting does not say."


def reply_freely(subject: Subject) -> Reply:
    """Quote the part or the passages that answer best, in the posting's words, or say that it does not say."""
    passages = find_answers(subject)
    if lines := _lines_of_part(subject, passages):
        told = tuple(fold_space(line.text) for line in lines)
        return Reply(State.ANSWERED, Telling(sentence=f"{lines[0].heading}:", items=told), tuple(line.quote() for line in lines))
    if not passages:
        return Reply(State.NOT_STATED, Telling(sentence=NOT_SAID))
    first, *others = (fold_space(passage.sentence.text) for passage in passages)
    quotes = [whole_line(passage) for passage in passages]
    if (below := _line_below(subject, passages[0])) is not None:
        others = [fold_space(below.text), *others]
        quotes.insert(1, below.quote())
    return Reply(State.ANSWERED, Telling(sentence=first, items=tuple(others)), tuple(quotes))


def find_answers(subject: Subject, *, favours: Callable[[Passage], bool] | None = None) -> tuple[Passage, ...]:
    """
    Return the passages that hold enough of the question, the best first, with those that are nearly as good.

    `favours` tells which passages stand where the answer is looked for; they go before others that are somewhat better.
    """
    weights = _BESIDE_SUBJECT if subject.asked.subjects else _ALONE
    stems = {word.stem: weights[word_kind(word.text.replace("'", ""))] for word in subject.asked.details}
    stems |= {word.stem: 1.0 for name in subject.asked.named for word in read_words(name)}
    query = make_query(stems, subject.asked.subjects, wants_figure=_wants_figure(subject))
    enough = [passage for passage in find_passages(subject.document, query) if passage.coverage >= FLOOR]
    scored = [(passage.score * (_FAVOUR if favours and favours(passage) else 1.0), passage) for passage in enough[:_LOOKED_AT]]
    scored.sort(key=lambda pair: -pair[0])
    return tuple(passage for score, passage in scored[:_MOST_PASSAGES] if score >= _NEARLY_AS_GOOD * scored[0][0])


def whole_line(passage: Passage) -> Quote:
    """Return the sentence's quote; a bullet is quoted whole."""
    line = passage.sentence.line
    return passage.sentence.quote if len(line.sentences) > 2 else line.quote()  # noqa: PLR2004


def _line_below(subject: Subject, passage: Passage) -> Line | None:
    """Return the line below one that only names what follows: "Take-home challenge"."""
    line = passage.sentence.line
    if len(line.text.split()) > _MOST_NAMING_WORDS:
        return None
    lines = subject.document.body
    below = next((other for here, other in pairwise(lines) if here is line), None)
    return below if below is not None and below.kind is not LineKind.HEADING and len(below.text) > len(line.text) else None


def _wants_figure(subject: Subject) -> bool:
    words = [word.text for word in subject.asked.words]
    return any(before == "how" and after in _FIGURE_WORDS for before, after in pairwise(words))


def _lines_of_part(subject: Subject, passages: tuple[Passage, ...]) -> tuple[Line, ...]:
    """Return the lines under the heading that names the subject, unless one passage says more of what is asked in particular."""
    named = [name for name in subject.asked.subjects if name in _LISTED_SUBJECTS]
    if not named or (passages and passages[0].is_particular and not _wants_figure(subject)):
        return ()
    lines = tuple(line for line in subject.document.statements if any(holds_subject(line.heading or "", name) for name in named))
    return lines if len(lines) in _SECTION_LENGTHS and len({line.headings for line in lines}) == 1 else ()
