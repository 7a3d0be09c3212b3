"""Replies to what a posting pays: the statements that hold where, or for whom, the question says."""

from collections.abc import Sequence

from bot.answering.replies.plain import reply_plainly, reply_with
from bot.answering.replies.verdicts import judge_pay
from bot.answering.subject import Asked, Reply, Subject
from bot.domain.fact import Fact
from bot.domain.pay import Pay
from bot.matching.asked_values import find_asked_values
from bot.text.places import find_places
from bot.text.words import read_words
from bot.topics.pay import PAY

_ELSEWHERE = frozenset({"other", "remain", "els", "elsewher", "rest"})


def reply_about_pay(subject: Subject) -> Reply:
    """Tell the statements that fit the place, level or currency asked about; all of them where none does."""
    facts = PAY.facts_in(subject.kept.posting)
    fitting = _fitting(facts, subject.asked) if len(facts) > 1 else ()
    verdict = judge_pay(subject.asked.text, fitting or facts)
    return (reply_with(subject, fitting) if fitting else reply_plainly(subject)).after(verdict)


def _fitting(facts: Sequence[Fact[Pay]], asked: Asked) -> Sequence[Fact[Pay]]:
    currencies = find_asked_values("currencies", {word.text for word in asked.words})
    if in_currency := [fact for fact in facts if fact.value.currency in currencies]:
        return in_currency
    if asked.place is not None and (there := [fact for fact in facts if _holds_at(fact, asked)]):
        return there
    details = {word.stem for word in asked.details}
    scored = [(len(details & {word.stem for word in read_words(fact.value.where or "")}), fact) for fact in facts]
    best = max(score for score, _ in scored)
    if best:
        return [fact for score, fact in scored if score == best]
    if asked.place is not None and asked.place.us_state:
        return [fact for fact in facts if _ELSEWHERE & {word.stem for word in read_words(fact.value.where or "")}]
    return ()


def _holds_at(fact: Fact[Pay], asked: Asked) -> bool:
    """Tell whether a statement names the place that is asked about; a state is not meant by its country."""
    if asked.place is None or fact.value.where is None:
        return False
    named = find_places(fact.value.where)
    if asked.place.us_state:
        return any(place.us_state == asked.place.us_state for place in named)
    return any(asked.place.code in place.countries for place in named)
