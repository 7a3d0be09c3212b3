"""What is pasted in two boxes is one text, and comes from the same place whoever pastes it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from builders_keeping import MIA, OTHER_SCOPE, on_scene, press_of, read_of
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.adding import PASTED, Asked, add, add_pasted, join_boxes
from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Busy, Errand
from bot.admin.forms import LONGEST_TEXT, Filled
from bot.intake.reading import Upload
from bot.intake.sources import Source
from bot.presentation.card import Card

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
        assert "is no web address" in read_of(card)
        assert card.is_aside
        assert NAMED.encode() in card.files[0].data


async def test_so_many_are_read_at_once_and_the_files_of_more_are_not_even_fetched(tmp_path: Path) -> None:
    going_on, fetched = asyncio.Event(), []

    async def fetch() -> Sequence[Upload]:
        fetched.append(1)
        if len(fetched) > 4:
            going_on.set()
        await going_on.wait()
        return ()

    async with on_scene(tmp_path, {}) as scene:
        asked = Asked(texts=(Source("baker.md", NAMED),), fetch=fetch)
        reading = [asyncio.create_task(add(scene.errand, asked)) for _ in range(20)]
        _, waiting = await asyncio.wait(reading, return_when=asyncio.FIRST_EXCEPTION)
        elsewhere = asyncio.create_task(add(scene.elsewhere(OTHER_SCOPE), asked))
        pasted = await _paste(scene.errand, {"text": NAMED})
        assert "3 additions are running here already" in read_of(pasted)
        assert NAMED.encode() in pasted.files[0].data
        going_on.set()
        refused = [each for each in await asyncio.gather(*reading, return_exceptions=True) if isinstance(each, Busy)]
        assert (len(waiting), len(refused)) == (3, 17)
        assert press_of(await elsewhere, "Keep").proposal
        assert len(fetched) == 4
        assert press_of(await add(scene.errand, asked), "Keep").proposal
