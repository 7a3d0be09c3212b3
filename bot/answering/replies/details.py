"""Replies to a question about something in particular: "is there parental leave?", "do I need Kubernetes?"."""

from collections.abc import Iterator

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
    if not named and not (subject.asked.topic == "skills" and subject.asked.details):
        return reply_plainly(subject)
    passages = sorted(find_answers(subject), key=lambda passage: _list_of(subject, passage) not in _WHERE_TO_LOOK[subject.asked.topic])
    if not passages and not named:
        return reply_plainly(subject)
    if not passages:
        return Reply(State.NOT_STATED, Telling(sentence=f"The posting does not mention {' or '.join(named)}."))
    asked = subject.asked.topic
    topic = (_list_of(subject, passages[0]) or asked) if asked in _LISTS else asked
    first, *others = (fold_space(passage.sentence.text) for passage in passages)
    telling = Telling(sentence=f"{_standing(topic, asked)}{first}", items=tuple(others))
    return Reply(State.ANSWERED, telling, tuple(whole_line(passage) for passage in passages), topic=topic)


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


def _standing(topic: str, asked: str) -> str:
    """Say where the line stands, if that is not where it was looked for."""
    return f"{BY_NAME[topic].label}: " if topic != asked and topic in _LISTS else ""
