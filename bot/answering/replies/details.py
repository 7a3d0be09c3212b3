"""Replies to a question about something in particular: "is there parental leave?", "do I need Kubernetes?"."""

import re
from collections.abc import Iterator, Sequence

from bot.answering.passages import Passage
from bot.answering.replies.free import find_answers, whole_line
from bot.answering.replies.plain import reply_plainly
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.matching.vocabulary import WordKind, word_kind
from bot.text.clean import fold, fold_space
from bot.text.lexicon import read_lexicon
from bot.text.words import read_words
from bot.topics import BY_NAME

_LISTS = ("requirements", "preferred", "responsibilities", "benefits")
_STANDING: dict[str | None, str] = {
    "requirements": "among the requirements",
    "preferred": "as nice to have",
    "responsibilities": "among the responsibilities",
    "benefits": "among the benefits",
}
"""Where a line stands, in words."""

_NARROWED = frozenset({"skills", "requirements", "preferred"})
"""Topics that any further word narrows; where nothing is found for it, all is told."""

_ASKED_FOR = ("requirements", "preferred")
_WHERE_TO_LOOK: dict[str, tuple[str, ...]] = {
    "requirements": _ASKED_FOR,
    "preferred": _ASKED_FOR,
    "skills": _ASKED_FOR,
    "responsibilities": ("responsibilities",),
    "benefits": ("benefits",),
    "apply": (),
    "company": (),
}
"""Lists whose lines are preferred where a topic is asked about."""


def reply_about_details(subject: Subject) -> Reply:
    """
    Answer what is asked about in particular with the line that speaks of it, or that the posting does not; all else with the whole topic.

    A line answers under the list that it stands in: a question whether Python is a must may find it among what is nice to have.
    """
    named = tuple(_named_in_particular(subject))
    if not named and not (subject.asked.topic in _NARROWED and subject.asked.details):
        return reply_plainly(subject)
    wanted = _WHERE_TO_LOOK[subject.asked.topic]
    passages = find_answers(subject, favours=lambda passage: _list_of(subject, passage) in wanted)
    if not passages and not named:
        return reply_plainly(subject)
    if not passages:
        return Reply(State.NOT_STATED, Telling(sentence=f"The posting does not mention {' or '.join(named)}."))
    asked = subject.asked.topic
    listed = _list_of(subject, passages[0])
    lines = tuple(fold_space(passage.sentence.text) for passage in passages)
    quotes = tuple(whole_line(passage) for passage in passages)
    topic = (listed or asked) if asked in _LISTS else asked
    if subject.asked.named:
        sentence = f"{_join(_as_spelt(subject, lines))} {_STANDING.get(listed, 'in the posting')}:"
        return Reply(State.ANSWERED, Telling(sentence=sentence, items=lines), quotes, topic=topic)
    standing = f"{BY_NAME[topic].label}: " if topic != asked else ""
    return Reply(State.ANSWERED, Telling(sentence=f"{standing}{lines[0]}", items=lines[1:]), quotes, topic=topic)


def _named_in_particular(subject: Subject) -> Iterator[str]:
    """Yield what is asked about beside the topic: a subject of its own, or a word that is no ordinary one."""
    for name in subject.asked.subjects:
        if read_lexicon("subjects")[name].get("topic") == subject.asked.topic:
            yield name.replace("_", " ")
    yield from subject.asked.named
    in_title = {word.stem for word in read_words(subject.kept.posting.title or "")}
    for word in subject.asked.details:
        if word_kind(word.text.replace("'", "")) is WordKind.UNKNOWN and word.stem not in in_title:
            yield word.text


def _list_of(subject: Subject, passage: Passage) -> str | None:
    """Return the list that a passage is an item of."""
    words = fold(passage.sentence.line.text)
    for name in _LISTS:
        if any(fold(str(fact.value)) in words or words in fold(str(fact.value)) for fact in BY_NAME[name].facts_in(subject.kept.posting)):
            return name
    return None


def _as_spelt(subject: Subject, lines: Sequence[str]) -> list[str]:
    """Return the names that are asked about and that the lines hold, as the lines spell them."""
    text = " ".join(lines)
    found = (re.search(rf"(?<!\w){re.escape(name)}\w{{0,3}}", text, re.IGNORECASE) for name in subject.asked.named)
    return [match[0] for match in found if match] or [subject.asked.named[0]]


def _join(names: Sequence[str]) -> str:
    """
    Say that these are named.

    >>> _join(["Go"]), _join(["Go", "Rust"])
    ('Go is named', 'Go and Rust are named')
    """
    unique = list(dict.fromkeys(names))
    return f"{' and '.join(unique)} {'is' if len(unique) == 1 else 'are'} named"
