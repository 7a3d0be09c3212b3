"""What differs between two revisions is told field by field, both ways, and texts by their lines."""

import pytest
from builders_storage import build_posting
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.history import ChangedLines, Difference, Differences, change_lines, compare
from bot.domain.posting import Posting
from bot.parsing.parse import parse_posting

BEFORE = """\
# Baker

Company: Acme
Location: Remote

We pay $20 an hour.

## Requirements
- A calm hand with dough
- Three years of baking
"""
CHANGES: list[tuple[str, str, list[str]]] = [
    ("$20", "$22", ["> Pay: $20 an hour → $22 an hour", "> Text: 1 line added, 1 removed"]),
    ("We pay $20 an hour.\n", "", ["> Pay: $20 an hour → *nothing*", "> Text: 1 line removed"]),
    ("# Baker", "# Night Baker", ["> Title: Baker → Night Baker", "> Text: 1 line added, 1 removed"]),
    ("Company: Acme", "Company: @everyone Ac~me", ["> Company: Acme → @\u200beveryone Ac\\~me", "> Text: 1 line added, 1 removed"]),
    (
        "- A calm hand with dough\n",
        "- A driving licence of class B\n- A love of early mornings\n",
        [
            "> Requirements:",
            "> − A calm hand with dough",
            "> + A driving licence of class B",
            "> + A love of early mornings",
            "> Text: 2 lines added, 1 removed",
        ],
    ),
    ("Remote", "Remote  ", []),
]


def read(text: str) -> Posting:
    return parse_posting(text, "baker.md")


@pytest.mark.parametrize(("old", "new", "told"), CHANGES)
def test_what_changed_is_told_and_nothing_else(old: str, new: str, told: list[str]) -> None:
    assert old in BEFORE
    lines = change_lines(compare(read(BEFORE), read(BEFORE.replace(old, new))), longest=2000)
    assert [line for line in lines if not line.startswith(("> Experience", "> About", "> Skills"))] == told


def test_a_posting_that_comes_or_goes_is_told_whole() -> None:
    came, went = compare(None, read(BEFORE)), compare(read(BEFORE), None)
    assert [(one.label, one.after) for one in came.fields] == [(one.label, one.before) for one in went.fields]
    assert {"Title", "Company", "Pay", "Requirements"} <= {one.label for one in came.fields}
    assert came.lines.added == went.lines.removed > 4


def test_as_many_lines_are_told_as_there_is_room_for_and_the_rest_is_counted() -> None:
    fields = tuple(Difference(f"Field {number}", ("one way",), ("another way",)) for number in range(30))
    lines = change_lines(Differences(fields, ChangedLines(0, 0)), longest=200)
    assert lines[0] == "> Field 0: one way → another way"
    assert lines[-1] == f"> … and {30 - (len(lines) - 1)} more changes"
    assert len("\n".join(lines[:-1])) <= 200


def test_a_long_list_is_told_by_its_first_items() -> None:
    difference = Difference("Skills", (), tuple(f"skill {number}" for number in range(9)))
    assert change_lines(Differences((difference,), ChangedLines(0, 0)), longest=900)[-1] == "> + … and 5 more"


def test_a_list_in_another_order_is_told_as_that() -> None:
    difference = Difference("Skills", ("a", "b"), ("b", "a"))
    assert change_lines(Differences((difference,), ChangedLines(0, 0)), longest=900) == ["> Skills: told in another order"]


texts = st.lists(st.sampled_from(["bread", "rolls", "cake", "", "  bread "]), max_size=30).map("\n".join)


@given(texts, texts)
def test_the_lines_that_stay_make_up_both_texts(before: str, after: str) -> None:
    lines = compare(build_posting(before), build_posting(after)).lines
    kept = len([line for line in before.split("\n") if line.strip()]) - lines.removed
    assert kept == len([line for line in after.split("\n") if line.strip()]) - lines.added >= 0


@given(texts)
def test_a_posting_does_not_differ_from_itself(text: str) -> None:
    assert compare(build_posting(text), build_posting(text)) == Differences((), ChangedLines(0, 0))


def test_texts_that_would_take_long_to_compare_are_counted() -> None:
    before, after = "\n".join(["same"] * 1000), "\n".join("same" if number % 2 else f"other {number}" for number in range(1000))
    assert compare(build_posting(before), build_posting(after)).lines == ChangedLines(500, 500)
