"""What is here is listed in pages, with who changed it last; so is what was removed, and what was asked in vain."""

from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_keeping import OTHER_SCOPE, SCOPE, Scene, on_scene, press_of, presses_of, read_of

from bot.admin.finding import NoSuchPosting
from bot.admin.listing import ListKind, show_list, turn_list
from bot.domain.answer import State, UnansweredQuestion
from bot.domain.person import EVERYONE
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import ButtonAction, ButtonId

MANY = {f"{number}.md": posting_text("Acme", f"Baker number {number:02} of the house") for number in range(12)} | {
    "clerk.md": posting_text("Brook & Vale", "Clerk")
}


async def test_each_posting_has_a_line_with_its_number_its_name_and_who_changed_it_last(scene: Scene) -> None:
    number = await scene.keep(posting_text("Crumb", "Miller"))
    card = await show_list(scene.context, ListKind.CURRENT)
    kept = await scene.get(number)
    assert kept
    assert card.title == "4 postings that you can manage"
    assert f"- **#{number} Crumb · Miller** · read <t:{int(kept.read_at.timestamp())}:d> · by mia" in card.body.splitlines()
    assert [line.split("** ")[0].partition(" ")[2].partition(" ")[2] for line in card.body.splitlines()[:4]] == [
        "Crumb · Miller",
        "Brook & Vale · Clerk",
        "Acme · Cook",
        "Acme · Baker",
    ]


async def test_pages_hold_every_posting_once(tmp_path: Path) -> None:
    async with on_scene(tmp_path, MANY) as scene:
        first = await show_list(scene.context, ListKind.CURRENT)
        second = await turn_list(scene.context, press_of(first, "Next ▶"))
        lines = [line for card in (first, second) for line in card.body.splitlines() if line.startswith("- ")]
        assert len(lines) == len(set(lines)) == 13
        assert (first.footer, second.footer) == ("Page 1 of 2", "Page 2 of 2")
        last = await turn_list(scene.context, ButtonId(ButtonAction.LIST_MANAGED, group="current", page=9_999))
        assert last.body == second.body


async def test_one_companys_postings_are_listed_also_on_their_next_pages(tmp_path: Path) -> None:
    async with on_scene(tmp_path, MANY) as scene:
        first = await show_list(scene.context, ListKind.CURRENT, company="acmee")
        assert first.title == "12 postings of Acme that you can manage"
        second = await turn_list(scene.context, press_of(first, "Next ▶"))
        assert "Clerk" not in first.body + second.body
        assert second.footer == "Page 2 of 2"
        with pytest.raises(NoSuchPosting, match="no company “initech”"):
            await show_list(scene.context, ListKind.CURRENT, company="initech")


async def test_a_servers_list_says_how_many_postings_for_everyone_there_are_besides(scene: Scene) -> None:
    await scene.keep(posting_text("Everybody's", "Helper"), scope=EVERYONE)
    card = await show_list(scene.context, ListKind.CURRENT)
    assert "Members also see 1 posting for everyone" in card.body
    assert "Helper" not in card.body
    owners = await show_list(scene.elsewhere(EVERYONE), ListKind.CURRENT)
    assert "Helper" in owners.body
    assert "Besides" not in owners.body


async def test_removed_postings_have_a_list_of_their_own(scene: Scene) -> None:
    assert "No posting was removed." in (await show_list(scene.context, ListKind.REMOVED)).body
    await scene.store.remove(await scene.number_of("Clerk"), scopes={SCOPE})
    tab = press_of(await show_list(scene.context, ListKind.CURRENT), "Removed")
    card = await turn_list(scene.context, tab)
    assert card.title == "1 removed posting"
    assert "Brook & Vale · Clerk" in card.body
    assert "Clerk" not in (await show_list(scene.context, ListKind.CURRENT)).body


async def test_what_was_asked_in_vain_is_told_with_how_often_and_why(scene: Scene) -> None:
    gaps = {
        UnansweredQuestion("pay", "initech", State.NO_SUCH_COMPANY): 12,
        UnansweredQuestion("visa", "acme", State.NOT_STATED): 3,
        UnansweredQuestion("other", "@everyone **x**", State.NOT_UNDERSTOOD): 1,
        UnansweredQuestion("", "", State.NOT_UNDERSTOOD): 1,
    }
    await scene.store.gaps.add({SCOPE: gaps})
    await scene.store.gaps.add({OTHER_SCOPE: {UnansweredQuestion("pay", "secret", State.NO_SUCH_COMPANY): 99}})
    lines = [line.partition(" (last <t:")[0] for line in (await show_list(scene.context, ListKind.GAPS)).body.splitlines()]
    assert lines[:2] == ["- **12 times**: pay of “initech”: no such posting", "- **3 times**: visa of “acme”: the posting does not say"]
    assert set(lines[2:]) == {
        "- **1 time**: a free question of “@\u200beveryone \\*\\*x\\*\\*”: not understood",
        "- **1 time**: a question: not understood",
    }


async def test_a_list_of_another_server_is_never_shown(scene: Scene) -> None:
    number = await scene.keep(posting_text("Acme Secrets", "Spy"), scope=OTHER_SCOPE)
    for kind in ListKind:
        for removed in (False, True):
            if removed:
                await scene.store.remove(number, scopes={OTHER_SCOPE})
            card = await turn_list(scene.context, ButtonId(ButtonAction.LIST_MANAGED, posting=number, group=kind.value))
            assert "Secrets" not in read_of(card)
            assert "Spy" not in read_of(card)


async def test_the_ids_of_a_cards_buttons_are_all_different(tmp_path: Path) -> None:
    async with on_scene(tmp_path, MANY) as scene:
        for kind in ListKind:
            ids = [button.id for button in presses_of(await show_list(scene.context, kind)).values()]
            assert len(ids) == len(set(ids))


async def test_a_company_s_name_is_harmless_in_the_title_of_its_list(empty_scene: Scene) -> None:
    hostile = {"company": "Acme **[free](x)** \u202e@everyone"}
    posting = parse_posting(posting_text("Acme", "Baker"), "baker.md").model_copy(update=hostile)
    await empty_scene.store.keep([posting], scope=SCOPE)
    assert (await show_list(empty_scene.context, ListKind.CURRENT, company="acme free x everyone")).title == (
        "1 posting of Acme \\*\\*\\[free\\](x)\\*\\* @\u200beveryone that you can manage"
    )
