"""What is exported is the scope's own, fits below a message, and is read back."""

import csv
import io
from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_keeping import OTHER_SCOPE, SCOPE, Scene, on_scene

from bot.admin.context import Busy
from bot.admin.importing import Exported, export, keep_sources
from bot.domain.posting import EVERYONE
from bot.intake.exporting import ExportForm
from bot.intake.files import read_sources

MEGABYTES = 10_000_000


async def _texts(scene: Scene, scope: str) -> set[str]:
    return {kept.posting.text async for kept in scene.store.every(scopes={scope})}


@pytest.mark.parametrize("form", [ExportForm.JSON_LINES, ExportForm.JSON_LD])
async def test_what_is_exported_can_be_imported_elsewhere(form: ExportForm, tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        await scene.keep(posting_text("Acme Secrets", "Spy"), scope=OTHER_SCOPE)
        await scene.keep(posting_text("Everybody's", "Helper"), scope=EVERYONE)
        card = await export(scene.context, Exported(form, MEGABYTES))
        assert card.body.startswith("**3 postings**")
        (file,) = card.files
        (tmp_path / file.name).write_bytes(file.data)
        await keep_sources(scene.elsewhere("99"), list(read_sources([tmp_path / file.name])))
        assert await _texts(scene, "99") == await _texts(scene, SCOPE)


async def test_a_table_has_a_row_for_each_posting(tmp_path: Path) -> None:
    async with on_scene(tmp_path) as scene:
        (file,) = (await export(scene.context, Exported(ExportForm.CSV, MEGABYTES))).files
        assert len(list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"))))) == 3


async def test_more_than_a_file_may_have_comes_in_several(tmp_path: Path) -> None:
    letters = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(120_000))
    texts = {f"{number}.md": posting_text("Acme", f"Baker {number}", letters[number:] + letters[:number]) for number in range(6)}
    async with on_scene(tmp_path, texts) as scene:
        files = (await export(scene.context, Exported(ExportForm.JSON_LINES, 600_000))).files
        assert len(files) > 1
        assert all(len(file.data) <= 600_000 for file in files)


async def test_no_postings_are_said_to_be_none_and_a_second_export_waits(tmp_path: Path) -> None:
    async with on_scene(tmp_path, {}) as scene:
        assert "no postings to export" in (await export(scene.context, Exported(ExportForm.CSV, MEGABYTES))).body
        with scene.context.services.exports.begin(SCOPE), pytest.raises(Busy):
            await export(scene.context, Exported(ExportForm.CSV, MEGABYTES))
