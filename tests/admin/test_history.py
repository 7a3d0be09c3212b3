"""Who did what, when, is told with before and after, a page at a time."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_keeping import BAKERY, OTHER_SCOPE, SCOPE, Scene, on_scene, press_of, presses_of, read_of
from builders_storage import build_posting
from builders_wording import TAGS, left_in_english
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.finding import NoSuchPosting
from bot.admin.history import ChangedLines, Difference, Differences, change_lines, compare, show_history, turn_history
from bot.domain.posting import Evidence, Openness, Posting
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import timestamp
from bot.storage.boards import Enrolled, Seen


async def test_a_posting_is_told_from_its_last_change_to_its_first(scene: Scene) -> None:
    number = await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
    await scene.store.remove(number, scopes={SCOPE}, by=scene.context.actor)
    card = await show_history(scene.context, "acme: baker")
    blocks = card.body.split("\n\n")
    assert card.title == f"History of posting #{number}"
    assert [block.split("<t:")[0] for block in blocks] == [
        f"**#{number} Acme · Baker** was removed by mia, ",
        f"**#{number} Acme · Baker** was updated by mia, ",
        f"**#{number} Acme · Baker** was added by Rolecall, ",
    ]
    assert "revision 1 → 2" in blocks[1]
    assert blocks[1].splitlines()[1:] == ["> Pay: $20 an hour → $29 an hour", "> Text: 1 line added, 1 removed"]
    assert blocks[2].splitlines()[1].startswith("> It says something on: pay")
    assert press_of(card, "Bring back revision 1") == ButtonId(ButtonAction.ASK_RESTORE, posting=number, revision=1)
    assert [label for label in presses_of(card) if label.startswith("Bring")] == ["Bring back revision 1", "Bring it back"]
    assert press_of(card, "Bring it back") == ButtonId(ButtonAction.RESTORE, posting=number)


async def test_without_a_posting_the_last_actions_of_all_are_told_in_pages(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {f"{number}.md": posting_text(f"Acme {number}") for number in range(7)}) as scene:
        first = await show_history(scene.context, None)
        assert first.footer == "Page 1"
        second = await turn_history(scene.context, press_of(first, "Older ▶"))
        assert second.footer == "Page 2"
        blocks = [block for card in (first, second) for block in card.body.split("\n\n")]
        assert "It says something on" not in "".join(blocks)  # the same of each that was added would bury who did what
        assert len({block.split("**")[1] for block in blocks}) == 7
        ids = [button.id for button in presses_of(first).values()]
        assert len(ids) == len(set(ids))
        one = await turn_history(
            scene.context, next(button for label, button in presses_of(first).items() if label.startswith("History of #"))
        )
        assert one.body.count("was added") == 1
        beyond = await turn_history(scene.context, ButtonId(ButtonAction.HISTORY, page=9_999))
        assert "nothing further" in beyond.body


@pytest.mark.parametrize("language", TAGS)
async def test_a_history_is_told_in_the_managers_language(language: str, tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
        await scene.store.remove(number, scopes={SCOPE}, by=scene.context.actor)
        person = scene.context.person.model_copy(update={"locale": TAGS[language]})
        own = replace(scene.context, person=person)
        pairs = [[await show_history(context, typed) for context in (scene.context, own)] for typed in (None, "acme: baker")]
        pairs += [[await turn_history(context, ButtonId(ButtonAction.HISTORY, page=9)) for context in (scene.context, own)]]
    given = ("Acme", "Baker", "Cook", "Clerk", "Brook & Vale", "mia", "Rolecall", "Page")
    assert [left for pair in pairs for left in left_in_english(*pair, language=language, given=given)] == []


async def test_a_repost_is_told_with_the_day_of_the_earlier_posting(scene: Scene) -> None:
    boards, text = scene.store.boards, posting_text("Acme", "Baker", "We bake by night.")
    numbers = []
    for number in (1, 2):
        posting = parse_posting(f"{text}\n\nOven {number}.", f"{number}.md").model_copy(update={"link": f"https://acme.example/{number}"})
        (kept,) = await scene.store.keep([posting], scope=SCOPE)
        numbers.append(kept.id)
    await boards.enrol([Enrolled(one, None, None) for one in await boards.read_unlisted(0, 99)])
    await boards.settle(Seen(numbers[0], Openness.CLOSED, Evidence.GONE), next_at=None)
    await scene.store.same_jobs.write(numbers[1], {numbers[0]: True})
    first, *_ = (await show_history(scene.context, f"#{numbers[1]}")).body.split("\n\n")
    (earlier,) = await scene.store.history(numbers[0], scopes={SCOPE})
    assert "was found to be reposted by Rolecall" in first
    assert first.splitlines()[1:] == [f"> The earlier posting was read {timestamp(earlier.kept.read_at)}"]
    closed, *_ = (await show_history(scene.context, f"#{numbers[0]}")).body.split("\n\n")
    assert len(closed.splitlines()) == 1


async def test_hostile_words_stay_words_and_a_page_fits_into_a_message(scene: Scene) -> None:
    for pay in range(20, 27):
        text = posting_text(
            "Acme",
            "Baker",
            f"We pay ${pay} an hour.\n\n## Requirements\n" + f"- [click](https://evil.example/{pay}) @everyone `x` {'*' * 200}\n" * 9,
        )
        await scene.keep(text, "baker.md")
    card = await show_history(scene.context, "acme: baker")
    assert len(card.body) <= 4096
    assert "@everyone" not in card.body
    assert "[click]" not in card.body.replace("\\[click\\]", "")


async def test_the_history_of_another_servers_posting_is_none(scene: Scene) -> None:
    number = await scene.keep(posting_text("Acme Secrets", "Spy"), scope=OTHER_SCOPE)
    await scene.store.remove(number, scopes={OTHER_SCOPE})
    for typed in (str(number), "acme secrets"):
        with pytest.raises(NoSuchPosting):
            await show_history(scene.context, typed)
    with pytest.raises(NoSuchPosting):
        await turn_history(scene.context, ButtonId(ButtonAction.HISTORY, posting=number))
    assert "Spy" not in read_of(await show_history(scene.context, None))


# What differs between two revisions is told field by field, both ways, and texts by their lines.


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
