"""The real process against a Discord on loopback that checks what it sends against Discord's own OpenAPI document."""

import gc
import importlib.util
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared" / "discord"

pytestmark = [
    pytest.mark.skipif(not SHARED.is_dir(), reason="the Discord on loopback is not beside the project"),
    # It leaves a file or two to the collector, and keeps things on requests in an older way.
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning", "ignore:It is recommended to use web:UserWarning"
    ),
]


@pytest.fixture
async def discord(tmp_path: Path) -> AsyncIterator[Any]:
    """The bot, connected to the loopback."""
    for needed in ("jsonschema", "referencing"):
        pytest.importorskip(needed)
    specification = importlib.util.spec_from_file_location("loopback", SHARED / "loopback.py")
    assert specification is not None
    assert specification.loader is not None
    loopback = importlib.util.module_from_spec(specification)
    sys.modules["loopback"] = loopback
    specification.loader.exec_module(loopback)
    async with loopback.Discord(openapi=str(SHARED / "openapi.json")) as opened:
        environment = {
            "DISCORD_TOKEN": "x.y.z",
            "DISCORD_API_URL": opened.api,
            "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'loopback.db'}",
        }
        log = tmp_path / "bot.log"
        await opened.start_bot([sys.executable, "-m", "bot", "run"], environment, cwd=str(ROOT), log=str(log))
        gc.collect()
        yield opened
        await opened.stop_bot()
        assert "error" not in log.read_text("utf-8")
        assert "x.y.z" not in log.read_text("utf-8")


_MANAGING = ("posting", "settings", "setup")
BAKER = b"""# Night Baker\nCompany: Acme Bread\n\nAcme Bread is looking for a night baker.\n
## What you need\n- Two years of experience as a baker\n\nWe pay $40,000 to $50,000 a year.\n"""


def _pressable(answer: Any) -> list[str]:
    boxes = answer.data.get("components", [])
    buttons = [button for box in boxes for row in box["components"] for button in row.get("components", ())]
    return [button["custom_id"] for button in buttons if "custom_id" in button and not button.get("disabled")]


async def test_nothing_that_is_sent_breaks_discords_document(discord: Any) -> None:
    public = [path for path in discord.paths() if path.split()[0] not in (*_MANAGING, "search", "fit")]
    for path in public:
        _, options = discord.command(path)
        given = {
            option["name"]: {"question": "what does flex pay in texas?", "country": "kenia"}.get(option["name"], "wikimdia")
            for option in options
        }
        answer = await discord.invoke(path, **given)
        assert answer.type == 4
        assert answer.text
        for custom_id in _pressable(answer):
            assert (await discord.click(answer, custom_id)).text
        alone = await discord.invoke(path, where=None, **given)
        assert not alone.ephemeral
    assert len(public) == 22
    assert [choice["value"] for choice in await discord.autocomplete("salary", "company", company="nomd")] == ["Nomad Health"]
    assert (await discord.autocomplete("countries", "country", company="flex", country="germny"))[0]["value"] == "Germany"
    assert "$135,000" in (await discord.dm("what does nomad pay?"))["text"]
    assert "Yes, from Kenya" in (await discord.dm("<@900000000000000001> wikimedia from kenya?", mention_in=discord.guilds[0]))["text"]
    assert discord.violations == []


async def test_searching_comparing_and_fitting_are_as_discords_document_has_it(discord: Any) -> None:
    found = await discord.invoke("search", role="engineer", pay=100_000.0, currency="USD", workplace="remote", sort="pay")
    assert "postings fit" in found.text
    assert [file["filename"] for file in found.data["attachments"]] == ["pay.png"]
    for custom_id in _pressable(found):
        assert (await discord.click(found, custom_id)).data
    asked = await discord.invoke("fit", company="flex")
    form = await discord.click(asked, next(one for one in _pressable(asked) if one.startswith("rolecall:tell:")))
    assert form.type == 9
    fitting = await discord.submit(form, {"country": "Texas", "years": "4; 150000 USD a year", "skills": "Python"})
    assert "Not met" in fitting.text
    kept = await discord.click(fitting, next(one for one in _pressable(fitting) if one.startswith("rolecall:keeptold:")))
    assert "Not met" in kept.text
    privacy = await discord.invoke("privacy")
    for custom_id in _pressable(privacy):
        assert (await discord.click(privacy, custom_id)).text
    assert [choice["value"] for choice in await discord.autocomplete("search", "skills", skills="pyt")][:1] == ["Python"]
    print('VIOL', [one[:160] + ' ..... ' + one[-900:] for one in discord.violations])
    assert discord.violations == []


