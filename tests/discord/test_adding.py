"""A posting is added on Discord: from a file, a form, an address, a message; looked at first, and kept by a press."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders_discord import embed_of, text_of
from builders_managing import BAKER, BAKER_PAID_MORE, Managed, form_of, labels_of, on_managed_stage
from builders_web import open_site

from bot.settings import Settings

PRIVATE = Settings(_env_file=None, allow_private_urls=True)  # type: ignore[call-arg]
PAGE = """<html><head><title>Cook</title></head><body><main><h1>Cook</h1><p>Brook &amp; Vale is looking for a cook in Lisbon who cooks
lunch for eighty people each day.</p><h2>Requirements</h2><ul><li>Three years of experience in a kitchen</li></ul></main></body></html>"""


def _zip_of(*texts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.md", text)
    return written.getvalue()


async def test_a_file_is_shown_before_it_is_kept_and_kept_by_a_press(managed: Managed) -> None:
    preview = await managed.rita.slash(managed.channel, "posting add", file=("baker.md", BAKER.encode()))
    assert preview.ephemeral
    told = text_of(preview)
    for words in (
        "Acme Bread · Night Baker",
        "$40,000 to $50,000 a year",
        "> We pay $40,000 to $50,000 a year.",
        "Not stated: ",
        "visa",
    ):
        assert words in told
    assert labels_of(preview) == ["Keep", "Correct …", "Cancel"]
    assert await managed.kept() == []
    kept = await managed.press(preview, "Keep")
    assert "Kept as" in text_of(kept)
    assert [one.posting.text for one in await managed.kept()] == [BAKER]
    assert "$40,000" in text_of(await managed.mia.slash(managed.channel, "salary", company="acme bread"))


async def test_without_a_file_a_form_opens_that_takes_text_files_company_and_link(managed: Managed) -> None:
    form = await managed.rita.slash(managed.channel, "posting add")
    lacking = ("Company, if the text lacks it", "Link to it, if the text lacks it")
    assert tuple(form_of(form)) == ("The posting's text", "The rest, if it is long", "Files", *lacking)
    nameless = BAKER.replace("Company: Acme Bread\n", "").replace("Acme Bread is", "We are")
    typed = {"text": nameless[:100], "more": nameless[100:], "company": "Crust & Co", "link": "https://crust.example/1"}
    preview = await managed.rita.submit_modal(form, typed)
    assert "Crust & Co · Night Baker" in text_of(preview)
    assert "✎ *corrected by rita*" in text_of(preview)
    await managed.press(preview, "Keep")
    (kept,) = await managed.kept()
    assert (kept.posting.company, kept.posting.link) == ("Crust & Co", "https://crust.example/1")


async def test_an_address_is_read_and_one_on_loopback_only_where_tests_allow_it(tmp_path: Path) -> None:
    async with open_site() as site:
        address = site.put("/cook", PAGE)
        async with on_managed_stage(tmp_path, settings=PRIVATE) as managed:
            preview = await managed.rita.slash(managed.channel, "posting add", url=address)
            assert "Three years of experience in a kitchen" in text_of(preview)
            await managed.press(preview, "Keep")
            assert [one.posting.source for one in await managed.kept()] == [address]
        (tmp_path / "second").mkdir()
        async with on_managed_stage(tmp_path / "second") as managed:
            refused = await managed.rita.slash(managed.channel, "posting add", url=address)
            assert "not public" in text_of(refused)
            assert await managed.kept() == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"file": ("empty.md", b"")}, "empty.md"),
        ({"file": ("big.txt", b"a" * 10_000_001)}, "larger than 10 MB"),
        ({"url": "ftp://jobs.example/1"}, "http"),
        ({"url": "http://10.0.0.1/"}, "not public"),
    ],
)
async def test_what_is_no_posting_is_refused_in_one_line(given: dict[str, Any], told: str, managed: Managed) -> None:
    refused = await managed.rita.slash(managed.channel, "posting add", **given)
    assert told in text_of(refused)
    assert "\n" not in text_of(refused)
    assert refused.ephemeral
    assert "error id" not in text_of(refused)
    assert labels_of(refused) == []


async def test_a_form_without_anything_is_refused_and_typed_text_is_given_back(managed: Managed) -> None:
    assert "nothing to read" in text_of(await managed.paste(" \n"))
    refused = await managed.paste("We hire!")
    assert text_of(refused).startswith("The text holds no posting:")
    assert refused.response is not None
    assert [(file.filename, await file.read()) for file in refused.response.attachments] == [("typed.txt", b"[Text]\nWe hire!\n")]
    wrong = await managed.paste(BAKER, link="acme at example")
    assert "is no web address" in text_of(wrong)


async def test_a_message_is_added_by_its_menu_and_its_link_is_the_source(managed: Managed) -> None:
    message = await managed.mia.send(managed.channel, BAKER)
    preview = await managed.rita.context_menu(managed.channel, "Add as posting", message)
    assert preview.ephemeral
    await managed.press(preview, "Keep")
    (kept,) = await managed.kept()
    assert kept.posting.source == message.jump_url
    await managed.mia.edit(message, BAKER_PAID_MORE)
    edited = await managed.rita.context_menu(managed.channel, "Add as posting", message)
    assert f"Keep updates **#{kept.id} " in text_of(edited)


async def test_the_files_of_a_message_are_read_and_few_words_beside_them_are_not(managed: Managed) -> None:
    message = await managed.mia.send(managed.channel, "we hire!", attachments=[("baker.md", BAKER.encode())])
    preview = await managed.rita.context_menu(managed.channel, "Add as posting", message)
    assert "Acme Bread · Night Baker" in text_of(preview)
    assert "Source: baker.md" in text_of(preview)


async def test_a_message_that_is_little_more_than_a_link_is_read_from_there(tmp_path: Path) -> None:
    async with open_site() as site, on_managed_stage(tmp_path, settings=PRIVATE) as managed:
        address = site.put("/cook", PAGE)
        message = await managed.mia.send(managed.channel, f"look what they offer: <{address}>!")
        preview = await managed.rita.context_menu(managed.channel, "Add as posting", message)
        assert f"Source: {address}" in text_of(preview)


async def test_a_message_without_words_is_refused(managed: Managed) -> None:
    message = await managed.mia.send(managed.channel, "💥")
    refused = await managed.rita.context_menu(managed.channel, "Add as posting", message)
    assert text_of(refused).startswith("This message holds no posting:")


async def test_several_postings_are_counted_named_and_kept_by_one_press(managed: Managed) -> None:
    archive = _zip_of(BAKER, BAKER.replace("Night", "Day").replace("400", "800"), "We hire!")
    shown_all = await managed.rita.slash(managed.channel, "posting add", file=("all.zip", archive))
    assert "Acme Bread · Day Baker" in text_of(shown_all)
    assert labels_of(shown_all) == ["Keep all 2", "Cancel"]
    done = await managed.press(shown_all, "Keep all 2")
    assert "2 added" in text_of(done)
    assert "1 refused" in text_of(done)
    assert len(await managed.kept()) == 2


async def test_what_waits_is_dropped_by_cancel_and_lost_by_a_restart_and_says_so(managed: Managed) -> None:
    lines = "\n".join(json.dumps({"@type": "JobPosting", "title": f"Cook {n}", "description": BAKER}) for n in range(2)).encode()
    waiting = await managed.rita.slash(managed.channel, "posting add", file=("all.jsonl", lines))
    assert "2 postings" in text_of(waiting)
    await managed.stage.restart()
    told = await managed.press(waiting, "Keep all 2")
    assert "Upload them again" in text_of(told)
    assert "2 postings" in text_of(waiting), "the card with the button stays"
    second = await managed.rita.slash(managed.channel, "posting add", file=("all.jsonl", lines))
    assert "nothing was kept" in text_of(await managed.press(second, "Cancel"))
    assert await managed.kept() == []


async def test_one_posting_among_refused_files_is_shown_with_what_was_refused(managed: Managed) -> None:
    form = await managed.rita.slash(managed.channel, "posting add")
    preview = await managed.rita.submit_modal(form, {"files": [("baker.md", BAKER.encode()), ("photo.png", bytes(range(256)) * 50)]})
    assert "Acme Bread · Night Baker" in (embed_of(preview).title or "")
    assert "Not read:\n- photo.png" in text_of(preview)
