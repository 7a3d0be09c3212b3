"""Removing asks first, is undone by a button, and touches only what was asked about."""

from pathlib import Path

import pytest
from builders_keeping import BAKERY, OTHER_SCOPE, SCOPE, Scene, on_scene, press_of, presses_of, read_of

from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Errand
from bot.admin.finding import NoSuchPosting
from bot.admin.keeping import ask_to_remove, ask_to_remove_pressed, ask_to_restore, leave, remove, restore, restore_typed
from bot.admin.service import undo
from bot.domain.administration import ActionKind
from bot.domain.posting import EVERYONE
from bot.presentation.card import Card


async def _press(scene: Scene, card: Card, label: str, errand: Errand | None = None) -> Card:
    press = press_of(card, label)
    do = {ManagingVerb.REMOVE: remove, ManagingVerb.LEAVE: leave, ManagingVerb.RESTORE: restore, ManagingVerb.UNDO: undo}[press.verb]
    return await do(errand or scene.errand, press)


async def test_it_is_asked_first_with_what_it_is_and_nothing_happens_before_a_yes(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.number_of("Baker")
        asked = await ask_to_remove(scene.errand, "acme: baker")
        assert asked.title == "Remove this posting?"
        assert all(words in asked.body for words in (f"#{number} Acme · Baker", "https://jobs.example/acme/baker", "pay"))
        assert await scene.get(number)
        assert read_of(await _press(scene, asked, "Leave it")) == "It stays as it is."
        assert await scene.get(number)
        assert scene.announced == []


async def test_a_removed_posting_comes_back_with_undo_and_goes_again_with_undo(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.number_of("Baker")
        removed = await _press(scene, await ask_to_remove(scene.errand, "acme: baker"), "Remove")
        assert removed.body == f"Removed: **#{number} Acme · Baker**."
        assert await scene.get(number) is None
        back = await _press(scene, removed, "Undo")
        assert back.body.startswith("Brought back: ")
        assert await scene.get(number)
        assert "removed again" in (await _press(scene, back, "Undo")).body
        assert await scene.get(number) is None
        assert [card.body for card in scene.announced][:2] == [
            f"**#{number} Acme · Baker** was removed by mia.",
            f"**#{number} Acme · Baker** was brought back by mia.",
        ]
        kinds = [action.kind for action in await scene.store.list_actions(scopes={SCOPE}, posting=number)]
        assert kinds == [ActionKind.REMOVED, ActionKind.RESTORED, ActionKind.REMOVED, ActionKind.ADDED]


async def test_what_changed_since_it_was_asked_about_is_asked_about_again(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        asked = await ask_to_remove(scene.errand, "acme: baker")
        number = await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
        again = await _press(scene, asked, "Remove")
        assert again.body.startswith("It has changed since you were asked.")
        assert await scene.get(number)
        assert "Removed" in (await _press(scene, again, "Remove")).body


async def test_what_somebody_else_removed_is_said_to_be_removed(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        asked = await ask_to_remove(scene.errand, "acme: baker")
        await _press(scene, asked, "Remove")
        second = await _press(scene, asked, "Remove")
        assert "is removed already" in second.body
        assert len(scene.announced) == 1
        await _press(scene, second, "Undo")
        assert "nothing was changed" in (await _press(scene, second, "Undo")).body


async def test_a_removed_posting_is_brought_back_by_its_name(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.number_of("Clerk")
        await scene.store.remove(number, scopes={SCOPE})
        assert "Brought back" in (await restore_typed(scene.errand, "brook")).body
        with pytest.raises(NoSuchPosting, match="removed postings"):
            await restore_typed(scene.errand, "brook")


async def test_an_older_revision_is_shown_before_it_is_brought_back_and_can_be_undone(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
        asked = await ask_to_restore(scene.errand, ManagingPress(ManagingVerb.ASK_RESTORE, posting=number, revision=1))
        assert asked.title == "Bring back revision 1?"
        assert "> Pay: $29 an hour → $20 an hour" in asked.body
        back = await _press(scene, asked, "Bring it back")
        kept = await scene.get(number)
        assert kept
        assert (kept.revision, "$20" in kept.posting.text) == (3, True)
        assert "nothing was changed" in (await _press(scene, asked, "Bring it back")).body
        await _press(scene, back, "Undo")
        kept = await scene.get(number)
        assert kept
        assert "$29" in kept.posting.text


async def test_words_that_are_here_as_another_posting_are_not_doubled(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        first = await scene.number_of("Baker")
        await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
        await scene.store.remove(first, scopes={SCOPE})
        second = await scene.keep(BAKERY["baker.md"], "baker.md")
        if second != first:
            told = await restore(scene.errand, ManagingPress(ManagingVerb.RESTORE, posting=first, revision=1))
            assert f"as **#{second} Acme · Baker**" in told.body


@pytest.mark.parametrize("scope", [OTHER_SCOPE, EVERYONE])
async def test_what_belongs_elsewhere_cannot_be_touched_by_a_forged_button(scope: str, tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        number = await scene.keep(BAKERY["baker.md"].replace("Baker", "Spy"), "spy.md", scope=scope)
        for removed in (False, True):
            if removed:
                await scene.store.remove(number, scopes={scope})
            for revision in (0, 1):
                for do in (remove, restore, ask_to_remove_pressed, ask_to_restore, undo):
                    press = ManagingPress(ManagingVerb.REMOVE, posting=number, revision=revision)
                    with pytest.raises(Exception, match="There is no") as refused:
                        await do(scene.errand, press)
                    assert "Spy" not in str(refused.value)
            assert (await scene.store.get(number, scopes={scope}) is None) is removed
        assert scene.announced == []
        assert not set(presses_of(Card("")))
