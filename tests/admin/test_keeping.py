"""A proposal is kept once, however many button at once, and told where notices go."""

import asyncio

import pytest
from builders_keeping import BAKERY, MIA, OTHER_SCOPE, SCOPE, SERVER, Scene, press_of, presses_of, read_of

from bot.admin.context import AdminContext, utc_now
from bot.admin.finding import NoSuchPosting
from bot.admin.keeping import ask_to_remove, ask_to_remove_pressed, ask_to_restore, leave, remove, restore, restore_typed, undo
from bot.admin.proposals import propose
from bot.admin.service import AdminService
from bot.domain.person import EVERYONE, Person
from bot.domain.posting import ActionKind, Posting
from bot.intake.corrections import correct
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import FOR_ANYBODY, ButtonAction, ButtonId
from bot.presentation.card import Card

OMAR = Person(id=2, channel=1, server=SERVER, name="omar", may_manage_server=True)
STRANGER = Person(id=3, channel=1, server=SERVER, name="sam")
ELSEWHERE = Person(id=1, channel=1, server=8, name="mia", may_manage_server=True)


def _driver(body: str = "We pay $40 an hour. You will drive the night bus through the whole town.") -> Posting:
    return parse_posting(f"# [Driver](https://jobs.example/driver)\n### Acme\n\n{body}\n", "driver.md")


async def test_of_two_who_keep_at_once_one_keeps_it_and_the_other_is_told(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    keep = press_of(await propose(empty_scene.context, _driver()), "Keep")
    cards = await asyncio.gather(desk.press(keep, MIA), desk.press(keep, OMAR), desk.press(keep, MIA))
    told = sorted(read_of(card) for card in cards)  # type: ignore[arg-type]  # no form
    assert told == ["Kept as **#1 Acme · Driver**.", *["This was kept already, as **#1 Acme · Driver**."] * 2]
    assert await empty_scene.store.count(scopes={SCOPE}) == 1
    assert [read_of(card) for card in empty_scene.announced] in (
        ["New posting: **#1 Acme · Driver**, by mia."],
        ["New posting: **#1 Acme · Driver**, by omar."],
    )


async def test_of_two_who_keep_and_cancel_at_once_one_wins(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    card = await propose(empty_scene.context, _driver())
    first, second = await asyncio.gather(desk.press(press_of(card, "Cancel"), OMAR), desk.press(press_of(card, "Keep"), MIA))
    is_kept = await empty_scene.store.count(scopes={SCOPE}) == 1
    told = {read_of(first), read_of(second)}  # type: ignore[arg-type]  # no form
    assert ("Kept as **#1 Acme · Driver**." in told) == is_kept
    assert ("Cancelled; nothing was kept." in told) != is_kept


async def test_two_who_update_one_posting_at_once_do_not_write_over_each_other(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    await empty_scene.store.keep([_driver()], scope=SCOPE)
    newer = [_driver(f"We pay ${pay} an hour. You will drive the night bus.") for pay in (50, 60)]
    keeps = [press_of(await propose(empty_scene.context, posting), "Keep") for posting in newer]
    cards = await asyncio.gather(*(desk.press(keep, person) for keep, person in zip(keeps, (MIA, OMAR), strict=True)))
    told = sorted(read_of(card).split(" ")[0] for card in cards)  # type: ignore[arg-type]  # no form
    assert told == ["Nothing", "Updated:"]
    assert [one.kept.revision for one in await empty_scene.store.history(1, scopes={SCOPE})] == [1, 2]


async def test_an_update_of_a_likely_duplicate_is_not_written_over_what_somebody_changed_meanwhile(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    await empty_scene.store.keep([_driver()], scope=SCOPE)
    moved = _driver().model_copy(update={"link": "https://other.example/driver", "text": f"{_driver().text}\nApply now.\n"})
    update = press_of(await propose(empty_scene.context, moved), "Keep as update")
    await empty_scene.store.keep([_driver("We pay $50 an hour. You will drive the night bus.")], scope=SCOPE)
    told = await desk.press(update, MIA)
    assert "Nothing was kept: **#1 Acme · Driver** was updated by Rolecall" in read_of(told)  # type: ignore[arg-type]  # no form
    again = await desk.press(press_of(told, "Look again"), MIA)  # type: ignore[arg-type]  # no form
    kept = await desk.press(press_of(again, "Keep"), MIA)  # type: ignore[arg-type]  # no form
    assert "Updated: **#1 Acme · Driver**." in read_of(kept)  # type: ignore[arg-type]  # no form


async def test_undo_pressed_twice_at_once_takes_back_once(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    kept = await desk.press(press_of(await propose(empty_scene.context, _driver()), "Keep"), MIA)
    undo = press_of(kept, "Undo")  # type: ignore[arg-type]  # no form
    await asyncio.gather(desk.press(undo, MIA), desk.press(undo, OMAR))
    assert await empty_scene.store.count(scopes={SCOPE}) == 0
    assert [action.kind for action in await empty_scene.store.list_actions(scopes={SCOPE})] == ["removed", "added"]


async def test_no_button_or_form_does_anything_for_a_stranger_or_from_elsewhere(scene: Scene) -> None:
    desk = AdminService(scene.context.services)
    number = await scene.number_of("Baker")
    card = await propose(scene.context, _driver())
    proposal = press_of(card, "Keep").proposal
    before = await scene.store.version()
    for verb in (one for one in ButtonAction if one not in (ButtonAction.ADD_EXAMPLES, ButtonAction.DROP_EXAMPLES)):
        button = ButtonId(verb, proposal=proposal, posting=number, revision=1, group="terms")
        refused = await desk.press(button, STRANGER)
        of_others = verb in {*FOR_ANYBODY, ButtonAction.TYPED, ButtonAction.PASTED, ButtonAction.SET_UP}
        assert ("another version" if of_others else "Only members") in read_of(refused)  # type: ignore[arg-type]  # no form
        elsewhere = await desk.press(button, ELSEWHERE)
        if verb is not ButtonAction.ADD:  # an empty form
            assert "Driver" not in read_of(elsewhere)  # type: ignore[arg-type]  # no form
            assert "Acme" not in read_of(elsewhere)  # type: ignore[arg-type]  # no form
    assert await scene.store.version() == before
    assert presses_of(await propose(scene.context, _driver())).keys() == {"Keep", "Correct …", "Cancel"}


async def test_an_update_pasted_without_a_link_goes_on_under_the_postings_own(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    await empty_scene.store.keep([_driver()], scope=SCOPE)
    pasted = _driver().model_copy(update={"link": None, "source": "pasted", "text": f"{_driver().text}\nApply now.\n"})
    await desk.press(press_of(await propose(empty_scene.context, pasted), "Keep as update"), MIA)
    kept = await empty_scene.get(1)
    assert kept is not None
    assert (kept.revision, kept.posting.link) == (2, _driver().link)
    await empty_scene.store.keep([_driver("We pay $50 an hour. You will drive the night bus.")], scope=SCOPE)
    assert [one.id for one in await empty_scene.store.list_postings(scopes={SCOPE})] == [1]


async def test_the_preview_of_words_that_were_removed_shows_what_was_put_right_in_them(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    await empty_scene.store.keep(
        [correct(_driver(), {"pay": "", "head_title": "Bus driver"}, by=MIA.as_actor(), at=utc_now())], scope=SCOPE
    )
    await empty_scene.store.remove(1, scopes={SCOPE})
    card = await propose(empty_scene.context, _driver())
    assert card.title == "Acme · Bus driver"
    assert "Keep brings back #1" in read_of(card)
    await desk.press(press_of(card, "Keep"), MIA)
    kept = await empty_scene.get(1)
    assert kept is not None
    assert (kept.posting.title, kept.posting.facts.get("pay")) == ("Bus driver", None)


# Removing asks first, is undone by a button, and touches only what was asked about.


async def _press(scene: Scene, card: Card, label: str, context: AdminContext | None = None) -> Card:
    button = press_of(card, label)
    do = {ButtonAction.REMOVE: remove, ButtonAction.LEAVE: leave, ButtonAction.RESTORE: restore, ButtonAction.UNDO: undo}[button.action]
    return await do(context or scene.context, button)


async def test_it_is_asked_first_with_what_it_is_and_nothing_happens_before_a_yes(scene: Scene) -> None:
    number = await scene.number_of("Baker")
    asked = await ask_to_remove(scene.context, "acme: baker")
    assert asked.title == "Remove this posting?"
    assert all(words in asked.body for words in (f"#{number} Acme · Baker", "https://jobs.example/acme/baker", "pay"))
    assert await scene.get(number)
    assert read_of(await _press(scene, asked, "Leave it")) == "It stays as it is."
    assert await scene.get(number)
    assert scene.announced == []


async def test_a_removed_posting_comes_back_with_undo_and_goes_again_with_undo(scene: Scene) -> None:
    number = await scene.number_of("Baker")
    removed = await _press(scene, await ask_to_remove(scene.context, "acme: baker"), "Remove")
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


async def test_what_changed_since_it_was_asked_about_is_asked_about_again(scene: Scene) -> None:
    asked = await ask_to_remove(scene.context, "acme: baker")
    number = await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
    again = await _press(scene, asked, "Remove")
    assert again.body.startswith("It has changed since you were asked.")
    assert await scene.get(number)
    assert "Removed" in (await _press(scene, again, "Remove")).body


async def test_what_somebody_else_removed_is_said_to_be_removed(scene: Scene) -> None:
    asked = await ask_to_remove(scene.context, "acme: baker")
    await _press(scene, asked, "Remove")
    second = await _press(scene, asked, "Remove")
    assert "is removed already" in second.body
    assert len(scene.announced) == 1
    await _press(scene, second, "Undo")
    assert "nothing was changed" in (await _press(scene, second, "Undo")).body


async def test_a_removed_posting_is_brought_back_by_its_name(scene: Scene) -> None:
    number = await scene.number_of("Clerk")
    await scene.store.remove(number, scopes={SCOPE})
    assert "Brought back" in (await restore_typed(scene.context, "brook")).body
    with pytest.raises(NoSuchPosting, match="removed postings"):
        await restore_typed(scene.context, "brook")


async def test_an_older_revision_is_shown_before_it_is_brought_back_and_can_be_undone(scene: Scene) -> None:
    number = await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
    asked = await ask_to_restore(scene.context, ButtonId(ButtonAction.ASK_RESTORE, posting=number, revision=1))
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


async def test_words_that_are_here_as_another_posting_are_not_doubled(scene: Scene) -> None:
    first = await scene.number_of("Baker")
    await scene.keep(BAKERY["baker.md"].replace("$20", "$29"), "baker.md")
    await scene.store.remove(first, scopes={SCOPE})
    second = await scene.keep(BAKERY["baker.md"], "baker.md")
    if second != first:
        told = await restore(scene.context, ButtonId(ButtonAction.RESTORE, posting=first, revision=1))
        assert f"as **#{second} Acme · Baker**" in told.body


@pytest.mark.parametrize("scope", [OTHER_SCOPE, EVERYONE])
async def test_what_belongs_elsewhere_cannot_be_touched_by_a_forged_button(scope: str, scene: Scene) -> None:
    number = await scene.keep(BAKERY["baker.md"].replace("Baker", "Spy"), "spy.md", scope=scope)
    for removed in (False, True):
        if removed:
            await scene.store.remove(number, scopes={scope})
        for revision in (0, 1):
            for do in (remove, restore, ask_to_remove_pressed, ask_to_restore, undo):
                button = ButtonId(ButtonAction.REMOVE, posting=number, revision=revision)
                with pytest.raises(Exception, match="There is no") as refused:
                    await do(scene.context, button)
                assert "Spy" not in str(refused.value)
        assert (await scene.store.get(number, scopes={scope}) is None) is removed
    assert scene.announced == []
    assert not set(presses_of(Card("")))
