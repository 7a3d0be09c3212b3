"""Whoever reaches a bound on Discord is told which it is and what to do, and what fits is kept."""

from pathlib import Path
from typing import Any

from builders_discord import shown, text_of
from builders_intake import invent_text, zip_bytes
from builders_managing import BAKER, labels_of, on_managed_stage

from bot.settings import Settings


def _bounded(**bounds: int) -> Settings:
    return Settings(_env_file=None, **bounds)  # type: ignore[call-arg, arg-type]


async def _left_out(answer: Any) -> list[str]:
    (file,) = shown(answer).attachments
    return (await file.read()).decode().splitlines()


async def test_an_import_of_more_than_fits_keeps_what_fits_and_names_the_rest(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, settings=_bounded(postings_per_server=4)) as managed:
        archive = ("postings.zip", zip_bytes({f"{number}.md": invent_text(number) for number in range(6)} | {"empty.md": b""}))
        done = await managed.rita.slash(managed.channel, "posting import", file=archive)
        told = text_of(done)
        assert "4 added, 0 updated, 0 unchanged, 3 refused" in told
        assert "**2 postings left out**: This server may keep 4 postings, and has 4; remove some, or ask the bot's host" in told
        assert len(await managed.kept()) == 4
        lines = await _left_out(done)
        assert [" was left out. This server may keep 4" in line for line in lines].count(True) == 2
        assert len(lines) == 3
        again = await managed.rita.slash(managed.channel, "posting import", file=archive)
        assert "0 added, 0 updated, 4 unchanged, 3 refused" in text_of(again)


async def test_keep_of_several_keeps_what_fits(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, settings=_bounded(postings_per_server=1)) as managed:
        archive = ("postings.zip", zip_bytes({f"{number}.md": invent_text(number) for number in range(3)}))
        several = await managed.rita.slash(managed.channel, "posting add", file=archive)
        kept = await managed.press(several, "Keep all 3")
        assert "1 added" in text_of(kept)
        assert "**2 postings left out**" in text_of(kept)
        assert len(await managed.kept()) == 1


async def test_a_preview_that_no_longer_fits_says_so_and_stays_to_be_kept_later(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, settings=_bounded(postings_per_server=1)) as managed:
        preview = await managed.paste(BAKER)
        await managed.add_and_keep(invent_text(1))
        refused = await managed.press(preview, "Keep")
        assert "This server may keep 1 postings, and has 1; remove some" in text_of(refused)
        assert shown(refused).id != shown(preview).id, "the preview stays"
        (first,) = await managed.kept()
        removed = await managed.press(await managed.rita.slash(managed.channel, "posting remove", posting=f"#{first.id}"), "Remove")
        await managed.press(preview, "Keep")
        assert [one.posting.title for one in await managed.kept()] == ["Night Baker"]
        assert "This server may keep 1 postings" in text_of(await managed.press(removed, "Undo"))
        typed = await managed.rita.slash(managed.channel, "posting restore", posting=f"#{first.id}")
        assert "This server may keep 1 postings" in text_of(typed)
        assert len(await managed.kept()) == 1


async def test_open_previews_are_bounded_and_what_was_typed_comes_back(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, settings=_bounded(previews_per_server=2)) as managed:
        first = await managed.paste(BAKER)
        await managed.paste(invent_text(1), by=managed.omar)
        refused = await managed.paste(invent_text(2))
        assert "This server may have 2 open previews; keep or cancel some" in text_of(refused)
        by_file = await managed.rita.slash(managed.channel, "posting add", file=("baker.md", BAKER.encode()))
        assert "This server may have 2 open previews" in text_of(by_file)
        await managed.press(first, "Cancel")
        assert "Clockmaker" in (await shown(refused).attachments[0].read()).decode()
        assert "Keep" in labels_of(await managed.paste(invent_text(2)))


async def test_a_person_adds_so_often_an_hour_by_whichever_way(tmp_path: Path) -> None:
    async with on_managed_stage(tmp_path, settings=_bounded(uploads_per_hour=4, allow_private_urls=True)) as managed:
        file = ("baker.md", BAKER.encode())
        message = await managed.mia.send(managed.channel, BAKER)
        await managed.paste(BAKER)
        await managed.rita.slash(managed.channel, "posting add", url="http://127.0.0.1:9/")
        await managed.rita.context_menu(managed.channel, "Add as posting", message)
        await managed.rita.slash(managed.channel, "posting import", file=file)
        for refused in (
            await managed.paste(BAKER),
            await managed.rita.slash(managed.channel, "posting add", file=file),
            await managed.rita.slash(managed.channel, "posting add", url="http://127.0.0.1:9/"),
            await managed.rita.context_menu(managed.channel, "Add as posting", message),
            await managed.rita.slash(managed.channel, "posting import", file=file),
        ):
            assert "You may add postings 4× an hour, however many at once; try again in 60 min." in text_of(refused)
        other = await managed.omar.slash(managed.channel, "posting add", file=file)
        assert "Night Baker" in text_of(other)
