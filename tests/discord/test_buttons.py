"""Buttons lead on, turn pages, answer in place, and work after a restart."""

from pathlib import Path
from typing import Any

import pytest
from builders_answering import posting_text
from builders_discord import Stage, buttons_of, embed_of, on_stage, rows_of, shown, text_of

from bot.domain.person import EVERYONE
from bot.presentation.card import units
from bot.topics import TOPICS

SHOP = {
    "staff.md": posting_text(
        "Brook & Vale", "Staff Engineer", "We pay $190,000 to $210,000 a year.\n\nYou will build pipelines for shops."
    ),
    "data.md": posting_text("Brook & Vale", "Data Analyst", "We pay $90,000 to $110,000 a year.\n\nYou will count what shops sell."),
    "other.md": posting_text("Nomad List", "Writer", "We pay $50,000 a year.\n\nYou will write guides for cities."),
    "third.md": posting_text("Nomad Health", "Nurse", "We pay $80,000 a year.\n\nYou will look after travellers."),
}
LONG = {
    "long.md": posting_text(
        "Brook", "Cook", "## Requirements\n" + "\n".join(f"- Experience with recipe number {n} of the book" for n in range(40))
    )
}


async def _press(stage: Stage, answer: Any, label: str, *, by: Any = None) -> Any:
    return await (by or stage.mia).click(shown(answer), label=label)


async def test_a_topic_button_answers_about_the_same_posting_for_who_pressed_it(stage: Stage) -> None:
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    next_one = await _press(stage, first, "Requirements", by=stage.ada)
    assert next_one.ephemeral
    assert "Flex" in (embed_of(next_one).title or "")
    assert shown(next_one).id != shown(first).id
    assert "$209,000" in text_of(first)


async def test_buttons_work_after_a_restart(stage: Stage) -> None:
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    await stage.restart()
    assert "United States" in text_of(await _press(stage, first, "Countries"))


async def test_more_shows_a_button_for_every_topic_that_the_posting_speaks_of_in_place(stage: Stage) -> None:
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    opened = await _press(stage, first, "More")
    assert shown(opened).id == shown(first).id
    labels = list(buttons_of(opened))
    (flex,) = [kept async for kept in stage.opened.store.every(scopes={EVERYONE}) if kept.posting.company == "Flex"]
    told = {topic.label for topic in TOPICS if topic.facts_in(flex.posting) and topic.name not in ("pay", "apply")}
    assert labels == [*dict.fromkeys(labels)]
    assert {*labels} == {*told, "About the company", "Apply ↗", "Whole posting", "Does it fit me?", "Watch", "Not right?"}
    assert "Visa" not in labels


async def test_who_did_not_ask_turns_nothing_for_the_others(stage: Stage) -> None:
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    opened = await _press(stage, first, "More", by=stage.ada)
    assert opened.ephemeral
    assert shown(opened).id != shown(first).id


async def test_long_lists_are_turned_in_pages_and_no_line_is_cut(tmp_path: Path) -> None:
    async with on_stage(tmp_path, LONG) as stage:
        page = await stage.mia.slash(stage.channel, "requirements", company="brook")
        lines = (embed_of(page).description or "").splitlines()
        assert (embed_of(page).footer.text or "").startswith("Page 1 of ")
        assert buttons_of(page)["◀ Back"]["disabled"]
        for _ in range(10):
            if buttons_of(page)["Next ▶"].get("disabled"):
                break
            page = await _press(stage, page, "Next ▶")
            lines += (embed_of(page).description or "").splitlines()
        assert [line for line in lines if line.startswith("- ")] == [f"- Experience with recipe number {n} of the book" for n in range(40)]
        back = await _press(stage, page, "◀ Back")
        assert (embed_of(back).footer.text or "").startswith("Page ")


async def test_pages_of_a_free_question_stay_with_the_question_after_a_restart(tmp_path: Path) -> None:
    async with on_stage(tmp_path, LONG) as stage:
        page = await stage.mia.slash(stage.channel, "ask", question="what are the requirements at brook?")
        await stage.restart()
        turned = await _press(stage, page, "Next ▶")
        assert embed_of(turned).footer.text == "Page 2 of 3 · “what are the requirements at brook?”"


async def test_an_ambiguous_company_is_asked_back_and_a_press_answers_in_place(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SHOP) as stage:
        asked = await stage.mia.slash(stage.channel, "salary", company="nomad")
        assert "Which do you mean?" in text_of(asked)
        assert asked.ephemeral
        assert set(buttons_of(asked)) == {"Nomad List", "Nomad Health", "Not right?"}
        answered = await _press(stage, asked, "Nomad List")
        assert shown(answered).id == shown(asked).id
        assert "$50,000" in text_of(answered)


async def test_several_postings_of_one_company_are_told_apart_by_their_roles(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SHOP) as stage:
        asked = await stage.mia.slash(stage.channel, "salary", company="Brook & Vale")
        assert {"Staff Engineer", "Data Analyst", "Not right?"} == set(buttons_of(asked))
        assert not asked.ephemeral
        await stage.restart()
        assert "$190,000" in text_of(await _press(stage, asked, "Staff Engineer"))


async def test_a_misspelt_unknown_company_offers_the_nearest(stage: Stage) -> None:
    asked = await stage.mia.slash(stage.channel, "salary", company="nixtel")
    assert "Nixtla" in buttons_of(asked)
    assert "Nixtla" in (embed_of(await _press(stage, asked, "Nixtla")).title or "")


async def test_a_picked_posting_is_asked_the_question_that_was_typed(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SHOP) as stage:
        asked = await stage.direct("what would brook & vale pay me in oslo")
        pressed = await stage.mia.user.click(asked, label="Data Analyst")
        assert "$90,000" in text_of(pressed)
        assert embed_of(pressed).footer.text == "“what would brook & vale pay me in oslo”"


async def test_a_posting_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SHOP) as stage:
        first = await stage.mia.slash(stage.channel, "salary", company="Nomad List")
        number = int(buttons_of(first)["About the company"]["custom_id"].split(":")[2])
        await stage.opened.store.remove(number, scopes={EVERYONE})
        assert "no longer here" in text_of(await _press(stage, first, "About the company"))


@pytest.mark.parametrize(
    "made_up",
    [
        "rolecall:ask:1:passwords::0:1",
        "rolecall:drop:1:pay::0:1",
        "rolecall:ask:-1:pay::0:1",
        "rolecall:",
        "rolecall:ask:1:pay:XX:0:1",
        "rolecall:ask:١:pay::0:1",
    ],
)
async def test_a_button_that_somebody_made_up_does_nothing(made_up: str, stage: Stage) -> None:
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    message = stage.env.backend.get_message(stage.channel.id, shown(first).id)
    rows_of(message)[0]["components"][0]["custom_id"] = made_up
    answer = await _press(stage, first, "Requirements")
    assert "belongs to another version" in text_of(answer)
    assert answer.ephemeral


async def test_a_button_does_not_reach_into_another_server(stage: Stage) -> None:
    (own,) = await stage.opened.store.keep([_private_posting()], scope="1")
    first = await stage.mia.slash(stage.channel, "salary", company="flex")
    message = stage.env.backend.get_message(stage.channel.id, shown(first).id)
    rows_of(message)[0]["components"][0]["custom_id"] = f"rolecall:ask:{own.id}:pay::0:1"
    assert "no longer here" in text_of(await _press(stage, first, "Requirements"))


async def test_the_postings_are_listed_in_pages(tmp_path: Path) -> None:
    texts = {f"{n}.md": posting_text(f"Company {n:02}", "Cook") for n in range(23)}
    async with on_stage(tmp_path, texts) as stage:
        listed = await stage.mia.slash(stage.channel, "postings")
        assert embed_of(listed).title == "23 postings"
        assert text_of(listed).count("Posting read") == 6
        assert "Company 22 · Cook" in text_of(listed)
        page = listed
        for _ in range(3):
            page = await _press(stage, page, "Next ▶")
        assert "Company 00 · Cook" in text_of(page)
        assert text_of(page).count("Posting read") == 5
        assert shown(page).id == shown(listed).id


def _private_posting() -> Any:
    from bot.parsing.parse import parse_posting

    return parse_posting(posting_text("Secret Works", "Spy", "We pay $1,000,000 a year."), "secret.md")


WORDS = {
    "long.md": posting_text(
        "Brook", "Cook", "## What you do\n\n" + "\n\n".join(f"You cook *dish* number {n} 🥐, {'with care ' * 30}." for n in range(20))
    )
}


async def test_the_whole_posting_is_read_page_by_page_by_who_asked_also_after_a_restart(tmp_path: Path) -> None:
    async with on_stage(tmp_path, WORDS) as stage:
        first = await stage.mia.slash(stage.channel, "salary", company="brook")
        page = await _press(stage, first, "Whole posting")
        assert page.ephemeral
        assert embed_of(page).title == "Brook · Cook"
        await stage.restart()
        read = [embed_of(page).description or ""]
        while not buttons_of(page)["Next ▶"].get("disabled"):
            before, page = page, await _press(stage, page, "Next ▶")
            assert shown(page).id == shown(before).id
            read.append(embed_of(page).description or "")
        assert all(units(text) <= 2500 for text in read)
        whole = "\n".join(read)
        assert [whole.count(f"dish number {n} 🥐") for n in range(20)] == [1] * 20
        assert "**What you do**" in whole


async def test_a_posting_that_went_out_of_sight_is_not_read_on(tmp_path: Path) -> None:
    async with on_stage(tmp_path, WORDS) as stage:
        page = await _press(stage, await stage.mia.slash(stage.channel, "salary", company="brook"), "Whole posting")
        await stage.opened.store.remove(1, scopes={EVERYONE})
        gone = text_of(await _press(stage, page, "Next ▶"))
        assert "no longer here" in gone
        assert "dish" not in gone


async def test_what_is_picked_in_a_message_that_all_read_does_not_become_the_whole_posting_there(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SHOP) as stage:
        asked = await stage.mia.slash(stage.channel, "ask", question="show me the whole posting of brook & vale")
        picked = await _press(stage, asked, next(label for label in buttons_of(asked) if "Staff" in label))
        assert shown(picked).id == shown(asked).id
        assert "pipelines" not in text_of(picked)
        assert "pipelines" in text_of(await _press(stage, picked, "Whole posting"))
