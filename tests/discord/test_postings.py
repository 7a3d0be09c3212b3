"""`/postings` is a list worth looking at: link, pay, place and day of each posting, narrowed and turned without reading all of them."""

from pathlib import Path
from typing import Any

from builders_answering import posting_text
from builders_discord import buttons_of, embed_of, on_stage, rows_of, shown, text_of

REMOTE = posting_text("Brook & Vale", "Data Analyst", "We pay $90,000 to $110,000 a year.\n\nThis job is remote, from Germany.")
OFFICE = posting_text("Crust Works", "Baker", "We pay $20 an hour.\n\nThis job is in our office in Lisbon, Portugal.")
SILENT = posting_text("Acme", "Cook", "You will cook soups for many guests each day, and you will like it.")


def _open_buttons(message: Any) -> list[str]:
    """The ids of the buttons beside the entries."""
    (box,) = shown(message).components
    return [part["accessory"]["custom_id"] for part in box["components"] if "accessory" in part]


async def test_each_posting_has_pay_place_and_day_and_a_button_that_opens_it(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"a.md": REMOTE, "b.md": OFFICE, "c.md": SILENT}) as stage:
        listed = await stage.mia.slash(stage.channel, "postings")
        told = text_of(listed)
        assert listed.ephemeral
        assert embed_of(listed).title == "3 postings"
        assert "$90,000 to $110,000 a year" in told
        assert "Neither pay nor place is stated." in told
        assert told.count("Posting read <t:") == 3
        first = _open_buttons(listed)[-1]
        opened = await stage.mia.click(shown(listed), custom_id=first)
        assert "Brook & Vale" in text_of(opened)


async def test_the_list_is_narrowed_by_company_country_and_workplace(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"a.md": REMOTE, "b.md": OFFICE, "c.md": SILENT}) as stage:
        by_company = await stage.mia.slash(stage.channel, "postings", company="crust")
        assert "Baker" in text_of(by_company)
        assert "Analyst" not in text_of(by_company)
        by_country = text_of(await stage.mia.slash(stage.channel, "postings", country="germany"))
        assert "Analyst" in by_country
        assert "Cook" not in by_country
        remote = await stage.mia.slash(stage.channel, "postings", workplace="remote")
        assert "1 posting · remote" in text_of(remote)
        assert "3 postings" in text_of(await stage.mia.click(shown(remote), label="All postings"))
        assert "No posting fits" in text_of(await stage.mia.slash(stage.channel, "postings", workplace="hybrid", country="japan"))


def _at(place: str, company: str = "Acme") -> str:
    return f"# Cook\nCompany: {company}\nLocation: {place}\n\nYou will cook soups."


async def test_a_place_that_names_the_workplace_is_not_told_twice(tmp_path: Path) -> None:
    places = {"Oslo (on site)": "Oslo (on site)", "remote,Remote": "Remote", "Lyon, télétravail": "Lyon, télétravail"}
    async with on_stage(tmp_path, {f"{number}.md": _at(place, f"Firm {number}") for number, place in enumerate(places)}) as stage:
        lines = text_of(await stage.mia.slash(stage.channel, "postings")).splitlines()
    assert {told for told in lines if told in places.values()} == set(places.values())


async def test_of_many_amounts_it_is_said_how_many_more_there_are(tmp_path: Path) -> None:
    body = "* Berlin: $90,000 a year\n* Ohio: $80,000 a year\n* Peru: $70,000 a year"
    async with on_stage(tmp_path, {"a.md": posting_text("Acme", "Cook", body)}) as stage:
        assert "(Berlin), $80,000 a year (Ohio) and 1 more" in text_of(await stage.mia.slash(stage.channel, "postings"))


async def test_a_list_of_a_companys_postings_is_headed_by_its_name(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"a.md": REMOTE, "b.md": OFFICE}) as stage:
        listed = await stage.mia.slash(stage.channel, "postings", company="brook", workplace="remote")
        assert embed_of(listed).title == "1 posting · Brook & Vale · remote"


async def test_where_nothing_is_no_list_is_offered(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {}) as stage:
        assert "All postings" not in buttons_of(await stage.mia.slash(stage.channel, "salary", company="flex"))
        searched = await stage.mia.slash(stage.channel, "search", workplace="remote")
        assert "No postings are here yet" in text_of(searched)
        assert not {"Watch", "All postings", "Compare"} & set(buttons_of(searched))


async def test_two_postings_that_look_alike_are_told_apart(tmp_path: Path) -> None:
    texts = {f"{town}.md": f"# Cook\nCompany: Acme\nLocation: {town}\n\nYou will cook soups in {town}." for town in ("Lyon", "Porto")}
    async with on_stage(tmp_path, texts) as stage:
        told = text_of(await stage.mia.slash(stage.channel, "postings"))
        assert "Acme · Cook** #1" in told
        assert "Acme · Cook** #2" in told


async def test_the_list_is_turned_in_pages_and_a_narrowed_one_stays_narrowed(tmp_path: Path) -> None:
    texts = {f"{number}.md": posting_text("Acme", f"Cook {number}", f"This job is remote. You cook soup {number}.") for number in range(8)}
    async with on_stage(tmp_path, texts | {"b.md": OFFICE}) as stage:
        first = await stage.mia.slash(stage.channel, "postings", workplace="remote")
        assert len(_open_buttons(first)) == 6
        assert "Page 1 of 2" in text_of(first)
        last = await stage.mia.click(shown(first), label="Next ▶")
        assert "8 postings · remote" in text_of(last)
        assert len(_open_buttons(last)) == 2
        assert "Crust Works" not in text_of(last)
        assert buttons_of(last)["Next ▶"]["disabled"]
        assert rows_of(last)


async def test_an_unknown_company_offers_the_nearest_and_the_list(tmp_path: Path) -> None:
    async with on_stage(tmp_path, {"a.md": REMOTE, "b.md": OFFICE, "c.md": SILENT}) as stage:
        unknown = await stage.mia.slash(stage.channel, "salary", company="crustee")
        assert any("Crust Works" in label for label in buttons_of(unknown)) or "Crust Works" in text_of(unknown)
        assert "3 postings" in text_of(await stage.mia.click(shown(unknown), label="All postings"))
