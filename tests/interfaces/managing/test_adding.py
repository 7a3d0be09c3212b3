"""What is pasted in two boxes is one text, and comes from the same place whoever pastes it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from builders_keeping import MIA, on_scene, press_of, read_of
from hypothesis import given
from hypothesis import strategies as st

from bot.interfaces.chat.card import Card
from bot.interfaces.managing.adding import PASTED, add_pasted, join_boxes
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.form import LONGEST_TEXT, Filled
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb

BODY = "You bake bread at night for the whole town, and lift sacks of flour. We pay $20 an hour."
NAMED = f"# Baker\nCompany: Acme\n\nAcme is looking for a baker.\n\n{BODY}"


async def _paste(errand: Errand, texts: Mapping[str, str]) -> Card:
    return await add_pasted(errand, Filled(ManagingPress(ManagingVerb.PASTED), texts))


async def _source(errand: Errand, texts: Mapping[str, str]) -> str:
    proposal = await errand.store.proposals.get(press_of(await _paste(errand, texts), "Keep").proposal, scopes=errand.scopes)
    assert proposal is not None
    return proposal.posting.source


@given(st.integers(1, 7), st.text(alphabet="ab \n", min_size=1, max_size=50))
def test_a_text_that_was_cut_because_a_box_was_full_is_whole_again(start: int, rest: str) -> None:
    text = ("bread " * LONGEST_TEXT)[start : start + LONGEST_TEXT] + rest
    assert join_boxes(text[:LONGEST_TEXT], text[LONGEST_TEXT:]) == text


async def test_a_text_with_company_and_role_comes_from_one_place_for_everybody(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        omar = replace(scene.errand, manager=replace(MIA, visitor=replace(MIA.visitor, id=2), name="omar"))
        assert await _source(scene.errand, {"text": NAMED}) == await _source(omar, {"text": NAMED, "more": "And soon."}) == PASTED


async def test_what_is_said_beside_a_text_makes_its_place_where_the_text_lacks_it(tmp_path: Path) -> None:
    titled = NAMED.replace("Company: Acme\n", "").replace("Acme is", "We are")
    async with on_scene(tmp_path, {}) as scene:
        assert await _source(scene.errand, {"text": titled, "company": "Brook"}) == f"{PASTED}: Brook · Baker"
        nameless = [await _source(scene.errand, {"text": titled}) for _ in range(2)]
        assert len({*nameless, PASTED}) == 3


async def test_a_link_that_is_none_is_refused_and_the_text_given_back(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        card = await _paste(scene.errand, {"text": NAMED, "link": "acme at example"})
        assert "is no http(s) address" in read_of(card)
        assert card.is_aside
        assert NAMED.encode() in card.files[0].data
