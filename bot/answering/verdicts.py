"""When a yes or no is asked for, and what several of them come to; each topic's file weighs its own."""

from collections.abc import Sequence

from bot.domain.query import Ask, Form, Verdict

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR


def wants_verdict(ask: Ask) -> bool:
    """Tell whether something is asked that a yes or no answers."""
    named = (ask.amount, ask.years, ask.level)
    return ask.form is Form.YES_NO or ask.is_only or ask.is_must or any(one is not None for one in named)


def sum_up(verdicts: Sequence[Verdict | None], *, is_one: bool) -> Verdict | None:
    """
    Return the verdict on several things asked at once: what they share, or, where they are `is_one` condition, whether all hold.

    >>> sum_up([Verdict.YES, Verdict.NO], is_one=True), sum_up([Verdict.YES, Verdict.NO], is_one=False)
    (<Verdict.NO: 'no'>, None)
    """
    given = [one for one in verdicts if one is not None]
    if not given or len(set(given)) == 1:
        return given[0] if given else None
    return (NO if NO in given else UNCLEAR) if is_one else None
