"""Who did what, when, is told with before and after, a page at a time."""

from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_keeping import BAKERY, OTHER_SCOPE, SCOPE, on_scene, press_of, presses_of, read_of

from bot.admin.finding import NoSuchPosting
from bot.admin.history import show_history, turn_history
from bot.presentation.buttons import ButtonAction, ButtonId


async def test_a_posting_is_told_from_its_last_change_to_its_first(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
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
        assert len({block.split("**")[1] for block in blocks}) == 7
        ids = [button.id for button in presses_of(first).values()]
        assert len(ids) == len(set(ids))
        one = await turn_history(
            scene.context, next(button for label, button in presses_of(first).items() if label.startswith("History of #"))
        )
        assert one.body.count("was added") == 1
        beyond = await turn_history(scene.context, ButtonId(ButtonAction.HISTORY, page=9_999))
        assert "nothing further" in beyond.body


async def test_hostile_words_stay_words_and_a_page_fits_into_a_message(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
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


async def test_the_history_of_another_servers_posting_is_none(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.keep(posting_text("Acme Secrets", "Spy"), scope=OTHER_SCOPE)
        await scene.store.remove(number, scopes={OTHER_SCOPE})
        for typed in (str(number), "acme secrets"):
            with pytest.raises(NoSuchPosting):
                await show_history(scene.context, typed)
        with pytest.raises(NoSuchPosting):
            await turn_history(scene.context, ButtonId(ButtonAction.HISTORY, posting=number))
        assert "Spy" not in read_of(await show_history(scene.context, None))
