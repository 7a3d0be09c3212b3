"""Replies to which degree is asked for, and whether the one that is named is needed."""

from bot.answering.replies.plain import reply_plainly
from bot.answering.replies.verdicts import judge_education
from bot.answering.subject import Reply, Subject
from bot.topics.education import EDUCATION


def reply_about_education(subject: Subject) -> Reply:
    """Tell the degree; yes or no first where the question names one."""
    verdict = judge_education(subject.asked.text, EDUCATION.facts_in(subject.kept.posting))
    return reply_plainly(subject).after(verdict)
