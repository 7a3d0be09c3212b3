"""Replies to how many years are asked for, overall or with something in particular."""

import re

from bot.answering.replies.free import find_answers, whole_line
from bot.answering.replies.plain import quotes_of, reply_plainly
from bot.answering.replies.verdicts import judge_experience
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.text.clean import fold_space
from bot.topics.experience import EXPERIENCE

_YEARS = re.compile(r"\b(?:years?|yrs?|jahre?n?|años|ans|anos)\b", re.IGNORECASE)


def reply_about_experience(subject: Subject) -> Reply:
    """Tell the years; where something in particular is asked about, also the line that gives years for it."""
    verdict = judge_experience(subject.asked.text, EXPERIENCE.facts_in(subject.kept.posting))
    return _reply(subject).after(verdict)


def _reply(subject: Subject) -> Reply:
    if not (subject.asked.named or subject.asked.details):
        return reply_plainly(subject)
    passages = [passage for passage in find_answers(subject) if _YEARS.search(passage.sentence.text)]
    facts = EXPERIENCE.facts_in(subject.kept.posting)
    if not passages:
        return reply_plainly(subject)
    lines = tuple(fold_space(passage.sentence.text) for passage in passages)
    quotes = tuple(whole_line(passage) for passage in passages)
    if not facts:
        return Reply(State.ANSWERED, Telling(sentence=lines[0], items=lines[1:]), quotes)
    return Reply(State.ANSWERED, Telling(sentence=EXPERIENCE.tell(facts).sentence, items=lines), (*quotes, *quotes_of(facts)))
