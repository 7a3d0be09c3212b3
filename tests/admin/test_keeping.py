"""A proposal is kept once, however many press at once, and told where notices go."""

import asyncio
from pathlib import Path

from builders_keeping import MIA, SCOPE, SERVER, on_scene, press_of, presses_of, read_of

from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Manager, utc_now
from bot.admin.previews import propose
from bot.admin.service import ManagingDesk
from bot.domain.posting import Posting
from bot.intake.corrections import correct
from bot.parsing.parse import parse_posting
from bot.presentation.members import Visitor

OMAR = Manager(Visitor(id=2, channel=1, server=SERVER), name="omar", may_manage_server=True)
STRANGER = Manager(Visitor(id=3, channel=1, server=SERVER), name="sam")
ELSEWHERE = Manager(Visitor(id=1, channel=1, server=8), name="mia", may_manage_server=True)


def _driver(body: str = "We pay $40 an hour. You will drive the night bus through the whole town.") -> Posting:
    return parse_posting(f"# [Driver](https://jobs.example/driver)\n### Acme\n\n{body}\n", "driver.md")


async def test_of_two_who_keep_at_once_one_keeps_it_and_the_other_is_told(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        keep = press_of(await propose(scene.errand, _driver()), "Keep")
        cards = await asyncio.gather(desk.press(keep, MIA), desk.press(keep, OMAR), desk.press(keep, MIA))
        told = sorted(read_of(card) for card in cards)  # type: ignore[arg-type]  # no form
        assert told == ["Kept as **#1 Acme · Driver**.", *["This was kept already, as **#1 Acme · Driver**."] * 2]
        assert await scene.store.count(scopes={SCOPE}) == 1
        assert [read_of(card) for card in scene.announced] in (
            ["New posting: **#1 Acme · Driver**, by mia."],
            ["New posting: **#1 Acme · Driver**, by omar."],
        )


async def test_of_two_who_keep_and_cancel_at_once_one_wins(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        card = await propose(scene.errand, _driver())
        first, second = await asyncio.gather(desk.press(press_of(card, "Cancel"), OMAR), desk.press(press_of(card, "Keep"), MIA))
        is_kept = await scene.store.count(scopes={SCOPE}) == 1
        told = {read_of(first), read_of(second)}  # type: ignore[arg-type]  # no form
        assert ("Kept as **#1 Acme · Driver**." in told) == is_kept
        assert ("Cancelled; nothing was kept." in told) != is_kept


async def test_two_who_update_one_posting_at_once_do_not_write_over_each_other(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        await scene.store.keep([_driver()], scope=SCOPE)
        newer = [_driver(f"We pay ${pay} an hour. You will drive the night bus.") for pay in (50, 60)]
        keeps = [press_of(await propose(scene.errand, posting), "Keep") for posting in newer]
        cards = await asyncio.gather(*(desk.press(keep, manager) for keep, manager in zip(keeps, (MIA, OMAR), strict=True)))
        told = sorted(read_of(card).split(" ")[0] for card in cards)  # type: ignore[arg-type]  # no form
        assert told == ["Nothing", "Updated:"]
        assert [one.kept.revision for one in await scene.store.history(1, scopes={SCOPE})] == [1, 2]


async def test_an_update_of_a_likely_duplicate_is_not_written_over_what_somebody_changed_meanwhile(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        await scene.store.keep([_driver()], scope=SCOPE)
        moved = _driver().model_copy(update={"link": "https://other.example/driver", "text": f"{_driver().text}\nApply now.\n"})
        update = press_of(await propose(scene.errand, moved), "Keep as update")
        await scene.store.keep([_driver("We pay $50 an hour. You will drive the night bus.")], scope=SCOPE)
        told = await desk.press(update, MIA)
        assert "Nothing was kept: **#1 Acme · Driver** was updated by Rolecall" in read_of(told)  # type: ignore[arg-type]  # no form
        again = await desk.press(press_of(told, "Look again"), MIA)  # type: ignore[arg-type]  # no form
        kept = await desk.press(press_of(again, "Keep"), MIA)  # type: ignore[arg-type]  # no form
        assert "Updated: **#1 Acme · Driver**." in read_of(kept)  # type: ignore[arg-type]  # no form


async def test_undo_pressed_twice_at_once_takes_back_once(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        kept = await desk.press(press_of(await propose(scene.errand, _driver()), "Keep"), MIA)
        undo = press_of(kept, "Undo")  # type: ignore[arg-type]  # no form
        await asyncio.gather(desk.press(undo, MIA), desk.press(undo, OMAR))
        assert await scene.store.count(scopes={SCOPE}) == 0
        assert [action.kind for action in await scene.store.list_actions(scopes={SCOPE})] == ["removed", "added"]


async def test_no_button_or_form_does_anything_for_a_stranger_or_from_elsewhere(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        desk = ManagingDesk(scene.errand.tools)
        number = await scene.number_of("Baker")
        card = await propose(scene.errand, _driver())
        proposal = press_of(card, "Keep").proposal
        before = await scene.store.version()
        for verb in ManagingVerb:
            press = ManagingPress(verb, proposal=proposal, posting=number, revision=1, group="terms")
            refused = await desk.press(press, STRANGER)
            of_commands = verb in {ManagingVerb.TYPED, ManagingVerb.PASTED}
            assert ("another version" if of_commands else "Only members") in read_of(refused)  # type: ignore[arg-type]  # no form
            elsewhere = await desk.press(press, ELSEWHERE)
            assert "Driver" not in read_of(elsewhere)  # type: ignore[arg-type]  # no form
            assert "Acme" not in read_of(elsewhere)  # type: ignore[arg-type]  # no form
        assert await scene.store.version() == before
        assert presses_of(await propose(scene.errand, _driver())).keys() == {"Keep", "Correct …", "Cancel"}


async def test_an_update_pasted_without_a_link_goes_on_under_the_postings_own(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        await scene.store.keep([_driver()], scope=SCOPE)
        pasted = _driver().model_copy(update={"link": None, "source": "pasted", "text": f"{_driver().text}\nApply now.\n"})
        await desk.press(press_of(await propose(scene.errand, pasted), "Keep as update"), MIA)
        kept = await scene.get(1)
        assert kept is not None
        assert (kept.revision, kept.posting.link) == (2, _driver().link)
        await scene.store.keep([_driver("We pay $50 an hour. You will drive the night bus.")], scope=SCOPE)
        assert [one.id for one in await scene.store.list_postings(scopes={SCOPE})] == [1]


async def test_the_preview_of_words_that_were_removed_shows_what_was_put_right_in_them(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        desk = ManagingDesk(scene.errand.tools)
        await scene.store.keep([correct(_driver(), {"pay": "", "head_title": "Bus driver"}, by=MIA.actor, at=utc_now())], scope=SCOPE)
        await scene.store.remove(1, scopes={SCOPE})
        card = await propose(scene.errand, _driver())
        assert card.title == "Acme · Bus driver"
        assert "Keep brings back #1" in read_of(card)
        await desk.press(press_of(card, "Keep"), MIA)
        kept = await scene.get(1)
        assert kept is not None
        assert (kept.posting.title, kept.posting.facts.get("pay")) == ("Bus driver", None)
