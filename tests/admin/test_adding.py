"""What is pasted in two boxes is one text, and comes from the same place whoever pastes it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from builders_answering import posting_text
from builders_keeping import MIA, OTHER_SCOPE, SCOPE, Scene, press_of, read_of
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.adding import (
    PASTED,
    AdditionRequest,
    add,
    add_all,
    add_pasted,
    drop_all,
    find_addresses,
    join_boxes,
    request_for,
    show_several,
)
from bot.admin.context import AdminContext, Busy, Services
from bot.admin.proposals import SubmittedForm, fetch_nothing
from bot.admin.service import AdminService
from bot.domain.errors import RolecallError
from bot.intake.reading import Upload
from bot.intake.sources import Refusal, Source
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import LONGEST_TEXT, Card

BODY = "You bake bread at night for the whole town, and lift sacks of flour. We pay $20 an hour."
NAMED = f"# Baker\nCompany: Acme\n\nAcme is looking for a baker.\n\n{BODY}"


async def _paste(context: AdminContext, texts: Mapping[str, str]) -> Card:
    return await add_pasted(context, SubmittedForm(ButtonId(ButtonAction.PASTED), texts))


async def _source(context: AdminContext, texts: Mapping[str, str]) -> str:
    proposal = await context.store.proposals.get(press_of(await _paste(context, texts), "Keep").proposal, scopes=context.scopes)
    assert proposal is not None
    return proposal.posting.source


@given(st.integers(1, 7), st.text(alphabet="ab \n", min_size=1, max_size=50))
def test_a_text_that_was_cut_because_a_box_was_full_is_whole_again(start: int, rest: str) -> None:
    text = ("bread " * LONGEST_TEXT)[start : start + LONGEST_TEXT] + rest
    assert join_boxes(text[:LONGEST_TEXT], text[LONGEST_TEXT:]) == text


async def test_a_text_with_company_and_role_comes_from_one_place_for_everybody(empty_scene: Scene) -> None:
    omar = replace(empty_scene.context, person=MIA.model_copy(update={"id": 2, "name": "omar"}))
    assert await _source(empty_scene.context, {"text": NAMED}) == await _source(omar, {"text": NAMED, "more": "And soon."}) == PASTED


async def test_what_is_said_beside_a_text_makes_its_place_where_the_text_lacks_it(empty_scene: Scene) -> None:
    titled = NAMED.replace("Company: Acme\n", "").replace("Acme is", "We are")
    assert await _source(empty_scene.context, {"text": titled, "company": "Brook"}) == f"{PASTED}: Brook · Baker"
    nameless = [await _source(empty_scene.context, {"text": titled}) for _ in range(2)]
    assert len({*nameless, PASTED}) == 3


async def test_a_link_that_is_none_is_refused_and_the_text_given_back(empty_scene: Scene) -> None:
    card = await _paste(empty_scene.context, {"text": NAMED, "link": "acme at example"})
    assert "is no web address" in read_of(card)
    assert card.is_aside
    assert NAMED.encode() in card.files[0].data


async def test_so_many_are_read_at_once_and_the_files_of_more_are_not_even_fetched(empty_scene: Scene) -> None:
    going_on, fetched = asyncio.Event(), []

    async def fetch() -> Sequence[Upload]:
        fetched.append(1)
        if len(fetched) > 4:
            going_on.set()
        await going_on.wait()
        return ()

    asked = AdditionRequest(texts=(Source("baker.md", NAMED),), fetch=fetch)
    reading = [asyncio.create_task(add(empty_scene.context, asked)) for _ in range(20)]
    _, waiting = await asyncio.wait(reading, return_when=asyncio.FIRST_EXCEPTION)
    elsewhere = asyncio.create_task(add(empty_scene.elsewhere(OTHER_SCOPE), asked))
    pasted = await _paste(empty_scene.context, {"text": NAMED})
    assert "3 additions are running here already" in read_of(pasted)
    assert NAMED.encode() in pasted.files[0].data
    going_on.set()
    refused = [each for each in await asyncio.gather(*reading, return_exceptions=True) if isinstance(each, Busy)]
    assert (len(waiting), len(refused)) == (3, 17)
    assert press_of(await elsewhere, "Keep").proposal
    assert len(fetched) == 4
    assert press_of(await add(empty_scene.context, asked), "Keep").proposal


# Several postings at once wait to be kept by one press, once, where they were given.


SOURCES = [Source(f"{title}.md", posting_text("Acme", title)) for title in ("Cook", "Baker", "Driver", "Clerk", "Nurse", "Writer", "Judge")]
FEW = Source("few.md", "We hire!")


async def test_the_first_are_named_and_the_rest_and_the_refused_counted(empty_scene: Scene) -> None:
    refused = [Refusal(f"{number}.png", f"{number}.png is *no* text") for number in range(7)]
    told = read_of(await show_several(empty_scene.context, [*SOURCES, *refused]))
    assert "7 postings\nNothing is kept yet." in told
    assert "\n- Acme · Cook\n" in told
    assert "… and 2 more.\n" in told
    assert "**Not read: 7**\n- 0.png is \\*no\\* text.\n" in told
    assert await empty_scene.store.count(scopes={SCOPE}) == 0


async def test_all_are_kept_once_and_told_of_in_one_notice(empty_scene: Scene) -> None:
    desk = AdminService(empty_scene.context.services)
    keep = press_of(await show_several(empty_scene.context, [*SOURCES, FEW]), "Keep all 8")
    cards = await asyncio.gather(desk.press(keep, MIA), desk.press(keep, MIA))
    told = [read_of(card) for card in cards]  # type: ignore[arg-type]  # no form
    assert any("7 added, 0 updated, 0 unchanged, 1 refused" in one for one in told)
    assert any("running here already" in one for one in told)
    assert "were kept already" in read_of(await desk.press(keep, MIA))  # type: ignore[arg-type]  # no form
    assert await empty_scene.store.count(scopes={SCOPE}) == 7
    assert len(empty_scene.announced) == 1


async def test_what_waits_in_one_server_is_not_there_in_another(empty_scene: Scene) -> None:
    keep = press_of(await show_several(empty_scene.context, SOURCES), "Keep all 7")
    elsewhere = empty_scene.elsewhere(OTHER_SCOPE)
    with pytest.raises(RolecallError, match="do not wait any more"):
        await add_all(elsewhere, keep)
    await drop_all(elsewhere, keep)
    assert "7 added" in read_of(await add_all(empty_scene.context, keep))


async def test_what_was_dropped_or_is_none_of_ours_cannot_be_kept(empty_scene: Scene) -> None:
    card = await show_several(empty_scene.context, SOURCES)
    await drop_all(empty_scene.context, press_of(card, "Cancel"))
    for press in (press_of(card, "Keep all 7"), replace(press_of(card, "Keep all 7"), proposal="made-up")):
        with pytest.raises(RolecallError, match="Upload them again"):
            await add_all(empty_scene.context, press)


async def test_what_turns_out_to_hold_no_posting_is_not_counted_among_them(empty_scene: Scene) -> None:
    card = await show_several(empty_scene.context, [FEW, *SOURCES[:1]])
    assert "1 posting\n" in read_of(card)
    assert "**Not read: 1**\n- few.md holds no posting" in read_of(card)
    assert "1 added, 0 updated, 0 unchanged, 1 refused" in read_of(await add_all(empty_scene.context, press_of(card, "Keep it")))
    assert (await show_several(empty_scene.context, [FEW, FEW])).rows == ()


async def test_where_nothing_can_be_read_there_is_nothing_to_keep(empty_scene: Scene) -> None:
    card = await show_several(empty_scene.context, [Refusal("a", "a is no text"), Refusal("b", "b is no text")])
    assert card.rows == ()
    assert "Nothing of this can be read" in read_of(card)


async def test_what_waits_weighs_what_it_takes_in_memory_refusals_too() -> None:
    waiting = Services(*[None] * 4).uploads  # type: ignore[arg-type]  # nothing else of them is used
    latin, rare = [Source("a", "a" * 10_000_000)], [Source("b", "a" * 10_000_000 + "\U0001f35e")]
    refused = [Refusal("c", "c" * 2_500_000)]
    counts = []
    for found in (latin, rare, refused):
        names = [await waiting.keep(found, scope="1", by=1) for _ in range(110)]
        counts.append(sum([await waiting.find(name, scope="1") is not None for name in names]))
    assert counts == [6, 1, 25]


# What is read of a message that somebody pointed at.


LONG = "We are looking for a baker who bakes four hundred loaves each night and keeps the sourdough alive. " * 3


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://jobs.example/1", ["https://jobs.example/1"]),
        ("look at this: <https://jobs.example/1>!", ["https://jobs.example/1"]),
        (
            "[Baker at Acme](https://jobs.example/1) is hiring, and [Cook](<https://jobs.example/2>)",
            ["https://jobs.example/1", "https://jobs.example/2"],
        ),
        ("**https://jobs.example/1**, https://jobs.example/1.", ["https://jobs.example/1"]),
        ("HTTPS://Jobs.Example/1?a=b&c=d#e", ["HTTPS://Jobs.Example/1?a=b&c=d#e"]),
        ("||https://jobs.example/1||", ["https://jobs.example/1"]),
    ],
)
def test_a_message_that_is_little_more_than_links_is_read_from_there(text: str, addresses: list[str]) -> None:
    asked = request_for(text, source="https://discord.example/m/1")
    assert list(asked.urls) == addresses
    assert asked.texts == ()


@pytest.mark.parametrize(
    "text", [LONG, f"{LONG}\nApply: https://jobs.example/1", "we hire", "mail jobs@acme.example", "http://", "ftp://jobs.example/1"]
)
def test_any_other_message_is_its_own_posting(text: str) -> None:
    asked = request_for(text, source="https://discord.example/m/1")
    assert asked.texts == (Source("https://discord.example/m/1", text),)
    assert asked.urls == ()


def test_an_empty_message_gives_nothing() -> None:
    asked = request_for(" \n", source="here")
    assert (asked.texts, asked.urls) == ((), ())


@pytest.mark.parametrize(("text", "texts"), [("we hire! https://jobs.example/1", 0), (LONG, 1)])
def test_files_are_read_and_only_long_texts_beside_them(text: str, texts: int) -> None:
    asked = request_for(text, source="here", fetch=fetch_nothing)
    assert len(asked.texts) == texts
    assert asked.urls == ()


def test_of_many_links_a_few_are_read() -> None:
    assert len(request_for(" ".join(f"https://a.example/{n}" for n in range(40)), source="here").urls) == 5


@given(st.text(max_size=300))
def test_whatever_is_written_gives_at_most_addresses_on_the_web(text: str) -> None:
    found = find_addresses(text)
    assert all(address.lower().startswith(("http://", "https://")) for address in found)
    assert not any(map(str.isspace, "".join(found)))


def _upload(letters: int) -> list[Source]:
    return [Source("long.md", "a" * letters), Source("short.md", NAMED)]


async def test_uploads_that_wait_are_bounded_together_and_the_oldest_is_to_be_uploaded_again(empty_scene: Scene) -> None:
    cards = [await show_several(empty_scene.context, _upload(20_000_000)) for _ in range(4)]
    waiting = [await empty_scene.context.services.uploads.find(press_of(card, "Keep all 2").proposal, scope=SCOPE) for card in cards]
    assert [found is not None for found in waiting] == [False, True, True, True]
    with pytest.raises(RolecallError, match=r"where newer ones need the room, .* Upload them again"):
        await add_all(empty_scene.context, press_of(cards[0], "Keep all 2"))


async def test_what_is_too_much_to_wait_alone_is_told_at_once(empty_scene: Scene) -> None:
    with pytest.raises(RolecallError, match="too much text to wait until they are kept; give them in parts, or to /posting import"):
        await show_several(empty_scene.context, _upload(64_000_000))
