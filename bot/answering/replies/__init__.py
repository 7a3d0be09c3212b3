"""
How one posting replies to a question: one file for each way of replying.

REPLIES is the one table; a topic that is not in it is told as its file says.
"""

from collections.abc import Callable

from bot.answering.replies.countries import reply_about_countries
from bot.answering.replies.details import reply_about_details
from bot.answering.replies.experience import reply_about_experience
from bot.answering.replies.free import reply_freely
from bot.answering.replies.pay import reply_about_pay
from bot.answering.replies.plain import reply_plainly
from bot.answering.subject import Reply, Subject
from bot.matching.topic import OTHER

REPLIES: dict[str, Callable[[Subject], Reply]] = {
    "pay": reply_about_pay,
    "countries": reply_about_countries,
    "requirements": reply_about_details,
    "preferred": reply_about_details,
    "responsibilities": reply_about_details,
    "benefits": reply_about_details,
    "skills": reply_about_details,
    "experience": reply_about_experience,
    "apply": reply_about_details,
    "company": reply_about_details,
    OTHER: reply_freely,
}


def reply_to(subject: Subject) -> Reply:
    """Return what a posting says to what is asked."""
    return REPLIES.get(subject.asked.topic, reply_plainly)(subject)
