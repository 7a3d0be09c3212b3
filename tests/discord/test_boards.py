"""Managers follow job boards on Discord: a preview first, then the board's postings, kept at once or shown first; and what closes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from builders_discord import SETTINGS, shown, text_of
from builders_managing import Managed, labels_of, on_managed_stage
from builders_web import Site, open_site

from bot.domain.posting import Evidence, Openness, ServerSettings
from bot.storage.boards import Seen

LOOPBACK = SETTINGS.model_copy(update={"allow_private_urls": True, "boards_per_server": 2})
ITEM = """<item><title>{title}</title><guid>{title}</guid><link>{base}/{title}</link>
<description>At Tick you mend the clock of the tower and oil its wheels each night. We pay $40,000 a year.</description></item>"""


def put_feed(site: Site, *titles: str, path: str = "/jobs.rss") -> str:
    items = "".join(ITEM.format(title=title, base=site.base) for title in titles)
    return site.put(path, f"<rss version='2.0'><channel><title>Tick</title>{items}</channel></rss>", kind="application/rss+xml")


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[tuple[Managed, Site]]:
    async with open_site() as site, on_managed_stage(folder, settings=LOOPBACK) as managed:
        managed.stage.client.checker.hosts._spacing = 0.0  # noqa: SLF001 - nobody waits in a test
        yield managed, site


async def board(managed: Managed, name: str, **options: Any) -> Any:
    return await managed.rita.slash(managed.channel, f"board {name}", **options)


async def test_a_board_is_previewed_followed_listed_checked_paused_and_removed(tmp_path: Path) -> None:
    async with staged(tmp_path) as (managed, site):
        url = put_feed(site, "Clockmaker", "Winder", "Ringer", "Oiler")
        preview = await board(managed, "add", url=url)
        assert preview.ephemeral
        assert "**4 postings**" in text_of(preview)
        assert "- Clockmaker\n- Winder\n- Ringer\n" in text_of(preview)
        assert labels_of(preview) == ["Follow it", "Cancel"]
        assert await managed.kept() == []
        followed = await managed.press(preview, "Follow it")
        assert "4 postings listed, 4 added, 0 updated." in text_of(followed)
        assert len(await managed.kept()) == 4
        listed = text_of(await board(managed, "list"))
        assert "**1** Feed" in listed
        assert "4 postings listed" in listed
        put_feed(site, "Clockmaker", "Winder", "Ringer", "Oiler", "Porter")
        assert "1 added" in text_of(await board(managed, "check", board="1"))
        assert "Paused" in text_of(await board(managed, "pause", board="1"))
        assert "paused" in text_of(await board(managed, "check", board="1"))
        assert "Followed again" in text_of(await board(managed, "pause", board="#1"))
        assert "Its postings stay" in text_of(await board(managed, "remove", board="1"))
        assert "No board is followed" in text_of(await board(managed, "list"))
        assert len(await managed.kept()) == 5


async def test_only_managers_follow_boards_and_a_server_only_so_many(tmp_path: Path) -> None:
    async with staged(tmp_path) as (managed, site):
        managed.show_commands_to(managed.mia)
        for number in range(3):
            followed = await managed.press(await board(managed, "add", url=put_feed(site, "Clockmaker", path=f"/{number}")), "Follow it")
        assert "may follow 2 boards, and does" in text_of(followed)
        assert "shows the numbers" in text_of(await board(managed, "remove", board="9"))
        assert "is no number of a board" in text_of(await board(managed, "check", board="tick"))
        assert "is no http or https address" in text_of(await board(managed, "add", url="jobs"))


async def test_a_new_posting_is_shown_before_it_is_kept_where_that_is_wanted(tmp_path: Path) -> None:
    async with staged(tmp_path) as (managed, site):
        url = put_feed(site, "Clockmaker")
        assert "there is none; choose one with /settings" in text_of(await board(managed, "add", url=url, review=True))
        notices = managed.stage.guild.create_text_channel("notices")
        await managed.stage.client.servers.change(managed.stage.guild.id, lambda _: ServerSettings(notices_channel=notices.id))
        await managed.press(await board(managed, "add", url=url, review=True), "Follow it")
        await managed.stage.env.settle()
        assert await managed.kept() == []
        told = notices.last_message
        assert told is not None
        assert "A new posting" in text_of(told)
        looked = await managed.rita.click(told, label="Look at it")
        kept = await managed.rita.click(shown(looked), label="Keep")
        assert "Clockmaker" in text_of(kept)
        assert len(await managed.kept()) == 1


async def test_closed_postings_are_listed_only_where_they_are_wanted_and_told_as_closed(tmp_path: Path) -> None:
    async with staged(tmp_path) as (managed, site):
        await managed.press(await board(managed, "add", url=put_feed(site, "Clockmaker", "Winder")), "Follow it")
        number = next(one.id for one in await managed.kept() if one.posting.title == "Winder")
        await managed.stage.opened.store.boards.settle(Seen(number, Openness.CLOSED, Evidence.WORDS), next_at=None)
        listed = text_of(await managed.mia.slash(managed.channel, "postings"))
        assert "1 posting" in listed
        assert "Winder" not in listed
        assert "seen open <t:" in listed
        assert "closed: its page says so" in text_of(await managed.mia.slash(managed.channel, "postings", closed=True))
        assert "Winder" not in text_of(await managed.mia.slash(managed.channel, "search", role="winder"))
        assert "Closed:" in text_of(await managed.mia.slash(managed.channel, "search", role="winder", closed=True))


def speak(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """Have everybody's Discord be in a language."""
    read = discord.Interaction._from_data  # noqa: SLF001 - the simulated Discord is English

    def read_otherwise(interaction: discord.Interaction, data: Any) -> None:
        spoken: Any = {**data, "locale": locale}
        read(interaction, spoken)

    monkeypatch.setattr(discord.Interaction, "_from_data", read_otherwise)


async def test_boards_are_told_of_in_the_managers_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "de")
    async with staged(tmp_path) as (managed, site):
        url = put_feed(site, "Night Clockmaker", "Night Winder", "Night Ringer", "Night Oiler")
        assert "Hier wird noch keine Jobbörse verfolgt" in text_of(await board(managed, "list"))
        preview = await board(managed, "add", url=url, role="night")
        assert "**4 Anzeigen**; mit „night“ im Titel" in text_of(preview)
        assert "… und 1 weitere." in text_of(preview)
        followed = await managed.press(preview, "Verfolgen")
        assert "4 Anzeigen gelistet, 4 hinzugefügt, 0 erneuert." in text_of(followed)
        assert "4 Anzeigen gelistet" in text_of(await board(managed, "list"))
        site.put("/jobs.rss", "<html>no feed</html>", kind="text/html")
        assert "Feed antwortet nicht mit einer Liste von Anzeigen" in text_of(await board(managed, "check", board="1"))
        assert "Ruht: **1** Feed" in text_of(await board(managed, "pause", board="1"))


async def test_what_is_no_posting_is_refused_in_the_managers_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "es-ES")
    async with staged(tmp_path) as (managed, _):
        form = await managed.rita.slash(managed.channel, "posting add")
        refused = await managed.rita.submit_modal(form, {"text": "Pay?"})
        assert "no contiene ningún anuncio" in text_of(refused)
