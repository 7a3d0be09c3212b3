"""The real process against a Discord on loopback that checks what it sends against Discord's own OpenAPI document."""

import gc
import importlib.util
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from builders_answering import make_database, read_bundled

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared" / "discord"

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not SHARED.is_dir(), reason="the Discord on loopback is not beside the project"),
    # It leaves a file or two to the collector, and keeps things on requests in an older way.
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning", "ignore:It is recommended to use web:UserWarning"
    ),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def connected(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Any]:
    """The bot, connected to the loopback, which takes as long to start as all that is asked of it."""
    folder = tmp_path_factory.mktemp("loopback")
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
            "DATABASE_URL": await make_database(folder / "loopback.db", read_bundled()),
        }
        log = folder / "bot.log"
        await opened.start_bot([sys.executable, "-m", "bot", "run"], environment, cwd=str(ROOT), log=str(log))
        gc.collect()
        yield opened
        await opened.stop_bot()
        assert "error" not in log.read_text("utf-8")
        assert "x.y.z" not in log.read_text("utf-8")


@pytest.fixture
def discord(connected: Any) -> Any:
    """The same Discord for each test, which has complained of nothing yet."""
    assert connected.violations is connected.complaints
    connected.complaints.clear()
    return connected


_WITH_PICTURES = ("search", "compare", "fit")
_MANAGING = ("board", "posting", "settings", "setup")
_TEXT = 3
"""Discord's number of the options that take words."""

BAKER = b"""# Night Baker\nCompany: Acme Bread\n\nAcme Bread is looking for a night baker.\n
## What you need\n- Two years of experience as a baker\n\nWe pay $40,000 to $50,000 a year.\n"""


def _pressable(answer: Any) -> list[str]:
    boxes = answer.data.get("components", [])
    buttons = [button for box in boxes for row in box["components"] for button in row.get("components", ())]
    return [button["custom_id"] for button in buttons if "custom_id" in button and not button.get("disabled")]


async def test_nothing_that_is_sent_breaks_discords_document(discord: Any) -> None:
    public = [path for path in discord.paths() if path.split()[0] not in (*_MANAGING, *_WITH_PICTURES)]
    for path in public:
        _, options = discord.command(path)
        given = {
            option["name"]: {"question": "what does nomad pay in texas?", "country": "kenia"}.get(option["name"], "wikimdia")
            for option in options
            if option["type"] == _TEXT
        }
        answer = await discord.invoke(path, **given)
        assert answer.type == 4
        assert answer.text
        for custom_id in _pressable(answer):
            clicked = await discord.click(answer, custom_id)
            assert clicked.text
        alone = await discord.invoke(path, where=None, **given)
        assert not alone.ephemeral
    assert len(public) == 24
    assert [choice["value"] for choice in await discord.autocomplete("salary", "company", company="nomd")] == ["Nomad Health"]
    assert (await discord.autocomplete("countries", "country", company="flex", country="germny"))[0]["value"] == "Germany"
    assert "$135,000" in (await discord.dm("what does nomad pay?"))["text"]
    assert "Yes, from Kenya" in (await discord.dm("<@900000000000000001> wikimedia from kenya?", mention_in=discord.guilds[0]))["text"]
    assert discord.violations == []


async def test_searching_comparing_and_fitting_are_as_discords_document_has_it(discord: Any) -> None:
    asked = await discord.invoke("fit", company="flex")
    form = await discord.click(asked, next(one for one in _pressable(asked) if one.startswith("rolecall:tell:")))
    assert form.type == 9
    fitting = await discord.submit(form, {"country": "Texas", "years": "4; 150000 USD a year", "skills": "Python"})
    assert "Not met" in fitting.text
    kept = await discord.click(fitting, next(one for one in _pressable(fitting) if one.startswith("rolecall:keeptold:")))
    assert "Not met" in kept.text
    assert "Country or state: Texas" in (await discord.invoke("privacy")).text
    found = await discord.invoke("search", skills="Python", company="nixtla")
    assert "1 of 1 postings fit" in found.text
    assert [choice["value"] for choice in await discord.autocomplete("search", "skills", skills="pyt")][:1] == ["Python"]
    assert discord.violations == []
    found = await discord.invoke("search", role="engineer", pay=100_000.0, currency="USD", workplace="remote", sort="pay")
    assert "postings fit" in found.text
    for custom_id in _pressable(found):
        await discord.click(found, custom_id)
    assert discord.violations == []


async def test_reporting_and_setting_up_are_as_discords_document_has_it(discord: Any) -> None:
    admin = sys.modules["loopback"].ADMIN
    answer = await discord.invoke("salary", company="nomad")
    form = await discord.click(answer, next(one for one in _pressable(answer) if one.startswith("rolecall:report:")))
    assert "Thank you" in (await discord.submit(form, {"comment": "that was last year"})).text
    reported = await discord.invoke("posting list", by=admin, show="reported")
    assert "that was last year" in reported.text
    assert "$135,000" in reported.text
    for custom_id in _pressable(reported):
        assert (await discord.click(reported, custom_id, by=admin)).text
    form = await discord.invoke("setup", by=admin)
    assert "How I behave" in (await discord.submit(form, {}, by=admin)).text
    assert discord.violations == []


async def test_a_posting_is_added_corrected_and_kept_as_discords_document_has_it(discord: Any) -> None:
    admin = sys.modules["loopback"].ADMIN
    form = await discord.invoke("posting add", by=admin)
    assert form.type == 9
    pasted = await discord.submit(form, {"text": BAKER.decode()}, by=admin)
    assert pasted.ephemeral
    preview = await discord.invoke("posting add", file=("baker.md", BAKER, "text/markdown"), by=admin)
    assert "Acme Bread · Night Baker" in preview.text
    for answer in (pasted, preview):
        groups = await discord.click(answer, next(one for one in _pressable(answer) if one.startswith("rolecall:correct:")), by=admin)
        for custom_id in [one for one in _pressable(groups) if one.startswith("rolecall:form:")]:
            form = await discord.click(groups, custom_id, by=admin)
            assert form.type == 9
            assert "Night Baker" in (await discord.submit(form, {}, by=admin)).text
    kept = await discord.click(preview, next(one for one in _pressable(preview) if one.startswith("rolecall:keep:")), by=admin)
    assert "Kept as" in kept.text
    undone = await discord.click(kept, next(one for one in _pressable(kept) if one.startswith("rolecall:undo:")), by=admin)
    assert "is removed again" in undone.text
    message = discord.person_message(BAKER.decode(), admin, str(sys.modules["loopback"].CHANNEL), discord.guilds[0])
    assert "Acme Bread · Night Baker" in (await discord.menu("Add as posting", message)).text
    assert "Only members" in (await discord.invoke("posting add")).text
    # What was typed comes back as a file.
    groups = await discord.click(pasted, next(one for one in _pressable(pasted) if one.startswith("rolecall:correct:")), by=admin)
    form = await discord.click(groups, next(one for one in _pressable(groups) if ":job:" in one), by=admin)
    complaints = await discord.submit(form, {"Responsibilities": "fly to the moon"}, by=admin)
    assert "Nothing was corrected" in complaints.text
    assert discord.violations == []


async def test_a_question_is_answered_after_the_connection_broke(discord: Any) -> None:
    discord.ready.clear()
    for socket in list(discord.sockets):
        await socket.close(code=4000)
    await discord.ready.wait()
    assert "$135,000" in (await discord.dm("what does nomad pay?"))["text"]
    assert discord.violations == []
