"""
How one posting replies to a question: one file for each way of replying.

REPLIES is the one table; a topic that is not in it is told as its file says.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answering.replies.countries import reply_about_countries
from bot.answering.replies.details import reply_about_details
from bot.answering.replies.education import reply_about_education
from bot.answering.replies.experience import reply_about_experience
from bot.answering.replies.free import reply_freely
from bot.answering.replies.pay import reply_about_pay
from bot.answering.replies.plain import reply_plainly
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.matching.topic import OTHER
from bot.topics import BY_NAME

REPLIES: dict[str, Callable[[Subject], Reply]] = {
    "pay": reply_about_pay,
    "countries": reply_about_countries,
    "requirements": reply_about_details,
    "preferred": reply_about_details,
    "responsibilities": reply_about_details,
    "benefits": reply_about_details,
    "skills": reply_about_details,
    "experience": reply_about_experience,
    "education": reply_about_education,
    "apply": reply_about_details,
    "company": reply_about_details,
    OTHER: reply_freely,
}


READS_TEXT = frozenset(topic for topic, reply in REPLIES.items() if reply in (reply_about_details, reply_about_experience, reply_freely))
"""Topics whose replies may read the posting's text again: some milliseconds of work, for a thread."""


def reply_to(subject: Subject) -> Reply:
    """Return what a posting says to what is asked, to each of several topics in turn."""
    first = _reply_to_one(subject)
    if not subject.asked.also:
        return first
    asked = (subject.asked, *(replace(subject.asked, topic=topic, details=(), subjects=(), named=()) for topic in subject.asked.also))
    replies = (first, *(_reply_to_one(Subject(subject.kept, one)) for one in asked[1:]))
    told = [_under_label(one.topic, reply.telling) for one, reply in zip(asked, replies, strict=True)]
    state = State.ANSWERED if any(reply.state is State.ANSWERED for reply in replies) else State.NOT_STATED
    quotes = tuple(quote for reply in replies for quote in reply.quotes)
    return Reply(state, told[0], quotes, further=tuple(told[1:]), topic=first.topic, eligible=first.eligible)


def _reply_to_one(subject: Subject) -> Reply:
    return REPLIES.get(subject.asked.topic, reply_plainly)(subject)


def _under_label(topic: str, telling: Telling) -> Telling:
    label = BY_NAME[topic].label if topic in BY_NAME else "Asked"
    return Telling(sentence=f"{label}: {telling.sentence}", items=telling.items)
