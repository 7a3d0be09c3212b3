"""Several postings at once wait to be kept by one press, once, where they were given."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_keeping import MIA, OTHER_SCOPE, SCOPE, on_scene, press_of, read_of

from bot.admin.adding import add_all, drop_all, show_several
from bot.admin.context import Services
from bot.admin.service import AdminService
from bot.domain.errors import RolecallError
from bot.intake.sources import Refusal, Source

SOURCES = [Source(f"{title}.md", posting_text("Acme", title)) for title in ("Cook", "Baker", "Driver", "Clerk", "Nurse", "Writer", "Judge")]
FEW = Source("few.md", "We hire!")


async def test_the_first_are_named_and_the_rest_and_the_refused_counted(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        refused = [Refusal(f"{number}.png", f"{number}.png is *no* text") for number in range(7)]
        told = read_of(await show_several(scene.context, [*SOURCES, *refused]))
        assert "7 postings\nNothing is kept yet." in told
        assert "\n- Acme · Cook\n" in told
        assert "… and 2 more\n" in told
        assert "**Not read: 7**\n- 0.png is \\*no\\* text.\n" in told
        assert await scene.store.count(scopes={SCOPE}) == 0


async def test_all_are_kept_once_and_told_of_in_one_notice(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = AdminService(scene.context.services)
        keep = press_of(await show_several(scene.context, [*SOURCES, FEW]), "Keep all 8")
        cards = await asyncio.gather(desk.press(keep, MIA), desk.press(keep, MIA))
        told = [read_of(card) for card in cards]  # type: ignore[arg-type]  # no form
        assert any("7 added, 0 updated, 0 unchanged, 1 refused" in one for one in told)
        assert any("running here already" in one for one in told)
        assert "were kept already" in read_of(await desk.press(keep, MIA))  # type: ignore[arg-type]  # no form
        assert await scene.store.count(scopes={SCOPE}) == 7
        assert len(scene.announced) == 1


async def test_what_waits_in_one_server_is_not_there_in_another(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        keep = press_of(await show_several(scene.context, SOURCES), "Keep all 7")
        elsewhere = scene.elsewhere(OTHER_SCOPE)
        with pytest.raises(RolecallError, match="do not wait any more"):
            await add_all(elsewhere, keep)
        await drop_all(elsewhere, keep)
        assert "7 added" in read_of(await add_all(scene.context, keep))


async def test_what_was_dropped_or_is_none_of_ours_cannot_be_kept(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        card = await show_several(scene.context, SOURCES)
        await drop_all(scene.context, press_of(card, "Cancel"))
        for press in (press_of(card, "Keep all 7"), replace(press_of(card, "Keep all 7"), proposal="made-up")):
            with pytest.raises(RolecallError, match="Upload them again"):
                await add_all(scene.context, press)


async def test_what_turns_out_to_hold_no_posting_is_not_counted_among_them(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        card = await show_several(scene.context, [FEW, *SOURCES[:1]])
        assert "1 posting\n" in read_of(card)
        assert "**Not read: 1**\n- few.md holds no posting" in read_of(card)
        assert "1 added, 0 updated, 0 unchanged, 1 refused" in read_of(await add_all(scene.context, press_of(card, "Keep it")))
        assert (await show_several(scene.context, [FEW, FEW])).rows == ()


async def test_where_nothing_can_be_read_there_is_nothing_to_keep(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        card = await show_several(scene.context, [Refusal("a", "a is no text"), Refusal("b", "b is no text")])
        assert card.rows == ()
        assert "Nothing of this can be read" in read_of(card)


def test_what_waits_weighs_what_it_takes_in_memory_refusals_too() -> None:
    waiting = Services(*[None] * 4).uploads  # type: ignore[arg-type]  # nothing else of them is used
    latin, rare = [Source("a", "a" * 10_000_000)], [Source("b", "a" * 10_000_000 + "\U0001f35e")]
    refused = [Refusal("c", "c" * 2_500_000)]
    counts = []
    for found in (latin, rare, refused):
        names = [waiting.put(found, scope="1") for _ in range(110)]
        counts.append(sum(waiting.get(name, scope="1") is not None for name in names))
    assert counts == [24, 6, 99]
