"""The postings that a message sets side by side: those that it joins, and the one spoken of with another."""

from collections.abc import Collection
from itertools import islice

from bot.domain.query import Form, Query, Reach, Target, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found
from bot.questions.message import Message
from bot.questions.targets import TitleFinder, to_target, to_titled_target
from bot.questions.tokens import tokenise
from bot.text.lexicon import compile_later

_BETWEEN_SIDES = compile_later(
    r"\s?(?:[/,&]|\b(?:vs|versus|or|and|n|oder|und|ou|et|o|y|e)\b\.?)\s?(?:\b(?:the|that|this|la|el|die|der|das|le|a)\s)?"
)

_MOST_JOINTS = 6
_LONGEST_JOINT = 6
"""Letters: ", the "."""


_VERSUS = compile_later(r"\b(?:vs|versus)\b")


def find_sides(message: Message, index: CompanyIndex, *, scopes: Collection[str]) -> list[tuple[Target, int, int]]:
    """
    Return the postings that stand right beside each other in a message, joined by "vs", "or" or the like, and where; [] for fewer than two.

    Each side is a company that is here or words that surely point at one posting: "night porter vs flex, which pays more".
    """
    if not (joints := [match.span() for match in islice(_BETWEEN_SIDES.finditer(message.flat), _MOST_JOINTS)]):
        return []
    best: list[tuple[Target, int, int]] = []
    run: list[tuple[Target, int, int]] = []
    for start, end in zip([0, *(end for _, end in joints)], [*(start for start, _ in joints), len(message.text)], strict=True):
        side = _find_side(message, start, end, index=index, scopes=scopes)
        is_joined = side is not None and side[1] == start and bool(run) and (run[-1][2], start) in joints
        run = [*(run if is_joined else ()), side] if side is not None else []
        best = max(best, run, key=len)
    return best if len({target.postings for target, _, _ in best}) > 1 else []


def _find_side(message: Message, start: int, end: int, *, index: CompanyIndex, scopes: Collection[str]) -> tuple[Target, int, int] | None:
    """Return the one posting or company that a part of a message names, and where."""
    names = [name for name in message.names if start <= name.start and name.end <= end and isinstance(name.match, Found)]
    if len(names) == 1:
        name = names[0]
        typed = message.text[name.start : name.end]
        return to_target(name.match, index, scopes=scopes, typed=typed, role=message.text[start:end]), name.start, name.end
    part = message.text[start:end]
    question = tokenise(f"{part} job" if len(part.split()) == 1 and _VERSUS.search(message.flat) else part)  # "auditor vs night porter"
    pointed = None if names else TitleFinder(question, index.titles, scopes).find()
    is_joined = "," not in message.flat[max(0, start - _LONGEST_JOINT) : start]  # "brook, the staff engineer" is one
    is_told = pointed is not None and (pointed.is_sure or (is_joined and " " in part[pointed.start : pointed.end].strip()))
    if pointed is None or not is_told or len(pointed.entries) > 1:
        return None
    return to_titled_target(pointed, part), start + pointed.start, min(start + pointed.end, end)


def with_the_one_before(query: Query, last: Query, message: Message, *, is_pointed_at: bool) -> Query:
    """Return a query that compares the one posting spoken of with another: "compare it with the auditor job"."""
    before, now = last.targets, query.targets
    is_one_each = len(before) == len(now) == 1 and {before[0].kind, now[0].kind} == {TargetKind.FOUND}
    is_other = is_one_each and not set(before[0].postings) & set(now[0].postings)
    if not is_other or "sign=compare" not in message.signs or not (is_pointed_at or _ITS.search(message.flat)):
        return query
    return query.model_copy(update={"targets": (*before, *now), "reach": Reach.SEVERAL, "form": Form.COMPARE})


_ITS = compile_later(r"\b(?:its|their|su|sus|sein|seine|ihre|son|sa|seu|sua)\b")
